"""Reading what is needed to configure a product: its model, everything inside it, its variants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.catalog.model import Selection
from app.catalog.model_queries import variants, with_parts
from app.quotes.configuring import Configuring, begin
from app.store.session import Session


def configuring(
    session: Session,
    sku: str,
    currency: str,
    on: date,
    *,
    quantity: Decimal | None = Decimal(1),
    selection: Selection | None = None,
) -> Configuring | None:
    """A product ready to be configured, anew or from a selection; None where there is nothing to choose or it is gone.

    What a selection names and the catalogue has no more stays in it: `Configuring.whole` says so.
    """
    goods = with_parts(session, [sku])
    if sku not in goods or goods[sku].model.is_plain:
        return None
    made = variants(session, goods[sku].id)
    if made:
        goods |= with_parts(session, [one.product.sku for one in made])
    by_values = {one.values: one.product.sku for one in made}
    return begin(goods, sku, currency, on, quantity=quantity, selection=selection, variants=by_values)
