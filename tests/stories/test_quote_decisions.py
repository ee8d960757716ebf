"""A quote is revised, declined, and expires."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, typed_line


def test_a_quote_is_sent_revised_declined_and_revised_again(store: Store) -> None:
    story = Story.of(store, signed=False, terms={"valid_days": 10})
    draft = story.now
    assert (draft["deal"]["state"], draft["quote"]["state"], draft["quote"]["number"]) == ("draft", "draft", None)
    assert (draft["quote"]["valid_until"], draft["contract"], draft["documents"]) == (None, None, [])
    assert "the quote was not sent yet" in story.refuses("accept_quote")
    assert "the quote was not sent yet" in story.refuses("decline_quote")

    now = story.then("send_quote", on="2026-03-03")
    assert (now["deal"]["state"], now["quote"]["state"], now["quote"]["number"]) == ("quoted", "sent", "Q-2026-0001")
    assert now["quote"]["valid_until"] == "2026-03-13"
    assert "the quote is sent" in story.refuses("send_quote")

    # Three for 90.00 each: 270.00 + 51.30
    now = story.then("revise_quote", on="2026-03-05", lines=[typed_line("Kayak", "3", "90.00")])
    assert (now["quote"]["number"], now["quote"]["revision"], now["quote"]["state"]) == ("Q-2026-0001", 2, "sent")
    assert (now["quote"]["totals"]["gross"], now["quote"]["valid_until"]) == ("321.30", "2026-03-15")

    now = story.then("decline_quote", on="2026-03-06", by="Maren Voss", reason="Too many")
    assert (now["quote"]["state"], now["deal"]["state"]) == ("declined", "quoted")
    message = story.refuses("accept_quote", on="2026-03-07")
    assert "the quote is declined" in message
    assert "allowed now: revise_quote, cancel" in message

    # A document discount is added, the lines stay: 270.00 - 27.00 = 243.00 + 46.17
    reduction = [{"percent": "10", "reason": "Last word"}]
    now = story.then("revise_quote", on="2026-03-08", discounts=reduction, title="Three kayaks")
    assert (now["quote"]["revision"], now["quote"]["totals"]["gross"]) == (3, "289.17")
    now = story.then("accept_quote", on="2026-03-09", by="Maren Voss")
    assert (now["quote"]["state"], now["deal"]["state"]) == ("accepted", "contracted")
    assert "amend the contract instead" in story.refuses("revise_quote", title="Four")
    assert now["documents"] == [
        "quote Q-2026-0001.pdf",
        "quote Q-2026-0001-r2.pdf",
        "quote Q-2026-0001-r3.pdf",
        "contract C-2026-0001.pdf",
    ]


def test_a_revision_may_be_sent_by_a_step_of_its_own(store: Store) -> None:
    story = Story.of(store, signed=False)
    story.then("send_quote")
    story.then("revise_quote", lines=[typed_line("Kayak", "1", "100.00")])
    now = story.then("send_quote")
    assert (now["quote"]["revision"], now["quote"]["state"]) == (2, "sent")
    assert len(now["documents"]) == 2
    story.refuses("send_quote")
    assert story.then("accept_quote")["quote"]["state"] == "accepted"


def test_a_draft_is_revised_before_it_is_sent(store: Store) -> None:
    story = Story.of(store, signed=False)
    now = story.then("revise_quote", terms={"payment": "prepaid", "valid_days": 5})
    assert (now["quote"]["state"], now["deal"]["state"], now["quote"]["number"]) == ("draft", "draft", None)
    now = story.then("send_quote")
    assert (now["quote"]["number"], now["quote"]["valid_until"]) == ("Q-2026-0001", "2026-03-07")


def test_the_last_valid_day_is_the_last(store: Store) -> None:
    story = Story.of(store, signed=False, terms={"valid_days": 10})
    story.then("send_quote", on="2026-03-02")
    message = story.refuses("accept_quote", on="2026-03-13")
    assert "the quote is expired" in message
    assert "The deal is quoted; allowed now: revise_quote, cancel." in message
    assert story.then("accept_quote", on="2026-03-12")["quote"]["state"] == "accepted"


def test_an_expired_quote_is_revised_and_valid_again(store: Store) -> None:
    story = Story.of(store, signed=False, terms={"valid_days": 0})
    story.then("send_quote")
    now = story.then("close_period", on="2026-03-05", through="2026-02-28")
    assert (now["quote"]["state"], now["deal"]["state"]) == ("expired", "quoted")
    now = story.then("revise_quote", terms={"valid_days": 3})
    assert (now["quote"]["state"], now["quote"]["valid_until"]) == ("sent", "2026-03-08")


def test_a_quote_over_nothing_goes_all_the_way(store: Store) -> None:
    # A free sample, and a line that a discount of 100 % makes free
    story = Story.of(
        store,
        typed_line("Sample", "1", "0.00", list_price="25.00", cost="5.00"),
        typed_line("Gift", "2", "10.00", discounts=[{"percent": "100", "reason": "Jubilee"}]),
        terms={"payment": "prepaid", "deposit": {"percent": "30"}},
    )
    quote = story.now["quote"]
    assert (quote["totals"]["gross"], quote["margin_percent"]) == ("0.00", None)
    assert [(s["step"], s["amount"]) for s in quote["lines"][0]["waterfall"]] == [
        ("list", "25.00"),
        ("contract", "-25.00"),
    ]
    story.then("dispatch")
    now = story.then("confirm_receipt")
    (invoice,) = now["invoices"]
    assert (invoice["totals"]["gross"], invoice["open"], invoice["state"]) == ("0.00", "0.00", "paid")
    assert (now["deal"]["state"], len(now["journal"])) == ("closed", 2)  # only the cost has moved
    assert "0.00 of this invoice is left" in story.refuses("credit", invoice=1, amount="0.01")
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}])
    assert (now["invoices"][1]["totals"]["gross"], now["customer_credit"]) == ("0.00", "0.00")
