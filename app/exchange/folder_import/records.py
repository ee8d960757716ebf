"""The rows of the five tables as values, each with the row it stood in. Amounts are minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.catalog.rules import Product
from app.core.party import Party
from app.exchange.tables import Row


class Status(StrEnum):
    """Where an order stands, in the words of the file."""

    SHIPPED = "shipped"
    RESOLVED = "resolved"
    DISPUTED = "disputed"
    IN_PROCESS = "in process"
    ON_HOLD = "on hold"
    CANCELLED = "cancelled"

    @property
    def received(self) -> bool:
        """Whether the customer has the goods: received and invoiced on the day they were shipped."""
        return self in (Status.SHIPPED, Status.RESOLVED, Status.DISPUTED)

    @property
    def flag(self) -> str:
        """The mark its deal keeps, for what needs attention."""
        return self.value if self in (Status.DISPUTED, Status.ON_HOLD) else ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer under the id that the folder calls him by."""

    row: Row
    id: str
    party: Party
    contact: str


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product; the folder's id is its SKU."""

    row: Row
    product: Product


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order without its lines; `status` is None where the cell could not be read."""

    row: Row
    id: str
    customer_id: str
    ordered_on: date
    shipped_on: date | None
    status: Status | None
    comment: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order: `unit_price` is what was agreed."""

    row: Row
    order_id: str
    number: int
    product_id: str
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money that a customer paid; which order he meant, nobody wrote down."""

    row: Row
    customer_id: str
    reference: str
    paid_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Folder:
    """Everything that was read, in the order of the files."""

    customers: tuple[CustomerRow, ...]
    products: tuple[ProductRow, ...]
    orders: tuple[OrderRow, ...]
    lines: tuple[LineRow, ...]
    payments: tuple[PaymentRow, ...]
