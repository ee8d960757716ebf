"""Rewards in the timeline of a deal: in words, never the name of a command."""

from __future__ import annotations

from datetime import date

from app.pipeline import fulfilment, timeline
from app.rewards.giving import give_goodwill
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do
from ui.deals.texts import told


def test_goodwill_and_a_late_discount(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", "200.00"), payment="2/10 net 30"))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    late = date(2026, 3, 13)
    do(store, fulfilment.pay, deal_id, on=late, amount=23324, discount=476, discount_reason="Bank holiday")
    do(store, give_goodwill, deal_id, on=late, invoice_index=1, amount=1000, reason="Scratch")
    with store.read() as session:
        goodwill, paid, *_ = (told(item, "EUR") for item in timeline.of_deal(session, deal_id))
    assert (goodwill.words, goodwill.note, goodwill.icon) == ("€10.00 of goodwill given as credit", "Scratch", "star")
    assert paid.note == "Paid early: Bank holiday"
