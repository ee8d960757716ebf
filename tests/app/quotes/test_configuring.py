"""Configuring without a window: what is chosen, inside what, and which lines it becomes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.catalog.configure import State
from app.catalog.configure.values import value_fixes, value_results
from app.catalog.model import (
    Attribute,
    AttributeValue,
    BundleParts,
    Component,
    Configurable,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Rule,
    RuleKind,
    Selection,
    attribute_is,
    chosen,
)
from app.catalog.rules import Kind, Product
from app.core.errors import RuleViolation
from app.quotes import configured as blocks
from app.quotes.configuring import Configuring, Inner, begin
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.needs import needs, promises, skus
from app.stock.rules import Availability
from tests.builders import DAY, a_tax

D = Decimal
FUELS = (AttributeValue("e", "Electric", D(50)), AttributeValue("p", "Petrol"))
EXTRAS = (Option("lamp", "LAMP", price=OptionPrice.PRODUCT), Option("bell", name="Bell"))
ENGINE = Model(
    attributes=(Attribute("fuel", "Fuel", values=FUELS),),
    groups=(OptionGroup("g", "Extras", 0, None, EXTRAS),),
    rules=(Rule("quiet", "Quiet", RuleKind.EXCLUDES, attribute_is("fuel", "e"), chosen("bell"), "No bell needed"),),
)
BOAT = Model(
    groups=(OptionGroup("m", "Motor", 0, 1, (Option("motor", "ENGINE", price=OptionPrice.PRODUCT),)),),
    parts=BundleParts((Component("SEAT", D(2)),)),
)
TRIP = Model(parts=BundleParts((Component("SEAT", D(2)), Component("GUIDE")), PriceOn.PARTS))


def goods() -> dict[str, Configurable]:
    rows = {
        "ENGINE": ("200", ENGINE, Kind.GOODS), "LAMP": ("10", Model(), Kind.GOODS), "SEAT": ("30", Model(), Kind.GOODS),
        "BOAT": ("900", BOAT, Kind.GOODS), "GUIDE": ("80", Model(), Kind.SERVICE), "TRIP": ("0", TRIP, Kind.GOODS),
    }  # fmt: skip
    return {
        sku: Configurable(at, Product(sku, sku.title(), "EUR", D(price), a_tax(), kind=kind, cost=D(5)), model)
        for at, (sku, (price, model, kind)) in enumerate(rows.items(), 1)
    }


def start(sku: str, quantity: str = "1") -> Configuring:
    return begin(goods(), sku, "EUR", DAY, quantity=D(quantity))


def test_what_is_inside_is_configured_in_its_place() -> None:
    boat = start("BOAT", "2").toggled("motor")
    assert boat.inner() == (Inner("motor"),)
    assert boat.whole().state is State.INCOMPLETE
    assert not boat.may_be_taken()
    inside = boat.entered(Inner("motor"))
    assert inside.names() == ("Boat", "Engine")
    assert inside.count() == D(2)
    done = inside.giving("fuel", "e").toggled("lamp").left()
    assert done.may_be_taken()
    assert done.here.takes("motor").inner.value("fuel") == "e"  # type: ignore[union-attr]
    (line,) = done.lines()
    assert line.unit_price == D(900 + 200 + 50 + 10)
    assert blocks.selection_of(line) == done.selection
    again = begin(goods(), "BOAT", "EUR", DAY, selection=blocks.selection_of(line))
    assert again.entered(Inner("motor")).here.value("fuel") == "e"


def test_a_quantity_is_needed_and_a_gone_product_is_refused() -> None:
    trip = start("TRIP")
    assert trip.may_be_taken()
    assert not begin(goods(), "TRIP", "EUR", DAY, quantity=None).may_be_taken()
    assert not trip.has_choices()
    with pytest.raises(RuleViolation, match="GHOST"):
        blocks.configured(goods(), Selection("GHOST"), D(1), "EUR")


def test_values_say_what_they_would_break_and_how_to_mend_it() -> None:
    bell = start("ENGINE").toggled("bell").giving("fuel", "p")
    electric, petrol = value_results(ENGINE, bell.here, "fuel")
    assert (electric.reasons[0].message, petrol.is_given, petrol.reasons) == ("No bell needed", True, ())
    assert value_results(ENGINE, bell.here, "lamp") == ()
    fix = value_fixes(ENGINE, bell.here, "fuel", "e", bell.products, product=goods()["ENGINE"].product)[0]
    mended = bell.applying(fix)
    assert mended.evaluated().state is State.VALID
    assert (mended.here.value("fuel"), mended.here.takes("bell"), fix.price) == ("e", None, D(50))
    assert value_fixes(ENGINE, bell.here, "fuel", "p") == ()


def test_lines_that_stand_together_are_found_moved_counted_and_copied() -> None:
    trip = start("TRIP", "2").lines(number=3)
    own = LineDraft("Own", D(1), D(5), a_tax())
    lines = (own, *trip, LineDraft())
    assert [list(block) for block in blocks.blocks(lines)] == [[0], [1, 2], [3]]
    assert blocks.count_of(lines[1:3]) == D(2)
    moved, at = blocks.moved(lines, 2, -1)
    assert ([line.name for line in moved], at) == (["Seat", "Guide", "Own", ""], 0)
    assert blocks.moved(lines, 0, -1) == (lines, 0)
    draft = QuoteDraft(DAY, lines=lines)
    assert blocks.next_number(draft) == 4
    assert {line.detail.bundle.number for line in blocks.numbered(trip, 9) if line.detail.bundle} == {9}
    three = blocks.recounted(goods(), trip, D(3), "EUR", 3)
    assert [line.quantity for line in three] == [D(6), D(3)]
    unknown = blocks.recounted({}, trip, D(5), "EUR", 3)
    assert [(line.quantity, line.detail.bundle.quantity) for line in unknown if line.detail.bundle] == [
        (D(10), D(5)), (D(5), D(5)),
    ]  # fmt: skip


def test_what_was_typed_stays_when_it_is_counted_anew() -> None:
    (line,) = start("BOAT").lines()
    typed = line.priced_at(D(700)).reduced_by(D(5), None)
    (again,) = blocks.recounted(goods(), (typed,), D(4), "EUR", 1)
    assert (again.quantity, again.unit_price, again.detail.price_is_typed) == (D(4), D(700), True)
    assert again.reductions == typed.reductions
    two = blocks.kept((typed, typed), (line,))
    assert two == (line,)


def test_lines_are_followed_through_changes() -> None:
    a, b, c = (LineDraft(name) for name in "abc")
    assert blocks.follow((a, b, c), (b, a, c), 0) == 1
    assert blocks.follow((a, b, c), (a, c), 1) is None
    changed = LineDraft("b2")
    assert blocks.follow((a, b, c), (a, changed, c), 1) == 1
    assert blocks.follow((a,), (a,), 5) is None


def test_what_lines_take_out_of_the_store_room() -> None:
    (boat,) = start("BOAT", "3").lines()
    assert needs(boat) == {"SEAT": D(6)}
    seat = LineDraft("Seat", D(5), D(30), a_tax(), sku="SEAT")
    assert skus((boat, seat)) == {"BOAT", "SEAT"}
    assert needs(LineDraft("Guide", D(1), sku="GUIDE", kind=Kind.SERVICE)) == {}
    later = date(2026, 4, 1)
    stock = {"SEAT": Availability(DAY, D(8), incoming=((later, D(10)),))}
    first, second = promises((boat, seat), stock, DAY)
    assert first is not None
    assert second is not None
    assert (first.is_short, second.is_short, second.free, second.soonest) == (False, True, D(2), later)
    assert promises((seat,), {}, DAY) == [None]
