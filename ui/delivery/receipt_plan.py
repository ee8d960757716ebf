"""The wizard in which the customer's confirmation of receipt is noted, line by line, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.delivery import draft as drafts
from app.delivery.draft import ConfirmedLine, OpenLine, ReceiptDraft, ToConfirm
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui.context import AppContext
from ui.delivery.texts import billed, say, step_words
from ui.routes import Route
from ui.tables.column import LineColumn
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import row
from ui.widgets.number_edits import QuantityEdit
from ui.wizards.deal_wizard import Plan
from ui.wizards.line_table import LineTable, quantity_text
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence

_PLACES = {"accepted": 2, "damaged": 3, "missing": 4, "refused": 5}


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A line in transit with what is confirmed of it."""

    line: OpenLine
    said: ConfirmedLine

    @property
    def left(self) -> Decimal:
        """What stays in transit."""
        return drafts.left_in_transit(self.line, self.said)


def _outcome(name: str, title: str, width: int) -> LineColumn:
    return LineColumn(
        title=title,
        align="right",
        width=width,
        look="strong" if name == "accepted" else "text",
        text=lambda r: quantity_text(getattr(r.said, name) or None, r.line.unit),
        read=lambda r: getattr(r.said, name),
        write=lambda r, value: replace(r, said=replace(r.said, **{name: value})),
        editor=lambda: QuantityEdit(optional=True),
    )


def _left_text(found: ReceiptRow) -> str:
    if found.left == 0:
        return say("delivery", "All said")
    if found.left < 0:
        return say("delivery", "%1 too many").replace("%1", quantity_text(-found.left))
    return say("delivery", "%1 to come").replace("%1", quantity_text(found.left))


def _left_tone(found: ReceiptRow) -> str:
    return "ok" if found.left == 0 else "bad" if found.left < 0 else "accent"


class ReceiptPage(WizardPage):
    """What arrived of each line: accepted, damaged, missing, refused."""

    def __init__(self, goods: ToConfirm, context: AppContext) -> None:
        super().__init__(problem_words())
        self._goods, self._words = goods, problem_words()
        on = self.field("on", Field(self.tr("Day of receipt"), DateEdit(today=context.today), width=220))
        by = self.field("by", Field(self.tr("Confirmed by"), TextEdit(optional=True, longest=120), width=320))
        columns = [
            LineColumn(title=self.tr("Item"), text=lambda r: r.line.name, below=lambda r: r.line.sku),
            LineColumn(
                title=self.tr("In transit"),
                align="right",
                width=100,
                text=lambda r: quantity_text(r.line.open, r.line.unit),
            ),
            _outcome("accepted", self.tr("Accepted"), 112),
            _outcome("damaged", self.tr("Damaged"), 110),
            _outcome("missing", self.tr("Missing"), 80),
            _outcome("refused", self.tr("Refused"), 104),
            LineColumn(title=self.tr("Left"), width=120, look="badge", text=_left_text, tone=_left_tone),
        ]
        note = ", ".join(goods.deliveries)
        self.table = LineTable(self.tr("What arrived"), note, columns, _PLACES)
        self.table.edited.connect(self.edited)
        self.lay_out(row(on, by, None, gap=16), self.table)

    def show_draft(self, draft: ReceiptDraft) -> None:
        """What was said so far."""
        self.fields["on"].set_value(draft.on)
        self.fields["by"].set_value(draft.by)
        lines = {line.position: line for line in self._goods.lines}
        self.table.set_rows([ReceiptRow(lines[item.position], item) for item in draft.lines])

    def read(self, draft: ReceiptDraft) -> ReceiptDraft:
        """What was typed."""
        lines = tuple(row.said for row in self.table.rows())
        return replace(draft, on=self.fields["on"].value() or draft.on, by=self.fields["by"].value(), lines=lines)

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In the cells."""
        return self.table.mark(self.fields.mark(problems), self._words)

    def first_input(self) -> QWidget:
        """The first quantity."""
        return self.table.first()


class ReceiptPlan(Plan):
    """The customer confirms receipt."""

    kind = "confirm-receipt"
    draft = ReceiptDraft
    action = Action.CONFIRM_RECEIPT
    kinds = frozenset({"deal", "delivery", "invoice", "revenue", "outbox", "payment"})

    def load(self, session: Any, known: Facts, route: Route) -> ToConfirm:
        """What is in transit; of one delivery if the route names it."""
        return openings.receipt(session, known, str(route.get("delivery", "")))

    def begin(self, facts: ToConfirm, known: Facts, context: AppContext, route: Route) -> ReceiptDraft:
        """Everything arrived."""
        return drafts.begin_receipt(facts, context.today())

    def fit(self, facts: ToConfirm, draft: ReceiptDraft) -> ReceiptDraft:
        """Over the lines in transit now."""
        return drafts.fit_receipt(facts, draft)

    def steps(self, draft: ReceiptDraft) -> Sequence[str]:
        """Lines, review."""
        return drafts.receipt_steps(draft)

    def problems(self, facts: ToConfirm, draft: ReceiptDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.receipt_problems(facts, draft, step)

    def pages(self, facts: ToConfirm, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """Two pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        nothing = say("delivery", "Nothing is accepted, so there is nothing to invoice.")
        told = partial(_sentences, facts)
        title = say("delivery", "Invoice")
        review = partial(ReviewPage, context, known.deal.id, work, told, title, nothing)
        return {"lines": partial(ReceiptPage, facts, context), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: ToConfirm, draft: ReceiptDraft) -> str:
        """Says whether an invoice follows."""
        if any(said.accepted for said in drafts.confirmed(draft).values()):
            return say("delivery", "Confirm receipt and issue the invoice")
        return say("delivery", "Confirm that nothing was accepted")

    def work(self, facts: ToConfirm, draft: ReceiptDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.confirm_receipt(
            session,
            deal_id,
            on=draft.on,
            by=draft.by,
            delivery_index=facts.place,
            lines=drafts.confirmed(draft),
        )

    def said(self, facts: ToConfirm, draft: ReceiptDraft, done: Any) -> str:
        """With the invoice's number."""
        if not done.numbers:
            return say("delivery", "Receipt is noted; nothing was accepted")
        return say("delivery", "Receipt is confirmed, invoice %1 is issued").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The invoice, or the deal."""
        return invoice_route(session, done.numbers, deal_id)


def invoice_route(session: Any, numbers: Sequence[str], deal_id: int) -> Route:
    """Where the first of these invoices or credit notes is shown; the deal without any."""
    from app.invoicing import queries

    found = [item.id for item in queries.of_deal(session, deal_id) if item.number in numbers]
    return Route("invoice", found[0]) if found else Route("deal", deal_id)


def _sentences(goods: ToConfirm, draft: ReceiptDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    told = list(billed(foreseen))
    rows = [ReceiptRow(line, item) for line, item in zip(goods.lines, draft.lines, strict=True)]
    lost = [r for r in rows if (r.said.damaged or 0) + (r.said.missing or 0) > 0]
    refused = [r for r in rows if (r.said.refused or 0) > 0]
    if lost:
        words = say("delivery", "Damaged and missing goods are written off")
        told.append(Sentence(words, "warning", "bad", _names(lost)))
    if refused:
        words = say("delivery", "Refused goods come back onto the shelf")
        told.append(Sentence(words, "return", "warn", _names(refused)))
    if lost or refused:
        again = say("delivery", "What was not accepted is open again and can be dispatched")
        told.append(Sentence(again, "delivery", "neutral"))
    waiting = [r for r in rows if r.left > 0]
    if waiting:
        words = say("delivery", "The rest stays in transit")
        told.append(Sentence(words, "clock", "neutral", _names(waiting)))
    return told


def _names(rows: Sequence[ReceiptRow]) -> str:
    return ", ".join(row.line.name for row in rows)
