"""Rows of deliveries, receipts and returns: facts that are never changed."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, Text

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Micro

delivery = table(
    "delivery",
    Column("number", Text, nullable=False, unique=True),
    reference("deal_id", "deal", index=True),
    Column("dispatched_on", Day, nullable=False),
    Column("carrier", Text, nullable=False),
    Column("tracking", Text, nullable=False),
    Column("override", Text, nullable=False),
    Index("ix_delivery_dispatched", "dispatched_on", "id"),
)

delivery_line = table(
    "delivery_line",
    reference("delivery_id", "delivery", index=True),
    Column("position", Integer, nullable=False),
    Column("quantity", Micro, nullable=False),
    Column("cost", BigInt, nullable=False),
    CheckConstraint("quantity > 0", name="positive_quantity"),
)

receipt = table(
    "receipt",
    reference("deal_id", "deal", index=True),
    Column("kind", Text, nullable=False),
    Column("confirmed_on", Day, nullable=False),
    Column("confirmed_by", Text, nullable=False),
)

receipt_line = table(
    "receipt_line",
    reference("receipt_id", "receipt", index=True),
    reference("delivery_line_id", "delivery_line", nullable=True, index=True),
    Column("position", Integer, nullable=False),
    Column("accepted", Micro, nullable=False),
    Column("damaged", Micro, nullable=False),
    Column("missing", Micro, nullable=False),
    Column("refused", Micro, nullable=False),
    Column("cost", BigInt, nullable=False),
    CheckConstraint("accepted >= 0 AND damaged >= 0 AND missing >= 0 AND refused >= 0", name="not_negative"),
)

goods_return = table(
    "goods_return",
    reference("deal_id", "deal", index=True),
    Column("returned_on", Day, nullable=False),
    Column("reason", Text, nullable=False),
    Column("restock", Boolean(create_constraint=False), nullable=False),
)

return_line = table(
    "return_line",
    reference("return_id", "goods_return", index=True),
    reference("receipt_line_id", "receipt_line", index=True),
    Column("position", Integer, nullable=False),
    Column("quantity", Micro, nullable=False),
    Column("cost", BigInt, nullable=False),
    CheckConstraint("quantity > 0", name="positive_quantity"),
)

for fact in (delivery, delivery_line, receipt, receipt_line, goods_return, return_line):
    append_only(fact)
