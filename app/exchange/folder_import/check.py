"""The five tables held against each other: what stands twice, what is referred to and not there, what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from app.core.errors import RuleViolation
from app.core.money import currencies
from app.exchange.columns import Cells
from app.exchange.folder_import.files import Tables, open_tables, read_rows
from app.exchange.folder_import.records import Folder, OrderRow
from app.exchange.tables import Faults, Row
from app.exchange.text import shown


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder that was read and makes sense; amounts are of `currency`."""

    folder: Folder
    tables: Tables
    currency: str


def read_folder(path: Path, currency: str) -> Checked:
    """Read a folder whole. Raises `RuleViolation` with every fault, by file, row and column."""
    if currency not in currencies():
        message = f"{currency!r} is no currency of ISO 4217, such as USD."
        raise RuleViolation.of("currency", "unknown_currency", message)
    faults = Faults()
    tables = open_tables(path, faults)
    found = read_rows(tables, currency)
    check(found, tables)
    faults.raise_all()
    return Checked(found, tables, currency)


class _Record(Protocol):
    @property
    def row(self) -> Row: ...


R = TypeVar("R", bound=_Record)


def check(folder: Folder, tables: Tables) -> None:
    """Note in the faults of `tables` everything that the rows of one table say wrongly about those of another."""
    cells, names = tables.cells, {name: table.name for name, table in tables.tables.items()}
    _once(cells["customers"], folder.customers, "customer_id", lambda item: item.id)
    _once(cells["products"], folder.products, "product_id", lambda item: item.product.sku)
    _once(cells["orders"], folder.orders, "order_id", lambda item: item.id)
    _once(cells["order_lines"], folder.lines, "line_no", lambda item: (item.order_id, item.number))
    named = [item for item in folder.payments if item.reference]
    _once(cells["payments"], named, "payment_ref", lambda item: (item.customer_id, item.reference))

    customers, orders = {item.id for item in folder.customers}, {item.id for item in folder.orders}
    products = {item.product.sku for item in folder.products}
    who, what = (customers, names["customers"]), (products, names["products"])
    _there(cells["orders"], folder.orders, "customer_id", lambda item: item.customer_id, *who)
    _there(cells["payments"], folder.payments, "customer_id", lambda item: item.customer_id, *who)
    _there(cells["order_lines"], folder.lines, "order_id", lambda item: item.order_id, orders, names["orders"])
    _there(cells["order_lines"], folder.lines, "product_id", lambda item: item.product_id, *what)

    filled = {item.order_id for item in folder.lines}
    for order in folder.orders:
        _check_order(cells["orders"], order)
        if order.id and order.id not in filled:
            cells["orders"].fault(order.row, "order_id", f"order {order.id} has no lines in {names['order_lines']}")


def _once(cells: Cells, items: Iterable[R], column: str, key: Callable[[R], Hashable]) -> None:
    """Whether each key stands in one row only."""
    seen: dict[Hashable, int] = {}
    for item in items:
        first = seen.setdefault(key(item), item.row.number)
        if first != item.row.number:
            value = cells.text(item.row, column)
            cells.fault(item.row, column, f"{shown(value)} stands in row {first} already, expected it once")


def _there(cells: Cells, items: Sequence[R], column: str, key: Callable[[R], str], known: set[str], other: str) -> None:
    """Whether what a cell names is a row of another table; an empty cell has its fault already."""
    for item in items:
        if key(item) and key(item) not in known:
            cells.fault(item.row, column, f"{shown(key(item))} is not in {other}")


def _check_order(cells: Cells, order: OrderRow) -> None:
    if order.shipped_on is None:
        if order.status is not None and order.status.received and not cells.text(order.row, "shipped_date"):
            message = f"the cell is empty, expected the day on which an order that is {order.status} was shipped"
            cells.fault(order.row, "shipped_date", message)
    elif order.shipped_on < order.ordered_on:
        message = f"{order.shipped_on} lies before the day of the order, {order.ordered_on}"
        cells.fault(order.row, "shipped_date", message)
