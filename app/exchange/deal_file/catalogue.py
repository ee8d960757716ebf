"""Lines of a deal file completed from the catalogue: what the file leaves out, the product says. Pure.

Money is said only in the catalogue's currency: for a deal in another one, a product has no price, list price or cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.catalog.rules import Kind, Product
from app.core.errors import Problem, RuleViolation
from app.core.tax import Tax, TaxCategory
from app.exchange.deal_file.shape import LineInput
from app.exchange.deal_file.whole_lines import is_priced
from app.pricing.bundles import Component, expand
from app.pricing.detail import LineDetail
from app.pricing.from_catalog import Sold, rounded, sold_in, unit_detail
from app.pricing.rules import Line

_NO_TAX = Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0))
"""Of a bundle whose parts all say their own."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What a part has from the bundle around it."""

    tax: Tax | None = None
    is_priced: bool = False


def skus(lines: Iterable[LineInput]) -> Iterator[str]:
    """Every SKU that the lines and their parts name."""
    for line in lines:
        if line.sku:
            yield line.sku
        yield from skus(line.bundle)


def complete_each(
    lines: Sequence[LineInput], places: Sequence[int], products: Mapping[str, Product], currency: str
) -> list[tuple[Line, ...]]:
    """Full lines of each line of the file, counted from 0 in `places`; a bundle may become several.

    Raises `RuleViolation` naming every field that neither the file nor the catalogue has.
    """
    catalogue = _Catalogue(products, currency)
    problems = [
        problem
        for index, line in zip(places, lines, strict=True)
        for problem in catalogue.missing(line, f"lines[{index}]", _Around())
    ]
    if problems:
        raise RuleViolation(problems)
    return [_expanded(catalogue, line, index, currency) for index, line in zip(places, lines, strict=True)]


def _expanded(catalogue: _Catalogue, line: LineInput, index: int, currency: str) -> tuple[Line, ...]:
    """The lines of one line of the file; a bundle has its number there. What is wrong is said with its place."""
    try:
        whole = catalogue.component(line, None)
        detail = replace(whole.detail, **catalogue.own_quantity(line))
        return expand(replace(whole, detail=detail), index + 1, currency)
    except RuleViolation as violation:
        raise RuleViolation([placed(problem, f"lines[{index}]") for problem in violation.problems]) from None


def placed(problem: Problem, path: str) -> Problem:
    """A problem of a line with the place of that line before its own."""
    field = f"{path}.{problem.field}"
    return replace(problem, field=field, message=f"{field}: {problem.message.removeprefix(f'{problem.field}: ')}")


class _Catalogue:
    """The products that lines name, for a deal in one currency."""

    def __init__(self, products: Mapping[str, Product], currency: str) -> None:
        self._products, self._currency = products, currency

    def missing(self, line: LineInput, path: str, around: _Around) -> Iterator[Problem]:
        """Every field that neither the file nor the catalogue has."""
        product = self._products.get(line.sku)
        tax, price = self._tax(line, around.tax), self._price(line)
        if not line.name and product is None:
            yield self._absent(line, f"{path}.name")
        if not line.bundle and price is None and not around.is_priced:
            yield self._not_sold_in(line, path) or self._absent(line, f"{path}.unit_price")
        if not line.bundle and tax is None:
            yield self._absent(line, f"{path}.tax")
        within = _Around(tax, around.is_priced or price is not None)
        for index, part in enumerate(line.bundle):
            yield from self.missing(part, f"{path}.bundle[{index}]", within)

    def _absent(self, line: LineInput, field: str) -> Problem:
        product = self._products.get(line.sku)
        if product is not None:
            because = f"the catalogue's price of {product.sku!r} is in {product.currency}, not in {self._currency}"
        else:
            because = f"the catalogue has no product {line.sku!r}" if line.sku else "the line has no sku"
        return Problem(field, "missing", f"{field}: expected, because {because}.")

    def _not_sold_in(self, line: LineInput, path: str) -> Problem | None:
        """What is wrong where the product has no price in the unit that the line says."""
        product = self._products.get(line.sku)
        if product is None or product.sold_in(line.unit) is not None:
            return None
        field, known = f"{path}.unit", ", ".join([product.unit, *(unit.unit for unit in product.units)])
        message = f"{field}: {product.sku!r} is not sold in {line.unit}; expected {known}, or a unit_price."
        return Problem(field, "not_sold_in", message)

    def _sold(self, line: LineInput) -> Sold | None:
        """The product in the unit of the line; None where it is not known, or not sold in that."""
        product = self._products.get(line.sku)
        if product is None or product.sold_in(line.unit) is None:
            return None
        return sold_in(product, self._currency, line.unit)

    def own_quantity(self, line: LineInput) -> dict[str, Any]:
        """What is kept of the quantity in the product's own unit, which stock and tiers count in: two boxes are 24.

        Raises `RuleViolation` (`quantity`) where it is no exact number of those.
        """
        product, sold = self._products.get(line.sku), self._sold(line)
        if product is None or sold is None or line.bundle:
            return {}
        detail = unit_detail(product, line.quantity, sold)
        return {"own_quantity": detail.own_quantity, "own_unit": detail.own_unit}

    def _tax(self, line: LineInput, around: Tax | None) -> Tax | None:
        """The line's own tax, else its product's, else that of the bundle around it."""
        product = self._products.get(line.sku)
        return line.tax or (product.tax if product else around)

    def _price(self, line: LineInput) -> tuple[Decimal, Decimal] | None:
        """Unit price and base quantity: as typed, else the product's unless each part of a bundle says its own."""
        if line.unit_price is not None:
            return line.unit_price, line.base_quantity
        sold = self._sold(line)
        if sold is None or sold.unit_price is None or is_priced(line):
            return None
        return sold.unit_price, sold.base_quantity

    def component(self, line: LineInput, around: Tax | None) -> Component:
        """The line with its parts and all that the catalogue knows of them."""
        product, sold = self._products.get(line.sku), self._sold(line)
        tax, price = self._tax(line, around), self._price(line)
        unit_price, base_quantity = price or (None, Decimal(1))
        return Component(
            name=line.name or (product.name if product else ""),
            quantity=line.quantity,
            tax=tax or _NO_TAX,
            unit_price=unit_price,
            sku=line.sku,
            description=line.description or (product.description if product else ""),
            kind=(line.kind or (product.kind if product else Kind.GOODS)).as_sold,
            unit=line.unit or (product.unit if product else "C62"),
            base_quantity=base_quantity,
            list_price=self._list_price(line),
            cost=sold.cost if line.cost is None and sold and not line.bundle else line.cost,
            standalone_price=line.standalone_price,
            reductions=line.reductions,
            detail=LineDetail(
                options=line.options, price_is_typed=line.unit_price is not None and self._in_currency(line)
            ),
            components=tuple(self.component(part, tax) for part in line.bundle),
        )

    def _in_currency(self, line: LineInput) -> bool:
        product = self._products.get(line.sku)
        return product is not None and product.currency == self._currency

    def _list_price(self, line: LineInput) -> Decimal | None:
        """As typed, else the product's beside a price that was typed, for the same quantity of the same unit."""
        sold = self._sold(line)
        if line.list_price is None and line.unit_price is not None and sold and sold.unit_price is not None:
            return rounded(Fraction(sold.unit_price) * Fraction(line.base_quantity) / Fraction(sold.base_quantity))
        return line.list_price
