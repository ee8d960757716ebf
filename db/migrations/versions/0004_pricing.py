"""Price lists, contract prices, promotions and coupons; the group a customer belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this form."""
    with op.batch_alter_table("customer") as customer:
        customer.add_column(sa.Column("customer_group", sa.Text(), server_default="", nullable=False))
    _price_lists()
    _contract_prices()
    _promotions()
    _coupons()
    _delivery()


def _key(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete="RESTRICT")


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", WHOLE, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sqlite_strict=True,
    )


def _validity() -> list[sa.Column[str]]:
    return [sa.Column("starts_on", sa.Text(), nullable=True), sa.Column("ends_on", sa.Text(), nullable=True)]


def _state(*, priority: bool = True) -> list[sa.Column[int]]:
    columns = [sa.Column("active", sa.Boolean(), server_default="1", nullable=False)]
    if priority:
        columns.insert(0, sa.Column("priority", sa.Integer(), server_default="0", nullable=False))
    return columns


def _document() -> sa.Column[str]:
    return sa.Column("document", sa.Text(), nullable=False)


def _price_lists() -> None:
    _table(
        "price_list",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("customer_group", sa.Text(), server_default="", nullable=False),
        *_validity(),
        *_state(),
        _document(),
        sa.CheckConstraint("name <> ''", name=op.f("ck_price_list_named")),
        sa.UniqueConstraint("name", name=op.f("uq_price_list_name")),
    )
    _table(
        "price_entry",
        sa.Column("price_list_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", WHOLE, nullable=True),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        _document(),
        _key("price_entry", "price_list_id", "price_list"),
        _key("price_entry", "product_id", "product"),
    )
    op.create_index(op.f("ix_price_entry_price_list_id"), "price_entry", ["price_list_id"], unique=False)
    op.create_index(op.f("ix_price_entry_product_id"), "price_entry", ["product_id"], unique=False)


def _contract_prices() -> None:
    _table(
        "contract_price",
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        *_validity(),
        _document(),
        _key("contract_price", "customer_id", "customer"),
        _key("contract_price", "product_id", "product"),
    )
    op.create_index("ix_contract_price_customer", "contract_price", ["customer_id", "product_id"], unique=False)
    op.create_index(op.f("ix_contract_price_product_id"), "contract_price", ["product_id"], unique=False)


def _promotions() -> None:
    _table(
        "promotion",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="", nullable=False),
        *_validity(),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("needs_coupon", sa.Boolean(), server_default="0", nullable=False),
        *_state(priority=False),
        _document(),
        sa.CheckConstraint("name <> ''", name=op.f("ck_promotion_named")),
        sa.UniqueConstraint("name", name=op.f("uq_promotion_name")),
    )
    _table(
        "promotion_product",
        sa.Column("promotion_id", WHOLE, nullable=False),
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('buys', 'gets', 'gives')", name=op.f("ck_promotion_product_role")),
        _key("promotion_product", "promotion_id", "promotion"),
        _key("promotion_product", "product_id", "product"),
    )
    op.create_index(op.f("ix_promotion_product_product_id"), "promotion_product", ["product_id"], unique=False)
    op.create_index(op.f("ix_promotion_product_promotion_id"), "promotion_product", ["promotion_id"], unique=False)


def _coupons() -> None:
    _table(
        "coupon",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("promotion_id", WHOLE, nullable=False),
        *_validity(),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("most_per_customer", sa.Integer(), nullable=True),
        *_state(priority=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_coupon_coded")),
        _key("coupon", "promotion_id", "promotion"),
        sa.UniqueConstraint("code", name=op.f("uq_coupon_code")),
    )
    op.create_index(op.f("ix_coupon_promotion_id"), "coupon", ["promotion_id"], unique=False)
    _table(
        "coupon_use",
        sa.Column("coupon_id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("reserved_until", sa.Text(), nullable=True),
        sa.CheckConstraint("event IN ('reserved', 'kept', 'given_back')", name=op.f("ck_coupon_use_event")),
        _key("coupon_use", "coupon_id", "coupon"),
        _key("coupon_use", "deal_id", "deal"),
        _key("coupon_use", "customer_id", "customer"),
    )
    op.create_index("ix_coupon_use_coupon", "coupon_use", ["coupon_id", "deal_id", "id"], unique=False)
    op.create_index(op.f("ix_coupon_use_deal_id"), "coupon_use", ["deal_id"], unique=False)


def _delivery() -> None:
    _table(
        "delivery_rule",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        *_state(),
        _document(),
        sa.CheckConstraint("name <> ''", name=op.f("ck_delivery_rule_named")),
        sa.UniqueConstraint("name", name=op.f("uq_delivery_rule_name")),
    )
