"""The wizard that notes a signature: which side, who, and when; the paper that is signed stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize

from app.contracts import draft as drafts
from app.contracts.draft import SignatureDraft, ToSign
from app.contracts.rules import Side
from app.core.errors import Problem
from app.ledger import queries as books
from app.pipeline import openings, service
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.contracts.texts import say, side_words, step_words
from ui.routes import Route
from ui.widgets.card import titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row
from ui.widgets.paper_actions import PaperPanel
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words


class _Paper(PaperPanel):
    """No higher than the page: its own bar scrolls the sheets."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """As low as it may be."""
        return QSize(480, self.minimumHeight())


class SignPage(WizardPage):
    """Side, name and day, beside the version that is signed."""

    def __init__(self, contract: ToSign, deal_id: int, context: AppContext) -> None:
        super().__init__(problem_words())
        self._contract = contract
        choices = [(side, side_words(side.value)) for side in contract.open]
        self.field("side", Field(self.tr("Who signs"), Choice(choices)))
        self.field("name", Field(self.tr("Name"), TextEdit(longest=120)))
        self.field("on", Field(self.tr("Signed on"), DateEdit(today=context.today), width=220))
        self.fields["side"].editor.value_changed.connect(self._suggest)
        version = self.tr("Version %1 of contract %2").replace("%1", str(contract.version))
        note = Label(version.replace("%2", contract.number), "caption", "3").wrap()
        words = self.tr("With the signature of both sides the contract is in force and the order is open.")
        form = holder(
            column(
                *self.fields,
                titled_card(self.tr("What will happen"), Label(words, "body", "2").wrap(), note),
                None,
                gap=16,
            )
        )
        form.setFixedWidth(320)
        paper = _Paper(context, self.tr("Contract"), self.tr("The contract cannot be shown."))
        with context.store.read() as session:
            papers = [item for item in books.documents_of(session, deal_id) if item.kind == "contract"]
        paper.show_paper(papers[-1] if papers else None)
        body = row(form, paper, gap=20)
        body.setStretch(1, 1)
        self.setLayout(body)

    def show_draft(self, draft: SignatureDraft) -> None:
        """What was typed so far."""
        for name in ("side", "name", "on"):
            self.fields[name].set_value(getattr(draft, name))

    def read(self, draft: SignatureDraft) -> SignatureDraft:
        """What was typed."""
        name, side = self.fields["name"].value(), self.fields["side"].value()
        return replace(draft, name=name, side=side, on=self.fields["on"].value() or draft.on)

    def _suggest(self, side: Side | None) -> None:
        """The usual name of the side, unless another one was typed."""
        if side is not None and self.fields["name"].value() in ("", self._contract.seller, self._contract.buyer):
            self.fields["name"].set_value(self._contract.name(side))


class SignPlan(Plan):
    """One side signs."""

    kind = "sign-contract"
    draft = SignatureDraft
    action = Action.SIGN_CONTRACT
    kinds = frozenset({"deal", "contract"})

    def load(self, session: Any, known: Facts, route: Route) -> ToSign:
        """Who has not signed."""
        return openings.signature(known)

    def begin(self, facts: ToSign, known: Facts, context: AppContext, route: Route) -> SignatureDraft:
        """The first side that has not signed, today."""
        return drafts.begin_signature(facts, context.today())

    def steps(self, draft: SignatureDraft) -> Sequence[str]:
        """One."""
        return ("sign",)

    def problems(self, facts: ToSign, draft: SignatureDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.signature_problems(facts, draft, step)

    def pages(self, facts: ToSign, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """One page."""
        return {"sign": partial(SignPage, facts, known.deal.id, context)}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: ToSign, draft: SignatureDraft) -> str:
        """Says whether the contract is in force then."""
        if len(facts.open) == 1:
            return say("contracts", "Record the signature and open the order")
        return say("contracts", "Record the signature")

    def work(self, facts: ToSign, draft: SignatureDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        side = draft.side or Side.SELLER
        return lambda session: service.sign_contract(session, deal_id, on=draft.on, side=side, name=draft.name)

    def said(self, facts: ToSign, draft: SignatureDraft, done: Any) -> str:
        """In force, or one side is missing."""
        if len(facts.open) == 1:
            return say("contracts", "Contract %1 is in force").replace("%1", facts.number)
        return say("contracts", "The signature is recorded; the other side is still to sign")

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The contract."""
        return Route("contract", deal_id)
