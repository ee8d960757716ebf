"""A product keeps its row when its SKU changes; two products never share one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.queries import categories, product_by_id
from app.catalog.rules import Product
from app.catalog.service import add_product, save_product
from app.core.errors import NotFound, RuleViolation
from app.store.store import Store
from tests.builders import a_tax, counts_of, do, last_command

PADDLE = Product("PD-1", "Paddle", "EUR", Decimal("49.9"), a_tax(), category="Water", cost=Decimal(20))


def test_a_renamed_product_stays_the_same_product(store: Store) -> None:
    found = do(store, add_product, PADDLE).ids["product"]
    renamed = replace(PADDLE, sku="PD-1000", unit_price=Decimal(55))
    assert do(store, save_product, renamed, product_id=found).ids == {"product": found}
    with store.read() as session:
        assert product_by_id(session, found).product == renamed
    assert last_command(store)["changes"] == [
        ["product PD-1: sku", "PD-1", "PD-1000"],
        ["product PD-1: unit_price", "49.9", "55"],
    ]


def test_an_sku_that_is_taken_is_refused(store: Store) -> None:
    first = do(store, add_product, PADDLE).ids["product"]
    do(store, add_product, replace(PADDLE, sku="PD-2"))
    rows = counts_of(store)
    with pytest.raises(RuleViolation) as refused:
        do(store, save_product, replace(PADDLE, sku="PD-2", name=""), product_id=first)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [
        ("name", "missing"),
        ("sku", "taken"),
    ]
    with pytest.raises(RuleViolation):
        do(store, add_product, PADDLE)
    assert counts_of(store) == rows


def test_a_product_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        do(store, save_product, PADDLE, product_id=7)
    with store.read() as session, pytest.raises(NotFound):
        product_by_id(session, 7)


def test_categories_in_use(store: Store) -> None:
    for sku, category in (("A", "Water"), ("B", ""), ("C", "Air"), ("D", "Water")):
        do(store, add_product, replace(PADDLE, sku=sku, category=category))
    with store.read() as session:
        assert categories(session) == ["Air", "Water"]
