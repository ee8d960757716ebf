"""Opening and closing company files, one at a time, off the main thread; and the backups made on the way.

The store and all behind it are imported here, when the first file is opened: the window is on the screen by then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.core.progress import Progress
from ui.jobs import Job, Jobs, OnDone, OnFailed


@dataclass(frozen=True, slots=True)
class Opened:
    """An open company: its store, and what the sidebar says of it."""

    store: Any
    name: str
    is_practice: bool
    saved_at: datetime | None
    holder: str | None = None
    """Who else holds the file, so that it is only looked at here ("" where the lock does not say); else None."""


class Desk:
    """Hands the work with files to `jobs`, which outlive any company."""

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs

    def open(self, path: Path, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Open a file; answers with `Opened`."""
        return self.jobs.command(lambda _: open_company(path), on_done, on_failed)

    def look(self, path: Path, holder: str, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Open a file only to look at it, for another Handsel holds it; answers with `Opened`."""
        return self.jobs.command(lambda _: look_at_company(path, holder), on_done, on_failed)

    def create(self, path: Path, company: Any, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Make a new company's file and open it; `company` is an `app.exchange.new_company.NewCompany`."""
        return self.jobs.command(lambda _: create_company(path, company), on_done, on_failed)

    def practise(self, path: Path, today: date, watermark: str, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Open the practice company, made anew if there is none."""
        return self.jobs.command(lambda p: practice_company(path, today, watermark, p), on_done, on_failed)

    def restore(self, backup: Any, path: Path, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Put a backup in the place of a file and open it."""
        return self.jobs.command(lambda _: restore_company(backup, path), on_done, on_failed)

    def close(self, store: Any, folder: Path | None, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Back up if anything changed, and close, whatever the backup says."""
        return self.jobs.command(lambda _: close_company(store, folder), on_done, on_failed)

    def throw_away(self, store: Any, on_done: OnDone, on_failed: OnFailed) -> Job:
        """Close the practice company and remove it."""
        return self.jobs.command(lambda _: _throw_away(store), on_done, on_failed)


def open_company(path: Path) -> Opened:
    """Open a file. Raises `StoreError`."""
    import app.schema  # noqa: F401  every table has to be known before a file is opened
    from app.store.store import Store

    return describe(Store.open(path))


def look_at_company(path: Path, holder: str) -> Opened:
    """Open a file only to look at it. Raises `StoreError`."""
    import app.schema  # noqa: F401  see above
    from app.store.view import View

    return replace(describe(View.of(path)), holder=holder)


def create_company(path: Path, company: Any) -> Opened:
    """Make a new company's file and open it. Raises `StoreError` and `RuleViolation`."""
    import app.schema  # noqa: F401  see above
    from app.exchange.new_company import create

    return describe(create(path, company))


def practice_company(path: Path, today: date, watermark: str, progress: Progress) -> Opened:
    """Open the practice company, made anew if there is none. Raises `StoreError` and `Cancelled`."""
    import app.schema  # noqa: F401  see above
    from app.exchange import practice
    from app.store.store import Store

    if path.exists():
        return open_company(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(path, create=True)
    try:
        practice.fill(store, today, watermark, progress)
    except BaseException:
        store.close()
        practice.remove(path)
        raise
    return describe(store)


def restore_company(backup: Any, path: Path) -> Opened:
    """Put a backup in the place of a file and open it. Raises `StoreError`."""
    from app.store.backup import restore

    restore(backup, path)
    return open_company(path)


def describe(store: Any) -> Opened:
    """Name and marks of an open store; closes it if they cannot be read."""
    from app.parties.practice import is_practice
    from app.parties.queries import our_company
    from app.pipeline.search import last_change

    try:
        with store.read() as session:
            company = our_company(session)
            name = company.name if company is not None else store.path.stem
            return Opened(store, name, is_practice(session), last_change(session))
    except BaseException:
        store.close()
        raise


def close_company(store: Any, folder: Path | None) -> None:
    """Back up if anything changed, and close. Raises what the backup raised, after closing."""
    from app.store.upkeep import keep_backup
    from app.store.view import View

    try:
        if not isinstance(store, View):
            keep_backup(store, "close", folder)
    finally:
        store.close()


def backups_of(path: Path, folder: Path | None) -> list[Any]:
    """The proved backups of a file, the newest first."""
    from app.store.upkeep import backups_of as find

    return find(path, folder)


def _throw_away(store: Any) -> None:
    from app.exchange.practice import throw_away

    throw_away(store)


def warm_up() -> None:
    """Import what opening a company needs, while somebody still types its name."""
    import app.exchange.practice
    import app.schema  # noqa: F401
