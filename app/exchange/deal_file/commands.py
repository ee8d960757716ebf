"""Each step of a deal file as the command that does it. Nothing here decides anything: it only translates.

A line of the file is one line of the deal, or the several of a bundle (`places`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.catalog.rules import Kind
from app.delivery.rules import Confirmed
from app.exchange.deal_file import shape
from app.exchange.deal_file.offers import amended_offer, first_offer, revised_offer
from app.exchange.deal_file.places import Places, faults_by_file
from app.exchange.deal_file.shape import DealFile, LineQuantity, ReceivedLine, Step
from app.invoicing import queries as invoice_queries
from app.invoicing.document import InvoiceKind
from app.pipeline import facts, fulfilment, service
from app.store.history import Done
from app.store.session import Session, WriteSession


def open_deal(session: WriteSession, deal_file: DealFile, *, customer_id: int | None = None, note: str = "") -> Done:
    """Open the deal that the file's head describes; who the customer is, and a note, where that is known besides."""
    offer = first_offer(session, deal_file, customer_id)
    with faults_by_file(offer.lines):
        return service.open_deal(
            session,
            customer=deal_file.customer,
            offer=offer,
            basis=deal_file.basis,
            on=deal_file.date,
            seller=deal_file.seller,
            title=deal_file.title,
            reference=deal_file.reference or None,
            customer_id=customer_id,
            note=note,
            language=deal_file.language,
        )


def take_step(session: WriteSession, deal_id: int, step: Step) -> Done:
    """Do what a step says. Raises `NotAllowed` where the deal does not stand there."""
    return _COMMANDS[step.do](session, deal_id, step)


def _revise(session: WriteSession, deal_id: int, step: shape.ReviseQuote) -> Done:
    offer = revised_offer(session, deal_id, step)
    with faults_by_file(offer.lines):
        return service.revise_quote(session, deal_id, offer=offer, on=step.on, title=step.title)


def _amend(session: WriteSession, deal_id: int, step: shape.AmendContract) -> Done:
    offer = amended_offer(session, deal_id, step)
    with faults_by_file(offer.lines if offer else ()):
        return service.amend_contract(session, deal_id, on=step.on, clause=step.clause, text=step.text, offer=offer)


def _places(session: Session, deal_id: int) -> Places:
    return Places(facts.load(session, deal_id).quote.offer.lines)


def _goods(places: Places, lines: Iterable[LineQuantity] | None, what: str) -> dict[int, Decimal] | None:
    """Quantities of goods by position."""
    if lines is None:
        return None
    found: dict[int, Decimal] = {}
    for item in lines:
        chosen = places.positions(item.line, Kind.GOODS)
        found |= places.quantities(item.line, item.part, item.quantity, chosen, what)
    return found


def _confirmed(places: Places, lines: Iterable[ReceivedLine] | None) -> dict[int, Confirmed] | None:
    """What became of the goods, by position."""
    if lines is None:
        return None
    return {position: said for item in lines for position, said in _received(places, item).items()}


def _received(places: Places, item: ReceivedLine) -> dict[int, Confirmed]:
    counts = (item.accepted, item.damaged, item.missing, item.refused)
    chosen = places.positions(item.line, Kind.GOODS)
    each = [places.quantities(item.line, item.part, count, chosen, "receive") for count in counts]
    return {position: Confirmed(*(count[position] for count in each)) for position in each[0]}


def _dispatch(session: WriteSession, deal_id: int, step: shape.Dispatch) -> Done:
    wanted = _goods(_places(session, deal_id), step.lines, "dispatch")
    how = {"carrier": step.carrier, "tracking": step.tracking, "override": step.override}
    return fulfilment.dispatch(session, deal_id, on=step.on, quantities=wanted, **how)


def _confirm(session: WriteSession, deal_id: int, step: shape.ConfirmReceipt) -> Done:
    lines = _confirmed(_places(session, deal_id), step.lines)
    return fulfilment.confirm_receipt(
        session, deal_id, on=step.on, by=step.by, delivery_index=step.delivery, lines=lines
    )


def _complete(session: WriteSession, deal_id: int, step: shape.CompleteService) -> Done:
    known = facts.load(session, deal_id)
    places = Places(known.quote.offer.lines)
    done = _done(places, step, known.open_of(Kind.SERVICE))
    line = min(done)
    also = {position: quantity for position, quantity in done.items() if position != line and quantity is not None}
    return fulfilment.complete_service(
        session, deal_id, on=step.on, line=line, quantity=done[line], by=step.by, also=also or None
    )


def _done(
    places: Places, step: shape.CompleteService, still_open: Mapping[int, Decimal]
) -> Mapping[int, Decimal | None]:
    """The services that were done, by position; None is all that is open of a line by itself."""
    services = places.positions(step.line, Kind.SERVICE)
    if step.quantity is None:
        named = services if step.part is None else (places.part(step.line, step.part),)
        if len(named) != 1 and (still := {p: still_open[p] for p in named if p in still_open}):
            return still
        return {(named or places.positions(step.line) or (step.line,))[0]: None}
    return places.quantities(step.line, step.part, step.quantity, services, "complete")


def _pay(session: WriteSession, deal_id: int, step: shape.Pay) -> Done:
    return fulfilment.pay(
        session,
        deal_id,
        on=step.on,
        amount=step.amount,
        method=step.method,
        reference=step.reference,
        invoice_index=step.invoice,
        discount=step.discount,
        discount_reason=step.reason,
    )


def _refund(session: WriteSession, deal_id: int, step: shape.Refund) -> Done:
    return fulfilment.refund(session, deal_id, on=step.on, amount=step.amount, method=step.method, reason=step.reason)


def _return(session: WriteSession, deal_id: int, step: shape.Return) -> Done:
    back = _goods(_places(session, deal_id), step.lines, "return") or {}
    return fulfilment.return_goods(
        session, deal_id, on=step.on, quantities=back, reason=step.reason, restock=step.restock
    )


def _credit(session: WriteSession, deal_id: int, step: shape.Credit) -> Done:
    return fulfilment.credit(
        session,
        deal_id,
        on=step.on,
        invoice_index=step.invoice,
        quantities=_credited(session, deal_id, step),
        amount=step.amount,
        reason=step.reason,
    )


def _credited(session: Session, deal_id: int, step: shape.Credit) -> dict[int, Decimal] | None:
    """Quantities by position; of a bundle those lines are credited that stand on the invoice."""
    if step.lines is None:
        return None
    invoices = [i for i in invoice_queries.of_deal(session, deal_id) if i.kind is InvoiceKind.INVOICE]
    billed = invoices[step.invoice - 1].figures.positions if step.invoice <= len(invoices) else ()
    places, found = _places(session, deal_id), dict[int, Decimal]()
    for item in step.lines:
        positions = places.positions(item.line)
        chosen = [position for position in positions if position in billed] or positions
        found |= places.quantities(item.line, item.part, item.quantity, chosen, "credit")
    return found


_COMMANDS: dict[str, Callable[[WriteSession, int, Any], Done]] = {
    "send_quote": lambda session, deal_id, step: service.send_quote(session, deal_id, on=step.on),
    "revise_quote": _revise,
    "accept_quote": lambda session, deal_id, step: service.accept_quote(
        session, deal_id, on=step.on, by=step.by, reason=step.reason
    ),
    "decline_quote": lambda session, deal_id, step: service.decline_quote(
        session, deal_id, on=step.on, by=step.by, reason=step.reason
    ),
    "amend_contract": _amend,
    "sign_contract": lambda session, deal_id, step: service.sign_contract(
        session, deal_id, on=step.on, side=step.by, name=step.name
    ),
    "pay": _pay,
    "refund": _refund,
    "dispatch": _dispatch,
    "confirm_receipt": _confirm,
    "complete_service": _complete,
    "return": _return,
    "credit": _credit,
    "cancel": lambda session, deal_id, step: service.cancel(session, deal_id, on=step.on, reason=step.reason),
    "close_period": lambda session, deal_id, step: service.close_period(
        session, deal_id, through=step.through, on=step.on
    ),
}
