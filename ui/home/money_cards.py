"""The four figures above: each opens the list it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.pipeline import figures as home
from app.pipeline.figures import Figures, Sum
from app.pipeline.lists import Filter
from ui import formats
from ui.routes import Route
from ui.widgets.kpi_card import KpiCard
from ui.widgets.layout import row

_GAP = 14


class MoneyCards(QWidget):
    """Open quotes, win rate, awaiting payment, revenue of the month."""

    wanted = Signal(object)
    """The `Route` of the list that a card counts."""

    def __init__(self) -> None:
        super().__init__()
        self._on = date.min
        self.quotes = KpiCard(self.tr("Open quotes"))
        self.rate = KpiCard(self.tr("Win rate, 90 days"))
        self.awaiting = KpiCard(self.tr("Awaiting payment"))
        self.revenue = KpiCard(self.tr("Revenue this month"))
        cards = (self.quotes, self.rate, self.awaiting, self.revenue)
        self.setLayout(row(*cards, gap=_GAP))
        self.quotes.opened.connect(lambda: self.wanted.emit(route_of("quotes", home.OPEN_QUOTES)))
        self.rate.opened.connect(lambda: self.wanted.emit(route_of("quotes", home.decided(self._on))))
        self.awaiting.opened.connect(lambda: self.wanted.emit(route_of("invoices", home.OPEN_INVOICES)))
        self.revenue.opened.connect(lambda: self.wanted.emit(route_of("revenue", home.this_month(self._on))))

    def show_figures(self, found: Figures, on: date) -> None:
        """Show these figures as of a day."""
        self._on = on
        self._show_quotes(found)
        self._show_rate(found)
        self._show_awaiting(found)
        self._show_revenue(found, on)

    def _show_quotes(self, found: Figures) -> None:
        own = found.open_quotes[0]
        note = self.tr("%n quotes", None, own.count)
        if found.expiring:
            note = f"{note}, {self.tr('%1 expiring soon').replace('%1', str(found.expiring))}"
        self.quotes.show_figure(_figure(own), note, trend=found.quotes_trend, beside=_others(found.open_quotes))

    def _show_rate(self, found: Figures) -> None:
        percent, before = found.win_rate.percent, found.win_rate_before.percent
        if percent is None:
            self.rate.show_figure(formats.NOTHING, self.tr("Nothing decided yet"))
            return
        note, tone, icon = self.tr("%1 of %2 quotes"), "3", ""
        note = note.replace("%1", str(found.win_rate.won)).replace("%2", str(found.win_rate.decided))
        if before is not None and before != percent:
            points = int(percent - before)
            up = points > 0
            note = self.tr("%n points up", None, points) if up else self.tr("%n points down", None, -points)
            tone, icon = ("ok", "arrow-up-right") if up else ("warn", "arrow-down-right")
        figure = formats.percent_text(percent)
        self.rate.show_figure(figure, note, tone, icon, trend=found.rate_trend, trend_ink="ok")

    def _show_awaiting(self, found: Figures) -> None:
        own, late = found.awaiting[0], found.overdue[0]
        note, tone, icon = self.tr("%n invoices, none overdue", None, own.count), "3", ""
        if late.amount:
            note, tone, icon = self.tr("%1 is overdue").replace("%1", _figure(late)), "bad", "warning"
        elif not own.count:
            note = self.tr("Everything is paid")
        self.awaiting.show_figure(
            _figure(own), note, tone, icon, found.awaiting_trend, "chart3", _others(found.awaiting)
        )

    def _show_revenue(self, found: Figures, on: date) -> None:
        own, before = found.revenue[0], found.revenue_before
        month = QLocale().standaloneMonthName((on.month - 2) % 12 + 1)
        note, tone, icon = self.tr("Nothing in %1").replace("%1", month), "3", ""
        if before > 0:
            change = (Decimal(100 * (own.amount - before)) / before).quantize(Decimal(1), ROUND_HALF_UP)
            words = self.tr("%1 over %2") if change >= 0 else self.tr("%1 under %2")
            note = words.replace("%1", formats.percent_text(abs(change))).replace("%2", month)
            tone, icon = ("ok", "arrow-up-right") if change >= 0 else ("3", "arrow-down-right")
        self.revenue.show_figure(_figure(own), note, tone, icon, found.revenue_trend, "ok", _others(found.revenue))


def _figure(item: Sum) -> str:
    return formats.money_text(item.amount, item.currency, whole=True)


def _others(sums: Sequence[Sum]) -> str:
    """What there is in other currencies: "+ CHF 2,140"."""
    return " ".join(f"+ {_figure(item)}" for item in sums[1:] if item.amount)


def route_of(kind: str, narrowed: Filter) -> Route:
    """The route of a list with a filter of states and days."""
    told = {
        "state": ",".join(narrowed.states),
        "since": narrowed.since.isoformat() if narrowed.since is not None else "",
        "until": narrowed.until.isoformat() if narrowed.until is not None else "",
    }
    return Route.to(kind, **{name: value for name, value in told.items() if value})
