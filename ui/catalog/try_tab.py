"""Trying a model before it is saved: choosing as a seller will, with price, what is blocked, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QWidget

from app.catalog.configure import Configuration, Reason, Standing, State, describe, start
from app.catalog.model import Configurable
from app.catalog.model_queries import with_parts
from app.core.errors import RuleViolation
from app.quotes.configuring import Configuring
from ui import formats
from ui.catalog.model_desk import ModelDesk
from ui.catalog.try_fields import TryFields
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.fix_words import fix_words, reason_words
from ui.widgets.label import Label, rule
from ui.widgets.layout import SideBySide, clear, column, holder, page, row
from ui.widgets.option_picker import OptionPicker
from ui.widgets.option_rows import rows_of
from ui.widgets.state_badge import StateBadge

_SIDE, _NARROW, _MOST_FIXES = 330, 760, 3


class TryTab(QWidget):
    """The model as it is being written; nothing of what is chosen here is kept."""

    def __init__(self, context: AppContext, desk: ModelDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._now: Configuring | None = None
        self._answer: Configuration | None = None
        self.fields = TryFields()
        self.fields.given.connect(lambda key, text: self._change(lambda now: now.giving(key, text)))
        self.options = OptionPicker(self.tr("Options"))
        self.options.toggled.connect(self._toggle)
        self.options.counted.connect(lambda key, many: self._change(lambda now: now.taking(key, many)))
        self.options.current_changed.connect(lambda _: self._show_ways())
        self.options.filtered.connect(lambda _: self._show())
        self._badge = StateBadge()
        self.price = Label("", "kpi", figures=True)
        self._cost, self._text = Label("", "caption", "3", figures=True), Label("", "body", "2").wrap()
        self._ways = column(gap=6)
        self.again = Button(self.tr("From the beginning"), "ghost", "refresh", self.begin)
        self._lay_out()
        desk.changed.connect(self._model_changed)

    def begin(self) -> None:
        """The defaults again."""
        product, model = self._desk.product, self._desk.model
        if product is None:
            return
        with self._context.store.read() as session:
            goods = dict(with_parts(session, [product.sku, *model.skus()]))
        goods[product.sku] = Configurable(self._desk.id, product, model)
        selection = start(model, product.sku)
        self._now = Configuring(goods, selection, Decimal(1), product.currency, self._context.today(), {})
        self._show()

    def state(self) -> Configuring | None:
        """What is chosen now."""
        return self._now

    # inside
    def _lay_out(self) -> None:
        choosing = column(holder(column(self.fields, margins=(18, 4, 18, 12))), self.options)
        main = Card(column(CardHead(self.tr("What is chosen"), "", self.again), choosing, 4), self.tr("What is chosen"))
        told = column(
            row(self._badge, None), self.price, self._cost, self._text, rule(), self._ways, margins=(18, 16, 18, 16)
        )
        told.setSpacing(10)
        side = Card(column(told, None), self.tr("How it stands"))
        body = SideBySide(holder(column(main, None)), holder(column(side, None)), _SIDE, _NARROW)
        self.setLayout(column(page(body, None)))

    def _model_changed(self) -> None:
        if self.isVisible():
            self.begin()

    def _change(self, change: Callable[[Configuring], Configuring]) -> None:
        if self._now is not None:
            self._now = change(self._now)
            self._show()

    def _toggle(self, key: str) -> None:
        result = None if self._answer is None else self._answer.result(key)
        if result is not None and result.standing in (Standing.FREE, Standing.CHOSEN):
            self._change(lambda now: now.toggled(key))
        else:
            self._show_ways()

    def _show(self) -> None:
        now = self._now
        if now is None:
            return
        answer = self._answer = now.evaluated()
        self.fields.show_state(now)
        rows = rows_of(now.known.model, answer, now.products, now.currency, self.options.filter.text())
        self.options.show_rows(rows, len(answer.results))
        self.options.setVisible(bool(answer.results))
        self.options.view.setFixedHeight(min(self.options.height_of_all(), 460))
        words, tone = {
            State.VALID: (self.tr("ready"), "ok"),
            State.INCOMPLETE: (self.tr("still to choose"), "accent"),
            State.INVALID: (self.tr("does not fit"), "bad"),
        }[answer.state]
        if answer.state is State.VALID and not answer.may_be_sold:
            words, tone = self.tr("give a reason"), "warn"
        self._badge.show_state(words, tone)
        self._show_price(now)
        self._show_ways()

    def _show_price(self, now: Configuring) -> None:
        told = describe(now.known.model, now.known.product, now.here, now.products)
        self._text.setText(told.description or now.known.product.description)
        try:
            lines = now.lines()
        except RuleViolation as violation:
            self.price.setText(formats.NOTHING)
            self._cost.setText(violation.problems[0].message)
            return
        amounts = [(line.unit_price or Decimal(0)) * (line.quantity or 0) / line.base_quantity for line in lines]
        total = sum(amounts, Decimal(0)).quantize(Decimal("0.01"))
        self.price.setText(formats.price_text(total, now.currency))
        costs = [None if line.cost is None else line.cost * (line.quantity or 0) for line in lines]
        known = [cost for cost in costs if cost is not None]
        cost = formats.price_text(sum(known, Decimal(0)).quantize(Decimal("0.01")), now.currency)
        self._cost.setText(self.tr("it costs you %1").replace("%1", cost) if len(known) == len(costs) else "")

    def _show_ways(self) -> None:
        """Of the option that the keyboard is on if it is blocked; else of whatever does not fit yet."""
        clear(self._ways)
        now, answer = self._now, self._answer
        if now is None or answer is None:
            return
        result = answer.result(self.options.current())
        if result is not None and result.standing is Standing.BLOCKED:
            self._tell(result.name, result.reasons, result.key)
        for problem in answer.problems[:_MOST_FIXES]:
            self._tell("", (problem,), problem)
        for alert in answer.alerts:
            self._ways.addWidget(Label(reason_words(alert.reason), "label", "warn").wrap())

    def _tell(self, name: str, reasons: tuple[Reason, ...], target: str | Reason) -> None:
        if name:
            self._ways.addWidget(Label(name, "strong").wrap())
        for reason in reasons:
            self._ways.addWidget(Label(reason_words(reason), "label", "bad").wrap())
        now = self._now
        for fix in () if now is None else now.fixes(target)[:_MOST_FIXES]:
            words = fix_words(fix, self._currency())
            do = partial(self._change, lambda state, fix=fix: state.applying(fix))
            way = row(
                Label(words, "body", "2").wrap(), Button(self.tr("Do it"), icon="check", do=do, name=words), gap=10
            )
            way.setStretch(0, 1)
            self._ways.addWidget(holder(way))

    def _currency(self) -> str:
        return "" if self._now is None else self._now.currency
