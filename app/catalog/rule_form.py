"""Conditions as a person builds them: blocks of rows that all, any or none hold. Pure; stored as `Condition`s.

Every condition has a form, and the form gives a condition that holds of the same selections.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from app.catalog.model import AttributeKind, Comparison, Condition, Model, Op, all_of, any_of, none_of


class Mode(StrEnum):
    """How the rows of a block belong together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class About(StrEnum):
    """What a row speaks of."""

    OPTION = "option"
    GROUP = "group"
    ATTRIBUTE = "attribute"
    BUNDLES = "bundles"
    FORMULA = "formula"


class Verb(StrEnum):
    """What a row says of it: chosen or not, how many, or how a value compares."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    NUMBER = "number"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence: the subject (`about`, `key`), the verb, and with what it is compared.

    NUMBER compares how many (of an option for one bundle, of a group's options, of bundles, or what a formula comes
    to) with `number`. VALUE compares an attribute with `number` or, without one, with `values`.
    """

    about: About
    key: str = ""
    verb: Verb = Verb.CHOSEN
    comparison: Comparison = Comparison.EQUAL
    number: Decimal | None = None
    values: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows, and blocks within it."""

    mode: Mode = Mode.ALL
    rows: tuple[Row | Block, ...] = ()


EMPTY = Block()


def block_of(condition: Condition, model: Model) -> Block:
    """The form of a condition."""
    part = _part_of(condition, model)
    return part if isinstance(part, Block) else Block(Mode.ALL, (part,))


def condition_of(block: Block) -> Condition:
    """The condition that a form says; a single row needs no block around it."""
    parts = tuple(condition_of(row) if isinstance(row, Block) else _leaf(row) for row in block.rows)
    if block.mode is Mode.ANY:
        return parts[0] if len(parts) == 1 else any_of(*parts)
    if block.mode is Mode.NONE:
        return none_of(any_of(*parts))
    return parts[0] if len(parts) == 1 else all_of(*parts)


def first_row(about: About, key: str, model: Model) -> Row:
    """What a row says at first of a subject that was just picked."""
    if about in (About.OPTION, About.GROUP):
        return Row(about, key)
    if about is About.BUNDLES:
        return Row(about, "", Verb.NUMBER, Comparison.AT_LEAST, Decimal(1))
    if about is About.FORMULA:
        return Row(about, "", Verb.NUMBER, Comparison.MORE, Decimal(0))
    attribute = model.attribute(key)
    if attribute is not None and attribute.kind is AttributeKind.MEASURE:
        return Row(about, key, Verb.VALUE, Comparison.AT_LEAST, attribute.least or Decimal(0))
    values = attribute.values[:1] if attribute is not None else ()
    return Row(about, key, Verb.VALUE, Comparison.EQUAL, values=tuple(value.code for value in values) or ("",))


def _part_of(condition: Condition, model: Model) -> Row | Block:
    if condition.op in (Op.ALL, Op.ANY):
        mode = Mode.ALL if condition.op is Op.ALL else Mode.ANY
        return Block(mode, tuple(_part_of(part, model) for part in condition.parts))
    if condition.op is Op.NOT:
        return _negated(condition, model)
    return _row_of(condition, model)


def _negated(condition: Condition, model: Model) -> Row | Block:
    """`Not any of` is a block of its own; "not chosen" is a row; anything else is a block of one."""
    inner = condition.parts[0] if len(condition.parts) == 1 else all_of(*condition.parts)
    part = _part_of(inner, model)
    if isinstance(part, Block):
        return Block(Mode.NONE, part.rows if part.mode is Mode.ANY else (part,))
    return replace(part, verb=Verb.NOT_CHOSEN) if part.verb is Verb.CHOSEN else Block(Mode.NONE, (part,))


def _row_of(condition: Condition, model: Model) -> Row:
    groups = {group.key for group in model.groups}
    if condition.op is Op.CHOSEN:
        return Row(About.GROUP if condition.key in groups else About.OPTION, condition.key)
    if condition.op is Op.ATTRIBUTE:
        about, verb = About.ATTRIBUTE, Verb.VALUE
    else:
        about, verb = _COUNTED[condition.op], Verb.NUMBER
        about = About.BUNDLES if condition.op is Op.QUANTITY and not condition.key else about
    return Row(about, condition.key, verb, condition.comparison, condition.number, condition.values, condition.formula)


_COUNTED = {Op.COUNT: About.GROUP, Op.QUANTITY: About.OPTION, Op.FORMULA: About.FORMULA}
_OPS = {
    About.OPTION: Op.QUANTITY,
    About.GROUP: Op.COUNT,
    About.BUNDLES: Op.QUANTITY,
    About.FORMULA: Op.FORMULA,
    About.ATTRIBUTE: Op.ATTRIBUTE,
}


def _leaf(row: Row) -> Condition:
    if row.verb in (Verb.CHOSEN, Verb.NOT_CHOSEN):
        said = Condition(Op.CHOSEN, key=row.key)
        return said if row.verb is Verb.CHOSEN else none_of(said)
    comparison = row.comparison
    if row.verb is Verb.VALUE and row.number is None and comparison in (Comparison.EQUAL, Comparison.IN):
        comparison = Comparison.EQUAL if len(row.values) == 1 else Comparison.IN
    return Condition(_OPS[row.about], (), row.key, comparison, row.number, row.values, row.formula)
