"""Fourth page: until when it is valid, how it is paid, the deposit, and the clauses of the contract to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.errors import Problem
from app.invoicing.cash_rounding import rounding_of, step_of
from app.pipeline.approvals import earning
from app.quotes.draft import QuoteDraft, live
from app.quotes.payment_draft import Payment, early_text, payment_of, with_payment
from app.quotes.rules import valid_until
from app.rewards.costs import cost_of
from ui import formats
from ui.context import AppContext
from ui.quotes.texts import (
    clause_keys,
    clause_title,
    deposit_choices,
    early_tax_choices,
    in_summary,
    payment_choices,
    problem_words,
)
from ui.widgets.card import titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row
from ui.widgets.number_edits import DecimalEdit, MoneyEdit, PercentEdit
from ui.wizards.page import WizardPage


class TermsPage(WizardPage):
    """Short fields in two cards, and a tick for each clause."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(problem_words)
        self._context = context
        days = DecimalEdit(places=0, suffix=self.tr("days"))
        net = DecimalEdit(places=0, suffix=self.tr("days"))
        self.on = self.field("on", Field(self.tr("Date of the quote"), DateEdit(today=context.today), width=170))
        self.valid = self.field("valid_days", Field(self.tr("Valid for"), days, width=150))
        self.payment = self.field("payment", Field(self.tr("Payment"), Choice(payment_choices()), width=300))
        self.payment_days = self.field("payment_days", Field(self.tr("Days after the invoice"), net, width=200))
        self.deposit = self.field("deposit_kind", Field(self.tr("Deposit"), Choice(deposit_choices()), width=200))
        self.percent = self.field("deposit_percent", Field(self.tr("Percent of the total"), PercentEdit(), width=200))
        self.amount = self.field("deposit_amount", Field(self.tr("Amount"), MoneyEdit("EUR"), width=200))
        self._make_rewards()
        self._until, self._clauses = Label("", "caption", "2"), column(gap=4)
        self._ticks: dict[str, Tick] = {}
        for field in (self.payment, self.deposit, self.early_percent):
            field.editor.value_changed.connect(self._show_parts)
        for field in (self.on, self.valid):
            field.editor.value_changed.connect(self._show_until)
        self._make_ticks(clause_keys())
        validity = row(self.on, self.valid, holder(column(26, self._until)), None, gap=14)
        self.lay_out(
            titled_card(self.tr("Validity"), validity),
            titled_card(
                self.tr("Payment"),
                row(self.payment, self.payment_days, None, gap=14),
                self._early,
                row(self.deposit, self.percent, self.amount, None, gap=14),
                self._rounds,
                gap=14,
            ),
            titled_card(
                self.tr("Cashback"),
                row(self.cashback, holder(column(26, self._costs)), None, gap=14),
                note=self.tr("becomes the customer's credit as he pays"),
            ),
            titled_card(self.tr("Clauses"), self._clauses, note=self.tr("taken into the contract when it is accepted")),
            gap=14,
            widest=860,
        )

    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the terms."""
        self.amount.editor.set_currency(draft.currency)
        self._step = self._cash_step(draft.currency)
        payment = payment_of(draft)
        values: dict[str, Any] = {
            "on": draft.on,
            "valid_days": _decimal(draft.valid_days),
            "payment": payment.kind,
            "payment_days": _decimal(payment.days),
            "early_percent": payment.early_percent,
            "early_days": _decimal(payment.early_days),
            "early_tax": draft.early_tax or "if_taken",
            "cashback_percent": draft.cashback_percent,
            "deposit_kind": draft.deposit_kind,
            "deposit_percent": draft.deposit_percent,
            "deposit_amount": draft.deposit_amount,
        }
        for name, value in values.items():
            self.fields[name].set_value(value)
        self._make_ticks(draft.clauses)
        for key, tick in self._ticks.items():
            tick.set_value(key in draft.clauses)
        self._show_parts()
        self._show_until()
        self.settled(draft)

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """What was typed."""
        kept = [key for key in draft.clauses if self._ticks[key].value()] if self._has_all(draft) else []
        chosen = [key for key, tick in self._ticks.items() if tick.value() and key not in kept]
        payment = self._payment()
        paid = with_payment(draft, replace(payment, kind=payment.kind or payment_of(draft).kind))
        offers_early = bool(early_text(payment)) and payment.kind == "net"
        return replace(
            paid,
            on=self.on.value() or draft.on,
            valid_days=_whole(self.valid.value()),
            early_tax=self.early_tax.value() or "" if offers_early else draft.early_tax,
            cashback_percent=self.cashback.value() or None,
            deposit_kind=self.deposit.value() or "",
            deposit_percent=self.percent.value(),
            deposit_amount=self.amount.value(),
            clauses=(*kept, *chosen),
        )

    def check(self) -> bool:
        """Only what is shown can be wrong."""
        fine = [field.editor.check() for field in self.fields if not field.isHidden()]
        return self._check_early() and all(fine)

    def settled(self, draft: QuoteDraft) -> None:
        """What the rewards cost, and what is left."""
        known = live(draft)
        self._costs.setText("" if known is None else self._cost_words(draft))
        self._rounds.setVisible(bool(self._step > 1))
        if known is not None and self._step > 1:
            gross = known[1].assembled.totals.gross
            coin = gross + rounding_of(gross, self._step)
            words = self.tr("What is still to be paid is rounded to coins of %1: %2 would be %3.")
            values = (self._step, gross, coin)
            for place, value in enumerate(values, 1):
                words = words.replace(f"%{place}", formats.money_text(value, draft.currency))
            self._rounds.setText(words)

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Beside the fields."""
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def _make_rewards(self) -> None:
        days = DecimalEdit(optional=True, places=0, suffix=self.tr("days"))
        less = PercentEdit(optional=True, most=Decimal(99))
        self.early_percent = self.field("early_percent", Field(self.tr("Less if paid early"), less, width=240))
        self.early_days = self.field("early_days", Field(self.tr("Within"), days, width=150))
        self.early_tax = self.field("early_tax", Field(self.tr("Its tax"), Choice(early_tax_choices()), width=310))
        self._early = holder(row(self.early_percent, self.early_days, self.early_tax, None, gap=14))
        cashback = PercentEdit(optional=True)
        self.cashback = self.field("cashback_percent", Field(self.tr("Percent of what is paid"), cashback, width=200))
        self._costs, self._rounds, self._step = Label("", "caption", "2").wrap(), Label("", "caption", "2").wrap(), 1
        self._costs.setMinimumWidth(330)

    def _payment(self) -> Payment:
        return Payment(
            self.payment.value() or "",
            _whole(self.payment_days.value()),
            self.early_percent.value(),
            _whole(self.early_days.value()),
        )

    def _check_early(self) -> bool:
        """Percent and days belong together, and the days are within those of the payment."""
        payment = self._payment()
        if payment.kind != "net" or (not payment.early_percent and payment.early_days is None) or early_text(payment):
            return True
        if not payment.early_percent:
            self.early_percent.set_problem(self.tr("How much less?"))
        elif payment.early_days is None:
            self.early_days.set_problem(self.tr("Within how many days?"))
        else:
            self.early_days.set_problem(self.tr("Not later than the days after the invoice, please."))
        return False

    def _cost_words(self, draft: QuoteDraft) -> str:
        """What cashback and paying early cost if all of it is taken, and the margin after them."""
        known = live(draft)
        if known is None or not (draft.cashback_percent or known[0].terms.early):
            return ""
        offer, priced = known
        costs = cost_of(offer, draft.basis, priced=priced)
        parts = []
        if costs.cashback:
            parts.append(self.tr("cashback up to %1").replace("%1", formats.money_text(costs.cashback, draft.currency)))
        if costs.early_payment:
            words = self.tr("paying early %1 without tax")
            parts.append(words.replace("%1", formats.money_text(costs.early_payment, draft.currency)))
        told = self.tr("It costs: %1.").replace("%1", ", ".join(parts)) if parts else ""
        after = earning(offer, draft.basis, priced).after_rewards
        if after is not None:
            told += " " + self.tr("Margin after it: %1.").replace("%1", formats.percent_text(after, 1))
        return told.strip()

    def _cash_step(self, currency: str) -> int:
        with self._context.store.read() as session:
            return step_of(session, currency)

    def _has_all(self, draft: QuoteDraft) -> bool:
        return all(key in self._ticks for key in draft.clauses)

    def _make_ticks(self, keys: Sequence[str]) -> None:
        for key in keys:
            if key not in self._ticks:
                tick = Tick(clause_title(key))
                tick.value_changed.connect(self.edited)
                self._ticks[key] = tick
                self._clauses.addWidget(tick)

    def _show_parts(self, *_: Any) -> None:
        """Only the fields that belong to what was chosen."""
        prepaid, kind = self.payment.value() == "prepaid", self.deposit.value()
        self.payment_days.setVisible(self.payment.value() == "net")
        self._early.setVisible(self.payment.value() == "net")
        self.early_tax.setVisible(bool(self.early_percent.value()))
        if self._early.isHidden():
            for field in (self.early_percent, self.early_days):
                field.set_problem("")
        self.deposit.setVisible(not prepaid)
        self.percent.setVisible(not prepaid and kind == "percent")
        self.amount.setVisible(not prepaid and kind == "amount")
        for field in (self.payment_days, self.percent, self.amount):
            if field.isHidden():
                field.set_problem("")

    def _show_until(self, *_: Any) -> None:
        on, days = self.on.value(), _whole(self.valid.value())
        if on is None or days is None or not 0 < days <= 3650:
            self._until.setText("")
            return
        self._until.setText(self.tr("until %1").replace("%1", formats.date_text(valid_until(on, days))))


def _decimal(days: int | None) -> Decimal | None:
    return None if days is None else Decimal(days)


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
