"""What is on hand and expected; indexes of the lists: their order, and what is open of an invoice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this form."""
    op.create_table(
        "stock_movement",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Text(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("expected_id", WHOLE, nullable=True),
        sa.Column("seen", WHOLE, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_movement_not_negative")),
        sa.ForeignKeyConstraint(
            ["expected_id"],
            ["stock_movement.id"],
            name=op.f("fk_stock_movement_expected_id_stock_movement"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_stock_movement_product_id_product"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_stock_movement_expected_id"), "stock_movement", ["expected_id"], unique=False)
    op.create_index(op.f("ix_stock_movement_product_id"), "stock_movement", ["product_id"], unique=False)
    op.create_index("ix_quote_made", "quote", ["made_on", "id"], unique=False)
    op.create_index("ix_contract_made", "contract", ["made_on", "id"], unique=False)
    op.drop_index("ix_journal_line_subledger", "journal_line")
    op.create_index("ix_journal_line_subledger", "journal_line", ["document", "role", "debit", "credit"], unique=False)
    op.create_index("ix_quote_line_sku", "quote_line", ["sku"], unique=False)
    op.create_index("ix_quote_line_parts", "quote_line", ["quote_id"], unique=False, sqlite_where=sa.text(PARTS))


PARTS = "detail LIKE '%\"parts\":%'"
