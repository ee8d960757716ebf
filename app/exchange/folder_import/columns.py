"""The files of a folder and their columns, with the other names they go by."""

from __future__ import annotations

from app.exchange.columns import Column

FILES: dict[str, tuple[str, ...]] = {
    "customers": ("customers", "clients"),
    "products": ("products", "articles", "items"),
    "orders": ("orders", "sales_orders"),
    "order_lines": ("order_lines", "order_details", "order_items", "lines"),
    "payments": ("payments",),
}
"""What has to be there, and the names its file may have, without ending."""

COLUMNS: dict[str, tuple[Column, ...]] = {
    "customers": (
        Column("customer_id", ("customer_number", "customer_no", "id", "number")),
        Column("name", ("customer_name", "company", "company_name")),
        Column("contact_first_name", ("first_name",), needed=False),
        Column("contact_last_name", ("last_name", "contact_name", "contact"), needed=False),
        Column("email", ("e_mail", "mail"), needed=False),
        Column("phone", ("telephone", "phone_number"), needed=False),
        Column("tax_id", ("vat_id", "vat_number", "tax_number"), needed=False),
        Column("address_line1", ("street", "address", "address1"), needed=False),
        Column("address_line2", ("street2", "address2"), needed=False),
        Column("postal_code", ("postcode", "zip", "zip_code"), needed=False),
        Column("city", ("town",), needed=False),
        Column("state", ("region", "province"), needed=False),
        Column("country", ("country_code", "country_name"), needed=False),
    ),
    "products": (
        Column("product_id", ("sku", "product_code", "article_number", "id")),
        Column("name", ("product_name", "title")),
        Column("category", ("product_line", "group"), needed=False),
        Column("description", ("product_description",), needed=False),
        Column("cost", ("buy_price", "purchase_price", "unit_cost"), needed=False),
        Column("list_price", ("msrp", "price", "unit_price")),
    ),
    "orders": (
        Column("order_id", ("order_number", "order_no", "id")),
        Column("customer_id", ("customer_number", "customer_no", "customer")),
        Column("order_date", ("ordered_on", "date")),
        Column("shipped_date", ("shipped_on", "ship_date")),
        Column("status", ("state", "order_status")),
        Column("comments", ("comment", "note", "notes"), needed=False),
    ),
    "order_lines": (
        Column("order_id", ("order_number", "order_no", "order")),
        Column("line_no", ("line_number", "order_line_number", "line", "position")),
        Column("product_id", ("sku", "product_code", "product")),
        Column("quantity", ("quantity_ordered", "qty")),
        Column("unit_price", ("price_each", "price")),
    ),
    "payments": (
        Column("customer_id", ("customer_number", "customer_no", "customer")),
        Column("payment_ref", ("check_number", "cheque_number", "reference", "payment_id")),
        Column("payment_date", ("paid_on", "date")),
        Column("amount", ("paid",)),
    ),
}
"""The columns of each table; those that are not needed may be missing."""
