"""Cash in by week: what came, and what is due, in one currency at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Signal

from app.core.money import to_decimal
from app.pipeline import figures as home
from app.pipeline.figures import Cash
from ui import formats
from ui.home.money_cards import route_of
from ui.routes import Route
from ui.widgets.bar_chart import Bar, BarChart, Legend
from ui.widgets.card import Card, CardHead
from ui.widgets.inputs import Choice
from ui.widgets.layout import column, row


class CashCard(Card):
    """A bar opens the payments of its week, or the invoices that are to be paid."""

    wanted = Signal(object)

    def __init__(self) -> None:
        received, expected = self.colour_words()
        self._found: tuple[Cash, ...] = ()
        self._now = date.min
        self._currency = Choice()
        self._chart = BarChart("", self._axis_text, self._amount_text, (received, expected))
        head = CardHead("", "", self._currency, Legend(received, expected))
        layout = column(head, row(self._chart, margins=(14, 4, 14, 12)))
        layout.setStretch(1, 1)
        super().__init__(layout)
        head.title.setText(self.tr("Cash in by week"))
        self._chart.setAccessibleName(self.tr("Cash in by week"))
        self.setAccessibleName(self.tr("Cash in by week"))
        self._currency.setAccessibleName(self.tr("Currency"))
        self._currency.setFixedWidth(92)
        self._currency.hide()
        self._currency.value_changed.connect(lambda _: self._show())
        self._chart.opened.connect(self._open)
        self.setMinimumHeight(240)

    @staticmethod
    def colour_words() -> tuple[str, str]:
        """What the two colours mean."""
        say = QCoreApplication.translate
        return say("cash", "Received"), say("cash", "Expected")

    def show_cash(self, found: Sequence[Cash], on: date) -> None:
        """Show the weeks of each currency; the first one unless another was chosen."""
        self._found, self._now = tuple(found), home.monday(on)
        self._currency.set_choices((item.currency, item.currency) for item in found)
        if self._currency.value() is None and found:
            self._currency.set_value(found[0].currency)
        self._currency.setVisible(len(found) > 1)
        self._show()

    def _shown(self) -> Cash | None:
        return next((item for item in self._found if item.currency == self._currency.value()), None)

    def _show(self) -> None:
        shown = self._shown()
        if shown is not None:
            self._chart.set_bars([self._bar(week) for week in shown.weeks])

    def _bar(self, week: home.Week) -> Bar:
        is_now = week.first == self._now
        label = self.tr("This week") if is_now else formats.day_text(week.first)
        return Bar(label, week.received, week.expected, is_now)

    def _axis_text(self, minor: int) -> str:
        shown = self._shown()
        return formats.short_figure(to_decimal(minor, shown.currency) if shown is not None else Decimal(0))

    def _amount_text(self, minor: int) -> str:
        shown = self._shown()
        return formats.money_text(minor, shown.currency) if shown is not None else ""

    def _open(self, index: int) -> None:
        shown = self._shown()
        if shown is None:
            return
        first = shown.weeks[index].first
        if first > self._now:
            self.wanted.emit(route_of("invoices", home.OPEN_INVOICES))
        else:
            last = first + timedelta(days=6)
            self.wanted.emit(Route.to("payments", since=first.isoformat(), until=last.isoformat()))
