"""`main.py deal run`: what it prints, its exit codes, and that nothing of a refused step is kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.cli import main
from app.store.store import Store
from tests.builders import SIGNED, Json, a_tax, counts_of, deal_file, do, run_deal, typed_line

ROOT = Path(__file__).parents[3]


@pytest.fixture
def put(tmp_path: Path) -> Any:
    """Write a file, an object as JSON; returns its path as text."""

    def write(name: str, content: Json | str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(content) if isinstance(content, dict) else content
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


@pytest.fixture
def books(empty_store: Path, tmp_path: Path) -> Path:
    """An empty store, closed."""
    path = tmp_path / "shared.handsel"
    path.write_bytes(empty_store.read_bytes())
    return path


def signed(*steps: Json, **over: Any) -> Json:
    return deal_file(steps=[*SIGNED, *steps], **over)


def test_one_file_prints_its_outcome_and_nothing_else(put: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deal", "run", put("deal.json", signed(customer={"name": "Šárka Ж 李"}))]) == 0
    printed = capsys.readouterr()
    outcome = json.loads(printed.out)
    assert list(outcome) == [
        "format",
        "deal",
        "quote",
        "contract",
        "deliveries",
        "invoices",
        "payments",
        "customer_balance",
        "customer_credit",
        "revenue",
        "journal",
        "documents",
    ]
    assert outcome["deal"] == {"number": "S-2026-0001", "state": "open", "currency": "EUR"}
    assert printed.err == ""


def test_the_program_itself(put: Any, tmp_path: Path) -> None:
    """Through the interpreter, in a terminal that speaks ASCII alone, from another folder."""
    refused = signed({"do": "confirm_receipt"}, title="Plön")
    command = [sys.executable, str(ROOT / "main.py"), "deal", "run", put("ö.json", signed()), put("b.json", refused)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False)
    first, second = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (3, b"")
    assert json.loads(first)["file"] == str(tmp_path / "ö.json")
    assert json.loads(second)["error"]["step"] == "steps[4] confirm_receipt"


def test_several_files_print_a_line_each(put: Any, capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        put("good.json", signed()),
        put("refused.json", signed({"do": "confirm_receipt"})),
        put("bad.json", deal_file() | {"curency": "EUR"}),
        put("broken.json", '{"format": '),
        put("again.json", signed()),
    ]
    assert main(["deal", "run", *files, str(Path(files[0]).with_name("gone.json"))]) == 3
    printed = capsys.readouterr()
    results = [json.loads(line) for line in printed.out.splitlines()]
    assert printed.err == ""
    assert [Path(result["file"]).name for result in results] == [
        "good.json",
        "refused.json",
        "bad.json",
        "broken.json",
        "again.json",
        "gone.json",
    ]
    # A store of its own for each: the numbers begin anew.
    assert results[0]["deal"]["number"] == results[4]["deal"]["number"] == "S-2026-0001"
    errors = [result["error"] for result in results if "error" in result]
    assert [error["file"] for error in errors] == [files[1], files[2], files[3], results[5]["file"]]
    assert [error.get("step", error.get("path")) for error in errors] == [
        "steps[4] confirm_receipt",
        "curency",
        "$",
        "$",
    ]
    assert errors[0]["message"] == (
        "confirm_receipt is not allowed: nothing is in transit. The deal is open; allowed now: pay, dispatch, cancel."
    )
    assert errors[1]["message"] == 'curency: unknown key "curency"; expected perhaps "currency".'
    assert "there is no file" in errors[3]["message"]
    assert all(list(error) in (["file", "step", "message"], ["file", "path", "message"]) for error in errors)


def test_a_single_error_is_also_said_to_people(put: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deal", "run", put("deal.json", signed({"do": "pay", "amount": "12.345"}))]) == 2
    printed = capsys.readouterr()
    error = json.loads(printed.out)["error"]
    assert error["path"] == "steps[4].amount"
    assert printed.err == error["message"] + "\n"
    assert "Traceback" not in printed.err


def test_files_share_a_store_that_is_named(put: Any, books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [put("a.json", signed(reference="a")), put("b.json", signed(reference="b"))]
    for _ in range(2):
        assert main(["deal", "run", *files, "--store", str(books)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [json.loads(line)["deal"]["number"] for line in lines] == ["S-2026-0001", "S-2026-0002"]
    assert not list(books.parent.glob("*.lock"))


def test_a_store_that_is_not_there_is_made(put: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "new.handsel"
    assert main(["deal", "run", put("a.json", deal_file()), "--store", str(place)]) == 0
    assert place.exists()
    capsys.readouterr()
    assert main(["deal", "run", put("a.json", deal_file()), "--store", str(tmp_path / "none" / "x.handsel")]) == 4
    printed = capsys.readouterr()
    assert (printed.out, "does not exist" in printed.err) == ("", True)


def test_what_stands_before_a_refused_step_stays(put: Any, books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = ({"do": "pay", "amount": "10.00"}, {"do": "refund", "amount": "10.00"}, {"do": "dispatch"})
    path = put("a.json", signed(*steps, reference="a"))
    assert main(["deal", "run", path, "--store", str(books)]) == 3
    assert "the customer has no credit" in capsys.readouterr().err
    with Store.open(books) as store:
        rows = counts_of(store)
    assert (rows["payment"], rows["delivery"], rows["history"]) == (1, 0, 6)


def test_documents_are_written_where_they_are_wanted(
    put: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = ({"do": "dispatch"}, {"do": "confirm_receipt"})
    assert main(["deal", "run", put("a.json", signed(*steps)), "--to", str(tmp_path / "one")]) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(documents)
    assert documents == [
        "quote Q-2026-0001.pdf",
        "contract C-2026-0001.pdf",
        "delivery note D-2026-0001.pdf",
        "invoice INV-2026-0001.pdf",
        "revenue.xlsx",
    ]
    assert (tmp_path / "one" / documents[0]).read_bytes().startswith(b"%PDF")
    files = [put("a.json", deal_file()), put("b.json", deal_file())]
    assert main(["deal", "run", *files, "--to", str(tmp_path / "two")]) == 0
    assert sorted(path.relative_to(tmp_path / "two").as_posix() for path in (tmp_path / "two").rglob("*.xlsx")) == [
        "a/revenue.xlsx",
        "b/revenue.xlsx",
    ]


# Bad input that only the store can tell, or that is found when it is priced

NOT_ALLOWED = {
    "paying before acceptance": (deal_file(steps=[{"do": "send_quote"}, {"do": "pay", "amount": "1.00"}]), "pay"),
    "accepting a draft": (deal_file(steps=[{"do": "accept_quote"}]), "accept_quote"),
    "accepting too late": (
        deal_file(steps=[{"do": "send_quote"}, {"do": "accept_quote", "on": "2026-04-02"}]),
        "accept_quote",
    ),
    "dispatching before both have signed": (deal_file(steps=[*SIGNED[:3], {"do": "dispatch"}]), "dispatch"),
    "completing before both have signed": (
        deal_file(
            typed_line("Course", "1", "9.00", kind="service"),
            steps=[*SIGNED[:3], {"do": "complete_service", "line": 1}],
        ),
        "complete_service",
    ),
    "an over-delivery": (signed({"do": "dispatch", "lines": [{"line": 1, "quantity": "2.000001"}]}), "dispatch"),
    "an over-confirmation": (
        signed({"do": "dispatch"}, {"do": "confirm_receipt", "lines": [{"line": 1, "accepted": "3"}]}),
        "confirm_receipt",
    ),
    "an overpaid refund": (
        signed({"do": "pay", "amount": "300.00"}, {"do": "refund", "amount": "62.01"}),
        "refund",
    ),
    "a refund of the deposit": (signed({"do": "pay", "amount": "9.00"}, {"do": "refund", "amount": "9.00"}), "refund"),
    "a step out of order": (signed({"do": "return", "lines": [{"line": 1, "quantity": "1"}]}), "return"),
    "crediting what is not invoiced": (signed({"do": "credit", "invoice": 1, "amount": "1.00"}), "credit"),
    "more credit than there is": (signed({"do": "pay", "amount": "1.00", "method": "credit"}), "pay"),
    "an invoice that is not there": (signed({"do": "pay", "amount": "1.00", "invoice": 1}), "pay"),
    "a delivery that is not there": (
        signed({"do": "dispatch"}, {"do": "confirm_receipt", "delivery": 2}),
        "confirm_receipt",
    ),
    "dispatching unpaid": (signed({"do": "dispatch"}, terms={"payment": "prepaid"}), "dispatch"),
    "dispatching without the deposit": (signed({"do": "dispatch"}, terms={"deposit": {"percent": "1"}}), "dispatch"),
    "signing twice": (deal_file(steps=[*SIGNED[:3], {"do": "sign_contract", "by": "seller"}]), "sign_contract"),
    "amending what is signed": (
        signed({"do": "amend_contract", "clause": "warranty", "text": "No."}),
        "amend_contract",
    ),
    "cancelling what is in transit": (signed({"do": "dispatch"}, {"do": "cancel"}), "cancel"),
}


@pytest.mark.parametrize("name", NOT_ALLOWED)
def test_a_step_that_is_not_allowed(name: str, put: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file, step = NOT_ALLOWED[name]
    assert main(["deal", "run", put("deal.json", file)]) == 3
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["step"] == f"steps[{len(file['steps']) - 1}] {step}"
    assert error["message"].startswith(f"{step} is not allowed: ")
    assert ". The deal is " in error["message"]
    assert "; allowed now: " in error["message"]


BAD = {
    "lines[0].unit_price": deal_file({"sku": "X-1", "quantity": "1"}),
    "lines[1].tax": deal_file(
        typed_line("A", "1", "1.00"), {"sku": "X-1", "name": "X", "quantity": "1", "unit_price": "1.00"}
    ),
    "lines[0].discounts": deal_file(typed_line("A", "1", "1.00", discounts=[{"amount": "1.01"}])),
    "discounts": deal_file(discounts=[{"amount": "200.01"}]),
    "unit_price": deal_file(typed_line("A", "999999999", "999999999")),
    "steps[1].lines[0].name": deal_file(
        steps=[{"do": "send_quote"}, {"do": "revise_quote", "lines": [{"sku": "X-1", "quantity": "1"}]}]
    ),
    "steps[0].discounts": deal_file(steps=[{"do": "revise_quote", "discounts": [{"amount": "200.01"}]}]),
    "steps[2].lines[0].discounts": deal_file(
        steps=[
            *SIGNED[:2],
            {"do": "amend_contract", "lines": [typed_line("A", "1", "1.00", discounts=[{"amount": "2.00"}])]},
        ]
    ),
}


@pytest.mark.parametrize("path", BAD)
def test_what_cannot_be_priced_is_no_valid_deal(path: str, put: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deal", "run", put("deal.json", BAD[path])]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    expected = "lines[0].name" if path == "lines[0].unit_price" else path
    assert error["path"] == expected
    assert error["message"].startswith(f"{expected}: ")


UNREADABLE: dict[str, bytes] = {
    "empty": b"",
    "no JSON": b"Dear Sir or Madam",
    "a list": b"[]",
    "UTF-16": json.dumps(deal_file()).encode("utf-16"),
    "Latin-1": json.dumps(deal_file(title="Plön"), ensure_ascii=False).encode("latin-1"),
    "nested": b'{"a":' * 2_000_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read(name: str, put: Any, books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deal", "run", put("deal.json", UNREADABLE[name]), "--store", str(books)]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["path"] == "$"
    with Store.open(books) as store:
        assert sum(counts_of(store).values()) == counts_of(store)["account"]


def test_a_folder_is_no_deal_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deal", "run", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


# The catalogue

PADDLE = Product("PD-210", "Paddle 210 cm", "EUR", Decimal("79.90"), a_tax(), unit="C62", cost=Decimal("41.20"))


def test_a_product_says_what_the_line_leaves_out(store: Store) -> None:
    do(store, save_product, PADDLE)
    # 12 x 79.90 = 958.80 + 182.172 -> 182.17; margin (958.80 - 494.40) / 958.80 = 48.435 %
    now = run_deal(store, deal_file({"sku": "PD-210", "quantity": "12"}))
    assert (now["quote"]["totals"]["gross"], now["quote"]["margin_percent"]) == ("1140.97", "48.44")
    assert now["quote"]["lines"][0]["name"] == "Paddle 210 cm"


def test_a_price_of_its_own_is_shown_beside_the_list_price(store: Store) -> None:
    do(store, save_product, PADDLE)
    now = run_deal(store, deal_file({"sku": "PD-210", "quantity": "2", "unit_price": "70.00"}))
    assert [(s["step"], s["amount"]) for s in now["quote"]["lines"][0]["waterfall"]][:2] == [
        ("list", "159.80"),
        ("contract", "-19.80"),
    ]


def test_a_product_priced_in_another_currency_says_no_price(store: Store) -> None:
    do(store, save_product, replace(PADDLE, currency="USD"))
    with pytest.raises(Exception, match=r"lines\[0\]\.unit_price: expected, because .* is in USD, not in EUR"):
        run_deal(store, deal_file({"sku": "PD-210", "quantity": "1"}))
    now = run_deal(store, deal_file({"sku": "PD-210", "quantity": "1", "unit_price": "70.00"}))
    assert now["quote"]["margin_percent"] is None  # the cost is in dollars as well
    assert [s["step"] for s in now["quote"]["lines"][0]["waterfall"]] == ["list", "tax"]


def test_a_letter_that_no_font_has_is_named_before_anything_is_issued(
    put: Any, books: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = "\ue000"  # private use: no font's letter
    name = put("odd.json", signed(title=f"Sign {unknown}"))
    before = counts_of_file(books)
    assert main(["deal", "run", name, "--store", str(books)]) == 4
    assert "U+E000" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert counts_of_file(books) == before


def counts_of_file(path: Path) -> dict[str, int]:
    """Rows of each table of a store that is closed."""
    with Store.open(path) as store:
        return counts_of(store)
