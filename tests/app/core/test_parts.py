"""Invoices in parts by hand: cumulative rounding by quantity, discounts and charges with their lines."""

from __future__ import annotations

from decimal import Decimal

from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Item, Reduction, Typed, assemble, only, part_of, type_document

EUR = Basis("EUR")
STANDARD = Tax(TaxCategory.STANDARD, Decimal("19"))


def agreed(items: list[tuple[str, str]], *reductions: Reduction, basis: Basis = EUR) -> Typed:
    return type_document([Item(Decimal(q), Decimal(p), STANDARD) for q, p in items], reductions, basis)


def part(document: Typed, whole: str, before: str, now: str) -> Typed:
    """Quantities of all lines, each as a text of numbers."""
    read = [[Decimal(number) for number in text.split()] for text in (whole, before, now)]
    return part_of(document, *read)


def test_three_pieces_for_ten_make_ten() -> None:
    document = agreed([("3", "3.333333")])
    assert document.lines[0].amount == 1_000
    nets = [part(document, "3", str(done), "1").lines[0].amount for done in range(3)]
    assert nets == [333, 334, 333]


def test_a_discount_and_freight_go_with_their_lines() -> None:
    discount, freight = Reduction("Spring", amount=1_000), Reduction("Freight", amount=500, charge=True)
    document = agreed([("4", "50"), ("2", "100")], discount, freight)
    first = assemble(part(document, "4 2", "0 0", "1 2"), EUR)
    second = assemble(part(document, "4 2", "1 2", "3 0"), EUR)
    assert (first.totals.lines_net, first.totals.discounts, first.totals.charges) == (25_000, 625, 313)
    assert (second.totals.lines_net, second.totals.discounts, second.totals.charges) == (15_000, 375, 187)
    assert [line.earned for line in second.lines] == [14_812, 0]
    assert first.totals.net + second.totals.net == assemble(document, EUR).totals.net == 39_500


def test_nothing_now_is_an_empty_part() -> None:
    document = agreed([("4", "50")], Reduction("x", Decimal("10")))
    empty = assemble(part(document, "4", "2", "0"), EUR)
    assert (empty.totals.net, empty.totals.tax, empty.lines[0].earned) == (0, 0, 0)


def test_a_line_worth_nothing_may_even_have_no_quantity() -> None:
    document = agreed([("0", "5"), ("1", "5")])
    assert part(document, "0 1", "0 0", "0 1").lines[0].amount == 0


def test_gross_prices_stay_exact_over_the_parts() -> None:
    basis = Basis("EUR", prices_include_tax=True)
    document = agreed([("3", "33.33")], basis=basis)
    done = [assemble(part(document, "3", str(n), "1"), basis).totals for n in range(3)]
    assert [total.gross for total in done] == [3_333, 3_333, 3_333]
    assert [total.tax for total in done] == [532, 532, 532]
    assert assemble(document, basis).totals.tax == 1_596


def test_the_tax_of_parts_may_differ_by_a_rounding_cent() -> None:
    document = agreed([("2", "0.50")])
    parts = [assemble(part(document, "2", str(n), "1"), EUR).totals.tax for n in range(2)]
    assert (parts, assemble(document, EUR).totals.tax) == ([10, 10], 19)  # 0.095 -> 0.10 twice, and 0.19


def test_pieces_of_a_box_of_twelve() -> None:
    document = agreed([("36", "1.25")])  # E5: three boxes of twelve
    first, rest = part(document, "36", "0", "5"), part(document, "36", "5", "31")
    assert (first.lines[0].amount, rest.lines[0].amount) == (625, 3_875)


def test_some_of_the_lines_keep_their_reductions_and_drop_empty_ones() -> None:
    discount, freight = Reduction("Spring", amount=1_000), Reduction("Odd", amount=1, charge=True)
    document = agreed([("4", "50"), ("2", "100")], discount, freight)
    second = only(document, [1])
    assert [line.amount for line in second.lines] == [20_000]
    assert [piece.shares for piece in second.pieces] == [(-500,)]  # the odd cent lies on the first line alone
    assert only(document, [0, 1]) == document
