"""What quotes, contracts and invoices share: the table of priced lines, the totals and the tax table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.core.money import decimals
from app.core.printed import Heading, PrintedLine, PrintedReduction, PrintedTotals
from app.core.tax import Tax, TaxCategory
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import LEFT, RIGHT
from app.outputs.pdf.inside import bundle_heading, inner, inside
from app.outputs.pdf.layout import Paper
from app.outputs.pdf.table import GUTTER, Cell, Column, Row, Strip, Table, columns, texts
from app.outputs.pdf.text import width
from app.outputs.pdf.totals import Totals, reduction_name
from app.outputs.pdf.words import Words

_LONG_DESCRIPTION = 8
"""Lines of a description from which on it is set wider."""


def draw_priced(paper: Paper, lines: Sequence[PrintedLine], totals: PrintedTotals, closing: Totals) -> None:
    """The table of lines and, on the same sheet as the last of them, the totals."""
    plan = Plan(paper.frame.heading, paper.words, lines, totals)
    table = Table(paper, plan.columns, plan.amount)
    for index, line in enumerate(lines, start=1):
        last = index == len(lines)
        table.add(plan.row(line, lines), closing.height if last else 0, closing.figures_height if last else 0)
    table.close()
    closing.draw(paper)


class Plan:
    """The columns, as wide as the widest figures need, and the rows in them."""

    def __init__(self, heading: Heading, words: Words, lines: Sequence[PrintedLine], totals: PrintedTotals) -> None:
        self._currency, self._words = heading.currency, words
        self._language = words.language
        price = "unit_price_gross" if heading.prices_include_tax else "unit_price"
        most = max((abs(amount) for line in lines for amount in (line.before, line.amount)), default=0)
        most = max(most, abs(sum(line.amount for line in lines)), abs(totals.gross))
        wanted = (
            (words("position"), self._width([str(len(lines))], 24), LEFT),
            (words("description"), 0, LEFT),
            (words("quantity"), self._width([self._number(line.quantity) for line in lines], 42), RIGHT),
            ("", 38, LEFT),
            (words(price), self._width([self._price(line) for line in lines], 62), RIGHT),
            (words("tax"), 40, RIGHT),
            (words("amount", currency=self._currency), self._width([self.amount(-most)], 74), RIGHT),
        )
        self.columns = columns(*wanted, flexible=1)

    def amount(self, minor: int) -> str:
        """An amount as the table writes it."""
        return formats.amount(minor, self._currency, self._language)

    def _number(self, value: Decimal) -> str:
        return formats.number(value, self._language)

    def _price(self, line: PrintedLine) -> str:
        return formats.number(line.unit_price, self._language, decimals(self._currency))

    @staticmethod
    def _width(shown: Sequence[str], least: float) -> float:
        """Width for the longest of the texts at body size, with the space before it."""
        longest = max(shown, key=len, default="")
        return max(least, width(longest) * design.BODY.size / 1000 + GUTTER)

    def row(self, line: PrintedLine, among: Sequence[PrintedLine] = ()) -> Row:
        """A priced line with its description, what is inside, and its reductions by name.

        The first of a bundle's lines `among` all others carries the bundle's heading.
        """
        position, name, quantity, unit, price, tax, amount = self.columns
        name = inner(name) if line.bundle else name
        strips = texts(name, line.name, design.BODY) or [Strip(design.BODY.leading)]
        unit = Column("", unit.x + 4, unit.width, LEFT)
        first = strips[0]
        counted = [
            Cell(quantity, self._number(line.quantity)),
            Cell(unit, formats.unit(line.unit, line.quantity, self._language), design.SECOND),
            Cell(price, self._price(line)),
        ]
        first.cells += [
            Cell(position, str(line.position), design.SECOND),
            *(counted if line.quantity else []),  # a credit over an amount counts nothing
            Cell(tax, tax_mark(line.tax, self._language), design.SECOND),
            Cell(amount, self.amount(line.before), design.SECOND if line.reductions else design.BODY),
        ]
        strips += texts(name, self._words("sku", sku=line.sku), design.NOTE) if line.sku else []
        strips += self._description(line.description, name)
        strips += inside(name, line.options, line.parts, self._words)
        if line.base_quantity != 1 and line.quantity:
            self._add_base(strips, price, line)
        if line.own_quantity is not None and line.quantity:
            self._add_own_quantity(strips, quantity, unit, line.own_quantity, line.own_unit)
        strips = [*self._heading(line, among), *strips]
        if not line.reductions:
            first.amount = line.amount
            return Row(strips)
        sub_rows = [strip for reduction in line.reductions for strip in self._reduction(reduction, name)]
        result = Strip(
            design.BODY.leading + 1,
            [Cell(name, self._words("line_total"), design.NOTE), Cell(amount, self.amount(line.amount))],
        )
        result.amount = line.amount
        return Row([*strips, *sub_rows, result], tail=len(sub_rows) + 1)

    def _heading(self, line: PrintedLine, among: Sequence[PrintedLine]) -> list[Strip]:
        """The bundle's heading over its first line, with what its lines come to."""
        if line.bundle is None:
            return []
        mates = [other for other in among if other.bundle and other.bundle.number == line.bundle.number]
        if not mates or mates[0] is not line:
            return []
        together = formats.money(sum(mate.amount for mate in mates), self._currency, self._language)
        said = self._words("together", amount=together) if len(mates) > 1 else ""
        return bundle_heading(self.columns[1], line.bundle, said, self._words)

    def _description(self, text: str, name: Column) -> list[Strip]:
        """The description under the name; a long one also takes the space under quantity and unit."""
        _, _, quantity, unit, *_ = self.columns
        strips = texts(name, text, design.NOTE)
        if len(strips) <= _LONG_DESCRIPTION:
            return strips
        return texts(Column("", name.x, name.width + quantity.width + unit.width), text, design.NOTE)

    def _add_base(self, strips: list[Strip], price: Column, line: PrintedLine) -> None:
        """ "per 100 pcs" under a price that is for more than one unit."""
        unit = formats.unit(line.unit, line.base_quantity, self._language)
        per = self._words("per", quantity=f"{self._number(line.base_quantity)}{formats.BLANK}{unit}")
        if len(strips) == 1:
            strips.append(Strip(design.NOTE.leading))
        strips[1].cells.append(Cell(price, per, design.NOTE))

    def _add_own_quantity(
        self, strips: list[Strip], quantity: Column, unit: Column, own: Decimal, own_unit: str
    ) -> None:
        """ "24 pcs" under a quantity that counts something else, boxes of twelve."""
        if len(strips) == 1:
            strips.append(Strip(design.NOTE.leading))
        strips[1].cells += [
            Cell(quantity, self._number(own), design.NOTE),
            Cell(unit, formats.unit(own_unit, own, self._language), design.NOTE),
        ]

    def _reduction(self, reduction: PrintedReduction, name: Column) -> list[Strip]:
        """A discount or charge by its name, its amount in the last column."""
        amount = self.columns[-1]
        strips = texts(name, reduction_name(reduction, self._words), design.NOTE)
        strips[0].cells.append(Cell(amount, self.amount(reduction.amount), design.NOTE))
        return strips


def tax_mark(tax: Tax, language: str) -> str:
    """The tax of a line, short: its rate, or the code of a category that carries none."""
    return formats.percent(tax.rate, language) if tax.category is TaxCategory.STANDARD else tax.category.value
