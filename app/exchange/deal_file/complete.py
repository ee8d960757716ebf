"""A line of the deal file with what the catalogue knows of it: typed keys win, the product fills the rest."""

from __future__ import annotations

from app.catalog.rules import Kind, Product
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.shape import LineInput
from app.pricing.rules import Line

_DEFAULT_UNIT = "C62"


def complete(line: LineInput, product: Product | None, currency: str, path: str) -> Line:
    """The whole line. `product` is the catalogue's with the line's sku, or None; `path` is where the line stands.

    A product's price and cost are used only in their own currency, and its base quantity only with its price.
    Raises `BadDealFile` if name, price or tax are known neither here nor there.
    """
    price, base = line.unit_price, line.base_quantity
    cost = line.cost
    if product is not None and product.currency == currency:
        cost = product.cost if cost is None else cost
        if price is None:
            price, base = product.unit_price, product.base_quantity
    name = line.name or (product.name if product else "")
    tax = line.tax or (product.tax if product else None)
    if not name or price is None or tax is None:
        key = "name" if not name else "unit_price" if price is None else "tax"
        raise BadDealFile(f"{path}.{key}", f"is missing; {_why(line, product, currency)}.")
    return Line(
        name=name,
        quantity=line.quantity,
        unit_price=price,
        tax=tax,
        sku=line.sku,
        description=line.description or (product.description if product else ""),
        kind=line.kind or (product.kind if product else Kind.GOODS),
        unit=line.unit or (product.unit if product else _DEFAULT_UNIT),
        base_quantity=base,
        list_price=line.list_price,
        cost=cost,
        reductions=line.reductions,
    )


def _why(line: LineInput, product: Product | None, currency: str) -> str:
    if product is None:
        return f'the catalogue has no sku "{line.sku}", so the line needs name, unit_price and tax'
    return f'the catalogue has a price for "{line.sku}" in {product.currency} only, so the line needs one in {currency}'
