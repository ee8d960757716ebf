"""Two revisions side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.core.totals import Reduction
from app.pricing.detail import LineDetail, Part
from app.quotes.differences import Change, Difference, What, differences
from app.quotes.rules import Proposal
from tests.builders import a_line, a_service, an_offer

KAYAK, COURSE = a_line(), a_service()


def test_the_same_offer_has_no_differences() -> None:
    assert differences(an_offer(KAYAK, COURSE), an_offer(KAYAK, COURSE)) == []


def test_lines_added_removed_and_changed() -> None:
    more = replace(KAYAK, quantity=Decimal(3), unit_price=Decimal(90))
    paddle = a_line("Paddle")
    assert differences(an_offer(KAYAK, COURSE), an_offer(more, paddle)) == [
        Difference(What.QUANTITY, Change.CHANGED, "Kayak", (Decimal(2), "C62"), (Decimal(3), "C62")),
        Difference(What.PRICE, Change.CHANGED, "Kayak", (Decimal(100), Decimal(1)), (Decimal(90), Decimal(1))),
        Difference(What.LINE, Change.ADDED, "Paddle", None, paddle),
        Difference(What.LINE, Change.REMOVED, "Course", COURSE, None),
    ]


def test_a_product_is_known_by_its_number_and_counted_where_it_stands_twice() -> None:
    named = replace(KAYAK, sku="K1")
    found = differences(an_offer(named, named), an_offer(named, replace(named, name="Boat")))
    assert found == [Difference(What.DESCRIPTION, Change.CHANGED, "Boat", ("Kayak", ""), ("Boat", ""))]


def test_discounts_and_terms() -> None:
    off = (Reduction("Season", Decimal(3)),)
    new = an_offer(replace(KAYAK, reductions=off), reductions=off, payment="prepaid", valid_days=5, clauses=("x",),
                   deposit_percent=Decimal(10))  # fmt: skip
    found = differences(an_offer(KAYAK), new)
    assert [item.what for item in found] == [
        What.DISCOUNTS, What.WHOLE_DISCOUNTS, What.PAYMENT, What.VALID_DAYS, What.DEPOSIT, What.CLAUSES,
    ]  # fmt: skip
    assert (found[2].before, found[2].after) == ("net 30", "prepaid")


def test_options_parts_cashback_coupons_and_proposals() -> None:
    detail = LineDetail(options=(("Colour", "red"),), parts=(Part("Seat", Decimal(2)),))
    new = replace(
        an_offer(replace(KAYAK, detail=detail), cashback_percent=Decimal(5)),
        coupons=("SPRING",),
        proposals=(Proposal(COURSE),),
    )
    assert differences(an_offer(KAYAK), new) == [
        Difference(What.OPTIONS, Change.CHANGED, "Kayak", (), (("Colour", "red"),)),
        Difference(What.PARTS, Change.CHANGED, "Kayak", (), ((Decimal(2), "Seat"),)),
        Difference(What.CASHBACK, Change.CHANGED, "", None, Decimal(5)),
        Difference(What.COUPONS, Change.CHANGED, "", (), ("SPRING",)),
        Difference(What.PROPOSALS, Change.CHANGED, "", (), ((Decimal(1), "Course"),)),
    ]
