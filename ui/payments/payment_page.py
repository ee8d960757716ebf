"""The page where a payment is typed: amount, day, method; beside it what is owed and what becomes of the money."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.payments import draft as drafts
from app.payments.draft import Owed, PaymentDraft
from app.payments.rules import Method
from app.pipeline.paying import earned_by
from ui import formats
from ui.context import AppContext
from ui.payments.desk import Desk
from ui.payments.early_strip import EarlyStrip
from ui.payments.texts import division_words, earned_words, payment_words, say
from ui.payments.wallet_card import WalletCard
from ui.widgets.card import titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.method_words import method_words
from ui.widgets.number_edits import MoneyEdit
from ui.wizards.page import WizardPage

_WIDE = 330
_TYPED = ("amount", "method", "on", "reference", "place")


class PaymentPage(WizardPage):
    """Amount, method, day, reference; beside them what is owed, and what becomes of the amount."""

    def __init__(self, desk: Desk, context: AppContext) -> None:
        owed = desk.owed
        super().__init__(payment_words(owed.currency))
        self._desk = desk
        self._draft = PaymentDraft(context.today())
        self._proposed: int | None = None
        self._is_setting = False
        self._shown_owed: Owed | None = None
        self._shown_parts: list[str] | None = None
        amount = self.field("amount", Field(self.tr("Amount"), MoneyEdit(owed.currency), width=220))
        on = self.field("on", Field(self.tr("Day of payment"), DateEdit(today=context.today), width=220))
        self.early = EarlyStrip(owed.currency, self, self._pay_early)
        self.field("discount", self.early.discount)
        self.field("discount_reason", self.early.reason)
        self.early.asked.value_changed.connect(self.edited)
        method = self.field("method", Field(self.tr("Method"), Choice(_methods(owed)), width=220))
        hint = self.tr("What the bank statement says, for example.")
        reference = self.field(
            "reference", Field(self.tr("Reference"), TextEdit(optional=True, longest=140), hint=hint)
        )
        place = self.field("place", Field(self.tr("What it pays"), Choice(_places(owed), optional=True)))
        place.setVisible(len(owed.payables) > 1)
        form = column(row(amount, on, None, gap=16), self.early, method, place, reference, None, gap=16)
        left = holder(form)
        left.setMaximumWidth(560)
        self._parts = column(gap=10)
        self._divided = titled_card(self.tr("What becomes of it"), self._parts)
        self._owed_lines = column(gap=6)
        stands = titled_card(self.tr("Where the money stands"), self._owed_lines)
        self.wallet = WalletCard(context, desk, self, self._redeemed)
        beside = holder(column(stands, self._divided, self.wallet, None, gap=14))
        beside.setFixedWidth(_WIDE)
        body = row(left, beside, None, gap=28)
        body.setStretch(0, 1)
        self.setLayout(body)

    def show_draft(self, draft: PaymentDraft) -> None:
        """What was typed so far."""
        self._draft = draft
        self._set(**{name: getattr(draft, name) for name in _TYPED})
        self._set(discount=draft.discount, discount_reason=draft.discount_reason)
        self._ask(draft.discount is not None)
        self._proposed = drafts.most_discount(self._desk.owed, draft)
        self._show()

    def read(self, draft: PaymentDraft) -> PaymentDraft:
        """What was typed."""
        found = {name: self.fields[name].value() for name in ("amount", "method", "reference", "place")}
        typed = replace(draft, **found, on=self.fields["on"].value() or draft.on)
        self._draft = self._with_discount(typed, draft)
        self._show()
        return self._draft

    def edited(self, *_: Any) -> None:
        """What the page writes into its own fields is no edit."""
        if not self._is_setting:
            super().edited()

    def divided(self) -> list[str]:
        """What it says of the division now, the reason for a late discount once written."""
        supposed = replace(self._draft, discount_reason=self._draft.discount_reason or "-")
        division = drafts.division(self._desk.owed, supposed)
        currency = self._desk.owed.currency
        return [*division_words(division, currency), *earned_words(earned_by(self._desk.facts, division), currency)]

    # ------------------------------------------------------------------ the discount for paying early
    def _with_discount(self, typed: PaymentDraft, before: PaymentDraft) -> PaymentDraft:
        """The discount as it is asked for; it follows the amount until another one is typed."""
        if not self.early.asked.value():
            self._proposed = None
            return replace(typed, discount=None, discount_reason="")
        if before.discount is None:
            typed = self._begin_asking(typed)
        discount, most = self.fields["discount"].value(), drafts.most_discount(self._desk.owed, typed)
        if before.discount is None or discount == self._proposed:
            self._proposed = discount = most
            self._set(discount=most)
        return replace(typed, discount=discount or 0, discount_reason=self.fields["discount_reason"].value())

    def _begin_asking(self, typed: PaymentDraft) -> PaymentDraft:
        """Who takes all of it off means to pay the rest."""
        payable = drafts.offered(self._desk.owed, typed)
        if payable is None or payable.early is None or typed.amount != payable.invoice.open:
            return typed
        rest = payable.invoice.open - payable.early.amount
        self._set(amount=rest)
        return replace(typed, amount=rest)

    def _pay_early(self) -> None:
        price = drafts.early_price(self._desk.owed, self._draft)
        if price is not None:
            self._ask(False)
            self.fields["amount"].set_value(price)
            self.edited()

    def _ask(self, asked: bool) -> None:
        self._is_setting = True
        self.early.asked.set_value(asked)
        self._is_setting = False

    def _set(self, **values: Any) -> None:
        self._is_setting = True
        for name, value in values.items():
            self.fields[name].set_value(value)
        self._is_setting = False

    # ------------------------------------------------------------------ showing
    def _redeemed(self) -> None:
        """A gift card became credit: pay with it what it is enough for."""
        owed = self._desk.owed
        self.fields["method"].editor.set_choices(_methods(owed))
        open_now = self._draft.amount or owed.due
        self._set(amount=min(owed.credit, open_now) or None, method=Method.CREDIT)
        self.edited()
        self.fields["amount"].editor.setFocus()

    def _show(self) -> None:
        self.early.show_offer(self._desk.facts, self._draft)
        self.wallet.show_draft(self._draft)
        self._show_owed()
        self._show_division()

    def _show_owed(self) -> None:
        owed = self._desk.owed
        if owed is self._shown_owed:
            return
        self._shown_owed = owed
        clear(self._owed_lines)
        rows = [
            (self.tr("Deposit that is missing"), owed.deposit_missing),
            (self.tr("Open invoices"), owed.receivable),
            (self.tr("Customer's credit"), owed.credit),
        ]
        shown = [(words, minor) for words, minor in rows if minor] or [(self.tr("Nothing is due now"), 0)]
        for words, minor in shown:
            text = formats.money_text(minor, owed.currency) if minor else ""
            line = row(Label(words, "body", "2"), None, Label(text, "strong", figures=True), gap=8)
            self._owed_lines.addLayout(line)

    def _show_division(self) -> None:
        found = self.divided()
        if found == self._shown_parts:
            return
        self._shown_parts = found
        clear(self._parts)
        words = found or [self.tr("Type an amount to see what it settles.")]
        for text in words:
            line = row(
                Icon("check" if found else "info", "ok" if found else "text3", 14), Label(text, "body").wrap(), gap=9
            )
            line.setStretch(1, 1)
            self._parts.addLayout(line)
        self._divided.setAccessibleDescription("; ".join(words))


def _methods(owed: Owed) -> list[tuple[Any, str]]:
    return [(method, method_words(method.value)) for method in drafts.methods(owed)]


def _places(owed: Owed) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = [(None, say("payments", "All that is open, the oldest first"))]
    for item in owed.payables:
        amount = formats.money_text(item.invoice.open, owed.currency)
        found.append((item.place, f"{item.invoice.number} · {amount} · {formats.date_text(item.due_on)}"))
    return found
