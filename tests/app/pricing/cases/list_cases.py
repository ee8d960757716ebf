"""Which price holds: lists, contract prices, methods, modes and currencies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.pricing.book import PriceBook
from tests.app.pricing.cases.case import (
    E3,
    HAND,
    TYPED,
    Case,
    D,
    Method,
    Reduction,
    a_list,
    ask,
    contract,
    entry,
    of_lists,
    tiers,
)
from tests.builders import DAY

_TOMORROW, _YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
_NINE = entry("9.00", "A")


def _one(name: str, source: str, total: str, book: PriceBook, line: Any = None, **over: Any) -> Case:
    return Case(name, source, (line or ask("A", "1", "10.00"),), (total,), book, **over)


def _method(name: str, method: Method, value: str, total: str, how: str, **over: Any) -> Case:
    line = ask("A", over.pop("quantity", "1"), over.pop("price", "10.00"), cost=over.pop("cost", "6.00"))
    return _one(name, f"{HAND}: {how}", total, of_lists(a_list(entry(value, "A", method, **over))), line)


PRECEDENCE = (
    _one("no rule", f"{HAND}: the catalogue", "10.00", PriceBook()),
    _one("a list", f"{HAND}: 9.00", "9.00", of_lists(a_list(_NINE)), lost=(("Catalogue", "rule"),)),
    _one(
        "a list may be dearer than the catalogue",
        f"{HAND}: the list says 11.00",
        "11.00",
        of_lists(a_list(entry("11.00", "A"))),
    ),
    _one("for another product", f"{HAND}: the list is for B", "10.00", of_lists(a_list(entry("9.00", "B")))),
    _one(
        "for its category",
        f"{HAND}: 8.00 for Boats",
        "8.00",
        of_lists(a_list(entry("8.00", category="Boats"))),
        ask("A", category="Boats"),
    ),
    _one(
        "for another category",
        f"{HAND}: the list is for Gear",
        "10.00",
        of_lists(a_list(entry("8.00", category="Gear"))),
        ask("A", category="Boats"),
    ),
    _one(
        "the product before its category",
        f"{HAND}: 9.00 for A beats 7.00 for Boats",
        "9.00",
        of_lists(a_list(_NINE, entry("7.00", category="Boats"))),
        ask("A", category="Boats"),
        lost=(("List", "narrower"), ("Catalogue", "rule")),
    ),
    _one(
        "the category before all",
        f"{HAND}: 8.00 for Boats beats 6.00 for all",
        "8.00",
        of_lists(a_list(entry("8.00", category="Boats"), entry("6.00"))),
        ask("A", category="Boats"),
    ),
    _one(
        "priority before the narrower one",
        f"{HAND}: 9.50 for all has priority 5",
        "9.50",
        of_lists(a_list(_NINE), a_list(entry("9.50"), name="First", priority=5)),
        lost=(("List", "priority"), ("Catalogue", "rule")),
    ),
    _one(
        "of two equal lists the one better for the buyer",
        f"{HAND}: 8.90 beats 9.00",
        "8.90",
        of_lists(a_list(_NINE), a_list(entry("8.90", "A"), name="Other")),
        lost=(("List", "dearer"), ("Catalogue", "rule")),
    ),
    _one(
        "at the same price the name decides who is named",
        f"{HAND}: 9.00 either way",
        "9.00",
        of_lists(a_list(_NINE, name="B"), a_list(_NINE, name="A")),
        lost=(("B", "name"), ("Catalogue", "rule")),
    ),
    _one(
        "a list for the group before one for all",
        f"{HAND}: 9.50 for Clubs beats 9.00 for all",
        "9.50",
        of_lists(a_list(_NINE), a_list(entry("9.50", "A"), name="Clubs", group="Clubs")),
        groups=("Clubs",),
        lost=(("List", "group"), ("Catalogue", "rule")),
    ),
    _one(
        "a list for a group he is not in",
        f"{HAND}: the other list",
        "9.00",
        of_lists(a_list(_NINE), a_list(entry("5.00", "A"), name="Clubs", group="Clubs")),
        groups=("Schools",),
    ),
    _one("a list that begins tomorrow", f"{HAND}: not yet", "10.00", of_lists(a_list(_NINE, starts_on=_TOMORROW))),
    _one("a list that begins today", f"{HAND}: the first day counts", "9.00", of_lists(a_list(_NINE, starts_on=DAY))),
    _one("a list that ends today", f"{HAND}: the last day counts", "9.00", of_lists(a_list(_NINE, ends_on=DAY))),
    _one("a list that ended yesterday", f"{HAND}: no more", "10.00", of_lists(a_list(_NINE, ends_on=_YESTERDAY))),
    _one("a list that is put away", f"{HAND}: not active", "10.00", of_lists(a_list(_NINE, active=False))),
    _one(
        "a list in another currency", f"{HAND}: dollars are no euros", "10.00", of_lists(a_list(_NINE, currency="USD"))
    ),
    _one(
        "a list gives a price where the catalogue has none",
        f"{HAND}: 9.00",
        "9.00",
        of_lists(a_list(_NINE)),
        ask("A", "1", None),
    ),
    _one(
        "a typed price beats all",
        f"{HAND}: 9.99 was typed",
        "9.99",
        of_lists(a_list(_NINE), contracts=(contract("8.00"),)),
        ask("A", "1", "9.99", is_typed=True),
        lost=(("Contract price", "typed"), ("List", "typed")),
    ),
    _one(
        "the seller chose the dearer list",
        f"{HAND}: 9.50 chosen over 9.00",
        "9.50",
        of_lists(a_list(_NINE), a_list(entry("9.50", "A"), name="Other")),
        ask("A", chosen=("Other",)),
        lost=(("List", "chosen"), ("Catalogue", "rule")),
    ),
    _one(
        "the seller chose the catalogue",
        f"{HAND}: 10.00 chosen over 9.00",
        "10.00",
        of_lists(a_list(_NINE)),
        ask("A", chosen=("Catalogue",)),
        lost=(("List", "chosen"),),
    ),
    _one(
        "a choice that is no longer there",
        f"{HAND}: the rules decide again",
        "9.00",
        of_lists(a_list(_NINE)),
        ask("A", chosen=("Gone",)),
    ),
    _one(
        "a part of a bundle keeps its allocated price",
        f"{HAND}: 3.33 was allocated",
        "3.33",
        of_lists(a_list(_NINE)),
        ask("A", "1", "3.33", keeps_price=True),
    ),
)

CONTRACTS = (
    _one(
        "a contract price beats a cheaper list",
        f"{HAND}: 9.50 was agreed",
        "9.50",
        of_lists(a_list(_NINE, priority=99), contracts=(contract("9.50"),)),
        lost=(("List", "contract"), ("Catalogue", "rule")),
    ),
    _one(
        "another customer's contract price",
        f"{HAND}: agreed with 8, asked by 7",
        "10.00",
        of_lists(contracts=(contract("9.50", customer_id=8),)),
    ),
    _one(
        "a contract price for another product",
        f"{HAND}: agreed for B",
        "10.00",
        of_lists(contracts=(contract("9.50", "B"),)),
    ),
    _one(
        "a contract price on its last day",
        f"{HAND}: the last day counts",
        "9.50",
        of_lists(contracts=(contract("9.50", ends_on=DAY),)),
    ),
    _one(
        "a contract price after its last day",
        f"{HAND}: no more",
        "10.00",
        of_lists(contracts=(contract("9.50", ends_on=_YESTERDAY),)),
    ),
    _one(
        "a contract price before its first day",
        f"{HAND}: not yet",
        "10.00",
        of_lists(contracts=(contract("9.50", starts_on=_TOMORROW),)),
    ),
    _one(
        "a contract price in another currency",
        f"{HAND}: in dollars",
        "10.00",
        of_lists(contracts=(contract("9.50", currency="USD"),)),
    ),
    _one(
        "a contract price from 10 on, for 9",
        f"{HAND}: 9 x 10.00",
        "90.00",
        of_lists(contracts=(contract("9.50", least_quantity=D(10)),)),
        ask("A", "9"),
    ),
    _one(
        "a contract price from 10 on, for 10",
        f"{HAND}: 10 x 9.50",
        "95.00",
        of_lists(contracts=(contract("9.50", least_quantity=D(10)),)),
        ask("A", "10"),
    ),
    _one(
        "a contract price with tiers",
        f"{HAND}: 20 x 9.00",
        "180.00",
        of_lists(contracts=(contract("9.50", tiers=tiers(("20", "9.00"))),)),
        ask("A", "20"),
    ),
    _one(
        "of two contract prices the one from the higher quantity",
        f"{HAND}: 10 x 9.30",
        "93.00",
        of_lists(contracts=(contract("9.00"), contract("9.30", least_quantity=D(10)))),
        ask("A", "10"),
    ),
    _one(
        "a contract price per hundred",
        f"{HAND}: 250 x 3.99 / 100 = 9.975",
        "9.98",
        of_lists(contracts=(contract("3.99", base_quantity=D(100)),)),
        ask("A", "250"),
    ),
    _one(
        "a contract price including tax on a net quote",
        f"{HAND}: 119.00 / 1.19 = 100.00",
        "100.00",
        of_lists(contracts=(contract("119.00", includes_tax=True),)),
    ),
)

METHODS = (
    _method("percent off", Method.PERCENT_OFF, "15", "8.50", "10.00 less 15 %"),
    _method(
        "percent off is not rounded on the unit",
        Method.PERCENT_OFF,
        "15",
        "701.25",
        "82.50 less 15 % is 70.125, ten are 701.25",
        price="82.50",
        quantity="10",
    ),
    _method("nothing off", Method.PERCENT_OFF, "0", "10.00", "0 % off"),
    _method("all off", Method.PERCENT_OFF, "100", "0.00", "100 % off"),
    _method(
        "percent off in tiers",
        Method.PERCENT_OFF,
        "5",
        "90.00",
        "10 x 9.00 at 10 % from 10 on",
        tiers=tiers(("10", "10")),
        quantity="10",
    ),
    _method("markup", Method.MARKUP, "25", "7.50", "6.00 plus 25 %"),
    _method("markup of nothing", Method.MARKUP, "0", "6.00", "at cost"),
    _method("markup over 100", Method.MARKUP, "150", "15.00", "6.00 x 2.5"),
    _method("margin", Method.MARGIN, "40", "10.00", "6.00 / 0.60"),
    _method(
        "margin with a price that has no end",
        Method.MARGIN,
        "30",
        "85.71",
        "6.00 / 0.70 = 8.571429; ten: 85.71429",
        quantity="10",
    ),
    _method("formula", Method.FORMULA, "0", "8.00", "6.00 x 1.25 + 0.50", formula="cost * 1.25 + 0.50"),
    _method(
        "formula with a floor",
        Method.FORMULA,
        "0",
        "9.00",
        "the larger of 6.00 x 1.2 and 90 % of 10.00",
        formula="max(cost * 1.2, list * 0.9)",
    ),
    _method(
        "formula over the quantity",
        Method.FORMULA,
        "0",
        "95.00",
        "10 x 9.50 from 10 on",
        quantity="10",
        formula="if(quantity >= 10, list * 0.95, list)",
    ),
    _one(
        "markup without a known cost does not hold",
        f"{HAND}: the catalogue",
        "10.00",
        of_lists(a_list(entry("25", "A", Method.MARKUP))),
    ),
    _one(
        "percent off without a catalogue price does not hold, another list does",
        f"{HAND}: 9.00",
        "9.00",
        of_lists(a_list(entry("5", "A", Method.PERCENT_OFF), name="P"), a_list(_NINE)),
        ask("A", "1", None),
    ),
    _one(
        "a formula that divides by zero does not hold",
        f"{HAND}: the catalogue",
        "10.00",
        of_lists(a_list(entry("0", "A", Method.FORMULA, formula="list / (cost - cost)"))),
        ask("A", cost="6.00"),
    ),
    _one(
        "computed prices in steps of five cents",
        f"{HAND}: 12.34 less 10 % = 11.106, in steps 11.10",
        "11.10",
        of_lists(a_list(entry("10", "A", Method.PERCENT_OFF), round_to=D("0.05"))),
        ask("A", "1", "12.34"),
    ),
    _one(
        "in steps half away from zero",
        f"{HAND}: 11.125 in steps of 0.05 is 11.15",
        "11.15",
        of_lists(a_list(entry("0", "A", Method.FORMULA, formula="11.125"), round_to=D("0.05"))),
    ),
    _one(
        "a markup per hundred",
        f"{HAND}: cost 0.03 plus 50 % is 0.045 each, 1,000 are 45.00",
        "45.00",
        of_lists(a_list(entry("50", "A", Method.MARKUP))),
        ask("A", "1000", "5.00", base_quantity="100", cost="0.03"),
    ),
    _one(
        "options on top of a fixed price",
        f"{HAND}: 9.00 plus options for 2.50",
        "11.50",
        of_lists(a_list(_NINE)),
        ask("A", "1", "12.50", extras="2.50"),
    ),
    _one(
        "options inside a percentage",
        f"{HAND}: 12.50 less 10 %",
        "11.25",
        of_lists(a_list(entry("10", "A", Method.PERCENT_OFF))),
        ask("A", "1", "12.50", extras="2.50"),
    ),
)

MODES = (
    _one(
        "a list with tax on a net quote",
        f"{HAND}: 11.90 / 1.19",
        "10.00",
        of_lists(a_list(entry("11.90", "A"), includes_tax=True)),
        ask("A", "1", "20.00"),
    ),
    _one(
        "a list with tax on a quote with tax",
        f"{HAND}: as it stands",
        "11.90",
        of_lists(a_list(entry("11.90", "A"), includes_tax=True)),
        ask("A", "1", "20.00"),
        gross=True,
    ),
    _one(
        "a net list on a quote with tax",
        f"{HAND}: 10.00 x 1.19",
        "11.90",
        of_lists(a_list(entry("10.00", "A"))),
        ask("A", "1", "20.00"),
        gross=True,
    ),
    _one(
        "a list with tax at 7 %",
        f"{HAND}: 9.99 / 1.07 = 9.336449, three are 28.009346",
        "28.01",
        of_lists(a_list(entry("9.99", "A"), includes_tax=True)),
        ask("A", "3", "20.00", "7"),
    ),
    _one(
        "a net list at 24 %",
        f"{HAND}: 900.00 x 1.24",
        "1116.00",
        of_lists(a_list(entry("900.00", "A"))),
        ask("A", "1", "20.00", "24"),
        gross=True,
    ),
    _one(
        "the catalogue's price is in the mode of the quote",
        f"{HAND}: 10.00 either way",
        "10.00",
        PriceBook(),
        gross=True,
    ),
    _one(
        "percent off keeps the mode of the quote",
        f"{HAND}: 10.00 less 10 %",
        "9.00",
        of_lists(a_list(entry("10", "A", Method.PERCENT_OFF), includes_tax=True)),
    ),
    _one(
        "yen",
        f"{HAND}: 3 x 1,234.5 = 3,703.5, no decimals",
        "3704",
        of_lists(a_list(entry("1234.5", "A"), currency="JPY")),
        ask("A", "3", None),
        currency="JPY",
    ),
    _one(
        "dinars",
        f"{HAND}: 3 x 1.2345 = 3.7035, three decimals",
        "3.704",
        of_lists(a_list(entry("1.2345", "A"), currency="KWD")),
        ask("A", "3", None),
        currency="KWD",
    ),
    _one(
        "yen with tax in the list",
        f"{HAND}: 1,100 / 1.1 = 1,000",
        "1000",
        of_lists(a_list(entry("1100", "A"), currency="JPY", includes_tax=True)),
        ask("A", "1", None, "10"),
        currency="JPY",
    ),
)

TYPED_REDUCTIONS = (
    Case(
        "typed money stays money",
        f"{E3}: 84,000 - 14,000 = 70,000",
        (ask("A", "1", "84000.00", reductions=(Reduction("Deal", amount=1_400_000),)),),
        ("70000.00",),
    ),
    Case(
        "a discount before tax",
        f"{E3}: 3 x 45 - 60 = 75",
        (ask("A", "3", "45.00", reductions=(Reduction("Deal", amount=6_000),)),),
        ("75.00",),
    ),
    Case(
        "rounded once, on the line",
        f"{E3}: 82.50 less 15 % x 10 = 701.25",
        (ask("A", "10", "82.50", reductions=(Reduction("Deal", percent=D(15)),)),),
        ("701.25",),
    ),
    Case(
        "a typed discount is of the price that the list gives",
        f"{HAND}: 9.00 less 5.00",
        (ask("A", reductions=(TYPED,)),),
        ("4.00",),
        of_lists(a_list(_NINE)),
    ),
)

CASES = (*PRECEDENCE, *CONTRACTS, *METHODS, *MODES, *TYPED_REDUCTIONS)
