"""What a product is made of: variants, bundles, rules, units, images."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""


def upgrade() -> None:
    """Bring the tables to this form."""
