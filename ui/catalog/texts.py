"""Words of the product screens."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.catalog.rules import Kind, Product, SellingUnit
from app.core.errors import Problem
from app.core.tax import Tax, TaxCategory
from ui import formats
from ui.tables.exports import kind_words
from ui.widgets.unit_words import unit_name, unit_sign

_PIECES = ("C62", "EA", "H87")
"""Units that go without saying."""


def kind_choices() -> list[tuple[Kind, str]]:
    """What is sold."""
    return [(kind, kind_words(kind.value)) for kind in Kind]


def category_choices() -> list[tuple[TaxCategory, str]]:
    """How an item is taxed."""
    words = {
        TaxCategory.STANDARD: _say("Taxed"),
        TaxCategory.ZERO: _say("Zero rate"),
        TaxCategory.EXEMPT: _say("Exempt from tax"),
        TaxCategory.REVERSE_CHARGE: _say("Reverse charge: the customer owes the tax"),
        TaxCategory.INTRA_COMMUNITY: _say("Delivery within the EU"),
        TaxCategory.EXPORT: QCoreApplication.translate("catalog", "Export", "tax"),
        TaxCategory.OUT_OF_SCOPE: _say("No tax is charged"),
    }
    return list(words.items())


def tax_words(tax: Tax) -> str:
    """A tax in words."""
    name = dict(category_choices())[tax.category]
    return formats.percent_text(tax.rate) if tax.category is TaxCategory.STANDARD else name


def price_words(unit_price: Decimal, base_quantity: Decimal, unit: str, currency: str) -> str:
    """A price with what it is for: "€12.50 per 100 pcs"; alone for a piece."""
    price = formats.price_text(unit_price, currency)
    if base_quantity == 1 and unit in _PIECES:
        return price
    if base_quantity == 1:
        return _say("%1 per %2").replace("%1", price).replace("%2", unit_sign(unit, Decimal(1)))
    amount = f"{formats.decimal_text(base_quantity)} {unit_sign(unit, base_quantity)}"
    return _say("%1 per %2").replace("%1", price).replace("%2", amount)


def product_price(product: Product) -> str:
    """The list price of a product in words."""
    return price_words(product.unit_price, product.base_quantity, product.unit, product.currency)


def conversion_words(one: SellingUnit, unit: str, currency: str) -> str:
    """What a selling unit means: "1 box = 12 pieces · €960.00"."""
    words = _say("%1 = %2").replace("%1", _amount(one.per, one.unit)).replace("%2", _amount(one.factor, unit))
    return words if one.price is None else f"{words} · {formats.price_text(one.price, currency)}"


def _amount(quantity: Decimal, unit: str) -> str:
    sign = unit_sign(unit, quantity) if unit != "XBX" else unit_name(unit)
    return f"{formats.decimal_text(quantity)} {sign}"


def offered_words(product: Product) -> str:
    """From when to when it is offered; "" without days."""
    begin, end = product.active_from, product.active_to
    if begin is not None and end is not None:
        text = _say("%1 to %2")
    elif begin is not None:
        text = _say("from %1 on")
    elif end is not None:
        text = _say("until %2")
    else:
        return ""
    return text.replace("%1", formats.date_text(begin)).replace("%2", formats.date_text(end))


def problem_words(problem: Problem) -> str:
    """Words beside a field."""
    words = {
        "missing": _say("Please fill this in."),
        "taken": _say("Another product has this item number."),
        "negative": _say("Not below zero, please."),
        "not_positive": _say("It has to be above zero."),
        "rate_range": _say("A rate is between 0 and 100 %."),
        "rate_missing": _say("A taxed item needs a rate above zero."),
        "rate_not_zero": _say("This kind of taxation has no rate."),
        "unknown_unit": _say("This unit is not known."),
        "not_goods": _say("Only goods lie in stock."),
        "before_start": _say("This is before the first day."),
        "twice": _say("This is there already."),
        "too_large": _say("The file is too large; please choose a smaller one."),
        "too_many_pixels": _say("The picture is too large; please choose a smaller one."),
        "unreadable": _say("It is no PNG or JPEG picture."),
    }
    return words.get(problem.code, problem.message)


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
