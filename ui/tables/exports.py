"""Which columns each list has in an Excel workbook: typed, in the person's language. Nothing else is exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import AppContext
from ui.widgets.method_words import method_words
from ui.widgets.state_words import state_text
from ui.widgets.unit_words import unit_name

_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "deals": (
        ("number", "text"), ("title", "text"), ("customer", "text"), ("state", "deal"), ("opened_on", "date"),
        ("valid_until", "date"), ("currency", "text"), ("gross", "amount"), ("open", "amount"), ("flag", "text"),
    ),
    "quotes": (
        ("number", "text"), ("revision", "count"), ("title", "text"), ("customer", "text"), ("state", "quote"),
        ("made_on", "date"), ("valid_until", "date"), ("currency", "text"), ("net", "amount"), ("gross", "amount"),
    ),
    "contracts": (
        ("number", "text"), ("version", "count"), ("title", "text"), ("customer", "text"), ("state", "contract"),
        ("made_on", "date"), ("currency", "text"), ("gross", "amount"),
    ),
    "payments": (
        ("number", "text"), ("paid_on", "date"), ("deal_number", "text"), ("customer", "text"), ("state", "payment"),
        ("method", "method"), ("reference", "text"), ("currency", "text"), ("signed", "amount"),
        ("unallocated", "amount"),
    ),
    "deliveries": (
        ("number", "text"), ("title", "text"), ("customer", "text"), ("state", "delivery"), ("dispatched_on", "date"),
        ("received_on", "date"), ("carrier", "text"), ("tracking", "text"),
    ),
    "invoices": (
        ("number", "text"), ("kind", "paper"), ("title", "text"), ("customer", "text"), ("state", "invoice"),
        ("issued_on", "date"), ("due_on", "date"), ("currency", "text"), ("signed", "amount"), ("open", "amount"),
    ),
    "revenue": (
        ("document", "text"), ("earned_on", "date"), ("name", "text"), ("title", "text"), ("customer", "text"),
        ("currency", "text"), ("amount", "amount"), ("cost", "amount"),
    ),
    "customers": (
        ("name", "text"), ("city", "text"), ("country", "text"), ("email", "text"), ("deals", "count"),
        ("state", "customer"),
    ),
    "products": (
        ("sku", "text"), ("name", "text"), ("category", "text"), ("kind", "kind"), ("unit", "unit"),
        ("currency", "text"), ("unit_price", "price"), ("base_quantity", "number"), ("cost", "price"),
        ("state", "product"),
    ),
}  # fmt: skip
"""List -> its fields with what they hold: a plain type, or the kind of document whose state it is."""

_STATES = {"deal", "quote", "contract", "delivery", "invoice", "payment", "customer", "product"}


def export_of(kind: str, title: str, context: AppContext) -> Callable[[Sequence[Any]], bytes] | None:
    """The export of a list by its kind: rows to the bytes of a workbook; None for a list that is not known here."""
    if kind not in _FIELDS:
        return None

    def export(rows: Sequence[Any]) -> bytes:
        from app.outputs.xlsx import list_export  # the spreadsheet writer is loaded with the first export
        from app.outputs.xlsx.workbook import Column

        columns = [Column(name, _title(name), *_cell(name, holds)) for name, holds in _FIELDS[kind]]
        return list_export.write(title, columns, rows, made=context.today(), author=company_name(context))

    return export


def company_name(context: AppContext) -> str:
    """Who says so: the author of a workbook; readable on any thread."""
    from app.parties.queries import our_company

    with context.store.read() as session:
        company = our_company(session)
    return company.name if company is not None else ""


def _cell(name: str, holds: str) -> tuple[Any, Callable[[Any], Any]]:
    from app.outputs.xlsx.styles import Kind

    words: dict[str, Callable[[Any], str]] = {
        "unit": lambda row: unit_name(row.unit),
        "kind": lambda row: kind_words(row.kind),
        "paper": lambda row: _paper_words(row.kind),
        "method": lambda row: method_words(row.method),
    }
    if holds in _STATES:
        return Kind.TEXT, lambda row: state_text(holds, row.state)
    if holds in words:
        return Kind.TEXT, words[holds]
    if name == "signed":
        return Kind.AMOUNT, _signed
    return Kind(holds), lambda row: getattr(row, name)


def _signed(row: Any) -> int:
    """Money out and credit notes take away, so that the column adds up."""
    if hasattr(row, "direction"):
        return row.amount if row.direction == "in" else -row.amount
    return row.gross if row.kind == "invoice" else -row.gross


def kind_words(kind: str) -> str:
    """Goods, service or something digital."""
    words = {"service": _say("Service"), "digital": QCoreApplication.translate("exports", "Digital", "product")}
    return words.get(kind) or _say("Goods")


def _paper_words(kind: str) -> str:
    return _say("Credit note") if kind == "credit_note" else _say("Invoice")


def _title(name: str) -> str:
    return {
        "number": _say("Number"),
        "title": _say("Title"),
        "customer": _say("Customer"),
        "state": _say("State"),
        "opened_on": _say("Opened"),
        "valid_until": _say("Valid until"),
        "currency": _say("Currency"),
        "gross": _say("Total with tax"),
        "signed": _say("Amount"),
        "open": _say("Still open"),
        "flag": _say("Note"),
        "revision": _say("Revision"),
        "made_on": _say("Written on"),
        "net": _say("Net"),
        "version": _say("Version"),
        "paid_on": _say("Paid on"),
        "deal_number": _say("Deal"),
        "method": _say("Paid by"),
        "reference": _say("Reference"),
        "unallocated": _say("Not used yet"),
        "dispatched_on": _say("Dispatched on"),
        "received_on": _say("Received on"),
        "carrier": _say("Carrier"),
        "tracking": _say("Tracking number"),
        "kind": _say("Kind"),
        "issued_on": _say("Issued on"),
        "due_on": _say("Due on"),
        "document": _say("Document"),
        "earned_on": _say("Earned on"),
        "name": _say("Name"),
        "amount": _say("Revenue"),
        "cost": _say("Cost"),
        "city": _say("City"),
        "country": _say("Country"),
        "email": _say("E-mail"),
        "deals": _say("Deals"),
        "sku": _say("Item number"),
        "category": _say("Category"),
        "unit": _say("Unit"),
        "unit_price": _say("Unit price"),
        "base_quantity": _say("Price is for"),
    }[name]


def _say(source: str) -> str:
    return QCoreApplication.translate("exports", source)
