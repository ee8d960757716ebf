"""A store with products, a club, and one rule of each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from app.catalog.rules import Product
from app.catalog.service import add_product
from app.parties.service import save_customer
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
    Stacking,
    Tier,
)
from app.pricing.service import (
    save_contract_price,
    save_coupon,
    save_delivery_rule,
    save_price_list,
    save_promotion,
)
from app.store.store import Store
from tests.builders import a_customer, a_tax, do
from ui.context import AppContext
from ui.frame.screens import MODULES
from ui.routes import Route

D = Decimal
KAYAK = Product("KAY", "Kayak Sirocco, two seats", "EUR", D(100), a_tax(), category="Boats", cost=D(60))
CLUBS = PriceList(
    "Clubs",
    "EUR",
    (
        PriceEntry(Method.FIXED, D(5), "PAD", reading=Reading.SLAB, tiers=(Tier(D(10), D(4)),)),
        PriceEntry(Method.FIXED, D(90), "KAY", tiers=(Tier(D(10), D(80)),)),
        PriceEntry(Method.PERCENT_OFF, D(5), category="Gear"),
    ),
    group="Clubs",
    priority=2,
)
TENTH = Promotion(
    "Summer tenth",
    Effect(EffectKind.PERCENT, D(10)),
    Conditions(skus=("KAY",), least_quantity=D(2), needs_coupon=True),
    Stacking.COMPOUND,
)


@pytest.fixture
def ruled(store: Store) -> Store:
    """With one rule of each kind."""
    do(store, add_product, KAYAK)
    do(store, add_product, replace(KAYAK, sku="PAD", name="Paddle", unit_price=D(6), category="Gear", cost=D(3)))
    customer = do(store, save_customer, a_customer(), group="Clubs").ids["customer"]
    do(store, save_price_list, CLUBS)
    do(store, save_contract_price, ContractPrice(customer, "KAY", "EUR", D(85), note="Framework 2026"))
    do(store, save_promotion, TENTH)
    do(store, save_coupon, Coupon("SUN2026", "Summer tenth", most_uses=10))
    steps = (DeliveryStep(D(5), D("12.90")), DeliveryStep(D(30), D(39)))
    parcel = DeliveryRule("Parcel", "EUR", DeliveryMethod.BY_WEIGHT, D("5.90"), steps, D(500), countries=("DE", "AT"))
    do(store, save_delivery_rule, parcel)
    return store


@pytest.fixture
def context(ruled: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """Over that store."""
    return make_context(ruled)


@pytest.fixture
def opened(context: AppContext, show: Any) -> Callable[..., Any]:
    """Opens the screen of a route."""

    def open_it(route: Route, size: tuple[int, int] = (1204, 846)) -> Any:
        context.router.open(route)
        screen: Any = import_module(MODULES[route.kind]).screen(context, route)
        show(screen, size=size)
        return screen

    return open_it
