"""Letters as .eml files: read back by the standard parser, and attacked through every text that people type."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from app.core.errors import RuleViolation
from app.exchange import letters
from app.exchange.letters import Letter
from app.ledger import queries as books
from app.store.store import Store
from tests.builders import a_customer, a_deal

LETTER = Letter(
    "kiel@kayaks.example", "Brightwater Kayaks", "office@lake.example", "Lake School", "Our quote Q-1", "Hello\n",
    "Q-1.pdf", b"%PDF-1.7 made up",
)  # fmt: skip


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_letter_carries_its_paper() -> None:
    message = read(letters.eml(LETTER))
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Lake School <office@lake.example>"
    assert message["From"] == "Brightwater Kayaks <kiel@kayaks.example>"
    assert message["Subject"] == "Our quote Q-1"
    assert message.get_body().get_content() == "Hello\r\n" or message.get_body().get_content() == "Hello\n"  # type: ignore[union-attr]
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Q-1.pdf"
    assert attached.get_content() == b"%PDF-1.7 made up"


def test_the_letter_of_an_issued_document(store: Store) -> None:
    deal_id = a_deal(store, until="sent", customer=a_customer("Seeschule Plön", language="de"))
    with store.read() as session:
        (issued,) = books.documents_of(session, deal_id)
    letter = letters.about(store, issued.id)
    assert letter.subject == f"Unser Angebot {issued.number}"
    assert letter.recipient == "office@lake-school.example"
    assert letter.paper.startswith(b"%PDF")
    message = read(letters.eml(letter))
    assert message["To"].addresses[0].display_name == "Seeschule Plön"
    assert "From" not in message


@pytest.mark.parametrize(
    "name", ["Smith, John", "a@b.example, c@d.example", "Evil\r\nBcc: all@world.example", 'O"Neil <x@y>', "名前", ""]
)
def test_no_name_adds_a_recipient_or_a_header(name: str) -> None:
    message = read(letters.eml(replace(LETTER, recipient_name=name)))
    assert [address.addr_spec for address in message["To"].addresses] == ["office@lake.example"]
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example, c@d.example",
        "a@b.example; c@d.example",
        "a@b.example\r\nBcc: x@y.example",
        "no address",
        "@",
        "a@",
    ],
)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(RuleViolation, match="address"):
        letters.eml(replace(LETTER, recipient=address))


def test_a_customer_without_an_address_is_left_to_the_mail_program() -> None:
    assert read(letters.eml(replace(LETTER, recipient="")))["To"] is None


def test_a_line_break_in_subject_or_file_name_is_a_blank() -> None:
    message = read(letters.eml(replace(LETTER, subject="Quote\r\nBcc: x@y.example", attachment="a\nb.pdf")))
    assert message["Subject"] == "Quote Bcc: x@y.example"
    assert message["Bcc"] is None
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "a b.pdf"
