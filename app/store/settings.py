"""Choices that belong to the file: one JSON value per name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Text, bindparam, delete, select, text

from app.store.base import table
from app.store.session import Session, WriteSession
from app.store.types import Json

setting = table("setting", Column("name", Text, nullable=False, unique=True), Column("value", Json, nullable=False))

_GET = select(setting.c.value).where(setting.c.name == bindparam("name"))
_FORGET = delete(setting).where(setting.c.name == bindparam("name"))
_PUT = text(
    "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
).bindparams(bindparam("value", type_=Json()))


def get(session: Session, name: str, default: Any = None) -> Any:
    """The value under a name, or `default`."""
    found = session.row(_GET, {"name": name})
    return default if found is None else found.value


def put(session: WriteSession, name: str, value: Any) -> None:
    """Keep a value under a name, in place of the one before; None forgets it."""
    if value is None:
        session.execute(_FORGET, {"name": name})
    else:
        session.execute(_PUT, {"name": name, "value": value})
