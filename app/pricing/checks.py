"""What a price rule may say: everything that is wrong with one, each problem with its field and value. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from app.core import formula
from app.core import tax as taxes
from app.core.countries import country_names
from app.core.errors import Problem
from app.core.formula import Sort
from app.core.money import currencies
from app.pricing.book import (
    CATALOGUE,
    ContractPrice,
    Coupon,
    DeliveryMethod,
    DeliveryRule,
    Effect,
    EffectKind,
    Method,
    PriceEntry,
    PriceList,
    Promotion,
    Reading,
    Tier,
    coupon_code,
)

FORMULA_NAMES = {"list": Sort.NUMBER, "cost": Sort.NUMBER, "quantity": Sort.NUMBER, "weight": Sort.NUMBER}
"""What a price formula may use: catalogue price and cost of one unit, the quantity, the weight of one unit in kg."""

_LARGEST = Decimal(1_000_000_000)
_DEAREST_MARKUP = Decimal(100_000)


def _problem(field: str, code: str, words: str, value: object = None) -> Problem:
    return Problem(field, code, f"{field}: {words}.", {} if value is None else {"value": str(value)})


def _named(name: str) -> Iterator[Problem]:
    if not name.strip():
        yield _problem("name", "missing", "it needs a name, which quotes will show")
    elif name.strip() == CATALOGUE:
        yield _problem("name", "taken", f"{name!r} is what the catalogue's own price is called", name)


def _currency(code: str) -> Iterator[Problem]:
    if code not in currencies():
        yield _problem("currency", "unknown_currency", f"{code!r} is no currency of ISO 4217, such as EUR", code)


def _days(starts_on: date | None, ends_on: date | None) -> Iterator[Problem]:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        yield _problem("ends_on", "before_start", f"{ends_on} is before the start, {starts_on}", ends_on)


def _between(field: str, value: Decimal | None, least: Decimal | int, most: Decimal | int) -> Iterator[Problem]:
    if value is not None and not (value.is_finite() and least <= value <= most):
        yield _problem(field, "range", f"{value} is not between {least} and {most}", value)


def _tiers(entry_at: str, tiers: Sequence[Tier], least: Decimal) -> Iterator[Problem]:
    before = least
    for index, tier in enumerate(tiers):
        if tier.least_quantity <= before:
            words = f"{tier.least_quantity} is not above {before}, where the tier before begins"
            yield _problem(f"{entry_at}tiers[{index}].least_quantity", "not_rising", words, tier.least_quantity)
        before = tier.least_quantity


def of_price_list(item: PriceList) -> list[Problem]:
    """Everything that is wrong with a price list."""
    found = [*_named(item.name), *_currency(item.currency), *_days(item.starts_on, item.ends_on)]
    if item.round_to is not None and not item.round_to > 0:
        found.append(_problem("round_to", "not_positive", f"{item.round_to} is no step to round to", item.round_to))
    for index, entry in enumerate(item.entries):
        found += _of_entry(f"entries[{index}].", entry)
    return found + list(_twice(item.entries))


def _of_entry(at: str, entry: PriceEntry) -> Iterator[Problem]:
    if entry.sku and entry.category:
        words = f"an entry is for a product ({entry.sku}) or for a category ({entry.category}), not for both"
        yield _problem(f"{at}category", "both", words, entry.category)
    yield from _between(f"{at}least_quantity", entry.least_quantity, 0, _LARGEST)
    if not entry.base_quantity > 0:
        yield _problem(f"{at}base_quantity", "not_positive", "it has to be above zero", entry.base_quantity)
    yield from _tiers(at, entry.tiers, entry.least_quantity)
    places = [(f"{at}value", entry.value), *((f"{at}tiers[{i}].value", t.value) for i, t in enumerate(entry.tiers))]
    for field, value in places:
        yield from _value(field, entry.method, value)
    if entry.reading is Reading.BLOCK and entry.method is not Method.FIXED:
        yield _problem(f"{at}reading", "block_fixed", "a block has a fixed price", entry.method)
    if entry.method in (Method.PERCENT_OF_TOTAL, Method.FORMULA) and entry.tiers:
        yield _problem(f"{at}tiers", "not_here", f"{entry.method} has no tiers", len(entry.tiers))
    if entry.method is Method.PERCENT_OF_TOTAL and entry.category and entry.category == entry.of_category:
        words = f"a percentage of {entry.category} for every product of {entry.category} goes round in a circle"
        yield _problem(f"{at}of_category", "percent_circle", words, entry.of_category)
    if entry.method is Method.PERCENT_OF_TOTAL and not (entry.sku or entry.category):
        yield _problem(f"{at}sku", "missing", "a percentage of a total is the price of a product or a category")
    if entry.method is Method.FORMULA:
        yield from formula.check(entry.formula, FORMULA_NAMES, field=f"{at}formula")


def _value(field: str, method: Method, value: Decimal) -> Iterator[Problem]:
    if method is Method.PERCENT_OFF:
        yield from _between(field, value, 0, 100)
    elif method is Method.MARGIN:
        yield from _between(field, value, 0, Decimal("99.99"))
    elif method in (Method.MARKUP, Method.PERCENT_OF_TOTAL):
        yield from _between(field, value, 0, _DEAREST_MARKUP)
    elif method is Method.FIXED:
        yield from _between(field, value, 0, _LARGEST)


def _twice(entries: Iterable[PriceEntry]) -> Iterator[Problem]:
    """Two entries for the same product or category from the same quantity on: nothing would say which holds."""
    seen: dict[tuple[str, str, Decimal], int] = {}
    for index, entry in enumerate(entries):
        first = seen.setdefault((entry.sku, entry.category, entry.least_quantity), index)
        if first != index:
            what = entry.sku or entry.category or "all products"
            words = f"entry {first} is for {what} from {entry.least_quantity} on already"
            yield _problem(f"entries[{index}].sku", "twice", words, what)


def of_contract_price(item: ContractPrice) -> list[Problem]:
    """Everything that is wrong with a contract price."""
    found = [*_currency(item.currency), *_days(item.starts_on, item.ends_on)]
    if not item.sku:
        found.append(_problem("sku", "missing", "say for which product the price holds"))
    found += _between("price", item.price, 0, _LARGEST)
    found += _between("least_quantity", item.least_quantity, 0, _LARGEST)
    if not item.base_quantity > 0:
        found.append(_problem("base_quantity", "not_positive", "it has to be above zero", item.base_quantity))
    found += _tiers("", item.tiers, item.least_quantity)
    for index, tier in enumerate(item.tiers):
        found += _between(f"tiers[{index}].value", tier.value, 0, _LARGEST)
    return found


def of_promotion(item: Promotion) -> list[Problem]:
    """Everything that is wrong with a promotion."""
    conditions = item.conditions
    found = [*_named(item.name), *_days(conditions.starts_on, conditions.ends_on), *_of_effect(item.effect)]
    for name in ("least_quantity", "most_quantity", "least_amount", "most_amount", "least_order"):
        found += _between(f"conditions.{name}", getattr(conditions, name), 0, _LARGEST)
    for what in ("quantity", "amount"):
        least, most = getattr(conditions, f"least_{what}"), getattr(conditions, f"most_{what}")
        if least is not None and most is not None and most < least:
            words = f"{most} is below the least, {least}"
            found.append(_problem(f"conditions.most_{what}", "below_least", words, most))
    has_amounts = item.effect.amount or any((conditions.least_amount, conditions.most_amount, conditions.least_order))
    if item.currency:
        found += _currency(item.currency)
    elif has_amounts:
        found.append(_problem("currency", "missing", "a promotion with amounts needs their currency"))
    return found


def _of_effect(effect: Effect) -> Iterator[Problem]:
    kind = effect.kind
    if kind in (EffectKind.PERCENT, EffectKind.BUY_GET) and not 0 < effect.percent <= 100:
        yield _problem("effect.percent", "range", f"{effect.percent} is not above 0 and up to 100", effect.percent)
    if kind in (EffectKind.AMOUNT, EffectKind.AMOUNT_EACH) and not 0 < effect.amount <= _LARGEST:
        yield _problem("effect.amount", "not_positive", f"{effect.amount} takes nothing off", effect.amount)
    if kind is EffectKind.FIXED_PRICE:
        yield from _between("effect.amount", effect.amount, 0, _LARGEST)
    if kind is EffectKind.BUY_GET:
        for name in ("buy", "get"):
            if not 0 < getattr(effect, name) <= _LARGEST:
                words = f"{getattr(effect, name)} is no number of units"
                yield _problem(f"effect.{name}", "not_positive", words, getattr(effect, name))
    if kind is EffectKind.FREE_ITEM:
        if not effect.free_sku:
            yield _problem("effect.free_sku", "missing", "say which product is free")
        if not 0 < effect.free_quantity <= _LARGEST:
            words = f"{effect.free_quantity} is no quantity"
            yield _problem("effect.free_quantity", "not_positive", words, effect.free_quantity)
        yield from _between("effect.buy", effect.buy, 0, _LARGEST)
    if effect.most_times is not None and effect.most_times < 1:
        yield _problem("effect.most_times", "not_positive", f"{effect.most_times} times is never", effect.most_times)


def of_coupon(item: Coupon) -> list[Problem]:
    """Everything that is wrong with a coupon."""
    found = list(_days(item.starts_on, item.ends_on))
    code = coupon_code(item.code)
    if not code or len(code) > 40 or any(ch.isspace() for ch in code):
        found.append(_problem("code", "code", f"{item.code!r} is no code of 1 to 40 signs without spaces", item.code))
    if not item.promotion:
        found.append(_problem("promotion", "missing", "say which promotion the coupon opens"))
    for name in ("most_uses", "most_per_customer"):
        value = getattr(item, name)
        if value is not None and value < 1:
            found.append(_problem(name, "not_positive", f"{value} uses are none", value))
    return found


def of_delivery_rule(item: DeliveryRule) -> list[Problem]:
    """Everything that is wrong with a rule for delivery charges."""
    found = [*_named(item.name), *_currency(item.currency), *_between("charge", item.charge, 0, _LARGEST)]
    found += _between("free_from", item.free_from, 0, _LARGEST)
    if item.method is DeliveryMethod.FLAT and item.steps:
        found.append(_problem("steps", "not_here", "a flat charge has no steps", len(item.steps)))
    before = Decimal(-1)
    for index, step in enumerate(item.steps):
        found += _between(f"steps[{index}].charge", step.charge, 0, _LARGEST)
        if step.least <= before:
            words = f"{step.least} is not above {before}, where the step before begins"
            found.append(_problem(f"steps[{index}].least", "not_rising", words, step.least))
        before = step.least
    for country in item.countries:
        if country not in country_names():
            words = f"{country!r} is no country of ISO 3166-1, such as DE"
            found.append(_problem("countries", "unknown_country", words, country))
    return found + ([] if item.tax is None else taxes.problems(item.tax, "tax"))
