"""Which discount for paying early a payment takes: by itself, or because it is asked for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import NotAllowed, RuleViolation
from app.core.money import amount_text, divide
from app.payments.rules import OpenInvoice


@dataclass(frozen=True, slots=True)
class EarlyOffer:
    """What may still be taken off an invoice, in minor units, and the last day on which that was agreed."""

    amount: int
    until: date


@dataclass(frozen=True, slots=True)
class Taken:
    """A discount that a payment takes off an invoice."""

    invoice: OpenInvoice
    amount: int
    reason: str = ""


def taken_by_itself(
    amount: int, invoices: Sequence[OpenInvoice], offers: Mapping[int, EarlyOffer], on: date
) -> tuple[Taken, ...]:
    """The discounts a payment takes without being asked: those that it leaves open exactly, on the agreed days.

    One transfer may settle several invoices, oldest due first: each in time is then paid less its discount.
    """
    rest, found = amount, []
    for invoice in invoices:
        offer = offers.get(invoice.id)
        less = offer.amount if offer is not None and on <= offer.until else 0
        less = less if less < invoice.open else 0
        if less:
            found.append(Taken(invoice, less))
        rest -= invoice.open - less
        if rest <= 0:
            break
    return tuple(found) if rest == 0 else ()


def taken_as_asked(
    amount: int,
    discount: int,
    reason: str,
    on: date,
    invoice: OpenInvoice | None,
    offer: EarlyOffer | None,
    currency: str,
) -> tuple[Taken, ...]:
    """The discount that is asked for explicitly, of one invoice.

    A part payment takes its proportion at most. Raises `RuleViolation` for an amount that is none, and `NotAllowed`
    where nothing is offered, it is more than that, or the days are over and no reason is given.
    """
    if discount <= 0:
        raise RuleViolation.of("discount", "not_positive", "discount: a discount has to be above zero.")
    if invoice is None or offer is None or not offer.amount:
        raise NotAllowed("No discount for early payment is offered on what is open.")
    most = most_for(amount, invoice, offer)
    if discount > most:
        asked, at_most = (amount_text(value, currency) for value in (discount, most))
        raise NotAllowed(f"A discount of {asked} is asked, but {at_most} is offered for this payment.")
    if on > offer.until and not reason:
        raise NotAllowed(f"The discount was offered until {offer.until}; say why it is given all the same.")
    return (Taken(invoice, discount, reason),)


def most_for(amount: int, invoice: OpenInvoice, offer: EarlyOffer) -> int:
    """The most that a payment of `amount` may take off: all that is offered if it settles the rest, else its part."""
    early_price = invoice.open - offer.amount
    if amount >= early_price or early_price <= 0:
        return min(offer.amount, invoice.open)
    return divide(offer.amount * amount, early_price)


def less_discounts(invoices: Iterable[OpenInvoice], taken: Iterable[Taken]) -> tuple[OpenInvoice, ...]:
    """The open invoices with what a payment still has to settle of each."""
    off = {item.invoice.id: item.amount for item in taken}
    return tuple(replace(invoice, open=invoice.open - off.get(invoice.id, 0)) for invoice in invoices)
