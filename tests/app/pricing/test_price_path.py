"""Each price between the list price and the price of a line is a step of its own; all steps add up to the gross."""

from __future__ import annotations

from decimal import Decimal

from app.core.totals import Basis, Reduction, part_of
from app.pricing.detail import LineDetail, Part, PriceStep, Step
from app.pricing.rules import Line, Priced, price, printed_line, waterfall
from tests.builders import a_line

TIERED = LineDetail(
    steps=(
        PriceStep(Step.LIST, Decimal(100)),
        PriceStep(Step.TIER, Decimal(90), rule="From 2 pieces"),
        PriceStep(Step.CONTRACT, Decimal(80), rule="Contract of 2026"),
    )
)


def steps(line: Line, priced: Priced | None = None) -> list[tuple[str, str, int]]:
    priced = priced or price((line,), (), Basis("EUR"))
    found = waterfall(line, "EUR", priced.typed.lines[0], priced.assembled, 0, ())
    assert sum(step.amount for step in found) == priced.assembled.totals.gross
    return [(step.step.value, step.reason, step.amount) for step in found]


def test_every_price_on_the_way_has_its_rule() -> None:
    gift = Reduction(percent=Decimal(10), promotion="Spring sale")
    assert steps(a_line(price="80", detail=TIERED, reductions=(Reduction("Friend", amount=100), gift))) == [
        ("list", "", 20000),
        ("tier", "From 2 pieces", -2000),
        ("contract", "Contract of 2026", -2000),
        ("promotion", "Spring sale", -1600),
        ("line_discount", "Friend", -100),
        ("tax", "S", 2717),
    ]


def test_slabs_are_a_price_for_the_whole_quantity() -> None:
    """10 at 5.00 and 5 at 4.00 make 70.00 for 15, exactly; a third of the goods costs a third of it."""
    slabs = LineDetail(
        steps=(
            PriceStep(Step.LIST, Decimal(5)),
            PriceStep(Step.TIER, Decimal(70), Decimal(15), rule="From 11 pieces each at 4.00"),
        )
    )
    line = a_line(quantity="15", price="70", base_quantity=Decimal(15), detail=slabs)
    assert steps(line)[:2] == [("list", "", 7500), ("tier", "From 11 pieces each at 4.00", -500)]
    priced = price((line,), (), Basis("EUR"))
    part = part_of(priced.typed, (Decimal(15),), (Decimal(0),), (Decimal(5),))
    assert part.lines[0].amount == 2333


def test_what_a_part_of_the_line_prints() -> None:
    detail = LineDetail(
        options=(("Frame", "steel"),),
        parts=(Part("Wheel", Decimal(2)), Part("Spring", Decimal(1), is_printed=False)),
        own_quantity=Decimal(48),
        own_unit="C62",
    )
    line = a_line(quantity="4", unit="BX", detail=detail)
    priced = price((line,), (), Basis("EUR"))
    printed = printed_line(1, line, Decimal(1), priced.typed.lines[0], 10000)
    assert printed.options == (("Frame", "steel"),)
    assert [(part.name, part.quantity) for part in printed.parts] == [("Wheel", Decimal(2))]
    assert (printed.own_quantity, printed.own_unit) == (Decimal(12), "C62")
