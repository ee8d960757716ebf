"""The wizard for a credit without goods: of some lines of an invoice, or of an amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.delivery.draft import OpenLine, Picked
from app.invoicing import draft as drafts
from app.invoicing.draft import CreditDraft, ToCredit
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.promises import Promise, after_note, promised_after_note, promises_of
from app.pipeline.rules import Action
from ui import formats
from ui.context import AppContext
from ui.invoicing.reward_rows import taken_back_words
from ui.invoicing.texts import say
from ui.routes import Route
from ui.tables.column import LineColumn
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LongTextEdit
from ui.widgets.layout import row
from ui.widgets.number_edits import MoneyEdit, QuantityEdit
from ui.wizards.deal_wizard import DealWizard, Plan
from ui.wizards.line_table import LineTable, quantity_text
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


def screen(context: AppContext, route: Route) -> QWidget:
    """`Route.to("credit", deal_id, place=2)` credits the deal's second invoice."""
    return DealWizard(context, route, CreditPlan(), say("invoicing", "Credit note"))


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A line of the invoice with what is credited of it."""

    line: OpenLine
    quantity: Decimal | None


class CreditPage(WizardPage):
    """Which invoice, an amount or lines, and what for."""

    def __init__(self, invoices: ToCredit, context: AppContext) -> None:
        super().__init__(problem_words(invoices.currency))
        self._invoices, self._words = invoices, problem_words(invoices.currency)
        choices = [(item.place, _invoice_words(item, invoices.currency)) for item in invoices.invoices]
        which = self.field("place", Field(self.tr("Invoice"), Choice(choices), width=380))
        ways = [(True, self.tr("An amount with tax")), (False, self.tr("Some of its lines"))]
        way = self.field("by_amount", Field(self.tr("What is credited"), Choice(ways), width=260))
        self._amount = self.field(
            "amount", Field(self.tr("Amount"), MoneyEdit(invoices.currency, optional=True), optional=False, width=220)
        )
        on = self.field("on", Field(self.tr("Date of the credit note"), DateEdit(today=context.today), width=220))
        hint = self.tr("Printed on the credit note.")
        reason = self.field("reason", Field(self.tr("Reason"), LongTextEdit(optional=False, lines=2), hint=hint))
        self.table = LineTable(self.tr("Lines"), self.tr("No goods move"), _columns(), {"quantity": 2})
        self.table.edited.connect(self.edited)
        self.lay_out(row(which, way, None, gap=16), self._amount, self.table, row(on, reason, gap=16))

    def show_draft(self, draft: CreditDraft) -> None:
        """What was typed so far."""
        for name in ("place", "by_amount", "amount", "on", "reason"):
            self.fields[name].set_value(getattr(draft, name))
        self._show_lines(draft)

    def read(self, draft: CreditDraft) -> CreditDraft:
        """What was typed."""
        chosen = drafts.choose_invoice(self._invoices, draft, self.fields["place"].value())
        if chosen is draft:
            rows = self.table.rows()
            chosen = replace(draft, lines=tuple(Picked(item.line.position, item.quantity) for item in rows))
        found = {name: self.fields[name].value() for name in ("by_amount", "amount", "reason")}
        read = replace(chosen, **found, on=self.fields["on"].value() or draft.on)
        self._show_lines(read)
        return read

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In the cells."""
        return self.table.mark(self.fields.mark(problems), self._words)

    def _show_lines(self, draft: CreditDraft) -> None:
        self._amount.setVisible(draft.by_amount)
        self.table.setVisible(not draft.by_amount)
        chosen = self._invoices.invoice(draft.place)
        lines = {line.position: line for line in chosen.lines} if chosen else {}
        self.table.set_rows([CreditRow(lines[i.position], i.quantity) for i in draft.lines if i.position in lines])


def _invoice_words(item: drafts.Creditable, currency: str) -> str:
    left = say("invoicing", "%1 can be credited").replace("%1", formats.money_text(item.left, currency))
    return f"{item.number} · {left}"


def _columns() -> list[LineColumn]:
    return [
        LineColumn(title=say("invoicing", "Item"), text=lambda r: r.line.name, below=lambda r: r.line.sku),
        LineColumn(
            title=say("invoicing", "Left to credit"),
            align="right",
            width=180,
            text=lambda r: quantity_text(r.line.open, r.line.unit),
        ),
        LineColumn(
            title=say("invoicing", "To credit"),
            align="right",
            width=140,
            look="strong",
            text=lambda r: quantity_text(r.quantity, r.line.unit),
            read=lambda r: r.quantity,
            write=lambda r, value: replace(r, quantity=value),
            editor=lambda: QuantityEdit(optional=True),
        ),
    ]


class CreditPlan(Plan):
    """A credit note without goods."""

    kind = "credit"
    draft = CreditDraft
    action = Action.CREDIT
    kinds = frozenset({"deal", "invoice", "revenue", "outbox", "payment"})

    def load(self, session: Any, known: Facts, route: Route) -> ToCredit:
        """The invoices of which something can be credited."""
        return openings.credit(session, known)

    def begin(self, facts: ToCredit, known: Facts, context: AppContext, route: Route) -> CreditDraft:
        """The invoice of the route, else the newest."""
        place = route.get("place")
        return drafts.begin_credit(facts, context.today(), None if place is None else int(place))

    def fit(self, facts: ToCredit, draft: CreditDraft) -> CreditDraft:
        """Over what can be credited now."""
        return drafts.fit_credit(facts, draft)

    def steps(self, draft: CreditDraft) -> Sequence[str]:
        """Credit, review."""
        return drafts.credit_steps(draft)

    def problems(self, facts: ToCredit, draft: CreditDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.credit_problems(facts, draft, step)

    def pages(self, facts: ToCredit, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        title, nothing = say("invoicing", "Credit note"), say("invoicing", "There is no credit note to show.")
        told = partial(_sentences, _promises(context, known.deal.id))
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"credit": partial(CreditPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return say("invoicing", "Credit") if step == "credit" else say("invoicing", "Review")

    def commit_words(self, facts: ToCredit, draft: CreditDraft) -> str:
        """With the invoice."""
        chosen = facts.invoice(draft.place)
        return say("invoicing", "Issue the credit note for %1").replace("%1", chosen.number if chosen else "")

    def work(self, facts: ToCredit, draft: CreditDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.credit(
            session,
            deal_id,
            on=draft.on,
            invoice_index=draft.place or 0,
            quantities=drafts.credited(draft),
            amount=draft.amount if draft.by_amount else None,
            reason=draft.reason,
        )

    def said(self, facts: ToCredit, draft: CreditDraft, done: Any) -> str:
        """With its number."""
        return say("invoicing", "Credit note %1 is issued").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The credit note."""
        from app.invoicing import queries

        return Route("invoice", next(i.id for i in queries.of_deal(session, deal_id) if i.number == done.numbers[0]))


def _promises(context: AppContext, deal_id: int) -> Mapping[str, Promise]:
    """What the deal's invoices promised, by their numbers."""
    from app.invoicing import queries

    with context.store.read() as session:
        return {item.number: item for item in promises_of(session, queries.of_deal(session, deal_id))}


def _taken_back(promise: Promise | None, note: Any) -> list[Sentence]:
    """What of the cashback and points of its invoice goes back with a credit note."""
    if promise is None:
        return []
    totals = note.totals
    change = after_note(promise, totals.gross, totals.rounding)
    less = promise.cashback.promised - promised_after_note(promise, totals.gross, totals.rounding)
    words = taken_back_words(less, -change.cashback, -change.points, note.heading.currency)
    return [Sentence(text, "wallet", "warn") for text in words]


def _sentences(promises: Mapping[str, Promise], _draft: CreditDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    (note,) = [item.document for item in foreseen]
    amounts = [formats.money_text(minor, note.heading.currency) for minor in (note.totals.gross, note.totals.net)]
    words = (
        say("invoicing", "Credit note %1 over %2 corrects invoice %3")
        .replace("%1", note.number)
        .replace("%2", amounts[0])
    )
    back = say("invoicing", "%1 of revenue is taken back.").replace("%1", amounts[1])
    lowered = say("invoicing", "What is open of the invoice is lowered; what was paid already becomes customer credit")
    return [
        Sentence(words.replace("%3", note.corrects), "invoice", "accent", back),
        Sentence(lowered, "wallet", "ok"),
        *_taken_back(promises.get(note.corrects), note),
        Sentence(say("invoicing", "No goods move"), "stock", "neutral"),
        Sentence(say("invoicing", "A letter with the credit note waits in the outbox"), "mail", "accent"),
    ]
