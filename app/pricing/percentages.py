"""Prices that are a percentage of what other lines come to: evaluated last, never of themselves. Pure.

A line counts with what is left after promotions and the seller's own reductions. Of a named category all lines count,
also such percentages, as long as none is a part of its own base; of everything only lines that are none themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.core.errors import RuleViolation
from app.core.money import decimals
from app.pricing.amounts import UnitPrice, line_amount, unit_price
from app.pricing.book import AppliedLine, Asked, Circumstances
from app.pricing.detail import PriceStep, Step
from app.pricing.unit_prices import Found


@dataclass(frozen=True, slots=True)
class _Percentage:
    """The rule that makes a line's price a percentage of others."""

    rule: str
    author: str
    percent: Decimal
    of_category: str


def _percentage(found: Found) -> _Percentage | None:
    winner = found.winner
    if winner is None or winner.entry is None or not winner.is_percent_of_total:
        return None
    entry = winner.entry
    of = f" × {entry.of_category}" if entry.of_category else ""
    return _Percentage(f"{winner.name} ({entry.value} %{of})", winner.author, entry.value, entry.of_category)


def percent_of_total(
    asked: Sequence[Asked], found: Sequence[Found], priced: list[AppliedLine], circumstances: Circumstances
) -> list[AppliedLine]:
    """The lines with every percentage worked out. Raises `RuleViolation` naming lines that are based on each other."""
    waiting = {place: rule for place, item in enumerate(found) if (rule := _percentage(item)) is not None}
    if not waiting:
        return priced
    result, currency = list(priced), circumstances.basis.currency
    bases = {place: _base(place, rule, asked, set(waiting)) for place, rule in waiting.items()}
    while waiting:
        ready = [place for place in waiting if not waiting.keys() & set(bases[place])]
        if not ready:
            raise _circle(list(waiting), asked)
        for place in ready:
            total = sum(_net(asked[other], result[other], currency) for other in bases[place])
            result[place] = _line(waiting.pop(place), result[place], total, currency)
    return result


def _base(place: int, rule: _Percentage, asked: Sequence[Asked], percentages: set[int]) -> list[int]:
    if not rule.of_category:
        return [other for other in range(len(asked)) if other not in percentages]
    return [other for other, line in enumerate(asked) if line.category == rule.of_category and other != place]


def _circle(waiting: Sequence[int], asked: Sequence[Asked]) -> RuleViolation:
    names = ", ".join(asked[place].sku for place in waiting)
    message = f"lines[{waiting[0]}]: the prices of {names} are percentages of each other; none can be worked out."
    return RuleViolation.of(f"lines[{waiting[0]}]", "percent_circle", message, skus=names)


def _net(asked: Asked, line: AppliedLine, currency: str) -> int:
    """What a line comes to after all its reductions; nothing where it has no price."""
    if line.unit_price is None:
        return 0
    amount = line_amount(asked.quantity, UnitPrice(line.unit_price, line.base_quantity), currency)
    return amount + sum(reduction.on(amount) for reduction in line.reductions)


def _line(rule: _Percentage, line: AppliedLine, total: int, currency: str) -> AppliedLine:
    """The price of one unit is the percentage of the total."""
    price = unit_price(Fraction(total, 10 ** decimals(currency)) * Fraction(rule.percent) / 100)
    step = PriceStep(Step.LIST, price.amount, price.base_quantity, rule.rule, rule.author)
    return replace(line, unit_price=price.amount, base_quantity=price.base_quantity, steps=(step,))
