"""Contracts on a real file: versions, the hash of each text, and the signatures under the newest."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from sqlalchemy import update

from app.contracts import queries, service
from app.contracts.document import ContractDocument
from app.contracts.models import contract_version, signature
from app.contracts.queries import Signature
from app.contracts.rules import ContractState, Side
from app.core.codec import from_text
from app.core.errors import Conflict, RuleViolation
from app.core.printed import Clause
from app.ledger.models import document
from app.pipeline.service import amend_contract
from app.store.store import Store
from tests.builders import DAY, a_deal, an_offer, do, rows_of


def contract_of(store: Store, deal_id: int) -> queries.Contract:
    with store.read() as session:
        found = queries.of_deal(session, deal_id)
    assert found is not None
    return found


def test_the_contract_holds_what_was_agreed(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty",), payment="net 14"), until="accepted")
    found = contract_of(store, deal_id)
    assert (found.number, found.version, found.state, found.made_on) == ("C-2026-0001", 1, ContractState.DRAFT, DAY)
    assert (found.clauses, found.signatures) == ((Clause("warranty"),), ())
    paper = rows_of(store, document)[-1]
    assert found.sha256 == paper["sha256"] == hashlib.sha256(paper["snapshot"].encode()).hexdigest()
    text = from_text(ContractDocument, paper["snapshot"])
    assert (text.quote_number, text.quote_revision, text.totals.gross) == ("Q-2026-0001", 1, 23_800)
    assert (text.terms.payment, text.changes) == ("net 14", ())


def test_a_new_version_has_another_text_and_no_signature(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("warranty",)), until="signed_by_one")
    before = contract_of(store, deal_id)
    assert before.signatures == (Signature(Side.SELLER, "", DAY),)
    assert before.state is ContractState.SIGNED_BY_ONE
    do(store, amend_contract, deal_id, on=date(2026, 3, 9), clause="returns", text="14 days.")
    now = contract_of(store, deal_id)
    assert (now.version, now.state, now.signatures) == (2, ContractState.DRAFT, ())
    assert now.clauses == (Clause("warranty"), Clause("returns", "14 days."))
    assert now.sha256 != before.sha256
    assert rows_of(store, document)[-1]["file_name"] == "contract C-2026-0001-v2"


def test_no_side_signs_a_version_twice(store: Store) -> None:
    deal_id = a_deal(store, until="signed_by_one")
    with pytest.raises(Conflict), store.write("test") as session:
        service.sign(session, contract_of(store, deal_id), Side.SELLER, "", DAY)
    assert len(rows_of(store, signature)) == 1


def test_versions_and_signatures_cannot_be_changed(store: Store) -> None:
    a_deal(store)
    for statement in (update(contract_version).values(version=7), update(signature).values(name="Somebody")):
        with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
            session.execute(statement)


def test_before_acceptance_there_is_none(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    with store.read() as session:
        assert queries.of_deal(session, deal_id) is None
