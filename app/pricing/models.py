"""Rows of price rules, and of every use of a coupon. A rule is one JSON text beside the columns that are searched."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import Day, Json

price_list = table(
    "price_list",
    Column("name", Text, nullable=False, unique=True),
    Column("currency", Text, nullable=False),
    Column("customer_group", Text, nullable=False, server_default=""),
    Column("starts_on", Day),
    Column("ends_on", Day),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("document", Json, nullable=False),
    CheckConstraint("name <> ''", name="named"),
)

price_entry = table(
    "price_entry",
    reference("price_list_id", "price_list", index=True),
    Column("position", Integer, nullable=False),
    reference("product_id", "product", nullable=True, index=True),
    Column("category", Text, nullable=False, server_default=""),
    Column("document", Json, nullable=False),
)

contract_price = table(
    "contract_price",
    reference("customer_id", "customer"),
    reference("product_id", "product", index=True),
    Column("currency", Text, nullable=False),
    Column("starts_on", Day),
    Column("ends_on", Day),
    Column("document", Json, nullable=False),
    Index("ix_contract_price_customer", "customer_id", "product_id"),
)

promotion = table(
    "promotion",
    Column("name", Text, nullable=False, unique=True),
    Column("currency", Text, nullable=False, server_default=""),
    Column("starts_on", Day),
    Column("ends_on", Day),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("needs_coupon", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("document", Json, nullable=False),
    CheckConstraint("name <> ''", name="named"),
)

promotion_product = table(
    "promotion_product",
    reference("promotion_id", "promotion", index=True),
    reference("product_id", "product", index=True),
    Column("role", Text, nullable=False),
    CheckConstraint("role IN ('buys', 'gets', 'gives')", name="role"),
)
"""The products that a promotion names: a product whose SKU changes stays in it."""

coupon = table(
    "coupon",
    Column("code", Text, nullable=False, unique=True),
    reference("promotion_id", "promotion", index=True),
    Column("starts_on", Day),
    Column("ends_on", Day),
    Column("most_uses", Integer),
    Column("most_per_customer", Integer),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    CheckConstraint("code <> ''", name="coded"),
)

coupon_use = table(
    "coupon_use",
    reference("coupon_id", "coupon"),
    reference("deal_id", "deal", index=True),
    reference("customer_id", "customer"),
    Column("event", Text, nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("reserved_until", Day),
    CheckConstraint("event IN ('reserved', 'kept', 'given_back')", name="event"),
    Index("ix_coupon_use_coupon", "coupon_id", "deal_id", "id"),
)
"""What became of a coupon in a deal: reserved while its quote can be accepted, kept with acceptance, or given back."""

delivery_rule = table(
    "delivery_rule",
    Column("name", Text, nullable=False, unique=True),
    Column("currency", Text, nullable=False),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("document", Json, nullable=False),
    CheckConstraint("name <> ''", name="named"),
)

append_only(coupon_use)
