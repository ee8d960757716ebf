"""How much can be promised: what deals reserve, take and bring back, with bundles and other units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Product, SellingUnit
from app.catalog.service import add_product
from app.core.errors import RuleViolation
from app.delivery.rules import Confirmed
from app.pipeline import fulfilment, service
from app.pipeline.availability import availability, count_stock, stock_list
from app.pricing.detail import LineDetail, Part
from app.pricing.from_catalog import line_of
from app.stock.rules import Availability
from app.stock.service import expect_stock, receive_stock
from app.store.session import Session
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_tax, an_offer, counts_of, do, last_command

D = Decimal
LAMP = Product("LAMP", "Lamp", "EUR", D(30), a_tax(), stocked=True, units=(SellingUnit("BX", D(12)),))


@pytest.fixture(autouse=True)
def _products(store: Store) -> None:
    do(store, add_product, LAMP)
    do(store, add_product, replace(LAMP, sku="LOCK", name="A lock"))
    do(store, add_product, replace(LAMP, sku="FREE", name="Not counted", stocked=False))


def after(days: int) -> date:
    return DAY + timedelta(days)


def lamps(store: Store, on: date = DAY, sku: str = "LAMP") -> Availability:
    with store.read() as session:
        return availability(session, [sku], on)[sku]


def figures(store: Store, on: date = DAY, sku: str = "LAMP") -> tuple[Decimal, Decimal]:
    """On hand, and reserved."""
    found = lamps(store, on, sku)
    return found.on_hand, found.reserved


def an_order(store: Store, *lines: Any, until: str = "in_force") -> int:
    return a_deal(store, an_offer(*lines), until=until)


def of_lamps(quantity: str) -> Any:
    return a_line("Lamp", quantity, sku="LAMP")


def test_only_counted_products_are_answered_for(store: Store) -> None:
    with store.read() as session:
        assert list(availability(session, ["LAMP", "FREE", "GONE", ""], DAY)) == ["LAMP"]
        assert availability(session, [], DAY) == {}
        assert [(item.sku, item.availability.on_hand) for item in stock_list(session, DAY)] == [
            ("LOCK", 0),
            ("LAMP", 0),
        ]


def test_an_order_reserves_once_both_have_signed(store: Store) -> None:
    do(store, count_stock, "LAMP", D(10), on=DAY)
    an_order(store, of_lamps("3"), until="signed_by_one")
    assert figures(store) == (10, 0)
    an_order(store, of_lamps("4"))
    found = lamps(store)
    assert (found.on_hand, found.reserved, found.free) == (10, 4, 6)


def test_goods_leave_come_back_and_are_counted(store: Store) -> None:
    do(store, count_stock, "LAMP", D(10), on=DAY)
    deal = an_order(store, of_lamps("4"))
    do(store, fulfilment.dispatch, deal, on=after(1), quantities={1: D(3)})
    assert figures(store, after(1)) == (7, 1)
    assert figures(store, DAY) == (10, 1), "the day before it lay there still"
    do(store, fulfilment.confirm_receipt, deal, on=after(2), lines={1: Confirmed(accepted=D(2), missing=D(1))})
    assert figures(store, after(2)) == (7, 2), "what was lost has to go out once more"
    do(store, fulfilment.return_goods, deal, on=after(3), quantities={1: D(1)}, reason="wrong")
    assert figures(store, after(3)) == (8, 2)
    do(store, fulfilment.return_goods, deal, on=after(3), quantities={1: D(1)}, reason="broken", restock=False)
    assert figures(store, after(3)) == (8, 2)
    do(store, count_stock, "LAMP", D(5), on=after(3), reason="two broken, one gone")
    assert last_command(store)["changes"] == [
        ["on hand of LAMP", "8", "5"],
        ["moved on the day of the count", "0", "1"],
    ]
    do(store, fulfilment.dispatch, deal, on=after(3))
    assert figures(store, after(3)) == (3, 0), "what leaves after the count leaves"


def test_a_cancelled_deal_reserves_nothing(store: Store) -> None:
    deal = an_order(store, of_lamps("4"))
    do(store, service.cancel, deal, on=DAY, reason="no money")
    assert figures(store) == (0, 0)


def test_boxes_are_counted_in_pieces(store: Store) -> None:
    deal = an_order(store, line_of(LAMP, D(3), "EUR", "BX"))
    assert figures(store) == (0, 36)
    do(store, fulfilment.dispatch, deal, on=DAY, quantities={1: D("0.5")})
    assert figures(store) == (-6, 30)


def test_a_bundle_moves_its_parts_and_not_itself(store: Store) -> None:
    parts = (Part("Lamp", D(2), "LAMP"), Part("Lock", D("0.5"), "LOCK"), Part("Advice", D(1)))
    kit = a_line("Kit", "4", sku="LOCK", detail=LineDetail(parts=parts))
    deal = an_order(store, kit, of_lamps("1"))
    assert (figures(store), figures(store, sku="LOCK")) == ((0, 9), (0, 2))
    do(store, fulfilment.dispatch, deal, on=DAY, quantities={1: D(3)})
    assert (figures(store), figures(store, sku="LOCK")) == ((-6, 3), (D("-1.5"), D("0.5")))


def test_words_of_the_seller_are_no_parts(store: Store) -> None:
    detail = LineDetail(options=(('"parts":[{"sku":"LAMP","quantity":"9"}]', "x"),))
    an_order(store, a_line("Odd", "1", sku="ODD", detail=detail))
    assert figures(store) == (0, 0)


def test_purchases_are_promised_from_their_day(store: Store) -> None:
    do(store, expect_stock, "LAMP", D(10), on=after(5))
    an_order(store, of_lamps("4"))
    assert [lamps(store).free_on(after(days)) for days in (4, 5)] == [-4, 6]
    do(store, receive_stock, "LAMP", D(7), on=after(2), expected_id=1)
    found = lamps(store, after(2))
    assert (found.on_hand, found.incoming) == (7, ((after(5), D(3)),))
    assert lamps(store, after(6)).late == 3


def test_bad_counts_leave_no_row(store: Store) -> None:
    rows = counts_of(store)
    for sku, quantity in (("FREE", "1"), ("GONE", "1"), ("LAMP", "-1"), ("LAMP", "NaN")):
        with pytest.raises(RuleViolation):
            do(store, count_stock, sku, D(quantity), on=DAY)
    assert counts_of(store) == rows


def test_the_number_of_queries_is_the_same_for_any_number_of_products(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    real = Session.rows
    monkeypatch.setattr(Session, "rows", lambda self, *given: (asked.append(given[0]), real(self, *given))[1])
    for number in range(9):
        do(store, add_product, replace(LAMP, sku=f"L{number}"))
    asked.clear()
    with store.read() as session:
        assert len(stock_list(session, DAY)) == 11
    assert len(asked) == 4


@pytest.mark.parametrize("sku", ['1/2" Ü', "100%", "A_B\\C", "it's"])
def test_a_part_is_found_under_any_sku_and_among_any_number(store: Store, sku: str) -> None:
    do(store, add_product, replace(LAMP, sku=sku))
    for number in range(25):
        do(store, add_product, replace(LAMP, sku=f"L{number}"))
    detail = LineDetail(parts=(Part("Odd", D(2), sku),))
    deal = an_order(store, a_line("Kit", "3", sku="KIT", detail=detail))
    do(store, fulfilment.dispatch, deal, on=DAY, quantities={1: D(1)})
    assert figures(store, sku=sku) == (-2, 4)
    with store.read() as session:
        for asked in ([sku, "LAMP"], [sku, *(f"L{number}" for number in range(25))]):
            found = availability(session, asked, DAY)
            assert (found[sku].on_hand, found[sku].reserved) == (-2, 4)
            assert all(not one.reserved and not one.on_hand for name, one in found.items() if name != sku)
