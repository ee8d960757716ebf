"""A stored deal, exported and run in an empty store, is the same deal again."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from app import cli
from app.core.errors import NotFound, RuleViolation
from app.core.printed import Clause
from app.core.totals import Reduction
from app.exchange.deal_file import recorded
from app.exchange.deal_file.export import export
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import run
from app.payments.rules import Method
from app.pipeline import fulfilment, service
from app.store.store import Store
from tests.app.exchange.deal_file.random_deals import RandomDeal
from tests.builders import DAY, a_deal, a_line, an_offer, do, outcome_of
from tests.exported import assert_told_again, number_of

ROOT = Path(__file__).parents[4]
EXAMPLES = [
    *sorted((ROOT.parent / "shared" / "deal-file" / "examples").glob("*.json")),
    ROOT / "resources/sample/deal.json",
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Path, store: Store, empty_store: Path, tmp_path: Path) -> None:
    ran = run(store, parse(path.read_bytes()))
    assert_told_again(store, [ran.deal_id], empty_store, tmp_path)


@pytest.mark.parametrize("seed", range(40))
def test_random_deals(seed: int, store: Store, empty_store: Path, tmp_path: Path) -> None:
    deal = RandomDeal(store, seed)
    deal.live(30)
    assert_told_again(store, [deal.id], empty_store, tmp_path)


def test_random_deals_go_far(store: Store) -> None:
    actions: Counter[str] = Counter()
    for seed in range(30):
        deal = RandomDeal(store, seed)
        deal.live(30)
        with store.read() as session:
            actions.update(command.action for command in recorded.commands_of(session, deal.id))
    assert set(actions) | {"decline_quote"} == {"open_deal", "decline_quote", *recorded._STEPS}


def test_every_command_of_a_deal_can_be_told() -> None:
    commands = {
        name
        for module in (service, fulfilment)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and "deal_id" in inspect.signature(function).parameters
        and hasattr(function, "__wrapped__")
    }
    assert commands == set(recorded._STEPS) | recorded.NOT_TOLD


def test_a_lock_that_another_deal_set(store: Store, empty_store: Path, tmp_path: Path) -> None:
    other, late, after = a_deal(store), a_deal(store), a_deal(store)
    do(store, service.close_period, other, through=DAY + timedelta(days=9), on=DAY + timedelta(days=10))
    do(store, fulfilment.pay, late, on=DAY + timedelta(days=5), amount=100)
    do(store, fulfilment.pay, after, on=DAY + timedelta(days=10), amount=100)
    (file,) = assert_told_again(store, [late], empty_store, tmp_path)
    assert file["steps"][-2:] == [
        {"do": "close_period", "on": "2026-03-02", "through": "2026-03-11"},
        {"do": "pay", "on": "2026-03-07", "amount": "1.00"},
    ]
    assert "close_period" not in [step["do"] for step in export(store, number_of(store, after))["steps"]]


def test_a_close_period_without_a_day(store: Store, empty_store: Path, tmp_path: Path) -> None:
    deal_id = a_deal(store)
    do(store, service.close_period, deal_id, through=DAY + timedelta(days=300))
    do(store, fulfilment.dispatch, deal_id, on=DAY + timedelta(days=1))
    assert_told_again(store, [deal_id], empty_store, tmp_path)


def test_reductions_in_any_order(store: Store, empty_store: Path, tmp_path: Path) -> None:
    mixed = (Reduction("Freight", amount=500, charge=True), Reduction("Friend", amount=301))
    lines = (a_line(reductions=mixed), a_line("Paddle", "3", "33.33", rate="7"))
    deal_id = a_deal(store, an_offer(*lines, reductions=mixed))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert_told_again(store, [deal_id], empty_store, tmp_path, same_texts=False)  # the file has discounts first


def test_without_company_and_with_a_note(store: Store, empty_store: Path, tmp_path: Path) -> None:
    deal_id = a_deal(store, seller=None, note="Call first", reference="shop-1", title="Two kayaks")
    do(store, service.flag_deal, deal_id, flag="on hold")
    (file,) = assert_told_again(store, [deal_id], empty_store, tmp_path)
    assert "seller" not in file
    assert (file["reference"], file["title"]) == ("shop-1", "Two kayaks")


def test_lines_are_complete(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line(sku="KY-1", cost="30")))
    (line,) = export(store, number_of(store, deal_id))["lines"]
    assert line == {
        "sku": "KY-1",
        "name": "Kayak",
        "kind": "goods",
        "quantity": "2",
        "unit": "C62",
        "unit_price": "100.00",
        "list_price": "100.00",
        "cost": "30.00",
        "tax": {"category": "S", "rate": "19"},
    }


def test_an_unknown_number(store: Store) -> None:
    with pytest.raises(NotFound, match="S-2026-0001"):
        export(store, "S-2026-0001")


def test_days_that_go_back_cannot_be_told(store: Store) -> None:
    deal_id = a_deal(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY + timedelta(days=5))
    do(store, fulfilment.pay, deal_id, on=DAY + timedelta(days=4), amount=100, method=Method.CASH)
    with pytest.raises(RuleViolation, match=r"S-2026-0001 .*steps\[5\]\.on: 2026-03-06 lies before .*2026-03-07"):
        export(store, "S-2026-0001")


def test_an_amendment_of_the_terms_cannot_be_told(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    do(store, service.amend_contract, deal_id, on=DAY, offer=an_offer(payment="prepaid"))
    with pytest.raises(RuleViolation, match="2026-03-02 changed other terms"):
        export(store, "S-2026-0001")


def test_several_clauses_at_once_cannot_be_told(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    clauses = (Clause("warranty", "Three years."), Clause("returns", "60 days."))
    do(store, service.amend_contract, deal_id, on=DAY, clauses=clauses)
    with pytest.raises(RuleViolation, match="several clauses at once"):
        export(store, "S-2026-0001")


def test_from_the_command_line(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deal_id = a_deal(store)
    file, before, path = export(store, "S-2026-0001"), outcome_of(store, deal_id), str(store.path)
    store.close()
    assert cli.main(["deal", "export", "S-2026-0001", "--store", path]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == file
    assert cli.main(["deal", "export", "S-2026-0002", "--store", path]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "There is no deal with the number 'S-2026-0002'.\n"
    (tmp_path / "deal.json").write_text(json.dumps(file), encoding="utf-8")
    assert cli.main(["deal", "run", str(tmp_path / "deal.json")]) == 0
    assert json.loads(capsys.readouterr().out)["deal"] == before["deal"]
