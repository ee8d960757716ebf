"""What we owe besides goods: to one customer for her page, and by year of issue for the accountant's eye."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.core.errors import NotFound
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.parties.defaults import defaults
from app.parties.models import customer
from app.rewards.lots import Origin
from app.rewards.queries import programmes
from app.rewards.wallet import GiftCard, Wallet, gift_cards, wallet
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Owed:
    """A customer's wallet in each currency that it has anything in, and the gift cards she bought.

    `usual` is the company's currency; `has_programme` says whether points are promised in any currency.
    """

    usual: str
    wallets: tuple[Wallet, ...]
    cards: tuple[GiftCard, ...] = ()
    has_programme: bool = False


def owed_to(session: Session, customer_id: int) -> Owed:
    """Everything in a customer's wallet. Raises `NotFound`."""
    if session.value(select(customer.c.id).where(customer.c.id == customer_id)) is None:
        raise NotFound(f"There is no customer with the id {customer_id}.")
    usual = defaults(session).currency
    rows = session.rows(
        select(journal_entry.c.currency)
        .join_from(journal_line, journal_entry)
        .where(journal_line.c.customer_id == customer_id)
        .distinct()
    )
    currencies = sorted({usual, *(row.currency for row in rows)}, key=lambda code: (code != usual, code))
    found = (wallet(session, customer_id, currency) for currency in currencies)
    held = tuple(one for one in found if one.lots or one.cashback or one.points)
    return Owed(usual, held, tuple(gift_cards(session, customer_id)), bool(programmes(session)))


@dataclass(frozen=True, slots=True)
class Liability:
    """What is still owed of what was issued in a year, in minor units.

    `ending` of it expires within `SOON` days; `lapsed` has its last day behind it and is not written off yet: breakage
    before it is booked.
    """

    issued_in: int
    currency: str
    origin: Origin
    left: int
    ending: int = 0
    lapsed: int = 0


SOON = 60
"""Days ahead that count as soon."""
_HOLDERS = (
    select(journal_line.c.customer_id, journal_entry.c.currency)
    .join_from(journal_line, journal_entry)
    .where(journal_line.c.role == Role.CUSTOMER_CREDIT.value, journal_line.c.customer_id.is_not(None))
    .distinct()
    .order_by(journal_line.c.customer_id, journal_entry.c.currency)
)


def liabilities(session: Session, on: date) -> Sequence[Liability]:
    """Credit and gift cards that are still owed on a day, by year of issue, currency and origin.

    Together they are the customers' credit and the gift cards' liability in the books.
    """
    parts = [
        Liability(lot.on.year, currency, lot.origin, lot.left, *_ending(lot.expires_on, lot.left, on))
        for customer_id, currency in session.rows(_HOLDERS)
        for lot in wallet(session, customer_id, currency).lots
    ]
    parts += [
        Liability(
            card.sold_on.year, card.currency, Origin.GIFT_CARD, card.left, *_ending(card.expires_on, card.left, on)
        )
        for card in gift_cards(session)
    ]
    return _summed(parts)


def _ending(expires_on: date | None, left: int, on: date) -> tuple[int, int]:
    """What of it ends soon, and what has ended."""
    if expires_on is None or expires_on > on + timedelta(days=SOON):
        return 0, 0
    return (0, left) if expires_on < on else (left, 0)


def _summed(parts: Iterable[Liability]) -> list[Liability]:
    sums: dict[tuple[int, str, Origin], list[int]] = {}
    for part in parts:
        if part.left:
            total = sums.setdefault((part.issued_in, part.currency, part.origin), [0, 0, 0])
            for place, amount in enumerate((part.left, part.ending, part.lapsed)):
                total[place] += amount
    return [Liability(*key, *total) for key, total in sorted(sums.items())]
