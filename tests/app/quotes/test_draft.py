"""The draft of the quote wizard, without a window: steps, problems, the offer it becomes, kept and read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Kind, Product, SellingUnit
from app.core.codec import from_text, to_text
from app.core.errors import RuleViolation
from app.core.party import Address, Party
from app.core.totals import Reduction
from app.quotes import draft as drafts
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.rules import Terms
from tests.builders import EUR, a_customer, a_line, a_service, a_tax, an_offer

DAY = date(2026, 3, 2)
KAYAK = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax(), cost=Decimal(60))
FULL = QuoteDraft(DAY, customer=a_customer(), title="Boats", lines=(KAYAK,))


def wrong(draft: QuoteDraft, step: str) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in drafts.problems(draft, step)]


def test_a_revision_has_no_customer_page() -> None:
    assert drafts.steps(FULL) == ("customer", "products", "price", "terms", "review")
    assert drafts.steps(replace(FULL, deal_id=7)) == ("products", "price", "terms", "review")


def test_a_full_draft_has_no_problem_and_becomes_the_offer() -> None:
    assert [wrong(FULL, step) for step in drafts.steps(FULL)] == [[]] * 5
    assert drafts.to_offer(FULL) == an_offer(a_line(cost="60"))
    assert drafts.price_of(FULL).assembled.totals.gross == 23800


def test_all_problems_of_an_empty_draft_are_found_at_once() -> None:
    empty = QuoteDraft(DAY, customer=Party(" ", email="x y"), valid_days=0, payment_days=None, deposit_kind="percent")
    assert wrong(empty, "customer") == [("customer", "missing"), ("email", "bad_email")]
    assert wrong(empty, "products") == [("lines", "missing")]
    assert wrong(empty, "terms") == [("valid_days", "range"), ("payment_days", "range"), ("deposit_percent", "range")]


def test_lines_are_counted_as_they_stand_and_blank_ones_are_nothing() -> None:
    bad = replace(KAYAK, quantity=None, unit_price=None)
    nameless = LineDraft(unit_price=Decimal(5), quantity=Decimal(0))
    draft = replace(FULL, lines=(LineDraft(), KAYAK, bad, nameless))
    assert wrong(draft, "products") == [
        ("lines[2].quantity", "not_positive"), ("lines[3].name", "missing"), ("lines[3].quantity", "not_positive"),
    ]  # fmt: skip
    assert wrong(draft, "price") == [("lines[2].unit_price", "missing")]


def test_a_discount_above_the_price_is_found_at_its_line() -> None:
    draft = replace(FULL, lines=(LineDraft(), KAYAK, KAYAK.reduced_by(None, 20001)))
    assert wrong(draft, "price") == [("lines[2].discount", "below_zero")]
    assert drafts.live(draft) is None
    whole = replace(FULL, reductions=(Reduction(amount=20001),))
    assert ("discounts", "below_zero") in wrong(whole, "price")


def test_what_was_typed_in_percent_stays_percent_and_money_stays_exact() -> None:
    percent = KAYAK.reduced_by(Decimal("12.5"), None)
    assert percent.reductions == (Reduction(percent=Decimal("12.5")),)
    assert replace(percent, quantity=Decimal(9)).reductions == percent.reductions
    amount = percent.reduced_by(None, 333)
    assert amount.reductions == (Reduction(amount=333),)
    assert amount.reduced_by(None, None).reductions == ()
    named = replace(KAYAK, reductions=(Reduction("Season", amount=5),)).reduced_by(Decimal(3), None)
    assert named.reductions == (Reduction("Season", Decimal(3)),)


def test_another_price_remembers_the_catalogues() -> None:
    product = Product("K1", "Kayak", "EUR", Decimal(100), a_tax(), cost=Decimal(60))
    line = drafts.line_of(product, "EUR").reduced_by(Decimal(5), None)
    lower = line.priced_at(Decimal(90))
    assert (lower.unit_price, lower.list_price, lower.reductions) == (Decimal(90), Decimal(100), line.reductions)
    assert lower.priced_at(Decimal(80)).list_price == 100
    assert lower.priced_at(Decimal(100)).list_price is None
    assert KAYAK.priced_at(Decimal(1)).list_price is None


def test_a_product_in_another_currency_leaves_the_price_open() -> None:
    product = Product("K1", "Kayak", "USD", Decimal(100), a_tax(), kind=Kind.SERVICE, unit="HUR", cost=Decimal(60))
    line = drafts.line_of(product, "EUR", Decimal(3))
    assert (line.unit_price, line.cost, line.kind, line.unit, line.quantity) == (
        None, None, Kind.SERVICE, "HUR", Decimal(3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("over", "terms"),
    [
        ({}, Terms("net 30", 30)),
        ({"payment_days": 0, "valid_days": 14}, Terms("net 0", 14)),
        ({"payment": "on delivery", "deposit_kind": "amount", "deposit_amount": 50},
         Terms("on delivery", 30, None, 50)),
        ({"deposit_kind": "percent", "deposit_percent": Decimal(40), "deposit_amount": 7},
         Terms("net 30", 30, Decimal(40))),
        ({"payment": "prepaid", "deposit_kind": "percent", "deposit_percent": Decimal(40)}, Terms("prepaid", 30)),
        ({"clauses": ("warranty",)}, Terms("net 30", 30, None, None, ("warranty",))),
    ],
)  # fmt: skip
def test_terms(over: dict[str, Any], terms: Terms) -> None:
    assert drafts.terms_of(replace(FULL, **over)) == terms


def test_a_deposit_is_not_more_than_the_quote() -> None:
    draft = replace(FULL, deposit_kind="amount", deposit_amount=23801)
    assert wrong(draft, "terms") == [("deposit_amount", "too_large")]
    assert wrong(replace(draft, deposit_amount=23800), "terms") == []
    assert wrong(replace(draft, deposit_amount=0), "terms") == [("deposit_amount", "not_positive")]
    assert wrong(replace(draft, payment="prepaid"), "terms") == []


def test_an_offer_becomes_a_draft_and_the_same_offer_again() -> None:
    reductions = (Reduction("Season", Decimal(3)), Reduction("Freight", amount=900, charge=True))
    line = a_line(quantity="2.5", price="9.9", sku="K", cost="4", reductions=(Reduction("A", amount=1),) * 2)
    offer = an_offer(line, a_service(), reductions=reductions, payment="net 7", deposit_amount=100, clauses=("x",))
    draft = drafts.of_offer(offer, EUR, DAY, a_customer(), 4, "Boats")
    assert drafts.to_offer(draft) == offer
    assert (draft.customer_id, draft.title, draft.basis) == (4, "Boats", EUR)
    prepaid = an_offer(payment="prepaid")
    assert drafts.to_offer(drafts.of_offer(prepaid, EUR, DAY, a_customer(), 4, "")) == prepaid


def test_it_is_kept_as_text_and_read_again_exactly() -> None:
    draft = replace(
        FULL,
        lines=(KAYAK.reduced_by(Decimal("1.25"), None), LineDraft(), replace(KAYAK, quantity=None)),
        reductions=(Reduction("Freight", amount=900, charge=True, tax=a_tax()),),
        customer=Party("名前", address=Address(country="JP")),
        deposit_kind="amount",
        send=True,
    )
    assert from_text(QuoteDraft, to_text(draft)) == draft


def test_warnings_before_sending() -> None:
    draft = replace(FULL, customer=Party("X"), lines=(replace(KAYAK, unit_price=Decimal(0), cost=None), LineDraft()))
    assert [problem.code for problem in drafts.warnings(draft)] == ["no_email", "no_address", "free", "no_cost"]
    assert drafts.warnings(FULL) == []


def test_a_line_in_boxes_keeps_count_of_the_pieces() -> None:
    boxed = SellingUnit("BX", Decimal(12))
    product = Product(
        "B1", "Bottle", "EUR", Decimal("1.25"), a_tax(), kind=Kind.DIGITAL, cost=Decimal(1), units=(boxed,)
    )
    line = drafts.line_of(product, "EUR", Decimal(2), "BX")
    assert (line.unit, line.unit_price, line.cost, line.kind) == ("BX", Decimal(15), Decimal(12), Kind.SERVICE)
    assert (line.detail.own_quantity, line.detail.own_unit) == (Decimal(24), "C62")
    assert line.with_quantity(Decimal("2.5")).detail.own_quantity == Decimal(30)
    assert line.with_quantity(None) == replace(line, quantity=None)
    assert drafts.line_of(product, "EUR").with_quantity(Decimal(3)).quantity == 3
    assert drafts.line_of(product, "USD", Decimal(1), "BX").unit_price is None
    with pytest.raises(RuleViolation, match="not sold in"):
        drafts.line_of(product, "EUR", Decimal(1), "XPX")
