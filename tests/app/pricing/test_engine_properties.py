"""What holds for any rules and lines: splits add up, order changes nothing, the stacking modes keep their algebra."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.totals import Basis
from app.pricing.book import (
    Applied,
    Asked,
    Circumstances,
    Conditions,
    Effect,
    EffectKind,
    Method,
    PriceBook,
    PriceEntry,
    PriceList,
    Promotion,
    Reading,
    Stacking,
    Tier,
)
from app.pricing.engine import apply
from tests.app.pricing.test_cases import amount, turned
from tests.builders import DAY, a_tax

SKUS, CATEGORIES = ("A", "B", "C"), ("Boats", "Gear")
WHO = Circumstances(DAY, Basis("EUR"), 7, ("Clubs",), ("DE",))

quantities = st.decimals(min_value="0.5", max_value="60", places=1)
prices = st.decimals(min_value="0", max_value="999", places=2)
percents = st.decimals(min_value="0.1", max_value="100", places=1)
stackings = st.sampled_from(Stacking)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Asked, ...]:
    """One to six lines of three products."""
    row = st.tuples(st.sampled_from(SKUS), quantities, prices, st.sampled_from(CATEGORIES), st.booleans())
    return tuple(
        Asked(sku, quantity, price, tax=a_tax(), category=category, cost=Decimal(5), is_typed=typed)
        for sku, quantity, price, category, typed in draw(st.lists(row, min_size=1, max_size=6))
    )


@st.composite
def effects(draw: st.DrawFn) -> Effect:
    """Any effect but a free item."""
    kind = draw(st.sampled_from([kind for kind in EffectKind if kind is not EffectKind.FREE_ITEM]))
    money = draw(st.decimals(min_value="0.01", max_value="300", places=2))
    buy, get = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    return Effect(kind, draw(percents), money, Decimal(buy), Decimal(get), repeats=draw(st.booleans()))


@st.composite
def promotions(draw: st.DrawFn) -> tuple[Promotion, ...]:
    """Up to five promotions, some for a product or a category."""
    found = []
    for place in range(draw(st.integers(0, 5))):
        target = draw(st.sampled_from([{}, {"skus": ("A",)}, {"categories": ("Boats",)}]))
        least = draw(st.none() | st.integers(1, 40).map(Decimal))
        when = Conditions(**target, least_quantity=least)
        effect, stacking, priority = draw(effects()), draw(stackings), draw(st.integers(0, 2))
        found.append(Promotion(f"P{place}", effect, when, stacking, priority, "EUR"))
    return tuple(found)


@st.composite
def lists(draw: st.DrawFn) -> tuple[PriceList, ...]:
    """Up to three price lists with an entry or two each."""
    found = []
    for place in range(draw(st.integers(0, 3))):
        entries = []
        for target in draw(st.sets(st.sampled_from(["A", "B", ""]), min_size=1, max_size=2)):
            method = draw(st.sampled_from([Method.FIXED, Method.PERCENT_OFF, Method.MARKUP]))
            values = draw(st.lists(percents, min_size=3, max_size=3))
            reading = Reading.SLAB if draw(st.booleans()) else Reading.ALL_UNITS
            tiers = (Tier(Decimal(5), values[1]), Tier(Decimal(20), values[2]))
            entries.append(PriceEntry(method, values[0], target, reading=reading, tiers=tiers))
        found.append(PriceList(f"L{place}", "EUR", tuple(entries), priority=draw(st.integers(0, 1))))
    return tuple(found)


def amounts(asked: tuple[Asked, ...], result: Applied) -> list[int]:
    return [amount(one, line, "EUR") for one, line in zip(asked, result.lines, strict=True)]


@given(lines(), lists(), promotions(), st.randoms())
def test_the_order_of_rules_changes_nothing(
    asked: tuple[Asked, ...], price_lists: tuple[PriceList, ...], offers: tuple[Promotion, ...], chance: object
) -> None:
    book = PriceBook(price_lists, promotions=offers)
    assert apply(turned(book), asked, WHO) == apply(book, asked, WHO)


@given(lines(), promotions())
def test_no_line_falls_below_zero_or_rises(asked: tuple[Asked, ...], offers: tuple[Promotion, ...]) -> None:
    before = amounts(asked, apply(PriceBook(), asked, WHO))
    after = amounts(asked, apply(PriceBook(promotions=offers), asked, WHO))
    assert all(0 <= now <= was for now, was in zip(after, before, strict=True))


@given(lines(), promotions())
def test_typed_prices_are_left_alone(asked: tuple[Asked, ...], offers: tuple[Promotion, ...]) -> None:
    typed = tuple(replace(line, is_typed=True) for line in asked)
    assert amounts(typed, apply(PriceBook(promotions=offers), typed, WHO)) == amounts(
        typed, apply(PriceBook(), typed, WHO)
    )


@given(lines(), st.integers(1, 100_000))
def test_an_amount_off_the_order_is_spread_to_the_cent(asked: tuple[Asked, ...], cents: int) -> None:
    open_lines = tuple(replace(line, is_typed=False) for line in asked)
    whole = sum(amounts(open_lines, apply(PriceBook(), open_lines, WHO)))
    effect = Effect(EffectKind.AMOUNT, amount=Decimal(cents).scaleb(-2))
    book = PriceBook(promotions=(Promotion("Less", effect, currency="EUR"),))
    assert sum(amounts(open_lines, apply(book, open_lines, WHO))) == whole - min(whole, cents)


def of_hundred(percent: list[int], stacking: Stacking) -> int:
    """What is left of 10,000.00 in cents after these percentages."""
    asked = (Asked("A", Decimal(1), Decimal(10_000), tax=a_tax()),)
    offers = tuple(
        Promotion(f"P{place}", Effect(EffectKind.PERCENT, percent=Decimal(value)), stacking=stacking)
        for place, value in enumerate(percent)
    )
    return amounts(asked, apply(PriceBook(promotions=offers), asked, WHO))[0]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_the_algebra_of_the_stacking_modes(percent: list[int]) -> None:
    best, compound, added, stop = (
        of_hundred(percent, mode) for mode in (Stacking.BEST_ONLY, Stacking.COMPOUND, Stacking.ADD, Stacking.STOP)
    )
    assert best == 1_000_000 - 10_000 * max(percent)
    assert added == max(0, 1_000_000 - 10_000 * sum(percent))
    exact = Decimal(1_000_000)
    for value in percent:
        exact *= Decimal(100 - value) / 100
    assert abs(compound - exact) <= len(percent)
    assert added <= compound <= best, "added takes off the most, the best alone the least"
    assert stop == 1_000_000 - 10_000 * percent[0], "the first by name, and none after it"


@given(lines(), lists(), promotions())
def test_what_is_given_adds_up_to_the_steps(
    asked: tuple[Asked, ...], price_lists: tuple[PriceList, ...], offers: tuple[Promotion, ...]
) -> None:
    for line in apply(PriceBook(price_lists, promotions=offers), asked, WHO).lines:
        if line.steps:
            assert (line.steps[-1].unit_price, line.steps[-1].base_quantity) == (line.unit_price, line.base_quantity)
        assert all(reduction.promotion for reduction in line.reductions)
