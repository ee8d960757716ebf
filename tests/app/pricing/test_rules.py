"""What an offer costs, what it earns, and every step in between by name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.core.totals import Basis, Reduction
from app.pricing.rules import Line, line_cost, margin_percent, price, printed_lines, printed_totals, waterfall
from tests.builders import EUR, a_line, a_service, a_tax

GROSS = Basis("EUR", prices_include_tax=True)
SPRING = Reduction("Spring", percent=Decimal(10))
FREIGHT = Reduction("Freight", amount=900, charge=True, tax=a_tax())


def steps(
    lines: tuple[Line, ...], *reductions: Reduction, index: int = 0, basis: Basis = EUR
) -> list[tuple[str, str, int]]:
    """The waterfall of one line of an offer."""
    priced = price(lines, reductions, basis)
    columns = [(reductions[piece.reduction], column) for column, piece in enumerate(priced.typed.pieces)]
    found = waterfall(lines[index], "EUR", priced.typed.lines[index], priced.assembled, index, columns)
    total = priced.assembled.lines[index]
    assert sum(step.amount for step in found) == total.earned + total.tax
    return [(step.step.value, step.reason, step.amount) for step in found]


def test_every_step_of_a_price_by_name() -> None:
    # list 2 x 120.00, agreed 2 x 100.00; own 5 % = 10.00 off, packing 3.00; 193.00.
    # Spring 10 % of 193.00 + 57.00 = 25.00: 19.30 of it; freight 9.00: 6.948 -> 6.95. 180.65 x 19 % = 34.32
    own = (Reduction("Friends", percent=Decimal(5)), Reduction("Packing", amount=300, charge=True))
    lines = (a_line(list_price=Decimal("120.00"), reductions=own), a_line("Vest", "3", "19.00"))
    assert steps(lines, SPRING, FREIGHT) == [
        ("list", "", 24_000),
        ("contract", "Agreed price", -4_000),
        ("line_discount", "Friends", -1_000),
        ("line_charge", "Packing", 300),
        ("document_discount", "Spring", -1_930),
        ("document_charge", "Freight", 695),
        ("tax", "S", 3_432),
    ]


def test_a_step_that_changes_nothing_is_left_out_but_the_list_price_is_told() -> None:
    assert steps((a_line(price="0.00"),)) == [("list", "", 0)]
    assert steps((a_line(price="10.00", list_price=Decimal("10.00"), rate="7"),)) == [
        ("list", "", 2_000),
        ("tax", "S", 140),
    ]


def test_a_free_line_shows_what_it_is_worth() -> None:
    assert steps((a_line(price="0.00", list_price=Decimal("12.50")),)) == [
        ("list", "", 2_500),
        ("contract", "Agreed price", -2_500),
    ]


def test_prices_with_tax_fall_to_their_net_first() -> None:
    # 2 x 119.00 less 23.80 = 214.20 with 34.20 tax in it: net 180.00, of which the list price is 200.00
    own = (Reduction("Friends", percent=Decimal(10)),)
    assert steps((a_line(price="119.00", reductions=own),), basis=GROSS) == [
        ("list", "", 20_000),
        ("line_discount", "Friends", -2_000),
        ("tax", "S", 3_420),
    ]


@pytest.mark.parametrize(
    ("lines", "reductions", "field"),
    [
        ((), (), "lines"),
        ((a_line(reductions=(Reduction(amount=20_001),)),), (), "lines[0].discounts"),
        ((a_line(),), (Reduction(amount=20_001),), "discounts"),
        # the book alone would bring in 10.00 - 50.00: nobody could invoice it by itself
        ((a_line(), a_line("Book", "1", "10.00", "7")), (Reduction(amount=5_000, tax=a_tax("7")),), "discounts"),
        # 200.00 without tax, 200.00 off with 19 %: net 0.00, but tax -38.00
        ((a_line(tax=a_tax("0", "Z")),), (Reduction(amount=20_000, tax=a_tax()),), "discounts"),
    ],
    ids=["no lines", "a line below zero", "a total below zero", "a group below zero", "a gross below zero"],
)
def test_an_offer_that_cannot_be(lines: tuple[Line, ...], reductions: tuple[Reduction, ...], field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        price(lines, reductions, EUR)
    assert refused.value.problems[0].field == field
    assert all(problem.message.startswith(f"{problem.field}: ") for problem in refused.value.problems)


def test_every_line_below_zero_is_named() -> None:
    off = (Reduction(amount=30_000),)
    with pytest.raises(RuleViolation, match=r"300\.00 in all exceed the price 200\.00 of 'Kayak'") as refused:
        price((a_line(reductions=off), a_line("Vest", reductions=off)), (), EUR)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["lines[0].discounts", "lines[1].discounts", "discounts"]


@pytest.mark.parametrize(
    ("lines", "reductions", "percent"),
    [
        ((a_line(cost="70.00"),), (), "30.00"),
        # 200.00 + 480.00 - 68.00 = 612.00; costs 140.00 + 260.00: 212.00 / 612.00 = 34.640 %
        ((a_line(cost="70.00"), a_service(cost="260.00")), (SPRING,), "34.64"),
        ((a_line(cost="110.00"),), (), "-10.00"),
        ((a_line(cost="99.995"),), (), "0.01"),  # 2 x 99.995 = 199.99: 0.01 / 200.00 = 0.005 %
        ((a_line(cost="70.00"), a_service()), (), None),
        ((a_line(price="0.00", cost="1.00"),), (), None),
    ],
)
def test_the_margin_after_all_discounts(
    lines: tuple[Line, ...], reductions: tuple[Reduction, ...], percent: str | None
) -> None:
    found = margin_percent(lines, price(lines, reductions, EUR), EUR)
    assert found == (None if percent is None else Decimal(percent))
    assert found is None or str(found) == percent


def test_the_cost_of_a_line() -> None:
    assert line_cost(a_line(quantity="1.5", cost="0.333"), "EUR") == 50  # 0.4995 -> 0.50
    assert line_cost(a_line(quantity="3", cost="0.5"), "JPY") == 2  # 1.5 -> 2
    assert line_cost(a_line(), "EUR") is None


def test_what_is_printed_of_an_offer() -> None:
    own = (Reduction("Friends", percent=Decimal(5)), Reduction("Nothing", amount=0))
    lines = (a_line(reductions=own, sku="K-1"), a_line("Book", "1", "10.00", "7"))
    priced = price(lines, (SPRING, FREIGHT), EUR)
    first, second = printed_lines(lines, priced)
    assert (first.position, first.sku, first.before, first.amount, first.net) == (1, "K-1", 20_000, 19_000, 19_000)
    assert [(r.reason, r.amount, r.percent) for r in first.reductions] == [("Friends", -1_000, Decimal(5))]
    assert (second.position, second.net) == (2, 1_000)
    # 190.00 + 10.00 = 200.00 - 20.00 + 9.00; the discount is printed once, over both tax groups
    foot = printed_totals(priced.typed, priced.assembled, (SPRING, FREIGHT), prepaid=100)
    assert [(r.reason, r.amount, r.charge) for r in foot.reductions] == [
        ("Spring", -2_000, False),
        ("Freight", 900, True),
    ]
    assert (foot.lines_net, foot.discounts, foot.charges, foot.net) == (20_000, 2_000, 900, 18_900)
    # tax: (190.00 - 19.00 + 9.00) x 19 % = 34.20; (10.00 - 1.00) x 7 % = 0.63
    assert (foot.tax, foot.gross, foot.payable) == (3_483, 22_383, 22_283)
