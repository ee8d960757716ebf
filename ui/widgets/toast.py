"""Short news at the bottom of the window with one verb (Undo, View): one at a time, six seconds, never for errors."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layout import row
from ui.widgets.problem_label import announce

SHOWN_MS = 6000
_EDGE = 24


@dataclass(frozen=True, slots=True)
class _News:
    text: str
    verb: str
    do: Callable[[], object] | None


class Toasts(QObject):
    """The queue over one window. A toast waits while the mouse or the keyboard is on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: deque[_News] = deque()
        self._shown: _Toast | None = None
        window.installEventFilter(self)

    def say(self, text: str, verb: str = "", do: Callable[[], object] | None = None) -> None:
        """Show `text`, after those that wait; `verb` calls `do` and closes it."""
        self._waiting.append(_News(text, verb, do))
        if self._shown is None:
            self._show_next()

    def shown(self) -> str:
        """The words on the screen now, "" for none."""
        return self._shown.news.text if self._shown is not None else ""

    def waiting(self) -> int:
        """How many come after."""
        return len(self._waiting)

    def dismiss(self) -> None:
        """Take the shown one away; the next appears."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        self._show_next()

    def run_verb(self) -> None:
        """Do what the shown toast offers (Ctrl+Z may call it for Undo)."""
        news = self._shown.news if self._shown is not None else None
        self.dismiss()
        if news is not None and news.do is not None:
            news.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize and self._shown is not None:
            self._place()
        return super().eventFilter(watched, event)

    def _show_next(self) -> None:
        if not self._waiting:
            return
        toast = _Toast(self._window, self._waiting.popleft(), self.run_verb, self.dismiss)
        self._shown = toast
        self._place()
        toast.show()
        toast.raise_()
        announce(toast, toast.news.text)

    def _place(self) -> None:
        if self._shown is None:
            return
        self._shown.adjustSize()
        left = (self._window.width() - self._shown.width()) // 2
        self._shown.move(max(left, 0), self._window.height() - self._shown.height() - _EDGE)


class _Toast(QFrame):
    def __init__(self, window: QWidget, news: _News, run: Callable[[], object], dismiss: Callable[[], object]) -> None:
        super().__init__(window)
        self.news = news
        self.setProperty("panel", "toast")
        self.setAccessibleName(news.text)
        words = Label(news.text, "label")
        words.setMaximumWidth(460)
        words.setWordWrap(len(news.text) > 70)
        verb = Button(news.verb, "toast", do=run) if news.verb else None
        close = Button("×", "toast-close", do=dismiss, name=self.tr("Dismiss"))
        parts = [words, *([verb] if verb else []), close]
        self.setLayout(row(*parts, margins=(16, 8, 6, 8), gap=10))
        for button in (verb, close):
            if button is not None:
                button.installEventFilter(self)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(dismiss)
        self._timer.start()

    def is_paused(self) -> bool:
        """Whether it waits for the mouse or keyboard to leave."""
        return not self._timer.isActive()

    def enterEvent(self, event: QEvent) -> None:  # noqa: N802
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._timer.start()
        return super().eventFilter(watched, event)
