"""Rows of products."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Text

from app.store.base import table
from app.store.types import Micro

product = table(
    "product",
    Column("sku", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("unit_price", Micro, nullable=False),
    Column("base_quantity", Micro, nullable=False),
    Column("cost", Micro),
    Column("tax_category", Text, nullable=False),
    Column("tax_rate", Micro, nullable=False),
    Column("exemption_reason", Text, nullable=False, server_default=""),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    CheckConstraint("sku <> '' AND name <> ''", name="named"),
    Index("ix_product_sort", "sort_name", "id"),
)
