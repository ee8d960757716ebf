"""The books are closed by the accountant: what still happened before is noted by hand on its true day."""

from __future__ import annotations

from datetime import date

from app.pipeline import service
from tests.builders import do
from tests.ui.by_hand import Hands, Typed


def test_closed_period(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.on(3, 30)
    hands.dispatch({1: "1"})
    # March is closed early; a receipt of its last day still comes in.
    do(hands.store, service.close_period, on=hands.day, through=date(2026, 3, 31))
    hands.on(3, 31)
    hands.receive()
    now = hands.now()
    (invoice,) = now["invoices"]
    assert (invoice["date"], invoice["due"]) == ("2026-03-31", "2026-04-30")
    assert [(e["document"], e["date"]) for e in now["journal"] if e["document"].startswith("INV")] == [
        ("INV-2026-0001", "2026-04-01"),
        ("INV-2026-0001", "2026-04-01"),
    ]
    assert now["revenue"][0]["date"] == "2026-04-01"

    hands.on(4, 2)
    hands.pay(11900)
    now = hands.now()
    assert (now["payments"][0]["date"], now["journal"][-1]["date"]) == ("2026-04-02", "2026-04-02")
