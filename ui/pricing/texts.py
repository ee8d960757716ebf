"""Words of the screens of price rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.errors import Problem
from app.pricing.book import Counted, DeliveryMethod, EffectKind, Method, Reading, Stacking
from app.pricing.entry_rows import EntryRow
from app.pricing.examples import Example
from ui import formats

Badge = tuple[str, str]
"""Words and tone."""


def method_choices() -> list[tuple[Method, str]]:
    """How an entry comes to a price."""
    return [
        (Method.FIXED, _say("Price")),
        (Method.PERCENT_OFF, _say("% off the list price")),
        (Method.MARKUP, _say("% on top of the cost")),
        (Method.MARGIN, _say("% margin")),
        (Method.PERCENT_OF_TOTAL, _say("% of other lines")),
        (Method.FORMULA, _say("Formula")),
    ]


def reading_choices() -> list[tuple[Reading, str]]:
    """How tiers are read."""
    return [
        (Reading.ALL_UNITS, _say("All units")),
        (Reading.SLAB, _say("Only those beyond")),
        (Reading.BLOCK, _say("The whole line")),
    ]


def reading_words(reading: Reading) -> str:
    """What a reading means, in a sentence."""
    return {
        Reading.ALL_UNITS: _say("From that quantity on, every unit has the tier's price."),
        Reading.SLAB: _say("Only what is beyond that quantity has the tier's price; the units before keep theirs."),
        Reading.BLOCK: _say("From that quantity on, this is the price of the whole line, however much it is."),
    }[reading]


def value_words(row: EntryRow, currency: str) -> str:
    """The value of an entry as its method means it."""
    if row.method is Method.FORMULA:
        return row.of
    if row.method is Method.FIXED:
        return formats.price_text(row.value, currency) if currency else formats.decimal_text(row.value, 2)
    return formats.percent_text(row.value)


def example_words(example: Example, currency: str) -> str:
    """ "15 pieces: 10 × €5.00 + 5 × €4.00 = €70.00"."""
    parts = [
        formats.price_text(price, currency)
        if quantity is None
        else f"{formats.decimal_text(quantity)} × {formats.price_text(price, currency)}"
        for quantity, price in example.parts
    ]
    total = formats.money_text(example.total, currency)
    is_plain = len(parts) == 1 and example.parts[0][0] is None
    sums = total if is_plain else f"{' + '.join(parts)} = {total}"
    return f"{formats.decimal_text(example.quantity)}:  {sums}"


def effect_choices() -> list[tuple[EffectKind, str]]:
    """What a promotion gives."""
    return [
        (EffectKind.PERCENT, _say("A percentage off")),
        (EffectKind.AMOUNT, _say("An amount off, once for all of it")),
        (EffectKind.AMOUNT_EACH, _say("An amount off each unit")),
        (EffectKind.FIXED_PRICE, _say("Another price of the unit")),
        (EffectKind.BUY_GET, _say("Buy some, get some")),
        (EffectKind.FREE_ITEM, _say("A product on top, for free")),
    ]


def stacking_choices() -> list[tuple[Stacking, str]]:
    """How it goes together with others."""
    return [
        (Stacking.BEST_ONLY, _say("Alone")),
        (Stacking.COMPOUND, _say("One after the other")),
        (Stacking.ADD, _say("Added up")),
        (Stacking.STOP, _say("The last one")),
    ]


def stacking_words(stacking: Stacking) -> str:
    """What that means, in a sentence."""
    return {
        Stacking.BEST_ONLY: _say("Of it and the others only one acts: the higher priority, else what takes more off."),
        Stacking.COMPOUND: _say("It takes its part of what those before have left: 10 % and 10 % are 19 %."),
        Stacking.ADD: _say("It takes its part of the full amount: 10 % and 10 % are 20 %."),
        Stacking.STOP: _say("It takes its part of what is left, and none comes after it."),
    }[stacking]


def counted_choices() -> list[tuple[Counted, str]]:
    """Over what quantity and amount are counted."""
    return [
        (Counted.TOGETHER, _say("over all matching lines together")),
        (Counted.EACH_LINE, _say("on each line by itself")),
    ]


def delivery_choices() -> list[tuple[DeliveryMethod, str]]:
    """How a charge for delivery is found."""
    return [
        (DeliveryMethod.FLAT, _say("The same for every order")),
        (DeliveryMethod.BY_WEIGHT, _say("By weight")),
        (DeliveryMethod.BY_AMOUNT, _say("By the amount of the goods")),
    ]


def rule_state(begin: date | None, end: date | None, on: date, is_active: bool = True) -> Badge:
    """Whether a rule holds on a day."""
    if not is_active:
        return _say("withdrawn"), "neutral"
    if end is not None and end < on:
        return _say("ended"), "neutral"
    if begin is not None and begin > on:
        return _say("planned"), "accent"
    return _say("holds"), "ok"


def listed(words: Iterable[str], most: int = 4) -> str:
    """Names one after the other; of many, how many more there are."""
    found = list(words)
    if len(found) <= most:
        return ", ".join(found)
    more = _say("and %n more", len(found) - most)
    return f"{', '.join(found[:most])} {more}"


def between_words(least: str, most: str) -> str:
    """A range in words; "" without bounds."""
    if least and most:
        text = _say("%1 to %2")
    elif least:
        text = _say("at least %1")
    elif most:
        text = _say("at most %2")
    else:
        return ""
    return text.replace("%1", least).replace("%2", most)


def tax_mode(includes_tax: bool) -> str:
    """Whether prices include tax."""
    return _say("with tax") if includes_tax else _say("without tax")


def event_words(event: str, is_in_use: bool) -> Badge:
    """What became of a coupon in a deal."""
    if event == "kept":
        return _say("used"), "ok"
    if event == "reserved":
        return (_say("reserved"), "accent") if is_in_use else (_say("given back: the quote expired"), "neutral")
    return _say("given back"), "neutral"


def conflict_words(problem: Problem) -> str:
    """What does not fit together."""
    words = {
        "undecided": _say("%one and %other have different prices for %what, and the same priority."),
        "product_gone": _say("%rule is about %sku, which is no longer sold."),
        "no_promotion": _say("The coupon %code opens nothing: %rule has ended."),
    }.get(problem.code)
    if words is None:
        return problem.message
    for name in sorted(problem.values, key=len, reverse=True):
        words = words.replace(f"%{name}", str(problem.values[name]))
    return words


def problem_words(problem: Problem) -> str:
    """Words beside a field."""
    words = {
        "missing": _say("Please fill this in."),
        "taken": _say("Another one has this name."),
        "code": _say("1 to 40 signs without blanks, please."),
        "unknown_currency": _say("This currency is not known."),
        "unknown_country": _say("This country is not known."),
        "unknown_product": _say("There is no such product."),
        "unknown_customer": _say("There is no such customer."),
        "unknown": _say("This is not known."),
        "no_coupon_needed": _say("This promotion holds without a coupon."),
        "before_start": _say("This is before the first day."),
        "range": _say("This is too small or too large."),
        "not_positive": _say("It has to be above zero."),
        "not_rising": _say("Each tier begins above the one before."),
        "below_least": _say("This is below the least."),
        "both": _say("Either a product or a category, please."),
        "twice": _say("This is there already."),
        "block_fixed": _say("A price for the whole line has to be a fixed one."),
        "not_here": _say("This method has no tiers."),
        "percent_circle": _say("This goes round in a circle."),
        "overlap": _say("Another price for this product holds on some of these days."),
        "rate_missing": _say("Please give a rate."),
    }
    return words.get(problem.code, problem.message)


def amount(value: Decimal | None, currency: str) -> str:
    """A price or amount of a rule; "" without one."""
    return "" if value is None else formats.price_text(value, currency)


def number(value: Decimal | int | None) -> str:
    """A number; "" without one."""
    return "" if value is None else formats.decimal_text(Decimal(value))


def _say(source: str, count: int = -1) -> str:
    return QCoreApplication.translate("pricing", source, None, count)


def language() -> str:
    """The person's language, for names of countries."""
    return QLocale().name().partition("_")[0]
