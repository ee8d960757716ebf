"""What is owed to customers: by customer, and by year of issue, with what ends soon and what has ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.core.errors import NotFound
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.parties.service import save_customer
from app.pipeline.owed import SOON, liabilities, owed_to
from app.rewards.giving import redeem_gift_card, sell_gift_card, write_off_expired
from app.rewards.lots import Origin
from app.store.store import Store
from tests.builders import DAY, a_customer, do


@pytest.fixture
def customer(store: Store) -> int:
    return do(store, save_customer, a_customer()).ids["customer"]


def sold(store: Store, customer: int, amount: int, on: date = DAY, until: date | None = None) -> str:
    return do(store, sell_gift_card, customer, on=on, currency="EUR", amount=amount, expires_on=until).numbers[1]


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
        assert liabilities(session, DAY) == []


def test_by_year_of_issue_and_what_ends(store: Store, customer: int) -> None:
    before = DAY.replace(year=DAY.year - 1)
    soon, gone = DAY + timedelta(days=SOON), DAY - timedelta(days=1)
    do(store, redeem_gift_card, customer, on=DAY, code=sold(store, customer, 700, before, soon))
    sold(store, customer, 500, before, gone)
    sold(store, customer, 300, DAY, soon + timedelta(days=1))
    with store.read() as session:
        found = liabilities(session, DAY)
        roles = (Role.CUSTOMER_CREDIT.value, Role.GIFT_CARD_LIABILITY.value)
        in_books = session.value(
            select(func.sum(journal_line.c.credit - journal_line.c.debit))
            .join_from(journal_line, journal_entry)
            .where(journal_line.c.role.in_(roles))
        )
    assert [(one.issued_in, one.origin, one.left, one.ending, one.lapsed) for one in found] == [
        (before.year, Origin.GIFT_CARD, 500, 0, 500),
        (DAY.year, Origin.GIFT_CARD, 1000, 700, 0),
    ]
    assert sum(one.left for one in found) == in_books
    do(store, write_off_expired, on=DAY)
    with store.read() as session:
        assert [one.lapsed for one in liabilities(session, DAY)] == [0]
