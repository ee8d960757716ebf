"""The ledger of one deal as a matrix: what was agreed, moved, invoiced and earned of each line, and what must be zero.

The closing row compares figures that come from different tables: what moved with what was confirmed, what was accepted
with what was invoiced, what came back with what was credited, what was earned with the invoices and with the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.catalog.rules import Kind
from app.delivery.rules import Moved
from app.invoicing.queries import Invoice
from app.invoicing.rules import Figures
from app.ledger.rules import Role
from app.pipeline.queries import DealView
from app.rewards.texts import is_reward

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line: quantities, and what it has earned in minor units."""

    position: int
    name: str
    unit: str
    quoted: Decimal
    dispatched: Decimal
    in_transit: Decimal
    accepted: Decimal
    returned: Decimal
    invoiced: Decimal
    credited: Decimal
    earned: int


@dataclass(frozen=True, slots=True)
class Closing:
    """Differences that must all be zero: three sums of quantities, and two amounts in minor units."""

    unaccounted: Decimal
    """Dispatched, and neither in transit nor confirmed in any way."""
    not_invoiced: Decimal
    """Accepted and not invoiced."""
    not_credited: Decimal
    """Returned and not credited."""
    earned_not_billed: int
    """Revenue less what the invoices and credit notes say."""
    earned_not_posted: int
    """Revenue less what the journal says."""

    @property
    def is_zero(self) -> bool:
        """Whether the deal closes."""
        differences = (self.unaccounted, self.not_invoiced, self.not_credited)
        return not any(differences) and not self.earned_not_billed and not self.earned_not_posted


@dataclass(frozen=True, slots=True)
class DealLedger:
    """All lines and the closing row."""

    rows: tuple[LedgerRow, ...]
    closing: Closing


def deal_ledger(view: DealView) -> DealLedger:
    """The matrix of a deal."""
    rows = tuple(_row(view, position) for position in range(1, len(view.quote.offer.lines) + 1))
    return DealLedger(rows, _closing(view, rows))


def _row(view: DealView, position: int) -> LedgerRow:
    line, moved = view.quote.offer.lines[position - 1], view.moved(position)
    return LedgerRow(
        position=position,
        name=line.name,
        unit=line.unit,
        quoted=line.quantity,
        dispatched=moved.dispatched,
        in_transit=moved.in_transit if line.kind is Kind.GOODS else ZERO,
        accepted=moved.accepted,
        returned=moved.returned,
        invoiced=_quantity(_of_kind(view, "invoice"), position),
        credited=_quantity(_of_kind(view, "credit_note"), position),
        earned=sum(entry.amount for entry in view.revenue if entry.position == position),
    )


def _closing(view: DealView, rows: Iterable[LedgerRow]) -> Closing:
    rows = tuple(rows)
    earned = sum(entry.amount for entry in view.revenue)
    return Closing(
        unaccounted=sum((_unaccounted(view, row.position) for row in rows), ZERO),
        not_invoiced=sum((abs(row.accepted - row.invoiced) for row in rows), ZERO),
        not_credited=sum((max(row.returned - row.credited, ZERO) for row in rows), ZERO),
        earned_not_billed=earned - _billed(view),
        earned_not_posted=earned - _posted(view),
    )


def _unaccounted(view: DealView, position: int) -> Decimal:
    if view.quote.offer.lines[position - 1].kind is not Kind.GOODS:
        return ZERO
    moved: Moved = view.moved(position)
    left = sum((line.dispatched for item in view.deliveries for line in item.lines if line.position == position), ZERO)
    confirmed = moved.accepted + moved.damaged + moved.missing + moved.refused
    return left - moved.in_transit - confirmed


def _of_kind(view: DealView, kind: str) -> tuple[Figures, ...]:
    return tuple(invoice.figures for invoice in view.invoices if invoice.kind.value == kind)


def _quantity(papers: Iterable[Figures], position: int) -> Decimal:
    pairs = (pair for figures in papers for pair in zip(figures.positions, figures.quantities, strict=True))
    return sum((quantity for at, quantity in pairs if at == position), ZERO)


def _billed(view: DealView) -> int:
    billed = sum(
        _signed(invoice) * sum(line.earned for line in invoice.figures.assembled.lines) for invoice in view.invoices
    )
    rewards = (line for line in view.journal if line.role == Role.REVENUE.value and is_reward(line.text))
    return billed - sum(line.debit - line.credit for line in rewards)


def _signed(invoice: Invoice) -> int:
    return -1 if invoice.kind.value == "credit_note" else 1


def _posted(view: DealView) -> int:
    return sum(line.credit - line.debit for line in view.journal if line.role == Role.REVENUE.value)
