"""The door to printed documents: a frozen document and the seller's look in, the bytes of a PDF out."""

from __future__ import annotations

from threading import Lock

from app.contracts.document import ContractDocument
from app.delivery.document import DeliveryNoteDocument
from app.invoicing.document import InvoiceDocument
from app.outputs.pdf import contract, delivery_note, gift_card, invoice, quote, receipt
from app.outputs.pdf.look import Look
from app.payments.document import ReceiptDocument
from app.quotes.document import QuoteDocument
from app.rewards.document import GiftCardDocument

Document = (
    QuoteDocument | ContractDocument | DeliveryNoteDocument | InvoiceDocument | ReceiptDocument | GiftCardDocument
)

_one_at_a_time = Lock()
"""Loaded fonts keep a reading position, so only one document is put together at a time."""


def render(document: Document, look: Look, seal: str = "") -> bytes:
    """The document as PDF; equal arguments give equal bytes. `seal` is printed small on invoices and credit notes.

    Raises `OutputError` if no font has one of its letters, or the logo cannot be read.
    """
    with _one_at_a_time:
        match document:
            case QuoteDocument():
                return quote.render(document, look)
            case ContractDocument():
                return contract.render(document, look)
            case DeliveryNoteDocument():
                return delivery_note.render(document, look)
            case InvoiceDocument():
                return invoice.render(document, look, seal)
            case ReceiptDocument():
                return receipt.render(document, look)
            case GiftCardDocument():
                return gift_card.render(document, look)
