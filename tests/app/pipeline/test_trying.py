"""Trying a price writes nothing and comes to what a quote would; a coupon's deals are told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.core.errors import NotFound
from app.parties.service import save_customer
from app.pipeline import quoting, service
from app.pipeline.trying import Asking, around, coupon_uses, try_price
from app.pricing.book import Conditions, Coupon, Effect, EffectKind, Method, PriceEntry, PriceList, Promotion, Tier
from app.pricing.service import save_coupon, save_price_list, save_promotion
from app.quotes.draft import line_of
from app.store.store import Store
from tests.builders import DAY, a_customer, a_tax, counts_of, do

D = Decimal
KAYAK = Product("KAY", "Kayak", "EUR", D(100), a_tax(), category="Boats")
CLUBS = PriceList("Clubs", "EUR", (PriceEntry(Method.FIXED, D(90), "KAY", tiers=(Tier(D(10), D(80)),)),), group="Clubs")
TENTH = Promotion("Tenth", Effect(EffectKind.PERCENT, D(10)), Conditions(skus=("KAY",), needs_coupon=True))


@pytest.fixture
def customer(store: Store) -> int:
    do(store, save_product, KAYAK)
    do(store, save_price_list, CLUBS)
    do(store, save_promotion, TENTH)
    do(store, save_coupon, Coupon("SUN", "Tenth"))
    return do(store, save_customer, a_customer(), group="Clubs").ids["customer"]


def test_what_a_club_pays(store: Store, customer: int) -> None:
    before = counts_of(store)
    with store.read() as session:
        found = try_price(session, Asking("KAY", D(10), DAY, customer, "sun"))
        nobody = try_price(session, Asking("KAY", D(10), DAY))
    assert found.line is not None and nobody.line is not None
    assert [(step.rule, step.amount) for step in found.line.steps] == [
        ("", 100_000),
        ("Clubs", -10_000),
        ("Clubs (≥ 10)", -10_000),
        ("Tenth", -8_000),
    ]
    assert found.line.total == 85_680
    assert nobody.line.total == 119_000
    assert counts_of(store) == before


def test_a_coupon_that_nobody_knows_is_told(store: Store, customer: int) -> None:
    with store.read() as session:
        assert [p.code for p in try_price(session, Asking("KAY", D(1), DAY, coupon="NO")).refused] == ["unknown"]
        with pytest.raises(NotFound):
            try_price(session, Asking("NONE", D(1), DAY))


def test_a_product_without_a_price_in_the_currency(store: Store, customer: int) -> None:
    do(store, save_product, replace(KAYAK, sku="USD", currency="USD"))
    with store.read() as session:
        assert try_price(session, Asking("USD", D(1), DAY)).line is None


def test_everything_a_rule_may_name(store: Store, customer: int) -> None:
    with store.read() as session:
        known = around(session)
    assert (list(known.products), known.categories, known.groups) == (["KAY"], ("Boats",), ("Clubs",))
    assert (known.customers, known.coupon_promotions) == ({customer: "Lake School"}, ("Tenth",))
    assert known.members == {"Clubs": customer}


def test_the_deals_of_a_coupon(store: Store, customer: int) -> None:
    with store.read() as session:
        draft = quoting.begin(session, DAY, customer)
    line = line_of(KAYAK, "EUR")
    draft = replace(draft, lines=(line,), coupons=("SUN",), send=True)
    deal_id = do(store, quoting.save, draft).ids["deal"]
    with store.read() as session:
        (use,) = coupon_uses(session, 1)
    assert (use.id, use.customer, use.event, use.is_in_use(DAY)) == (deal_id, "Lake School", "reserved", True)
    assert use.reserved_until is not None and not use.is_in_use(use.reserved_until.replace(year=2099))
    do(store, service.decline_quote, deal_id, on=DAY)
    with store.read() as session:
        (use,) = coupon_uses(session, 1)
    assert (use.event, use.is_in_use(DAY)) == ("given_back", False)
