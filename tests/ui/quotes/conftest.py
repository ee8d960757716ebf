"""A context over this test's own store with a catalogue and a customer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from app.catalog import service as catalog
from app.catalog.rules import Kind, Product
from app.parties import service as parties
from app.parties.defaults import Defaults, set_defaults
from app.store.store import Store
from tests.builders import SELLER, a_customer, a_tax, do
from ui.context import AppContext


@pytest.fixture
def shop(store: Store) -> Store:
    """Our company with three products and two customers."""
    do(store, parties.set_company, SELLER)
    do(store, set_defaults, Defaults(tax_rates=(Decimal(19), Decimal(7)), payment="net 14"))
    for sku, name, price, kind in (
        ("K-1", "Kayak", "100", Kind.GOODS),
        ("K-2", "Kayak, long", "150", Kind.GOODS),
        ("C-1", "Course", "480", Kind.SERVICE),
    ):
        product = Product(sku, name, "EUR", Decimal(price), a_tax(), kind=kind, cost=Decimal(price) / 2)
        do(store, catalog.save_product, product)
    do(store, parties.save_customer, a_customer(), payment_terms="net 7")
    do(store, parties.save_customer, a_customer("Lake Club"))
    return store


@pytest.fixture
def context(shop: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """Jobs run at once."""
    made: AppContext = make_context(shop)
    return made


@pytest.fixture
def said(context: AppContext) -> list[str]:
    """The toasts."""
    told: list[str] = []
    context.news.said.connect(lambda text, *_: told.append(text))
    return told
