"""The codec: exact there and back, and one text for equal values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codec import from_plain, from_text, to_plain, to_text
from app.core.party import Address, Party
from app.core.printed import Clause, Heading, PrintedLine, PrintedReduction, PrintedTotals
from app.core.tax import Tax, TaxCategory, TaxSubtotal
from app.core.totals import Basis, Item, Reduction, TaxRounding


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Level(Enum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    number: Decimal = Decimal(1)
    day: date | None = None
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Tree:
    name: str
    count: int
    alive: bool = True
    leaves: tuple[Leaf, ...] = ()
    pair: tuple[int, str] = (0, "")
    best: Leaf | None = None
    level: Level = Level.LOW
    tags: frozenset[str] = frozenset()
    prices: dict[str, Decimal] = field(default_factory=dict)
    by_colour: dict[Colour, Leaf] = field(default_factory=dict)
    notes: list[Leaf] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    planted_at: datetime | None = None


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30, places=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
leaves = st.builds(Leaf, numbers, st.none() | st.dates(), st.sampled_from(Colour))
trees = st.builds(
    Tree,
    name=texts,
    count=st.integers(),
    alive=st.booleans(),
    leaves=st.lists(leaves, max_size=3).map(tuple),
    pair=st.tuples(st.integers(), texts),
    best=st.none() | leaves,
    level=st.sampled_from(Level),
    tags=st.frozensets(texts, max_size=4),
    prices=st.dictionaries(texts, numbers, max_size=3),
    by_colour=st.dictionaries(st.sampled_from(Colour), leaves, max_size=2),
    notes=st.lists(leaves, max_size=2),
    extra=st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts, max_size=3),
    planted_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(trees)
def test_there_and_back_again(tree: Tree) -> None:
    text = to_text(tree)
    assert from_text(Tree, text) == tree
    assert to_text(from_text(Tree, text)) == text
    assert from_plain(Tree, to_plain(tree)) == tree


@given(st.dictionaries(texts, st.integers(), min_size=2), st.randoms())
def test_the_order_of_keys_does_not_show(values: dict[str, int], random: Any) -> None:
    keys = list(values)
    random.shuffle(keys)
    assert to_text({key: values[key] for key in keys}) == to_text(values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Leaf(Decimal("1.50")), Leaf(Decimal("1.5"))),
        (Leaf(Decimal("1.00")), Leaf()),
        (Leaf(Decimal("100")), Leaf(Decimal("1E+2"))),
        (Leaf(Decimal("-0.0")), Leaf(Decimal("0"))),
        (Tree("a", 1, tags=frozenset("abcdefgh")), Tree("a", 1, tags=frozenset("hgfedcba"))),
    ],
)
def test_equal_values_have_equal_text(one: Any, other: Any) -> None:
    assert one == other
    assert to_text(one) == to_text(other)


@given(numbers, st.integers(1, 5))
def test_trailing_zeros_do_not_show(number: Decimal, zeros: int) -> None:
    longer = Decimal(format(number, "f") + "0" * zeros)
    assert to_text(Leaf(longer)) == to_text(Leaf(number))
    assert from_text(Leaf, to_text(Leaf(longer))).number == number


def test_the_text_is_canonical_json() -> None:
    tree = Tree("Zoë", 2, leaves=(Leaf(Decimal("2.50"), date(2026, 3, 2), Colour.BLUE), Leaf()), level=Level.HIGH)
    assert to_text(tree) == (
        '{"by_colour":{},"count":2,"extra":{},"leaves":[{"colour":"blue","day":"2026-03-02","number":"2.5"},{}],'
        '"level":2,"name":"Zoë","notes":[],"prices":{}}'
    )


def test_defaults_are_left_out_and_come_back() -> None:
    assert to_text(Party("A")) == '{"name":"A"}'
    assert from_text(Party, '{"name":"A"}') == Party("A", address=Address())


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        from_text(Leaf, '{"weight":1}')


@pytest.mark.parametrize("value", [1.5, b"x", object(), Leaf(0.1), {1: 2}])  # type: ignore[arg-type]
def test_what_could_not_be_read_back_exactly_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="a snapshot cannot hold"):
        to_text(value)


def test_enums_in_keys_and_values_go_by_their_value() -> None:
    assert to_text({Colour.RED: Level.HIGH}) == '{"red":2}'


STANDARD = Tax(TaxCategory.STANDARD, Decimal("19"))
PRINTED: list[Any] = [
    Heading(Party("S", iban="DE02", address=Address("Hafenstr. 4", country="DE")), Party("C"), "EUR", "D-1", "Kayaks"),
    PrintedLine(
        1, "Kajak «4.20»", Decimal("6"), "C62", Decimal("1249.00"), 749_400, 674_460, 674_460, STANDARD,
        reductions=(PrintedReduction("School", -74_940, Decimal("10.0")),),
    ),
    PrintedTotals(1, 2, 3, 4, 5, 6, (TaxSubtotal(STANDARD, 100, 19),), prepaid=1),
    Clause("warranty", "36 months"),
    Item(Decimal("2"), Decimal("3.10"), STANDARD, reductions=(Reduction("x", Decimal("5"), of=100, tax=STANDARD),)),
    Basis("KWD", True, TaxRounding.LINE),
]  # fmt: skip


@pytest.mark.parametrize("value", PRINTED, ids=lambda value: type(value).__name__)
def test_the_values_of_documents_survive(value: Any) -> None:
    assert from_text(type(value), to_text(value)) == value
