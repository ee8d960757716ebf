"""Price rules in the file: saved whole, refused with every problem, ended, and read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.core.errors import NotFound, RuleViolation
from app.parties.service import save_customer
from app.pricing import queries, service
from app.pricing.book import (
    Conditions,
    ContractPrice,
    Coupon,
    DeliveryMethod,
    DeliveryRule,
    DeliveryStep,
    Effect,
    EffectKind,
    Method,
    PriceEntry,
    PriceList,
    Promotion,
    Reading,
    Tier,
)
from app.pricing.conflicts import conflicts
from app.store.history import history
from app.store.store import Store
from tests.builders import DAY, a_customer, a_tax, counts_of, do

D = Decimal
KAYAK = Product("KAY", "Kayak", "EUR", D(100), a_tax(), category="Boats")
PADDLE = Product("PAD", "Paddle", "EUR", D(40), a_tax(), category="Gear")
NINETY = PriceEntry(Method.FIXED, D(90), "KAY", tiers=(Tier(D(10), D(80)),))
CLUBS = PriceList(
    "Clubs", "EUR", (NINETY, PriceEntry(Method.PERCENT_OFF, D(5), category="Gear")), group="Clubs", priority=2
)
TENTH = Promotion("Tenth", Effect(EffectKind.PERCENT, D(10)), Conditions(skus=("KAY",), needs_coupon=True))
GIFT = Promotion("Gift", Effect(EffectKind.FREE_ITEM, free_sku="PAD"), Conditions(skus=("KAY",)))


@pytest.fixture
def customer(store: Store) -> int:
    """A customer and two products."""
    for product in (KAYAK, PADDLE):
        do(store, save_product, product)
    return do(store, save_customer, a_customer(), group="Clubs").ids["customer"]


def written(item: Any) -> Any:
    """A rule as the file keeps it: with who wrote it."""
    return replace(item, author="test")


# ---------------------------------------------------------------- price lists


def test_a_price_list_is_kept_whole_and_replaced_whole(store: Store, customer: int) -> None:
    key = do(store, service.save_price_list, CLUBS).ids["price_list"]
    with store.read() as session:
        assert queries.price_list_by_id(session, key).item == written(CLUBS)
    changed = replace(CLUBS, name="Clubs 2026", entries=(NINETY,))
    do(store, service.save_price_list, changed, price_list_id=key)
    with store.read() as session:
        assert [(s.id, s.item) for s in queries.price_lists(session)] == [(key, written(changed))]
        rows = session.rows(select(history.c.action, history.c.changes).order_by(history.c.id.desc()).limit(1))
    assert rows[0].action == "save_price_list"
    assert ["price list Clubs 2026: entries", "2", "1"] in rows[0].changes
    assert ["price list Clubs: name", "Clubs", "Clubs 2026"] in rows[0].changes


def test_an_entry_follows_its_product_to_another_sku(store: Store, customer: int) -> None:
    key = do(store, service.save_price_list, CLUBS).ids["price_list"]
    promotion = do(store, service.save_promotion, GIFT).ids["promotion"]
    do(store, save_product, replace(KAYAK, sku="KAY-2"), product_id=1)
    do(store, save_product, replace(PADDLE, sku="PAD-2"), product_id=2)
    with store.read() as session:
        assert queries.price_list_by_id(session, key).item.entries[0].sku == "KAY-2"
        item = queries.promotion_by_id(session, promotion).item
    assert (item.conditions.skus, item.effect.free_sku) == (("KAY-2",), "PAD-2")


def test_an_ended_list_holds_for_the_last_time_on_its_day(store: Store, customer: int) -> None:
    key = do(store, service.save_price_list, CLUBS).ids["price_list"]
    do(store, service.end_price_list, key, on=DAY)
    with store.read() as session:
        assert queries.price_list_by_id(session, key).item.ends_on == DAY
        assert len(queries.book(session, customer, ["KAY"], DAY, "EUR").lists) == 1
        assert queries.book(session, customer, ["KAY"], date(2026, 3, 3), "EUR").lists == ()


def entry(method: Method = Method.FIXED, value: str = "9", **over: Any) -> PriceList:
    """A list with one entry."""
    return replace(CLUBS, entries=(PriceEntry(method, D(value), **({"sku": "KAY"} | over)),))


EARLIER, LATER = date(2026, 1, 1), date(2026, 12, 31)
WRONG_LISTS: list[tuple[PriceList, str, str]] = [
    (replace(CLUBS, name=" "), "name", "it needs a name"),
    (replace(CLUBS, name="Catalogue"), "name", "'Catalogue' is what the catalogue's own price is called"),
    (replace(CLUBS, currency="EURO"), "currency", "'EURO' is no currency"),
    (replace(CLUBS, starts_on=LATER, ends_on=EARLIER), "ends_on", "2026-01-01 is before the start, 2026-12-31"),
    (replace(CLUBS, round_to=D(0)), "round_to", "0 is no step"),
    (entry(sku="GONE"), "entries[0].sku", "the catalogue has no product 'GONE'"),
    (entry(category="Boats"), "entries[0].category", "for a product (KAY) or for a category (Boats)"),
    (entry(value="-1"), "entries[0].value", "-1 is not between 0 and 1000000000"),
    (entry(Method.PERCENT_OFF, "101"), "entries[0].value", "101 is not between 0 and 100"),
    (entry(Method.MARGIN, "100"), "entries[0].value", "100 is not between 0 and 99.99"),
    (entry(Method.MARKUP, "NaN"), "entries[0].value", "NaN is not between"),
    (entry(base_quantity=D(0)), "entries[0].base_quantity", "above zero"),
    (entry(least_quantity=D(-1)), "entries[0].least_quantity", "-1 is not between"),
    (entry(tiers=(Tier(D(5), D(8)), Tier(D(5), D(7)))), "entries[0].tiers[1].least_quantity", "5 is not above 5"),
    (entry(tiers=(Tier(D(5), D(-8)),)), "entries[0].tiers[0].value", "-8 is not between"),
    (entry(Method.PERCENT_OFF, reading=Reading.BLOCK), "entries[0].reading", "a block has a fixed price"),
    (entry(Method.FORMULA, formula="list * (1"), "entries[0].formula", "entries[0].formula"),
    (entry(Method.FORMULA, formula="price * 2"), "entries[0].formula", "price"),
    (entry(Method.FORMULA, formula="list / 0"), "entries[0].formula", "zero"),
    (entry(Method.PERCENT_OF_TOTAL, "15", sku=""), "entries[0].sku", "a percentage of a total is the price of"),
    (
        entry(Method.PERCENT_OF_TOTAL, "15", sku="", category="Plans", of_category="Plans"),
        "entries[0].of_category",
        "a percentage of Plans for every product of Plans goes round in a circle",
    ),
    (replace(CLUBS, entries=(NINETY, NINETY)), "entries[1].sku", "entry 0 is for KAY from 0 on already"),
]


@pytest.mark.parametrize(("item", "field", "words"), WRONG_LISTS, ids=[f"{f} {w[:20]}" for _, f, w in WRONG_LISTS])
def test_a_wrong_price_list_is_refused_with_field_and_value(
    store: Store, customer: int, item: PriceList, field: str, words: str
) -> None:
    refused(store, service.save_price_list, item, field, words)


def refused(store: Store, save: Callable[..., Any], item: Any, field: str, words: str) -> None:
    before = counts_of(store)
    with pytest.raises(RuleViolation) as caught:
        do(store, save, item)
    found = {problem.field: problem.message for problem in caught.value.problems}
    assert field in found, found
    assert words in found[field]
    assert counts_of(store) == before, "nothing was written"


def test_a_name_belongs_to_one_list(store: Store, customer: int) -> None:
    key = do(store, service.save_price_list, CLUBS).ids["price_list"]
    refused(store, service.save_price_list, CLUBS, "name", "'Clubs' is the name of another one")
    do(store, service.save_price_list, CLUBS, price_list_id=key)
    assert counts_of(store)["price_list"] == 1


def test_what_is_not_there_is_said(store: Store) -> None:
    for end in (service.end_price_list, service.end_contract_price, service.end_promotion):
        with pytest.raises(NotFound):
            do(store, end, 9, on=DAY)
    for withdraw in (service.end_coupon, service.end_delivery_rule):
        with pytest.raises(NotFound):
            do(store, withdraw, 9)


# ---------------------------------------------------------------- contract prices


def test_a_contract_price_is_kept_changed_and_ended(store: Store, customer: int) -> None:
    item = ContractPrice(customer, "KAY", "EUR", D("92.50"), tiers=(Tier(D(10), D(90)),), note="Frame 7")
    key = do(store, service.save_contract_price, item).ids["contract_price"]
    do(store, service.save_contract_price, replace(item, price=D(91)), contract_price_id=key)
    do(store, service.end_contract_price, key, on=LATER)
    with store.read() as session:
        (stored,) = queries.contract_prices(session, customer)
        assert (stored.item, stored.customer) == (written(replace(item, price=D(91), ends_on=LATER)), "Lake School")
        assert queries.contract_prices(session, customer + 1) == []
        assert queries.book(session, customer, ["KAY"], DAY, "EUR").contracts == (stored.item,)
        assert queries.book(session, None, ["KAY"], DAY, "EUR").contracts == ()


def test_two_contract_prices_never_hold_on_the_same_day(store: Store, customer: int) -> None:
    first = ContractPrice(customer, "KAY", "EUR", D(90), ends_on=date(2026, 6, 30))
    do(store, service.save_contract_price, first)
    refused(store, service.save_contract_price, replace(first, price=D(80)), "starts_on", "the price 90 for KAY holds")
    do(store, service.save_contract_price, replace(first, starts_on=date(2026, 7, 1), ends_on=None))
    do(store, service.save_contract_price, replace(first, least_quantity=D(10)))
    assert counts_of(store)["contract_price"] == 3


@pytest.mark.parametrize(
    ("over", "field", "words"),
    [
        ({"sku": "GONE"}, "sku", "the catalogue has no product 'GONE'"),
        ({"sku": ""}, "sku", "say for which product"),
        ({"customer_id": 99}, "customer_id", "there is no customer with the number 99"),
        ({"price": D(-1)}, "price", "-1 is not between"),
        ({"currency": "XX"}, "currency", "'XX' is no currency"),
        ({"base_quantity": D(0)}, "base_quantity", "above zero"),
    ],
)
def test_a_wrong_contract_price_is_refused(
    store: Store, customer: int, over: dict[str, Any], field: str, words: str
) -> None:
    item = replace(ContractPrice(customer, "KAY", "EUR", D(90)), **over)
    refused(store, service.save_contract_price, item, field, words)


# ---------------------------------------------------------------- promotions and coupons


def test_a_promotion_is_kept_whole_and_ended(store: Store, customer: int) -> None:
    effect = Effect(EffectKind.BUY_GET, D(50), buy=D(2), get=D(1), get_skus=("PAD",), most_times=3)
    item = Promotion("Two and one", effect, Conditions(("KAY",), ("Boats",), (customer,), regions=("DE",)))
    key = do(store, service.save_promotion, item).ids["promotion"]
    with store.read() as session:
        assert [stored.item for stored in queries.promotions(session)] == [written(item)]
    do(store, service.end_promotion, key, on=DAY)
    with store.read() as session:
        assert queries.promotion_by_id(session, key).item.conditions.ends_on == DAY
        assert queries.book(session, customer, ["KAY"], date(2026, 3, 3), "EUR").promotions == ()


def promotion(kind: EffectKind = EffectKind.PERCENT, **over: Any) -> Promotion:
    """Ten percent off, or something else."""
    conditions = over.pop("conditions", Conditions())
    currency = over.pop("currency", "EUR")
    return Promotion("P", Effect(**({"kind": kind, "percent": D(10)} | over)), conditions, currency=currency)


WRONG_PROMOTIONS = [
    (promotion(percent=D(0)), "effect.percent", "0 is not above 0"),
    (promotion(percent=D(101)), "effect.percent", "101 is not above 0 and up to 100"),
    (promotion(EffectKind.AMOUNT), "effect.amount", "0 takes nothing off"),
    (promotion(EffectKind.AMOUNT, amount=D(5), currency=""), "currency", "needs their currency"),
    (promotion(EffectKind.BUY_GET, buy=D(0), get=D(1)), "effect.buy", "0 is no number of units"),
    (promotion(EffectKind.BUY_GET, buy=D(1), get=D(1), get_skus=("GONE",)), "effect.get_skus[0]", "'GONE'"),
    (promotion(EffectKind.FREE_ITEM), "effect.free_sku", "say which product is free"),
    (promotion(EffectKind.FREE_ITEM, free_sku="GONE"), "effect.free_sku", "no product 'GONE'"),
    (promotion(EffectKind.FREE_ITEM, free_sku="PAD", free_quantity=D(0)), "effect.free_quantity", "0 is no quantity"),
    (promotion(most_times=0), "effect.most_times", "0 times is never"),
    (promotion(conditions=Conditions(skus=("KAY", "GONE"))), "conditions.skus[1]", "'GONE'"),
    (
        promotion(conditions=Conditions(least_amount=D(9), most_amount=D(8))),
        "conditions.most_amount",
        "below the least",
    ),
    (promotion(conditions=Conditions(starts_on=LATER, ends_on=EARLIER)), "ends_on", "before the start"),
    (promotion(currency="ZZZ"), "currency", "'ZZZ' is no currency"),
]


@pytest.mark.parametrize(("item", "field", "words"), WRONG_PROMOTIONS)
def test_a_wrong_promotion_is_refused(store: Store, customer: int, item: Promotion, field: str, words: str) -> None:
    refused(store, service.save_promotion, item, field, words)


def test_a_coupon_is_kept_in_capitals_and_withdrawn(store: Store, customer: int) -> None:
    do(store, service.save_promotion, TENTH)
    item = Coupon(" spring10", "Tenth", EARLIER, LATER, 5, 1)
    key = do(store, service.save_coupon, item).ids["coupon"]
    do(store, service.end_coupon, key)
    with store.read() as session:
        assert queries.coupon_by_id(session, key) == (key, replace(item, code="SPRING10", active=False))


@pytest.mark.parametrize(
    ("item", "field", "words"),
    [
        (Coupon("", "Tenth"), "code", "'' is no code"),
        (Coupon("A B", "Tenth"), "code", "'A B' is no code"),
        (Coupon("X" * 41, "Tenth"), "code", "is no code of 1 to 40 signs"),
        (Coupon("taken", "Tenth"), "code", "'TAKEN' is the code of another coupon"),
        (Coupon("A", "Nothing"), "promotion", "there is no promotion 'Nothing'"),
        (Coupon("A", "Gift"), "promotion", "'Gift' holds without a coupon"),
        (Coupon("A", ""), "promotion", "say which promotion"),
        (Coupon("A", "Tenth", most_uses=0), "most_uses", "0 uses are none"),
        (Coupon("A", "Tenth", LATER, EARLIER), "ends_on", "before the start"),
    ],
)
def test_a_wrong_coupon_is_refused(store: Store, customer: int, item: Coupon, field: str, words: str) -> None:
    for known in (TENTH, GIFT):
        do(store, service.save_promotion, known)
    do(store, service.save_coupon, Coupon("TAKEN", "Tenth"))
    refused(store, service.save_coupon, item, field, words)


# ---------------------------------------------------------------- delivery rules


def test_a_delivery_rule_is_kept_and_put_away(store: Store) -> None:
    steps = (DeliveryStep(D(0), D("4.50")), DeliveryStep(D(5), D("8.90")))
    item = DeliveryRule("Parcel", "EUR", DeliveryMethod.BY_WEIGHT, steps=steps, tax=a_tax(), countries=("DE", "AT"))
    key = do(store, service.save_delivery_rule, item).ids["delivery_rule"]
    with store.read() as session:
        assert [stored.item for stored in queries.delivery_rules(session)] == [written(item)]
    do(store, service.end_delivery_rule, key)
    with store.read() as session:
        assert queries.book(session, None, [], DAY, "EUR").delivery == ()


@pytest.mark.parametrize(
    ("over", "field", "words"),
    [
        ({"countries": ("DE", "XX")}, "countries", "'XX' is no country"),
        ({"charge": D(-1)}, "charge", "-1 is not between"),
        ({"steps": (DeliveryStep(D(1), D(2)),)}, "steps", "a flat charge has no steps"),
        (
            {"method": DeliveryMethod.BY_AMOUNT, "steps": (DeliveryStep(D(5), D(2)), DeliveryStep(D(5), D(1)))},
            "steps[1].least",
            "5 is not above 5",
        ),
        ({"tax": a_tax("0")}, "tax.rate", "category S (standard) needs a rate above 0"),
    ],
)
def test_a_wrong_delivery_rule_is_refused(store: Store, over: dict[str, Any], field: str, words: str) -> None:
    refused(store, service.save_delivery_rule, replace(DeliveryRule("Parcel", "EUR"), **over), field, words)


# ---------------------------------------------------------------- the book, and what does not fit together


def test_the_book_of_many_products_takes_as_few_queries_as_that_of_one(store: Store, customer: int) -> None:
    for number in range(60):
        do(store, save_product, replace(KAYAK, sku=f"K{number}", category=f"C{number}"))
        entries = tuple(PriceEntry(Method.FIXED, D(9), f"K{k}") for k in range(number + 1))
        do(store, service.save_price_list, replace(CLUBS, name=f"List {number}", entries=entries))
        do(store, service.save_promotion, replace(GIFT, name=f"Gift {number}", conditions=Conditions((f"K{number}",))))
    do(store, service.save_promotion, TENTH)
    do(store, service.save_coupon, Coupon("TEN", "Tenth"))

    def asked(skus: list[str]) -> tuple[int, int]:
        statements: list[str] = []
        with store.read() as session:
            engine = session.connection.engine
            listen: Callable[..., None] = lambda *args: statements.append(args[2])  # noqa: E731
            event.listen(engine, "before_cursor_execute", listen)
            found = queries.book(session, customer, skus, DAY, "EUR", categories=skus, codes=["TEN"])
            event.remove(engine, "before_cursor_execute", listen)
        return len(statements), sum(len(item.entries) for item in found.lists)

    few, many = asked(["K59"]), asked([f"K{number}" for number in range(60)])
    assert few[1] == 1
    assert many[1] == 60 * 61 // 2
    assert few[0] == many[0] <= 9


def test_conflicts_are_told_when_rules_are_looked_at(store: Store, customer: int) -> None:
    do(store, service.save_price_list, CLUBS)
    do(store, service.save_price_list, replace(entry(value="85"), name="Other"))
    do(store, service.save_price_list, replace(entry(value="70"), name="Later", starts_on=LATER, group="Schools"))
    do(store, service.save_promotion, GIFT)
    key = do(store, service.save_promotion, TENTH).ids["promotion"]
    do(store, service.save_coupon, Coupon("TEN", "Tenth"))
    do(store, service.save_promotion, replace(TENTH, active=False), promotion_id=key)
    do(store, save_product, replace(PADDLE, active=False))
    with store.read() as session:
        found = {problem.field: (problem.code, problem.message) for problem in conflicts(session)}
    assert found == {
        "price list Clubs": (
            "undecided",
            "'Clubs' and 'Other' have different prices for KAY, and the same priority.",
        ),
        "promotion Gift": ("product_gone", "promotion Gift: the product 'PAD' is no longer sold."),
        "coupon TEN": ("no_promotion", "coupon TEN: its promotion 'Tenth' has ended."),
    }
