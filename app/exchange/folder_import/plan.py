"""From orders and payments to deal files, and to the order in which their steps happened. Pure.

Nobody wrote down which order a payment was for. It goes to the earliest open order of its customer whose total it
equals: before the goods were shipped it is a deposit, from that day on it settles the invoice, and money that came
before the order was the customer's credit until then. Where no order has that total, it stays the customer's credit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.catalog.rules import Product
from app.contracts.rules import Side
from app.core.errors import RuleViolation
from app.core.party import Party
from app.core.totals import Basis
from app.exchange.deal_file.shape import (
    AcceptQuote,
    Cancel,
    ConfirmReceipt,
    DealFile,
    Dispatch,
    Pay,
    SendQuote,
    SignContract,
    Step,
)
from app.exchange.deal_file.told_lines import told_lines
from app.exchange.folder_import.records import Folder, LineRow, OrderRow, PaymentRow, Status
from app.payments.rules import Method
from app.pricing.rules import Line, price


@dataclass(frozen=True, slots=True)
class Planned:
    """An order as a deal file."""

    order: OrderRow
    deal_file: DealFile


@dataclass(frozen=True, slots=True)
class Plan:
    """The deals of all orders; the payments that were credit when they came, and how many of those stay it."""

    deals: tuple[Planned, ...]
    credit: tuple[PaymentRow, ...]
    unmatched: int


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: money came that is for no order yet, a deal was opened, or a step of it was taken.

    `number` counts a deal's steps from 1; 0 opens it.
    """

    on: date
    deal: int = -1
    number: int = 0
    step: Step | None = None
    credit: PaymentRow | None = None


def reference(order_id: str) -> str:
    """How the deal of an order is known from outside."""
    return f"order {order_id}"


def plan(folder: Folder, currency: str, seller: Party | None) -> Plan:
    """What is to be done for a folder. Raises `RuleViolation` for an order that cannot be priced."""
    parties = {item.id: item.party for item in folder.customers}
    agreed = _agreed_lines(folder)
    totals = {order.id: _total(order, agreed[order.id], currency) for order in folder.orders}
    paid = _allot(folder.orders, folder.payments, totals)
    deals = [
        _deal(order, parties[order.customer_id], agreed[order.id], paid.get(order.id), currency, seller)
        for order in folder.orders
    ]
    in_time = {paid[o.id].row.number for o in folder.orders if o.id in paid and paid[o.id].paid_on >= o.ordered_on}
    credit = tuple(payment for payment in folder.payments if payment.row.number not in in_time)
    return Plan(tuple(deals), credit, len(folder.payments) - len(paid))


def _total(order: OrderRow, agreed: tuple[Line, ...], currency: str) -> int:
    try:
        return price(agreed, (), Basis(currency)).assembled.totals.gross
    except RuleViolation as violation:
        first = violation.problems[0]
        words = first.message.removeprefix(f"{first.field}: ")
        message = f"order {order.id} (row {order.row.number} of the orders): {words}"
        raise RuleViolation.of("order_id", first.code, message) from None


def _agreed_lines(folder: Folder) -> dict[str, tuple[Line, ...]]:
    """The lines of each order in their order: the agreed price, with list price and cost of the product."""
    products = {item.product.sku: item.product for item in folder.products}
    found: dict[str, list[Line]] = {}
    for row in sorted(folder.lines, key=lambda line: line.number):
        found.setdefault(row.order_id, []).append(_line(row, products[row.product_id]))
    return {order_id: tuple(lines) for order_id, lines in found.items()}


def _line(row: LineRow, product: Product) -> Line:
    return Line(
        name=product.name,
        quantity=row.quantity,
        unit_price=row.unit_price,
        tax=product.tax,
        sku=product.sku,
        description=product.description,
        list_price=product.unit_price,
        cost=product.cost,
    )


def _allot(
    orders: Iterable[OrderRow], payments: Iterable[PaymentRow], totals: Mapping[str, int]
) -> dict[str, PaymentRow]:
    """The payment of each order that one fits: by customer and exact total, the earliest of both first."""
    open_orders: dict[tuple[str, int], list[str]] = {}
    for order in sorted(orders, key=lambda order: order.ordered_on, reverse=True):
        if order.status is not Status.CANCELLED:
            open_orders.setdefault((order.customer_id, totals[order.id]), []).append(order.id)
    found = {}
    for payment in sorted(payments, key=lambda payment: payment.paid_on):
        if candidates := open_orders.get((payment.customer_id, payment.amount)):
            found[candidates.pop()] = payment
    return found


def _deal(
    order: OrderRow,
    customer: Party,
    agreed: tuple[Line, ...],
    payment: PaymentRow | None,
    currency: str,
    seller: Party | None,
) -> Planned:
    deal_file = DealFile(
        customer=customer,
        currency=currency,
        date=order.ordered_on,
        lines=told_lines(agreed),
        seller=seller,
        reference=reference(order.id),
        title=f"Order {order.id}",
        steps=tuple(_steps(order, payment)),
    )
    return Planned(order, deal_file)


def _steps(order: OrderRow, payment: PaymentRow | None) -> Iterator[Step]:
    """What happened to an order, by day."""
    on = order.ordered_on
    yield SendQuote(on)
    yield AcceptQuote(on)
    yield SignContract(on, Side.SELLER)
    yield SignContract(on, Side.BUYER)
    shipped_on = order.shipped_on or on
    received = order.status is not None and order.status.received
    if payment is not None and (not received or payment.paid_on < shipped_on):
        yield _pay(payment, on)
    if received:
        yield Dispatch(shipped_on)
        yield ConfirmReceipt(shipped_on)
        if payment is not None and payment.paid_on >= shipped_on:
            yield _pay(payment, on)
    elif order.status is Status.CANCELLED:
        yield Cancel(shipped_on, order.comment)


def _pay(payment: PaymentRow, ordered_on: date) -> Pay:
    """The payment of an order; from the customer's credit on the day of the order, if the money came before."""
    early = payment.paid_on < ordered_on
    method, on = (Method.CREDIT, ordered_on) if early else (Method.CHEQUE, payment.paid_on)
    return Pay(on, payment.amount, method, payment.reference)


def events(planned: Plan) -> list[Event]:
    """Everything in the order it happened; on the same day orders come first, then what became of them, then money."""
    found = [Event(payment.paid_on, credit=payment) for payment in planned.credit]
    for number, deal in enumerate(planned.deals):
        found.append(Event(deal.deal_file.date, number))
        found += [Event(step.on, number, count, step) for count, step in enumerate(deal.deal_file.steps, 1)]
    return sorted(found, key=lambda event: (event.on, _rank(event), event.deal, event.number))


def _rank(event: Event) -> int:
    if event.credit is not None:
        return 2
    if isinstance(event.step, Pay):
        return 0 if event.step.method is Method.CREDIT else 2
    return 1 if isinstance(event.step, Dispatch | ConfirmReceipt | Cancel) else 0
