"""The wizard in which goods come back: what, why, whether onto the shelf, and the credit notes that follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.delivery.draft import Picked, quantities
from app.invoicing import draft as drafts
from app.invoicing.draft import ReturnDraft, ToReturn
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.delivery.dispatch_plan import PickRow, pick_columns
from ui.delivery.receipt_plan import invoice_route
from ui.delivery.texts import money, say, step_words
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import LongTextEdit, Tick
from ui.widgets.layout import row
from ui.wizards.deal_wizard import Plan
from ui.wizards.line_table import LineTable
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


class ReturnPage(WizardPage):
    """Quantities that come back, the reason, and where the goods go."""

    def __init__(self, goods: ToReturn, context: AppContext) -> None:
        super().__init__(problem_words())
        self._goods, self._words = goods, problem_words()
        on = self.field("on", Field(self.tr("Day of return"), DateEdit(today=context.today), width=220))
        hint = self.tr("Printed on the credit note.")
        reason = self.field("reason", Field(self.tr("Reason"), LongTextEdit(optional=False, lines=2), hint=hint))
        self.restock = Tick(self.tr("Put the goods back on the shelf; without it they are written off"))
        self.restock.value_changed.connect(self.edited)
        columns = pick_columns(self.tr("With the customer"), self.tr("Comes back"))
        self.table = LineTable(self.tr("Goods"), self.tr("Enter moves down"), columns, {"quantity": 3})
        self.table.edited.connect(self.edited)
        self.lay_out(self.table, row(on, reason, gap=16), self.restock)

    def show_draft(self, draft: ReturnDraft) -> None:
        """What was typed so far."""
        self.fields["on"].set_value(draft.on)
        self.fields["reason"].set_value(draft.reason)
        self.restock.set_value(draft.restock)
        lines = {line.position: line for line in self._goods.lines}
        self.table.set_rows([PickRow(lines[item.position], item.quantity) for item in draft.lines])

    def read(self, draft: ReturnDraft) -> ReturnDraft:
        """What was typed."""
        return replace(
            draft,
            on=self.fields["on"].value() or draft.on,
            reason=self.fields["reason"].value(),
            restock=self.restock.value(),
            lines=tuple(Picked(row.line.position, row.quantity) for row in self.table.rows()),
        )

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In the cells."""
        return self.table.mark(self.fields.mark(problems), self._words)

    def first_input(self) -> QWidget:
        """The first quantity."""
        return self.table.first()


class ReturnPlan(Plan):
    """Goods come back."""

    kind = "return"
    draft = ReturnDraft
    action = Action.RETURN
    kinds = frozenset({"deal", "delivery", "invoice", "revenue", "outbox", "payment"})

    def load(self, session: Any, known: Facts, route: Route) -> ToReturn:
        """What can come back."""
        return openings.goods_back(session, known)

    def begin(self, facts: ToReturn, known: Facts, context: AppContext, route: Route) -> ReturnDraft:
        """Nothing yet."""
        return drafts.begin_return(facts, context.today())

    def fit(self, facts: ToReturn, draft: ReturnDraft) -> ReturnDraft:
        """Over what can come back now."""
        return drafts.fit_return(facts, draft)

    def steps(self, draft: ReturnDraft) -> Sequence[str]:
        """Goods, review."""
        return drafts.return_steps(draft)

    def problems(self, facts: ToReturn, draft: ReturnDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.return_problems(facts, draft, step)

    def pages(self, facts: ToReturn, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        title, nothing = say("delivery", "Credit note"), say("delivery", "There is no credit note to show.")
        review = partial(ReviewPage, context, known.deal.id, work, _sentences, title, nothing)
        return {"goods": partial(ReturnPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: ToReturn, draft: ReturnDraft) -> str:
        """A credit note follows."""
        return say("delivery", "Take back and issue the credit note")

    def work(self, facts: ToReturn, draft: ReturnDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.return_goods(
            session,
            deal_id,
            on=draft.on,
            quantities=quantities(draft.lines),
            reason=draft.reason,
            restock=draft.restock,
        )

    def said(self, facts: ToReturn, draft: ReturnDraft, done: Any) -> str:
        """With the numbers."""
        return say("delivery", "Taken back; credit note %1 is issued").replace("%1", ", ".join(done.numbers))

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The credit note."""
        return invoice_route(session, done.numbers, deal_id)


def _sentences(draft: ReturnDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    told = []
    for item in foreseen:
        note = item.document
        words = say("delivery", "Credit note %1 over %2 corrects invoice %3").replace("%1", note.number)
        words = words.replace("%2", money(note.totals.gross, note.heading)).replace("%3", note.corrects)
        back = say("delivery", "%1 of revenue is taken back.").replace("%1", money(note.totals.net, note.heading))
        told.append(Sentence(words, "invoice", "accent", back))
    lowered = say("delivery", "What is open of the invoice is lowered; what was paid already becomes customer credit")
    told.append(Sentence(lowered, "wallet", "ok"))
    if draft.restock:
        told.append(Sentence(say("delivery", "The goods go back on the shelf"), "stock", "neutral"))
    else:
        told.append(Sentence(say("delivery", "The goods are written off"), "warning", "bad"))
    told.append(Sentence(say("delivery", "A letter with the credit note waits in the outbox"), "mail", "accent"))
    return told
