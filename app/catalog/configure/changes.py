"""Changes of a selection: clicks and fixes. Each returns a new selection in the model's order, so clicks commute."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from app.catalog.configure.engine import gives_way, ordered
from app.catalog.configure.facts import Facts, number_of
from app.catalog.configure.laws import Laws, laws_of
from app.catalog.configure.results import Change, Fix, Kind
from app.catalog.model import Chosen, Model, Selection
from app.core.quantity import plain


def apply(model: Model, selection: Selection, changes: Fix | Iterable[Change]) -> Selection:
    """The selection after some changes, or after a fix. What cannot be applied, such as an unknown key, does nothing.

    Adding an option to a group where exactly one may be chosen takes the other one out.
    """
    laws = laws_of(model)
    steps = [named.change for named in changes.changes] if isinstance(changes, Fix) else list(changes)
    chosen = {choice.option: choice for choice in reversed(selection.chosen)}
    values = dict(reversed(selection.values))
    for change in steps:
        if change.kind in (Kind.SET, Kind.CLEAR):
            values[change.key] = change.value if change.kind is Kind.SET and change.key in laws.attributes else ""
        else:
            _choose(laws, chosen, change)
    rest = Selection(selection.sku, tuple(chosen.values()), tuple(values.items()), selection.overrides, selection.inner)
    return ordered(laws, rest)


def _choose(laws: Laws, chosen: dict[str, Chosen], change: Change) -> None:
    key = change.key
    if change.kind is Kind.REMOVE:
        chosen.pop(key, None)
    elif key in laws.options:
        group = laws.groups[laws.group_of[key]]
        others = [option.key for option in group.options if option.key in chosen and option.key != key]
        if change.kind is Kind.ADD and group.most == 1:
            for other in others:
                del chosen[other]  # as `gives_way` does for facts
        known = chosen.get(key, Chosen(key))
        asked = known.quantity if number_of(change.value) is None else Decimal(change.value)
        chosen[key] = Chosen(key, asked, known.inner)


def choose(model: Model, selection: Selection, option: str, quantity: Decimal | None = None) -> Selection:
    """A click on an option, or another quantity of it for one bundle. Where only one may be, the other goes."""
    text = "" if quantity is None else str(plain(quantity))
    return apply(model, selection, [Change(Kind.ADD, option, text)])


def remove(model: Model, selection: Selection, option: str) -> Selection:
    """Take an option off."""
    return apply(model, selection, [Change(Kind.REMOVE, option)])


def give(model: Model, selection: Selection, attribute: str, text: str) -> Selection:
    """Give an attribute a value as typed: a code, a number or a text; the empty text takes it away."""
    return apply(model, selection, [Change(Kind.SET if text else Kind.CLEAR, attribute, text)])


def override(selection: Selection, rule: str, reason: str) -> Selection:
    """Go on in spite of an alert, with a reason; an empty reason takes the override back."""
    kept = {key: text for key, text in selection.overrides if key != rule}
    if reason.strip():
        kept[rule] = reason.strip()
    overrides = tuple(sorted(kept.items()))
    return Selection(selection.sku, selection.chosen, selection.values, overrides, selection.inner)


def start(model: Model, sku: str) -> Selection:
    """What is chosen before the first click: the defaults of options and attributes. In the model's order."""
    laws = laws_of(model)
    chosen = tuple(Chosen(option.key) for option in laws.options.values() if option.default)
    values = tuple((attribute.key, attribute.default) for attribute in model.attributes if attribute.default)
    return ordered(laws, Selection(sku, chosen, values))


def do(laws: Laws, facts: Facts, change: Change) -> list[str]:
    """The same change on facts; returns the keys whose laws have to be judged again."""
    key = change.key
    if change.kind in (Kind.SET, Kind.CLEAR):
        facts.fill(laws.attributes[key], change.value)
        return [key]
    if change.kind is Kind.REMOVE:
        facts.leave(key)
        return [key, laws.group_of[key]]
    out = gives_way(laws, facts, key) if change.kind is Kind.ADD else ()
    for other in out:
        facts.leave(other)
    number = number_of(change.value) if change.value else None
    facts.take(key, Fraction(laws.options[key].quantity) if number is None else number)
    return [key, laws.group_of[key], *out]
