"""The delivery note as it is printed: never a price on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.printed import Heading, PrintedBundle, PrintedPart


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What is in the parcel; `remaining` is what is still to come after this delivery.

    `parts` are what the line consists of, counted for what is in this parcel.
    """

    position: int
    name: str
    quantity: Decimal
    unit: str
    ordered: Decimal
    remaining: Decimal
    sku: str = ""
    description: str = ""
    options: tuple[tuple[str, str], ...] = ()
    parts: tuple[PrintedPart, ...] = ()
    bundle: PrintedBundle | None = None


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
