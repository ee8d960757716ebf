"""The payment receipt as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.printed import Heading


@dataclass(frozen=True, slots=True)
class Settled:
    """What a payment settles of one invoice, in minor units, and the discount for paying early that it takes."""

    invoice: str
    amount: int
    discount: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptDocument:
    """Money received, or paid back where `refund`, and what became of it; amounts in minor units."""

    heading: Heading
    number: str
    paid_on: date
    amount: int
    method: str
    reference: str = ""
    refund: bool = False
    reason: str = ""
    settled: tuple[Settled, ...] = ()
    deposit: int = 0
    credit: int = 0

    @property
    def file_name(self) -> str:
        """Name of its file, without ending."""
        return f"receipt {self.number}"
