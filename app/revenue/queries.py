"""Reading what was earned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.revenue.models import revenue_entry
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class RevenueEntry:
    """Revenue of one line on one day, in minor units."""

    earned_on: date
    position: int
    amount: int
    cost: int
    document: str


_OF_DEAL = (
    select(
        revenue_entry.c.earned_on,
        revenue_entry.c.position,
        revenue_entry.c.amount,
        revenue_entry.c.cost,
        revenue_entry.c.document,
    )
    .where(revenue_entry.c.deal_id == bindparam("deal_id"))
    .order_by(revenue_entry.c.id)
)


def of_deal(session: Session, deal_id: int) -> Sequence[RevenueEntry]:
    """What a deal has earned, in the order it was."""
    return [RevenueEntry(*row) for row in session.rows(_OF_DEAL, {"deal_id": deal_id})]
