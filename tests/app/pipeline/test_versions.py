"""Versions of a draft side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.core.totals import Reduction
from app.pipeline.versions import Knobs, knobs_of, outlooks, turned
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.payment_draft import Payment
from app.store.session import Session
from app.store.store import Store
from tests.builders import DAY, a_customer, a_tax, counts_of

FREIGHT = Reduction("Freight", amount=1000, charge=True)
KAYAK = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax(), cost=Decimal(60))


def a_draft(*reductions: Reduction) -> QuoteDraft:
    return QuoteDraft(DAY, customer=a_customer(), lines=(KAYAK,), reductions=reductions)


def test_the_knobs_of_a_draft_put_back_change_nothing() -> None:
    for draft in (a_draft(), a_draft(FREIGHT, Reduction("Season", Decimal(5))), replace(a_draft(), payment="prepaid")):
        assert turned(draft, knobs_of(draft)) == draft


def test_a_discount_is_changed_in_its_place_taken_away_and_added() -> None:
    draft = a_draft(Reduction("Season", Decimal(5)), FREIGHT)
    assert turned(draft, Knobs(Decimal(8))).reductions == (Reduction("Season", Decimal(8)), FREIGHT)
    assert turned(draft, Knobs()).reductions == (FREIGHT,)
    assert turned(a_draft(FREIGHT), Knobs(Decimal(3))).reductions == (FREIGHT, Reduction(percent=Decimal(3)))


def test_what_is_left_of_each(session: Session, store: Store) -> None:
    before = counts_of(store)
    early = Payment("net", 30, Decimal(2), 10)
    found = outlooks(
        session,
        a_draft(),
        [
            ("as it stands", knobs_of(a_draft())),
            ("discount", Knobs(Decimal(10))),
            ("early", Knobs(cashback=Decimal(5), payment=early, pays_on=date(2026, 3, 10))),
        ],
        capital_percent=Decimal(0),
    )
    assert [item.net for item in found] == [20000, 18000, 20000]
    assert [item.margin for item in found] == [8000, 6000, 20000 - 400 - 1166 - 12000]
    assert [item.beyond_usual for item in found] == [None, None, None]
    assert counts_of(store) == before
