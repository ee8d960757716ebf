"""The gift card as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.printed import Heading


@dataclass(frozen=True, slots=True)
class GiftCardDocument:
    """A card over `amount` minor units, sold with the payment `number`; whoever brings its code may use it."""

    heading: Heading
    number: str
    code: str
    amount: int
    sold_on: date
    expires_on: date | None = None

    @property
    def file_name(self) -> str:
        """Name of its file, without ending."""
        return f"gift card {self.number}"
