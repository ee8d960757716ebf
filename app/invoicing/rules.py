"""What an invoice bills, what a credit note takes back, and how either is booked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.core.errors import NotAllowed, RuleViolation
from app.core.money import amount_text, divide, split
from app.core.quantity import MICRO, micro, plain
from app.core.tax import TaxSubtotal
from app.core.totals import Assembled, Basis, LineTotal, Piece, Totals, Typed, TypedLine, assemble, only, part_of
from app.ledger.rules import Posting, Role, credit, debit

ZERO = Decimal(0)


class InvoiceState(StrEnum):
    """Where an invoice stands; computed from the ledger and its credit notes."""

    OPEN = "open"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    PARTLY_CREDITED = "partly_credited"
    CREDITED = "credited"


@dataclass(frozen=True, slots=True)
class Figures:
    """The frozen figures of an invoice or credit note: positions of the contract, quantities, and all amounts."""

    positions: tuple[int, ...]
    quantities: tuple[Decimal, ...]
    typed: Typed
    assembled: Assembled

    @property
    def totals(self) -> Totals:
        """The foot."""
        return self.assembled.totals


def state(gross: int, open_amount: int, credited: int, is_credit_note: bool) -> InvoiceState:
    """The state of an invoice; a credit note is settled from the moment it is issued."""
    if is_credit_note:
        return InvoiceState.PAID
    if credited and credited >= gross:
        return InvoiceState.CREDITED
    if open_amount <= 0:
        return InvoiceState.PAID
    if credited:
        return InvoiceState.PARTLY_CREDITED
    return InvoiceState.OPEN if open_amount >= gross else InvoiceState.PARTLY_PAID


def bill(
    agreed: Typed, ordered: Sequence[Decimal], invoiced: Mapping[int, Decimal], now: Mapping[int, Decimal], basis: Basis
) -> Figures:
    """The figures of an invoice for the quantities accepted now, after what was invoiced before (E5, cumulative)."""
    positions = [position for position in range(1, len(ordered) + 1) if now.get(position, ZERO)]
    before = [invoiced.get(position, ZERO) for position in range(1, len(ordered) + 1)]
    quantities = [now.get(position, ZERO) for position in range(1, len(ordered) + 1)]
    part = only(part_of(agreed, ordered, before, quantities), [position - 1 for position in positions])
    return Figures(tuple(positions), tuple(now[p] for p in positions), part, assemble(part, basis))


def invoice_postings(figures: Figures, number: str, deal_number: str, rounding: int = 0) -> tuple[Posting, ...]:
    """The invoice after receipt (E11): what was delivered becomes a receivable, of the full amount.

    `rounding` is what cash rounding adds to what is payable: it has an account of its own and is never tax. Where
    discounts leave a part below zero by a rounding cent, nobody owes it: it is the customer's credit.
    """
    totals = figures.totals
    owed = max(totals.gross, 0)
    return (
        debit(Role.RECEIVABLE, owed + rounding, number),
        credit(Role.CUSTOMER_CREDIT, owed - totals.gross),
        credit(Role.CONTRACT_ASSET, totals.net, deal_number),
        credit(Role.OUTPUT_TAX, totals.tax),
        credit(Role.ROUNDING, rounding),
    )


def deposit_postings(prepaid: int, number: str, deal_number: str) -> tuple[Posting, ...]:
    """A deposit is used up for an invoice: what was owed to the customer settles what he owes."""
    return debit(Role.CONTRACT_LIABILITY, prepaid, deal_number), credit(Role.RECEIVABLE, prepaid, number)


def credit_postings(totals: Totals, invoice_number: str, invoice_open: int, rounding: int = 0) -> tuple[Posting, ...]:
    """A credit note: revenue and tax are taken back; it lowers what is open, and the rest is the customer's credit.

    `rounding` is the cash rounding of the invoice that goes back with it.
    """
    back = totals.gross + rounding
    settled = lowers(back, invoice_open)
    return (
        debit(Role.REVENUE, totals.net),
        debit(Role.OUTPUT_TAX, totals.tax),
        debit(Role.ROUNDING, rounding),
        credit(Role.RECEIVABLE, settled, invoice_number),
        credit(Role.CUSTOMER_CREDIT, back - settled),
    )


def lowers(back: int, invoice_open: int) -> int:
    """By how much a credit of `back` minor units lowers what is open of its invoice; the rest is credit."""
    return min(max(invoice_open, 0), back)


def rounding_back(rounding: int, left: Figures, note: Figures) -> int:
    """The cash rounding of an invoice goes back with the credit note that takes all that is left of it."""
    return rounding if note.totals.gross == left.totals.gross else 0


def left_to_credit(invoice: Figures, credited: Iterable[Figures]) -> Figures:
    """What of an invoice was not credited yet: the credit of all of it brings every amount to exactly zero (E7)."""
    left = invoice
    for note in credited:
        left = _minus(left, note)
    return left


def _minus(left: Figures, note: Figures) -> Figures:
    place = {position: index for index, position in enumerate(note.positions)}

    def taken(position: int) -> tuple[Decimal, TypedLine, LineTotal] | None:
        index = place.get(position)
        return None if index is None else (note.quantities[index], note.typed.lines[index], note.assembled.lines[index])

    quantities, typed, lines = [], [], []
    for index, position in enumerate(left.positions):
        quantity, amounts, total = left.quantities[index], left.typed.lines[index], left.assembled.lines[index]
        if (gone := taken(position)) is not None:
            quantity -= gone[0]
            amounts = _line_minus(amounts, gone[1])
            total = _total_minus(total, gone[2])
        quantities.append(quantity)
        typed.append(amounts)
        lines.append(total)
    pieces = tuple(
        replace(
            piece,
            shares=tuple(
                _piece_left(piece.shares[i], note, number, place.get(p)) for i, p in enumerate(left.positions)
            ),
        )
        for number, piece in enumerate(left.typed.pieces)
    )
    assembled = _sum_up(tuple(lines), pieces, _subtotals_minus(left.totals.breakdown, note.totals.breakdown))
    return Figures(left.positions, tuple(quantities), Typed(tuple(typed), pieces), assembled)


def _line_minus(line: TypedLine, gone: TypedLine) -> TypedLine:
    changes = tuple(a - b for a, b in zip(line.changes, gone.changes, strict=True))
    return TypedLine(line.amount - gone.amount, changes, line.tax)


def _total_minus(total: LineTotal, gone: LineTotal) -> LineTotal:
    shares = tuple(a - b for a, b in zip(total.shares, gone.shares, strict=True))
    return LineTotal(total.net - gone.net, shares, total.tax - gone.tax)


def _piece_left(left: int, note: Figures, number: int, index: int | None) -> int:
    return left if index is None else left - note.typed.pieces[number].shares[index]


def _subtotals_minus(left: Sequence[TaxSubtotal], gone: Sequence[TaxSubtotal]) -> tuple[TaxSubtotal, ...]:
    taken = {subtotal.tax.group: subtotal for subtotal in gone}
    nothing = TaxSubtotal(left[0].tax, 0, 0) if left else None
    return tuple(
        TaxSubtotal(s.tax, s.taxable - t.taxable, s.amount - t.amount)
        for s in left
        if (t := taken.get(s.tax.group, nothing)) is not None
    )


def credit_quantities(left: Figures, wanted: Mapping[int, Decimal], basis: Basis, *, as_left: bool = False) -> Figures:
    """The figures of a credit note for some quantities: each takes its share of what is left of the original line.

    A credit note is a document of its own, so its tax is worked out like any other's; the last one of a tax group takes
    back exactly what is left of it. `as_left` takes the tax in proportion to what is left of it, not by its rate: a
    discount was taken that left the tax as it was. Raises `NotAllowed` above what is left to credit.
    """
    places = {position: index for index, position in enumerate(left.positions)}
    indexes = sorted(_index(left, places, position, quantity) for position, quantity in wanted.items())
    now = _share_of(left, wanted)
    lines = tuple(now.lines[index] for index in indexes)
    pieces = tuple(replace(piece, shares=tuple(piece.shares[index] for index in indexes)) for piece in now.pieces)
    positions = tuple(left.positions[index] for index in indexes)
    typed = Typed(lines, pieces)
    assembled = assemble(typed, basis, _taxes_share(left, now) if as_left else _taxes_left(left, now, basis))
    return Figures(positions, tuple(wanted[position] for position in positions), typed, assembled)


def _index(left: Figures, places: Mapping[int, int], position: int, quantity: Decimal) -> int:
    """Where a position stands on the invoice. Raises `NotAllowed` if it does not, or less is left of it."""
    index = places.get(position)
    if index is None:
        raise NotAllowed(f"Line {position} is not on this invoice.")
    if quantity > left.quantities[index]:
        message = f"Line {position}: {plain(quantity)} to credit, but only {plain(left.quantities[index])} left."
        raise NotAllowed(message)
    return index


def _share_of(left: Figures, wanted: Mapping[int, Decimal]) -> Typed:
    """The typed amounts of the wanted quantities, with zero for every line of which nothing is wanted."""
    parts = [(micro(wanted.get(p, ZERO)), micro(q)) for p, q in zip(left.positions, left.quantities, strict=True)]

    def part(amount: int, index: int) -> int:
        now, whole = parts[index]
        return divide(amount * now, whole) if now else 0

    lines = tuple(
        TypedLine(part(line.amount, index), tuple(part(change, index) for change in line.changes), line.tax)
        for index, line in enumerate(left.typed.lines)
    )
    pieces = tuple(
        replace(piece, shares=tuple(part(share, index) for index, share in enumerate(piece.shares)))
        for piece in left.typed.pieces
    )
    return Typed(lines, pieces)


def _taxes_left(left: Figures, now: Typed, basis: Basis) -> dict[tuple[str, int], int]:
    """The tax of the groups of which nothing is left after `now`, or not enough for what `now` would take alone."""
    staying = _amounts_after(left.typed, now)
    alone = {row.tax.group: row.amount for row in assemble(now, basis).totals.breakdown}
    rest = {row.tax.group: row.amount for row in left.totals.breakdown}
    return {group: tax for group, tax in rest.items() if not staying[group] or abs(alone.get(group, 0)) > abs(tax)}


def _taxes_share(left: Figures, now: Typed) -> dict[tuple[str, int], int]:
    """The tax of each group in proportion to what `now` takes of it."""
    staying, all_of_it = _amounts_after(left.typed, now), _amounts_after(left.typed, _nothing(now))
    return {
        row.tax.group: row.amount - divide(row.amount * staying[row.tax.group], all_of_it[row.tax.group] or 1)
        for row in left.totals.breakdown
    }


def _nothing(typed: Typed) -> Typed:
    """The same lines and pieces with amounts of zero."""
    lines = tuple(TypedLine(0, (0,) * len(line.changes), line.tax) for line in typed.lines)
    return Typed(lines, tuple(replace(piece, shares=(0,) * len(piece.shares)) for piece in typed.pieces))


def _amounts_after(left: Typed, now: Typed) -> dict[tuple[str, int], int]:
    """The size of what stays of each tax group once `now` is credited: 0 where nothing does."""
    sizes: dict[tuple[str, int], int] = {}
    for line, gone in zip(left.lines, now.lines, strict=True):
        sizes[line.tax.group] = sizes.get(line.tax.group, 0) + abs(line.amount - gone.amount)
    for piece, gone_piece in zip(left.pieces, now.pieces, strict=True):
        size = sum(abs(a - b) for a, b in zip(piece.shares, gone_piece.shares, strict=True))
        sizes[piece.tax.group] = sizes.get(piece.tax.group, 0) + size
    return sizes


def _sum_up(lines: tuple[LineTotal, ...], pieces: Sequence[Piece], subtotals: tuple[TaxSubtotal, ...]) -> Assembled:
    piece_nets = tuple(sum(line.shares[number] for line in lines) for number in range(len(pieces)))
    lines_net, tax = sum(line.net for line in lines), sum(subtotal.amount for subtotal in subtotals)
    net = lines_net + sum(piece_nets)
    totals = Totals(
        lines_net=lines_net,
        discounts=-sum(amount for amount, piece in zip(piece_nets, pieces, strict=True) if not piece.charge),
        charges=sum(amount for amount, piece in zip(piece_nets, pieces, strict=True) if piece.charge),
        net=net,
        tax=tax,
        gross=net + tax,
        breakdown=subtotals,
    )
    return Assembled(lines, piece_nets, totals)


def credit_amount(left: Figures, gross: int, basis: Basis) -> Figures:
    """The figures of a credit note over an amount, tax included: no quantity comes back, the price was lowered.

    It is split over the tax groups by what is left of each, and inside a group over its lines. Raises `NotAllowed`
    above what is left to credit, or if nothing is, and `RuleViolation` for an amount that is none.
    """
    if gross > left.totals.gross:
        wanted, rest = (amount_text(amount, basis.currency) for amount in (gross, left.totals.gross))
        raise NotAllowed(f"{wanted} to credit, but only {rest} of this invoice is left.")
    if left.totals.gross <= 0:
        raise NotAllowed("Nothing of this invoice is left to credit.")
    if gross <= 0:
        raise RuleViolation.of("amount", "not_positive", "amount: a credit has to be above zero.")
    groups = left.totals.breakdown
    parts = split(gross, [subtotal.taxable + subtotal.amount for subtotal in groups])
    subtotals = tuple(_part_subtotal(subtotal, part) for subtotal, part in zip(groups, parts, strict=True))
    return lowered(left, subtotals, basis)


def lowered(left: Figures, subtotals: tuple[TaxSubtotal, ...], basis: Basis) -> Figures:
    """The figures by which the price was lowered, given what is taken off each tax group: no quantity comes back."""
    return _without_empty_lines(left, _amounts(left, subtotals), subtotals, basis)


_Place = tuple[int, int]
"""Where an amount stands: on a line itself (-1) or on a document reduction (its how-manieth piece), and the line."""


def _amounts(left: Figures, subtotals: Iterable[TaxSubtotal]) -> dict[_Place, tuple[int, int]]:
    """Net and tax of each place: every tax group is split over what there is of it."""
    found: dict[_Place, tuple[int, int]] = {}
    for subtotal in subtotals:
        places = _places(left, subtotal)
        nets = split(subtotal.taxable, list(places.values()))
        taxes = split(subtotal.amount, [abs(net) for net in nets])
        found.update(zip(places, zip(nets, taxes, strict=True), strict=True))
    return found


def _places(left: Figures, subtotal: TaxSubtotal) -> dict[_Place, int]:
    """Where a tax group stands, with the weight of each place: its lines, or the reductions of a tax no line has.

    An amount of a reduction's own tax group stays with the reduction, so that lines, discounts and charges of a group
    make up its taxable amount (BR-S-08 and its like).
    """
    group, lines = subtotal.tax.group, left.assembled.lines
    own = {(-1, i): max(lines[i].earned, 0) for i, line in enumerate(left.typed.lines) if line.tax.group == group}
    pieces = [n for n, piece in enumerate(left.typed.pieces) if piece.tax.group == group]
    same_sign = [n for n in pieces if left.typed.pieces[n].charge == (subtotal.taxable > 0)]
    return own or {(n, i): abs(line.shares[n]) for n in same_sign for i, line in enumerate(lines)}


def _without_empty_lines(
    left: Figures,
    amounts: Mapping[_Place, tuple[int, int]],
    subtotals: tuple[TaxSubtotal, ...],
    basis: Basis,
) -> Figures:
    """A credit over an amount, with the lines that it touches."""
    touched = sorted({index for (_, index), amount in amounts.items() if any(amount)})
    pieces = range(len(left.typed.pieces))

    def net(piece: int, index: int) -> int:
        return amounts.get((piece, index), (0, 0))[0]

    def typed(piece: int, index: int) -> int:
        return sum(amounts.get((piece, index), (0, 0))) if basis.prices_include_tax else net(piece, index)

    def tax(index: int) -> int:
        return sum(amounts.get((piece, index), (0, 0))[1] for piece in (-1, *pieces))

    totals = tuple(LineTotal(net(-1, i), tuple(net(n, i) for n in pieces), tax(i)) for i in touched)
    agreed = [left.typed.lines[i] for i in touched]
    lines = (
        TypedLine(typed(-1, i), (0,) * len(line.changes), line.tax) for i, line in zip(touched, agreed, strict=True)
    )
    shares = tuple(replace(left.typed.pieces[n], shares=tuple(typed(n, i) for i in touched)) for n in pieces)
    return Figures(
        tuple(left.positions[i] for i in touched),
        (ZERO,) * len(touched),
        Typed(tuple(lines), shares),
        _sum_up(totals, shares, subtotals),
    )


def _part_subtotal(subtotal: TaxSubtotal, gross: int) -> TaxSubtotal:
    if gross == subtotal.taxable + subtotal.amount:
        return subtotal
    rate = micro(subtotal.tax.rate)
    tax = divide(gross * rate, 100 * MICRO + rate)
    if gross >= 0 <= min(subtotal.taxable, subtotal.amount):  # never more net or tax than there is
        tax = min(max(tax, gross - subtotal.taxable), subtotal.amount)
    return TaxSubtotal(subtotal.tax, gross - tax, tax)
