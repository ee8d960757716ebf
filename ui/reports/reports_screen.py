"""The reports: the revenue of a period, who and what brought it in, its tax; what is owed; the proof of the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.core.periods import Period, days
from app.pipeline import liabilities, receivables, reports, sales
from app.pipeline.receivables import AGES, OpenItem
from app.pipeline.sales import CustomerSales, ProductSales, TaxSum
from ui import formats
from ui.context import AppContext
from ui.reports import texts
from ui.reports.proof_card import ProofCard
from ui.reports.report_card import ReportCard, ReportColumn
from ui.reports.reward_cards import RewardCards, Rewards
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.kpi_card import KpiCard
from ui.widgets.label import Label
from ui.widgets.layout import SideBySide, clear, column, holder, page, row
from ui.widgets.progress_panel import ProgressDialog
from ui.widgets.unit_words import unit_sign

_BEGINNING = date(1900, 1, 1)
_NARROW = 980


def screen(context: AppContext, _route: Route) -> QWidget:
    """The one screen of reports."""
    return ReportsScreen(context)


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that is shown, read in one moment."""

    customers: Sequence[CustomerSales]
    products: Sequence[ProductSales]
    tax: Sequence[TaxSum]
    open_items: Sequence[OpenItem]
    rewards: Rewards


class ReportsScreen(QWidget):
    """The period is for all but what is owed, which has a day of its own."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._asked = 0
        self._is_setting = False
        self.setProperty("panel", "canvas")
        self._make_head()
        self._make_cards()
        self._lay_out()
        self.period.set_value(Period.THIS_YEAR.value)
        self._choose(Period.THIS_YEAR.value)
        context.changes.happened.connect(self._on_change)

    def title(self) -> str:
        """For the window's top bar."""
        return self.tr("Reports")

    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        first, last = self.first.value() or _BEGINNING, self.last.value() or self._context.today()
        return (first, last) if first <= last else (last, first)

    def reload(self) -> None:
        """Read anew, beside the main thread."""
        self._asked += 1
        asked, (first, last), today = self._asked, self.days(), self._context.today()
        on = self.as_of.value() or today

        def read(session: Any) -> Read:
            return Read(
                sales.by_customer(session, first, last),
                sales.by_product(session, first, last),
                sales.tax(session, first, last),
                receivables.open_items(session, on),
                Rewards(liabilities.liabilities(session, today), liabilities.early_taken(session, first, last)),
            )

        self._context.read(read, lambda found: self._take(found) if asked == self._asked else None, owner=self)

    def export_workbook(self) -> None:
        """Ask for a file and write the revenue workbook of the period to it."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), self.tr("Revenue") + ".xlsx", self.tr("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_workbook_to(Path(path))

    def export_workbook_to(self, path: Path) -> None:
        """Write the revenue workbook beside the main thread, with Cancel."""
        store, on, (first, last) = self._context.store, self._context.today(), self.days()
        is_whole = self.period.value() == texts.EVERYTHING
        language = QLocale().name().partition("_")[0]

        def work(progress: Any) -> None:
            from app.outputs import files
            from app.outputs.xlsx import revenue_report

            with store.read() as session:
                report = (
                    reports.revenue_report(session, on) if is_whole else reports.period_report(session, first, last)
                )
            files.save(path, revenue_report.write(report, language, progress))

        said = self.tr("Saved to %1").replace("%1", path.name)
        job = self._context.jobs.file(work, lambda _: self._context.say(said), owner=self)
        ProgressDialog(self.tr("Writing the workbook…"), job, self)

    # ------------------------------------------------------------------ building
    def _make_head(self) -> None:
        self.period = Choice(texts.period_choices())
        self.first, self.last = DateEdit(optional=True), DateEdit(optional=True)
        self.period.value_changed.connect(self._choose)
        for edit in (self.first, self.last):
            edit.value_changed.connect(lambda *_: self._days_typed())
        self.workbook = Action(self.tr("Revenue workbook…"), self, self.export_workbook, "export", "Ctrl+E")
        self.workbook.setToolTip(self.tr("Everything an accountant asks for, with a sheet that checks itself"))
        self.revenue, self.margin = KpiCard(self.tr("Revenue")), KpiCard(self.tr("Margin"))
        self.taxed, self.owed = KpiCard(self.tr("Tax charged")), KpiCard(self.tr("Open"))
        self.revenue.opened.connect(lambda: self._context.router.open(Route("revenue")))
        self.owed.opened.connect(
            lambda: self._context.router.open(Route.to("invoices", state="open,partly_paid,partly_credited,overdue"))
        )

    def _make_cards(self) -> None:
        context, go = self._context, self._context.router.open
        nothing = self.tr("Nothing was booked in these days.")
        currency = ReportColumn(title=self.tr("Currency"), value=_currency, text=_currency)
        self.customers = ReportCard(
            context, self.tr("Customers by revenue"), self._customer_columns(), lambda r: (r.id, r.currency), nothing,
            [currency, self._plain_cost()],
        )  # fmt: skip
        self.customers.table.opened.connect(lambda found: go(Route("customer", found.id)))
        self.products = ReportCard(
            context, self.tr("Products by revenue"), self._product_columns(),
            lambda r: (r.sku or r.name, r.currency), nothing, [currency, self._plain_cost(), self._plain_sku()],
        )  # fmt: skip
        self.tax = ReportCard(
            context, self.tr("Tax by rate"), self._tax_columns(), lambda r: (r.currency, r.category, r.rate), nothing,
            [currency, self._plain_rate()],
        )  # fmt: skip
        self.as_of = DateEdit()
        self.as_of.set_value(context.today())
        self.as_of.value_changed.connect(lambda *_: self.reload())
        self.open_items = ReportCard(
            context, self.tr("What is owed"), self._open_columns(), lambda r: r.id,
            self.tr("Nobody owed anything on that day."), [currency],
        )  # fmt: skip
        self.open_items.table.opened.connect(lambda found: go(Route("invoice", found.id)))
        self.ages = QGridLayout()
        self.ages.setContentsMargins(18, 0, 18, 10)
        self.ages.setHorizontalSpacing(24)
        self.ages.setVerticalSpacing(3)
        self.ages.setColumnStretch(len(AGES), 1)
        self.open_items.middle.addLayout(self.ages)
        self.margin.opened.connect(self.products.table.setFocus)
        self.taxed.opened.connect(self.tax.table.setFocus)
        self.rewards = RewardCards(context, self)
        self.proof = ProofCard(context, self)

    def _lay_out(self) -> None:
        fields = row(
            Field(self.tr("Period"), self.period, width=170),
            Field(self.tr("From"), self.first, width=140, optional=False),
            Field(self.tr("To"), self.last, width=140, optional=False),
            None,
            column(None, Button.of(self.workbook, "primary")),
            gap=12,
        )
        head = Card(column(fields, margins=(18, 12, 18, 14)), self.tr("Period"))
        figures = row(self.revenue, self.margin, self.taxed, self.owed, gap=14)
        self.as_of.setAccessibleName(self.tr("As of"))
        self.as_of.setFixedWidth(140)
        day = holder(row(Label(self.tr("As of"), "label", "2"), self.as_of, gap=8))
        self.open_items.head.insertWidget(self.open_items.head.count() - 1, day)
        left = holder(column(self.customers, self.products, self.open_items, self.rewards.wide, None, gap=14))
        right = holder(column(self.tax, self.rewards.narrow, self.proof, None, gap=14))
        self.setLayout(column(page(head, figures, SideBySide(left, right, 460, _NARROW), None)))

    def _customer_columns(self) -> list[ReportColumn]:
        return [
            ReportColumn(title=self.tr("Customer"), value=lambda r: r.customer, text=lambda r: r.customer),
            ReportColumn(
                title=self.tr("Deals"),
                value=lambda r: r.deals,
                text=lambda r: formats.whole_text(r.deals),
                holds="count",
                width=98,
            ),
            *self._money_columns(),
        ]

    def _product_columns(self) -> list[ReportColumn]:
        return [
            ReportColumn(
                title=self.tr("Product"), value=lambda r: r.name, text=lambda r: r.name, below=lambda r: r.sku
            ),
            ReportColumn(
                title=self.tr("Quantity"),
                value=lambda r: r.quantity,
                text=lambda r: f"{formats.decimal_text(r.quantity)} {unit_sign(r.unit, r.quantity)}",
                holds="number",
                width=96,
            ),
            *self._money_columns(),
        ]

    def _money_columns(self) -> list[ReportColumn]:
        return [
            _amount(self.tr("Revenue"), lambda r: r.revenue, "strong"),
            _amount(self.tr("Margin"), lambda r: r.margin),
        ]

    def _tax_columns(self) -> list[ReportColumn]:
        return [
            ReportColumn(
                title=self.tr("Taxation"),
                value=lambda r: texts.category_words(r.category),
                text=lambda r: formats.percent_text(r.rate) if r.rate else texts.category_words(r.category),
                below=lambda r: texts.category_words(r.category) if r.rate else "",
            ),
            _amount(self.tr("Taxable"), lambda r: r.taxable, width=112),
            _amount(self.tr("Tax"), lambda r: r.tax, "strong", 104),
        ]

    def _open_columns(self) -> list[ReportColumn]:
        return [
            ReportColumn(
                title=self.tr("Invoice"), value=lambda r: r.number, text=lambda r: r.number, below=lambda r: r.customer
            ),
            ReportColumn(
                title=self.tr("Age"),
                value=lambda r: texts.age_words(r.age),
                text=lambda r: texts.late_words(r.days_overdue),
                tone=lambda r: texts.late_tone(r.days_overdue),
                look="badge",
                width=146,
            ),
            ReportColumn(
                title=self.tr("Due"),
                value=lambda r: r.due_on,
                text=lambda r: formats.date_text(r.due_on),
                holds="date",
                width=116,
            ),
            _amount(self.tr("Total"), lambda r: r.gross),
            _amount(self.tr("Open"), lambda r: r.open, "strong"),
        ]

    def _plain_cost(self) -> ReportColumn:
        return _amount(self.tr("Cost"), lambda r: r.cost)

    def _plain_rate(self) -> ReportColumn:
        rate = self.tr("Rate")
        return ReportColumn(
            title=rate, value=lambda r: r.rate, text=lambda r: formats.percent_text(r.rate), holds="number"
        )

    def _plain_sku(self) -> ReportColumn:
        return ReportColumn(title=self.tr("Item number"), value=lambda r: r.sku, text=lambda r: r.sku)

    # ------------------------------------------------------------------ the period
    def _choose(self, chosen: str | None) -> None:
        if chosen in (None, texts.OWN):
            return
        today = self._context.today()
        first, last = (None, today) if chosen == texts.EVERYTHING else days(Period(chosen), today)
        self._is_setting = True
        self.first.set_value(first)
        self.last.set_value(last)
        self._is_setting = False
        self.reload()

    def _days_typed(self) -> None:
        if not self._is_setting:
            self._is_setting = True
            self.period.set_value(texts.OWN)
            self._is_setting = False
            self.reload()

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & {"invoice", "payment", "revenue", "delivery", "customer", "product"}:
            self.reload()

    # ------------------------------------------------------------------ showing
    def _take(self, found: Read) -> None:
        self.customers.set_rows(found.customers)
        self.products.set_rows(found.products)
        self.tax.set_rows(found.tax)
        self.open_items.set_rows(found.open_items)
        self._show_ages(found.open_items)
        self.rewards.show_rewards(found.rewards)
        self._show_figures(found)

    def _show_figures(self, found: Read) -> None:
        sums: dict[str, tuple[int, int]] = {}
        for sold in found.customers:
            revenue, cost = sums.get(sold.currency, (0, 0))
            sums[sold.currency] = revenue + sold.revenue, cost + sold.cost
        aged = receivables.aged(found.open_items)
        currencies = sorted(sums, key=lambda code: -sums[code][0]) or [item.currency for item in aged] or ["EUR"]
        first = currencies[0]
        revenue, cost = sums.get(first, (0, 0))
        self.revenue.show_figure(formats.money_text(revenue, first), self._also(currencies[1:], self.tr("without tax")))
        share = (Decimal(revenue - cost) * 100 / revenue).quantize(Decimal("0.1"), ROUND_HALF_UP) if revenue else None
        self.margin.show_figure(
            formats.NOTHING if share is None else formats.percent_text(share, 1),
            formats.money_text(revenue - cost, first),
        )
        taxed = sales.totals(found.tax).get(first, (0, 0))[1]
        self.taxed.show_figure(formats.money_text(taxed, first), self.tr("less credit notes"))
        owed = next((item for item in aged if item.currency == first), None)
        late = owed.overdue if owed is not None else 0
        note = (
            self.tr("%1 of it is late").replace("%1", formats.money_text(late, first))
            if late
            else self.tr("Nothing is late")
        )
        self.owed.show_figure(
            formats.money_text(owed.open if owed is not None else 0, first),
            note,
            "bad" if late else "ok",
            "warning" if late else "good",
        )

    def _also(self, others: Sequence[str], otherwise: str) -> str:
        return self.tr("also in %1").replace("%1", ", ".join(others)) if others else otherwise

    def _show_ages(self, items: Sequence[OpenItem]) -> None:
        clear(self.ages)
        for place, age in enumerate(AGES if items else ()):
            self.ages.addWidget(Label(texts.age_words(age), "caption", "3"), 0, place)
        for line, sums in enumerate(receivables.aged(items), 1):
            for place, age in enumerate(AGES):
                amount = sums.by_age[age]
                tone = "3" if not amount else "" if age == "not_due" else "warn" if age == "to_30" else "bad"
                text = formats.money_text(amount, sums.currency) if amount else formats.NOTHING
                self.ages.addWidget(Label(text, "strong", tone, figures=True), line, place)


def _amount(title: str, minor: Any, look: Any = "text", width: int = 116) -> ReportColumn:
    return ReportColumn(
        title=title,
        value=minor,
        text=lambda r: formats.money_text(minor(r), r.currency),
        holds="amount",
        look=look,
        width=width,
    )


def _currency(found: Any) -> str:
    return str(found.currency)
