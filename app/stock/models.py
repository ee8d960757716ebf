"""Rows of the store room's book: facts that are never changed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import Day, Micro

stock_movement = table(
    "stock_movement",
    reference("product_id", "product", index=True),
    Column("kind", Text, nullable=False),
    Column("moved_on", Day, nullable=False),
    Column("quantity", Micro, nullable=False),
    reference("expected_id", "stock_movement", nullable=True, index=True),
    Column("seen", Micro, nullable=False),
    Column("reference", Text, nullable=False),
    Column("note", Text, nullable=False),
    CheckConstraint("quantity >= 0", name="not_negative"),
)

append_only(stock_movement)
