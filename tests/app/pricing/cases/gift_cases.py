"""What promotions give on top, coupons, and prices that are a percentage of others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.catalog.rules import Kind
from app.pricing.book import PriceBook
from tests.app.pricing.cases.case import (
    HAND,
    MUG,
    TYPED,
    Asked,
    Case,
    Method,
    Stacking,
    a_list,
    ask,
    entry,
    get,
    gift,
    known,
    of_lists,
    of_promotions,
    off,
    service,
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


GIFTS = (
    _one("buy two get one, two", f"{HAND}: the third is not there", "20.00", get("2", "1"), line=ask("A", "2")),
    _one("buy two get one, three", f"{HAND}: one of three free", "20.00", get("2", "1"), line=ask("A", "3")),
    _one("buy two get one, five", f"{HAND}: one full set", "40.00", get("2", "1"), line=ask("A", "5")),
    _one("buy two get one, six", f"{HAND}: two full sets", "40.00", get("2", "1"), line=ask("A", "6")),
    _one(
        "buy two get one, once only",
        f"{HAND}: does not repeat",
        "50.00",
        get("2", "1", repeats=False),
        line=ask("A", "6"),
    ),
    _one(
        "buy two get one, twice at most",
        f"{HAND}: two of nine",
        "70.00",
        get("2", "1", most_times=2),
        line=ask("A", "9"),
    ),
    _one("the second at half price", f"{HAND}: 10 + 5", "15.00", get("1", "1", "50"), line=ask("A", "2")),
    _one("buy one get one", f"{HAND}: every second free: 3 of 7", "40.00", get("1", "1"), line=ask("A", "7")),
    _of(
        "buy two get two",
        "platform.fynd.com, Buy X Items Get Y Items Free: the two cheapest of four, 5000 to pay",
        tuple(ask(f"I{i}", "1", price) for i, price in enumerate(("2000.00", "1500.00", "3000.00", "1000.00"))),
        ("2000.00", "0.00", "3000.00", "0.00"),
        get("2", "2"),
    ),
    _of(
        "the cheapest is free",
        f"{HAND}: of 10, 8 and 12 the 8",
        (ask("A"), ask("B", "1", "8.00"), ask("C", "1", "12.00")),
        ("10.00", "0.00", "12.00"),
        get("2", "1"),
    ),
    _of(
        "equally cheap: the earlier line",
        f"{HAND}: the first of two",
        (ask("A"), ask("B")),
        ("0.00", "10.00"),
        get("1", "1"),
    ),
    _of(
        "the cheapest over two lines",
        f"{HAND}: 2 sets of 3: both of B",
        (ask("A", "4"), ask("B", "2", "8.00")),
        ("40.00", "0.00"),
        get("2", "1"),
    ),
    _of(
        "more free than the cheapest line has",
        f"{HAND}: 3 free: one of B, two of A",
        (ask("A", "5"), ask("B", "1", "8.00")),
        ("30.00", "0.00"),
        get("1", "1"),
    ),
    _of(
        "buy A get B",
        f"{HAND}: 2 of A, so 1 of B free",
        (ask("A", "2"), ask("B", "1", "8.00")),
        ("20.00", "0.00"),
        get("2", "1", skus=("A",), get_skus=("B",)),
    ),
    _of(
        "buy A get B, as often as bought",
        f"{HAND}: 5 of A are two sets, 2 of 3 B free",
        (ask("A", "5"), ask("B", "3", "8.00")),
        ("50.00", "8.00"),
        get("2", "1", skus=("A",), get_skus=("B",)),
    ),
    _of(
        "buy A get B, B is not there",
        f"{HAND}: nothing to get",
        (ask("A", "2"),),
        ("20.00",),
        get("2", "1", skus=("A",), get_skus=("B",)),
    ),
    _of(
        "a third of a line free rounds once",
        f"{HAND}: 3 x 3.335 = 10.01; a third is 3.34",
        (ask("A", "3", "3.335"),),
        ("6.67",),
        get("2", "1"),
    ),
    _of(
        "in kilograms",
        f"{HAND}: 4.5 kg are one set of 3: 1 kg free",
        (ask("A", "4.5", "2.00"),),
        ("7.00",),
        get("2", "1"),
    ),
    _of(
        "buy two get one against 40 percent",
        f"{HAND}: 10 against 12",
        (ask("A", "3"),),
        ("18.00",),
        get("2", "1"),
        off("40"),
    ),
    _of(
        "buy two get one with ten percent on what is left",
        f"{HAND}: 90 % of 30 = 27, of which a third",
        (ask("A", "3"),),
        ("18.00",),
        get("2", "1", stacking=_COMPOUND),
        off("10", stacking=_COMPOUND, priority=1),
    ),
    _of(
        "a mug on top",
        f"{HAND}: worth 8.00, costs nothing",
        (_HUNDRED,),
        ("100.00",),
        gift("MUG"),
        free=(("MUG", "1"),),
    ),
    _of(
        "a mug for every ten",
        f"{HAND}: 25 are two tens",
        (ask("A", "25"),),
        ("250.00",),
        gift("MUG", "1", "10"),
        free=(("MUG", "2"),),
    ),
    _of(
        "three mugs for every ten, once",
        f"{HAND}: once",
        (ask("A", "25"),),
        ("250.00",),
        gift("MUG", "3", "10", repeats=False),
        free=(("MUG", "3"),),
    ),
    _of("nine are no ten", f"{HAND}: none", (ask("A", "9"),), ("90.00",), gift("MUG", "1", "10")),
    _of(
        "a mug from 100 on",
        f"{HAND}: 100 is enough",
        (_HUNDRED,),
        ("100.00",),
        gift("MUG", least_order="100"),
        free=(("MUG", "1"),),
    ),
    _of("a mug beside ten percent", f"{HAND}: both", (_HUNDRED,), ("90.00",), gift("MUG"), _TEN, free=(("MUG", "1"),)),
)


def _coupon(name: str, source: str, total: str, *coupons: Any, given: tuple[str, ...] = ("TEN",), **over: Any) -> Case:
    promotion = over.pop("promotion", off("10", needs_coupon=True))
    book = of_promotions(promotion, *over.pop("more", ()), coupons=coupons)
    return Case(name, source, (over.pop("line", _HUNDRED),), (total,), book, coupons=given, **over)


COUPONS = (
    _coupon("without its coupon", f"{HAND}: none given", "100.00", known("TEN"), given=()),
    _coupon("with its coupon", f"{HAND}: 10 %", "90.00", known("TEN"), used=("TEN",)),
    _coupon(
        "in small letters",
        f"{HAND}: codes are compared in capitals",
        "90.00",
        known("TEN"),
        given=(" ten",),
        used=(" ten",),
    ),
    _coupon("an unknown one", f"{HAND}: 100", "100.00", known("TEN"), given=("ELEVEN",), refused=("unknown",)),
    _coupon(
        "named twice",
        f"{HAND}: once only",
        "90.00",
        known("TEN"),
        given=("TEN", "ten"),
        used=("TEN",),
        refused=("twice",),
    ),
    _coupon("withdrawn", f"{HAND}: 100", "100.00", known("TEN", active=False), refused=("withdrawn",)),
    _coupon(
        "before its days",
        f"{HAND}: 100",
        "100.00",
        known("TEN", starts_on=DAY + timedelta(days=1)),
        refused=("not_yet",),
    ),
    _coupon("on its last day", f"{HAND}: 90", "90.00", known("TEN", ends_on=DAY), used=("TEN",)),
    _coupon(
        "after its days", f"{HAND}: 100", "100.00", known("TEN", ends_on=DAY - timedelta(days=1)), refused=("expired",)
    ),
    _coupon("its last use", f"{HAND}: 4 of 5 are used", "90.00", known("TEN", uses=4, most_uses=5), used=("TEN",)),
    _coupon("used up", f"{HAND}: 5 of 5 are used", "100.00", known("TEN", uses=5, most_uses=5), refused=("used_up",)),
    _coupon(
        "once for each customer",
        f"{HAND}: he had his",
        "100.00",
        known("TEN", uses=1, own=1, most_per_customer=1),
        refused=("used_by_customer",),
    ),
    _coupon(
        "its conditions are not met",
        f"{HAND}: 100 is below 200",
        "100.00",
        known("TEN"),
        refused=("not_met",),
        promotion=off("10", needs_coupon=True, least_order="200"),
    ),
    _coupon(
        "another offer is better",
        f"{HAND}: 20 % without it",
        "80.00",
        known("TEN"),
        more=(off("20", "More"),),
        refused=("beaten",),
    ),
    _coupon(
        "a coupon acts on a typed price",
        f"{HAND}: 100 typed, less 10 %",
        "90.00",
        known("TEN"),
        used=("TEN",),
        line=ask("A", "1", "100.00", is_typed=True),
    ),
)

_PLANS = a_list(entry("15", "PLAN", Method.PERCENT_OF_TOTAL, of_category="Hardware"))


def _plan(
    name: str, source: str, lines: tuple[Asked, ...], expect: tuple[str, ...], book: PriceBook, **over: Any
) -> Case:
    return Case(name, source, (*lines, over.pop("plan", service("PLAN"))), expect, book, **over)


_HARD = ask("A", "2", "500.00", category="Hardware")

PERCENTAGES = (
    _plan(
        "15 percent of hardware",
        "features.md P04: service plan = 15 % of hardware lines; by hand: 15 % of 1,000",
        (_HARD,),
        ("1000.00", "150.00"),
        of_lists(_PLANS),
    ),
    _plan(
        "not of other lines",
        f"{HAND}: the 50.00 of Gear do not count",
        (_HARD, _FIFTY),
        ("1000.00", "50.00", "150.00"),
        of_lists(_PLANS),
    ),
    _plan("of nothing", f"{HAND}: no hardware, no price to speak of", (_FIFTY,), ("50.00", "0.00"), of_lists(_PLANS)),
    _plan(
        "of what promotions leave",
        f"{HAND}: 15 % of 900",
        (_HARD,),
        ("900.00", "135.00"),
        PriceBook((_PLANS,), promotions=(_TEN,)),
    ),
    _plan(
        "of what typed discounts leave",
        f"{HAND}: 15 % of 995",
        (ask("A", "2", "500.00", category="Hardware", reductions=(TYPED,)),),
        ("995.00", "149.25"),
        of_lists(_PLANS),
    ),
    _plan(
        "of all lines that are none themselves",
        f"{HAND}: 10 % of 150",
        (_HUNDRED, _FIFTY),
        ("100.00", "50.00", "15.00"),
        of_lists(a_list(entry("10", "PLAN", Method.PERCENT_OF_TOTAL))),
    ),
    _plan(
        "two for all do not count each other",
        f"{HAND}: 10 % and 5 % of 100",
        (_HUNDRED, service("MORE")),
        ("100.00", "5.00", "10.00"),
        of_lists(a_list(entry("10", "PLAN", Method.PERCENT_OF_TOTAL), entry("5", "MORE", Method.PERCENT_OF_TOTAL))),
    ),
    _plan(
        "one of a category with another in it",
        f"{HAND}: 10 % of 1,000 is 100; 50 % of that is 50",
        (_HARD, service("BASE", category="Care")),
        ("1000.00", "100.00", "50.00"),
        of_lists(
            a_list(
                entry("10", "BASE", Method.PERCENT_OF_TOTAL, of_category="Hardware"),
                entry("50", "PLAN", Method.PERCENT_OF_TOTAL, of_category="Care"),
            )
        ),
    ),
    _plan(
        "never of itself",
        f"{HAND}: the plan is Hardware too, and counts not",
        (_HARD,),
        ("1000.00", "150.00"),
        of_lists(_PLANS),
        plan=service("PLAN", category="Hardware"),
    ),
    _plan(
        "two of them",
        f"{HAND}: 2 x 150",
        (_HARD,),
        ("1000.00", "300.00"),
        of_lists(_PLANS),
        plan=ask("PLAN", "2", None, kind=Kind.SERVICE),
    ),
    _plan(
        "typed instead",
        f"{HAND}: 99.00 was typed",
        (_HARD,),
        ("1000.00", "99.00"),
        of_lists(_PLANS),
        plan=ask("PLAN", "1", "99.00", is_typed=True),
    ),
    _plan(
        "a third of a percent rounds on the line",
        f"{HAND}: 0.333333 % of 1,000 = 3.33333",
        (_HARD,),
        ("1000.00", "3.33"),
        of_lists(a_list(entry("0.333333", "PLAN", Method.PERCENT_OF_TOTAL))),
    ),
)

CASES = (*GIFTS, *COUPONS, *PERCENTAGES)
