"""Loading Inter: the cut weights when they are there, the variable file until a background process has cut them."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QFontDatabase

from ui.theme import font_cutter, fonts

_ROOT = Path(__file__).parents[2]
CUT_AFTER_MS = 3000
"""The first paint has the processor for itself."""
SHIPPED = _ROOT / "resources" / "fonts"


def cache_folder() -> Path:
    """Where cut weights are kept: one folder for each release of the font, told apart by its size."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    try:
        size = font_cutter.variable_file().stat().st_size
    except (ImportError, OSError):
        size = 0
    return Path(base) / "handsel" / f"inter-{size}"


class FontFiles(QObject):
    """Loads the fonts at start; `ready` is emitted when the cut weights replaced the stand-in."""

    ready = Signal()

    def __init__(self, folder: Path | None = None, parent: QObject | None = None, may_cut: bool = True) -> None:
        super().__init__(parent)
        self._may_cut = may_cut
        self._folder = folder or cache_folder()
        self._stand_in = -1
        self._process: QProcess | None = None
        self._later = QTimer(self, singleShot=True, interval=CUT_AFTER_MS)
        self._later.timeout.connect(self._begin_cutting)

    def load(self) -> bool:
        """Load what is there. True: the cut weights; False: the stand-in, and cutting has begun."""
        if self._load_static():
            return True
        self._load_variable()
        self._later.start()
        return False

    def close(self) -> None:
        """Stop a cutting that still runs; the next start begins it anew."""
        self._later.stop()
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._cut)
            self._process.kill()
            self._process.waitForFinished(2000)

    def _load_static(self) -> bool:
        for folder in (SHIPPED, self._folder):
            files = font_cutter.static_files(folder)
            if all(file.exists() for file in files):
                loaded = [QFontDatabase.addApplicationFont(str(file)) for file in files]
                fonts.use_variable(False)
                return -1 not in loaded
        return False

    def _load_variable(self) -> None:
        try:
            file = font_cutter.variable_file()
        except ImportError:  # without the package the system's font serves
            return
        self._stand_in = QFontDatabase.addApplicationFont(str(file))
        fonts.use_variable(self._stand_in != -1)

    def _begin_cutting(self) -> None:
        if self._stand_in == -1 or not self._may_cut or getattr(sys, "frozen", False):
            return
        process = QProcess(self)
        process.finished.connect(self._cut)
        process.start(sys.executable, [font_cutter.__file__, str(self._folder)])
        self._process = process

    def _cut(self, exit_code: int) -> None:
        if exit_code == 0 and all(file.exists() for file in font_cutter.static_files(self._folder)):
            QFontDatabase.removeApplicationFont(self._stand_in)
            self._load_static()
            self.ready.emit()
