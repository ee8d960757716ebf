"""Which price a line has: contract price, price list or catalogue, with its tiers, its way there, and what lost. Pure.

Precedence (docs/spec/pricing.md): what the seller typed; what she chose; a contract price; among lists the higher
priority, then the narrower entry (product, category, all), then a list for the customer's group, then the higher least
quantity, then what is better for the buyer, then the name; last the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem
from app.pricing.amounts import UnitPrice, line_amount
from app.pricing.book import CATALOGUE, Asked, Circumstances
from app.pricing.candidates import UNKNOWN, Candidate, candidates
from app.pricing.detail import LostRule, PriceStep, Step
from app.pricing.rule_index import Index


class Because(StrEnum):
    """Why a rule that matched did not decide; the words are the screen's."""

    TYPED = "typed"
    CHOSEN = "chosen"
    CONTRACT = "contract"
    PRIORITY = "priority"
    NARROWER = "narrower"
    GROUP = "group"
    LEAST_QUANTITY = "least_quantity"
    DEARER = "dearer"
    NAME = "name"
    RULE = "rule"
    """The catalogue's price: a rule stands in its place."""
    BETTER = "better"
    """Another promotion takes more off."""
    STOPPED = "stopped"
    """A promotion before it lets none follow."""
    NOTHING_LEFT = "nothing_left"


_REASONS = (
    Because.CONTRACT,
    Because.PRIORITY,
    Because.NARROWER,
    Because.GROUP,
    Because.LEAST_QUANTITY,
    Because.DEARER,
    Because.NAME,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The price of a line; `winner` is None where the catalogue's or the typed price holds."""

    price: UnitPrice | None
    winner: Candidate | None = None
    steps: tuple[PriceStep, ...] = ()
    lost: tuple[LostRule, ...] = ()
    problems: tuple[Problem, ...] = ()


def find(index: Index, asked: Asked) -> Found:
    """The price of one line."""
    own = None if asked.unit_price is None else UnitPrice(asked.unit_price, asked.base_quantity)
    if asked.keeps_price or not asked.sku:
        return Found(own)
    problems: list[Problem] = []
    ranked = sorted(candidates(index, asked, problems), key=lambda candidate: candidate.rank)
    if asked.is_typed:
        return Found(own, lost=_lost(ranked, None, Because.TYPED), problems=tuple(problems))
    if not ranked:
        return Found(own, problems=tuple(problems))
    winner, is_chosen = _winner(ranked, asked, index.circumstances)
    lost = _lost(ranked, winner, Because.CHOSEN if is_chosen else None)
    if winner is None:
        return Found(own, lost=lost, problems=tuple(problems))
    if own is not None:
        amount = line_amount(asked.quantity, own, index.circumstances.basis.currency)
        lost = (*lost, LostRule(Step.LIST, CATALOGUE, amount, Because.RULE))
    return Found(winner.price, winner, _steps(own, winner, ranked), lost, tuple(problems))


def _winner(ranked: list[Candidate], asked: Asked, circumstances: Circumstances) -> tuple[Candidate | None, bool]:
    """The price that holds (None: the catalogue's), and whether it is the seller's choice."""
    best = ranked[0]
    for name in (*asked.chosen, circumstances.chosen_list):
        if name == CATALOGUE and asked.unit_price is not None:
            return None, True
        chosen = next((candidate for candidate in ranked if name and candidate.name == name), None)
        if chosen is not None:
            return chosen, chosen is not best
    return best, False


def _lost(ranked: Iterable[Candidate], winner: Candidate | None, because: Because | None) -> tuple[LostRule, ...]:
    return tuple(
        LostRule(
            candidate.step,
            candidate.name,
            None if candidate.amount == UNKNOWN else candidate.amount,
            because or _reason(winner, candidate),
        )
        for candidate in ranked
        if candidate is not winner
    )


def _reason(winner: Candidate | None, loser: Candidate) -> Because:
    """By what the winner was preferred: the first place in which the ranks differ."""
    if winner is None:
        return Because.CHOSEN
    places = zip(winner.rank, loser.rank, _REASONS, strict=True)
    return next((reason for won, lost, reason in places if won != lost), Because.NAME)


def _steps(own: UnitPrice | None, winner: Candidate, ranked: list[Candidate]) -> tuple[PriceStep, ...]:
    """From the catalogue's price over the list's and its tier to the contract's, as far as there are any."""
    steps = [] if own is None else [PriceStep(Step.LIST, own.amount, own.base_quantity)]
    way = [winner]
    if winner.step is Step.CONTRACT:
        below = next((c for c in ranked if c.step is Step.LIST and c.price is not None), None)
        way = [winner] if below is None else [below, winner]
    for candidate in way:
        if candidate.price is None or candidate.first is None:
            continue
        if candidate.step is Step.LIST and candidate.tier:
            first, reached = candidate.first, candidate.price
            steps.append(PriceStep(Step.LIST, first.amount, first.base_quantity, candidate.name, candidate.author))
            rule = f"{candidate.name} ({candidate.tier})"
            steps.append(PriceStep(Step.TIER, reached.amount, reached.base_quantity, rule, candidate.author))
        else:
            name = f"{candidate.name} ({candidate.tier})" if candidate.tier else candidate.name
            price = candidate.price
            steps.append(PriceStep(candidate.step, price.amount, price.base_quantity, name, candidate.author))
    return tuple(steps)
