"""A deal is cancelled half-way, by hand: what was received stays, what was paid in advance is the customer's."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import D, Hands, Typed


def test_cancellation_half_way(hands: Hands) -> None:
    # 4 x 100.00 = 400.00 + 76.00 = 476.00; deposit 50 % = 238.00; each 119.00
    kayaks = Typed("Kayak", "4", "100.00", cost="70.00")
    hands.quote(kayaks, signed=True, deposit_kind="percent", deposit_percent=D(50))
    hands.on(3, 3)
    hands.pay(23800)
    hands.on(3, 4)
    hands.dispatch({1: "1"})
    assert "in transit" in hands.reason(Verb.CANCEL)
    hands.on(3, 5)
    hands.receive()
    assert hands.reason(Verb.REFUND) == "The customer has no credit."

    hands.on(3, 6)
    hands.cancel("The lake dried up")
    assert hands.screen.badge() == ("Cancelled", "neutral")
    now = hands.now()
    assert (now["deal"]["state"], now["contract"]["state"]) == ("cancelled", "cancelled")
    assert entry_of(now, "S-2026-0001", "Deposit freed") == {
        "contract_liability": "119.00",
        "customer_credit": "-119.00",
    }
    assert (now["customer_credit"], now["payments"][0]["unallocated"]) == ("119.00", "119.00")
    assert (now["invoices"][0]["state"], now["customer_balance"], balance(now, "revenue")) == ("paid", "0.00", -100)
    assert hands.reason(Verb.DISPATCH) == hands.reason(Verb.CANCEL) == "The deal is cancelled."

    hands.open("refund")
    hands.wizard.page().fields["amount"].set_value(11901)
    assert any("119.00" in words for words in hands.refused())
    hands.leave()
    hands.on(3, 9)
    hands.refund(11900)
    now = hands.now()
    assert (now["customer_credit"], now["payments"][0]["unallocated"], balance(now, "bank")) == ("0.00", "0.00", 119)
    # The one that was received may still come back.
    hands.on(3, 10)
    hands.give_back({1: "1"})
    now = hands.now()
    assert (now["customer_credit"], balance(now, "revenue"), now["deal"]["state"]) == ("119.00", 0, "cancelled")


def test_an_invoice_is_still_paid_after_cancellation(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.dispatch({1: "1"})
    hands.receive()
    hands.cancel()
    # 119.00 are open; of 150.00 the rest can be no deposit any more.
    hands.pay(15000)
    now = hands.now()
    assert (now["invoices"][0]["state"], now["customer_credit"]) == ("paid", "31.00")
    assert balance(now, "contract_liability") == 0


def test_before_a_contract_there_is_only_the_deal_to_cancel(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"))
    hands.cancel("Asked somebody else")
    now = hands.now()
    assert (now["deal"]["state"], now["contract"], now["quote"]["state"]) == ("cancelled", None, "sent")
    assert hands.reason(Verb.ACCEPT_QUOTE) == "The deal is cancelled."
    assert hands.deal_page().head.next.primary.isHidden()
    assert all(hands.reason(verb) for verb in Verb)


def test_a_deal_that_is_delivered_has_nothing_to_cancel(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.dispatch()
    hands.receive()
    assert hands.reason(Verb.CANCEL)


def test_an_unsigned_contract_is_cancelled_with_its_deposit(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"))
    hands.accept()
    hands.pay(5000)
    hands.cancel()
    now = hands.now()
    assert (now["contract"]["state"], now["customer_credit"]) == ("cancelled", "50.00")
    assert hands.reason(Verb.SIGN_CONTRACT) == "The deal is cancelled."
