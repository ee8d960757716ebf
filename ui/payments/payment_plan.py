"""The wizard that takes a payment or a deposit: what is due, and live how the money will be divided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from app.payments import draft as drafts
from app.payments.draft import Owed, PaymentDraft
from app.payments.rules import Method
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui import formats
from ui.context import AppContext
from ui.payments.texts import division_words, method_words, say, step_words
from ui.routes import Route
from ui.widgets.card import titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.number_edits import MoneyEdit
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence

_WIDE = 320


class PaymentPage(WizardPage):
    """Amount, method, day, reference; beside them what is owed, and what becomes of the amount."""

    def __init__(self, owed: Owed, context: AppContext) -> None:
        super().__init__(problem_words(owed.currency))
        self._owed = owed
        self._draft = PaymentDraft(context.today())
        amount = self.field("amount", Field(self.tr("Amount"), MoneyEdit(owed.currency), width=220))
        method = self.field("method", Field(self.tr("Method"), Choice(_methods(owed)), width=220))
        on = self.field("on", Field(self.tr("Day of payment"), DateEdit(today=context.today), width=220))
        hint = self.tr("What the bank statement says, for example.")
        reference = self.field(
            "reference", Field(self.tr("Reference"), TextEdit(optional=True, longest=140), hint=hint)
        )
        place = self.field("place", Field(self.tr("What it pays"), Choice(_places(owed), optional=True)))
        place.setVisible(len(owed.payables) > 1)
        form = column(row(amount, on, None, gap=16), method, place, reference, None, gap=16)
        left = holder(form)
        left.setMaximumWidth(520)
        self._parts = column(gap=10)
        self._divided = titled_card(self.tr("What becomes of it"), self._parts)
        beside = holder(column(self._owed_card(), self._divided, None, gap=14))
        beside.setFixedWidth(_WIDE)
        body = row(left, beside, None, gap=28)
        body.setStretch(0, 1)
        self.setLayout(body)

    def show_draft(self, draft: PaymentDraft) -> None:
        """What was typed so far."""
        self._draft = draft
        for name in ("amount", "method", "on", "reference", "place"):
            self.fields[name].set_value(getattr(draft, name))
        self._show_division()

    def read(self, draft: PaymentDraft) -> PaymentDraft:
        """What was typed."""
        found = {name: self.fields[name].value() for name in ("amount", "method", "reference", "place")}
        self._draft = replace(draft, **found, on=self.fields["on"].value() or draft.on)
        self._show_division()
        return self._draft

    def divided(self) -> list[str]:
        """What it says of the division now."""
        return list(division_words(drafts.division(self._owed, self._draft), self._owed.currency))

    def _owed_card(self) -> Any:
        owed = self._owed
        rows = [
            (self.tr("Deposit that is missing"), owed.deposit_missing),
            (self.tr("Open invoices"), owed.receivable),
            (self.tr("Customer's credit"), owed.credit),
        ]
        shown = [(words, minor) for words, minor in rows if minor] or [(self.tr("Nothing is due now"), 0)]
        lines = column(gap=6)
        for words, minor in shown:
            text = formats.money_text(minor, owed.currency) if minor else ""
            lines.addLayout(row(Label(words, "body", "2"), None, Label(text, "strong", figures=True), gap=8))
        return titled_card(self.tr("Where the money stands"), lines)

    def _show_division(self) -> None:
        clear(self._parts)
        found = self.divided()
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


class PaymentPlan(Plan):
    """Money comes in."""

    kind = "take-payment"
    draft = PaymentDraft
    action = Action.PAY
    kinds = frozenset({"deal", "payment", "invoice"})

    def load(self, session: Any, known: Facts, route: Route) -> Owed:
        """What is owed."""
        return openings.money(session, known)

    def begin(self, facts: Owed, known: Facts, context: AppContext, route: Route) -> PaymentDraft:
        """What is due; for one invoice if the route names its place."""
        place = route.get("place")
        return drafts.begin_payment(facts, context.today(), None if place is None else int(place))

    def steps(self, draft: PaymentDraft) -> Sequence[str]:
        """Payment, review."""
        return drafts.payment_steps(draft)

    def problems(self, facts: Owed, draft: PaymentDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.payment_problems(facts, draft, step)

    def pages(self, facts: Owed, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        told = partial(_sentences, facts)
        title, nothing = say("payments", "Payment receipt"), say("payments", "The receipt cannot be shown.")
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"payment": partial(PaymentPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: Owed, draft: PaymentDraft) -> str:
        """With the amount."""
        return say("payments", "Record the payment of %1").replace(
            "%1", formats.money_text(draft.amount or 0, facts.currency)
        )

    def work(self, facts: Owed, draft: PaymentDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.pay(
            session,
            deal_id,
            on=draft.on,
            amount=draft.amount or 0,
            method=draft.method,
            reference=draft.reference,
            invoice_index=draft.place,
        )

    def said(self, facts: Owed, draft: PaymentDraft, done: Any) -> str:
        """With its number."""
        return say("payments", "Payment %1 is recorded").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The payment with its receipt."""
        return payment_route(session, done.numbers[0], deal_id)


def payment_route(session: Any, number: str, deal_id: int) -> Route:
    """Where a payment of a deal is shown."""
    from app.payments import queries

    return Route("payment", next(item.id for item in queries.of_deal(session, deal_id) if item.number == number))


def _sentences(owed: Owed, draft: PaymentDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    told = [Sentence(words, "check", "ok") for words in division_words(drafts.division(owed, draft), owed.currency)]
    for item in foreseen:
        told.append(
            Sentence(say("payments", "Receipt %1 is made").replace("%1", item.document.number), "payment", "accent")
        )
    if draft.method is Method.CREDIT:
        less = say("payments", "The customer's credit goes down by %1")
        amount = formats.money_text(draft.amount or 0, owed.currency)
        told.append(Sentence(less.replace("%1", amount), "wallet", "neutral"))
    rest = owed.receivable - sum(amount for _, amount in drafts.division(owed, draft).invoices)
    if rest > 0:
        words = QCoreApplication.translate("payments", "%1 stays open")
        told.append(Sentence(words.replace("%1", formats.money_text(rest, owed.currency)), "clock", "warn"))
    return told
