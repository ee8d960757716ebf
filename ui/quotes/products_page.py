"""Second page: what is offered. Products come from the catalogue by a few letters; lines can be typed or pasted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.catalog import queries as catalog
from app.catalog.rules import Kind
from app.core.errors import Problem
from app.core.quantity import units
from app.pipeline import lists
from app.pipeline.lists import Filter
from app.quotes.draft import LineDraft, QuoteDraft, line_of
from ui import formats
from ui.context import AppContext
from ui.quotes.texts import in_summary, problem_words
from ui.tables.column import Column, LineColumn
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.layout import column, row
from ui.widgets.number_edits import QuantityEdit
from ui.widgets.search_box import SearchBox
from ui.widgets.unit_words import unit_choices, unit_name, unit_sign
from ui.wizards.page import WizardPage

_MATCHES, _LOOKED_AT = 8, 60
_CELL = re.compile(r"lines\[(\d+)\]\.(\w+)")
_COLUMNS = {"name": 0, "kind": 1, "quantity": 2, "unit": 3}


class ProductSearch(SearchBox):
    """Enter adds the first match, Down leaves to the matches."""

    def __init__(self, page: ProductsPage) -> None:
        super().__init__(page.tr("Add a product: number or name, then Enter"), page.tr("Add a product"))
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.search_now()
            self._page.add_first()
            return
        super().keyPressEvent(event)


class ProductsPage(WizardPage):
    """Title, product search, and the table of lines."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(problem_words)
        self._context = context
        self._draft: QuoteDraft | None = None
        self._found: list[Any] = []
        words = self.tr("e.g. Espresso corner for the office")
        self.title = self.field("title", Field(self.tr("What it is about"), TextEdit(True, words)))
        self.search = ProductSearch(self)
        self.search.searched.connect(self._look)
        self.search.left_down.connect(self._enter_matches)
        self.matches = self._make_matches()
        self.model = LineModel(self._columns(), blank=self._blank)
        empty = EmptyState(
            "products", self.tr("No lines yet"), self.tr("Find a product above, or type a line of your own.")
        )
        self.lines = LineEditor(self.model, self.tr("Lines"), empty)
        self.model.changed.connect(self._changed)
        self.lines.removed.connect(self._removed)
        self.lines.refused.connect(self._refused)
        self.lines.setMinimumHeight(self.lines.height_for(5))
        self.lay_out(self.title, self._card(), gap=14)

    # page
    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the lines."""
        self._draft = draft
        self.title.set_value(draft.title)
        self.model.set_rows(draft.lines)
        self._fit()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Lines as they stand."""
        self._draft = replace(draft, title=self.title.value(), lines=tuple(self.model.rows()))
        return self._draft

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In their cells, and listed above."""
        mark_cells(self.model, problems, _COLUMNS)
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def first_input(self) -> QWidget | None:
        """The search for products."""
        return self.search

    # adding
    def add_first(self) -> None:
        """Add the first match; what is no product becomes a line of its own."""
        text = self.search.text().strip()
        if not text:
            return
        if self._found:
            self.add(self._found[0].sku)
        else:
            self._append(replace(self._blank(), name=text))

    def add(self, sku: str) -> None:
        """Add a product, or one more of the line it already has; the quantity is open to be typed."""
        product = self._product(sku)
        if product is not None and self._draft is not None:
            self._append(line_of(product, self._draft.currency))

    def _append(self, line: LineDraft) -> None:
        at = self.model.rowCount()
        if at and self.model.row(at - 1).is_blank:
            self.model.remove([at - 1])
            at -= 1
        self.model.insert(at, [line])
        self.search.clear()
        self.search.search_now()
        self._look("")
        self.lines.setFocus()
        self.lines.edit_cell(at, _COLUMNS["quantity"])

    def _product(self, sku: str) -> Any:
        with self._context.store.read() as session:
            return catalog.by_sku(session, [sku]).get(sku)

    def _look(self, text: str) -> None:
        self._found = []
        if text:
            with self._context.store.read() as session:
                narrowed = Filter(text, ("active",))
                found = lists.page(session, lists.PRODUCTS, narrowed, self._context.today(), size=_LOOKED_AT)
            self._found = sorted(found.items, key=lambda item: _rank(item, text.casefold()))[:_MATCHES]
        model: Any = self.matches.model()
        model.reload()
        self.matches.setVisible(bool(self._found))
        self.matches.setFixedHeight(self.matches.height_for(min(len(self._found), 4)))

    def _enter_matches(self) -> None:
        if self._found:
            self.matches.setFocus()
            self.matches.choose(0)

    def _make_matches(self) -> PagedView:
        columns = [
            Column(title=self.tr("Product"), text=lambda item: item.name, below=lambda item: item.sku),
            Column(title=self.tr("Group"), text=lambda item: item.category, width=130, look="quiet"),
            Column(title=self.tr("Price"), text=_price, align="right", width=130),
        ]
        view = PagedView(PagedModel(columns, lambda *_: Page(self._found)), self.tr("Matching products"))
        view.opened.connect(lambda item: self.add(item.sku))
        view.clicked.connect(lambda index: self.add(self._found[index.row()].sku))
        view.setVisible(False)
        return view

    # the table
    def _columns(self) -> list[LineColumn]:
        kinds = [(Kind.GOODS, self.tr("Goods")), (Kind.SERVICE, self.tr("Service"))]
        return [
            LineColumn(
                title=self.tr("Product or text"),
                text=lambda line: line.name,
                below=_about,
                read=lambda line: line.name,
                write=self._write_name,
                editor=lambda: TextEdit(placeholder=self.tr("Product number or text")),
            ),
            LineColumn(
                title=self.tr("Kind"),
                text=lambda line: dict(kinds)[line.kind],
                width=110,
                read=lambda line: line.kind,
                write=lambda line, value: replace(line, kind=value) if isinstance(value, Kind) else line,
                editor=lambda: Choice(kinds),
            ),
            LineColumn(
                title=self.tr("Quantity"),
                text=lambda line: formats.NOTHING if line.quantity is None else formats.decimal_text(line.quantity),
                align="right",
                width=110,
                read=lambda line: line.quantity,
                write=lambda line, value: replace(line, quantity=value),
                editor=QuantityEdit,
            ),
            LineColumn(
                title=self.tr("Unit"),
                text=lambda line: unit_sign(line.unit, line.quantity or Decimal(2)),
                tip=lambda line: unit_name(line.unit),
                width=110,
                read=lambda line: line.unit,
                write=_write_unit,
                editor=lambda: Choice(unit_choices()),
            ),
        ]

    def _write_name(self, line: LineDraft, value: str | None) -> LineDraft:
        """A product's number brings the product; anything else is the line's text."""
        text = value or ""
        product = self._product(text) if text and text != line.name else None
        if product is None or self._draft is None:
            return replace(line, name=text)
        return line_of(
            product, self._draft.currency, line.quantity if line.quantity is not None else product.base_quantity
        )

    def _blank(self) -> LineDraft:
        return LineDraft(tax=self._draft.usual_tax) if self._draft is not None else LineDraft()

    def _card(self) -> Card:
        add = Button(self.tr("Own line"), "ghost", "plus", self.lines.add_line)
        copy = Button(self.tr("Duplicate"), "ghost", "copy", self.lines.duplicate_line)
        remove = Button(self.tr("Remove"), "ghost", "delete", self.lines.remove_lines)
        head = CardHead(self.tr("Lines"), self.tr("paste from a spreadsheet with Ctrl+V"), add, copy, remove)
        finder = column(row(self.search), self.matches, margins=(18, 2, 18, 10), gap=4)
        return Card(column(head, finder, self.lines, 5), self.tr("Lines"))

    def _changed(self) -> None:
        self._fit()
        self.edited()

    def _fit(self) -> None:
        self.lines.setMinimumHeight(self.lines.height_for(min(max(self.model.rowCount() + 1, 4), 14)))

    def _removed(self, taken: Any) -> None:
        words = self.tr("%n lines removed", None, len(taken))
        self._context.say(words, self.tr("Undo"), lambda: self.model.restore(taken))

    def _refused(self, count: int) -> None:
        self._context.say(self.tr("%n pasted cells could not be understood; they are marked", None, count))


def mark_cells(model: LineModel, problems: Sequence[Problem], columns: dict[str, int]) -> None:
    """Mark the cells that problems like "lines[2].quantity" are about."""
    found = {}
    for problem in problems:
        match = _CELL.fullmatch(problem.field)
        if match is not None and match[2] in columns:
            found[int(match[1]), columns[match[2]]] = problem_words(problem)
    model.set_problems(found)


def _about(line: LineDraft) -> str:
    return " · ".join(part for part in (line.sku, line.description.partition("\n")[0]) if part)


def _rank(item: Any, text: str) -> int:
    """The product with this number first, then what begins with the text, then words that do."""
    sku, name = item.sku.casefold(), item.name.casefold()
    if sku == text:
        return 0
    if sku.startswith(text) or name.startswith(text):
        return 1
    return 2 if any(word.startswith(text) for word in name.split()) else 3


def _price(item: Any) -> str:
    return f"{formats.decimal_text(item.unit_price, 2)} {item.currency}"


def _write_unit(line: LineDraft, value: str | None) -> LineDraft:
    """A code from the choice; pasted text may be the sign or the name of a unit."""
    if value in units():
        return replace(line, unit=value or line.unit)
    wanted = (value or "").strip().casefold()
    for code, name in unit_choices():
        if wanted in (name.casefold(), unit_sign(code).casefold()):
            return replace(line, unit=code)
    return line
