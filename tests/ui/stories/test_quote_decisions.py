"""A quote is revised, declined, and expires, by hand."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.ui.by_hand import D, Hands, Typed
from ui.routes import Route


def test_a_quote_is_sent_revised_declined_and_revised_again(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), send=False, valid_days=D(10))
    draft = hands.now()
    assert (draft["deal"]["state"], draft["quote"]["state"], draft["quote"]["number"]) == ("draft", "draft", None)
    assert (draft["quote"]["valid_until"], draft["contract"], draft["documents"]) == (None, None, [])
    assert hands.reason(Verb.ACCEPT_QUOTE) == hands.reason(Verb.DECLINE_QUOTE) == "The quote was not sent yet."
    hands.on(3, 3)
    hands.send()
    now = hands.now()
    assert (now["deal"]["state"], now["quote"]["state"], now["quote"]["number"]) == ("quoted", "sent", "Q-2026-0001")
    assert now["quote"]["valid_until"] == "2026-03-13"
    assert hands.reason(Verb.SEND_QUOTE) == "The quote was sent already."

    # Three for 90.00 each: 270.00 + 51.30
    hands.on(3, 5)
    hands.revise(Typed("Kayak", "3", "90.00"))
    now = hands.now()
    assert (now["quote"]["number"], now["quote"]["revision"], now["quote"]["state"]) == ("Q-2026-0001", 2, "sent")
    assert (now["quote"]["totals"]["gross"], now["quote"]["valid_until"]) == ("321.30", "2026-03-15")
    hands.on(3, 6)
    hands.decline("Maren Voss", "Too many")
    now = hands.now()
    assert (now["quote"]["state"], now["deal"]["state"]) == ("declined", "quoted")
    hands.on(3, 7)
    assert hands.reason(Verb.ACCEPT_QUOTE) == "The quote was declined."
    possible = [verb for verb in Verb if not hands.reason(verb)]
    assert possible == [Verb.REVISE_QUOTE, Verb.CANCEL]

    # A document discount is added, the lines stay: 270.00 - 27.00 = 243.00 + 46.17
    hands.on(3, 8)
    hands.revise(whole=[("Last word", False, (D(10), None))], title="Three kayaks")
    now = hands.now()
    assert (now["quote"]["revision"], now["quote"]["totals"]["gross"]) == (3, "289.17")
    assert hands.deal_page().view().deal.title == "Three kayaks"
    hands.on(3, 9)
    hands.accept()
    now = hands.now()
    assert (now["quote"]["state"], now["deal"]["state"]) == ("accepted", "contracted")
    assert hands.reason(Verb.REVISE_QUOTE) == "The quote is accepted; amend the contract instead."
    assert now["documents"] == [
        "quote Q-2026-0001.pdf",
        "quote Q-2026-0001-r2.pdf",
        "quote Q-2026-0001-r3.pdf",
        "contract C-2026-0001.pdf",
    ]


def test_a_draft_is_revised_before_it_is_sent(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), send=False)
    hands.revise(payment="prepaid", valid_days=D(5))
    now = hands.now()
    assert (now["quote"]["state"], now["deal"]["state"], now["quote"]["number"]) == ("draft", "draft", None)
    hands.send()
    now = hands.now()
    assert (now["quote"]["number"], now["quote"]["valid_until"]) == ("Q-2026-0001", "2026-03-07")


def test_the_last_valid_day_is_the_last(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), valid_days=D(10))
    hands.on(3, 13)
    assert hands.reason(Verb.ACCEPT_QUOTE) == "The quote has expired; revise it first."
    assert hands.deal_page().head.next.primary.text() == "Revise the quote"
    hands.on(3, 12)
    hands.accept()
    assert hands.now()["quote"]["state"] == "accepted"


def test_an_expired_quote_is_revised_and_valid_again(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), valid_days=D(1))
    hands.on(3, 5)
    assert [row.state for row in hands.go(Route.to("quotes", state="expired")).table.model().rows()] == ["expired"]
    assert hands.now()["quote"]["state"] == "expired"
    hands.revise(valid_days=D(3))
    now = hands.now()
    assert (now["quote"]["state"], now["quote"]["valid_until"]) == ("sent", "2026-03-08")


def test_a_quote_over_nothing_goes_all_the_way(hands: Hands) -> None:
    # A free sample, and a line that a discount of 100 % makes free
    hands.quote(
        Typed("Sample", "1", "0.00", cost="5.00"),
        Typed("Gift", "2", "10.00", discount=(D(100), None)),
        payment="prepaid",
        signed=True,
    )
    quote = hands.now()["quote"]
    assert (quote["totals"]["gross"], quote["margin_percent"]) == ("0.00", None)
    hands.dispatch()
    hands.receive()
    now = hands.now()
    (invoice,) = now["invoices"]
    assert (invoice["totals"]["gross"], invoice["open"], invoice["state"]) == ("0.00", "0.00", "paid")
    assert (now["deal"]["state"], len(now["journal"])) == ("closed", 2)  # only the cost has moved
    hands.give_back({1: "1"})
    now = hands.now()
    assert (now["invoices"][1]["totals"]["gross"], now["customer_credit"]) == ("0.00", "0.00")
