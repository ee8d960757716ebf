"""What is owed to customers besides goods, in the reports: by year of issue, what expires, what has, what was taken.

Cards without rows hide: who gives no rewards never sees them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline.liabilities import EarlyRow, Liabilities
from ui import formats
from ui.context import AppContext
from ui.reports.report_card import ReportCard, ReportColumn
from ui.reports.texts import say
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.button import Button
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.layout import column, holder
from ui.widgets.origin_words import origin_words

_KINDS = {"payment", "revenue", "customer", "invoice"}


@dataclass(frozen=True, slots=True)
class Rewards:
    """What the cards show."""

    owed: Liabilities
    early: list[EarlyRow]


class RewardCards:
    """The cards, for the two columns of the page: `wide` and `narrow`."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self._found = Liabilities()
        self.dialog: ActionDialog | None = None
        self._make()
        self.write_off = Action(say("Write it off…"), owner, self._write_off, "check")
        self.over.head.insertWidget(self.over.head.count() - 1, Button.of(self.write_off))
        self.wide = holder(column(self.years, self.early, gap=14))
        self.narrow = holder(column(self.over, self.soon, self.breakage, gap=14))
        self.show_rewards(Rewards(self._found, []))

    def show_rewards(self, found: Rewards) -> None:
        """Show these; cards without rows hide."""
        self._found = found.owed
        rows: list[tuple[ReportCard, Any]] = [
            (self.years, found.owed.years),
            (self.early, found.early),
            (self.over, found.owed.over),
            (self.soon, found.owed.soon),
            (self.breakage, found.owed.breakage),
        ]
        for card, shown in rows:
            card.set_rows(shown)
            card.setVisible(bool(shown))
        for part, cards in ((self.wide, rows[:2]), (self.narrow, rows[2:])):
            part.setVisible(any(shown for _, shown in cards))
        self.write_off.allow(bool(found.owed.over), say("Nothing has expired."))

    # ------------------------------------------------------------------ building
    def _make(self) -> None:
        context, go = self._context, self._context.router.open
        currency = ReportColumn(title=say("Currency"), value=_currency, text=_currency)
        self.years = ReportCard(
            context, say("Owed to customers by year of issue"), _year_columns(), lambda r: (r.year, r.currency), "",
            [currency],
        )  # fmt: skip
        self.early = ReportCard(
            context, say("Discounts taken for paying early"), _early_columns(), lambda r: r.id, "",
            [currency, _text(say("Customer"), lambda r: r.customer), _text(say("Payment"), lambda r: r.payment),
             _text(say("Reason"), lambda r: r.reason)],
        )  # fmt: skip
        self.early.table.opened.connect(lambda row: go(Route("invoice", row.invoice_id)))
        hidden = [currency, _text(say("Customer"), lambda r: r.customer), _text(say("Document"), lambda r: r.document)]
        self.over = ReportCard(context, say("Expired"), _ending_columns(), lambda r: r.place, "", hidden)
        self.soon = ReportCard(context, say("Expires in 90 days"), _ending_columns(), lambda r: r.place, "", hidden)
        for card in (self.over, self.soon):
            card.table.opened.connect(self._open_customer)
        self.breakage = ReportCard(
            context, say("Expired and written off"), _breakage_columns(),
            lambda r: (r.issued_in, r.currency, r.origin), "", [currency],
        )  # fmt: skip

    def _open_customer(self, row: Any) -> None:
        if row.customer_id is not None:
            self._context.router.open(Route("customer", row.customer_id))

    # ------------------------------------------------------------------ writing off
    def _write_off(self) -> None:
        """Say what will happen, and do it: it cannot be undone."""
        sentence = say("%1 that nobody used becomes revenue. What is written off cannot be redeemed any more.")
        on = DateEdit(least=max(item.expires_on for item in self._found.over), today=self._context.today)
        on.set_value(self._context.today())
        self.dialog = ActionDialog(
            self._context,
            self._owner,
            say("Write off what has expired"),
            sentence.replace("%1", self.sums()),
            say("Write off for good"),
            {"on": Field(say("On"), on, width=220)},
            _work,
            _KINDS,
            lambda _: self._context.say(say("What had expired is written off")),
            is_final=True,
        )
        self.dialog.open()

    def sums(self) -> str:
        """What has expired, by currency."""
        sums: dict[str, int] = {}
        for item in self._found.over:
            sums[item.currency] = sums.get(item.currency, 0) + item.amount
        return ", ".join(formats.money_text(minor, code) for code, minor in sorted(sums.items()))


def _work(values: dict[str, Any]) -> Any:
    from app.rewards.giving import write_off_expired  # the store is loaded with the first company

    return lambda session: write_off_expired(session, on=values["on"])


def _year_columns() -> list[ReportColumn]:
    credit = QCoreApplication.translate("reports", "Credit", "owed")
    return [
        ReportColumn(
            title=say("Year"), value=lambda r: r.year, text=lambda r: str(r.year), holds="count", align="left", width=72
        ),
        _amount(say("Cashback"), lambda r: r.cashback, width=98),
        _amount(say("Points"), lambda r: r.points, width=96),
        _amount(say("Gift cards"), lambda r: r.gift_cards, width=132),
        _amount(credit, lambda r: r.credit, width=104),
        _amount(say("Total"), lambda r: r.total, "strong", 0),
    ]


def _early_columns() -> list[ReportColumn]:
    return [
        ReportColumn(
            title=say("Invoice"), value=lambda r: r.invoice, text=lambda r: r.invoice,
            below=lambda r: " · ".join(filter(None, (r.customer, r.reason))),
        ),
        ReportColumn(
            title=say("Taken on"), value=lambda r: r.taken_on, text=lambda r: formats.date_text(r.taken_on),
            holds="date", width=116,
        ),
        _amount(say("Revenue"), lambda r: -r.net),
        _amount(say("Tax"), lambda r: -r.tax, width=100),
        _amount(say("Discount"), lambda r: r.gross, "strong"),
    ]  # fmt: skip


def _ending_columns() -> list[ReportColumn]:
    return [
        ReportColumn(
            title=say("What"), value=lambda r: origin_words(r.origin.value), text=_ending_words,
            below=lambda r: r.customer or r.document,
        ),
        ReportColumn(
            title=say("Last day"), value=lambda r: r.expires_on, text=lambda r: formats.date_text(r.expires_on),
            holds="date", width=116,
        ),
        _amount(say("Amount"), lambda r: r.amount, "strong", 112),
    ]  # fmt: skip


def _ending_words(row: Any) -> str:
    words = origin_words(row.origin.value)
    return f"{formats.whole_text(row.points)} {words}" if row.points else words


def _breakage_columns() -> list[ReportColumn]:
    return [
        ReportColumn(
            title=say("What"), value=lambda r: origin_words(r.origin.value),
            text=lambda r: origin_words(r.origin.value),
        ),
        ReportColumn(
            title=say("Issued in"), value=lambda r: r.issued_in, text=lambda r: str(r.issued_in), holds="count",
            width=126,
        ),
        _amount(say("Amount"), lambda r: r.amount, "strong", 112),
    ]  # fmt: skip


def _text(title: str, read: Any) -> ReportColumn:
    return ReportColumn(title=title, value=read, text=read)


def _amount(title: str, minor: Any, look: Any = "text", width: int = 112) -> ReportColumn:
    def text(row: Any) -> str:
        return formats.money_text(minor(row), row.currency) if minor(row) else formats.NOTHING

    return ReportColumn(title=title, value=minor, text=text, holds="amount", look=look, width=width)


def _currency(found: Any) -> str:
    return str(found.currency)
