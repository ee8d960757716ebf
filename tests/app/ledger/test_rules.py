"""What an entry is, and that it balances."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import RuleViolation
from app.ledger.rules import CHART, PER_CUSTOMER, Posting, Role, credit, debit, lines, posting_day

MARCH = date(2026, 3, 31)


def test_postings_of_one_role_and_document_are_added_up() -> None:
    found = lines(
        [debit(Role.BANK, 30), debit(Role.BANK, 20), credit(Role.RECEIVABLE, 40, "INV-1"), credit(Role.REVENUE, 10)]
    )
    assert found == [Posting(Role.BANK, 50), Posting(Role.RECEIVABLE, -40, "INV-1"), Posting(Role.REVENUE, -10)]


def test_what_moves_nothing_is_left_out() -> None:
    assert lines([debit(Role.BANK, 0), credit(Role.REVENUE, 0)]) == []
    assert lines([debit(Role.BANK, 5), credit(Role.BANK, 5)]) == []


def test_documents_of_one_role_stay_apart() -> None:
    found = lines([debit(Role.BANK, 3), credit(Role.RECEIVABLE, 1, "INV-1"), credit(Role.RECEIVABLE, 2, "INV-2")])
    assert [posting.document for posting in found] == ["", "INV-1", "INV-2"]


@pytest.mark.parametrize("difference", [1, -1, 1000])
def test_an_entry_that_does_not_balance_is_refused(difference: int) -> None:
    with pytest.raises(RuleViolation, match=f"differ by {difference}"):
        lines([debit(Role.BANK, 100 + difference), credit(Role.REVENUE, 100)])


@pytest.mark.parametrize(
    ("on", "locked", "posted"),
    [
        (date(2026, 3, 5), None, date(2026, 3, 5)),
        (date(2026, 3, 5), MARCH, date(2026, 4, 1)),
        (MARCH, MARCH, date(2026, 4, 1)),
        (date(2026, 4, 1), MARCH, date(2026, 4, 1)),
        (date(2026, 4, 9), MARCH, date(2026, 4, 9)),
        (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)),
    ],
)
def test_in_a_closed_period_the_first_open_day_is_posted_on(on: date, locked: date | None, posted: date) -> None:
    assert posting_day(on, locked) == posted


def test_the_chart_has_every_role_once_under_a_number_of_its_own() -> None:
    roles, codes, _ = zip(*CHART, strict=True)
    assert sorted(roles) == sorted(Role)
    assert len(set(codes)) == len(codes)
    assert set(roles) >= PER_CUSTOMER
