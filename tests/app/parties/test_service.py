"""Customers and the company on a real file."""

from __future__ import annotations

import pytest

from app.core.errors import NotFound, RuleViolation
from app.core.party import Address, Party
from app.parties.models import customer
from app.parties.queries import customer_by_id, groups, match, our_company, our_look
from app.parties.service import fill_company, find_or_add, save_customer, set_company
from app.store.history import Done
from app.store.store import Store
from tests.builders import SELLER, a_customer, counts_of, do, last_command, rows_of


def found_or_added(store: Store, party: Party) -> int:
    with store.write("test") as session:
        return find_or_add(session, party)


def test_a_customer_is_added_and_changed(store: Store) -> None:
    done = do(store, save_customer, a_customer(), payment_terms="net 14", note="Rings twice")
    assert done == Done("save_customer", {"customer": 1})
    with store.read() as session:
        kept = customer_by_id(session, 1)
    assert (kept.party, kept.payment_terms, kept.note, kept.active) == (a_customer(), "net 14", "Rings twice", True)
    assert rows_of(store, customer)[0]["sort_name"] == "lake school"

    do(store, save_customer, a_customer(phone="04522 1"), customer_id=1, active=False)
    with store.read() as session:
        assert (customer_by_id(session, 1).party.phone, customer_by_id(session, 1).active) == ("04522 1", False)
    assert last_command(store)["changes"] == [["customer Lake School: phone", "", "04522 1"]]


def test_a_customer_needs_a_name(store: Store) -> None:
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="name is needed"):
        do(store, save_customer, Party("  "))
    with pytest.raises(NotFound):
        do(store, save_customer, a_customer(), customer_id=5)
    assert counts_of(store) == rows


CASES = {
    "the same tax id, another name": (Party("Plön Sailing", tax_id="DE 111"), 1),
    "no tax id, the same name and place": (a_customer(email="new@lake.example"), 1),
    "another tax id, the same name and place": (a_customer(tax_id="DE222"), None),
    "another postal code": (Party("Lake School", address=Address(postal_code="24105", country="DE")), None),
    "another country": (Party("Lake School", address=Address(postal_code="24306", country="AT")), None),
}


@pytest.mark.parametrize("name", CASES)
def test_a_customer_is_recognised(store: Store, name: str) -> None:
    party, expected = CASES[name]
    assert found_or_added(store, a_customer(tax_id="DE111")) == 1
    with store.read() as session:
        assert match(session, party) == expected
    assert found_or_added(store, party) == (expected or 2)


def test_a_customer_without_tax_id_gets_the_one_that_is_given(store: Store) -> None:
    found_or_added(store, a_customer())
    assert found_or_added(store, a_customer(tax_id="DE111")) == 1
    with store.read() as session:
        assert customer_by_id(session, 1).party.tax_id == "DE111"
    assert found_or_added(store, Party("Other name", tax_id="DE111")) == 1


def test_the_company_is_set_and_filled_only_where_it_is_empty(store: Store) -> None:
    with store.read() as session:
        assert our_company(session) is None
    do(store, set_company, Party("Brightwater"), look={"accent": "#1F57D6"})
    with store.write("test") as session:
        fill_company(session, SELLER)
    with store.read() as session:
        company, look = our_company(session), our_look(session)
    assert company is not None
    assert (company.name, company.tax_id, company.address) == ("Brightwater", SELLER.tax_id, SELLER.address)
    assert look == {"accent": "#1F57D6"}  # the look stays
    before = counts_of(store)
    with store.write("test") as session:
        fill_company(session, Party("Somebody", tax_id="DE999"))
    assert counts_of(store) == before


def test_a_customer_belongs_to_a_group_until_another_is_said(store: Store) -> None:
    key = do(store, save_customer, a_customer(), group=" Clubs ").ids["customer"]
    do(store, save_customer, a_customer("Bay School"))
    do(store, save_customer, a_customer(phone="04522 1"), customer_id=key)
    with store.read() as session:
        assert (customer_by_id(session, key).group, groups(session)) == ("Clubs", ["Clubs"])
    do(store, save_customer, a_customer(), customer_id=key, group="")
    with store.read() as session:
        assert (customer_by_id(session, key).group, groups(session)) == ("", [])
    assert ["customer Lake School: group", "Clubs", ""] in last_command(store)["changes"]
