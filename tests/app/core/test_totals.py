"""Totals by hand: every vector of correctness.md E1 to E3, the rulings of the deal file, and awkward documents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.core.tax import Tax, TaxCategory
from app.core.totals import (
    Assembled,
    Basis,
    Item,
    Reduction,
    TaxRounding,
    assemble,
    line_base,
    type_document,
    type_line,
)

EUR = Basis("EUR")
EUR_LINE = Basis("EUR", tax_rounding=TaxRounding.LINE)
GROSS = Basis("EUR", prices_include_tax=True)
GROSS_LINE = Basis("EUR", True, TaxRounding.LINE)


def standard(rate: str) -> Tax:
    return Tax(TaxCategory.STANDARD, Decimal(rate))


def item(price: str, rate: str = "19", quantity: str = "1", *reductions: Reduction, per: str = "1") -> Item:
    tax = standard(rate) if rate != "0" else Tax(TaxCategory.ZERO, Decimal(0))
    return Item(Decimal(quantity), Decimal(price), tax, Decimal(per), reductions)


def percent(value: str, **more: object) -> Reduction:
    return Reduction("x", Decimal(value), **more)  # type: ignore[arg-type]


def money(minor: int, **more: object) -> Reduction:
    return Reduction("x", amount=minor, **more)  # type: ignore[arg-type]


def worked(items: list[Item], *reductions: Reduction, basis: Basis = EUR) -> Assembled:
    return assemble(type_document(items, reductions, basis), basis)


def figures(document: Assembled) -> tuple[int, int, int]:
    return document.totals.net, document.totals.tax, document.totals.gross


# Vectors of E1, rounding of lines and of tax


@pytest.mark.parametrize("basis", [EUR, EUR_LINE])
@pytest.mark.parametrize(
    ("prices", "rate", "tax", "gross"),
    [
        (["8180"], "9.975", 81_596, 899_596),
        (["138.66"], "19", 2_635, 16_501),
        (["627.30", "67.59", "176.95", "12.34"], "24", 21_220, 109_638),
    ],
)
def test_tax_is_rounded_half_away_from_zero(basis: Basis, prices: list[str], rate: str, tax: int, gross: int) -> None:
    totals = worked([item(price, rate) for price in prices], basis=basis).totals
    assert (totals.tax, totals.gross) == (tax, gross)
    assert [(row.tax.rate, row.taxable, row.amount) for row in totals.breakdown] == [(Decimal(rate), gross - tax, tax)]


def test_the_two_roundings_of_tax_may_differ() -> None:
    items = [item("0.03")] * 3  # each 0.0057 -> 0.01; together 0.0171 -> 0.02
    assert figures(worked(items)) == (9, 2, 11)
    assert figures(worked(items, basis=EUR_LINE)) == (9, 3, 12)
    assert [line.tax for line in worked(items, basis=EUR_LINE).lines] == [1, 1, 1]
    assert [line.tax for line in worked(items).lines] == [1, 1, 0]


def test_with_line_rounding_each_line_keeps_the_tax_it_was_rounded_to() -> None:
    document = worked([item("100.00"), item("0.03"), item("0.03")], basis=EUR_LINE)
    assert [line.tax for line in document.lines] == [1_900, 1, 1]
    assert document.totals.tax == 1_902


@pytest.mark.parametrize(
    ("quantity", "price", "per", "currency", "net"),
    [
        ("3", "1.005", "1", "EUR", 302),  # 3.015 -> 3.02
        ("1", "1.005", "1", "EUR", 101),
        ("-1", "1.005", "1", "EUR", -101),
        ("0.333333", "3", "1", "EUR", 100),
        ("1000", "12.345678", "1", "EUR", 1_234_568),
        ("250", "4.20", "100", "EUR", 1_050),  # price for a hundred
        ("7", "10", "3", "EUR", 2_333),
        ("3", "333.5", "1", "JPY", 1_001),  # 1000.5 -> 1001
        ("3", "0.0005", "1", "KWD", 2),  # 0.0015 -> 0.002
        ("0", "99.99", "1", "EUR", 0),
        ("1000000000", "9999.999999", "1", "EUR", 999_999_999_900_000),
    ],
)
def test_quantity_times_price_is_rounded_once(quantity: str, price: str, per: str, currency: str, net: int) -> None:
    assert line_base(item(price, "19", quantity, per=per), currency) == net


# Vectors of E2, prices including tax


@pytest.mark.parametrize("basis", [GROSS, GROSS_LINE])
@pytest.mark.parametrize(
    ("prices", "rate", "net", "tax"),
    [
        (["340.00", "13.90"], "19", 29_739, 5_651),
        (["2117"], "8", 196_019, 15_681),
        (["1.19"], "19", 100, 19),
        (["0.01"], "19", 1, 0),
        (["100"], "100", 5_000, 5_000),
        (["99.99"], "0", 9_999, 0),
    ],
)
def test_with_tax_included_the_gross_stays(basis: Basis, prices: list[str], rate: str, net: int, tax: int) -> None:
    document = worked([item(price, rate) for price in prices], basis=basis)
    assert figures(document) == (net, tax, sum(int(Decimal(price) * 100) for price in prices))


def test_the_tax_of_each_gross_line() -> None:
    assert [line.tax for line in worked([item("340"), item("13.90")], basis=GROSS_LINE).lines] == [5_429, 222]


def test_net_and_tax_of_a_gross_line_are_what_was_typed() -> None:
    document = worked([item("0.01", "100"), item("0.01", "100")], basis=GROSS)  # the net cent is a tie
    assert [(line.net, line.tax) for line in document.lines] == [(1, 0), (0, 1)]


def test_line_nets_are_shares_of_the_net_of_their_group() -> None:
    document = worked([item("10"), item("10"), item("10"), item("5.35", "7")], basis=GROSS)
    assert [line.net for line in document.lines] == [841, 840, 840, 500]
    assert figures(document) == (3_021, 514, 3_535)


# Vectors of E3, discounts


def test_typed_money_stays_money() -> None:
    assert figures(worked([item("84000", "0")], money(1_400_000))) == (7_000_000, 0, 7_000_000)
    assert figures(worked([item("84000", "0", "1", money(1_400_000))]))[0] == 7_000_000
    assert figures(worked([item("84000", "0")], percent("16.67")))[0] == 8_400_000 - 1_400_280


def test_a_discount_comes_before_tax() -> None:
    assert figures(worked([item("45", "21", "3")], money(6_000))) == (7_500, 1_575, 9_075)


def test_two_percentages_are_each_of_the_base() -> None:
    assert worked([item("100", "0")], percent("10"), percent("10")).totals.net == 8_000  # 20 %, never 19 %
    assert type_line(item("100", "0", "1", percent("10"), percent("10")), "EUR").amount == 8_000


def test_a_percentage_and_money_do_not_depend_on_their_order() -> None:
    for order in ([percent("50"), money(1_000)], [money(1_000), percent("50")]):
        assert type_line(item("100", "0", "1", *order), "EUR").amount == 4_000  # E3: 100 x 50 % - 10
        assert worked([item("100", "0")], *order).totals.net == 4_000


def test_percent_of_something_else() -> None:
    assert type_line(item("200", "0", "1", percent("10", of=10_000)), "EUR").amount == 19_000
    assert worked([item("200", "0")], percent("10", of=10_000, charge=True)).totals.charges == 1_000


def test_a_document_discount_is_spread_over_the_lines() -> None:
    document = worked([item("500", "24"), item("325", "24"), item("150", "24")], money(7_500))
    assert [line.shares for line in document.lines] == [(-3_846,), (-2_500,), (-1_154,)]
    assert figures(document) == (90_000, 21_600, 111_600)
    assert [line.earned for line in document.lines] == [46_154, 30_000, 13_846]


def test_ten_over_three_equal_lines() -> None:
    document = worked([item("100"), item("100"), item("100")], money(1_000))
    assert [line.shares for line in document.lines] == [(-334,), (-333,), (-333,)]


def test_a_line_is_rounded_once_and_not_its_unit_price() -> None:
    line = type_line(item("82.50", "19", "10", percent("15")), "EUR")
    assert (line.amount, line.changes, line.before_changes) == (70_125, (-12_375,), 82_500)


def test_each_percentage_of_a_line_is_rounded_by_itself() -> None:
    line = type_line(item("0.99", "0", "1", percent("5"), percent("5"), percent("2.5", charge=True)), "EUR")
    assert line.changes == (-5, -5, 2)  # 0.0495 -> 0.05 twice, 0.02475 -> 0.02
    assert line.amount == 91


# Document reductions and tax groups

MIXED = [item("100", "19"), item("50", "7"), item("50", "7")]


def test_a_reduction_without_tax_is_split_over_the_groups_by_net() -> None:
    totals = worked(MIXED, percent("10")).totals
    assert (totals.lines_net, totals.discounts, totals.net) == (20_000, 2_000, 18_000)
    assert [(row.taxable, row.amount) for row in totals.breakdown] == [(9_000, 630), (9_000, 1_710)]


def test_its_odd_cent_goes_to_the_larger_remainder() -> None:
    document = worked([item("10", "19"), item("20", "7")], money(100))
    assert document.pieces == (-33, -67)
    assert worked([item("10", "19"), item("10", "7")], money(101)).pieces == (-51, -50)  # a tie: in file order


def test_a_reduction_with_tax_lies_in_that_group_alone() -> None:
    document = worked(MIXED, money(950, tax=standard("7"), charge=True))
    assert [row.taxable for row in document.totals.breakdown] == [10_950, 10_000]
    assert [line.shares for line in document.lines] == [(0,), (475,), (475,)]
    assert document.totals.charges == 950


def test_a_charge_whose_tax_no_line_has_makes_a_group_and_is_spread_over_all() -> None:
    document = worked(MIXED, money(1_000, tax=standard("25"), charge=True))
    assert [(row.tax.rate, row.taxable, row.amount) for row in document.totals.breakdown] == [
        (7, 10_000, 700),
        (19, 10_000, 1_900),
        (25, 1_000, 250),
    ]
    assert [line.shares for line in document.lines] == [(500,), (250,), (250,)]
    assert [line.tax for line in document.lines] == [1_900 + 125, 350 + 63, 350 + 62]
    assert document.totals.gross == 21_000 + 1_900 + 700 + 250


def test_charges_and_discounts_are_counted_apart() -> None:
    totals = worked([item("100")], money(1_000), money(250, charge=True), percent("1", charge=True)).totals
    assert (totals.lines_net, totals.discounts, totals.charges, totals.net) == (10_000, 1_000, 350, 9_350)


def test_reductions_of_lines_are_not_in_the_totals_of_the_document() -> None:
    totals = worked([item("100", "19", "1", money(1_000), money(500, charge=True))]).totals
    assert (totals.lines_net, totals.discounts, totals.charges) == (9_500, 0, 0)  # BT-107, BT-108


def test_groups_stand_in_order_of_category_and_rate() -> None:
    rows = worked([item("1", "19"), item("1", "0"), item("1", "7"), item("1", "19.00")]).totals.breakdown
    assert [(row.tax.category, row.tax.rate, row.taxable) for row in rows] == [
        ("S", 7, 100),
        ("S", 19, 200),
        ("Z", 0, 100),
    ]


def test_a_group_keeps_the_reason_of_its_exemption() -> None:
    bare, told = Tax(TaxCategory.EXEMPT, Decimal(0)), Tax(TaxCategory.EXEMPT, Decimal("0.0"), "Art. 132")
    (row,) = worked([Item(Decimal(1), Decimal(5), bare), Item(Decimal(1), Decimal(5), told)]).totals.breakdown
    assert (row.tax.exemption_reason, row.taxable) == ("Art. 132", 1_000)


@pytest.mark.parametrize("category", [category for category in TaxCategory if category is not TaxCategory.STANDARD])
@pytest.mark.parametrize("basis", [EUR, GROSS])
def test_other_categories_carry_no_tax(category: TaxCategory, basis: Basis) -> None:
    line = Item(Decimal(3), Decimal("33.33"), Tax(category, Decimal(0)))
    assert figures(worked([line], basis=basis)) == (9_999, 0, 9_999)


# Other currencies


def test_yen_have_no_decimals_and_dinars_three() -> None:
    assert figures(worked([item("333.5", "10", "3")], percent("5"), basis=Basis("JPY"))) == (951, 95, 1_046)
    assert figures(worked([item("1.2345", "5", "3")], percent("5"), basis=Basis("KWD"))) == (3_519, 176, 3_695)
    assert figures(worked([item("1080", "8")], basis=Basis("JPY", True))) == (1_000, 80, 1_080)


# Awkward documents


def test_a_document_without_lines_is_all_zero() -> None:
    document = worked([], percent("10"))
    assert (document.lines, document.pieces, figures(document), document.totals.breakdown) == ((), (), (0, 0, 0), ())


@pytest.mark.parametrize("basis", [EUR, EUR_LINE, GROSS, GROSS_LINE])
def test_free_lines_and_a_charge(basis: Basis) -> None:
    document = worked([item("0"), item("10", "19", "0")], money(1_190, charge=True), basis=basis)
    assert sum(line.earned for line in document.lines) == document.totals.net
    assert document.totals.gross == (1_190 if basis.prices_include_tax else 1_416)
    assert document.totals.lines_net == 0


@pytest.mark.parametrize("basis", [EUR, EUR_LINE, GROSS, GROSS_LINE])
def test_a_document_discounted_to_nothing(basis: Basis) -> None:
    document = worked([item("119"), item("35.70", "19")], percent("100"), basis=basis)
    assert figures(document) == (0, 0, 0)
    assert document.totals.discounts == document.totals.lines_net == (13_000 if basis.prices_include_tax else 15_470)
    assert all(line.earned == 0 for line in document.lines)


def test_a_discount_of_nearly_all_does_not_disfigure_the_lines() -> None:
    document = worked([item("1000")], money(99_999), basis=GROSS)
    assert document.totals.gross == 1
    assert document.totals.lines_net == 84_034  # in proportion to a net of one cent it would be 1,000.00
    assert document.totals.discounts == 84_033
    assert document.lines[0].tax + document.lines[0].earned == 1


def test_a_discount_over_more_than_everything_turns_the_total() -> None:
    assert figures(worked([item("100")], money(15_000))) == (-5_000, -950, -5_950)
    assert figures(worked([item("119")], money(23_800), basis=GROSS)) == (-10_000, -1_900, -11_900)


def test_a_line_that_takes_back_shares_a_discount_the_other_way() -> None:
    document = worked([item("1000"), item("200", "19", "-1")], percent("10"))
    assert [line.shares for line in document.lines] == [(-10_000,), (2_000,)]
    assert [line.earned for line in document.lines] == [90_000, -18_000]
    assert [line.tax for line in document.lines] == [17_100, -3_420]


@pytest.mark.parametrize("quantity", ["1000000000", "-1000000000"])
def test_a_line_larger_than_any_database_keeps_is_refused(quantity: str) -> None:
    with pytest.raises(RuleViolation, match="unit_price: the amount is larger"):
        worked([item("1000000000", "19", quantity)])


def test_so_is_a_sum_of_such_lines() -> None:
    with pytest.raises(RuleViolation, match="gross: the amount is larger"):
        worked([item("1000000", "19", "9999999")] * 2)


def test_ten_thousand_lines_take_no_time() -> None:
    items = [item(f"{n}.37", "19" if n % 2 else "7", "3", percent("5")) for n in range(1, 10_001)]
    totals = worked(items, percent("3"), money(995, charge=True)).totals
    assert totals.net == totals.lines_net - totals.discounts + totals.charges
