"""A payment or refund: what it settled, what is left of it, and its receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline import details
from app.pipeline.details import PaymentDetail
from app.pipeline.rules import Action as Verb
from ui import formats
from ui.context import AppContext
from ui.payments.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.document_page import DocumentPage, Fact
from ui.widgets.method_words import method_words
from ui.widgets.paper_actions import Papers
from ui.widgets.reason_words import reason_text
from ui.widgets.state_words import state_text, state_tone

if TYPE_CHECKING:
    from app.rewards.wallet import GiftCard


def screen(context: AppContext, route: Route) -> QWidget:
    """The payment of the route."""
    return PaymentScreen(context, route)


class PaymentScreen(DocumentPage):
    """Money in or out."""

    kinds = frozenset({"payment", "invoice", "deal", "customer"})

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route, say("payments", "Payment receipt"))
        self._found: PaymentDetail | None = None
        self._card: GiftCard | None = None
        self.deal = self.verb(self.tr("Open the deal"), "deals", lambda: Route("deal", self._deal_id()))
        self.refund = self.verb(self.tr("Pay back"), "return", lambda: Route("refund", self._deal_id()))
        self.again = self.verb(
            self.tr("Take another payment"), "payment", lambda: Route("take-payment", self._deal_id())
        )
        self.print_card = Action(self.tr("Print the gift card"), self, self._print_card, "print")
        self.save_card = Action(self.tr("Save the gift card…"), self, self._save_card, "export")
        self.uses = RowsCard(self.tr("What it settled"), self._columns(), lambda row: row.invoice_id)
        self.uses.opened.connect(lambda use: context.router.open(Route("invoice", use.invoice_id)))
        self.add_card(self.uses)
        self.reload()

    def load(self, session: Any, route: Route) -> tuple[PaymentDetail, GiftCard | None]:
        """With its deal, or with the gift card that was sold."""
        from app.rewards.wallet import gift_cards  # the store is loaded with the first company

        found = details.of_payment(session, int(route.id or 0), self._context.today())
        sold = gift_cards(session, found.customer_id) if found.view is None else ()
        return found, next((card for card in sold if card.payment == found.payment.number), None)

    def fill(self, read: tuple[PaymentDetail, GiftCard | None]) -> None:
        """Put it into the parts."""
        found, self._card = read
        self._found = found
        payment = found.payment
        is_refund = payment.direction == "out"
        state = "refund" if is_refund else "unallocated" if self._left(found) > 0 else "allocated"
        badge = state_text("payment", state), state_tone("payment", state)
        if self._card is not None:
            badge = self.tr("Gift card"), "accent"
        about = found.view.deal.title or found.view.deal.customer.name if found.view else ""
        amount = self._money(-payment.amount if is_refund else payment.amount)
        self.set_head(payment.number, about, badge, amount, method_words(payment.method))
        self.set_facts(self._facts_of(found))
        self._allow(found)
        self.set_verbs([self.print_card, self.save_card] if self._card else [self.deal, self.again, self.refund])
        self.uses.set_rows(found.uses)
        self.show_paper(found.issued)
        self.paper.head.title.setText(self.tr("Gift card") if self._card else say("payments", "Payment receipt"))
        if self._card is not None:
            self._with_card(self.paper.show_bytes)

    def _deal_id(self) -> int | None:
        return self._found.view.deal.id if self._found and self._found.view else None

    def _with_card(self, do: Callable[[bytes], object]) -> None:
        """Make the gift card's paper beside the main thread, then `do` something with it."""
        store, payment_id = self._context.store, int(self._route.id or 0)

        def work(_progress: Any) -> bytes:
            from app.outputs import gift_cards  # reportlab is loaded only where a paper is made

            return gift_cards.content(store, payment_id)

        self._context.jobs.file(work, do, owner=self)

    def _print_card(self) -> None:
        self._with_card(Papers(self._context, self).ask_printer)

    def _save_card(self) -> None:
        suggested = f"gift card {self._found.payment.number if self._found else ''}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save as"), suggested, self.tr("PDF (*.pdf)"))
        if path:
            self.save_card_to(Path(path))

    def save_card_to(self, path: Path) -> None:
        """Save the gift card as PDF."""

        def save(data: bytes) -> None:
            from app.outputs import files

            files.save(path, data)
            self._context.say(self.tr("Saved as %1").replace("%1", path.name))

        self._with_card(save)

    def _card_facts(self, card: GiftCard) -> list[Fact]:
        until = formats.date_text(card.expires_on) if card.expires_on else self.tr("without end")
        left = self._money(card.left) if card.left else self.tr("redeemed or written off")
        return [
            Fact(self.tr("Gift card"), card.code),
            Fact(self.tr("Valid until"), until),
            Fact(self.tr("Left on it"), left),
        ]

    def _left(self, found: PaymentDetail) -> int:
        if self._card is not None:
            return 0
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
        if self._card is not None:
            facts += self._card_facts(self._card)
        elif payment.direction == "in":
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
