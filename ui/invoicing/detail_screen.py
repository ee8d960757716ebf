"""An invoice or credit note: lines, what settles and corrects it, and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.invoicing.document import InvoiceKind
from app.pipeline import details, explaining, invoice_rewards
from app.pipeline.details import InvoiceDetail
from app.pipeline.invoice_rewards import InvoiceRewards
from app.pipeline.rules import Action as Verb
from ui import formats
from ui.context import AppContext
from ui.invoicing.goodwill import goodwill_dialog
from ui.invoicing.reward_rows import RewardsCard, reward_facts
from ui.invoicing.texts import kind_words, say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.document_page import DocumentPage, Fact
from ui.widgets.explanation_files import of_deal
from ui.widgets.price_card import PriceCard
from ui.widgets.reason_words import reason_text
from ui.widgets.state_words import state_text, state_tone
from ui.wizards.line_table import quantity_text


def screen(context: AppContext, route: Route) -> QWidget:
    """The invoice or credit note of the route."""
    return InvoiceScreen(context, route)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line as it is billed; `net` in minor units."""

    position: int
    name: str
    quantity: Decimal
    unit: str
    net: int


class InvoiceScreen(DocumentPage):
    """What is owed for what was received; or what corrects it."""

    kinds = frozenset({"invoice", "payment", "deal", "customer"})

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route, say("invoicing", "Paper"))
        self._found: InvoiceDetail | None = None
        self._rewards = InvoiceRewards()
        self.dialog: ActionDialog | None = None
        self.pay = self.verb(self.tr("Take a payment"), "payment", lambda: self._to("take-payment"))
        self.credit = self.verb(self.tr("Credit note"), "invoice", lambda: self._to("credit"))
        self.back = self.verb(self.tr("Take goods back"), "return", lambda: Route("return", self._deal_id()))
        self.goodwill = Action(self.tr("Give goodwill…"), self, self._give_goodwill, "star")
        self.deal = self.verb(self.tr("Open the deal"), "deals", lambda: Route("deal", self._deal_id()))
        self.lines = RowsCard(self.tr("Lines"), self._line_columns(), lambda row: row.position)
        self.uses = RowsCard(self.tr("Payments"), self._use_columns(), lambda row: (row.payment_id, row.amount))
        self.uses.opened.connect(lambda use: context.router.open(Route("payment", use.payment_id)))
        self.notes = RowsCard(self.tr("Credit notes"), self._note_columns(), lambda row: row.id)
        self.notes.opened.connect(lambda note: context.router.open(Route("invoice", note.id)))
        self.rewards = RewardsCard()
        self.rewards.opened.connect(lambda row: context.router.open(row.opens) if row.opens else None)
        self.prices = PriceCard(context)
        for card in (self.lines, self.prices, self.uses, self.notes, self.rewards):
            self.add_card(card)
        self.reload()

    def load(self, session: Any, route: Route) -> tuple[InvoiceDetail, InvoiceRewards]:
        """With its deal, and what it brought the customer."""
        found = details.of_invoice(session, int(route.id or 0), self._context.today())
        return found, invoice_rewards.of_invoice(session, found)

    def fill(self, read: tuple[InvoiceDetail, InvoiceRewards]) -> None:
        """Put it into the parts."""
        found, self._rewards = read
        self._found = found
        invoice, deal = found.invoice, found.view.deal
        is_note = invoice.kind is InvoiceKind.CREDIT_NOTE
        amount = self._money(-invoice.gross if is_note else invoice.gross)
        note = self.tr("with tax")
        if invoice.open > 0 and not is_note:
            note = self.tr("%1 is open").replace("%1", self._money(invoice.open))
        self.set_head(invoice.number, deal.title or deal.customer.name, self._state(found), amount, note)
        self.set_facts(self._facts_of(found))
        self._allow(found)
        self.set_verbs(
            [self.deal] if is_note else [self.pay, self.credit, self.back, self.goodwill, self.deal], [self.pay]
        )
        self.lines.set_rows(self._lines(found))
        self.prices.setVisible(not is_note)
        if not is_note:
            lines = explaining.lines_of_invoice(found)
            self.prices.show_lines(lines, deal.currency, deal.basis.prices_include_tax, of_deal(deal.id))
        self.uses.set_rows(found.uses)
        self.notes.set_rows(found.notes)
        self.rewards.show_rewards(found, self._rewards)
        self.show_paper(found.issued)

    def _deal_id(self) -> int | None:
        return self._found.view.deal.id if self._found else None

    def _to(self, kind: str) -> Route:
        place = self._found.place if self._found else 0
        return Route.to(kind, self._deal_id(), place=place)

    def _money(self, minor: int) -> str:
        return formats.money_text(minor, self._found.view.deal.currency if self._found else "EUR")

    def _is_overdue(self, found: InvoiceDetail) -> bool:
        is_invoice = found.invoice.kind is InvoiceKind.INVOICE
        return is_invoice and found.invoice.open > 0 and found.invoice.due_on < self._context.today()

    def _state(self, found: InvoiceDetail) -> tuple[str, str]:
        if found.invoice.kind is InvoiceKind.CREDIT_NOTE:
            return kind_words("credit_note"), "neutral"
        state = "overdue" if self._is_overdue(found) else found.invoice.state.value
        return state_text("invoice", state), state_tone("invoice", state)

    def _facts_of(self, found: InvoiceDetail) -> list[Fact]:
        invoice, deal = found.invoice, found.view.deal
        facts = [
            Fact(self.tr("Customer"), deal.customer.name, Route("customer", deal.customer_id)),
            Fact(self.tr("Deal"), deal.number, Route("deal", deal.id)),
            Fact(self.tr("Issued on"), formats.date_text(invoice.issued_on)),
        ]
        if found.corrects is not None:
            facts.append(Fact(self.tr("Corrects"), found.corrects.number, Route("invoice", found.corrects.id)))
            if invoice.reason:
                facts.append(Fact(self.tr("Reason"), invoice.reason))
        else:
            facts.append(self._due(found))
        totals = invoice.figures.totals
        if totals.discounts:
            facts.append(Fact(self.tr("Discounts"), self._money(-totals.discounts)))
        if totals.charges:
            facts.append(Fact(self.tr("Charges"), self._money(totals.charges)))
        facts.append(Fact(self.tr("Net"), self._money(totals.net)))
        facts.append(Fact(self.tr("Tax"), self._money(totals.tax)))
        if invoice.prepaid:
            facts.append(Fact(self.tr("Paid by deposit"), self._money(invoice.prepaid)))
        return facts + reward_facts(found, self._rewards, self._context.today())

    def _due(self, found: InvoiceDetail) -> Fact:
        due = formats.date_text(found.invoice.due_on)
        if not self._is_overdue(found):
            return Fact(self.tr("Due on"), due)
        days = (self._context.today() - found.invoice.due_on).days
        return Fact(self.tr("Due on"), f"{due} · {self.tr('%n days ago', None, days)}", tone="bad")

    def _allow(self, found: InvoiceDetail) -> None:
        standing = found.view.standing
        reason = reason_text(standing, Verb.PAY) or (
            "" if found.invoice.open > 0 else self.tr("Nothing of it is open.")
        )
        self.pay.allow(not reason, reason)
        left = found.invoice.credited < found.invoice.gross
        reason = reason_text(standing, Verb.CREDIT) or ("" if left else self.tr("All of it is credited already."))
        self.credit.allow(not reason, reason)
        reason = reason_text(standing, Verb.RETURN)
        self.back.allow(not reason, reason)
        reason = "" if self._rewards.goodwill_most else self.tr("All of it is credited already.")
        self.goodwill.allow(not reason, reason)

    def _give_goodwill(self) -> None:
        if self._found is not None:
            self.dialog = goodwill_dialog(self._context, self, self._found, self._rewards.goodwill_most)
            self.dialog.open()

    def _lines(self, found: InvoiceDetail) -> list[BilledLine]:
        figures, sold = found.invoice.figures, found.view.quote.offer.lines
        rows = zip(figures.positions, figures.quantities, figures.assembled.lines, strict=True)
        return [BilledLine(p, sold[p - 1].name, quantity, sold[p - 1].unit, line.net) for p, quantity, line in rows]

    def _line_columns(self) -> list[Column]:
        return [
            Column(title=self.tr("Item"), text=lambda row: row.name),
            Column(
                title=self.tr("Quantity"),
                text=lambda row: quantity_text(row.quantity or None, row.unit),
                align="right",
                width=110,
            ),
            Column(
                title=self.tr("Net"), text=lambda row: self._money(row.net), align="right", width=130, look="strong"
            ),
        ]

    def _use_columns(self) -> list[Column]:
        return [
            Column(title=self.tr("Payment"), text=lambda row: row.payment),
            Column(title=self.tr("On"), text=lambda row: formats.date_text(row.on), align="right", width=130),
            Column(
                title=self.tr("Amount"),
                text=lambda row: self._money(row.amount),
                align="right",
                width=130,
                look="strong",
            ),
        ]

    def _note_columns(self) -> list[Column]:
        return [
            Column(title=self.tr("Credit note"), text=lambda row: row.number, below=lambda row: row.reason),
            Column(title=self.tr("On"), text=lambda row: formats.date_text(row.issued_on), align="right", width=130),
            Column(
                title=self.tr("Amount"),
                text=lambda row: self._money(-row.gross),
                align="right",
                width=130,
                look="strong",
            ),
        ]
