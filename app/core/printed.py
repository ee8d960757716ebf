"""The parts that printed documents share. They are frozen: a document is printed from these values for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.party import Party
from app.core.tax import Tax, TaxSubtotal


@dataclass(frozen=True, slots=True)
class PrintedReduction:
    """A discount (negative) or charge (positive) by its name; `percent` where it was typed as one."""

    reason: str
    amount: int
    percent: Decimal | None = None
    charge: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A component that is named below its line; `quantity` is for the whole line."""

    name: str
    quantity: Decimal
    unit: str
    sku: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedBundle:
    """The bundle that stands as a heading over its lines, which have the same `number`.

    `quantity` is None where the document has only some of it.
    """

    number: int
    name: str
    quantity: Decimal | None
    unit: str
    sku: str = ""
    description: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A priced line. `before` is quantity x price, `amount` what remains after the line's own reductions.

    Both are as typed: net, or gross where the document's prices include tax; `net` is BT-131 in either case. `options`
    and `parts` stand below the name, `bundle` is the one the line is a part of, and `own_quantity` of `own_unit` says
    the quantity in the unit the product is kept in.
    """

    position: int
    name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    before: int
    amount: int
    net: int
    tax: Tax
    base_quantity: Decimal = Decimal(1)
    sku: str = ""
    description: str = ""
    reductions: tuple[PrintedReduction, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    parts: tuple[PrintedPart, ...] = ()
    bundle: PrintedBundle | None = None
    own_quantity: Decimal | None = None
    own_unit: str = ""


@dataclass(frozen=True, slots=True)
class PrintedProposal:
    """A line outside the total until the buyer chooses it; `instead_of` names the line that it would replace."""

    line: PrintedLine
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class PrintedTotals:
    """The foot of a priced document, in minor units (BT-106 to BT-115)."""

    lines_net: int
    discounts: int
    charges: int
    net: int
    tax: int
    gross: int
    breakdown: tuple[TaxSubtotal, ...]
    reductions: tuple[PrintedReduction, ...] = ()
    prepaid: int = 0
    rounding: int = 0

    @property
    def payable(self) -> int:
        """Amount due for payment (BT-115, BR-CO-16)."""
        return self.gross - self.prepaid + self.rounding


@dataclass(frozen=True, slots=True)
class PrintedTerms:
    """When money is due: `payment` as typed ("net 30", "2/10 net 30", "prepaid", "on delivery").

    Amounts are minor units. An invoice says until which day how much may be taken off for paying early;
    `cashback_percent` of what is paid becomes the buyer's credit.
    """

    payment: str
    deposit: int = 0
    deposit_percent: Decimal | None = None
    early_until: date | None = None
    early_discount: int = 0
    cashback_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the contract: its key in the clause library, and its text."""

    key: str
    text: str = ""


class ChangeKind(StrEnum):
    """What differs between two versions of a contract."""

    CLAUSE_ADDED = "clause_added"
    CLAUSE_REWORDED = "clause_reworded"
    LINE_ADDED = "line_added"
    LINE_REMOVED = "line_removed"
    QUANTITY = "quantity"
    PRICE = "price"
    OPTIONS = "options"
    PARTS = "parts"
    LINE = "line"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `subject` is a clause's key or a line's name, `before` and `after` its numbers, if it has any."""

    kind: ChangeKind
    subject: str = ""
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over every document: who, to whom, in which deal and currency."""

    seller: Party
    customer: Party
    currency: str
    deal_number: str
    title: str = ""
    language: str = ""
    prices_include_tax: bool = False
