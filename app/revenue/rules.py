"""How receipt becomes revenue. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.ledger.rules import Posting, Role, credit, debit


@dataclass(frozen=True, slots=True)
class Earned:
    """Revenue of one line of the contract and its cost, in minor units; negative where it is taken back."""

    position: int
    quantity: Decimal
    amount: int
    cost: int = 0


def receipt_postings(earned: Iterable[Earned], deal_number: str) -> tuple[Posting, ...]:
    """Control has passed to the buyer: revenue, and with it the cost of what he received (IFRS 15, E11)."""
    earned = list(earned)
    amount, cost = sum(item.amount for item in earned), sum(item.cost for item in earned)
    return (
        debit(Role.CONTRACT_ASSET, amount, deal_number),
        credit(Role.REVENUE, amount),
        debit(Role.COST_OF_SALES, cost),
        credit(Role.GOODS_IN_TRANSIT, cost),
    )
