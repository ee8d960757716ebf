"""Rows of the books. Entries, their lines and issued documents are never changed or removed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    event,
    insert,
)

from app.ledger.rules import CHART
from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day

account = table(
    "account",
    Column("role", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)


@event.listens_for(account, "after_create")
def _set_up_chart(_table: Table, connection: Connection, **_options: Any) -> None:
    """A new file begins with the chart of accounts."""
    connection.execute(
        insert(account), [{"role": role.value, "code": code, "name": name} for role, code, name in CHART]
    )


journal_entry = table(
    "journal_entry",
    reference("deal_id", "deal", nullable=True, index=True),
    Column("posted_on", Day, nullable=False, index=True),
    Column("happened_on", Day, nullable=False),
    Column("document", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("currency", Text, nullable=False),
)

journal_line = table(
    "journal_line",
    reference("entry_id", "journal_entry", index=True),
    Column("role", Text, ForeignKey("account.role", ondelete="RESTRICT"), nullable=False),
    Column("debit", BigInt, nullable=False),
    Column("credit", BigInt, nullable=False),
    reference("customer_id", "customer", nullable=True),
    Column("document", Text, nullable=False, server_default=""),
    CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name="one_side"),
    Index("ix_journal_line_subledger", "document", "role", "debit", "credit"),
    Index("ix_journal_line_customer", "customer_id", "role"),
)

period_lock = table("period_lock", Column("through", Day, nullable=False), Column("locked_at", Text, nullable=False))

document = table(
    "document",
    reference("deal_id", "deal", index=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("issued_on", Day, nullable=False),
    Column("snapshot", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    UniqueConstraint("file_name"),
)

paper = table(
    "paper",
    reference("document_id", "document"),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInt, nullable=False),
    Column("made_at", Text, nullable=False),
    UniqueConstraint("document_id", "name"),
)

for frozen in (journal_entry, journal_line, period_lock, document, paper):
    append_only(frozen)
