"""What is owed to customers besides goods: by the year of issue, what expires, what has expired, what was written off.

The sums are those of the books: credit is told from its lots, cashback and points by invoice, gift cards by sale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select

from app.invoicing.models import early_discount, invoice
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.parties.models import customer
from app.payments.models import payment
from app.rewards import wallet
from app.rewards.lots import Lot, Origin, lots
from app.rewards.models import cashback_entry, points_entry
from app.rewards.points import released
from app.rewards.queries import points_lots
from app.rewards.wallet import Breakage
from app.store.session import Session
from app.store.types import BigInt, Day

SOON = 90
"""Days within which something expires soon."""


@dataclass(frozen=True, slots=True)
class IssuedIn:
    """What of the promises of one year is owed still, in minor units."""

    year: int
    currency: str
    cashback: int = 0
    points: int = 0
    gift_cards: int = 0
    credit: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.cashback + self.points + self.gift_cards + self.credit


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that expires or has expired, in minor units of the liability; `customer` is empty for a gift card."""

    place: int
    origin: Origin
    customer_id: int | None
    customer: str
    currency: str
    amount: int
    expires_on: date
    issued_on: date
    points: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """A discount that was taken for paying early, in minor units."""

    id: int
    invoice_id: int
    invoice: str
    payment_id: int
    payment: str
    customer: str
    currency: str
    taken_on: date
    net: int
    tax: int
    gross: int
    reason: str


@dataclass(frozen=True, slots=True)
class Liabilities:
    """All of it on a day; `soon` expires within `SOON` days, `over` has expired and is not written off."""

    years: tuple[IssuedIn, ...] = ()
    soon: tuple[Ending, ...] = ()
    over: tuple[Ending, ...] = ()
    breakage: tuple[Breakage, ...] = ()


_CREDIT = func.sum(journal_line.c.credit - journal_line.c.debit, type_=BigInt)
_HOLDERS = (
    select(journal_line.c.customer_id, customer.c.name, journal_entry.c.currency)
    .join_from(journal_line, journal_entry)
    .join(customer, customer.c.id == journal_line.c.customer_id)
    .where(journal_line.c.role == Role.CUSTOMER_CREDIT.value)
    .group_by(journal_line.c.customer_id, customer.c.name, journal_entry.c.currency)
    .having(_CREDIT != 0)
    .order_by(customer.c.name, journal_line.c.customer_id, journal_entry.c.currency)
)
_CASHBACK = (
    select(
        invoice.c.issued_on,
        invoice.c.currency,
        func.sum(cashback_entry.c.promised - cashback_entry.c.credited, type_=BigInt).label("owed"),
    )
    .join_from(cashback_entry, invoice)
    .group_by(invoice.c.id)
    .order_by(invoice.c.id)
)
_POINTS = (
    select(points_entry.c.customer_id, customer.c.name, invoice.c.currency)
    .join_from(points_entry, invoice)
    .join(customer, customer.c.id == points_entry.c.customer_id)
    .group_by(points_entry.c.customer_id, customer.c.name, invoice.c.currency)
    .order_by(customer.c.name, points_entry.c.customer_id, invoice.c.currency)
)
_EARLY = (
    select(
        early_discount.c.id,
        invoice.c.id.label("invoice_id"),
        invoice.c.number.label("invoice"),
        payment.c.id.label("payment_id"),
        payment.c.number.label("payment"),
        customer.c.name.label("customer"),
        invoice.c.currency,
        early_discount.c.taken_on,
        early_discount.c.net,
        early_discount.c.tax,
        early_discount.c.gross,
        early_discount.c.reason,
    )
    .join_from(early_discount, invoice)
    .join(payment, payment.c.id == early_discount.c.payment_id)
    .join(customer, customer.c.id == invoice.c.customer_id)
    .where(early_discount.c.taken_on.between(bindparam("first", type_=Day), bindparam("last", type_=Day)))
    .order_by(early_discount.c.taken_on.desc(), early_discount.c.id.desc())
)

_Part = tuple[int, str, str, int]
"""Year, currency, which column, minor units."""


def liabilities(session: Session, on: date) -> Liabilities:
    """What is owed to customers now, and what of it has expired or soon will, seen from a day."""
    credit = list(_credit_lots(session))
    points = list(_points_of(session))
    cards = [card for card in wallet.gift_cards(session) if card.left]
    parts: list[_Part] = [(lot.on.year, currency, "credit", lot.left) for _, _, currency, lot in credit]
    parts += [(card.sold_on.year, card.currency, "gift_cards", card.left) for card in cards]
    parts += [(row.issued_on.year, row.currency, "cashback", row.owed) for row in session.rows(_CASHBACK)]
    parts += [(item.issued_on.year, item.currency, "points", item.amount) for item, _ in points]
    ending = [found for one in credit if (found := _ending_credit(*one)) is not None]
    ending += [
        Ending(0, Origin.GIFT_CARD, None, "", card.currency, card.left, card.expires_on, card.sold_on,
               document=card.payment)
        for card in cards if card.expires_on is not None
    ]  # fmt: skip
    ending += [found for item, available in points if (found := _available(item, available)) is not None]
    return Liabilities(
        years=_by_year(parts),
        soon=_placed(item for item in ending if on <= item.expires_on <= on + timedelta(days=SOON)),
        over=_placed(item for item in ending if item.expires_on < on),
        breakage=tuple(wallet.breakage(session)),
    )


def early_taken(session: Session, first: date, last: date) -> list[EarlyRow]:
    """The discounts that were taken for paying early from `first` to `last`, the newest first."""
    return [EarlyRow(**row._mapping) for row in session.rows(_EARLY, {"first": first, "last": last})]


def _credit_lots(session: Session) -> Iterator[tuple[int, str, str, Lot]]:
    for customer_id, name, currency in list(session.rows(_HOLDERS)):
        for lot in lots(wallet.movements(session, customer_id, currency)):
            yield customer_id, name, currency, lot


@dataclass(frozen=True, slots=True)
class _Points:
    """The points of one invoice that are owed: all of their liability, and what of it belongs to those granted."""

    customer_id: int
    customer: str
    currency: str
    amount: int
    issued_on: date
    expires_on: date | None
    invoice: str
    granted: int


def _points_of(session: Session) -> Iterator[tuple[_Points, int]]:
    """With the liability of those that can be spent: what expires."""
    for customer_id, name, currency in list(session.rows(_POINTS)):
        for lot in points_lots(session, customer_id, currency):
            if lot.issued_on is not None:
                item = _Points(
                    customer_id, name, currency, lot.points.liability, lot.issued_on, lot.expires_on, lot.invoice,
                    lot.points.available,
                )  # fmt: skip
                yield item, released(lot.points, lot.points.available)


def _available(item: _Points, amount: int) -> Ending | None:
    if not item.granted or item.expires_on is None:
        return None
    return Ending(
        0, Origin.POINTS, item.customer_id, item.customer, item.currency, amount, item.expires_on, item.issued_on,
        item.granted, item.invoice,
    )  # fmt: skip


def _ending_credit(customer_id: int, name: str, currency: str, lot: Lot) -> Ending | None:
    if lot.expires_on is None:
        return None
    return Ending(0, lot.origin, customer_id, name, currency, lot.left, lot.expires_on, lot.on, document=lot.document)


def _by_year(parts: Iterable[_Part]) -> tuple[IssuedIn, ...]:
    sums: dict[tuple[int, str], dict[str, int]] = {}
    for year, currency, name, amount in parts:
        of_year = sums.setdefault((year, currency), {})
        of_year[name] = of_year.get(name, 0) + amount
    rows = (IssuedIn(year, currency, **amounts) for (year, currency), amounts in sorted(sums.items()))
    return tuple(row for row in rows if any((row.cashback, row.points, row.gift_cards, row.credit)))


def _placed(found: Iterable[Ending]) -> tuple[Ending, ...]:
    """In the order of their last days, numbered."""
    ordered = sorted(found, key=lambda item: (item.expires_on, item.customer, item.document))
    return tuple(replace(item, place=place) for place, item in enumerate(ordered, 1))
