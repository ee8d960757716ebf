"""An offer said without tax instead of with it, or the other way, for the same gross to the cent (P14). Pure.

Prices are multiplied, then one line takes the cent that rounding left over. With one rate of 19 % every sixth gross has
no net amount that rounds to it; where no line can make up for that, the switch is refused: the customer was told a
price, and it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.core.errors import RuleViolation
from app.core.money import amount_text, divide, to_decimal
from app.core.tax import Tax
from app.core.totals import Basis, Reduction, assemble, line_base, type_document
from app.pricing.amounts import UnitPrice, in_mode, tax_factor
from app.pricing.rules import Line

_FURTHEST = 3
"""By how many minor units one line may be moved."""


@dataclass(frozen=True, slots=True)
class Switched:
    """The offer in the other mode."""

    lines: tuple[Line, ...]
    reductions: tuple[Reduction, ...]
    basis: Basis


def switch(lines: tuple[Line, ...], reductions: tuple[Reduction, ...], basis: Basis) -> Switched:
    """The offer with prices without tax where they had it, or with tax where they had none.

    Raises `RuleViolation` (`prices_include_tax`, `gross_not_kept`) where no net prices come to the gross that was told.
    """
    told = _gross(lines, reductions, basis)
    other = replace(basis, prices_include_tax=not basis.prices_include_tax)
    new = tuple(_line(line, other) for line in lines)
    changed = tuple(_of_document(reduction, lines, basis) for reduction in reductions)
    nearest = _gross(new, changed, other)
    if nearest == told:
        return Switched(new, changed, other)
    for moved in _moved(new, told - nearest, basis.currency):
        if _gross(moved, changed, other) == told:
            return Switched(moved, changed, other)
    said, near = (amount_text(amount, basis.currency) for amount in (told, nearest))
    message = f"prices_include_tax: no prices without tax come to {said} {basis.currency}; the nearest is {near}."
    raise RuleViolation.of("prices_include_tax", "gross_not_kept", message, told=said, nearest=near)


def _gross(lines: Sequence[Line], reductions: Sequence[Reduction], basis: Basis) -> int:
    typed = type_document([line.item for line in lines], reductions, basis)
    return assemble(typed, basis).totals.gross


def _line(line: Line, to: Basis) -> Line:
    """The line with everything that is money of its price in the other mode; its cost never has tax in it."""
    now, wants = not to.prices_include_tax, to.prices_include_tax

    def turned(amount: Decimal) -> Decimal:
        return in_mode(UnitPrice(amount), line.tax, has_tax=now, wants_tax=wants).amount

    factor = tax_factor(line.tax, has_tax=now, wants_tax=wants)
    steps = tuple(replace(step, unit_price=turned(step.unit_price)) for step in line.detail.steps)
    return replace(
        line,
        unit_price=turned(line.unit_price),
        list_price=None if line.list_price is None else turned(line.list_price),
        reductions=tuple(_reduction(reduction, factor) for reduction in line.reductions),
        detail=replace(line.detail, steps=steps),
    )


def _reduction(reduction: Reduction, factor: Fraction) -> Reduction:
    """Percentages stay; amounts are multiplied and rounded."""
    return replace(reduction, amount=_times(reduction.amount, factor), of=_times(reduction.of, factor))


def _times(amount: int | None, factor: Fraction) -> int | None:
    return None if amount is None else divide(amount * factor.numerator, factor.denominator)


def _of_document(reduction: Reduction, lines: Sequence[Line], basis: Basis) -> Reduction:
    """A reduction of the document: by its own tax, else as all lines together change."""
    if reduction.tax is not None:
        return _reduction(reduction, _factor(reduction.tax, basis))
    totals = assemble(type_document([line.item for line in lines], (), basis), basis).totals
    if not totals.net or not totals.gross:
        return reduction
    factor = Fraction(totals.net, totals.gross)
    return _reduction(reduction, factor if basis.prices_include_tax else 1 / factor)


def _factor(tax: Tax, basis: Basis) -> Fraction:
    return tax_factor(tax, has_tax=basis.prices_include_tax, wants_tax=not basis.prices_include_tax)


def _moved(lines: tuple[Line, ...], by: int, currency: str) -> Iterator[tuple[Line, ...]]:
    """The lines with one of them moved by a few minor units, those first that are likeliest and largest."""
    amounts = [line_base(line.item, currency) for line in lines]
    places = sorted(range(len(lines)), key=lambda place: -amounts[place])
    deltas = sorted((d for d in range(-_FURTHEST, _FURTHEST + 1) if d), key=lambda delta: (abs(delta - by), delta))
    for delta in deltas:
        for place in places:
            if amounts[place] + delta >= 0:
                yield (*lines[:place], _at(lines[place], amounts[place] + delta, currency), *lines[place + 1 :])


def _at(line: Line, amount: int, currency: str) -> Line:
    """The line for exactly this amount before its reductions: a price of its whole quantity, kept like a typed one."""
    price = to_decimal(amount, currency)
    steps = line.detail.steps
    if steps:
        steps = (*steps[:-1], replace(steps[-1], unit_price=price, base_quantity=line.quantity))
    return replace(
        line,
        unit_price=price,
        base_quantity=line.quantity,
        list_price=_scaled(line),
        detail=replace(line.detail, steps=steps, price_is_typed=True),
    )


def _scaled(line: Line) -> Decimal | None:
    """The list price per the line's whole quantity, as the price now is; None where it has no such digits."""
    if line.list_price is None:
        return None
    exact = Fraction(line.list_price) * Fraction(line.quantity) / Fraction(line.base_quantity)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return scaled if Fraction(scaled) == exact and exact.denominator <= 10**6 else None
