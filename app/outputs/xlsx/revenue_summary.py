"""The summary sheet: the figures of each currency in a column of its own, as values, and what the workbook holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.core.money import divide
from app.outputs.xlsx.cells import Cell
from app.outputs.xlsx.revenue_control import Check
from app.outputs.xlsx.revenue_figures import AGES, Figures
from app.outputs.xlsx.styles import ACCENT, BAD, GOOD, HEADER, NUMBER_HEADER, SOFT_INK, VALUE, Kind, Look, width_of
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Book, Table, column_letter, quoted

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("invoiced", "invoices", ("invoices_net", "invoices_tax", "invoices_gross")),
    ("credited", "invoices", ("credited_net", "credited_tax", "credited_gross", "invoiced_gross")),
    ("earned", "ledger", ("revenue", "cost_of_sales", "margin", "margin_percent")),
    ("money", "payments", ("received", "refunded", "money")),
    ("balances", "ledger", ("receivable", "overdue", "contract_asset", "contract_liability", "customer_credit")),
    ("ageing", "receivables", tuple(age for age, _ in AGES)),
)
"""The sections, where their figures come from, and the figures, in the order they are read."""

_STRONG = {"invoices_gross", "invoiced_gross", "revenue", "margin", "money", "receivable"}
_INDENTED = {"overdue"}
_TITLE, _SUBTITLE = Look(bold=True, size=16, line=False), Look(size=10, colour=SOFT_INK, line=False)
_NOTE, _SECTION = Look(colour=SOFT_INK, line=False), Look(bold=True, colour=ACCENT)
_LINK = Look(colour=ACCENT)
_LABEL, _STRONG_LABEL, _INDENTED_LABEL = Look(), Look(bold=True), Look(indent=1)
_STRONG_VALUE = Look(bold=True, right=True)
_HEAD_ROW = 5
_WIDTHS = 40.0, 15.0, 66.0
"""Label, narrowest column of amounts, notes."""


def write_summary(
    book: Book, figures: Figures, words: Words, checks: Sequence[Check], tables: Mapping[str, Table]
) -> None:
    """The whole sheet; each amount also gets a name, such as revenue_EUR."""
    sums = {currency: figures.summary(currency) for currency in figures.currencies}
    page = _Page(book, words, sums)
    page.head(figures, checks)
    for section, origin, keys in SECTIONS:
        page.section(section, origin, keys, figures.report.last.isoformat())
    page.contents(tables)


class _Page:
    """The sheet while it is written, row by row."""

    def __init__(self, book: Book, words: Words, sums: Mapping[str, Mapping[str, int]]) -> None:
        self._book, self._words, self._sums = book, words, sums
        label, narrowest, notes = _WIDTHS
        widths = [max(narrowest, _widest(currency, values)) for currency, values in sums.items()] or [narrowest]
        self._columns = len(widths)
        self._sheet = book.sheet(words("summary"), [label, *widths, notes], f"B{_HEAD_ROW + 1}", f"1:{_HEAD_ROW}", 1)

    def head(self, figures: Figures, checks: Sequence[Check]) -> None:
        """Company, what it is, whether the checks hold, and the currencies over their columns."""
        report, words, text = figures.report, self._words, self._book.text
        period = f"{report.first.isoformat()} {words('to')} {report.last.isoformat()}"
        self._sheet.append(text(report.company or words("report"), _TITLE), height=26)
        self._sheet.append(text(" · ".join(filter(None, (words("report"), report.title, period))), _SUBTITLE))
        self._sheet.append(self._verdict(checks))
        self._sheet.append()
        codes = [text(currency, NUMBER_HEADER) for currency in self._sums] or [text("", NUMBER_HEADER)]
        self._sheet.append(text(words("currency"), HEADER), *codes, text(words("origin"), HEADER))

    def _verdict(self, checks: Sequence[Check]) -> Cell:
        failed = sum(not check.holds for check in checks[:-1])
        values = {"count": failed or len(checks) - 1, "all": len(checks) - 1, "sheet": self._words("control")}
        verdict = self._words("checks_diff" if failed else "checks_ok", **values)
        look = Look(bold=True, colour=BAD if failed else GOOD, line=False)
        return self._book.text(f"{self._words('checks')}: {verdict}", look)

    def section(self, name: str, origin: str, keys: Sequence[str], day: str) -> None:
        """A heading and a row a figure."""
        heading = self._book.text(self._words(f"section.{name}", day=day), _SECTION)
        note = self._book.text(self._words(f"origin.{origin}"), _NOTE)
        self._sheet.append(heading, *self._blanks(_SECTION, self._columns), note)
        for key in keys:
            self._figure(key)
        self._sheet.append()

    def _figure(self, key: str) -> None:
        look = _STRONG_LABEL if key in _STRONG else _INDENTED_LABEL if key in _INDENTED else _LABEL
        word = self._words(f"sum.{key}" if self._words.has(f"sum.{key}") else key)
        cells = [self._amount(key, currency, values) for currency, values in self._sums.items()]
        row = self._sheet.append(self._book.text(word, look), *cells)
        for number, currency in enumerate(self._sums, 2):
            self._book.name(f"{key}_{currency}", self._words("summary"), f"${column_letter(number)}${row}")

    def _amount(self, key: str, currency: str, values: Mapping[str, int]) -> Cell:
        look = _STRONG_VALUE if key in _STRONG else VALUE
        if key == "margin_percent":
            return self._book.number(_percent(values["margin"], values["revenue"]), look, "0.0")
        return self._book.amount(values[key], currency, look)

    def contents(self, tables: Mapping[str, Table]) -> None:
        """What the other sheets hold, each with a link and its number of rows."""
        words, text, more = self._words, self._book.text, self._columns - 1
        heads = text(words("sheet"), HEADER), text(words("rows"), NUMBER_HEADER), *self._blanks(HEADER, more)
        self._sheet.append(*heads, text(words("contents"), HEADER))
        for name, table in tables.items():
            count = self._book.number(table.rows, VALUE, "#,##0")
            cells = text(table.sheet, _LINK), count, *self._blanks(_LABEL, more), text(words(f"about.{name}"), _LABEL)
            self._book.link(self._sheet, self._sheet.append(*cells), f"{quoted(table.sheet)}!A1")

    def _blanks(self, look: Look, count: int) -> list[Cell]:
        return [self._book.text("", look) for _ in range(count)]


def _percent(part: int, whole: int) -> Decimal | None:
    """What percentage `part` is of `whole`, to a tenth."""
    return Decimal(divide(part * 1000, whole)).scaleb(-1) if whole else None


def _widest(currency: str, values: Mapping[str, int]) -> float:
    return round(max(width_of(Kind.AMOUNT, value, currency) for value in values.values()) * 1.15 + 2, 1)
