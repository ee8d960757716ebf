"""Tax as EN 16931 speaks of it: category codes of UNCL 5305, rates in percent, one subtotal a group."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.errors import Problem
from app.core.quantity import micro


class TaxCategory(StrEnum):
    """VAT category codes (EN 16931, BT-151)."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUT_OF_SCOPE = "O"


@dataclass(frozen=True, slots=True, order=True)
class Tax:
    """Category and rate (percent) that belong together; lines with the same ones form a group (BG-23)."""

    category: TaxCategory
    rate: Decimal
    exemption_reason: str = ""

    @property
    def group(self) -> tuple[str, int]:
        """Key of the tax group: category and rate in millionths of a percent."""
        return self.category.value, micro(self.rate)


@dataclass(frozen=True, slots=True)
class TaxSubtotal:
    """One row of the tax table: what is taxed and the tax on it, in minor units (BT-116, BT-117)."""

    tax: Tax
    taxable: int
    amount: int


def problems(tax: Tax, field: str) -> list[Problem]:
    """What is wrong with a tax: a rate over 100, a standard rate of zero, another category with a rate."""
    found = []
    if not tax.rate.is_finite() or not 0 <= tax.rate <= 100:
        message = f"{field}.rate: {tax.rate} is no tax rate; expected 0 to 100 percent."
        found.append(Problem(f"{field}.rate", "rate_range", message, {"value": str(tax.rate)}))
    elif tax.category is TaxCategory.STANDARD and tax.rate == 0:
        message = f"{field}.rate: category S (standard) needs a rate above 0; use Z, E or O where no tax is due."
        found.append(Problem(f"{field}.rate", "rate_missing", message))
    elif tax.category is not TaxCategory.STANDARD and tax.rate != 0:
        message = f"{field}.rate: category {tax.category} carries no tax, so its rate is 0 and not {tax.rate}."
        found.append(Problem(f"{field}.rate", "rate_not_zero", message, {"value": str(tax.rate)}))
    return found
