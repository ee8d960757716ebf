"""Rows of a table as products."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.catalog.rules import Kind, Product
from app.core.money import currencies
from app.core.progress import Progress, Silent
from app.core.quantity import units
from app.core.tax import Tax, TaxCategory
from app.exchange.list_import.cells import Cells, Point
from app.exchange.list_import.checked import Checked, Item
from app.exchange.tables import Row, Table
from app.parties.defaults import Defaults
from app.parties.rules import fold

_KINDS = {
    "goods": Kind.GOODS, "good": Kind.GOODS, "product": Kind.GOODS, "ware": Kind.GOODS, "waren": Kind.GOODS,
    "artikel": Kind.GOODS, "service": Kind.SERVICE, "services": Kind.SERVICE, "dienstleistung": Kind.SERVICE,
    "leistung": Kind.SERVICE, "dienst": Kind.SERVICE, "digital": Kind.DIGITAL, "download": Kind.DIGITAL,
    "licence": Kind.DIGITAL, "license": Kind.DIGITAL, "lizenz": Kind.DIGITAL,
}  # fmt: skip
_UNITS = {
    "pcs": "C62", "pc": "C62", "pieces": "C62", "stk": "C62", "stck": "C62", "stuck": "C62", "st": "C62",
    "unit": "C62", "h": "HUR", "hours": "HUR", "std": "HUR", "stunde": "HUR", "stunden": "HUR", "days": "DAY",
    "tag": "DAY", "tage": "DAY", "kg": "KGM", "g": "GRM", "m": "MTR", "meter": "MTR", "l": "LTR", "liter": "LTR",
    "litre": "LTR", "sets": "SET", "m2": "MTK", "qm": "MTK", "month": "MON", "monat": "MON", "pauschal": "LS",
    "pauschale": "LS", "karton": "XCT",
}  # fmt: skip


def check(
    table: Table,
    mapping: Mapping[str, int],
    usual: Defaults,
    point: Point = ".",
    progress: Progress | None = None,
) -> Checked[Product]:
    """All rows as products, with everything that is wrong with them; `usual` fills what the table does not say."""
    cells, watched = Cells(mapping, point), progress or Silent()
    items, seen = [], dict[str, int]()
    for done, row in enumerate(table.rows):
        if done % 1000 == 0:
            watched.check()
            watched.step(done, len(table.rows))
        item = _product(cells, row, usual)
        sku = item.value.sku
        if sku and (before := seen.setdefault(sku, row.number)) != row.number:
            cells.fault(row, "sku", "twice", f"the same item number stands in row {before}", value=sku, other=before)
        items.append(item)
    return Checked(tuple(items), tuple(cells.problems), cells.count)


def _product(cells: Cells, row: Row, usual: Defaults) -> Item[Product]:
    price, cost = cells.number(row, "unit_price"), cells.number(row, "cost")
    base = cells.number(row, "base_quantity", least=Decimal("0.000001"))
    rate, currency = _rate(cells, row), _currency(cells, row)
    kind, unit = _kind(cells, row), _unit(cells, row)
    product = Product(
        sku=cells.text(row, "sku", needed=True),
        name=cells.text(row, "name", needed=True),
        currency=currency or usual.currency,
        unit_price=price or Decimal(0),
        tax=usual.usual_tax if rate is None else _tax(rate),
        description=cells.lines(row, "description"),
        category=cells.text(row, "category"),
        kind=kind or Kind.GOODS,
        unit=unit or "C62",
        base_quantity=base or Decimal(1),
        cost=cost,
    )
    said = {
        "description": product.description, "category": product.category, "kind": kind, "unit": unit,
        "base_quantity": base, "currency": currency,
    }  # fmt: skip
    given = {name for name, value in said.items() if value}
    given |= {name for name, value in (("unit_price", price), ("cost", cost), ("tax", rate)) if value is not None}
    return Item(row.number, product, frozenset(given))


def _tax(rate: Decimal) -> Tax:
    return Tax(TaxCategory.STANDARD, rate) if rate else Tax(TaxCategory.ZERO, Decimal(0))


def _rate(cells: Cells, row: Row) -> Decimal | None:
    rate = cells.number(row, "tax_rate")
    if rate is not None and rate > 100:
        cells.fault(row, "tax_rate", "rate_range", f"{rate} is no tax rate of 0 to 100 percent", value=str(rate))
        return None
    return rate


def _currency(cells: Cells, row: Row) -> str:
    code = cells.text(row, "currency").upper()
    if code and code not in currencies():
        cells.fault(row, "currency", "unknown_currency", f"{code!r} is no currency of ISO 4217", value=code)
        return ""
    return code


def _kind(cells: Cells, row: Row) -> Kind | None:
    cell = cells.text(row, "kind")
    kind = _KINDS.get(fold(cell))
    if cell and kind is None:
        cells.fault(row, "kind", "unknown_kind", f"{cell!r} is neither goods nor a service nor digital", value=cell)
    return kind


def _unit(cells: Cells, row: Row) -> str:
    """The code of a unit by its code, its English name, or a usual short form."""
    cell = cells.text(row, "unit")
    if not cell:
        return ""
    word = fold(cell).rstrip(".")
    named = next((code for code, name in units().items() if name == word), "")
    code = cell.upper() if cell.upper() in units() else _UNITS.get(word) or named
    if code not in units():
        cells.fault(row, "unit", "unknown_unit", f"{cell!r} is no known unit", value=cell)
        return ""
    return code
