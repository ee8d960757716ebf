"""What is known of an offered line beyond its price: what was chosen, what it consists of, and how the price arose."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalog.rules import Kind


class Step(StrEnum):
    """Steps of the waterfall, in their order (deal file, Waterfall)."""

    LIST = "list"
    TIER = "tier"
    CONTRACT = "contract"
    PROMOTION = "promotion"
    LINE_DISCOUNT = "line_discount"
    LINE_CHARGE = "line_charge"
    DOCUMENT_DISCOUNT = "document_discount"
    DOCUMENT_CHARGE = "document_charge"
    TAX = "tax"


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A price on the way from the list price to the price of the line: per `base_quantity` units, by which rule.

    `rule` is its name in words ("Price list Dealers", "From 10 pieces"); `author` wrote the rule or the price.
    """

    step: Step
    unit_price: Decimal
    base_quantity: Decimal = Decimal(1)
    rule: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class LostRule:
    """A rule that matched and did not decide the price: what the line would have come to (minor units), and why not."""

    step: Step
    rule: str
    amount: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A component inside a line whose price sits on the line: `quantity` and `cost` are per one unit of the line.

    It is dispatched with its line. `standalone_price` is what it costs when sold alone, per unit of the part.
    """

    name: str
    quantity: Decimal
    sku: str = ""
    description: str = ""
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    cost: Decimal | None = None
    standalone_price: Decimal | None = None
    is_printed: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bundle that a line is a part of, where the bundle's price sits on its parts.

    All lines of one bundle stand together and have the same `number`, unique in the offer; `quantity` is how many of
    the bundle were offered.
    """

    number: int
    name: str
    quantity: Decimal
    sku: str = ""
    unit: str = "C62"
    description: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LineDetail:
    """Everything beside the figures of a line; frozen with its quote and never evaluated again.

    `options` are chosen options and attributes by name, as printed. `selection` is what a configurator needs to open
    the line again (the text of a `app.catalog.configure` selection), empty for a plain line. `steps` lead from the list
    price to the line's price; promotions are reductions of the line. `own_quantity` of `own_unit` is the same quantity
    in the unit the product is kept in (2 boxes = 24 pieces). `price_is_typed` keeps the price as it is.
    """

    options: tuple[tuple[str, str], ...] = ()
    selection: str = ""
    parts: tuple[Part, ...] = ()
    bundle: Bundle | None = None
    standalone_price: Decimal | None = None
    steps: tuple[PriceStep, ...] = ()
    lost: tuple[LostRule, ...] = ()
    own_quantity: Decimal | None = None
    own_unit: str = ""
    price_is_typed: bool = False
    overrides: tuple[tuple[str, str], ...] = ()
    """Alerts that the seller overrode, and her reasons."""
    chosen_rules: tuple[str, ...] = ()
    """Price lists and promotions, by name, that the seller chose in place of those that would win."""


NO_DETAIL = LineDetail()
"""Of a line of which nothing more is known."""
