"""Cells as a spreadsheet file writes them (ECMA-376, SpreadsheetML): each function gives all of a cell but its place.

Written here and not by openpyxl for three reasons: a hundred thousand rows take seconds instead of a minute, amounts
get there as decimal digits and never as binary floating point, and formulas carry the result they have now. Without
that, previews, mail programs and pandas show nothing until a spreadsheet program has saved the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

from app.outputs.xlsx.text import clean, is_risky

Cell = str
"""Everything of a cell after its place: style, type and content."""

Result = Decimal | int | str

_DAY_ZERO = date(1899, 12, 30)
"""Day zero of spreadsheets, right for every day since March 1900."""


@lru_cache(maxsize=20_000)
def safe_text(text: str) -> tuple[str, bool]:
    """A text ready for the file, and whether it needs a mark that it is no formula; columns repeat themselves."""
    text = clean(text)
    return escape(text), is_risky(text)


def empty_cell(style: int) -> Cell:
    """A cell without content."""
    return f' s="{style}"/>'


def text_cell(style: int, safe: str) -> Cell:
    """A cell of text that `safe_text` has prepared; it can never be read as a formula."""
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'


def number_cell(style: int, digits: str) -> Cell:
    """A cell with a number in plain decimal digits."""
    return f' s="{style}"><v>{digits}</v></c>'


def day_number(day: date) -> str:
    """The digits of a date: days since day zero."""
    return str((day - _DAY_ZERO).days)


def formula_cell(style: int, formula: str, result: Result) -> Cell:
    """A cell with a formula (without "=") and its present result."""
    if isinstance(result, str):
        return f' s="{style}" t="str"><f>{escape(formula)}</f><v>{escape(result)}</v></c>'
    return f' s="{style}"><f>{escape(formula)}</f><v>{result}</v></c>'


def row_of(number: int, letters: Sequence[str], cells: Sequence[Cell], height: float = 0) -> str:
    """One row; cells stand in the first columns. `height` in points, where it is not the sheet's own."""
    inner = "".join([f'<c r="{letter}{number}"{cell}' for letter, cell in zip(letters, cells, strict=False)])
    taller = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{taller}>{inner}</row>'
