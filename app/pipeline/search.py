"""Finding anything by number, name, title or amount: one query a kind, each over an index or a short table.

What a person types is data: it is compared, never put into a statement, and `%` and `_` mean themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select

from app.catalog.models import product
from app.contracts.models import contract
from app.core.money import MAX_MINOR, decimals
from app.deals.models import deal
from app.delivery.models import delivery
from app.invoicing.models import invoice
from app.ledger.models import document
from app.parties.models import customer
from app.parties.rules import fold
from app.payments.models import payment
from app.quotes.models import quote
from app.store.history import history
from app.store.numbering import spelled
from app.store.session import AnyRow, Session

EACH = 5
"""How many of each kind are found at most."""
_LONGEST = 100
_LAST = "\U0010ffff"
_DIGITS = re.compile(r"[0-9]{1,9}")
_NUMBERED: tuple[tuple[str, Table], ...] = (
    ("deal", deal), ("contract", contract), ("delivery", delivery), ("invoice", invoice), ("payment", payment),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked for: without accents where a folded name is kept, as typed elsewhere."""

    folded: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `amount` is in minor units of `currency`, which is empty where there is none."""

    kind: str
    id: int
    deal_id: int | None
    number: str
    title: str
    note: str = ""
    amount: int = 0
    currency: str = ""


def find(session: Session, text: str, amount: Decimal | None = None, each: int = EACH) -> list[Hit]:
    """What fits `text`, and documents over `amount` if the text was read as one; the likeliest first."""
    wanted = "".join(char if char.isprintable() else " " for char in text[:_LONGEST]).strip()
    if not wanted:
        return []
    words = _Words(tuple(fold(wanted).split()), tuple(wanted.lower().split()))
    customers = _customers(session, words, each)
    found = [
        *_by_number(session, wanted, each),
        *customers,
        *_deals(session, words, [hit.id for hit in customers], each),
        *_products(session, words, each),
        *(_by_amount(session, amount, each) if amount is not None else ()),
    ]
    return list({(hit.kind, hit.id): hit for hit in found}.values())


# ------------------------------------------------------------------ numbers
def _by_number(session: Session, text: str, each: int) -> Iterable[Hit]:
    """Documents whose number begins so, or has these figures in any series and year."""
    numbers = spelled(session, int(text)) if _DIGITS.fullmatch(text) else []
    for kind, table in _NUMBERED:
        rows = session.rows(_numbered(table, text.upper(), numbers, each))
        yield from (_document(kind, row) for row in rows)
    yield from _quotes(session, text.upper(), numbers, each)


def _fits(column: ColumnElement[str], begin: str, numbers: Sequence[str]) -> ColumnElement[bool]:
    begins = and_(column >= begin, column < begin + _LAST)
    return or_(begins, column.in_(numbers)) if numbers else begins


def _numbered(table: Table, begin: str, numbers: Sequence[str], each: int) -> Select[Any]:
    deal_id = table.c.id if table is deal else table.c.deal_id
    more: list[ColumnElement[Any]] = []
    if table is invoice:
        more = [table.c.gross, table.c.currency, table.c.kind]
    elif table is payment:
        more = [table.c.amount.label("gross"), table.c.currency]
    joined = table if table is deal else table.outerjoin(deal, deal.c.id == deal_id)
    return (
        select(table.c.id, table.c.number, deal_id.label("deal_id"), deal.c.title, customer.c.name, *more)
        .select_from(joined.outerjoin(customer, customer.c.id == deal.c.customer_id))
        .where(_fits(table.c.number, begin, numbers))
        .order_by(table.c.number.desc())
        .limit(each)
    )


def _document(kind: str, row: AnyRow) -> Hit:
    values = row._mapping
    return Hit(
        kind=values.get("kind", kind),
        id=row.id,
        deal_id=row.deal_id,
        number=row.number,
        title=row.title or "",
        note=row.name or "",
        amount=values.get("gross", 0),
        currency=values.get("currency", ""),
    )


def _quotes(session: Session, begin: str, numbers: Sequence[str], each: int) -> Iterable[Hit]:
    """Quotes by the names of their papers, which have an index; the newest revision of each deal once."""
    names = [f"quote {number}" for number in numbers]
    rows = session.rows(
        select(
            func.max(document.c.id).label("id"),
            document.c.deal_id,
            func.max(document.c.number).label("number"),
            deal.c.title,
            customer.c.name,
        )
        .join_from(document, deal, deal.c.id == document.c.deal_id)
        .join(customer, customer.c.id == deal.c.customer_id)
        .where(_fits(document.c.file_name, f"quote {begin}", names))
        .group_by(document.c.deal_id, deal.c.title, customer.c.name)
        .order_by(func.max(document.c.number).desc())
        .limit(each)
    )
    return [Hit("quote", row.deal_id, row.deal_id, row.number, row.title, row.name) for row in rows]


# ------------------------------------------------------------------ words
def _has(column: ColumnElement[str], words: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(func.lower(column).contains(word, autoescape=True) for word in words))


def _customers(session: Session, words: _Words, each: int) -> list[Hit]:
    """Those whose name has all the words, else their place or address for mail; names that begin so come first."""
    begins = customer.c.sort_name.startswith(" ".join(words.folded), autoescape=True)
    elsewhere = or_(_has(customer.c.city, words.typed), _has(customer.c.email, words.typed))
    rows = session.rows(
        select(customer.c.id, customer.c.name, customer.c.city)
        .where(or_(_has(customer.c.sort_name, words.folded), elsewhere))
        .order_by(begins.desc(), customer.c.sort_name, customer.c.id)
        .limit(each)
    )
    return [Hit("customer", row.id, None, "", row.name, row.city) for row in rows]


def _deals(session: Session, words: _Words, customers: Sequence[int], each: int) -> Iterable[Hit]:
    """The newest deals whose title has all the words, or of the customers that were found."""
    rows = session.rows(
        select(deal.c.id, deal.c.number, deal.c.title, customer.c.name)
        .join_from(deal, customer, customer.c.id == deal.c.customer_id)
        .where(or_(_has(deal.c.title, words.typed), deal.c.customer_id.in_(customers)))
        .order_by(deal.c.opened_on.desc(), deal.c.id.desc())
        .limit(each)
    )
    return [Hit("deal", row.id, row.id, row.number, row.title, row.name) for row in rows]


def _products(session: Session, words: _Words, each: int) -> Iterable[Hit]:
    rows = session.rows(
        select(product.c.id, product.c.sku, product.c.name, product.c.category)
        .where(or_(_has(product.c.sort_name, words.folded), _has(product.c.sku, words.typed)))
        .order_by(product.c.sort_name, product.c.id)
        .limit(each)
    )
    return [Hit("product", row.id, None, row.sku, row.name, row.category) for row in rows]


# ------------------------------------------------------------------ amounts
def _by_amount(session: Session, amount: Decimal, each: int) -> Iterable[Hit]:
    """Invoices, payments and quotes over exactly this amount, in any currency."""
    wanted = _minor(abs(amount))
    if not wanted:
        return
    for kind, table, gross in (("invoice", invoice, invoice.c.gross), ("payment", payment, payment.c.amount)):
        rows = session.rows(_over(table, gross, table.c.currency, wanted, each))
        yield from (_document(kind, row) for row in rows if _is_exactly(row, amount))
    rows = session.rows(_over(quote, quote.c.gross, deal.c.currency, wanted, each))
    yield from (
        Hit("quote", row.deal_id, row.deal_id, row.number, row.title, row.name, row.gross, row.currency)
        for row in rows
        if row.number and _is_exactly(row, amount)
    )


def _minor(amount: Decimal) -> list[int]:
    """The amount in minor units of currencies with 0, 2 and 3 decimals, where it is whole in them."""
    if not amount.is_finite() or amount >= MAX_MINOR:
        return []
    scaled = [amount.scaleb(places) for places in (0, 2, 3)]
    return [int(value) for value in scaled if value == value.to_integral_value() and value <= MAX_MINOR]


def _over(
    table: Table, gross: ColumnElement[int], currency: ColumnElement[str], wanted: Sequence[int], each: int
) -> Select[Any]:
    kind = [table.c.kind] if table is invoice else []
    return (
        select(
            table.c.id,
            table.c.number,
            table.c.deal_id,
            deal.c.title,
            customer.c.name,
            gross.label("gross"),
            currency.label("currency"),
            *kind,
        )
        .select_from(
            table.outerjoin(deal, deal.c.id == table.c.deal_id).outerjoin(customer, customer.c.id == deal.c.customer_id)
        )
        .where(gross.in_(wanted))
        .order_by(table.c.id.desc())
        .limit(each)
    )


def _is_exactly(row: AnyRow, amount: Decimal) -> bool:
    return Decimal(row.gross).scaleb(-decimals(row.currency)) == abs(amount)


def last_change(session: Session) -> datetime | None:
    """When the last command was committed, in UTC; None in a new file."""
    found = session.value(select(history.c.at).order_by(history.c.id.desc()).limit(1))
    return None if found is None else datetime.fromisoformat(found)
