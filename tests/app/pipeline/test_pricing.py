"""Lines priced by the rules of a file: lists, contract prices, promotions, coupons; and a draft priced anew."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Kind, Product
from app.catalog.service import save_product
from app.core.errors import NotAllowed, RuleViolation
from app.core.totals import Reduction
from app.parties.service import save_customer
from app.pipeline import service as deals
from app.pipeline.pricing import PricedLines, choose, priced, priced_draft, refuse, reprice, switched, with_delivery
from app.pricing import queries
from app.pricing.book import (
    Conditions,
    ContractPrice,
    Coupon,
    DeliveryRule,
    Effect,
    EffectKind,
    Method,
    PriceEntry,
    PriceList,
    Promotion,
    Reading,
    Stacking,
    Tier,
)
from app.pricing.detail import LineDetail, Step
from app.pricing.rules import Line
from app.pricing.service import (
    save_contract_price,
    save_coupon,
    save_delivery_rule,
    save_price_list,
    save_promotion,
)
from app.quotes.draft import LineDraft, QuoteDraft, line_of, price_of
from app.quotes.rules import Offer, Terms
from app.store.store import Store
from tests.builders import DAY, EUR, SELLER, a_customer, a_line, a_tax, do

KAYAK = Product("KAY", "Kayak", "EUR", Decimal(100), a_tax(), category="Boats", cost=Decimal(60), weight=Decimal(20))
PADDLE = Product("PAD", "Paddle", "EUR", Decimal(40), a_tax(), category="Gear", cost=Decimal(15), weight=Decimal(1))
PLAN = Product("PLAN", "Care plan", "EUR", Decimal(0), a_tax(), category="Plans", kind=Kind.SERVICE)
SPRING = Promotion(
    "Spring", Effect(EffectKind.PERCENT, percent=Decimal(10)), Conditions(needs_coupon=True), stacking=Stacking.ADD
)


@pytest.fixture
def customer(store: Store) -> int:
    """A customer of the group Clubs, and three products."""
    for product in (KAYAK, PADDLE, PLAN):
        do(store, save_product, product)
    return do(store, save_customer, a_customer(), group="Clubs").ids["customer"]


def a_list(**over: Any) -> PriceList:
    """A list in which a kayak costs 95.00, and 90.00 from 10 on."""
    entry = PriceEntry(Method.FIXED, Decimal(95), "KAY", tiers=(Tier(Decimal(10), Decimal(90)),))
    return PriceList(**({"name": "Clubs", "currency": "EUR", "entries": (entry,), "group": "Clubs"} | over))


def of(product: Product, quantity: str = "1") -> Line:
    """A line of a product as the catalogue has it."""
    return Line(
        product.name,
        Decimal(quantity),
        product.unit_price,
        product.tax,
        product.sku,
        kind=product.kind,
        cost=product.cost,
    )


def found(store: Store, *lines: Line, customer_id: int | None = None, **over: Any) -> PricedLines[Line]:
    """The lines priced on the day."""
    with store.read() as session:
        return priced(session, lines, **({"on": DAY, "basis": EUR, "customer_id": customer_id} | over))


def prices(result: PricedLines[Line]) -> list[str]:
    return [str(line.unit_price) for line in result.lines]


def test_without_rules_a_line_is_as_the_catalogue_has_it(store: Store, customer: int) -> None:
    line = of(KAYAK, "3")
    assert found(store, line, customer_id=customer).lines == (line,)


def test_the_customers_list_is_picked_and_its_tier(store: Store, customer: int) -> None:
    do(store, save_price_list, a_list())
    assert prices(found(store, of(KAYAK, "9"), of(PADDLE), customer_id=customer)) == ["95", "40"]
    line = found(store, of(KAYAK, "10"), customer_id=customer).lines[0]
    assert line.unit_price == 90
    assert line.list_price == 100
    assert [(step.step, step.rule, step.unit_price) for step in line.detail.steps] == [
        (Step.LIST, "", 100),
        (Step.LIST, "Clubs", 95),
        (Step.TIER, "Clubs (≥ 10)", 90),
    ]
    assert prices(found(store, of(KAYAK, "10"))) == ["100"], "others are not of the group"


def test_priced_again_nothing_changes(store: Store, customer: int) -> None:
    do(store, save_price_list, a_list())
    free = Effect(EffectKind.FREE_ITEM, free_sku="PAD", buy=Decimal(2))
    do(store, save_promotion, Promotion("A paddle on top", free))
    do(
        store,
        save_promotion,
        Promotion("Boats", Effect(EffectKind.PERCENT, percent=Decimal(5)), stacking=Stacking.STOP),
    )
    once = found(store, of(KAYAK, "10"), of(PADDLE), customer_id=customer)
    assert found(store, *once.lines, customer_id=customer) == once
    assert [(line.name, line.quantity) for line in once.lines] == [("Kayak", 10), ("Paddle", 1), ("Paddle", 5)]
    assert once.lines[2].reductions == (
        Reduction("A paddle on top", Decimal(100), promotion="A paddle on top", author="test"),
    )


def test_a_contract_price_beats_every_list_and_says_so(store: Store, customer: int) -> None:
    do(store, save_price_list, a_list(priority=9))
    do(store, save_contract_price, ContractPrice(customer, "KAY", "EUR", Decimal("92.50"), note="Frame contract 7"))
    line = found(store, of(KAYAK), customer_id=customer).lines[0]
    assert line.unit_price == Decimal("92.50")
    assert [(step.step, step.rule) for step in line.detail.steps][-1] == (Step.CONTRACT, "Frame contract 7")
    assert [(lost.rule, lost.amount, lost.because) for lost in line.detail.lost] == [
        ("Clubs", 9_500, "contract"),
        ("Catalogue", 10_000, "rule"),
    ]


def test_what_was_typed_stays(store: Store, customer: int) -> None:
    do(store, save_price_list, a_list())
    do(store, save_promotion, Promotion("Tenth off", Effect(EffectKind.PERCENT, percent=Decimal(10))))
    do(store, save_promotion, SPRING)
    do(store, save_coupon, Coupon("spring10", "Spring"))
    own = (Reduction("Friend", amount=500),)
    typed = replace(of(KAYAK), unit_price=Decimal(99), list_price=Decimal(100), reductions=own)
    marked = replace(of(KAYAK), detail=LineDetail(price_is_typed=True), reductions=own)
    unknown = a_line("By hand", "1", "10.00")
    result = found(store, typed, marked, unknown, customer_id=customer)
    assert prices(result) == ["99", "100", "10.00"]
    assert [line.reductions for line in result.lines] == [own, own, ()]
    with_coupon = found(store, typed, customer_id=customer, coupons=("Spring10",))
    assert [r.promotion for r in with_coupon.lines[0].reductions] == ["Spring", ""], "a coupon acts on every line"
    assert with_coupon.coupons == ("Spring10",)


def test_the_seller_chooses_a_losing_rule(store: Store, customer: int) -> None:
    do(store, save_price_list, a_list())
    do(store, save_price_list, a_list(name="All", group="", entries=(PriceEntry(Method.PERCENT_OFF, Decimal(20)),)))
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR"),))
    with store.read() as session:
        won, _ = priced_draft(session, draft)
        chosen, _ = priced_draft(session, choose(won, 0, "All"))
        again, _ = priced_draft(session, chosen)
        by_list, _ = priced_draft(session, draft, chosen_list="All")
        back, _ = priced_draft(session, choose(chosen, 0, ""))
    assert [d.lines[0].unit_price for d in (won, chosen, again, by_list, back)] == [95, 80, 80, 80, 95]
    assert [lost.because for lost in chosen.lines[0].detail.lost] == ["chosen", "rule"]
    assert back == won


def test_a_draft_priced_anew_says_before_and_after(store: Store, customer: int) -> None:
    draft = QuoteDraft(
        DAY,
        customer_id=customer,
        lines=(line_of(KAYAK, "EUR"), LineDraft("Advice", Decimal(1), Decimal(50)), LineDraft()),
    )
    do(store, save_product, replace(KAYAK, unit_price=Decimal(120), cost=Decimal(70)))
    do(store, save_promotion, Promotion("Tenth", Effect(EffectKind.PERCENT, percent=Decimal(10))))
    with store.read() as session:
        same, _ = priced_draft(session, draft)
        result = reprice(session, draft)
        twice = reprice(session, result.draft)
    assert same.lines[0].unit_price == 100, "pricing keeps the price a line began with"
    assert [(row.name, row.before, row.after, row.rules) for row in result.rows] == [
        ("Kayak", 10_000, 10_800, ("Tenth",)),
        ("Advice", 5_000, 5_000, ()),
    ]
    assert (result.draft.lines[0].cost, result.draft.lines[2]) == (70, LineDraft())
    assert result.is_changed
    assert not twice.is_changed
    assert twice.draft == result.draft


def test_gifts_come_and_go_when_priced_anew(store: Store, customer: int) -> None:
    free = Promotion("On top", Effect(EffectKind.FREE_ITEM, free_sku="PAD"))
    key = do(store, save_promotion, free).ids["promotion"]
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR"), LineDraft()))
    with store.read() as session:
        given = reprice(session, draft)
    assert [(row.name, row.before, row.after) for row in given.rows] == [("Kayak", 10_000, 10_000), ("Paddle", None, 0)]
    assert given.draft.lines[-1].is_blank, "the blank line stays the last"
    do(store, save_promotion, replace(free, active=False), promotion_id=key)
    with store.read() as session:
        gone = reprice(session, given.draft)
    assert [(row.name, row.before, row.after) for row in gone.rows] == [("Kayak", 10_000, 10_000), ("Paddle", 0, None)]
    assert gone.draft == draft


def test_delivery_is_told_and_kept_up_to_date_once_taken(store: Store, customer: int) -> None:
    do(store, save_delivery_rule, DeliveryRule("Parcel", "EUR", charge=Decimal("5.90"), free_from=Decimal(200)))
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR"),))
    with store.read() as session:
        told, result = priced_draft(session, draft)
        assert (told, result.delivery and result.delivery.amount) == (draft, 590)
        assert result.delivery is not None
        taken = with_delivery(told, result.delivery)
        assert price_of(taken).assembled.totals.charges == 590
        more = replace(taken, lines=(line_of(KAYAK, "EUR", Decimal(2)),))
        free, _ = priced_draft(session, more)
    assert free.reductions == ()


def test_boxes_are_priced_by_the_piece(store: Store, customer: int) -> None:
    do(
        store,
        save_price_list,
        a_list(entries=(PriceEntry(Method.FIXED, Decimal("3.10"), "PAD", least_quantity=Decimal(24)),)),
    )
    boxes = replace(of(PADDLE, "2"), unit="BX", detail=LineDetail(own_quantity=Decimal(24), own_unit="C62"))
    line = found(store, boxes, customer_id=customer).lines[0]
    assert (line.unit_price, line.base_quantity) == (Decimal("37.20"), 1)


# ---------------------------------------------------------------- coupons


@pytest.fixture
def coupon(store: Store, customer: int) -> int:
    """The coupon SPRING10, to be used once."""
    do(store, save_promotion, SPRING)
    return do(store, save_coupon, Coupon("Spring10", "Spring", most_uses=1)).ids["coupon"]


def a_quote(store: Store, customer_id: int, coupons: tuple[str, ...] = ("SPRING10",), on: date = DAY) -> int:
    """A draft quote with the coupon; returns the deal."""
    offer = Offer((a_line(),), (), Terms(valid_days=10), coupons=coupons)
    return do(
        store,
        deals.open_deal,
        customer=a_customer(),
        customer_id=customer_id,
        offer=offer,
        basis=EUR,
        on=on,
        seller=SELLER,
    ).ids["deal"]


def uses(store: Store, on: date = DAY) -> int:
    with store.read() as session:
        return queries.coupons(session, on)[0].uses


@pytest.mark.parametrize(
    ("codes", "error", "words"),
    [
        (("NOPE",), RuleViolation, "coupons[0]: there is no coupon 'NOPE'"),
        (("spring10", "SPRING10 "), RuleViolation, "coupons[1]: the coupon 'SPRING10' stands there twice"),
    ],
)
def test_a_mistyped_coupon_is_wrong_in_itself(
    store: Store, customer: int, coupon: int, codes: tuple[str, ...], error: type[Exception], words: str
) -> None:
    result = found(store, of(KAYAK), customer_id=customer, coupons=codes)
    with pytest.raises(error) as caught:
        refuse(result.refused)
    assert words in str(caught.value)


def test_a_used_up_coupon_is_refused_in_words(store: Store, customer: int, coupon: int) -> None:
    do(store, deals.send_quote, a_quote(store, customer), on=DAY)
    result = found(store, of(KAYAK), customer_id=customer, coupons=("SPRING10",))
    with pytest.raises(NotAllowed, match=r"The coupon 'SPRING10' is used up \(1 of 1\)\."):
        refuse(result.refused)
    assert result.lines[0].reductions == ()


def test_a_coupon_whose_conditions_are_not_met_says_which(store: Store, customer: int) -> None:
    conditions = Conditions(needs_coupon=True, least_order=Decimal(500))
    do(
        store,
        save_promotion,
        Promotion("Big", Effect(EffectKind.PERCENT, percent=Decimal(5)), conditions, currency="EUR"),
    )
    do(store, save_coupon, Coupon("BIG", "Big"))
    result = found(store, of(KAYAK), customer_id=customer, coupons=("BIG",))
    assert [(p.field, p.code, p.values["condition"], p.values["least"], p.values["is"]) for p in result.refused] == [
        ("coupons[0]", "not_met", "least_order", "500", "100.00")
    ]
    with pytest.raises(NotAllowed, match=r"it takes 500 EUR, and it comes to 100\.00"):
        refuse(result.refused)


def test_a_use_is_taken_when_sent_and_given_back(store: Store, customer: int, coupon: int) -> None:
    deal_id = a_quote(store, customer)
    assert uses(store) == 0
    do(store, deals.send_quote, deal_id, on=DAY)
    assert uses(store) == 1
    do(store, deals.decline_quote, deal_id, on=DAY)
    assert uses(store) == 0


def test_an_expired_quote_gives_its_use_back_by_itself(store: Store, customer: int, coupon: int) -> None:
    do(store, deals.send_quote, a_quote(store, customer), on=DAY)
    assert [uses(store, DAY + timedelta(days=days)) for days in (0, 10, 11)] == [1, 1, 0]
    late = DAY + timedelta(days=11)
    do(store, deals.send_quote, a_quote(store, customer, on=late), on=late)
    assert uses(store, late) == 1


def test_an_accepted_quote_keeps_its_use_until_it_is_cancelled(store: Store, customer: int, coupon: int) -> None:
    deal_id = a_quote(store, customer)
    do(store, deals.send_quote, deal_id, on=DAY)
    do(store, deals.accept_quote, deal_id, on=DAY)
    assert uses(store, DAY + timedelta(days=400)) == 1
    do(store, deals.cancel, deal_id, on=DAY)
    assert uses(store, DAY) == 0


def test_a_revision_takes_over_its_use(store: Store, customer: int, coupon: int) -> None:
    deal_id = a_quote(store, customer)
    do(store, deals.send_quote, deal_id, on=DAY)
    do(store, deals.revise_quote, deal_id, offer=Offer((a_line(),), coupons=("SPRING10",)), on=DAY)
    assert uses(store) == 1
    do(store, deals.revise_quote, deal_id, offer=Offer((a_line(),)), on=DAY)
    assert uses(store) == 0


def test_the_last_use_is_had_by_one_of_two_at_once(store: Store, customer: int, coupon: int) -> None:
    waiting = [a_quote(store, customer) for _ in range(2)]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def send(deal_id: int) -> None:
        start.wait()
        try:
            do(store, deals.send_quote, deal_id, on=DAY)
            outcomes.append("sent")
        except NotAllowed as refused:
            outcomes.append(str(refused))

    threads = [threading.Thread(target=send, args=(deal_id,)) for deal_id in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, reverse=True) == ["sent", "The coupon 'SPRING10' is used up (1 of 1)."]
    assert uses(store) == 1


def test_a_price_typed_over_a_rule_is_never_recomputed_away(store: Store, customer: int) -> None:
    slabs = PriceEntry(Method.FIXED, Decimal(95), "KAY", reading=Reading.SLAB, tiers=(Tier(Decimal(2), Decimal(80)),))
    do(store, save_price_list, a_list(entries=(slabs,)))
    do(store, save_promotion, Promotion("Tenth", Effect(EffectKind.PERCENT, percent=Decimal(10))))
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR", Decimal(4)),))
    with store.read() as session:
        ruled, _ = priced_draft(session, draft)
        typed = replace(ruled, lines=(ruled.lines[0].priced_at(Decimal(85)),))
        again, _ = priced_draft(session, typed)
        chosen, _ = priced_draft(session, choose(again, 0, "Clubs"))
    line = ruled.lines[0]
    assert (line.unit_price, line.base_quantity, line.list_price) == (350, 4, 400)
    kept = again.lines[0]
    assert (kept.unit_price, kept.base_quantity, kept.list_price, kept.reductions) == (85, 1, 100, ())
    assert chosen.lines[0].unit_price == 350, "a choice takes the place of what was typed"


def test_a_typed_discount_stays_beside_promotions(store: Store, customer: int) -> None:
    do(store, save_promotion, Promotion("Tenth", Effect(EffectKind.PERCENT, percent=Decimal(10))))
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR"),))
    with store.read() as session:
        given, _ = priced_draft(session, draft)
        typed = replace(given, lines=(given.lines[0].reduced_by(None, 500),))
        again, _ = priced_draft(session, typed)
    assert [(r.promotion, r.amount) for r in typed.lines[0].reductions] == [("Tenth", None), ("", 500)]
    assert again == typed
    assert typed.lines[0].reduced_by(None, None).reductions == given.lines[0].reductions


def test_a_draft_is_switched_to_prices_with_tax_for_the_same_gross(store: Store, customer: int) -> None:
    lines = (line_of(KAYAK, "EUR", Decimal(3)), LineDraft(), line_of(PADDLE, "EUR").reduced_by(Decimal(5), None))
    draft = QuoteDraft(DAY, customer_id=customer, lines=lines)
    with_tax = switched(draft)
    assert with_tax.prices_include_tax
    assert with_tax.lines[0].unit_price == 119
    assert with_tax.lines[1] == LineDraft()
    assert price_of(with_tax).assembled.totals.gross == price_of(draft).assembled.totals.gross


def test_a_revision_may_use_the_coupon_that_its_deal_holds(store: Store, customer: int, coupon: int) -> None:
    deal_id = a_quote(store, customer)
    do(store, deals.send_quote, deal_id, on=DAY)
    draft = QuoteDraft(DAY, customer_id=customer, lines=(line_of(KAYAK, "EUR"),), coupons=("SPRING10",))
    with store.read() as session:
        _, of_another = priced_draft(session, draft)
        _, own = priced_draft(session, replace(draft, deal_id=deal_id))
    assert [problem.code for problem in of_another.refused] == ["used_up"]
    assert (own.refused, own.coupons) == ((), ("SPRING10",))
