"""Which company files this person has: the last ten, by path, with the name each had when it was last open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from ui.context import Settings
from ui.widgets.command_palette import RECENT_KEY

_KEPT = 10
_PATHS, _LAST = "companies/recent", "companies/last"


@dataclass(frozen=True, slots=True)
class Known:
    """A company file that was open before."""

    path: Path
    name: str
    is_practice: bool

    @property
    def exists(self) -> bool:
        """Whether the file is still there."""
        return self.path.exists()


class Companies:
    """Kept in this person's settings; every entry of a company is below `company/<digest of its path>`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def recent(self) -> list[Known]:
        """The newest first."""
        return [self._known(Path(path)) for path in self._settings.texts(_PATHS)]

    def last(self) -> Known | None:
        """The one that was open when the program was left, if it was left with one."""
        path = self._settings.text(_LAST)
        return self._known(Path(path)) if path else None

    def opened(self, path: Path, name: str, is_practice: bool) -> None:
        """Note that a company is open now."""
        others = [kept for kept in self._settings.texts(_PATHS) if kept != str(path)]
        self._settings.put(_PATHS, [str(path), *others][:_KEPT])
        self._settings.put(_LAST, str(path))
        self._settings.put(self.key(path, "name"), name)
        self._settings.put(self.key(path, "practice"), is_practice)
        for gone in others[_KEPT - 1 :]:
            self._settings.forget(self.key(Path(gone)))

    def forget(self, path: Path) -> None:
        """Leave no trace of a company in the settings."""
        self._settings.put(_PATHS, [kept for kept in self._settings.texts(_PATHS) if kept != str(path)])
        self._settings.forget(self.key(path))
        verbs = [kept for kept in self._settings.texts(RECENT_KEY) if kept.startswith("verb:")]
        self._settings.put(RECENT_KEY, verbs)  # the palette remembers customers and deals by their ids
        if self._settings.text(_LAST) == str(path):
            self._settings.forget(_LAST)

    def key(self, path: Path, name: str = "") -> str:
        """The settings key of something that belongs to one company on this computer."""
        digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
        return f"company/{digest}/{name}" if name else f"company/{digest}"

    def _known(self, path: Path) -> Known:
        name = self._settings.text(self.key(path, "name")) or path.stem
        return Known(path, name, self._settings.flag(self.key(path, "practice")))


def companies_folder() -> Path:
    """Where a new company's file goes unless another place is chosen."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Handsel"


def practice_path() -> Path:
    """Where the practice company lies: among the program's own data, not among the person's documents."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "practice" / "Practice company.handsel"
