"""Rows of deals."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import Day, Json

deal = table(
    "deal",
    Column("number", Text, nullable=False, unique=True),
    reference("customer_id", "customer", index=True),
    Column("currency", Text, nullable=False),
    Column("title", Text, nullable=False, server_default=""),
    Column("reference", Text, unique=True),
    Column("opened_on", Day, nullable=False),
    Column("prices_include_tax", Boolean(create_constraint=False), nullable=False),
    Column("tax_rounding", Text, nullable=False),
    Column("seller", Json, nullable=False),
    Column("flag", Text, nullable=False, server_default=""),
    Column("cancelled_on", Day),
    Column("paper_language", Text, nullable=False, server_default=""),
    Index("ix_deal_opened", "opened_on", "id"),
)

append_only(deal, except_columns=("title", "flag", "cancelled_on"))
