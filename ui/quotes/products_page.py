"""Second page: what is offered. Products come from the catalogue by a few letters; lines can be typed or pasted.

A product with something to choose opens the configure panel in place of the table. Bundles stand together under a head
and are counted, moved and removed together. Options and alternatives stand in a table of their own, outside the total.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.catalog import queries as catalog
from app.catalog.configure import Fix
from app.catalog.guides import Proposed
from app.catalog.model_queries import with_parts
from app.core.errors import Problem, RuleViolation
from app.insights.rules import LastPrice
from app.pipeline.configuring import configuring
from app.pricing.marks import margin_marks
from app.quotes import configured as blocks
from app.quotes import proposing
from app.quotes.configuring import Configuring
from app.quotes.draft import LineDraft, QuoteDraft, line_of
from app.quotes.rules import Proposal
from ui import formats
from ui.context import AppContext
from ui.quotes.configure_panel import ConfigurePanel
from ui.quotes.guide_panel import GuidePanel
from ui.quotes.line_rows import BundleRow, Row, line_row, lines_in, place_of, row_of, shown
from ui.quotes.misfits_card import MisfitsCard
from ui.quotes.product_columns import ProductColumns
from ui.quotes.product_finder import ProductFinder
from ui.quotes.product_lines import ProductLines
from ui.quotes.product_stock import ProductStock
from ui.quotes.proposals_card import ProposalsCard
from ui.quotes.suggestions_card import SuggestionsCard
from ui.quotes.texts import in_summary, problem_words
from ui.tables.line_model import LineModel
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import column, holder, row
from ui.wizards.page import WizardPage

_CELL = re.compile(r"lines\[(\d+)\]\.(\w+)")
_COLUMNS = {"name": 0, "kind": 1, "quantity": 2, "unit": 3}


class ProductsPage(WizardPage):
    """Title, product search, the table of lines; or the panel in which a product is configured."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(problem_words)
        self._context = context
        self._draft: QuoteDraft | None = None
        self._replacing: range | None = None
        words = self.tr("e.g. Espresso corner for the office")
        self.title = self.field("title", Field(self.tr("What it is about"), TextEdit(True, words)))
        self.wanted_on = Field(self.tr("Wanted on"), DateEdit(optional=True, today=context.today), width=190)
        self.wanted_on.editor.value_changed.connect(self._wanted_changed)
        self.stock = ProductStock(context)
        self.stock.told.connect(self._stock_told)
        self.finder = ProductFinder(context)
        self.search, self.matches = self.finder.search, self.finder.matches
        self.finder.found.connect(self.add)
        self.finder.named.connect(lambda text: self._append([replace(self._blank(), name=text)]))
        self._columns = ProductColumns(self.stock, self._product, self._current_row)
        self._columns.refused.connect(context.say)
        self.model = LineModel(self._columns.make(), blank=self._blank)
        empty = EmptyState(
            "products", self.tr("No lines yet"), self.tr("Find a product above, or type a line of your own.")
        )
        self.lines = ProductLines(self.model, self.tr("Lines"), empty)
        self.model.changed.connect(self._changed)
        self.lines.removed.connect(self._removed)
        self.lines.refused.connect(self._refused)
        self.lines.configure_wanted.connect(self.configure)
        self.lines.moving.connect(self._move)
        self.lines.duplicating.connect(self._duplicate)
        with context.store.read() as session:
            self.panel = ConfigurePanel(margin_marks(session))
        self.panel.taken.connect(self._taken)
        self.panel.left.connect(self._left)
        self.guide = GuidePanel(context)
        self.guide.taken.connect(self._guided)
        self.guide.left.connect(self._left)
        self._queue: list[Proposed] = []
        self.proposals = ProposalsCard()
        self.proposals.taken.connect(lambda at: self._repropose(proposing.take_back, at))
        self.proposals.dropped.connect(self._drop)
        self.misfits = MisfitsCard(context)
        self.misfits.fixed.connect(self._mend)
        self.misfits.configure_wanted.connect(lambda place: self.configure(row_of(self.model.rows(), place)))
        self.suggestions = SuggestionsCard(context)
        self.suggestions.added.connect(self.add)
        self.suggestions.priced.connect(self._take_price)
        self._make_verbs()
        head = row(self.title, self.wanted_on, gap=14)
        head.setStretch(0, 1)
        self._body = holder(column(self.misfits, head, self._card(), self.proposals, self.suggestions, gap=14))
        self._arrange()

    # page
    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the lines."""
        self._draft = draft
        self._columns.currency = draft.currency
        self.title.set_value(draft.title)
        self.wanted_on.editor.blockSignals(True)
        self.wanted_on.set_value(draft.wanted_on)
        self.wanted_on.editor.blockSignals(False)
        self.stock.look(draft)
        self.suggestions.look(draft)
        self.misfits.look(draft)
        self.model.set_rows(shown(draft.lines))
        self.proposals.show_draft(draft)
        self._fit()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Lines as they stand; alternatives follow the lines that they are for."""
        known = self._draft if self._draft is not None else draft
        followed = proposing.with_lines(known, lines_in(self.model.rows()))
        self._draft = replace(
            draft, title=self.title.value(), lines=followed.lines, proposals=followed.proposals,
            wanted_on=self.wanted_on.editor.value(),
        )  # fmt: skip
        self.proposals.show_draft(self._draft)
        return self._draft

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In their cells, and listed above."""
        rows = self.model.rows()
        mark_cells(self.model, [_at_row(problem, rows) for problem in problems], _COLUMNS)
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def check(self) -> bool:
        """What is being configured has to be taken first, or left."""
        if self.panel.state() is not None and not self.panel.take():
            return False
        return super().check()

    def first_input(self) -> QWidget | None:
        """The search for products."""
        return self.panel.first_input() if self.panel.state() is not None else self.search

    # adding
    def add_first(self) -> None:
        """Add the first match; what is no product becomes a line of its own."""
        self.finder.take_first()

    @property
    def _found(self) -> list[Any]:
        return self.finder.items

    def add(self, sku: str, quantity: Decimal = Decimal(1)) -> None:
        """Add a product, with its quantity open to be typed; one with something to choose is configured first."""
        draft = self._draft
        if draft is None:
            return
        with self._context.store.read() as session:
            known = configuring(session, sku, draft.currency, self._context.today(), quantity=quantity)
        if known is not None and known.has_choices():
            self._open(known, None)
            return
        self._add_lines(sku, known, quantity)

    def _add_lines(self, sku: str, known: Configuring | None, quantity: Decimal) -> None:
        try:
            self._append(self._lines_of(sku, known, quantity))
        except RuleViolation as violation:
            self._context.say(violation.problems[0].message)

    def _lines_of(self, sku: str, known: Configuring | None, quantity: Decimal) -> Sequence[LineDraft]:
        if self._draft is None:
            return []
        if known is not None:
            return known.lines(blocks.next_number(self._draft))
        product = self._product(sku)
        return [] if product is None else [line_of(product, self._draft.currency, quantity)]

    def _append(self, lines: Sequence[LineDraft]) -> None:
        if not lines:
            return
        kept = list(lines_in(self.model.rows()))
        if kept and kept[-1].is_blank:
            kept.pop()
        self._put((*kept, *lines))
        self.finder.clear()
        self.lines.setFocus()
        self.lines.edit_cell(row_of(self.model.rows(), len(kept)), _COLUMNS["quantity"])

    def _product(self, sku: str) -> Any:
        with self._context.store.read() as session:
            return catalog.by_sku(session, [sku]).get(sku)

    # configuring
    def configure(self, at: int | None = None) -> None:
        """Configure the line of a row, or the current one."""
        draft, rows = self._draft, self.model.rows()
        at = self.lines.currentIndex().row() if at is None else at
        if draft is None or not 0 <= at < len(rows):
            return
        lines = lines_in(rows)
        places = blocks.span(lines, place_of(rows, at))
        first = lines[places.start]
        selection, bundle = blocks.selection_of(first), first.detail.bundle
        sku = selection.sku if selection is not None else (bundle.sku if bundle is not None else first.sku)
        with self._context.store.read() as session:
            quantity, on = blocks.count_of(lines[places.start : places.stop]), self._context.today()
            known = configuring(session, sku, draft.currency, on, quantity=quantity, selection=selection)
        if known is None or not known.has_choices():
            self._context.say(self.tr("There is nothing to choose of this line."))
            return
        self._open(known, places)

    def _open(self, known: Configuring, replacing: range | None) -> None:
        draft = self._draft
        if draft is None:
            return
        self._replacing = replacing
        lines = lines_in(self.model.rows())
        bundle = lines[replacing.start].detail.bundle if replacing is not None else None
        number = bundle.number if bundle is not None else blocks.next_number(replace(draft, lines=lines))
        self._show(self.panel)
        self.panel.begin(known, number, draft.basis)

    def _taken(self, made: tuple[LineDraft, ...]) -> None:
        self._show(self._body)
        lines, places = lines_in(self.model.rows()), self._replacing
        if places is None:
            self._append(made)
            self._next_proposed()
            return
        kept = blocks.kept(lines[places.start : places.stop], made)
        new, place = blocks.swapped(lines, places, kept)
        self._put(new)
        self.lines.setFocus()
        self.lines.choose(row_of(self.model.rows(), place), _COLUMNS["quantity"])

    def _left(self) -> None:
        self._show(self._body)
        target = self.lines if self._replacing is not None else self.search
        target.setFocus()
        self._next_proposed()

    def _show(self, shown_one: QWidget) -> None:
        for one in (self._body, self.panel, self.guide):
            one.setVisible(one is shown_one)

    def _mend(self, place: int, fix: Fix) -> None:
        """Apply the way out that was offered for a line; what is still wrong is shown in the panel."""
        self.configure(row_of(self.model.rows(), place))
        now = self.panel.state()
        if now is not None:
            self.panel.show_state(now.applying(fix))
            self.panel.take()

    # guided
    def help_me_choose(self) -> None:
        """The owner's questions in place of the table."""
        self._replacing = None
        self._show(self.guide)
        self.guide.begin()
        self.guide.setFocus()

    def _guided(self, proposed: list[Proposed]) -> None:
        self._show(self._body)
        self._queue = list(proposed)
        self._next_proposed()

    def _next_proposed(self) -> None:
        """Add what a guide proposed; what is still to be chosen of it is asked one product after the other."""
        while self._queue and self._draft is not None:
            one = self._queue.pop(0)
            with self._context.store.read() as session:
                on, currency = self._context.today(), self._draft.currency
                known = configuring(session, one.sku, currency, on, quantity=one.quantity, selection=one.selection)
            if known is not None and known.has_choices() and not known.may_be_taken():
                self._open(known, None)
                return
            self._add_lines(one.sku, known, one.quantity)

    # the table
    def _current_row(self) -> Row | None:
        at = self.lines.currentIndex().row()
        return self.model.row(at) if at >= 0 else None

    def _blank(self) -> LineDraft:
        return LineDraft(tax=self._draft.usual_tax) if self._draft is not None else LineDraft()

    def _stock_told(self) -> None:
        self.lines.viewport().update()

    def _wanted_changed(self, *_: Any) -> None:
        self.edited()
        if self._draft is not None:
            self.stock.look(self._draft)

    # changing
    def _changed(self) -> None:
        """Whatever was typed, pasted or taken out: bundles stay whole and are counted as one."""
        draft = self._draft
        if draft is not None:
            rows = shown(self._settled(draft))
            if rows != self.model.rows():
                self.model.set_rows(rows)
        self._fit()
        self.edited()
        if self._draft is not None:
            self.stock.look(self._draft)
            self.suggestions.look(self._draft)
            self.misfits.look(self._draft)

    def _settled(self, draft: QuoteDraft) -> tuple[LineDraft, ...]:
        rows = self.model.rows()
        lines = lines_in(rows)
        for at, found in enumerate(rows):
            if isinstance(found, BundleRow) and found.quantity != found.bundle.quantity and found.quantity:
                return self._recounted(draft, lines, place_of(rows, at), found.quantity)
        for place, line in enumerate(lines):
            before = draft.lines[place] if place < len(draft.lines) else line
            is_same = before is not line and before.detail.selection == line.detail.selection
            counts = line.detail.selection and line.detail.bundle is None and line.quantity
            if counts and is_same and before.quantity != line.quantity and line.quantity is not None:
                return self._recounted(draft, lines, place, line.quantity)
        return lines

    def _recounted(
        self, draft: QuoteDraft, lines: tuple[LineDraft, ...], place: int, quantity: Decimal
    ) -> tuple[LineDraft, ...]:
        places = blocks.span(lines, place)
        block = lines[places.start : places.stop]
        selection, bundle = blocks.selection_of(block[0]), block[0].detail.bundle
        with self._context.store.read() as session:
            goods = with_parts(session, [selection.sku]) if selection is not None else {}
        number = bundle.number if bundle is not None else blocks.next_number(replace(draft, lines=lines))
        new = blocks.recounted(goods, block, quantity, draft.currency, number)
        return blocks.swapped(lines, places, new)[0]

    def _put(self, lines: Sequence[LineDraft]) -> None:
        """Show other lines and say so."""
        self.model.set_rows(shown(lines))
        self._changed()

    def _move(self, by: int) -> None:
        rows, at = self.model.rows(), self.lines.currentIndex()
        if at.isValid():
            lines, place = blocks.moved(lines_in(rows), place_of(rows, at.row()), by)
            self._put(lines)
            self.lines.choose(row_of(self.model.rows(), place), at.column())

    def _duplicate(self) -> None:
        rows, at, draft = self.model.rows(), self.lines.currentIndex(), self._draft
        if not at.isValid() or draft is None:
            return
        lines = lines_in(rows)
        places = blocks.span(lines, place_of(rows, at.row()))
        number = blocks.next_number(replace(draft, lines=lines))
        copied = [replace(line) for line in blocks.numbered(lines[places.start : places.stop], number)]
        self._put((*lines[: places.stop], *copied, *lines[places.stop :]))
        self.lines.choose(row_of(self.model.rows(), places.stop), at.column())

    def _fit(self) -> None:
        self.lines.setMinimumHeight(self.lines.height_for(min(max(self.model.rowCount() + 1, 4), 14)))

    def _removed(self, taken: Any) -> None:
        words = self.tr("%n lines removed", None, sum(isinstance(one, LineDraft) for _, one in taken))
        self._context.say(words, self.tr("Undo"), partial(self._restore, taken))

    def _restore(self, taken: Sequence[tuple[int, Row]]) -> None:
        rows = self.model.rows()
        for position, found in taken:
            rows.insert(min(position, len(rows)), found)
        self._put(lines_in(rows))

    def _refused(self, count: int) -> None:
        self._context.say(self.tr("%n pasted cells could not be understood; they are marked", None, count))

    def _take_price(self, sku: str, last: LastPrice) -> None:
        """The last price of this customer for the first line of a product, as a typed one."""
        lines = list(lines_in(self.model.rows()))
        place = next((at for at, line in enumerate(lines) if line.sku == sku), None)
        if place is not None:
            factor = lines[place].base_quantity / last.base_quantity
            lines[place] = lines[place].priced_at(last.unit_price * factor)
            self._put(lines)

    # options and alternatives
    def propose(self, instead_of: int | None = None) -> None:
        """The current line outside the total: an option, or instead of the line at a place."""
        at, draft = self.lines.currentIndex(), self._draft
        rows = self.model.rows()
        if draft is not None and at.isValid() and not lines_in(rows)[place_of(rows, at.row())].is_blank:
            self._repropose(proposing.propose, place_of(rows, at.row()), instead_of)

    def propose_menu(self) -> QMenu | None:
        """What the current line may become outside the total; None without a line."""
        at, rows = self.lines.currentIndex(), self.model.rows()
        if not at.isValid():
            return None
        lines = lines_in(rows)
        mine = blocks.span(lines, place_of(rows, at.row()))
        menu = QMenu(self)
        menu.addAction(self.tr("As an option beside the total"), self.propose)
        for places in blocks.blocks(lines):
            first = lines[places.start]
            if places == mine or first.is_blank:
                continue
            name = first.detail.bundle.name if first.detail.bundle is not None else first.name
            words = self.tr("Instead of line %1: %2").replace("%1", formats.whole_text(places.start + 1))
            menu.addAction(words.replace("%2", name), partial(self.propose, places.start))
        return menu

    def _show_propose_menu(self) -> None:
        menu = self.propose_menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.lines.viewport().mapToGlobal(QPoint(24, 24)))
            menu.setActiveAction(menu.actions()[0])

    def _repropose(self, change: Callable[..., QuoteDraft], *how: Any) -> None:
        """Change the draft's lines and proposals together."""
        if self._draft is not None:
            self._draft = change(self._draft, *how)
            self.model.set_rows(shown(self._draft.lines))
            self._changed()

    def _drop(self, at: int) -> None:
        draft = self._draft
        if draft is not None:
            before = draft.proposals
            self._repropose(proposing.drop, at)
            self._context.say(
                self.tr("The option is removed"), self.tr("Undo"), lambda: self._repropose(_with_proposals, before)
            )

    # verbs and places
    def _make_verbs(self) -> None:
        self.configure_verb = Action(self.tr("Configure"), self, self.configure, "configure", "Ctrl+Shift+C")
        self.guide_verb = Action(self.tr("Help me choose"), self, self.help_me_choose, "help", "Ctrl+Shift+H")
        self.propose_verb = Action(self.tr("As an option…"), self, self._show_propose_menu, "note", "Ctrl+Shift+O")

    def _card(self) -> Card:
        configure = Button.of(self.configure_verb, "ghost")
        option = Button.of(self.propose_verb, "ghost")
        add = Button(self.tr("Own line"), "ghost", "plus", self.lines.add_line)
        copy = Button(self.tr("Duplicate"), "ghost", "copy", self.lines.duplicate_line)
        remove = Button(self.tr("Remove"), "ghost", "delete", self.lines.remove_lines)
        head = CardHead(self.tr("Lines"), "", configure, option, add, copy, remove)
        guide = Button.of(self.guide_verb)
        finding = row(self.finder, guide, gap=10)
        finding.setStretch(0, 1)
        finding.setAlignment(guide, Qt.AlignmentFlag.AlignTop)
        finder = column(finding, margins=(18, 2, 18, 10))
        return Card(column(head, finder, self.lines, 5), self.tr("Lines"))

    def _arrange(self) -> None:
        layout = column(self._body, self.panel, self.guide, None)
        layout.setStretchFactor(self.panel, 1000)
        self.setLayout(layout)
        self._show(self._body)


def mark_cells(model: LineModel, problems: Sequence[Problem], columns: dict[str, int]) -> None:
    """Mark the cells that problems like "lines[2].quantity" are about."""
    found = {}
    for problem in problems:
        match = _CELL.fullmatch(problem.field)
        if match is not None and match[2] in columns:
            found[int(match[1]), columns[match[2]]] = problem_words(problem)
    model.set_problems(found)


def _with_proposals(draft: QuoteDraft, proposals: tuple[Proposal, ...]) -> QuoteDraft:
    return replace(draft, proposals=proposals)


def _at_row(problem: Problem, rows: Sequence[Row]) -> Problem:
    """The problem counted in rows of the table instead of lines."""
    match = _CELL.fullmatch(problem.field)
    return problem if match is None else replace(problem, field=f"lines[{line_row(rows, int(match[1]))}].{match[2]}")
