"""Lines of a deal file completed from the catalogue: what the file leaves out, the product says. Pure.

Money is said only in the catalogue's currency: for a deal in another one, a product has no price, list price or cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.catalog.rules import Kind, Product
from app.core.errors import Problem, RuleViolation
from app.exchange.deal_file.shape import LineInput
from app.pricing.rules import Line


def complete(lines: Sequence[LineInput], products: Mapping[str, Product], currency: str) -> tuple[Line, ...]:
    """Full lines. Raises `RuleViolation` naming every field that neither the file nor the catalogue has."""
    problems = [
        problem
        for index, line in enumerate(lines)
        for problem in _missing(line, products.get(line.sku), currency, f"lines[{index}]")
    ]
    if problems:
        raise RuleViolation(problems)
    return tuple(_line(line, products.get(line.sku), currency) for line in lines)


def _missing(line: LineInput, product: Product | None, currency: str, path: str) -> Iterable[Problem]:
    if product is None:
        because = f"the catalogue has no product {line.sku!r}" if line.sku else "the line has no sku"
        absent = [name for name in ("name", "unit_price", "tax") if getattr(line, name) in (None, "")]
    else:
        because = f"the catalogue's price of {product.sku!r} is in {product.currency}, not in {currency}"
        absent = ["unit_price"] if line.unit_price is None and product.currency != currency else []
    for name in absent:
        yield Problem(f"{path}.{name}", "missing", f"{path}.{name}: expected, because {because}.")


def _line(line: LineInput, product: Product | None, currency: str) -> Line:
    own_price = line.unit_price is not None
    if product is None:
        product = _nothing(line)
    same_money = product.currency == currency
    listed = product.unit_price if own_price and product.sku and same_money else None
    return Line(
        name=line.name or product.name,
        quantity=line.quantity,
        unit_price=product.unit_price if line.unit_price is None else line.unit_price,
        tax=line.tax or product.tax,
        sku=line.sku,
        description=line.description or product.description,
        kind=line.kind or product.kind,
        unit=line.unit or product.unit,
        base_quantity=line.base_quantity if own_price else product.base_quantity,
        list_price=listed if line.list_price is None else line.list_price,
        cost=product.cost if line.cost is None and same_money else line.cost,
        reductions=line.reductions,
    )


def _nothing(line: LineInput) -> Product:
    """Stands in where there is no product: the line says everything itself."""
    if line.unit_price is None or line.tax is None:
        raise RuleViolation.of("lines", "missing", "lines: a line without a product needs name, unit_price and tax.")
    return Product("", line.name, "", line.unit_price, line.tax, kind=line.kind or Kind.GOODS)
