"""A configured line opened again: the quote stays as it was sent, a copy is told what no longer fits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.bundling import save_model
from app.catalog.configure import Cause, State
from app.catalog.model import (
    Attribute,
    AttributeKind,
    BundleParts,
    Chosen,
    Comparison,
    Component,
    Model,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    Selection,
    chosen,
    quantity,
)
from app.catalog.model_queries import with_parts
from app.catalog.rules import Product
from app.catalog.service import add_product, save_product
from app.core.codec import to_text
from app.pipeline.reopening import misfits, reopen_lines
from app.pricing.detail import Bundle, LineDetail
from app.pricing.rules import Line
from app.store.store import Store
from tests.builders import DAY, a_tax, do

LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, least=Decimal(1), most=Decimal(9))
EXTRAS = OptionGroup("extras", "Extras", 0, None, (Option("lamp", "LAMP"), Option("bell", name="Bell")))
BIKE = Model((LENGTH,), (EXTRAS,))
TOUR = Model(parts=BundleParts((Component("BIKE", Decimal(2)),)))
CHOSEN = Selection("BIKE", (Chosen("lamp"), Chosen("bell")), (("length", "5"),))


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    found = {}
    with store.write("Ann") as session:
        for sku in ("LAMP", "BIKE", "TOUR"):
            product = Product(sku, sku.title(), "EUR", Decimal(10), a_tax())
            found[sku] = add_product(session, product).ids["product"]
        save_model(session, found["BIKE"], BIKE)
        save_model(session, found["TOUR"], TOUR)
    return found


def a_configured_line(selection: Selection, **detail: object) -> Line:
    made = LineDetail(selection=to_text(selection), **detail)  # type: ignore[arg-type]
    return Line("Bike", Decimal(3), Decimal(10), a_tax(), detail=made)


def causes(store: Store, *lines: Line) -> list[list[tuple[str, Cause]]]:
    with store.read() as session:
        found = reopen_lines(session, lines, DAY)
    return [[(" > ".join(m.path), m.reason.cause) for m in line.reopened.misfits] for line in found]


def test_nothing_changed_nothing_said(store: Store, ids: dict[str, int]) -> None:
    plain = Line("Plain", Decimal(1), Decimal(1), a_tax())
    with store.read() as session:
        (line,) = reopen_lines(session, [plain, a_configured_line(CHOSEN)], DAY)
        assert misfits(session, [plain, a_configured_line(CHOSEN)], DAY) == ()
        assert reopen_lines(session, [plain], DAY) == ()
    assert (line.place, line.reopened.state, line.reopened.may_be_sold) == (1, State.VALID, True)
    assert line.selection == CHOSEN


def test_an_option_that_left_the_catalogue_is_named(store: Store, ids: dict[str, int]) -> None:
    fewer = replace(BIKE, groups=(replace(EXTRAS, options=EXTRAS.options[:1]),))
    do(store, save_model, ids["BIKE"], fewer)
    assert causes(store, a_configured_line(CHOSEN)) == [[("Bike", Cause.GONE)]]


def test_a_part_that_is_not_sold_a_limit_and_a_rule(store: Store, ids: dict[str, int]) -> None:
    with store.write("Ann") as session:
        lamp = with_parts(session, ["LAMP"])["LAMP"].product
        save_product(session, replace(lamp, active=False))
        rules = (
            Rule("r", "No bells", RuleKind.VALIDATION, chosen("bell"), message="No bells."),
            Rule("s", "Few", RuleKind.ALERT, quantity(Comparison.LESS, Decimal(4)), message="Few."),
        )
        save_model(session, ids["BIKE"], replace(BIKE, attributes=(replace(LENGTH, most=Decimal(4)),), rules=rules))
    (found,) = causes(store, a_configured_line(CHOSEN))
    assert [cause for _, cause in found] == [Cause.NOT_SOLD, Cause.ABOVE, Cause.VALIDATION, Cause.ALERT]
    four = Bundle(1, "Bikes", Decimal(4), "BIKE")
    (found,) = causes(store, a_configured_line(CHOSEN, bundle=four))
    assert Cause.ALERT not in [cause for _, cause in found]


def test_what_is_inside_is_looked_at_too(store: Store, ids: dict[str, int]) -> None:
    tour = Selection("TOUR", inner=(replace(CHOSEN, values=()),))
    assert causes(store, a_configured_line(tour)) == [[("Tour > Bike", Cause.NOT_FILLED)]]
    assert causes(store, a_configured_line(Selection("TOUR"))) == [[("Tour > Bike", Cause.NOT_FILLED)]]
    with store.read() as session:
        (line,) = reopen_lines(session, [a_configured_line(tour)], DAY)
    assert line.reopened.state is State.INCOMPLETE


def test_a_product_that_is_gone_or_out_of_use(store: Store, ids: dict[str, int]) -> None:
    assert causes(store, a_configured_line(Selection("GHOST"))) == [[("GHOST", Cause.GONE)]]
    with store.write("Ann") as session:
        bike = with_parts(session, ["BIKE"])["BIKE"].product
        save_product(session, replace(bike, active=False))
    assert causes(store, a_configured_line(CHOSEN)) == [[("Bike", Cause.NOT_SOLD)]]
    with store.read() as session:
        (line,) = misfits(session, [a_configured_line(CHOSEN)], DAY)
    assert (line.reopened.state, line.reopened.may_be_sold) == (State.INVALID, False)
