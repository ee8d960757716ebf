"""The books are closed by the accountant: what still happened before is noted by hand on its true day."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.ui.by_hand import Hands, Typed
from tests.ui.deal_steps import put
from ui.routes import Route
from ui.widgets.label import Label


def test_closed_period(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.on(3, 30)
    hands.dispatch({1: "1"})
    # March is closed early; a receipt of its last day still comes in.
    hands.go(Route("close-books"))
    put(hands.wizard, through=date(2026, 3, 31))
    page: Any = hands.wizard.page()
    assert "1 delivery nobody has confirmed" in " ".join(label.text() for label in page.open.findChildren(Label))
    hands.through()
    assert hands.said[-1] == "The books are closed through 31 Mar 2026"
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


def test_closing_again_and_too_far(hands: Hands) -> None:
    hands.on(4, 2)
    assert hands.go(Route("close-books")).wizard.draft.through == date(2026, 3, 31)
    hands.through()
    hands.go(Route("close-books"))
    assert hands.wizard.draft.through == date(2026, 4, 30)
    put(hands.wizard, through=date(2026, 3, 15))
    assert hands.refused()[0] == "The books are closed through 31 Mar 2026 already. Choose a later day."
    put(hands.wizard, through=date(2027, 3, 31))
    assert hands.refused()[0] == "At most the end of this month, 30 Apr 2026: closing cannot be undone."
    # A deal of March that is typed in later is posted in April all the same.
    hands.quote(Typed("Lamp", "1", "10.00"), signed=True)
    put(hands.open("take-payment"), amount=1190, on=date(2026, 3, 20))
    hands.through()
    now = hands.now()
    assert (now["payments"][0]["date"], now["journal"][0]["date"]) == ("2026-03-20", "2026-04-01")
