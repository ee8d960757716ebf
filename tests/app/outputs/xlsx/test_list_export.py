"""Any list as a typed workbook, read back with openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.errors import Cancelled
from app.outputs.xlsx.list_export import sheet_name, write
from app.outputs.xlsx.styles import Kind
from app.outputs.xlsx.workbook import Column

DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Row:
    number: str
    on: date | None
    currency: str
    gross: int
    price: Decimal | None
    count: int


COLUMNS: list[Column[Row]] = [
    Column("number", "Number", Kind.TEXT, lambda row: row.number),
    Column("on", "On", Kind.DATE, lambda row: row.on),
    Column("currency", "Currency", Kind.TEXT, lambda row: row.currency),
    Column("gross", "Total", Kind.AMOUNT, lambda row: row.gross),
    Column("price", "Price", Kind.PRICE, lambda row: row.price),
    Column("count", "Deals", Kind.COUNT, lambda row: row.count),
]
ROWS = [
    Row("INV-1", date(2026, 3, 2), "EUR", 123456, Decimal("1.255"), 3),
    Row("=cmd|' /C calc'!A0", None, "JPY", 5000, None, 0),
    Row("+49 431 1234", date(2026, 12, 31), "KWD", 1234567, Decimal("7"), 12),
]


def sheet(data: bytes) -> Any:
    return load_workbook(BytesIO(data)).worksheets[0]


def test_cells_are_typed_and_amounts_have_their_currency() -> None:
    page = sheet(write("Invoices", COLUMNS, ROWS, made=DAY))
    assert [cell.value for cell in page[1]] == ["Number", "On", "Currency", "Total", "Price", "Deals"]
    assert [cell.value for cell in page[2]] == ["INV-1", datetime(2026, 3, 2), "EUR", 1234.56, 1.255, 3]  # noqa: DTZ001
    assert [cell.value for cell in page[3]][2:] == ["JPY", 5000, None, 0]
    assert page["D4"].value == 1234.567
    assert [page[place].number_format for place in ("D2", "D3", "D4", "B2")] == [
        "#,##0.00",
        "#,##0",
        "#,##0.000",
        "yyyy-mm-dd",
    ]
    assert page.freeze_panes == "A2"
    assert next(iter(page.tables.values())).ref == "A1:F4"


def test_no_text_becomes_a_formula() -> None:
    page = sheet(write("Invoices", COLUMNS, ROWS, made=DAY))
    for place in ("A3", "A4"):
        assert page[place].data_type == "s"
        assert page[place].quotePrefix


def test_an_empty_list_is_a_workbook_too() -> None:
    page = sheet(write("Deals", COLUMNS, [], made=DAY))
    assert page.title == "Deals"
    assert page["A1"].value == "Number"


def test_columns_of_one_name_are_told_apart() -> None:
    twice = [*COLUMNS, Column("again", "number", Kind.TEXT, lambda row: row.number)]
    assert sheet(write("Deals", twice, ROWS, made=DAY))["G1"].value == "number 2"


@pytest.mark.parametrize(
    ("title", "name"),
    [("Deals", "Deals"), ("A/B: [c]?", "A B   c"), ("'x'", "x"), ("", "List"), ("x" * 40, "x" * 31), ("***", "List")],
)
def test_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_two_runs_give_the_same_bytes() -> None:
    assert write("Deals", COLUMNS, ROWS, made=DAY) == write("Deals", COLUMNS, ROWS, made=DAY)


def test_it_can_be_stopped() -> None:
    class Stopped:
        def step(self, done: int, total: int, text: str = "") -> None: ...

        def check(self) -> None:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        write("Deals", COLUMNS, ROWS * 400, made=DAY, progress=Stopped())
