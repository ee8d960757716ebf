"""What the practice company configures and how it prices: bundles, variants, stock, lists, a coupon, a guide, an offer.

Its data stand in resources/sample/practice_catalogue.json as the values that the program keeps itself; days are
counted from today, as in the deals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.catalog import bundling, guides_service
from app.catalog import configure as engine
from app.catalog import service as catalog
from app.catalog.guides import Guide
from app.catalog.model import Model
from app.catalog.model_queries import with_parts
from app.catalog.queries import by_sku
from app.catalog.rules import SellingUnit
from app.core.codec import from_plain
from app.core.party import Party
from app.parties import service as parties
from app.parties.queries import match
from app.pipeline import quoting
from app.pipeline.availability import count_stock
from app.pricing import service as pricing
from app.pricing.book import ContractPrice, Coupon, PriceList, Promotion
from app.pricing.from_catalog import line_of
from app.quotes.configured import as_draft, configured
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.rules import Proposal
from app.stock.service import expect_stock
from app.store.session import WriteSession

Data = Mapping[str, Any]


def set_up(session: WriteSession, data: Data, today: date) -> None:
    """What deals are priced by, after products and customers are there."""
    ids = {sku: _describe(session, sku, data) for sku in _described(data)}
    for sku, model in data["models"].items():
        bundling.save_model(session, ids[sku], from_plain(Model, model))
    for sku in data["variants"]:
        bundling.make_variants(session, ids[sku])
    for item in data["price_lists"]:
        pricing.save_price_list(session, from_plain(PriceList, item))
    for item in data["contract_prices"]:
        pricing.save_contract_price(session, _contract_price(session, item, data, today))
    for item in data["promotions"]:
        pricing.save_promotion(session, from_plain(Promotion, item))
    for item in data["coupons"]:
        pricing.save_coupon(session, from_plain(Coupon, item))
    for item in data["guides"]:
        guides_service.save_guide(session, from_plain(Guide, item))


def add_customers(session: WriteSession, data: Data, payment: str) -> None:
    """Customers with the groups whose prices they have."""
    for one in data["customers"].values():
        party = from_plain(Party, one["party"])
        parties.save_customer(session, party, payment_terms=payment, group=one["group"])


def fill_store_room(session: WriteSession, data: Data, today: date) -> None:
    """What lies there, and what is on its way; after the deals, so that it was counted with them."""
    for item in data["stock"]:
        count_stock(session, item["sku"], Decimal(item["counted"]), on=today + timedelta(days=item["on"]))
        if "expected" in item:
            due = today + timedelta(days=item["due"])
            expect_stock(session, item["sku"], Decimal(item["expected"]), on=due, reference=item["reference"])


def make_offer(session: WriteSession, data: Data, today: date) -> None:
    """A sent quote with a configured product, lines that the buyer may add, and one in place of another."""
    said = data["offer"]
    party = from_plain(Party, data["customers"][said["customer"]]["party"])
    draft = quoting.begin(session, today + timedelta(days=said["on"]), match(session, party))
    lines = (*_configured(session, said, draft), *_lines(session, said["lines"], draft))
    proposals = [Proposal(_line(session, sku, much, draft)) for sku, much in said["optional"].items()]
    proposals += [Proposal(_line(session, sku, much, draft), len(lines) - 1) for sku, much in said["instead"].items()]
    quoting.save(session, replace(draft, title=said["title"], lines=lines, proposals=tuple(proposals), send=True))


def _configured(session: WriteSession, said: Data, draft: QuoteDraft) -> tuple[LineDraft, ...]:
    goods = with_parts(session, [said["bundle"]])
    model = goods[said["bundle"]].model
    selection = engine.start(model, said["bundle"])
    for key, text in said["give"].items():
        selection = engine.give(model, selection, key, text)
    for option in said["choose"]:
        selection = engine.choose(model, selection, option)
    return configured(goods, selection, Decimal(1), draft.currency)


def _lines(session: WriteSession, wanted: Mapping[str, str], draft: QuoteDraft) -> tuple[LineDraft, ...]:
    return tuple(as_draft(_line(session, sku, much, draft)) for sku, much in wanted.items())


def _line(session: WriteSession, sku: str, much: str, draft: QuoteDraft) -> Any:
    return line_of(by_sku(session, [sku])[sku], Decimal(much), draft.currency)


def _described(data: Data) -> list[str]:
    """Every product that something more is said of."""
    counted = [item["sku"] for item in data["stock"]]
    return list(dict.fromkeys([*data["models"], *data["units"], *data["weights"], *counted]))


def _describe(session: WriteSession, sku: str, data: Data) -> int:
    item = by_sku(session, [sku])[sku]
    units = tuple(from_plain(SellingUnit, unit) for unit in data["units"].get(sku, ()))
    weight = data["weights"].get(sku)
    is_counted = any(one["sku"] == sku for one in data["stock"])
    item = replace(item, units=units, weight=None if weight is None else Decimal(weight), stocked=is_counted)
    return int(catalog.save_product(session, item).ids["product"])


def _contract_price(session: WriteSession, item: Data, data: Data, today: date) -> ContractPrice:
    party = from_plain(Party, data["customers"][item["customer"]]["party"])
    return ContractPrice(
        customer_id=match(session, party) or 0,
        sku=item["sku"],
        currency=item["currency"],
        price=Decimal(item["price"]),
        starts_on=today + timedelta(days=item["from"]),
        note=item["note"],
    )
