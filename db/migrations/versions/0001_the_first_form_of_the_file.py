"""The first form of the file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CHANGES: tuple[str, ...] = ()
"""Tables, or columns as "table.column", whose present values this migration changes on purpose."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the tables to this form."""
    op.create_table(
        "account",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("code", name=op.f("uq_account_code")),
        sa.UniqueConstraint("role", name=op.f("uq_account_role")),
        sqlite_strict=True,
    )
    op.create_table(
        "chain",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
        sqlite_strict=True,
    )
    op.create_index("ix_chain_subject", "chain", ["subject", "kind"], unique=False)
    op.create_table(
        "company",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("legal_name", sa.Text(), server_default="", nullable=False),
        sa.Column("tax_id", sa.Text(), server_default="", nullable=False),
        sa.Column("registration", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("iban", sa.Text(), server_default="", nullable=False),
        sa.Column("bic", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("street2", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_street", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_street2", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_city", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_region", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_country", sa.Text(), server_default="", nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_company_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_strict=True,
    )
    op.create_table(
        "customer",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("legal_name", sa.Text(), server_default="", nullable=False),
        sa.Column("tax_id", sa.Text(), server_default="", nullable=False),
        sa.Column("registration", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("iban", sa.Text(), server_default="", nullable=False),
        sa.Column("bic", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("street2", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("region", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_street", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_street2", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_city", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_region", sa.Text(), server_default="", nullable=False),
        sa.Column("ship_country", sa.Text(), server_default="", nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("tax_key", sa.Text(), server_default="", nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), server_default="", nullable=False),
        sa.Column("payment_terms", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_customer_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sqlite_strict=True,
    )
    op.create_index("ix_customer_external_id", "customer", ["external_id"], unique=False)
    op.create_index("ix_customer_name_key", "customer", ["name_key"], unique=False)
    op.create_index("ix_customer_sort", "customer", ["sort_name", "id"], unique=False)
    op.create_index("ix_customer_tax_key", "customer", ["tax_key"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_draft_kind_subject")),
        sqlite_strict=True,
    )
    op.create_table(
        "history",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("deal_id", WHOLE, nullable=True),
        sa.Column("happened_on", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("key", name=op.f("uq_history_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_history_deal_id"), "history", ["deal_id"], unique=False)
    op.create_table(
        "period_lock",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("locked_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_lock")),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("category", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("unit_price", WHOLE, nullable=False),
        sa.Column("base_quantity", WHOLE, nullable=False),
        sa.Column("cost", WHOLE, nullable=True),
        sa.Column("tax_category", sa.Text(), nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("exemption_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.CheckConstraint("sku <> '' AND name <> ''", name=op.f("ck_product_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_product_sku")),
        sqlite_strict=True,
    )
    op.create_index("ix_product_sort", "product", ["sort_name", "id"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 1", name=op.f("ck_series_started")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("prefix", "year", name=op.f("uq_series_prefix_year")),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "deal",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("tax_rounding", sa.Text(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("flag", sa.Text(), server_default="", nullable=False),
        sa.Column("cancelled_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_deal_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("number", name=op.f("uq_deal_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_deal_reference")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_deal_customer_id"), "deal", ["customer_id"], unique=False)
    op.create_index("ix_deal_opened", "deal", ["opened_on", "id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("cancelled_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_contract_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("deal_id", name=op.f("uq_contract_deal_id")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("dispatched_on", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("override", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_delivery_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delivery_deal_id"), "delivery", ["deal_id"], unique=False)
    op.create_index("ix_delivery_dispatched", "delivery", ["dispatched_on", "id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_document_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("file_name", name=op.f("uq_document_file_name")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_document_deal_id"), "document", ["deal_id"], unique=False)
    op.create_table(
        "goods_return",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("returned_on", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restock", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_goods_return_deal_id_deal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_return")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_return_deal_id"), "goods_return", ["deal_id"], unique=False)
    op.create_table(
        "journal_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=True),
        sa.Column("posted_on", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_journal_entry_deal_id_deal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_journal_entry_deal_id"), "journal_entry", ["deal_id"], unique=False)
    op.create_index(op.f("ix_journal_entry_posted_on"), "journal_entry", ["posted_on"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("deal_id", WHOLE, nullable=True),
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("deposit", WHOLE, nullable=False),
        sa.Column("credit", WHOLE, nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_payment_direction")),
        sa.CheckConstraint(
            "amount > 0 AND deposit >= 0 AND credit >= 0 AND deposit + credit <= amount", name=op.f("ck_payment_parts")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_payment_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_payment_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_payment_number")),
        sqlite_strict=True,
    )
    op.create_index("ix_payment_customer", "payment", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_payment_deal_id"), "payment", ["deal_id"], unique=False)
    op.create_index("ix_payment_amount", "payment", ["amount"], unique=False)
    op.create_index("ix_payment_paid", "payment", ["paid_on", "id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("handed_over", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("deposit_percent", WHOLE, nullable=True),
        sa.Column("deposit_amount", WHOLE, nullable=True),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("reductions", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.Column("gross", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_quote_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("deal_id", "revision", name=op.f("uq_quote_deal_id_revision")),
        sqlite_strict=True,
    )
    op.create_index("ix_quote_gross", "quote", ["gross"], unique=False)
    op.create_table(
        "receipt",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_receipt_deal_id_deal"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_receipt_deal_id"), "receipt", ["deal_id"], unique=False)
    op.create_table(
        "revenue_entry",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("earned_on", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deal.id"], name=op.f("fk_revenue_entry_deal_id_deal"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_entry")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_revenue_entry_deal_id"), "revenue_entry", ["deal_id"], unique=False)
    op.create_index("ix_revenue_entry_earned", "revenue_entry", ["earned_on", "id"], unique=False)
    op.create_table(
        "contract_version",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("contract_id", WHOLE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quote_id", WHOLE, nullable=False),
        sa.Column("document_id", WHOLE, nullable=False),
        sa.Column("made_on", sa.Text(), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_version_contract_id_contract"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_contract_version_document_id_document"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_contract_version_quote_id_quote"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_version")),
        sa.UniqueConstraint("contract_id", "version", name=op.f("uq_contract_version_contract_id_version")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contract_version_document_id"), "contract_version", ["document_id"], unique=False)
    op.create_index(op.f("ix_contract_version_quote_id"), "contract_version", ["quote_id"], unique=False)
    op.create_table(
        "delivery_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("delivery_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_delivery_line_positive_quantity")),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_line_delivery_id_delivery"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delivery_line_delivery_id"), "delivery_line", ["delivery_id"], unique=False)
    op.create_table(
        "invoice",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("customer_id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("receipt_id", WHOLE, nullable=True),
        sa.Column("corrects_id", WHOLE, nullable=True),
        sa.Column("document_id", WHOLE, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.Column("gross", WHOLE, nullable=False),
        sa.Column("prepaid", WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note')", name=op.f("ck_invoice_kind")),
        sa.CheckConstraint("net + tax = gross", name=op.f("ck_invoice_total")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["invoice.id"], name=op.f("fk_invoice_corrects_id_invoice"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_invoice_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_invoice_deal_id_deal"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_invoice_document_id_document"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_invoice_receipt_id_receipt"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_corrects_id"), "invoice", ["corrects_id"], unique=False)
    op.create_index("ix_invoice_customer", "invoice", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_invoice_deal_id"), "invoice", ["deal_id"], unique=False)
    op.create_index(op.f("ix_invoice_document_id"), "invoice", ["document_id"], unique=False)
    op.create_index("ix_invoice_gross", "invoice", ["gross"], unique=False)
    op.create_index("ix_invoice_issued", "invoice", ["issued_on", "id"], unique=False)
    op.create_index(op.f("ix_invoice_receipt_id"), "invoice", ["receipt_id"], unique=False)
    op.create_table(
        "journal_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("entry_id", WHOLE, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("debit", WHOLE, nullable=False),
        sa.Column("credit", WHOLE, nullable=False),
        sa.Column("customer_id", WHOLE, nullable=True),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name=op.f("ck_journal_line_one_side")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_journal_line_customer_id_customer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_line_entry_id_journal_entry"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["role"], ["account.role"], name=op.f("fk_journal_line_role_account"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_line")),
        sqlite_strict=True,
    )
    op.create_index("ix_journal_line_customer", "journal_line", ["customer_id", "role"], unique=False)
    op.create_index(op.f("ix_journal_line_entry_id"), "journal_line", ["entry_id"], unique=False)
    op.create_index("ix_journal_line_subledger", "journal_line", ["document", "role"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("deal_id", WHOLE, nullable=False),
        sa.Column("document_id", WHOLE, nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('queued', 'sent', 'failed')", name=op.f("ck_letter_state")),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_letter_deal_id_deal"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_letter_document_id_document"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_letter_deal_id"), "letter", ["deal_id"], unique=False)
    op.create_index(op.f("ix_letter_document_id"), "letter", ["document_id"], unique=False)
    op.create_index("ix_letter_state", "letter", ["state", "id"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("document_id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_paper_document_id_document"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("document_id", "name", name=op.f("uq_paper_document_id_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "payment_use",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("used_on", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_use_positive")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_use_payment_id_payment"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_use")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_use_payment_id"), "payment_use", ["payment_id"], unique=False)
    op.create_table(
        "quote_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("quote_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price", WHOLE, nullable=False),
        sa.Column("base_quantity", WHOLE, nullable=False),
        sa.Column("list_price", WHOLE, nullable=True),
        sa.Column("cost", WHOLE, nullable=True),
        sa.Column("tax_category", sa.Text(), nullable=False),
        sa.Column("tax_rate", WHOLE, nullable=False),
        sa.Column("exemption_reason", sa.Text(), nullable=False),
        sa.Column("reductions", sa.Text(), nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_quote_line_positive_quantity")),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quote.id"], name=op.f("fk_quote_line_quote_id_quote"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_line")),
        sa.UniqueConstraint("quote_id", "position", name=op.f("uq_quote_line_quote_id_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "allocation",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("payment_id", WHOLE, nullable=False),
        sa.Column("invoice_id", WHOLE, nullable=False),
        sa.Column("allocated_on", sa.Text(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_allocation_positive")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_allocation_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_allocation_payment_id_payment"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_allocation_invoice_id"), "allocation", ["invoice_id"], unique=False)
    op.create_index(op.f("ix_allocation_payment_id"), "allocation", ["payment_id"], unique=False)
    op.create_table(
        "invoice_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("invoice_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("net", WHOLE, nullable=False),
        sa.Column("earned", WHOLE, nullable=False),
        sa.Column("tax", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id_invoice"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_line_invoice_id"), "invoice_line", ["invoice_id"], unique=False)
    op.create_table(
        "receipt_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("receipt_id", WHOLE, nullable=False),
        sa.Column("delivery_line_id", WHOLE, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("accepted", WHOLE, nullable=False),
        sa.Column("damaged", WHOLE, nullable=False),
        sa.Column("missing", WHOLE, nullable=False),
        sa.Column("refused", WHOLE, nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.CheckConstraint(
            "accepted >= 0 AND damaged >= 0 AND missing >= 0 AND refused >= 0",
            name=op.f("ck_receipt_line_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_line_id"],
            ["delivery_line.id"],
            name=op.f("fk_receipt_line_delivery_line_id_delivery_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_receipt_line_receipt_id_receipt"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_receipt_line_delivery_line_id"), "receipt_line", ["delivery_line_id"], unique=False)
    op.create_index(op.f("ix_receipt_line_receipt_id"), "receipt_line", ["receipt_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("version_id", WHOLE, nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["contract_version.id"],
            name=op.f("fk_signature_version_id_contract_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("version_id", "party", name=op.f("uq_signature_version_id_party")),
        sqlite_strict=True,
    )
    op.create_table(
        "return_line",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("return_id", WHOLE, nullable=False),
        sa.Column("receipt_line_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", WHOLE, nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_line_positive_quantity")),
        sa.ForeignKeyConstraint(
            ["receipt_line_id"],
            ["receipt_line.id"],
            name=op.f("fk_return_line_receipt_line_id_receipt_line"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["goods_return.id"], name=op.f("fk_return_line_return_id_goods_return"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_line_receipt_line_id"), "return_line", ["receipt_line_id"], unique=False)
    op.create_index(op.f("ix_return_line_return_id"), "return_line", ["return_id"], unique=False)
