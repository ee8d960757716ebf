"""Reading price rules: all that may matter to one customer and some products, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from app.catalog.models import product
from app.catalog.queries import product_of
from app.catalog.rules import Product
from app.core.codec import from_plain
from app.core.errors import NotFound
from app.parties.models import customer
from app.pricing.book import (
    ContractPrice,
    Coupon,
    DeliveryRule,
    FreeProduct,
    KnownCoupon,
    PriceBook,
    PriceEntry,
    PriceList,
    Promotion,
    coupon_code,
)
from app.pricing.models import (
    contract_price,
    coupon,
    coupon_use,
    delivery_rule,
    price_entry,
    price_list,
    promotion,
    promotion_product,
)
from app.store.session import AnyRow, Session
from app.store.types import Day


def book(
    session: Session,
    customer_id: int | None,
    skus: Iterable[str],
    on: date,
    currency: str,
    *,
    categories: Iterable[str] = (),
    codes: Iterable[str] = (),
    but_deal: int | None = None,
) -> PriceBook:
    """The rules that may act on some products for a customer on a day: nine queries, however many products.

    `categories` are those of the products; `codes` are coupons that were given; uses by `but_deal` do not count.
    Whether a rule holds is the engine's to say: what is read here is only narrowed by what rows can tell.
    """
    wanted = sorted({sku for sku in skus if sku})
    day = {"on": on}
    lists = session.rows(_LISTS.where(price_list.c.currency == currency), day)
    entries = _entries(session, [row.id for row in lists], wanted, sorted({*categories} - {""}))
    found = tuple(replace(from_plain(PriceList, row.document), entries=entries.get(row.id, ())) for row in lists)
    promotions = _promotions(session, session.rows(_PROMOTIONS, day | {"currency": currency}))
    gifts = sorted({item.effect.free_sku for item in promotions if item.effect.free_sku})
    return PriceBook(
        lists=found,
        contracts=_contracts(session, customer_id, wanted, on, currency),
        promotions=tuple(promotions),
        coupons=_coupons(session, codes, customer_id, on, but_deal),
        delivery=tuple(from_plain(DeliveryRule, row.document) for row in session.rows(_DELIVERY)),
        products=_free_products(session, gifts, currency),
    )


def _holds(table: Any) -> tuple[Any, ...]:
    """That a rule's days include the one that is asked about."""
    on = bindparam("on", type_=Day)
    return (
        or_(table.c.starts_on.is_(None), table.c.starts_on <= on),
        or_(table.c.ends_on.is_(None), table.c.ends_on >= on),
    )


_LISTS = select(price_list.c.id, price_list.c.document).where(price_list.c.active, *_holds(price_list))
_ENTRIES = (
    select(price_entry.c.price_list_id, price_entry.c.document, product.c.sku)
    .outerjoin_from(price_entry, product)
    .order_by(price_entry.c.price_list_id, price_entry.c.position)
)
_CONTRACTS = select(contract_price.c.id, contract_price.c.document, product.c.sku).join_from(contract_price, product)
_PROMOTIONS = (
    select(promotion.c.id, promotion.c.document)
    .where(promotion.c.active, *_holds(promotion), promotion.c.currency.in_(["", bindparam("currency")]))
    .order_by(promotion.c.id)
)
_NAMED = (
    select(promotion_product.c.promotion_id, promotion_product.c.role, product.c.sku)
    .join_from(promotion_product, product)
    .order_by(promotion_product.c.id)
)
_DELIVERY = select(delivery_rule.c.document).where(delivery_rule.c.active).order_by(delivery_rule.c.id)


def _entries(
    session: Session, lists: Sequence[int], skus: Sequence[str], categories: Sequence[str]
) -> dict[int, tuple[PriceEntry, ...]]:
    """The entries of some lists that are for these products, their categories, or all, by list."""
    if not lists:
        return {}
    for_all = price_entry.c.product_id.is_(None) & (price_entry.c.category == "")
    statement = _ENTRIES.where(
        price_entry.c.price_list_id.in_(lists),
        or_(product.c.sku.in_(skus), price_entry.c.category.in_(categories), for_all),
    )
    return _by_list(session.rows(statement))


def _by_list(rows: Iterable[AnyRow]) -> dict[int, tuple[PriceEntry, ...]]:
    found: dict[int, list[PriceEntry]] = {}
    for row in rows:
        entry = from_plain(PriceEntry, row.document)
        found.setdefault(row.price_list_id, []).append(replace(entry, sku=row.sku or ""))
    return {key: tuple(entries) for key, entries in found.items()}


def _contracts(
    session: Session, customer_id: int | None, skus: Sequence[str], on: date, currency: str
) -> tuple[ContractPrice, ...]:
    if customer_id is None or not skus:
        return ()
    statement = _CONTRACTS.where(
        contract_price.c.customer_id == customer_id,
        contract_price.c.currency == currency,
        product.c.sku.in_(skus),
        *_holds(contract_price),
    ).order_by(contract_price.c.id)
    return tuple(_contract(row) for row in session.rows(statement, {"on": on}))


def _contract(row: AnyRow) -> ContractPrice:
    return replace(from_plain(ContractPrice, row.document), sku=row.sku)


def _promotions(session: Session, rows: Sequence[AnyRow]) -> list[Promotion]:
    """Promotions with the SKUs that their products have today."""
    if not rows:
        return []
    named: dict[tuple[int, str], list[str]] = {}
    for row in session.rows(_NAMED.where(promotion_product.c.promotion_id.in_([row.id for row in rows]))):
        named.setdefault((row.promotion_id, row.role), []).append(row.sku)
    return [_promotion(row, named) for row in rows]


def _promotion(row: AnyRow, named: dict[tuple[int, str], list[str]]) -> Promotion:
    item = from_plain(Promotion, row.document)
    buys, gets, gives = (tuple(named.get((row.id, role), ())) for role in ("buys", "gets", "gives"))
    effect = replace(item.effect, get_skus=gets, free_sku=gives[0] if gives else "")
    return replace(item, conditions=replace(item.conditions, skus=buys), effect=effect)


def _free_products(session: Session, skus: Sequence[str], currency: str) -> tuple[FreeProduct, ...]:
    """What promotions give for free, as far as it can still be sold."""
    if not skus:
        return ()
    rows = session.rows(select(product).where(product.c.sku.in_(skus), product.c.active).order_by(product.c.id))
    return tuple(free_product(product_of(row), currency) for row in rows)


def free_product(item: Product, currency: str) -> FreeProduct:
    """A product of the catalogue as a gift; its price and cost only where they are in the document's currency."""
    fits = item.currency == currency
    return FreeProduct(
        sku=item.sku,
        name=item.name,
        tax=item.tax,
        unit_price=item.unit_price if fits else None,
        base_quantity=item.base_quantity,
        cost=item.cost if fits else None,
        kind=item.kind,
        unit=item.unit,
        category=item.category,
    )


# ---------------------------------------------------------------- coupons and their uses

_COUPONS = select(coupon, promotion.c.name.label("promotion")).join_from(coupon, promotion)


def coupon_of(row: AnyRow) -> Coupon:
    """The coupon in a row that has its promotion's name."""
    return Coupon(
        row.code, row.promotion, row.starts_on, row.ends_on, row.most_uses, row.most_per_customer, bool(row.active)
    )


def _coupons(
    session: Session, codes: Iterable[str], customer_id: int | None, on: date, deal_id: int | None = None
) -> tuple[KnownCoupon, ...]:
    wanted = sorted({coupon_code(code) for code in codes})
    if not wanted:
        return ()
    rows = session.rows(_COUPONS.where(coupon.c.code.in_(wanted)).order_by(coupon.c.id))
    uses = _uses(session, [row.id for row in rows], on, deal_id)
    return tuple(
        KnownCoupon(
            coupon_of(row),
            len(uses.get(row.id, ())),
            sum(1 for who in uses.get(row.id, ()) if who == customer_id),
        )
        for row in rows
    )


def known_coupons(
    session: Session, codes: Iterable[str], customer_id: int | None, on: date, *, but_deal: int | None = None
) -> dict[str, tuple[int, KnownCoupon]]:
    """Coupons by code, with their row's id and their uses on a day, those of one deal left out."""
    found = {item.coupon.code: item for item in _coupons(session, codes, customer_id, on, but_deal)}
    if not found:
        return {}
    rows = session.rows(select(coupon.c.id, coupon.c.code).where(coupon.c.code.in_(sorted(found))))
    return {row.code: (row.id, found[row.code]) for row in rows}


_NEWEST = (
    select(func.max(coupon_use.c.id))
    .where(coupon_use.c.coupon_id.in_(bindparam("ids", expanding=True)))
    .group_by(coupon_use.c.coupon_id, coupon_use.c.deal_id)
)
_IN_USE = select(coupon_use.c.coupon_id, coupon_use.c.deal_id, coupon_use.c.customer_id).where(
    coupon_use.c.id.in_(_NEWEST),
    or_(
        coupon_use.c.event == "kept",
        (coupon_use.c.event == "reserved") & (coupon_use.c.reserved_until >= bindparam("on", type_=Day)),
    ),
)


def _uses(session: Session, coupon_ids: Sequence[int], on: date, but_deal: int | None) -> dict[int, list[int]]:
    """The customers who use each coupon on a day: kept, or reserved by a quote that can still be accepted."""
    if not coupon_ids:
        return {}
    found: dict[int, list[int]] = {}
    for row in session.rows(_IN_USE, {"ids": list(coupon_ids), "on": on}):
        if row.deal_id != but_deal:
            found.setdefault(row.coupon_id, []).append(row.customer_id)
    return found


# ---------------------------------------------------------------- lists of rules, for their screens


@dataclass(frozen=True, slots=True)
class StoredPriceList:
    """A price list with the id of its row."""

    id: int
    item: PriceList


@dataclass(frozen=True, slots=True)
class StoredContractPrice:
    """A contract price with the id of its row and its customer's name."""

    id: int
    item: ContractPrice
    customer: str


@dataclass(frozen=True, slots=True)
class StoredPromotion:
    """A promotion with the id of its row."""

    id: int
    item: Promotion


@dataclass(frozen=True, slots=True)
class StoredCoupon:
    """A coupon with the id of its row and how often it is in use on the day that was asked about."""

    id: int
    item: Coupon
    uses: int


@dataclass(frozen=True, slots=True)
class StoredDeliveryRule:
    """A rule for delivery charges with the id of its row."""

    id: int
    item: DeliveryRule


def price_lists(session: Session) -> list[StoredPriceList]:
    """All price lists by name, with all their entries."""
    entries = _by_list(session.rows(_ENTRIES))
    rows = session.rows(select(price_list.c.id, price_list.c.document).order_by(price_list.c.name))
    return [
        StoredPriceList(row.id, replace(from_plain(PriceList, row.document), entries=entries.get(row.id, ())))
        for row in rows
    ]


def price_list_by_id(session: Session, price_list_id: int) -> StoredPriceList:
    """One price list with its entries. Raises `NotFound`."""
    row = _one(session, select(price_list.c.id, price_list.c.document), price_list, price_list_id, "price list")
    entries = _by_list(session.rows(_ENTRIES.where(price_entry.c.price_list_id == price_list_id)))
    item = replace(from_plain(PriceList, row.document), entries=entries.get(price_list_id, ()))
    return StoredPriceList(row.id, item)


_CONTRACT_ROWS = _CONTRACTS.add_columns(customer.c.name).join(customer, customer.c.id == contract_price.c.customer_id)


def contract_prices(session: Session, customer_id: int | None = None) -> list[StoredContractPrice]:
    """The contract prices of a customer, or of all, by customer, product and first day."""
    statement = _CONTRACT_ROWS.order_by(
        customer.c.sort_name, product.c.sku, contract_price.c.starts_on, contract_price.c.id
    )
    if customer_id is not None:
        statement = statement.where(contract_price.c.customer_id == customer_id)
    return [StoredContractPrice(row.id, _contract(row), row.name) for row in session.rows(statement)]


def contract_price_by_id(session: Session, contract_price_id: int) -> StoredContractPrice:
    """One contract price. Raises `NotFound`."""
    row = _one(session, _CONTRACT_ROWS, contract_price, contract_price_id, "contract price")
    return StoredContractPrice(row.id, _contract(row), row.name)


def promotions(session: Session) -> list[StoredPromotion]:
    """All promotions by name."""
    rows = session.rows(select(promotion.c.id, promotion.c.document).order_by(promotion.c.name))
    return [StoredPromotion(row.id, item) for row, item in zip(rows, _promotions(session, rows), strict=True)]


def promotion_by_id(session: Session, promotion_id: int) -> StoredPromotion:
    """One promotion. Raises `NotFound`."""
    row = _one(session, select(promotion.c.id, promotion.c.document), promotion, promotion_id, "promotion")
    return StoredPromotion(row.id, _promotions(session, [row])[0])


def coupons(session: Session, on: date) -> list[StoredCoupon]:
    """All coupons by code, with their uses on a day."""
    rows = session.rows(_COUPONS.order_by(coupon.c.code))
    uses = _uses(session, [row.id for row in rows], on, None)
    return [StoredCoupon(row.id, coupon_of(row), len(uses.get(row.id, ()))) for row in rows]


def coupon_by_id(session: Session, coupon_id: int) -> tuple[int, Coupon]:
    """One coupon. Raises `NotFound`."""
    row = _one(session, _COUPONS, coupon, coupon_id, "coupon")
    return row.id, coupon_of(row)


def delivery_rules(session: Session) -> list[StoredDeliveryRule]:
    """All rules for delivery charges by name."""
    rows = session.rows(select(delivery_rule.c.id, delivery_rule.c.document).order_by(delivery_rule.c.name))
    return [StoredDeliveryRule(row.id, from_plain(DeliveryRule, row.document)) for row in rows]


def delivery_rule_by_id(session: Session, delivery_rule_id: int) -> StoredDeliveryRule:
    """One rule for delivery charges. Raises `NotFound`."""
    statement = select(delivery_rule.c.id, delivery_rule.c.document)
    row = _one(session, statement, delivery_rule, delivery_rule_id, "delivery rule")
    return StoredDeliveryRule(row.id, from_plain(DeliveryRule, row.document))


def _one(session: Session, statement: Select[Any], table: Any, key: int, what: str) -> AnyRow:
    row = session.row(statement.where(table.c.id == key))
    if row is None:
        raise NotFound(f"There is no {what} with the id {key}.")
    return row
