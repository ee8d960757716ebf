"""Line nets, document reductions, tax and totals: the one home of this arithmetic (EN 16931, BR-CO-10 to BR-CO-17).

Three steps. *Typing* turns lines and reductions into amounts as the seller typed them: net, or gross where prices
include tax. *Assembling* groups those amounts by tax, rounds the tax once a group and derives every total. A *part*
(an invoice for some of the quantities) takes its share of the typed amounts by cumulative rounding and is assembled
like any other document. All amounts are minor units of the document's currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.core.money import decimals, divide, percent_of, share, split
from app.core.quantity import MICRO, micro
from app.core.tax import Tax, TaxSubtotal


class TaxRounding(StrEnum):
    """Where tax is rounded: once a tax group (EN 16931's rule) or on every line."""

    DOCUMENT = "document"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Basis:
    """How a document counts: its currency, whether typed prices include tax, and where tax is rounded."""

    currency: str
    prices_include_tax: bool = False
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT


@dataclass(frozen=True, slots=True)
class Reduction:
    """A discount, or a charge where `charge`, as typed: a percentage (of its base, or of `of`) or an exact amount.

    `amount` and `of` are minor units; `tax` is only for document level and may be left out there.
    """

    reason: str = ""
    percent: Decimal | None = None
    amount: int | None = None
    of: int | None = None
    tax: Tax | None = None
    charge: bool = False

    def on(self, base: int) -> int:
        """The signed change it makes to `base`: a percentage is rounded by itself and never compounded."""
        if self.amount is not None:
            size = self.amount
        else:
            size = percent_of(base if self.of is None else self.of, micro(self.percent or Decimal(0)))
        return size if self.charge else -size


@dataclass(frozen=True, slots=True)
class Item:
    """What the arithmetic needs of a line."""

    quantity: Decimal
    unit_price: Decimal
    tax: Tax
    base_quantity: Decimal = Decimal(1)
    reductions: tuple[Reduction, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line's amount as typed, after its own reductions; `changes` are those reductions, signed, in file order."""

    amount: int
    changes: tuple[int, ...]
    tax: Tax

    @property
    def before_changes(self) -> int:
        """Quantity x price, rounded."""
        return self.amount - sum(self.changes)


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a document reduction that lies in one tax group, signed, and how it is spread over the lines."""

    reduction: int
    charge: bool
    tax: Tax
    shares: tuple[int, ...]

    @property
    def amount(self) -> int:
        """Signed amount as typed: a discount is negative."""
        return sum(self.shares)


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole document as typed: the base of its totals and of every part that is invoiced of it."""

    lines: tuple[TypedLine, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LineTotal:
    """A line in the assembled document: `net` is BT-131, `shares` its net part of each piece, `tax` its part of tax."""

    net: int
    shares: tuple[int, ...]
    tax: int

    @property
    def earned(self) -> int:
        """What the line brings in: its net with its part of document discounts and charges."""
        return self.net + sum(self.shares)


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a document: BT-106 to BT-112 and the tax table (BG-23)."""

    lines_net: int
    discounts: int
    charges: int
    net: int
    tax: int
    gross: int
    breakdown: tuple[TaxSubtotal, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document worked out: `pieces` are the net amounts of the document reductions, signed, one a piece."""

    lines: tuple[LineTotal, ...]
    pieces: tuple[int, ...]
    totals: Totals


def line_base(item: Item, currency: str) -> int:
    """Quantity x price / base quantity, rounded half away from zero to the currency (first step of BT-131)."""
    numerator = micro(item.quantity) * micro(item.unit_price) * 10 ** decimals(currency)
    return divide(numerator, micro(item.base_quantity) * MICRO)


def type_line(item: Item, currency: str) -> TypedLine:
    """The line's amount as typed. Each reduction is of the rounded quantity x price, not of what is left of it."""
    base = line_base(item, currency)
    changes = tuple(reduction.on(base) for reduction in item.reductions)
    return TypedLine(base + sum(changes), changes, item.tax)


def type_document(items: Sequence[Item], reductions: Sequence[Reduction], basis: Basis) -> Typed:
    """Lines and document reductions as typed; a percentage of the document is of the sum of its lines."""
    lines = tuple(type_line(item, basis.currency) for item in items)
    base = sum(line.amount for line in lines)
    pieces = [
        piece for index, reduction in enumerate(reductions) for piece in _pieces(index, reduction, reduction.on(base), lines)
    ]
    return Typed(lines, tuple(pieces))


def _pieces(index: int, reduction: Reduction, amount: int, lines: Sequence[TypedLine]) -> list[Piece]:
    """One piece a tax group; each is spread over the lines of its group, or over all where the group has none."""
    if reduction.tax is not None:
        return [Piece(index, reduction.charge, reduction.tax, _spread(amount, lines, reduction.tax.group))]
    groups = {line.tax.group: line.tax for line in lines}
    weights = [sum(line.amount for line in lines if line.tax.group == group) for group in groups]
    amounts = split(amount, weights)
    return [
        Piece(index, reduction.charge, tax, _spread(part, lines, group))
        for (group, tax), part in zip(groups.items(), amounts, strict=True)
        if part or len(groups) == 1
    ]


def _spread(amount: int, lines: Sequence[TypedLine], group: tuple[str, int]) -> tuple[int, ...]:
    chosen = [index for index, line in enumerate(lines) if line.tax.group == group] or list(range(len(lines)))
    parts = split(amount, [lines[index].amount for index in chosen])
    shares = [0] * len(lines)
    for index, part in zip(chosen, parts, strict=True):
        shares[index] = part
    return tuple(shares)


def part_of(agreed: Typed, whole: Sequence[Decimal], before: Sequence[Decimal], now: Sequence[Decimal]) -> Typed:
    """The typed amounts of a part: for each line `now` of `whole`, after `before` was already invoiced.

    Quantities run parallel to the lines; a line with nothing now has amounts of zero. Cumulative rounding makes the
    parts of a line, and of each document reduction, add up to the agreed amount exactly.
    """
    steps = [(micro(b), micro(n), micro(w)) for w, b, n in zip(whole, before, now, strict=True)]
    lines = tuple(_line_part(line, step) for line, step in zip(agreed.lines, steps, strict=True))
    pieces = tuple(
        replace(piece, shares=tuple(share(s, *step) for s, step in zip(piece.shares, steps, strict=True)))
        for piece in agreed.pieces
    )
    return Typed(lines, pieces)


def _line_part(line: TypedLine, step: tuple[int, int, int]) -> TypedLine:
    return TypedLine(share(line.amount, *step), tuple(share(change, *step) for change in line.changes), line.tax)


def assemble(typed: Typed, basis: Basis) -> Assembled:
    """Tax and totals of a document from its typed amounts.

    Net prices: taxable = lines - discounts + charges of the group, tax = round(taxable x rate / 100).
    Prices with tax: tax = round(gross x rate / (100 + rate)) and the net is what remains, so the gross stays exact.
    """
    groups = _groups(typed)
    nets: dict[tuple[str, int], int] = {}
    subtotals: list[TaxSubtotal] = []
    for tax, parts in groups:
        amounts = [amount for _, amount in parts]
        subtotal, net_parts = _group(tax, amounts, basis)
        subtotals.append(subtotal)
        nets.update({place: net for (place, _), net in zip(parts, net_parts, strict=True)})
    line_nets = [nets["line", index] for index in range(len(typed.lines))]
    piece_nets = [nets["piece", index] for index in range(len(typed.pieces))]
    totals = _totals(line_nets, piece_nets, [piece.charge for piece in typed.pieces], subtotals)
    return Assembled(_line_totals(typed, line_nets, piece_nets, groups, subtotals), tuple(piece_nets), totals)


_Parts = list[tuple[tuple[str, int], int]]


def _groups(typed: Typed) -> list[tuple[Tax, _Parts]]:
    """The tax groups in order of category and rate, each with the places and typed amounts that lie in it."""
    taxes: dict[tuple[str, int], Tax] = {}
    parts: dict[tuple[str, int], _Parts] = {}
    places = [(("line", i), line.tax, line.amount) for i, line in enumerate(typed.lines)]
    places += [(("piece", i), piece.tax, piece.amount) for i, piece in enumerate(typed.pieces)]
    for place, tax, amount in places:
        first = taxes.setdefault(tax.group, tax)
        if tax.exemption_reason and not first.exemption_reason:
            taxes[tax.group] = tax
        parts.setdefault(tax.group, []).append((place, amount))
    return [(taxes[group], parts[group]) for group in sorted(taxes)]


def _group(tax: Tax, amounts: list[int], basis: Basis) -> tuple[TaxSubtotal, list[int]]:
    """The subtotal of one tax group, and the net of each of its amounts."""
    rate, by_line = micro(tax.rate), basis.tax_rounding is TaxRounding.LINE
    if basis.prices_include_tax:
        taxes = [divide(amount * rate, 100 * MICRO + rate) for amount in amounts]
        gross = sum(amounts)
        amount = sum(taxes) if by_line else divide(gross * rate, 100 * MICRO + rate)
        if by_line or gross == 0:
            nets = [a - t for a, t in zip(amounts, taxes, strict=True)]
            nets[-1] += gross - amount - sum(nets)
        else:
            nets = split(gross - amount, amounts)
        return TaxSubtotal(tax, gross - amount, amount), nets
    taxable = sum(amounts)
    amount = sum(percent_of(a, rate) for a in amounts) if by_line else percent_of(taxable, rate)
    return TaxSubtotal(tax, taxable, amount), amounts


def _totals(
    line_nets: Sequence[int], piece_nets: Sequence[int], charged: Sequence[bool], subtotals: Sequence[TaxSubtotal]
) -> Totals:
    lines_net = sum(line_nets)
    net, tax = lines_net + sum(piece_nets), sum(subtotal.amount for subtotal in subtotals)
    return Totals(
        lines_net=lines_net,
        discounts=-sum(net for net, charge in zip(piece_nets, charged, strict=True) if not charge),
        charges=sum(net for net, charge in zip(piece_nets, charged, strict=True) if charge),
        net=net,
        tax=tax,
        gross=net + tax,
        breakdown=tuple(subtotals),
    )


def _line_totals(
    typed: Typed,
    line_nets: list[int],
    piece_nets: list[int],
    groups: list[tuple[Tax, _Parts]],
    subtotals: list[TaxSubtotal],
) -> tuple[LineTotal, ...]:
    """Each line with its net part of every piece and of the tax, so that all lines together are the document."""
    shares = [
        split(net, [abs(s) for s in piece.shares]) if piece.amount else [0] * len(typed.lines)
        for net, piece in zip(piece_nets, typed.pieces, strict=True)
    ]
    taxes = [0] * len(typed.lines)
    for (_, parts), subtotal in zip(groups, subtotals, strict=True):
        amounts = split(subtotal.amount, [amount for _, amount in parts])
        for ((kind, index), _), amount in zip(parts, amounts, strict=True):
            if kind == "line":
                taxes[index] += amount
            else:
                spread = split(amount, [abs(s) for s in typed.pieces[index].shares])
                taxes = [t + s for t, s in zip(taxes, spread, strict=True)]
    return tuple(
        LineTotal(net, tuple(column[index] for column in shares), taxes[index]) for index, net in enumerate(line_nets)
    )
