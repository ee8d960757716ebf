"""What the seller does with rewards: gift cards, goodwill, points spent, and writing off what has expired."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.codec import to_plain, to_text
from app.core.errors import NotAllowed, RuleViolation
from app.core.money import amount_text
from app.core.printed import Heading
from app.deals import queries as deals
from app.invoicing import queries as invoicing
from app.invoicing.document import InvoiceKind
from app.ledger import service as ledger
from app.ledger.rules import Entry, Posting, Role, credit, debit
from app.parties import queries as parties
from app.parties.rules import UNNAMED_COMPANY
from app.payments import service as payments
from app.payments.rules import Method
from app.payments.service import Given
from app.rewards.cards import new_code, read_code
from app.rewards.document import GiftCardDocument
from app.rewards.models import gift_card, wallet_entry
from app.rewards.points import (
    Points,
    PointsLot,
    Programme,
    pick,
    points_spent_postings,
    programme_problems,
    released,
    worth,
)
from app.rewards.queries import PROGRAMMES, points_lots, programmes
from app.rewards.service import add_points, lower_revenue
from app.rewards.wallet import Lapsed, card_by_code, document_of, lapsed, lapsed_points
from app.store import chain, settings
from app.store.history import Done, command
from app.store.session import WriteSession


@command
def sell_gift_card(
    session: WriteSession,
    customer_id: int,
    *,
    on: date,
    currency: str,
    amount: int,
    method: Method = Method.BANK,
    reference: str = "",
    expires_on: date | None = None,
) -> Done:
    """Sell a gift card over `amount` minor units: a liability, neither revenue nor tax. Numbers: payment, code.

    It may be redeemed for anything (a multi-purpose voucher), so tax is due when it is spent. Raises `RuleViolation`.
    """
    _check(amount, on, expires_on)
    if method is Method.CREDIT:
        raise RuleViolation.of("method", "no_money", "method: a gift card is bought with money, not with credit.")
    payment_id, number = payments.record_card(session, customer_id, currency, Given(amount, method, on, reference))
    code = new_code()
    printed = GiftCardDocument(_heading(session, customer_id, currency), number, code, amount, on, expires_on)
    values = {"code": code, "payment_id": payment_id, "currency": currency, "amount": amount}
    card_id = chain.add(session, gift_card, **values, sold_on=on, expires_on=expires_on, snapshot=to_text(printed))
    session.changed(f"gift card {code}", "", amount_text(amount, currency))
    return Done("sell_gift_card", {"customer": customer_id, "gift_card": card_id}, (number, code))


def _heading(session: WriteSession, customer_id: int, currency: str) -> Heading:
    """Who sells to whom, as both are called today."""
    buyer, seller = parties.customer_by_id(session, customer_id).party, parties.our_company(session)
    return Heading(seller or UNNAMED_COMPANY, buyer, currency, "", language=buyer.language)


def _check(amount: int, on: date, expires_on: date | None) -> None:
    if amount <= 0:
        raise RuleViolation.of("amount", "not_positive", "amount: expected an amount above zero.")
    if expires_on is not None and expires_on < on:
        raise RuleViolation.of("expires_on", "past", "expires_on: the last day lies before the first.")


@command
def redeem_gift_card(session: WriteSession, customer_id: int, *, on: date, code: str) -> Done:
    """Turn a gift card into the customer's credit, all of it; it keeps its last day. Then invoices are paid by credit.

    Raises `RuleViolation` for a mistyped code, `NotFound` for one that was never sold, `NotAllowed` for a used card. A
    card whose last day is over is honoured until it is written off.
    """
    card = card_by_code(session, read_code(code))
    if not card.left:
        raise NotAllowed(f"The gift card {card.code} was redeemed before or has been written off.")
    values = {"customer_id": customer_id, "gift_card_id": card.id, "released": card.left}
    postings = (debit(Role.GIFT_CARD_LIABILITY, card.left, card.payment), credit(Role.CUSTOMER_CREDIT, card.left))
    entry = _enter(session, "gift_card", on, card.currency, card.left, postings, expires_on=card.expires_on, **values)
    session.changed(f"gift card {card.code}", amount_text(card.left, card.currency), "redeemed")
    return Done("redeem_gift_card", {"customer": customer_id, "wallet": entry})


@command
def give_goodwill(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    invoice_index: int,
    amount: int,
    reason: str,
    expires_on: date | None = None,
) -> Done:
    """Give credit for a complaint (minor units): it reduces the revenue of the invoice, counted from 1.

    Nothing of the invoice changes and no tax is corrected; for that there is a credit note. Raises `RuleViolation`,
    and `NotAllowed` for an invoice that is not there or more than what is left of it.
    """
    _check(amount, on, expires_on)
    if not reason.strip():
        raise RuleViolation.of("reason", "missing", "reason: say what the goodwill is for.")
    deal, documents = deals.by_id(session, deal_id), invoicing.of_deal(session, deal_id)
    invoices = [item for item in documents if item.kind is InvoiceKind.INVOICE]
    if not 1 <= invoice_index <= len(invoices):
        raise NotAllowed(f"There is no invoice {invoice_index}; the deal has {len(invoices)}.")
    invoice = invoices[invoice_index - 1]
    left = invoicing.left_of(invoice, documents).totals.net
    if amount > left:
        text = amount_text(max(left, 0), deal.currency)
        raise NotAllowed(f"More goodwill than the {text} that are left of the invoice without tax.")
    values = {"customer_id": deal.customer_id, "deal_id": deal_id, "invoice_id": invoice.id, "reason": reason}
    postings = (debit(Role.REVENUE, amount), credit(Role.CUSTOMER_CREDIT, amount))
    entry = _enter(session, "goodwill", on, deal.currency, amount, postings, expires_on=expires_on, **values)
    lower_revenue(session, deal, invoice, amount, document_of(entry), on)
    session.changed(f"credit of {deal.customer.name}", "", amount_text(amount, deal.currency))
    return Done("give_goodwill", {"deal": deal_id, "customer": deal.customer_id, "wallet": entry})


@command
def set_programme(session: WriteSession, programme: Programme) -> Done:
    """Promise points with every invoice of the programme's currency from now on. Raises `RuleViolation` with all."""
    if problems := programme_problems(programme):
        raise RuleViolation(problems)
    kept = {code: to_plain(value) for code, value in programmes(session).items()}
    session.changed(f"points in {programme.currency}", str(kept.get(programme.currency, "")), str(to_plain(programme)))
    settings.put(session, PROGRAMMES, kept | {programme.currency: to_plain(programme)})
    return Done("set_programme")


@command
def end_programme(session: WriteSession, currency: str) -> Done:
    """Promise no more points in a currency; those that were promised stay."""
    kept = {code: to_plain(value) for code, value in programmes(session).items() if code != currency}
    session.changed(f"points in {currency}", "on", "off")
    settings.put(session, PROGRAMMES, kept or None)
    return Done("end_programme")


@command
def redeem_points(session: WriteSession, customer_id: int, *, on: date, currency: str, points: int) -> Done:
    """Turn points into credit of what they are worth, those that expire first before the others.

    Raises `RuleViolation` for a number that is none, `NotAllowed` for more points than the customer has.
    """
    found = points_lots(session, customer_id, currency)
    available = sum(lot.points.available for lot in found)
    if points <= 0:
        raise RuleViolation.of("points", "not_positive", "points: expected a whole number above zero.")
    if points > available:
        raise NotAllowed(f"{points} points asked, but the customer has only {available}.")
    picked = pick(found, points)
    amount = sum(worth(count, lot.value, currency) for lot, count in picked)
    release = sum(released(lot.points, count) for lot, count in picked)
    postings = points_spent_postings(release, amount)
    values = {"customer_id": customer_id, "released": release, "reason": f"{points} points"}
    entry = _enter(session, "points", on, currency, amount, postings, **values)
    for lot, count in picked:
        _spend(session, customer_id, lot, count, document_of(entry), on)
    return Done("redeem_points", {"customer": customer_id, "wallet": entry})


def _spend(session: WriteSession, customer_id: int, lot: PointsLot, count: int, document: str, on: date) -> None:
    change = Points(0, 0, count, -released(lot.points, count))
    add_points(session, customer_id, lot.invoice_id, document, (change, lot.value), on)


@command
def write_off_expired(session: WriteSession, *, on: date) -> Done:
    """Write off what expired before a day (`lapsed` and `lapsed_points` list it): it becomes revenue (breakage)."""
    for item in lapsed(session, on):
        _write_off(session, item, on)
    for customer_id, currency, lot in lapsed_points(session, on):
        release = released(lot.points, lot.points.available)
        postings = (debit(Role.POINTS_LIABILITY, release), credit(Role.REVENUE, release))
        reason = f"{lot.points.available} points of {lot.invoice}"
        values: dict[str, Any] = {"customer_id": customer_id, "released": release, "reason": reason}
        values |= {"issued_on": lot.issued_on, "expires_on": lot.expires_on}
        entry = _enter(session, "points_expired", on, currency, release, postings, **values)
        _spend(session, customer_id, lot, lot.points.available, document_of(entry), on)
    return Done("write_off_expired")


def _write_off(session: WriteSession, item: Lapsed, on: date) -> None:
    values: dict[str, Any] = {"issued_on": item.issued_on, "expires_on": item.expires_on, "reason": item.origin.value}
    if item.gift_card_id is not None:
        values |= {"gift_card_id": item.gift_card_id, "released": item.amount}
        postings = (debit(Role.GIFT_CARD_LIABILITY, item.amount, item.document), credit(Role.REVENUE, item.amount))
        _enter(session, "card_expired", on, item.currency, item.amount, postings, **values)
        return
    values |= {"customer_id": item.customer_id, "released": item.amount}
    postings = (debit(Role.CUSTOMER_CREDIT, item.amount), credit(Role.REVENUE, item.amount))
    _enter(session, "expired", on, item.currency, item.amount, postings, **values)


_TEXTS = {
    "gift_card": "Gift card redeemed",
    "goodwill": "Goodwill credit",
    "points": "Points redeemed",
    "expired": "Credit expired",
    "card_expired": "Gift card expired",
    "points_expired": "Points expired",
}


def _enter(
    session: WriteSession,
    kind: str,
    on: date,
    currency: str,
    amount: int,
    postings: tuple[Posting, ...],
    **values: Any,
) -> int:
    """Keep a wallet entry and post it; returns its id."""
    row: dict[str, Any] = dict.fromkeys(_OPTIONAL) | {"reason": "", "released": 0} | values
    entry_id = chain.add(session, wallet_entry, kind=kind, happened_on=on, currency=currency, amount=amount, **row)
    text = _TEXTS[kind] + (f": {row['reason']}" if kind == "goodwill" else "")
    entry = Entry(on, document_of(entry_id), text, currency, postings, row["deal_id"], row["customer_id"])
    ledger.post(session, entry)
    return entry_id


_OPTIONAL = ("customer_id", "deal_id", "gift_card_id", "invoice_id", "issued_on", "expires_on")
