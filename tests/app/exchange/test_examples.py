"""The published examples of deal files run, and one of them was worked out by hand to the cent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.store.store import Store
from tests.builders import Json, assert_true_books, balance, run_deal, turnover

ROOT = Path(__file__).parents[3]
FOLDERS = [root / "shared" / "deal-file" / "examples" for root in (ROOT, ROOT.parent)]
EXAMPLES = [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.glob("*.json"))]

needs_examples = pytest.mark.skipif(not EXAMPLES, reason="the folder with the examples is not here")


def outcome_of_file(store: Store, path: Path) -> Json:
    return run_deal(store, json.loads(path.read_text("utf-8")))


@needs_examples
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_runs(store: Store, path: Path) -> None:
    outcome = outcome_of_file(store, path)
    assert_true_books(outcome)
    assert outcome["format"] == "handsel-outcome/1"


@pytest.fixture
def kayaks(store: Store) -> Json:
    found = [path for path in EXAMPLES if path.stem == "prepaid-partial-delivery"]
    if not found:
        pytest.skip("the example is not here")
    return outcome_of_file(store, found[0])


def test_the_quote_of_the_kayaks(kayaks: Json) -> None:
    # 6 x 1249.00 = 7494.00 less 10 % (749.40) = 6744.60; 12 x 79.90 = 958.80; 480.00; freight 95.00
    # 8183.40 + 95.00 = 8278.40; 19 % = 1572.896 -> 1572.90; 9851.30
    totals = kayaks["quote"]["totals"]
    assert [line["net"] for line in kayaks["quote"]["lines"]] == ["6744.60", "958.80", "480.00"]
    assert (totals["lines_net"], totals["charges"], totals["net"]) == ("8183.40", "95.00", "8278.40")
    assert (totals["tax"], totals["gross"], totals["payable"]) == ("1572.90", "9851.30", "9851.30")
    # costs 6 x 830.00 + 12 x 41.20 + 260.00 = 5734.40; (8278.40 - 5734.40) / 8278.40 = 30.731 %
    assert kayaks["quote"]["margin_percent"] == "30.73"
    assert kayaks["quote"]["valid_until"] == "2026-04-01"
    assert (kayaks["contract"]["version"], kayaks["contract"]["state"]) == (2, "in_force")


def test_the_invoices_of_the_kayaks(kayaks: Json) -> None:
    # Freight 95.00 by net: 78.297 / 11.131 / 5.572 -> 78.30 / 11.13 / 5.57
    # 4 kayaks: 4496.40 + 52.20; paddles 958.80 + 11.13: 5518.53; 1048.5207 -> 1048.52; 6567.05, less 2955.39 = 3611.66
    # 2 kayaks: 2248.20 + 26.10 = 2274.30; 432.117 -> 432.12; 2706.42
    # the course: 480.00 + 5.57 = 485.57; 92.2583 -> 92.26; 577.83
    invoices = kayaks["invoices"]
    assert [i["totals"]["net"] for i in invoices] == ["5518.53", "2274.30", "485.57"]
    assert [i["totals"]["tax"] for i in invoices] == ["1048.52", "432.12", "92.26"]
    assert [i["totals"]["gross"] for i in invoices] == ["6567.05", "2706.42", "577.83"]
    assert [i["totals"]["prepaid"] for i in invoices] == ["2955.39", "0.00", "0.00"]
    assert [i["due"] for i in invoices] == ["2026-04-16", "2026-05-05", "2026-05-18"]
    # 6000.00: 3611.66 to the first, 2388.34 to the second; 2706.42 - 2388.34 = 318.08
    assert [(i["open"], i["state"]) for i in invoices] == [
        ("0.00", "paid"),
        ("318.08", "partly_paid"),
        ("577.83", "open"),
    ]
    assert [p["allocated"] for p in kayaks["payments"]] == [
        [{"invoice": "INV-2026-0001", "amount": "2955.39"}],
        [{"invoice": "INV-2026-0001", "amount": "3611.66"}, {"invoice": "INV-2026-0002", "amount": "2388.34"}],
    ]
    assert [p["unallocated"] for p in kayaks["payments"]] == ["0.00", "0.00"]


def test_the_books_of_the_kayaks(kayaks: Json) -> None:
    assert (kayaks["deal"]["state"], kayaks["customer_balance"], kayaks["customer_credit"]) == (
        "fulfilled",
        "895.91",  # 318.08 + 577.83
        "0.00",
    )
    assert [(row["date"], row["line"], row["amount"]) for row in kayaks["revenue"]] == [
        ("2026-04-02", 1, "4548.60"),
        ("2026-04-02", 2, "969.93"),
        ("2026-04-21", 1, "2274.30"),
        ("2026-05-04", 3, "485.57"),
    ]
    # 4 x 830.00 + 12 x 41.20 = 3814.40 and 2 x 830.00 = 1660.00; the course's cost is no entry
    assert [str(amount) for amount in turnover(kayaks, "goods_in_transit")] == ["5474.40", "5474.40"]
    assert str(balance(kayaks, "cost_of_sales")) == "5474.40"
    assert str(balance(kayaks, "bank")) == "8955.39"
    assert [entry["date"] for entry in kayaks["journal"]] == sorted(entry["date"] for entry in kayaks["journal"])
    assert [d["lines"] for d in kayaks["deliveries"]] == [
        [{"line": 1, "dispatched": "4", "accepted": "4"}, {"line": 2, "dispatched": "12", "accepted": "12"}],
        [{"line": 1, "dispatched": "2", "accepted": "2"}],
    ]
