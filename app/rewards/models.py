"""Rows of what was promised to customers: cashback, points, gift cards, and the credit that came of them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Micro

cashback_entry = table(
    "cashback_entry",
    reference("invoice_id", "invoice", index=True),
    Column("document", Text, nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("promised", BigInt, nullable=False),
    Column("credited", BigInt, nullable=False),
)
"""By how much a document changes what an invoice promises, and what of it is the customer's credit."""

gift_card = table(
    "gift_card",
    Column("code", Text, nullable=False, unique=True),
    reference("payment_id", "payment", index=True),
    Column("currency", Text, nullable=False),
    Column("amount", BigInt, nullable=False),
    Column("sold_on", Day, nullable=False),
    Column("expires_on", Day),
    Column("snapshot", Text, nullable=False),
    CheckConstraint("amount > 0", name="positive"),
)
"""A card that was sold; `snapshot` is what is printed of it, frozen with the sale."""

wallet_entry = table(
    "wallet_entry",
    Column("kind", Text, nullable=False),
    reference("customer_id", "customer", nullable=True),
    reference("deal_id", "deal", nullable=True, index=True),
    reference("gift_card_id", "gift_card", nullable=True, index=True),
    reference("invoice_id", "invoice", nullable=True),
    Column("happened_on", Day, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", BigInt, nullable=False),
    Column("released", BigInt, nullable=False),
    Column("issued_on", Day),
    Column("expires_on", Day),
    Column("reason", Text, nullable=False),
    CheckConstraint(
        "kind IN ('gift_card', 'goodwill', 'points', 'expired', 'card_expired', 'points_expired')", name="kind"
    ),
    CheckConstraint("amount >= 0 AND released >= 0", name="not_negative"),
    Index("ix_wallet_entry_customer", "customer_id", "id"),
)
"""Credit given, and what expired: `amount` is that of the credit or card, `released` the liability that it ends."""

points_entry = table(
    "points_entry",
    reference("customer_id", "customer"),
    reference("invoice_id", "invoice", index=True),
    Column("document", Text, nullable=False),
    Column("happened_on", Day, nullable=False),
    Column("promised", BigInt, nullable=False),
    Column("granted", BigInt, nullable=False),
    Column("spent", BigInt, nullable=False),
    Column("deferred", BigInt, nullable=False),
    Column("expires_on", Day),
    Column("point_value", Micro, nullable=False),
    Index("ix_points_entry_customer", "customer_id", "id"),
)
"""By how much a document changes the points of an invoice: promised, granted, spent; and the liability."""

for fact in (cashback_entry, gift_card, wallet_entry, points_entry):
    append_only(fact)
