"""Issuing invoices and credit notes, and settling them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.codec import to_plain
from app.core.dates import add_days
from app.core.money import amount_text
from app.core.printed import PrintedLine
from app.deals.queries import Deal
from app.invoicing.cash_rounding import rounding_of, step_of
from app.invoicing.document import InvoiceDocument, InvoiceKind
from app.invoicing.early import discount_figures, discount_postings, printed_terms
from app.invoicing.models import allocation, early_discount, invoice, invoice_line
from app.invoicing.queries import Invoice
from app.invoicing.rules import Figures, credit_postings, deposit_postings, invoice_postings
from app.ledger import service as ledger
from app.ledger.rules import Entry, Posting
from app.payments import service as payments
from app.payments.early import Taken
from app.payments.rules import Division
from app.payments.service import Given
from app.pricing.rules import printed_line, printed_totals
from app.quotes.queries import Quote
from app.quotes.rules import net_days
from app.store import chain
from app.store.session import WriteSession


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an invoice bills: a receipt on a day, with the deliveries it confirmed."""

    on: date
    contract_number: str
    receipt_id: int
    deliveries: tuple[str, ...] = ()


def issue(
    session: WriteSession, deal: Deal, agreed: Quote, number: str, figures: Figures, held: int, occasion: Occasion
) -> int:
    """Issue the invoice of a receipt: post it, use up deposits (`held` minor units), freeze it. Returns its document.

    The receivable is due by the agreed terms, counted from the invoice's date. What no deposit covers is rounded to
    the smallest coin where the company does so.
    """
    on, gross = occasion.on, figures.totals.gross
    due = add_days(on, net_days(agreed.offer.terms.payment))
    prepaid = max(min(held, gross), 0)
    rounding = rounding_of(max(gross - prepaid, 0), step_of(session, deal.currency))
    _post(session, deal, on, number, "Invoice", invoice_postings(figures, number, deal.number, rounding))
    _post(session, deal, on, number, "Deposit used", deposit_postings(prepaid, number, deal.number))
    used = payments.use_deposit(session, deal, prepaid, number, on) if prepaid else []
    paper = _invoice_paper(deal, agreed, number, figures, (prepaid, rounding), due, occasion)
    document_id = ledger.issue(session, deal.id, InvoiceKind.INVOICE, paper, on)
    values = {"receipt_id": occasion.receipt_id, "prepaid": prepaid, "due_on": due, "document_id": document_id}
    invoice_id = _insert(session, deal, InvoiceKind.INVOICE, number, on, figures, **values, rounding=rounding)
    _allocate(session, invoice_id, used, on)
    session.changed(f"invoice {number}", "", "issued")
    return document_id


def credit_note(
    session: WriteSession,
    deal: Deal,
    agreed: Quote,
    number: str,
    figures: Figures,
    original: Invoice,
    contract: str,
    reason: str,
    on: date,
    rounding: int = 0,
) -> int:
    """Issue a credit note: post it, freeze it; `rounding` goes back with the last one. Returns its document."""
    postings = credit_postings(figures.totals, original.number, original.open, rounding)
    _post(session, deal, on, number, f"Credit note for {original.number}", postings)
    paper = _credit_paper(deal, agreed, number, figures, original, contract, reason, on, rounding)
    document_id = ledger.issue(session, deal.id, InvoiceKind.CREDIT_NOTE, paper, on)
    values = {"corrects_id": original.id, "reason": reason, "due_on": on, "document_id": document_id}
    values["rounding"] = rounding
    _insert(session, deal, InvoiceKind.CREDIT_NOTE, number, on, figures, **values)
    session.changed(f"credit note {number}", "", "issued")
    return document_id


def settle(session: WriteSession, deal: Deal, given: Given, division: Division) -> tuple[int, str]:
    """Record money and what it settles; returns the payment's id and number."""
    payment_id, number = payments.record(session, deal, given, division)
    for item, amount in division.invoices:
        _allocate(session, item.id, [(payment_id, amount)], given.on)
        text = amount_text(item.open, deal.currency), amount_text(item.open - amount, deal.currency)
        session.changed(f"invoice {item.number}: open", *text)
    return payment_id, number


def take_discount(
    session: WriteSession, deal: Deal, agreed: Quote, left: Figures, taken: Taken, paid: tuple[int, str], on: date
) -> Figures:
    """Take an early-payment discount off what is `left` of an invoice; `paid` is the payment. Returns its figures."""
    payment_id, number = paid
    figures = discount_figures(left, taken.amount, agreed.offer, deal.basis)
    text = f"Early-payment discount on {taken.invoice.number}" + (f": {taken.reason}" if taken.reason else "")
    _post(session, deal, on, number, text, discount_postings(figures.totals, taken.invoice.number))
    totals = figures.totals
    chain.add(
        session,
        early_discount,
        invoice_id=taken.invoice.id,
        payment_id=payment_id,
        taken_on=on,
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        reason=taken.reason,
        figures=to_plain(figures),
    )
    session.changed(f"invoice {taken.invoice.number}: discount", "", amount_text(totals.gross, deal.currency))
    return figures


def _insert(
    session: WriteSession, deal: Deal, kind: InvoiceKind, number: str, on: date, figures: Figures, **values: object
) -> int:
    totals = figures.totals
    row = {"receipt_id": None, "corrects_id": None, "prepaid": 0, "reason": "", "rounding": 0} | values
    invoice_id = session.insert(
        invoice,
        number=number,
        deal_id=deal.id,
        customer_id=deal.customer_id,
        kind=kind.value,
        issued_on=on,
        currency=deal.currency,
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        figures=to_plain(figures),
        **row,
    )
    rows = [
        {"invoice_id": invoice_id, "position": p, "quantity": q, "net": t.net, "earned": t.earned, "tax": t.tax}
        for p, q, t in zip(figures.positions, figures.quantities, figures.assembled.lines, strict=True)
    ]
    session.insert_all(invoice_line, rows)
    return invoice_id


def _allocate(session: WriteSession, invoice_id: int, used: Iterable[tuple[int, int]], on: date) -> None:
    rows = [{"payment_id": p, "invoice_id": invoice_id, "allocated_on": on, "amount": amount} for p, amount in used]
    session.insert_all(allocation, rows)


def _post(session: WriteSession, deal: Deal, on: date, number: str, text: str, postings: tuple[Posting, ...]) -> None:
    ledger.post(session, Entry(on, number, text, deal.currency, postings, deal.id, deal.customer_id))


def _invoice_paper(
    deal: Deal, agreed: Quote, number: str, figures: Figures, money: tuple[int, int], due: date, occasion: Occasion
) -> InvoiceDocument:
    prepaid, rounding = money
    totals = printed_totals(figures.typed, figures.assembled, agreed.offer.reductions, prepaid)
    return InvoiceDocument(
        heading=deal.heading(),
        kind=InvoiceKind.INVOICE,
        number=number,
        issued_on=occasion.on,
        due_on=due,
        contract_number=occasion.contract_number,
        lines=_printed(agreed, figures),
        totals=replace(totals, rounding=rounding),
        terms=printed_terms(agreed.offer, agreed.gross, figures, prepaid, occasion.on),
        delivered_from=occasion.on,
        delivered_until=occasion.on,
        delivery_notes=occasion.deliveries,
    )


def _credit_paper(
    deal: Deal,
    agreed: Quote,
    number: str,
    figures: Figures,
    original: Invoice,
    contract: str,
    reason: str,
    on: date,
    rounding: int,
) -> InvoiceDocument:
    totals = printed_totals(figures.typed, figures.assembled, agreed.offer.reductions)
    return InvoiceDocument(
        heading=deal.heading(),
        kind=InvoiceKind.CREDIT_NOTE,
        number=number,
        issued_on=on,
        due_on=on,
        contract_number=contract,
        lines=_printed(agreed, figures),
        totals=replace(totals, rounding=rounding),
        terms=agreed.offer.terms.printed(agreed.gross),
        corrects=original.number,
        corrects_issued_on=original.issued_on,
        reason=reason,
    )


def _printed(agreed: Quote, figures: Figures) -> tuple[PrintedLine, ...]:
    """The lines as printed; a credit over an amount has no quantity, so its lines show the amount alone."""
    lines: Sequence[PrintedLine] = [
        printed_line(position, agreed.offer.lines[position - 1], quantity, typed, total.net)
        for position, quantity, typed, total in zip(
            figures.positions, figures.quantities, figures.typed.lines, figures.assembled.lines, strict=True
        )
    ]
    return tuple(line for line in lines if line.quantity or line.amount)
