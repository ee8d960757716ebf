"""Everything the file holds of one deal, as its rows are kept, and what follows from them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Select, func, select

from app.catalog.rules import Kind
from app.contracts.models import contract, contract_version, signature
from app.core.codec import from_plain, to_plain
from app.core.quantity import from_micro
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction, TaxRounding
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line, goods_return, receipt, receipt_line, return_line
from app.invoicing.models import early_discount, invoice, invoice_line
from app.ledger.models import document, journal_entry, journal_line
from app.ledger.rules import Role
from app.payments.models import payment
from app.pipeline.proof.reading import Grouped, raw
from app.pricing.detail import LineDetail
from app.pricing.models import coupon, coupon_use
from app.pricing.rules import Line, Priced, price, printed_lines, printed_totals
from app.quotes.models import quote, quote_line
from app.quotes.rules import Offer, Proposal, Terms
from app.revenue.models import revenue_entry
from app.rewards.models import cashback_entry, points_entry, wallet_entry
from app.store.history import history
from app.store.session import AnyRow, Session
from app.store.types import BigInt

_BALANCE = func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt)


def _of(table: Any, *order: str) -> Select[Any]:
    """The rows of a table that names its deal itself."""
    names = [column.name for column in table.columns if column.name != "deal_id"]
    columns = [table.c[name] for name in order or ("id",)]
    statement = select(*raw(table, "deal_id", *names)).where(table.c.deal_id.is_not(None))
    return statement.order_by(table.c.deal_id, *columns)


def _below(table: Any, parent: Any) -> Select[Any]:
    """The rows of a table whose parent names the deal."""
    order = (parent.c.deal_id, parent.c.id, table.c.id)
    return select(parent.c.deal_id, *raw(table)).select_from(table.join(parent)).order_by(*order)


_SIGNATURES = (
    select(contract.c.deal_id, *raw(signature))
    .join_from(contract, contract_version)
    .join(signature)
    .order_by(contract.c.deal_id, signature.c.id)
)
_RECEIPT_LINES = (
    select(receipt.c.deal_id, *raw(receipt_line), delivery.c.number.label("delivery"))
    .join_from(receipt, receipt_line)
    .outerjoin(delivery_line, delivery_line.c.id == receipt_line.c.delivery_line_id)
    .outerjoin(delivery, delivery.c.id == delivery_line.c.delivery_id)
    .order_by(receipt.c.deal_id, receipt.c.id, receipt_line.c.id)
)
_RETURN_LINES = (
    select(goods_return.c.deal_id, *raw(return_line))
    .join_from(goods_return, return_line)
    .order_by(goods_return.c.deal_id, goods_return.c.id, return_line.c.id)
)
_BALANCES = (
    select(journal_entry.c.deal_id, journal_line.c.role, _BALANCE.label("amount"))
    .join_from(journal_entry, journal_line)
    .where(journal_entry.c.deal_id.is_not(None))
    .group_by(journal_entry.c.deal_id, journal_line.c.role)
    .order_by(journal_entry.c.deal_id)
)
_RECEIVABLES = (
    select(journal_entry.c.deal_id, journal_line.c.document, _BALANCE.label("amount"))
    .join_from(journal_entry, journal_line)
    .where(journal_entry.c.deal_id.is_not(None), journal_line.c.role == Role.RECEIVABLE.value)
    .group_by(journal_entry.c.deal_id, journal_line.c.document)
    .order_by(journal_entry.c.deal_id)
)
_STREAMS: dict[str, Select[Any]] = {
    "quotes": _of(quote, "revision"),
    "quote_lines": select(quote.c.deal_id, *raw(quote_line))
    .join_from(quote, quote_line)
    .order_by(quote.c.deal_id, quote.c.revision, quote_line.c.position),
    "coupon_uses": select(coupon_use.c.deal_id, *raw(coupon_use), coupon.c.code)
    .join_from(coupon_use, coupon)
    .order_by(coupon_use.c.deal_id, coupon_use.c.id),
    "documents": _of(document),
    "contracts": _of(contract),
    "versions": _below(contract_version, contract),
    "signatures": _SIGNATURES,
    "deliveries": _of(delivery),
    "delivery_lines": _below(delivery_line, delivery),
    "receipts": _of(receipt),
    "receipt_lines": _RECEIPT_LINES,
    "returns": _of(goods_return),
    "return_lines": _RETURN_LINES,
    "invoices": _of(invoice),
    "invoice_lines": _below(invoice_line, invoice),
    "discounts": _below(early_discount, invoice),
    "cashback": _below(cashback_entry, invoice),
    "points": _below(points_entry, invoice),
    "wallet": _of(wallet_entry),
    "payments": _of(payment),
    "revenue": _of(revenue_entry),
    "entries": _of(journal_entry),
    "history": _of(history),
    "balances": _BALANCES,
    "receivables": _RECEIVABLES,
}

_DEALS = select(*raw(deal)).order_by(deal.c.id)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the history: what was done, the arguments that were given, the numbers and ids that came of it."""

    action: str
    on: str
    details: dict[str, Any]
    numbers: tuple[str, ...]
    ids: dict[str, int]

    @property
    def number(self) -> str:
        """The first number it gave, or empty text."""
        return self.numbers[0] if self.numbers else ""


def command_of(row: AnyRow) -> Command:
    """A row of the history, read."""
    result = json.loads(row.result)
    numbers = tuple(result.get("numbers", ()))
    return Command(row.action, row.happened_on, json.loads(row.details), numbers, result.get("ids", {}))


class Record:
    """The rows of one deal by the name of their table, in the order they came; amounts and days as they are kept."""

    def __init__(self, deal: AnyRow, rows: dict[str, list[AnyRow]]) -> None:
        self.deal = deal
        self.rows = rows
        self.name = f"deal {deal.number}"
        self.currency: str = deal.currency
        self._indexes: dict[tuple[str, str], dict[int, list[AnyRow]]] = {}

    @cached_property
    def basis(self) -> Basis:
        """How its documents count."""
        return Basis(self.currency, bool(self.deal.prices_include_tax), TaxRounding(self.deal.tax_rounding))

    def lines_of(self, table: str, key: str, parent_id: int) -> list[AnyRow]:
        """The lines of one parent row: `key` names the column that refers to it."""
        index = self._indexes.get((table, key))
        if index is None:
            index = self._indexes[table, key] = self._index(table, key)
        return index.get(parent_id, [])

    def _index(self, table: str, key: str) -> dict[int, list[AnyRow]]:
        index: dict[int, list[AnyRow]] = {}
        for row in self.rows[table]:
            index.setdefault(getattr(row, key), []).append(row)
        return index

    @cached_property
    def offers(self) -> list[Offer]:
        """What each revision of the quote offers, by its rows."""
        return [_offer(row, self.lines_of("quote_lines", "quote_id", row.id)) for row in self.rows["quotes"]]

    @cached_property
    def priced(self) -> list[Priced]:
        """Each revision priced anew."""
        return [price(offer.lines, offer.reductions, self.basis) for offer in self.offers]

    @cached_property
    def printed(self) -> list[dict[str, Any]]:
        """Lines, totals and terms of each revision as they are printed."""
        return [_printed(offer, priced) for offer, priced in zip(self.offers, self.priced, strict=True)]

    @property
    def agreed(self) -> tuple[Offer, Priced]:
        """The newest revision: it is what the contract says."""
        return self.offers[-1], self.priced[-1]

    @cached_property
    def ordered(self) -> list[Decimal]:
        """Quantities of the agreed lines."""
        return [line.quantity for line in self.offers[-1].lines]

    def is_goods(self, position: int) -> bool:
        """Whether a line of the agreed offer is delivered, not completed."""
        return 1 <= position <= len(self.ordered) and self.offers[-1].lines[position - 1].kind is Kind.GOODS

    @cached_property
    def commands(self) -> list[Command]:
        """What was done with it, in order."""
        return [command_of(row) for row in self.rows["history"]]

    @cached_property
    def snapshots(self) -> dict[int, dict[str, Any]]:
        """What each issued document says, by the id of the document."""
        return {row.id: json.loads(row.snapshot) for row in self.rows["documents"]}

    @cached_property
    def balances(self) -> dict[str, int]:
        """What its entries add up to by role, positive where debits outweigh."""
        return {row.role: int(row.amount) for row in self.rows["balances"]}

    @cached_property
    def receivables(self) -> dict[str, int]:
        """What its entries leave open of each invoice, by number."""
        return {row.document: int(row.amount) for row in self.rows["receivables"]}


def _printed(offer: Offer, priced: Priced) -> dict[str, Any]:
    totals = printed_totals(priced.typed, priced.assembled, offer.reductions)
    return {
        "lines": to_plain(printed_lines(offer.lines, priced)),
        "totals": to_plain(totals),
        "terms": to_plain(offer.terms.printed(totals.gross)),
    }


def _offer(row: AnyRow, lines: Sequence[AnyRow]) -> Offer:
    percent = None if row.deposit_percent is None else from_micro(row.deposit_percent)
    cashback = None if row.cashback_percent is None else from_micro(row.cashback_percent)
    clauses = tuple(json.loads(row.clauses))
    terms = Terms(row.payment, row.valid_days, percent, row.deposit_amount, clauses, cashback, row.early_tax)
    proposals = tuple(from_plain(Proposal, item) for item in json.loads(row.proposals))
    offered = tuple(_line(line) for line in lines)
    return Offer(offered, _reductions(row.reductions), terms, proposals, tuple(json.loads(row.coupons)))


def _line(row: AnyRow) -> Line:
    return Line(
        name=row.name,
        quantity=from_micro(row.quantity),
        unit_price=from_micro(row.unit_price),
        tax=_tax(row.tax_category, row.tax_rate, row.exemption_reason),
        sku=row.sku,
        description=row.description,
        kind=Kind(row.kind),
        unit=row.unit,
        base_quantity=from_micro(row.base_quantity),
        list_price=None if row.list_price is None else from_micro(row.list_price),
        cost=None if row.cost is None else from_micro(row.cost),
        reductions=_reductions(row.reductions),
        detail=_detail(row.detail),
    )


@lru_cache(maxsize=256)
def _tax(category: str, rate: int, reason: str) -> Tax:
    return Tax(TaxCategory(category), from_micro(rate), reason)


@lru_cache(maxsize=256)
def _detail(text: str) -> LineDetail:
    return from_plain(LineDetail, json.loads(text))


@lru_cache(maxsize=256)
def _reductions(text: str) -> tuple[Reduction, ...]:
    return tuple(from_plain(Reduction, item) for item in json.loads(text))


def records(session: Session) -> Iterator[Record]:
    """Every deal with all its rows, one after the other: one statement a table, read side by side."""
    streams = {name: Grouped(session.stream(statement)) for name, statement in _STREAMS.items()}
    for row in session.stream(_DEALS):
        yield Record(row, {name: stream.take(row.id) for name, stream in streams.items()})
