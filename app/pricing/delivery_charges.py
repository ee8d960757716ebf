"""What delivery costs: which rule holds for the country, and what it comes to for these goods. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.catalog.rules import Kind
from app.core.formula import rounded
from app.core.money import decimals, to_decimal
from app.core.totals import Reduction
from app.pricing.amounts import UnitPrice, line_amount, tax_factor
from app.pricing.book import AppliedLine, Asked, Circumstances, DeliveryMethod, DeliveryRule


@dataclass(frozen=True, slots=True)
class DeliveryCharge:
    """The rule that holds, and its charge for the document; zero where delivery is free."""

    rule: DeliveryRule
    amount: int
    reduction: Reduction
    weight: Decimal
    weight_is_known: bool = True
    """Whether every line of goods has a weight; the weight is the sum of those that have one."""


def delivery_charge(
    rules: Sequence[DeliveryRule], asked: Sequence[Asked], priced: Sequence[AppliedLine], circumstances: Circumstances
) -> DeliveryCharge | None:
    """The charge for the goods of an offer, in the mode of the document; None without goods or without a rule.

    A rule for the country goes before one for all others; then priority, then name. The amount of the goods is after
    promotions and the seller's own reductions.
    """
    goods = [(line, applied) for line, applied in zip(asked, priced, strict=True) if line.kind is Kind.GOODS]
    rule = _rule(rules, circumstances)
    if rule is None or not goods:
        return None
    currency = circumstances.basis.currency
    value = to_decimal(sum(_amount(line, applied, currency) for line, applied in goods), currency)
    weight = sum(((line.own_quantity or line.quantity) * (line.weight or 0) for line, _ in goods), Decimal(0))
    charge = _charge(rule, value, weight)
    if rule.tax is not None:
        wants_tax = circumstances.basis.prices_include_tax
        charge = rounded(Fraction(charge) * tax_factor(rule.tax, has_tax=rule.includes_tax, wants_tax=wants_tax), 6)
    amount = int(rounded(Fraction(charge) * 10 ** decimals(currency), 0))
    reduction = Reduction(rule.name, amount=amount, tax=rule.tax, charge=True, promotion=rule.name, author=rule.author)
    return DeliveryCharge(rule, amount, reduction, weight, all(line.weight is not None for line, _ in goods))


def _rule(rules: Sequence[DeliveryRule], circumstances: Circumstances) -> DeliveryRule | None:
    regions = set(circumstances.regions)
    fitting = [
        rule
        for rule in rules
        if rule.active
        and rule.currency == circumstances.basis.currency
        and (not rule.countries or regions & set(rule.countries))
    ]
    return min(fitting, key=lambda rule: (not rule.countries, -rule.priority, rule.name), default=None)


def _charge(rule: DeliveryRule, value: Decimal, weight: Decimal) -> Decimal:
    if rule.free_from is not None and value >= rule.free_from:
        return Decimal(0)
    measure = weight if rule.method is DeliveryMethod.BY_WEIGHT else value
    reached = [step.charge for step in rule.steps if measure >= step.least]
    return rule.charge if rule.method is DeliveryMethod.FLAT or not reached else reached[-1]


def _amount(asked: Asked, line: AppliedLine, currency: str) -> int:
    if line.unit_price is None:
        return 0
    amount = line_amount(asked.quantity, UnitPrice(line.unit_price, line.base_quantity), currency)
    return amount + sum(reduction.on(amount) for reduction in line.reductions)
