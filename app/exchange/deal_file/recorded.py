"""What the history says of a deal, as the steps of a deal file: the way back from commands to what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.codec import from_plain
from app.core.errors import RuleViolation
from app.core.party import Party
from app.core.totals import Basis, Reduction
from app.delivery.rules import Confirmed
from app.exchange.deal_file import shape
from app.exchange.deal_file.shape import DealFile, LineQuantity, Step
from app.exchange.deal_file.told_lines import as_typed, told_lines, told_quantities, told_receipt, told_service
from app.invoicing.models import invoice
from app.payments.rules import Method
from app.quotes.rules import EARLY_RULE, Offer, Terms
from app.store.history import history
from app.store.session import AnyRow, Session

T = TypeVar("T")

_ROWS = (
    select(history.c.id, history.c.action, history.c.happened_on, history.c.details, history.c.result)
    .where(history.c.deal_id == bindparam("deal_id"))
    .order_by(history.c.id)
)
_GROSS = select(invoice.c.gross).where(invoice.c.number == bindparam("number"))

NOT_TOLD = frozenset({"flag_deal"})
"""Commands of a deal that its file does not tell: they change nothing of its outcome."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One command that was done with a deal; `id` puts it in order with what was done elsewhere."""

    id: int
    action: str
    on: date
    details: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str, kind: type[T], default: T) -> T:
        """One of its arguments; the default where it was left out."""
        return from_plain(kind, self.details[name]) if name in self.details else default

    def get_or_none(self, name: str, kind: type[T]) -> T | None:
        """One of its arguments; None where it was left out."""
        return from_plain(kind, self.details[name]) if name in self.details else None


def commands_of(session: Session, deal_id: int) -> list[Recorded]:
    """The commands of a deal, in the order they were done. One without a day happened on that of the one before."""
    found: list[Recorded] = []
    for row in session.rows(_ROWS, {"deal_id": deal_id}):
        if row.action not in NOT_TOLD:
            found.append(Recorded(row.id, row.action, _day(row, found), _details(session, row)))
    return found


def _details(session: Session, row: AnyRow) -> dict[str, Any]:
    """The arguments; a credit note over all that was left says in the file how much that was."""
    details: dict[str, Any] = row.details
    if row.action == "credit" and not details.keys() & {"quantities", "amount"}:
        (number,) = row.result["numbers"]
        return details | {"amount": session.value(_GROSS, {"number": number})}
    return details


def _day(row: AnyRow, before: list[Recorded]) -> date:
    day: date = row.happened_on or before[-1].on
    return day


def head(opened: Recorded, seller: Party | None) -> DealFile:
    """The file without steps, of the command that opened the deal."""
    offer, basis = from_plain(Offer, opened.details["offer"]), from_plain(Basis, opened.details["basis"])
    return DealFile(
        customer=from_plain(Party, opened.details["customer"]),
        currency=basis.currency,
        date=opened.on,
        lines=told_lines(offer.lines),
        seller=seller,
        reference=opened.get("reference", str, ""),
        title=opened.get("title", str, ""),
        prices_include_tax=basis.prices_include_tax,
        tax_rounding=basis.tax_rounding,
        discounts=_reductions(offer, charges=False),
        charges=_reductions(offer, charges=True),
        terms=offer.terms,
        language=opened.get("language", str, ""),
    )


def _reductions(offer: Offer, *, charges: bool) -> tuple[Reduction, ...]:
    """Document discounts, or charges, as typed; those that terms of early payment make come with the terms."""
    typed = (reduction for reduction in offer.reductions if reduction.promotion != EARLY_RULE)
    return tuple(as_typed(reduction) for reduction in typed if reduction.charge is charges)


def steps(opened: Recorded, done: Iterable[Recorded]) -> Iterator[tuple[Recorded, Step]]:
    """Each command as a step, after the one that opened the deal.

    Raises `RuleViolation` for a command that no step can tell.
    """
    agreed = from_plain(Offer, opened.details["offer"])
    for command in done:
        before = agreed
        offer = command.get_or_none("offer", Offer)
        _check_tellable(command, offer, before.terms)
        if offer is not None:
            agreed = offer
        yield command, _STEPS[command.action](command, before)


def _check_tellable(command: Recorded, offer: Offer | None, agreed: Terms) -> None:
    """An amendment in the file holds lines or one clause, and never other terms; goodwill has no step."""
    if command.action not in _STEPS:
        message = f"{command.action.replace('_', ' ')} of {command.on} is nothing that a deal file can tell."
        raise RuleViolation.of(command.action, "not_tellable", message)
    if command.action != "amend_contract":
        return
    has_lines, has_clauses = offer is not None, bool(command.details.keys() & {"clause", "clauses"})
    what = "other terms" if offer is not None and offer.terms != agreed else ""
    what = what or ("a clause and lines at once" if has_lines and has_clauses else "")
    what = what or ("several clauses at once" if "clauses" in command.details else "")
    if what:
        message = f"the amendment of {command.on} changed {what}, which a deal file cannot tell."
        raise RuleViolation.of("amend_contract", "not_tellable", message)


def _revise(done: Recorded, before: Offer) -> Step:
    offer = from_plain(Offer, done.details["offer"])
    cashback = offer.terms.cashback_percent
    return shape.ReviseQuote(
        on=done.on,
        lines=told_lines(offer.lines),
        discounts=_reductions(offer, charges=False),
        charges=_reductions(offer, charges=True),
        terms=replace(offer.terms, cashback_percent=None),
        title=done.get_or_none("title", str),
        cashback=Decimal(0) if cashback is None and before.terms.cashback_percent is not None else cashback,
    )


def _amend(done: Recorded, _: Offer) -> Step:
    offer = done.get_or_none("offer", Offer)
    if offer is None:
        return shape.AmendContract(done.on, done.get("clause", str, ""), done.get("text", str, ""))
    return shape.AmendContract(
        on=done.on,
        lines=told_lines(offer.lines),
        discounts=_reductions(offer, charges=False),
        charges=_reductions(offer, charges=True),
    )


def _by_and_reason(kind: Callable[[date, str, str], Step]) -> Callable[[Recorded, Offer], Step]:
    return lambda done, _: kind(done.on, done.get("by", str, ""), done.get("reason", str, ""))


def _pay(done: Recorded, _: Offer) -> Step:
    return shape.Pay(
        on=done.on,
        amount=done.details["amount"],
        method=done.get("method", Method, Method.BANK),
        reference=done.get("reference", str, ""),
        invoice=done.get_or_none("invoice_index", int),
        discount=done.get_or_none("discount", int),
        reason=done.get("discount_reason", str, ""),
    )


def _refund(done: Recorded, _: Offer) -> Step:
    method = done.get("method", Method, Method.BANK)
    return shape.Refund(done.on, done.details["amount"], method, done.get("reason", str, ""))


def _quantities(done: Recorded, agreed: Offer, kind: Kind | None) -> tuple[LineQuantity, ...] | None:
    found = done.get_or_none("quantities", dict[str, Decimal])
    if found is None:
        return None
    by_position = {int(position): quantity for position, quantity in found.items()}
    return tuple(told_quantities(agreed.lines, by_position, kind))


def _dispatch(done: Recorded, agreed: Offer) -> Step:
    texts = {name: done.get(name, str, "") for name in ("carrier", "tracking", "override")}
    return shape.Dispatch(done.on, _quantities(done, agreed, Kind.GOODS), **texts)


def _confirm(done: Recorded, agreed: Offer) -> Step:
    by, delivery = done.get("by", str, ""), done.get_or_none("delivery_index", int)
    said = done.get_or_none("lines", dict[str, Confirmed])
    if said is None:
        return shape.ConfirmReceipt(done.on, by, delivery)
    by_position = {int(position): confirmed for position, confirmed in said.items()}
    return shape.ConfirmReceipt(done.on, by, delivery, tuple(told_receipt(agreed.lines, by_position)))


def _complete(done: Recorded, agreed: Offer) -> Step:
    also = {int(position): much for position, much in done.get("also", dict[str, Decimal], {}).items()}
    quantity = done.get_or_none("quantity", Decimal)
    line, part, much = told_service(agreed.lines, done.details["line"], quantity, also)
    return shape.CompleteService(done.on, line, much, done.get("by", str, ""), part)


def _return(done: Recorded, agreed: Offer) -> Step:
    restock = done.get("restock", bool, True)
    return shape.Return(done.on, _quantities(done, agreed, Kind.GOODS) or (), done.get("reason", str, ""), restock)


def _credit(done: Recorded, agreed: Offer) -> Step:
    return shape.Credit(
        on=done.on,
        invoice=done.details["invoice_index"],
        lines=_quantities(done, agreed, None),
        amount=done.get_or_none("amount", int),
        reason=done.get("reason", str, ""),
    )


_STEPS: dict[str, Callable[[Recorded, Offer], Step]] = {
    "send_quote": lambda done, _: shape.SendQuote(done.on),
    "revise_quote": _revise,
    "accept_quote": _by_and_reason(shape.AcceptQuote),
    "decline_quote": _by_and_reason(shape.DeclineQuote),
    "amend_contract": _amend,
    "sign_contract": lambda done, _: shape.SignContract(
        done.on, from_plain(Side, done.details["side"]), done.get("name", str, "")
    ),
    "pay": _pay,
    "refund": _refund,
    "dispatch": _dispatch,
    "confirm_receipt": _confirm,
    "complete_service": _complete,
    "return_goods": _return,
    "credit": _credit,
    "cancel": lambda done, _: shape.Cancel(done.on, done.get("reason", str, "")),
    "close_period": lambda done, _: shape.ClosePeriod(done.on, from_plain(date, done.details["through"])),
}
