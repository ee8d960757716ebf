"""The books are closed: what still happened before is posted on the first open day and keeps its true date."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, deal_file, run_deal, typed_line


def test_closed_period(store: Store) -> None:
    story = Story.of(store, typed_line("Kayak", "2", "100.00"))
    story.then("dispatch", on="2026-03-30", lines=[{"line": 1, "quantity": "1"}])
    # March is closed early; a receipt of its last day still comes in.
    story.then("close_period", on="2026-03-30", through="2026-03-31")
    now = story.then("confirm_receipt", on="2026-03-31")
    (invoice,) = now["invoices"]
    assert (invoice["date"], invoice["due"]) == ("2026-03-31", "2026-04-30")
    assert [(e["document"], e["date"]) for e in now["journal"] if e["document"].startswith("INV")] == [
        ("INV-2026-0001", "2026-04-01"),
        ("INV-2026-0001", "2026-04-01"),
    ]
    assert now["revenue"][0]["date"] == "2026-04-01"

    now = story.then("pay", on="2026-04-02", amount="119.00")
    assert (now["payments"][0]["date"], now["journal"][-1]["date"]) == ("2026-04-02", "2026-04-02")


def test_closing_again_changes_nothing(store: Store) -> None:
    story = Story.of(store)
    story.then("close_period", through="2026-03-31")
    story.then("close_period", through="2026-03-31")
    # Another deal of March comes later, and closes only February: its payment is posted in April all the same.
    steps = [
        {"do": "send_quote"},
        {"do": "accept_quote"},
        {"do": "pay", "amount": "10.00"},
        {"do": "close_period", "on": "2026-03-05", "through": "2026-02-28"},
    ]
    now = run_deal(store, deal_file(steps=steps))
    assert (now["payments"][0]["date"], now["journal"][0]["date"]) == ("2026-03-02", "2026-04-01")
