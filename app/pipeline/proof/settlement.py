"""What became of every payment, told anew from the journal: allocations, and which deposit or credit was used up when.

The chain's order is the order in which things were done; deposits and credit are used up oldest first. So each
allocation and each use follows from the entries, and the rows have to be exactly these, in this order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import Text, and_, case, func, literal, null, select, type_coerce

from app.invoicing.models import allocation, invoice
from app.ledger.models import document, journal_entry, journal_line
from app.ledger.rules import Role
from app.payments.models import payment, payment_use
from app.payments.rules import Method, Purpose, Source, money_role, take
from app.pipeline.proof.reading import raw
from app.pipeline.proof.words import amounts, values
from app.rewards.models import wallet_entry
from app.store.chain import chain
from app.store.session import AnyRow, Session
from app.store.types import BigInt

_MONEY = (Role.BANK, Role.CASH, Role.CONTRACT_LIABILITY, Role.CUSTOMER_CREDIT)
_TOUCHED = select(journal_line.c.entry_id).where(journal_line.c.role.in_([role.value for role in _MONEY]))
_PAYMENT = (
    payment.c.id.label("payment_id"),
    payment.c.customer_id.label("payer_id"),
    payment.c.currency.label("paid_in"),
    payment.c.amount.label("paid"),
    *raw(payment, "direction", "paid_on", "method", "reference", "reason", "deposit", "credit"),
)
_WALLET_ID = case(
    (journal_entry.c.document.startswith("Wallet "), func.substr(journal_entry.c.document, 8).cast(BigInt)), else_=0
)
"""Which entry of a wallet an entry of the journal books, or 0."""

_ENTRIES = (
    select(
        chain.c.id.label("link"),
        *raw(journal_entry, "document", "happened_on", "currency", "text", "deal_id"),
        journal_line.c.role,
        (journal_line.c.debit - journal_line.c.credit).label("amount"),
        journal_line.c.document.label("place"),
        journal_line.c.customer_id,
        invoice.c.id.label("invoice_id"),
        *_PAYMENT,
        *raw(wallet_entry, "kind", "expires_on"),
    )
    .join_from(journal_entry, journal_line)
    .join(chain, and_(chain.c.subject == journal_entry.c.id, chain.c.kind == "entry"))
    .outerjoin(payment, payment.c.number == journal_entry.c.document)
    .outerjoin(invoice, and_(invoice.c.number == journal_entry.c.document, invoice.c.kind == "invoice"))
    .outerjoin(wallet_entry, wallet_entry.c.id == _WALLET_ID)
    .where(journal_entry.c.id.in_(_TOUCHED))
    .order_by(chain.c.id, journal_line.c.id)
)
_SILENT = (
    select(
        chain.c.id.label("link"),
        payment.c.number.label("document"),
        type_coerce(payment.c.paid_on, Text).label("happened_on"),
        payment.c.currency.label("currency"),
        literal(None).label("text"),
        payment.c.deal_id,
        literal(Role.CUSTOMER_CREDIT.value).label("role"),
        literal(0).label("amount"),
        literal("").label("place"),
        payment.c.customer_id,
        literal(None).label("invoice_id"),
        *_PAYMENT,
        null().label("kind"),
        null().label("expires_on"),
    )
    .join_from(payment, document, and_(document.c.deal_id == payment.c.deal_id, document.c.number == payment.c.number))
    .join(chain, and_(chain.c.subject == document.c.id, chain.c.kind == "document"))
    .where(payment.c.method == Method.CREDIT.value, payment.c.credit == payment.c.amount)
    .order_by(chain.c.id)
)
"""Credit paid where nothing was open stays credit: it makes no entry, so the seal of its receipt tells when it was."""

_USES = select(*raw(payment_use, "payment_id", "used_on", "source", "purpose", "document", "amount")).order_by(
    payment_use.c.id
)
_ALLOCATIONS = (
    select(allocation.c.payment_id, *raw(allocation, "allocated_on"), invoice.c.number, allocation.c.amount)
    .join_from(allocation, invoice)
    .order_by(allocation.c.id)
)
Tally: TypeAlias = dict[Any, dict[Any, int]]
"""What is left by deal or customer, and by payment, or by last day and place for credit that expires."""


@dataclass(slots=True)
class Told:
    """The story so far: what is left of deposits and credit, and the rows that follow from it.

    Credit that expires is used up before any that was paid for.
    """

    deposits: Tally = field(default_factory=dict)
    credits: Tally = field(default_factory=dict)
    expiring: Tally = field(default_factory=dict)
    uses: list[tuple[Any, ...]] = field(default_factory=list)
    allocations: list[tuple[Any, ...]] = field(default_factory=list)


def told_anew(session: Session) -> Iterator[str]:
    """Every payment's entry is what the payment says, and every use and allocation follows from the entries."""
    story, uses, settled = Told(), session.stream(_USES), session.stream(_ALLOCATIONS)
    events = merge(session.stream(_ENTRIES), session.stream(_SILENT), key=_link)
    for _, rows in groupby(events, key=_link):
        yield from _entry(list(rows), story)
        yield from _same("use of a payment", story.uses, uses)
        yield from _same("allocation", story.allocations, settled)
    for row in uses:
        yield f"a use of a payment follows from nothing: {tuple(row)}"
    for row in settled:
        yield f"an allocation follows from nothing: {tuple(row)}"


def _link(row: AnyRow) -> int:
    """Where in the chain it stands: that is the order in which things were done."""
    return int(row.link)


def _same(noun: str, due: list[tuple[Any, ...]], kept: Iterator[AnyRow]) -> Iterator[str]:
    for wanted in due:
        row = next(kept, None)
        yield from values(f"{noun} (payment, day, ..., amount)", None if row is None else tuple(row), wanted)
    due.clear()


def _entry(lines: Sequence[AnyRow], story: Told) -> Iterator[str]:
    first = lines[0]
    if any(line.role == Role.CASHBACK_LIABILITY.value for line in lines):
        return  # it comes from no payment; what it comes to is told by the checks of rewards
    if first.kind is not None:
        _wallet(lines, story)
    elif first.payment_id is not None:
        if first.text is not None:
            yield from _booked(lines)
        _pay(lines, story)
    elif (held := _sum(lines, Role.CONTRACT_LIABILITY)) > 0:
        _use_deposit(first, held, story)


def _sum(lines: Sequence[AnyRow], role: Role) -> int:
    return sum(line.amount for line in lines if line.role == role.value)


def _wallet(lines: Sequence[AnyRow], story: Told) -> None:
    """Credit that was given with a last day, or that has expired; credit without one is used up last."""
    row, amount = lines[0], -_sum(lines, Role.CUSTOMER_CREDIT)
    payer = next((line.customer_id for line in lines if line.customer_id is not None), None), row.currency
    if row.kind == "expired":
        _take(story.expiring, payer, -amount)
    elif row.expires_on is not None:
        _add(story.expiring, payer, (row.expires_on, row.link), amount)


def _booked(lines: Sequence[AnyRow]) -> Iterator[str]:
    """The entry of a payment has its day, its customer, its text and its parts."""
    row = lines[0]
    what, customers = f"payment {row.document}", {line.customer_id for line in lines} - {None}
    yield from values(f"{what}: day", row.paid_on, row.happened_on)
    yield from values(f"{what}: currency", row.paid_in, row.currency)
    is_card = row.deal_id is None and not row.credit  # whoever brings a gift card is paid, not who bought it
    yield from values(f"{what}: customer", set() if is_card else {row.payer_id}, customers)
    yield from values(f"{what}: text of its entry", row.text, _text(row))
    if row.direction == "out":
        yield from values(f"{what}: deposit and credit", (row.deposit, row.credit), (0, 0))
    for role, amount in _parts(row).items():
        yield from amounts(f"{what}: {role.value} in its entry", _sum(lines, role), amount, row.currency)


def _text(row: AnyRow) -> str:
    if row.direction == "out":
        return f"Refund: {row.reason}" if row.reason else "Refund"
    return f"Payment by {row.method}" + (f", {row.reference}" if row.reference else "")


def _parts(row: AnyRow) -> dict[Role, int]:
    """What the entry of a payment moves, by role, positive where it is a debit."""
    money = money_role(Method(row.method))
    if row.direction == "out":
        return {Role.CUSTOMER_CREDIT: row.paid, money: -row.paid}
    parts = {Role.CUSTOMER_CREDIT: -row.credit, Role.CONTRACT_LIABILITY: -row.deposit}
    settles = Role.GIFT_CARD_LIABILITY if row.deal_id is None else Role.RECEIVABLE
    parts[settles] = row.deposit + row.credit - row.paid
    parts[money] = parts.get(money, 0) + row.paid
    return parts


def _pay(lines: Sequence[AnyRow], story: Told) -> None:
    """Money in settles invoices and adds to deposit and credit; credit paid with, or paid back, is used up."""
    row = lines[0]
    for line in lines:
        if line.role == Role.RECEIVABLE.value:
            story.allocations.append((row.payment_id, row.happened_on, line.place, -line.amount))
    payer = row.payer_id, row.currency
    if row.direction == "out" or row.method == Method.CREDIT.value:
        purpose = Purpose.REFUND if row.direction == "out" else Purpose.PAYMENT
        elsewhere = sum(part for _, part in _take(story.expiring, payer, row.paid - row.credit))
        for payment_id, part in _take(story.credits, payer, row.paid - elsewhere):
            use = payment_id, row.happened_on, Source.CREDIT.value, purpose.value, row.document, part
            story.uses.append(use)
    if row.direction == "in":
        _add(story.deposits, row.deal_id, row.payment_id, row.deposit)
        _add(story.credits, payer, row.payment_id, row.credit)


def _use_deposit(row: AnyRow, held: int, story: Told) -> None:
    """A deposit is used up for an invoice, or freed: then it is the customer's credit."""
    freed = row.invoice_id is None
    purpose = Purpose.CREDIT if freed else Purpose.INVOICE
    for payment_id, part in _take(story.deposits, row.deal_id, held):
        use = payment_id, row.happened_on, Source.DEPOSIT.value, purpose.value, row.document, part
        story.uses.append(use)
        if freed:
            _add(story.credits, (row.customer_id, row.currency), payment_id, part)
        else:
            story.allocations.append((payment_id, row.happened_on, row.document, part))


def _add(tally: Tally, key: Any, payment_id: Any, amount: int) -> None:
    if amount:
        left = tally.setdefault(key, {})
        left[payment_id] = left.get(payment_id, 0) + amount


def _take(tally: Tally, key: Any, amount: int) -> list[tuple[Any, int]]:
    """Take from what is left, oldest payment first; what is used up is forgotten."""
    left = tally.get(key, {})
    order = sorted(left)
    taken = [(order[place], part) for place, part in take(amount, enumerate(left[name] for name in order))]
    for payment_id, part in taken:
        left[payment_id] -= part
        if not left[payment_id]:
            del left[payment_id]
    if not left:
        tally.pop(key, None)
    return taken
