"""The card "Why this price?" of a quote or an invoice: one of its lines at a time, with the frozen amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.quotes.explanation import ExplainedLine
from ui.context import AppContext
from ui.widgets.button import IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.explanation_files import ExplanationFiles, Tell
from ui.widgets.inputs import Choice
from ui.widgets.layout import column, row
from ui.widgets.price_explanation import PriceExplanation


class PriceCard(Card):
    """`tell` reads the explanation of all lines, to be printed and saved; without it there are no such verbs."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(None, self.tr("Why this price?"))
        self._lines: Sequence[ExplainedLine] = ()
        self._currency, self._includes_tax = "EUR", False
        self._tell: Tell | None = None
        self._files = ExplanationFiles(context, self)
        self.line = Choice()
        self.line.setAccessibleName(self.tr("Line explained"))
        self.line.setMinimumContentsLength(18)
        self.line.value_changed.connect(self._show)
        self.print = IconButton("print", self.tr("Print the explanation"), do=self._print, size=16)
        self.save = IconButton("export", self.tr("Save as a workbook with formulas"), do=self._save, size=16)
        self.explanation = PriceExplanation()
        head = CardHead(self.tr("Why this price?"), "", self.print, self.save)
        body = column(row(self.line, None), self.explanation, margins=(18, 0, 18, 16), gap=12)
        self.setLayout(column(head, body))

    def show_lines(
        self, lines: Sequence[ExplainedLine], currency: str, includes_tax: bool, tell: Tell | None = None
    ) -> None:
        """Show the first of these lines; the others can be chosen."""
        self._lines, self._currency, self._includes_tax, self._tell = tuple(lines), currency, includes_tax, tell
        for verb in (self.print, self.save):
            verb.setVisible(tell is not None)
        self.line.set_choices([(index, f"{line.position}. {line.line.name}") for index, line in enumerate(lines)])
        self.choose(0)

    def choose(self, index: int) -> None:
        """Explain another line, counted from 0."""
        if 0 <= index < len(self._lines):
            self.line.set_value(index)
            self._show()

    # inside
    def _show(self, *_: Any) -> None:
        index = self.line.value()
        if index is not None and 0 <= index < len(self._lines):
            self.explanation.show_line(self._lines[index], self._currency, self._includes_tax)

    def _print(self) -> None:
        if self._tell is not None:
            self._files.print(self._tell)

    def _save(self) -> None:
        if self._tell is not None:
            self._files.save(self._tell)
