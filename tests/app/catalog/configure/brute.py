"""Small models at random, and a checker of their own that tries everything; shares no code with the engine."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Chosen,
    Comparison,
    Condition,
    Model,
    Op,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    Selection,
)

OPTIONS = ("a1", "a2", "a3", "b1", "b2", "c1")
SIZES = ("1", "2", "3")
KINDS = {"=", "!=", "<", "<=", ">", ">="}


def holds(condition: Condition, taken: frozenset[str], values: dict[str, str], model: Model) -> bool:
    """Whether a condition holds of complete facts, said as plainly as can be."""
    if condition.op is Op.ALL:
        return all(holds(part, taken, values, model) for part in condition.parts)
    if condition.op is Op.ANY:
        return any(holds(part, taken, values, model) for part in condition.parts)
    if condition.op is Op.NOT:
        return not holds(condition.parts[0], taken, values, model)
    groups = {group.key: {option.key for option in group.options} & taken for group in model.groups}
    if condition.op is Op.CHOSEN:
        return bool(groups[condition.key]) if condition.key in groups else condition.key in taken
    number = condition.number or Decimal(0)
    if condition.op is Op.COUNT:
        return compare(Decimal(len(groups[condition.key])), condition.comparison, number)
    if condition.op is Op.QUANTITY:
        return compare(Decimal(condition.key in taken), condition.comparison, number)
    if condition.op is Op.FORMULA:  # the only one made below
        return compare(Decimal(("a1" in taken) + 2 * ("b1" in taken)), condition.comparison, number)
    text = values.get(condition.key, "")
    if condition.number is not None:
        if not text:
            return condition.comparison is Comparison.UNEQUAL
        return compare(Decimal(text), condition.comparison, number)
    return (text in condition.values) is not (condition.comparison is Comparison.UNEQUAL)


def compare(left: Decimal, sign: Comparison, right: Decimal) -> bool:
    return {
        Comparison.EQUAL: left == right,
        Comparison.UNEQUAL: left != right,
        Comparison.LESS: left < right,
        Comparison.AT_MOST: left <= right,
        Comparison.MORE: left > right,
        Comparison.AT_LEAST: left >= right,
    }[sign]


def broken(model: Model, taken: frozenset[str], values: dict[str, str]) -> set[str]:
    """Keys of the rules and groups that do not hold."""
    found = set()
    for group in model.groups:
        count = len({option.key for option in group.options} & taken)
        if count < group.least or (group.most is not None and count > group.most):
            found.add(group.key)
    for rule in model.rules:
        when, then = (holds(part, taken, values, model) for part in (rule.when, rule.then))
        wrong = {
            RuleKind.REQUIRES: when and not then,
            RuleKind.EXCLUDES: when and then,
            RuleKind.VALIDATION: when,
            RuleKind.ALERT: False,
        }[rule.kind]
        if wrong:
            found.add(rule.key)
    return found


def everything(model: Model) -> Iterator[tuple[frozenset[str], dict[str, str]]]:
    """Every combination of options and of values that the attributes can have."""
    keys = [option.key for option in model.options()]
    texts = []
    for attribute in model.attributes:
        own = [value.code for value in attribute.values] or list(SIZES)
        texts.append(own if attribute.required else [*own, ""])
    for picks in product((False, True), repeat=len(keys)):
        taken = frozenset(key for key, pick in zip(keys, picks, strict=True) if pick)
        for values in product(*texts):
            yield taken, dict(zip((attribute.key for attribute in model.attributes), values, strict=True))


def selection_of(taken: frozenset[str], values: dict[str, str]) -> Selection:
    return Selection("X", tuple(Chosen(key) for key in sorted(taken)), tuple(values.items()))


# ------------------------------------------------------------ models at random

_SIGNS = st.sampled_from([sign for sign in Comparison if sign is not Comparison.IN])
_ATOMS = st.one_of(
    st.builds(lambda key: Condition(Op.CHOSEN, key=key), st.sampled_from([*OPTIONS, "a", "b"])),
    st.builds(lambda key: Condition(Op.CHOSEN, key=key), st.sampled_from(OPTIONS)),
    st.builds(
        lambda key, sign, n: Condition(Op.COUNT, key=key, comparison=sign, number=Decimal(n)),
        st.sampled_from(["a", "b"]),
        _SIGNS,
        st.integers(0, 3),
    ),
    st.builds(
        lambda key, sign, n: Condition(Op.QUANTITY, key=key, comparison=sign, number=Decimal(n)),
        st.sampled_from(OPTIONS),
        _SIGNS,
        st.integers(0, 2),
    ),
    st.builds(
        lambda sign, n: Condition(Op.ATTRIBUTE, key="size", comparison=sign, number=Decimal(n) / 2),
        _SIGNS,
        st.integers(1, 7),
    ),
    st.builds(
        lambda sign, codes: Condition(Op.ATTRIBUTE, key="colour", comparison=sign, values=codes),
        st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL, Comparison.IN]),
        st.lists(st.sampled_from(["red", "blue", ""]), min_size=1, max_size=2).map(tuple),
    ),
    st.builds(
        lambda sign, n: Condition(Op.FORMULA, formula="a1 + 2 * b1", comparison=sign, number=Decimal(n)),
        _SIGNS,
        st.integers(0, 3),
    ),
)
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds(lambda parts: Condition(Op.ALL, tuple(parts)), st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda parts: Condition(Op.ANY, tuple(parts)), st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part: Condition(Op.NOT, (part,)), inner),
    ),
    max_leaves=3,
)
_KINDS = st.sampled_from([RuleKind.REQUIRES, RuleKind.REQUIRES, RuleKind.EXCLUDES, RuleKind.VALIDATION, RuleKind.ALERT])


@st.composite
def models(draw: st.DrawFn, most_rules: int = 5) -> Model:
    sizes = (3, 2, 1)
    groups = []
    for name, size in zip("abc", sizes, strict=True):
        least = draw(st.integers(0, min(size, 2)))
        most = draw(st.one_of(st.none(), st.integers(max(1, least), size)))
        groups.append(
            OptionGroup(
                name,
                name.upper(),
                least,
                most,
                tuple(Option(f"{name}{n + 1}", name=f"{name}{n + 1}") for n in range(size)),
            )
        )
    size = Attribute(
        "size",
        "Size",
        AttributeKind.MEASURE,
        least=Decimal(1),
        most=Decimal(3),
        step=Decimal(1),
        required=draw(st.booleans()),
    )
    values = (AttributeValue("red", "Red"), AttributeValue("blue", "Blue", Decimal(5)))
    colour = Attribute("colour", "Colour", values=values, required=draw(st.booleans()))
    count = draw(st.integers(0, most_rules))
    rules = [Rule(f"r{n}", f"Rule {n}", draw(_KINDS), draw(_CONDITIONS), draw(_CONDITIONS), "m") for n in range(count)]
    return Model((size, colour), tuple(groups), rules=tuple(rules))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    taken = draw(st.frozensets(st.sampled_from(OPTIONS)))
    values = {
        "size": draw(st.sampled_from([*SIZES, "", "9"])),
        "colour": draw(st.sampled_from(["red", "blue", "", "green"])),
    }
    return selection_of(taken, values)
