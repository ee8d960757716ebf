"""Deals with bundles, options, coupons, cashback and early payment, told in the words of the deal file.

The amounts are worked out by hand beside each story.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.catalog.bundling import save_model
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    Rule,
    RuleKind,
    chosen,
)
from app.catalog.models import product
from app.catalog.rules import Kind, Product
from app.catalog.service import save_product
from app.core.errors import RuleViolation
from app.deals.models import deal
from app.deals.queries import by_id
from app.exchange.deal_file.export import export
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import StepRefused, run
from app.pipeline import facts
from app.pipeline.proof import prove
from app.pricing.book import Conditions, Coupon, Effect, EffectKind, Method, PriceEntry, PriceList, Promotion, Tier
from app.pricing.service import save_coupon, save_price_list, save_promotion
from app.store.store import Store
from tests.builders import SIGNED, Json, Story, a_tax, balance, deal_file, do, run_deal, typed_line
from tests.exported import assert_told_again

TAX = {"category": "S", "rate": "19"}


def part(name: str, quantity: str = "1", **more: Any) -> Json:
    return {"name": name, "quantity": quantity} | more


def hours(name: str, quantity: str = "1", **more: Any) -> Json:
    return part(name, quantity, kind="service", unit="HUR", **more)


def ready_to_ride(**more: Any) -> Json:
    """Three bikes with two hours of fitting each: 3 x 1000.00, standalone 900 to 2 x 150: 2250.00 and 750.00."""
    of = [part("Bike", standalone_price="900", cost="500"), hours("Fitting", "2", standalone_price="150", cost="20")]
    return typed_line("Ready to ride", "3", "1000.00", bundle=of) | more


def deal_of(store: Store) -> int:
    """The newest deal."""
    with store.read() as session:
        return int(session.value(select(func.max(deal.c.id)), {}))


def lines_of(document: Json) -> list[tuple[int, str, str, str]]:
    return [(line["line"], line["name"], line["quantity"], line["net"]) for line in document["lines"]]


# ------------------------------------------------------------------ bundles


def test_a_bundle_of_goods_and_service_from_quote_to_revenue(store: Store, empty_store: Path, tmp_path: Path) -> None:
    story = Story.of(store, typed_line("Helmet", "1", "50.00"), ready_to_ride())
    quote = story.now["quote"]
    assert lines_of(quote) == [(1, "Helmet", "1", "50.00"), (2, "Bike", "3", "2250.00"), (2, "Fitting", "6", "750.00")]
    assert (quote["totals"]["net"], quote["totals"]["gross"]) == ("3050.00", "3629.50")
    # costs 3 x 500 + 6 x 20 = 1620; the helmet says none
    assert quote["margin_percent"] is None

    now = story.then("dispatch", lines=[{"line": 2, "quantity": "2"}])
    assert now["deliveries"][0]["lines"] == [{"line": 2, "dispatched": "2", "accepted": "0"}]
    now = story.then("confirm_receipt", lines=[{"line": 2, "accepted": "1", "damaged": "1"}])
    assert lines_of(now["invoices"][0]) == [(2, "Bike", "1", "750.00")]
    now = story.then("complete_service", line=2, quantity="1")
    assert lines_of(now["invoices"][1]) == [(2, "Fitting", "2", "250.00")]
    now = story.then("complete_service", line=2)
    assert lines_of(now["invoices"][2]) == [(2, "Fitting", "4", "500.00")]
    now = story.then("return", lines=[{"line": 2, "quantity": "1"}], reason="Too small")
    assert [(i["kind"], i["totals"]["net"]) for i in now["invoices"]][-1] == ("credit_note", "750.00")
    now = story.then("credit", invoice=2, lines=[{"line": 2, "quantity": "1"}], reason="Late")
    assert [(i["kind"], i["totals"]["net"]) for i in now["invoices"]][-1] == ("credit_note", "250.00")
    assert [(row["line"], row["amount"]) for row in now["revenue"]] == [
        (2, "750.00"), (2, "250.00"), (2, "500.00"), (2, "-750.00"), (2, "-250.00"),
    ]  # fmt: skip
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert [step.get("lines", step.get("line")) for step in file["steps"] if "line" in str(step)] == [
        [{"line": 2, "quantity": "2"}],
        [{"line": 2, "accepted": "1", "damaged": "1"}],
        2,
        2,
        [{"line": 2, "quantity": "1"}],
        [{"line": 2, "part": 2, "quantity": "2"}],
    ]
    assert [inner["name"] for inner in file["lines"][1]["bundle"]] == ["Bike", "Fitting"]


def test_goods_below_one_price_are_one_line(store: Store, empty_store: Path, tmp_path: Path) -> None:
    of = [part("Wheel", "2", cost="10.50"), part("Frame", options={"Colour": "Red"}, cost="80")]
    story = Story.of(store, typed_line("Bike", "2", "300.00", bundle=of))
    assert lines_of(story.now["quote"]) == [(1, "Bike", "2", "600.00")]
    assert story.now["quote"]["margin_percent"] == "66.33"  # cost 2 x (21 + 80) = 202; (600 - 202) / 600
    now = story.then("dispatch")
    assert str(balance(now, "goods_in_transit")) == "202.00"
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert [inner["name"] for inner in file["lines"][0]["bundle"]] == ["Wheel", "Frame"]
    assert file["lines"][0]["bundle"][1]["options"] == {"Colour": "Red"}


def test_prices_on_the_parts_and_a_part_by_itself(store: Store, empty_store: Path, tmp_path: Path) -> None:
    of = [part("Tent", unit_price="200.00"), part("Peg", "12", unit_price="0.50"), hours("Set up", unit_price="80.00")]
    bundle = part("Camp", "2", tax=TAX, bundle=of, discounts=[{"percent": "10", "reason": "Set"}])
    story = Story.of(store, bundle)
    # 400 + 12 + 160 = 572; 10 % = 57.20: 40.00, 1.20 and 16.00
    assert lines_of(story.now["quote"]) == [
        (1, "Tent", "2", "360.00"), (1, "Peg", "24", "10.80"), (1, "Set up", "2", "144.00"),
    ]  # fmt: skip
    now = story.then("dispatch", lines=[{"line": 1, "part": 2, "quantity": "5"}])
    assert now["deliveries"][0]["lines"] == [{"line": 1, "dispatched": "5", "accepted": "0"}]
    assert "11 to dispatch" not in story.refuses("dispatch", lines=[{"line": 1, "part": 2, "quantity": "20"}])
    story.then("confirm_receipt", lines=[{"line": 1, "part": 2, "accepted": "4"}])
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert file["steps"][-1]["lines"] == [{"line": 1, "part": 2, "accepted": "4"}]


def test_a_bundle_without_services_has_none_to_complete(store: Store) -> None:
    of = [part("Tent", unit_price="200.00"), part("Peg", "12", unit_price="0.50")]
    story = Story.of(store, part("Camp", "2", tax=TAX, bundle=of), typed_line("Course", "1", "10.00", kind="service"))
    assert "nothing to complete" in story.refuses("complete_service", line=1, quantity="1")
    assert "no service" in story.refuses("complete_service", line=1)


def test_several_services_of_a_bundle_are_one_invoice(store: Store, empty_store: Path, tmp_path: Path) -> None:
    of = [hours("Check", unit_price="10.00"), hours("Clean", "3", unit_price="20.00"), part("Oil", unit_price="5.00")]
    story = Story.of(store, part("Service", "2", tax=TAX, bundle=of))
    now = story.then("complete_service", line=1, quantity="1")
    assert [lines_of(invoice) for invoice in now["invoices"]] == [
        [(1, "Check", "1", "10.00"), (1, "Clean", "3", "60.00")]
    ]
    story.then("complete_service", line=1)
    assert_told_again(store, [deal_of(store)], empty_store, tmp_path)


def test_a_part_that_is_not_there(store: Store) -> None:
    story = Story.of(store, ready_to_ride(), typed_line("Helmet", "1", "50.00"))
    for line, number, words in ((1, 3, "no part 3; expected 1 to 2"), (2, 1, "no bundle whose parts")):
        step = {"do": "dispatch", "lines": [{"line": line, "part": number, "quantity": "1"}]}
        file = story.file | {"steps": [*story.steps, step]}
        with pytest.raises(RuleViolation, match=words) as refused:
            run(store, parse(json.dumps(file).encode()))
        assert refused.value.problems[0].field == "steps[4].part"


# ------------------------------------------------------------------ options of the catalogue


BIKE = Product("BIKE", "City bike", "EUR", Decimal("800.00"), a_tax(), cost=Decimal(400))
RACK = Product("RACK", "Rack", "EUR", Decimal("40.00"), a_tax(), cost=Decimal(10))
FIT = Product("FIT", "Fitting", "EUR", Decimal("60.00"), a_tax(), kind=Kind.SERVICE, unit="HUR", cost=Decimal(20))
FRAME = Attribute("frame", "Frame", values=(AttributeValue("st", "Steel"), AttributeValue("al", "Alloy", Decimal(100))))
LENGTH = Attribute("chain", "Chain length", AttributeKind.MEASURE, unit="MTR", least=Decimal(1), required=False)
EXTRAS = OptionGroup(
    "extras",
    "Extras",
    options=(
        Option("rack", "RACK", price=OptionPrice.PRODUCT),
        Option("bell", name="Bell", price=OptionPrice.OWN, own_price=Decimal("12.50"), cost=Decimal(2), default=True),
        Option("fitting", "FIT", price=OptionPrice.PRODUCT),
    ),
)
HEAVY = Rule("heavy", "Racks are heavy", RuleKind.EXCLUDES, chosen("rack"), chosen("bell"))
MODEL = Model((FRAME, LENGTH), (EXTRAS,), rules=(HEAVY,))


@pytest.fixture(autouse=True)
def true_books(store: Store) -> Iterator[None]:
    """Whatever the story, the books prove themselves at its end."""
    yield
    assert prove(store).problems == ()


@pytest.fixture
def bikes(store: Store) -> Store:
    """A store whose catalogue has a city bike to configure."""
    for item in (BIKE, RACK, FIT):
        do(store, save_product, item)
    with store.read() as session:
        product_id = int(session.value(select(product.c.id).where(product.c.sku == "BIKE"), {}))
    do(store, save_model, product_id, MODEL)
    return store


def bike(**options: Any) -> Json:
    return {"sku": "BIKE", "quantity": "2", "options": options}


def test_options_choose_and_price_a_product(bikes: Store) -> None:
    # 800 + 100 for the alloy frame + 40 for the rack; the bell of the defaults makes room
    outcome = run_deal(bikes, deal_file(bike(Frame="alloy", extras=["Rack"])))
    assert lines_of(outcome["quote"]) == [(1, "City bike", "2", "1880.00")]
    assert outcome["quote"]["margin_percent"] == "56.38"  # cost 2 x 410; (1880 - 820) / 1880
    with bikes.read() as session:
        line = facts.load(session, deal_of(bikes)).quote.offer.lines[0]
    assert line.detail.options[:2] == (("Frame", "Alloy"), ("Extras", "Rack"))
    assert line.detail.selection


def test_a_service_among_the_options_makes_a_bundle(bikes: Store) -> None:
    # 800 + 60 for the fitting, by standalone price: the bike's own 800 and the hour's 60
    outcome = run_deal(bikes, deal_file(bike(frame="st", extras="fitting"), steps=list(SIGNED)))
    assert [(line["line"], line["net"]) for line in outcome["quote"]["lines"]] == [(1, "1600.00"), (1, "120.00")]


def test_a_typed_price_stays_over_chosen_options(bikes: Store, empty_store: Path, tmp_path: Path) -> None:
    line = bike(frame="st", extras="fitting") | {"unit_price": "750.00", "discounts": [{"amount": "10.00"}]}
    outcome = run_deal(bikes, deal_file(line))
    # 1500.00 in proportion 800 : 60 = 1395.35 and 104.65; 10.00 off: 9.30 and 0.70
    assert [line["net"] for line in outcome["quote"]["lines"]] == ["1386.05", "103.95"]
    assert_told_again(bikes, [deal_of(bikes)], empty_store, tmp_path)


@pytest.mark.parametrize(
    ("options", "path", "words"),
    [
        ({"frame": "wood"}, "lines[0].options.frame", '"wood" is not there; expected one of Steel, Alloy'),
        ({"saddle": "x"}, "lines[0].options.saddle", "expected one of Frame, Chain length, Extras"),
        ({"frame": ["st", "al"]}, "lines[0].options.frame", "expected one value, found a list"),
        ({"frame": "st", "extras": "horn"}, "lines[0].options.extras", "expected one of Rack, Bell, Fitting"),
        ({"extras": "bell"}, "lines[0].options", "Frame: it is needed; to mend it: set Frame to Steel"),
        (
            {"frame": "st", "extras": ["rack", "bell"]},
            "lines[0].options.extras",
            "where Rack is chosen, this cannot be: Bell is chosen; to mend it: remove Rack (-40.00 EUR)",
        ),
        ({"frame": "st", "Chain length": "0.5 m"}, 'lines[0].options["Chain length"]', "at least 1"),
        ({"frame": "st", "Bell": "perhaps"}, "lines[0].options.Bell", "expected true, false or how many"),
    ],
)
def test_options_that_do_not_fit(bikes: Store, options: Json, path: str, words: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        run(bikes, parse(json.dumps(deal_file(bike(**options))).encode()))
    problem = refused.value.problems[0]
    assert problem.field == path
    assert words in problem.message


def test_options_are_only_printed_where_no_catalogue_knows_them(store: Store) -> None:
    run_deal(store, deal_file(typed_line("Bike", "1", "10.00", options={"frame": "steel", "bells": 2, "new": True})))
    with store.read() as session:
        line = facts.load(session, deal_of(store)).quote.offer.lines[0]
    assert line.detail.options == (("frame", "steel"), ("bells", "2"), ("new", "true"))


# ------------------------------------------------------------------ prices, coupons, cashback, early payment


KAYAK = Product("KAY", "Kayak", "EUR", Decimal("100.00"), a_tax(), cost=Decimal(60))


@pytest.fixture
def shop(store: Store) -> Store:
    """A kayak at 100.00, from 10 on at 90.00; the coupon SPRING10 takes 10 % off."""
    do(store, save_product, KAYAK)
    entry = PriceEntry(Method.FIXED, Decimal(95), "KAY", tiers=(Tier(Decimal(10), Decimal(90)),))
    do(store, save_price_list, PriceList("Shop", "EUR", entries=(entry,)))
    spring = Effect(EffectKind.PERCENT, percent=Decimal(10))
    do(store, save_promotion, Promotion("Spring", spring, Conditions(needs_coupon=True)))
    do(store, save_coupon, Coupon("SPRING10", "Spring", ends_on=date(2026, 4, 30), most_uses=1))
    return store


def test_lists_tiers_and_coupons_price_what_the_file_leaves_open(shop: Store) -> None:
    lines = [{"sku": "KAY", "quantity": "10"}, {"sku": "KAY", "quantity": "1", "unit_price": "80.00"}]
    outcome = run_deal(shop, deal_file(*lines, coupons=["spring10"]))
    first, second = outcome["quote"]["lines"]
    # 10 x 100 = 1000, by the list 950, from ten on 900, 10 % off 90: 810, tax 153.90 of 882 x 19 % = 167.58
    assert [(step["step"], step["reason"], step["amount"]) for step in first["waterfall"]] == [
        ("list", "", "1000.00"),
        ("list", "Shop", "-50.00"),
        ("tier", "Shop (≥ 10)", "-50.00"),
        ("promotion", "Spring", "-90.00"),
        ("tax", "S", "153.90"),
    ]
    assert (first["net"], second["net"], second["unit_price"]) == ("810.00", "72.00", "80.00")
    for line, gross in ((first, "963.90"), (second, "85.68")):
        assert sum(Decimal(step["amount"]) for step in line["waterfall"]) == Decimal(gross)


@pytest.mark.parametrize(("codes", "path"), [(["NONE"], "coupons[0]"), (["SPRING10", "spring10"], "coupons[1]")])
def test_a_coupon_that_nobody_knows_or_twice(shop: Store, codes: list[str], path: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        run(shop, parse(json.dumps(deal_file({"sku": "KAY", "quantity": "1"}, coupons=codes)).encode()))
    assert refused.value.problems[0].field == path


def test_a_coupon_that_is_over_or_used_up(shop: Store) -> None:
    late = deal_file({"sku": "KAY", "quantity": "1"}, coupons=["SPRING10"], date="2026-05-02")
    with pytest.raises(StepRefused, match="SPRING10") as refused:
        run(shop, parse(json.dumps(late).encode()))
    assert refused.value.step == "coupons"
    first = deal_file({"sku": "KAY", "quantity": "1"}, coupons=["SPRING10"], steps=[{"do": "send_quote"}])
    run_deal(shop, first)
    with pytest.raises(StepRefused, match="SPRING10"):
        run(shop, parse(json.dumps(first).encode()))


def test_a_promotion_is_told_again_as_a_discount(shop: Store, empty_store: Path, tmp_path: Path) -> None:
    outcome = run_deal(shop, deal_file({"sku": "KAY", "quantity": "10"}, coupons=["SPRING10"]))
    with shop.read() as session:
        number = by_id(session, deal_of(shop)).number
    file = export(shop, number)
    assert "coupons" not in file
    assert file["lines"][0]["discounts"] == [{"percent": "10", "reason": "Spring"}]
    with Store.open(_copied(empty_store, tmp_path)) as other:
        again = run_deal(other, file)
    assert again["quote"]["totals"] == outcome["quote"]["totals"]
    assert [step["step"] for step in again["quote"]["lines"][0]["waterfall"]] == [
        "list", "contract", "line_discount", "tax",
    ]  # fmt: skip


def _copied(empty: Path, folder: Path) -> Path:
    path = folder / "other.handsel"
    path.write_bytes(empty.read_bytes())
    return path


def test_cashback_is_credit_once_it_is_paid_and_goes_back_with_goods(
    store: Store, empty_store: Path, tmp_path: Path
) -> None:
    # 2 x 100.00 and tax: 238.00; 5 % = 11.90. One comes back: 119.00, and 5.95 of the cashback.
    story = Story.of(store, cashback={"percent": "5"})
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert str(balance(now, "cashback_liability")) == "-11.90"
    now = story.then("pay", amount="238.00")
    assert now["customer_credit"] == "11.90"
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}])
    assert now["customer_credit"] == "124.95"  # 119.00 + 11.90 - 5.95
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert file["cashback"] == {"percent": "5"}


def test_early_payment_taken_and_not(store: Store, empty_store: Path, tmp_path: Path) -> None:
    # 238.00 less 2 % = 4.76: 233.24 until the tenth day
    def paid(reference: str, **payment: Any) -> Json:
        steps = [*SIGNED, {"do": "dispatch"}, {"do": "confirm_receipt"}, {"do": "pay", **payment}]
        return run_deal(
            store,
            deal_file(terms={"payment": "2/10 net 30"}, reference=reference, customer={"name": reference}, steps=steps),
        )

    taken, not_taken = paid("a", amount="233.24", on="2026-03-12"), paid("b", amount="233.24", on="2026-03-13")
    assert (taken["invoices"][0]["open"], taken["invoices"][0]["state"]) == ("0.00", "paid")
    assert not_taken["invoices"][0]["open"] == "4.76"
    assert taken["invoices"][0]["due"] == "2026-04-01"
    asked = paid("c", amount="100.00", discount="2.00", on="2026-03-05")
    assert asked["invoices"][0]["open"] == "136.00"
    late = paid("d", amount="233.24", discount="4.76", reason="Post was slow", on="2026-03-20")
    assert late["invoices"][0]["open"] == "0.00"
    with pytest.raises(StepRefused):
        paid("e", amount="233.24", discount="4.76", on="2026-03-20")
    for deal_id in range(1, 5):
        assert_told_again(store, [deal_id], empty_store, tmp_path)


def test_early_payment_that_is_always_taxed_so(store: Store, empty_store: Path, tmp_path: Path) -> None:
    # E17: 100.00 less 2 % = 98.00, 21 % of it 20.58; 98.00 + 2.00 + 20.58 = 120.58
    line = typed_line("Course", "1", "100.00", "21")
    outcome = run_deal(store, deal_file(line, terms={"payment": "2/10 net 30", "early_tax": "always"}))
    assert outcome["quote"]["totals"]["gross"] == "120.58"
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert file["terms"] == {"payment": "2/10 net 30", "early_tax": "always"}


def test_papers_in_the_language_of_the_file(store: Store) -> None:
    run_deal(store, deal_file(language="de"))
    with store.read() as session:
        assert by_id(session, deal_of(store)).heading().language == "de"


def test_a_revision_takes_cashback_away(store: Store, empty_store: Path, tmp_path: Path) -> None:
    steps = [{"do": "send_quote"}, {"do": "revise_quote", "cashback": {"percent": "0"}}]
    run_deal(store, deal_file(cashback={"percent": "5"}, steps=steps))
    with store.read() as session:
        assert facts.load(session, deal_of(store)).quote.offer.terms.cashback_percent is None
    (file,) = assert_told_again(store, [deal_of(store)], empty_store, tmp_path)
    assert file["steps"][-1]["cashback"] == {"percent": "0"}
