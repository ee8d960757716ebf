"""Price lists, contract prices, promotions and coupons."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""


def upgrade() -> None:
    """Bring the tables to this form."""
