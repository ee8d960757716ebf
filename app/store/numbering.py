"""Document numbers without gaps: given inside the transaction that issues, so a rollback gives them back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint, select, text

from app.store.base import table
from app.store.session import Session, WriteSession
from app.store.triggers import UNBROKEN, UNCHANGEABLE, refuse

series = table(
    "series",
    Column("prefix", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    UniqueConstraint("prefix", "year"),
    CheckConstraint("last >= 1", name="started"),
)
refuse(series, "INSERT", UNBROKEN, "a series starts with 1", "NEW.last <> 1")
refuse(
    series,
    "UPDATE",
    UNBROKEN,
    "a series moves on by one number at a time",
    "NEW.last <> OLD.last + 1 OR NEW.id <> OLD.id OR NEW.prefix <> OLD.prefix OR NEW.year <> OLD.year",
)
refuse(series, "DELETE", UNCHANGEABLE, "a series is never removed")

_NEXT = text(
    "INSERT INTO series (prefix, year, last) VALUES (:prefix, :year, 1) "
    "ON CONFLICT (prefix, year) DO UPDATE SET last = series.last + 1 RETURNING last"
)

PREFIXES = ("S", "Q", "C", "D", "INV", "CN", "P")
"""Every series: deals, quotes, contracts, deliveries, invoices, credit notes, payments."""


def upcoming(session: Session, on: date) -> dict[str, str]:
    """The number that each series would give next in the year of `on`; nothing is given."""
    last = {row.prefix: row.last for row in session.rows(select(series).where(series.c.year == on.year))}
    return {prefix: format_number(prefix, on.year, last.get(prefix, 0) + 1) for prefix in PREFIXES}


def next_number(session: WriteSession, prefix: str, on: date) -> str:
    """The next number of a series in the year of `on`: "INV-2026-0001"."""
    given = session.value(_NEXT, {"prefix": prefix, "year": on.year})
    return format_number(prefix, on.year, given)


def format_number(prefix: str, year: int, number: int) -> str:
    """How a document number reads: at least four digits, growing when a year needs more."""
    return f"{prefix}-{year}-{number:04d}"
