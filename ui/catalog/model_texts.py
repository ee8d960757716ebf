"""Words of the model's editor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.catalog.model import Attribute, AttributeKind, Model, OptionGroup, OptionPrice, PriceOn, RuleKind
from app.catalog.model_edit import Use
from app.core.errors import Problem
from ui import formats
from ui.widgets.unit_words import unit_sign


def attribute_kind_choices() -> list[tuple[AttributeKind, str]]:
    """What an attribute takes."""
    return [
        (AttributeKind.CHOICE, _say("One of several values")),
        (AttributeKind.MEASURE, _say("A number, such as a length")),
        (AttributeKind.TEXT, _say("A text, such as an engraving")),
    ]


def amount_choices() -> list[tuple[str, str]]:
    """How many of a group may be chosen."""
    return [
        ("one", _say("Exactly one")),
        ("at_most_one", _say("One or none")),
        ("some", _say("One or more")),
        ("any", _say("As many as wanted, or none")),
        ("own", _say("From … to …")),
    ]


def option_price_choices() -> list[tuple[OptionPrice, str]]:
    """What an option costs the buyer."""
    return [
        (OptionPrice.INCLUDED, _say("included")),
        (OptionPrice.PRODUCT, _say("its own price")),
        (OptionPrice.OWN, _say("this amount")),
    ]


def scale_choices() -> list[tuple[bool, str]]:
    """Whether the quantity grows with the number sold."""
    return [(True, _say("with each one sold")), (False, _say("once, however many"))]


def price_on_choices() -> list[tuple[PriceOn, str]]:
    """Where a bundle's price sits."""
    return [
        (PriceOn.PARENT, _say("This product's price covers everything")),
        (PriceOn.PARTS, _say("Each part has its own price and line")),
    ]


def rule_kind_choices() -> list[tuple[RuleKind, str]]:
    """What a rule does."""
    return [
        (RuleKind.REQUIRES, _say("needs: the one only with the other")),
        (RuleKind.EXCLUDES, _say("excludes: never both together")),
        (RuleKind.VALIDATION, _say("stops: cannot be sold so")),
        (RuleKind.ALERT, _say("warns: only with a reason")),
    ]


def attribute_note(attribute: Attribute) -> str:
    """A quiet line about an attribute."""
    if attribute.kind is AttributeKind.CHOICE:
        return QCoreApplication.translate("catalog", "%n values", None, len(attribute.values))
    if attribute.kind is AttributeKind.TEXT:
        return _say("Text")
    unit = unit_sign(attribute.unit) if attribute.unit else ""
    least, most = (None if n is None else formats.decimal_text(n) for n in (attribute.least, attribute.most))
    limits = f"{least or ''} – {most or ''}".strip(" –") if least and most else least or most or ""
    if least and not most:
        limits = f"≥ {least}"
    elif most and not least:
        limits = f"≤ {most}"
    return f"{limits} {unit}".strip() or _say("Number")


def group_note(group: OptionGroup) -> str:
    """How many of how many options."""
    known = {(1, 1): "one", (0, 1): "at_most_one", (1, None): "some", (0, None): "any"}
    amount = known.get((group.least, group.most))
    if amount is None:
        most = "…" if group.most is None else formats.whole_text(group.most)
        words = _say("%1 to %2").replace("%1", formats.whole_text(group.least)).replace("%2", most)
    else:
        words = {"one": _say("exactly one"), "at_most_one": _say("one or none"), "some": _say("one or more")}.get(
            amount, _say("any number")
        )
    return f"{words}  ·  {formats.whole_text(len(group.options))}"


def price_note(model: Model) -> str:
    """What is said of price and text."""
    parts = [_say("formula") if model.price_formula else "", _say("own text") if model.text_template else ""]
    return "  ·  ".join(part for part in parts if part) or _say("list price")


def use_words(uses: Sequence[Use]) -> str:
    """Where something is named; "" where nowhere."""
    if not uses:
        return ""
    words = {"formula": _say("the price formula"), "text": _say("the text")}
    places = [f"“{use.name or use.rule}”" if use.kind == "rule" else words[use.kind] for use in uses]
    return _say("Named in: %1").replace("%1", ", ".join(places))


def model_problem_words(problem: Problem) -> str:
    """What is wrong with a part of a model, in words."""
    words = _simple_words().get(problem.code, "")
    for name, value in problem.values.items():
        words = words.replace(f"%{name}", _value_words(value))
    at = problem.values.get("position")
    return f"{words} ({_say('character %1').replace('%1', str(at))})" if words and at else words or problem.message


def _value_words(value: object) -> str:
    return " → ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)


def _simple_words() -> dict[str, str]:
    """Made anew each time: the language may have changed."""
    return {
        "missing": _say("Please fill this in."),
        "bad_key": _say("Please give it a name."),
        "bad_code": _say("A code is a short word without blanks, such as RED."),
        "twice": _say("This is there already."),
        "price_on_parts": _say("The price sits on the parts, so nothing can be added here."),
        "unknown_value": _say("“%value” is none of the values."),
        "not_a_choice": _say("Only a choice makes variants."),
        "unknown_unit": _say("This unit is not known."),
        "not_positive": _say("It has to be above zero."),
        "not_a_number": _say("This is not a number."),
        "range": _say("This is not within the limits."),
        "negative": _say("Not below zero, please."),
        "below_least": _say("This is less than the least."),
        "too_many": _say("There are not so many to choose from."),
        "too_many_defaults": _say("More are chosen at first than may be."),
        "unknown_product": _say("“%value” is no product of the catalogue."),
        "no_product": _say("Without a product there is no product's price."),
        "other_currency": _say("Its price is in %value."),
        "no_parts": _say("There are no parts that could carry the price."),
        "too_deep": _say("These conditions are nested too deep."),
        "not_a_list": _say("A number is compared with one number."),
        "unknown_key": _say("“%value” is not there any more."),
        "cycle": _say("It would contain itself: %path"),
        "too_many_levels": _say("Bundles are nested too deep to be sold: %path"),
        "unknown_name": _say("“%value” is not known here."),
        "division_by_zero": _say("This divides by zero."),
        "too_large": _say("The number grows too large."),
        "unexpected": _say("Something does not belong here."),
        "incomplete": _say("Something is missing at the end."),
        "unknown_function": _say("“%value” cannot be computed with."),
        "count": _say("“%value” needs another number of values."),
        "bracket": _say("A bracket is missing."),
        "sort": _say("A number, a text and a comparison are mixed up here."),
        "too_long": _say("This is too long."),
        "places": _say("It can be rounded to 0 to 6 places."),
    }


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
