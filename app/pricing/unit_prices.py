"""Which price a line has: contract price, price list or catalogue, with its tiers, its way there, and what lost. Pure.

Precedence (docs/spec/pricing.md): what the seller typed; what she chose; a contract price; among lists the higher
priority, then the narrower entry (product, category, all), then a list for the customer's group, then the higher least
quantity, then what is better for the buyer, then the name; last the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.core.errors import Problem, RuleViolation
from app.core.formula import number
from app.pricing.amounts import UnitPrice, in_mode, line_amount, line_price, per_line_unit, tax_factor, unit_price
from app.pricing.book import (
    CATALOGUE,
    Asked,
    Circumstances,
    ContractPrice,
    Method,
    PriceBook,
    PriceEntry,
    PriceList,
    Reading,
)
from app.pricing.detail import LostRule, PriceStep, Step

UNKNOWN = 10**18
"""Stands for the amount of a price that is known only at the end (percent of total): nothing is dearer."""


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


Rank = tuple[int, int, int, int, Decimal, int, str]
"""What decides between prices, the smallest first; the places are those of `_REASONS`."""

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
class Candidate:
    """A rule's price for one line: at its first tier, and where another tier is reached at that one."""

    step: Step
    name: str
    author: str
    rank: Rank
    first: UnitPrice | None
    price: UnitPrice | None
    tier: str = ""
    amount: int = UNKNOWN
    entry: PriceEntry | None = None

    @property
    def is_percent_of_total(self) -> bool:
        """Whether its price is known only when all others are."""
        return self.entry is not None and self.entry.method is Method.PERCENT_OF_TOTAL


@dataclass(frozen=True, slots=True)
class Found:
    """The price of a line; `winner` is None where the catalogue's or the typed price holds."""

    price: UnitPrice | None
    winner: Candidate | None = None
    steps: tuple[PriceStep, ...] = ()
    lost: tuple[LostRule, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Index:
    """The price rules that hold on the day for the customer, by what they are for: a line looks at few of them."""

    circumstances: Circumstances
    by_sku: dict[str, list[tuple[PriceList, PriceEntry]]] = field(default_factory=dict)
    by_category: dict[str, list[tuple[PriceList, PriceEntry]]] = field(default_factory=dict)
    for_all: list[tuple[PriceList, PriceEntry]] = field(default_factory=list)
    contracts: dict[str, list[ContractPrice]] = field(default_factory=dict)

    @classmethod
    def of(cls, book: PriceBook, circumstances: Circumstances) -> Index:
        """The index of a book."""
        index = cls(circumstances)
        for price_list in book.lists:
            if list_holds(price_list, circumstances):
                for entry in price_list.entries:
                    index._add(price_list, entry)
        for contract in book.contracts:
            if contract_holds(contract, circumstances):
                index.contracts.setdefault(contract.sku, []).append(contract)
        return index

    def _add(self, price_list: PriceList, entry: PriceEntry) -> None:
        if entry.sku:
            self.by_sku.setdefault(entry.sku, []).append((price_list, entry))
        elif entry.category:
            self.by_category.setdefault(entry.category, []).append((price_list, entry))
        else:
            self.for_all.append((price_list, entry))

    def entries(self, asked: Asked) -> Iterator[tuple[PriceList, PriceEntry]]:
        """Every entry that is for the line, whatever its quantity."""
        yield from self.by_sku.get(asked.sku, ())
        if asked.category:
            yield from self.by_category.get(asked.category, ())
        yield from self.for_all


def list_holds(price_list: PriceList, circumstances: Circumstances) -> bool:
    """Whether a list is in force for this customer, day and currency."""
    return (
        price_list.active
        and price_list.currency == circumstances.basis.currency
        and within(price_list.starts_on, price_list.ends_on, circumstances.on)
        and (not price_list.group or price_list.group in circumstances.groups)
    )


def contract_holds(contract: ContractPrice, circumstances: Circumstances) -> bool:
    """Whether a contract price is in force for this customer, day and currency."""
    return (
        contract.customer_id == circumstances.customer_id
        and contract.currency == circumstances.basis.currency
        and within(contract.starts_on, contract.ends_on, circumstances.on)
    )


def within(starts_on: date | None, ends_on: date | None, on: date) -> bool:
    """Whether a day lies in a validity; both its ends belong to it, None is open."""
    return (starts_on is None or starts_on <= on) and (ends_on is None or on <= ends_on)


def find(index: Index, asked: Asked) -> Found:
    """The price of one line."""
    own = None if asked.unit_price is None else UnitPrice(asked.unit_price, asked.base_quantity)
    if asked.keeps_price or not asked.sku:
        return Found(own)
    problems: list[Problem] = []
    candidates = sorted(_candidates(index, asked, problems), key=lambda candidate: candidate.rank)
    if asked.is_typed:
        return Found(own, lost=_lost(candidates, None, Because.TYPED), problems=tuple(problems))
    if not candidates:
        return Found(own, problems=tuple(problems))
    winner, is_chosen = _winner(candidates, asked, index.circumstances)
    lost = _lost(candidates, winner, Because.CHOSEN if is_chosen else None)
    if winner is None:
        return Found(own, lost=lost, problems=tuple(problems))
    if own is not None:
        amount = line_amount(asked.quantity, own, index.circumstances.basis.currency)
        lost = (*lost, LostRule(Step.LIST, CATALOGUE, amount, Because.RULE))
    return Found(winner.price, winner, _steps(own, winner, candidates), lost, tuple(problems))


def _winner(candidates: list[Candidate], asked: Asked, circumstances: Circumstances) -> tuple[Candidate | None, bool]:
    """The price that holds (None: the catalogue's), and whether it is the seller's choice."""
    best = candidates[0]
    for name in (*asked.chosen, circumstances.chosen_list):
        if name == CATALOGUE and asked.unit_price is not None:
            return None, True
        chosen = next((candidate for candidate in candidates if name and candidate.name == name), None)
        if chosen is not None:
            return chosen, chosen is not best
    return best, False


def _lost(candidates: Iterable[Candidate], winner: Candidate | None, because: Because | None) -> tuple[LostRule, ...]:
    return tuple(
        LostRule(
            candidate.step,
            candidate.name,
            None if candidate.amount == UNKNOWN else candidate.amount,
            because or _reason(winner, candidate),
        )
        for candidate in candidates
        if candidate is not winner
    )


def _reason(winner: Candidate | None, loser: Candidate) -> Because:
    """By what the winner was preferred: the first place in which the ranks differ."""
    if winner is None:
        return Because.CHOSEN
    places = zip(winner.rank, loser.rank, _REASONS, strict=True)
    return next((reason for won, lost, reason in places if won != lost), Because.NAME)


def _steps(own: UnitPrice | None, winner: Candidate, candidates: list[Candidate]) -> tuple[PriceStep, ...]:
    """From the catalogue's price over the list's and its tier to the contract's, as far as there are any."""
    steps = [] if own is None else [PriceStep(Step.LIST, own.amount, own.base_quantity)]
    way = [winner]
    if winner.step is Step.CONTRACT:
        below = next((c for c in candidates if c.step is Step.LIST and c.price is not None), None)
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


# ---------------------------------------------------------------- candidates


def _candidates(index: Index, asked: Asked, problems: list[Problem]) -> Iterator[Candidate]:
    counted = asked.own_quantity or asked.quantity
    for contract in index.contracts.get(asked.sku, ()):
        if counted >= contract.least_quantity:
            yield _of_contract(contract, asked, index.circumstances)
    for price_list, entry in index.entries(asked):
        if counted >= entry.least_quantity:
            try:
                candidate = _of_entry(price_list, entry, asked, index.circumstances)
            except RuleViolation as violation:
                problems.extend(_named(price_list, problem) for problem in violation.problems)
            else:
                if candidate is not None:
                    yield candidate


def _named(price_list: PriceList, problem: Problem) -> Problem:
    values = problem.values | {"rule": price_list.name}
    return Problem("formula", problem.code, f"{price_list.name}: {problem.message}", values)


def _of_contract(contract: ContractPrice, asked: Asked, circumstances: Circumstances) -> Candidate:
    entry = PriceEntry(
        Method.FIXED,
        contract.price,
        contract.sku,
        least_quantity=contract.least_quantity,
        reading=contract.reading,
        tiers=contract.tiers,
        base_quantity=contract.base_quantity,
    )
    as_list = PriceList(contract.name, contract.currency, includes_tax=contract.includes_tax)
    first, price, tier = _prices(as_list, entry, asked, circumstances)
    amount = line_amount(asked.quantity, price, circumstances.basis.currency)
    rank = (0, 0, 0, 0, -contract.least_quantity, amount, contract.name)
    return Candidate(Step.CONTRACT, contract.name, contract.author, rank, first, price, tier, amount)


def _of_entry(price_list: PriceList, entry: PriceEntry, asked: Asked, circumstances: Circumstances) -> Candidate | None:
    first: UnitPrice | None = None
    price: UnitPrice | None = None
    tier, amount = "", UNKNOWN
    if entry.method is not Method.PERCENT_OF_TOTAL:
        if not _is_possible(entry, asked):
            return None
        first, price, tier = _prices(price_list, entry, asked, circumstances)
        amount = line_amount(asked.quantity, price, circumstances.basis.currency)
    ungrouped = 0 if price_list.group else 1
    rank = (1, -price_list.priority, entry.breadth, ungrouped, -entry.least_quantity, amount, price_list.name)
    return Candidate(Step.LIST, price_list.name, price_list.author, rank, first, price, tier, amount, entry)


def _is_possible(entry: PriceEntry, asked: Asked) -> bool:
    """Whether what the method starts from is known of the line in this currency."""
    if entry.method is Method.PERCENT_OFF:
        return asked.unit_price is not None
    if entry.method in (Method.MARKUP, Method.MARGIN):
        return asked.cost is not None
    return True


def _prices(
    price_list: PriceList, entry: PriceEntry, asked: Asked, circumstances: Circumstances
) -> tuple[UnitPrice, UnitPrice, str]:
    """The price at the first tier, the one that is reached, and which tier that is (empty: the first)."""
    wants_tax = circumstances.basis.prices_include_tax
    counted = asked.own_quantity or asked.quantity
    reached = [tier for tier in entry.tiers if _reaches(entry.reading, counted, tier.least_quantity)]
    sign = ">" if entry.reading is Reading.SLAB else "≥"
    name = f"{sign} {reached[-1].least_quantity}" if reached else ""
    if entry.reading is Reading.BLOCK:
        values = [entry.value, reached[-1].value if reached else entry.value]
        extras = Fraction(asked.extras) * Fraction(asked.quantity)
        factor = tax_factor(asked.tax, has_tax=price_list.includes_tax, wants_tax=wants_tax)
        first, price = (
            line_price(Fraction(v) * factor + extras, asked.quantity, circumstances.basis.currency) for v in values
        )
        return first, price, name
    first = _at(price_list, entry, entry.value, asked, wants_tax)
    if not reached:
        return first, first, ""
    if entry.reading is Reading.SLAB:
        return first, _slabs(price_list, entry, asked, circumstances), name
    return first, _at(price_list, entry, reached[-1].value, asked, wants_tax), name


def _reaches(reading: Reading, counted: Decimal, least: Decimal) -> bool:
    return counted > least if reading is Reading.SLAB else counted >= least


def _slabs(price_list: PriceList, entry: PriceEntry, asked: Asked, circumstances: Circumstances) -> UnitPrice:
    """Every part of the quantity at the price of its slab; the sum is rounded once and is the price of the line."""
    counted = asked.own_quantity or asked.quantity
    wants_tax = circumstances.basis.prices_include_tax
    bounds = [Decimal(0), *(tier.least_quantity for tier in entry.tiers)]
    values = [entry.value, *(tier.value for tier in entry.tiers)]
    per_unit = Fraction(asked.quantity) / Fraction(counted)
    total = Fraction(0)
    for place, (lower, value) in enumerate(zip(bounds, values, strict=True)):
        upper = min(counted, bounds[place + 1]) if place + 1 < len(bounds) else counted
        if upper > lower:
            each = _at(price_list, entry, value, asked, wants_tax).exact
            total += Fraction(upper - lower) * per_unit * each
    return line_price(total, asked.quantity, circumstances.basis.currency)


def _at(price_list: PriceList, entry: PriceEntry, value: Decimal, asked: Asked, wants_tax: bool) -> UnitPrice:
    """The unit price that one value of an entry comes to, with or without tax as the document counts."""
    has_tax = price_list.includes_tax
    if entry.method is Method.FIXED:
        price = in_mode(UnitPrice(value, entry.base_quantity), asked.tax, has_tax=has_tax, wants_tax=wants_tax)
        price = per_line_unit(price, asked.quantity, asked.own_quantity)
        if not asked.extras:
            return price
        return unit_price(price.exact + Fraction(asked.extras) / Fraction(asked.base_quantity), price.base_quantity)
    each = _computed(entry, value, asked)
    if entry.method is Method.PERCENT_OFF:
        has_tax = wants_tax  # it starts from the catalogue's price, which is in the document's mode
    price = unit_price(each, asked.base_quantity, price_list.round_to)
    return in_mode(price, asked.tax, has_tax=has_tax, wants_tax=wants_tax)


def _computed(entry: PriceEntry, value: Decimal, asked: Asked) -> Fraction:
    """The exact price of one unit by a method that computes it. Raises `RuleViolation` for a formula that cannot."""
    percent = Fraction(value) / 100
    if entry.method is Method.PERCENT_OFF:
        return _catalogue(asked) * (1 - percent)
    cost = Fraction(asked.cost or 0)
    if entry.method is Method.MARKUP:
        return cost * (1 + percent)
    if entry.method is Method.MARGIN:
        return cost / (1 - percent)
    return _by_formula(entry, asked)


def _catalogue(asked: Asked) -> Fraction:
    return Fraction(asked.unit_price or 0) / Fraction(asked.base_quantity)


def _by_formula(entry: PriceEntry, asked: Asked) -> Fraction:
    names = {
        "list": None if asked.unit_price is None else _catalogue(asked),
        "cost": asked.cost,
        "quantity": asked.own_quantity or asked.quantity,
        "weight": asked.weight,
    }
    found = number(entry.formula, names)
    if found is None:
        message = f"{entry.formula!r} needs a list price, cost or weight that is not known of {asked.sku}."
        raise RuleViolation.of("formula", "not_known", message, sku=asked.sku, formula=entry.formula)
    if found < 0:
        message = f"{entry.formula!r} comes to a price below zero for {asked.sku}."
        raise RuleViolation.of("formula", "below_zero", message, sku=asked.sku, formula=entry.formula)
    return found
