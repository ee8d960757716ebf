"""The wizard that lets goods leave: what is picked, how it travels, and the delivery note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.delivery import draft as drafts
from app.delivery.draft import DispatchDraft, OpenLine, Picked, ToDispatch
from app.pipeline import fulfilment, openings
from app.pipeline.facts import Facts
from app.pipeline.rules import Action
from ui import formats
from ui.context import AppContext
from ui.delivery.texts import say, step_words
from ui.routes import Route
from ui.tables.column import LineColumn
from ui.widgets.banner import Banner
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import LongTextEdit, TextEdit
from ui.widgets.number_edits import QuantityEdit
from ui.wizards.deal_wizard import Plan
from ui.wizards.line_table import LineTable, quantity_text
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence


@dataclass(frozen=True, slots=True)
class PickRow:
    """A line of the contract with what is picked of it."""

    line: OpenLine
    quantity: Decimal | None


def pick_columns(open_title: str, quantity_title: str) -> list[LineColumn]:
    """Item, ordered, what is open, and the quantity that is typed."""
    return [
        LineColumn(title=say("delivery", "Item"), text=lambda r: r.line.name, below=lambda r: r.line.sku),
        LineColumn(
            title=say("delivery", "Ordered"),
            align="right",
            width=110,
            text=lambda r: quantity_text(r.line.ordered, r.line.unit),
        ),
        LineColumn(title=open_title, align="right", width=150, text=lambda r: quantity_text(r.line.open, r.line.unit)),
        LineColumn(
            title=quantity_title,
            align="right",
            width=130,
            look="strong",
            text=lambda r: quantity_text(r.quantity, r.line.unit),
            read=lambda r: r.quantity,
            write=lambda r, value: replace(r, quantity=value),
            editor=lambda: QuantityEdit(optional=True),
        ),
    ]


class GoodsPage(WizardPage):
    """Quantities beside the open lines."""

    def __init__(self, goods: ToDispatch, context: AppContext) -> None:
        super().__init__(problem_words(goods.currency))
        self._goods = goods
        self._words = problem_words(goods.currency)
        on = self.field("on", Field(self.tr("Day of dispatch"), DateEdit(today=context.today), width=220))
        columns = pick_columns(self.tr("Open"), self.tr("To dispatch"))
        self.table = LineTable(self.tr("Goods"), self.tr("Enter moves down"), columns, {"quantity": 3})
        self.table.edited.connect(self.edited)
        self.lay_out(on, self.table)

    def show_draft(self, draft: DispatchDraft) -> None:
        """Quantities by line."""
        self.fields["on"].set_value(draft.on)
        lines = {line.position: line for line in self._goods.lines}
        self.table.set_rows([PickRow(lines[item.position], item.quantity) for item in draft.lines])

    def read(self, draft: DispatchDraft) -> DispatchDraft:
        """What was typed."""
        picked = tuple(Picked(row.line.position, row.quantity) for row in self.table.rows())
        return replace(draft, on=self.fields["on"].value() or draft.on, lines=picked)

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In the cells."""
        return self.table.mark(self.fields.mark(problems), self._words)

    def first_input(self) -> QWidget:
        """The first quantity."""
        return self.table.first()


class ShippingPage(WizardPage):
    """Carrier and tracking; and the reason, where the agreed money is missing."""

    def __init__(self, goods: ToDispatch) -> None:
        super().__init__(problem_words(goods.currency))
        carrier = self.field("carrier", Field(self.tr("Carrier"), TextEdit(optional=True, longest=80)))
        hint = self.tr("Printed on the delivery note.")
        tracking = self.field(
            "tracking", Field(self.tr("Tracking number"), TextEdit(optional=True, longest=80), hint=hint)
        )
        words = self.tr("Why it leaves before it is paid")
        override = self.field("override", Field(words, LongTextEdit(optional=True, lines=3), optional=False))
        override.setVisible(bool(goods.missing))
        warning = Banner(_missing(goods), "warning", "warn")
        warning.setVisible(bool(goods.missing))
        self.lay_out(warning, carrier, tracking, override, widest=560)

    def show_draft(self, draft: DispatchDraft) -> None:
        """The words so far."""
        for name in ("carrier", "tracking", "override"):
            self.fields[name].set_value(getattr(draft, name))

    def read(self, draft: DispatchDraft) -> DispatchDraft:
        """What was typed."""
        return replace(draft, **{name: self.fields[name].value() for name in ("carrier", "tracking", "override")})


def _missing(goods: ToDispatch) -> str:
    amount = formats.money_text(goods.missing, goods.currency)
    if goods.prepaid:
        return say("delivery", "Prepayment is agreed, and %1 of it is missing.").replace("%1", amount)
    return say("delivery", "A deposit is agreed, and %1 of it is missing.").replace("%1", amount)


class DispatchPlan(Plan):
    """Goods leave."""

    kind = "dispatch"
    draft = DispatchDraft
    action = Action.DISPATCH
    kinds = frozenset({"deal", "delivery"})

    def load(self, session: Any, known: Facts, route: Route) -> ToDispatch:
        """What is open, and the money."""
        return openings.dispatch(session, known)

    def begin(self, facts: ToDispatch, known: Facts, context: AppContext, route: Route) -> DispatchDraft:
        """Everything that is open, today."""
        return drafts.begin_dispatch(facts, context.today())

    def fit(self, facts: ToDispatch, draft: DispatchDraft) -> DispatchDraft:
        """Over the lines that are open now."""
        return drafts.fit_dispatch(facts, draft)

    def steps(self, draft: DispatchDraft) -> Sequence[str]:
        """Goods, shipping, review."""
        return drafts.dispatch_steps(draft)

    def problems(self, facts: ToDispatch, draft: DispatchDraft, step: str) -> Sequence[Problem]:
        """Of the draft."""
        return drafts.dispatch_problems(facts, draft, step)

    def pages(self, facts: ToDispatch, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """The three pages."""
        work = partial(self.work, facts, deal_id=known.deal.id)
        nothing = say("delivery", "The delivery note cannot be shown.")
        review = partial(
            ReviewPage, context, known.deal.id, work, _sentences, say("delivery", "Delivery note"), nothing
        )
        return {"goods": partial(GoodsPage, facts, context), "shipping": partial(ShippingPage, facts), "review": review}

    def title(self, step: str) -> str:
        """Of a step."""
        return step_words(step)

    def commit_words(self, facts: ToDispatch, draft: DispatchDraft) -> str:
        """Says whether something stays behind."""
        picked = drafts.quantities(draft.lines)
        if all(picked.get(line.position) == line.open for line in facts.lines):
            return say("delivery", "Dispatch everything that is open")
        return say("delivery", "Dispatch these goods")

    def work(self, facts: ToDispatch, draft: DispatchDraft, deal_id: int) -> Callable[[Any], Any]:
        """The command."""
        return lambda session: fulfilment.dispatch(
            session,
            deal_id,
            on=draft.on,
            quantities=drafts.quantities(draft.lines),
            carrier=draft.carrier,
            tracking=draft.tracking,
            override=draft.override if facts.missing else "",
        )

    def said(self, facts: ToDispatch, draft: DispatchDraft, done: Any) -> str:
        """With its number."""
        return say("delivery", "Delivery %1 is on its way").replace("%1", done.numbers[0])

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """The delivery."""
        from app.delivery import queries

        found = next(item for item in queries.of_deal(session, deal_id) if item.number == done.numbers[0])
        return Route("delivery", found.id)


def _sentences(_draft: DispatchDraft, foreseen: Sequence[Any]) -> list[Sentence]:
    (note,) = [item.document for item in foreseen]
    made = say("delivery", "Delivery note %1 is made").replace("%1", note.number)
    remaining = [line for line in note.lines if line.remaining > 0]
    told = [
        Sentence(made, "delivery", "accent"),
        Sentence(say("delivery", "The goods are in transit until the customer confirms receipt"), "clock", "neutral"),
        Sentence(say("delivery", "Nothing is invoiced and no revenue is earned yet"), "info", "neutral"),
    ]
    for line in remaining:
        left = say("delivery", "%1 of %2 stays to be dispatched").replace("%2", line.name)
        told.append(Sentence(left.replace("%1", quantity_text(line.remaining, line.unit)), "package-check", "warn"))
    return told
