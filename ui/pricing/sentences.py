"""A promotion in plain sentences: what it gives, and when."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from app.pricing.book import Conditions, Counted, Effect, EffectKind, Promotion
from ui import formats
from ui.pricing import texts
from ui.pricing.texts import amount, between_words, listed, number
from ui.widgets.days_words import days_words


def effect_words(item: Promotion, names: Mapping[str, str] | None = None) -> str:
    """What it gives, in a sentence; `names` are those of products by SKU."""
    effect, currency = item.effect, item.currency
    match effect.kind:
        case EffectKind.PERCENT:
            return _say("%1 off").replace("%1", formats.percent_text(effect.percent))
        case EffectKind.AMOUNT:
            return _say("%1 off all of it together").replace("%1", amount(effect.amount, currency))
        case EffectKind.AMOUNT_EACH:
            return _say("%1 off each unit").replace("%1", amount(effect.amount, currency))
        case EffectKind.FIXED_PRICE:
            return _say("%1 for a unit, where that is less").replace("%1", amount(effect.amount, currency))
        case EffectKind.BUY_GET:
            return _buy_get(effect, names or {})
        case EffectKind.FREE_ITEM:
            return _free_item(effect, names or {})


def _buy_get(effect: Effect, names: Mapping[str, str]) -> str:
    is_free = effect.percent == 100
    words = _say("buy %1, get %2 for free") if is_free else _say("buy %1, get %2 for %3 less")
    words = words.replace("%1", number(effect.buy)).replace("%2", number(effect.get))
    words = words.replace("%3", formats.percent_text(effect.percent))
    if effect.get_skus:
        words += " (" + listed(names.get(sku, sku) for sku in effect.get_skus) + ")"
    return words + _times(effect)


def _free_item(effect: Effect, names: Mapping[str, str]) -> str:
    what = f"{number(effect.free_quantity)} × {names.get(effect.free_sku, effect.free_sku)}"
    words = _say("%1 for free").replace("%1", what)
    if effect.buy:
        words += " " + _say("for every %1 bought").replace("%1", number(effect.buy))
    return words + (_times(effect) if effect.buy else "")


def _times(effect: Effect) -> str:
    if not effect.repeats:
        return ", " + _say("once")
    if effect.most_times is not None:
        return ", " + _say("%n times at most", effect.most_times)
    return ""


def limits_words(item: Promotion) -> str:
    """What limits it, in a few words."""
    found = item.conditions
    parts = [
        _say("with a coupon") if found.needs_coupon else "",
        listed(found.skus, 2) or listed(found.categories, 2),
        listed(found.groups, 2),
        _say("%n customers", len(found.customers)) if found.customers else "",
        listed(found.regions, 3),
    ]
    return " · ".join(part for part in parts if part) or _say("none")


def condition_rows(
    item: Promotion, names: Mapping[str, str] | None = None, customers: Mapping[int, str] | None = None
) -> list[tuple[str, str]]:
    """Every condition as a short word and its sentence; what does not limit is not told."""
    found, known, people = item.conditions, names or {}, customers or {}
    who = [*(people.get(key, str(key)) for key in found.customers), *found.groups]
    rows = [
        (_say("Products"), listed((known.get(sku, sku) for sku in found.skus), 8)),
        (_say("Categories"), listed(found.categories, 8)),
        (_say("Who buys"), listed(who, 8)),
        (_say("Where to"), listed(found.regions, 8)),
        (
            _say("How many"),
            _with_counted(between_words(number(found.least_quantity), number(found.most_quantity)), found),
        ),
        (
            _say("For how much"),
            _with_counted(
                between_words(amount(found.least_amount, item.currency), amount(found.most_amount, item.currency)),
                found,
            ),
        ),
        (_say("Whole order"), between_words(amount(found.least_order, item.currency), "")),
        (_say("Days"), days_words(found.starts_on, found.ends_on)),
        (_say("Coupon"), _say("only with a coupon that opens it") if found.needs_coupon else ""),
    ]
    return [(words, value) for words, value in rows if value]


def _with_counted(words: str, conditions: Conditions) -> str:
    if not words or conditions.counted is Counted.TOGETHER:
        return words
    return f"{words}, {dict(texts.counted_choices())[conditions.counted]}"


def _say(source: str, count: int = -1) -> str:
    return QCoreApplication.translate("pricing", source, None, count)
