"""How a customer stands with us: credit and deposits we hold, what was earned, and the prices agreed last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, case, func, select

from app.deals.models import deal
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.pipeline.standing_sql import IS_LATEST
from app.quotes.models import quote, quote_line
from app.revenue.models import revenue_entry
from app.store.session import Session
from app.store.types import BigInt


@dataclass(frozen=True, slots=True)
class Account:
    """One customer in one currency, in minor units: what is owed to us, what we hold, what was earned without tax."""

    currency: str
    receivable: int
    credit: int
    deposits: int
    revenue: int


@dataclass(frozen=True, slots=True)
class LastPrice:
    """What a customer was offered or has agreed for an item most recently; the price is per `base_quantity` units."""

    id: int
    deal_id: int
    sku: str
    name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    base_quantity: Decimal
    currency: str
    net: int
    state: str
    made_on: date


_ROLES = (Role.RECEIVABLE, Role.CUSTOMER_CREDIT, Role.CONTRACT_LIABILITY)
_BALANCES = (
    select(
        journal_entry.c.currency,
        journal_line.c.role,
        func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt),
    )
    .join_from(journal_line, journal_entry)
    .where(
        journal_line.c.customer_id == bindparam("customer_id"), journal_line.c.role.in_([role.value for role in _ROLES])
    )
    .group_by(journal_entry.c.currency, journal_line.c.role)
)
_EARNED = (
    select(deal.c.currency, func.sum(revenue_entry.c.amount, type_=BigInt))
    .join_from(revenue_entry, deal)
    .where(deal.c.customer_id == bindparam("customer_id"))
    .group_by(deal.c.currency)
)
_ITEM = case((quote_line.c.sku != "", quote_line.c.sku), else_=quote_line.c.name)
_OFFERED = (
    select(
        quote_line.c.id,
        quote.c.deal_id,
        quote_line.c.sku,
        quote_line.c.name,
        quote_line.c.quantity,
        quote_line.c.unit,
        quote_line.c.unit_price,
        quote_line.c.base_quantity,
        deal.c.currency,
        quote_line.c.net,
        quote.c.state,
        quote.c.made_on,
        func.row_number()
        .over(partition_by=(_ITEM, deal.c.currency), order_by=(quote.c.made_on.desc(), quote_line.c.id.desc()))
        .label("place"),
    )
    .select_from(deal.join(quote, quote.c.deal_id == deal.c.id).join(quote_line, quote_line.c.quote_id == quote.c.id))
    .where(deal.c.customer_id == bindparam("customer_id"), quote.c.state.in_(("sent", "accepted")), IS_LATEST)
    .subquery()
)
_LAST = (
    select(*(column for column in _OFFERED.c if column.name != "place"))
    .where(_OFFERED.c.place == 1)
    .order_by(_OFFERED.c.made_on.desc(), _OFFERED.c.id.desc())
    .limit(bindparam("most"))
)


def accounts(session: Session, customer_id: int) -> list[Account]:
    """How a customer stands in each currency that something happened in, the largest revenue first."""
    sums: dict[str, dict[str, int]] = {}
    for currency, role, amount in session.rows(_BALANCES, {"customer_id": customer_id}):
        sums.setdefault(currency, {})[role] = int(amount)
    for currency, amount in session.rows(_EARNED, {"customer_id": customer_id}):
        sums.setdefault(currency, {})["revenue"] = int(amount)
    found = [
        Account(
            currency,
            receivable=of.get(Role.RECEIVABLE, 0),
            credit=-of.get(Role.CUSTOMER_CREDIT, 0),
            deposits=-of.get(Role.CONTRACT_LIABILITY, 0),
            revenue=of.get("revenue", 0),
        )
        for currency, of in sums.items()
    ]
    return sorted(found, key=lambda account: (-account.revenue, account.currency))


def last_prices(session: Session, customer_id: int, most: int = 50) -> list[LastPrice]:
    """The newest price of each item this customer was offered, the newest first; drafts and old revisions are not."""
    return [LastPrice(*row) for row in session.rows(_LAST, {"customer_id": customer_id, "most": most})]
