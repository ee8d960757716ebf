"""Addresses as posts and laws want them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.party import Address, Party
from app.outputs.pdf.addresses import address_lines, footer_columns, legal_lines, letter_lines, return_line
from app.outputs.pdf.words import Words
from tests.app.outputs.pdf.samples import BUYER, SELLER

EN, DE = Words("en"), Words("de")


@pytest.mark.parametrize(
    ("address", "home", "lines"),
    [
        (Address("Weg 1", "", "24103", "Kiel", "", "DE"), "DE", ["Weg 1", "24103 Kiel"]),
        (Address("Weg 1", "", "24103", "Kiel", "", "DE"), "AT", ["Weg 1", "24103 Kiel", "GERMANY"]),
        (Address("1 Rd", "", "SW1", "London", "", "GB"), "GB", ["1 Rd", "London", "SW1"]),
        (Address("1 St", "Fl 2", "10001", "New York", "NY", "US"), "US", ["1 St", "Fl 2", "New York, NY 10001"]),
        (Address("Rd 4", "", "400001", "Mumbai", "Maharashtra", "IN"), "IN", ["Rd 4", "Mumbai 400001", "Maharashtra"]),
        (Address(city="Kiel"), "", ["Kiel"]),
        (Address(), "DE", []),
    ],
)  # fmt: skip
def test_lines(address: Address, home: str, lines: list[str]) -> None:
    assert address_lines(address, "en", home) == lines


def test_the_country_is_written_in_the_language_of_the_letter() -> None:
    assert address_lines(Address(country="AT"), "de") == ["ÖSTERREICH"]


def test_a_letter_names_the_legal_person_too() -> None:
    assert letter_lines(SELLER, SELLER.address, EN, "DE")[:2] == ["Fahrwerk Nord", "Fahrwerk Nord GmbH"]
    assert letter_lines(BUYER, BUYER.ship_to, EN, "GB") == ["Harbour Cargo Ltd", "9 Quay Lane", "London", "SW1A 1AA"]


def test_a_contract_says_how_the_authorities_know_a_party() -> None:
    lines = legal_lines(SELLER, DE, "DE")
    assert "USt-IdNr. DE123456789" in lines
    assert "Registernr. HRB 4711 Kiel" in lines


def test_the_sender_stands_in_one_line() -> None:
    assert return_line(SELLER) == "Fahrwerk Nord GmbH · Kaistraße 12 · 24103 Kiel"


def test_the_footer_leaves_empty_columns_out() -> None:
    full = footer_columns(SELLER, EN, abroad=True)
    assert [column[0] for column in full] == ["Fahrwerk Nord GmbH", "+49 431 123456", "Tax ID DE123456789", full[3][0]]
    assert "GERMANY" in full[0]
    assert "GERMANY" not in footer_columns(SELLER, EN, abroad=False)[0]
    assert footer_columns(Party("Ida"), EN, abroad=False) == [["Ida"]]
    assert footer_columns(replace(Party("Ida"), email="i@d.a"), EN, abroad=False) == [["Ida"], ["i@d.a"]]
