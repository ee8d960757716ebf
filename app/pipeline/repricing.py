"""Prices of a draft that began earlier: nothing changes by itself, and before and after are looked at first (P16).

A draft that is taken up again, revised or copied holds the prices it had; lines on which today's rules would change
anything are held like typed prices. `choices` tells what each line would cost today, typed ones too, and `taken` takes
today's price for those that were chosen, and for no others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from app.core.errors import Problem, RuleViolation
from app.core.totals import Reduction
from app.pipeline.pricing import choose, priced_draft, reprice
from app.pricing.engine import given_by
from app.quotes.draft import LineDraft, QuoteDraft, live
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Choice:
    """The line at `place` of the draft, before and after: amounts in minor units, after its own reductions, as typed.

    `is_typed` says that the seller decided its price: it changes only if she wants it. `rules` make the new price.
    """

    place: int
    name: str
    before: int
    after: int
    is_typed: bool
    rules: tuple[str, ...] = ()

    @property
    def change(self) -> int:
        """By how much it changes."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Choices:
    """Every line with what it would cost today, and the gross of the whole before and after if all were taken."""

    lines: tuple[Choice, ...]
    before: int
    after: int
    conflicts: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether any line would cost something else."""
        return any(line.change for line in self.lines)


def held(session: Session, draft: QuoteDraft, live_places: Collection[int] = ()) -> QuoteDraft:
    """The draft so that pricing it changes no line but those at `live_places`; the same draft where nothing would.

    Promotions that no longer hold become discounts of the seller; a coupon's are told anew, because it has to hold when
    the quote is sent.
    """
    try:
        now, _ = priced_draft(session, draft)
    except RuleViolation:
        return draft
    changed = [
        place
        for (place, old), (_, new) in zip(_asked(draft), _asked(now), strict=True)
        if place not in live_places and _costs(old) != _costs(new)
    ]
    gone = [] if live_places else _given_no_more(draft, now)
    if not changed and not gone:
        return draft
    kept = _with(draft, {place: _typed(draft.lines[place]) for place in (*changed, *gone)})
    again, _ = priced_draft(session, kept)
    told = dict(zip((place for place, _ in _asked(kept)), (line for _, line in _asked(again)), strict=True))
    return _with(kept, {place: _discounted(kept.lines[place], told[place]) for place in (*changed, *gone)})


def choices(session: Session, draft: QuoteDraft) -> Choices | None:
    """What every line would cost by today's catalogue and rules; None while the draft cannot be worked out."""
    places = [place for place, _ in _asked(draft)]
    known = live(draft)
    try:
        found = reprice(session, _released(draft, places))
    except RuleViolation:
        return None
    after = live(_without_doubles(found.draft))
    if known is None or after is None:
        return None
    amounts = [[line.amount for line in priced.typed.lines] for _, priced in (known, after)]
    before_at = {place: index for index, place in enumerate(_written(draft))}
    after_at = [_written(found.draft).index(place) for place, _ in _asked(found.draft)]
    rows = tuple(
        Choice(
            place,
            draft.lines[place].name,
            amounts[0][before_at[place]],
            amounts[1][index],
            bool(draft.lines[place].sku) and _is_hers(draft.lines[place]),
            row.rules,
        )
        for place, index, row in zip(places, after_at, found.rows, strict=False)
    )
    gross = [priced.assembled.totals.gross for _, priced in (known, after)]
    return Choices(rows, gross[0], gross[1], found.conflicts)


def taken(session: Session, draft: QuoteDraft, places: Collection[int]) -> QuoteDraft:
    """The draft with today's prices on the lines at `places`; all others keep what they cost."""
    today = _without_doubles(reprice(session, _released(draft, places)).draft)
    asked = zip(_asked(draft), _asked(today), strict=True)
    merged = _with(draft, {place: new for (place, _), (_, new) in asked if place in places})
    return priced_draft(session, held(session, merged, frozenset(places)))[0]


def _asked(draft: QuoteDraft) -> list[tuple[int, LineDraft]]:
    """The lines that were asked for, with their places; promotions give others on top."""
    lines = enumerate(draft.lines)
    return [(place, line) for place, line in lines if not line.is_blank and not given_by(line.detail.steps)]


def _written(draft: QuoteDraft) -> list[int]:
    return [place for place, line in enumerate(draft.lines) if not line.is_blank]


def _given_no_more(draft: QuoteDraft, now: QuoteDraft) -> list[int]:
    """Places of lines that a promotion gave, and gives no more."""
    still = {given_by(line.detail.steps) for line in now.lines}
    return [place for place, line in enumerate(draft.lines) if (by := given_by(line.detail.steps)) and by not in still]


def _costs(line: LineDraft) -> tuple[object, ...]:
    return line.unit_price, line.base_quantity, line.reductions


def _with(draft: QuoteDraft, lines: dict[int, LineDraft]) -> QuoteDraft:
    return replace(draft, lines=tuple(lines.get(place, line) for place, line in enumerate(draft.lines)))


def _is_hers(line: LineDraft) -> bool:
    agreed = line.list_price is not None and line.list_price != line.unit_price
    return line.detail.price_is_typed or (agreed and not line.detail.steps)


def _typed(line: LineDraft) -> LineDraft:
    return replace(line, detail=replace(line.detail, steps=(), price_is_typed=bool(line.sku)))


def _discounted(line: LineDraft, told: LineDraft) -> LineDraft:
    """The line with its promotions as discounts of the seller, but for those that are told anew."""
    anew = {reduction.promotion for reduction in told.reductions}
    return replace(line, reductions=tuple(_own(reduction, anew) for reduction in line.reductions))


def _own(reduction: Reduction, anew: Collection[str]) -> Reduction:
    if not reduction.promotion or reduction.promotion in anew:
        return reduction
    return replace(reduction, reason=reduction.promotion, promotion="")


def _released(draft: QuoteDraft, places: Collection[int]) -> QuoteDraft:
    """The draft with the rules deciding on the lines at these places, also where the seller had decided."""
    for place in places:
        line = draft.lines[place]
        if line.sku and _is_hers(line):
            draft = choose(_with(draft, {place: _typed(line)}), place, "")
    return draft


def _without_doubles(draft: QuoteDraft) -> QuoteDraft:
    """Where a promotion holds again, the discount that took its place goes."""
    return replace(draft, lines=tuple(replace(line, reductions=tuple(_single(line))) for line in draft.lines))


def _single(line: LineDraft) -> Iterator[Reduction]:
    names = {reduction.promotion for reduction in line.reductions if reduction.promotion}
    return (reduction for reduction in line.reductions if reduction.promotion or reduction.reason not in names)
