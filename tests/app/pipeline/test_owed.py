"""What is owed to a customer besides goods."""

from __future__ import annotations

import pytest

from app.core.errors import NotFound
from app.parties.service import save_customer
from app.pipeline.owed import owed_to
from app.rewards.giving import redeem_gift_card, sell_gift_card
from app.store.store import Store
from tests.builders import DAY, a_customer, do


@pytest.fixture
def customer(store: Store) -> int:
    return do(store, save_customer, a_customer()).ids["customer"]


def sold(store: Store, customer: int, amount: int) -> str:
    return do(store, sell_gift_card, customer, on=DAY, currency="EUR", amount=amount).numbers[1]


def test_a_customer_and_her_cards(store: Store, customer: int) -> None:
    code = sold(store, customer, 5000)
    sold(store, customer, 2500)
    do(store, redeem_gift_card, customer, on=DAY, code=code)
    with store.read() as session:
        owed = owed_to(session, customer)
        with pytest.raises(NotFound):
            owed_to(session, 99)
    assert [(one.currency, one.credit) for one in owed.wallets] == [("EUR", 5000)]
    assert [(card.amount, card.left) for card in owed.cards] == [(5000, 0), (2500, 2500)]
    assert (owed.usual, owed.has_programme) == ("EUR", False)


def test_nothing_is_owed_to_a_new_one(store: Store, customer: int) -> None:
    with store.read() as session:
        assert owed_to(session, customer).wallets == ()
