"""What a promotion takes off each of its lines, given what those before have left of them. Pure.

Amounts are minor units of the document as typed. Nothing is ever taken off below what the seller's own reductions
leave of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from app.core.errors import RuleViolation
from app.core.money import decimals, divide, percent_of, split
from app.core.quantity import MICRO, micro
from app.core.totals import Reduction
from app.pricing.book import Effect, EffectKind, Promotion, Stacking
from app.pricing.eligible import Bare, Holds, times


class Taken(NamedTuple):
    """What a promotion takes off one line: a percentage of `of`, or where that is None an exact amount."""

    promotion: Promotion
    amount: int
    of: int | None = None
    whole: int = 0

    @property
    def reduction(self) -> Reduction:
        """How the line says it: a percentage of its full amount needs no more words."""
        item = self.promotion
        if self.of is None:
            return Reduction(item.name, amount=self.amount, promotion=item.name, author=item.author)
        of = None if self.of == self.whole else self.of
        return Reduction(item.name, percent=item.effect.percent, of=of, promotion=item.name, author=item.author)


@dataclass(slots=True)
class Left:
    """What promotions have left of every line so far, and what they took."""

    of: dict[int, int] = field(default_factory=dict)
    room: dict[int, int] = field(default_factory=dict)
    stopped: dict[int, str] = field(default_factory=dict)
    taken: dict[int, list[Taken]] = field(default_factory=dict)

    @classmethod
    def bare(cls, lines: Iterable[Bare]) -> Left:
        """Before any promotion."""
        left = cls()
        for line in lines:
            left.of[line.place] = line.amount or 0
            left.room[line.place] = max(0, line.room)
        return left

    def can_give(self, line: Bare) -> int:
        """The most that may still be taken off a line."""
        return max(0, min(self.of[line.place], self.room[line.place]))

    def take(self, place: int, taken: Taken) -> None:
        """Take it off."""
        self.of[place] -= taken.amount
        self.room[place] -= taken.amount
        self.taken.setdefault(place, []).append(taken)


@dataclass(frozen=True, slots=True)
class Giving:
    """A promotion that holds, some of its lines, and what is left of them."""

    holds: Holds
    lines: Sequence[Bare]
    left: Left
    currency: str

    @property
    def effect(self) -> Effect:
        """What the promotion gives."""
        return self.holds.promotion.effect


def give(holds: Holds, lines: Sequence[Bare], left: Left, currency: str) -> dict[int, Taken]:
    """What a promotion takes off each of `lines` (some of its own), by their place; what is zero is left out."""
    if holds.promotion.effect.kind is EffectKind.PERCENT:
        return _percent(holds.promotion, lines, left)
    amounts = _AMOUNTS[holds.promotion.effect.kind](Giving(holds, lines, left, currency))
    found = {}
    for line in lines:
        amount = min(amounts.get(line.place, 0), left.can_give(line))
        if amount > 0:
            found[line.place] = Taken(holds.promotion, amount)
    return found


def _percent(promotion: Promotion, lines: Sequence[Bare], left: Left) -> dict[int, Taken]:
    """A percentage of each line's full amount, or of what is left of it where promotions compound."""
    is_added, percent = promotion.stacking is Stacking.ADD, micro(promotion.effect.percent)
    found = {}
    for line in lines:
        base = line.amount or 0
        of = base if is_added else left.of[line.place]
        amount, most = percent_of(of, percent), left.can_give(line)
        if min(amount, most) > 0:
            exact = Taken(promotion, most)
            found[line.place] = exact if amount > most else Taken(promotion, amount, of, base)
    return found


def minor(value: Decimal, currency: str) -> int:
    """An amount of a rule in minor units, rounded: rules may have more decimals than the currency."""
    return divide(micro(value) * 10 ** decimals(currency), MICRO)


def _spread(giving: Giving) -> dict[int, int]:
    """An amount off all lines together, by largest remainder on what is left of them (correctness E3)."""
    weights = [giving.left.can_give(line) for line in giving.lines]
    amount = min(minor(giving.effect.amount, giving.currency), sum(weights))
    if amount <= 0:
        return {}
    return {line.place: part for line, part in zip(giving.lines, split(amount, weights), strict=True)}


def _each(giving: Giving) -> dict[int, int]:
    """The amount for every unit, rounded once a line."""
    value = micro(giving.effect.amount) * 10 ** decimals(giving.currency)
    return {line.place: divide(value * micro(line.counted), MICRO * MICRO) for line in giving.lines}


def _fixed(giving: Giving) -> dict[int, int]:
    """What is left of the line above the other price; nothing where that is not lower."""
    prices = _each(giving)
    return {line.place: giving.left.of[line.place] - prices[line.place] for line in giving.lines}


def _buy_get(giving: Giving) -> dict[int, int]:
    """The cheapest units are got; of equally cheap ones those of the earlier line."""
    effect, left = giving.effect, giving.left
    own = sum((line.counted for line in giving.lines), Decimal(0))
    units = micro(effect.get) * times(effect, giving.holds.counted if effect.get_skus else own)
    found: dict[int, int] = {}
    for line in sorted(
        giving.lines, key=lambda line: (Fraction(left.of[line.place]) / Fraction(line.counted), line.place)
    ):
        got = min(units, micro(line.counted))
        units -= got
        found[line.place] = divide(left.of[line.place] * got * micro(effect.percent), micro(line.counted) * 100 * MICRO)
    return found


def _nothing(_giving: Giving) -> dict[int, int]:
    """A free item takes nothing off the lines there are."""
    return {}


_AMOUNTS: dict[EffectKind, Callable[[Giving], dict[int, int]]] = {
    EffectKind.AMOUNT: _spread,
    EffectKind.AMOUNT_EACH: _each,
    EffectKind.FIXED_PRICE: _fixed,
    EffectKind.BUY_GET: _buy_get,
    EffectKind.FREE_ITEM: _nothing,
}


def free_quantity(holds: Holds) -> Decimal:
    """How many units of its free item a promotion gives."""
    effect = holds.promotion.effect
    count = times(effect, holds.counted) if effect.buy > 0 else 1
    found = effect.free_quantity * count
    if found > 1_000_000_000:
        message = f"{holds.promotion.name}: it gives {found} for free, which no line can hold."
        raise RuleViolation.of("promotions", "too_large", message, promotion=holds.promotion.name)
    return found
