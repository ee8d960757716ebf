"""Third page: prices and discounts of each line and of the whole, with margin; worked out on every key.

Prices come from the store's rules unless they were typed. "Why this price?" explains the chosen line beside the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from app.core.errors import Problem, RuleViolation
from app.core.money import currencies
from app.core.tax import Tax
from app.core.totals import Reduction
from app.pipeline.pricing import choose, switched, with_delivery
from app.pricing.marks import MarginMarks
from app.quotes.draft import QuoteDraft, live
from ui import formats
from ui.context import AppContext
from ui.quotes.coupons_card import CouponsCard
from ui.quotes.explanation_panel import ExplanationPanel
from ui.quotes.live_prices import LivePrices
from ui.quotes.price_columns import COLUMNS, PriceColumns
from ui.quotes.products_page import mark_cells
from ui.quotes.texts import in_summary, problem_words
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.action import Action
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead, sunken
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Tick
from ui.widgets.label import Icon, Label
from ui.widgets.layout import SideBySide, column, holder, row
from ui.wizards.page import WizardPage

_SIDE_BY_SIDE_FROM = 1000


class PricePage(WizardPage):
    """The table of prices, coupons, and the discounts and charges of the whole quote.

    Without `prices` no rule acts: what was agreed stays as it is.
    """

    explaining = Signal(bool)
    """The explanation was opened or closed: it takes the place of the totals."""
    repricing = Signal()
    """Before and after by today's rules is wanted."""
    trying = Signal()
    """The bench of versions is wanted."""

    def __init__(
        self, context: AppContext, marks: MarginMarks, taxes: Sequence[Tax], prices: LivePrices | None = None
    ) -> None:
        super().__init__(problem_words)
        self._context, self._prices = context, prices
        self._draft: QuoteDraft | None = None
        self._places: list[int] = []
        self._cells = PriceColumns(marks, taxes)
        self.model = LineModel(self._cells.of_lines())
        empty = EmptyState("price", self.tr("Nothing to price yet"), self.tr("Go back and add a product."))
        self.lines = LineEditor(self.model, self.tr("Prices"), empty)
        self.whole = LineModel(self._cells.of_whole(), blank=Reduction)
        none = EmptyState("percent", self.tr("None"), "")
        self.reductions = LineEditor(self.whole, self.tr("Discounts and charges of the whole quote"), none)
        self.currency = Field(self.tr("Currency"), Choice([(code, code) for code in currencies()]), width=130)
        self.field("currency", self.currency)
        self.include = Tick(self.tr("Prices include tax"))
        self.coupons = CouponsCard()
        self.panel = ExplanationPanel(context, may_choose=prices is not None)
        self._make_verbs()
        self._build()
        self._connect()

    # page
    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the prices."""
        self.currency.set_value(draft.currency)
        self.currency.setVisible(draft.deal_id is None)
        self.include.set_value(draft.prices_include_tax)
        self.include.setEnabled(draft.deal_id is None)
        self.whole.set_rows(draft.reductions)
        self.settled(draft)
        self._fit()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """What was typed."""
        lines = list(draft.lines)
        for index, line in zip(self._places, self.model.rows(), strict=False):
            lines[index] = line
        if self.model.rowCount() != len(self._places):
            lines = self.model.rows()
            self._places = list(range(len(lines)))
        whole = tuple(item for item in self.whole.rows() if item.percent is not None or item.amount is not None)
        found = replace(draft, lines=tuple(lines), reductions=whole)
        if self._prices is not None:
            found = replace(found, coupons=self.coupons.codes())
        if draft.deal_id is None:
            found = self._turned(replace(found, currency=self.currency.value() or draft.currency))
        return found

    def settled(self, draft: QuoteDraft) -> None:
        """The prices that follow from what was typed."""
        self._draft = draft
        at = self.lines.currentIndex()
        row_at, column_at = at.row(), at.column()
        self._places = [index for index, line in enumerate(draft.lines) if not line.is_blank]
        is_wide = self._cells.work_out(draft)
        rows, before = [draft.lines[index] for index in self._places], self.model.rowCount()
        if rows != self.model.rows():
            self.model.set_rows(rows)
        else:
            self.model.adopt(rows)
        if len(rows) != before:
            self._fit()
            if row_at >= 0:
                self.lines.choose(min(row_at, len(rows) - 1), max(column_at, 0))
        if is_wide:
            self.lines.viewport().update()
        if draft.reductions != tuple(item for item in self.whole.rows() if _is_sized(item)):
            self.whole.set_rows(draft.reductions)
            self._fit()
        self._show_found(draft)
        self._explain()

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In their cells, and listed above."""
        place = {index: at for at, index in enumerate(self._places)}
        moved = [replace(problem, field=_moved(problem.field, place)) for problem in problems]
        mark_cells(self.model, moved, COLUMNS)
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def first_input(self) -> QWidget | None:
        """The table."""
        if self.model.rowCount() and not self.lines.currentIndex().isValid():
            self.lines.choose(0, COLUMNS["unit_price"])
        return self.lines

    @property
    def is_explaining(self) -> bool:
        """Whether the explanation is open."""
        return not self.panel.isHidden()

    def explain(self, is_open: bool) -> None:
        """Open or close the explanation of the chosen line."""
        self.panel.setVisible(is_open)
        self._explain()
        self.explaining.emit(is_open)
        if is_open:
            QTimer.singleShot(0, self.panel, self._reveal)

    def _reveal(self) -> None:
        """Where the explanation stands below the table: roll to it."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self._side.is_narrow():
            area.ensureWidgetVisible(self.panel, 0, 12)

    def tell_held(self, is_held: bool) -> None:
        """Say that prices of before were held, and offer before and after."""
        self._held.setVisible(is_held)

    # what rules found
    def _show_found(self, draft: QuoteDraft) -> None:
        if self._prices is None:
            return
        found = self._prices.found
        self.coupons.show_codes(draft.coupons, found.coupons, found.refused, self._gives)
        charge = found.delivery
        names = {reduction.reason for reduction in draft.reductions if reduction.charge}
        is_open = charge is not None and charge.rule.name not in names
        self._delivery.setVisible(is_open)
        if charge is not None and is_open:
            words = self.tr("Delivery by “%1”: %2") if charge.amount else self.tr("Delivery is free by “%1”")
            self._delivery_words.setText(
                words.replace("%1", charge.rule.name).replace("%2", formats.money_text(charge.amount, draft.currency))
            )
            self._charge.setVisible(bool(charge.amount))
        self._conflicts.setVisible(bool(found.conflicts))
        if found.conflicts:
            self._conflicts.say(" ".join(problem.message for problem in found.conflicts))

    def _gives(self, code: str) -> str:
        """What a coupon takes off, in words."""
        draft = self._draft
        known = live(draft) if draft is not None else None
        if draft is None or known is None or self._prices is None:
            return ""
        name = self._prices.promotion_of(code)
        offer, priced = known
        taken = sum(
            change
            for line, typed in zip(offer.lines, priced.typed.lines, strict=True)
            for reduction, change in zip(line.reductions, typed.changes, strict=True)
            if reduction.promotion == name
        )
        return f"{formats.money_text(taken, draft.currency)} · {name}" if name else ""

    def _charge_delivery(self) -> None:
        if self._draft is not None and self._prices is not None and self._prices.found.delivery is not None:
            self.whole.set_rows(with_delivery(self._draft, self._prices.found.delivery).reductions)
            self._whole_changed()

    # explaining, choosing
    def _explain(self, *_: Any) -> None:
        place = self.lines.currentIndex().row()
        line = self.model.row(place) if 0 <= place < self.model.rowCount() else None
        is_hers = line is not None and bool(line.sku) and _is_decided(line)
        self.again.allow(is_hers, self.tr("The rules decide on the price of this line already."))
        if self.is_explaining and self._draft is not None:
            self.panel.show_line(self._draft, max(place, 0))

    def _choose(self, rule: str) -> None:
        """Another rule for the chosen line; "" lets the rules decide."""
        place = max(self.lines.currentIndex().row(), 0)
        if self._draft is None or place >= len(self._places):
            return
        chosen = choose(self._draft, self._places[place], rule)
        self.model.set_rows([chosen.lines[index] for index in self._places])
        self.edited()

    def _turned(self, draft: QuoteDraft) -> QuoteDraft:
        """With tax or without, as ticked, for the same gross; where no such prices exist it stays and says why."""
        wanted = bool(self.include.value())
        if wanted == draft.prices_include_tax:
            return draft
        if live(draft) is None:
            return replace(draft, prices_include_tax=wanted)
        try:
            return switched(draft)
        except RuleViolation as violation:
            self.include.set_value(draft.prices_include_tax)
            told = violation.problems[0].values
            words = self.tr("No prices without tax come to %1; the nearest is %2. The prices stay as they are.")
            self._context.say(words.replace("%1", str(told["told"])).replace("%2", str(told["nearest"])))
            return draft

    # cards
    def _make_verbs(self) -> None:
        live_only = self._prices is not None
        self.why = Action(self.tr("Why this price?"), self, lambda: self.explain(not self.is_explaining), "help", "F4")
        self.again = Action(self.tr("Rules' price again"), self, lambda: self._choose(""), "undo", "F7")
        self.reprice = Action(self.tr("Price anew…"), self, self.repricing.emit, "refresh", "F8")
        self.what_if = Action(self.tr("What if…"), self, self.trying.emit, "reports", "F9")
        for verb in (self.again, self.reprice, self.what_if):
            verb.setVisible(live_only)
            verb.setEnabled(live_only)

    def _build(self) -> None:
        self._delivery_words, self._charge = Label("", "label", "2").wrap(), Button(self.tr("Charge it"), "ghost")
        self._charge.clicked.connect(self._charge_delivery)
        self._delivery = sunken(Icon("delivery", "accent_text"), self._delivery_words, self._charge)
        strip: Any = self._delivery.layout()
        strip.setStretch(1, 1)
        self._conflicts = Banner("", "warning", "warn")
        look = Button(self.tr("Before and after…"), "ghost", do=self.repricing.emit)
        words = self.tr("By today's rules some prices would differ. They stay until you take new ones.")
        self._held = Banner(words, "history", "accent", look)
        main = column(self._held, self._conflicts, self._prices_card(), self.coupons, self._whole_card(), None, gap=14)
        for part in (self._delivery, self._conflicts, self._held, self.panel):
            part.setVisible(False)
        if self._prices is None:
            self.coupons.hide()
        self._side = SideBySide(holder(main), self.panel, TOTALS_WIDTH, _SIDE_BY_SIDE_FROM)
        self.setLayout(column(self._side))

    def _connect(self) -> None:
        self.include.value_changed.connect(self.edited)
        self.model.changed.connect(self.edited)
        self.whole.changed.connect(self._whole_changed)
        self.coupons.edited.connect(self.edited)
        self.panel.chosen.connect(self._choose)
        self.panel.closed.connect(lambda: self.explain(False))
        self.lines.selectionModel().currentChanged.connect(self._explain)
        for table in (self.lines, self.reductions):
            table.removed.connect(self._removed)

    def _prices_card(self) -> Card:
        verbs = [Button.of(verb, "ghost") for verb in (self.again, self.reprice, self.what_if, self.why)]
        head = CardHead(self.tr("Prices"), "", *verbs)
        basis = row(self.include, None, self.currency, margins=(18, 0, 18, 8), gap=12)
        return Card(column(head, basis, self.lines, 5), self.tr("Prices"))

    def _whole_card(self) -> Card:
        add = Button(self.tr("Add"), "ghost", "plus", self.reductions.add_line)
        add.setAccessibleName(self.tr("Add a discount or charge"))
        remove = Button(self.tr("Remove"), "ghost", "delete", self.reductions.remove_lines)
        remove.setAccessibleName(self.tr("Remove the discount or charge"))
        head = CardHead(self.tr("On the whole quote"), self.tr("discounts and charges"), add, remove)
        self._whole_box = holder(column(self.reductions, 5))
        strip = column(self._delivery, margins=(18, 0, 18, 12))
        return Card(column(head, strip, self._whole_box), self.tr("On the whole quote"))

    def _whole_changed(self) -> None:
        self._fit()
        self.edited()

    def _fit(self) -> None:
        self.lines.setFixedHeight(self.lines.height_for(min(max(self.model.rowCount(), 3), 12)) + 2)
        self.reductions.setFixedHeight(self.reductions.height_for(min(max(self.whole.rowCount(), 1), 5)) + 2)
        self._whole_box.setVisible(self.whole.rowCount() > 0)

    def _removed(self, taken: Any) -> None:
        model = self.whole if taken and isinstance(taken[0][1], Reduction) else self.model
        words = self.tr("%n lines removed", None, len(taken))
        self._context.say(words, self.tr("Undo"), lambda: model.restore(taken))


def _moved(field: str, place: dict[int, int]) -> str:
    """A problem's field, counted as the lines stand in this table."""
    if not field.startswith("lines["):
        return field
    index, _, rest = field.removeprefix("lines[").partition("]")
    return f"lines[{place.get(int(index), int(index))}]{rest}"


def _is_sized(item: Reduction) -> bool:
    return item.percent is not None or item.amount is not None


def _is_decided(line: Any) -> bool:
    """Whether the seller decided: she typed the price, or chose a rule."""
    return bool(line.detail.price_is_typed or line.detail.chosen_rules)
