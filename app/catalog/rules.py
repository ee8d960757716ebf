"""What a product is, and what has to hold before it can be sold. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.core import tax as taxes
from app.core.errors import Problem
from app.core.quantity import units
from app.core.tax import Tax


class Kind(StrEnum):
    """What is sold; it decides the later steps: goods are dispatched and received, services are completed."""

    GOODS = "goods"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the catalogue. Prices and cost are per `base_quantity` units and per unit, in `currency`."""

    sku: str
    name: str
    currency: str
    unit_price: Decimal
    tax: Tax
    description: str = ""
    category: str = ""
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    base_quantity: Decimal = Decimal(1)
    cost: Decimal | None = None
    active: bool = True


def margin_percent(unit_price: Decimal, base_quantity: Decimal, cost: Decimal | None) -> Decimal | None:
    """What is left of the list price after the cost, in percent with one decimal; None without cost or price.

    The price is per `base_quantity` units, the cost per unit.
    """
    if cost is None or unit_price <= 0 or base_quantity <= 0:
        return None
    return ((unit_price - cost * base_quantity) * 100 / unit_price).quantize(Decimal("0.1"), ROUND_HALF_UP)


def check(product: Product) -> list[Problem]:
    """Everything that is wrong with a product."""
    found = []
    for name in ("sku", "name"):
        if not getattr(product, name).strip():
            found.append(Problem(name, "missing", f"{name}: it is needed."))
    if product.unit not in units():
        found.append(Problem("unit", "unknown_unit", f"unit: {product.unit!r} is no known unit, such as C62 (piece)."))
    if product.unit_price < 0:
        found.append(Problem("unit_price", "negative", f"unit_price: {product.unit_price} is below zero."))
    if product.cost is not None and product.cost < 0:
        found.append(Problem("cost", "negative", f"cost: {product.cost} is below zero."))
    if product.base_quantity <= 0:
        found.append(Problem("base_quantity", "not_positive", "base_quantity: it has to be above zero."))
    return found + taxes.problems(product.tax, "tax")
