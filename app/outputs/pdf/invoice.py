"""Invoice and credit note on paper, with every particular that Article 226 of the EU VAT directive asks for."""

from __future__ import annotations

from app.invoicing.document import InvoiceDocument, InvoiceKind
from app.outputs.pdf import look as design
from app.outputs.pdf.formats import day, iban, money, period
from app.outputs.pdf.layout import Frame, Paper
from app.outputs.pdf.look import Look
from app.outputs.pdf.notes import Notes
from app.outputs.pdf.priced import draw_priced
from app.outputs.pdf.terms import cashback_sentence, early_sentence, payment_sentence
from app.outputs.pdf.totals import Totals
from app.outputs.pdf.words import Words, words_for


def render(document: InvoiceDocument, look: Look, seal: str = "") -> bytes:
    """The invoice or credit note as PDF; `seal` is the beginning of its link in the hash chain."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words, seal), look, words)
    _lead(paper, document)
    due = (words("credited" if _is_credit(document) else "payable"), document.totals.payable)
    totals = Totals(
        document.heading, words, document.lines, document.totals, due,
        notes=_payment(document, words), settled=True, payments=document.prepayments,
    )  # fmt: skip
    draw_priced(paper, document.lines, document.totals, totals)
    return paper.finish()


def _is_credit(document: InvoiceDocument) -> bool:
    return document.kind is InvoiceKind.CREDIT_NOTE


def _frame(document: InvoiceDocument, words: Words, seal: str) -> Frame:
    kind = "credit_note" if _is_credit(document) else "invoice"
    facts = (
        (words(f"number_{kind}"), document.number),
        (words("date" if _is_credit(document) else "invoice_date"), day(document.issued_on, words.language)),
        (words("corrects"), document.corrects),
        _delivered(document, words),
        (words("due_on"), "" if _is_credit(document) else day(document.due_on, words.language)),
        (words("contract"), document.contract_number),
        (words("delivery_notes"), ", ".join(document.delivery_notes)),
        (words("deal"), document.heading.deal_number),
        (words("their_tax_id"), document.heading.customer.tax_id),
    )
    return Frame(document.heading, words(kind), document.number, facts, document.heading.customer.address, seal)


def _delivered(document: InvoiceDocument, words: Words) -> tuple[str, str]:
    """The day of delivery, or the period where it took more than a day."""
    first, last = document.delivered_from, document.delivered_until or document.delivered_from
    if first is None or last is None or first == last:
        return words("delivered_on"), day(last, words.language) if last else ""
    return words("delivered_in"), period(first, last, words.language)


def _lead(paper: Paper, document: InvoiceDocument) -> None:
    """What a credit note corrects and why."""
    words = paper.words
    if document.corrects and document.corrects_issued_on:
        corrected_on = day(document.corrects_issued_on, words.language)
        paper.paragraph(words("lead_credit_note_dated", invoice=document.corrects, date=corrected_on))
    elif document.corrects:
        paper.paragraph(words("lead_credit_note", invoice=document.corrects))
    if document.reason.strip():
        paper.paragraph(f"{words('reason')}: {document.reason}")
    paper.gap(10 if document.corrects or document.reason else 0)


def _payment(document: InvoiceDocument, words: Words) -> Notes:
    """When, where to and with which reference to pay; of a credit note, what happens with the amount."""
    notes, seller, due = Notes(), document.heading.seller, document.totals.payable
    if _is_credit(document):
        notes.text(words("credit_use"), design.SECOND)
        return notes
    notes.heading(words("payment"))
    if due <= 0:
        notes.text(words("paid_in_full"))
        return notes
    amount = money(due, document.heading.currency, words.language)
    asked = "please_transfer" if seller.iban else "please_pay"
    notes.text(words(asked, amount=amount, date=day(document.due_on, words.language)))
    notes.text(payment_sentence(document.terms.payment, words), design.SECOND)
    notes.text(early_sentence(document.terms, due, document.heading.currency, words))
    notes.text(cashback_sentence(document.terms, words), design.SECOND)
    notes.pair(words("account_holder"), (seller.legal_name or seller.name) if seller.iban else "", above=6)
    notes.pair(words("iban"), iban(seller.iban))
    notes.pair(words("bic"), seller.bic if seller.iban else "")
    notes.pair(words("payment_reference"), document.number, above=1 if seller.iban else 6)
    return notes
