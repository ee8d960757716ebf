"""Rows of earned revenue: added only, a credit is a negative row."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Micro

revenue_entry = table(
    "revenue_entry",
    reference("deal_id", "deal", index=True),
    Column("earned_on", Day, nullable=False),
    Column("position", Integer, nullable=False),
    Column("quantity", Micro, nullable=False),
    Column("amount", BigInt, nullable=False),
    Column("cost", BigInt, nullable=False),
    Column("document", Text, nullable=False),
    Index("ix_revenue_entry_earned", "earned_on", "id"),
)

append_only(revenue_entry)
