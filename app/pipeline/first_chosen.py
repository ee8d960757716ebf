"""What a configurable product comes to with what is chosen at first: price and cost before a seller touches it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.catalog.configure import start
from app.catalog.model import Model
from app.catalog.model_queries import with_parts
from app.catalog.rules import Product
from app.core.errors import RuleViolation
from app.core.quantity import plain
from app.quotes.configured import configured
from app.store.session import Session

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FirstChosen:
    """Of one, in the product's currency; `cost` is None where the cost of a part is not known."""

    price: Decimal
    cost: Decimal | None


def first_chosen(session: Session, product: Product, model: Model) -> FirstChosen | None:
    """Price and cost of a bundle or of a product with a price formula; None for others, or where they are not known."""
    if not (model.is_bundle or model.price_formula):
        return None
    goods = with_parts(session, [product.sku])
    try:
        lines = configured(goods, start(model, product.sku), Decimal(1), product.currency)
    except RuleViolation:
        return None
    price, cost = Decimal(0), Decimal(0)
    known = True
    for line in lines:
        quantity = line.quantity or Decimal(0)
        price += (line.unit_price or Decimal(0)) * quantity / line.base_quantity
        known = known and line.cost is not None
        cost += (line.cost or Decimal(0)) * quantity
    return FirstChosen(plain(price.quantize(_CENT)), plain(cost.quantize(_CENT)) if known else None)
