"""Nothing that earns too little is sent by accident: it needs a reason or the owner, and history tells which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import NotAllowed
from app.pipeline import approvals, service
from app.pricing.approval import Approval
from app.pricing.marks import MarginMarks, set_margin_marks
from app.pricing.rules import price
from app.quotes.rules import Offer, QuoteState
from app.store.store import Store
from tests.builders import DAY, EUR, a_deal, a_line, an_offer, do, facts_of, last_command

STOP = MarginMarks(Decimal(20), Decimal(30), stop=True)


def an_offer_at(cost: str, **terms: object) -> Offer:
    """200.00 net, 2 at this cost each."""
    return an_offer(a_line(cost=Decimal(cost)), **terms)


def earned(offer: Offer) -> approvals.Earning:
    return approvals.earning(offer, EUR, price(offer.lines, offer.reductions, EUR))


def test_what_it_earns_after_everything_that_is_given_back() -> None:
    """200.00 + 19 % = 238.00; 5 % of it is 11.90, which is 5.95 % of the net."""
    plain, back = earned(an_offer_at("70")), earned(an_offer_at("70", cashback_percent=Decimal(5)))
    assert (plain.margin, plain.after_rewards, plain.rewards) == (Decimal(30), Decimal(30), 0)
    assert (back.margin, back.after_rewards, back.rewards) == (Decimal(30), Decimal("24.05"), 1190)


def test_a_line_below_its_cost_is_seen_behind_the_others() -> None:
    offer = an_offer(a_line(cost=Decimal(10)), a_line("Bait", cost=Decimal(101)))
    assert earned(offer).loses
    assert not earned(an_offer_at("100")).loses


def test_free_of_charge_has_no_margin() -> None:
    assert earned(an_offer(a_line(price="0", cost=Decimal(1)))).after_rewards is None


@pytest.fixture
def strict(store: Store) -> Store:
    do(store, set_margin_marks, STOP)
    return store


def test_nothing_is_asked_unless_the_owner_wants_it(store: Store) -> None:
    deal_id = a_deal(store, an_offer_at("99"), until="sent")
    assert facts_of(store, deal_id).quote.state is QuoteState.SENT


def test_below_the_floor_it_needs_a_reason(strict: Store) -> None:
    deal_id = a_deal(strict, an_offer_at("85"), until="draft")
    with pytest.raises(NotAllowed, match=r"15\.00 % is below the floor of 20 %.*needs a reason"):
        do(strict, service.send_quote, deal_id, on=DAY)
    with pytest.raises(NotAllowed):
        do(strict, service.send_quote, deal_id, on=DAY, approval=Approval("  "))
    do(strict, service.send_quote, deal_id, on=DAY, approval=Approval("First order of a school"))
    said = [change for change in last_command(strict)["changes"] if change[0].endswith("margin")]
    assert said[0][1:] == ["15.00 % is below the floor of 20 %.", "approved with a reason: First order of a school"]


def test_cashback_that_cuts_below_the_floor_is_stopped_too(strict: Store) -> None:
    deal_id = a_deal(strict, an_offer_at("78", cashback_percent=Decimal(5)), until="draft")
    with pytest.raises(NotAllowed, match=r"16\.05 % is below"):
        do(strict, service.send_quote, deal_id, on=DAY)
    do(strict, service.send_quote, deal_id, on=DAY, approval=Approval(by_owner=True))


def test_a_revision_and_an_amendment_are_asked_as_well(strict: Store) -> None:
    deal_id = a_deal(strict, an_offer_at("70"), until="sent")
    with pytest.raises(NotAllowed):
        do(strict, service.revise_quote, deal_id, offer=an_offer_at("90"), on=DAY)
    do(strict, service.revise_quote, deal_id, offer=an_offer_at("90"), on=DAY, approval=Approval("Rival"))
    other = a_deal(strict, an_offer_at("70"), until="accepted")
    with pytest.raises(NotAllowed):
        do(strict, service.amend_contract, other, offer=an_offer_at("90"), on=DAY)
    do(strict, service.amend_contract, other, offer=an_offer_at("90"), on=DAY, approval=Approval("Rival"))
