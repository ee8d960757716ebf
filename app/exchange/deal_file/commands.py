"""Each step of a deal file as the command that does it. Nothing here decides anything: it only translates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.catalog.queries import by_sku
from app.core.totals import Reduction
from app.delivery.rules import Confirmed
from app.exchange.deal_file import shape
from app.exchange.deal_file.catalogue import complete
from app.exchange.deal_file.shape import DealFile, LineInput, LineQuantity, ReceivedLine, Step
from app.pipeline import facts, fulfilment, service
from app.pricing.rules import Line
from app.quotes.rules import Offer, Terms
from app.store.history import Done
from app.store.session import Session, WriteSession


def open_deal(session: WriteSession, deal_file: DealFile, *, customer_id: int | None = None, note: str = "") -> Done:
    """Open the deal that the file's head describes; who the customer is, and a note, where that is known besides."""
    offer = Offer(_lines(session, deal_file.lines, deal_file.currency), deal_file.reductions, deal_file.terms)
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
    )


def take_step(session: WriteSession, deal_id: int, step: Step) -> Done:
    """Do what a step says. Raises `NotAllowed` where the deal does not stand there."""
    return _COMMANDS[step.do](session, deal_id, step)


def _lines(session: Session, lines: Sequence[LineInput], currency: str) -> tuple[Line, ...]:
    return complete(lines, by_sku(session, [line.sku for line in lines]), currency)


def _offer(
    session: Session,
    deal_id: int,
    lines: Sequence[LineInput] | None,
    discounts: tuple[Reduction, ...] | None,
    charges: tuple[Reduction, ...] | None,
    terms: Terms | None = None,
) -> Offer:
    """The deal's newest offer with what a revision replaces of it."""
    known = facts.load(session, deal_id)
    old = known.quote.offer
    kept_discounts = tuple(reduction for reduction in old.reductions if not reduction.charge)
    kept_charges = tuple(reduction for reduction in old.reductions if reduction.charge)
    return Offer(
        old.lines if lines is None else _lines(session, lines, known.deal.currency),
        (kept_discounts if discounts is None else discounts) + (kept_charges if charges is None else charges),
        old.terms if terms is None else terms,
    )


def _revise(session: WriteSession, deal_id: int, step: shape.ReviseQuote) -> Done:
    offer = _offer(session, deal_id, step.lines, step.discounts, step.charges, step.terms)
    return service.revise_quote(session, deal_id, offer=offer, on=step.on, title=step.title)


def _amend(session: WriteSession, deal_id: int, step: shape.AmendContract) -> Done:
    new_lines = any(part is not None for part in (step.lines, step.discounts, step.charges))
    offer = _offer(session, deal_id, step.lines, step.discounts, step.charges) if new_lines else None
    return service.amend_contract(session, deal_id, on=step.on, clause=step.clause, text=step.text, offer=offer)


def _quantities(lines: Iterable[LineQuantity] | None) -> dict[int, Any] | None:
    return None if lines is None else {item.line: item.quantity for item in lines}


def _confirmed(lines: Iterable[ReceivedLine] | None) -> dict[int, Confirmed] | None:
    if lines is None:
        return None
    return {item.line: Confirmed(item.accepted, item.damaged, item.missing, item.refused) for item in lines}


def _dispatch(session: WriteSession, deal_id: int, step: shape.Dispatch) -> Done:
    wanted = _quantities(step.lines)
    how = {"carrier": step.carrier, "tracking": step.tracking, "override": step.override}
    return fulfilment.dispatch(session, deal_id, on=step.on, quantities=wanted, **how)


def _confirm(session: WriteSession, deal_id: int, step: shape.ConfirmReceipt) -> Done:
    lines = _confirmed(step.lines)
    return fulfilment.confirm_receipt(
        session, deal_id, on=step.on, by=step.by, delivery_index=step.delivery, lines=lines
    )


def _complete(session: WriteSession, deal_id: int, step: shape.CompleteService) -> Done:
    return fulfilment.complete_service(session, deal_id, on=step.on, line=step.line, quantity=step.quantity, by=step.by)


def _pay(session: WriteSession, deal_id: int, step: shape.Pay) -> Done:
    return fulfilment.pay(
        session,
        deal_id,
        on=step.on,
        amount=step.amount,
        method=step.method,
        reference=step.reference,
        invoice_index=step.invoice,
    )


def _refund(session: WriteSession, deal_id: int, step: shape.Refund) -> Done:
    return fulfilment.refund(session, deal_id, on=step.on, amount=step.amount, method=step.method, reason=step.reason)


def _return(session: WriteSession, deal_id: int, step: shape.Return) -> Done:
    back = {item.line: item.quantity for item in step.lines}
    return fulfilment.return_goods(
        session, deal_id, on=step.on, quantities=back, reason=step.reason, restock=step.restock
    )


def _credit(session: WriteSession, deal_id: int, step: shape.Credit) -> Done:
    return fulfilment.credit(
        session,
        deal_id,
        on=step.on,
        invoice_index=step.invoice,
        quantities=_quantities(step.lines),
        amount=step.amount,
        reason=step.reason,
    )


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
