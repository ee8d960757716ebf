"""The outcome of a deal as the deal file promises it: plain JSON, every amount with its currency's decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from app.core.money import amount_text, decimals
from app.core.quantity import plain
from app.core.totals import Assembled, Reduction, Totals, Typed
from app.delivery.queries import Delivery
from app.exchange.deal_file.places import Places
from app.invoicing.document import InvoiceKind
from app.invoicing.queries import Invoice
from app.ledger.queries import JournalLine
from app.payments.queries import Payment
from app.pipeline.queries import DealView
from app.pricing.rules import Line, waterfall
from app.quotes.rules import state_on

FORMAT = "handsel-outcome/1"


def outcome(view: DealView, on: date, extra_documents: Sequence[str] = ()) -> dict[str, Any]:
    """The outcome of a deal as of a day; `extra_documents` are files that belong to no single document.

    Lines are counted as a deal file counts them: all lines of one bundle carry its number.
    """
    places = Places(view.quote.offer.lines)
    return {
        "format": FORMAT,
        "deal": {"number": view.deal.number, "state": view.state.value, "currency": view.deal.currency},
        "quote": _quote(view, places, on),
        "contract": _contract(view),
        "deliveries": [_delivery(places, item) for item in view.deliveries],
        "invoices": [_invoice(view, places, item) for item in view.invoices],
        "payments": [_payment(view, item) for item in view.payments],
        "customer_balance": _amount(view, view.customer_balance),
        "customer_credit": _amount(view, view.money.credit),
        "revenue": [
            {
                "date": item.earned_on.isoformat(),
                "line": places.number(item.position),
                "amount": _amount(view, item.amount),
                "document": item.document,
            }
            for item in view.revenue
        ],
        "journal": _journal(view.journal),
        "documents": [f"{item.file_name}.pdf" for item in view.documents] + list(extra_documents),
    }


def _amount(view: DealView, minor: int) -> str:
    return amount_text(minor, view.deal.currency)


def number_text(value: Decimal) -> str:
    """A quantity or percentage as plain text without trailing zeros."""
    return str(plain(value))


def price_text(value: Decimal, currency: str) -> str:
    """A unit price with at least the decimals of its currency, and more only where it has them."""
    places = decimals(currency)
    short = plain(value)
    return str(short if -int(short.as_tuple().exponent) > places else short.quantize(Decimal(1).scaleb(-places)))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _quote(view: DealView, places: Places, on: date) -> dict[str, Any]:
    quote, priced = view.quote, view.priced
    positions = range(1, len(quote.offer.lines) + 1)
    quantities = [line.quantity for line in quote.offer.lines]
    margin = view.margin_percent
    return {
        "number": quote.number or None,
        "revision": quote.revision,
        "state": state_on(quote.state, quote.valid_until, on).value,
        "valid_until": _day(quote.valid_until),
        "lines": _priced(view, places, positions, quantities, priced.typed, priced.assembled),
        "totals": _totals(view, priced.assembled.totals),
        "margin_percent": None if margin is None else str(margin),
    }


def _priced(
    view: DealView,
    places: Places,
    positions: Iterable[int],
    quantities: Sequence[Decimal],
    typed: Typed,
    assembled: Assembled,
) -> list[dict[str, Any]]:
    lines, reductions = view.quote.offer.lines, view.quote.offer.reductions
    columns = [(reductions[piece.reduction], column) for column, piece in enumerate(typed.pieces)]
    return [
        {"line": places.number(position)}
        | _priced_line(view, lines[position - 1], quantities[index], typed, assembled, index, columns)
        for index, position in enumerate(positions)
    ]


def _priced_line(
    view: DealView,
    line: Line,
    quantity: Decimal,
    typed: Typed,
    assembled: Assembled,
    index: int,
    columns: Sequence[tuple[Reduction, int]],
) -> dict[str, Any]:
    sold = replace(line, quantity=quantity)
    steps = waterfall(sold, view.deal.currency, typed.lines[index], assembled, index, columns)
    return {
        "sku": line.sku or None,
        "name": line.name,
        "quantity": number_text(quantity),
        "unit": line.unit,
        "unit_price": price_text(line.unit_price, view.deal.currency),
        "net": _amount(view, assembled.lines[index].net),
        "tax_category": line.tax.category.value,
        "tax_rate": number_text(line.tax.rate),
        "waterfall": [
            {"step": step.step.value, "reason": step.reason, "amount": _amount(view, step.amount)} for step in steps
        ],
    }


def _totals(view: DealView, totals: Totals, prepaid: int = 0, rounding: int = 0) -> dict[str, Any]:
    amounts = {
        name: _amount(view, getattr(totals, name))
        for name in ("lines_net", "discounts", "charges", "net", "tax", "gross")
    }
    return amounts | {
        "prepaid": _amount(view, prepaid),
        "rounding": _amount(view, rounding),
        "payable": _amount(view, totals.gross - prepaid + rounding),
        "tax_breakdown": [
            {
                "category": row.tax.category.value,
                "rate": number_text(row.tax.rate),
                "taxable": _amount(view, row.taxable),
                "tax": _amount(view, row.amount),
            }
            for row in totals.breakdown
        ],
    }


def _contract(view: DealView) -> dict[str, Any] | None:
    contract = view.contract
    if contract is None:
        return None
    return {
        "number": contract.number,
        "version": contract.version,
        "state": contract.state.value,
        "sha256": contract.sha256,
    }


def _delivery(places: Places, item: Delivery) -> dict[str, Any]:
    return {
        "number": item.number,
        "dispatched": _day(item.dispatched_on),
        "received": _day(item.received_on),
        "state": item.state.value,
        "lines": [
            {
                "line": places.number(row.position),
                "dispatched": number_text(row.dispatched),
                "accepted": number_text(row.accepted),
            }
            for row in item.lines
        ],
    }


def _invoice(view: DealView, places: Places, item: Invoice) -> dict[str, Any]:
    figures = item.figures
    return {
        "number": item.number,
        "kind": item.kind.value,
        "date": _day(item.issued_on),
        "due": _day(item.due_on),
        "state": item.state.value,
        "lines": _priced(view, places, figures.positions, figures.quantities, figures.typed, figures.assembled),
        "totals": _totals(view, figures.totals, item.prepaid, item.rounding),
        "open": _amount(view, item.open if item.kind is InvoiceKind.INVOICE else 0),
    }


def _payment(view: DealView, item: Payment) -> dict[str, Any]:
    allocated = [part for part in view.allocations if part.payment_id == item.id]
    sign = 1 if item.direction == "in" else -1
    left = item.amount - sum(part.amount for part in allocated) - item.spent if sign > 0 else 0
    return {
        "number": item.number,
        "date": _day(item.paid_on),
        "method": item.method,
        "amount": _amount(view, sign * item.amount),
        "allocated": [{"invoice": part.invoice, "amount": _amount(view, part.amount)} for part in allocated],
        "unallocated": _amount(view, left),
    }


def _journal(lines: Sequence[JournalLine]) -> list[dict[str, Any]]:
    entries = [list(members) for _, members in groupby(lines, key=lambda line: line.entry_id)]
    return [
        {
            "date": _day(members[0].posted_on),
            "document": members[0].document,
            "text": members[0].text,
            "entries": [
                {
                    "account": line.code,
                    "role": line.role,
                    "name": line.name,
                    "debit": amount_text(line.debit, line.currency),
                    "credit": amount_text(line.credit, line.currency),
                }
                for line in members
            ],
        }
        for members in entries
    ]
