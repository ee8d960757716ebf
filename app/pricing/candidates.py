"""What every rule that is for a line makes of its price: by method, tier and reading, in the document's mode. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from app.core.errors import Problem, RuleViolation
from app.core.formula import number
from app.pricing.amounts import UnitPrice, in_mode, line_amount, line_price, per_line_unit, tax_factor, unit_price
from app.pricing.book import Asked, Circumstances, ContractPrice, Method, PriceEntry, PriceList, Reading
from app.pricing.detail import Step
from app.pricing.rule_index import Index

UNKNOWN = 10**18
"""Stands for the amount of a price that is known only at the end (percent of total): nothing is dearer."""


Rank = tuple[int, int, int, int, Decimal, int, str]
"""What decides between prices, the smallest first; the places are those of `_REASONS`."""


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


def candidates(index: Index, asked: Asked, problems: list[Problem]) -> Iterator[Candidate]:
    """Every rule's price for a line; rules that cannot be worked out go to `problems` instead."""
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
    if entry.method is Method.FORMULA:
        price = unit_price(_by_formula(entry, asked), asked.base_quantity, price_list.round_to)
    else:
        start = asked.unit_price if entry.method is Method.PERCENT_OFF else asked.cost
        price = _computed(entry.method, value, start or Decimal(0), asked.base_quantity, price_list.round_to)
    if entry.method is Method.PERCENT_OFF:
        has_tax = wants_tax  # it starts from the catalogue's price, which is in the document's mode
    return in_mode(price, asked.tax, has_tax=has_tax, wants_tax=wants_tax)


@lru_cache(maxsize=4096)
def _computed(
    method: Method, value: Decimal, start: Decimal, base_quantity: Decimal, round_to: Decimal | None
) -> UnitPrice:
    """The price by a method that starts from the catalogue's price (per base quantity) or from the cost of one."""
    percent = Fraction(value) / 100
    if method is Method.PERCENT_OFF:
        each = Fraction(start) / Fraction(base_quantity) * (1 - percent)
    elif method is Method.MARKUP:
        each = Fraction(start) * (1 + percent)
    else:
        each = Fraction(start) / (1 - percent)
    return unit_price(each, base_quantity, round_to)


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
