"""Splitting by largest remainder in live formulas: the sheet beside an explanation of prices. All in minor units.

One block a split: what is split, the weights, and each part. A spreadsheet counts in binary floating point, in which
whole numbers are exact up to 2^53; a split that could go beyond is written as its results, without formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.money import split
from app.outputs.xlsx.styles import LOOKS, Kind
from app.outputs.xlsx.workbook import Book, Formula, Sheet, quoted

_EXACT = 2**50
_MOST = 400
"""Parts of a split that are recomputed: ranking them takes the square of their number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of minor units and the formula that finds it, without "="; an empty one is typed as it is."""

    value: int
    formula: str = ""

    @property
    def text(self) -> str:
        """What stands for it in another formula."""
        return self.formula or str(self.value)


class Shares:
    """The sheet of splits, filled block by block."""

    def __init__(self, book: Book, title: str, heads: Sequence[str]) -> None:
        self._book, self._name = book, title
        self._lines = (2, 2)
        self._sheet: Sheet = book.sheet(title, [44, 16, 40, 16, 16, 16, 10, 16], "A2", "1:1")
        self._row(list(heads))

    def amounts(self, groups: Sequence[str], names: Sequence[str], amounts: Sequence[Figure]) -> list[Figure]:
        """The amounts of all lines with the name of their tax group, for sums by `total`; as figures of this sheet."""
        first = self._next
        for group, name, amount in zip(groups, names, amounts, strict=True):
            self._row([group, None, name, self._figure(amount)])
        self._lines = first, self._next - 1
        return [Figure(a.value, f"{quoted(self._name)}!$D${first + i}") for i, a in enumerate(amounts)]

    def total(self, value: int, group: str = "") -> Figure:
        """The sum of the line amounts, all of them or those of a group."""
        first, last = self._lines
        sheet = quoted(self._name)
        sums = f"{sheet}!$D${first}:$D${last}"
        if not group:
            return Figure(value, f"SUM({sums})")
        return Figure(value, f'SUMIF({sheet}!$A${first}:$A${last},"{group}",{sums})')

    def split(self, what: str, whole: Figure, names: Sequence[str], weights: Sequence[Figure]) -> list[Figure]:
        """The parts of `whole` in proportion to the weights, as figures that point to this sheet."""
        parts = split(whole.value, [weight.value for weight in weights])
        first = self._next
        live = len(weights) <= _MOST and abs(whole.value) * sum(abs(w.value) for w in weights) < _EXACT
        for index, (name, weight, part) in enumerate(zip(names, weights, parts, strict=True)):
            row = first + index
            cells = self._cells(row, (first, first + len(weights) - 1), parts, weights, whole, index)
            head = [what, self._figure(whole)] if not index else ["", None]
            last: list[object] = list(cells) if live else [None, None, None, part]
            self._row([*head, name, self._figure(weight), *last])
            assert self._next == row + 1  # noqa: S101  the formulas below point to these rows
        return [Figure(part, f"{quoted(self._name)}!$H${first + i}") for i, part in enumerate(parts)]

    def _cells(
        self,
        row: int,
        span: tuple[int, int],
        parts: Sequence[int],
        weights: Sequence[Figure],
        whole: Figure,
        index: int,
    ) -> tuple[Formula, ...]:
        """Weight with its sign, remainder, rank of the remainder, part; see `app.core.money.split`."""
        first, last = span
        total = sum(weight.value for weight in weights)
        signed = [1 if not total else (weight.value if total > 0 else -weight.value) for weight in weights]
        rests = [abs(whole.value) * each % sum(signed) for each in signed]
        rank = sum(rest > rests[index] for rest in rests) + rests[: index + 1].count(rests[index])
        used, left = f"$E${first}:$E${last}", f"$F${first}:$F${last}"
        given = f"ABS($B${first})"
        return (
            Formula(f"IF(SUM($D${first}:$D${last})=0,1,SIGN(SUM($D${first}:$D${last}))*D{row})", signed[index]),
            Formula(f"MOD({given}*E{row},SUM({used}))", rests[index]),
            Formula(f'COUNTIF({left},">"&F{row})+COUNTIF($F${first}:F{row},F{row})', rank),
            Formula(
                f"SIGN($B${first})*(({given}*E{row}-F{row})/SUM({used})+IF(G{row}<=SUM({left})/SUM({used}),1,0))",
                parts[index],
            ),
        )

    @staticmethod
    def _figure(figure: Figure) -> object:
        return Formula(figure.formula, figure.value) if figure.formula else figure.value

    @property
    def _next(self) -> int:
        return len(self._sheet.rows.written) + 1

    def _row(self, values: Sequence[object]) -> None:
        cells = []
        for value in values:
            if isinstance(value, str):
                cells.append(self._book.text(value, LOOKS[Kind.TEXT]))
            elif isinstance(value, Formula):
                cells.append(self._book.formula(value))
            else:
                cells.append(self._book.cell(Kind.COUNT, value, ""))
        self._sheet.append(*cells)
