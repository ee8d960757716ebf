"""Optional and alternative lines of a draft: out of the total and back into it. Pure.

The lines of a page may have blank ones between them; an alternative names its line as the offer counts, without those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.totals import Basis
from app.pricing.rules import price
from app.quotes.configured import as_draft, as_line, blank_free, follow, span
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.rules import Offer, Proposal, with_early_tax


def propose(draft: QuoteDraft, place: int, instead_of: int | None = None) -> QuoteDraft:
    """The line at a place of the page, with all that stand together with it, put outside the total.

    `instead_of` is the place of the line that it would replace.
    """
    places = span(draft.lines, place)
    left = tuple(line for at, line in enumerate(draft.lines) if at not in places)
    target = None if instead_of is None else blank_free(draft.lines, instead_of)
    made = tuple(Proposal(as_line(draft.lines[at]), target) for at in places if not draft.lines[at].is_blank)
    moved = replace(draft, proposals=(*draft.proposals, *made))
    return with_lines(moved, left)


def with_lines(draft: QuoteDraft, lines: Sequence[LineDraft]) -> QuoteDraft:
    """The draft with other lines; alternatives follow the line that they are for, and are options where it is gone."""
    places = [at for at, line in enumerate(draft.lines) if not line.is_blank]
    found = []
    for proposal in draft.proposals:
        at = proposal.instead_of
        if at is not None and at < len(places):
            to = follow(draft.lines, lines, places[at])
            at = None if to is None or lines[to].is_blank else blank_free(lines, to)
        found.append(replace(proposal, instead_of=at))
    return replace(draft, lines=tuple(lines), proposals=tuple(found))


def together(proposals: Sequence[Proposal], place: int) -> range:
    """The places of the proposals that stand together as one bundle."""
    return span([as_draft(proposal.line) for proposal in proposals], place)


def take_back(draft: QuoteDraft, place: int) -> QuoteDraft:
    """A proposal into the total; what it stands instead of becomes an alternative to it."""
    places = together(draft.proposals, place)
    chosen = [as_draft(draft.proposals[at].line) for at in places]
    target = draft.proposals[places.start].instead_of
    left = tuple(one for at, one in enumerate(draft.proposals) if at not in places)
    written = [at for at, line in enumerate(draft.lines) if not line.is_blank]
    if target is None or target >= len(written):
        end = written[-1] + 1 if written else 0
        return with_lines(replace(draft, proposals=left), (*draft.lines[:end], *chosen, *draft.lines[end:]))
    out = span(draft.lines, written[target])
    lines = (*draft.lines[: out.start], *chosen, *draft.lines[out.stop :])
    at = blank_free(lines, out.start)
    others = tuple(replace(one, instead_of=_shifted(one.instead_of, target, len(out), len(chosen), at)) for one in left)
    instead = tuple(Proposal(as_line(draft.lines[index]), at) for index in out)
    return replace(draft, lines=lines, proposals=(*others, *instead))


def _shifted(place: int | None, target: int, out: int, into: int, at: int) -> int | None:
    if place is None or place < target:
        return place
    return at if place < target + out else place - out + into


def drop(draft: QuoteDraft, place: int) -> QuoteDraft:
    """The draft without a proposal, and all that stand together with it."""
    places = together(draft.proposals, place)
    return replace(draft, proposals=tuple(one for at, one in enumerate(draft.proposals) if at not in places))


def choose(offer: Offer, chosen: Sequence[int], basis: Basis) -> Offer:
    """The offer that a buyer accepts who takes some of the proposals (from 0); all others are not offered any more.

    An alternative takes the place of its line, and of everything that stands together with it; of several for one line
    all stand there. Raises `RuleViolation` where the whole cannot be priced so.
    """
    taken = sorted({at for place in chosen for at in together(offer.proposals, place)})
    drafts = [as_draft(line) for line in offer.lines]
    out: dict[int, range] = {}
    inside: dict[int, list[int]] = {}
    more: list[int] = []
    for at in taken:
        target = offer.proposals[at].instead_of
        if target is None or target >= len(drafts):
            more.append(at)
            continue
        places = span(drafts, target)
        out[places.start] = places
        inside.setdefault(places.start, []).append(at)
    lines = []
    gone = {at for places in out.values() for at in places}
    for at, line in enumerate(offer.lines):
        lines += [offer.proposals[index].line for index in inside.get(at, [])]
        lines += [] if at in gone else [line]
    lines += [offer.proposals[index].line for index in more]
    found = with_early_tax(replace(offer, lines=tuple(lines), proposals=()), basis)
    price(found.lines, found.reductions, basis)
    return found
