"""Everything that can be wrong with a guide as it is written, by field. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.catalog.guides import Answer, Guide, Question
from app.catalog.model import Comparison, Op
from app.core.errors import Problem

MOST_QUESTIONS = 100
MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue has: SKUs, categories, and the keys of options and attributes of any product's model.

    `values` are the codes that a choice has in any model, by the attribute's key.
    """

    skus: Collection[str]
    categories: Collection[str]
    options: Collection[str]
    attributes: Collection[str]
    values: Mapping[str, Collection[str]]


def problems(guide: Guide, known: Known) -> list[Problem]:
    """Everything wrong: names, keys, what is not in the catalogue, questions never asked, and ways in a circle."""
    found = [*_named(guide), *_of_questions(guide, known)]
    return found or [*_circle(guide), *_unreachable(guide)]


def _problem(field: str, code: str, words: str, **values: object) -> Problem:
    return Problem(field, code, f"{field}: {words}", values)


def _named(guide: Guide) -> Iterator[Problem]:
    if not guide.name.strip():
        yield _problem("name", "missing", "it is needed.")
    if not guide.questions:
        yield _problem("questions", "missing", "a guide needs a question.")
    if len(guide.questions) > MOST_QUESTIONS:
        yield _problem("questions", "too_many", f"a guide has at most {MOST_QUESTIONS} questions.", most=MOST_QUESTIONS)


def _of_questions(guide: Guide, known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, question in enumerate(guide.questions):
        place = f"questions[{index}]"
        yield from _key(question.key, seen, place)
        if not question.text.strip():
            yield _problem(f"{place}.text", "missing", "say what is asked.")
        if not question.answers:
            yield _problem(f"{place}.answers", "missing", "a question needs an answer.")
        if len(question.answers) > MOST_ANSWERS:
            words = f"a question has at most {MOST_ANSWERS} answers."
            yield _problem(f"{place}.answers", "too_many", words, most=MOST_ANSWERS)
        yield from _of_answers(guide, question, place, known)


def _key(key: str, seen: set[str], place: str) -> Iterator[Problem]:
    if not key.strip():
        yield _problem(f"{place}.key", "missing", "it is needed.")
    elif key in seen:
        yield _problem(f"{place}.key", "twice", f"{key!r} is given twice.", value=key)
    seen.add(key)


def _of_answers(guide: Guide, question: Question, above: str, known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, answer in enumerate(question.answers):
        place = f"{above}.answers[{index}]"
        yield from _key(answer.key, seen, place)
        if not answer.text.strip():
            yield _problem(f"{place}.text", "missing", "say what can be answered.")
        if answer.next and guide.question(answer.next) is None:
            yield _problem(f"{place}.next", "unknown_key", f"there is no question {answer.next!r}.", value=answer.next)
        yield from _of_catalogue(answer, place, known)


def _of_catalogue(answer: Answer, place: str, known: Known) -> Iterator[Problem]:
    """What an answer names and the catalogue does not have."""
    named = [(f"{place}.filter.skus", sku, known.skus, "product") for sku in answer.filter.skus]
    named += [(f"{place}.picks", pick.sku, known.skus, "product") for pick in answer.picks]
    named += [(f"{place}.filter.categories", one, known.categories, "category") for one in answer.filter.categories]
    named += [(f"{place}.options", key, known.options, "option") for key in answer.options]
    named += [(f"{place}.values", key, known.attributes, "attribute") for key, _ in answer.values]
    named += [(f"{place}.filter.conditions", c.key, known.attributes, "attribute") for c in answer.filter.conditions]
    for field, name, there, noun in named:
        if name not in there:
            yield _problem(field, f"unknown_{noun}", f"there is no {noun} {name!r} in the catalogue.", value=name)
    for pick in answer.picks:
        if not pick.quantity.is_finite() or pick.quantity <= 0:
            words = f"{pick.quantity} of {pick.sku!r}; expected more than zero."
            yield _problem(f"{place}.picks", "not_positive", words, value=str(pick.quantity))
    yield from _of_conditions(answer, f"{place}.filter.conditions", known)


def _of_conditions(answer: Answer, place: str, known: Known) -> Iterator[Problem]:
    for condition in answer.filter.conditions:
        if condition.op is not Op.ATTRIBUTE:
            yield _problem(place, "not_an_attribute", "a filter compares attributes only.", value=condition.op.value)
        elif condition.number is None and not condition.values:
            yield _problem(place, "missing", f"say with what {condition.key!r} is compared.", value=condition.key)
        elif condition.number is not None and condition.comparison is Comparison.IN:
            yield _problem(place, "not_a_list", "a number is compared with one number.", value=condition.key)
        for code in condition.values:
            if condition.key in known.values and code not in known.values[condition.key]:
                words = f"{code!r} is no value of {condition.key!r} in any product."
                yield _problem(place, "unknown_value", words, value=code)


def _onward(guide: Guide, question: Question) -> list[Question]:
    following = [guide.after(question, answer) for answer in question.answers]
    return [one for one in following if one is not None]


def _circle(guide: Guide) -> Iterator[Problem]:
    """A way through the questions that comes back to where it was would never end."""
    done: set[str] = set()

    def walk(question: Question, way: tuple[str, ...]) -> tuple[str, ...] | None:
        if question.key in way:
            return (*way[way.index(question.key) :], question.key)
        if question.key in done:
            return None
        for onward in _onward(guide, question):
            found = walk(onward, (*way, question.key))
            if found is not None:
                return found
        done.add(question.key)
        return None

    for question in guide.questions:
        if (found := walk(question, ())) is not None:
            words = f"{' -> '.join(found)}: these questions go round in a circle."
            yield _problem("questions", "circle", words, path=list(found))
            return


def _unreachable(guide: Guide) -> Iterator[Problem]:
    reached, todo = {guide.questions[0].key}, [guide.questions[0]]
    while todo:
        for onward in _onward(guide, todo.pop()):
            if onward.key not in reached:
                reached.add(onward.key)
                todo.append(onward)
    for index, question in enumerate(guide.questions):
        if question.key not in reached:
            words = f"no answer leads to {question.text!r}."
            yield _problem(f"questions[{index}]", "unreachable", words, value=question.key)
