"""Papers of issued documents: made from the frozen snapshot right after it was issued, once, and never anew."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.contracts.document import ContractDocument
from app.core.codec import from_text
from app.core.progress import Progress, Silent
from app.delivery.document import DeliveryNoteDocument
from app.invoicing.document import InvoiceDocument
from app.ledger import queries as books
from app.ledger import service as ledger
from app.ledger.queries import Issued
from app.outputs import files
from app.parties import queries as parties
from app.payments.document import ReceiptDocument
from app.quotes.document import QuoteDocument
from app.store import chain
from app.store.session import Session
from app.store.store import Store

if TYPE_CHECKING:
    from app.outputs.pdf.look import Look

KINDS: dict[str, type[Any]] = {
    "quote": QuoteDocument,
    "contract": ContractDocument,
    "delivery_note": DeliveryNoteDocument,
    "invoice": InvoiceDocument,
    "credit_note": InvoiceDocument,
    "receipt": ReceiptDocument,
}
"""Kind of an issued document -> the frozen value its snapshot holds."""


def make_missing(store: Store, deal_id: int | None = None, progress: Progress | None = None) -> int:
    """Make the papers that are missing, of one deal or of the whole file; returns how many. Safe to repeat."""
    progress = progress or Silent()
    with store.read() as session:
        missing = books.unprinted(session, deal_id)
    for done, issued in enumerate(missing):
        progress.check()
        progress.step(done, len(missing), issued.file_name)
        _make(store, issued)
    return len(missing)


def content(store: Store, document_id: int) -> bytes:
    """The paper of a document, made now if it was not made yet."""
    with store.read() as session:
        kept = books.paper_of(session, document_id)
        issued = None if kept else books.issued(session, document_id)
    if kept is None and issued is not None:
        return _make(store, issued)
    return store.files.get(kept[1] if kept else "")


def write_all(store: Store, deal_id: int, folder: Path) -> list[str]:
    """Write every paper of a deal into a folder; returns the file names in the order the documents came."""
    make_missing(store, deal_id)
    with store.read() as session:
        documents = books.documents_of(session, deal_id)
    for issued in documents:
        files.save(folder / f"{issued.file_name}.pdf", content(store, issued.id))
    return [f"{issued.file_name}.pdf" for issued in documents]


def look_of(session: Session) -> Look:
    """The company's colours and logo."""
    from app.outputs.pdf.look import Look  # reportlab and its fonts are loaded only when a paper is made

    values = {name: value for name, value in parties.our_look(session).items() if value}
    if "logo" in values:
        values["logo"] = base64.b64decode(values["logo"])
    return Look(**values)


def render_document(session: Session, issued: Issued) -> bytes:
    """The PDF of an issued document, from its snapshot alone."""
    from app.outputs.pdf.render import render  # see above

    kind, text = books.snapshot(session, issued.id)
    seal = chain.hash_of(session, "document", issued.id) if kind in ("invoice", "credit_note") else ""
    return render(from_text(KINDS[kind], text), look_of(session), seal[:16])


def _make(store: Store, issued: Issued) -> bytes:
    with store.read() as session:
        data = render_document(session, issued)
    sha256 = store.files.put(data)
    with store.write("papers") as writing:
        if books.paper_of(writing, issued.id) is None:
            ledger.keep_paper(writing, issued.id, f"{issued.file_name}.pdf", sha256, len(data))
    return data
