"""The wizard in which a service is noted as done and signed off: the same as a confirmed receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.errors import Problem
from app.delivery import draft as drafts
from app.delivery.draft import ServiceDraft, ToComplete
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.delivery.receipt_plan import invoice_route
from ui.delivery.texts import billed, say, step_words
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.number_edits import QuantityEdit
from ui.wizards.deal_wizard import Plan
from ui.wizards.line_table import quantity_text
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage


class ServicePage(WizardPage):
    """Which service, how much of it, when, and who signed it off."""

    def __init__(self, services: ToComplete, context: AppContext) -> None:
        super().__init__(problem_words())
        self._services = services
        choices = [(line.position, f"{line.name} · {quantity_text(line.open, line.unit)}") for line in services.lines]
        which = self.field("position", Field(self.tr("Service"), Choice(choices)))
        much = self.field("quantity", Field(self.tr("How much was done"), QuantityEdit(), width=220))
        on = self.field("on", Field(self.tr("Day it was done"), DateEdit(today=context.today), width=220))
        by = self.field("by", Field(self.tr("Signed off by"), TextEdit(optional=True, longest=120)))
        which.editor.value_changed.connect(self._chosen)
        self.lay_out(which, much, on, by, widest=560)

    def show_draft(self, draft: ServiceDraft) -> None:
        """What was chosen so far."""
        for name in ("position", "quantity", "on", "by"):
            self.fields[name].set_value(getattr(draft, name))

    def read(self, draft: ServiceDraft) -> ServiceDraft:
        """What was typed."""
        found = {name: self.fields[name].value() for name in ("position", "quantity", "by")}
        return replace(draft, **found, on=self.fields["on"].value() or draft.on)

    def _chosen(self, position: int | None) -> None:
        line = self._services.line(position)
        if line is not None:
            self.fields["quantity"].set_value(line.open)


class ServicePlan(Plan):
    """A service is done."""

    kind = "complete-service"
    draft = ServiceDraft
    action = Action.COMPLETE_SERVICE
    kinds = frozenset({"deal", "delivery", "invoice", "revenue", "outbox", "payment"})

    def load(self, session: Any, known: Facts, route: Route) -> ToComplete:
        """The services that are open."""
        return openings.services(known)

    def begin(self, facts: ToComplete, known: Facts, context: AppContext, route: Route) -> ServiceDraft:
        """All of the first one."""
        return drafts.begin_service(facts, context.today())

    def steps(self, draft: ServiceDraft) -> Sequence[str]:
        """Service, review."""
        return drafts.service_steps(draft)

    def problems(self, facts: ToComplete, draft: ServiceDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.service_problems(facts, draft, step)

    def pages(self, facts: ToComplete, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        nothing, title = say("delivery", "There is no invoice to show."), say("delivery", "Invoice")
        review = partial(ReviewPage, context, known.deal.id, work, lambda _, f: list(billed(f)), title, nothing)
        return {"service": partial(ServicePage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: ToComplete, draft: ServiceDraft) -> str:
        """An invoice follows."""
        return say("delivery", "Note as done and issue the invoice")

    def work(self, facts: ToComplete, draft: ServiceDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.complete_service(
            session, deal_id, on=draft.on, line=draft.position or 0, quantity=draft.quantity, by=draft.by
        )

    def said(self, facts: ToComplete, draft: ServiceDraft, done: Any) -> str:
        """With the invoice's number."""
        return say("delivery", "The service is done, invoice %1 is issued").replace("%1", ", ".join(done.numbers))

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The invoice."""
        return invoice_route(session, done.numbers, deal_id)
