"""Reading a customer's wallet: lots of credit, gift cards, what is promised, and what has expired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from app.core.errors import NotFound
from app.invoicing.models import invoice
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.payments.models import payment
from app.rewards.lots import Lot, Movement, Origin, drawn, lots
from app.rewards.models import gift_card, points_entry, wallet_entry
from app.rewards.points import PointsLot, worth
from app.rewards.queries import cashback_of_customer, points_lots
from app.store.session import AnyRow, Session
from app.store.types import BigInt

_DOCUMENT = "Wallet "


def document_of(entry_id: int) -> str:
    """What the books call a wallet entry."""
    return f"{_DOCUMENT}{entry_id}"


@dataclass(frozen=True, slots=True)
class Wallet:
    """What we owe a customer besides goods, in minor units of one currency.

    `credit` is the sum of the lots; `cashback` is promised on invoices that are not paid yet; `points` by invoice.
    """

    customer_id: int
    currency: str
    lots: tuple[Lot, ...]
    cashback: int
    points: tuple[PointsLot, ...] = ()

    @property
    def credit(self) -> int:
        """What can be paid with, or is paid back."""
        return sum(lot.left for lot in self.lots)

    @property
    def points_available(self) -> int:
        """Points that can be redeemed."""
        return sum(lot.points.available for lot in self.points)

    @property
    def points_worth(self) -> int:
        """What they would come to as credit."""
        return sum(worth(lot.points.available, lot.value, self.currency) for lot in self.points)


@dataclass(frozen=True, slots=True)
class GiftCard:
    """A gift card that was sold; `left` in minor units is 0 once it was redeemed or has lapsed."""

    id: int
    code: str
    payment: str
    buyer_id: int
    currency: str
    amount: int
    left: int
    sold_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Credit or a gift card whose last day is over and of which something is left, in minor units."""

    customer_id: int | None
    gift_card_id: int | None
    currency: str
    amount: int
    expires_on: date
    issued_on: date
    origin: Origin
    document: str = ""
    """The document in the books that issued it."""


@dataclass(frozen=True, slots=True)
class Breakage:
    """What expired, by the year in which it was issued, in minor units: it became revenue."""

    issued_in: int
    currency: str
    origin: Origin
    amount: int


_MOVEMENTS = (
    select(
        journal_entry.c.id,
        journal_entry.c.happened_on,
        journal_entry.c.document,
        journal_entry.c.text,
        (journal_line.c.credit - journal_line.c.debit).label("amount"),
        payment.c.id.label("payment_id"),
        invoice.c.id.label("invoice_id"),
    )
    .join_from(journal_line, journal_entry)
    .outerjoin(payment, payment.c.number == journal_entry.c.document)
    .outerjoin(invoice, invoice.c.number == journal_entry.c.document)
    .where(
        journal_line.c.customer_id == bindparam("customer_id"),
        journal_line.c.role == Role.CUSTOMER_CREDIT.value,
        journal_entry.c.currency == bindparam("currency"),
    )
    .order_by(journal_line.c.id)
)
_OF_CUSTOMER = select(wallet_entry.c.id, wallet_entry.c.kind, wallet_entry.c.expires_on).where(
    wallet_entry.c.customer_id == bindparam("customer_id")
)
_CAN_EXPIRE = select(func.count()).where(
    wallet_entry.c.customer_id == bindparam("customer_id"), wallet_entry.c.expires_on.is_not(None)
)


def movements(session: Session, customer_id: int, currency: str) -> list[Movement]:
    """Everything that changed a customer's credit, in order."""
    given = {row.id: row for row in session.rows(_OF_CUSTOMER, {"customer_id": customer_id})}
    rows = session.rows(_MOVEMENTS, {"customer_id": customer_id, "currency": currency})
    return [_movement(row, given) for row in rows]


def _movement(row: AnyRow, given: dict[int, AnyRow]) -> Movement:
    entry = None
    if row.document.startswith(_DOCUMENT):
        entry = given.get(int(row.document.removeprefix(_DOCUMENT)))
    is_cashback = row.text.startswith("Cashback")
    return Movement(
        id=row.id,
        on=row.happened_on,
        document=row.document,
        origin=_origin(row, entry, is_cashback),
        amount=row.amount,
        expires_on=entry.expires_on if entry is not None else None,
        is_taken_back=is_cashback and row.amount < 0,
    )


def _origin(row: AnyRow, entry: AnyRow | None, is_cashback: bool) -> Origin:
    if entry is not None:
        return Origin(entry.kind) if entry.kind in {origin.value for origin in Origin} else Origin.OTHER
    if is_cashback:
        return Origin.CASHBACK
    if row.payment_id is not None:
        return Origin.PAYMENT
    return Origin.CREDIT_NOTE if row.invoice_id is not None else Origin.DEPOSIT


def wallet(session: Session, customer_id: int, currency: str) -> Wallet:
    """What we owe a customer in one currency."""
    found = lots(movements(session, customer_id, currency))
    cashback = cashback_of_customer(session, customer_id, currency).owed
    return Wallet(customer_id, currency, found, cashback, tuple(points_lots(session, customer_id, currency)))


def drawn_elsewhere(session: Session, customer_id: int, currency: str, amount: int) -> int:
    """How much of a payment by credit comes out of lots that expire, before any money the customer paid."""
    if not session.value(_CAN_EXPIRE, {"customer_id": customer_id}):
        return 0
    return drawn(lots(movements(session, customer_id, currency)), amount)


# ------------------------------------------------------------------ gift cards
_ENDED = (
    select(wallet_entry.c.gift_card_id, func.sum(wallet_entry.c.released, type_=BigInt).label("ended"))
    .where(wallet_entry.c.gift_card_id.is_not(None))
    .group_by(wallet_entry.c.gift_card_id)
    .subquery()
)
_CARDS = (
    select(
        gift_card.c.id,
        gift_card.c.code,
        payment.c.number.label("payment"),
        payment.c.customer_id.label("buyer_id"),
        gift_card.c.currency,
        gift_card.c.amount,
        (gift_card.c.amount - func.coalesce(_ENDED.c.ended, 0)).label("left"),
        gift_card.c.sold_on,
        gift_card.c.expires_on,
    )
    .join_from(gift_card, payment)
    .outerjoin(_ENDED, _ENDED.c.gift_card_id == gift_card.c.id)
    .order_by(gift_card.c.id)
)


def gift_cards(session: Session, customer_id: int | None = None) -> Sequence[GiftCard]:
    """Every gift card that was sold, or those that one customer bought, in the order they were."""
    statement = _CARDS if customer_id is None else _CARDS.where(payment.c.customer_id == customer_id)
    return [GiftCard(**row._mapping) for row in session.rows(statement)]


def card_by_code(session: Session, code: str) -> GiftCard:
    """The card with a code as it is kept. Raises `NotFound`."""
    row = session.row(_CARDS.where(gift_card.c.code == code))
    if row is None:
        raise NotFound(f"No gift card with the code {code} was sold.")
    return GiftCard(**row._mapping)


# ------------------------------------------------------------------ expiry
_HAVE_EXPIRING = (
    select(wallet_entry.c.customer_id, wallet_entry.c.currency)
    .where(wallet_entry.c.expires_on.is_not(None), wallet_entry.c.customer_id.is_not(None))
    .distinct()
    .order_by(wallet_entry.c.customer_id, wallet_entry.c.currency)
)


def lapsed(session: Session, on: date) -> list[Lapsed]:
    """What has expired before a day and was not written off yet: credit by lot, then gift cards."""
    found = []
    for customer_id, currency in session.rows(_HAVE_EXPIRING):
        for lot in lots(movements(session, customer_id, currency)):
            if lot.is_expired(on) and lot.expires_on is not None:
                found.append(
                    Lapsed(customer_id, None, currency, lot.left, lot.expires_on, lot.on, lot.origin, lot.document)
                )
    for card in gift_cards(session):
        if card.left and card.expires_on is not None and card.expires_on < on:
            found.append(
                Lapsed(
                    None,
                    card.id,
                    card.currency,
                    card.left,
                    card.expires_on,
                    card.sold_on,
                    Origin.GIFT_CARD,
                    card.payment,
                )
            )
    return found


_HAVE_POINTS = (
    select(points_entry.c.customer_id, invoice.c.currency)
    .join_from(points_entry, invoice)
    .distinct()
    .order_by(points_entry.c.customer_id, invoice.c.currency)
)


def lapsed_points(session: Session, on: date) -> list[tuple[int, str, PointsLot]]:
    """Points whose last day is over before a day, with their customer and currency."""
    return [
        (customer_id, currency, lot)
        for customer_id, currency in session.rows(_HAVE_POINTS)
        for lot in points_lots(session, customer_id, currency)
        if lot.points.available and lot.expires_on is not None and lot.expires_on < on
    ]


_BREAKAGE = (
    select(
        wallet_entry.c.issued_on,
        wallet_entry.c.expires_on,
        wallet_entry.c.currency,
        wallet_entry.c.kind,
        wallet_entry.c.reason,
        wallet_entry.c.released,
    )
    .where(wallet_entry.c.kind.in_(("expired", "card_expired", "points_expired")))
    .order_by(wallet_entry.c.id)
)


def breakage(session: Session) -> list[Breakage]:
    """What expired and became revenue, by year of issue, currency and origin."""
    sums: dict[tuple[int, str, Origin], int] = {}
    for row in session.rows(_BREAKAGE):
        origin = Origin.POINTS if row.kind == "points_expired" else Origin(row.reason)
        key = row.issued_on.year, row.currency, origin
        sums[key] = sums.get(key, 0) + row.released
    return [Breakage(*key, amount) for key, amount in sorted(sums.items())]
