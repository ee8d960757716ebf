"""Rows of payments and of how deposits and credit are used up. Never changed: a mistake is corrected by a refund."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day

payment = table(
    "payment",
    Column("number", Text, nullable=False, unique=True),
    reference("deal_id", "deal", nullable=True, index=True),
    reference("customer_id", "customer"),
    Column("direction", Text, nullable=False),
    Column("paid_on", Day, nullable=False),
    Column("method", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", BigInt, nullable=False),
    Column("deposit", BigInt, nullable=False),
    Column("credit", BigInt, nullable=False),
    CheckConstraint("amount > 0 AND deposit >= 0 AND credit >= 0 AND deposit + credit <= amount", name="parts"),
    CheckConstraint("direction IN ('in', 'out')", name="direction"),
    Index("ix_payment_customer", "customer_id", "id"),
    Index("ix_payment_paid", "paid_on", "id"),
    Index("ix_payment_amount", "amount"),
)

payment_use = table(
    "payment_use",
    reference("payment_id", "payment", index=True),
    Column("used_on", Day, nullable=False),
    Column("source", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("amount", BigInt, nullable=False),
    CheckConstraint("amount > 0", name="positive"),
)

append_only(payment)
append_only(payment_use)
