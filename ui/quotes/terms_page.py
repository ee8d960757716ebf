"""Fourth page: until when it is valid, how it is paid, the deposit, and the clauses of the contract to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.errors import Problem
from app.quotes.draft import QuoteDraft
from app.quotes.rules import valid_until
from ui import formats
from ui.context import AppContext
from ui.quotes.texts import clause_keys, clause_title, deposit_choices, in_summary, payment_choices, problem_words
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
        self._until, self._clauses = Label("", "caption", "2"), column(gap=4)
        self._ticks: dict[str, Tick] = {}
        for field in (self.payment, self.deposit):
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
                row(self.deposit, self.percent, self.amount, None, gap=14),
                gap=14,
            ),
            titled_card(self.tr("Clauses"), self._clauses, note=self.tr("taken into the contract when it is accepted")),
            gap=14,
            widest=860,
        )

    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the terms."""
        self.amount.editor.set_currency(draft.currency)
        values: dict[str, Any] = {
            "on": draft.on,
            "valid_days": _decimal(draft.valid_days),
            "payment": draft.payment,
            "payment_days": _decimal(draft.payment_days),
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

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """What was typed."""
        kept = [key for key in draft.clauses if self._ticks[key].value()] if self._has_all(draft) else []
        chosen = [key for key, tick in self._ticks.items() if tick.value() and key not in kept]
        return replace(
            draft,
            on=self.on.value() or draft.on,
            valid_days=_whole(self.valid.value()),
            payment=self.payment.value() or draft.payment,
            payment_days=_whole(self.payment_days.value()),
            deposit_kind=self.deposit.value() or "",
            deposit_percent=self.percent.value(),
            deposit_amount=self.amount.value(),
            clauses=(*kept, *chosen),
        )

    def check(self) -> bool:
        """Only what is shown can be wrong."""
        fine = [field.editor.check() for field in self.fields if not field.isHidden()]
        return all(fine)

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Beside the fields."""
        return [in_summary(problem) for problem in self.fields.mark(problems)]

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
