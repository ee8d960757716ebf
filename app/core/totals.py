"""Line nets, document reductions, tax and totals: the one home of this arithmetic (EN 16931, BR-CO-10 to BR-CO-17).

Three steps. *Typing* turns lines and reductions into amounts as the seller typed them: net, or gross where prices
include tax. *Assembling* groups those amounts by tax, rounds the tax once a group and derives every total. A *part*
(an invoice for some of the quantities) takes its share of the typed amounts by cumulative rounding and is assembled
like any other document. All amounts are minor units of the document's currency.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.core.money import decimals, divide, limited, percent_of, share, split
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

    `amount` and `of` are minor units; `tax` is only for document level and may be left out there. `promotion` is the
    name of the rule that gave it, empty for what the seller typed; `author` is who gave it, where that is known.
    """

    reason: str = ""
    percent: Decimal | None = None
    amount: int | None = None
    of: int | None = None
    tax: Tax | None = None
    charge: bool = False
    promotion: str = ""
    author: str = ""

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
    """Quantity x price / base quantity, rounded half away from zero to the currency (first step of BT-131).

    Raises `RuleViolation` where that is larger than any amount Handsel keeps.
    """
    numerator = micro(item.quantity) * micro(item.unit_price) * 10 ** decimals(currency)
    return limited(divide(numerator, micro(item.base_quantity) * MICRO), "unit_price")


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
        piece
        for index, reduction in enumerate(reductions)
        for piece in _pieces(index, reduction, reduction.on(base), lines)
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


def assemble(typed: Typed, basis: Basis, given: Mapping[tuple[str, int], int] | None = None) -> Assembled:
    """Tax and totals of a document from its typed amounts.

    Net prices: taxable = lines - discounts + charges of the group, tax = round(taxable x rate / 100).
    Prices with tax: tax = round(gross x rate / (100 + rate)) and the net is what remains, so the gross stays exact.
    The tax of the groups in `given` is taken as it is: a credit note over the rest takes back exactly what is left.
    Raises `RuleViolation` where the gross is larger than any amount Handsel keeps.
    """
    taxes: dict[_Place, int] = {}
    subtotals: list[TaxSubtotal] = []
    for tax, parts in _groups(typed):
        subtotal, part_taxes = _group(tax, [amount for _, amount in parts], basis, (given or {}).get(tax.group))
        subtotals.append(subtotal)
        taxes.update({place: part for (place, _), part in zip(parts, part_taxes, strict=True)})
    line_taxes = [taxes["line", index] for index in range(len(typed.lines))]
    piece_taxes = [taxes["piece", index] for index in range(len(typed.pieces))]
    lines = _line_totals(typed, line_taxes, piece_taxes, basis)
    pieces = tuple(_net(piece.amount, tax, basis) for piece, tax in zip(typed.pieces, piece_taxes, strict=True))
    return Assembled(lines, pieces, _totals(lines, pieces, typed, subtotals))


_Place = tuple[str, int]
"""Where an amount stands: "line" or "piece", and the how-manieth."""


def _groups(typed: Typed) -> list[tuple[Tax, list[tuple[_Place, int]]]]:
    """The tax groups in order of category and rate, each with the places and typed amounts that lie in it."""
    taxes: dict[tuple[str, int], Tax] = {}
    parts: dict[tuple[str, int], list[tuple[_Place, int]]] = {}
    places = [(("line", i), line.tax, line.amount) for i, line in enumerate(typed.lines)]
    places += [(("piece", i), piece.tax, piece.amount) for i, piece in enumerate(typed.pieces)]
    for place, tax, amount in places:
        first = taxes.setdefault(tax.group, tax)
        if tax.exemption_reason and not first.exemption_reason:
            taxes[tax.group] = tax
        parts.setdefault(tax.group, []).append((place, amount))
    return [(taxes[group], parts[group]) for group in sorted(taxes)]


def _group(tax: Tax, amounts: list[int], basis: Basis, given: int | None) -> tuple[TaxSubtotal, list[int]]:
    """The subtotal of one tax group, and the tax of each of its amounts."""
    if given is None and basis.tax_rounding is TaxRounding.LINE:
        taxes = [_tax_on(amount, tax, basis) for amount in amounts]
    else:
        taxes = _taxes(amounts, _tax_on(sum(amounts), tax, basis) if given is None else given, tax, basis)
    return TaxSubtotal(tax, _net(sum(amounts), sum(taxes), basis), sum(taxes)), taxes


def _tax_on(amount: int, tax: Tax, basis: Basis) -> int:
    """The tax on, or in, an amount as typed, rounded by itself."""
    rate = micro(tax.rate)
    return divide(amount * rate, 100 * MICRO + rate) if basis.prices_include_tax else percent_of(amount, rate)


def _net(amount: int, tax: int, basis: Basis) -> int:
    """The net of an amount as typed that carries `tax`."""
    return amount - tax if basis.prices_include_tax else amount


def _taxes(amounts: Sequence[int], total: int, tax: Tax, basis: Basis) -> list[int]:
    """The tax of each amount so that together they carry `total`; with prices that include tax the nets are split."""
    own = [_tax_on(amount, tax, basis) for amount in amounts]
    if not basis.prices_include_tax:
        return _apportion(total, amounts, own)
    own_nets = [amount - part for amount, part in zip(amounts, own, strict=True)]
    nets = _apportion(sum(amounts) - total, amounts, own_nets)
    return [amount - net for amount, net in zip(amounts, nets, strict=True)]


def _apportion(total: int, amounts: Sequence[int], own: list[int]) -> list[int]:
    """`total` in proportion to `amounts`, by largest remainder.

    Where discounts eat nearly all of the amounts, a proportion would blow the rounding of `total` up to whole units (or
    divide by zero): there each amount keeps its `own` rounded part, and the largest amount takes the difference.
    """
    if 10 * abs(sum(amounts)) >= sum(abs(amount) for amount in amounts):
        return split(total, amounts)
    largest = max(range(len(amounts)), key=lambda index: abs(amounts[index]))
    difference = total - sum(own)
    return [part + difference if index == largest else part for index, part in enumerate(own)]


def _line_totals(
    typed: Typed, line_taxes: Sequence[int], piece_taxes: Sequence[int], basis: Basis
) -> tuple[LineTotal, ...]:
    """Each line with its part of every piece and of the tax, so that all lines together are the document."""
    columns = [
        list(zip(piece.shares, _taxes(piece.shares, tax, piece.tax, basis), strict=True))
        for piece, tax in zip(typed.pieces, piece_taxes, strict=True)
    ]
    return tuple(
        LineTotal(
            net=_net(line.amount, tax, basis),
            shares=tuple(_net(*column[index], basis) for column in columns),
            tax=tax + sum(column[index][1] for column in columns),
        )
        for index, (line, tax) in enumerate(zip(typed.lines, line_taxes, strict=True))
    )


def _totals(
    lines: Sequence[LineTotal], pieces: Sequence[int], typed: Typed, subtotals: Sequence[TaxSubtotal]
) -> Totals:
    charged = [piece.charge for piece in typed.pieces]
    lines_net = sum(line.net for line in lines)
    net, tax = lines_net + sum(pieces), sum(subtotal.amount for subtotal in subtotals)
    return Totals(
        lines_net=lines_net,
        discounts=-sum(piece for piece, charge in zip(pieces, charged, strict=True) if not charge),
        charges=sum(piece for piece, charge in zip(pieces, charged, strict=True) if charge),
        net=net,
        tax=tax,
        gross=limited(net + tax, "gross"),
        breakdown=tuple(subtotals),
    )


def only(typed: Typed, indexes: Sequence[int]) -> Typed:
    """The typed amounts of some of the lines; pieces that have nothing on them are left out."""
    pieces = (replace(piece, shares=tuple(piece.shares[index] for index in indexes)) for piece in typed.pieces)
    return Typed(tuple(typed.lines[index] for index in indexes), tuple(piece for piece in pieces if any(piece.shares)))
