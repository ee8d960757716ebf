"""The way out: changes after which a blocked option can be chosen, or a problem is gone. Least disturbance first.

A search from the selection as it is: take the first law that is broken, try each change that may mend it, judge again.
What is offered was judged as a whole: the problem is gone and no other has come. The search is bounded, so a way may
exist that is not found; a fix that is offered always works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush

from app.catalog.configure.changes import do
from app.catalog.configure.engine import ONE, Situation, gives_way, judge_all, situation_of
from app.catalog.configure.facts import Facts
from app.catalog.configure.moves import Moves
from app.catalog.configure.price import PLACES, option_price, price_of_one
from app.catalog.configure.reasons import Wording
from app.catalog.configure.results import Cause, Change, Fix, Kind, Named, Reason
from app.catalog.model import Model, Selection
from app.catalog.rules import Product
from app.core.formula import rounded
from app.core.quantity import plain

FIXES = 3
"""Ways that are offered for one option or problem."""

MOST_CHANGES = 6
"""Changes in one fix; more would be no help but another product."""

MOST_STEPS = 300
"""Selections that are looked at in one search."""

MOST_JUDGED = 40_000
"""Laws that are judged in one search: about a tenth of a second where very many look at the same group."""

_COSTS = {Kind.ADD: 2, Kind.QUANTITY: 2, Kind.SET: 2, Kind.CLEAR: 3, Kind.REMOVE: 3}
"""How much a change disturbs: taking away what somebody chose more than adding to it."""


@dataclass(order=True, slots=True)
class _Node:
    """A selection on the way: what it took to get here, and what is still broken."""

    disturbance: int
    price: Fraction
    changes: tuple[Change, ...]
    facts: Facts = field(compare=False)
    broken: dict[int, Cause] = field(compare=False)


def fixes(
    model: Model,
    selection: Selection,
    target: str | Reason,
    products: Mapping[str, Product] | None = None,
    *,
    product: Product | None = None,
    quantity: Decimal = ONE,
    on: date | None = None,
) -> tuple[Fix, ...]:
    """Up to three ways to choose an option (by its key), or to mend a problem (by its reason), least disturbance first.

    `changes.apply` does a fix in one step, choosing the option included. `product` is the one that is configured; with
    it each fix says by how much the price of one changes. Empty where no way was found.
    """
    situation = situation_of(model, selection, products, quantity=quantity, on=on)
    search = _Search(situation)
    found = search.to_choose(target) if isinstance(target, str) else search.to_mend(target)
    namer = _Namer(situation, product, target if isinstance(target, str) else "")
    return tuple(namer.fix(node) for node in found)


class _Search:
    def __init__(self, situation: Situation) -> None:
        self._now = situation
        self._laws = situation.laws
        self._moves = Moves(situation.laws, situation.unsold)
        self._allowed: dict[int, Cause] = {}
        self._locked: set[str] = set()
        self._asked: set[int] = set()
        self._judged = 0

    def to_choose(self, option: str) -> list[_Node]:
        """Ways that end with the option chosen and nothing broken that was not before."""
        if option not in self._laws.options or option in self._now.unsold:
            return []
        self._allowed = self._now.broken
        self._locked = {option}
        if option in self._now.facts.taken:
            return []
        start = _Node(0, Fraction(0), (), self._now.facts, dict(self._now.broken))
        return self._best(self._after(start, Change(Kind.ADD, option)))

    def to_mend(self, problem: Reason) -> list[_Node]:
        """Ways that end without the problem and with nothing broken that was not before."""
        self._asked = {
            number
            for number, cause in self._now.broken.items()
            if self._laws.all[number].key == problem.key and cause is problem.cause
        }
        self._allowed = {n: cause for n, cause in self._now.broken.items() if n not in self._asked}
        start = _Node(0, Fraction(0), (), self._now.facts, dict(self._now.broken))
        if problem.cause in (Cause.GONE, Cause.NOT_SOLD):
            return self._best(*(self._after(start, change) for change in self._without(problem.key)))
        if not self._asked:
            return []  # it is no problem of this selection, or not any more
        return self._best(start)

    def _without(self, key: str) -> Iterable[Change]:
        """Ways to do without something that is not there any more: leave it out, or take another of its group."""
        if any(attribute == key for attribute, _ in self._now.selection.values):
            yield Change(Kind.CLEAR, key)
        elif key not in self._laws.options:
            yield Change(Kind.REMOVE, key)
        else:
            yield Change(Kind.REMOVE, key)
            for option in self._laws.groups[self._laws.group_of[key]].options:
                if option.key not in self._now.facts.taken and option.key not in self._now.unsold:
                    yield Change(Kind.ADD, option.key)

    def _best(self, *starts: _Node) -> list[_Node]:
        heap, seen, found = list(starts), {node.changes for node in starts}, list[_Node]()
        heap.sort()
        for _ in range(MOST_STEPS):
            if not heap or len(found) == FIXES or self._judged > MOST_JUDGED:
                break
            node = heappop(heap)
            if any(set(before.changes) <= set(node.changes) for before in found):
                continue
            number = self._next(node)
            if number is None:
                if self._holds(node):
                    found.append(node)
                continue
            for after in self._onward(node, number):
                if after.changes not in seen:
                    seen.add(after.changes)
                    heappush(heap, after)
        return found

    def _next(self, node: _Node) -> int | None:
        """The first law that still has to be mended; None if that is all."""
        wrong = [number for number, cause in node.broken.items() if self._matters(number, cause)]
        return min(wrong, default=None)

    def _matters(self, number: int, cause: Cause) -> bool:
        return (self._laws.all[number].stops or number in self._asked) and self._allowed.get(number) is not cause

    def _onward(self, node: _Node, number: int) -> Iterable[_Node]:
        if len(node.changes) >= MOST_CHANGES or self._judged > MOST_JUDGED:
            return
        law = self._laws.all[number]
        touched = {change.key for change in node.changes} | self._locked
        for change in self._moves.against(law, node.broken[number], node.facts):
            if change.key not in touched:
                after = self._after(node, change)
                if not {c.key for c in after.changes if c.kind is Kind.REMOVE} & self._locked:
                    yield after

    def _after(self, node: _Node, change: Change) -> _Node:
        if change.key not in self._laws.options and change.key not in self._laws.attributes:
            return _Node(3, Fraction(0), (change,), node.facts, node.broken)  # gone from the model: no law knows it
        facts = node.facts.copy()
        made = [change]
        if change.kind is Kind.ADD:
            made += [Change(Kind.REMOVE, other) for other in gives_way(self._laws, facts, change.key)]
        price = node.price + sum((self._price(one, facts) for one in made), Fraction(0))
        keys = do(self._laws, facts, change)
        numbers = dict.fromkeys(number for key in keys for number in self._laws.touching.get(key, ()))
        self._judged += len(numbers)
        broken = {number: cause for number, cause in node.broken.items() if number not in numbers}
        for number in numbers:
            cause = self._laws.all[number].judge(facts)
            if cause is not None:
                broken[number] = cause
        changes = tuple(sorted({*node.changes, *made}))
        disturbance = node.disturbance + max(_COSTS[one.kind] for one in made) + max(len(made) - 2, 0)
        return _Node(disturbance, price, changes, facts, broken)

    def _price(self, change: Change, facts: Facts) -> Fraction:
        """Roughly what a change costs: enough to look at cheap ways first."""
        option = self._laws.options.get(change.key)
        if option is not None:
            each = option_price(option, self._now.products or {})
            if change.kind is Kind.ADD:
                return each * Fraction(option.quantity)
            return -each * facts.taken.get(option.key, Fraction(0)) if change.kind is Kind.REMOVE else Fraction(0)
        attribute = self._laws.attributes[change.key]
        before, after = (attribute.value(text) for text in (facts.texts.get(change.key, ""), change.value))
        return Fraction(after.price_extra if after else 0) - Fraction(before.price_extra if before else 0)

    def _holds(self, node: _Node) -> bool:
        """Everything judged again, so that nothing rests on the bookkeeping of the search."""
        broken = judge_all(self._laws, node.facts)
        stays = {key for key in node.facts.taken if key in self._now.unsold} <= set(self._now.facts.taken)
        wrong = any(self._matters(number, cause) for number, cause in broken.items())
        return stays and not wrong


class _Namer:
    """Puts names and prices to what the search found."""

    def __init__(self, situation: Situation, product: Product | None, target: str) -> None:
        self._target = target
        self._laws = situation.laws
        self._product = product
        self._products = situation.products or {}
        self._wording = Wording(situation.laws, situation.products)
        self._before = self._of_one(situation.facts)

    def _of_one(self, facts: Facts) -> Fraction | None:
        if self._product is None:
            return None
        return price_of_one(self._laws, self._product, self._products, facts)

    def fix(self, node: _Node) -> Fix:
        """The fix of a node: removals before what is added, and the option that it is all for at the end."""
        changes = sorted(node.changes, key=lambda c: (c.key == self._target, _SHOWN.index(c.kind), c))
        after = self._of_one(node.facts)
        price = None if after is None or self._before is None else plain(rounded(after - self._before, PLACES))
        return Fix(tuple(self._named(change) for change in changes), price)

    def _named(self, change: Change) -> Named:
        attribute = self._laws.attributes.get(change.key)
        unit = "" if attribute is None else attribute.unit
        value = self._wording.value(change.key, change.value)
        return Named(change, self._wording.name(change.key), value, unit)


_SHOWN = [Kind.REMOVE, Kind.ADD, Kind.QUANTITY, Kind.SET, Kind.CLEAR]
"""Removals first, so that applying one after the other never goes through a full group."""
