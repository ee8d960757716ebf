"""The workbook's shared parts, read back with openpyxl: types, formats, tables, print set-up, bytes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.errors import Cancelled, OutputError
from app.outputs.xlsx import workbook
from app.outputs.xlsx.styles import Kind, text_width, width_of
from app.outputs.xlsx.workbook import Book, Column, Formula, Imprint, Table, column_letter, quoted

IMPRINT = Imprint("Report & <list>", "3M & Söhne", "2026", date(2026, 6, 30), "Page {page} of {pages}")


@dataclass(frozen=True)
class Thing:
    name: str = "thing"
    on: date | None = date(2026, 2, 28)
    amount: int | None = 1250
    currency: str = "EUR"
    quantity: Decimal = Decimal("2.5")
    count: int = 7


COLUMNS: list[Column[Thing]] = [
    Column("name", "Name", Kind.TEXT, lambda row: row.name),
    Column("on", "On", Kind.DATE, lambda row: row.on),
    Column("amount", "Amount", Kind.AMOUNT, lambda row: row.amount),
    Column("side", "Side", Kind.SIDE, lambda row: row.amount),
    Column("quantity", "Quantity", Kind.NUMBER, lambda row: row.quantity),
    Column("price", "Price", Kind.PRICE, lambda row: row.quantity),
    Column("count", "Count", Kind.COUNT, lambda row: row.count),
]


def made(*things: Thing, progress: Any = None) -> bytes:
    book = Book(IMPRINT, progress)
    book.table(Table.of("Things", COLUMNS, len(things)), "Things", COLUMNS, things, lambda row: row.currency)
    return book.finish()


def sheet(*things: Thing) -> Any:
    return load_workbook(BytesIO(made(*things)))["Things"]


def test_cells_have_their_types_and_formats() -> None:
    (cells,) = sheet(Thing()).iter_rows(min_row=2)
    assert [cell.value for cell in cells] == ["thing", datetime(2026, 2, 28), 12.5, 12.5, 2.5, 2.5, 7]  # noqa: DTZ001
    formats = ["General", "yyyy-mm-dd", "#,##0.00", "#,##0.00;-#,##0.00;", "#,##0.0", "#,##0.00", "0"]
    assert [cell.number_format for cell in cells] == formats
    assert [cell.data_type for cell in cells] == ["s", "d", "n", "n", "n", "n", "n"]


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "#,##0"), ("EUR", "#,##0.00"), ("KWD", "#,##0.000")])
def test_amounts_have_the_decimals_of_their_currency(currency: str, shown: str) -> None:
    cell = sheet(Thing(amount=-1234567, currency=currency))["C2"]
    assert cell.number_format == shown
    assert Decimal(str(cell.value)) == Decimal(-1234567).scaleb(-{"JPY": 0, "EUR": 2, "KWD": 3}[currency])


def test_amounts_are_written_as_digits_and_not_through_binary() -> None:
    with zipfile.ZipFile(BytesIO(made(Thing(amount=9_007_199_254_741)))) as package:
        assert b"<v>90071992547.41</v>" in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("minor", "value"), [(10**13 - 1, 99999999999.99), (10**13, "100000000000.00")])
def test_an_amount_too_large_for_a_spreadsheet_is_exact_text(minor: int, value: object) -> None:
    assert sheet(Thing(amount=minor))["C2"].value == value
    negative = sheet(Thing(amount=-minor))["C2"].value
    assert negative == (f"-{value}" if isinstance(value, str) else -float(str(value)))


def test_what_is_not_there_is_an_empty_cell() -> None:
    cells = sheet(Thing(name="", on=None, amount=None))[2]
    assert [cell.value for cell in cells[:4]] == [None] * 4


HOSTILE = [
    "=SUM(A1)", "=cmd|' /C calc'!A0", "+49 431 12", "-1+1", "@SUM(1)", "\t=1", "#N/A", "<b>&\"'</b>", "]]>", "00123",
    "1E5", "TRUE", "2026-01-01", "a\x00b", "\ud800x", "  spaces  ", "x" * 40_000, "👩🏽‍🚀", "ＡＢ＝",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text(text: str) -> None:
    cell = sheet(Thing(name=text))["A2"]
    assert cell.data_type == "s"
    expected = text.replace("\x00", "").replace("\ud800", "").replace("\t", " ")[:32_767]
    assert cell.value == expected
    assert bool(cell.quotePrefix) == expected.lstrip().startswith(("=", "+", "-", "@"))


def test_a_table_has_filters_a_frozen_header_and_no_lines_behind_it() -> None:
    page = sheet(Thing(), Thing())
    table = page.tables["Things"]
    assert (table.ref, table.autoFilter.ref) == ("A1:G3", "A1:G3")
    assert [column.name for column in table.tableColumns] == [cell.value for cell in page[1]]
    assert (page.freeze_panes, page.sheet_view.showGridLines) == ("A2", False)
    assert page.dimensions == "A1:G3"


def test_a_table_without_records_is_still_a_table() -> None:
    page = sheet()
    assert page.tables["Things"].ref == "A1:G2"
    assert [cell.value for cell in page[2]] == [None] * 7


def test_it_prints_on_landscape_pages_with_the_header_on_each() -> None:
    page = sheet(Thing())
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    assert page.oddFooter.left.text == "3M && Söhne · Report && <list>"
    assert page.oddFooter.right.text == "Page &P of &N"


def test_columns_are_wide_enough_and_long_text_wraps() -> None:
    page = sheet(Thing(name="Bootsverleih am Großen Plöner See " * 4, amount=-999_999_999_999))
    assert page.column_dimensions["C"].width > len("-9,999,999,999.99")
    assert 34 < page.column_dimensions["A"].width < 40
    assert page["A2"].alignment.wrap_text
    assert page.row_dimensions[2].height > 40
    assert sheet(Thing()).row_dimensions[2].height is None


@pytest.mark.parametrize(("text", "least", "most"), [("iiii", 1, 2), ("MMMM", 5, 7), ("東京", 4, 4), ("1234", 4, 4)])
def test_letters_have_their_widths(text: str, least: float, most: float) -> None:
    assert least <= text_width(text) <= most
    assert width_of(Kind.TEXT, text, "EUR") == text_width(text)
    assert width_of(Kind.AMOUNT, None, "EUR") == 0


def test_formulas_carry_the_result_they_have() -> None:
    columns = [Column("sum", "Sum", Kind.AMOUNT, lambda row: row), Column("ok", "OK", Kind.TEXT, lambda _: word)]
    word, total = Formula('IF(1<2,"<",">")', "<"), Formula("1+1", Decimal("2.00"), "EUR")
    book = Book(IMPRINT)
    book.table(Table.of("F", columns, 1), "F", columns, [total], lambda _: "EUR")
    data = book.finish()
    assert [cell.value for cell in load_workbook(BytesIO(data))["F"][2]] == ["=1+1", '=IF(1<2,"<",">")']
    assert [cell.value for cell in load_workbook(BytesIO(data), data_only=True)["F"][2]] == [2, "<"]


def test_the_same_content_gives_the_same_bytes() -> None:
    first = made(Thing(), Thing("=x"))
    assert made(Thing(), Thing("=x")) == first
    assert made(Thing(), Thing("=y")) != first


def test_times_are_those_of_the_report_and_not_of_the_clock() -> None:
    data = made(Thing())
    properties = load_workbook(BytesIO(data)).properties
    assert properties.created == properties.modified == datetime(2026, 6, 30)  # noqa: DTZ001
    assert (properties.title, properties.creator, properties.subject) == ("Report & <list>", "3M & Söhne", "2026")
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2026, 6, 30, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_a_report_from_before_zip_files_can_be_written() -> None:
    book = Book(Imprint("t", "a", "s", date(1975, 5, 5), "{page}"))
    book.sheet("S", [10], "A2", "1:1").append(book.text("x", workbook.HEADER))
    assert load_workbook(BytesIO(book.finish()))["S"]["A1"].value == "x"


class Stop:
    """Progress that is stopped after some steps."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, text: str = "") -> None:
        self.steps.append((done, total, text))

    def check(self) -> None:
        if len(self.steps) == 2:
            raise Cancelled


def test_long_tables_tell_how_far_they_are_and_can_be_stopped() -> None:
    progress = Stop()
    with pytest.raises(Cancelled):
        made(*[Thing()] * 2500, progress=progress)
    assert progress.steps == [(1000, 2500, "Things"), (2000, 2500, "Things")]


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    with pytest.raises(OutputError, match=r"Things: 3 rows are more than a sheet holds \(2\)"):
        made(*[Thing()] * 3)


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_have_letters(number: int, letters: str) -> None:
    assert column_letter(number) == letters


def test_sheet_names_are_quoted_in_formulas() -> None:
    assert quoted("Joe's") == "'Joe''s'"
    assert Table("Joe's", 3, {"x": "C"}).area("x") == "'Joe''s'!$C$2:$C$4"
    assert Table("S", 0, {"x": "C"}).area("x") == "'S'!$C$2:$C$2"


def test_openpyxl_is_loaded_with_the_first_workbook_only() -> None:
    code = "import sys, app.outputs.xlsx.revenue_report; sys.exit('openpyxl' in sys.modules)"
    command: Sequence[str] = [sys.executable, "-c", code]
    assert subprocess.run(command, check=False).returncode == 0
