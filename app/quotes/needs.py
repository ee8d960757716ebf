"""What the lines of a draft would take out of the store room, and whether it is there on the day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.catalog.rules import Kind
from app.quotes.draft import LineDraft
from app.stock.rules import Availability


@dataclass(frozen=True, slots=True)
class Promise:
    """Whether a line can be promised for a day: `wanted` of `sku` by this line, `free` for it on that day.

    Both in the product's own unit; `soonest` is the first day on which there is enough, None where none is known.
    """

    sku: str
    wanted: Decimal
    free: Decimal
    unit: str
    soonest: date | None

    @property
    def is_short(self) -> bool:
        """Whether there is less than the line takes."""
        return self.free < self.wanted


def needs(line: LineDraft) -> dict[str, Decimal]:
    """What a line of goods takes, by SKU in the product's own unit: its parts, or the product itself."""
    if line.kind is not Kind.GOODS or line.quantity is None or line.quantity <= 0:
        return {}
    found: dict[str, Decimal] = {}
    for part in line.detail.parts:
        if part.sku:
            found[part.sku] = found.get(part.sku, Decimal(0)) + part.quantity * line.quantity
    if not line.detail.parts and line.sku:
        own = line.detail.own_quantity
        found[line.sku] = line.quantity if own is None else own
    return found


def skus(lines: Iterable[LineDraft]) -> frozenset[str]:
    """Every SKU that the lines name or take."""
    lines = tuple(lines)
    return frozenset({line.sku for line in lines if line.sku}.union(*(needs(line) for line in lines)))


def promises(lines: Iterable[LineDraft], stock: Mapping[str, Availability], on: date) -> list[Promise | None]:
    """For each line its scarcest thing on a day, after what the lines before it take; None where nothing is counted."""
    taken: dict[str, Decimal] = {}
    found = []
    for line in lines:
        mine = [_promise(sku, wanted, stock[sku], taken, on) for sku, wanted in needs(line).items() if sku in stock]
        for one in mine:
            taken[one.sku] = taken.get(one.sku, Decimal(0)) + one.wanted
        found.append(min(mine, key=lambda one: one.free - one.wanted, default=None))
    return found


def _promise(sku: str, wanted: Decimal, known: Availability, taken: Mapping[str, Decimal], on: date) -> Promise:
    before = taken.get(sku, Decimal(0))
    soonest = known.soonest(before + wanted)
    later = None if soonest is None else max(soonest, known.on)
    return Promise(sku, wanted, known.free_on(on) - before, known.unit, later)
