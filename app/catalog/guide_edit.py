"""Editing a guide step by step: keys, order, and what of the catalogue its answers can choose. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.catalog.guides import Answer, Guide, Question
from app.catalog.model import Attribute, AttributeKind, Configurable


@dataclass(frozen=True, slots=True)
class Choosable:
    """What answers can filter by and choose, over all products: attributes with the values of all of them, options.

    `options` are names by key; where products call an option with one key differently, the first name counts.
    """

    attributes: tuple[Attribute, ...] = ()
    options: Mapping[str, str] | None = None


def choosable(goods: Mapping[str, Configurable]) -> Choosable:
    """What the models of the products offer together."""
    attributes: dict[str, Attribute] = {}
    options: dict[str, str] = {}
    for one in goods.values():
        for attribute in one.model.attributes:
            known = attributes.get(attribute.key)
            attributes[attribute.key] = attribute if known is None else _merged(known, attribute)
        for option in one.model.options():
            product = goods.get(option.sku)
            name = option.name or (product.product.name if product is not None else option.sku)
            options.setdefault(option.key, name or option.key)
    return Choosable(tuple(attributes.values()), options)


def _merged(known: Attribute, other: Attribute) -> Attribute:
    if known.kind is not AttributeKind.CHOICE or other.kind is not AttributeKind.CHOICE:
        return known
    codes = {value.code for value in known.values}
    return replace(known, values=known.values + tuple(value for value in other.values if value.code not in codes))


def numbered(guide: Guide) -> Guide:
    """The guide with a key for every question and answer that has none; keys are never given again in one guide."""
    taken = {question.key for question in guide.questions}
    questions = []
    for question in guide.questions:
        key = question.key or _free("q", taken)
        taken.add(key)
        questions.append(replace(question, key=key, answers=_answers(question.answers)))
    return replace(guide, questions=tuple(questions))


def _answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    given = tuple(answers)
    taken = {answer.key for answer in given}
    made, seen = [], set[str]()
    for answer in given:
        key = answer.key if answer.key and answer.key not in seen else _free("a", taken | seen)
        seen.add(key)
        made.append(replace(answer, key=key))
    return tuple(made)


def _free(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def without(guide: Guide, at: int) -> Guide:
    """The guide without a question; answers that led to it lead to the one that follows them."""
    gone = guide.questions[at].key
    rest = (question for place, question in enumerate(guide.questions) if place != at)
    return replace(guide, questions=tuple(_not_to(question, gone) for question in rest))


def _not_to(question: Question, gone: str) -> Question:
    answers = (replace(answer, next="") if answer.next == gone else answer for answer in question.answers)
    return replace(question, answers=tuple(answers))


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that an answer chooses in the products it proposes: an option, or an attribute's value."""

    option: str = ""
    attribute: str = ""
    value: str = ""


def choices_of(answer: Answer) -> list[Choice]:
    """What an answer chooses, options first."""
    return [Choice(option=key) for key in answer.options] + [Choice("", key, text) for key, text in answer.values]


def with_choices(answer: Answer, choices: Iterable[Choice]) -> Answer:
    """The answer choosing other things; each once."""
    listed = list(dict.fromkeys(choices))
    options = tuple(one.option for one in listed if one.option)
    values = {one.attribute: one.value for one in listed if one.attribute}
    return replace(answer, options=options, values=tuple(values.items()))
