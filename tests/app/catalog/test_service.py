"""The catalogue on a real file."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.models import product
from app.catalog.queries import by_sku
from app.catalog.rules import Kind, Product
from app.catalog.service import save_product
from app.core.errors import RuleViolation
from app.store.history import Done
from app.store.store import Store
from tests.builders import a_tax, counts_of, do, rows_of

SCREW = Product(
    "SC-4",
    "Écrou",
    "JPY",
    Decimal("3.999999"),
    a_tax("10"),
    description="M4",
    category="Small parts",
    kind=Kind.GOODS,
    unit="C62",
    base_quantity=Decimal(100),
    cost=Decimal("0.012345"),
    active=False,
)


def test_a_product_comes_back_as_it_was_saved(store: Store) -> None:
    assert do(store, save_product, SCREW) == Done("save_product", {"product": 1})
    with store.read() as session:
        assert by_sku(session, ["SC-4", "", "SC-5"]) == {"SC-4": SCREW}
        assert by_sku(session, ["", ""]) == {}
    assert rows_of(store, product)[0]["sort_name"] == "ecrou"


def test_the_same_sku_is_the_same_product(store: Store) -> None:
    do(store, save_product, SCREW)
    do(store, save_product, replace(SCREW, name="Nut", cost=None))
    assert do(store, save_product, replace(SCREW, sku="SC-5")).ids == {"product": 2}
    with store.read() as session:
        found = by_sku(session, ["SC-4"])["SC-4"]
    assert (found.name, found.cost, len(rows_of(store, product))) == ("Nut", None, 2)


def test_what_cannot_be_sold_is_not_saved(store: Store) -> None:
    rows = counts_of(store)
    with pytest.raises(RuleViolation) as refused:
        do(store, save_product, replace(SCREW, name="", unit="?"))
    assert [problem.field for problem in refused.value.problems] == ["name", "unit"]
    assert counts_of(store) == rows
