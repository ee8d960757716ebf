"""Rows of invoices, credit notes and allocations. Issued once, never changed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Json, Micro

invoice = table(
    "invoice",
    Column("number", Text, nullable=False, unique=True),
    reference("deal_id", "deal", index=True),
    reference("customer_id", "customer"),
    Column("kind", Text, nullable=False),
    Column("issued_on", Day, nullable=False),
    Column("due_on", Day, nullable=False),
    reference("receipt_id", "receipt", nullable=True, index=True),
    Column("corrects_id", BigInt, ForeignKey("invoice.id", ondelete="RESTRICT"), index=True),
    reference("document_id", "document", index=True),
    Column("currency", Text, nullable=False),
    Column("net", BigInt, nullable=False),
    Column("tax", BigInt, nullable=False),
    Column("gross", BigInt, nullable=False),
    Column("prepaid", BigInt, nullable=False),
    Column("reason", Text, nullable=False),
    Column("figures", Json, nullable=False),
    Column("rounding", BigInt, nullable=False, server_default="0"),
    CheckConstraint("net + tax = gross", name="total"),
    CheckConstraint("kind IN ('invoice', 'credit_note')", name="kind"),
    Index("ix_invoice_customer", "customer_id", "id"),
    Index("ix_invoice_issued", "issued_on", "id"),
    Index("ix_invoice_gross", "gross"),
)

invoice_line = table(
    "invoice_line",
    reference("invoice_id", "invoice", index=True),
    Column("position", Integer, nullable=False),
    Column("quantity", Micro, nullable=False),
    Column("net", BigInt, nullable=False),
    Column("earned", BigInt, nullable=False),
    Column("tax", BigInt, nullable=False),
)

allocation = table(
    "allocation",
    reference("payment_id", "payment", index=True),
    reference("invoice_id", "invoice", index=True),
    Column("allocated_on", Day, nullable=False),
    Column("amount", BigInt, nullable=False),
    CheckConstraint("amount > 0", name="positive"),
)

early_discount = table(
    "early_discount",
    reference("invoice_id", "invoice", index=True),
    reference("payment_id", "payment", index=True),
    Column("taken_on", Day, nullable=False),
    Column("net", BigInt, nullable=False),
    Column("tax", BigInt, nullable=False),
    Column("gross", BigInt, nullable=False),
    Column("reason", Text, nullable=False),
    Column("figures", Json, nullable=False),
    CheckConstraint("gross > 0 AND net + tax = gross", name="total"),
)

for issued in (invoice, invoice_line, allocation, early_discount):
    append_only(issued)
