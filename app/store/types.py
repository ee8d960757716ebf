"""Column types that keep every digit on SQLite and on PostgreSQL.

SQLite's STRICT tables know INTEGER, REAL, TEXT and BLOB; PostgreSQL's INTEGER has 32 bits. These types are the whole
difference between the two.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from app.core.quantity import from_micro, micro

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""64-bit whole numbers; amounts in minor units."""


class Micro(TypeDecorator[Decimal]):
    """A decimal with at most six places, kept as whole millionths."""

    impl = BigInt
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Millionths; raises `RuleViolation` where digits would be lost."""
        return None if value is None else micro(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The decimal again, without trailing zeros."""
        return None if value is None else from_micro(value)


class Day(TypeDecorator[date]):
    """A plain calendar date, kept as ISO 8601 text: sorts as it reads, in any database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """ISO 8601 text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """The date again."""
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A frozen value as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Compact JSON text."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value again."""
        return None if value is None else json.loads(value)


def json_text(value: Any) -> str:
    """Plain JSON values as the compact text that a `Json` column keeps."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
