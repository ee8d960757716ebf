"""A payment or refund: what it settled, what is left of it, and its receipt."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.pipeline import details
from app.pipeline.details import PaymentDetail
from app.pipeline.rules import Action as Verb
from ui import formats
from ui.context import AppContext
from ui.payments.texts import method_words, say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.document_page import DocumentPage, Fact
from ui.widgets.reason_words import reason_text
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The payment of the route."""
    return PaymentScreen(context, route)


class PaymentScreen(DocumentPage):
    """Money in or out."""

    kinds = frozenset({"payment", "invoice", "deal"})

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route, say("payments", "Payment receipt"))
        self._found: PaymentDetail | None = None
        self.deal = self.verb(self.tr("Open the deal"), "deals", lambda: Route("deal", self._deal_id()))
        self.refund = self.verb(self.tr("Pay back"), "return", lambda: Route("refund", self._deal_id()))
        self.again = self.verb(
            self.tr("Take another payment"), "payment", lambda: Route("take-payment", self._deal_id())
        )
        self.uses = RowsCard(self.tr("What it settled"), self._columns(), lambda row: row.invoice_id)
        self.uses.opened.connect(lambda use: context.router.open(Route("invoice", use.invoice_id)))
        self.add_card(self.uses)
        self.reload()

    def load(self, session: Any, route: Route) -> PaymentDetail:
        """With its deal."""
        return details.of_payment(session, int(route.id or 0), self._context.today())

    def fill(self, found: PaymentDetail) -> None:
        """Put it into the parts."""
        self._found = found
        payment = found.payment
        is_refund = payment.direction == "out"
        state = "refund" if is_refund else "unallocated" if self._left(found) > 0 else "allocated"
        badge = state_text("payment", state), state_tone("payment", state)
        about = found.view.deal.title or found.view.deal.customer.name if found.view else ""
        amount = self._money(-payment.amount if is_refund else payment.amount)
        self.set_head(payment.number, about, badge, amount, method_words(payment.method))
        self.set_facts(self._facts_of(found))
        self._allow(found)
        self.set_verbs([self.deal, self.again, self.refund])
        self.uses.set_rows(found.uses)
        self.show_paper(found.issued)

    def _deal_id(self) -> int | None:
        return self._found.view.deal.id if self._found and self._found.view else None

    def _left(self, found: PaymentDetail) -> int:
        return found.payment.amount - sum(use.amount for use in found.uses) - found.payment.spent

    def _money(self, minor: int) -> str:
        return formats.money_text(minor, self._found.currency if self._found else "EUR")

    def _facts_of(self, found: PaymentDetail) -> list[Fact]:
        payment, facts = found.payment, []
        if found.view is not None:
            deal = found.view.deal
            facts.append(Fact(self.tr("Customer"), deal.customer.name, Route("customer", deal.customer_id)))
            facts.append(Fact(self.tr("Deal"), deal.number, Route("deal", deal.id)))
        facts.append(Fact(self.tr("Paid on"), formats.date_text(payment.paid_on)))
        facts.append(Fact(self.tr("Method"), method_words(payment.method)))
        if payment.reference:
            facts.append(Fact(self.tr("Reference"), payment.reference))
        if payment.reason:
            facts.append(Fact(self.tr("Reason"), payment.reason))
        if payment.direction == "in":
            facts += self._parts(found)
        return facts

    def _parts(self, found: PaymentDetail) -> list[Fact]:
        payment, left = found.payment, self._left(found)
        facts = []
        if payment.deposit:
            facts.append(Fact(self.tr("Taken as deposit"), self._money(payment.deposit)))
        if payment.credit:
            facts.append(Fact(self.tr("Taken as credit"), self._money(payment.credit)))
        tone = "warn" if left > 0 else ""
        return [*facts, Fact(self.tr("Not used yet"), self._money(left), tone=tone)]

    def _allow(self, found: PaymentDetail) -> None:
        none = self.tr("This payment belongs to no deal.")
        self.deal.allow(found.view is not None, none)
        for action, verb in ((self.refund, Verb.REFUND), (self.again, Verb.PAY)):
            reason = reason_text(found.view.standing, verb) if found.view is not None else none
            action.allow(not reason, reason)

    def _columns(self) -> list[Column]:
        return [
            Column(title=self.tr("Invoice"), text=lambda row: row.invoice),
            Column(title=self.tr("On"), text=lambda row: formats.date_text(row.on), width=130, align="right"),
            Column(
                title=self.tr("Amount"),
                text=lambda row: self._money(row.amount),
                width=130,
                align="right",
                look="strong",
            ),
        ]
