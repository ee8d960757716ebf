"""What a line was configured and priced from; proposals, coupons and cashback of a quote; the papers' language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this form."""
    with op.batch_alter_table("quote") as quote:
        quote.add_column(sa.Column("proposals", sa.Text(), server_default="[]", nullable=False))
        quote.add_column(sa.Column("coupons", sa.Text(), server_default="[]", nullable=False))
        quote.add_column(sa.Column("cashback_percent", WHOLE))
        quote.add_column(sa.Column("early_tax", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("quote_line") as quote_line:
        quote_line.add_column(sa.Column("detail", sa.Text(), server_default="{}", nullable=False))
    with op.batch_alter_table("deal") as deal:
        deal.add_column(sa.Column("paper_language", sa.Text(), server_default="", nullable=False))
