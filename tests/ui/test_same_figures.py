"""Real input: what the screens show of a deal is what its PDF prints, what workbooks hold, and what the books sum up.

Fifty deals of the Classic Models sample, picked at random; every source is read as a person would read it: texts of
labels and cells, text taken out of the PDF, cells of the saved XLSX, and sums over the journal.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import text

from app.core.money import to_decimal
from app.outputs import papers
from app.store.store import Store
from tests.ui import classic
from ui.context import AppContext
from ui.routes import Route

SEED, PICKED = 20260302, 50
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")

pytestmark = pytest.mark.skipif(
    not classic.FOLDER.is_dir(), reason="the Classic Models sample is not beside the project"
)

Figures = dict[str, Any]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample, open; nothing but papers is added to it."""
    with Store.open(classic.make(tmp_path_factory.mktemp("classic") / "books.handsel")) as store:
        yield store


@pytest.fixture
def context(books: Store, make_context: Callable[..., AppContext]) -> AppContext:
    made = make_context(books)
    made.today = lambda: classic.LATE
    return made


@dataclass(frozen=True)
class Paper:
    """An invoice or credit note, and where it is found."""

    id: int
    document_id: int
    number: str


def read(store: Store, sql: str, **values: Any) -> list[Any]:
    with store.read() as session:
        return list(session.rows(text(sql), values))


def amount_in(words: str) -> Decimal:
    """The amount in what a label says: "$1,234.50", "−$3.00"."""
    (found,) = AMOUNT.findall(words.replace("−", "-").replace("$", ""))
    return Decimal(found.replace(",", ""))


# ------------------------------------------------------------------ the sources
class Screens:
    """The deal's page and the invoice's, each shown for one deal after the other."""

    def __init__(self, context: AppContext, show: Callable[..., QWidget]) -> None:
        self._context, self._show = context, show
        self._made: dict[str, Any] = {}

    def deal(self, deal_id: int) -> Figures:
        page = self._shown(Route("deal", deal_id), "ui.deals.detail_screen")
        ledger = page.ledger
        columns = {column.title: column for column in ledger.table.model().columns}
        earned = [columns["Earned"].text(row) for row in ledger.table.model().rows()]
        assert ledger._badge.text() == "Closes: every difference is zero"
        assert page.totals._total.text() == page.head._total.text()
        return {
            "number": page.title(),
            "gross": amount_in(page.head._total.text()),
            "net": amount_in(page.head._note.text()),
            "earned": sum((amount_in(words) for words in earned if AMOUNT.search(words)), Decimal(0)),
        }

    def invoice(self, paper: Paper) -> Figures:
        page = self._shown(Route("invoice", paper.id), "ui.invoicing.detail_screen")
        facts, note = _facts(page), page._amount_note.text()
        net = page.lines.table.model().columns[2]
        return {
            "number": page.title(),
            "gross": amount_in(page._amount.text()),
            "net": amount_in(facts["Net"]),
            "tax": amount_in(facts["Tax"]),
            "open": amount_in(note) if "is open" in note else Decimal(0),
            "lines": [amount_in(net.text(row)) for row in page.lines.table.model().rows()],
        }

    def _shown(self, route: Route, module: str) -> Any:
        if route.kind not in self._made:
            self._made[route.kind] = import_module(module).screen(self._context, route)
            self._show(self._made[route.kind], size=(1204, 846))
        else:
            self._made[route.kind].show_route(route)
        return self._made[route.kind]


def _facts(screen: Any) -> dict[str, str]:
    found, grid = {}, screen._facts
    for row in range(grid.rowCount()):
        label, value = grid.itemAtPosition(row, 0), grid.itemAtPosition(row, 1)
        if label is not None and value is not None and hasattr(value.widget(), "text"):
            found[label.widget().text()] = value.widget().text()
    return found


def printed(store: Store, paper: Paper) -> Figures:
    """What stands in the text of the PDF."""
    document = pypdfium2.PdfDocument(papers.content(store, paper.document_id))
    try:
        words = "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")
    finally:
        document.close()
    totals = dict(re.findall(r"^(Net total|Tax|Total) (-?[\d,]+\.\d\d)$", words, re.MULTILINE))
    lines = re.findall(r"^\d+ .+ pcs -?[\d,]+\.\d\d \S+ (-?[\d,]+\.\d\d)$", words, re.MULTILINE)
    return {
        "number": re.findall(r"^Invoice no\. (\S+)$", words, re.MULTILINE)[0],
        "gross": amount_in(totals["Total"]),
        "net": amount_in(totals["Net total"]),
        "tax": amount_in(totals["Tax"]),
        "lines": [amount_in(line) for line in lines],
    }


def exported(context: AppContext, kind: str, module: str, folder: Path) -> list[dict[str, Any]]:
    """The rows of a list's workbook, by the titles of its columns."""
    made = import_module(module).screen(context, Route(kind))
    page, path = getattr(made, "list", made), folder / f"{kind}.xlsx"
    page.export_to(path)
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row]
    book.close()
    head = next(at for at, row in enumerate(rows) if "Currency" in row)
    titles = [str(title) for title in rows[head]]
    return [dict(zip(titles, row, strict=False)) for row in rows[head + 1 :] if row[0]]


def cell(value: Any) -> Decimal:
    return Decimal(str(value or 0)).quantize(Decimal("0.01"))


def in_books(store: Store, role: str, document: str) -> Decimal:
    """Debits less credits of a role in the entries of a document, in units of money."""
    sql = """SELECT coalesce(sum(debit - credit), 0) FROM journal_line JOIN journal_entry e ON e.id = entry_id
        WHERE role = :role AND e.document = :document"""
    return to_decimal(read(store, sql, role=role, document=document)[0][0], "USD")


def open_in_books(store: Store, number: str) -> Decimal:
    sql = "SELECT coalesce(sum(debit - credit), 0) FROM journal_line WHERE role = 'receivable' AND document = :number"
    return to_decimal(read(store, sql, number=number)[0][0], "USD")


# ------------------------------------------------------------------ the proof
def test_screen_paper_workbook_and_books_say_the_same(
    books: Store, context: AppContext, show: Callable[..., QWidget], tmp_path: Path
) -> None:
    deals = [row.id for row in read(books, "SELECT id FROM deal ORDER BY id")]
    picked = sorted(random.Random(SEED).sample(deals, PICKED))  # noqa: S311 - the same fifty each time
    screens = Screens(context, show)
    sheets = {
        "deals": {row["Number"]: row for row in exported(context, "deals", "ui.deals.list_screen", tmp_path)},
        "invoices": {row["Number"]: row for row in exported(context, "invoices", "ui.invoicing.list_screen", tmp_path)},
    }
    revenue: dict[str, Decimal] = defaultdict(Decimal)
    for row in exported(context, "revenue", "ui.revenue.list_screen", tmp_path):
        revenue[row["Document"]] += cell(row["Revenue"])
    assert (len(sheets["deals"]), len(sheets["invoices"])) == (
        len(deals),
        read(books, "SELECT count(*) FROM invoice")[0][0],
    )
    invoices = 0
    for deal_id in picked:
        where = f"deal {deal_id} of those picked with seed {SEED}"
        page = screens.deal(deal_id)
        row = sheets["deals"][page["number"]]
        assert cell(row["Total with tax"]) == page["gross"], where
        found = read(
            books, "SELECT id, document_id, number FROM invoice WHERE deal_id = :deal ORDER BY id", deal=deal_id
        )
        billed, owed = Decimal(0), Decimal(0)
        for paper in (Paper(*item) for item in found):
            invoices += 1
            shown, pdf = screens.invoice(paper), printed(books, paper)
            assert {name: shown[name] for name in pdf} == pdf, where
            row = sheets["invoices"][paper.number]
            assert (cell(row["Amount"]), cell(row["Still open"])) == (shown["gross"], shown["open"]), where
            assert revenue[paper.number] == shown["net"] == -in_books(books, "revenue", paper.number), where
            assert shown["tax"] == -in_books(books, "output_tax", paper.number), where
            assert shown["open"] == open_in_books(books, paper.number), where
            billed, owed = billed + shown["net"], owed + shown["open"]
        assert (page["earned"], cell(sheets["deals"][page["number"]]["Still open"])) == (billed, owed), where
    assert invoices > PICKED * 0.8, f"seed {SEED} picks too few deals with an invoice"
