"""Customers from a spreadsheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.exchange.list_import import customers
from app.exchange.list_import.checked import Checked
from app.exchange.list_import.customers import CustomerRow
from app.exchange.list_import.fields import CUSTOMERS
from app.exchange.list_import.save import save_customers
from ui.context import AppContext
from ui.parties.texts import country_name, payment_words
from ui.routes import Route
from ui.wizards.import_pages import ImportDraft
from ui.wizards.import_wizard import ImportPlan, ImportScreen


def screen(context: AppContext, _route: Route) -> QWidget:
    """The wizard."""
    shown = [
        (_say("Name"), lambda row: row.party.name),
        (_say("E-mail"), lambda row: row.party.email),
        (_say("City"), lambda row: row.party.address.city),
        (_say("Country"), lambda row: country_name(row.party.address.country)),
        (_say("Tax number"), lambda row: row.party.tax_id),
        (_say("Payment is due"), lambda row: payment_words(row.payment_terms)),
    ]
    plan = ImportPlan(
        kind="customer",
        title=_say("Import customers"),
        wanted=CUSTOMERS,
        numbers=(),
        names=column_words,
        shown=shown,
        check=_check,
        save=save_customers,
        commit_words=lambda number: QCoreApplication.translate("parties", "Import %n customers", None, number),
    )
    return ImportScreen(context, plan)


def _check(draft: ImportDraft, progress: Any) -> Checked[CustomerRow]:
    if draft.source is None:
        raise ValueError("there is no file to check")
    return customers.check(draft.source.table, dict(draft.mapping), draft.point, progress)


def column_words(name: str) -> str:
    """What a column holds."""
    return {
        "name": _say("Name"),
        "external_id": _say("Customer number"),
        "legal_name": _say("Legal name"),
        "email": _say("E-mail"),
        "phone": _say("Phone"),
        "street": _say("Street and number"),
        "street2": _say("Address addition"),
        "postal_code": _say("Postal code"),
        "city": _say("City"),
        "region": _say("Region or state"),
        "country": _say("Country"),
        "tax_id": _say("Tax number"),
        "registration": _say("Register number"),
        "iban": _say("Bank account (IBAN)"),
        "bic": _say("Bank code (BIC)"),
        "payment_terms": _say("Payment is due"),
        "language": _say("Language of papers"),
        "note": _say("Note"),
    }[name]


def _say(source: str) -> str:
    return QCoreApplication.translate("parties", source)
