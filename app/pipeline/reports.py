"""What the accountant's workbook shows, gathered in one query a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select

from app.deals.models import deal
from app.invoicing.models import allocation, early_discount, invoice, invoice_line
from app.invoicing.rules import state
from app.ledger import queries as books
from app.ledger.models import account, journal_entry, journal_line
from app.parties.models import customer
from app.parties.queries import our_company
from app.payments.models import payment, payment_use
from app.pipeline.report import (
    BalanceRow,
    InvoiceLineRow,
    InvoiceRow,
    JournalRow,
    OpenItemRow,
    PaymentRow,
    RevenueReport,
)
from app.quotes.models import quote, quote_line
from app.revenue.models import revenue_entry
from app.rewards.models import gift_card
from app.store.session import AnyRow, Session
from app.store.types import Day

_LAST: BindParameter[date] = bindparam("last", date.max, type_=Day)
"""The day as of which everything stands; without it, after all that is booked."""

_OPEN = (
    select(journal_line.c.document, func.sum(journal_line.c.debit - journal_line.c.credit).label("open"))
    .join_from(journal_line, journal_entry)
    .where(journal_line.c.role == "receivable", journal_entry.c.posted_on <= _LAST)
    .group_by(journal_line.c.document)
    .subquery()
)
_NOTE = invoice.alias("note")
_CREDITED = (
    select(_NOTE.c.corrects_id, func.sum(_NOTE.c.gross).label("credited"))
    .where(_NOTE.c.corrects_id.is_not(None), _NOTE.c.issued_on <= _LAST)
    .group_by(_NOTE.c.corrects_id)
    .subquery()
)
_EARLY = (
    select(early_discount.c.invoice_id, func.sum(early_discount.c.gross).label("early"))
    .where(early_discount.c.taken_on <= _LAST)
    .group_by(early_discount.c.invoice_id)
    .subquery()
)
_ORIGINAL = invoice.alias("original")
_INVOICES = (
    select(
        invoice,
        deal.c.number.label("deal_number"),
        customer.c.name.label("customer_name"),
        customer.c.tax_id,
        customer.c.country,
        func.coalesce(_OPEN.c.open, 0).label("open"),
        func.coalesce(_CREDITED.c.credited, 0).label("credited"),
        func.coalesce(_EARLY.c.early, 0).label("early"),
        func.coalesce(_ORIGINAL.c.number, "").label("corrects"),
    )
    .join_from(invoice, deal, deal.c.id == invoice.c.deal_id)
    .join(customer, customer.c.id == invoice.c.customer_id)
    .outerjoin(_OPEN, _OPEN.c.document == invoice.c.number)
    .outerjoin(_CREDITED, _CREDITED.c.corrects_id == invoice.c.id)
    .outerjoin(_EARLY, _EARLY.c.invoice_id == invoice.c.id)
    .outerjoin(_ORIGINAL, _ORIGINAL.c.id == invoice.c.corrects_id)
    .order_by(invoice.c.id)
)
_LATEST = select(quote.c.deal_id, func.max(quote.c.revision).label("revision")).group_by(quote.c.deal_id).subquery()
_COSTS = (
    select(revenue_entry.c.document, revenue_entry.c.position, func.sum(revenue_entry.c.cost).label("cost"))
    .group_by(revenue_entry.c.document, revenue_entry.c.position)
    .subquery()
)
_LINES = (
    select(
        invoice.c.number,
        invoice.c.kind,
        invoice.c.issued_on,
        invoice.c.currency,
        invoice_line,
        quote_line.c.sku,
        quote_line.c.name,
        quote_line.c.unit,
        quote_line.c.unit_price,
        quote_line.c.tax_category,
        quote_line.c.tax_rate,
        _COSTS.c.cost,
    )
    .join_from(invoice_line, invoice)
    .join(_LATEST, _LATEST.c.deal_id == invoice.c.deal_id)
    .join(quote, (quote.c.deal_id == _LATEST.c.deal_id) & (quote.c.revision == _LATEST.c.revision))
    .join(quote_line, (quote_line.c.quote_id == quote.c.id) & (quote_line.c.position == invoice_line.c.position))
    .outerjoin(_COSTS, (_COSTS.c.document == invoice.c.number) & (_COSTS.c.position == invoice_line.c.position))
    .order_by(invoice_line.c.id)
)
_ALLOCATED = (
    select(allocation.c.payment_id, func.sum(allocation.c.amount).label("amount"))
    .where(allocation.c.allocated_on <= _LAST)
    .group_by(allocation.c.payment_id)
    .subquery()
)
_SPENT = (
    select(payment_use.c.payment_id, func.sum(payment_use.c.amount).label("amount"))
    .where(payment_use.c.purpose.in_(("payment", "refund")), payment_use.c.used_on <= _LAST)
    .group_by(payment_use.c.payment_id)
    .subquery()
)
_SOLD = select(gift_card.c.payment_id, gift_card.c.amount).subquery()
_PAYMENTS = (
    select(
        payment,
        func.coalesce(deal.c.number, "").label("deal_number"),
        customer.c.name.label("customer_name"),
        func.coalesce(_ALLOCATED.c.amount, 0).label("allocated"),
        (func.coalesce(_SPENT.c.amount, 0) + func.coalesce(_SOLD.c.amount, 0)).label("spent"),
    )
    .join_from(payment, customer, customer.c.id == payment.c.customer_id)
    .outerjoin(deal, deal.c.id == payment.c.deal_id)
    .outerjoin(_ALLOCATED, _ALLOCATED.c.payment_id == payment.c.id)
    .outerjoin(_SPENT, _SPENT.c.payment_id == payment.c.id)
    .outerjoin(_SOLD, _SOLD.c.payment_id == payment.c.id)
    .order_by(payment.c.id)
)
_BALANCES = (
    select(
        account.c.code,
        account.c.role,
        account.c.name,
        journal_entry.c.currency,
        func.sum(journal_line.c.debit),
        func.sum(journal_line.c.credit),
    )
    .join_from(journal_line, journal_entry)
    .join(account)
    .group_by(account.c.code, account.c.role, account.c.name, journal_entry.c.currency)
    .order_by(journal_entry.c.currency, account.c.code)
)


def revenue_report(session: Session, on: date, deal_id: int | None = None) -> RevenueReport:
    """The report over one deal or the whole file, as of a day; every figure is read, none is typed."""
    journal = [_journal_row(line) for line in books.journal(session, deal_id)]
    invoices = [_invoice_row(row) for row in session.rows(_of(_INVOICES, invoice.c.deal_id, deal_id))]
    days = [row.posted_on for row in journal] + [row.issued_on for row in invoices]
    company = our_company(session)
    title = "" if deal_id is None else session.value(select(deal.c.number).where(deal.c.id == deal_id))
    return RevenueReport(
        company=company.name if company else "",
        title=title,
        first=min(days, default=on),
        last=max([*days, on]),
        invoices=tuple(invoices),
        lines=tuple(_line_row(row) for row in session.rows(_of(_LINES, invoice.c.deal_id, deal_id))),
        payments=tuple(_payment_row(row) for row in session.rows(_of(_PAYMENTS, payment.c.deal_id, deal_id))),
        journal=tuple(journal),
        open_items=tuple(_open_item(row, on) for row in invoices if row.open > 0),
        balances=tuple(BalanceRow(*row) for row in session.rows(_of(_BALANCES, journal_entry.c.deal_id, deal_id))),
    )


def period_report(session: Session, first: date, last: date) -> RevenueReport:
    """The report over some days, both included: what was booked in them, and what stood open on the last of them.

    A document belongs to the day its journal entry is posted on, which is later than its own where a period was closed.
    """
    booked = _booked_rows(session, _INVOICES, invoice.c.number, invoice.c.issued_on, last)
    every = [_invoice_row(row) for row in booked]
    within = {row.number for row in booked if row.booked_on >= first}
    paid = _booked_rows(session, _PAYMENTS, payment.c.number, payment.c.paid_on, last)
    journal = [_journal_row(line) for line in books.journal(session)]
    company = our_company(session)
    return RevenueReport(
        company=company.name if company else "",
        title="",
        first=first,
        last=last,
        invoices=tuple(row for row in every if row.number in within),
        lines=tuple(_line_row(row) for row in session.rows(_LINES) if row.number in within),
        payments=tuple(_payment_row(row) for row in paid if row.booked_on >= first),
        journal=tuple(row for row in journal if first <= row.posted_on <= last),
        open_items=tuple(_open_item(row, last) for row in every if row.open > 0),
        balances=_balances(session, journal_entry.c.posted_on <= last),
        opening=_balances(session, journal_entry.c.posted_on < first),
        is_part=True,
    )


_BOOKED = (
    select(journal_entry.c.document, func.min(journal_entry.c.posted_on, type_=Day).label("day"))
    .group_by(journal_entry.c.document)
    .subquery()
)


def _booked_rows(
    session: Session, statement: Select[Any], number: ColumnElement[str], own_day: ColumnElement[date], last: date
) -> list[AnyRow]:
    """The rows of documents booked up to a day, with that day as `booked_on`; one without an entry has its own."""
    booked_on: ColumnElement[date] = func.coalesce(_BOOKED.c.day, own_day, type_=Day)
    dated = statement.add_columns(booked_on.label("booked_on")).outerjoin(_BOOKED, _BOOKED.c.document == number)
    return list(session.rows(dated.where(booked_on <= last), {"last": last}))


def _balances(session: Session, condition: ColumnElement[bool]) -> tuple[BalanceRow, ...]:
    return tuple(BalanceRow(*row) for row in session.rows(_BALANCES.where(condition)))


def _of(statement: Select[Any], column: ColumnElement[int], deal_id: int | None) -> Select[Any]:
    return statement if deal_id is None else statement.where(column == deal_id)


def _invoice_row(row: Any) -> InvoiceRow:
    is_note = row.kind == "credit_note"
    sign, opened = (-1, 0) if is_note else (1, row.open)
    return InvoiceRow(
        number=row.number,
        kind=row.kind,
        issued_on=row.issued_on,
        due_on=row.due_on,
        deal=row.deal_number,
        customer=row.customer_name,
        tax_id=row.tax_id,
        country=row.country,
        currency=row.currency,
        net=sign * row.net,
        tax=sign * row.tax,
        gross=sign * row.gross,
        settled=sign * row.gross - opened,
        open=opened,
        state=state(row.gross - row.early, opened - row.rounding if opened else 0, row.credited, is_note).value,
        corrects=row.corrects,
    )


def _line_row(row: Any) -> InvoiceLineRow:
    sign = -1 if row.kind == "credit_note" else 1
    return InvoiceLineRow(
        number=row.number,
        kind=row.kind,
        issued_on=row.issued_on,
        position=row.position,
        sku=row.sku,
        name=row.name,
        quantity=sign * row.quantity,
        unit=row.unit,
        unit_price=row.unit_price,
        currency=row.currency,
        net=sign * row.net,
        revenue=sign * row.earned,
        tax_category=row.tax_category,
        tax_rate=row.tax_rate,
        cost=row.cost,
    )


def _payment_row(row: Any) -> PaymentRow:
    incoming = row.direction == "in"
    return PaymentRow(
        number=row.number,
        paid_on=row.paid_on,
        deal=row.deal_number,
        customer=row.customer_name,
        method=row.method,
        reference=row.reference,
        currency=row.currency,
        amount=row.amount if incoming else -row.amount,
        allocated=row.allocated,
        unallocated=row.amount - row.allocated - row.spent if incoming else 0,
    )


def _journal_row(line: books.JournalLine) -> JournalRow:
    return JournalRow(
        entry=line.entry_id,
        posted_on=line.posted_on,
        happened_on=line.happened_on,
        document=line.document,
        text=line.text,
        account=line.code,
        role=line.role,
        name=line.name,
        currency=line.currency,
        debit=line.debit,
        credit=line.credit,
    )


def _open_item(row: InvoiceRow, on: date) -> OpenItemRow:
    return OpenItemRow(
        number=row.number,
        customer=row.customer,
        issued_on=row.issued_on,
        due_on=row.due_on,
        currency=row.currency,
        gross=row.gross,
        open=row.open,
        days_overdue=max((on - row.due_on).days, 0),
    )
