"""What the wizards of delivery fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.core.codec import from_text, to_text
from app.core.errors import Problem
from app.delivery import draft as drafts
from app.delivery.draft import (
    ConfirmedLine,
    DispatchDraft,
    OpenLine,
    Picked,
    ReceiptDraft,
    ServiceDraft,
    ToComplete,
    ToConfirm,
    ToDispatch,
)
from app.delivery.rules import Confirmed

D = Decimal
DAY = date(2026, 3, 4)
KAYAK = OpenLine(1, "Kayak", "C62", D(5), D(3))
PADDLE = OpenLine(3, "Paddle", "C62", D(8), D(8))
GOODS = ToDispatch((KAYAK, PADDLE), "EUR")


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems]


def test_dispatch_begins_with_all_that_is_open() -> None:
    draft = drafts.begin_dispatch(GOODS, DAY)
    assert drafts.quantities(draft.lines) == {1: D(3), 3: D(8)}
    assert drafts.dispatch_problems(GOODS, draft, "goods") == []
    assert from_text(DispatchDraft, to_text(draft)) == draft


@pytest.mark.parametrize(
    ("quantities", "expected"),
    [
        ((D("3.5"), D(-1)), [("lines[0].quantity", "above_open"), ("lines[1].quantity", "negative")]),
        ((None, D(0)), [("lines", "nothing")]),
        ((None, D("0.5")), []),
    ],
)
def test_problems_of_picked_goods(quantities: tuple[Decimal | None, ...], expected: list[tuple[str, str]]) -> None:
    lines = tuple(Picked(p, q) for p, q in zip((1, 3), quantities, strict=True))
    assert codes(drafts.dispatch_problems(GOODS, DispatchDraft(DAY, lines), "goods")) == expected


def test_missing_money_wants_a_reason() -> None:
    unpaid = replace(GOODS, due=5000, received=1200)
    draft = drafts.begin_dispatch(unpaid, DAY)
    (problem,) = drafts.dispatch_problems(unpaid, draft, "shipping")
    assert (problem.field, problem.code, problem.values) == ("override", "not_paid", {"missing": 3800})
    assert drafts.dispatch_problems(unpaid, replace(draft, override="Agreed by phone"), "shipping") == []
    assert drafts.dispatch_problems(replace(unpaid, received=5000), draft, "shipping") == []


def test_a_kept_dispatch_fits_the_lines_of_today() -> None:
    kept = DispatchDraft(DAY, (Picked(1, D(2)), Picked(2, D(9))), carrier="DHL")
    fitted = drafts.fit_dispatch(GOODS, kept)
    assert (fitted.lines, fitted.carrier) == ((Picked(1, D(2)), Picked(3, D(0))), "DHL")


TRANSIT = ToConfirm((KAYAK, PADDLE), ("D-2026-0001",), None, DAY)


def test_receipt_begins_with_everything_accepted() -> None:
    draft = drafts.begin_receipt(TRANSIT, DAY, "Jo")
    assert drafts.confirmed(draft) == {1: Confirmed(accepted=D(3)), 3: Confirmed(accepted=D(8))}
    assert drafts.receipt_problems(TRANSIT, draft, "lines") == []
    assert from_text(ReceiptDraft, to_text(draft)) == draft


def test_differences_are_checked_against_what_is_in_transit() -> None:
    line = ConfirmedLine(1, D(1), D(1), None, D(1))
    assert drafts.left_in_transit(KAYAK, line) == 0
    too_many = replace(line, missing=D("0.5"))
    assert drafts.left_in_transit(KAYAK, too_many) == D("-0.5")
    draft = ReceiptDraft(date(2026, 3, 3), "", (too_many, ConfirmedLine(3, D(-1))))
    assert codes(drafts.receipt_problems(TRANSIT, draft, "lines")) == [
        ("lines[0].accepted", "above_transit"),
        ("lines[1].accepted", "negative"),
        ("on", "before_dispatch"),
    ]
    nothing = ReceiptDraft(DAY, "", (ConfirmedLine(1), ConfirmedLine(3, D(0))))
    assert codes(drafts.receipt_problems(TRANSIT, nothing, "lines")) == [("lines", "nothing")]


def test_a_kept_receipt_fits_what_is_in_transit_today() -> None:
    kept = ReceiptDraft(DAY, "Jo", (ConfirmedLine(3, D(1), D(2)),))
    fitted = drafts.fit_receipt(TRANSIT, kept)
    assert fitted.lines == (ConfirmedLine(1, D(3)), ConfirmedLine(3, D(1), D(2)))


def test_services() -> None:
    course = OpenLine(2, "Course", "HUR", D(4), D("2.5"))
    services = ToComplete((course,))
    draft = drafts.begin_service(services, DAY)
    assert (draft.position, draft.quantity) == (2, D("2.5"))

    def found(draft: ServiceDraft) -> list[tuple[str, str]]:
        return codes(drafts.service_problems(services, draft, "service"))

    assert found(draft) == []
    assert found(replace(draft, position=1)) == [("position", "missing")]
    assert found(replace(draft, quantity=D(3))) == [("quantity", "above_open")]
    assert found(replace(draft, quantity=D(0))) == [("quantity", "not_positive")]
    assert drafts.begin_service(ToComplete(()), DAY).position is None
