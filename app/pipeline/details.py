"""One document with its deal, for its own screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Table, bindparam, select

from app.contracts.models import contract, contract_version, signature
from app.contracts.queries import Signature
from app.contracts.rules import Side
from app.core.codec import from_plain
from app.core.errors import NotFound
from app.core.printed import Change, Clause
from app.delivery.models import delivery, delivery_line, receipt, receipt_line
from app.delivery.queries import Delivery
from app.delivery.rules import Confirmed
from app.invoicing.document import InvoiceKind
from app.invoicing.models import allocation, invoice
from app.invoicing.queries import Invoice
from app.ledger.queries import Issued
from app.payments.models import payment
from app.payments.queries import Payment
from app.pipeline import queries
from app.pipeline.queries import DealView
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Use:
    """Part of a payment that settles an invoice, in minor units."""

    payment_id: int
    payment: str
    invoice_id: int
    invoice: str
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice or credit note; `uses` settle it, `notes` correct it, `corrects` is what it corrects itself."""

    view: DealView
    invoice: Invoice
    issued: Issued
    uses: tuple[Use, ...]
    notes: tuple[Invoice, ...]
    corrects: Invoice | None
    place: int
    """Its number among the deal's invoices, counted from 1; 0 for a credit note."""


@dataclass(frozen=True, slots=True)
class PaymentDetail:
    """A payment or refund of a deal, with what it settles; without a deal `view` and `issued` are None."""

    view: DealView | None
    payment: Payment
    issued: Issued | None
    uses: tuple[Use, ...]
    customer_id: int
    currency: str


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """A line of a delivery with everything that was said of it on arrival."""

    position: int
    name: str
    unit: str
    dispatched: Decimal
    confirmed: Confirmed

    @property
    def in_transit(self) -> Decimal:
        """What is still on its way."""
        return self.dispatched - self.confirmed.total


@dataclass(frozen=True, slots=True)
class DeliveryDetail:
    """A delivery with its lines."""

    view: DealView
    delivery: Delivery
    issued: Issued
    override: str
    lines: tuple[DeliveredLine, ...]
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a contract: what changed in it, its clauses, and who signed it."""

    version: int
    made_on: date
    issued: Issued
    clauses: tuple[Clause, ...]
    changes: tuple[Change, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class ContractDetail:
    """A contract with all its versions, the newest first."""

    view: DealView
    versions: tuple[Version, ...]


_USES = (
    select(
        payment.c.id, payment.c.number, invoice.c.id, invoice.c.number, allocation.c.allocated_on, allocation.c.amount
    )
    .select_from(allocation.join(payment).join(invoice, invoice.c.id == allocation.c.invoice_id))
    .order_by(allocation.c.id)
)
_CONFIRMED = (
    select(
        delivery_line.c.position,
        receipt_line.c.accepted,
        receipt_line.c.damaged,
        receipt_line.c.missing,
        receipt_line.c.refused,
        receipt.c.confirmed_by,
    )
    .select_from(delivery_line.join(receipt_line, receipt_line.c.delivery_line_id == delivery_line.c.id).join(receipt))
    .where(delivery_line.c.delivery_id == bindparam("delivery_id"))
    .order_by(receipt_line.c.id)
)
_VERSIONS = (
    select(contract_version)
    .join_from(contract_version, contract)
    .where(contract.c.deal_id == bindparam("deal_id"))
    .order_by(contract_version.c.version.desc())
)
_SIGNATURES = (
    select(signature.c.version_id, signature.c.party, signature.c.name, signature.c.signed_on)
    .select_from(signature.join(contract_version).join(contract))
    .where(contract.c.deal_id == bindparam("deal_id"))
    .order_by(signature.c.id)
)


def of_invoice(session: Session, invoice_id: int, on: date) -> InvoiceDetail:
    """An invoice or credit note with its deal. Raises `NotFound`."""
    view = queries.view(session, _deal_of(session, invoice, invoice_id), on)
    found = next(item for item in view.invoices if item.id == invoice_id)
    invoices = [item.id for item in view.invoices if item.kind is InvoiceKind.INVOICE]
    return InvoiceDetail(
        view=view,
        invoice=found,
        issued=_issued(view, found.number),
        uses=_uses(session, invoice_id=invoice_id),
        notes=tuple(item for item in view.invoices if item.corrects_id == invoice_id),
        corrects=next((item for item in view.invoices if item.id == found.corrects_id), None),
        place=invoices.index(invoice_id) + 1 if invoice_id in invoices else 0,
    )


def of_payment(session: Session, payment_id: int, on: date) -> PaymentDetail:
    """A payment or refund, with its deal if it has one. Raises `NotFound`."""
    row = session.row(select(payment).where(payment.c.id == payment_id))
    if row is None:
        raise NotFound(f"There is no payment with the id {payment_id}.")
    uses = _uses(session, payment_id=payment_id)
    if row.deal_id is None:
        plain = Payment(
            row.id, row.number, row.direction, row.paid_on, row.method, row.reference, row.reason, row.amount, 0,
            row.credit, 0,
        )  # fmt: skip
        return PaymentDetail(None, plain, None, uses, row.customer_id, row.currency)
    view = queries.view(session, row.deal_id, on)
    found = next(item for item in view.payments if item.id == payment_id)
    return PaymentDetail(view, found, _issued(view, found.number), uses, row.customer_id, row.currency)


def of_delivery(session: Session, delivery_id: int, on: date) -> DeliveryDetail:
    """A delivery with its deal. Raises `NotFound`."""
    view = queries.view(session, _deal_of(session, delivery, delivery_id), on)
    found = next(item for item in view.deliveries if item.id == delivery_id)
    sums: dict[int, Confirmed] = {}
    people: list[str] = []
    for row in session.rows(_CONFIRMED, {"delivery_id": delivery_id}):
        known = sums.get(row.position, Confirmed())
        sums[row.position] = Confirmed(
            known.accepted + row.accepted,
            known.damaged + row.damaged,
            known.missing + row.missing,
            known.refused + row.refused,
        )
        people.append(row.confirmed_by)
    sold = view.quote.offer.lines
    lines = tuple(
        DeliveredLine(
            line.position,
            sold[line.position - 1].name,
            sold[line.position - 1].unit,
            line.dispatched,
            sums.get(line.position, Confirmed()),
        )
        for line in found.lines
    )
    override = str(session.value(select(delivery.c.override).where(delivery.c.id == delivery_id)) or "")
    names = tuple(dict.fromkeys(name for name in people if name))
    return DeliveryDetail(view, found, _issued(view, found.number), override, lines, names)


def of_contract(session: Session, deal_id: int, on: date) -> ContractDetail:
    """The contract of a deal with all its versions. Raises `NotFound`."""
    view = queries.view(session, deal_id, on)
    rows = session.rows(_VERSIONS, {"deal_id": deal_id})
    if not rows:
        raise NotFound("This deal has no contract yet.")
    documents = {item.id: item for item in view.documents}
    signed: dict[int, list[Signature]] = {}
    for row in session.rows(_SIGNATURES, {"deal_id": deal_id}):
        signed.setdefault(row.version_id, []).append(Signature(Side(row.party), row.name, row.signed_on))
    versions = tuple(
        Version(
            version=row.version,
            made_on=row.made_on,
            issued=documents[row.document_id],
            clauses=tuple(from_plain(Clause, item) for item in row.clauses),
            changes=tuple(from_plain(Change, item) for item in row.changes),
            signatures=tuple(signed.get(row.id, ())),
        )
        for row in rows
    )
    return ContractDetail(view, versions)


def invoice_id(session: Session, number: str) -> int | None:
    """The invoice or credit note with this number, for a link to it."""
    found = session.value(select(invoice.c.id).where(invoice.c.number == number))
    return None if found is None else int(found)


def _deal_of(session: Session, table: Table, row_id: int) -> int:
    found = session.value(select(table.c.deal_id).where(table.c.id == row_id))
    if found is None:
        raise NotFound(f"There is no {table.name} with the id {row_id}.")
    return int(found)


def _issued(view: DealView, number: str) -> Issued:
    return next(item for item in view.documents if item.number == number and item.kind not in ("quote", "contract"))


def _uses(session: Session, payment_id: int | None = None, invoice_id: int | None = None) -> tuple[Use, ...]:
    if payment_id is not None:
        return tuple(Use(*row) for row in session.rows(_USES.where(allocation.c.payment_id == payment_id)))
    return tuple(Use(*row) for row in session.rows(_USES.where(allocation.c.invoice_id == invoice_id)))
