"""The commands up to the contract, on a real file: exact rows and history, and nothing written where one is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.contracts.models import contract, contract_version, signature
from app.contracts.rules import Side
from app.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from app.core.printed import Clause
from app.core.totals import Reduction
from app.deals.models import deal
from app.ledger.models import document, journal_entry, period_lock
from app.outbox.models import letter
from app.parties.models import company
from app.pipeline import fulfilment, service
from app.pipeline.proof import prove
from app.quotes.models import quote
from app.quotes.rules import Offer
from app.store.history import Done
from app.store.store import Store
from tests.builders import (
    DAY,
    EUR,
    SELLER,
    a_customer,
    a_deal,
    a_line,
    an_offer,
    counts_of,
    do,
    facts_of,
    last_command,
    outcome_of,
    rows_of,
)

LATER = date(2026, 3, 9)


def open_a_deal(store: Store, **over: Any) -> Done:
    given = {"customer": a_customer(), "basis": EUR, "on": DAY, "seller": SELLER, "offer": an_offer()} | over
    return do(store, service.open_deal, **given)


def test_opening_a_deal(store: Store) -> None:
    done = open_a_deal(store, title="Two kayaks", reference="shop-1")
    assert done == Done("open_deal", {"deal": 1, "customer": 1, "quote": 1}, ("S-2026-0001",))
    (row,) = rows_of(store, deal)
    assert (row["number"], row["title"], row["reference"], row["opened_on"]) == (
        "S-2026-0001",
        "Two kayaks",
        "shop-1",
        DAY,
    )
    (draft,) = rows_of(store, quote)
    assert (draft["state"], draft["revision"], draft["number"]) == ("draft", 1, "")
    assert (draft["net"], draft["tax"], draft["gross"]) == (20_000, 3_800, 23_800)  # 2 x 100.00 and 19 %
    assert rows_of(store, company)[0]["name"] == SELLER.name
    kept = last_command(store)
    assert (kept["actor"], kept["action"], kept["deal_id"], kept["happened_on"]) == ("test", "open_deal", 1, DAY)
    assert kept["details"]["reference"] == "shop-1"
    assert kept["changes"] == [["deal S-2026-0001", "", "draft"]]
    assert rows_of(store, document) == rows_of(store, journal_entry) == rows_of(store, letter) == []


def test_two_deals_cannot_have_one_reference(store: Store) -> None:
    open_a_deal(store, reference="shop-1")
    rows = counts_of(store)
    with pytest.raises(Conflict, match="already a deal with this reference"):
        open_a_deal(store, reference="shop-1")
    assert counts_of(store) == rows


BAD_OFFERS = {
    "no lines": (Offer(()), "lines"),
    "a line below zero": (an_offer(a_line(reductions=(Reduction(amount=20_001),))), "lines[0].discounts"),
    "a total below zero": (an_offer(reductions=(Reduction(amount=20_001),)), "discounts"),
    "unknown terms": (an_offer(payment="net soon"), "terms.payment"),
}


@pytest.mark.parametrize("name", BAD_OFFERS)
def test_an_offer_that_cannot_be_priced_opens_nothing(store: Store, name: str) -> None:
    offer, field = BAD_OFFERS[name]
    rows = counts_of(store)
    with pytest.raises(RuleViolation) as refused:
        open_a_deal(store, offer=offer)
    assert refused.value.problems[0].field == field
    assert counts_of(store) == rows


def test_sending_a_quote(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty",), valid_days=10), until="draft")
    done = do(store, service.send_quote, deal_id, on=LATER)
    assert done == Done("send_quote", {"deal": deal_id}, ("Q-2026-0001",))
    (row,) = rows_of(store, quote)
    assert (row["state"], row["sent_on"], row["valid_until"]) == ("sent", LATER, date(2026, 3, 19))
    (paper,) = rows_of(store, document)
    assert (paper["kind"], paper["number"], paper["file_name"]) == ("quote", "Q-2026-0001", "quote Q-2026-0001")
    (waiting,) = rows_of(store, letter)
    assert (waiting["recipient"], waiting["subject"], waiting["state"]) == (
        "office@lake-school.example",
        "Our quote Q-2026-0001",
        "queued",
    )
    kept = last_command(store)
    assert (kept["action"], kept["happened_on"]) == ("send_quote", LATER)
    assert kept["changes"] == [["quote Q-2026-0001 revision 1", "draft", "sent"]]


def test_revising_a_sent_quote(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    done = do(store, service.revise_quote, deal_id, offer=an_offer(a_line(quantity="3")), on=LATER, title="Three")
    assert done.numbers == ("Q-2026-0001",)
    old, new = rows_of(store, quote)
    assert (old["state"], old["revision"], new["state"], new["revision"]) == ("superseded", 1, "sent", 2)
    assert (new["number"], new["gross"], new["made_on"]) == ("Q-2026-0001", 35_700, LATER)
    assert rows_of(store, deal)[0]["title"] == "Three"
    assert [row["file_name"] for row in rows_of(store, document)] == ["quote Q-2026-0001", "quote Q-2026-0001-r2"]
    assert last_command(store)["changes"] == [
        ["quote Q-2026-0001 revision 1", "sent", "superseded"],
        ["quote Q-2026-0001 revision 2", "draft", "sent"],
    ]


def test_accepting_a_quote_draws_the_contract_up(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty", "returns")), until="sent")
    done = do(store, service.accept_quote, deal_id, on=LATER, by="Maren Voss", reason="Fair price")
    assert done.numbers == ("C-2026-0001",)
    (row,) = rows_of(store, quote)
    assert (row["state"], row["decided_on"], row["decided_by"], row["reason"]) == (
        "accepted",
        LATER,
        "Maren Voss",
        "Fair price",
    )
    assert [row["number"] for row in rows_of(store, contract)] == ["C-2026-0001"]
    (version,) = rows_of(store, contract_version)
    assert (version["version"], [clause["key"] for clause in version["clauses"]]) == (1, ["warranty", "returns"])
    assert [row["kind"] for row in rows_of(store, document)] == ["quote", "contract"]
    assert last_command(store)["changes"] == [
        ["quote Q-2026-0001 revision 1", "sent", "accepted"],
        ["contract C-2026-0001", "", "draft"],
    ]


def test_declining_a_quote(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    do(store, service.decline_quote, deal_id, on=LATER, by="Maren Voss", reason="Too dear")
    (row,) = rows_of(store, quote)
    assert (row["state"], row["decided_on"], row["reason"]) == ("declined", LATER, "Too dear")
    assert last_command(store)["changes"] == [["quote Q-2026-0001 revision 1", "sent", "declined"]]


def test_amending_a_clause_drops_the_signature(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty",)), until="signed_by_one")
    do(store, service.amend_contract, deal_id, on=LATER, clause="warranty", text="36 months.")
    versions = rows_of(store, contract_version)
    assert [row["version"] for row in versions] == [1, 2]
    assert versions[1]["clauses"] == [{"key": "warranty", "text": "36 months."}]
    assert versions[1]["changes"] == [{"kind": "clause_reworded", "subject": "warranty"}]
    assert len(rows_of(store, signature)) == 1  # the old version keeps it, the new one has none
    assert facts_of(store, deal_id).standing(DAY).contract == "draft"
    assert last_command(store)["changes"] == [["contract C-2026-0001: version", "1", "2"]]


def test_several_clauses_and_lines_are_one_version(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty",)), until="signed_by_one")
    clauses = (Clause("warranty", "36 months."), Clause("on_site", "We come."))
    do(store, service.amend_contract, deal_id, on=LATER, clauses=clauses, offer=an_offer(a_line(quantity="3")))
    _, newest = rows_of(store, contract_version)
    assert newest["clauses"] == [{"key": "warranty", "text": "36 months."}, {"key": "on_site", "text": "We come."}]
    assert [change["kind"] for change in newest["changes"]] == ["quantity", "total", "clause_reworded", "clause_added"]
    assert prove(store).problems == ()


def test_amending_the_lines_keeps_the_difference(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line(), a_line("Paddle", "1", "10.00")), until="accepted")
    offer = an_offer(a_line(quantity="3"), a_line("Vest", "1", "40.00"))
    do(store, service.amend_contract, deal_id, on=LATER, offer=offer)
    # 200.00 + 10.00 = 210.00 + 39.90 = 249.90; 300.00 + 40.00 = 340.00 + 64.60 = 404.60
    assert rows_of(store, contract_version)[1]["changes"] == [
        {"kind": "line_removed", "subject": "Paddle"},
        {"kind": "line_added", "subject": "Vest", "after": "1"},
        {"kind": "quantity", "subject": "Kayak", "before": "2", "after": "3"},
        {"kind": "total", "before": "249.9", "after": "404.6"},
    ]
    assert [row["state"] for row in rows_of(store, quote)] == ["superseded", "accepted"]


def test_both_sides_sign(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    do(store, service.sign_contract, deal_id, on=LATER, side=Side.BUYER, name="Maren Voss")
    (row,) = rows_of(store, signature)
    assert (row["party"], row["name"], row["signed_on"]) == ("buyer", "Maren Voss", LATER)
    assert last_command(store)["changes"] == [["contract C-2026-0001 version 1: signed by buyer", "", "Maren Voss"]]
    with pytest.raises(NotAllowed, match="buyer has signed this version already"):
        do(store, service.sign_contract, deal_id, on=LATER, side=Side.BUYER)
    do(store, service.sign_contract, deal_id, on=LATER, side=Side.SELLER)
    assert outcome_of(store, deal_id)["contract"]["state"] == "in_force"


def test_cancelling(store: Store) -> None:
    deal_id = a_deal(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=5_000)
    do(store, service.cancel, deal_id, on=LATER, reason="No water")
    assert rows_of(store, deal)[0]["cancelled_on"] == rows_of(store, contract)[0]["cancelled_on"] == LATER
    assert rows_of(store, journal_entry)[-1]["text"] == "Deposit freed by cancellation"
    assert last_command(store)["changes"] == [
        ["contract C-2026-0001", "in_force", "cancelled"],
        ["deal S-2026-0001", "open", "cancelled: No water"],
    ]


def test_closing_a_period_once(store: Store) -> None:
    do(store, service.close_period, through=date(2026, 3, 31))
    do(store, service.close_period, through=date(2026, 2, 28))
    assert [row["through"] for row in rows_of(store, period_lock)] == [date(2026, 3, 31)]
    assert last_command(store)["changes"] == []


REFUSED: dict[str, tuple[str, Callable[[Store, int], Done]]] = {
    "send twice": ("sent", lambda store, deal_id: do(store, service.send_quote, deal_id, on=DAY)),
    "accept a draft": ("draft", lambda store, deal_id: do(store, service.accept_quote, deal_id, on=DAY)),
    "accept too late": ("sent", lambda store, deal_id: do(store, service.accept_quote, deal_id, on=date(2026, 4, 2))),
    "decline a draft": ("draft", lambda store, deal_id: do(store, service.decline_quote, deal_id, on=DAY)),
    "revise what is accepted": (
        "accepted",
        lambda store, deal_id: do(store, service.revise_quote, deal_id, offer=an_offer(), on=DAY),
    ),
    "amend before there is a contract": (
        "sent",
        lambda store, deal_id: do(store, service.amend_contract, deal_id, on=DAY, clause="warranty", text="No."),
    ),
    "amend what both have signed": (
        "in_force",
        lambda store, deal_id: do(store, service.amend_contract, deal_id, on=DAY, clause="warranty", text="No."),
    ),
    "sign before there is a contract": (
        "sent",
        lambda store, deal_id: do(store, service.sign_contract, deal_id, on=DAY, side=Side.BUYER),
    ),
    "sign again": (
        "signed_by_one",
        lambda store, deal_id: do(store, service.sign_contract, deal_id, on=DAY, side=Side.SELLER),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_no_trace(store: Store, name: str) -> None:
    until, command = REFUSED[name]
    deal_id = a_deal(store, until=until)
    rows = counts_of(store)
    with pytest.raises(NotAllowed):
        command(store, deal_id)
    assert counts_of(store) == rows


def test_a_deal_that_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFound, match="no deal with the id 7"):
        do(store, service.send_quote, 7, on=DAY)


def test_the_same_key_does_it_once(store: Store) -> None:
    deal_id = a_deal(store, until="draft")
    for _ in range(2):
        with store.write("test", "key-1") as session:
            done = service.send_quote(session, deal_id, on=DAY)
        assert done == Done("send_quote", {"deal": deal_id}, ("Q-2026-0001",))
    assert counts_of(store)["letter"] == 1
    with pytest.raises(Conflict, match="used for something else"), store.write("test", "key-1") as session:
        service.accept_quote(session, deal_id, on=DAY)
