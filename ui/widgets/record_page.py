"""The pattern of a thing that is kept (a customer, a product): its page, and its form for new, changed and copied ones.

Routes: `Route(kind, id)` shows it, `Route.to(kind, id, edit=1)` changes it, `Route(kind, "new")` and
`Route.to(kind, "new", copy=id)` begin one. What was typed and not saved is kept in the company's file, as wizards do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLayout, QMenu, QSizePolicy, QStackedWidget, QWidget

from app.core.codec import from_text, to_text
from app.core.errors import NotFound
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.kpi_card import KpiCard
from ui.widgets.label import ElidedLabel
from ui.widgets.layout import SideBySide, column, holder, page, row
from ui.widgets.reason_words import grey_if_only_looked_at
from ui.widgets.record_form import RecordForm
from ui.widgets.state_badge import StateBadge

_SIDE_WIDTH, _NARROW = 344, 900
_VIEW, _FORM, _GONE = range(3)
_SAVE_PAUSE_MS = 400
_FORM_VERSION = 1
"""Of the text that is kept of a form."""


class RecordPage(QWidget):
    """Base of the screens. A subclass sets `kind` and `changes`, and gives what is marked below."""

    kind = ""
    """The route's kind."""
    changes: frozenset[str] = frozenset()
    """Changes after which it is read anew."""

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__()
        self._context, self._route = context, route
        self._kept_text = ""
        self._writing: list[Action] = []
        self._found: Any = None
        self._pause = QTimer(self, singleShot=True, interval=_SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.setProperty("panel", "canvas")
        self._name, self._below = ElidedLabel("", "display"), ElidedLabel("", "body", "2")
        self._badge = StateBadge()
        self._verbs, self._cards, self._side = row(gap=8), column(gap=14), column(gap=14)
        self._figures = row(gap=14)
        self.form = self.make_form()
        self.form.left.connect(self._leave_form)
        self.form.save_wanted.connect(self._save)
        self.form.edited.connect(self._pause.start)
        self._build()
        context.changes.happened.connect(self._on_change)

    # what a screen gives
    def make_form(self) -> RecordForm:
        """The form."""
        raise NotImplementedError

    def load(self, session: Any, key: int) -> Any:
        """Everything that is shown. Raises `NotFound`."""
        raise NotImplementedError

    def fill(self, found: Any) -> None:
        """Put it into the parts."""
        raise NotImplementedError

    def blank(self) -> Any:
        """The form's values for a new one."""
        raise NotImplementedError

    def values_of(self, found: Any) -> Any:
        """The form's values of one that is kept."""
        raise NotImplementedError

    def copy_of(self, values: Any) -> Any:
        """The form's values for a copy."""
        raise NotImplementedError

    def form_title(self, found: Any) -> str:
        """Above the form; `found` is None for a new one."""
        raise NotImplementedError

    def command(self, session: Any, values: Any, key: int | None) -> int:
        """Save; returns the id."""
        raise NotImplementedError

    def said(self, values: Any) -> str:
        """What is said once it is saved."""
        raise NotImplementedError

    def make_body(self, head: QWidget, figures: QLayout, details: QWidget) -> QWidget:
        """The page that shows it; one with tabs puts the details on the first of them."""
        return page(head, figures, details, None)

    def list_route(self) -> Route:
        """Where one is led that has left the form of a new one and came from nowhere."""
        return Route(f"{self.kind}s")

    # what the window asks
    def title(self) -> str:
        """For the window's top bar."""
        return self._name.whole_text() if self._stack.currentIndex() == _VIEW else self.form_title(self._found)

    def show_route(self, route: Route) -> None:
        """The same screen for another one, or its form."""
        self.flush()
        self._route = route
        self.reload()

    def reload(self) -> None:
        """Read anew what the route names."""
        try:
            self._show_route()
        except NotFound:
            self._stack.setCurrentIndex(_GONE)

    def flush(self) -> None:
        """Keep at once what was typed into the form; a form that is as it was is not kept."""
        self._pause.stop()
        if self._stack.currentIndex() != _FORM or self._context.is_read_only:
            return
        text = to_text(self.form.values()) if self.form.is_changed() else ""
        if text != self._kept_text:
            self._kept_text = text
            self._keep(text)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """What was typed last is kept when the page is left."""
        super().hideEvent(event)
        if self._pause.isActive():
            self.flush()

    # what a screen uses
    def set_head(self, name: str, below: str, badge: tuple[str, str]) -> None:
        """Name, what is worth knowing at a glance, and state."""
        self._name.setText(name)
        self._below.setText(below)
        self._badge.show_state(*badge)

    def set_verbs(self, verbs: Sequence[Action], more: Sequence[Action] = ()) -> None:
        """Buttons, the first is the primary one; the others in a menu."""
        self._writing = [*verbs, *more]
        for place, verb in enumerate(verbs):
            self._verbs.addWidget(Button.of(verb, "" if place else "primary"))
        if more:
            button = Button(self.tr("More"), icon="more")
            menu = QMenu(button)
            menu.setAccessibleName(self.tr("More"))
            menu.setToolTipsVisible(True)
            menu.addActions(list(more))
            button.setMenu(menu)
            self._verbs.addWidget(button)

    def add_figure(self, card: KpiCard) -> KpiCard:
        """A figure below the head."""
        self._figures.addWidget(card)
        return card

    def add_card(self, card: QWidget) -> None:
        """A card in the main part."""
        self._cards.addWidget(card)

    def add_side(self, card: QWidget) -> None:
        """A card beside it."""
        self._side.addWidget(card)

    def go(self, route: Route) -> None:
        """Open a route."""
        self._context.router.open(route)

    @property
    def found(self) -> Any:
        """What is shown, or None."""
        return self._found

    @property
    def key(self) -> int:
        """The id of what is shown."""
        return int(self._route.id or 0)

    def edit(self) -> None:
        """Change it."""
        self.go(Route.to(self.kind, self.key, edit=1))

    def duplicate(self) -> None:
        """Begin another one like it."""
        self.go(Route.to(self.kind, "new", copy=self.key))

    # inside
    def _build(self) -> None:
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name.setMinimumWidth(80)
        names = column(row(self._name, self._badge, None, gap=10), self._below, gap=4)
        top = row(names, self._verbs, gap=18)
        top.setStretch(0, 1)
        head = Card(column(top, margins=(20, 16, 20, 16)), self.tr("At a glance"))
        main = holder(column(self._cards, None))
        side = holder(column(self._side, None))
        body = self.make_body(head, self._figures, SideBySide(main, side, _SIDE_WIDTH, _NARROW))
        gone = EmptyState("search", self.tr("It is no longer there"), self.tr("Go back, and choose another one."))
        self._stack = QStackedWidget()
        for part in (body, self.form, gone):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack))

    def _show_route(self) -> None:
        source = self._route.get("copy") if self._route.id == "new" else self._route.id
        self._found = None
        if source is not None:
            with self._context.store.read() as session:
                self._found = self.load(session, int(source))
        if self._route.id == "new" or self._route.get("edit"):
            self._open_form()
        else:
            self.fill(self._found)
            grey_if_only_looked_at(self._context.is_read_only, *self._writing)
            self._stack.setCurrentIndex(_VIEW)

    def _open_form(self) -> None:
        if self._route.id != "new":
            title, values = self.form_title(self._found), self.values_of(self._found)
        elif self._found is not None:
            title, values = self.form_title(None), self.copy_of(self.values_of(self._found))
            self._found = None
        else:
            title, values = self.form_title(None), self.blank()
        self._stack.setCurrentIndex(_FORM)
        self.form.begin(title, values, self._typed(type(values)))
        self._pause.stop()

    def _subject(self) -> str:
        """Under what a form is kept: the id, "new", or "copy-" with the id of the one that is copied."""
        copied = self._route.get("copy")
        return f"copy-{copied}" if copied is not None else str(self._route.id)

    def _typed(self, kind: type[Any]) -> Any:
        """What was typed earlier; None if nothing was, or in a form of another version of Handsel."""
        from app.store import drafts  # the store is loaded with the first company, not with the kit

        with self._context.store.read() as session:
            kept = drafts.get(session, self.kind, self._subject())
        self._kept_text = "" if kept is None else kept.text
        if kept is None or kept.version != _FORM_VERSION:
            return None
        try:
            return from_text(kind, kept.text)
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
            return None

    def _keep(self, text: str) -> None:
        """Put a text in place of the one that is kept; forget that one if there is nothing to keep."""
        from app.store import drafts  # see above

        kind, subject = self.kind, self._subject()
        item = drafts.Draft(kind, subject, _FORM_VERSION, text)
        self._context.write(
            lambda session: drafts.put(session, item) if text else drafts.remove(session, kind, subject), {"draft"}
        )

    def _leave_form(self) -> None:
        self.flush()
        router = self._context.router
        if router.can_go_back:
            router.back()
        else:
            self.go(Route(self.kind, self.key) if self.key_is_kept() else self.list_route())

    def key_is_kept(self) -> bool:
        """Whether the route names one that is kept already."""
        return self._route.id != "new"

    def _save(self, values: Any) -> None:
        from app.store import drafts  # see above

        self._pause.stop()
        key, kind, subject = self.key if self.key_is_kept() else None, self.kind, self._subject()

        def work(session: Any) -> int:
            saved = self.command(session, values, key)
            drafts.remove(session, kind, subject)
            return saved

        def done(saved: int) -> None:
            self.form.saved()
            self._kept_text = ""
            route = Route(self.kind, saved)
            self._context.router.replace(route)
            self.go(route)
            self._context.say(self.said(values))

        self._context.write(work, {self.kind, "draft"}, done, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        if not self.form.refuse(error):
            self._context.errors.report(error, self)

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & self.changes and self._stack.currentIndex() == _VIEW:
            self.reload()
