"""Wizards that were left before their end: go on with one, or throw it away (with Undo)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.pipeline.unfinished import RECORDS, Unfinished, unfinished
from app.store import drafts
from ui import formats
from ui.context import AppContext
from ui.home import texts
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Icon, Label, rule
from ui.widgets.layout import clear, column, holder, page, row


def screen(context: AppContext, _route: Route) -> QWidget:
    """The screen of the route "drafts"."""
    return DraftsScreen(context)


class DraftsScreen(QWidget):
    """Everything that was begun stands here until it is finished or thrown away."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows = column()
        self._states = QStackedWidget()
        self._states.addWidget(holder(column(self._rows, None)))
        self.new = Action(self.tr("New quote"), self, lambda: self._go(Route("new-quote")), "plus", "Ctrl+N")
        text = self.tr("A quote you begin is kept here while you work on it, even if the computer dies.")
        self._states.addWidget(
            EmptyState("configure", self.tr("Nothing is half done"), text, Button.of(self.new, "primary"))
        )
        head = CardHead(self.tr("Unfinished"), "", Button.of(self.new))
        card = Card(column(head, self._states), self.tr("Unfinished"))
        self.setLayout(column(page(card, None)))
        context.changes.happened.connect(self._on_change)

    def title(self) -> str:
        """For the top bar."""
        return self.tr("Unfinished")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self._context.read(unfinished, self._show, owner=self)

    def _on_change(self, _kinds: frozenset[str]) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, found: Sequence[Unfinished]) -> None:
        clear(self._rows)
        for item in found:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(item))
        self._states.setCurrentIndex(0 if found else 1)

    def _row(self, item: Unfinished) -> QWidget:
        words = texts.wizard_words(item.draft.kind, is_new=item.subject_id is None or item.is_copy)
        about = " · ".join(part for part in (item.number, item.title, item.customer) if part)
        saved = self.tr("Saved %1").replace("%1", formats.moment_text(formats.local(item.saved_at)))
        go_on = Button(self.tr("Go on"), do=partial(self._go, _route(item)))
        go_on.setAccessibleName(f"{self.tr('Go on')}: {words} {about}".strip())
        away = IconButton("delete", self.tr("Throw away"), partial(self._throw_away, item))
        away.setAccessibleName(f"{self.tr('Throw away')}: {words} {about}".strip())
        both = (
            column(Label(words, "strong"), ElidedLabel(about, "caption", "3"), gap=1)
            if about
            else Label(words, "strong")
        )
        line = row(
            Icon("edit", "accent_text", 16, box=32, soft="accent_soft"), both,
            Label(saved, "caption", "3", figures=True), go_on, away, margins=(18, 9, 14, 9), gap=12,
        )  # fmt: skip
        line.setStretch(1, 1)
        return holder(line)

    def _throw_away(self, item: Unfinished) -> None:
        draft = item.draft

        def undo() -> None:
            self._context.write(lambda s: drafts.put(s, draft), {"draft"})

        def gone(_answer: Any) -> None:
            self._context.say(self.tr("Thrown away."), self.tr("Undo"), undo)

        self._context.write(lambda s: drafts.remove(s, draft.kind, draft.subject), {"draft"}, gone)

    def _go(self, route: Route) -> None:
        self._context.router.open(route)


def _route(item: Unfinished) -> Route:
    if item.draft.kind in RECORDS:
        return _form(item)
    if item.is_copy:
        return Route.to(item.draft.kind, None, duplicate=item.subject_id)
    return Route(item.draft.kind, item.subject_id)


def _form(item: Unfinished) -> Route:
    """The form of a customer or product: of a new one, of a copy, or of one that is changed."""
    if item.is_copy:
        return Route.to(item.draft.kind, "new", copy=item.subject_id)
    if item.subject_id is None:
        return Route(item.draft.kind, "new")
    return Route.to(item.draft.kind, item.subject_id, edit=1)
