"""Rows of customers and of the company that uses this file."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Text

from app.store.base import table
from app.store.types import Json

ADDRESS_FIELDS = ("street", "street2", "postal_code", "city", "region", "country")
PARTY_FIELDS = ("name", "legal_name", "tax_id", "registration", "email", "phone", "iban", "bic", "language")


def _party_columns() -> list[Column[str]]:
    """The fields of a PARTY, the delivery address with `ship_` in front."""
    names = (*PARTY_FIELDS, *ADDRESS_FIELDS, *(f"ship_{name}" for name in ADDRESS_FIELDS))
    return [Column(name, Text, nullable=False, server_default="") for name in names]


customer = table(
    "customer",
    *_party_columns(),
    Column("sort_name", Text, nullable=False),
    Column("tax_key", Text, nullable=False, server_default=""),
    Column("name_key", Text, nullable=False),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("payment_terms", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("customer_group", Text, nullable=False, server_default=""),
    CheckConstraint("name <> ''", name="named"),
    Index("ix_customer_sort", "sort_name", "id"),
    Index("ix_customer_tax_key", "tax_key"),
    Index("ix_customer_name_key", "name_key"),
    Index("ix_customer_external_id", "external_id"),
)

company = table(
    "company",
    *_party_columns(),
    Column("look", Json, nullable=False),
    CheckConstraint("id = 1", name="single"),
)
