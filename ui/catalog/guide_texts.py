"""Words of the guides' screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.catalog.guides import Answer, Guide, Question
from app.core.errors import Problem
from ui.catalog.model_texts import model_problem_words


def guide_problem_words(problem: Problem) -> str:
    """What is wrong with a part of a guide."""
    words = {
        "taken": _say("Another guide has this name."),
        "unknown_category": _say("There is no category “%value”."),
        "unknown_option": _say("No product has the option “%value”."),
        "unknown_attribute": _say("No product has the attribute “%value”."),
        "circle": _say("These questions go round in a circle: %path"),
        "unreachable": _say("No answer leads to this question."),
        "too_many": _say("These are too many."),
        "not_an_attribute": _say("Only attributes can be compared here."),
    }.get(problem.code)
    if words is None:
        return model_problem_words(problem)
    path = problem.values.get("path", ())
    return words.replace("%value", str(problem.values.get("value", ""))).replace("%path", " → ".join(path))


def onward_words(guide: Guide, question: Question, answer: Answer) -> str:
    """Where an answer leads."""
    onward = guide.after(question, answer)
    if onward is None:
        return _say("the proposal")
    if not answer.next:
        return _say("the next question")
    return onward.text or _say("Without a name")


def onward_choices(guide: Guide, question: Question) -> list[tuple[str, str]]:
    """Where an answer may lead: "" the next question, "*" the proposal, or the key of a question."""
    others = [
        (one.key, f"{number}. {one.text}") for number, one in enumerate(guide.questions, 1) if one.key != question.key
    ]
    return [("", _say("the next question")), ("*", _say("the proposal")), *others]


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
