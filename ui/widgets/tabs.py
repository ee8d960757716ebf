"""Tabs above pages of one thing: Ctrl+PgDown and Ctrl+PgUp turn, the arrow keys do in the bar itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui import formats
from ui.theme import font
from ui.widgets.action import Action
from ui.widgets.layout import column


class Tabs(QWidget):
    """Pages by key with the words of their tab; a number may stand behind the words."""

    chosen = Signal(str)
    """The key of the page that is shown now."""

    def __init__(self, pages: Sequence[tuple[str, str, QWidget]], name: str, margin: int = 0) -> None:
        super().__init__()
        self._keys = [key for key, _, _ in pages]
        self._words = {key: words for key, words, _ in pages}
        self._bar = QTabBar()
        self._bar.setFont(font("label"))
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setAccessibleName(name)
        self._stack = _Pages()
        for _, words, page in pages:
            self._bar.addTab(_plain(words))
            self._stack.addWidget(page)
        self._bar.currentChanged.connect(self._turn)
        holder = column(self._bar, margins=(margin, 0, margin, 0))
        layout = column(holder, self._stack, gap=2)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        Action(self.tr("Next tab"), self, lambda: self._by(1), shortcut="Ctrl+PgDown")
        Action(self.tr("Previous tab"), self, lambda: self._by(-1), shortcut="Ctrl+PgUp")

    def key(self) -> str:
        """Which page is shown."""
        return self._keys[self._bar.currentIndex()]

    def page(self, key: str) -> QWidget:
        """One of the pages."""
        return self._stack.widget(self._keys.index(key))

    def show_tab(self, key: str) -> None:
        """Show a page; a key that none has shows the first."""
        self._bar.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)

    def set_count(self, key: str, count: int | None) -> None:
        """The number behind the words of a tab; None and 0 are not shown."""
        figure = f"  {formats.whole_text(count)}" if count else ""
        self._bar.setTabText(self._keys.index(key), _plain(self._words[key]) + figure)

    def set_shown(self, key: str, is_shown: bool) -> None:
        """Whether there is this tab at all."""
        self._bar.setTabVisible(self._keys.index(key), is_shown)

    def _by(self, step: int) -> None:
        place = self._bar.currentIndex() + step
        while 0 <= place < len(self._keys) and not self._bar.isTabVisible(place):
            place += step
        if 0 <= place < len(self._keys):
            self._bar.setCurrentIndex(place)
            self._bar.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._stack.updateGeometry()
        self.chosen.emit(self._keys[place])


def _plain(words: str) -> str:
    """Words in which & is a letter, not the mark of a key."""
    return words.replace("&", "&&")


class _Pages(QStackedWidget):
    """As high and wide as the page that is shown needs, not as the largest of them."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Of the page that is shown."""
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Of the page that is shown."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()
