"""The inside of the window: sidebar, top bar, banner, and room for screens and for whole pages beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import formats
from ui.frame import places
from ui.frame.companies import Known
from ui.frame.desk import Opened
from ui.frame.verbs import Verbs
from ui.routes import Route
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import column, holder, row
from ui.widgets.sidebar import Sidebar
from ui.widgets.topbar import TopBar


class Shell(QWidget):
    """Knows no company and no screen; it shows what it is told."""

    painted = Signal()
    """For the first time."""
    place_chosen = Signal(object)
    """The `Route` of a place in the sidebar."""
    throw_away_wanted = Signal()
    again_wanted = Signal()
    """Somebody else held the file: look whether it is free now."""
    more_wanted = Signal()

    def __init__(self, verbs: Verbs, theme: Theme) -> None:
        super().__init__()
        self._was_painted = self._is_view = False
        self._verbs, self._theme = verbs, theme
        self.setProperty("panel", "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.sidebar = self._make_sidebar()
        self.topbar = TopBar(self._bar_buttons())
        self.stack = QStackedWidget()
        self._banner = self._make_banner()
        self._held = Banner("", "eye", "warn", Button(self.tr("Try again"), "ghost", do=self.again_wanted.emit))
        self._held_place = holder(column(self._held, margins=(24, 12, 24, 0)))
        self._held_place.hide()
        work = column(self.topbar, self._banner, self._held_place, self.stack)
        work.setStretch(3, 1)
        self._work = holder(work, "canvas")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        inside = row(self.sidebar, self._pages)
        inside.setStretch(1, 1)
        self.setLayout(inside)

    def _make_sidebar(self) -> Sidebar:
        made = Sidebar("Handsel")
        for heading, group in (
            ("", places.TOP),
            (self.tr("Pipeline"), places.PIPELINE),
            (self.tr("Library"), places.LIBRARY),
        ):
            if heading:
                made.add_heading(heading)
            for place in group:
                words = places.place_words(place.kind)
                item = made.add(place.kind, words, place.icon)
                item.setToolTip(f"{words}  ({place.key})" if place.key else "")
        made.chosen.connect(self._choose)
        made.jump.clicked.connect(lambda *_: self._verbs.palette.trigger())
        made.settings.clicked.connect(lambda *_: self._verbs.settings.trigger())
        return made

    def _bar_buttons(self) -> list[QWidget]:
        self._theme_button = IconButton.of(self._verbs.theme)
        self._more = IconButton("more", self.tr("Everything you can do here"), self.more_wanted.emit)
        self._theme.changed.connect(self._show_theme)
        self._show_theme()
        return [IconButton.of(self._verbs.back), IconButton.of(self._verbs.forward), self._theme_button, self._more]

    def _make_banner(self) -> QWidget:
        verb = Button(self.tr("Throw away"), "ghost", do=self.throw_away_wanted.emit)
        words = self.tr("Practice company: try anything, nothing here is real. Papers carry a watermark.")
        made = holder(column(Banner(words, "practice", "warn", verb), margins=(24, 12, 24, 0)))
        made.hide()
        return made

    def _show_theme(self) -> None:
        self._theme_button.set_icon("sun" if self._theme.is_dark else "moon")

    def _choose(self, kind: str) -> None:
        self.place_chosen.emit(next(place.route for place in places.ALL if place.kind == kind))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    # ------------------------------------------------------------------ whose books
    def show_known(self, known: Known | None) -> None:
        """Before a company is read: what is remembered of it; without one there is nothing to navigate."""
        self.sidebar.setVisible(known is not None)
        if known is not None:
            self.sidebar.set_company(known.name, self.tr("Opening…"), known.is_practice)

    def show_company(self, opened: Opened, switches: Sequence[Any]) -> None:
        """A company is open; `switches` are what the arrow beside its name offers."""
        self.show_work()
        self.sidebar.show()
        self.sidebar.set_company(opened.name, self.tr("Quote to cash"), opened.is_practice)
        self.sidebar.set_company_actions(list(switches))
        self._banner.setVisible(opened.is_practice and opened.holder is None)
        self._show_holder(opened.holder)
        self.show_saved(formats.local(opened.saved_at) if opened.saved_at is not None else None)

    def _show_holder(self, who: str | None) -> None:
        self._is_view = who is not None
        self._held_place.setVisible(self._is_view)
        words = self.tr("Another Handsel holds this company: look at everything, change nothing.")
        if who:
            words = self.tr("Another Handsel (%1) holds this company: look at everything, change nothing.")
        self._held.say(words.replace("%1", who or ""))

    def show_unsecured(self, days: int) -> None:
        """For how many days nothing was backed up."""
        self.sidebar.saved.set_unsecured(days)

    def show_counts(self, counts: Any) -> None:
        """What waits in each stage (`waiting.Counts`)."""
        for place in places.ALL:
            if place.counted:
                number = getattr(counts, place.counted)
                self.sidebar.item(place.kind).set_count(number, is_alert=place.kind == "payment" and number > 0)

    def show_saved(self, at: datetime | None) -> None:
        """Everything is saved, since `at` (local time); or nothing can be changed here."""
        self.sidebar.saved.show_state("view" if self._is_view else "saved", at)

    # ------------------------------------------------------------------ where we are
    def show_place(
        self, route: Route, title: str, badge: tuple[str, str] | None, open_parent: Callable[[Route], object]
    ) -> None:
        """Mark the place, and say where we are."""
        parent = places.parent_of(route)
        parents = [(places.route_words(parent), lambda: open_parent(parent))] if parent is not None else []
        self.sidebar.set_current(places.place_of(route))
        self.topbar.show_place(parents, title, badge)

    def show_verbs(self, can_go_back: bool, can_go_forward: bool, has_more: bool) -> None:
        """Which of the bar's buttons work."""
        self._verbs.back.allow(can_go_back)
        self._verbs.forward.allow(can_go_forward)
        self._more.setEnabled(has_more)

    def more_corner(self) -> Any:
        """Where the menu of the screen's verbs opens, on the display."""
        return self._more.mapToGlobal(self._more.rect().bottomLeft())

    def show_work(self) -> None:
        """The screens of the company."""
        self.show_page(self._work)

    def show_page(self, page: QWidget, with_sidebar: bool = True) -> None:
        """A page in place of the work, thrown away when it is left."""
        old = self._pages.currentWidget()
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self.sidebar.setVisible(with_sidebar)
        if old is not None and old not in (page, self._work):
            self._pages.removeWidget(old)
            old.deleteLater()

    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget()
