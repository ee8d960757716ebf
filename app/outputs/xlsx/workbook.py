"""A workbook of tables: typed cells, frozen header, filters, widths, print set-up. Shared by every export.

openpyxl is imported when a workbook is made and not before: it would cost the start of the program 0.2 s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.core.errors import OutputError
from app.core.money import amount_text, decimals
from app.core.progress import Progress, Silent
from app.outputs.xlsx.cells import (
    Cell,
    Result,
    day_number,
    empty_cell,
    formula_cell,
    number_cell,
    row_of,
    safe_text,
    text_cell,
)
from app.outputs.xlsx.package import Rows, pack
from app.outputs.xlsx.styles import (
    BAD,
    BAD_SOFT,
    HEADER,
    LOOKS,
    NUMBER_HEADER,
    RESULT,
    SOFT_INK,
    VALUE,
    Kind,
    Look,
    Styles,
    format_of,
    text_width,
    width_of,
)
from app.outputs.xlsx.text import MAX_NUMBER, clean, number_format

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = TypeVar("Row")

MAX_ROWS = 1_048_575
"""Rows that fit under a header in one sheet."""

ROW_HEIGHT = 15
_LINE_HEIGHT = 12.5
"""Points of a row with one line of text, and of every further line."""

_LEFT_FOOTER = 120
"""Letters of company and title in the footer; a spreadsheet takes 255 for the whole of it."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: `key` names it for formulas, `value` takes it from a row (amounts as minor units, or a `Formula`)."""

    key: str
    title: str
    kind: Kind
    value: Callable[[Row], Any]
    widest: int = 34


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without "=", and the result it has now; `currency` is empty for a count or a word."""

    text: str
    result: Result
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands, or will stand."""

    sheet: str
    rows: int
    letters: dict[str, str]

    @classmethod
    def of(cls, sheet: str, columns: Sequence[Column[Any]], rows: int) -> Table:
        """The place of a table with these columns."""
        return cls(sheet, rows, {column.key: column_letter(number) for number, column in enumerate(columns, 1)})

    def area(self, key: str) -> str:
        """The cells of a column below the header, for a formula: 'Invoices'!$J$2:$J$11."""
        letter = self.letters[key]
        return f"{quoted(self.sheet)}!${letter}$2:${letter}${max(self.rows, 1) + 1}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the file says of itself: properties and footer; `page` has {page} and {pages} in it."""

    title: str
    author: str
    subject: str
    made: date
    page: str


def column_letter(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def quoted(sheet: str) -> str:
    """A sheet's name as formulas need it."""
    return "'" + sheet.replace("'", "''") + "'"


class Sheet:
    """One sheet: openpyxl keeps its settings, the rows are ours."""

    def __init__(self, settings: Worksheet, columns: int) -> None:
        self.settings = settings
        self._letters = [column_letter(number) for number in range(1, columns + 1)]
        self.rows = Rows(self._letters[-1])

    def append(self, *cells: Cell, height: float = 0) -> int:
        """Write one more row, of a height in points where it is not the usual one; returns its number."""
        number = len(self.rows.written) + 1
        self.rows.written.append(row_of(number, self._letters, cells, height))
        return number


class Book:
    """A workbook that is being written, sheet by sheet; `finish` gives its bytes."""

    def __init__(self, imprint: Imprint, progress: Progress | None = None) -> None:
        from openpyxl import Workbook  # here and below: see the module's docstring

        self._book = Workbook()
        self._imprint, self._sheets = imprint, list[Sheet]()
        self._made = datetime.combine(imprint.made, time())
        self._progress: Progress = progress or Silent()
        self._styles = Styles(self._book)
        properties = self._book.properties
        properties.title, properties.subject = clean(imprint.title), clean(imprint.subject)
        properties.creator, properties.created = clean(imprint.author), self._made
        self._book.calculation.fullCalcOnLoad = True

    def sheet(self, title: str, widths: Sequence[float], frozen: str, repeated: str, pages: int = 0) -> Sheet:
        """An empty sheet, ready to be printed.

        `frozen` is the first cell that scrolls, `repeated` are the rows that head every page. It is printed one page
        wide and as many `pages` high as are wanted, or as it takes.
        """
        settings: Any = self._book.create_sheet(title) if self._sheets else self._book.worksheets[0]
        settings.title = title
        settings.freeze_panes = frozen
        settings.sheet_view.showGridLines = False
        for number, width in enumerate(widths, 1):
            settings.column_dimensions[column_letter(number)].width = width
        settings.sheet_format.defaultRowHeight, settings.sheet_format.customHeight = ROW_HEIGHT, True
        settings.print_title_rows = repeated
        settings.page_setup.fitToHeight = pages
        self._prepare_print(settings)
        self._sheets.append(Sheet(settings, len(widths)))
        return self._sheets[-1]

    def _prepare_print(self, settings: Any) -> None:
        """A4 landscape, one page wide, with company, sheet and page below."""
        settings.page_setup.orientation, settings.page_setup.paperSize = "landscape", 9
        settings.sheet_properties.pageSetUpPr.fitToPage = True
        settings.page_setup.fitToWidth = 1
        margins, footer = settings.page_margins, settings.oddFooter
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
        left = clean(f"{self._imprint.author} · {self._imprint.title}")[:_LEFT_FOOTER]
        footer.left.text, footer.center.text = left.replace("&", "&&"), settings.title.replace("&", "&&")
        footer.right.text = self._imprint.page.format(page="&P", pages="&N")
        for part in (footer.left, footer.center, footer.right):
            part.size, part.color = 8, SOFT_INK[2:]

    def table(
        self,
        place: Table,
        name: str,
        columns: Sequence[Column[Row]],
        rows: Sequence[Row],
        currency: Callable[[Row], str],
    ) -> Sheet:
        """A sheet with one table: header, one row a record, filters. Without records it has one empty row.

        Raises `OutputError` if the rows do not fit a sheet, `Cancelled` if the person stopped it.
        """
        if len(rows) > MAX_ROWS:
            message = f"{place.sheet}: {len(rows)} rows are more than a sheet holds ({MAX_ROWS}); choose fewer days."
            raise OutputError(message)
        sheet = self.sheet(place.sheet, [_width(column, rows, currency) for column in columns], "A2", "1:1")
        wrapping = [column for column in columns if _is_cut(column, rows)]
        looks = [HEADER if column.kind.is_left else NUMBER_HEADER for column in columns]
        sheet.append(*(self.text(column.title, look) for column, look in zip(columns, looks, strict=True)), height=18)
        for number, row in enumerate(rows, 1):
            code = currency(row)
            cells = [self.cell(column.kind, column.value(row), code) for column in columns]
            sheet.append(*cells, height=_height(row, wrapping))
            if number % 1000 == 0:
                self._progress.step(number, len(rows), place.sheet)
                self._progress.check()
        if not rows:
            sheet.append(*(self.text("", LOOKS[Kind.TEXT]) for _ in columns))
        self._add_table(sheet, name, [column.title for column in columns], max(len(rows), 1))
        return sheet

    def _add_table(self, sheet: Sheet, name: str, titles: Sequence[str], rows: int) -> None:
        """The spreadsheet's own table over the cells, with its filters."""
        from openpyxl.worksheet.filters import AutoFilter
        from openpyxl.worksheet.table import Table as ExcelTable
        from openpyxl.worksheet.table import TableColumn

        area = f"A1:{column_letter(len(titles))}{rows + 1}"
        table = ExcelTable(displayName=name, ref=area, autoFilter=AutoFilter(ref=area))
        table.tableColumns = [TableColumn(id=number, name=title) for number, title in enumerate(titles, 1)]
        sheet.settings.add_table(table)

    def cell(self, kind: Kind, value: Any, currency: str) -> Cell:
        """A cell of a column; an amount without currency is a count."""
        if kind is Kind.TEXT and isinstance(value, str):
            return self.text(value, LOOKS[kind])
        if value is None:
            return empty_cell(self._styles.number(LOOKS[kind]))
        if isinstance(value, Formula):
            return self.formula(value)
        if kind in (Kind.AMOUNT, Kind.SIDE) and currency:
            return self.amount(value, currency, LOOKS[kind], kind)
        kind = Kind.COUNT if kind is Kind.AMOUNT else kind
        style = self._styles.number(LOOKS[kind], format_of(kind, value, currency))
        return number_cell(style, day_number(value) if kind is Kind.DATE else f"{value:f}")

    def text(self, text: str, look: Look) -> Cell:
        """A cell that is text whatever stands in it, also where the text begins like a formula; or an empty one."""
        safe, risky = safe_text(text)
        style = self._styles.number(look, quote=risky)
        return text_cell(style, safe) if safe else empty_cell(style)

    def amount(self, minor: int, currency: str, look: Look = VALUE, kind: Kind = Kind.AMOUNT) -> Cell:
        """A cell with an amount: a number, or exact text where a spreadsheet's numbers would lose a cent."""
        digits = amount_text(minor, currency)
        if abs(minor) >= MAX_NUMBER:
            return self.text(digits, look)
        return number_cell(self._styles.number(look, format_of(kind, minor, currency)), digits)

    def number(self, value: Decimal | int | None, look: Look, shown: str) -> Cell:
        """A cell with a number in a number format, or an empty one."""
        style = self._styles.number(look, shown)
        return empty_cell(style) if value is None else number_cell(style, f"{value:f}")

    def formula(self, formula: Formula) -> Cell:
        """A cell with a formula and the result it has now."""
        look = RESULT if isinstance(formula.result, str) else VALUE
        places = decimals(formula.currency) if formula.currency else 0
        return formula_cell(self._styles.number(look, number_format(places)), formula.text, formula.result)

    def link(self, sheet: Sheet, row: int, location: str) -> None:
        """Make the first cell of a row lead to a place in this workbook."""
        cell: Any = sheet.settings.cell(row, 1)
        cell.hyperlink = location
        cell.hyperlink.target, cell.hyperlink.location = None, location

    def mark(self, sheet: Sheet, cells: str, condition: str) -> None:
        """Show cells in red where a formula over the first of them says so."""
        from openpyxl.formatting.rule import Rule
        from openpyxl.styles import Font, PatternFill
        from openpyxl.styles.differential import DifferentialStyle

        red = DifferentialStyle(font=Font(color=BAD, bold=True), fill=PatternFill("solid", bgColor=BAD_SOFT))
        sheet.settings.conditional_formatting.add(cells, Rule("expression", dxf=red, formula=[condition]))

    def name(self, name: str, sheet: str, cell: str) -> None:
        """A defined name for one cell, such as revenue_EUR for 'Summary'!$B$12."""
        from openpyxl.workbook.defined_name import DefinedName

        self._book.defined_names[name] = DefinedName(name, attr_text=f"{quoted(sheet)}!{cell}")

    def finish(self) -> bytes:
        """The file. The same content gives the same bytes."""
        raw = BytesIO()
        self._book.save(raw)
        rows = {f"xl/worksheets/sheet{number}.xml": sheet.rows for number, sheet in enumerate(self._sheets, 1)}
        return pack(raw.getvalue(), self._made, rows)


def _width(column: Column[Row], rows: Sequence[Row], currency: Callable[[Row], str]) -> float:
    """Width of a column for its widest value, within limits: long text wraps, a number never becomes ###."""
    widest = max((_digits(column.kind, column.value(row), currency(row)) for row in rows), default=0)
    if column.kind is Kind.TEXT:
        widest = min(widest, column.widest)
    return round(max(widest * 1.06 + 2.5, text_width(column.title) * 1.15 + 3.6, 7), 1)


def _digits(kind: Kind, value: Any, currency: str) -> float:
    if isinstance(value, Formula):
        return width_of(Kind.TEXT if isinstance(value.result, str) else Kind.NUMBER, value.result, currency)
    return width_of(Kind.COUNT if kind is Kind.AMOUNT and not currency else kind, value, currency)


def _is_cut(column: Column[Row], rows: Sequence[Row]) -> bool:
    """Whether a column has text that does not fit on one line."""
    values = map(column.value, rows) if column.kind is Kind.TEXT else ()
    return any(isinstance(value, str) and text_width(value) > column.widest for value in values)


def _height(row: Row, wrapping: Sequence[Column[Row]]) -> float:
    """Height of a row whose text wraps, since not every program finds it by itself; 0 for the usual one."""
    parts = (text_width(column.value(row)) / column.widest for column in wrapping)
    widest = max(parts, default=0)
    return ROW_HEIGHT + _LINE_HEIGHT * (ceil(widest * 1.08) - 1) if widest > 1 else 0
