"""A deal file as values: what `parse` reads and `write` writes. Amounts are minor units of the deal's currency.

Texts are composed (NFC) and trimmed; empty text means that nothing was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.party import Party
from app.core.tax import Tax
from app.core.totals import Basis, Reduction, TaxRounding
from app.payments.rules import Method
from app.quotes.rules import Terms

FORMAT = "handsel-deal/1"
"""The one version of the format that is read."""

DEFAULT_TERMS = Terms()
"""The terms of a deal that names none."""


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as typed: None or empty text where the catalogue is to say it.

    `unit_price` and `list_price` are per `base_quantity` units, `cost` is per unit; `reductions` are the line's
    discounts, then its charges, in file order. Without a sku, name, price and tax are always there; in a bundle, price
    and tax may stand above or below. `options` are pairs of name and value, a name may stand several times. The
    quantities of what is in `bundle` are for one of the line.
    """

    quantity: Decimal
    sku: str = ""
    name: str = ""
    description: str = ""
    kind: Kind | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    base_quantity: Decimal = Decimal(1)
    list_price: Decimal | None = None
    cost: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()
    tax: Tax | None = None
    standalone_price: Decimal | None = None
    options: tuple[tuple[str, str], ...] = ()
    bundle: tuple[LineInput, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, on a day; `do` is its name in the file."""

    do: ClassVar[str] = ""

    on: date


@dataclass(frozen=True, slots=True)
class DealFile:
    """A whole deal file. `date` is the day the deal starts; the steps' days never go back.

    The cashback is one of the `terms`; `language` is that of the printed documents, empty for the customer's.
    """

    customer: Party
    currency: str
    date: date
    lines: tuple[LineInput, ...]
    seller: Party | None = None
    reference: str = ""
    title: str = ""
    prices_include_tax: bool = False
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT
    discounts: tuple[Reduction, ...] = ()
    charges: tuple[Reduction, ...] = ()
    terms: Terms = DEFAULT_TERMS
    steps: tuple[Step, ...] = ()
    language: str = ""
    coupons: tuple[str, ...] = ()

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        """Discounts, then charges of the whole document."""
        return self.discounts + self.charges

    @property
    def basis(self) -> Basis:
        """How its amounts are counted."""
        return Basis(self.currency, self.prices_include_tax, self.tax_rounding)


@dataclass(frozen=True, slots=True)
class LineQuantity:
    """A quantity of one line; lines are counted from 1.

    Of a bundle whose parts are lines of their own, `part` names one of those, counted from 1, and the quantity is
    the part's; None means all parts that fit, and the quantity counts bundles.
    """

    line: int
    quantity: Decimal
    part: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What became of one line, or `part` of one, that was in transit; what none of the four names stays there."""

    line: int
    accepted: Decimal = Decimal(0)
    damaged: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    refused: Decimal = Decimal(0)
    part: int | None = None


@dataclass(frozen=True, slots=True)
class SendQuote(Step):
    """The quote is sent."""

    do: ClassVar[str] = "send_quote"


@dataclass(frozen=True, slots=True)
class ReviseQuote(Step):
    """A new revision; what is None stays as it was, what is there replaces the whole of it.

    `terms` say nothing of the cashback, which is a percentage of its own: 0 takes it away.
    """

    do: ClassVar[str] = "revise_quote"

    lines: tuple[LineInput, ...] | None = None
    discounts: tuple[Reduction, ...] | None = None
    charges: tuple[Reduction, ...] | None = None
    terms: Terms | None = None
    title: str | None = None
    coupons: tuple[str, ...] | None = None
    cashback: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AcceptQuote(Step):
    """The customer accepts."""

    do: ClassVar[str] = "accept_quote"

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeclineQuote(Step):
    """The customer declines."""

    do: ClassVar[str] = "decline_quote"

    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AmendContract(Step):
    """A new contract version: either a clause with its text, or the whole new list of lines."""

    do: ClassVar[str] = "amend_contract"

    clause: str = ""
    text: str = ""
    lines: tuple[LineInput, ...] | None = None
    discounts: tuple[Reduction, ...] | None = None
    charges: tuple[Reduction, ...] | None = None


@dataclass(frozen=True, slots=True)
class SignContract(Step):
    """One side signs."""

    do: ClassVar[str] = "sign_contract"

    by: Side
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pay(Step):
    """Money comes in; `invoice` is the how-manieth invoice of the deal, None where the oldest are settled.

    `discount` is what is taken off for paying early; after the last day for it only with a `reason`.
    """

    do: ClassVar[str] = "pay"

    amount: int
    method: Method = Method.BANK
    reference: str = ""
    invoice: int | None = None
    discount: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Refund(Step):
    """Money goes back."""

    do: ClassVar[str] = "refund"

    amount: int
    method: Method = Method.BANK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch(Step):
    """Goods leave: all that is open where `lines` is None; `override` is the reason for leaving unpaid."""

    do: ClassVar[str] = "dispatch"

    lines: tuple[LineQuantity, ...] | None = None
    carrier: str = ""
    tracking: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmReceipt(Step):
    """The customer has received: the how-manieth delivery (None: all in transit), everything where `lines` is None."""

    do: ClassVar[str] = "confirm_receipt"

    by: str = ""
    delivery: int | None = None
    lines: tuple[ReceivedLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class CompleteService(Step):
    """A service is done: all that is open of the line, or of one `part` of it, where `quantity` is None."""

    do: ClassVar[str] = "complete_service"

    line: int
    quantity: Decimal | None = None
    by: str = ""
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Return(Step):
    """Goods come back, to stock or to the scrap heap."""

    do: ClassVar[str] = "return"

    lines: tuple[LineQuantity, ...]
    reason: str = ""
    restock: bool = True


@dataclass(frozen=True, slots=True)
class Credit(Step):
    """A credit note without goods for the how-manieth invoice: by lines, or by a gross amount."""

    do: ClassVar[str] = "credit"

    invoice: int
    lines: tuple[LineQuantity, ...] | None = None
    amount: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cancel(Step):
    """What is still open is cancelled."""

    do: ClassVar[str] = "cancel"

    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClosePeriod(Step):
    """The books are locked through a day."""

    do: ClassVar[str] = "close_period"

    through: date
