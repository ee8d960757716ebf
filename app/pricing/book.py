"""The rules that make prices, as values: lists, contract prices, promotions, coupons, charges for delivery. Pure.

Prices and amounts of a rule are decimals in the rule's currency; percentages are percent ("10" is ten percent). What a
rule may say is checked in `app.pricing.checks`; which rule wins is decided in `app.pricing.engine`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.catalog.rules import Kind
from app.core.errors import Problem
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction
from app.pricing.detail import LostRule, PriceStep

CATALOGUE = "Catalogue"
"""What the price of the catalogue is called where it loses, or is chosen, beside rules with names of their own."""


class Method(StrEnum):
    """How an entry of a price list comes to a price; the value of each is in brackets."""

    FIXED = "fixed"
    """The price itself (per `base_quantity` units)."""
    PERCENT_OFF = "percent_off"
    """The catalogue's price less a percentage."""
    MARKUP = "markup"
    """Cost plus a percentage of the cost."""
    MARGIN = "margin"
    """The price of which a percentage is left after the cost."""
    PERCENT_OF_TOTAL = "percent_of_total"
    """A percentage of what the lines of a category come to; evaluated last, never on itself."""
    FORMULA = "formula"
    """What a formula over `list`, `cost`, `quantity` and `weight` comes to."""


class Reading(StrEnum):
    """How tiers are read. Slab boundaries are "beyond": what is above `least_quantity` has the tier's price."""

    ALL_UNITS = "all_units"
    """From `least_quantity` on, all units have the tier's price."""
    SLAB = "slab"
    """Each part of the quantity has the price of its own slab."""
    BLOCK = "block"
    """From `least_quantity` on, the tier's price is the price of the whole line, whatever the quantity."""


@dataclass(frozen=True, slots=True)
class Tier:
    """From (slab: beyond) this quantity on, this value holds in place of the one before; the method is the same."""

    least_quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One rule of a price list: for a product, for a category, or for all where both are empty.

    `value` holds from `least_quantity` on; below it the entry does not apply. `of_category` is for percent of total
    (empty: of all lines that are no percentage themselves); `formula` for the method formula.
    """

    method: Method
    value: Decimal = Decimal(0)
    sku: str = ""
    category: str = ""
    least_quantity: Decimal = Decimal(0)
    reading: Reading = Reading.ALL_UNITS
    tiers: tuple[Tier, ...] = ()
    base_quantity: Decimal = Decimal(1)
    of_category: str = ""
    formula: str = ""

    @property
    def breadth(self) -> int:
        """How much it covers: 0 a product, 1 a category, 2 everything. The narrower rule is the more specific one."""
        return 0 if self.sku else 1 if self.category else 2


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices in one currency, for a group of customers or (empty) all, on some days or always; ends included.

    Among lists the higher `priority` wins. `round_to` rounds computed unit prices ("0.05"); left out, they keep up to
    six decimals, because rounding happens once, on the line (correctness E3).
    """

    name: str
    currency: str
    entries: tuple[PriceEntry, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    group: str = ""
    includes_tax: bool = False
    priority: int = 0
    round_to: Decimal | None = None
    active: bool = True
    author: str = ""


@dataclass(frozen=True, slots=True)
class ContractPrice:
    """A price agreed with one customer for one product: it beats every list. Read like an entry with a fixed price."""

    customer_id: int
    sku: str
    currency: str
    price: Decimal
    base_quantity: Decimal = Decimal(1)
    least_quantity: Decimal = Decimal(0)
    reading: Reading = Reading.ALL_UNITS
    tiers: tuple[Tier, ...] = ()
    includes_tax: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""
    author: str = ""

    @property
    def name(self) -> str:
        """How a line names it: its note, or what it is."""
        return self.note or "Contract price"


class Counted(StrEnum):
    """Over what a promotion counts quantity and amount."""

    TOGETHER = "together"
    """Over all lines that match."""
    EACH_LINE = "each_line"
    """On every line by itself."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a promotion holds. What is empty does not limit; lines match by product or by category.

    Quantities and amounts are those of the matching lines, before any promotion, in the mode (net or gross) of the
    document; `least_order` is of all lines. Regions are countries ("DE") or the region of an address.
    """

    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    customers: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    least_quantity: Decimal | None = None
    most_quantity: Decimal | None = None
    least_amount: Decimal | None = None
    most_amount: Decimal | None = None
    least_order: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    counted: Counted = Counted.TOGETHER
    needs_coupon: bool = False

    @property
    def breadth(self) -> int:
        """0 for products, 1 for categories, 2 for everything; one less where only some customers are meant."""
        lines = 0 if self.skus else 2 if self.categories else 4
        return lines - (1 if self.customers or self.groups else 0)


class EffectKind(StrEnum):
    """What a promotion gives."""

    PERCENT = "percent"
    """A percentage off every matching line."""
    AMOUNT = "amount"
    """An amount off the matching lines together, spread by largest remainder."""
    AMOUNT_EACH = "amount_each"
    """An amount off every unit."""
    FIXED_PRICE = "fixed_price"
    """Another price of the unit, where that is lower."""
    BUY_GET = "buy_get"
    """Of what was bought, some units are free or cheaper: the cheapest ones."""
    FREE_ITEM = "free_item"
    """A product on top, as a line of its own that costs nothing."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a promotion gives. `percent` is off the line, or off the units that are got (100: free).

    For every `buy` units of the matching lines `get` units are got: of the same lines, where `get_skus` is empty (then
    the order must hold buy + get units), else of those. `repeats` gives again for every full set, at most `most_times`
    in all. A free item is `free_quantity` of `free_sku`, for every `buy` units where `buy` is above zero.
    """

    kind: EffectKind
    percent: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    buy: Decimal = Decimal(0)
    get: Decimal = Decimal(0)
    get_skus: tuple[str, ...] = ()
    repeats: bool = True
    most_times: int | None = None
    free_sku: str = ""
    free_quantity: Decimal = Decimal(1)

    @property
    def is_joint(self) -> bool:
        """Whether it is one gift over several lines, which cannot be taken for some of them only."""
        return self.kind in (EffectKind.AMOUNT, EffectKind.BUY_GET)


class Stacking(StrEnum):
    """What becomes of other promotions on the same line."""

    BEST_ONLY = "best_only"
    """Stands alone: of it and the others, the higher priority, else what takes more off."""
    COMPOUND = "compound"
    """Of what those before have left: 10 and 10 percent are 19."""
    ADD = "add"
    """Of the line's full amount: 10 and 10 percent are 20."""
    STOP = "stop"
    """As compound, and none after it."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """An offer to many. `currency` is that of its amounts; empty, it holds in every currency and has no amounts."""

    name: str
    effect: Effect
    conditions: Conditions = Conditions()
    stacking: Stacking = Stacking.BEST_ONLY
    priority: int = 0
    currency: str = ""
    active: bool = True
    author: str = ""


def coupon_code(text: str) -> str:
    """A code as it is compared: without spaces around it, in capitals."""
    return text.strip().upper()


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code that opens a promotion (by name), on some days, so many times in all and for one customer."""

    code: str
    promotion: str
    starts_on: date | None = None
    ends_on: date | None = None
    most_uses: int | None = None
    most_per_customer: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class KnownCoupon:
    """A coupon and how often it is in use, in all and by the customer who asks."""

    coupon: Coupon
    uses: int = 0
    uses_of_customer: int = 0


class DeliveryMethod(StrEnum):
    """How a charge for delivery is found."""

    FLAT = "flat"
    BY_WEIGHT = "by_weight"
    BY_AMOUNT = "by_amount"


@dataclass(frozen=True, slots=True)
class DeliveryStep:
    """From this weight (kg) or amount of goods on, this charge."""

    least: Decimal
    charge: Decimal


@dataclass(frozen=True, slots=True)
class DeliveryRule:
    """What delivery costs, as a charge of the document with a tax of its own (None: with the goods' tax).

    `charge` is the flat one, or that below the first step; from `free_from` on (amount of the goods) it is free.
    Empty `countries` means all others.
    """

    name: str
    currency: str
    method: DeliveryMethod = DeliveryMethod.FLAT
    charge: Decimal = Decimal(0)
    steps: tuple[DeliveryStep, ...] = ()
    free_from: Decimal | None = None
    tax: Tax | None = None
    includes_tax: bool = False
    countries: tuple[str, ...] = ()
    priority: int = 0
    active: bool = True
    author: str = ""


@dataclass(frozen=True, slots=True)
class FreeProduct:
    """What has to be known of a product that promotions give for free; `unit_price` in the document's currency."""

    sku: str
    name: str
    tax: Tax
    unit_price: Decimal | None = None
    base_quantity: Decimal = Decimal(1)
    cost: Decimal | None = None
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    category: str = ""


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Every rule that may matter to one customer, day, currency and set of products."""

    lists: tuple[PriceList, ...] = ()
    contracts: tuple[ContractPrice, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    coupons: tuple[KnownCoupon, ...] = ()
    delivery: tuple[DeliveryRule, ...] = ()
    products: tuple[FreeProduct, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who asks, when, and how the document counts. `regions` are the country and the region of where goods go."""

    on: date
    basis: Basis
    customer_id: int | None = None
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    coupons: tuple[str, ...] = ()
    chosen_list: str = ""
    """The price list to take in place of the one that would win; empty: the rules decide."""


_NO_TAX = Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0))


@dataclass(frozen=True, slots=True)
class Asked:
    """A line to be priced. `unit_price` (per `base_quantity` units) is the catalogue's, or the seller's if `is_typed`.

    `own_quantity` is the quantity in the unit in which rules count and price, where that is another than the line's (2
    boxes are 24 pieces). `extras` is what chosen options add to the catalogue's price, inside `unit_price`; a fixed
    price of a rule gets it on top. `reductions` are those the seller typed. `chosen` are rules she wants by name.
    `keeps_price` is for a part of a bundle: its price was allocated, only promotions may act on it.
    """

    sku: str
    quantity: Decimal
    unit_price: Decimal | None = None
    base_quantity: Decimal = Decimal(1)
    tax: Tax = _NO_TAX
    category: str = ""
    kind: Kind = Kind.GOODS
    cost: Decimal | None = None
    weight: Decimal | None = None
    own_quantity: Decimal | None = None
    extras: Decimal = Decimal(0)
    reductions: tuple[Reduction, ...] = ()
    chosen: tuple[str, ...] = ()
    is_typed: bool = False
    keeps_price: bool = False
    bundle_sku: str = ""


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """A priced line: the price, the promotions before the typed reductions, how it arose, and what lost.

    `unit_price` is None where no rule and no catalogue has a price. `steps` are empty where the catalogue's or the
    typed price simply holds.
    """

    unit_price: Decimal | None
    base_quantity: Decimal
    reductions: tuple[Reduction, ...] = ()
    steps: tuple[PriceStep, ...] = ()
    lost: tuple[LostRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeLine:
    """A line that a promotion gives on top: it has its worth as price, and a reduction of all of it."""

    product: FreeProduct
    quantity: Decimal
    line: AppliedLine
    promotion: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What the rules make of the lines, in the order asked.

    `coupons` are the codes that gave something; `refused` says for each other code why not (field `coupons[i]`, codes
    in `app.pricing.coupon_rules`). `conflicts` are rules that only their names could tell apart.
    """

    lines: tuple[AppliedLine, ...]
    free: tuple[FreeLine, ...] = ()
    coupons: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    conflicts: tuple[Problem, ...] = ()
