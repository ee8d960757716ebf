"""Which discount for paying early a payment takes, in the draft and by the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotAllowed
from app.payments import draft as drafts
from app.payments.draft import Owed, Payable, PaymentDraft
from app.payments.early import EarlyOffer, less_discounts, most_for, taken_as_asked, taken_by_itself
from app.payments.rules import OpenInvoice

DAY, LAST, LATE = date(2026, 3, 2), date(2026, 3, 12), date(2026, 3, 13)
FIRST, SECOND = OpenInvoice(11, "INV-2026-0001", 12100), OpenInvoice(12, "INV-2026-0002", 5000)
OFFERS = {11: EarlyOffer(242, LAST), 12: EarlyOffer(100, LATE)}
OWED = Owed("EUR", (Payable(FIRST, 1, DAY, OFFERS[11]), Payable(SECOND, 2, DAY, OFFERS[12])))


@pytest.mark.parametrize(
    ("amount", "on", "taken"),
    [
        (11858, LAST, [242]),
        (11858, LATE, []),
        (12100, LAST, []),
        (11857, LAST, []),
        (11858 + 4900, LAST, [242, 100]),
        (12100 + 4900, LATE, [100]),
        (12100 + 5000, LAST, []),
        (99999, LAST, []),
    ],
)
def test_what_is_left_open_exactly_is_taken(amount: int, on: date, taken: list[int]) -> None:
    found = taken_by_itself(amount, [FIRST, SECOND], OFFERS, on)
    assert [item.amount for item in found] == taken
    left = less_discounts([FIRST, SECOND], found)
    assert sum(invoice.open for invoice in left) == 17100 - sum(taken)


def test_without_an_offer_nothing_is_taken() -> None:
    assert taken_by_itself(11858, [FIRST], {}, DAY) == ()
    assert taken_by_itself(100, [FIRST], {11: EarlyOffer(12100, LAST)}, DAY) == ()
    with pytest.raises(NotAllowed, match="No discount"):
        taken_as_asked(100, 1, "", DAY, FIRST, None, "EUR")
    with pytest.raises(NotAllowed, match="No discount"):
        taken_as_asked(100, 1, "", DAY, None, None, "EUR")


@given(st.integers(1, 10**6), st.data())
def test_a_part_takes_its_part_at_most(open_now: int, data: st.DataObject) -> None:
    invoice = OpenInvoice(1, "INV-1", open_now)
    offer = EarlyOffer(data.draw(st.integers(0, open_now)), LAST)
    amount = data.draw(st.integers(1, open_now))
    most = most_for(amount, invoice, offer)
    assert 0 <= most <= offer.amount
    if amount >= open_now - offer.amount:
        assert most == offer.amount


def test_the_draft_shows_what_the_payment_takes() -> None:
    found = drafts.division(OWED, PaymentDraft(DAY, 11858))
    assert [(item.number, part) for item, part in found.invoices] == [("INV-2026-0001", 11858)]
    assert [(item.number, part) for item, part in found.discounts] == [("INV-2026-0001", 242)]
    assert (found.deposit, found.credit) == (0, 0)
    assert drafts.early_price(OWED, PaymentDraft(DAY)) == 11858
    assert drafts.early_price(OWED, PaymentDraft(DAY, place=2)) == 4900
    assert drafts.early_price(OWED, PaymentDraft(LATE)) is None
    assert drafts.early_price(Owed("EUR"), PaymentDraft(DAY)) is None


def test_a_discount_that_is_not_offered_is_a_problem_of_its_field() -> None:
    asked = PaymentDraft(DAY, 11000, discount=300)
    (problem,) = drafts.payment_problems(OWED, asked, "payment")
    assert (problem.field, problem.code, problem.values) == ("discount", "above_offer", {"most": 224})
    assert "3.00 is asked, but 2.24 is offered" in problem.message  # 2.42 x 110.00 / 118.58
    assert drafts.division(OWED, asked).discounts == ()
    assert drafts.payment_problems(OWED, replace(asked, discount=224), "payment") == []
    late = PaymentDraft(LATE, 11858, discount=242)
    assert [problem.field for problem in drafts.payment_problems(OWED, late, "payment")] == ["discount_reason"]
    assert drafts.payment_problems(OWED, replace(late, discount_reason="Bank holiday"), "payment") == []
