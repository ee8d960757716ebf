"""Products from a spreadsheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.catalog.rules import Product
from app.exchange.list_import import products
from app.exchange.list_import.checked import Checked
from app.exchange.list_import.fields import PRODUCTS
from app.exchange.list_import.save import save_products
from app.parties.defaults import defaults
from ui import formats
from ui.catalog.texts import product_price, tax_words
from ui.context import AppContext
from ui.routes import Route
from ui.tables.exports import kind_words
from ui.wizards.import_pages import ImportDraft
from ui.wizards.import_wizard import ImportPlan, ImportScreen


def screen(context: AppContext, _route: Route) -> QWidget:
    """The wizard."""
    with context.store.read() as session:
        usual = defaults(session)

    def check(draft: ImportDraft, progress: Any) -> Checked[Product]:
        if draft.source is None:
            raise ValueError("there is no file to check")
        return products.check(draft.source.table, dict(draft.mapping), usual, draft.point, progress)

    shown = [
        (_say("Name"), lambda item: item.name),
        (_say("Item number"), lambda item: item.sku),
        (_say("List price"), product_price),
        (_say("Cost"), _cost),
        (_say("Tax"), lambda item: tax_words(item.tax)),
        (_say("Kind"), lambda item: kind_words(item.kind.value)),
    ]
    plan = ImportPlan(
        kind="product",
        title=_say("Import products"),
        wanted=PRODUCTS,
        numbers=("unit_price", "cost", "base_quantity", "tax_rate"),
        names=column_words,
        shown=shown,
        check=check,
        save=save_products,
        commit_words=lambda number: QCoreApplication.translate("catalog", "Import %n products", None, number),
    )
    return ImportScreen(context, plan)


def _cost(item: Product) -> str:
    return formats.NOTHING if item.cost is None else formats.price_text(item.cost, item.currency)


def column_words(name: str) -> str:
    """What a column holds."""
    return {
        "sku": _say("Item number"),
        "name": _say("Name"),
        "description": _say("Description"),
        "category": _say("Category"),
        "kind": _say("Kind"),
        "unit": _say("Unit"),
        "unit_price": _say("List price"),
        "base_quantity": _say("Price is for"),
        "cost": _say("Cost per unit"),
        "currency": _say("Currency"),
        "tax_rate": _say("Tax rate"),
    }[name]


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
