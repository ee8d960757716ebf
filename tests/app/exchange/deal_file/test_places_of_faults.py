"""What is wrong with a line of the deal names the line of the file that it comes from, also behind a bundle."""

from __future__ import annotations

import pytest

from app.core.errors import HandselError, RuleViolation
from app.exchange.deal_file.faults import BadDealFile
from app.store.store import Store
from tests.builders import Json, deal_file, run_deal, typed_line

TOO_MUCH = [{"amount": "500.00", "reason": "Friend"}]


def bundle(**over: Json) -> Json:
    """One line of the file that is two lines of the deal."""
    of = [{"name": "Bike", "quantity": "1"}, {"name": "Fitting", "quantity": "2", "kind": "service"}]
    return typed_line("Ready to ride", "1", "100.00", bundle=of, **over)


def places(error: HandselError) -> list[str]:
    assert isinstance(error, RuleViolation)
    assert all(problem.message.startswith(f"{problem.field}: ") for problem in error.problems)
    return [problem.field for problem in error.problems]


def test_a_line_behind_a_bundle(store: Store) -> None:
    with pytest.raises(RuleViolation) as refused:
        run_deal(store, deal_file(bundle(), typed_line("Helmet", "1", "50.00", discounts=TOO_MUCH)))
    assert places(refused.value)[0] == "lines[1].discounts"


def test_the_parts_of_a_bundle(store: Store) -> None:
    with pytest.raises(RuleViolation) as refused:
        run_deal(store, deal_file(typed_line("Helmet", "1", "900.00"), bundle(discounts=TOO_MUCH)))
    assert places(refused.value) == ["lines[1].discounts", "lines[1].discounts"]


@pytest.mark.parametrize("signed", [False, True])
def test_in_a_step_with_new_lines(store: Store, signed: bool) -> None:
    lines = [bundle(), typed_line("Helmet", "1", "50.00", discounts=TOO_MUCH)]
    steps: list[Json] = [{"do": "send_quote"}, {"do": "revise_quote", "lines": lines}]
    if signed:
        steps[1:] = [{"do": "accept_quote"}, {"do": "amend_contract", "lines": lines}]
    with pytest.raises(BadDealFile) as refused:
        run_deal(store, deal_file(steps=steps))
    assert refused.value.path == f"steps[{len(steps) - 1}].lines[1].discounts"


def test_a_number_is_told_in_plain_digits(store: Store) -> None:
    small = bundle() | {"quantity": "0.00001"}
    small["bundle"][0]["quantity"] = "0.01"
    with pytest.raises(RuleViolation, match=r"lines\[0\].*0\.0000001 has more than six decimals"):
        run_deal(store, deal_file(small))
