"""Gift cards, goodwill, points and their expiry, as they are sold, given, spent and written off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import NotAllowed, NotFound, RuleViolation
from app.exchange.deal_file.export import export
from app.ledger.models import journal_entry, journal_line
from app.payments.rules import Method
from app.pipeline import fulfilment
from app.pipeline.proof import prove
from app.rewards.cards import new_code
from app.rewards.giving import (
    end_programme,
    give_goodwill,
    redeem_gift_card,
    redeem_points,
    sell_gift_card,
    set_programme,
    write_off_expired,
)
from app.rewards.lots import Origin
from app.rewards.models import wallet_entry
from app.rewards.points import Programme, Tier
from app.rewards.wallet import Breakage, Wallet, breakage, gift_cards, lapsed, lapsed_points, wallet
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, counts_of, do, facts_of, last_command, outcome_of, rows_of

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


def a_sale(store: Store, price: str = "100.00", **over: Any) -> int:
    """A deal of one piece at 19 %, invoiced on `DAY`; returns its id."""
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", price), **over))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def customer_of(store: Store, deal_id: int) -> int:
    return facts_of(store, deal_id).deal.customer_id


def wallet_of(store: Store, customer_id: int) -> Wallet:
    with store.read() as session:
        return wallet(session, customer_id, "EUR")


def booked(store: Store, text: str) -> dict[str, int]:
    """What the entries with a text moved by role, debits positive."""
    ids = {i + 1 for i, row in enumerate(rows_of(store, journal_entry)) if row["text"].startswith(text)}
    lines = [row for row in rows_of(store, journal_line) if row["entry_id"] in ids]
    return {row["role"]: row["debit"] - row["credit"] for row in lines}


# ------------------------------------------------------------------ gift cards
def test_a_gift_card_from_sale_to_invoice(store: Store) -> None:
    """Sold it is a liability, neither revenue nor tax; redeemed it pays, and the tax base is what it was (E13)."""
    deal_id = a_sale(store)
    customer = customer_of(store, deal_id)
    done = do(store, sell_gift_card, customer, on=DAY, currency="EUR", amount=5000, expires_on=JUNE)
    number, code = done.numbers
    assert booked(store, "Payment by bank") == {"bank": 5000, "gift_card_liability": -5000}
    with store.read() as session:
        (card,) = gift_cards(session, customer)
    assert (card.code, card.payment, card.left, card.expires_on) == (code, number, 5000, JUNE)

    typed = code.lower().replace("-", " ")
    do(store, redeem_gift_card, customer, on=DAY, code=typed)
    assert booked(store, "Gift card redeemed") == {"gift_card_liability": 5000, "customer_credit": -5000}
    found = wallet_of(store, customer)
    assert [(lot.origin, lot.left, lot.expires_on) for lot in found.lots] == [(Origin.GIFT_CARD, 5000, JUNE)]
    do(store, fulfilment.pay, deal_id, on=DAY, amount=5000, method=Method.CREDIT)
    now = outcome_of(store, deal_id)
    assert (now["invoices"][0]["open"], now["invoices"][0]["totals"]["tax"]) == ("69.00", "19.00")
    assert wallet_of(store, customer).credit == 0
    assert prove(store).problems == ()


def test_a_gift_card_is_used_once(store: Store) -> None:
    customer = customer_of(store, a_sale(store))
    code = do(store, sell_gift_card, customer, on=DAY, currency="EUR", amount=5000).numbers[1]
    do(store, redeem_gift_card, customer, on=DAY, code=code)
    before = counts_of(store)
    with pytest.raises(NotAllowed, match="redeemed before"):
        do(store, redeem_gift_card, customer, on=DAY, code=code)
    with pytest.raises(NotFound, match="No gift card with the code"):
        do(store, redeem_gift_card, customer, on=DAY, code=new_code())
    with pytest.raises(RuleViolation, match="no code of a gift card"):
        do(store, redeem_gift_card, customer, on=DAY, code=code[:-1])
    assert counts_of(store) == before


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"amount": 0}, "above zero"),
        ({"method": Method.CREDIT}, "bought with money"),
        ({"expires_on": date(2026, 3, 1)}, "the last day lies before the first"),
    ],
)
def test_a_gift_card_that_cannot_be_sold(store: Store, over: dict[str, Any], words: str) -> None:
    customer, before = customer_of(store, a_sale(store)), counts_of(store)
    given = {"on": DAY, "currency": "EUR", "amount": 5000} | over
    with pytest.raises(RuleViolation, match=words):
        do(store, sell_gift_card, customer, **given)
    assert counts_of(store) == before


def test_selling_twice_under_one_key_sells_once(store: Store) -> None:
    customer = customer_of(store, a_sale(store))
    done = []
    for _ in range(2):
        with store.write("me", "key") as session:
            done.append(sell_gift_card(session, customer, on=DAY, currency="EUR", amount=5000))
    assert done[0] == done[1]
    with store.read() as session:
        assert len(gift_cards(session)) == 1


# ------------------------------------------------------------------ goodwill and expiry
def test_goodwill_reduces_the_revenue_of_its_sale(store: Store) -> None:
    deal_id = a_sale(store)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1500, reason="Scratched", expires_on=JUNE)
    assert booked(store, "Goodwill credit: Scratched") == {"revenue": 1500, "customer_credit": -1500}
    now = outcome_of(store, deal_id)
    assert [row["amount"] for row in now["revenue"]] == ["100.00", "-15.00"]
    assert (now["customer_credit"], now["invoices"][0]["totals"]["tax"]) == ("15.00", "19.00")
    assert last_command(store)["changes"] == [["credit of Lake School", "", "15.00"]]
    assert prove(store).problems == ()


def test_a_deal_with_goodwill_cannot_be_told_by_a_deal_file(store: Store) -> None:
    deal_id = a_sale(store)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=100, reason="Late")
    with pytest.raises(RuleViolation, match="give goodwill of 2026-03-02 is nothing that a deal file can tell"):
        export(store, facts_of(store, deal_id).deal.number)


@pytest.mark.parametrize(
    ("over", "error", "words"),
    [
        ({"amount": 10001}, NotAllowed, r"More goodwill than the 100\.00"),
        ({"amount": -1}, RuleViolation, "above zero"),
        ({"reason": " "}, RuleViolation, "say what the goodwill is for"),
        ({"invoice_index": 2}, NotAllowed, "no invoice 2; the deal has 1"),
    ],
)
def test_goodwill_that_is_refused(store: Store, over: dict[str, Any], error: type[Exception], words: str) -> None:
    deal_id = a_sale(store)
    given = {"on": DAY, "invoice_index": 1, "amount": 100, "reason": "Late"} | over
    with pytest.raises(error, match=words):
        do(store, give_goodwill, deal_id, **given)


def test_what_expires_is_listed_and_then_written_off(store: Store) -> None:
    deal_id = a_sale(store)
    customer = customer_of(store, deal_id)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1500, reason="Late", expires_on=JUNE)
    do(store, sell_gift_card, customer, on=DAY, currency="EUR", amount=2000, expires_on=JUNE)
    do(store, fulfilment.record_payment, customer, on=DAY, currency="EUR", amount=900)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=400, method=Method.CREDIT)
    with store.read() as session:
        assert lapsed(session, JUNE) == []
        assert [(item.origin, item.amount) for item in lapsed(session, JULY)] == [
            (Origin.GOODWILL, 1100),
            (Origin.GIFT_CARD, 2000),
        ]
    do(store, write_off_expired, on=JULY)
    assert booked(store, "Credit expired") == {"customer_credit": 1100, "revenue": -1100}
    assert booked(store, "Gift card expired") == {"gift_card_liability": 2000, "revenue": -2000}
    assert wallet_of(store, customer).credit == 900
    with store.read() as session:
        assert breakage(session) == [
            Breakage(2026, "EUR", Origin.GIFT_CARD, 2000),
            Breakage(2026, "EUR", Origin.GOODWILL, 1100),
        ]
    before = len(rows_of(store, wallet_entry))
    do(store, write_off_expired, on=JULY)
    assert len(rows_of(store, wallet_entry)) == before
    assert prove(store).problems == ()


# ------------------------------------------------------------------ points
def test_points_from_the_sale_until_they_are_spent(store: Store) -> None:
    """E13: 2,000 with points worth 170: one point for every 20.00, each worth 1.70."""
    do(store, set_programme, Programme("EUR", Decimal("0.05"), Decimal("1.70"), 12))
    deal_id = a_sale(store, "2000.00")
    customer = customer_of(store, deal_id)
    assert booked(store, "Points promised") == {"revenue": 15668, "points_liability": -15668}
    assert outcome_of(store, deal_id)["revenue"][1]["amount"] == "-156.68"
    found = wallet_of(store, customer)
    assert (found.points_available, found.points_worth) == (0, 0)  # nothing is paid yet

    do(store, fulfilment.pay, deal_id, on=DAY, amount=238000)
    found = wallet_of(store, customer)
    assert (found.points_available, found.points_worth, found.points[0].expires_on) == (100, 17000, date(2027, 3, 2))
    do(store, redeem_points, customer, on=DAY, currency="EUR", points=40)
    # 156.68 x 40 / 100 = 62.67 of liability for 68.00 of credit
    assert booked(store, "Points redeemed") == {"points_liability": 6267, "revenue": 533, "customer_credit": -6800}
    assert wallet_of(store, customer).credit == 6800
    with pytest.raises(NotAllowed, match="only 60"):
        do(store, redeem_points, customer, on=DAY, currency="EUR", points=61)
    with pytest.raises(RuleViolation, match="above zero"):
        do(store, redeem_points, customer, on=DAY, currency="EUR", points=0)

    with store.read() as session:
        assert lapsed_points(session, date(2027, 3, 2)) == []
        assert len(lapsed_points(session, date(2027, 3, 3))) == 1
    do(store, write_off_expired, on=date(2027, 3, 3))
    assert booked(store, "Points expired") == {"points_liability": 9401, "revenue": -9401}
    with store.read() as session:
        assert breakage(session) == [Breakage(2026, "EUR", Origin.POINTS, 9401)]
    assert wallet_of(store, customer).points == ()
    assert prove(store).problems == ()


def test_points_go_back_with_what_comes_back(store: Store) -> None:
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.10")))
    deal_id = a_sale(store)
    customer = customer_of(store, deal_id)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    do(store, redeem_points, customer, on=DAY, currency="EUR", points=30)
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: Decimal("0.5")}, reason="Half of it")
    # half of 100 go; 30 of the 50 that stay are spent
    assert wallet_of(store, customer).points_available == 20
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: Decimal("0.5")}, reason="All of it")
    found = wallet_of(store, customer)
    assert (found.points, found.points_available) == ((), 0)
    assert prove(store).problems == ()


def test_tiers_and_the_end_of_a_programme(store: Store) -> None:
    do(
        store,
        set_programme,
        Programme("EUR", Decimal(1), Decimal("0.01"), tiers=(Tier("Gold", Decimal(100), Decimal(3)),)),
    )
    first, second = a_sale(store), a_sale(store)
    do(store, end_programme, "EUR")
    third = a_sale(store)
    customer = customer_of(store, third)
    for deal_id in (first, second, third):
        do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    assert [lot.points.available for lot in wallet_of(store, customer).points] == [100, 300]
    with pytest.raises(RuleViolation, match="months"):
        do(store, set_programme, Programme("EUR", Decimal(1), Decimal(1), 0))


def test_cashback_shows_in_the_wallet(store: Store) -> None:
    deal_id = a_sale(store, cashback_percent=Decimal(10))
    customer = customer_of(store, deal_id)
    assert (wallet_of(store, customer).cashback, wallet_of(store, customer).credit) == (1190, 0)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    found = wallet_of(store, customer)
    assert (found.cashback, [(lot.origin, lot.left) for lot in found.lots]) == (0, [(Origin.CASHBACK, 1190)])
