"""Recording money in and out, and using up deposits and credit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.deals.queries import Deal
from app.ledger import service as ledger
from app.ledger.rules import Entry, Posting, Role, credit, debit
from app.payments.document import ReceiptDocument, Settled
from app.payments.models import payment, payment_use
from app.payments.queries import credits_left, deposits_left
from app.payments.rules import Division, Method, Purpose, Source, payment_postings, refund_postings, take
from app.store.numbering import next_number
from app.store.session import WriteSession


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a payment when it comes in or goes out; amounts in minor units.

    `elsewhere` is what of the credit that it uses came from no payment: from a gift card, say.
    """

    amount: int
    method: Method
    on: date
    reference: str = ""
    reason: str = ""
    elsewhere: int = 0


def record(session: WriteSession, deal: Deal, given: Given, division: Division) -> tuple[int, str]:
    """Record money in, divided as its caller says, and print its receipt; returns payment id and number."""
    number = next_number(session, "P", given.on)
    left = credits_left(session, deal.customer_id, deal.currency) if given.method is Method.CREDIT else []
    payment_id = _insert(session, deal, given, number, "in", division.deposit, division.credit)
    text = f"Payment by {given.method}" + (f", {given.reference}" if given.reference else "")
    postings = payment_postings(given.method, given.amount, division, deal.number)
    _post(session, deal, given.on, number, text, postings)
    _use(session, take(given.amount - given.elsewhere, left), given.on, Source.CREDIT, Purpose.PAYMENT, number)
    _receipt(session, deal, given, number, division)
    session.changed(f"payment {number}", "", "recorded")
    return payment_id, number


def record_credit(session: WriteSession, customer_id: int, currency: str, given: Given) -> tuple[int, str]:
    """Record money of a customer that belongs to no deal: all of it is the customer's credit."""
    return _without_deal(session, customer_id, currency, given, given.amount)


def record_card(session: WriteSession, customer_id: int, currency: str, given: Given) -> tuple[int, str]:
    """Record money for a gift card: it is owed to whoever brings the card, under the number of this payment."""
    return _without_deal(session, customer_id, currency, given, 0)


def _without_deal(
    session: WriteSession, customer_id: int, currency: str, given: Given, customer_credit: int
) -> tuple[int, str]:
    """Money of a customer without a deal: his credit, or else the price of a gift card."""
    number = next_number(session, "P", given.on)
    payment_id = session.insert(
        payment,
        number=number,
        deal_id=None,
        customer_id=customer_id,
        direction="in",
        paid_on=given.on,
        method=given.method.value,
        reference=given.reference,
        reason=given.reason,
        currency=currency,
        amount=given.amount,
        deposit=0,
        credit=customer_credit,
    )
    card = credit(Role.GIFT_CARD_LIABILITY, given.amount - customer_credit, number)
    postings = (*payment_postings(given.method, given.amount, Division((), 0, customer_credit), ""), card)
    text = f"Payment by {given.method}" + (f", {given.reference}" if given.reference else "")
    ledger.post(session, Entry(given.on, number, text, currency, postings, None, customer_id))
    return payment_id, number


def refund(session: WriteSession, deal: Deal, given: Given) -> str:
    """Pay money back out of the customer's credit; returns the number of the refund."""
    number = next_number(session, "P", given.on)
    _insert(session, deal, given, number, "out", 0, 0)
    text = "Refund" + (f": {given.reason}" if given.reason else "")
    _post(session, deal, given.on, number, text, refund_postings(given.method, given.amount))
    left = credits_left(session, deal.customer_id, deal.currency)
    _use(session, take(given.amount - given.elsewhere, left), given.on, Source.CREDIT, Purpose.REFUND, number)
    _receipt(session, deal, given, number, None)
    session.changed(f"refund {number}", "", "paid")
    return number


def use_deposit(session: WriteSession, deal: Deal, amount: int, invoice: str, on: date) -> list[tuple[int, int]]:
    """Use `amount` of the deal's deposits for an invoice, oldest first; returns (payment, amount). Posts nothing."""
    taken = take(amount, deposits_left(session, deal.id))
    _use(session, taken, on, Source.DEPOSIT, Purpose.INVOICE, invoice)
    return taken


def free_deposit(session: WriteSession, deal: Deal, amount: int, on: date, text: str) -> None:
    """Turn what is left of the deposits into the customer's credit."""
    if amount <= 0:
        return
    _use(session, take(amount, deposits_left(session, deal.id)), on, Source.DEPOSIT, Purpose.CREDIT, deal.number)
    postings = (debit(Role.CONTRACT_LIABILITY, amount, deal.number), credit(Role.CUSTOMER_CREDIT, amount))
    _post(session, deal, on, deal.number, text, postings)


def _insert(
    session: WriteSession, deal: Deal, given: Given, number: str, direction: str, deposit: int, customer_credit: int
) -> int:
    return session.insert(
        payment,
        number=number,
        deal_id=deal.id,
        customer_id=deal.customer_id,
        direction=direction,
        paid_on=given.on,
        method=given.method.value,
        reference=given.reference,
        reason=given.reason,
        currency=deal.currency,
        amount=given.amount,
        deposit=deposit,
        credit=customer_credit,
    )


def _post(session: WriteSession, deal: Deal, on: date, document: str, text: str, postings: tuple[Posting, ...]) -> None:
    ledger.post(session, Entry(on, document, text, deal.currency, postings, deal.id, deal.customer_id))


def _use(
    session: WriteSession, taken: Iterable[tuple[int, int]], on: date, source: Source, purpose: Purpose, document: str
) -> None:
    rows = [
        {
            "payment_id": payment_id,
            "used_on": on,
            "source": source.value,
            "purpose": purpose.value,
            "document": document,
            "amount": amount,
        }
        for payment_id, amount in taken
    ]
    session.insert_all(payment_use, rows)


def _receipt(session: WriteSession, deal: Deal, given: Given, number: str, division: Division | None) -> None:
    parts = division or Division((), 0, 0)
    discounts = {invoice.id: amount for invoice, amount in parts.discounts}
    paper = ReceiptDocument(
        heading=deal.heading(),
        number=number,
        paid_on=given.on,
        amount=given.amount,
        method=given.method.value,
        reference=given.reference,
        refund=division is None,
        reason=given.reason,
        settled=tuple(Settled(item.number, amount, discounts.get(item.id, 0)) for item, amount in parts.invoices),
        deposit=parts.deposit,
        credit=parts.credit,
    )
    ledger.issue(session, deal.id, "receipt", paper, given.on)
