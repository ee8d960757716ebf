"""Rows of products, of what can be configured of them, of variants, and of guides.

`product_part` repeats from the models which product is in which, so that "used in" is a query and no part is lost.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Text, UniqueConstraint

from app.store.base import reference, table
from app.store.types import Day, Json, Micro

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
    Column("stocked", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("weight", Micro),
    Column("active_from", Day),
    Column("active_to", Day),
    Column("units", Json, nullable=False, server_default="[]"),
    Column("image", Text, nullable=False, server_default=""),
    Column("thumbnail", Text, nullable=False, server_default=""),
    CheckConstraint("sku <> '' AND name <> ''", name="named"),
    Index("ix_product_sort", "sort_name", "id"),
)

product_model = table(
    "product_model",
    reference("product_id", "product"),
    Column("model", Text, nullable=False),
    UniqueConstraint("product_id"),
)

product_part = table(
    "product_part",
    reference("product_id", "product"),
    reference("part_id", "product", index=True),
    UniqueConstraint("product_id", "part_id"),
)

product_variant = table(
    "product_variant",
    reference("product_id", "product"),
    reference("parent_id", "product"),
    Column("chosen", Text, nullable=False),
    UniqueConstraint("product_id"),
    UniqueConstraint("parent_id", "chosen"),
)

guide = table(
    "guide",
    Column("name", Text, nullable=False, unique=True),
    Column("guide", Text, nullable=False),
    CheckConstraint("name <> ''", name="named"),
)
