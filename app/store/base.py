"""The one MetaData, and the column kinds that every table uses.

Tables are SQLAlchemy Core tables, not mapped classes: writing the same rows through Core statements costs a third of
the unit of work, and no row ever leaves `app` (docs/decisions/0001-core-tables.md). On SQLite they are STRICT.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import TypeCompiler

from app.store.types import BigInt

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: Any) -> Table:
    """A table of the store: STRICT on SQLite, with a whole-number key `id` in front."""
    key = Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
    return Table(name, metadata, key, *parts, sqlite_strict=True)


def reference(name: str, to: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    """A foreign key that refuses to leave orphans (ON DELETE RESTRICT)."""
    return Column(name, BigInt, ForeignKey(f"{to}.id", ondelete="RESTRICT"), nullable=nullable, index=index)


@compiles(Boolean, "sqlite")
def _boolean(_type: Boolean, _compiler: TypeCompiler, **_options: Any) -> str:
    """STRICT tables know no BOOLEAN; SQLite keeps yes and no as 1 and 0."""
    return "INTEGER"
