"""Revenue: three figures of this month, the last twelve months, and every line that was earned."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.money import to_decimal
from app.pipeline import details, lists
from app.pipeline.monthly import Month, Monthly, monthly
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.bar_chart import Bar, BarChart
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.inputs import Choice
from ui.widgets.kpi_card import KpiCard
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.progress_panel import ProgressDialog


def _say(source: str) -> str:
    return QCoreApplication.translate("revenue", source)


def screen(context: AppContext, route: Route) -> QWidget:
    """The screen, its list narrowed as the route says."""
    made = RevenueScreen(context)
    made.show_route(route)
    return made


class RevenueScreen(QWidget):
    """Figures and chart are in one currency; where there are several, it is chosen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._known: list[Monthly] = []
        self.setProperty("panel", "canvas")
        self.earned = KpiCard(_say("Earned this month"))
        self.invoiced = KpiCard(_say("Invoiced this month"))
        self.received = KpiCard(_say("Received this month"))
        self.earned.opened.connect(lambda: self._open_month("revenue", -1))
        self.invoiced.opened.connect(lambda: self._open_month("invoices", -1))
        self.received.opened.connect(lambda: self._open_month("payments", -1))
        self.currency = Choice()
        self.currency.setAccessibleName(_say("Currency"))
        self.currency.value_changed.connect(self._show)
        self.chart = BarChart(_say("Revenue by month"), self._axis, self._amount, (_say("Earned"), ""))
        self.chart.setMinimumHeight(96)
        self.chart.opened.connect(lambda place: self._open_month("revenue", place))
        self.list = _list(context)
        self.export = Action(_say("Revenue workbook…"), self, self._ask_where, "export")
        self._lay_out()
        context.changes.happened.connect(self._on_change)
        self.reload()

    def title(self) -> str:
        """For the window's top bar."""
        return _say("Revenue")

    def show_route(self, route: Route) -> None:
        """Narrow the list."""
        self.list.show_route(route)

    def reload(self, *_: Any) -> None:
        """Read the figures anew, beside the main thread."""
        on = self._context.today()
        self._context.read(partial(_read, on), self._take, owner=self)

    # inside
    def _lay_out(self) -> None:
        figures = row(self.earned, self.invoiced, self.received, gap=14)
        head = row(Label(_say("Revenue by month"), "title"), None, self.currency, Button.of(self.export), gap=10)
        chart = Card(column(head, self.chart, margins=(18, 10, 18, 10), gap=6), _say("Revenue by month"))
        chart.setFixedHeight(184)
        top = column(figures, chart, margins=(24, 16, 24, 0), gap=14)
        layout = column(top, self.list)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _open_month(self, kind: str, place: int) -> None:
        """A list narrowed to the days of one of the months shown."""
        shown = self._shown()
        if shown is not None:
            first = shown.months[place].first
            last = first.replace(day=monthrange(first.year, first.month)[1])
            self._context.router.open(Route.to(kind, since=first.isoformat(), until=last.isoformat()))

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & {"revenue", "invoice", "payment"}:
            self.reload()

    def _take(self, known: list[Monthly]) -> None:
        self._known = known
        self.currency.set_choices([(item.currency, item.currency) for item in known])
        if self.currency.value() is None:
            self.currency.set_value(known[0].currency)
        self.currency.setVisible(len(known) > 1)
        self._show()

    def _shown(self) -> Monthly | None:
        return next((item for item in self._known if item.currency == self.currency.value()), None)

    def _show(self, *_: Any) -> None:
        shown = self._shown()
        if shown is None:
            return
        for card, name in ((self.earned, "earned"), (self.invoiced, "invoiced"), (self.received, "received")):
            values = [getattr(month, name) for month in shown.months]
            note, tone, icon = _compared(values[-1], values[-2], shown)
            trend = [int(value) for value in values[-7:]]
            card.show_figure(formats.money_text(values[-1], shown.currency), note, tone, icon, trend, "accent")
        last = len(shown.months) - 1
        bars = [_bar(month, place == last) for place, month in enumerate(shown.months)]
        self.chart.set_bars(bars)

    def _axis(self, minor: int) -> str:
        shown = self._shown()
        return formats.short_figure(to_decimal(minor, shown.currency) if shown else Decimal(minor))

    def _amount(self, minor: int) -> str:
        shown = self._shown()
        return formats.money_text(minor, shown.currency if shown else "EUR")

    # the workbook
    def _ask_where(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, _say("Save the revenue workbook"), "revenue.xlsx", _say("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the workbook of the whole file, beside the main thread and with Cancel."""
        store, on = self._context.store, self._context.today()
        language = QLocale().name().partition("_")[0]

        def work(progress: Any) -> str:
            from app.outputs import files
            from app.outputs.xlsx import revenue_report
            from app.pipeline import reports

            with store.read() as session:
                report = reports.revenue_report(session, on)
            files.save(path, revenue_report.write(report, language, progress))
            return path.name

        job = self._context.jobs.file(work, self._exported, owner=self)
        ProgressDialog(_say("Writing the workbook…"), job, self)

    def _exported(self, name: str) -> None:
        self._context.say(_say("Saved as %1").replace("%1", name))


def _read(on: Any, session: Any) -> list[Monthly]:
    from app.parties.defaults import defaults

    return monthly(session, on, usual=defaults(session).currency)


def _bar(month: Month, is_now: bool) -> Bar:
    label = QLocale().toString(_qdate(month), "MMM")
    return Bar(label, max(month.earned, 0), 0, is_now)


def _qdate(month: Month) -> Any:
    from PySide6.QtCore import QDate

    return QDate(month.first.year, month.first.month, 1)


def _compared(now: int, before: int, shown: Monthly) -> tuple[str, str, str]:
    """The month before beside this one."""
    words = _say("%1 last month").replace("%1", formats.money_text(before, shown.currency))
    if now == before:
        return words, "3", ""
    return (words, "ok", "arrow-up-right") if now > before else (words, "3", "arrow-down-right")


def _list(context: AppContext) -> ListPage:
    words = ListWords(
        _say("What was earned"),
        _say("Search document, customer, item"),
        count_words(lambda number: QCoreApplication.translate("revenue", "%n entries", None, number)),
        "revenue",
        _say("No revenue yet"),
        _say("Revenue is earned when a customer confirms what was received."),
    )
    return ListPage(
        context,
        "revenue",
        lists.REVENUE,
        _columns(),
        words,
        {"revenue"},
        open_route=lambda found: _document(context, found),
    )


def _document(context: AppContext, found: lists.RevenueRow) -> Route:
    """The invoice or credit note under which it was earned."""
    with context.store.read() as session:
        invoice_id = details.invoice_id(session, found.document)
    return Route("deal", found.deal_id) if invoice_id is None else Route("invoice", invoice_id)


def _columns() -> list[Column]:
    def margin(found: Any) -> int:
        return int(found.amount - found.cost)

    return [
        Column(
            title=_say("Earned on"),
            text=lambda found: formats.date_text(found.earned_on),
            below=lambda found: found.document,
            width=140,
            key="earned_on",
        ),
        Column(title=_say("Item"), text=lambda found: found.name, below=lambda found: found.title),
        Column(title=_say("Customer"), text=lambda found: found.customer, width=200, key="customer_sort"),
        Column(
            title=_say("Margin"),
            text=lambda found: formats.money_text(margin(found), found.currency),
            align="right",
            width=120,
            look="quiet",
        ),
        Column(
            title=_say("Revenue"),
            text=lambda found: formats.money_text(found.amount, found.currency),
            align="right",
            width=130,
            look="strong",
            key="amount",
        ),
    ]
