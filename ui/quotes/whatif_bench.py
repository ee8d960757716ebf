"""The what-if bench: the draft as it stands and two other versions side by side; nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.core.errors import RuleViolation
from app.pipeline.versions import Knobs, knobs_of, outlooks, turned
from app.pricing.marks import MarginMarks
from app.quotes.draft import QuoteDraft
from app.quotes.payment_draft import Payment, early_text
from app.rewards.whatif import Outlook
from ui import formats
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.date_edit import DateEdit
from ui.widgets.inputs import Choice
from ui.widgets.label import Label, rule
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.number_edits import DecimalEdit, PercentEdit
from ui.widgets.offer_figures import tone_of_margin

_CAPITAL = "whatif/capital"
_WIDTH = 190
_RESULTS = ("margin", "percent", "usual")


@dataclass(slots=True)
class _Version:
    """One version: its inputs by name, and the labels of its figures."""

    name: str
    inputs: dict[str, Any]
    figures: dict[str, Label]


class WhatIfBench(QDialog):
    """Three columns; `take(draft)` puts a version into the wizard."""

    def __init__(
        self,
        context: AppContext,
        owner: QWidget,
        draft: QuoteDraft,
        marks: MarginMarks,
        take: Callable[[QuoteDraft], object],
    ) -> None:
        super().__init__(owner)
        self._context, self._draft, self._marks, self._take = context, draft, marks, take
        self.outlooks: tuple[Outlook, ...] = ()
        self.setWindowTitle(self.tr("What if?"))
        self.capital = PercentEdit()
        self.capital.setAccessibleName(self.tr("Cost of money, percent a year"))
        self.capital.setFixedWidth(110)
        kept = context.settings.text(_CAPITAL, "6")
        self.capital.set_value(formats.parse_decimal(kept) or Decimal(0))
        names = (self.tr("As it stands"), self.tr("Version B"), self.tr("Version C"))
        self.versions = [self._make(name, is_fixed=not index) for index, name in enumerate(names)]
        self._problem = Label("", "label", "bad").wrap()
        self._build()
        for version in self.versions:
            for item in version.inputs.values():
                item.value_changed.connect(self._work_out)
        self.capital.value_changed.connect(self._work_out)
        self._work_out()
        room = owner.window().size()
        self.resize(max(min(room.width() - 40, 900), 820), max(min(room.height() - 30, 780), 520))

    def knobs(self, index: int) -> Knobs:
        """How a version stands."""
        if index == 0:
            return knobs_of(self._draft)
        values = {name: item.value() for name, item in self.versions[index].inputs.items()}
        days, early = values["days"], values["early_days"]
        payment = Payment(
            values["kind"] or "net",
            None if days is None else int(days),
            values["early"] or None,
            None if early is None else int(early),
        )
        return Knobs(values["discount"] or None, values["cashback"] or None, payment, values["pays_on"])

    def take(self, index: int) -> None:
        """Put a version into the draft."""
        knobs = self.knobs(index)
        self.accept()
        self._take(turned(self._draft, knobs))

    # building
    def _make(self, name: str, is_fixed: bool) -> _Version:
        days = self.tr("days")
        begins = knobs_of(self._draft)
        kinds = [
            ("net", self.tr("After the invoice")),
            ("on delivery", self.tr("On delivery")),
            ("prepaid", self.tr("In advance")),
        ]
        payment = begins.payment
        values: dict[str, tuple[Any, Any]] = {
            "discount": (PercentEdit(optional=True), begins.discount),
            "cashback": (PercentEdit(optional=True), begins.cashback),
            "kind": (Choice(kinds), payment.kind),
            "days": (DecimalEdit(optional=True, places=0, suffix=days), _decimal(payment.days)),
            "early": (PercentEdit(optional=True, most=Decimal(99)), payment.early_percent),
            "early_days": (DecimalEdit(optional=True, places=0, suffix=days), _decimal(payment.early_days)),
            "pays_on": (DateEdit(optional=True, today=self._context.today), None),
        }
        inputs = {}
        for key, (item, value) in values.items():
            item.set_value(value)
            item.setAccessibleName(f"{name}: {self._words()[key]}")
            item.setEnabled(not is_fixed)
            inputs[key] = item
        roles = {"margin": "title", "percent": "title"}
        figures = {key: Label("", roles.get(key, "body"), figures=True).right() for key in self._figure_words()}
        return _Version(name, inputs, figures)

    def _words(self) -> dict[str, str]:
        return {
            "discount": self.tr("Discount on the whole"),
            "cashback": self.tr("Cashback"),
            "kind": self.tr("Payment"),
            "days": self.tr("Days after the invoice"),
            "early": self.tr("Less if paid early"),
            "early_days": self.tr("Within"),
            "pays_on": self.tr("Will be paid on"),
        }

    def _figure_words(self) -> dict[str, str]:
        return {
            "listed": self.tr("At list prices"),
            "discount": self.tr("All discounts"),
            "net": self.tr("Net"),
            "gross": self.tr("Total with tax"),
            "rewards": self.tr("Cashback, points, early payment"),
            "financing": self.tr("Waiting for the money"),
            "cost": self.tr("Cost"),
            "margin": self.tr("What is left"),
            "percent": self.tr("Margin"),
            "usual": self.tr("Against this customer's usual"),
        }

    def _build(self) -> None:
        words = self.tr("Change a version and see what is left of each. Nothing is written until you take one.")
        head = column(Label(self.windowTitle(), "title"), 4, Label(words, "body", "2").wrap())
        close = Button(self.tr("Close"), do=self.reject)
        takes = [
            Button(self.tr("Take %1").replace("%1", version.name), "primary", do=partial(self.take, index))
            for index, version in enumerate(self.versions)
            if index
        ]
        capital = Label(self.tr("Cost of money, percent a year"), "label", "2")
        capital.setBuddy(self.capital)
        foot = row(capital, self.capital, None, close, *takes, gap=10)
        card = Card(column(self._grid(), margins=(20, 16, 20, 18)), self.tr("Versions"))
        body = scrolled(holder(column(card, None)))
        self.setLayout(column(head, self._problem, body, foot, margins=(22, 18, 22, 16), gap=12))
        self._problem.hide()

    def _grid(self) -> QGridLayout:
        """A row for each input and each figure, a column for each version."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, version in enumerate(self.versions, 1):
            grid.addWidget(Label(version.name, "strong").right(), 0, place)
            grid.setColumnMinimumWidth(place, _WIDTH)
        told = self._figure_words()
        for key in _RESULTS:
            self._line(grid, told[key], "strong", [version.figures[key] for version in self.versions])
        grid.addWidget(rule(), grid.rowCount(), 0, 1, 4)
        for key, words in self._words().items():
            self._line(grid, words, "label", [version.inputs[key] for version in self.versions])
        grid.addWidget(rule(), grid.rowCount(), 0, 1, 4)
        for key, words in told.items():
            if key not in _RESULTS:
                self._line(grid, words, "label", [version.figures[key] for version in self.versions])
        return grid

    def _line(self, grid: QGridLayout, words: str, role: str, cells: list[QWidget]) -> None:
        at = grid.rowCount()
        grid.addWidget(Label(words, role, "" if role == "strong" else "2"), at, 0)
        for place, cell in enumerate(cells, 1):
            grid.addWidget(cell, at, place)

    # figures
    def _work_out(self, *_: Any) -> None:
        """After every key; what cannot be worked out is said, and the figures stay."""
        for version in self.versions[1:]:
            is_net = version.inputs["kind"].value() == "net"
            for key in ("days", "early", "early_days"):
                version.inputs[key].setEnabled(is_net)
        capital = self.capital.value() or Decimal(0)
        self._context.settings.put(_CAPITAL, str(capital))
        wanted = [(version.name, self.knobs(index)) for index, version in enumerate(self.versions)]
        try:
            with self._context.store.read() as session:
                self.outlooks = outlooks(session, self._draft, wanted, capital_percent=capital)
        except RuleViolation:
            self._say(self.tr("One version cannot be worked out: its discounts are more than the prices."))
            return
        unfinished = [name for name, knobs in wanted if knobs.payment.early_percent and not early_text(knobs.payment)]
        told = self.tr("%1: paying early needs days, and not more than those of the payment.")
        self._say(told.replace("%1", ", ".join(unfinished)) if unfinished else "")
        self._show()

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _show(self) -> None:
        margins = [item.margin for item in self.outlooks if item.margin is not None]
        best = max(margins, default=None)
        for version, found in zip(self.versions, self.outlooks, strict=True):
            for key, text in self._texts(found).items():
                version.figures[key].setText(text)
            version.figures["percent"].set_tone(tone_of_margin(found.margin_percent, self._marks) or "3")
            is_best = found.margin is not None and found.margin == best and len(set(margins)) > 1
            version.figures["margin"].set_tone("ok" if is_best else "")
            if is_best:
                version.figures["margin"].setText(self.tr("most: %1").replace("%1", version.figures["margin"].text()))

    def _texts(self, found: Outlook) -> dict[str, str]:
        def money(minor: int | None) -> str:
            return formats.NOTHING if minor is None else formats.money_text(minor, found.currency)

        waits = self.tr("%n days", None, found.waits)
        percent, usual = found.margin_percent, found.beyond_usual
        sign = "+" if usual is not None and usual > 0 else ""
        return {
            "listed": money(found.listed),
            "discount": money(-found.discount) if found.discount else formats.NOTHING,
            "net": money(found.net),
            "gross": money(found.gross),
            "rewards": money(-found.rewards.total) if found.rewards.total else formats.NOTHING,
            "financing": f"{money(-found.financing)} · {waits}" if found.financing else waits,
            "cost": money(found.cost),
            "margin": money(found.margin),
            "percent": formats.NOTHING if percent is None else formats.percent_text(percent, 1),
            "usual": formats.NOTHING if usual is None else f"{sign}{formats.percent_text(usual, 1)}",
        }


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
