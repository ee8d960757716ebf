"""Lines of a deal file in another unit than the product's own: two boxes of twelve are twenty-four pieces."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.catalog.bundling import save_model
from app.catalog.model import Model, Option, OptionGroup
from app.catalog.rules import Product, SellingUnit
from app.catalog.service import save_product
from app.core.errors import RuleViolation
from app.pricing.book import Method, PriceEntry, PriceList, Tier
from app.pricing.service import save_price_list
from app.store.store import Store
from tests.builders import SIGNED, Json, a_tax, balance, deal_file, do, facts_of, run_deal
from tests.exported import assert_told_again

D = Decimal


@pytest.fixture
def shop(store: Store) -> Store:
    """Screws at 2.40 a piece, cost 1.00, also in boxes of 12; wire at 240.00 per 100 metres."""
    boxed = (SellingUnit("BX", D(12)),)
    do(store, save_product, Product("SCREW", "Screw", "EUR", D("2.40"), a_tax(), units=boxed, cost=D(1), stocked=True))
    do(store, save_product, Product("WIRE", "Wire", "EUR", D(240), a_tax(), unit="MTR", base_quantity=D(100)))
    return store


def line(sku: str, quantity: str, unit: str, **over: object) -> Json:
    return {"sku": sku, "quantity": quantity, "unit": unit} | over


def priced(store: Store, *lines: Json) -> list[tuple[str, str, str]]:
    quote = run_deal(store, deal_file(*lines))["quote"]
    return [(found["unit"], found["unit_price"], found["net"]) for found in quote["lines"]]


def test_a_box_costs_what_its_pieces_do(shop: Store, empty_store: Path, tmp_path: Path) -> None:
    assert priced(shop, line("SCREW", "2", "BX"), line("SCREW", "2", "C62")) == [
        ("BX", "28.80", "57.60"), ("C62", "2.40", "4.80"),
    ]  # fmt: skip
    first, second = facts_of(shop, 1).quote.offer.lines
    assert (first.cost, first.detail.own_quantity, first.detail.own_unit) == (D(12), D(24), "C62")
    assert second.detail.own_quantity is None
    assert_told_again(shop, [1], empty_store, tmp_path)


def test_tiers_count_pieces_and_the_books_know_what_a_box_costs_us(shop: Store) -> None:
    tiers = (Tier(D(24), D("2.00")),)
    entries = (PriceEntry(Method.FIXED, value=D("2.40"), sku="SCREW", tiers=tiers),)
    do(shop, save_price_list, PriceList("Retail", "EUR", entries))
    assert priced(shop, line("SCREW", "2", "BX")) == [("BX", "24.00", "48.00")]
    assert priced(shop, line("SCREW", "1", "BX")) == [("BX", "28.80", "28.80")]
    now = run_deal(shop, deal_file(line("SCREW", "2", "BX"), steps=[*SIGNED, {"do": "dispatch"}]))
    assert balance(now, "goods_in_transit") == 24


def test_a_unit_that_it_is_not_sold_in_needs_a_price(shop: Store) -> None:
    with pytest.raises(RuleViolation) as refused:
        run_deal(shop, deal_file(line("WIRE", "1", "MTR"), line("SCREW", "2", "KGM")))
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("lines[1].unit", "not_sold_in")
    assert "'SCREW' is not sold in KGM; expected C62, BX, or a unit_price." in problem.message
    typed = line("SCREW", "2", "KGM", unit_price="9.00")
    assert priced(shop, typed) == [("KGM", "9.00", "18.00")]
    (found,) = facts_of(shop, 1).quote.offer.lines
    assert (found.cost, found.list_price) == (None, None)  # those of a piece say nothing of a kilogram


def test_a_typed_price_stands_beside_the_list_price_for_as_much(shop: Store) -> None:
    run_deal(shop, deal_file(line("SCREW", "2", "BX", unit_price="25.00"), line("WIRE", "5", "MTR", unit_price="2.00")))
    first, second = facts_of(shop, 1).quote.offer.lines
    assert (first.unit_price, first.list_price, first.cost) == (D(25), D("28.8"), D(12))
    assert (second.unit_price, second.list_price) == (D(2), D("2.4"))


def test_a_quantity_that_is_no_exact_number_of_pieces(shop: Store) -> None:
    third = (SellingUnit("KGM", D(1), D(3)),)
    do(shop, save_product, Product("THIRD", "Third", "EUR", D(1), a_tax(), units=third))
    with pytest.raises(RuleViolation, match=r"lines\[0\].quantity: 1 is no exact number of C62"):
        run_deal(shop, deal_file(line("THIRD", "1", "KGM")))


def test_what_is_configured_is_offered_in_its_own_unit(shop: Store) -> None:
    boxed = (SellingUnit("BX", D(12)),)
    item = do(shop, save_product, Product("SET", "Set", "EUR", D(5), a_tax(), units=boxed)).ids["product"]
    screws = (Option("few", name="Few"), Option("many", name="Many"))
    do(shop, save_model, item, Model(groups=(OptionGroup("screws", "Screws", 1, 1, screws),)))
    with pytest.raises(RuleViolation, match=r"lines\[0\].unit: 'SET' is configured, and offered in C62 only"):
        run_deal(shop, deal_file(line("SET", "1", "BX", options={"Screws": "Few"})))


@pytest.mark.parametrize("said", [["Few", "Many"], ["Many", "Few"]])
def test_two_where_one_may_be_chosen(shop: Store, said: list[str]) -> None:
    """The last one said must not silently win."""
    item = do(shop, save_product, Product("SET", "Set", "EUR", D(5), a_tax())).ids["product"]
    screws = (Option("few", name="Few"), Option("many", name="Many"))
    do(shop, save_model, item, Model(groups=(OptionGroup("screws", "Screws", 1, 1, screws),)))
    with pytest.raises(RuleViolation, match=r"lines\[0\].options.Screws: expected one of Screws, found 2"):
        run_deal(shop, deal_file(line("SET", "1", "C62", options={"Screws": said})))
