"""A folder becomes deals: what was shipped is received and invoiced, payments find their orders, all or nothing."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from app import cli
from app.catalog import service as catalog
from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.core.errors import Cancelled, RuleViolation
from app.core.party import Party
from app.deals.queries import by_id, id_by_reference
from app.exchange.deal_file.export import export
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import run
from app.exchange.folder_import import import_folder
from app.ledger import queries as books
from app.parties import service as parties
from app.parties.models import customer
from app.parties.queries import id_by_external, our_company
from app.payments.models import payment
from app.store.history import history
from app.store.store import Store
from tests.app.exchange.folder_import.folders import FILES, a_folder
from tests.builders import Json, a_tax, assert_true_books, counts_of, do, outcome_of
from tests.exported import assert_told_again

LATE = date(2003, 12, 31)


@pytest.fixture
def imported(store: Store, tmp_path: Path) -> Store:
    """A store with the small folder in it."""
    import_folder(store, a_folder(tmp_path / "folder"), "USD")
    return store


def deal_id(store: Store, order: str) -> int:
    with store.read() as session:
        found = id_by_reference(session, f"order {order}")
    assert found is not None
    return found


def order(store: Store, number: str) -> Json:
    return outcome_of(store, deal_id(store, number), LATE)


def test_counts(store: Store, tmp_path: Path) -> None:
    assert import_folder(store, a_folder(tmp_path / "folder"), "USD") == {
        "customers": 2,
        "products": 2,
        "orders": 6,
        "order_lines": 7,
        "payments": 5,
        "payments_to_orders": 4,
        "payments_kept_as_credit": 1,
        "notes": 3,
        "marked": 2,
    }


def test_a_shipped_order_is_received_and_invoiced_on_the_day_it_was_shipped(imported: Store) -> None:
    now = order(imported, "10")
    assert_true_books(now)
    assert (now["deal"]["state"], now["deal"]["currency"]) == ("closed", "USD")
    (delivery,), (invoice,) = now["deliveries"], now["invoices"]
    assert (delivery["dispatched"], delivery["received"]) == ("2003-01-10", "2003-01-10")
    assert (invoice["date"], invoice["totals"]["gross"], invoice["totals"]["prepaid"]) == (
        "2003-01-10",
        "380.00",
        "0.00",
    )
    assert [(line["sku"], line["quantity"], line["unit_price"]) for line in invoice["lines"]] == [
        ("A", "2", "90.00"),
        ("B", "1", "200.00"),
    ]
    assert invoice["lines"][0]["waterfall"] == [
        {"step": "list", "reason": "", "amount": "191.40"},
        {"step": "contract", "reason": "Agreed price", "amount": "-11.40"},
    ]
    assert {line["tax_category"] for line in invoice["lines"]} == {"O"}
    (paid,) = now["payments"]
    assert (paid["date"], paid["method"], paid["allocated"]) == (
        "2003-02-01",
        "cheque",
        [{"invoice": invoice["number"], "amount": "380.00"}],
    )
    assert [row["amount"] for row in now["revenue"]] == ["180.00", "200.00"]


def test_money_before_shipping_is_a_deposit(imported: Store) -> None:
    now = order(imported, "11")
    assert now["invoices"][0]["totals"]["prepaid"] == "90.00"
    assert now["payments"][0]["date"] == "2003-01-10"
    assert any(line["role"] == "contract_liability" for line in now["journal"][0]["entries"])


def test_money_before_the_order_was_credit_until_then(imported: Store) -> None:
    now = order(imported, "12")
    (paid,) = now["payments"]
    assert (paid["date"], paid["method"], paid["amount"], paid["unallocated"]) == (
        "2003-02-09",
        "credit",
        "210.00",
        "210.00",
    )
    with imported.read() as session:
        cash = session.rows(select(payment.c.paid_on, payment.c.amount).where(payment.c.deal_id.is_(None)))
    assert [tuple(row) for row in cash] == [(date(2003, 1, 20), 21000), (date(2003, 1, 21), 1750)]
    assert now["customer_credit"] == "17.50"


@pytest.mark.parametrize(
    ("number", "state", "flag", "invoices"),
    [
        ("10", "closed", "", 1),
        ("11", "closed", "disputed", 1),
        ("12", "open", "on hold", 0),
        ("13", "cancelled", "", 0),
        ("14", "open", "", 0),
        ("15", "closed", "", 1),
    ],
)
def test_statuses(imported: Store, number: str, state: str, flag: str, invoices: int) -> None:
    now = order(imported, number)
    assert (now["deal"]["state"], len(now["invoices"])) == (state, invoices)
    with imported.read() as session:
        found = by_id(session, deal_id(imported, number))
    assert (found.flag, found.title) == (flag, f"Order {number}")


def test_comments_are_in_the_history(imported: Store) -> None:
    with imported.read() as session:
        changes = [
            row.changes for row in session.rows(select(history.c.changes).where(history.c.action == "open_deal"))
        ]
    notes = [change[2] for row in changes for change in row if change[0].endswith(": note")]
    assert notes == ["The colours\nare not as shown", "Wait for money", "Sent by mistake"]


def test_customers_and_company(imported: Store) -> None:
    with imported.read() as session:
        assert our_company(session) is None
        assert by_id(session, deal_id(imported, "10")).seller == Party("My company")
        rows = session.rows(select(customer.c.external_id, customer.c.country, customer.c.note).order_by(customer.c.id))
    assert [tuple(row) for row in rows] == [("1", "FR", "Contact: Carine Schmitt"), ("2", "US", "Contact: Jean King")]


def test_numbers_follow_the_days(imported: Store) -> None:
    numbers = [order(imported, number)["invoices"][0]["number"] for number in ("10", "11", "15")]
    assert numbers == ["INV-2003-0001", "INV-2003-0002", "INV-2003-0003"]
    with imported.read() as session:
        days = [line.posted_on for line in books.journal(session)]
    assert days == sorted(days)


def test_other_headings_and_file_names(store: Store, tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "folder",
        orders=FILES["orders.csv"].replace("order_id,customer_id", "Order Number;Customer No").replace(",", ";"),
        products=FILES["products.csv"].replace("list_price", "MSRP"),
    )
    (folder / "order_lines.csv").rename(folder / "OrderDetails.CSV")
    assert import_folder(store, folder, "USD")["orders"] == 6


def test_a_known_customer_is_found_again(store: Store, tmp_path: Path) -> None:
    with store.write("test") as session:
        known = Party("Atelier Graphique", tax_id="FR1", address=Party("x").address)
        by_hand = parties.save_customer(session, known, external_id="1", note="Nice").ids["customer"]
    import_folder(store, a_folder(tmp_path / "folder"), "USD")
    with store.read() as session:
        row = session.row(select(customer).where(customer.c.id == by_hand))
        assert row is not None
        assert (row.tax_id, row.city, row.note, row.external_id) == ("FR1", "Nantes", "Nice", "1")
        assert by_id(session, deal_id(store, "10")).customer_id == by_hand == id_by_external(session, "1")


def test_a_known_product_is_brought_up_to_date(store: Store, tmp_path: Path) -> None:
    tax = a_tax("19")
    do(store, catalog.save_product, Product("A", "Old name", "EUR", Decimal("1.00"), tax))
    import_folder(store, a_folder(tmp_path / "folder"), "USD")
    with store.read() as session:
        found = by_sku(session, ["A", "B"])
    assert (found["A"].name, found["A"].currency, found["A"].unit_price) == ("1969 Harley", "USD", Decimal("95.70"))
    assert found["A"].description == "Working kickstand,\nfront suspension"
    assert (found["B"].category, found["B"].cost, found["B"].tax.category.value) == ("Cars", Decimal("98.58"), "O")


def test_two_customers_of_one_name_stay_two(store: Store, tmp_path: Path) -> None:
    first = FILES["customers.csv"].splitlines()[1]
    twice = FILES["customers.csv"].replace(FILES["customers.csv"].splitlines()[2], "2" + first[1:])
    import_folder(store, a_folder(tmp_path / "folder", customers=twice), "USD")
    with store.read() as session:
        ids = [by_id(session, deal_id(store, number)).customer_id for number in ("10", "14")]
    assert ids[0] != ids[1]


def test_an_id_of_somebody_else_is_refused(store: Store, tmp_path: Path) -> None:
    do(store, parties.save_customer, Party("Somebody else"), external_id="2")
    before = counts_of(store)
    with pytest.raises(
        RuleViolation, match=r"customers.csv, row 3, column customer_id: in this store 2 is 'Somebody else'"
    ):
        import_folder(store, a_folder(tmp_path / "folder"), "USD")
    assert counts_of(store) == before


def test_the_same_orders_again_are_refused(imported: Store, tmp_path: Path) -> None:
    before = counts_of(imported)
    with pytest.raises(RuleViolation) as refusal:
        import_folder(imported, a_folder(tmp_path / "again"), "USD")
    assert (
        str(refusal.value) == "orders.csv, row 2, column order_id: order 10 was imported before, as deal S-2003-0001."
    )
    assert counts_of(imported) == before


def test_an_imported_deal_is_a_deal_file(imported: Store, empty_store: Path, tmp_path: Path) -> None:
    ids = [deal_id(imported, number) for number in ("13", "14", "15")]
    files = assert_told_again(imported, ids, empty_store, tmp_path)
    before = counts_of(imported)
    for file in files:
        run(imported, parse(json.dumps(file).encode()))  # it is known by its reference: nothing is done twice
    assert counts_of(imported) == before


def test_a_cancelled_import_leaves_nothing(store: Store, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            pass

        def check(self) -> None:
            raise Cancelled

    before = counts_of(store)
    with pytest.raises(Cancelled):
        import_folder(store, a_folder(tmp_path / "folder"), "USD", Impatient())
    assert counts_of(store) == before


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, store = a_folder(tmp_path / "folder"), tmp_path / "books.handsel"
    words = ["import", str(folder), "--store", str(store)]
    assert cli.main([*words, "--currency", "EURO"]) == 2
    assert capsys.readouterr().err == "'EURO' is no currency of ISO 4217, such as USD.\n"
    assert not store.exists()
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["payments_to_orders"] == 4
    assert cli.main(words) == 2
    assert "order 10 was imported before" in capsys.readouterr().err
    with Store.open(store) as opened:
        assert export(opened, "S-2003-0001")["currency"] == "USD"
