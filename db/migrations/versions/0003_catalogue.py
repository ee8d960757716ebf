"""What a product is made of: variants, bundles, rules, units, images."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this form."""
    _products()
    _models()
    _variants()
    _guides()


def _products() -> None:
    with op.batch_alter_table("product") as product:
        product.add_column(
            sa.Column("stocked", sa.Boolean(create_constraint=False), server_default="0", nullable=False)
        )
        product.add_column(sa.Column("weight", WHOLE))
        product.add_column(sa.Column("active_from", sa.Text()))
        product.add_column(sa.Column("active_to", sa.Text()))
        product.add_column(sa.Column("units", sa.Text(), server_default="[]", nullable=False))
        product.add_column(sa.Column("image", sa.Text(), server_default="", nullable=False))
        product.add_column(sa.Column("thumbnail", sa.Text(), server_default="", nullable=False))


def _product_reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_product")
    return sa.ForeignKeyConstraint([column], ["product.id"], name=name, ondelete="RESTRICT")


def _models() -> None:
    op.create_table(
        "product_model",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        _product_reference("product_model", "product_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_model")),
        sa.UniqueConstraint("product_id", name=op.f("uq_product_model_product_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "product_part",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("part_id", WHOLE, nullable=False),
        _product_reference("product_part", "part_id"),
        _product_reference("product_part", "product_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_part")),
        sa.UniqueConstraint("product_id", "part_id", name=op.f("uq_product_part_product_id_part_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_product_part_part_id"), "product_part", ["part_id"], unique=False)


def _variants() -> None:
    op.create_table(
        "product_variant",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("parent_id", WHOLE, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        _product_reference("product_variant", "parent_id"),
        _product_reference("product_variant", "product_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_variant")),
        sa.UniqueConstraint("parent_id", "chosen", name=op.f("uq_product_variant_parent_id_chosen")),
        sa.UniqueConstraint("product_id", name=op.f("uq_product_variant_product_id")),
        sqlite_strict=True,
    )


def _guides() -> None:
    op.create_table(
        "guide",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("guide", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_guide_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide")),
        sa.UniqueConstraint("name", name=op.f("uq_guide_name")),
        sqlite_strict=True,
    )
