"""A deal as a whole: everything that screens, the outcome of a deal file and reports show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.contracts.queries import Contract
from app.deals.queries import Deal
from app.delivery import queries as deliveries
from app.delivery.queries import Delivery
from app.delivery.rules import Moved
from app.invoicing import queries as invoicing
from app.invoicing.queries import Allocation, Invoice
from app.ledger import queries as books
from app.ledger.queries import Issued, JournalLine
from app.ledger.rules import Role
from app.payments import queries as payments
from app.payments.queries import Payment
from app.pipeline import facts
from app.pipeline.facts import Facts, MoneyFacts
from app.pipeline.rules import DealState, Standing
from app.pricing.rules import Priced, margin_percent
from app.quotes.queries import Quote
from app.revenue import queries as revenue
from app.revenue.queries import RevenueEntry
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class DealView:
    """One deal with all its documents, facts and money, as of a day."""

    facts: Facts
    standing: Standing
    money: MoneyFacts
    customer_balance: int
    deliveries: Sequence[Delivery]
    invoices: Sequence[Invoice]
    payments: Sequence[Payment]
    allocations: Sequence[Allocation]
    revenue: Sequence[RevenueEntry]
    journal: Sequence[JournalLine]
    documents: Sequence[Issued]

    @property
    def deal(self) -> Deal:
        """The thread."""
        return self.facts.deal

    @property
    def quote(self) -> Quote:
        """The newest revision of its quote."""
        return self.facts.quote

    @property
    def contract(self) -> Contract | None:
        """Its contract, once the quote is accepted."""
        return self.facts.contract

    @property
    def state(self) -> DealState:
        """How far it is."""
        return self.standing.state

    @property
    def priced(self) -> Priced:
        """The newest revision, worked out."""
        return self.quote.priced(self.deal.basis)

    @property
    def margin_percent(self) -> Decimal | None:
        """Margin of the newest revision after all discounts, in percent."""
        return margin_percent(self.quote.offer.lines, self.priced, self.deal.basis)

    def moved(self, position: int) -> Moved:
        """The quantities of one line so far."""
        return self.facts.moved_of(position)


def view(session: Session, deal_id: int, on: date) -> DealView:
    """A deal as it stands on a day. Raises `NotFound`."""
    known = facts.load(session, deal_id)
    deal, money = known.deal, facts.money(session, known.deal)
    return DealView(
        facts=known,
        standing=known.standing(on, money_open=money.receivable > 0, has_credit=money.credit > 0),
        money=money,
        customer_balance=books.customer_balance(session, deal.customer_id, Role.RECEIVABLE, deal.currency),
        deliveries=deliveries.of_deal(session, deal_id),
        invoices=invoicing.of_deal(session, deal_id),
        payments=payments.of_deal(session, deal_id),
        allocations=invoicing.allocations_of(session, deal_id),
        revenue=revenue.of_deal(session, deal_id),
        journal=books.journal(session, deal_id),
        documents=books.documents_of(session, deal_id),
    )
