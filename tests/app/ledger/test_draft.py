"""Which day is proposed for closing the books, and which are refused."""

from __future__ import annotations

from datetime import date

import pytest

from app.ledger.draft import ClosingDraft, begin_closing, closing_problems

ON = date(2026, 4, 15)
MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 30)


@pytest.mark.parametrize(
    ("locked", "proposed"),
    [(None, MARCH), (date(2026, 2, 28), MARCH), (MARCH, APRIL), (APRIL, APRIL)],
)
def test_the_end_of_last_month_is_proposed_or_the_next_open_one(locked: date | None, proposed: date) -> None:
    assert begin_closing(locked, ON) == ClosingDraft(proposed)


def test_january_proposes_the_end_of_the_year() -> None:
    assert begin_closing(None, date(2026, 1, 1)) == ClosingDraft(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("through", "locked", "code"),
    [
        (None, None, "missing"),
        (MARCH, MARCH, "closed"),
        (date(2026, 3, 1), MARCH, "closed"),
        (date(2026, 5, 1), None, "too_late"),
        (date(2062, 3, 31), MARCH, "too_late"),
    ],
)
def test_what_is_refused(through: date | None, locked: date | None, code: str) -> None:
    (problem,) = closing_problems(ClosingDraft(through), locked, ON)
    assert (problem.field, problem.code) == ("through", code)


@pytest.mark.parametrize(("through", "locked"), [(MARCH, None), (date(2026, 4, 1), MARCH), (APRIL, MARCH)])
def test_what_may_be_closed(through: date, locked: date | None) -> None:
    assert not closing_problems(ClosingDraft(through), locked, ON)
