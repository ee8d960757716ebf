"""What was begun and not finished, with the deal it is about."""

from __future__ import annotations

from decimal import Decimal

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.pipeline.unfinished import unfinished
from app.pricing.book import ContractPrice, PriceList
from app.pricing.service import save_contract_price, save_price_list
from app.store import drafts
from app.store.drafts import Draft
from app.store.store import Store
from tests.builders import a_deal, a_tax, do


def test_drafts_say_what_they_are_about(store: Store) -> None:
    deal_id = a_deal(store, title="Two kayaks", until="draft")
    subjects = [("new-quote", ""), ("new-quote", "1"), ("new-quote", f"copy-{deal_id}"), ("new-quote", "x")]
    for kind, subject in (*subjects, ("revise-quote", str(deal_id)), ("dispatch", "4711")):
        with store.write("test") as session:
            drafts.put(session, Draft(kind, subject, 1, "{}"))
    with store.read() as session:
        found = [
            (item.draft.kind, item.draft.subject, item.subject_id, item.is_copy, item.number, item.title, item.customer)
            for item in unfinished(session)
        ]
        assert all(item.saved_at.tzinfo is not None for item in unfinished(session))
    assert sorted(found) == [
        ("dispatch", "4711", 4711, False, "", "", ""),
        ("new-quote", "", None, False, "", "", ""),
        ("new-quote", "1", 1, False, "", "", "Lake School"),
        ("new-quote", f"copy-{deal_id}", deal_id, True, "S-2026-0001", "Two kayaks", "Lake School"),
        ("new-quote", "x", None, False, "", "", ""),
        ("revise-quote", str(deal_id), deal_id, False, "S-2026-0001", "Two kayaks", "Lake School"),
    ]


def test_forms_of_customers_and_products_are_among_them(store: Store) -> None:
    a_deal(store, until="draft")
    do(store, save_product, Product("K-1", "Kayak", "EUR", Decimal(100), a_tax()))
    for kind, subject in (("customer", "1"), ("customer", "new"), ("customer", "copy-1"), ("product", "1")):
        with store.write("test") as session:
            drafts.put(session, Draft(kind, subject, 1, "{}"))
    with store.read() as session:
        found = {
            (item.draft.kind, item.draft.subject): (
                item.subject_id,
                item.is_copy,
                item.number,
                item.title,
                item.customer,
            )
            for item in unfinished(session)
        }
    assert found == {
        ("customer", "1"): (1, False, "", "", "Lake School"),
        ("customer", "new"): (None, False, "", "", ""),
        ("customer", "copy-1"): (1, True, "", "", "Lake School"),
        ("product", "1"): (1, False, "K-1", "Kayak", ""),
    }


def test_nothing_was_begun(store: Store) -> None:
    with store.read() as session:
        assert unfinished(session) == []


def test_forms_of_price_rules_are_among_them(store: Store) -> None:
    a_deal(store, until="draft")
    do(store, save_product, Product("K-1", "Kayak", "EUR", Decimal(100), a_tax()))
    do(store, save_price_list, PriceList("Clubs", "EUR"))
    do(store, save_contract_price, ContractPrice(1, "K-1", "EUR", Decimal(90)))
    for kind in ("price-list", "contract-price"):
        with store.write("test") as session:
            drafts.put(session, Draft(kind, "1", 1, "{}"))
    with store.read() as session:
        found = {item.draft.kind: (item.number, item.title, item.customer) for item in unfinished(session)}
    assert found == {"price-list": ("", "Clubs", ""), "contract-price": ("K-1", "Kayak", "Lake School")}
