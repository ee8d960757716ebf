"""The wizard that words a clause anew or adds one: a new version, which both sides have to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.contracts import draft as drafts
from app.contracts.draft import OWN, Agreed, AmendmentDraft
from app.core.errors import Problem
from app.pipeline import openings, service
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.contracts.difference_view import DifferenceView
from ui.contracts.texts import say, step_words
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


class ClausePage(WizardPage):
    """Which clause: one of the contract, one of the library, or one of one's own."""

    def __init__(self, agreed: Agreed, context: AppContext) -> None:
        super().__init__(problem_words())
        self._agreed = agreed
        hint = self.tr("Clauses of the contract are reworded, those of the library are added.")
        self.field("key", Field(self.tr("Clause"), Choice(_choices(agreed)), hint=hint))
        title = self.field("title", Field(self.tr("Title of the clause"), TextEdit(optional=True, longest=60)))
        title.setVisible(False)
        self.field("on", Field(self.tr("Date of the new version"), DateEdit(today=context.today), width=220))
        self.lay_out(*self.fields, widest=560)

    def show_draft(self, draft: AmendmentDraft) -> None:
        """What was chosen so far."""
        self.fields["key"].set_value(draft.key or None)
        self.fields["title"].set_value(draft.title)
        self.fields["title"].setVisible(draft.key == OWN)
        self.fields["on"].set_value(draft.on)

    def read(self, draft: AmendmentDraft) -> AmendmentDraft:
        """What was chosen; another clause brings its own text."""
        chosen = drafts.choose(draft, self._agreed, self.fields["key"].value() or "")
        self.fields["title"].setVisible(chosen.key == OWN)
        return replace(chosen, title=self.fields["title"].value(), on=self.fields["on"].value() or draft.on)


def _choices(agreed: Agreed) -> list[tuple[Any, str]]:
    reword, add = say("contracts", "Reword: %1"), say("contracts", "Add: %1")
    return [
        *((clause.key, reword.replace("%1", clause.title)) for clause in agreed.clauses),
        *((clause.key, add.replace("%1", clause.title)) for clause in drafts.offered(agreed)),
        (OWN, say("contracts", "Add a clause of your own")),
    ]


class WordingPage(WizardPage):
    """The text, and live what differs from the one before."""

    def __init__(self, agreed: Agreed) -> None:
        super().__init__(problem_words())
        self._agreed = agreed
        text = self.field("text", Field(self.tr("Text of the clause"), LongTextEdit(optional=False, lines=9)))
        self._difference = DifferenceView(self.tr("What changes"))
        title = Label(self.tr("What changes"), "label", "2")
        self._below = holder(column(title, self._difference, gap=5))
        self.lay_out(text, self._below, widest=820)

    def show_draft(self, draft: AmendmentDraft) -> None:
        """The text so far."""
        self.fields["text"].set_value(draft.text)
        self._show(draft)

    def read(self, draft: AmendmentDraft) -> AmendmentDraft:
        """What was typed."""
        read = replace(draft, text=self.fields["text"].value())
        self._show(read)
        return read

    def _show(self, draft: AmendmentDraft) -> None:
        before = drafts.chosen(draft, self._agreed)
        self._below.setVisible(before is not None)
        if before is not None:
            self._difference.show_pieces(drafts.difference(before.text, draft.text))


class AmendPlan(Plan):
    """A clause is worded anew or added."""

    kind = "amend-contract"
    draft = AmendmentDraft
    action = Action.AMEND_CONTRACT
    kinds = frozenset({"deal", "contract", "outbox"})

    def load(self, session: Any, known: Facts, route: Route) -> Agreed:
        """The contract as it stands."""
        return openings.amendment(known)

    def begin(self, facts: Agreed, known: Facts, context: AppContext, route: Route) -> AmendmentDraft:
        """Nothing chosen; the clause of the route if it names one."""
        draft = AmendmentDraft(max(context.today(), facts.made_on))
        return drafts.choose(draft, facts, str(route.get("clause", "")))

    def steps(self, draft: AmendmentDraft) -> Sequence[str]:
        """Clause, wording, review."""
        return drafts.amendment_steps(draft)

    def problems(self, facts: Agreed, draft: AmendmentDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.amendment_problems(facts, draft, step)

    def pages(self, facts: Agreed, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Three pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        told, title = partial(_sentences, facts), say("contracts", "Contract")
        nothing = say("contracts", "The contract cannot be shown.")
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"clause": partial(ClausePage, facts, context), "wording": partial(WordingPage, facts), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: Agreed, draft: AmendmentDraft) -> str:
        """With the version."""
        return say("contracts", "Make version %1 of the contract").replace("%1", str(facts.version + 1))

    def work(self, facts: Agreed, draft: AmendmentDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        key = drafts.key_of(draft)
        return lambda session: service.amend_contract(session, deal_id, on=draft.on, clause=key, text=draft.text)

    def said(self, facts: Agreed, draft: AmendmentDraft, done: Any) -> str:
        """With the version."""
        return say("contracts", "Version %1 of the contract is made").replace("%1", str(facts.version + 1))

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The contract."""
        return Route("contract", deal_id)


def _sentences(agreed: Agreed, _draft: AmendmentDraft, _foreseen: Sequence[Any]) -> list[Sentence]:
    made = say("contracts", "Version %1 of contract %2 is made").replace("%1", str(agreed.version + 1))
    told = [Sentence(made.replace("%2", agreed.number), "contract", "accent")]
    if agreed.signatures:
        words = QCoreApplication.translate("contracts", "%n signatures no longer count", None, agreed.signatures)
        told.append(Sentence(words, "warning", "warn", say("contracts", "Both sides sign the new version.")))
    told.append(Sentence(say("contracts", "A letter with the new version waits in the outbox"), "mail", "accent"))
    return told
