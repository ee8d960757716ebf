"""How the checks are written: formulas with their present results, and red where one fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.money import decimals, to_decimal
from app.outputs.xlsx.cells import Result
from app.outputs.xlsx.revenue_control import Check, Side, is_number
from app.outputs.xlsx.styles import Kind
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Book, Column, Formula, Table


@dataclass(frozen=True, slots=True)
class _Row:
    """A check and the row of the sheet it stands in."""

    number: int
    check: Check

    @property
    def places(self) -> int:
        """Decimals its figures have."""
        return decimals(self.check.currency) if self.check.currency else 0

    def side(self, side: Side) -> Formula | int:
        """A figure: found by a formula, or fixed."""
        if not side.formula:
            return side.value
        text = f"ROUND({side.formula.format(row=self.number)},{self.places})"
        return Formula(text, self._shown(side.value), self.check.currency)

    @property
    def difference(self) -> Formula:
        """Workbook less ledger; a figure that is text makes it "?"."""
        result = self._shown(self.check.difference) if is_number(self.check.ledger) else "?"
        text = f'IFERROR(ROUND(C{self.number}-D{self.number},{self.places}),"?")'
        return Formula(text, result, self.check.currency)

    @property
    def result(self) -> Formula:
        """OK or DIFF."""
        holds = f"E{self.number}<=0" if self.check.at_most else f"E{self.number}=0"
        text = f'IF(ISNUMBER(E{self.number}),IF({holds},"OK","DIFF"),"DIFF")'
        return Formula(text, "OK" if self.check.holds else "DIFF")

    def _shown(self, minor: int) -> Result:
        return to_decimal(minor, self.check.currency) if self.check.currency else minor


def write_control(book: Book, checks: Sequence[Check], words: Words) -> None:
    """The sheet itself: currency, check, both figures, difference, result, and how it is checked."""
    rows = [_Row(number, check) for number, check in enumerate(checks, 2)]
    columns: list[Column[_Row]] = [
        Column("currency", words("currency"), Kind.TEXT, lambda row: row.check.currency),
        Column("check", words("check"), Kind.TEXT, lambda row: row.check.what, 52),
        Column("workbook", words("workbook"), Kind.AMOUNT, lambda row: row.side(row.check.workbook)),
        Column("ledger", words("ledger"), Kind.AMOUNT, lambda row: row.side(row.check.ledger)),
        Column("difference", words("difference"), Kind.AMOUNT, lambda row: row.difference),
        Column("result", words("result"), Kind.TEXT, lambda row: row.result),
        Column("how", words("how"), Kind.TEXT, lambda row: row.check.how, 95),
    ]
    table = Table.of(words("control"), columns, len(rows))
    sheet = book.table(table, "Control", columns, rows, lambda row: row.check.currency)
    book.mark(sheet, f"E2:F{len(rows) + 1}", '$F2<>"OK"')
