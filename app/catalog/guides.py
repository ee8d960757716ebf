"""Guided selling: plain questions whose answers narrow the catalogue down and pick what is proposed. Pure.

A guide is one value, kept as one JSON text. `advance` takes what was answered so far and says what is asked next, or
what is proposed; it keeps no state, so going back is leaving the last answer out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.catalog.configure import choose, give, start
from app.catalog.configure.conditions import SIGNS, number_in
from app.catalog.configure.facts import number_of
from app.catalog.model import Attribute, AttributeKind, Comparison, Condition, Configurable, Selection


@dataclass(frozen=True, slots=True)
class Filter:
    """Which products are left: those of one of the categories, with one of the SKUs, of which every condition can hold.

    What is empty filters nothing. `conditions` compare attributes (`app.catalog.model.attribute_is`, `measured`); a
    product without the attribute does not pass.
    """

    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A product that an answer puts into the proposal."""

    sku: str
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: what it filters, what it picks, and which question follows.

    `options` are keys of options, `values` (attribute, text as typed): chosen in every proposed product that has them.
    `next` is the key of the question that follows; empty, the one after this in the guide's order, or after the last
    one the proposal. `is_last` goes straight to the proposal.
    """

    key: str
    text: str
    filter: Filter = Filter()
    picks: tuple[Pick, ...] = ()
    options: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    next: str = ""
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; `help` explains it in smaller letters."""

    key: str
    text: str
    help: str = ""
    answers: tuple[Answer, ...] = ()

    def answer(self, key: str) -> Answer | None:
        """The answer with a key, or None."""
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True, slots=True)
class Guide:
    """A named row of questions; the first one is asked first. One that is not active is not offered to the seller."""

    name: str
    questions: tuple[Question, ...] = ()
    active: bool = True

    def question(self, key: str) -> Question | None:
        """The question with a key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def after(self, question: Question, answer: Answer) -> Question | None:
        """The question that follows an answer; None where the proposal does."""
        if answer.is_last:
            return None
        if answer.next:
            return self.question(answer.next)
        place = self.questions.index(question) + 1
        return self.questions[place] if place < len(self.questions) else None

    def skus(self) -> tuple[str, ...]:
        """The SKUs that answers filter by or pick, each once, in order."""
        named = [sku for _, answer in self.answers() for sku in (*answer.filter.skus, *(p.sku for p in answer.picks))]
        return tuple(dict.fromkeys(named))

    def answers(self) -> list[tuple[Question, Answer]]:
        """Every answer with its question, in order."""
        return [(question, answer) for question in self.questions for answer in question.answers]


@dataclass(frozen=True, slots=True)
class Asked:
    """The question to ask now; `fitting` products are left after the answers so far."""

    question: Question
    fitting: int
    given: tuple[tuple[Question, Answer], ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A product of the proposal, with what the answers chose of it."""

    sku: str
    quantity: Decimal
    selection: Selection


@dataclass(frozen=True, slots=True)
class Filtered:
    """An answer, and the products that it took out."""

    question: str
    answer: str
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The end of a guide: `products` the answers picked, in order; `fitting`, others that passed every filter.

    Where nothing was picked and one product alone is left, that one is proposed. `missing` are picks that are not
    offered now, or that another answer filtered out: they are named instead of proposed.
    """

    products: tuple[Proposed, ...]
    fitting: tuple[str, ...]
    filtered: tuple[Filtered, ...]
    missing: tuple[str, ...]
    given: tuple[tuple[Question, Answer], ...]


def advance(guide: Guide, answers: Sequence[tuple[str, str]], goods: Mapping[str, Configurable]) -> Asked | Proposal:
    """What comes after some answers, given as (key of the question, key of the answer).

    Only answers on the way count: after going back and answering otherwise, answers to questions that are no longer
    asked are ignored. `goods` are the products offered now (`app.catalog.guides_queries.offered`). A guide without
    questions proposes nothing.
    """
    told = dict(answers)
    given: list[tuple[Question, Answer]] = []
    question = guide.questions[0] if guide.questions else None
    while question is not None and len(given) <= len(guide.questions):
        answer = question.answer(told.get(question.key, ""))
        if answer is None:
            left, _ = _filter(given, goods)
            return Asked(question, len(left), tuple(given))
        given.append((question, answer))
        question = guide.after(question, answer)
    return _proposal(given, goods)


def _proposal(given: list[tuple[Question, Answer]], goods: Mapping[str, Configurable]) -> Proposal:
    left, filtered = _filter(given, goods)
    picks = [pick for _, answer in given for pick in answer.picks]
    found = dict.fromkeys((pick.sku for pick in picks if pick.sku in left), Decimal(0))
    for pick in picks:
        if pick.sku in found:
            found[pick.sku] += pick.quantity
    if not picks and len(left) == 1:
        found = {sku: Decimal(1) for sku in left}
    answers = [answer for _, answer in given]
    products = tuple(Proposed(sku, quantity, _chosen(left[sku], answers)) for sku, quantity in found.items())
    narrowed = any(answer.filter != Filter() for answer in answers)
    fitting = tuple(sku for sku in left if sku not in found) if narrowed else ()
    missing = tuple(dict.fromkeys(pick.sku for pick in picks if pick.sku not in found))
    return Proposal(products, fitting, filtered, missing, tuple(given))


def _filter(
    given: Sequence[tuple[Question, Answer]], goods: Mapping[str, Configurable]
) -> tuple[dict[str, Configurable], tuple[Filtered, ...]]:
    """The products that pass every filter, and who went by which answer."""
    left, filtered = dict(goods), []
    for question, answer in given:
        out = [sku for sku, one in left.items() if not passes(answer.filter, one)]
        if out:
            filtered.append(Filtered(question.text, answer.text, tuple(out)))
        for sku in out:
            del left[sku]
    return left, tuple(filtered)


def passes(wanted: Filter, one: Configurable) -> bool:
    """Whether a product passes a filter; a configurable one where it can be configured so."""
    if wanted.categories and one.product.category not in wanted.categories:
        return False
    if wanted.skus and one.product.sku not in wanted.skus:
        return False
    return all(_can_hold(condition, one.model.attribute(condition.key)) for condition in wanted.conditions)


def _can_hold(condition: Condition, attribute: Attribute | None) -> bool:
    if attribute is None:
        return False
    if condition.number is None:
        codes = {value.code for value in attribute.values}
        unequal = condition.comparison is Comparison.UNEQUAL
        if attribute.kind is AttributeKind.TEXT:
            return True
        return bool(codes - set(condition.values)) if unequal else bool(codes & set(condition.values))
    if attribute.kind is AttributeKind.MEASURE:
        return _within(condition, number_in(condition), attribute)
    compare = SIGNS.get(condition.comparison)
    numbers = [value.number for value in attribute.values if value.number is not None]
    return compare is not None and any(compare(number, condition.number) for number in numbers)


def _within(condition: Condition, number: Fraction, attribute: Attribute) -> bool:
    """Whether a measure can be had that compares so with a number: at one of its limits, or in between."""
    least, most = attribute.least, attribute.most
    low = None if least is None else Fraction(least)
    high = None if most is None else Fraction(most)
    if condition.comparison is Comparison.EQUAL:
        return (low is None or low <= number) and (high is None or number <= high)
    if condition.comparison is Comparison.UNEQUAL:
        return low is None or low != high or low != number
    compare = SIGNS[condition.comparison]
    bound = low if condition.comparison in (Comparison.LESS, Comparison.AT_MOST) else high
    return bound is None or bool(compare(bound, number))


def _chosen(one: Configurable, answers: Sequence[Answer]) -> Selection:
    """The defaults of a product, and of the answers everything that it has: later answers win."""
    selection = start(one.model, one.product.sku)
    for answer in answers:
        for key, text in answer.values:
            attribute = one.model.attribute(key)
            if attribute is not None and _takes(attribute, text):
                selection = give(one.model, selection, key, text)
        for option in answer.options:
            if one.model.option(option) is not None:
                selection = choose(one.model, selection, option)
    return selection


def _takes(attribute: Attribute, text: str) -> bool:
    """Whether a value can be given at all; whether it fits, the configuration says."""
    if attribute.kind is AttributeKind.CHOICE:
        return attribute.value(text) is not None
    return attribute.kind is AttributeKind.TEXT or number_of(text) is not None
