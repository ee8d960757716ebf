"""Reading the books: what is open, what is owed, what was posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from app.core.errors import NotFound
from app.ledger.models import account, document, journal_entry, journal_line, paper, period_lock
from app.ledger.rules import Role
from app.store.prepared import Prepared
from app.store.session import Session

_AMOUNT = func.sum(journal_line.c.debit - journal_line.c.credit)
_LOCKED = Prepared(select(func.max(period_lock.c.through)))
_OPEN = (
    select(journal_line.c.document, journal_line.c.role, _AMOUNT.label("amount"))
    .where(journal_line.c.document.in_(bindparam("documents", expanding=True)))
    .group_by(journal_line.c.document, journal_line.c.role)
)
_CUSTOMER = Prepared(
    select(_AMOUNT)
    .join_from(journal_line, journal_entry)
    .where(
        journal_line.c.customer_id == bindparam("customer_id"),
        journal_line.c.role == bindparam("role"),
        journal_entry.c.currency == bindparam("currency"),
    )
)
_DOCUMENT = select(document).where(document.c.id == bindparam("id"))
_LAST_DOCUMENT = select(func.max(document.c.id))
_SNAPSHOTS_AFTER = select(document.c.snapshot).where(document.c.id > bindparam("id")).order_by(document.c.id)
_OF_DEAL = (
    select(document.c.id, document.c.kind, document.c.number, document.c.file_name, document.c.issued_on)
    .where(document.c.deal_id == bindparam("deal_id"))
    .order_by(document.c.id)
)
_UNPRINTED = (
    select(document.c.id, document.c.kind, document.c.number, document.c.file_name, document.c.issued_on)
    .where(~select(paper.c.id).where(paper.c.document_id == document.c.id).exists())
    .order_by(document.c.id)
)
_PAPER = select(paper.c.name, paper.c.sha256).where(paper.c.document_id == bindparam("document_id"))
_JOURNAL = (
    select(
        journal_entry.c.id,
        journal_entry.c.posted_on,
        journal_entry.c.happened_on,
        journal_entry.c.document,
        journal_entry.c.text,
        journal_entry.c.currency,
        journal_line.c.role,
        journal_line.c.debit,
        journal_line.c.credit,
        account.c.code,
        account.c.name,
    )
    .join_from(journal_entry, journal_line)
    .join(account)
    .order_by(journal_entry.c.id, journal_line.c.id)
)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of a posted entry, with its account."""

    entry_id: int
    posted_on: date
    happened_on: date
    document: str
    text: str
    currency: str
    role: str
    debit: int
    credit: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document, without its snapshot."""

    id: int
    kind: str
    number: str
    file_name: str
    issued_on: date


def locked_through(session: Session) -> date | None:
    """The last day of the closed periods, or None."""
    found: str | date | None = session.value(_LOCKED)
    return date.fromisoformat(found) if isinstance(found, str) else found


def open_amounts(session: Session, documents: Iterable[str]) -> dict[tuple[str, str], int]:
    """Balance by (document, role) of the sub-ledger, positive where debits outweigh; one query for all documents."""
    rows = session.rows(_OPEN, {"documents": list(documents)})
    return {(row.document, row.role): int(row.amount) for row in rows}


def customer_balance(session: Session, customer_id: int, role: Role, currency: str) -> int:
    """Balance of one role for one customer in one currency, positive where debits outweigh."""
    values = {"customer_id": customer_id, "role": role.value, "currency": currency}
    return int(session.value(_CUSTOMER, values) or 0)


def customer_credit(session: Session, customer_id: int, currency: str) -> int:
    """What the customer has to his credit, in minor units."""
    return -customer_balance(session, customer_id, Role.CUSTOMER_CREDIT, currency)


def documents_of(session: Session, deal_id: int) -> Sequence[Issued]:
    """The issued documents of a deal in the order they came."""
    return [Issued(*row) for row in session.rows(_OF_DEAL, {"deal_id": deal_id})]


def issued(session: Session, document_id: int) -> Issued:
    """One issued document. Raises `NotFound`."""
    row = session.row(_DOCUMENT, {"id": document_id})
    if row is None:
        raise NotFound(f"There is no document with the id {document_id}.")
    return Issued(row.id, row.kind, row.number, row.file_name, row.issued_on)


def unprinted(session: Session, deal_id: int | None = None) -> Sequence[Issued]:
    """Issued documents whose paper was not made yet: of one deal, or of the whole file."""
    statement = _UNPRINTED if deal_id is None else _UNPRINTED.where(document.c.deal_id == deal_id)
    return [Issued(*row) for row in session.rows(statement)]


def paper_of(session: Session, document_id: int) -> tuple[str, str] | None:
    """File name and SHA-256 of a document's paper, or None until it is made."""
    row = session.row(_PAPER, {"document_id": document_id})
    return None if row is None else (row.name, row.sha256)


def snapshot(session: Session, document_id: int) -> tuple[str, str]:
    """Kind and frozen text of an issued document. Raises `NotFound`."""
    row = session.row(_DOCUMENT, {"id": document_id})
    if row is None:
        raise NotFound(f"There is no document with the id {document_id}.")
    return row.kind, row.snapshot


def last_document(session: Session) -> int:
    """The id of the document that was issued last; 0 before the first."""
    return int(session.value(_LAST_DOCUMENT) or 0)


def snapshots_after(session: Session, document_id: int) -> list[str]:
    """The frozen texts of all documents that were issued after one."""
    return [row.snapshot for row in session.rows(_SNAPSHOTS_AFTER, {"id": document_id})]


def journal(session: Session, deal_id: int | None = None) -> Sequence[JournalLine]:
    """The journal of one deal, or of the whole file, in the order of posting."""
    statement = _JOURNAL if deal_id is None else _JOURNAL.where(journal_entry.c.deal_id == deal_id)
    return [JournalLine(*row) for row in session.rows(statement)]
