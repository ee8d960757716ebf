"""Wizards and forms that were left before their end: what each was about, and when it was last saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select

from app.catalog.models import product
from app.deals.models import deal
from app.parties.models import customer
from app.pricing.models import contract_price, coupon, delivery_rule, price_list, promotion
from app.store import drafts
from app.store.drafts import Draft
from app.store.session import Session

NEW, COPY = "new-quote", "copy-"
"""The kind whose subject is a customer, and how the subject of something copied begins."""
RECORDS = ("customer", "product", "price-list", "contract-price", "promotion", "coupon", "delivery-rule")
"""Kinds that are forms of something kept; their subject is that, or "new"."""

_About = tuple[str, str, str]
"""Number, title and customer."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A kept draft, with number, title and customer of what it is about (or is a copy of), as far as there is that.

    `subject_id` is the deal's id, the customer's for a new quote, or that of the thing in a form (`RECORDS`);
    `is_copy` says that the subject is only copied.
    """

    draft: Draft
    saved_at: datetime
    subject_id: int | None = None
    is_copy: bool = False
    number: str = ""
    title: str = ""
    customer: str = ""


def unfinished(session: Session) -> list[Unfinished]:
    """All of them, the newest first."""
    kept = [(item, *_subject(item)) for item in drafts.kept(session)]
    known = {kind: find(session, {key for item, key, copy in kept if key and _about(item, copy) == kind})
             for kind, find in _FINDERS.items()}  # fmt: skip
    return [
        Unfinished(
            item,
            datetime.fromisoformat(item.saved_at),
            key,
            is_copy,
            *known[_about(item, is_copy)].get(key or 0, ("", "", "")),
        )
        for item, key, is_copy in kept
    ]


def _subject(item: Draft) -> tuple[int | None, bool]:
    text = item.subject.removeprefix(COPY)
    return (int(text) if text.isdecimal() else None), text != item.subject


def _about(item: Draft, is_copy: bool) -> str:
    """Of what kind the subject of a draft is."""
    if item.kind in RECORDS:
        return item.kind
    return "customer" if item.kind == NEW and not is_copy else "deal"


def _deals(session: Session, ids: Iterable[int]) -> dict[int, _About]:
    statement = (
        select(deal.c.id, deal.c.number, deal.c.title, customer.c.name)
        .join_from(deal, customer, customer.c.id == deal.c.customer_id)
        .where(deal.c.id.in_(ids))
    )
    return {row.id: (row.number, row.title, row.name) for row in session.rows(statement)}


def _customers(session: Session, ids: Iterable[int]) -> dict[int, _About]:
    rows = session.rows(select(customer.c.id, customer.c.name).where(customer.c.id.in_(ids)))
    return {row.id: ("", "", row.name) for row in rows}


def _products(session: Session, ids: Iterable[int]) -> dict[int, _About]:
    rows = session.rows(select(product.c.id, product.c.sku, product.c.name).where(product.c.id.in_(ids)))
    return {row.id: (row.sku, row.name, "") for row in rows}


def _contract_prices(session: Session, ids: Iterable[int]) -> dict[int, _About]:
    statement = (
        select(contract_price.c.id, product.c.sku, product.c.name, customer.c.name.label("customer"))
        .join_from(contract_price, product)
        .join(customer, customer.c.id == contract_price.c.customer_id)
        .where(contract_price.c.id.in_(ids))
    )
    return {row.id: (row.sku, row.name, row.customer) for row in session.rows(statement)}


def _named(table: Table, column: str = "name") -> Callable[[Session, Iterable[int]], dict[int, _About]]:
    def find(session: Session, ids: Iterable[int]) -> dict[int, _About]:
        rows = session.rows(select(table.c.id, table.c[column].label("words")).where(table.c.id.in_(ids)))
        return {row.id: ("", row.words, "") for row in rows}

    return find


_FINDERS: dict[str, Callable[[Session, Iterable[int]], dict[int, _About]]] = {
    "deal": _deals,
    "customer": _customers,
    "product": _products,
    "price-list": _named(price_list),
    "contract-price": _contract_prices,
    "promotion": _named(promotion),
    "coupon": _named(coupon, "code"),
    "delivery-rule": _named(delivery_rule),
}
