"""What can be configured of a product: its attributes, option groups, fixed parts, and the rules between them.

A model is one value per product, kept as one JSON text (`app.core.codec`); a change is a new model. A `Selection` is
what was chosen of a model. Both know products by their SKU only.

Every key (of an attribute, a group, an option, a rule) is a lower-case identifier ("length", "frame_f2") and unique in
its model, so that conditions, formulas and text templates can name it without saying what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalog.rules import Product

MAX_LEVELS = 5
"""Deepest nesting of bundles: a bundle in a bundle has two levels."""


class AttributeKind(StrEnum):
    """What an attribute takes: one of its values, a number in a unit, or free text (an engraving)."""

    CHOICE = "choice"
    MEASURE = "measure"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """A value of a choice. `code` is what is stored and goes into a variant's SKU; `price_extra` is added to the price.

    The extra is in the product's currency, per one unit of the product. `number` is what the value counts in formulas
    and comparisons, where it stands for one ("230 V" is 230).
    """

    code: str
    name: str
    price_extra: Decimal = Decimal(0)
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is said of the product: a colour, a length in MTR, an engraving.

    `least` and `most` bound a measure (or the number of characters of a text); `step` is the grid a measure lies on,
    counted from `least`. `default` is a code, a number or a text as typed. `makes_variants` is for choices only.
    """

    key: str
    name: str
    kind: AttributeKind = AttributeKind.CHOICE
    values: tuple[AttributeValue, ...] = ()
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    step: Decimal | None = None
    required: bool = True
    makes_variants: bool = False
    default: str = ""

    def value(self, code: str) -> AttributeValue | None:
        """The value with a code, or None."""
        return next((value for value in self.values if value.code == code), None)


class OptionPrice(StrEnum):
    """What an option costs: nothing beyond the bundle, its product's price, or a price of its own."""

    INCLUDED = "included"
    PRODUCT = "product"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen; a product with `sku`, or without one something that only has a `name` and a price.

    `quantity` is for one bundle and `scales` with the number of bundles, or stays what it is however many are sold.
    Where `least` or `most` is given, the seller may choose another quantity between them. `own_price` and `cost` are in
    the currency of the bundle's product, per unit of the option; `cost` is only for options without a product.
    """

    key: str
    sku: str = ""
    name: str = ""
    quantity: Decimal = Decimal(1)
    least: Decimal | None = None
    most: Decimal | None = None
    scales: bool = True
    price: OptionPrice = OptionPrice.INCLUDED
    own_price: Decimal | None = None
    cost: Decimal | None = None
    default: bool = False
    is_printed: bool = True

    @property
    def may_vary(self) -> bool:
        """Whether the seller may choose how many."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options of which at least `least` and at most `most` are chosen; None is no limit. 1 and 1: pick exactly one."""

    key: str
    name: str
    least: int = 0
    most: int | None = None
    options: tuple[Option, ...] = ()


class PriceOn(StrEnum):
    """Where a bundle's price sits: on the bundle itself, or on its parts, which then are lines of their own."""

    PARENT = "parent"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Component:
    """A fixed part of a bundle: so many of a product in one bundle, or in all of them where it does not scale."""

    sku: str
    quantity: Decimal = Decimal(1)
    scales: bool = True
    is_printed: bool = True


@dataclass(frozen=True, slots=True)
class BundleParts:
    """What is always in the bundle, where the price sits, and whether the buyer sees the parts at all."""

    parts: tuple[Component, ...] = ()
    price_on: PriceOn = PriceOn.PARENT
    is_printed: bool = True


class Op(StrEnum):
    """What a condition says; see `Condition`."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    CHOSEN = "chosen"
    COUNT = "count"
    QUANTITY = "quantity"
    ATTRIBUTE = "attribute"
    FORMULA = "formula"


class Comparison(StrEnum):
    """How two things are compared; IN is for codes and texts only, and says "one of"."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds of a selection or does not. What counts of the fields depends on `op`:

    all, any, not   `parts` (not has one; all of nothing holds, any of nothing does not)
    chosen          `key` names an option, or a group of which something is chosen
    count           how many options of the group `key` are chosen, `comparison`, `number`
    quantity        how many of the option `key` are taken for one bundle (0 if it is not chosen), or with an empty
                    key how many bundles; `comparison`, `number`
    attribute       what the attribute `key` is: `comparison` with `number` for a measure or a choice whose values have
                    numbers; "=", "!=" or "in" with `values` for codes and texts. A required attribute without a value
                    is not known yet, and so is the condition; one that may stay empty is unequal to everything then,
                    and every other comparison with it fails, except that it equals the empty text
    formula         a numeric expression (`formula`, in the language of price formulas), `comparison`, `number`. It may
                    name attributes, options (how many), groups (how many are chosen) and `quantity` (how many bundles)
    """

    op: Op
    parts: tuple[Condition, ...] = ()
    key: str = ""
    comparison: Comparison = Comparison.EQUAL
    number: Decimal | None = None
    values: tuple[str, ...] = ()
    formula: str = ""


def all_of(*parts: Condition) -> Condition:
    """Holds where every part holds."""
    return Condition(Op.ALL, parts)


def any_of(*parts: Condition) -> Condition:
    """Holds where one of the parts holds."""
    return Condition(Op.ANY, parts)


def none_of(part: Condition) -> Condition:
    """Holds where the part does not."""
    return Condition(Op.NOT, (part,))


def chosen(key: str) -> Condition:
    """Holds where an option, or something of a group, is chosen."""
    return Condition(Op.CHOSEN, key=key)


def count(group: str, comparison: Comparison, number: Decimal) -> Condition:
    """Compares how many options of a group are chosen."""
    return Condition(Op.COUNT, key=group, comparison=comparison, number=number)


def quantity(comparison: Comparison, number: Decimal, option: str = "") -> Condition:
    """Compares how many of an option are taken for one bundle, or without one how many bundles."""
    return Condition(Op.QUANTITY, key=option, comparison=comparison, number=number)


def attribute_is(key: str, *values: str) -> Condition:
    """Holds where a choice or text is one of the values."""
    comparison = Comparison.EQUAL if len(values) == 1 else Comparison.IN
    return Condition(Op.ATTRIBUTE, key=key, comparison=comparison, values=values)


def measured(key: str, comparison: Comparison, number: Decimal) -> Condition:
    """Compares the number of an attribute."""
    return Condition(Op.ATTRIBUTE, key=key, comparison=comparison, number=number)


def formula(text: str, comparison: Comparison, number: Decimal) -> Condition:
    """Compares what a numeric expression comes to."""
    return Condition(Op.FORMULA, comparison=comparison, number=number, formula=text)


ALWAYS = Condition(Op.ALL)
"""Holds of every selection."""


class RuleKind(StrEnum):
    """What a rule does.

    requires    where `when` holds, `then` has to hold too
    excludes    where `when` holds, `then` must not hold
    validation  where `when` holds, the selection is refused with the message; `then` says nothing
    alert       where `when` holds, the seller is warned; she may go on with a reason, which is kept
    """

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    VALIDATION = "validation"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule between what can be chosen. `message` is in the owner's words; where it is empty the engine finds some."""

    key: str
    name: str
    kind: RuleKind
    when: Condition
    then: Condition = ALWAYS
    message: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that can be configured of a product.

    `price_formula` gives the price of one unit in the product's currency in place of the list price, which it knows as
    `price`; the extras of the chosen values are added to either. `text_template` is the printed description with
    attributes, options and groups in braces ("Cable, {length} m, {colour}").
    """

    attributes: tuple[Attribute, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    parts: BundleParts = BundleParts()
    rules: tuple[Rule, ...] = ()
    price_formula: str = ""
    text_template: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to configure and nothing inside: a product like any other."""
        return self == PLAIN

    @property
    def is_bundle(self) -> bool:
        """Whether it has, or may get, parts that are products or named options."""
        return bool(self.parts.parts or self.groups)

    def options(self) -> Iterator[Option]:
        """Every option of every group, in order."""
        for group in self.groups:
            yield from group.options

    def option(self, key: str) -> Option | None:
        """The option with a key, or None."""
        return next((option for option in self.options() if option.key == key), None)

    def attribute(self, key: str) -> Attribute | None:
        """The attribute with a key, or None."""
        return next((attribute for attribute in self.attributes if attribute.key == key), None)

    def skus(self) -> tuple[str, ...]:
        """The SKUs of all fixed parts and options, each once, in order."""
        named = [part.sku for part in self.parts.parts] + [option.sku for option in self.options()]
        return tuple(dict.fromkeys(sku for sku in named if sku))


PLAIN = Model()
"""Of a product that is only itself."""


@dataclass(frozen=True, slots=True)
class Configurable:
    """A stored product with what can be configured of it.

    Of a variant it is its parent's model, in which the variant's own values are decided.
    """

    id: int
    product: Product
    model: Model


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option that was chosen: how many for one bundle (None: the option's own quantity).

    `inner` is what was chosen of the option's product, where that can be configured itself.
    """

    option: str
    quantity: Decimal | None = None
    inner: Selection | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen of a product: options, and attributes as (key, text) where a number is written plainly ("2.5").

    `overrides` are the alerts that were overridden: (key of the rule, reason). Selections of fixed parts that can be
    configured stand in `inner` by SKU.
    """

    sku: str
    chosen: tuple[Chosen, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()
    inner: tuple[Selection, ...] = ()

    def value(self, attribute: str) -> str:
        """The text of an attribute, empty where it has none."""
        return next((text for key, text in self.values if key == attribute), "")

    def takes(self, option: str) -> Chosen | None:
        """The choice of an option, or None."""
        return next((choice for choice in self.chosen if choice.option == option), None)
