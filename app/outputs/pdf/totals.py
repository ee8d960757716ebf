"""The foot of a priced document: the totals on the right and, beside them, the tax by category and rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.printed import Heading, PrintedLine, PrintedReduction, PrintedTotals
from app.core.tax import Tax, TaxCategory, TaxSubtotal
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import RIGHT
from app.outputs.pdf.layout import LEFT_EDGE, RIGHT_EDGE, WIDTH, Paper
from app.outputs.pdf.look import Style
from app.outputs.pdf.text import Line, width, wrap
from app.outputs.pdf.words import Words

_SPACE_ABOVE = 14.0
_BLOCK = 222.0
_GAP = 26.0
_ROW = 17.0
_BOX = 30.0
_LEFT_WIDTH = WIDTH - _BLOCK - _GAP


@dataclass(frozen=True, slots=True)
class _Sum:
    """One row of the totals."""

    label: tuple[Line, ...]
    amount: str
    style: Style

    @property
    def height(self) -> float:
        return _ROW + (len(self.label) - 1) * self.style.leading


@dataclass(frozen=True, slots=True)
class _Group:
    """One row of the tax table with the notes under it."""

    label: tuple[Line, ...]
    taxable: str
    amount: str
    notes: tuple[Line, ...]

    @property
    def height(self) -> float:
        return len(self.label) * 12.5 + len(self.notes) * 11 + 7


class Totals:
    """The totals of a document. `due` is the label and amount of the box at their end, in minor units."""

    def __init__(
        self, heading: Heading, words: Words, lines: Sequence[PrintedLine], totals: PrintedTotals, due: tuple[str, int],
        with_payments: tuple[str, ...] = (), to_pay: bool = False,
    ) -> None:  # fmt: skip
        self._heading, self._words, self._totals = heading, words, totals
        self._lines_gross = sum(line.amount for line in lines)
        self._due_label, due_amount = due
        self._due = formats.money(due_amount, heading.currency, words.language)
        self._sums = [*self._made_up(), *(self._settled(with_payments) if to_pay else [])]
        self._groups = [self._group(subtotal) for subtotal in totals.breakdown]
        self._note = self._inclusive_note()

    @property
    def height(self) -> float:
        """Height of everything with the space above it."""
        return _SPACE_ABOVE + max(self._sums_height, self._groups_height)

    @property
    def _sums_height(self) -> float:
        return sum(row.height for row in self._sums) + 6 + _BOX

    @property
    def _groups_height(self) -> float:
        return 20 + sum(group.height for group in self._groups) + len(self._note) * 11 + 6

    def draw(self, paper: Paper) -> None:
        """Draw both side by side; under each other, over several sheets, if they are higher than one."""
        together = self.height <= paper.full_room
        if together:
            paper.need(self.height)
        paper.y += _SPACE_ABOVE
        top = paper.y
        self._draw_sums(paper)
        end = paper.y
        paper.y = top if together else end + _SPACE_ABOVE
        self._draw_groups(paper)
        paper.y = max(paper.y, end) if together else paper.y

    # -------------------------------------------------------------- what is in it
    def _made_up(self) -> list[_Sum]:
        """From the lines to the gross total."""
        totals = self._totals
        changes = [self._reduction(reduction) for reduction in totals.reductions]
        if self._heading.prices_include_tax:
            first = [self._sum("lines_gross", self._lines_gross)] if changes else []
            parts = [
                self._sum("net_contained", totals.net, design.SECOND),
                self._sum("tax_contained", totals.tax, design.SECOND),
            ]
            return [*first, *changes, *parts, self._sum("gross", totals.gross, design.STRONG)]
        first = [self._sum("lines_net", totals.lines_net)] if changes else []
        parts = [self._sum("net", totals.net), self._sum("tax_total", totals.tax)]
        return [*first, *changes, *parts, self._sum("gross", totals.gross, design.STRONG)]

    def _settled(self, payments: tuple[str, ...]) -> list[_Sum]:
        """From the gross total to what is due."""
        totals = self._totals
        rows = []
        if totals.prepaid:
            label = self._words("prepaid_with", payments=", ".join(payments)) if payments else self._words("prepaid")
            rows.append(self._row(label, -totals.prepaid, design.BODY))
        if totals.rounding:
            rows.append(self._sum("rounding", totals.rounding))
        return rows

    def _sum(self, key: str, minor: int, style: Style = design.BODY) -> _Sum:
        return self._row(self._words(key), minor, style)

    def _reduction(self, reduction: PrintedReduction) -> _Sum:
        return self._row(reduction_name(reduction, self._words), reduction.amount, design.BODY)

    def _row(self, label: str, minor: int, style: Style) -> _Sum:
        amount = formats.amount(minor, self._heading.currency, self._words.language)
        room = _BLOCK - 16 - width(amount, style.bold) * style.size / 1000 - 14
        return _Sum(tuple(wrap(label, style.size, max(room, 60), style.bold)), amount, style)

    def _group(self, subtotal: TaxSubtotal) -> _Group:
        currency, language = self._heading.currency, self._words.language
        tax = subtotal.tax
        label = self._words(f"category_{tax.category}", rate=formats.percent(tax.rate, language))
        notes = wrap(tax_note(tax, self._words), design.NOTE.size, _LEFT_WIDTH)
        return _Group(
            tuple(wrap(label, design.BODY.size, _LEFT_WIDTH - 130)),
            formats.amount(subtotal.taxable, currency, language),
            formats.amount(subtotal.amount, currency, language),
            tuple(notes),
        )

    def _inclusive_note(self) -> list[Line]:
        if not self._heading.prices_include_tax:
            return []
        return wrap(self._words("prices_gross"), design.NOTE.size, _LEFT_WIDTH)

    # -------------------------------------------------------------- drawing
    def _draw_sums(self, paper: Paper) -> None:
        left = RIGHT_EDGE - _BLOCK
        for row in self._sums:
            paper.need(row.height)
            if row.style.bold:
                paper.ink.rule(left, paper.y + 1, RIGHT_EDGE, design.LINE_STRONG, 0.5)
            for number, line in enumerate(row.label):
                paper.ink.text(left + 8, paper.y + 12.5 + number * row.style.leading, line, row.style)
            paper.y += row.height
            paper.ink.text(RIGHT_EDGE, paper.y - _ROW + 12.5, row.amount, row.style, RIGHT)
        paper.y += 6
        paper.need(_BOX)
        self._draw_box(paper, left)

    def _draw_box(self, paper: Paper, left: float) -> None:
        """What is due, the only ground of colour on the sheet."""
        style = Style(11.5, 16, True, paper.accent)
        paper.ink.box(left, paper.y, _BLOCK, _BOX, design.tint(paper.look.accent))
        paper.ink.box(left, paper.y, 2.2, _BOX, paper.look.accent)
        paper.ink.text(left + 10, paper.y + 19, self._due_label, Style(9.5, 14, True, paper.accent))
        paper.ink.text(RIGHT_EDGE - 8, paper.y + 19, self._due, style, RIGHT)
        paper.y += _BOX

    def _draw_groups(self, paper: Paper) -> None:
        end = LEFT_EDGE + _LEFT_WIDTH
        middle = end - 66
        paper.need(20 + (self._groups[0].height if self._groups else 0))
        paper.ink.text(LEFT_EDGE, paper.y + 10, self._words("tax_group"), design.HEAD)
        paper.ink.text(middle, paper.y + 10, self._words("taxable"), design.HEAD, RIGHT)
        paper.ink.text(end, paper.y + 10, self._words("amount", currency=self._heading.currency), design.HEAD, RIGHT)
        paper.y += 15
        paper.ink.rule(LEFT_EDGE, paper.y, end, design.LINE_STRONG, 0.5)
        for group in self._groups:
            paper.need(group.height)
            paper.y += 4
            paper.ink.text(middle, paper.y + 9, group.taxable, design.BODY, RIGHT)
            paper.ink.text(end, paper.y + 9, group.amount, design.BODY, RIGHT)
            paper.lines(group.label, design.BODY)
            paper.lines(group.notes, design.NOTE)
            paper.y += 3
        paper.y += 4
        paper.lines(self._note, design.NOTE)


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
