"""How customers are told apart, and how names sort."""

from __future__ import annotations

import pytest

from app.core.party import Address, Party
from app.parties.rules import fold, merge, name_key, party_values, tax_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Lake   School ", "lake school"),
        ("ŠÁRKA", "sarka"),
        ("Groß & Söhne", "gross & sohne"),
        ("ﬁne ½", "fine 1⁄2"),
        ("学校", "学校"),
        ("", ""),
    ],
)
def test_names_are_compared_without_accents_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("tax_id", "key"),
    [("DE 812 526 315", "DE812526315"), ("de812526315", "DE812526315"), ("AT-U.123", "ATU123"), ("", "")],
)
def test_a_tax_id_is_compared_without_its_punctuation(tax_id: str, key: str) -> None:
    assert tax_key(Party("A", tax_id=tax_id)) == key


def test_name_postal_code_and_country_tell_customers_apart() -> None:
    here = Party("Lake School", address=Address(street="Seeweg 1", postal_code="24306", city="Plön", country="DE"))
    moved = Party("LAKE  SCHOOL", address=Address(street="Am Markt 2", postal_code="24306", country="de"))
    elsewhere = Party("Lake School", address=Address(postal_code="24306", country="AT"))
    assert name_key(here) == name_key(moved) == "lake school|24306|DE"
    assert name_key(elsewhere) != name_key(here)


def test_what_is_newly_given_replaces_and_what_is_left_out_stays() -> None:
    known = Party("Lake School", email="old@lake.example", phone="1", address=Address(street="Seeweg 1", city="Plön"))
    given = Party("Lake School", email="new@lake.example", address=Address(city="Kiel"))
    assert merge(known, given) == Party(
        "Lake School", email="new@lake.example", phone="1", address=Address(city="Kiel")
    )


def test_every_field_has_a_column() -> None:
    party = Party("A", bic="B", address=Address(city="C"), delivery_address=Address(city="D"))
    values = party_values(party)
    assert (values["name"], values["bic"], values["city"], values["ship_city"]) == ("A", "B", "C", "D")
    assert len(values) == 9 + 2 * 6
