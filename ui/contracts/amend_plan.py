"""The wizard that words clauses anew or adds some: a new version, which both sides have to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.contracts import draft as drafts
from app.contracts.draft import OWN, Agreed, AmendmentDraft, Wording
from app.core.errors import Problem
from app.pipeline import openings, service
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.contracts.difference_view import DifferenceView
from ui.contracts.texts import say, step_words
from ui.routes import Route
from ui.widgets.button import Button
from ui.widgets.card import titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.wizards.deal_wizard import Plan
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


class ClausePage(WizardPage):
    """Which clause: one of the contract, one of the library, or one of one's own; and those that are done already."""

    def __init__(self, agreed: Agreed, context: AppContext, deal_id: int) -> None:
        super().__init__(problem_words())
        self._agreed, self._dropped = agreed, ""
        hint = self.tr("Clauses of the contract are reworded, those of the library are added.")
        self.field("key", Field(self.tr("Clause"), Choice(_choices(agreed, ())), hint=hint))
        title = self.field("title", Field(self.tr("Title of the clause"), TextEdit(optional=True, longest=60)))
        title.setVisible(False)
        self.field("on", Field(self.tr("Date of the new version"), DateEdit(today=context.today), width=220))
        self._lines = column(gap=6)
        self.done = titled_card(self.tr("Also in this amendment"), self._lines)
        lines = Button(self.tr("Change the agreed lines instead"), "ghost", "products")
        lines.clicked.connect(lambda *_: context.router.open(Route("amend-lines", deal_id)))
        self.lay_out(*self.fields, self.done, row(lines, None), widest=560)

    def show_draft(self, draft: AmendmentDraft) -> None:
        """What was chosen so far."""
        key = self.fields["key"]
        key.editor.set_choices(_choices(self._agreed, drafts.own_clauses(draft, self._agreed)))
        key.set_value(draft.key or None)
        self.fields["title"].set_value(draft.title)
        self.fields["title"].setVisible(draft.key == OWN)
        self.fields["on"].set_value(draft.on)
        self._show_done(draft)

    def read(self, draft: AmendmentDraft) -> AmendmentDraft:
        """What was chosen; another clause brings its own text."""
        if self._dropped:
            draft, self._dropped = drafts.drop(draft, self._dropped), ""
            self._show_done(draft)
        chosen = drafts.choose(draft, self._agreed, self.fields["key"].value() or "")
        if chosen.more != draft.more:
            self._show_done(chosen)
        self.fields["title"].setVisible(chosen.key == OWN)
        title = self.fields["title"].value() if chosen.key == OWN else chosen.title
        return replace(chosen, title=title, on=self.fields["on"].value() or draft.on)

    def check(self) -> bool:
        """No clause has to be chosen where others are done."""
        needed = [field for field in self.fields if self.done.isHidden() or field is not self.fields["key"]]
        return not [field for field in needed if not field.editor.check()]  # every one of them looks

    def _show_done(self, draft: AmendmentDraft) -> None:
        clear(self._lines)
        self.done.setVisible(bool(draft.more))
        for clause in draft.more:
            away = Button(self.tr("Take out"), "ghost", do=partial(self._drop, clause.key))
            away.setAccessibleName(f"{self.tr('Take out')}: {clause.title}")
            self._lines.addLayout(row(Icon("check", "ok", 14), Label(clause.title, "body"), None, away, gap=10))

    def _drop(self, key: str) -> None:
        self._dropped = key
        self.edited()


def _choices(agreed: Agreed, own: Sequence[Wording]) -> list[tuple[Any, str]]:
    reword, add = say("contracts", "Reword: %1"), say("contracts", "Add: %1")
    return [
        *((clause.key, reword.replace("%1", clause.title)) for clause in agreed.clauses),
        *((clause.key, add.replace("%1", clause.title)) for clause in drafts.offered(agreed)),
        *((clause.key, add.replace("%1", clause.title)) for clause in own),
        (OWN, say("contracts", "Add a clause of your own")),
    ]


class WordingPage(WizardPage):
    """The text, and live what differs from the one before; another clause can be taken on from here."""

    def __init__(self, agreed: Agreed) -> None:
        super().__init__(problem_words())
        self._agreed, self._is_done = agreed, False
        self._draft: AmendmentDraft | None = None
        text = self.field("text", Field(self.tr("Text of the clause"), LongTextEdit(optional=False, lines=9)))
        self._difference = DifferenceView(self.tr("What changes"))
        title = Label(self.tr("What changes"), "label", "2")
        self._below = holder(column(title, self._difference, gap=5))
        self.another = Button(self.tr("Change another clause too"), "ghost", "plus", do=self._set_aside)
        self._nothing = Label("", "body", "2").wrap()
        self.lay_out(self._nothing, text, self._below, row(self.another, None), widest=820)

    def show_draft(self, draft: AmendmentDraft) -> None:
        """The text so far."""
        self.fields["text"].set_value(draft.text)
        self._show(draft)

    def read(self, draft: AmendmentDraft) -> AmendmentDraft:
        """What was typed; the clause with the others once it is done."""
        if not draft.key:
            return draft
        read = replace(draft, text=self.fields["text"].value())
        if self._is_done:
            self._is_done = False
            return drafts.set_aside(read, self._agreed)
        self._show(read)
        return read

    def check(self) -> bool:
        """Nothing has to be written where no further clause is chosen."""
        return self.fields["text"].isHidden() or super().check()

    def _show(self, draft: AmendmentDraft) -> None:
        self._draft = draft
        before = drafts.chosen(draft, self._agreed)
        self._below.setVisible(before is not None)
        self.fields["text"].setVisible(bool(draft.key))
        titles = ", ".join(clause.title for clause in draft.more)
        self._nothing.setText(self.tr("Worded so far: %1").replace("%1", titles))
        self._nothing.setVisible(bool(titles))
        if before is not None:
            self._difference.show_pieces(drafts.difference(before.text, draft.text))

    def _set_aside(self) -> None:
        if self._draft is None:
            return
        found = drafts.amendment_problems(self._agreed, self._draft, "wording")
        if found:
            self.show_problems(found)
            return
        self._is_done = bool(self._draft.key)
        self.edited()
        self.wanted.emit("clause")


class AmendPlan(Plan):
    """Clauses are worded anew or added."""

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
        return {
            "clause": partial(ClausePage, facts, context, known.deal.id),
            "wording": partial(WordingPage, facts),
            "review": review,
        }

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: Agreed, draft: AmendmentDraft) -> str:
        """With the version."""
        return say("contracts", "Make version %1 of the contract").replace("%1", str(facts.version + 1))

    def work(self, facts: Agreed, draft: AmendmentDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        clauses = drafts.clauses_of(draft)
        if len(clauses) == 1:
            one = clauses[0]
            return lambda session: service.amend_contract(session, deal_id, on=draft.on, clause=one.key, text=one.text)
        return lambda session: service.amend_contract(session, deal_id, on=draft.on, clauses=clauses)

    def said(self, facts: Agreed, draft: AmendmentDraft, done: Any) -> str:
        """With the version."""
        return say("contracts", "Version %1 of the contract is made").replace("%1", str(facts.version + 1))

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The contract."""
        return Route("contract", deal_id)


def _sentences(agreed: Agreed, draft: AmendmentDraft, _foreseen: Sequence[Any]) -> list[Sentence]:
    made = say("contracts", "Version %1 of contract %2 is made").replace("%1", str(agreed.version + 1))
    told = [Sentence(made.replace("%2", agreed.number), "contract", "accent", _titles(agreed, draft))]
    if agreed.signatures:
        words = QCoreApplication.translate("contracts", "%n signatures no longer count", None, agreed.signatures)
        told.append(Sentence(words, "warning", "warn", say("contracts", "Both sides sign the new version.")))
    told.append(Sentence(say("contracts", "A letter with the new version waits in the outbox"), "mail", "accent"))
    return told


def _titles(agreed: Agreed, draft: AmendmentDraft) -> str:
    """What is changed, by the titles of the clauses."""
    worded = drafts.worded(drafts.clauses_of(draft), agreed.language)
    return ", ".join(clause.title for clause in worded)
