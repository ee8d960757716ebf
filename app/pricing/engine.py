"""All price rules applied to all lines of an offer: prices, promotions, coupons, percentages of a total. Pure.

The result depends on what the rules and lines say, never on the order in which rules are given; applied to its own
result it changes nothing. Steps, in their order: unit prices (list, tier, contract), promotions, the seller's own
reductions, and last the lines whose price is a percentage of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.errors import Problem
from app.core.totals import Reduction
from app.pricing.amounts import UnitPrice, line_amount
from app.pricing.book import (
    Applied,
    AppliedLine,
    Asked,
    Circumstances,
    EffectKind,
    FreeLine,
    FreeProduct,
    PriceBook,
)
from app.pricing.coupon_rules import Opened, opened, refusal
from app.pricing.detail import PriceStep, Step
from app.pricing.eligible import Bare, Holds, Lines, judge
from app.pricing.gifts import free_quantity
from app.pricing.percentages import percent_of_total
from app.pricing.rule_index import Index
from app.pricing.stacking import Stacked, precedence, stack
from app.pricing.unit_prices import Found, find


def apply(book: PriceBook, asked: Sequence[Asked], circumstances: Circumstances) -> Applied:
    """Price the lines. Raises `RuleViolation` where percentages of a total go round in a circle.

    A line without a price from anywhere keeps None; what could not be computed is in `conflicts`.
    """
    index = Index.of(book, circumstances)
    found = [find(index, line) for line in asked]
    bare = [_bare(place, line, found[place], circumstances) for place, line in enumerate(asked)]
    coupons = opened(circumstances.coupons, book.coupons, circumstances.on)
    lines = Lines(bare)
    judged = _judge(book, lines, coupons, circumstances)
    holding = [holds for holds in judged.values() if isinstance(holds, Holds)]
    stacked = stack(lines.all, holding, circumstances.basis.currency)
    free, gone = _free(book, index, holding)
    gave = {taken.promotion.name for line in stacked.taken.values() for taken in line}
    gave |= {line.promotion for line in free}
    used, refused = _coupons_used(coupons, judged, gave, circumstances)
    priced = [_line(place, line, found[place], stacked) for place, line in enumerate(asked)]
    priced = percent_of_total(asked, found, priced, circumstances)
    problems = tuple(dict.fromkeys(_hashable(p) for item in found for p in item.problems))
    conflicts = tuple(Problem(*key[:3], dict(key[3])) for key in problems) + gone
    return Applied(tuple(priced), free, used, refused, conflicts)


_Key = tuple[str, str, str, tuple[tuple[str, object], ...]]


def _hashable(problem: Problem) -> _Key:
    """A problem as a key: many lines may have the same one."""
    return problem.field, problem.code, problem.message, tuple(problem.values.items())


def _bare(place: int, asked: Asked, found: Found, circumstances: Circumstances) -> Bare:
    is_percentage = found.winner is not None and found.winner.is_percent_of_total
    if found.price is None or is_percentage:
        return Bare(place, asked, None)
    amount = line_amount(asked.quantity, found.price, circumstances.basis.currency)
    room = amount + sum(reduction.on(amount) for reduction in asked.reductions)
    return Bare(place, asked, amount, room, asked.is_typed)


def _judge(book: PriceBook, lines: Lines, coupons: Opened, circumstances: Circumstances) -> dict[str, Holds | Problem]:
    """Every promotion that may act here, by name: those that need a coupon only with one."""
    return {
        promotion.name: judge(promotion, lines, circumstances)
        for promotion in sorted(book.promotions, key=precedence)
        if not promotion.conditions.needs_coupon or promotion.name in coupons.by_promotion
    }


def _coupons_used(
    coupons: Opened, judged: Mapping[str, Holds | Problem], gave: set[str], circumstances: Circumstances
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The codes that gave something, and why each other one did not, in the order they were given."""
    used: list[tuple[int, str]] = []
    refused = list(coupons.refused)
    for name, index in coupons.by_promotion.items():
        code, state = circumstances.coupons[index], judged.get(name)
        if name in gave:
            used.append((index, code))
        elif state is None:
            refused.append(refusal(index, "withdrawn", f"what the coupon {code!r} stands for is gone", code=code))
        elif isinstance(state, Problem):
            values = {key: str(value) for key, value in state.values.items()} | {"code": code}
            refused.append(refusal(index, "not_met", f"the coupon {code!r}: {state.message.rstrip('.')}", **values))
        else:
            words = f"the coupon {code!r} gives no more than what is given anyway"
            refused.append(refusal(index, "beaten", words, code=code))
    refused.sort(key=lambda problem: int(problem.field[len("coupons[") : -1]))
    return tuple(code for _, code in sorted(used)), tuple(refused)


def _line(place: int, asked: Asked, found: Found, stacked: Stacked) -> AppliedLine:
    taken = stacked.taken.get(place, [])
    lost = found.lost + tuple(stacked.lost.get(place, ()))
    if found.price is None:
        return AppliedLine(None, asked.base_quantity, asked.reductions, (), lost)
    reductions = tuple(one.reduction for one in taken) + asked.reductions
    return AppliedLine(found.price.amount, found.price.base_quantity, reductions, found.steps, lost)


# ---------------------------------------------------------------- free items


@dataclass(frozen=True, slots=True)
class _Gift:
    """A product, and how much of it a promotion gives."""

    product: FreeProduct
    quantity: Decimal


def _free(book: PriceBook, index: Index, holding: Sequence[Holds]) -> tuple[tuple[FreeLine, ...], tuple[Problem, ...]]:
    """The lines that promotions give on top, and those whose product is gone."""
    products = {product.sku: product for product in book.products}
    found: list[FreeLine] = []
    gone: list[Problem] = []
    for holds in holding:
        promotion = holds.promotion
        if promotion.effect.kind is not EffectKind.FREE_ITEM:
            continue
        product, quantity = products.get(promotion.effect.free_sku), free_quantity(holds)
        if product is None:
            gone.append(_gone(promotion.name, promotion.effect.free_sku))
        elif quantity > 0:
            reduction = Reduction(
                promotion.name, percent=Decimal(100), promotion=promotion.name, author=promotion.author
            )
            line = _free_line(index, _Gift(product, quantity), promotion.name, reduction)
            found.append(FreeLine(product, quantity, line, promotion.name))
    return tuple(found), tuple(gone)


def _gone(promotion: str, sku: str) -> Problem:
    message = f"{promotion}: the product {sku!r} that it gives is not in the catalogue."
    return Problem("promotions", "product_gone", message, {"promotion": promotion, "sku": sku})


def _free_line(index: Index, gift: _Gift, promotion: str, reduction: Reduction) -> AppliedLine:
    """A free line has the price the product has today; the last step marks it as given."""
    product = gift.product
    asked = Asked(
        product.sku,
        gift.quantity,
        product.unit_price,
        product.base_quantity,
        product.tax,
        product.category,
        product.kind,
    )
    found = find(index, asked)
    price = found.price or UnitPrice(Decimal(0))
    steps = found.steps or (PriceStep(Step.LIST, price.amount, price.base_quantity),)
    mark = PriceStep(Step.PROMOTION, price.amount, price.base_quantity, promotion, reduction.author)
    return AppliedLine(price.amount, price.base_quantity, (reduction,), (*steps, mark))


def given_by(steps: Sequence[PriceStep]) -> str:
    """The promotion that gave a line on top, by the line's steps; empty for a line that was asked for."""
    return steps[-1].rule if steps and steps[-1].step is Step.PROMOTION else ""
