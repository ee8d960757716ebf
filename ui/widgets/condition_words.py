"""Conditions, rules and their reasons in the person's language, from the names that the engine gives."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from app.catalog.configure.reasons import Wording
from app.catalog.configure.results import Phrase
from app.catalog.model import Op, Rule, RuleKind
from ui import formats
from ui.widgets.unit_words import unit_sign


def rule_words(rule: Rule, wording: Wording) -> str:
    """A whole rule as a sentence: "If “Boiler” is chosen, then “Frame F2” is chosen."."""
    when = phrase_words(wording.phrase(rule.when))
    if rule.kind in (RuleKind.VALIDATION, RuleKind.ALERT):
        words = _say("If %1: stop.") if rule.kind is RuleKind.VALIDATION else _say("If %1: warn.")
        return words.replace("%1", when)
    then = phrase_words(wording.phrase(rule.then))
    words = _say("If %1, then %2.") if rule.kind is RuleKind.REQUIRES else _say("Never both: %1, and %2.")
    return words.replace("%1", when).replace("%2", then)


def phrase_words(phrase: Phrase) -> str:
    """A condition as part of a sentence: "Colour is Red or Blue, and Length is more than 5 m"."""
    if phrase.op in (Op.ALL, Op.ANY):
        return _joined(phrase)
    if phrase.op == Op.NOT:
        return _negated(phrase.parts[0])
    if phrase.op == Op.CHOSEN:
        return _say("“%1” is chosen").replace("%1", phrase.name)
    if phrase.op == Op.COUNT:
        return _compared(_say("the number chosen of “%1”").replace("%1", phrase.name), phrase)
    if phrase.op == Op.QUANTITY:
        name = _say("the quantity of “%1”").replace("%1", phrase.name) if phrase.name else _say("the quantity sold")
        return _compared(name, phrase)
    return _compared(phrase.name, phrase)


def _joined(phrase: Phrase) -> str:
    if not phrase.parts:
        return _say("always") if phrase.op == Op.ALL else _say("never")
    parts = [_inner(part) for part in phrase.parts]
    glue = _say(" and ") if phrase.op == Op.ALL else _say(" or ")
    return glue.join(parts)


def _inner(part: Phrase) -> str:
    """A joined part of a joined whole stands in brackets."""
    words = phrase_words(part)
    return f"({words})" if part.op in (Op.ALL, Op.ANY) and len(part.parts) > 1 else words


def _negated(part: Phrase) -> str:
    if part.op == Op.CHOSEN:
        return _say("“%1” is not chosen").replace("%1", part.name)
    return _say("not (%1)").replace("%1", phrase_words(part))


def _compared(name: str, phrase: Phrase) -> str:
    words = {
        "=": _say("%1 is %2"),
        "in": _say("%1 is %2"),
        "!=": _say("%1 is not %2"),
        "<": _say("%1 is less than %2"),
        "<=": _say("%1 is at most %2"),
        ">": _say("%1 is more than %2"),
        ">=": _say("%1 is at least %2"),
        "": "%1",
    }[phrase.comparison]
    values = [value_words(value, phrase.unit) for value in phrase.values]
    return words.replace("%1", name).replace("%2", _say(" or ").join(values))


def value_words(value: str, unit: str = "") -> str:
    """A number in the locale's way with its unit; any other value as it is, an empty one in words."""
    if not value:
        return _say("empty")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    figures = formats.decimal_text(number)
    return f"{figures} {unit_sign(unit, number)}" if unit else figures


def comparison_words(comparison: str) -> str:
    """A comparison as it stands between two things: "is at least"."""
    return {
        "=": _say("is"),
        "in": _say("is one of"),
        "!=": _say("is not"),
        "<": _say("is less than"),
        "<=": _say("is at most"),
        ">": _say("is more than"),
        ">=": _say("is at least"),
    }[comparison]


def kind_words(kind: RuleKind) -> str:
    """What a rule does, in a word or two."""
    return {
        RuleKind.REQUIRES: _say("needs"),
        RuleKind.EXCLUDES: _say("does not go with"),
        RuleKind.VALIDATION: QCoreApplication.translate("configure", "stops", "rule"),
        RuleKind.ALERT: QCoreApplication.translate("configure", "warns", "rule"),
    }[kind]


def _say(source: str) -> str:
    return QCoreApplication.translate("configure", source)
