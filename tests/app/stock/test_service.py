"""The store room's book on a real file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.catalog.rules import Kind, Product
from app.catalog.service import add_product
from app.core.errors import NotAllowed, NotFound, RuleViolation
from app.stock.queries import Kept, kept, movements, open_purchases
from app.stock.service import cancel_expected, expect_stock, receive_stock
from app.store.store import Store
from tests.builders import DAY, a_tax, counts_of, do, last_command

D = Decimal
LAMP = Product("LAMP", "Lamp", "EUR", D(30), a_tax(), stocked=True)


@pytest.fixture(autouse=True)
def _products(store: Store) -> None:
    do(store, add_product, LAMP)
    do(store, add_product, Product("LOCK", "Lock", "EUR", D(20), a_tax(), stocked=True, unit="KGM"))
    do(store, add_product, Product("TALK", "Talk", "EUR", D(20), a_tax(), kind=Kind.SERVICE))


def test_only_what_is_counted_is_kept(store: Store) -> None:
    with store.read() as session:
        assert kept(session) == [Kept(1, "LAMP", "Lamp", "C62"), Kept(2, "LOCK", "Lock", "KGM")]
        assert kept(session, ["LOCK", "TALK", "NO", ""]) == [Kept(2, "LOCK", "Lock", "KGM")]
        assert kept(session, []) == []
        assert movements(session, []) == {}


def test_a_purchase_arrives_in_two_parts_and_the_rest_never(store: Store) -> None:
    done = do(store, expect_stock, "LAMP", D(10), on=DAY, reference="PO-7")
    assert done.ids == {"product": 1, "purchase": 1}
    assert last_command(store)["happened_on"] == DAY
    do(store, receive_stock, "LAMP", D(4), on=DAY, expected_id=1)
    do(store, receive_stock, "LAMP", D("0.5"), on=DAY, expected_id=1)
    with store.read() as session:
        assert [(one.id, one.open, one.reference) for one in open_purchases(session)] == [(1, D("5.5"), "PO-7")]
    do(store, cancel_expected, 1, on=DAY, reason="sold out")
    with store.read() as session:
        assert open_purchases(session) == []
        noted = movements(session, [1, 2])
    assert [(one.kind.value, one.quantity, one.expected_id, one.note) for one in noted[1]] == [
        ("expected", 10, None, ""),
        ("received", 4, 1, ""),
        ("received", D("0.5"), 1, ""),
        ("cancelled", D("5.5"), 1, "sold out"),
    ]
    assert noted[2] == []


def test_what_is_refused_leaves_no_row(store: Store) -> None:
    do(store, expect_stock, "LAMP", D(10), on=DAY)
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="'TALK' is no product that is kept in stock"):
        do(store, expect_stock, "TALK", D(1), on=DAY)
    with pytest.raises(RuleViolation, match="above zero"):
        do(store, expect_stock, "LAMP", D(0), on=DAY)
    with pytest.raises(RuleViolation, match="above zero"):
        do(store, receive_stock, "LAMP", D(-1), on=DAY)
    with pytest.raises(NotAllowed, match="11 arrived, but only 10 of the purchase is open"):
        do(store, receive_stock, "LAMP", D(11), on=DAY, expected_id=1)
    with pytest.raises(NotAllowed, match="The purchase 1 is not of 'LOCK'"):
        do(store, receive_stock, "LOCK", D(1), on=DAY, expected_id=1)
    with pytest.raises(NotFound):
        do(store, receive_stock, "LAMP", D(1), on=DAY, expected_id=9)
    with pytest.raises(NotFound):
        do(store, cancel_expected, 9, on=DAY)
    assert counts_of(store) == rows
