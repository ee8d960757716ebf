"""From lines and reductions to a priced offer, with the waterfall that explains each price. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from app.catalog.rules import Kind
from app.core.errors import Problem, RuleViolation
from app.core.money import MAX_MINOR, amount_text, decimals, divide
from app.core.printed import PrintedBundle, PrintedLine, PrintedPart, PrintedReduction, PrintedTotals
from app.core.quantity import MICRO, from_micro, micro, plain
from app.core.tax import Tax
from app.core.totals import Assembled, Basis, Item, Reduction, Typed, TypedLine, assemble, line_base, type_document
from app.pricing.detail import NO_DETAIL, LineDetail, PriceStep, Step


@dataclass(frozen=True, slots=True)
class Line:
    """What is offered: everything that is known of a line before it is priced.

    `unit_price` is per `base_quantity` units; `list_price` likewise, where another price was agreed; `cost` per unit.
    """

    name: str
    quantity: Decimal
    unit_price: Decimal
    tax: Tax
    sku: str = ""
    description: str = ""
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    base_quantity: Decimal = Decimal(1)
    list_price: Decimal | None = None
    cost: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()
    detail: LineDetail = NO_DETAIL

    @property
    def item(self) -> Item:
        """What the arithmetic needs of it."""
        return Item(self.quantity, self.unit_price, self.tax, self.base_quantity, self.reductions)


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer worked out: the amounts as typed, and the document they make."""

    typed: Typed
    assembled: Assembled


_ORDER = {step: place for place, step in enumerate(Step)}


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step of a price: by how much it changes the line's total, in minor units, and why."""

    step: Step
    reason: str
    amount: int


def price(lines: tuple[Line, ...], reductions: tuple[Reduction, ...], basis: Basis) -> Priced:
    """Price an offer. Raises `RuleViolation` if it has no lines, or a line or the whole falls below zero."""
    if not lines:
        raise RuleViolation.of("lines", "missing", "lines: an offer needs at least one line.")
    typed = type_document([line.item for line in lines], reductions, basis)
    assembled = assemble(typed, basis)
    if problems := _problems(lines, typed, assembled, basis.currency):
        raise RuleViolation(problems)
    return Priced(typed, assembled)


def _problems(lines: tuple[Line, ...], typed: Typed, assembled: Assembled, currency: str) -> list[Problem]:
    found = []
    for index, (line, amounts, total) in enumerate(zip(lines, typed.lines, assembled.lines, strict=True)):
        if amounts.amount < 0:
            off, before = (amount_text(amount, currency) for amount in (-sum(amounts.changes), amounts.before_changes))
            field, message = f"lines[{index}].discounts", f"{off} in all exceed the price {before} of {line.name!r}."
            found.append(Problem(field, "below_zero", f"{field}: {message}"))
        elif total.earned < 0:
            left = amount_text(total.earned, currency)
            message = f"discounts: they exceed the lines they apply to; {line.name!r} would bring in {left}."
            found.append(Problem("discounts", "below_zero", message))
    lowest = min(assembled.totals.net, assembled.totals.gross)
    if lowest < 0:
        message = f"discounts: they exceed the offer; the total would be {amount_text(lowest, currency)}."
        found.append(Problem("discounts", "below_zero", message))
    if assembled.totals.gross > MAX_MINOR:
        found.append(Problem("lines", "too_large", "lines: the total is larger than any amount Handsel keeps."))
    return found


def waterfall(
    line: Line,
    currency: str,
    amounts: TypedLine,
    assembled: Assembled,
    index: int,
    reductions: Iterable[tuple[Reduction, int]],
) -> tuple[WaterfallStep, ...]:
    """Every step from the list price to the gross of one line; the amounts add up to it.

    The line has the quantity of the document (0 where no goods belong to it); `reductions` pairs each document
    reduction with its column in the line's shares. Where prices include tax, the steps before the tax are net as well:
    the difference to the typed gross is in the tax step.
    """
    total = assembled.lines[index]
    steps = [WaterfallStep(*step) for step in _net_steps(line, currency, amounts, total.net)]
    for reduction, column in reductions:
        step = Step.DOCUMENT_CHARGE if reduction.charge else Step.DOCUMENT_DISCOUNT
        steps.append(WaterfallStep(step, reduction.reason, total.shares[column]))
    steps.append(WaterfallStep(Step.TAX, line.tax.category.value, total.tax))
    steps.sort(key=lambda step: _ORDER[step.step])
    return tuple(step for step in steps if step.amount or step.step is Step.LIST)


def _net_steps(line: Line, currency: str, amounts: TypedLine, net: int) -> list[tuple[Step, str, int]]:
    """Steps down to the line's net; typed gross amounts are scaled so that they end there exactly."""
    raw = _price_steps(line, currency, amounts.before_changes)
    for reduction, change in zip(line.reductions, amounts.changes, strict=True):
        raw.append((_step_of(reduction), reduction.promotion or reduction.reason, change))
    if amounts.amount == net or amounts.amount == 0:
        return raw
    scaled = [(step, reason, divide(amount * net, amounts.amount)) for step, reason, amount in raw]
    step, reason, first = scaled[0]
    rest = net - sum(amount for _, _, amount in scaled)
    return [(step, reason, first + rest), *scaled[1:]]


def _step_of(reduction: Reduction) -> Step:
    if reduction.promotion:
        return Step.PROMOTION
    return Step.LINE_CHARGE if reduction.charge else Step.LINE_DISCOUNT


def _price_steps(line: Line, currency: str, before: int) -> list[tuple[Step, str, int]]:
    """What quantity x price comes to at the list price, and by how much each later price changes it, up to `before`."""
    prices = [step for step in price_path(line) if line.quantity]
    if not prices:
        return [(Step.LIST, "", before)]
    at = [
        line_base(replace(line.item, unit_price=p.unit_price, base_quantity=p.base_quantity), currency) for p in prices
    ]
    at[-1] = before
    changes = [amount - earlier for amount, earlier in zip(at, [0, *at], strict=False)]
    return [(price.step, price.rule, change) for price, change in zip(prices, changes, strict=True)]


def price_path(line: Line) -> tuple[PriceStep, ...]:
    """Every price of the line from the list price to its own, which is the last.

    A line without steps of its own has its list price and, where another price is agreed, that one.
    """
    if line.detail.steps:
        return line.detail.steps
    own = PriceStep(Step.LIST, line.unit_price, line.base_quantity)
    if line.list_price in (None, line.unit_price):
        return (own,)
    listed = replace(own, unit_price=line.list_price)
    return listed, replace(own, step=Step.CONTRACT, rule="Agreed price")


def line_cost(line: Line, currency: str) -> int | None:
    """What the line costs us, in minor units, or None if that is not known."""
    if line.cost is None:
        return None
    return divide(micro(line.quantity) * micro(line.cost) * 10 ** decimals(currency), MICRO * MICRO)


def margin_percent(lines: tuple[Line, ...], priced: Priced, basis: Basis) -> Decimal | None:
    """Margin after all discounts as a percentage of the net total, with two decimals; None if a cost is not known."""
    costs = [line_cost(line, basis.currency) for line in lines]
    net = priced.assembled.totals.net
    if net == 0 or any(cost is None for cost in costs):
        return None
    margin = net - sum(cost or 0 for cost in costs)
    return (Decimal(margin) * 100 / net).quantize(Decimal("0.01"), ROUND_HALF_UP)


def printed_lines(lines: tuple[Line, ...], priced: Priced) -> tuple[PrintedLine, ...]:
    """The lines of an offer as they are printed."""
    return tuple(
        printed_line(index + 1, line, line.quantity, priced.typed.lines[index], priced.assembled.lines[index].net)
        for index, line in enumerate(lines)
    )


def printed_line(position: int, line: Line, quantity: Decimal, amounts: TypedLine, net: int) -> PrintedLine:
    """One line as it is printed, for the whole quantity or a part of it."""
    return PrintedLine(
        position=position,
        name=line.name,
        quantity=quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        before=amounts.before_changes,
        amount=amounts.amount,
        net=net,
        tax=line.tax,
        base_quantity=line.base_quantity,
        sku=line.sku,
        description=line.description,
        reductions=tuple(
            PrintedReduction(reduction.reason, change, reduction.percent, reduction.charge)
            for reduction, change in zip(line.reductions, amounts.changes, strict=True)
            if change
        ),
        options=line.detail.options,
        parts=printed_parts(line, quantity),
        bundle=printed_bundle(line, is_whole=quantity == line.quantity),
        own_quantity=_own_quantity(line, quantity),
        own_unit=line.detail.own_unit,
    )


def printed_parts(line: Line, quantity: Decimal) -> tuple[PrintedPart, ...]:
    """What is named below a line, for so much of it."""
    return tuple(
        PrintedPart(part.name, plain(part.quantity * quantity), part.unit, part.sku, part.options)
        for part in line.detail.parts
        if part.is_printed
    )


def printed_bundle(line: Line, *, is_whole: bool) -> PrintedBundle | None:
    """The heading over the lines of a bundle; how many there are of it is said only of all of them."""
    of = line.detail.bundle
    if of is None:
        return None
    return PrintedBundle(
        of.number, of.name, of.quantity if is_whole else None, of.unit, of.sku, of.description, of.options
    )


def _own_quantity(line: Line, quantity: Decimal) -> Decimal | None:
    """The quantity, or its part of it, in the unit that the product is kept in; None where it is the line's own."""
    own = line.detail.own_quantity
    if own is None or quantity == line.quantity:
        return own
    return from_micro(divide(micro(own) * micro(quantity), micro(line.quantity)))


def printed_totals(
    typed: Typed, assembled: Assembled, reductions: tuple[Reduction, ...], prepaid: int = 0
) -> PrintedTotals:
    """The foot of a priced document; each document reduction once, over all its tax groups."""
    sums: dict[int, int] = {}
    for piece in typed.pieces:
        sums[piece.reduction] = sums.get(piece.reduction, 0) + piece.amount
    printed = tuple(
        PrintedReduction(reductions[index].reason, amount, reductions[index].percent, reductions[index].charge)
        for index, amount in sums.items()
        if amount
    )
    totals = assembled.totals
    return PrintedTotals(
        lines_net=totals.lines_net,
        discounts=totals.discounts,
        charges=totals.charges,
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        breakdown=totals.breakdown,
        reductions=printed,
        prepaid=prepaid,
    )
