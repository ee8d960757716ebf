"""From the catalogue to an offered line: a product in one of the units it is sold in. Pure.

Two boxes of twelve: the price is per box, the piece price stays what it is, the stock moves 24 pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.catalog.rules import Product
from app.core.errors import RuleViolation
from app.core.quantity import MAX_MICRO, MICRO, from_micro, plain
from app.pricing.detail import LineDetail
from app.pricing.rules import Line


@dataclass(frozen=True, slots=True)
class Sold:
    """A product in a unit it is sold in: price per `base_quantity` of that unit, cost per one; None if not known.

    One of the unit is `content` of the product's own unit.
    """

    unit: str
    unit_price: Decimal | None
    base_quantity: Decimal
    cost: Decimal | None
    content: Fraction


def sold_in(product: Product, currency: str, unit: str = "") -> Sold:
    """How a product is sold in a unit ("": its own), with price and cost where they are in the currency.

    Raises `RuleViolation` (`unit`, `not_sold_in`).
    """
    known = product.sold_in(unit)
    if known is None:
        message = f"unit: {product.sku!r} is not sold in {unit!r}."
        raise RuleViolation.of("unit", "not_sold_in", message, value=unit, sku=product.sku)
    content = Fraction(known.factor) / Fraction(known.per)
    if product.currency != currency:
        return Sold(known.unit, None, Decimal(1), None, content)
    cost = None if product.cost is None else rounded(Fraction(product.cost) * content)
    if content == 1 and known.price is None:
        return Sold(known.unit, product.unit_price, product.base_quantity, cost, content)
    price, base = price_as(per_unit(product) * content if known.price is None else Fraction(known.price))
    return Sold(known.unit, price, base, cost, content)


def per_unit(product: Product) -> Fraction:
    """The list price of one of the product's own unit, exactly."""
    return Fraction(product.unit_price) / Fraction(product.base_quantity)


def own_quantity(product: Product, quantity: Decimal, content: Fraction) -> Decimal:
    """A quantity in a unit it is sold in, in the product's own unit.

    Raises `RuleViolation` (`quantity`, `inexact`) where that cannot be kept to the last digit: a third of a kilogram.
    """
    own = Fraction(quantity) * content * MICRO
    if own.denominator != 1:
        message = f"quantity: {plain(quantity)} is no exact number of {product.unit}, the unit of {product.sku!r}."
        raise RuleViolation.of("quantity", "inexact", message, value=str(quantity), unit=product.unit)
    return from_micro(int(own))


def price_as(price: Fraction) -> tuple[Decimal, Decimal]:
    """A price as unit price and base quantity, exactly: a third is 1 per 3. Rounded to six places where that fails."""
    base = price.denominator
    for prime in (2, 5):
        while base % prime == 0:
            base //= prime
    tidy = [base * 10**power for power in range(7)]
    for per in (*tidy, (price * MICRO).denominator):
        shifted = price * per * MICRO
        if shifted.denominator == 1 and abs(shifted) <= MAX_MICRO and per * MICRO <= MAX_MICRO:
            return from_micro(int(shifted)), Decimal(per)
    return rounded(price), Decimal(1)


def rounded(number: Fraction) -> Decimal:
    """A number to the six places that are kept, half away from zero."""
    scaled = abs(number) * MICRO
    whole = int(scaled + Fraction(1, 2))
    return from_micro(whole if number >= 0 else -whole)


def line_of(product: Product, quantity: Decimal, currency: str, unit: str = "") -> Line:
    """A line of a product, sold in one of its units; its own unit is remembered beside it.

    Raises `RuleViolation`: it is not sold in the unit (`unit`), the quantity is not exact in its own unit (`quantity`),
    its price is in another currency (`unit_price`).
    """
    sold = sold_in(product, currency, unit)
    if sold.unit_price is None:
        raise other_currency(product, currency)
    return Line(
        name=product.name,
        quantity=quantity,
        unit_price=sold.unit_price,
        tax=product.tax,
        sku=product.sku,
        description=product.description,
        kind=product.kind.as_sold,
        unit=sold.unit,
        base_quantity=sold.base_quantity,
        cost=sold.cost,
        detail=unit_detail(product, quantity, sold),
    )


def unit_detail(product: Product, quantity: Decimal, sold: Sold) -> LineDetail:
    """What a line says of the product's own unit: nothing where it is sold in that. Raises as `own_quantity`."""
    if sold.unit == product.unit:
        return LineDetail()
    return LineDetail(own_quantity=own_quantity(product, quantity, sold.content), own_unit=product.unit)


def other_currency(product: Product, currency: str) -> RuleViolation:
    """The refusal of a price in a currency that is not the quote's."""
    message = f"unit_price: the price of {product.sku!r} is in {product.currency}, not in {currency}."
    values = {"sku": product.sku, "value": product.currency, "other": currency}
    return RuleViolation.of("unit_price", "other_currency", message, **values)
