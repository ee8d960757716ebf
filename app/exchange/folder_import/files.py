"""Finding the tables of a folder by the names of their files, and reading their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from app.catalog.rules import Product
from app.core.errors import Problem, RuleViolation
from app.core.party import Address, Party
from app.core.tax import Tax, TaxCategory
from app.exchange.columns import Cells, match_columns
from app.exchange.countries import country_code
from app.exchange.folder_import.columns import COLUMNS, FILES
from app.exchange.folder_import.records import CustomerRow, Folder, LineRow, OrderRow, PaymentRow, ProductRow, Status
from app.exchange.tables import Faults, Row, Table, read_table
from app.exchange.text import plain_decimal, shown

TAX = Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0))
"""The tax of everything that is imported: the files name none."""

_STATUSES = {status.value: status for status in Status} | {"canceled": Status.CANCELLED, "onhold": Status.ON_HOLD}


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a folder, with what reads their cells."""

    tables: Mapping[str, Table]
    cells: Mapping[str, Cells]


def open_tables(folder: Path, faults: Faults) -> Tables:
    """The five tables. Raises `RuleViolation` if a file or column is missing, or a file is no table."""
    tables = _read_all(_find_all(folder, faults))
    places = {name: match_columns(table, COLUMNS[name], faults) for name, table in tables.items()}
    faults.raise_all()
    return Tables(tables, {name: Cells(table, places[name], faults) for name, table in tables.items()})


def _find_all(folder: Path, faults: Faults) -> dict[str, Path]:
    if not folder.is_dir():
        raise RuleViolation.of("folder", "missing", f"There is no folder {folder}.")
    there = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    found = {name: _find(name, there, faults) for name in FILES}
    faults.raise_all()
    return {name: path for name, path in found.items() if path is not None}


def _find(name: str, there: list[Path], faults: Faults) -> Path | None:
    names = {_fold(other) for other in FILES[name]}
    found = [path for path in there if _fold(path.stem) in names]
    if len(found) == 1:
        return found[0]
    if found:
        both = " and ".join(path.name for path in found)
        faults.add(f"{name}.csv", f"the folder has {both}; expected one of them")
    else:
        others = ", ".join(f"{other}.csv" for other in FILES[name][1:])
        also = f" (or {others})" if others else ""
        faults.add(f"{name}.csv", f"the folder has no such file{also}")
    return None


def _fold(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _read_all(paths: Mapping[str, Path]) -> dict[str, Table]:
    """Every file as a table; what is wrong with several files is told together."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, path in paths.items():
        try:
            tables[name] = read_table(path)
        except RuleViolation as violation:
            problems += violation.problems
    if problems:
        raise RuleViolation(problems)
    return tables


def read_rows(tables: Tables, currency: str) -> Folder:
    """Every row as a value; a cell that is wrong is noted in the faults of `tables`, and read as empty or zero."""
    cells = tables.cells

    def rows(name: str) -> tuple[Row, ...]:
        return tables.tables[name].rows

    return Folder(
        tuple(_customer(cells["customers"], row) for row in rows("customers")),
        tuple(_product(cells["products"], row, currency) for row in rows("products")),
        tuple(_order(cells["orders"], row) for row in rows("orders")),
        tuple(_line(cells["order_lines"], row) for row in rows("order_lines")),
        tuple(_payment(cells["payments"], row, currency) for row in rows("payments")),
    )


def _customer(cells: Cells, row: Row) -> CustomerRow:
    address = Address(
        street=cells.text(row, "address_line1"),
        street2=cells.text(row, "address_line2"),
        postal_code=cells.text(row, "postal_code"),
        city=cells.text(row, "city"),
        region=cells.text(row, "state"),
        country=_country(cells, row),
    )
    party = Party(
        name=cells.text(row, "name", needed=True),
        tax_id=cells.text(row, "tax_id"),
        email=cells.text(row, "email"),
        phone=cells.text(row, "phone"),
        address=address,
    )
    names = (cells.text(row, "contact_first_name"), cells.text(row, "contact_last_name"))
    return CustomerRow(row, cells.text(row, "customer_id", needed=True), party, " ".join(filter(None, names)))


def _country(cells: Cells, row: Row) -> str:
    name = cells.text(row, "country")
    code = country_code(name) if name else ""
    if code is None:
        cells.fault(row, "country", f"unknown country {shown(name)}, expected its English name or ISO 3166-1 code")
    return code or ""


def _product(cells: Cells, row: Row, currency: str) -> ProductRow:
    product = Product(
        sku=cells.text(row, "product_id", needed=True),
        name=cells.text(row, "name", needed=True),
        currency=currency,
        unit_price=cells.decimal(row, "list_price"),
        tax=TAX,
        description=cells.several_lines(row, "description"),
        category=cells.text(row, "category"),
        cost=cells.decimal_or_none(row, "cost"),
    )
    return ProductRow(row, product)


def _order(cells: Cells, row: Row) -> OrderRow:
    return OrderRow(
        row,
        id=cells.text(row, "order_id", needed=True),
        customer_id=cells.text(row, "customer_id", needed=True),
        ordered_on=cells.day(row, "order_date"),
        shipped_on=cells.day_or_none(row, "shipped_date"),
        status=_status(cells, row),
        comment=cells.several_lines(row, "comments"),
    )


def _status(cells: Cells, row: Row) -> Status | None:
    text = cells.text(row, "status", needed=True)
    status = _STATUSES.get(" ".join(text.casefold().replace("_", " ").replace("-", " ").split()))
    if text and status is None:
        cells.fault(row, "status", f"unknown status {shown(text)}, expected one of " + ", ".join(Status))
    return status


def _line(cells: Cells, row: Row) -> LineRow:
    _refuse_zero(cells, row, "quantity")
    return LineRow(
        row,
        order_id=cells.text(row, "order_id", needed=True),
        number=cells.whole(row, "line_no"),
        product_id=cells.text(row, "product_id", needed=True),
        quantity=cells.decimal(row, "quantity"),
        unit_price=cells.decimal(row, "unit_price"),
    )


def _refuse_zero(cells: Cells, row: Row, name: str) -> None:
    if plain_decimal(cells.text(row, name)) == 0:
        cells.fault(row, name, "expected a number above 0, found 0")


def _payment(cells: Cells, row: Row, currency: str) -> PaymentRow:
    _refuse_zero(cells, row, "amount")
    return PaymentRow(
        row,
        customer_id=cells.text(row, "customer_id", needed=True),
        reference=cells.text(row, "payment_ref"),
        paid_on=cells.day(row, "payment_date"),
        amount=cells.amount(row, "amount", currency),
    )
