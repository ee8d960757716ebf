"""Rows of contracts: versions of the text, and the signatures under each."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from app.store.base import reference, table
from app.store.triggers import append_only
from app.store.types import Day, Json

contract = table(
    "contract",
    Column("number", Text, nullable=False, unique=True),
    reference("deal_id", "deal"),
    Column("made_on", Day, nullable=False),
    Column("cancelled_on", Day),
    UniqueConstraint("deal_id"),
    Index("ix_contract_made", "made_on", "id"),
)

contract_version = table(
    "contract_version",
    reference("contract_id", "contract"),
    Column("version", Integer, nullable=False),
    reference("quote_id", "quote", index=True),
    reference("document_id", "document", index=True),
    Column("made_on", Day, nullable=False),
    Column("clauses", Json, nullable=False),
    Column("changes", Json, nullable=False),
    UniqueConstraint("contract_id", "version"),
)

signature = table(
    "signature",
    reference("version_id", "contract_version"),
    Column("party", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("signed_on", Day, nullable=False),
    UniqueConstraint("version_id", "party"),
)

append_only(contract, except_columns=("cancelled_on",))
append_only(contract_version)
append_only(signature)
