"""What an entry is, and that it balances. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import RuleViolation


class Role(StrEnum):
    """What an account is for, whatever number and name the chart of accounts gives it (deal file, Outcome)."""

    BANK = "bank"
    CASH = "cash"
    RECEIVABLE = "receivable"
    CONTRACT_ASSET = "contract_asset"
    CONTRACT_LIABILITY = "contract_liability"
    CUSTOMER_CREDIT = "customer_credit"
    CASHBACK_LIABILITY = "cashback_liability"
    POINTS_LIABILITY = "points_liability"
    GIFT_CARD_LIABILITY = "gift_card_liability"
    REFUND_LIABILITY = "refund_liability"
    RETURN_ASSET = "return_asset"
    INVENTORY = "inventory"
    GOODS_IN_TRANSIT = "goods_in_transit"
    OUTPUT_TAX = "output_tax"
    REVENUE = "revenue"
    COST_OF_SALES = "cost_of_sales"
    WRITE_OFF = "write_off"
    BAD_DEBT = "bad_debt"
    ROUNDING = "rounding"
    PAYMENT_FEES = "payment_fees"
    EXCHANGE_DIFFERENCE = "exchange_difference"
    STOCK_ADJUSTMENT = "stock_adjustment"
    OPENING_BALANCE = "opening_balance"


CHART: tuple[tuple[Role, str, str], ...] = (
    (Role.CASH, "1000", "Cash"),
    (Role.BANK, "1200", "Bank"),
    (Role.INVENTORY, "1300", "Inventory"),
    (Role.GOODS_IN_TRANSIT, "1310", "Goods in transit"),
    (Role.RETURN_ASSET, "1320", "Right to returned goods"),
    (Role.RECEIVABLE, "1400", "Trade receivables"),
    (Role.CONTRACT_ASSET, "1410", "Delivered, not invoiced"),
    (Role.CONTRACT_LIABILITY, "3250", "Deposits received"),
    (Role.CUSTOMER_CREDIT, "3260", "Credit of customers"),
    (Role.CASHBACK_LIABILITY, "3270", "Cashback promised"),
    (Role.POINTS_LIABILITY, "3275", "Points promised"),
    (Role.REFUND_LIABILITY, "3280", "Refunds expected"),
    (Role.GIFT_CARD_LIABILITY, "3290", "Gift cards outstanding"),
    (Role.OUTPUT_TAX, "3800", "Output tax"),
    (Role.REVENUE, "4000", "Revenue"),
    (Role.COST_OF_SALES, "5000", "Cost of sales"),
    (Role.WRITE_OFF, "5100", "Goods written off"),
    (Role.STOCK_ADJUSTMENT, "5110", "Stock adjustments"),
    (Role.BAD_DEBT, "5200", "Bad debts"),
    (Role.PAYMENT_FEES, "5300", "Payment fees"),
    (Role.EXCHANGE_DIFFERENCE, "5400", "Exchange differences"),
    (Role.ROUNDING, "5410", "Rounding differences"),
    (Role.OPENING_BALANCE, "9000", "Opening balances"),
)
"""The chart a new file starts with: role, number, name."""

PER_CUSTOMER = frozenset(
    {
        Role.RECEIVABLE,
        Role.CONTRACT_ASSET,
        Role.CONTRACT_LIABILITY,
        Role.CUSTOMER_CREDIT,
        Role.CASHBACK_LIABILITY,
        Role.POINTS_LIABILITY,
    }
)
"""Roles that are kept by customer as well: their lines carry the customer."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry: `amount` in minor units, a debit if positive, a credit if negative.

    `document` names what it is open under in the sub-ledger: an invoice for receivables, the deal for deposits.
    """

    role: Role
    amount: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced entry in one currency. `document` is the paper behind it."""

    on: date
    document: str
    text: str
    currency: str
    postings: tuple[Posting, ...]
    deal_id: int | None = None
    customer_id: int | None = None


def debit(role: Role, amount: int, document: str = "") -> Posting:
    """A debit of `amount`."""
    return Posting(role, amount, document)


def credit(role: Role, amount: int, document: str = "") -> Posting:
    """A credit of `amount`."""
    return Posting(role, -amount, document)


def lines(postings: Iterable[Posting]) -> list[Posting]:
    """The postings that move something, those of the same role and document added up.

    Raises `RuleViolation` if they do not balance: no fact is worth an entry that does not.
    """
    sums: dict[tuple[Role, str], int] = {}
    for posting in postings:
        key = posting.role, posting.document
        sums[key] = sums.get(key, 0) + posting.amount
    if difference := sum(sums.values()):
        message = f"A journal entry does not balance: debits and credits differ by {difference}."
        raise RuleViolation.of("postings", "unbalanced", message)
    return [Posting(role, amount, document) for (role, document), amount in sums.items() if amount]


def posting_day(on: date, locked_through: date | None) -> date:
    """The day an event is posted on: its own, or the first open day if its period is closed (correctness E10)."""
    if locked_through is None or on > locked_through:
        return on
    return locked_through + timedelta(days=1)
