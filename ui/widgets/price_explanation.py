"""Why a line costs what it costs: each step with its rule and author, and the rules that lost, each with its reason."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.pricing.detail import LostRule, Step
from app.pricing.unit_prices import Because
from app.quotes.explanation import ExplainedLine, ExplainedStep
from ui import formats
from ui.widgets.button import Button
from ui.widgets.label import Label, rule
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.price_words import AGREED, because_words, rule_name, step_words
from ui.widgets.unit_words import unit_sign


class PriceExplanation(QWidget):
    """One line's way from the list price to what it costs with tax. `may_choose` offers the rules that lost."""

    chosen = Signal(str)
    """A rule, by name, that is wanted in place of the one that won."""

    def __init__(self, may_choose: bool = False) -> None:
        super().__init__()
        self._may_choose = may_choose
        self._name = Label("", "strong").wrap()
        self._about = Label("", "caption", "3").wrap()
        self._steps, self._lost = column(gap=9), column(gap=9)
        self._others = holder(column(rule(), 2, Label(self.tr("Also looked at"), "label", "2"), self._lost, gap=8))
        self.setLayout(column(self._name, 2, self._about, 10, self._steps, 10, self._others))
        self.setProperty("panel", "clear")

    def show_line(self, line: ExplainedLine, currency: str, prices_include_tax: bool) -> None:
        """Show a line of an offer in this currency."""
        offered = line.line
        quantity = f"{formats.decimal_text(offered.quantity)} {unit_sign(offered.unit, offered.quantity)}"
        self._name.setText(offered.name)
        self._about.setText(" · ".join(filter(None, (quantity, offered.sku))))
        clear(self._steps)
        for step in line.steps:
            if step.amount or step.price is not None:
                self._steps.addLayout(self._step(step, line, currency))
        self._steps.addWidget(rule())
        self._foot(line, currency, prices_include_tax)
        clear(self._lost)
        for lost in line.lost:
            self._lost.addLayout(self._loser(lost, currency))
        self._others.setVisible(bool(line.lost))

    def texts(self) -> list[str]:
        """Every word that is shown, from the top: for tests, and to be read aloud."""
        return [label.text() for label in self.findChildren(Label) if label.text() and not label.isHidden()]

    # inside
    def _foot(self, line: ExplainedLine, currency: str, prices_include_tax: bool) -> None:
        rate = formats.percent_text(line.line.tax.rate)
        words = self.tr("Tax %1, contained") if prices_include_tax else self.tr("Tax %1")
        if not prices_include_tax:
            self._sum(self.tr("Net"), line.total - line.tax, currency, "2")
        self._sum(words.replace("%1", rate), line.tax, currency, "2")
        self._sum(self.tr("With tax"), line.total, currency, "")

    def _sum(self, words: str, amount: int, currency: str, tone: str) -> None:
        role = "body" if tone else "strong"
        money = Label(formats.money_text(amount, currency), role, tone, figures=True).right()
        self._steps.addLayout(row(Label(words, role, tone), None, money, gap=8))

    def _step(self, step: ExplainedStep, line: ExplainedLine, currency: str) -> QHBoxLayout:
        is_first = step is line.steps[0]
        amount = formats.money_text(step.amount, currency)
        sign = "+" if step.amount > 0 and not is_first else ""
        money = Label(
            sign + amount, "body", "" if is_first else ("ok" if step.amount < 0 else "2"), figures=True
        ).right()
        title = rule_name(step.rule) or self._plain_title(step, is_first)
        if step.rule == AGREED and line.line.detail.price_is_typed:
            title = self.tr("Typed price")
        told = [title] if step.rule else []
        words = Label(title, "body").wrap()
        quiet = " · ".join(part for part in (self._kind(step, bool(told)), self._how(step, line), step.author) if part)
        left = column(words, Label(quiet, "caption", "3").wrap(), gap=1)
        laid = row(left, money, gap=10)
        laid.setStretch(0, 1)
        laid.setAlignment(money, Qt.AlignmentFlag.AlignTop)
        return laid

    def _plain_title(self, step: ExplainedStep, is_first: bool) -> str:
        return self.tr("Catalogue price") if is_first and step.step is Step.LIST else step_words(step.step)

    def _kind(self, step: ExplainedStep, has_rule: bool) -> str:
        return step_words(step.step) if has_rule and rule_name(step.rule) != step_words(step.step) else ""

    def _how(self, step: ExplainedStep, line: ExplainedLine) -> str:
        """By which price or percentage: "12 × 95.00", "10 % of €1,140.00"."""
        if step.price is not None:
            each = formats.decimal_text(step.price.unit_price, _places(step.price.unit_price))
            words = f"{formats.decimal_text(line.line.quantity)} × {each}"
            per = step.price.base_quantity
            return words if per == 1 else f"{words} / {formats.decimal_text(per)}"
        return "" if step.percent is None else formats.percent_text(step.percent)

    def _loser(self, lost: LostRule, currency: str) -> QHBoxLayout:
        would = formats.NOTHING if lost.amount is None else formats.money_text(lost.amount, currency)
        name, why = Label(rule_name(lost.rule), "body", "2").wrap(), Label(because_words(lost.because), "caption", "3")
        left = column(name, why.wrap(), gap=1)
        money = Label(would, "body", "3", figures=True).right()
        laid = row(left, money, gap=10)
        laid.setStretch(0, 1)
        laid.setAlignment(money, Qt.AlignmentFlag.AlignTop)
        if self._may_choose and lost.because != Because.NOTHING_LEFT:
            use = Button(self.tr("Use this instead"), "link", do=partial(self.chosen.emit, lost.rule))
            use.setAccessibleName(f"{self.tr('Use this instead')}: {rule_name(lost.rule)}")
            left.addLayout(row(use, None))
        return laid


def _places(value: Decimal) -> int:
    return max(2, -int(value.as_tuple().exponent))
