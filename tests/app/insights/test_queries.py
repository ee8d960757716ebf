"""What her own history tells, from deals on a real file; and from 326 orders that somebody else wrote."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.catalog.rules import Product
from app.catalog.service import add_product, save_product
from app.core.totals import Reduction
from app.exchange.folder_import import import_folder
from app.insights.queries import companions, last_prices, reorder_due, usual_discount
from app.insights.rules import Companion, UsualDiscount
from app.pipeline import service
from app.store.session import Session
from app.store.store import Store
from tests.builders import DAY, STAGES, a_customer, a_deal, a_line, a_tax, an_offer, do, facts_of

D = Decimal


def of(sku: str, quantity: str = "1", price: str = "10.00", **over: Any) -> Any:
    return a_line(sku.title(), quantity, price, sku=sku, **over)


def sold(store: Store, *lines: Any, days: int = 0, until: str = "accepted", **over: Any) -> int:
    on = after(days)
    deal_id = a_deal(store, an_offer(*lines, **over), until="draft", on=on)
    for step in (service.send_quote, service.accept_quote)[: STAGES.index(until)]:
        do(store, step, deal_id, on=on)
    return deal_id


def after(days: int) -> date:
    return DAY + timedelta(days)


def customer_of(store: Store, deal_id: int) -> int:
    return facts_of(store, deal_id).deal.customer_id


def test_the_last_price_is_the_newest_that_was_agreed(store: Store) -> None:
    first = sold(store, of("LAMP", "2", "10.00"), of("LOCK"))
    newest = sold(store, of("LAMP", "3", "9.50", reductions=(Reduction("Old friend", percent=D(10)),)))
    sold(store, of("LAMP", "3", "1.00"), until="sent")
    cancelled = sold(store, of("LAMP", "3", "2.00"))
    do(store, service.cancel, cancelled, on=DAY, reason="no money")
    a_deal(store, an_offer(of("LAMP", "1", "3.00")), customer=a_customer("Somebody else", tax_id="DE1"))
    with store.read() as session:
        found = last_prices(session, customer_of(store, first), ["LAMP", "LOCK", "NEVER", ""])
        assert last_prices(session, 99, ["LAMP"]) == {}
        assert last_prices(session, 1, []) == {}
    assert sorted(found) == ["LAMP", "LOCK"]
    lamp = found["LAMP"]
    assert (lamp.unit_price, lamp.quantity, lamp.net, lamp.deal_id) == (D("9.5"), 3, 2565, newest)
    assert (lamp.on, lamp.currency, lamp.unit, lamp.base_quantity) == (DAY, "EUR", "C62", 1)
    assert (found["LOCK"].deal_id, found["LOCK"].unit_price) == (first, D(10))


def test_the_usual_discount_is_what_she_took_off_herself(store: Store) -> None:
    ten, promotion = Reduction("Regular", percent=D(10)), Reduction("Spring", percent=D(50), promotion="Spring")
    deal = sold(store, of("LAMP", "1", "100.00", reductions=(ten, promotion)))
    sold(store, of("LAMP", "1", "100.00"), reductions=(Reduction(amount=600),))
    sold(store, of("LAMP", "1", "100.00"), of("LOCK", "1", "0.00"))
    sold(store, of("LAMP", "1", "100.00", reductions=(Reduction(percent=D(90)),)), until="draft")
    with store.read() as session:
        assert usual_discount(session, customer_of(store, deal)) == UsualDiscount(D("6.0"), 3, 2)
        assert usual_discount(session, 99) is None


@pytest.fixture
def _products(store: Store) -> None:
    for sku in ("LAMP", "LOCK", "BELL", "BAG"):
        do(store, add_product, Product(sku, sku.title(), "EUR", D(10), a_tax()))


@pytest.mark.usefixtures("_products")
def test_what_goes_together_and_how_often(store: Store) -> None:
    for number in range(5):
        sold(store, of("LAMP"), of("LOCK"), of("LOCK"), *([of("BELL")] if number < 2 else []))
    sold(store, of("LAMP"), of("LOCK"), until="sent")
    sold(store, of("LAMP"), of("BAG"))
    for _ in range(4):
        sold(store, of("BAG"))
    with store.read() as session:
        assert companions(session, ["LAMP"], DAY) == [Companion("LOCK", "Lock", "LAMP", 5, 6)]
        assert companions(session, ["LAMP", "LOCK"], DAY) == [], "bells twice only, bags with everything"
        assert companions(session, [], DAY) == []
        assert companions(session, ["LAMP"], DAY, limit=0) == []
    do(store, save_product, Product("LOCK", "Lock", "EUR", D(10), a_tax(), active_to=DAY))
    with store.read() as session:
        assert companions(session, ["LAMP"], DAY)
        assert companions(session, ["LAMP"], after(1)) == [], "no longer offered"


@pytest.mark.usefixtures("_products")
def test_each_product_is_suggested_once_with_its_best_evidence(store: Store) -> None:
    for number in range(4):
        sold(store, of("LAMP"), of("BELL"))
        sold(store, of("LOCK"), *([of("BELL")] if number else []))
        sold(store, of("BAG"))
    with store.read() as session:
        assert companions(session, ["LAMP", "LOCK"], DAY) == [Companion("BELL", "Bell", "LAMP", 4, 4)]


def test_what_is_due_again(store: Store) -> None:
    for days in (0, 28, 60, 90):
        deal = sold(store, of("OIL", str(days // 10 + 1)), days=days)
    for days in (0, 90):
        sold(store, of("LAMP"), days=days)
    her = customer_of(store, deal)
    with store.read() as session:
        (oil,) = reorder_due(session, her, after(110))
        assert (oil.sku, oil.days, oil.due_on, oil.quantity) == ("OIL", 30, after(120), D(5))
        assert oil.bought_on == tuple(after(days) for days in (0, 28, 60, 90))
        assert reorder_due(session, her, after(105)) == []
        assert [one.sku for one in reorder_due(session, her, after(105), within=15)] == ["OIL"]
        assert reorder_due(session, her, after(151)) == [], "she has stopped"
        assert reorder_due(session, 99, after(110)) == []


# somebody else's orders

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "classicmodels"
LATE = date(2005, 5, 31)
needs_the_sample = pytest.mark.skipif(not FOLDER.is_dir(), reason="the Classic Models sample is not beside the project")


@pytest.fixture(scope="module")
def classic(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("classicmodels") / "books.handsel"
    with Store.open(Path(shutil.copyfile(empty_store, path))) as store:
        import_folder(store, FOLDER, "USD")
        yield store


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def agreed(classic: Store) -> dict[str, set[str]]:
    """SKUs of each order of the sample that stands, told from the rows of the store by a plain way."""
    found: dict[str, set[str]] = defaultdict(set)
    sql = (
        "SELECT quote.id, quote_line.sku FROM quote_line JOIN quote ON quote.id = quote_line.quote_id "
        "JOIN deal ON deal.id = quote.deal_id WHERE quote.state = 'accepted' AND deal.cancelled_on IS NULL"
    )
    with classic.read() as session:
        for quote_id, sku in session.connection.exec_driver_sql(sql):
            found[quote_id].add(sku)
    return found


@needs_the_sample
def test_counts_of_companions_are_those_of_the_orders(classic: Store) -> None:
    orders = agreed(classic)
    assert len(orders) > 300
    counted: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for skus in orders.values():
        alone.update(skus)
        counted.update((one, other) for one in skus for other in skus if one != other)
    asked = sorted(alone)[:40]
    with classic.read() as session:
        found = [row for sku in asked for row in companions(session, [sku], LATE, limit=200)]
    assert len(found) > 100
    for row in found:
        assert (row.together, row.of) == (counted[row.with_sku, row.sku], alone[row.with_sku])
        assert row.together * 5 >= row.of
    strong = {(o, s) for (o, s), n in counted.items() if o in asked and n >= 10 and n * 2 > alone[o]}
    assert strong <= {(row.with_sku, row.sku) for row in found}


@needs_the_sample
def test_last_prices_are_those_of_the_newest_orders(classic: Store) -> None:
    lines = read("order_lines.csv")
    assert lines
    with classic.read() as session:
        sql = "SELECT id FROM customer ORDER BY id LIMIT 30"
        for (customer_id,) in list(session.connection.exec_driver_sql(sql)):
            rows = session.connection.exec_driver_sql(
                "SELECT quote_line.sku, unit_price FROM quote_line JOIN quote ON quote.id = quote_line.quote_id "
                "JOIN deal ON deal.id = quote.deal_id WHERE quote.state = 'accepted' AND deal.cancelled_on IS NULL "
                f"AND deal.customer_id = {int(customer_id)} ORDER BY coalesce(decided_on, made_on), quote_line.id"
            )
            due = {sku: Decimal(price) / 1_000_000 for sku, price in rows}
            found = last_prices(session, customer_id, due)
            assert {sku: row.unit_price for sku, row in found.items()} == due


@needs_the_sample
def test_each_question_is_one_statement(classic: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = Session.rows
    monkeypatch.setattr(Session, "rows", lambda self, *given: (asked.append(given[0]), real(self, *given))[1])
    with classic.read() as session:
        last_prices(session, 1, ["S10_1678", "S10_1949"])
        usual_discount(session, 1)
        companions(session, ["S10_1678", "S10_1949"], LATE)
        reorder_due(session, 1, LATE)
    assert len(asked) == 4
