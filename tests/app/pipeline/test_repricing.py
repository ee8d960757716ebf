"""Prices of a draft that began earlier: held, looked at, and taken line by line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.core.totals import Reduction
from app.pipeline.pricing import priced_draft
from app.pipeline.repricing import choices, held, taken
from app.pricing.book import Conditions, Coupon, Effect, EffectKind, Method, PriceEntry, PriceList, Promotion, Stacking
from app.pricing.service import save_coupon, save_price_list, save_promotion
from app.quotes.draft import LineDraft, QuoteDraft, line_of
from app.store.store import Store
from tests.builders import DAY, a_customer, a_tax, do

KAYAK = Product("KAY", "Kayak", "EUR", Decimal(100), a_tax(), category="Boats", cost=Decimal(60))
PADDLE = Product("PAD", "Paddle", "EUR", Decimal(40), a_tax(), category="Gear", cost=Decimal(15))
SPRING = Promotion("Spring", Effect(EffectKind.PERCENT, percent=Decimal(10)), Conditions(categories=("Boats",)))


@pytest.fixture
def shop(store: Store) -> Store:
    """Two products."""
    for product in (KAYAK, PADDLE):
        do(store, save_product, product)
    return store


def a_draft(*lines: LineDraft, **over: object) -> QuoteDraft:
    return QuoteDraft(
        DAY, customer=a_customer(), lines=lines or (line_of(KAYAK, "EUR"), line_of(PADDLE, "EUR")), **over
    )  # type: ignore[arg-type]


def list_at(price: str, sku: str = "KAY") -> PriceList:
    return PriceList("Autumn", "EUR", (PriceEntry(Method.FIXED, Decimal(price), sku),))


def priced(shop: Store, draft: QuoteDraft) -> QuoteDraft:
    with shop.read() as session:
        return priced_draft(session, draft)[0]


def kept(shop: Store, draft: QuoteDraft) -> QuoteDraft:
    with shop.read() as session:
        return held(session, draft)


def test_where_nothing_would_change_the_draft_is_the_same(shop: Store) -> None:
    do(shop, save_price_list, list_at("90"))
    do(shop, save_promotion, SPRING)
    draft = priced(shop, a_draft())
    assert draft.lines[0].unit_price == 90
    assert kept(shop, draft) is draft


def test_lines_that_would_change_are_held_and_others_stay_live(shop: Store) -> None:
    do(shop, save_promotion, SPRING)
    draft = priced(shop, a_draft())
    do(shop, save_price_list, list_at("90"))
    do(shop, save_promotion, replace(SPRING, active=False), promotion_id=1)
    found = kept(shop, draft)
    kayak, paddle = found.lines
    assert (kayak.unit_price, kayak.detail.price_is_typed) == (Decimal(100), True)
    assert kayak.reductions == (Reduction("Spring", percent=Decimal(10), author="test"),)
    assert paddle == draft.lines[1]
    assert priced(shop, found).lines[0].reductions == kayak.reductions
    assert priced(shop, found).lines[0].unit_price == 100


def test_a_coupon_is_told_anew_and_never_counted_twice(shop: Store) -> None:
    opened = replace(SPRING, conditions=Conditions(needs_coupon=True), stacking=Stacking.ADD)
    do(shop, save_promotion, opened)
    do(shop, save_coupon, Coupon("MAY", "Spring"))
    draft = priced(shop, a_draft(line_of(KAYAK, "EUR"), coupons=("MAY",)))
    assert [item.promotion for item in draft.lines[0].reductions] == ["Spring"]
    do(shop, save_price_list, list_at("90"))
    found = priced(shop, kept(shop, draft))
    assert found.lines[0].unit_price == 100
    assert [(item.promotion, item.percent) for item in found.lines[0].reductions] == [("Spring", Decimal(10))]


def test_a_free_item_that_is_given_no_more_is_held(shop: Store) -> None:
    free = Effect(EffectKind.FREE_ITEM, free_sku="PAD", buy=Decimal(1))
    do(shop, save_promotion, Promotion("On top", free))
    draft = priced(shop, a_draft(line_of(KAYAK, "EUR")))
    assert [line.sku for line in draft.lines] == ["KAY", "PAD"]
    do(shop, save_promotion, Promotion("On top", free, active=False), promotion_id=1)
    found = priced(shop, kept(shop, draft))
    gift = Reduction("On top", percent=Decimal(100), author="test")
    assert [(line.sku, line.reductions) for line in found.lines][1] == ("PAD", (gift,))


def test_before_and_after_of_every_line_and_only_what_is_taken_changes(shop: Store) -> None:
    typed = line_of(PADDLE, "EUR").priced_at(Decimal(35))
    draft = priced(shop, a_draft(line_of(KAYAK, "EUR"), LineDraft(), typed))
    do(shop, save_price_list, list_at("90"))
    with shop.read() as session:
        found = choices(session, draft)
        assert found is not None
        assert found.is_changed
        assert [(line.place, line.before, line.after, line.is_typed) for line in found.lines] == [
            (0, 10000, 9000, False),
            (2, 3500, 4000, True),
        ]
        assert found.lines[0].rules == ("Autumn",)
        assert (found.before, found.after) == (16065, 15470)
        only_typed = taken(session, held(session, draft), [2])
        both = taken(session, held(session, draft), [0, 2])
    assert [line.unit_price for line in only_typed.lines] == [Decimal(100), None, Decimal(40)]
    assert [line.unit_price for line in both.lines] == [Decimal(90), None, Decimal(40)]
    assert not both.lines[2].detail.price_is_typed


def test_a_promotion_that_holds_again_takes_the_place_of_the_discount_that_stood_for_it(shop: Store) -> None:
    do(shop, save_promotion, SPRING)
    draft = priced(shop, a_draft(line_of(KAYAK, "EUR")))
    do(shop, save_promotion, replace(SPRING, active=False), promotion_id=1)
    waiting = kept(shop, draft)
    do(shop, save_promotion, SPRING, promotion_id=1)
    with shop.read() as session:
        again = taken(session, waiting, [0])
        found = choices(session, waiting)
    assert [item.promotion for item in again.lines[0].reductions] == ["Spring"]
    assert found is not None
    assert found.lines[0].change == 0


def test_what_cannot_be_worked_out_has_no_before(shop: Store) -> None:
    with shop.read() as session:
        assert choices(session, replace(a_draft(), lines=())) is None
