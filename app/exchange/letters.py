"""The letter that carries an issued paper, as a file (.eml) that the person's own mail program opens as a draft.

Only `EmailMessage` and one `Address` object for each recipient: a comma, a line break or a bracket in a name can
neither add a recipient nor a header.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from app.core.codec import from_text
from app.core.errors import RuleViolation
from app.core.party import Party
from app.ledger import queries as books
from app.outbox.rules import letter_text
from app.outputs import files, papers
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Letter:
    """Who writes what to whom. An empty address of the recipient is left to be filled in in the mail program."""

    sender: str
    sender_name: str
    recipient: str
    recipient_name: str
    subject: str
    text: str
    attachment: str
    """File name of the PDF."""
    paper: bytes


def about(store: Store, document_id: int) -> Letter:
    """The letter that carries an issued document, its paper attached. Raises `NotFound`."""
    with store.read() as session:
        issued = books.issued(session, document_id)
        kind, text = books.snapshot(session, document_id)
    heading = from_text(papers.KINDS[kind], text).heading
    seller, buyer = heading.seller, heading.customer
    subject, body = letter_text(kind, issued.number, buyer.name, seller.name, heading.language)
    return Letter(
        sender=seller.email,
        sender_name=_name(seller),
        recipient=buyer.email,
        recipient_name=_name(buyer),
        subject=subject,
        text=body,
        attachment=files.safe_name(f"{issued.file_name}.pdf"),
        paper=papers.content(store, document_id),
    )


def eml(letter: Letter) -> bytes:
    """The letter as the bytes of an .eml file, marked as not sent yet. Raises `RuleViolation` for a bad address."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    for header, name, address in (
        ("From", letter.sender_name, letter.sender),
        ("To", letter.recipient_name, letter.recipient),
    ):
        if address:
            message[header] = _address(header.lower(), name, address)
    message["Subject"] = _one_line(letter.subject)
    message.set_content(letter.text)
    message.add_attachment(letter.paper, maintype="application", subtype="pdf", filename=_one_line(letter.attachment))
    return message.as_bytes()


def _address(field: str, name: str, address: str) -> Address:
    """One recipient. What is not exactly one address is refused."""
    try:
        found = Address(_one_line(name), addr_spec=address.strip())
    except (MessageError, ValueError, IndexError) as error:
        message = f"{field}: {address!r} is not one e-mail address."
        raise RuleViolation.of(field, "bad_address", message, value=address) from error
    if not found.username or not found.domain:
        message = f"{field}: {address!r} is not a whole e-mail address."
        raise RuleViolation.of(field, "bad_address", message, value=address)
    return found


def _name(party: Party) -> str:
    return party.legal_name or party.name


def _one_line(text: str) -> str:
    """Text without control characters: a line break would end the header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
