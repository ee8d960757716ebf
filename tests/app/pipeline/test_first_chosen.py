"""What a bundle costs and brings with what is chosen at first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.bundling import save_model
from app.catalog.model import (
    Attribute,
    AttributeKind,
    BundleParts,
    Component,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
)
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.pipeline.first_chosen import FirstChosen, first_chosen
from app.store.store import Store
from tests.builders import a_tax, do

BAR = Product("BAR", "Bar", "EUR", Decimal(500), a_tax())
GROUP = OptionGroup("g", "G", options=(Option("a", "A", price=OptionPrice.PRODUCT, default=True), Option("b", "B")))


@pytest.fixture
def shop(store: Store) -> Store:
    do(store, add_product, BAR)
    do(store, add_product, Product("A", "A", "EUR", Decimal(80), a_tax(), cost=Decimal(50)))
    do(store, add_product, Product("B", "B", "EUR", Decimal(20), a_tax(), cost=Decimal("7.50")))
    do(store, add_product, Product("C", "C", "EUR", Decimal(9), a_tax()))
    return store


def _of(shop: Store, model: Model) -> FirstChosen | None:
    do(shop, save_model, 1, model)
    with shop.read() as session:
        return first_chosen(session, BAR, model)


def test_price_with_options_and_the_cost_of_what_is_inside(shop: Store) -> None:
    model = Model(groups=(GROUP,), parts=BundleParts((Component("B", Decimal(2)),)))
    assert _of(shop, model) == FirstChosen(Decimal(580), Decimal(65))


def test_the_price_on_the_parts(shop: Store) -> None:
    model = Model(parts=BundleParts((Component("A"), Component("B", Decimal(3))), PriceOn.PARTS))
    assert _of(shop, model) == FirstChosen(Decimal(140), Decimal("72.50"))


def test_a_part_without_a_cost_leaves_it_open(shop: Store) -> None:
    found = _of(shop, Model(parts=BundleParts((Component("C"),))))
    assert found == FirstChosen(Decimal(500), None)


def test_a_formula_that_needs_something_typed_is_not_known(shop: Store) -> None:
    length = Attribute("length", "Length", AttributeKind.MEASURE)
    assert _of(shop, Model((length,), price_formula="length * 3")) is None
    found = _of(shop, Model((replace(length, default="4"),), price_formula="length * 3"))
    assert found is not None and found.price == 12
    assert _of(shop, Model((length,))) is None
