"""The facts of one deal, gathered from all stages in a handful of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, func, select

from app.catalog.rules import Kind
from app.contracts import queries as contracts
from app.contracts.queries import Contract
from app.contracts.rules import ContractState
from app.deals import queries as deals
from app.deals.queries import Deal
from app.delivery import queries as deliveries
from app.delivery.rules import Moved
from app.invoicing import queries as invoicing
from app.invoicing.document import InvoiceKind
from app.invoicing.early import early_offer
from app.invoicing.queries import Invoice
from app.ledger import queries as books
from app.ledger.rules import Role
from app.payments.early import EarlyOffer
from app.payments.models import payment
from app.payments.rules import OpenInvoice
from app.pipeline.rules import Standing
from app.quotes import queries as quotes
from app.quotes.queries import Quote
from app.quotes.rules import state_on
from app.store.prepared import Prepared
from app.store.session import Session

_RECEIVED = Prepared(
    select(func.coalesce(func.sum(payment.c.amount - payment.c.credit), 0)).where(
        payment.c.deal_id == bindparam("deal_id"), payment.c.direction == "in"
    )
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A deal with its newest quote, its contract, and the quantities of each line so far."""

    deal: Deal
    quote: Quote
    contract: Contract | None
    moved: dict[int, Moved]

    def moved_of(self, position: int) -> Moved:
        """The quantities of one line."""
        return self.moved.get(position, Moved())

    def open_of(self, kind: Kind) -> dict[int, Decimal]:
        """What is still to be dispatched (goods) or completed (services), by position; nothing once cancelled."""
        if self.deal.cancelled_on is not None:
            return {}
        lines = enumerate(self.quote.offer.lines, 1)
        found = {p: self.moved_of(p).open(line.quantity) for p, line in lines if line.kind is kind}
        return {position: quantity for position, quantity in found.items() if quantity > 0}

    @property
    def in_transit(self) -> bool:
        """Whether anything is dispatched and not confirmed."""
        return any(moved.in_transit > 0 for moved in self._goods())

    @property
    def ordered(self) -> tuple[Decimal, ...]:
        """Quantities of the agreed lines."""
        return tuple(line.quantity for line in self.quote.offer.lines)

    @property
    def all_accepted(self) -> bool:
        """Whether everything agreed was accepted: nothing is left to invoice."""
        return all(self.moved_of(position).accepted >= quantity for position, quantity in enumerate(self.ordered, 1))

    def _goods(self) -> list[Moved]:
        lines = enumerate(self.quote.offer.lines, 1)
        return [self.moved_of(position) for position, line in lines if line.kind is Kind.GOODS]

    def standing(self, on: date, *, money_open: bool = False, has_credit: bool = True) -> Standing:
        """Where the deal stands on a day; what money decides is told by the caller, where it matters."""
        in_force = self.contract is not None and self.contract.state is ContractState.IN_FORCE
        return Standing(
            quote=state_on(self.quote.state, self.quote.valid_until, on),
            contract=self.contract.state if self.contract else None,
            cancelled=self.deal.cancelled_on is not None,
            handed_over=self.quote.handed_over,
            goods_open=in_force and bool(self.open_of(Kind.GOODS)),
            services_open=in_force and bool(self.open_of(Kind.SERVICE)),
            in_transit=self.in_transit,
            received=any(moved.accepted > moved.returned for moved in self._goods()),
            invoiced=any(moved.accepted > 0 for moved in self.moved.values()),
            money_open=money_open,
            has_credit=has_credit,
        )


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The money of one deal, in minor units: what is open, held as deposit, and in the customer's credit."""

    open_invoices: tuple[OpenInvoice, ...]
    deposit_held: int
    credit: int

    @property
    def receivable(self) -> int:
        """What is open of this deal's invoices."""
        return sum(invoice.open for invoice in self.open_invoices)


def standing(session: Session, deal_id: int, on: date) -> Standing:
    """Where a deal stands on a day, with what money decides. Raises `NotFound`."""
    known = load(session, deal_id)
    found = money(session, known.deal)
    return known.standing(on, money_open=found.receivable > 0, has_credit=found.credit > 0)


def load(session: Session, deal_id: int) -> Facts:
    """The facts of a deal. Raises `NotFound`."""
    deal = deals.by_id(session, deal_id)
    contract = contracts.of_deal(session, deal_id)
    moved = deliveries.moved(session, deal_id) if contract is not None else {}
    return Facts(deal, quotes.latest(session, deal_id), contract, moved)


def money(session: Session, deal: Deal) -> MoneyFacts:
    """The money of a deal."""
    return MoneyFacts(
        tuple(invoicing.open_invoices(session, deal.id)),
        deposit_held(session, deal),
        books.customer_credit(session, deal.customer_id, deal.currency),
    )


def early_offers(session: Session, known: Facts) -> dict[int, EarlyOffer]:
    """What may be taken off each invoice of a deal for paying early, and until when, by the invoice's id."""
    documents = invoicing.of_deal(session, known.deal.id)
    found = {}
    for item in documents:
        if item.kind is InvoiceKind.INVOICE:
            kept = invoicing.kept_of(item, documents)
            offer = early_offer(kept, item.discounted, known.quote.offer, item.issued_on)
            if offer is not None:
                found[item.id] = offer
    return found


def deposit_held(session: Session, deal: Deal) -> int:
    """What is left of the deal's deposits: its contract liability in the ledger."""
    balances = books.open_amounts(session, [deal.number])
    return -balances.get((deal.number, Role.CONTRACT_LIABILITY.value), 0)


def deposit_room(known: Facts, invoiced: int, held: int) -> int:
    """How much can still be a deposit, in minor units: the agreed gross not yet invoiced and not yet paid in advance.

    Nothing once all was accepted: by how many cents the parts' taxes fall short of the whole's is never invoiced.
    """
    if known.deal.cancelled_on is not None or known.all_accepted:
        return 0
    return max(known.quote.gross - invoiced - held, 0)


def creditable(documents: Sequence[Invoice]) -> dict[tuple[int, int], Decimal]:
    """How much of each receipt and position no credit note has taken back yet, from all invoices and credit notes."""
    receipts = {item.id: item.receipt_id for item in documents if item.receipt_id is not None}
    left: dict[tuple[int, int], Decimal] = {}
    for item in documents:
        receipt, sign = (item.receipt_id, 1) if item.corrects_id is None else (receipts.get(item.corrects_id), -1)
        for position, quantity in zip(item.figures.positions, item.figures.quantities, strict=True):
            if receipt is not None:
                left[receipt, position] = left.get((receipt, position), Decimal(0)) + sign * quantity
    return left


def received(session: Session, deal_id: int) -> int:
    """Money received for a deal, without what became the customer's credit."""
    return int(session.value(_RECEIVED, {"deal_id": deal_id}))
