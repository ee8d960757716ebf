"""What was promised to customers: cashback, points, gift cards and credit, told anew and set against the books."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, and_, case, func, select

from app.core.codec import from_plain
from app.core.errors import HandselError
from app.core.money import to_minor
from app.invoicing.cash_rounding import rounding_of
from app.invoicing.models import invoice
from app.invoicing.rules import Figures
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.payments.models import payment
from app.pipeline.proof.reading import differing, raw
from app.pipeline.proof.record import Record
from app.pipeline.proof.words import amounts, values
from app.rewards.cards import read_code
from app.rewards.models import cashback_entry, gift_card, points_entry, wallet_entry
from app.rewards.rules import Billed, Cashback, cashback_now, cashback_of, spread
from app.store.chain import chain
from app.store.history import history
from app.store.session import AnyRow, Session
from app.store.types import BigInt


def given_back(record: Record) -> Iterator[tuple[str, int, int]]:
    """What lowers the revenue of a deal beside its credit notes: document, line, amount in minor units."""
    paid = {row.id: row.number for row in record.rows["payments"]}
    for row in record.rows["discounts"]:
        figures = from_plain(Figures, json.loads(row.figures))
        for position, total in zip(figures.positions, figures.assembled.lines, strict=True):
            yield paid.get(row.payment_id, ""), position, total.earned
    lowering = [(row.invoice_id, row.document, row.promised) for row in record.rows["cashback"]]
    lowering += [(row.invoice_id, row.document, row.deferred) for row in record.rows["points"] if not row.spent]
    lowering += [(row.invoice_id, f"Wallet {row.id}", row.amount) for row in record.rows["wallet"] if row.invoice_id]
    for invoice_id, document, amount in lowering:
        lines = record.lines_of("invoice_lines", "invoice_id", invoice_id)
        for line, part in zip(lines, spread(amount, [line.earned for line in lines]), strict=True):
            yield document, line.position, part


def cashback(record: Record) -> Iterator[str]:
    """Cashback is its percentage of what stays invoiced, and is the customer's credit as far as that is paid."""
    percent, before = record.agreed[0].terms.cashback_percent, 0
    kept = Cashback()
    for row in record.rows["invoices"]:
        if row.kind != "invoice":
            continue
        agreed, before = cashback_of(percent, before, row.gross), before + max(row.gross, 0)
        entries = record.lines_of("cashback", "invoice_id", row.id)
        found = Cashback(sum(entry.promised for entry in entries), sum(entry.credited for entry in entries))
        kept += found
        first = entries[0].promised if entries else 0
        yield from amounts(f"invoice {row.number}: cashback promised", first, agreed, record.currency)
        yield from _cashback_of(record, row, agreed, found)
    books = record.balances.get(Role.CASHBACK_LIABILITY.value, 0)
    yield from amounts(f"{record.name}: cashback owed in the books", -books, kept.owed, record.currency)


def _cashback_of(record: Record, row: AnyRow, agreed: int, found: Cashback) -> Iterator[str]:
    """How it stands now; what a document took back of it at most what that document gave, is told by `settled`."""
    notes = record.lines_of("invoices", "corrects_id", row.id)
    lowered = sum(note.gross for note in notes)
    lowered += sum(item.gross for item in record.lines_of("discounts", "invoice_id", row.id))
    # with nothing to take back from, credit stays as it was: what is kept is then the most that can be due
    due = cashback_now(agreed, Billed(row.gross, lowered, _open(record, row.number), row.rounding), found)
    yield from amounts(f"invoice {row.number}: cashback", found.promised, due.promised, record.currency)
    yield from amounts(f"invoice {row.number}: cashback credited", found.credited, due.credited, record.currency)


def _open(record: Record, number: str) -> int:
    return record.receivables.get(number, 0)


def liabilities(session: Session) -> Iterator[str]:
    """What is owed as cashback, points, gift cards and credit is what was promised and not used, never below zero."""
    moved = journal_line.c.debit - journal_line.c.credit
    for role, facts in _FACTS.items():
        books = select(journal_entry.c.currency, moved).join_from(journal_line, journal_entry)
        for currency, off in differing(session, books.where(journal_line.c.role == role.value), *facts):
            yield f"{role.value} in {currency} is {abs(off)} minor units off what was promised and not used"
    roles = [role.value for role in (*_FACTS, Role.CUSTOMER_CREDIT)]
    key = (journal_line.c.role, journal_line.c.customer_id, journal_entry.c.currency)
    below = select(*key).join_from(journal_line, journal_entry).where(journal_line.c.role.in_(roles)).group_by(*key)
    for name, customer_id, currency in session.stream(below.having(func.sum(moved, type_=BigInt) > 0).order_by(*key)):
        yield f"{name} of customer {customer_id} in {currency} has fallen below zero"


_CASHBACK = select(invoice.c.currency, cashback_entry.c.promised - cashback_entry.c.credited)
_POINTS = select(invoice.c.currency, points_entry.c.deferred)
_ENDED = select(wallet_entry.c.currency, -wallet_entry.c.released).where(wallet_entry.c.gift_card_id.is_not(None))
_FACTS: dict[Role, tuple[Any, ...]] = {
    Role.CASHBACK_LIABILITY: (_CASHBACK.join_from(cashback_entry, invoice),),
    Role.POINTS_LIABILITY: (_POINTS.join_from(points_entry, invoice),),
    Role.GIFT_CARD_LIABILITY: (select(gift_card.c.currency, gift_card.c.amount), _ENDED),
}
"""What each liability consists of, by the facts."""


_CARDS = (
    select(
        *raw(gift_card, "id", "code", "amount", "currency"),
        payment.c.amount.label("paid"),
        func.coalesce(func.sum(wallet_entry.c.released, type_=BigInt), 0).label("ended"),
        func.count(wallet_entry.c.id).label("uses"),
    )
    .join_from(gift_card, payment)
    .outerjoin(wallet_entry, wallet_entry.c.gift_card_id == gift_card.c.id)
    .group_by(gift_card.c.id, payment.c.id)
    .order_by(gift_card.c.id)
)


def gift_cards(session: Session) -> Iterator[str]:
    """Every gift card has a true code, was paid, and was used once at most."""
    for row in session.stream(_CARDS):
        what = f"gift card {row.id}"
        yield from amounts(f"{what}: its price", row.amount, row.paid, row.currency)
        try:
            read_code(row.code)
        except HandselError:
            yield f"{what} has a code whose check characters do not fit"
        if row.uses > 1 or row.ended not in (0, row.amount):
            yield f"{what} was used more than once"


_PER_INVOICE = (
    select(
        invoice.c.number,
        *(
            func.sum(points_entry.c[name], type_=BigInt).label(name)
            for name in ("promised", "granted", "spent", "deferred")
        ),
    )
    .join_from(points_entry, invoice)
    .group_by(invoice.c.id, invoice.c.number)
    .order_by(invoice.c.id)
)


def points(session: Session) -> Iterator[str]:
    """Nobody has more points than were promised, or spent more than were granted; no points mean no liability."""
    for row in session.stream(_PER_INVOICE):
        if not 0 <= row.spent <= row.granted <= row.promised:
            told = f"{row.promised} promised, {row.granted} granted, {row.spent} spent"
            yield f"the points of invoice {row.number} do not fit: {told}"
        if row.deferred < 0 or (row.promised == row.spent and row.deferred):
            yield f"the liability for the points of invoice {row.number} is {row.deferred}"


_CREDITED = case(
    (journal_line.c.role == Role.CUSTOMER_CREDIT.value, journal_line.c.credit - journal_line.c.debit), else_=0
)
_BOOKED = (
    select(
        journal_entry.c.document,
        func.count(journal_entry.c.id.distinct()).label("entries"),
        func.sum(_CREDITED, type_=BigInt).label("credited"),
        func.max(*raw(journal_entry, "happened_on")).label("booked_on"),
    )
    .join_from(journal_entry, journal_line)
    .where(journal_entry.c.document.startswith("Wallet "))
    .group_by(journal_entry.c.document)
    .subquery()
)
_GIVEN = (
    select(
        *raw(wallet_entry, "id", "kind", "amount", "happened_on", "currency"),
        _BOOKED.c.entries,
        func.coalesce(_BOOKED.c.credited, 0).label("credited"),
        _BOOKED.c.booked_on,
    )
    .join_from(wallet_entry, _BOOKED, _BOOKED.c.document == "Wallet " + wallet_entry.c.id.cast(Text), full=True)
    .order_by(wallet_entry.c.id)
)


def wallets(session: Session) -> Iterator[str]:
    """Every entry of a wallet is booked once, on its day, by its amount."""
    for row in session.stream(_GIVEN):
        what = f"wallet entry {row.id}"
        if row.id is None or (row.entries or 0) > 1:
            yield f"{what} is booked as often as {row.entries} times"
            continue
        due = {"expired": -row.amount, "card_expired": 0, "points_expired": 0}.get(row.kind, row.amount)
        yield from amounts(f"{what}: credit in the books", row.credited, due, row.currency)
        if row.entries:
            yield from values(f"{what}: day", row.booked_on, row.happened_on)


_STEPS = (
    select(*raw(history, "details"), chain.c.id.label("link"))
    .join_from(history, chain, and_(chain.c.kind == "history", chain.c.subject == history.c.id))
    .where(history.c.action == "set_cash_rounding")
    .order_by(history.c.id)
)
_ROUNDED = (
    select(*raw(invoice, "number", "currency", "gross", "prepaid", "rounding"), chain.c.id.label("link"))
    .join_from(invoice, chain, and_(chain.c.kind == "document", chain.c.subject == invoice.c.document_id))
    .where(invoice.c.kind == "invoice")
    .order_by(chain.c.id)
)


def cash_rounding(session: Session) -> Iterator[str]:
    """What an invoice asks for was rounded to the coin that was chosen at the time, by a line of its own."""
    chosen, steps = session.stream(_STEPS), dict[str, int]()
    coming = next(chosen, None)
    for row in session.stream(_ROUNDED):
        while coming is not None and coming.link < row.link:
            told = json.loads(coming.details)
            step = told.get("step")
            steps[told["currency"]] = 1 if step is None else to_minor(Decimal(step), told["currency"])
            coming = next(chosen, None)
        due = rounding_of(max(row.gross - row.prepaid, 0), steps.get(row.currency, 1))
        yield from amounts(f"invoice {row.number}: cash rounding", row.rounding, due, row.currency)
