"""Promotions: their conditions, how they stack, and amounts spread over lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.app.pricing.cases.case import (
    E3,
    HAND,
    MUG,
    TYPED,
    Asked,
    Case,
    Counted,
    EffectKind,
    Reduction,
    Stacking,
    ask,
    less,
    of_promotions,
    off,
)
from tests.builders import DAY

_ADD, _COMPOUND, _STOP, _BEST = Stacking.ADD, Stacking.COMPOUND, Stacking.STOP, Stacking.BEST_ONLY
_HUNDRED = ask("A", "1", "100.00", category="Boats")
_FIFTY = ask("B", "1", "50.00", category="Gear")
_TEN = off("10")


def _of(
    name: str, source: str, lines: tuple[Asked, ...], expect: tuple[str, ...], *promotions: Any, **over: Any
) -> Case:
    return Case(name, source, lines, expect, of_promotions(*promotions, products=(MUG,)), **over)


def _one(name: str, source: str, total: str, *promotions: Any, **over: Any) -> Case:
    """On a line of 100.00."""
    return _of(name, source, (over.pop("line", _HUNDRED),), (total,), *promotions, **over)


CONDITIONS = (
    _one("ten percent", f"{HAND}: 100 - 10", "90.00", _TEN),
    _one("of a product", f"{HAND}: for A", "90.00", off("10", skus=("A",))),
    _one("of another product", f"{HAND}: for B", "100.00", off("10", skus=("B",))),
    _one("of a category", f"{HAND}: for Boats", "90.00", off("10", categories=("Boats",))),
    _one("of another category", f"{HAND}: for Gear", "100.00", off("10", categories=("Gear",))),
    _one("of a product or a category", f"{HAND}: B or Boats", "90.00", off("10", skus=("B",), categories=("Boats",))),
    _one("for this customer", f"{HAND}: for 7", "90.00", off("10", customers=(7,))),
    _one("for another customer", f"{HAND}: for 8", "100.00", off("10", customers=(8,))),
    _one("for his group", f"{HAND}: Clubs", "90.00", off("10", groups=("Clubs", "Schools")), groups=("Clubs",)),
    _one("for another group", f"{HAND}: Schools", "100.00", off("10", groups=("Schools",)), groups=("Clubs",)),
    _one("in his country", f"{HAND}: DE", "90.00", off("10", regions=("AT", "DE"))),
    _one("in another country", f"{HAND}: AT", "100.00", off("10", regions=("AT",))),
    _one(
        "in his region, however it is written",
        f"{HAND}: Schleswig-Holstein",
        "90.00",
        off("10", regions=("schleswig-holstein",)),
        regions=("DE", "Schleswig-Holstein"),
    ),
    _one("from today on", f"{HAND}: the first day counts", "90.00", off("10", starts_on=DAY)),
    _one("until today", f"{HAND}: the last day counts", "90.00", off("10", ends_on=DAY)),
    _one("until yesterday", f"{HAND}: over", "100.00", off("10", ends_on=DAY - timedelta(days=1))),
    _one("from tomorrow on", f"{HAND}: not yet", "100.00", off("10", starts_on=DAY + timedelta(days=1))),
    _one("in another currency", f"{HAND}: euros are no yen", "100", less("10"), currency="JPY"),
    _one(
        "from five on, four", f"{HAND}: 4 x 100", "400.00", off("10", least_quantity="5"), line=ask("A", "4", "100.00")
    ),
    _one(
        "from five on, five", f"{HAND}: 500 - 50", "450.00", off("10", least_quantity="5"), line=ask("A", "5", "100.00")
    ),
    _one("at most five, six", f"{HAND}: 6 x 100", "600.00", off("10", most_quantity="5"), line=ask("A", "6", "100.00")),
    _one(
        "from an amount on, below it",
        f"{HAND}: 99.99 is not 100",
        "99.99",
        off("10", least_amount="100"),
        line=ask("A", "1", "99.99"),
    ),
    _one("from an amount on, at it", f"{HAND}: 100 - 10", "90.00", off("10", least_amount="100")),
    _one("up to an amount, above it", f"{HAND}: 100 is above 99.99", "100.00", off("10", most_amount="99.99")),
    _of(
        "quantity together",
        f"{HAND}: 3 + 2 are five",
        (ask("A", "3"), ask("B", "2")),
        ("27.00", "18.00"),
        off("10", least_quantity="5"),
    ),
    _of(
        "quantity on each line",
        f"{HAND}: only five of A",
        (ask("A", "5"), ask("B", "2")),
        ("45.00", "20.00"),
        off("10", least_quantity="5", counted=Counted.EACH_LINE),
    ),
    _of(
        "quantity of the matching lines only",
        f"{HAND}: three of A are too few",
        (ask("A", "3"), ask("B", "9")),
        ("30.00", "90.00"),
        off("10", skus=("A",), least_quantity="5"),
    ),
    _of(
        "the whole order is large enough",
        f"{HAND}: 100 + 50, 10 % off B",
        (_HUNDRED, _FIFTY),
        ("100.00", "45.00"),
        off("10", skus=("B",), least_order="150"),
    ),
    _of(
        "the whole order is too small",
        f"{HAND}: 150 is below 150.01",
        (_HUNDRED, _FIFTY),
        ("100.00", "50.00"),
        off("10", skus=("B",), least_order="150.01"),
    ),
    _of(
        "an order over 100",
        "sfcclearning.com, B2C promotion proration logic: 15 % off orders over 100: 9.00 and 7.50",
        (ask("SKU1", "1", "60.00"), ask("SKU2", "1", "50.00")),
        ("51.00", "42.50"),
        off("15", least_order="100"),
    ),
    _of(
        "an order over 100 with a product excluded",
        "sfcclearning.com, B2C promotion proration logic: SKU3 excluded: total 133.50",
        (ask("SKU1", "1", "60.00", category="in"), ask("SKU2", "1", "50.00", category="in"), ask("SKU3", "1", "40.00")),
        ("51.00", "42.50", "40.00"),
        off("15", least_order="100", categories=("in",)),
    ),
    _of(
        "four books",
        "Commerce Server, distributing percentage off discounts: 4 x 25 less 10 % are 22.50 each",
        tuple(ask(f"Book {i}", "1", "25.00") for i in range(4)),
        ("22.50",) * 4,
        off("10"),
    ),
    _one(
        "not on a typed price",
        f"{HAND}: what was typed stays",
        "100.00",
        _TEN,
        line=ask("A", "1", "100.00", is_typed=True),
    ),
    _one(
        "beside a typed discount, both of the full amount",
        f"{HAND}: 100 - 10 - 5",
        "85.00",
        _TEN,
        line=ask("A", "1", "100.00", reductions=(TYPED,)),
    ),
    _one(
        "of the price that is left of the list's",
        f"{HAND}: 90.00 less 10 %",
        "81.00",
        _TEN,
        line=ask("A", "1", "90.00"),
    ),
    _one(
        "of a part of a bundle by the bundle's product",
        f"{HAND}: 40.00 less 10 %",
        "36.00",
        off("10", skus=("KIT",)),
        line=ask("A", "1", "40.00", keeps_price=True, bundle_sku="KIT"),
    ),
    _one(
        "rounded on each line, half away from zero",
        f"{HAND}: 10.05 less 10 % = 1.005, 1.01 off",
        "9.04",
        _TEN,
        line=ask("A", "1", "10.05"),
    ),
    _one("a third of a percent", f"{HAND}: 33.333333 % of 100 = 33.33", "66.67", off("33.333333")),
)

STACKING = (
    _one(
        "two of ten compounded",
        f"{E3}: 19 % compounded",
        "81.00",
        off("10", "One", _COMPOUND),
        off("10", "Two", _COMPOUND),
    ),
    _one("two of ten added", f"{E3}: 20 % added", "80.00", off("10", "One", _ADD), off("10", "Two", _ADD)),
    _one(
        "two of ten, the best only",
        f"{HAND}: one of them",
        "90.00",
        off("10", "One"),
        off("10", "Two"),
        lost=(("Two", "better"),),
    ),
    _one(
        "the best of ten and twenty",
        f"{HAND}: twenty",
        "80.00",
        off("10", "One"),
        off("20", "Two"),
        lost=(("One", "better"),),
    ),
    _one(
        "money first, then percent",
        f"{E3}: (100 - 10) x 50 % = 45",
        "45.00",
        less("10", "Money", _COMPOUND, priority=2),
        off("50", "Half", _COMPOUND, 1),
    ),
    _one(
        "percent first, then money",
        f"{E3}: 100 x 50 % - 10 = 40",
        "40.00",
        less("10", "Money", _COMPOUND, priority=1),
        off("50", "Half", _COMPOUND, 2),
    ),
    _one(
        "added percent is of the full amount, also after money",
        f"{HAND}: 100 - 10 - 50",
        "40.00",
        less("10", "Money", _ADD, priority=2),
        off("50", "Half", _ADD, 1),
    ),
    _one(
        "stop lets none follow",
        f"{HAND}: 10 % and no more",
        "90.00",
        off("10", "One", _STOP, 2),
        off("20", "Two", _COMPOUND, 1),
        lost=(("Two", "stopped"),),
    ),
    _one(
        "stop comes after the one before it",
        f"{HAND}: 100 - 20, then 10 % of 80, then none",
        "72.00",
        off("20", "Two", _COMPOUND, 3),
        off("10", "One", _STOP, 2),
        off("5", "Three", _ADD, 1),
    ),
    _one(
        "three compounded",
        f"{HAND}: 100 x 0.9 x 0.8 x 0.95 = 68.40",
        "68.40",
        off("10", "One", _COMPOUND),
        off("20", "Two", _COMPOUND),
        off("5", "Three", _COMPOUND),
    ),
    _one(
        "three added",
        f"{HAND}: 100 - 35",
        "65.00",
        off("10", "One", _ADD),
        off("20", "Two", _ADD),
        off("5", "Three", _ADD),
    ),
    _one(
        "compound after added",
        f"{HAND}: 100 - 10, then 10 % of 90",
        "81.00",
        off("10", "One", _ADD, 2),
        off("10", "Two", _COMPOUND, 1),
    ),
    _one(
        "added after compound",
        f"{HAND}: 100 - 10, then 10 % of 100",
        "80.00",
        off("10", "One", _COMPOUND, 2),
        off("10", "Two", _ADD, 1),
    ),
    _one(
        "the best alone beats those together",
        f"{HAND}: 25 against 19",
        "75.00",
        off("10", "One", _COMPOUND),
        off("10", "Two", _COMPOUND),
        off("25", "Best"),
    ),
    _one(
        "those together beat the best alone",
        f"{HAND}: 19 against 15",
        "81.00",
        off("10", "One", _COMPOUND),
        off("10", "Two", _COMPOUND),
        off("15", "Best"),
        lost=(("Best", "better"),),
    ),
    _one(
        "priority beats more",
        f"{HAND}: 5 % has priority",
        "95.00",
        off("5", "First", _BEST, 5),
        off("30", "More"),
        lost=(("More", "better"),),
    ),
    _one(
        "priority of those together beats more alone",
        f"{HAND}: 10 % has priority",
        "90.00",
        off("10", "One", _ADD, 3),
        off("30", "Best"),
    ),
    _one(
        "the seller chose the smaller one",
        f"{HAND}: 10 % was chosen over 20 %",
        "90.00",
        off("10", "One"),
        off("20", "Two"),
        line=ask("A", "1", "100.00", chosen=("One",)),
    ),
    _one(
        "the seller chose one of those together",
        f"{HAND}: 10 % added was chosen over 20 % alone",
        "90.00",
        off("10", "One", _ADD),
        off("20", "Two"),
        line=ask("A", "1", "100.00", chosen=("One",)),
    ),
    _one(
        "hundred percent and more leave nothing",
        f"{HAND}: never below zero",
        "0.00",
        off("60", "One", _ADD),
        off("60", "Two", _ADD),
    ),
    _one(
        "never below what the typed discount leaves",
        f"{HAND}: 100 - 95 typed, so 5 of the 10 % at most",
        "0.00",
        _TEN,
        line=ask("A", "1", "100.00", reductions=(Reduction("Deal", amount=9_500),)),
    ),
    _of(
        "best only is decided on each line",
        f"{HAND}: 20 % on A, 10 % on B",
        (_HUNDRED, _FIFTY),
        ("80.00", "45.00"),
        off("10", "All"),
        off("20", "Boats", categories=("Boats",)),
    ),
    _of(
        "ten off one product, then 15 percent",
        "sfcclearning.com, B2C promotion proration logic: $10 off SKU1, then 15 %: 7.50 each, total 85.00",
        (ask("SKU1", "1", "60.00"), ask("SKU2", "1", "50.00")),
        ("42.50", "42.50"),
        less("10", "First", _COMPOUND, priority=2, skus=("SKU1",)),
        off("15", "Then", _COMPOUND, 1, least_order="100"),
    ),
)

AMOUNTS = (
    _of(
        "75 over three lines",
        f"{E3}: 38.46 / 25.00 / 11.54",
        (ask("A", "1", "500.00"), ask("B", "1", "325.00"), ask("C", "1", "150.00")),
        ("461.54", "300.00", "138.46"),
        less("75"),
    ),
    _of(
        "10 over three equal lines",
        f"{E3}: 3.34 / 3.33 / 3.33",
        (ask("A"), ask("B"), ask("C")),
        ("6.66", "6.67", "6.67"),
        less("10"),
    ),
    _of(
        "three for 22",
        "Salesforce B2C Commerce, promotion proration: 13 + 13 + 12 for 22.00 (there the last line takes "
        "the remainder, here the largest remainder: 5.48 / 5.47 / 5.05)",
        (ask("SKU1", "1", "13.00"), ask("SKU2", "1", "13.00"), ask("SKU3", "1", "12.00")),
        ("7.52", "7.53", "6.95"),
        less("16"),
    ),
    _of(
        "one yen over two lines",
        f"{HAND}: the first of two equal ones",
        (ask("A", "1", "100"), ask("B", "1", "100")),
        ("99", "100"),
        less("1", currency="JPY"),
        currency="JPY",
    ),
    _of(
        "a dinar over three",
        f"{HAND}: 1.000 over 3 x 5.000 = 0.334 / 0.333 / 0.333",
        (ask("A", "1", "5"), ask("B", "1", "5"), ask("C", "1", "5")),
        ("4.666", "4.667", "4.667"),
        less("1", currency="KWD"),
        currency="KWD",
    ),
    _of(
        "more than there is",
        f"{HAND}: 30 of 25 leaves nothing",
        (ask("A"), ask("B", "1", "15.00")),
        ("0.00", "0.00"),
        less("30"),
    ),
    _of(
        "only over the lines it is for",
        f"{HAND}: 10 off Boats",
        (_HUNDRED, _FIFTY),
        ("90.00", "50.00"),
        less("10", categories=("Boats",)),
    ),
    _one("off every unit", f"{HAND}: 3 x 1.50", "25.50", less("1.50", kind=EffectKind.AMOUNT_EACH), line=ask("A", "3")),
    _one(
        "off every piece of a box",
        f"{HAND}: 2 boxes are 24 pieces, 24 x 0.10",
        "17.60",
        less("0.10", kind=EffectKind.AMOUNT_EACH),
        line=ask("A", "2", own_quantity="24"),
    ),
    _one(
        "off every unit, not below zero",
        f"{HAND}: 10.00 is all there is",
        "0.00",
        less("12", kind=EffectKind.AMOUNT_EACH),
        line=ask("A"),
    ),
    _one("another price", f"{HAND}: 3 x 7.99", "23.97", less("7.99", kind=EffectKind.FIXED_PRICE), line=ask("A", "3")),
    _one(
        "another price that is dearer",
        f"{HAND}: 10.00 stays",
        "10.00",
        less("12", kind=EffectKind.FIXED_PRICE),
        line=ask("A"),
    ),
    _one("for nothing", f"{HAND}: a price of 0", "0.00", less("0", kind=EffectKind.FIXED_PRICE), line=ask("A")),
    _of(
        "20 off together against 15 percent on each line",
        f"{HAND}: 20 beats 15 + 0 of 100",
        (_HUNDRED,),
        ("80.00",),
        less("20", "Order"),
        off("15", "Line"),
    ),
    _of(
        "20 off together loses against more on the lines",
        f"{HAND}: 15 % of 100 and 20 % of 50 are 25",
        (_HUNDRED, _FIFTY),
        ("85.00", "40.00"),
        less("20", "Order"),
        off("15", "Boats", categories=("Boats",)),
        off("20", "Gear", categories=("Gear",)),
    ),
    _of(
        "20 off together with priority",
        f"{HAND}: 20 over 100 and 50 is 13.33 / 6.67",
        (_HUNDRED, _FIFTY),
        ("86.67", "43.33"),
        less("20", "Order", priority=1),
        off("15", "Boats", categories=("Boats",)),
        off("20", "Gear", categories=("Gear",)),
    ),
    _of(
        "off together after percent",
        f"{HAND}: 90 and 45; 27 over them is 18 / 9",
        (_HUNDRED, _FIFTY),
        ("72.00", "36.00"),
        off("10", "Ten", _COMPOUND, 2),
        less("27", "Money", _COMPOUND, priority=1),
    ),
    _of(
        "gross amounts are gross",
        f"{HAND}: 11.90 off 119.00 with tax",
        (ask("A", "1", "119.00"),),
        ("107.10",),
        less("11.90"),
        gross=True,
    ),
)

CASES = (*CONDITIONS, *STACKING, *AMOUNTS)
