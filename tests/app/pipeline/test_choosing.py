"""Accepting with options: a revision, handed over and accepted in one transaction, proved and exported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.errors import NotAllowed
from app.core.totals import Reduction
from app.pipeline import facts, service
from app.pipeline.choosing import accept_with
from app.pipeline.proof.proof import prove
from app.quotes import queries as quotes
from app.quotes.rules import Offer, Proposal, QuoteState, Terms
from app.store.history import Done
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, counts_of, do
from tests.exported import assert_told_again

OFFER = Offer(
    (a_line("Boat", "1", "900"), a_line("Rope", "2", "10")),
    (Reduction("Season", Decimal(10)),),
    Terms(),
    (
        Proposal(a_line("Cover", "1", "100")),
        Proposal(a_line("Big boat", "1", "1500"), instead_of=0),
        Proposal(a_service("Course", "1", "200")),
    ),
)


def accept(store: Store, deal_id: int, *chosen: int, on: date = DAY) -> Done:
    with store.write("test") as session:
        return accept_with(session, deal_id, chosen, on=on, by="Ann", reason="by phone")


def test_what_the_buyer_takes_is_a_revision_that_is_accepted(store: Store) -> None:
    deal_id = a_deal(store, OFFER, until="sent")
    done = accept(store, deal_id, 1, 2)
    assert done.action == "accept_quote"
    with store.read() as session:
        known = facts.load(session, deal_id)
        second, first = quotes.revisions(session, deal_id)
    assert (first.state, second.state) == (QuoteState.SUPERSEDED, QuoteState.ACCEPTED)
    assert first.number == second.number
    assert first.offer == OFFER
    assert [line.name for line in second.offer.lines] == ["Big boat", "Rope", "Course"]
    assert second.offer.proposals == ()
    assert second.offer.reductions == OFFER.reductions
    assert second.gross == (150000 + 2000 + 20000) * 90 // 100 * 119 // 100
    assert (second.decided_by, second.handed_over) == ("Ann", True)
    assert known.contract is not None
    assert known.contract.number
    assert prove(store).problems == ()


def test_without_options_it_is_accepted_as_it_was_sent(store: Store) -> None:
    deal_id = a_deal(store, OFFER, until="sent")
    accept(store, deal_id)
    with store.read() as session:
        (only,) = quotes.revisions(session, deal_id)
    assert (only.state, only.offer) == (QuoteState.ACCEPTED, OFFER)
    assert prove(store).problems == ()


def test_it_ends_the_same_when_the_deal_file_is_run_again(store: Store, empty_store: Path, tmp_path: Path) -> None:
    deal_id = a_deal(store, OFFER, until="sent")
    accept(store, deal_id, 0)
    assert_told_again(store, [deal_id], empty_store, tmp_path)


def test_what_cannot_be_accepted_leaves_nothing_behind(store: Store) -> None:
    deal_id = a_deal(store, until="draft")
    before = counts_of(store)
    with pytest.raises(NotAllowed):
        accept(store, deal_id, 0)
    expired = a_deal(store, OFFER, until="sent")
    kept = counts_of(store)
    with pytest.raises(NotAllowed):
        accept(store, expired, 0, on=DAY.replace(year=2027))
    assert counts_of(store) == kept
    assert kept != before
    do(store, service.decline_quote, expired, on=DAY)
