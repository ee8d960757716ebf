"""The window: the shell around the screens, and what each of its verbs does. Painted before any company is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from ui.frame import places, verbs
from ui.frame.company import Company, Surroundings
from ui.frame.keys import WindowKeys
from ui.frame.opening import Opening
from ui.frame.shell import Shell
from ui.frame.verbs import Verbs
from ui.routes import Route
from ui.theme import Theme
from ui.translation import choose_language
from ui.widgets.action import Action
from ui.widgets.command_palette import CommandPalette, Found
from ui.widgets.shortcut_sheet import ShortcutSheet
from ui.widgets.toast import Toasts

SMALLEST = QSize(1000, 640)
_FIRST = QSize(1360, 860)


class MainWindow(QMainWindow):
    """Make it and show it; it opens the last company by itself once it is on the screen."""

    painted = Signal()
    """The shell is on the screen; nothing of a company has been read, nor has the store been imported."""
    ready = Signal()
    """A company's page, the start page or the page of a trouble is shown."""
    closed = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._is_leaving = False
        self.opening = Opening(around, lambda: self.shell, self)
        self._build()
        self.shell.show_known(self.opening.companies.last())
        self.opening.opened.connect(self._opened)
        self.opening.left.connect(self._left)
        self.opening.ready.connect(self.ready)
        self.setWindowTitle("Handsel")
        self.setMinimumSize(SMALLEST)
        self._restore_geometry()
        self.shell.painted.connect(self._painted, Qt.ConnectionType.QueuedConnection)

    def _build(self) -> None:
        self.verbs = Verbs(self, self)
        self.toasts = Toasts(self)
        self.shell = Shell(self.verbs, self._around.theme)
        self.shell.place_chosen.connect(self.go)
        self.shell.throw_away_wanted.connect(self.opening.throw_away)
        self.shell.again_wanted.connect(self._try_again)
        self.shell.more_wanted.connect(self._open_more)
        self.setCentralWidget(self.shell)
        self.shell.setFocus()
        self.finder = CommandPalette(self, self._palette_verbs, self._search, self._around.settings)
        self._keys = WindowKeys(self, self.verbs.all, self._screen)
        self._keys.always(self.verbs.palette)
        self.verbs.allow(False)

    def rebuild(self) -> None:
        """Make everything anew in the language that is chosen now; the company stays open."""
        company, old = self.company, [self._keys, self.finder, self.toasts, *self.verbs.all]
        if company is not None:
            company.screens.flush()
            company.screens.close()
        for thing in old:
            thing.deleteLater()
        self._build()
        if company is None:
            self.opening.show_start()
            return
        company.set_stack(self.shell.stack)
        company.context.news.said.connect(self.toasts.say)
        self._dress(company)
        company.context.router.open(company.context.router.current or Route("home"))
        company.count()

    # ------------------------------------------------------------------ beginning and ending
    def _painted(self) -> None:
        self.painted.emit()
        QTimer.singleShot(0, self.opening.begin)

    def _restore_geometry(self) -> None:
        if not self.restoreGeometry(self._around.settings.state("window/geometry")):
            available = self.screen().availableGeometry()
            size = _FIRST.boundedTo(available.size())
            frame = QRect(available.topLeft(), size)
            frame.moveCenter(available.center())
            self.setGeometry(frame)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep what is typed, back up, close the file; then the window goes."""
        self._around.settings.put("window/geometry", self.saveGeometry())
        if self.company is None:
            self.opening.end()
            self._around.settings.save()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if not self._is_leaving:
            self._is_leaving = True
            self.opening.leave(lambda: QTimer.singleShot(0, self, self.close))  # not inside this very event

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.company is not None:
            self.company.look_at_the_date()

    # ------------------------------------------------------------------ the open company
    @property
    def theme(self) -> Theme:
        """Light and dark."""
        return self._around.theme

    @property
    def is_busy(self) -> bool:
        """Whether something is being read, written or opened."""
        return self.opening.is_busy or (self.company is not None and self.company.context.jobs.is_busy)

    @property
    def company(self) -> Company | None:
        """The company that is open."""
        return self.opening.company

    def _screen(self) -> QWidget | None:
        return self.company.screens.shown if self.company is not None else None

    def _opened(self, company: Company) -> None:
        company.counted.connect(self._counted)
        company.shown.connect(self._show_screen)
        company.saved.connect(lambda: self.shell.show_saved(datetime.now()))  # noqa: DTZ005 - local time is shown
        company.unsecured.connect(self._show_unsecured)
        company.settled.connect(self._show_bar)
        company.renamed.connect(lambda: self._dress(company))
        company.context.news.said.connect(self.toasts.say)
        company.context.changes.happened.connect(self._look_at_changes)
        self._dress(company)

    def _show_unsecured(self, days: int) -> None:
        self.shell.show_unsecured(days)  # of the shell of now: the window may be made anew in another language

    def _try_again(self) -> None:
        """Somebody else held the file: look whether it is free now."""
        if self.company is not None:
            self.opening.open(self.company.path)

    def _left(self) -> None:
        self.verbs.allow(False)
        self.setWindowTitle("Handsel")

    def _counted(self, counts: Any) -> None:
        self.shell.show_counts(counts)

    def _dress(self, company: Company) -> None:
        self.shell.show_company(company.opened, self._switches(company))
        self.setWindowTitle(f"{company.opened.name} – Handsel")
        self.verbs.allow(True, company.context.is_read_only)

    def _switches(self, company: Company) -> list[Action]:
        """What the arrow beside the company's name offers: the recent ones, and ways to others."""
        menu_owner = self.shell.sidebar
        found = []
        for known in self.opening.companies.recent():
            action = Action(known.name, menu_owner, partial(self.opening.open, known.path), "company")
            is_open = known.path == company.path
            action.allow(
                known.exists and not is_open, self.tr("It is open") if is_open else self.tr("It is no longer there")
            )
            found.append(action)
        line = Action("", menu_owner)
        line.setSeparator(True)
        return [*found, line, self.verbs.choose, self.verbs.new_company, self.verbs.practise]

    def _show_screen(self, _route: Route, screen: QWidget) -> None:
        self.shell.show_work()
        self._show_bar()
        for action in screen.actions():  # its keys work wherever the keyboard is; those of hidden screens do not
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if not self.shell.sidebar.isAncestorOf(self.focusWidget() or self):
            screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_bar(self) -> None:
        """Where we are. Called again when reading has ended: a screen may know its title only then."""
        company, screen = self.company, self._screen()
        route = company.context.router.current if company is not None else None
        if company is None or screen is None or route is None:
            return
        own = getattr(screen, "title", None)
        title = (own() if own is not None else "") or places.route_words(route)
        badge = getattr(screen, "badge", lambda: None)()
        self.shell.show_place(route, title, badge, self.go)
        router = company.context.router
        self.shell.show_verbs(router.can_go_back, router.can_go_forward, bool(verbs.screen_verbs(screen)))

    def _look_at_changes(self, kinds: frozenset[str]) -> None:
        if "language" in kinds:
            choose_language(self._around.settings.text("language"), self._around.settings.text("locale"))
            QTimer.singleShot(0, self.rebuild)

    # ------------------------------------------------------------------ what the verbs do
    def go(self, route: Route) -> None:
        """Open a route."""
        if self.company is not None:
            self.company.context.router.open(route)

    def go_back(self) -> None:
        """To the place before."""
        if self.company is not None:
            self.company.context.router.back()

    def go_forward(self) -> None:
        """Undo a step back."""
        if self.company is not None:
            self.company.context.router.forward()

    def reload(self) -> None:
        """Read everything on the screen anew."""
        if self.company is not None:
            self.company.reload()

    def find(self) -> None:
        """Search in the list that is shown; where there is none, search everything."""
        box = verbs.search_box(self._screen())
        if box is None:
            self.open_palette()
        else:
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            box.selectAll()

    def undo(self) -> None:
        """Do what the toast offers."""
        if self.toasts.shown():
            self.toasts.run_verb()

    def toggle_theme(self) -> None:
        """Light or dark, from now on."""
        self._around.theme.toggle()
        self._around.settings.put("theme", self._around.theme.mode)

    def next_region(self) -> None:
        """Keyboard to the next of: sidebar, top bar, screen."""
        regions: list[QWidget] = [self.shell.sidebar, self.shell.topbar, self.shell.stack]
        focus = self.focusWidget()
        at = next((i for i, region in enumerate(regions) if focus is not None and region.isAncestorOf(focus)), -1)
        for step in range(1, len(regions) + 1):
            if verbs.focus_into(regions[(at + step) % len(regions)]):
                return

    def choose_company(self) -> None:
        """Open another file."""
        self.opening.choose()

    def new_company(self) -> None:
        """The start page, for another company."""
        self.opening.show_start()

    def practise(self) -> None:
        """Open the practice company."""
        self.opening.practise()

    def back_up(self) -> None:
        """Make a backup now."""
        if self.company is not None:
            self.company.back_up_by_hand()

    def show_keys(self) -> None:
        """List every key."""
        route = self.company.context.router.current if self.company is not None else None
        title = places.route_words(route) if route is not None else "Handsel"
        shown = ShortcutSheet(self, verbs.sheet(self.verbs, self._screen(), title))
        shown.place_over(self)
        shown.open()

    def leave(self) -> None:
        """Close the program."""
        self.close()

    def open_palette(self) -> None:
        """Search or jump."""
        self.finder.open()

    def _palette_verbs(self) -> list[Any]:
        own = verbs.screen_verbs(self._screen())
        known = {verb.text() for verb in own}
        return [*own, *(verb for verb in self.verbs.all if verb.text() not in known)]

    def _search(self, text: str, answer: Callable[[list[Found]], None]) -> None:
        if self.company is not None:
            self.company.finder.search(text, answer)

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(verbs.screen_verbs(self._screen()))
        menu.popup(self.shell.more_corner())
