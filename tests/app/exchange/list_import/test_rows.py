"""Rows become customers and products, or faults with their places; saving takes all or nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.catalog.queries import by_sku
from app.catalog.rules import Kind, Product
from app.catalog.service import save_product
from app.core.errors import Cancelled, RuleViolation
from app.core.tax import TaxCategory
from app.exchange.list_import import cells, customers, products
from app.exchange.list_import.fields import CUSTOMERS, PRODUCTS, guess, missing
from app.exchange.list_import.save import Saved, save_customers, save_products
from app.exchange.tables import Table, table_of
from app.parties.defaults import Defaults
from app.parties.queries import customer_by_id
from app.store.store import Store
from tests.builders import a_tax, counts_of, do, last_command

USUAL = Defaults(tax_rates=(Decimal(19), Decimal(7)))


def table(text: str) -> Table:
    return table_of("list.csv", text.encode())


def faults(checked: Any) -> list[tuple[int, str, str]]:
    return [(problem.values["row"], problem.values["column"], problem.code) for problem in checked.problems]


def checked_customers(text: str) -> Any:
    found = table(text)
    return customers.check(found, guess(found.columns, CUSTOMERS))


def checked_products(text: str, point: Any = ".") -> Any:
    found = table(text)
    return products.check(found, guess(found.columns, PRODUCTS), USUAL, point)


def save(store: Store, checked: Any, work: Any) -> Saved:
    with store.write("test") as session:
        found: Saved = work(session, checked, "list.csv", "ab" * 32)
        return found


def test_columns_are_guessed_by_many_names() -> None:
    german = ("Kunden-Nr.", "Firma", "Straße", "PLZ", "Ort", "Land", "USt-IdNr.", "E-Mail", "Zahlungsziel", "Seltsam")
    found = guess(german, CUSTOMERS)
    assert {name: german[place] for name, place in found.items()} == {
        "external_id": "Kunden-Nr.", "name": "Firma", "street": "Straße", "postal_code": "PLZ", "city": "Ort",
        "country": "Land", "tax_id": "USt-IdNr.", "email": "E-Mail", "payment_terms": "Zahlungsziel",
    }  # fmt: skip
    assert missing(found, CUSTOMERS) == []
    assert missing(guess(("Preis",), PRODUCTS), PRODUCTS) == ["sku", "name"]
    assert guess(("name", "Name", ""), CUSTOMERS) == {"name": 0}


def test_customers(store: Store) -> None:
    text = (
        "Number;Company;Street;ZIP;City;Country;Terms;Language;Notes\n"
        "K-1;Müller Boote;Hafen 1;24103;Kiel;Deutschland;30 Tage;de;Calls early\n"
        "K-2;Quay Ltd;Quay 2;;Leeds;United Kingdom;prepaid;;\n"
    )
    wanted = guess(table(text).columns, CUSTOMERS) | {"external_id": 0}
    checked = customers.check(table(text), wanted)
    assert checked.is_good
    assert save(store, checked, save_customers) == Saved(new=2)
    with store.read() as session:
        known = customer_by_id(session, 1)
    assert (known.party.name, known.party.address.country, known.payment_terms) == ("Müller Boote", "DE", "net 30")
    assert (known.party.language, known.note) == ("de", "Calls early")
    assert last_command(store)["details"] == {
        "what": "customers", "file": "list.csv", "sha256": "ab" * 32, "rows": 2,
    }  # fmt: skip

    assert save(store, checked, save_customers) == Saved(same=2)
    again = customers.check(
        table("No;name;E-Mail\nK-1;Müller Boote & Co;post@mueller.example\n"), {"external_id": 0, "name": 1, "email": 2}
    )
    assert save(store, again, save_customers) == Saved(changed=1)
    with store.read() as session:
        known = customer_by_id(session, 1)
    assert (known.party.name, known.party.email) == ("Müller Boote & Co", "post@mueller.example")
    assert (known.party.address.city, known.payment_terms) == ("Kiel", "net 30")


def test_faults_of_customers_name_row_and_column() -> None:
    checked = checked_customers(
        "id;name;country;terms;language\n1;;Atlantis;soon;klingon\n2;\x07;DE;30;en\n1;Lake School;;;\n"
    )
    assert set(faults(checked)) == {
        (2, "name", "missing"),
        (2, "country", "unknown_country"),
        (2, "language", "unknown_language"),
        (2, "payment_terms", "unknown_terms"),
        (3, "name", "control"),
        (3, "name", "missing"),
        (4, "external_id", "twice"),
    }
    assert not checked.is_good


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("30", "net 30"),
        ("net 14", "net 14"),
        ("14 days", "net 14"),
        ("10 Tage netto", "net 10"),
        ("Vorkasse", "prepaid"),
        ("", ""),
    ],
)
def test_payment_terms(typed: str, terms: str) -> None:
    checked = checked_customers(f"name;terms\nA;{typed}\n")
    assert checked.is_good
    assert checked.items[0].value.payment_terms == terms


def test_products(store: Store) -> None:
    text = (
        "Artikelnummer;Bezeichnung;Preis;EK;Einheit;MwSt;Art;Preiseinheit\n"
        "A-1;Boot;1.234,50;800;Stk;19;Ware;\n"
        "A-2;Kurs;90;;Stunde;0;Dienstleistung;\n"
        "A-3;Schraube;3,5;0,01;;;;100\n"
    )
    checked = checked_products(text, ",")
    assert checked.is_good
    assert save(store, checked, save_products) == Saved(new=3)
    with store.read() as session:
        found = by_sku(session, ["A-1", "A-2", "A-3"])
    assert (found["A-1"].unit_price, found["A-1"].cost, found["A-1"].unit) == (Decimal("1234.5"), Decimal(800), "C62")
    assert (found["A-2"].kind, found["A-2"].unit, found["A-2"].tax.category) == (Kind.SERVICE, "HUR", TaxCategory.ZERO)
    assert (found["A-3"].base_quantity, found["A-3"].tax.rate) == (Decimal(100), Decimal(19))

    again = checked_products("sku;name;price\nA-1;Boat;1300\nA-2;Kurs;90\n")
    assert save(store, again, save_products) == Saved(changed=1, same=1)
    with store.read() as session:
        boat = by_sku(session, ["A-1"])["A-1"]
    assert (boat.name, boat.unit_price, boat.cost) == ("Boat", Decimal(1300), Decimal(800))


def test_faults_of_products() -> None:
    checked = checked_products(
        "sku;name;price;unit;vat;type;currency;per\n"
        "A;;x;furlongs;190;idea;XXQ;0\n"
        "A;Boat;-1;;;;;\n"
        "B;#N/A;0.1234567;;;;;\n"
    )
    assert {(row, column, code) for row, column, code in faults(checked)} == {
        (2, "name", "missing"), (2, "unit_price", "number"), (2, "unit", "unknown_unit"), (2, "tax_rate", "rate_range"),
        (2, "kind", "unknown_kind"), (2, "currency", "unknown_currency"), (2, "base_quantity", "too_small"),
        (3, "sku", "twice"), (3, "unit_price", "too_small"),
        (4, "name", "cell_error"), (4, "name", "missing"), (4, "unit_price", "too_many_decimals"),
    }  # fmt: skip


def test_nothing_is_kept_of_a_table_with_a_fault_or_that_was_stopped(store: Store) -> None:
    rows = counts_of(store)
    with pytest.raises(RuleViolation):
        save(store, checked_products("sku;name\nA;Boat\nB;\n"), save_products)
    assert counts_of(store) == rows

    class Stopped:
        def __init__(self) -> None:
            self.times = 0

        def step(self, done: int, total: int, text: str = "") -> None: ...

        def check(self) -> None:
            self.times += 1
            if self.times == 2:
                raise Cancelled("Stopped.")

    checked = checked_products("sku;name\n" + "".join(f"A{n};Boat\n" for n in range(300)))
    with pytest.raises(Cancelled), store.write("test") as session:
        save_products(session, checked, "list.csv", "", Stopped())
    assert counts_of(store) == rows


def test_many_faults_are_counted_but_not_all_told() -> None:
    checked = checked_products("sku;name\n" + "A;\n" * 500)
    assert len(checked.problems) == cells.MOST_PROBLEMS
    assert checked.faults == 999


@pytest.mark.parametrize("word", ["Digital", "download", "Lizenz"])
def test_what_is_digital_keeps_what_the_table_does_not_tell(store: Store, word: str) -> None:
    do(store, save_product, Product("D-1", "Guide", "EUR", Decimal(8), a_tax(), image="a" * 64, weight=Decimal(0)))
    checked = checked_products(f"item number;name;price;type\nD-1;Guide;9.00;{word}\n")
    assert save(store, checked, save_products) == Saved(changed=1)
    with store.read() as session:
        found = by_sku(session, ["D-1"])["D-1"]
    assert (found.kind, found.unit_price, found.image, found.weight) == (Kind.DIGITAL, Decimal(9), "a" * 64, Decimal(0))
