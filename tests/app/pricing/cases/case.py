"""One priced case: rules and lines, what each line comes to, and where that figure was taken from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.catalog.rules import Kind
from app.core.totals import Basis, Reduction
from app.pricing.book import (
    Asked,
    Circumstances,
    Conditions,
    ContractPrice,
    Counted,
    Coupon,
    Effect,
    EffectKind,
    FreeProduct,
    KnownCoupon,
    Method,
    PriceBook,
    PriceEntry,
    PriceList,
    Promotion,
    Reading,
    Stacking,
    Tier,
)
from tests.builders import DAY, a_tax

HAND = "by hand"
E3 = "correctness.md E3"
EMPTY = PriceBook()


@dataclass(frozen=True)
class Case:
    """`expect` are the amounts of the lines after their reductions, as text; what else is given is looked at too."""

    name: str
    source: str
    lines: tuple[Asked, ...]
    expect: tuple[str, ...]
    book: PriceBook = EMPTY
    currency: str = "EUR"
    gross: bool = False
    on: date = DAY
    customer: int | None = 7
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ("DE",)
    coupons: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    free: tuple[tuple[str, str], ...] = ()
    lost: tuple[tuple[str, str], ...] = field(default=())

    @property
    def circumstances(self) -> Circumstances:
        """Who asks, and when."""
        basis = Basis(self.currency, self.gross)
        return Circumstances(self.on, basis, self.customer, self.groups, self.regions, self.coupons)


def D(text: str | int) -> Decimal:  # noqa: N802  reads like a figure
    """A figure."""
    return Decimal(text)


def ask(sku: str, quantity: str = "1", price: str | None = "10.00", rate: str = "19", **over: Any) -> Asked:
    """A line; other figures as text."""
    for name in ("cost", "weight", "own_quantity", "base_quantity", "extras"):
        if name in over:
            over[name] = Decimal(over[name])
    return Asked(sku, Decimal(quantity), None if price is None else Decimal(price), tax=a_tax(rate), **over)


def service(sku: str, **over: Any) -> Asked:
    """A line of one service without a price of its own."""
    return ask(sku, "1", None, kind=Kind.SERVICE, **over)


def tiers(*pairs: tuple[str, str]) -> tuple[Tier, ...]:
    """Tiers by least quantity and value."""
    return tuple(Tier(Decimal(least), Decimal(value)) for least, value in pairs)


def entry(value: str = "0", sku: str = "", method: Method = Method.FIXED, **over: Any) -> PriceEntry:
    """An entry of a price list."""
    for name in ("least_quantity", "base_quantity"):
        if name in over:
            over[name] = Decimal(over[name])
    return PriceEntry(method, Decimal(value), sku, **over)


def a_list(*entries: PriceEntry, name: str = "List", **over: Any) -> PriceList:
    """A price list in euros."""
    return PriceList(**({"name": name, "currency": "EUR", "entries": entries} | over))


def contract(price: str, sku: str = "A", **over: Any) -> ContractPrice:
    """A price agreed with customer 7."""
    return ContractPrice(**({"customer_id": 7, "sku": sku, "currency": "EUR", "price": Decimal(price)} | over))


def off(
    percent: str, name: str = "Off", stacking: Stacking = Stacking.BEST_ONLY, priority: int = 0, **when: Any
) -> Promotion:
    """A percentage off."""
    return Promotion(
        name, Effect(EffectKind.PERCENT, percent=Decimal(percent)), conditions(**when), stacking, priority, "EUR"
    )


def less(
    amount: str,
    name: str = "Less",
    stacking: Stacking = Stacking.BEST_ONLY,
    kind: EffectKind = EffectKind.AMOUNT,
    priority: int = 0,
    currency: str = "EUR",
    **when: Any,
) -> Promotion:
    """An amount off all lines together, or with another kind off each unit, or another price."""
    return Promotion(name, Effect(kind, amount=Decimal(amount)), conditions(**when), stacking, priority, currency)


def get(buy: str, get_: str, percent: str = "100", name: str = "Get", **over: Any) -> Promotion:
    """Buy some, get some."""
    when = {key: over.pop(key) for key in list(over) if key in Conditions.__dataclass_fields__}
    stacking = over.pop("stacking", Stacking.BEST_ONLY)
    effect = Effect(EffectKind.BUY_GET, Decimal(percent), buy=Decimal(buy), get=Decimal(get_), **over)
    return Promotion(name, effect, conditions(**when), stacking)


def gift(sku: str, quantity: str = "1", buy: str = "0", name: str = "Gift", **over: Any) -> Promotion:
    """A product for free."""
    when = {key: over.pop(key) for key in list(over) if key in Conditions.__dataclass_fields__}
    effect = Effect(EffectKind.FREE_ITEM, buy=Decimal(buy), free_sku=sku, free_quantity=Decimal(quantity), **over)
    return Promotion(name, effect, conditions(**when), currency="EUR")


def conditions(**when: Any) -> Conditions:
    """Conditions; figures as text."""
    for name in ("least_quantity", "most_quantity", "least_amount", "most_amount", "least_order"):
        if name in when:
            when[name] = Decimal(when[name])
    return Conditions(**when)


def of_lists(*lists: PriceList, contracts: tuple[ContractPrice, ...] = ()) -> PriceBook:
    """A book of lists and contract prices."""
    return PriceBook(lists=lists, contracts=contracts)


def of_promotions(*promotions: Promotion, **over: Any) -> PriceBook:
    """A book of promotions."""
    return PriceBook(promotions=promotions, **over)


def known(code: str, promotion: str = "Off", uses: int = 0, own: int = 0, **over: Any) -> KnownCoupon:
    """A coupon and its uses."""
    return KnownCoupon(Coupon(code, promotion, **over), uses, own)


MUG = FreeProduct("MUG", "Mug", a_tax(), Decimal("8.00"))
TYPED = Reduction("Friend", amount=500)

__all__ = [
    "E3",
    "HAND",
    "MUG",
    "TYPED",
    "Asked",
    "Case",
    "Counted",
    "D",
    "EffectKind",
    "Method",
    "PriceBook",
    "Reading",
    "Reduction",
    "Stacking",
    "a_list",
    "ask",
    "conditions",
    "contract",
    "entry",
    "get",
    "gift",
    "known",
    "less",
    "of_lists",
    "of_promotions",
    "off",
    "service",
    "tiers",
]
