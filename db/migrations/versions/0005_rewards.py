"""Cashback, points, gift cards and store credit; cash rounding; early payment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

CHANGES: tuple[str, ...] = ("account",)
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ACCOUNTS = (
    ("points_liability", "3275", "Points promised"),
    ("gift_card_liability", "3290", "Gift cards outstanding"),
)
"""New accounts of the chart: role, number, name."""


def upgrade() -> None:
    """Bring the tables to this form."""
    for role, code, name in ACCOUNTS:
        insert = sa.text("INSERT INTO account (role, code, name) VALUES (:role, :code, :name)")
        op.execute(insert.bindparams(role=role, code=code, name=name))
    with op.batch_alter_table("invoice") as invoice:
        invoice.add_column(sa.Column("rounding", WHOLE, server_default="0", nullable=False))
    op.create_table(
        "early_discount",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("invoice_id", WHOLE, nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("taken_on", sa.Text(), nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.Column("gross", WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("gross > 0 AND net + tax = gross", name=op.f("ck_early_discount_total")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_early_discount_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_early_discount_payment_id_payment"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_discount")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_early_discount_invoice_id"), "early_discount", ["invoice_id"], unique=False)
    op.create_index(op.f("ix_early_discount_payment_id"), "early_discount", ["payment_id"], unique=False)
    op.create_table(
        "cashback_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("invoice_id", WHOLE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("promised", WHOLE, nullable=False),
        sa.Column("credited", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_cashback_entry_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cashback_entry")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_cashback_entry_invoice_id"), "cashback_entry", ["invoice_id"], unique=False)
    op.create_table(
        "gift_card",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("sold_on", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_gift_card_positive")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_gift_card_payment_id_payment"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_card")),
        sa.UniqueConstraint("code", name=op.f("uq_gift_card_code")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_gift_card_payment_id"), "gift_card", ["payment_id"], unique=False)
    op.create_table(
        "wallet_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_id", WHOLE, nullable=True),
        sa.Column("deal_id", WHOLE, nullable=True),
        sa.Column("gift_card_id", WHOLE, nullable=True),
        sa.Column("invoice_id", WHOLE, nullable=True),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("released", WHOLE, nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('gift_card', 'goodwill', 'points', 'expired', 'card_expired', 'points_expired')",
            name=op.f("ck_wallet_entry_kind"),
        ),
        sa.CheckConstraint("amount >= 0 AND released >= 0", name=op.f("ck_wallet_entry_not_negative")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_wallet_entry_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_wallet_entry_deal_id_deal"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["gift_card_id"], ["gift_card.id"], name=op.f("fk_wallet_entry_gift_card_id_gift_card"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_wallet_entry_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_wallet_entry_customer", "wallet_entry", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_wallet_entry_deal_id"), "wallet_entry", ["deal_id"], unique=False)
    op.create_index(op.f("ix_wallet_entry_gift_card_id"), "wallet_entry", ["gift_card_id"], unique=False)
    op.create_table(
        "points_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("invoice_id", WHOLE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("promised", WHOLE, nullable=False),
        sa.Column("granted", WHOLE, nullable=False),
        sa.Column("spent", WHOLE, nullable=False),
        sa.Column("deferred", WHOLE, nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("point_value", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_points_entry_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_points_entry_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_points_entry_customer", "points_entry", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_points_entry_invoice_id"), "points_entry", ["invoice_id"], unique=False)
