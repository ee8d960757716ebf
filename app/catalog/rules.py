"""What a product is, and what has to hold before it can be sold. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.core import tax as taxes
from app.core.errors import Problem
from app.core.quantity import units
from app.core.tax import Tax


class Kind(StrEnum):
    """What is sold; it decides the later steps: goods are dispatched and received, services are completed.

    Only the catalogue tells digital things (a licence, a download) from services: see `as_sold`.
    """

    GOODS = "goods"
    SERVICE = "service"
    DIGITAL = "digital"

    @property
    def as_sold(self) -> Kind:
        """The kind of a line: what is digital is never dispatched, it is completed like a service."""
        return Kind.SERVICE if self is Kind.DIGITAL else self


@dataclass(frozen=True, slots=True)
class SellingUnit:
    """Another unit that a product is sold in: `per` of it are `factor` of the product's own unit.

    A box of 12 is 12 per 1; a third of a kilogram is 1 per 3, exactly. `price` is for one, in the product's currency;
    without one it is the product's price for as many.
    """

    unit: str
    factor: Decimal
    per: Decimal = Decimal(1)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the catalogue. Prices and cost are per `base_quantity` units and per unit, in `currency`.

    `stocked` goods are counted in the store room; `weight` is in kilograms, per unit. It is offered from `active_from`
    to `active_to`, both included, as long as it is `active`. `image` and `thumbnail` are names of files of the store
    (`app.store.files`), empty without a picture.
    """

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
    stocked: bool = False
    weight: Decimal | None = None
    active_from: date | None = None
    active_to: date | None = None
    units: tuple[SellingUnit, ...] = ()
    image: str = ""
    thumbnail: str = ""

    def offered_on(self, on: date) -> bool:
        """Whether it is in use and offered on a day."""
        begun = self.active_from is None or self.active_from <= on
        return self.active and begun and (self.active_to is None or on <= self.active_to)

    def sold_in(self, unit: str) -> SellingUnit | None:
        """How it is sold in a unit; one to one in its own. None where it is not sold in that unit."""
        if unit in ("", self.unit):
            return SellingUnit(self.unit, Decimal(1))
        return next((known for known in self.units if known.unit == unit), None)


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
    return [*found, *_of_stock(product), *_of_units(product), *taxes.problems(product.tax, "tax")]


def _of_stock(product: Product) -> Iterator[Problem]:
    if product.stocked and product.kind is not Kind.GOODS:
        message = f"stocked: only goods lie in stock, and {product.name!r} is {product.kind.value}."
        yield Problem("stocked", "not_goods", message, {"kind": product.kind.value})
    if product.weight is not None and product.weight < 0:
        yield Problem("weight", "negative", f"weight: {product.weight} is below zero.")
    begin, end = product.active_from, product.active_to
    if begin is not None and end is not None and end < begin:
        yield Problem("active_to", "before_start", f"active_to: {end} is before {begin}, the first day.")


def _of_units(product: Product) -> Iterator[Problem]:
    seen = {product.unit}
    for index, known in enumerate(product.units):
        place = f"units[{index}]"
        if known.unit not in units():
            message = f"{place}.unit: {known.unit!r} is no known unit, such as XBX (box)."
            yield Problem(f"{place}.unit", "unknown_unit", message, {"value": known.unit})
        if known.unit in seen:
            message = f"{place}.unit: {known.unit!r} is given twice."
            yield Problem(f"{place}.unit", "twice", message, {"value": known.unit})
        seen.add(known.unit)
        for name in ("factor", "per"):
            if (number := getattr(known, name)) <= 0:
                yield Problem(f"{place}.{name}", "not_positive", f"{place}.{name}: {number} has to be above zero.")
        if known.price is not None and known.price < 0:
            yield Problem(f"{place}.price", "negative", f"{place}.price: {known.price} is below zero.")
