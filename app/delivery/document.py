"""The delivery note as it is printed: never a price on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.printed import Heading


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What is in the parcel; `remaining` is what is still to come after this delivery."""

    position: int
    name: str
    quantity: Decimal
    unit: str
    ordered: Decimal
    remaining: Decimal
    sku: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryNoteDocument:
    """A dispatched delivery."""

    heading: Heading
    number: str
    dispatched_on: date
    contract_number: str
    lines: tuple[NoteLine, ...]
    carrier: str = ""
    tracking: str = ""

    @property
    def file_name(self) -> str:
        """Name of its file, without ending."""
        return f"delivery note {self.number}"
