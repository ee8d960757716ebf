"""Drawing up, amending, signing and cancelling contracts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from app.contracts.document import ContractDocument
from app.contracts.models import contract, contract_version, signature
from app.contracts.queries import Contract
from app.contracts.rules import Side
from app.core.codec import to_plain
from app.core.printed import Change, Clause
from app.deals.queries import Deal
from app.ledger import service as ledger
from app.pricing.rules import printed_lines, printed_totals
from app.quotes.queries import Quote
from app.store.numbering import next_number
from app.store.session import WriteSession


def draw_up(session: WriteSession, deal: Deal, accepted: Quote, on: date) -> tuple[str, int]:
    """Draw the contract up from an accepted quote; returns its number and the document of its first version."""
    number = next_number(session, "C", on)
    contract_id = session.insert(contract, number=number, deal_id=deal.id, made_on=on)
    clauses = tuple(Clause(key) for key in accepted.offer.terms.clauses)
    document_id = _add_version(session, deal, contract_id, number, 1, accepted, clauses, (), on)
    session.changed(f"contract {number}", "", "draft")
    return number, document_id


def add_version(
    session: WriteSession,
    deal: Deal,
    current: Contract,
    agreed: Quote,
    clauses: tuple[Clause, ...],
    changes: tuple[Change, ...],
    on: date,
) -> int:
    """A new version of the text or the lines; signatures under the old one no longer count. Returns the document id."""
    version = current.version + 1
    document_id = _add_version(session, deal, current.id, current.number, version, agreed, clauses, changes, on)
    session.changed(f"contract {current.number}: version", str(current.version), str(version))
    return document_id


def _add_version(
    session: WriteSession,
    deal: Deal,
    contract_id: int,
    number: str,
    version: int,
    agreed: Quote,
    clauses: tuple[Clause, ...],
    changes: tuple[Change, ...],
    on: date,
) -> int:
    priced = agreed.priced(deal.basis)
    paper = ContractDocument(
        heading=deal.heading(),
        number=number,
        version=version,
        made_on=on,
        quote_number=agreed.number,
        quote_revision=agreed.revision,
        lines=printed_lines(agreed.offer.lines, priced),
        totals=printed_totals(priced.typed, priced.assembled, agreed.offer.reductions),
        terms=agreed.offer.terms.printed(agreed.gross),
        clauses=clauses,
        changes=changes,
    )
    document_id = ledger.issue(session, deal.id, "contract", paper, on)
    session.insert(
        contract_version,
        contract_id=contract_id,
        version=version,
        quote_id=agreed.id,
        document_id=document_id,
        made_on=on,
        clauses=to_plain(clauses),
        changes=to_plain(changes),
    )
    return document_id


def sign(session: WriteSession, current: Contract, side: Side, name: str, on: date) -> None:
    """Note that one side has signed the newest version."""
    session.insert(signature, version_id=current.version_id, party=side.value, name=name, signed_on=on)
    session.changed(f"contract {current.number} version {current.version}: signed by {side}", "", name or side)


def cancel(session: WriteSession, current: Contract, on: date) -> None:
    """Note that the contract is cancelled."""
    session.execute(update(contract).where(contract.c.id == current.id).values(cancelled_on=on))
    session.changed(f"contract {current.number}", current.state, "cancelled")
