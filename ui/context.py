"""What every screen is handed: store, jobs, router, settings, theme, errors, and news of what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from ui.errors import ErrorDesk
from ui.jobs import Job, Jobs, OnDone, OnFailed, is_alive, owner_of
from ui.routes import Router
from ui.theme import Theme


class Settings:
    """What this person likes on this computer: theme, language, window sizes. Never business data."""

    def __init__(self, file: Path | None = None) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat) if file else QSettings()

    def text(self, key: str, default: str = "") -> str:
        """A text, or its default."""
        value = self._kept.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int = 0) -> int:
        """A whole number, or its default."""
        try:
            return int(str(self._kept.value(key, default)))
        except ValueError:
            return default

    def flag(self, key: str, default: bool = False) -> bool:
        """Yes or no."""
        return str(self._kept.value(key, default)).lower() in {"true", "1"}

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty when there is none."""
        value = self._kept.value(key)
        if isinstance(value, str):
            return [value]
        return [str(item) for item in value] if isinstance(value, list) else []

    def state(self, key: str) -> QByteArray:
        """The saved state of a window, splitter or header; empty when there is none."""
        value = self._kept.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, key: str, value: str | int | bool | list[str] | QByteArray) -> None:
        """Keep a value."""
        self._kept.setValue(key, value)

    def forget(self, key: str) -> None:
        """Remove a value and all below it."""
        self._kept.remove(key)

    def save(self) -> None:
        """Write to disk now."""
        self._kept.sync()


class Changes(QObject):
    """News for lists and screens: which kinds of things a command changed."""

    happened = Signal(frozenset)

    def tell(self, kinds: Iterable[str]) -> None:
        """Say that things of these kinds ("quote", "customer", ...) changed."""
        told = frozenset(kinds)
        if told:
            self.happened.emit(told)


class News(QObject):
    """Short words to the person at the bottom of the window, with one verb if it helps (a toast)."""

    said = Signal(str, str, object)
    """text, verb ("" for none), and what the verb does."""


@dataclass
class AppContext:
    """Handed down from the application to every screen; never a global."""

    store: Any
    """The open `app.store.Store`, or None before a company is open."""
    jobs: Jobs
    router: Router
    settings: Settings
    theme: Theme
    errors: ErrorDesk
    actor: str = "owner"
    """Who acts, for the history."""
    today: Callable[[], date] = date.today
    is_read_only: bool = False
    """View mode: another window holds the company file, or it is opened only to look."""
    keeper: Any = None
    """Who looks after the company's file (`ui.frame.company.Company`): backups and restoring; None in tests."""
    changes: Changes = field(default_factory=Changes)
    news: News = field(default_factory=News)

    def say(self, text: str, verb: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a toast: `text`, and `verb` ("Undo", "View") that calls `do`. Errors are no toasts."""
        self.news.said.emit(text, verb, do)

    def read(
        self,
        work: Callable[[Any], Any],
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `work(session)` in a read session, beside the main thread."""

        def job(_progress: Any) -> Any:
            with self.store.read() as session:
                return work(session)

        return self.jobs.query(job, on_done, on_failed, owner)

    def write(
        self,
        work: Callable[[Any], Any],
        kinds: Iterable[str],
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
        key: str | None = None,
    ) -> Job:
        """Run `work(session)` as one command and transaction; on success tell that `kinds` changed, then `on_done`.

        `key` makes the command idempotent (see `Store.write`). While the company is only looked at, what wizards would
        keep by themselves is not kept, and everything else is refused by the store.
        """
        told = frozenset(kinds)
        if self.is_read_only and told == {"draft"}:
            return self.jobs.query(lambda _: None)
        listener = owner if owner is not None else owner_of(on_done)

        def job(_progress: Any) -> Any:
            with self.store.write(self.actor, key) as session:
                return work(session)

        def done(answer: Any) -> None:
            self.changes.tell(told)
            if on_done is not None and is_alive(listener):
                on_done(answer)

        def failed(error: Exception) -> None:
            if on_failed is not None and is_alive(listener):
                on_failed(error)
            else:
                self.errors.report(error)

        return self.jobs.command(job, done, failed)
