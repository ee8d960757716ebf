"""The foot of a priced document: the totals on the right; beside them the tax by category and rate, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.printed import Heading, PrintedLine, PrintedReduction, PrintedTotals
from app.core.tax import Tax, TaxCategory, TaxSubtotal
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import RIGHT
from app.outputs.pdf.layout import LEFT_EDGE, RIGHT_EDGE, WIDTH, Paper
from app.outputs.pdf.look import Style
from app.outputs.pdf.notes import Notes
from app.outputs.pdf.text import Line, width, wrap
from app.outputs.pdf.words import Words

_ABOVE = 14.0
_BLOCK = 214.0
_OUTDENT = 8.0
"""How far the box of what is due reaches over its figures on both sides, so that they line up with those above."""
_BESIDE = WIDTH - _BLOCK - 34.0
_ROW = 17.0
_BOX = 30.0
_NOTES_ABOVE = 18.0
_UNDER_ABOVE = 24.0
_MOST_BESIDE = 230.0
"""Notes higher than this stand under the totals instead of beside them."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """One row of the totals."""

    label: tuple[Line, ...]
    amount: str
    style: Style

    @property
    def height(self) -> float:
        return _ROW + (len(self.label) - 1) * self.style.leading


class Block(Protocol):
    """Something of a known height that is drawn in a column."""

    def height(self, width: float) -> float:
        """Height in a column of `width` points."""

    def draw(self, paper: Paper, x: float, width: float) -> None:
        """Draw it from where the paper stands."""


class Totals:
    """The totals of a document, with `due` as label and amount (minor units) of the box at their end.

    `settled` adds the rows between the gross total and what is due: what was prepaid, with which payments, and cash
    rounding; without it the box itself is the gross total. `notes` stand under the taxes, `under` under the box.
    """

    def __init__(
        self, heading: Heading, words: Words, lines: Sequence[PrintedLine], totals: PrintedTotals, due: tuple[str, int],
        notes: Notes | None = None, settled: bool = False, payments: Sequence[str] = (), under: Block | None = None,
    ) -> None:  # fmt: skip
        self._heading, self._words, self._totals = heading, words, totals
        self._lines_gross = sum(line.amount for line in lines)
        self._due_label, self._due = due[0], formats.money(due[1], heading.currency, words.language)
        self._sums = [*self._made_up(), *(self._settled(payments) if settled else [])]
        self._taxes = _TaxTable(heading, words, totals.breakdown)
        self._notes = notes or Notes()
        self._under = under

    @property
    def height(self) -> float:
        """Height of everything that is best kept together, with the space above it."""
        left = self._taxes.height + (self._notes_height if self._beside else 0)
        right = self._sums_height + (self._under.height(_BLOCK) + _UNDER_ABOVE if self._under else 0)
        return _ABOVE + max(left, right)

    @property
    def figures_height(self) -> float:
        """Height of the figures alone; what is said beside them may come after."""
        return _ABOVE + max(self._sums_height, self._taxes.height)

    @property
    def _sums_height(self) -> float:
        return sum(row.height for row in self._sums) + 7 + _BOX

    @property
    def _notes_height(self) -> float:
        height = self._notes.height(_BESIDE)
        return height + _NOTES_ABOVE if height else 0

    @property
    def _beside(self) -> bool:
        """Whether the notes are short enough to stand beside the totals, under the taxes."""
        return self._taxes.height + self._notes_height <= max(_MOST_BESIDE, self._sums_height)

    def draw(self, paper: Paper) -> None:
        """Draw it all side by side; where there is no room for that, notes and what stands under the box come after."""
        if paper.room < self.figures_height:
            paper.need(self.height if self.height <= paper.full_room else self.figures_height)
        whole = self.height <= paper.room
        side_by_side = self.figures_height <= paper.room
        paper.y += _ABOVE
        top = paper.y
        self._draw_sums(paper)
        if whole:
            self._draw_under(paper, RIGHT_EDGE - _BLOCK)
        end = paper.y
        paper.y = top if side_by_side else end + _ABOVE
        self._taxes.draw(paper)
        if whole and self._beside:
            self._draw_notes(paper, _BESIDE)
        paper.y = max(paper.y, end) if side_by_side else paper.y
        if not (whole and self._beside):
            self._draw_notes(paper, WIDTH)
        if not whole:
            self._draw_under(paper, LEFT_EDGE)

    def _draw_notes(self, paper: Paper, width: float) -> None:
        paper.gap(_NOTES_ABOVE)
        self._notes.draw(paper, LEFT_EDGE, width)

    def _draw_under(self, paper: Paper, x: float) -> None:
        if self._under:
            paper.gap(_UNDER_ABOVE)
            self._under.draw(paper, x, _BLOCK)

    def _made_up(self) -> list[_Sum]:
        """From the lines to the gross total, which the box repeats or shows."""
        totals, gross_prices = self._totals, self._heading.prices_include_tax
        changes = [self._row(reduction_name(change, self._words), change.amount) for change in totals.reductions]
        if changes:
            first = ("lines_gross", self._lines_gross) if gross_prices else ("lines_net", totals.lines_net)
            changes.insert(0, self._sum(*first))
        style = design.SECOND if gross_prices else design.BODY
        net, tax = ("net_contained", "tax_contained") if gross_prices else ("net", "tax_total")
        return [*changes, self._sum(net, totals.net, style), self._sum(tax, totals.tax, style)]

    def _settled(self, payments: Sequence[str]) -> list[_Sum]:
        """From the gross total to what is due."""
        totals = self._totals
        rows = [self._sum("gross", totals.gross, design.STRONG)]
        if totals.prepaid:
            label = self._words("prepaid_with", payments=", ".join(payments)) if payments else self._words("prepaid")
            rows.append(self._row(label, -totals.prepaid))
        if totals.rounding:
            rows.append(self._sum("rounding", totals.rounding))
        return rows

    def _sum(self, key: str, minor: int, style: Style = design.BODY) -> _Sum:
        return self._row(self._words(key), minor, style)

    def _row(self, label: str, minor: int, style: Style = design.BODY) -> _Sum:
        amount = formats.amount(minor, self._heading.currency, self._words.language)
        room = _BLOCK - width(amount, style.bold) * style.size / 1000 - 14
        return _Sum(tuple(wrap(label, style.size, max(room, 60), style.bold)), amount, style)

    def _draw_sums(self, paper: Paper) -> None:
        left = RIGHT_EDGE - _BLOCK
        for row in self._sums:
            paper.need(row.height)
            if row.style.bold:
                paper.ink.rule(left, paper.y + 1, RIGHT_EDGE, design.LINE_STRONG, 0.5)
            for number, line in enumerate(row.label):
                paper.ink.text(left, paper.y + 12.5 + number * row.style.leading, line, row.style)
            paper.y += row.height
            paper.ink.text(RIGHT_EDGE, paper.y - _ROW + 12.5, row.amount, row.style, RIGHT)
        paper.y += 7
        paper.need(_BOX)
        self._draw_box(paper, left)

    def _draw_box(self, paper: Paper, left: float) -> None:
        """What is due: the only ground of colour on the sheet."""
        label = Style(9.5, 14, True, paper.accent)
        paper.ink.box(left - _OUTDENT, paper.y, _BLOCK + 2 * _OUTDENT, _BOX, design.tint(paper.look.accent))
        paper.ink.box(left - _OUTDENT, paper.y, 2, _BOX, paper.look.accent)
        room = _BLOCK - width(self._due, True) * 11.5 / 1000 - 8
        for line in wrap(self._due_label, label.size, room, True, most=1):
            paper.ink.text(left, paper.y + 19, line, label)
        paper.ink.text(RIGHT_EDGE, paper.y + 19, self._due, Style(11.5, 16, True, paper.accent), RIGHT)
        paper.y += _BOX


@dataclass(frozen=True, slots=True)
class _Group:
    """One row of the tax table with the notes under it."""

    label: tuple[Line, ...]
    taxable: str
    amount: str
    notes: tuple[Line, ...]


class _TaxTable:
    """What is taxed at which rate, and why where no tax is due."""

    def __init__(self, heading: Heading, words: Words, breakdown: Sequence[TaxSubtotal]) -> None:
        self._heading, self._words = heading, words
        figures = [(self._amount(subtotal.taxable), self._amount(subtotal.amount)) for subtotal in breakdown]
        self._widths = [self._column(column) for column in ([row[0] for row in figures], [row[1] for row in figures])]
        room = _BESIDE - sum(self._widths)
        self._stacked = room < 64
        """Figures so long that they stand under the name of their group."""
        self._groups = [
            self._group(subtotal.tax, *row, _BESIDE if self._stacked else room)
            for subtotal, row in zip(breakdown, figures, strict=True)
        ]
        gross_prices = words("prices_gross") if heading.prices_include_tax else ""
        self._closing = wrap(gross_prices, design.NOTE.size, _BESIDE)

    @property
    def height(self) -> float:
        """Height of head, groups and the closing sentence."""
        return 15 + sum(map(self._group_height, self._groups)) + len(self._closing) * 11 + 4

    def draw(self, paper: Paper) -> None:
        """Draw it at the left edge from where the paper stands."""
        end = LEFT_EDGE + _BESIDE
        middle = end - self._widths[1]
        currency = self._heading.currency
        paper.need(15 + (self._group_height(self._groups[0]) if self._groups else 0))
        paper.ink.text(LEFT_EDGE, paper.y + 10, self._words("tax_group"), design.HEAD)
        paper.ink.text(middle, paper.y + 10, self._words("taxable", currency=currency), design.HEAD, RIGHT)
        paper.ink.text(end, paper.y + 10, self._words("tax_amount", currency=currency), design.HEAD, RIGHT)
        paper.y += 15
        paper.ink.rule(LEFT_EDGE, paper.y, end, design.LINE_STRONG, 0.5)
        for group in self._groups:
            self._draw_group(paper, group, middle, end)
        paper.y += 4
        paper.lines(self._closing, design.NOTE)

    def _draw_group(self, paper: Paper, group: _Group, middle: float, end: float) -> None:
        paper.need(self._group_height(group))
        paper.y += 4
        figures = paper.y + (len(group.label) * 12.5 if self._stacked else 0) + 9.1
        paper.ink.text(middle, figures, group.taxable, design.BODY, RIGHT)
        paper.ink.text(end, figures, group.amount, design.BODY, RIGHT)
        paper.lines(group.label, design.BODY)
        paper.y += 12.5 if self._stacked else 0
        paper.lines(group.notes, design.NOTE)
        paper.y += 3

    def _group_height(self, group: _Group) -> float:
        return (len(group.label) + self._stacked) * 12.5 + len(group.notes) * 11 + 7

    def _group(self, tax: Tax, taxable: str, amount: str, room: float) -> _Group:
        label = self._words(f"category_{tax.category}", rate=formats.percent(tax.rate, self._words.language))
        notes = wrap(tax_note(tax, self._words), design.NOTE.size, _BESIDE)
        return _Group(tuple(wrap(label, design.BODY.size, room)), taxable, amount, tuple(notes))

    def _amount(self, minor: int) -> str:
        return formats.amount(minor, self._heading.currency, self._words.language)

    @staticmethod
    def _column(figures: Sequence[str]) -> float:
        """Width of a column of figures with the space before it."""
        return max(58.0, width(max(figures, key=len, default="")) * design.BODY.size / 1000 + 12)


def tax_note(tax: Tax, words: Words) -> str:
    """What the law wants said of a tax category: its own sentence, the reason given, or both."""
    note, reason = words(f"note_{tax.category}"), tax.exemption_reason.strip()
    if tax.category in {TaxCategory.REVERSE_CHARGE, TaxCategory.INTRA_COMMUNITY, TaxCategory.EXPORT}:
        return f"{note} {reason}" if reason and reason != note else note
    return reason or note


def reduction_name(reduction: PrintedReduction, words: Words) -> str:
    """The reason of a discount or charge, with its percentage where it is one."""
    name = reduction.reason.strip() or words("charge" if reduction.charge else "discount")
    return f"{name} {formats.percent(reduction.percent, words.language)}" if reduction.percent is not None else name
