"""What a selection says, read once: quantities of options, values of attributes, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from app.catalog.model import Attribute, AttributeKind, Option
from app.core.quantity import MAX_MICRO, plain

Value = Fraction | str
"""Of an attribute: the number of a measure or of a choice that counts as one; the code or text of any other."""

MOST = Fraction(MAX_MICRO, 1_000_000)
"""Quantities and measures end here, as everywhere in Handsel."""


@dataclass(slots=True)
class Facts:
    """Mutable, because the engine tries thousands of changes and takes them back; never leaves this package.

    `taken` are the chosen options with their quantities for one bundle, `counts` how many options of each group are
    among them, `texts` the attributes that have a value, as typed, `values` the same as conditions and formulas see
    them (no entry: no value, or none that can be read). `group_of` names the group of every option of the model.
    """

    group_of: Mapping[str, str]
    bundles: Fraction = Fraction(1)
    taken: dict[str, Fraction] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)

    def copy(self) -> Facts:
        """The same facts, to be changed apart."""
        return Facts(
            self.group_of, self.bundles, dict(self.taken), dict(self.counts), dict(self.texts), dict(self.values)
        )

    def take(self, option: str, quantity: Fraction) -> None:
        """Choose an option, or another quantity of it."""
        if option not in self.taken:
            group = self.group_of[option]
            self.counts[group] = self.counts.get(group, 0) + 1
        self.taken[option] = quantity

    def leave(self, option: str) -> None:
        """Choose an option no more."""
        if self.taken.pop(option, None) is not None:
            self.counts[self.group_of[option]] -= 1

    def fill(self, attribute: Attribute, text: str) -> None:
        """Give an attribute a value as typed; the empty text takes it away."""
        self.texts.pop(attribute.key, None)
        self.values.pop(attribute.key, None)
        if text:
            self.texts[attribute.key] = text
            value = value_of(attribute, text)
            if value is not None:
                self.values[attribute.key] = value


def taken_quantity(option: Option, asked: Decimal | None) -> Fraction:
    """How many for one bundle: what was asked, where that may be asked at all."""
    if asked is None or not option.may_vary or not asked.is_finite():
        return Fraction(option.quantity)
    return Fraction(asked)


def value_of(attribute: Attribute, text: str) -> Value | None:
    """What a text counts as; None where it is none of the choice's values, or no number."""
    if attribute.kind is AttributeKind.TEXT:
        return text
    if attribute.kind is AttributeKind.MEASURE:
        return number_of(text)
    chosen = attribute.value(text)
    if chosen is None:
        return None
    return Fraction(chosen.number) if is_numeric(attribute) and chosen.number is not None else chosen.code


def is_numeric(attribute: Attribute) -> bool:
    """Whether an attribute is a number in formulas: a measure, or a choice all of whose values have numbers."""
    if attribute.kind is AttributeKind.CHOICE:
        return bool(attribute.values) and all(value.number is not None for value in attribute.values)
    return attribute.kind is AttributeKind.MEASURE


def number_of(text: str) -> Fraction | None:
    """The number that a plain text such as "12.5" says; None for anything else, and for what is absurdly large."""
    if len(text) > 40:
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or (number and not -30 < number.adjusted() < 30):
        return None
    return Fraction(number)


def text_of(number: Fraction) -> str:
    """A number as a selection keeps it, plainly; at most six decimals, because nothing finer can be stored.

    `round` of a fraction gives a whole number: no binary floating point is in between.
    """
    return str(plain(Decimal(round(number * 1_000_000)).scaleb(-6)))
