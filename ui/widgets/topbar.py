"""The bar above a screen: where we are, the document's state, and the verbs of the screen at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from ui.theme.tokens import PAGE_MARGIN, TOPBAR_HEIGHT
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, row
from ui.widgets.state_badge import StateBadge


class TopBar(QFrame):
    """Breadcrumb and badge at the left, `fixed` verbs (undo, theme) and the screen's own at the right."""

    def __init__(self, fixed: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("panel", "topbar")
        self.setFixedHeight(TOPBAR_HEIGHT)
        self.setAccessibleName(self.tr("Where you are"))
        self._crumbs = row(gap=4)
        self._verbs = row(gap=12)
        self.setLayout(
            row(self._crumbs, None, row(*fixed, gap=6), self._verbs, margins=(PAGE_MARGIN, 0, PAGE_MARGIN, 0), gap=12)
        )

    def show_place(
        self,
        parents: Sequence[tuple[str, Callable[[], object]]],
        here: str,
        badge: tuple[str, str] | None = None,
    ) -> None:
        """`parents` are (words, what opens them); `badge` is (words, tone)."""
        clear(self._crumbs)
        for words, do in parents:
            self._crumbs.addWidget(Button(words, "link", do=do))
            self._crumbs.addWidget(Icon("chevron-right", "text3", 14))
        self._crumbs.addWidget(Label(here, "strong"))
        if badge is not None:
            self._crumbs.addSpacing(10)
            self._crumbs.addWidget(StateBadge(*badge))

    def set_verbs(self, verbs: Sequence[QWidget]) -> None:
        """The verbs of the screen that is shown, from left to right."""
        while (item := self._verbs.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
        for verb in verbs:
            self._verbs.addWidget(verb)
            verb.show()
