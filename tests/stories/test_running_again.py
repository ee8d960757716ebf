"""A web shop drops the same file again and again: each deal stands once, and grows only by what is new."""

from __future__ import annotations

import pytest

from app.core.party import Party
from app.deals.queries import by_id
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.run import StepRefused
from app.store.store import Store
from tests.builders import SIGNED, Json, a_deal, counts_of, deal_file, run_deal, typed_line


def order(reference: str, *steps: Json, **over: object) -> Json:
    return deal_file(typed_line("Kayak", "1", "100.00"), reference=reference, steps=[*SIGNED, *steps], **over)


PAID: tuple[Json, ...] = ({"do": "pay", "on": "2026-03-03", "amount": "119.00"}, {"do": "dispatch"})


def test_a_file_run_twice_is_one_deal(store: Store) -> None:
    first = run_deal(store, order("shop-1", *PAID))
    rows = counts_of(store)
    assert run_deal(store, order("shop-1", *PAID)) == first
    assert counts_of(store) == rows


def test_only_the_steps_still_missing_are_taken(store: Store) -> None:
    run_deal(store, order("shop-1"))
    run_deal(store, order("shop-2"))
    now = run_deal(store, order("shop-1", *PAID))
    assert (now["deal"]["number"], len(now["payments"]), len(now["deliveries"])) == ("S-2026-0001", 1, 1)
    assert counts_of(store)["deal"] == 2
    # An older file that comes late changes nothing, and tells of the whole deal.
    assert len(run_deal(store, order("shop-1"))["payments"]) == 1


DIFFERING = {
    "steps[4]": order("shop-1", {"do": "pay", "on": "2026-03-03", "amount": "118.99"}, {"do": "dispatch"}),
    "steps[5]": order("shop-1", PAID[0], {"do": "dispatch", "carrier": "own van"}),
    "$": order("shop-1", *PAID, title="Another title"),
}


@pytest.mark.parametrize("path", DIFFERING)
def test_a_file_that_differs_from_what_was_done_is_refused(store: Store, path: str) -> None:
    run_deal(store, order("shop-1", *PAID))
    rows = counts_of(store)
    with pytest.raises(BadDealFile, match="differs from what was done under this reference") as refusal:
        run_deal(store, DIFFERING[path])
    assert refusal.value.path == path
    assert counts_of(store) == rows


def test_after_a_step_was_refused_the_corrected_file_goes_on(store: Store) -> None:
    with pytest.raises(StepRefused):
        run_deal(store, order("shop-1", {"do": "confirm_receipt"}))
    now = run_deal(store, order("shop-1", {"do": "dispatch"}, {"do": "confirm_receipt"}))
    assert (now["deal"]["state"], counts_of(store)["deal"]) == ("fulfilled", 1)


def test_without_a_reference_each_run_is_a_new_deal(store: Store) -> None:
    file = order("")
    numbers = [run_deal(store, file)["deal"]["number"] for _ in range(2)]
    assert numbers == ["S-2026-0001", "S-2026-0002"]
    assert counts_of(store)["customer"] == 1


def test_a_deal_that_no_file_opened_is_left_alone(store: Store) -> None:
    a_deal(store, reference="shop-1", until="draft")
    rows = counts_of(store)
    with pytest.raises(BadDealFile, match="that no deal file opened"):
        run_deal(store, order("shop-1"))
    assert counts_of(store) == rows


def test_a_reference_may_contain_the_mark_of_another(store: Store) -> None:
    for reference in ("shop", "shop #1", "shop #1 x"):
        assert run_deal(store, order(reference)) == run_deal(store, order(reference))
    assert counts_of(store)["deal"] == 3


def test_the_seller_of_the_first_deal_becomes_the_company(store: Store) -> None:
    unnamed = order("shop-0")
    del unnamed["seller"]
    run_deal(store, unnamed)
    run_deal(store, order("shop-1", seller={"name": "Brightwater"}))
    run_deal(store, order("shop-2", seller={"name": "Somebody else", "email": "a@b.example"}))
    run_deal(store, unnamed | {"reference": ""})
    with store.read() as session:
        sellers = [by_id(session, deal_id).seller for deal_id in (1, 2, 3, 4)]
    assert [seller.name for seller in sellers] == ["My company", "Brightwater", "Somebody else", "Brightwater"]
    assert sellers[3] == Party("Brightwater", email="a@b.example")  # filled only where it was empty
