"""Which promotions act on which lines: those that stand alone against those that go together. Pure.

Promotions that go together (compound, add, stop) act in the order of their priority, then the narrower one, then the
name. One that stands alone (best only) takes their place on a line where its priority is higher, or the same and it
takes more off; an amount off several lines together, and buy X get Y, stand or fall on all their lines as one. What
the seller chose on a line counts as the highest priority there. A free item stands beside all of them. Nothing of this
depends on the order in which promotions are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.pricing.book import EffectKind, Promotion, Stacking
from app.pricing.detail import LostRule, Step
from app.pricing.eligible import Bare, Holds
from app.pricing.gifts import Left, Taken, give
from app.pricing.unit_prices import Because

_CHOSEN = 10**9
"""The priority of what the seller chose."""


def precedence(promotion: Promotion) -> tuple[int, int, str]:
    """The order in which promotions act, the first one smallest."""
    return -promotion.priority, promotion.conditions.breadth, promotion.name


def _priority(promotion: Promotion, line: Bare) -> int:
    return _CHOSEN if promotion.name in line.asked.chosen else promotion.priority


@dataclass(slots=True)
class Stacked:
    """What came of it: what was taken off each line by its place, and the promotions that lost there."""

    taken: dict[int, list[Taken]] = field(default_factory=dict)
    lost: dict[int, list[LostRule]] = field(default_factory=dict)

    def lose(self, line: Bare, promotion: Promotion, amount: int, because: Because) -> None:
        """Note a promotion that would have taken `amount` off."""
        whole = (line.amount or 0) - amount
        self.lost.setdefault(line.place, []).append(LostRule(Step.PROMOTION, promotion.name, whole, because))


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is taken off a line, and at which priority; what is better for a line is the greater one."""

    priority: int
    amount: int


_NONE = _Offer(-_CHOSEN, 0)


def stack(all_lines: Sequence[Bare], holding: Iterable[Holds], currency: str) -> Stacked:
    """Decide between the promotions that hold, and take them off."""
    acting = sorted(
        (holds for holds in holding if holds.promotion.effect.kind is not EffectKind.FREE_ITEM),
        key=lambda holds: precedence(holds.promotion),
    )
    together = [holds for holds in acting if holds.promotion.stacking is not Stacking.BEST_ONLY]
    alone = [holds for holds in acting if holds.promotion.stacking is Stacking.BEST_ONLY]
    result = Stacked()
    open_lines = {line.place: line for line in all_lines}
    bare = Left.bare(all_lines)
    singles = _best_singles([holds for holds in alone if not holds.promotion.effect.is_joint], bare, currency)
    all_together = _together(together, open_lines, bare, currency)
    rivals = {place: _rival(place, open_lines[place], singles, all_together) for place in open_lines}
    for place, taken in _winning_joints(alone, open_lines, rivals, bare, currency):
        result.taken[place] = taken
        del open_lines[place]
    for place in list(open_lines):
        single = singles.get(place)
        if single is not None and _is_better(single.best, _of_stack(place, open_lines[place], all_together)):
            result.taken[place] = [single.taken]
            del open_lines[place]
    last = _together(together, open_lines, bare, currency) if len(open_lines) < len(all_lines) else all_together
    result.taken |= last.taken
    _tell_losers(result, acting, last, bare, currency)
    return result


def _is_better(one: _Offer, other: _Offer) -> bool:
    """Whether one stands in the place of the other: by priority, else by amount; where both are equal it does not."""
    if not one.amount:
        return False
    return not other.amount or (one.priority, one.amount) > (other.priority, other.amount)


@dataclass(frozen=True, slots=True)
class _Single:
    """The promotion that is best for one line among those that stand alone."""

    best: _Offer
    taken: Taken


def _best_singles(alone: Iterable[Holds], bare: Left, currency: str) -> dict[int, _Single]:
    found: dict[int, _Single] = {}
    for holds in alone:
        taken = give(holds, holds.lines, bare, currency)
        for line in holds.lines:
            if (one := taken.get(line.place)) is not None:
                offer = _Offer(_priority(holds.promotion, line), one.amount)
                if line.place not in found or _is_better(offer, found[line.place].best):
                    found[line.place] = _Single(offer, one)
    return found


def _together(together: Iterable[Holds], open_lines: dict[int, Bare], bare: Left, currency: str) -> Left:
    """All that go together, one after the other, on the lines that are still open."""
    left = Left(dict(bare.of), dict(bare.room))
    for holds in together:
        promotion = holds.promotion
        lines = [line for line in holds.lines if line.place in open_lines and line.place not in left.stopped]
        for place, taken in give(holds, lines, left, currency).items():
            left.take(place, taken)
            if promotion.stacking is Stacking.STOP:
                left.stopped[place] = promotion.name
    return left


def _of_stack(place: int, line: Bare, left: Left) -> _Offer:
    taken = left.taken.get(place)
    if not taken:
        return _NONE
    return _Offer(max(_priority(one.promotion, line) for one in taken), sum(one.amount for one in taken))


def _rival(place: int, line: Bare, singles: dict[int, _Single], left: Left) -> _Offer:
    """The best that a line can have without any promotion over several lines that stands alone."""
    stacked = _of_stack(place, line, left)
    single = singles.get(place)
    return single.best if single is not None and _is_better(single.best, stacked) else stacked


def _winning_joints(
    alone: Iterable[Holds], open_lines: dict[int, Bare], rivals: dict[int, _Offer], bare: Left, currency: str
) -> list[tuple[int, list[Taken]]]:
    """Promotions over several lines that stand alone and win: every line of theirs, with what is taken off it."""
    joints = [holds for holds in alone if holds.promotion.effect.is_joint]
    worth = {holds.promotion.name: _total(give(holds, holds.lines, bare, currency)) for holds in joints}
    claimed: set[int] = set()
    found: list[tuple[int, list[Taken]]] = []
    for holds in sorted(joints, key=lambda h: (-_top(h), -worth[h.promotion.name], h.promotion.name)):
        lines = [line for line in holds.lines if line.place in open_lines and line.place not in claimed]
        taken = give(holds, lines, bare, currency)
        if _joint_wins(holds, lines, _total(taken), rivals):
            claimed |= {line.place for line in lines}
            found += [(line.place, [taken[line.place]] if line.place in taken else []) for line in lines]
    return found


def _top(holds: Holds) -> int:
    """The highest priority it has on any of its lines."""
    return max(_priority(holds.promotion, line) for line in holds.lines)


def _total(taken: dict[int, Taken]) -> int:
    return sum(one.amount for one in taken.values())


def _joint_wins(holds: Holds, lines: Sequence[Bare], amount: int, rivals: dict[int, _Offer]) -> bool:
    against = [rivals[line.place] for line in lines if rivals[line.place].amount]
    highest = max((rival.priority for rival in against), default=-_CHOSEN)
    own = max((_priority(holds.promotion, line) for line in lines), default=-_CHOSEN)
    if not amount or own != highest:
        return bool(amount) and own > highest
    return amount > sum(rival.amount for rival in against)


def _tell_losers(result: Stacked, acting: Iterable[Holds], last: Left, bare: Left, currency: str) -> None:
    """Note every promotion that holds for a line and took nothing off it, with what it alone would have made of it."""
    winners = {place: {one.promotion.name for one in taken} for place, taken in result.taken.items()}
    for holds in acting:
        name = holds.promotion.name
        losing = [line for line in holds.lines if name not in winners.get(line.place, ())]
        if not losing:
            continue
        would = give(holds, holds.lines if holds.promotion.effect.is_joint else losing, bare, currency)
        for line in losing:
            if line.place in would:
                because = Because.STOPPED if last.stopped.get(line.place, name) != name else Because.BETTER
                if because is Because.BETTER and not winners.get(line.place):
                    because = Because.NOTHING_LEFT
                result.lose(line, holds.promotion, would[line.place].amount, because)
