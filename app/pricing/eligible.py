"""When a promotion holds, and for which lines; where it does not, why not, as a problem with code and values. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.errors import Problem
from app.core.money import amount_text, to_decimal
from app.parties.rules import fold
from app.pricing.book import Asked, Circumstances, Conditions, Counted, Effect, EffectKind, Promotion
from app.pricing.rule_index import within


@dataclass(frozen=True, slots=True)
class Bare:
    """A line with its price but without promotions. `amount` in minor units; None where it has no price yet.

    `room` is how much may be taken off: what the seller's own reductions leave. `is_closed` to promotions without a
    coupon where she typed the price; percentages of a total take no part at all.
    """

    place: int
    asked: Asked
    amount: int | None
    room: int = 0
    is_closed: bool = False

    @property
    def counted(self) -> Decimal:
        """The quantity in the unit in which rules count."""
        return self.asked.own_quantity or self.asked.quantity


class Lines:
    """The priced lines by product and category, so that a promotion looks only at lines it can be for."""

    def __init__(self, lines: Sequence[Bare]) -> None:
        self.all = [line for line in lines if line.amount is not None]
        self.total = sum(line.amount or 0 for line in self.all)
        self._by_sku: dict[str, list[Bare]] = {}
        self._by_category: dict[str, list[Bare]] = {}
        for line in self.all:
            for sku in {line.asked.sku, line.asked.bundle_sku} - {""}:
                self._by_sku.setdefault(sku, []).append(line)
            self._by_category.setdefault(line.asked.category, []).append(line)

    def of_skus(self, skus: Iterable[str]) -> list[Bare]:
        """The lines of some products, in their order."""
        return _in_order(line for sku in skus for line in self._by_sku.get(sku, ()))

    def matching(self, conditions: Conditions) -> list[Bare]:
        """The lines that a promotion is for, in their order; of products or categories, where any are named."""
        if not conditions.skus and not conditions.categories:
            return self.all
        of_categories = (line for name in conditions.categories for line in self._by_category.get(name, ()))
        return _in_order([*self.of_skus(conditions.skus), *of_categories])


def _in_order(lines: Iterable[Bare]) -> list[Bare]:
    found = {line.place: line for line in lines}
    return [found[place] for place in sorted(found)]


@dataclass(frozen=True, slots=True)
class Holds:
    """A promotion with the lines it acts on, and how often its units were bought (in the counted unit)."""

    promotion: Promotion
    lines: tuple[Bare, ...]
    counted: Decimal


def judge(promotion: Promotion, lines: Lines, circumstances: Circumstances) -> Holds | Problem:
    """The lines a promotion acts on, or why it does not hold."""
    if problem := _of_circumstances(promotion, circumstances):
        return problem
    conditions = promotion.conditions
    matching = lines.matching(conditions)
    if conditions.needs_coupon is False:
        matching = [line for line in matching if not line.is_closed]
    if not matching:
        return _unmet(promotion, "no_line", "nothing in the offer is what it is for")
    if problem := _below(promotion, "least_order", conditions.least_order, lines.total, circumstances):
        return problem
    if conditions.counted is Counted.EACH_LINE:
        matching = [line for line in matching if _of_lines(promotion, [line], circumstances) is None]
        if not matching:
            return _unmet(promotion, "no_line_enough", "no line has the quantity or amount it asks for")
    elif problem := _of_lines(promotion, matching, circumstances):
        return problem
    return _judged(promotion, matching, lines)


def _judged(promotion: Promotion, matching: list[Bare], lines: Lines) -> Holds | Problem:
    effect = promotion.effect
    counted = sum((line.counted for line in matching), Decimal(0))
    needed = effect.buy if effect.kind in (EffectKind.BUY_GET, EffectKind.FREE_ITEM) else Decimal(0)
    if effect.kind is EffectKind.BUY_GET and not effect.get_skus:
        needed += effect.get
    if counted < needed:
        return _unmet(
            promotion,
            "least_quantity",
            f"it takes {needed}, and there are {counted}",
            least=str(needed),
            is_=str(counted),
        )
    if effect.get_skus and effect.kind is EffectKind.BUY_GET:
        got = [
            line for line in lines.of_skus(effect.get_skus) if not line.is_closed or promotion.conditions.needs_coupon
        ]
        if not got:
            return _unmet(promotion, "nothing_to_get", f"none of {', '.join(effect.get_skus)} is in the offer")
        return Holds(promotion, tuple(got), counted)
    return Holds(promotion, tuple(matching), counted)


def times(effect: Effect, counted: Decimal) -> int:
    """How often a gift for so many units bought is given."""
    group = effect.buy if effect.get_skus or effect.kind is EffectKind.FREE_ITEM else effect.buy + effect.get
    full = int(counted // group) if group > 0 else 1
    if not effect.repeats:
        full = min(full, 1)
    return full if effect.most_times is None else min(full, effect.most_times)


def _of_circumstances(promotion: Promotion, circumstances: Circumstances) -> Problem | None:
    conditions = promotion.conditions
    if not promotion.active:
        return _unmet(promotion, "ended", "it has ended")
    if not within(conditions.starts_on, conditions.ends_on, circumstances.on):
        days = f"{conditions.starts_on or '…'} – {conditions.ends_on or '…'}"
        return _unmet(promotion, "days", f"it holds on other days ({days})", days=days)
    if promotion.currency and promotion.currency != circumstances.basis.currency:
        return _unmet(promotion, "currency", f"it is in {promotion.currency}", currency=promotion.currency)
    if conditions.customers and circumstances.customer_id not in conditions.customers:
        return _unmet(promotion, "customer", "it is for other customers")
    if conditions.groups and not set(conditions.groups) & set(circumstances.groups):
        groups = ", ".join(conditions.groups)
        return _unmet(promotion, "group", f"it is for customers of the group {groups}", groups=groups)
    here = {fold(region) for region in circumstances.regions}
    if conditions.regions and not here & {fold(region) for region in conditions.regions}:
        regions = ", ".join(conditions.regions)
        return _unmet(promotion, "region", f"it is for {regions}", regions=regions)
    return None


def _of_lines(promotion: Promotion, lines: Sequence[Bare], circumstances: Circumstances) -> Problem | None:
    """Why quantity or amount of some lines do not fit, if they do not."""
    conditions = promotion.conditions
    counted = sum((line.counted for line in lines), Decimal(0))
    amount = sum(line.amount or 0 for line in lines)
    if conditions.least_quantity is not None and counted < conditions.least_quantity:
        least = conditions.least_quantity
        words = f"it takes {least}, and there are {counted}"
        return _unmet(promotion, "least_quantity", words, least=str(least), is_=str(counted))
    if conditions.most_quantity is not None and counted > conditions.most_quantity:
        most = conditions.most_quantity
        words = f"it is for at most {most}, and there are {counted}"
        return _unmet(promotion, "most_quantity", words, most=str(most), is_=str(counted))
    if problem := _below(promotion, "least_amount", conditions.least_amount, amount, circumstances):
        return problem
    currency = circumstances.basis.currency
    if conditions.most_amount is not None and to_decimal(amount, currency) > conditions.most_amount:
        is_ = amount_text(amount, currency)
        words = f"it is for at most {conditions.most_amount}, and it comes to {is_}"
        return _unmet(promotion, "most_amount", words, most=str(conditions.most_amount), is_=is_)
    return None


def _below(
    promotion: Promotion, code: str, least: Decimal | None, amount: int, circumstances: Circumstances
) -> Problem | None:
    currency = circumstances.basis.currency
    if least is None or to_decimal(amount, currency) >= least:
        return None
    is_ = amount_text(amount, currency)
    words = f"it takes {least} {currency}, and it comes to {is_}"
    return _unmet(promotion, code, words, least=str(least), is_=is_)


def _unmet(promotion: Promotion, code: str, words: str, **values: str) -> Problem:
    """Why a promotion does not hold: `values["condition"]` names the condition that is not met."""
    told: dict[str, str] = {"promotion": promotion.name, "condition": code}
    told |= {name.rstrip("_"): value for name, value in values.items()}
    return Problem("promotions", "not_met", f"{promotion.name}: {words}.", told)
