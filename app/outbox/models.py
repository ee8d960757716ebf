"""Rows of the outbox."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text

from app.store.base import reference, table

letter = table(
    "letter",
    reference("deal_id", "deal", index=True),
    reference("document_id", "document", index=True),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state"),
    Index("ix_letter_state", "state", "id"),
)
