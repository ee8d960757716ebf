"""The engine: from a model and a selection to how everything stands. Pure; no order of rules or clicks changes it.

For each option that is not chosen it is tried what choosing it would break, and for each that is, what taking it off
would. Only the laws that look at the option or its group are judged again, so a thousand options and five hundred rules
take some tens of milliseconds (tests/bench/configure.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.catalog.configure.facts import Facts, taken_quantity
from app.catalog.configure.laws import Laws, laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.configure.results import (
    INCOMPLETE_CAUSES,
    Alert,
    Cause,
    Configuration,
    Reason,
    Result,
    Standing,
    State,
)
from app.catalog.model import Condition, Model, Op, Option, OptionGroup, RuleKind, Selection
from app.catalog.rules import Product
from app.core.quantity import plain

ONE = Decimal(1)


@dataclass(slots=True)
class Situation:
    """A selection before the laws: facts, what is broken now, which options cannot be sold. Only for this package."""

    laws: Laws
    selection: Selection
    facts: Facts
    broken: dict[int, Cause]
    unsold: frozenset[str]
    products: Mapping[str, Product] | None

    def wording(self) -> Wording:
        """The names for reasons."""
        return Wording(self.laws, self.products)


def evaluate(
    model: Model,
    selection: Selection,
    products: Mapping[str, Product] | None = None,
    *,
    quantity: Decimal = ONE,
    on: date | None = None,
) -> Configuration:
    """How a selection of a model stands: problems, alerts, and each option as free, chosen, forced or blocked.

    `products` are those of the options by SKU; a product that is missing there, out of use or (with `on`) not offered
    that day cannot be chosen. Without `products` that is not looked at. `quantity` is how many of the product are
    sold. Nothing in the selection raises: what does not fit is a problem in the answer.
    """
    situation = situation_of(model, selection, products, quantity=quantity, on=on)
    wording = situation.wording()
    trial = _Trial(situation, wording)
    results = tuple(trial.result(option) for option in situation.laws.options.values())
    problems = _problems(situation, wording)
    alerts = tuple(_alerts(situation, wording))
    return Configuration(state_of(problems), situation.selection, problems, alerts, results)


def state_of(problems: Iterable[Reason]) -> State:
    """Incomplete where more choosing mends everything, invalid where it does not."""
    causes = {problem.cause for problem in problems}
    if not causes:
        return State.VALID
    return State.INCOMPLETE if causes <= INCOMPLETE_CAUSES else State.INVALID


def situation_of(
    model: Model,
    selection: Selection,
    products: Mapping[str, Product] | None,
    *,
    quantity: Decimal = ONE,
    on: date | None = None,
) -> Situation:
    """What `evaluate` and the search for fixes start from."""
    laws = laws_of(model)
    selection = ordered(laws, selection)
    facts = facts_of(laws, selection, quantity)
    unsold = frozenset() if products is None else frozenset(_unsold(laws, products, on))
    return Situation(laws, selection, facts, judge_all(laws, facts), unsold, products)


def facts_of(laws: Laws, selection: Selection, quantity: Decimal = ONE) -> Facts:
    """The facts of a selection; what the model does not know is left out here and reported by `evaluate`."""
    facts = laws.facts(Fraction(quantity) if quantity.is_finite() else Fraction(1))
    for choice in selection.chosen:
        option = laws.options.get(choice.option)
        if option is not None and choice.option not in facts.taken:
            facts.take(choice.option, taken_quantity(option, choice.quantity))
    for key, text in selection.values:
        attribute = laws.attributes.get(key)
        if attribute is not None and key not in facts.texts:
            facts.fill(attribute, text)
    return facts


def ordered(laws: Laws, selection: Selection) -> Selection:
    """The same selection in the model's order, everything once; what the model does not know stands last."""
    options = {key: at for at, key in enumerate(laws.options)}
    attributes = {key: at for at, key in enumerate(laws.attributes)}
    chosen = {choice.option: choice for choice in reversed(selection.chosen)}
    values = {key: text for key, text in reversed(selection.values) if text}
    return Selection(
        selection.sku,
        tuple(sorted(chosen.values(), key=lambda c: (options.get(c.option, len(options)), c.option))),
        tuple(sorted(values.items(), key=lambda pair: (attributes.get(pair[0], len(attributes)), pair[0]))),
        tuple(sorted(dict(reversed(selection.overrides)).items())),
        tuple(sorted(selection.inner, key=lambda inner: inner.sku)),
    )


def judge_all(laws: Laws, facts: Facts) -> dict[int, Cause]:
    """Every broken law by its number, with what is wrong."""
    return {number: cause for number, law in enumerate(laws.all) if (cause := law.judge(facts)) is not None}


def newly_broken(laws: Laws, facts: Facts, before: Mapping[int, Cause], numbers: Iterable[int]) -> dict[int, Cause]:
    """Of some laws, those that stop the sale and were not broken in this way before."""
    found = {}
    for number in numbers:
        law = laws.all[number]
        if law.stops:
            cause = law.judge(facts)
            if cause is not None and before.get(number) is not cause:
                found[number] = cause
    return found


def gives_way(laws: Laws, facts: Facts, option: str) -> tuple[str, ...]:
    """What goes when an option is chosen: where only one of a group may be, choosing is exchanging."""
    group = laws.groups[laws.group_of[option]]
    if group.most != 1 or not facts.counts.get(group.key):
        return ()
    return tuple(other.key for other in group.options if other.key in facts.taken and other.key != option)


def _unsold(laws: Laws, products: Mapping[str, Product], on: date | None) -> Iterable[str]:
    for option in laws.options.values():
        if option.sku:
            product = products.get(option.sku)
            if product is None or not (product.active if on is None else product.offered_on(on)):
                yield option.key


class _Trial:
    """Tries every option, added or taken off, and takes it back.

    Laws that look at a group but at none of its options by name see one option more, whichever it is. They are judged
    once a group, so that a thousand options in one group do not cost a thousand times all its laws.
    """

    def __init__(self, situation: Situation, wording: Wording) -> None:
        self._now = situation
        self._laws = situation.laws
        self._facts = situation.facts
        self._wording = wording
        self._needed = _needed(situation)
        self._counted: dict[tuple[str, int], dict[int, Reason]] = {}

    def result(self, option: Option) -> Result:
        """How one option stands."""
        taken = self._facts.taken.get(option.key)
        name = self._wording.option(option)
        if taken is None:
            standing, reasons = self._if_added(option)
            return Result(option.key, name, standing, False, reasons=reasons)
        reasons = _if_removed(self._now, option, self._wording)
        standing = Standing.FORCED if reasons else Standing.CHOSEN
        quantity = plain(Decimal(taken.numerator) / taken.denominator)
        return Result(option.key, name, standing, True, quantity, reasons)

    def _if_added(self, option: Option) -> tuple[Standing, tuple[Reason, ...]]:
        key, group = option.key, self._laws.group_of[option.key]
        out = gives_way(self._laws, self._facts, key)
        named = self._laws.naming(key) + tuple(number for other in out for number in self._laws.naming(other))
        broken = self._named_broken(option, out, dict.fromkeys(named))
        if len(out) != 1:  # one for one changes nothing for the group
            broken |= {
                number: why for number, why in self._if_counted(group, 1 - len(out)).items() if number not in named
            }
        reasons = tuple(broken[number] for number in sorted(broken))
        if key in self._now.unsold:
            reasons = (self._wording.not_sold(option), *reasons)
        if reasons:
            return Standing.BLOCKED, reasons
        asking = self._needed.get(key, ())
        reasons = tuple(self._wording.reason(self._laws.all[n], self._now.broken[n], self._facts) for n in asking)
        return (Standing.FORCED if reasons else Standing.FREE), reasons

    def _named_broken(self, option: Option, out: tuple[str, ...], numbers: Iterable[int]) -> dict[int, Reason]:
        """What adding an option (and taking out what gives way to it) breaks of the laws that name them."""
        facts, kept = self._facts, [(other, self._facts.taken[other]) for other in out]
        for other in out:
            facts.leave(other)
        facts.take(option.key, Fraction(option.quantity))
        found = self._reasons(numbers)
        facts.leave(option.key)
        for other, quantity in kept:
            facts.take(other, quantity)
        return found

    def _if_counted(self, group: str, more: int) -> dict[int, Reason]:
        """What so many more (or fewer) of a group break of the laws that look at the group."""
        if (group, more) not in self._counted:
            count = self._facts.counts.get(group, 0)
            self._facts.counts[group] = count + more
            self._counted[group, more] = self._reasons(self._laws.naming(group))
            self._facts.counts[group] = count
        return self._counted[group, more]

    def _reasons(self, numbers: Iterable[int]) -> dict[int, Reason]:
        broken = newly_broken(self._laws, self._facts, self._now.broken, numbers)
        return {n: self._wording.reason(self._laws.all[n], cause, self._facts) for n, cause in broken.items()}


def _if_removed(situation: Situation, option: Option, wording: Wording) -> tuple[Reason, ...]:
    """What taking it off would break. A group that then has too few is no obstacle while it has others to offer."""
    laws, facts, key = situation.laws, situation.facts, option.key
    quantity = facts.taken[key]
    facts.leave(key)
    broken = newly_broken(laws, facts, situation.broken, laws.touched(key))
    group = laws.groups[laws.group_of[key]]
    reasons = tuple(
        wording.reason(laws.all[number], cause, facts)
        for number, cause in sorted(broken.items())
        if cause is not Cause.TOO_FEW or len(group.options) <= group.least
    )
    facts.take(key, quantity)
    return reasons


def _needed(situation: Situation) -> dict[str, list[int]]:
    """Options without which a law that is broken now stays broken, with the numbers of those laws."""
    found: dict[str, list[int]] = {}
    for number, cause in sorted(situation.broken.items()):
        law = situation.laws.all[number]
        if law.rule is not None and law.rule.kind is RuleKind.REQUIRES and cause is Cause.REQUIRES:
            keys = _necessary(law.rule.then, situation.laws)
        elif (
            cause is Cause.TOO_FEW
            and len(situation.laws.groups[law.key].options) <= situation.laws.groups[law.key].least
        ):
            keys = _options(situation.laws.groups[law.key])
        else:
            continue
        for key in keys - situation.facts.taken.keys():
            found.setdefault(key, []).append(number)
    return found


def _necessary(condition: Condition, laws: Laws) -> frozenset[str]:
    """Options that have to be chosen for a condition to hold, as far as its form shows."""
    if condition.op is Op.CHOSEN:
        group = laws.groups.get(condition.key)
        if group is None:
            return frozenset({condition.key} if condition.key in laws.options else ())
        return _options(group) if len(group.options) == 1 else frozenset()
    parts = [_necessary(part, laws) for part in condition.parts]
    if condition.op is Op.ALL:
        return frozenset().union(*parts)
    return frozenset.intersection(*parts) if condition.op is Op.ANY and parts else frozenset()


def _options(group: OptionGroup) -> frozenset[str]:
    return frozenset(option.key for option in group.options)


def _problems(situation: Situation, wording: Wording) -> tuple[Reason, ...]:
    laws = situation.laws
    chosen = [choice.option for choice in situation.selection.chosen]
    gone = [key for key in chosen if key not in laws.options]
    gone += [key for key, _ in situation.selection.values if key not in laws.attributes]
    found = [Reason(Cause.GONE, key, key) for key in gone]
    found += [wording.not_sold(laws.options[key]) for key in chosen if key in situation.unsold]
    for number, cause in situation.broken.items():
        if laws.all[number].stops:
            found.append(wording.reason(laws.all[number], cause, situation.facts))
    return tuple(found)


def _alerts(situation: Situation, wording: Wording) -> Iterable[Alert]:
    said = dict(situation.selection.overrides)
    for number, cause in situation.broken.items():
        law = situation.laws.all[number]
        if not law.stops:
            yield Alert(wording.reason(law, cause, situation.facts), said.get(law.key, ""))
