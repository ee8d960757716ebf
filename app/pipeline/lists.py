"""The lists of every screen: one page at a time, searched, filtered by state, sorted by any column that is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select

from app.catalog.models import product
from app.contracts.models import contract
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line, receipt, receipt_line
from app.invoicing.models import allocation, early_discount, invoice
from app.parties.models import customer
from app.parties.rules import fold
from app.payments.models import payment, payment_use
from app.pipeline import standing_sql as standing
from app.pipeline.waiting import Waiting, deals_waiting
from app.quotes.models import quote, quote_line
from app.revenue.models import revenue_entry
from app.store.paging import Cursor, Keyset, Page
from app.store.session import AnyRow, Session
from app.store.types import BigInt, Day

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to: words in number, customer or title, states, one customer, one deal.

    `since` and `until` are days that count in, for lists that have an order of days of their own; `waiting` narrows
    deals to those that the count beside a stage counts. A list without states knows no state to be narrowed to.
    """

    text: str = ""
    states: tuple[str, ...] = ()
    customer_id: int | None = None
    deal_id: int | None = None
    since: date | None = None
    until: date | None = None
    waiting: Waiting = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """The column a list is sorted by, by its key; empty for the list's own order (newest first, names from A)."""

    key: str = ""
    descending: bool = True


@dataclass(frozen=True)
class ListOf(Generic[T]):
    """A list: its rows' type, its select (which labels every field of the type), what is searched, how it sorts."""

    row: type[T]
    select: Callable[[], Select[Any]]
    searched: tuple[str, ...]
    sorts: tuple[str, ...]
    first: Sort = field(default_factory=Sort)
    implied: Mapping[str, Callable[[Any], ColumnElement[bool]]] = field(default_factory=dict)
    """What is true of every row in a state and costs less to ask than the state; asked first, for all rows."""

    @cached_property
    def table(self) -> Subquery:
        """The select as something to filter and sort."""
        return self.select().subquery()

    def make(self, row: AnyRow) -> T:
        """The frozen row."""
        values = row._mapping
        return self.row(**{name: values[self.table.c[name]] for name in self.row.__dataclass_fields__})  # type: ignore[attr-defined]


def page(
    session: Session,
    what: ListOf[T],
    narrowed: Filter,
    on: date,
    cursor: Cursor | None = None,
    sort: Sort | None = None,
    size: int = 100,
) -> Page[T]:
    """One page of a list as of a day.

    The page's ids come first, by the columns that narrow and sort it alone; states and sums, which are computed, are
    then computed for its own rows and no others.
    """
    order = sort if sort is not None and sort.key in what.sorts else what.first
    columns = what.table.c
    keyset = Keyset(columns[order.key], columns.id, descending=order.descending)
    wanted = select(*keyset.columns).where(*_conditions(what, narrowed)).params(today=on)
    ids = keyset.page(session, wanted, lambda row: int(row._mapping[columns.id]), cursor=cursor, size=size)
    rows = session.rows(select(what.table).where(columns.id.in_(ids.items)).params(today=on)) if ids.items else []
    found = {row._mapping[columns.id]: what.make(row) for row in rows}
    return Page(tuple(found[row_id] for row_id in ids.items), ids.next)


def count(session: Session, what: ListOf[Any], narrowed: Filter, on: date) -> int:
    """How many rows a narrowed list has."""
    statement = select(func.count()).select_from(what.table).where(*_conditions(what, narrowed))
    return int(session.value(statement.params(today=on)))


def by_state(session: Session, what: ListOf[Any], narrowed: Filter, on: date) -> Mapping[str, int]:
    """How many rows a list has in each state; empty for a list without states."""
    column = what.table.c.get("state")
    if column is None:
        return {}
    statement = select(column, func.count()).where(*_conditions(what, narrowed)).group_by(column)
    return {row[0]: int(row[1]) for row in session.rows(statement.params(today=on))}


def _conditions(what: ListOf[Any], narrowed: Filter) -> list[ColumnElement[bool]]:
    columns, found = what.table.c, []
    for word in narrowed.text.split():
        found.append(or_(*(_contains(columns[name], word) for name in what.searched)))
    if narrowed.states and "state" in columns:
        if len(narrowed.states) == 1 and narrowed.states[0] in what.implied:
            found.append(what.implied[narrowed.states[0]](columns))
        found.append(columns.state.in_(narrowed.states))
    if narrowed.customer_id is not None:
        found.append(columns.customer_id == narrowed.customer_id)
    if narrowed.deal_id is not None:
        found.append(columns.deal_id == narrowed.deal_id)
    if narrowed.since is not None:
        found.append(columns[what.first.key] >= narrowed.since)
    if narrowed.until is not None:
        found.append(columns[what.first.key] <= narrowed.until)
    if narrowed.waiting:
        found.append(columns.id.in_(deals_waiting(narrowed.waiting)))
    return found


def _contains(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """Whether a text contains a word; folded columns are compared without accents and case."""
    wanted = fold(word) if column.key in ("sort_name", "customer_sort") else word.lower()
    return func.lower(column).contains(wanted, autoescape=True)


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal in the list; amounts in minor units of `currency`."""

    id: int
    number: str
    title: str
    customer_id: int
    customer: str
    currency: str
    opened_on: date
    state: str
    quote_state: str
    valid_until: date | None
    gross: int
    open: int
    flag: str
    lacks_deposit: bool = False
    """Money has to come before its goods leave; told of deals in delivery."""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """The newest revision of a deal's quote."""

    id: int
    deal_id: int
    number: str
    revision: int
    title: str
    customer_id: int
    customer: str
    currency: str
    made_on: date
    valid_until: date | None
    state: str
    net: int
    gross: int


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract at its newest version."""

    id: int
    deal_id: int
    number: str
    version: int
    title: str
    customer_id: int
    customer: str
    currency: str
    made_on: date
    state: str
    gross: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money in, or out where `direction` is "out"."""

    id: int
    deal_id: int | None
    number: str
    deal_number: str
    customer_id: int
    customer: str
    currency: str
    paid_on: date
    direction: str
    state: str
    method: str
    reference: str
    amount: int
    unallocated: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery."""

    id: int
    deal_id: int
    number: str
    title: str
    customer_id: int
    customer: str
    dispatched_on: date
    received_on: date | None
    state: str
    carrier: str
    tracking: str


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice or credit note; `state` is "overdue" for an invoice open after its due day."""

    id: int
    deal_id: int
    number: str
    kind: str
    title: str
    customer_id: int
    customer: str
    currency: str
    issued_on: date
    due_on: date
    state: str
    gross: int
    open: int


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """Revenue of one line on one day; negative where it was taken back."""

    id: int
    deal_id: int
    document: str
    title: str
    customer_id: int
    customer: str
    currency: str
    earned_on: date
    name: str
    amount: int
    cost: int


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer with the number of deals."""

    id: int
    name: str
    city: str
    country: str
    email: str
    deals: int
    state: str


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product; prices as stored, per `base_quantity` units."""

    id: int
    sku: str
    name: str
    category: str
    kind: str
    unit: str
    currency: str
    unit_price: Decimal
    base_quantity: Decimal
    cost: Decimal | None
    state: str
    thumbnail: str = ""


def _head(deal_id: Any = deal.c.id) -> tuple[ColumnElement[Any], ...]:
    """The columns that every list of documents shares."""
    return (
        deal.c.title,
        deal.c.customer_id,
        customer.c.name.label("customer"),
        customer.c.sort_name.label("customer_sort"),
        deal.c.currency,
        deal_id.label("deal_id"),
    )


_QUOTED = deal.join(customer).join(quote, and_(quote.c.deal_id == deal.c.id, standing.IS_LATEST))
_OF_DEAL = deal.join(customer).join(quote, and_(quote.c.deal_id == standing.first(deal.c.id), standing.IS_LATEST))
"""The same, read from the deals on, so that their order needs no sorting."""


def _deals() -> Select[Any]:
    return select(
        deal.c.id,
        deal.c.number,
        *_head(),
        deal.c.opened_on,
        deal.c.flag,
        standing.DEAL_STATE.label("state"),
        standing.QUOTE_STATE.label("quote_state"),
        quote.c.valid_until,
        quote.c.gross,
        standing.RECEIVABLE.label("open"),
        standing.SIGNATURES.label("signatures"),
        standing.HAS_OPEN_LINES.label("has_open_lines"),
        standing.LACKS_DEPOSIT.label("lacks_deposit"),
    ).select_from(_OF_DEAL.outerjoin(contract, contract.c.deal_id == deal.c.id))


def _quotes() -> Select[Any]:
    return select(
        quote.c.id,
        quote.c.number,
        quote.c.revision,
        *_head(),
        quote.c.made_on,
        quote.c.valid_until,
        case((deal.c.cancelled_on.is_not(None), "cancelled"), else_=standing.QUOTE_STATE).label("state"),
        quote.c.net,
        quote.c.gross,
    ).select_from(_QUOTED)


def _contracts() -> Select[Any]:
    return select(
        contract.c.id,
        contract.c.number,
        standing.VERSION.label("version"),
        *_head(),
        contract.c.made_on,
        standing.CONTRACT_STATE.label("state"),
        quote.c.gross,
    ).select_from(_QUOTED.join(contract, contract.c.deal_id == deal.c.id))


_ALLOCATED = (
    select(func.coalesce(func.sum(allocation.c.amount, type_=BigInt), 0))
    .where(allocation.c.payment_id == payment.c.id)
    .correlate(payment)
    .scalar_subquery()
)
_SPENT = (
    select(func.coalesce(func.sum(payment_use.c.amount, type_=BigInt), 0))
    .where(payment_use.c.payment_id == payment.c.id, payment_use.c.purpose.in_(("payment", "refund")))
    .correlate(payment)
    .scalar_subquery()
)


def _payments() -> Select[Any]:
    left = case((payment.c.direction == "in", payment.c.amount - _ALLOCATED - _SPENT), else_=0)
    return (
        select(
            payment.c.id,
            payment.c.number,
            payment.c.deal_id,
            func.coalesce(deal.c.number, "").label("deal_number"),
            payment.c.customer_id,
            customer.c.name.label("customer"),
            customer.c.sort_name.label("customer_sort"),
            payment.c.currency,
            payment.c.paid_on,
            payment.c.direction,
            case((payment.c.direction == "out", "refund"), (left > 0, "unallocated"), else_="allocated").label("state"),
            payment.c.method,
            payment.c.reference,
            payment.c.amount,
            left.label("unallocated"),
        )
        .join_from(payment, customer, customer.c.id == payment.c.customer_id)
        .outerjoin(deal, deal.c.id == payment.c.deal_id)
    )


_LAST_RECEIPT = (
    select(func.max(receipt.c.confirmed_on, type_=Day))
    .select_from(receipt.join(receipt_line).join(delivery_line, receipt_line.c.delivery_line_id == delivery_line.c.id))
    .where(delivery_line.c.delivery_id == delivery.c.id)
    .correlate(delivery)
    .scalar_subquery()
)
_DELIVERY_OPEN = (
    select(literal(1))
    .where(delivery_line.c.delivery_id == delivery.c.id, standing.LINE_IN_TRANSIT)
    .correlate(delivery)
    .exists()
)


def _deliveries() -> Select[Any]:
    return select(
        delivery.c.id,
        delivery.c.number,
        *_head(),
        delivery.c.dispatched_on,
        case((_DELIVERY_OPEN, None), else_=_LAST_RECEIPT).label("received_on"),
        case((_DELIVERY_OPEN, "dispatched"), else_="received").label("state"),
        delivery.c.carrier,
        delivery.c.tracking,
    ).select_from(deal.join(customer).join(delivery, delivery.c.deal_id == deal.c.id))


_NOTE = invoice.alias("note")
_CREDITED = (
    select(func.coalesce(func.sum(_NOTE.c.gross, type_=BigInt), 0))
    .where(_NOTE.c.corrects_id == invoice.c.id)
    .correlate(invoice)
    .scalar_subquery()
)
_EARLY = (
    select(func.coalesce(func.sum(early_discount.c.gross, type_=BigInt), 0))
    .where(early_discount.c.invoice_id == invoice.c.id)
    .correlate(invoice)
    .scalar_subquery()
)
_INVOICE_STATE = case(
    (invoice.c.kind == "credit_note", "paid"),
    (and_(_CREDITED > 0, invoice.c.gross <= _CREDITED + _EARLY), "credited"),
    (standing.INVOICE_OPEN <= 0, "paid"),
    (invoice.c.due_on < standing.TODAY, "overdue"),
    (_CREDITED > 0, "partly_credited"),
    (invoice.c.gross + invoice.c.rounding <= standing.INVOICE_OPEN, "open"),
    else_="partly_paid",
)


def _invoices() -> Select[Any]:
    return select(
        invoice.c.id,
        invoice.c.number,
        invoice.c.kind,
        *_head(),
        invoice.c.issued_on,
        invoice.c.due_on,
        _INVOICE_STATE.label("state"),
        invoice.c.gross,
        case((invoice.c.kind == "invoice", standing.INVOICE_OPEN), else_=0).label("open"),
    ).select_from(deal.join(customer).join(invoice, invoice.c.deal_id == deal.c.id))


def _revenue() -> Select[Any]:
    return select(
        revenue_entry.c.id,
        revenue_entry.c.document,
        *_head(),
        revenue_entry.c.earned_on,
        quote_line.c.name,
        revenue_entry.c.amount,
        revenue_entry.c.cost,
    ).select_from(
        _OF_DEAL.join(revenue_entry, revenue_entry.c.deal_id == deal.c.id).join(
            quote_line,
            and_(
                quote_line.c.quote_id == standing.first(quote.c.id),
                quote_line.c.position == revenue_entry.c.position,
            ),
        )
    )


_DEALS_OF = (
    select(func.count())
    .select_from(deal)
    .where(deal.c.customer_id == customer.c.id)
    .correlate(customer)
    .scalar_subquery()
)


def _customers() -> Select[Any]:
    return select(
        customer.c.id,
        customer.c.name,
        customer.c.sort_name,
        customer.c.city,
        customer.c.country,
        customer.c.email,
        _DEALS_OF.label("deals"),
        case((customer.c.active, "active"), else_="inactive").label("state"),
    )


def _products() -> Select[Any]:
    return select(
        product.c.id,
        product.c.sku,
        product.c.name,
        product.c.sort_name,
        product.c.category,
        product.c.kind,
        product.c.unit,
        product.c.currency,
        product.c.unit_price,
        product.c.base_quantity,
        product.c.cost,
        case((product.c.active, "active"), else_="inactive").label("state"),
        product.c.thumbnail,
    )


_TEXT = ("number", "customer_sort", "title")
DEALS = ListOf(
    DealRow,
    _deals,
    _TEXT,
    ("number", "customer_sort", "opened_on", "gross", "open"),
    Sort("opened_on"),
    {"contracted": lambda columns: columns.signatures < 2, "open": lambda columns: columns.has_open_lines},
)
QUOTES = ListOf(QuoteRow, _quotes, _TEXT, ("number", "customer_sort", "made_on", "gross"), Sort("made_on"))
CONTRACTS = ListOf(ContractRow, _contracts, _TEXT, ("number", "customer_sort", "made_on", "gross"), Sort("made_on"))
PAYMENTS = ListOf(
    PaymentRow,
    _payments,
    ("number", "customer_sort", "reference", "deal_number"),
    ("number", "customer_sort", "paid_on", "amount", "unallocated"),
    Sort("paid_on"),
)
DELIVERIES = ListOf(
    DeliveryRow, _deliveries, (*_TEXT, "tracking"), ("number", "customer_sort", "dispatched_on"), Sort("dispatched_on")
)
INVOICES = ListOf(
    InvoiceRow, _invoices, _TEXT, ("number", "customer_sort", "issued_on", "due_on", "gross", "open"), Sort("issued_on")
)
REVENUE = ListOf(
    RevenueRow,
    _revenue,
    ("document", "customer_sort", "title", "name"),
    ("document", "customer_sort", "earned_on", "amount"),
    Sort("earned_on"),
)
CUSTOMERS = ListOf(
    CustomerRow,
    _customers,
    ("sort_name", "city", "email"),
    ("sort_name", "city", "country", "deals"),
    Sort("sort_name", False),
)
PRODUCTS = ListOf(
    ProductRow,
    _products,
    ("sku", "sort_name", "category"),
    ("sku", "sort_name", "category", "unit_price"),
    Sort("sort_name", False),
)
