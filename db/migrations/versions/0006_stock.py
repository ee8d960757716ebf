"""What is on hand and expected; indexes of the lists."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""


def upgrade() -> None:
    """Bring the tables to this form."""
