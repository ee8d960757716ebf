"""The totals beside lines: rows, the total, the margin with its bar, a hint, the payment plan, one primary verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import formats
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label, rule
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.margin_bar import MarginBar


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One instalment: "Deposit 40 %", "On acceptance", "€25,528.06"."""

    title: str
    when: str
    amount: str
    icon: str = "wallet"


class TotalsPanel(Card):
    """All texts are given ready; only the margin is a number. Parts that are not set stay hidden."""

    def __init__(self, title: str, note: str = "", name: str = "") -> None:
        super().__init__(None, name or title)
        self.setFixedWidth(TOTALS_WIDTH)
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(0, 1)
        self._note = Label(note, "caption", "3")
        self._total_words, self._total = Label("", "strong"), Label("", "kpi", figures=True).right().selectable()
        self._margin_amount = Label("", "caption", "3", figures=True)
        self._margin_percent = Label("", "title", "ok", figures=True).right()
        self.margin = MarginBar()
        self._margin_box = self._make_margin()
        self._hint_box, self._hint_icon, self._hint, self._hint_verb = self._make_hint()
        self._plan_title = Label("", "overline", "3")
        self._plan = column(gap=10)
        self._below = Label("", "caption", "3").centred()
        self._primary = column(gap=8)
        head = row(Label(title, "title"), None, self._note)
        total = row(self._total_words, None, self._total)
        plan = column(self._plan_title, self._plan, gap=10)
        body = column(head, 12, self._rows, 11, rule(), 9, total, 12, self._margin_box, 8, self._hint_box, 16, plan)
        body.addStretch(1)
        body.addWidget(self._below)
        body.addSpacing(8)
        body.addLayout(self._primary)
        body.setContentsMargins(18, 16, 18, 18)
        self.setLayout(body)
        for part in (self._margin_box, self._hint_box, self._plan_title, self._below):
            part.setVisible(False)

    def set_note(self, note: str) -> None:
        """The quiet words beside the title: currency, prices with or without tax."""
        self._note.setText(note)

    def show_rows(self, rows: Sequence[tuple[str, str]], strong: int = -1) -> None:
        """Words and amount of each row; the row at `strong` stands out (the net)."""
        while self._rows.count() > 2 * len(rows):
            item = self._rows.takeAt(self._rows.count() - 1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, (words, amount) in enumerate(rows):
            self._cell(index, 0, words, "2")
            self._cell(index, 1, amount, "" if index == strong else "2")

    def show_total(self, words: str, amount: str) -> None:
        """The total in large figures."""
        self._total_words.setText(words)
        self._total.setText(amount)

    def show_margin(self, percent: Decimal | None, amount: str = "") -> None:
        """The margin in percent and as an amount; only where the seller may see it."""
        self._margin_box.setVisible(True)
        self.margin.show_margin(percent)
        self._margin_amount.setText(amount)
        self._margin_percent.setText(formats.percent_text(percent, 1) if percent is not None else formats.NOTHING)
        self._margin_percent.set_tone(self.margin.tone())

    def show_after(self, words: str, amount: str = "") -> None:
        """What is left of the margin after what is given back later; "" hides it."""
        self._after_words.setText(words)
        self._after.setText(amount)
        self._after_box.setVisible(bool(words))

    def show_hint(self, words: str, is_warning: bool = False, verb: Button | None = None) -> None:
        """The strip below the margin: a warning with its verb, or a calm word; "" hides it."""
        self._hint_box.setVisible(bool(words))
        self._hint.setText(words)
        self._hint_icon.set_icon("warning" if is_warning else "good", "warn" if is_warning else "ok")
        clear(self._hint_verb)
        if verb is not None:
            self._hint_verb.addWidget(verb)

    def show_plan(self, title: str, lines: Sequence[PlanLine]) -> None:
        """The instalments."""
        self._plan_title.setText(title.upper())
        self._plan_title.setVisible(bool(lines))
        clear(self._plan)
        for line in lines:
            words = column(Label(line.title, "label"), Label(line.when, "caption", "3").wrap(), gap=1)
            amount = Label(line.amount, "strong", figures=True)
            icon = Icon(line.icon, "accent_text", 16, box=32, soft="accent_soft")
            laid = row(icon, words, amount, gap=10)
            laid.setStretch(1, 1)
            for part in (icon, amount):
                laid.setAlignment(part, Qt.AlignmentFlag.AlignTop)
            self._plan.addLayout(laid)

    def set_primary(self, button: Button | None, above: str = "") -> None:
        """The one primary verb at the bottom, and the words above it."""
        while (item := self._primary.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
        self._below.setText(above)
        self._below.setVisible(bool(above))
        if button is not None:
            self._primary.addWidget(button)
            button.show()

    def _cell(self, index: int, side: int, text: str, tone: str) -> None:
        item = self._rows.itemAtPosition(index, side)
        known = item.widget() if item is not None else None
        if isinstance(known, Label):
            known.setText(text)
            known.set_tone(tone)
            return
        made = Label(text, "body", tone, figures=bool(side))
        self._rows.addWidget(made.right().selectable() if side else made, index, side)

    def _make_margin(self) -> QWidget:
        head = row(Label(self.tr("Margin"), "strong"), 8, self._margin_amount, None, self._margin_percent)
        self._after_words, self._after = Label("", "caption", "2"), Label("", "label", "2", figures=True).right()
        self._after_box = holder(row(self._after_words, None, self._after, gap=8))
        self._after_box.setVisible(False)
        return holder(column(head, 4, self.margin, 2, self._after_box))

    def _make_hint(self) -> tuple[Card, Icon, Label, QHBoxLayout]:
        icon, words, verb = Icon("good", "ok"), Label("", "caption", "2").wrap(), row()
        layout = row(icon, words, verb, margins=(12, 5, 4, 5), gap=9)
        layout.setStretch(1, 1)
        box = Card(layout, panel="sunken")
        box.setMinimumHeight(42)
        return box, icon, words, verb
