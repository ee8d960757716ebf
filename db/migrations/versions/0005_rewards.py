"""Cashback, points, gift cards and store credit; cash rounding; early payment."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""


def upgrade() -> None:
    """Bring the tables to this form."""
