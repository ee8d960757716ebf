"""What we owe one customer besides goods, in every currency: her wallet and the gift cards she bought."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.core.errors import NotFound
from app.ledger.models import journal_entry, journal_line
from app.parties.defaults import defaults
from app.parties.models import customer
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
