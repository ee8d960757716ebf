"""What is owed to customers by year of issue is what the books say; what expires is listed before it is written off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.pipeline import fulfilment, sales
from app.pipeline.liabilities import IssuedIn, Liabilities, early_taken, liabilities
from app.rewards.giving import give_goodwill, redeem_gift_card, sell_gift_card, set_programme, write_off_expired
from app.rewards.lots import Origin
from app.rewards.points import Programme
from app.store.store import Store
from tests.app.pipeline.proof.deals import _rewards as tell_rewards
from tests.builders import DAY, a_deal, a_line, an_offer, do

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)
COLUMNS = {
    "cashback": Role.CASHBACK_LIABILITY,
    "points": Role.POINTS_LIABILITY,
    "gift_cards": Role.GIFT_CARD_LIABILITY,
    "credit": Role.CUSTOMER_CREDIT,
}


def sale(store: Store, **terms: object) -> int:
    """200.00 and 38.00 tax on 2 March."""
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", "200.00"), **terms))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def owed(store: Store, on: date = DAY) -> Liabilities:
    with store.read() as session:
        return liabilities(session, on)


def booked(store: Store, role: Role, currency: str) -> int:
    balance = func.sum(journal_line.c.credit - journal_line.c.debit)
    statement = select(balance).join_from(journal_line, journal_entry)
    statement = statement.where(journal_line.c.role == role.value, journal_entry.c.currency == currency)
    with store.read() as session:
        return int(session.value(statement) or 0)


def agrees(store: Store, on: date = DAY) -> Liabilities:
    """Each column adds up to its account."""
    found = owed(store, on)
    for currency in {row.currency for row in found.years} | {"EUR"}:
        for name, role in COLUMNS.items():
            rows = [row for row in found.years if row.currency == currency]
            assert sum(getattr(row, name) for row in rows) == booked(store, role, currency), name
    return found


def test_columns_are_the_books(store: Store) -> None:
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.01"), 12))
    deal_id = sale(store, cashback_percent=Decimal(5))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=13800)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1000, reason="Scratch", expires_on=JUNE)
    code = do(store, sell_gift_card, 1, on=date(2025, 12, 1), currency="EUR", amount=5000).numbers[1]
    do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=3000, expires_on=JUNE)
    found = agrees(store)
    # 11.90 promised, 6.90 credited; 10.00 goodwill; the points' part of 200.00 is 1.98
    assert found.years == (
        IssuedIn(2025, "EUR", gift_cards=5000),
        IssuedIn(2026, "EUR", cashback=500, points=198, gift_cards=3000, credit=1690),
    )
    do(store, redeem_gift_card, 1, on=DAY, code=code)
    assert agrees(store).years == (IssuedIn(2026, "EUR", cashback=500, points=198, gift_cards=3000, credit=6690),)


def test_a_file_with_everything_agrees(store: Store) -> None:
    tell_rewards(store)
    assert agrees(store, date(2027, 4, 30)).years


def test_what_expires_soon_then_is_over_then_is_written_off(store: Store) -> None:
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.01"), 3))
    deal_id = sale(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=23800)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1000, reason="Scratch", expires_on=JUNE)
    do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=3000, expires_on=JUNE)
    assert owed(store).soon == ()
    soon = owed(store, date(2026, 6, 1)).soon
    assert [(item.origin, item.customer, item.amount, item.points) for item in soon] == [
        (Origin.POINTS, "Lake School", 198, 200),
        (Origin.GIFT_CARD, "", 3000, 0),
        (Origin.GOODWILL, "Lake School", 1000, 0),
    ]
    assert [item.place for item in soon] == [1, 2, 3]
    found = owed(store, JULY)
    assert (found.soon, [item.amount for item in found.over], found.breakage) == ((), [198, 3000, 1000], ())
    do(store, write_off_expired, on=JULY)
    found = agrees(store, JULY)
    assert (found.years, found.over) == ((), ())
    assert sum(row.amount for row in found.breakage) == 4198


@pytest.mark.parametrize(("first", "last", "amounts"), [(DAY, DAY, []), (DAY, date(2026, 3, 5), [476])])
def test_discounts_taken(store: Store, first: date, last: date, amounts: list[int]) -> None:
    deal_id = sale(store, payment="2/10 net 30")
    do(store, fulfilment.pay, deal_id, on=date(2026, 3, 5), amount=23324)
    with store.read() as session:
        found = early_taken(session, first, last)
    assert [row.gross for row in found] == amounts
    if found:
        (row,) = found
        assert (row.invoice, row.payment, row.customer) == ("INV-2026-0001", "P-2026-0001", "Lake School")
        assert (row.net, row.tax) == (400, 76)


@pytest.mark.parametrize(("mode", "rows"), [("if_taken", [(19600, 3724)]), ("never", [(20000, 3800)])])
def test_the_tax_of_a_period_follows_where_it_is_corrected(
    store: Store, mode: str, rows: list[tuple[int, int]]
) -> None:
    """2 % of 238.00 are 4.76: 4.00 and 0.76 of tax; where the tax is never touched it is 4.00 and the tax stays."""
    deal_id = sale(store, payment="2/10 net 30", early_tax=mode)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=23800 - (476 if mode == "if_taken" else 400))
    with store.read() as session:
        found = sales.tax(session, DAY, DAY)
    assert [(row.taxable, row.tax) for row in found] == rows
    assert booked(store, Role.OUTPUT_TAX, "EUR") == rows[0][1]
