"""Rows of quotes: one a revision, with its lines."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text, UniqueConstraint, text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Json, Micro

quote = table(
    "quote",
    reference("deal_id", "deal"),
    Column("number", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_on", Day, nullable=False),
    Column("sent_on", Day),
    Column("handed_over", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("valid_until", Day),
    Column("decided_on", Day),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("valid_days", Integer, nullable=False),
    Column("payment", Text, nullable=False),
    Column("deposit_percent", Micro),
    Column("deposit_amount", BigInt),
    Column("clauses", Json, nullable=False),
    Column("reductions", Json, nullable=False),
    Column("typed", Json, nullable=False),
    Column("net", BigInt, nullable=False),
    Column("tax", BigInt, nullable=False),
    Column("gross", BigInt, nullable=False),
    Column("proposals", Json, nullable=False, server_default="[]"),
    Column("coupons", Json, nullable=False, server_default="[]"),
    Column("cashback_percent", Micro),
    Column("early_tax", Text, nullable=False, server_default=""),
    UniqueConstraint("deal_id", "revision"),
    Index("ix_quote_gross", "gross"),
    Index("ix_quote_made", "made_on", "id"),
)

HAS_PARTS = text("detail LIKE '%\"parts\":%'")
"""Whether a line has parts in it: stock moves those; typed text never looks so, its quotation marks are escaped."""

quote_line = table(
    "quote_line",
    reference("quote_id", "quote"),
    Column("position", Integer, nullable=False),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("quantity", Micro, nullable=False),
    Column("unit", Text, nullable=False),
    Column("unit_price", Micro, nullable=False),
    Column("base_quantity", Micro, nullable=False),
    Column("list_price", Micro),
    Column("cost", Micro),
    Column("tax_category", Text, nullable=False),
    Column("tax_rate", Micro, nullable=False),
    Column("exemption_reason", Text, nullable=False),
    Column("reductions", Json, nullable=False),
    Column("net", BigInt, nullable=False),
    Column("detail", Json, nullable=False, server_default="{}"),
    UniqueConstraint("quote_id", "position"),
    CheckConstraint("quantity > 0", name="positive_quantity"),
    Index("ix_quote_line_sku", "sku"),
    Index("ix_quote_line_parts", "quote_id", sqlite_where=HAS_PARTS, postgresql_where=HAS_PARTS),
)

DECISIONS = ("number", "state", "sent_on", "handed_over", "valid_until", "decided_on", "decided_by", "reason")
"""What may still change of a revision: its state and what belongs to it, never what it offers."""

append_only(quote, except_columns=DECISIONS)
append_only(quote_line)
