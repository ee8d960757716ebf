"""Coupons of a quote: a field for the code, and a chip for each with what it gives or why it gives nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from app.core.errors import Problem
from app.pricing.book import coupon_code
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, row
from ui.widgets.price_words import coupon_words


class CouponsCard(Card):
    """The codes as they are in the draft; every change is told, and what they give is shown by the page."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self.code = TextEdit(optional=True, placeholder=self.tr("Code, then Enter"), longest=40)
        self.code.setAccessibleName(self.tr("Coupon"))
        self.code.setFixedWidth(220)
        self.code.returnPressed.connect(self.add)
        self.button = Button(self.tr("Redeem"), do=self.add)
        self._chips = column(gap=6)
        head = CardHead(self.tr("Coupons"), self.tr("what a code gives is shown at once"))
        tools = row(self.code, self.button, None, gap=8)
        body = column(tools, self._chips, margins=(18, 0, 18, 12), gap=8)
        self.setLayout(column(head, body))
        self.setAccessibleName(self.tr("Coupons"))

    def codes(self) -> tuple[str, ...]:
        """The codes, as typed."""
        return self._codes

    def add(self) -> None:
        """Take the typed code."""
        if code := coupon_code(self.code.value()):
            self.code.clear()
            self._codes = (*self._codes, code)
            self.edited.emit()

    def remove(self, index: int) -> None:
        """Take a code away."""
        self._codes = self._codes[:index] + self._codes[index + 1 :]
        self.code.setFocus()
        self.edited.emit()

    def show_codes(
        self, codes: Sequence[str], used: Sequence[str], refused: Sequence[Problem], gives: Callable[[str], str]
    ) -> None:
        """Show each code: `used` ones with what they give, in words; others with the reason."""
        self._codes = tuple(codes)
        why = {problem.field: problem for problem in refused}
        clear(self._chips)
        for index, code in enumerate(codes):
            problem = why.get(f"coupons[{index}]")
            self._chips.addLayout(self._chip(index, code, problem, gives(code) if code in used else ""))

    def words(self) -> list[str]:
        """What the chips say, for tests and screen readers."""
        return [label.text() for label in self.findChildren(Label) if label.property("chip") and not label.isHidden()]

    def _chip(self, index: int, code: str, problem: Problem | None, gives: str) -> object:
        tone = "ok" if problem is None else ("warn" if problem.code == "beaten" else "bad")
        words = coupon_words(problem) if problem is not None else (f"{code}: {gives}" if gives else code)
        told = Label(words, "label", tone).wrap()
        told.setProperty("chip", True)
        remove = IconButton("close", self.tr("Take the coupon %1 away").replace("%1", code), size=14)
        remove.clicked.connect(partial(self._remove, index))
        line = row(Icon("good" if problem is None else "warning", tone), told, remove, gap=8)
        line.setStretch(1, 1)
        return line

    def _remove(self, index: int, *_: object) -> None:
        self.remove(index)
