"""The wizard that pays money back out of the customer's credit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.errors import Problem
from app.payments import draft as drafts
from app.payments.draft import Owed, RefundDraft
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui import formats
from ui.context import AppContext
from ui.payments.payment_plan import payment_route
from ui.payments.texts import say, step_words
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LongTextEdit
from ui.widgets.layout import row
from ui.widgets.method_words import method_words
from ui.widgets.number_edits import MoneyEdit
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


class RefundPage(WizardPage):
    """Amount, method, day, reason."""

    def __init__(self, owed: Owed, context: AppContext) -> None:
        super().__init__(problem_words(owed.currency))
        credit = formats.money_text(owed.credit, owed.currency)
        hint = self.tr("The customer's credit is %1.").replace("%1", credit)
        amount = self.field("amount", Field(self.tr("Amount"), MoneyEdit(owed.currency), hint=hint, width=220))
        on = self.field("on", Field(self.tr("Day of payment"), DateEdit(today=context.today), width=220))
        choices = [(method, method_words(method.value)) for method in drafts.REFUND_METHODS]
        method = self.field("method", Field(self.tr("Method"), Choice(choices), width=220))
        reason = self.field("reason", Field(self.tr("Reason"), LongTextEdit(optional=True, lines=2)))
        self.lay_out(row(amount, on, None, gap=16), method, reason, widest=560)

    def show_draft(self, draft: RefundDraft) -> None:
        """What was typed so far."""
        for name in ("amount", "on", "method", "reason"):
            self.fields[name].set_value(getattr(draft, name))

    def read(self, draft: RefundDraft) -> RefundDraft:
        """What was typed."""
        found = {name: self.fields[name].value() for name in ("amount", "method", "reason")}
        return replace(draft, **found, on=self.fields["on"].value() or draft.on)


class RefundPlan(Plan):
    """Money goes back."""

    kind = "refund"
    draft = RefundDraft
    action = Action.REFUND
    kinds = frozenset({"deal", "payment"})

    def load(self, session: Any, known: Facts, route: Route) -> Owed:
        """The credit."""
        return openings.money(session, known)

    def begin(self, facts: Owed, known: Facts, context: AppContext, route: Route) -> RefundDraft:
        """All of it."""
        return drafts.begin_refund(facts, context.today())

    def steps(self, draft: RefundDraft) -> Sequence[str]:
        """Refund, review."""
        return drafts.refund_steps(draft)

    def problems(self, facts: Owed, draft: RefundDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.refund_problems(facts, draft, step)

    def pages(self, facts: Owed, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        told = partial(_sentences, facts)
        title, nothing = say("payments", "Refund receipt"), say("payments", "The receipt cannot be shown.")
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"refund": partial(RefundPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: Owed, draft: RefundDraft) -> str:
        """With the amount."""
        return say("payments", "Pay back %1").replace("%1", formats.money_text(draft.amount or 0, facts.currency))

    def work(self, facts: Owed, draft: RefundDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.refund(
            session, deal_id, on=draft.on, amount=draft.amount or 0, method=draft.method, reason=draft.reason
        )

    def said(self, facts: Owed, draft: RefundDraft, done: Any) -> str:
        """With its number."""
        return say("payments", "Refund %1 is recorded").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The refund with its receipt."""
        return payment_route(session, done.numbers[0], deal_id)


def _sentences(owed: Owed, draft: RefundDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    amount = draft.amount or 0
    paid = say("payments", "%1 is paid back: %2").replace("%1", formats.money_text(amount, owed.currency))
    left = say("payments", "The customer's credit is then %1").replace(
        "%1", formats.money_text(owed.credit - amount, owed.currency)
    )
    told = [Sentence(paid.replace("%2", method_words(draft.method.value)), "payment", "ok")]
    told.append(Sentence(left, "wallet", "neutral"))
    made = say("payments", "Receipt %1 is made")
    return told + [Sentence(made.replace("%1", item.document.number), "note", "accent") for item in foreseen]
