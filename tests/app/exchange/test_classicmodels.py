"""Real input: the Classic Models sample, 326 orders and 273 payments that somebody else wrote, in one go.

Every figure that is expected of it is met by what the store says after the import; "revenue" there is the value of all
orders by the day they were placed, while the books earn it on the day the goods were received.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.core.money import amount_text
from app.core.quantity import from_micro
from app.exchange.folder_import import import_folder
from app.ledger.rules import Role
from app.pipeline import lists
from app.pipeline.proof import prove
from app.pipeline.reports import revenue_report
from app.store.store import Store

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "classicmodels"
LATE = date(2005, 12, 31)
CENTS = Decimal("0.01")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the Classic Models sample is not beside the project")


@pytest.fixture(scope="module")
def imported(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample in a store; nobody changes it afterwards."""
    path = tmp_path_factory.mktemp("classicmodels") / "books.handsel"
    with Store.open(Path(shutil.copyfile(empty_store, path))) as store:
        import_folder(store, FOLDER, "USD")
        yield store


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return found


def rows(store: Store, sql: str) -> list[Any]:
    with store.read() as session:
        return list(session.rows(text(sql)))


def value(store: Store, sql: str) -> Any:
    return rows(store, sql)[0][0]


def dollars(minor: int) -> str:
    return amount_text(minor, "USD")


def by_name(found: list[Any]) -> dict[str, str]:
    return {str(name): dollars(minor) for name, minor in found}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- what is expected of the orders and payments

MONEY_IN = "payment WHERE direction = 'in' AND method <> 'credit'"
LINES = "quote_line JOIN quote ON quote.id = quote_line.quote_id JOIN deal ON deal.id = quote.deal_id"
OWED = f"""
SELECT coalesce((SELECT sum(gross) FROM quote JOIN deal ON deal.id = deal_id WHERE customer_id = customer.id), 0)
    - coalesce((SELECT sum(amount) FROM {MONEY_IN} AND customer_id = customer.id), 0) AS owed FROM customer
"""


def test_counts(imported: Store, expected: dict[str, Any]) -> None:
    tables = {
        "customers": "customer",
        "products": "product",
        "orders": "deal",
        "order_lines": "quote_line",
        "payments": MONEY_IN,
    }
    counted = {name: value(imported, f"SELECT count(*) FROM {kept}") for name, kept in tables.items()}
    assert counted == expected["counts"]


def test_totals(imported: Store, expected: dict[str, Any]) -> None:
    revenue = value(imported, "SELECT sum(gross) FROM quote")
    assert dollars(revenue) == expected["total_revenue"]
    assert value(imported, f"SELECT sum(quantity) FROM {LINES}") == expected["total_quantity"] * 1_000_000
    assert dollars(value(imported, f"SELECT sum(amount) FROM {MONEY_IN}")) == expected["total_payments"]
    costs = [
        from_micro(quantity) * from_micro(cost)
        for quantity, cost in rows(imported, f"SELECT quantity, cost FROM {LINES}")
    ]
    assert str(sum(costs, Decimal(0)).quantize(CENTS)) == expected["cogs_at_products_cost"]
    margin = Decimal(revenue).scaleb(-2) - sum(costs, Decimal(0))
    assert str(margin.quantize(CENTS)) == expected["gross_margin_at_products_cost"]


def status_of(imported: Store) -> dict[str, list[str]]:
    """The deals of each status, told from state and flag; of those received only the comment says what was resolved."""
    with imported.read() as session:
        found = lists.page(session, lists.DEALS, lists.Filter(), LATE, size=1000).items
    words = {
        ("open", "on hold"): "On Hold",
        ("open", ""): "In Process",
        ("cancelled", ""): "Cancelled",
        ("fulfilled", "disputed"): "Disputed",
        ("closed", "disputed"): "Disputed",
        ("fulfilled", ""): "Shipped",
        ("closed", ""): "Shipped",
    }
    resolved = {f"Order {row['order_id']}" for row in table("orders") if row["status"] == "Resolved"}
    statuses: dict[str, list[str]] = defaultdict(list)
    for row in found:
        statuses["Resolved" if row.title in resolved else words[row.state, row.flag]].append(row.number)
    return statuses


def test_by_status(imported: Store, expected: dict[str, Any]) -> None:
    statuses = status_of(imported)
    assert {status: len(numbers) for status, numbers in statuses.items()} == expected["orders_by_status"]
    gross = dict(rows(imported, "SELECT deal.number, gross FROM quote JOIN deal ON deal.id = deal_id"))
    sums = {status: dollars(sum(gross[number] for number in numbers)) for status, numbers in statuses.items()}
    assert sums == expected["revenue_by_status"]


def test_by_year_and_category(imported: Store, expected: dict[str, Any]) -> None:
    by_year = "SELECT substr(opened_on, 1, 4), sum(gross) FROM quote JOIN deal ON deal.id = deal_id GROUP BY 1"
    assert by_name(rows(imported, by_year)) == expected["revenue_by_order_year"]
    paid = f"SELECT substr(paid_on, 1, 4), sum(amount) FROM {MONEY_IN} GROUP BY 1"
    assert by_name(rows(imported, paid)) == expected["payments_by_year"]
    category = f"SELECT category, sum(quote_line.net) FROM {LINES} JOIN product USING (sku) GROUP BY 1"
    assert by_name(rows(imported, category)) == expected["revenue_by_category"]


def test_customers(imported: Store, expected: dict[str, Any]) -> None:
    top = rows(
        imported,
        "SELECT external_id, name, sum(gross) FROM quote JOIN deal ON deal.id = deal_id "
        "JOIN customer ON customer.id = customer_id GROUP BY customer.id ORDER BY 3 DESC LIMIT 5",
    )
    assert [[external, name, dollars(sum_)] for external, name, sum_ in top] == expected["top5_customers_by_revenue"]


def test_who_orders_pays(imported: Store, expected: dict[str, Any]) -> None:
    """Nobody paid without an order, or ordered and never paid; 24 of the 122 customers did neither."""
    ordered = {row.customer_id for row in rows(imported, "SELECT customer_id FROM deal")}
    paid = {row.customer_id for row in rows(imported, f"SELECT customer_id FROM {MONEY_IN}")}
    assert len(paid - ordered) == expected["customers_without_orders"]
    assert len(ordered - paid) == expected["customers_without_payments"]
    assert len(ordered | paid) == 122 - 24


def test_what_customers_owe(imported: Store, expected: dict[str, Any]) -> None:
    owed = [row.owed for row in rows(imported, OWED)]
    assert sum(amount > 0 for amount in owed) == expected["customers_with_open_balance"]
    assert sum(amount < 0 for amount in owed) == expected["customers_overpaid"]
    assert dollars(sum(owed)) == expected["net_open_balance"]
    assert dollars(sum(amount for amount in owed if amount > 0)) == expected["sum_positive_balances"]


def test_payments_find_their_orders(imported: Store, expected: dict[str, Any]) -> None:
    matched = rows(
        imported,
        "SELECT payment.amount, gross FROM payment JOIN quote USING (deal_id) WHERE direction = 'in'",
    )
    assert len(matched) == expected["payments_equal_to_one_order_total"]
    assert all(amount == gross for amount, gross in matched)
    assert value(imported, "SELECT count(DISTINCT deal_id) FROM payment") == len(matched)
    # Two came a year before the order they fit: they were credit until then, and pay it from there.
    assert value(imported, "SELECT count(*) FROM payment WHERE method = 'credit'") == 2
    assert value(imported, "SELECT count(*) FROM payment WHERE deal_id IS NULL") == 23 + 2
    assert value(imported, "SELECT count(*) FROM payment WHERE deposit > 0") == 8 + 2


def test_products_and_lines(imported: Store, expected: dict[str, Any]) -> None:
    never = rows(imported, "SELECT sku FROM product WHERE sku NOT IN (SELECT sku FROM quote_line) ORDER BY sku")
    assert [row.sku for row in never] == expected["products_never_ordered"]
    prices = f"SELECT count(*) FROM {LINES} WHERE "
    assert value(imported, prices + "unit_price > list_price") == expected["lines_sold_above_list_price"]
    assert value(imported, prices + "unit_price < cost") == expected["lines_with_price_below_cost"]
    orphans = "quote_line.sku NOT IN (SELECT sku FROM product)"
    assert value(imported, prices + orphans) == expected["orphan_lines"]
    listed = rows(imported, "SELECT quote_line.list_price, product.unit_price FROM quote_line JOIN product USING (sku)")
    assert all(ours == theirs for ours, theirs in listed)


def test_days(imported: Store, expected: dict[str, Any]) -> None:
    assert list(rows(imported, "SELECT min(opened_on), max(opened_on) FROM deal")[0]) == expected["order_date_range"]
    assert (
        list(rows(imported, f"SELECT min(paid_on), max(paid_on) FROM {MONEY_IN}")[0]) == expected["payment_date_range"]
    )


def test_shipping(imported: Store, expected: dict[str, Any]) -> None:
    """Of the orders that never left two were shipped and cancelled all the same: those have no delivery either."""
    shipped = dict(rows(imported, "SELECT reference, dispatched_on FROM deal JOIN delivery ON deal_id = deal.id"))
    orders = {f"order {row['order_id']}": row for row in table("orders")}
    cancelled = {name for name, row in orders.items() if row["status"] == "Cancelled" and row["shipped_date"]}
    assert len(orders) - len(shipped) == expected["orders_unshipped"] + len(cancelled)
    assert all(day == orders[name]["shipped_date"] for name, day in shipped.items())
    late = [name for name, row in orders.items() if row["shipped_date"] > row["required_date"]]
    assert len(late) == expected["orders_shipped_late"]
    assert set(late) <= set(shipped)


def test_sample_orders(imported: Store, expected: dict[str, Any]) -> None:
    found = by_name(rows(imported, "SELECT substr(reference, 7), gross FROM quote JOIN deal ON deal.id = deal_id"))
    samples = expected["sample_order_totals"]
    assert {name: found[name] for name in samples} == samples


def test_no_figure_is_left_out(expected: dict[str, Any]) -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in expected if f'expected["{name}"]' not in source] == []


# ---------------------------------------------------------------- what the books say


def totals_by_day_of_shipping() -> dict[str, Decimal]:
    """Revenue by year of shipping, straight from the files."""
    sums: Counter[str] = Counter()
    for line in table("order_lines"):
        sums[line["order_id"]] += int(Decimal(line["quantity"]) * Decimal(line["unit_price"]) * 100)
    by_year: Counter[str] = Counter()
    for row in table("orders"):
        if row["status"] in ("Shipped", "Resolved", "Disputed"):
            by_year[row["shipped_date"][:4]] += sums[row["order_id"]]
    return {year: Decimal(minor).scaleb(-2) for year, minor in sorted(by_year.items())}


def test_the_books_earn_on_the_day_of_shipping(imported: Store, expected: dict[str, Any]) -> None:
    entries = "FROM journal_line JOIN journal_entry ON journal_entry.id = entry_id"
    earned = (
        f"SELECT substr(posted_on, 1, 4), sum(credit - debit) {entries} WHERE role = 'revenue' GROUP BY 1 ORDER BY 1"
    )
    by_year = {year: Decimal(minor).scaleb(-2) for year, minor in rows(imported, earned)}
    assert by_year == totals_by_day_of_shipping()
    received = sum(Decimal(expected["revenue_by_status"][status]) for status in ("Shipped", "Resolved", "Disputed"))
    assert sum(by_year.values()) == received == Decimal("9060489.30")
    assert by_year != {year: Decimal(amount) for year, amount in expected["revenue_by_order_year"].items()}


def balances(store: Store) -> dict[str, int]:
    return dict(rows(store, "SELECT role, sum(debit - credit) FROM journal_line GROUP BY role"))


def test_the_books_balance(imported: Store, expected: dict[str, Any]) -> None:
    found = balances(imported)
    assert sum(found.values()) == 0
    assert dollars(found[Role.BANK]) == expected["total_payments"]
    assert found.get(Role.GOODS_IN_TRANSIT, 0) == found.get(Role.CONTRACT_ASSET, 0) == 0
    assert found.get(Role.CONTRACT_LIABILITY, 0) == 0  # every deposit is of an order that was shipped
    assert Role.OUTPUT_TAX not in found
    # What is owed, less credit, is what was received less what was paid.
    assert found[Role.RECEIVABLE] + found[Role.CUSTOMER_CREDIT] == -found[Role.REVENUE] - found[Role.BANK]
    unmatched = "SELECT sum(amount) FROM payment WHERE deal_id IS NULL"
    used = "SELECT sum(amount) FROM payment WHERE method = 'credit'"
    assert -found[Role.CUSTOMER_CREDIT] == value(imported, unmatched) - value(imported, used)


def test_the_workbook_says_the_same(imported: Store) -> None:
    with imported.read() as session:
        report = revenue_report(session, LATE)
    found = balances(imported)
    assert sum(row.revenue for row in report.lines) == -found[Role.REVENUE]
    assert sum(row.open for row in report.open_items) == found[Role.RECEIVABLE]
    assert sum(row.amount for row in report.payments if row.method != "credit") == found[Role.BANK]
    assert sum(row.unallocated for row in report.payments) == -found[Role.CUSTOMER_CREDIT]


def test_the_books_prove_themselves(imported: Store) -> None:
    proof = prove(imported)
    assert proof.problems == ()
    assert (proof.deals, proof.invoices) == (326, 310)


def test_no_paper_was_made(imported: Store) -> None:
    assert value(imported, "SELECT count(*) FROM paper") == 0
    assert value(imported, "SELECT count(*) FROM document") == 326 * 2 + 310 * 2 + 250


def test_texts_are_kept_as_they_were(imported: Store) -> None:
    """Accents, apostrophes, foreign postcodes, comments of several lines."""
    customers = {row["customer_id"]: row for row in table("customers")}
    for external, name, postal_code, phone in rows(
        imported, "SELECT external_id, name, postal_code, phone FROM customer"
    ):
        kept = customers[external]
        assert (name, postal_code, phone) == (kept["name"], kept["postal_code"], kept["phone"])
    comments = Counter(row["comments"].strip() for row in table("orders") if row["comments"].strip())
    changes = rows(imported, "SELECT changes FROM history WHERE action = 'open_deal'")
    notes = [change[2] for row in changes for change in json.loads(row.changes) if change[0].endswith(": note")]
    assert Counter(notes) == comments
