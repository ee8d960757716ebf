"""An open company in the window: its context and screens, live counts, half-hourly backups, a new day at midnight."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from app.core.errors import HandselError
from ui.context import AppContext, Settings
from ui.errors import ErrorDesk
from ui.frame.companies import Companies, companies_folder, practice_path
from ui.frame.desk import Opened, describe
from ui.frame.finding import Finder
from ui.frame.places import WIZARDS
from ui.frame.screens import Screens
from ui.jobs import Jobs, OnDone
from ui.routes import Route, Router
from ui.theme import Theme

_RECOUNT_MS = 80
_BACKUP_MS = 30 * 60 * 1000
_EVERYTHING = ("deal", "quote", "contract", "payment", "delivery", "invoice", "revenue", "customer", "product")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What outlives a company: settings, theme, errors, how jobs are made, what day it is, where files go."""

    settings: Settings
    theme: Theme
    errors: ErrorDesk
    make_jobs: Callable[[], Jobs]
    today: Callable[[], date]
    practice_file: Callable[[], Path] = practice_path
    companies_folder: Callable[[], Path] = companies_folder


class Company(QObject):
    """One open company. Close it before the next is opened."""

    counted = Signal(object)
    """`waiting.Counts` after every change."""
    saved = Signal()
    """A command was committed."""
    shown = Signal(object, object)
    """Another `Route` is open on this screen."""
    restore_wanted = Signal(object)
    """A backup is to take the place of the file."""
    renamed = Signal()
    """Name or look of the company were changed."""
    unsecured = Signal(int)
    """How many whole days nothing was backed up though something changed."""
    settled = Signal()
    """Nothing is being read or written any more; titles and verbs may have changed."""

    def __init__(self, opened: Opened, around: Surroundings, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self.opened = opened
        self._companies = Companies(around.settings)
        self.context = AppContext(
            store=opened.store,
            jobs=around.make_jobs(),
            router=Router(self),
            settings=around.settings,
            theme=around.theme,
            errors=around.errors,
            today=around.today,
            keeper=self,
            is_read_only=opened.holder is not None,
        )
        self.context.router.passing = WIZARDS
        self.screens = Screens(stack, self.context)
        self.finder = Finder(self.context)
        self._day = around.today()
        self._is_counting = False
        self._tally: Any = None
        self._recount = QTimer(self, singleShot=True, interval=_RECOUNT_MS)
        self._recount.timeout.connect(self.count)
        self._half_hour = QTimer(self, interval=_BACKUP_MS)
        self._half_hour.timeout.connect(lambda: self.back_up("every half hour"))
        if not self.context.is_read_only:
            self._half_hour.start()
        self._connect()

    def _connect(self) -> None:
        self.context.jobs.unhandled.connect(self.context.errors.report)
        self.context.jobs.busy.connect(self._on_busy)
        self.context.router.moved.connect(self._show)
        self.context.changes.happened.connect(self._on_change)

    @property
    def path(self) -> Path:
        """Its file."""
        path: Path = self.opened.store.path
        return path

    def set_stack(self, stack: QStackedWidget) -> None:
        """Show screens in another stack: the window was made anew."""
        self.screens = Screens(stack, self.context)

    # ------------------------------------------------------------------ going
    def begin(self) -> None:
        """Open the page that was open when it was left."""
        text = self.context.settings.text(self._companies.key(self.path, "page"))
        self.context.router.open(route_of(text) or Route("home"))
        self.count()
        self.look_at_backups()

    def go_home_instead(self, error: Exception) -> None:
        """What was asked for is not there: say so, and show Home."""
        self.context.errors.report(error)
        if self.context.router.current != Route("home"):
            self.context.router.open(Route("home"))

    def _show(self, route: Route) -> None:
        if self.context.is_read_only and _writes(route):
            self._stay()
            return
        try:
            screen = self.screens.show(route)
        except HandselError as error:
            self.go_home_instead(error)
            return
        if route.kind not in WIZARDS:
            self.context.settings.put(self._companies.key(self.path, "page"), text_of(route))
        self.shown.emit(route, screen)

    def _stay(self) -> None:
        """Nothing is written while the company is only looked at: stay where we are, and say why."""
        self.context.say(self.tr("Another Handsel holds this company: here it can only be looked at."))
        if self.context.router.can_go_back:
            self.context.router.back()
        else:
            self.context.router.open(Route("home"))

    # ------------------------------------------------------------------ keeping up
    def count(self) -> None:
        """Count anew what waits in each stage."""
        from app.pipeline.waiting import Tally  # with the store behind it: not before the window is painted

        if self._is_counting:
            self._recount.start()  # one count at a time: the tally is not for two threads
            return
        self._is_counting = True
        tally = self._tally = self._tally or Tally()
        self.context.read(lambda session: tally.count(session, self.context.today()), self._counted, self._not_counted)

    def _counted(self, counts: Any) -> None:
        self._is_counting = False
        self.counted.emit(counts)

    def _not_counted(self, error: Exception) -> None:
        self._is_counting = False
        self.context.errors.report(error)

    def reload(self) -> None:
        """Let every screen read anew."""
        self._day = self.context.today()
        self.context.changes.tell(_EVERYTHING)

    def look_at_the_date(self) -> None:
        """Called when the window comes to the front: on a new day other things are due.

        While the company is only looked at, the other Handsel may have changed anything meanwhile.
        """
        if self.context.today() != self._day or self.context.is_read_only:
            self.reload()
            self.look_at_backups()

    def _on_change(self, kinds: frozenset[str]) -> None:
        self._recount.start()
        self.saved.emit()
        if "settings" in kinds:
            self.context.jobs.query(lambda _: describe(self.opened.store), self._named)

    def _named(self, opened: Opened) -> None:
        opened = replace(opened, holder=self.opened.holder)
        if opened != self.opened:
            self.opened = opened
            self._companies.opened(self.path, opened.name, opened.is_practice)
            self.renamed.emit()

    def _on_busy(self, is_busy: bool) -> None:
        if not is_busy:
            self.settled.emit()

    # ------------------------------------------------------------------ backups and the end
    @property
    def backup_folder(self) -> Path | None:
        """The folder the person chose for backups, on this computer."""
        text = self.context.settings.text(self._companies.key(self.path, "backups"))
        return Path(text) if text else None

    def choose_backup_folder(self, folder: Path | None) -> None:
        """Keep backups in a folder from now on; None is beside the file."""
        key = self._companies.key(self.path, "backups")
        if folder is None:
            self.context.settings.forget(key)
        else:
            self.context.settings.put(key, str(folder))

    def back_up(self, reason: str, on_done: OnDone | None = None) -> None:
        """Back up beside the work; nothing is made where nothing changed since the last."""
        from app.store.upkeep import keep_backup  # with the store behind it

        store, folder = self.opened.store, self.backup_folder

        def done(made: Any) -> None:
            self.look_at_backups()
            if on_done is not None:
                on_done(made)

        self.context.jobs.file(lambda _: keep_backup(store, reason, folder), done)

    def look_at_backups(self) -> None:
        """Tell for how many days nothing was backed up; the practice company needs none."""
        from app.store.upkeep import days_unsecured  # see above

        store, folder, now = self.opened.store, self.backup_folder, datetime.now(UTC)
        if not self.opened.is_practice and not self.context.is_read_only:
            self.context.jobs.file(lambda _: days_unsecured(store, now, folder), self.unsecured.emit)

    def back_up_by_hand(self) -> None:
        """Back up now, and say how it went."""
        self.back_up("by hand", self._backed_up)

    def _backed_up(self, made: Any) -> None:
        if made is None:
            self.context.say(self.tr("Nothing has changed since the last backup."))
        else:
            self.context.say(self.tr("Backed up and proved: %1").replace("%1", str(made.path.name)))
        self.context.changes.tell({"backup"})

    def end(self, then: Callable[[], None]) -> None:
        """Keep what is typed, let the last commands finish, throw the screens away; then call `then`."""
        self._half_hour.stop()
        self._recount.stop()
        self.screens.flush()
        if self.context.jobs.is_busy:
            self.context.jobs.busy.connect(lambda is_busy: None if is_busy else self._end(then))
        else:
            self._end(then)

    def _end(self, then: Callable[[], None]) -> None:
        self.context.jobs.busy.disconnect()
        self.screens.close()
        self.context.jobs.close()
        then()


def _writes(route: Route) -> bool:
    """Whether a route is there to write something: a wizard, or a form."""
    return route.kind in WIZARDS or route.id == "new" or bool(route.get("edit"))


def text_of(route: Route) -> str:
    """A route as a line of the settings."""
    return json.dumps([route.kind, route.id, route.filter])


def route_of(text: str) -> Route | None:
    """The route that `text_of` wrote; None for anything else."""
    try:
        kind, key, narrowed = json.loads(text)
        found = Route(str(kind), key, tuple((str(name), _frozen(value)) for name, value in narrowed))
    except (ValueError, TypeError):
        return None
    return found if key is None or isinstance(key, int | str) else None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
