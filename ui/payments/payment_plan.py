"""The wizard that takes a payment or a deposit: what is due, and live how the money will be divided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from app.core.errors import Problem
from app.payments import draft as drafts
from app.payments.draft import PaymentDraft
from app.payments.rules import Method
from app.pipeline import fulfilment
from app.pipeline.facts import Facts
from app.pipeline.paying import earned_by
from app.pipeline.rules import Action
from ui import formats
from ui.context import AppContext
from ui.payments.desk import Desk
from ui.payments.payment_page import PaymentPage
from ui.payments.texts import division_words, earned_words, say, step_words
from ui.routes import Route
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.review_page import ReviewPage, Sentence


class PaymentPlan(Plan):
    """Money comes in."""

    kind = "take-payment"
    draft = PaymentDraft
    action = Action.PAY
    kinds = frozenset({"deal", "payment", "invoice"})

    def load(self, session: Any, known: Facts, route: Route) -> Desk:
        """What is owed."""
        return Desk(session, known)

    def begin(self, facts: Desk, known: Facts, context: AppContext, route: Route) -> PaymentDraft:
        """What is due; for one invoice if the route names its place."""
        place = route.get("place")
        return drafts.begin_payment(facts.owed, context.today(), None if place is None else int(place))

    def steps(self, draft: PaymentDraft) -> Sequence[str]:
        """Payment, review."""
        return drafts.payment_steps(draft)

    def problems(self, facts: Desk, draft: PaymentDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.payment_problems(facts.owed, draft, step)

    def pages(self, facts: Desk, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        told = partial(_sentences, facts)
        title, nothing = say("payments", "Payment receipt"), say("payments", "The receipt cannot be shown.")
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"payment": partial(PaymentPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: Desk, draft: PaymentDraft) -> str:
        """With the amount."""
        return say("payments", "Record the payment of %1").replace(
            "%1", formats.money_text(draft.amount or 0, facts.owed.currency)
        )

    def work(self, facts: Desk, draft: PaymentDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.pay(
            session,
            deal_id,
            on=draft.on,
            amount=draft.amount or 0,
            method=draft.method,
            reference=draft.reference,
            invoice_index=draft.place,
            discount=draft.discount,
            discount_reason=draft.discount_reason,
        )

    def said(self, facts: Desk, draft: PaymentDraft, done: Any) -> str:
        """With its number."""
        return say("payments", "Payment %1 is recorded").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The payment with its receipt."""
        return payment_route(session, done.numbers[0], deal_id)


def payment_route(session: Any, number: str, deal_id: int) -> Route:
    """Where a payment of a deal is shown."""
    from app.payments import queries

    return Route("payment", next(item.id for item in queries.of_deal(session, deal_id) if item.number == number))


def _sentences(desk: Desk, draft: PaymentDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    owed, division = desk.owed, drafts.division(desk.owed, draft)
    told = [Sentence(words, "check", "ok") for words in division_words(division, owed.currency)]
    for item in foreseen:
        told.append(
            Sentence(say("payments", "Receipt %1 is made").replace("%1", item.document.number), "payment", "accent")
        )
    if draft.method is Method.CREDIT:
        less = say("payments", "The customer's credit goes down by %1")
        amount = formats.money_text(draft.amount or 0, owed.currency)
        told.append(Sentence(less.replace("%1", amount), "wallet", "neutral"))
    earned = earned_words(earned_by(desk.facts, division), owed.currency)
    told += [Sentence(words, "wallet", "accent") for words in earned]
    off = sum(amount for _, amount in division.discounts)
    rest = owed.receivable - off - sum(amount for _, amount in division.invoices)
    if rest > 0:
        words = say("payments", "%1 stays open")
        told.append(Sentence(words.replace("%1", formats.money_text(rest, owed.currency)), "clock", "warn"))
    return told
