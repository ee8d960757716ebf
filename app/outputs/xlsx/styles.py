"""How cells look: one shared style for each look and number format, so that a hundred thousand cells stay cheap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.core.money import amount_text, decimals
from app.outputs.xlsx.text import amount_format, number_format, places_of, side_format

if TYPE_CHECKING:
    from openpyxl import Workbook

INK, SOFT_INK, LINE, HEAD, ACCENT = "FF131822", "FF465063", "FFE3E7ED", "FFE8EFFD", "FF1B4DBF"
BAD, BAD_SOFT, GOOD = "FFB3261E", "FFFCE9E7", "FF0C7548"
"""Colours of the program's light theme, as spreadsheets write them (opacity first)."""

_FONT = "Arial"
"""On every system, or replaced there by a font of the same widths."""


class Kind(StrEnum):
    """What the cells of a column hold; it decides type, format and alignment."""

    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"
    SIDE = "side"
    NUMBER = "number"
    PRICE = "price"
    COUNT = "count"

    @property
    def is_left(self) -> bool:
        """Whether its cells are aligned to the left, as words and dates are."""
        return self in (Kind.TEXT, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Look:
    """Font, fill and alignment of a cell."""

    bold: bool = False
    size: int = 10
    colour: str = INK
    fill: str = ""
    right: bool = False
    wrap: bool = False
    line: bool = True
    indent: int = 0


HEADER = Look(bold=True, colour=ACCENT, fill=HEAD)
NUMBER_HEADER = Look(bold=True, colour=ACCENT, fill=HEAD, right=True)
VALUE = Look(right=True)
RESULT = Look(bold=True, colour=GOOD)
LOOKS = {kind: Look(wrap=kind is Kind.TEXT) if kind.is_left else VALUE for kind in Kind}


def format_of(kind: Kind, value: Any, currency: str) -> str:
    """Number format of a value in a column of that kind; quantities and prices show every digit they have."""
    if kind is Kind.DATE:
        return "yyyy-mm-dd"
    if kind is Kind.AMOUNT:
        return amount_format(currency)
    if kind is Kind.SIDE:
        return side_format(currency)
    if kind in (Kind.NUMBER, Kind.PRICE):
        return number_format(places_of(Decimal(value), decimals(currency) if kind is Kind.PRICE else 0))
    return "0" if kind is Kind.COUNT else "General"


def width_of(kind: Kind, value: Any, currency: str) -> float:
    """About how many digits wide a value is when it is shown."""
    if value is None:
        return 0
    if kind is Kind.DATE:
        return 10
    if kind is Kind.TEXT:
        return text_width(value)
    if kind in (Kind.AMOUNT, Kind.SIDE):
        digits = len(amount_text(value, currency))
    else:
        digits = len(f"{value:f}") if isinstance(value, Decimal) else len(str(value))
    return digits * 1.2  # a separator every three digits


_WIDTHS = {
    **dict.fromkeys("ijl|'", 0.4),
    **dict.fromkeys(" .,:;!tfI/()[]-", 0.5),
    **dict.fromkeys("r", 0.6),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&+=<>", 1.25),
    **dict.fromkeys("mwMW@%", 1.5),
}
"""How wide letters of the font are against a digit; others count one, those of East Asia two."""


@lru_cache(maxsize=20_000)
def text_width(text: str) -> float:
    """About how many digits wide a text is."""
    return sum(_WIDTHS.get(letter, 1.0 if letter < "\u1100" else 2.0) for letter in text)


class Styles:
    """The styles of one workbook, by their number in it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[Look, str, bool], int] = {}

    def number(self, look: Look, shown: str = "General", quote: bool = False) -> int:
        """The number of the style with this look and number format; `quote` marks text that begins like a formula."""
        key = look, shown, quote
        if key not in self._known:
            self._known[key] = self._make(look, shown, quote)
        return self._known[key]

    def _make(self, look: Look, shown: str, quote: bool) -> int:
        from openpyxl.cell import Cell  # openpyxl is loaded with the first workbook, not at start-up
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell: Any = Cell(self._book.worksheets[0], row=1, column=1)  # never written; it registers the style
        cell.font = Font(name=_FONT, size=look.size, bold=look.bold, color=look.colour)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.line:
            cell.border = Border(bottom=Side("thin", LINE))
        side, indent = ("right", 0) if look.right else ("left", look.indent + 1)  # air after the number before it
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=look.wrap, indent=indent)
        cell.number_format, cell.quotePrefix = shown, quote
        return int(cell.style_id)
