"""Floor and target of the margin, kept in the file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.pricing.marks import MarginMarks, margin_marks, set_margin_marks
from app.store.store import Store


def test_they_begin_with_the_usual_ones_and_are_kept(store: Store) -> None:
    with store.read() as session:
        assert margin_marks(session) == MarginMarks(Decimal(20), Decimal(30))
    with store.write("test") as session:
        set_margin_marks(session, MarginMarks(Decimal("12.5"), Decimal(25)))
    with store.read() as session:
        assert margin_marks(session) == MarginMarks(Decimal("12.5"), Decimal(25))


@pytest.mark.parametrize(("floor", "target"), [("30", "20"), ("-1", "20"), ("20", "100")])
def test_nonsense_is_refused(store: Store, floor: str, target: str) -> None:
    marks = MarginMarks(Decimal(floor), Decimal(target))
    with pytest.raises(RuleViolation), store.write("test") as session:
        set_margin_marks(session, marks)
