"""States of a contract, and the difference between two of its versions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.contracts.rules import ContractState, amended, clause_change, line_changes, state
from app.core.printed import Change, ChangeKind, Clause
from app.pricing.detail import LineDetail, Part
from app.pricing.rules import Line
from tests.builders import a_line

WARRANTY, RETURNS = Clause("warranty"), Clause("returns", "14 days.")


@pytest.mark.parametrize(
    ("signatures", "cancelled", "expected"),
    [
        (0, False, ContractState.DRAFT),
        (1, False, ContractState.SIGNED_BY_ONE),
        (2, False, ContractState.IN_FORCE),
        (0, True, ContractState.CANCELLED),
        (2, True, ContractState.CANCELLED),
    ],
)
def test_the_state_follows_from_the_signatures(signatures: int, cancelled: bool, expected: ContractState) -> None:
    assert state(signatures, cancelled) is expected


def test_a_clause_is_worded_anew_in_its_place_or_added_at_the_end() -> None:
    assert amended((WARRANTY, RETURNS), "warranty", "36 months.") == (Clause("warranty", "36 months."), RETURNS)
    assert amended((WARRANTY,), "on_site", "At the lake.") == (WARRANTY, Clause("on_site", "At the lake."))
    assert clause_change((WARRANTY,), "warranty") == Change(ChangeKind.CLAUSE_REWORDED, "warranty")
    assert clause_change((WARRANTY,), "on_site") == Change(ChangeKind.CLAUSE_ADDED, "on_site")


LAMP, BOOK = a_line("Lamp"), a_line("Book", "1", "10.00", "7")
CHANGED: list[tuple[tuple[Line, ...], tuple[Line, ...], list[tuple[str, str, str | None, str | None]]]] = [
    ((LAMP, BOOK), (LAMP, BOOK), []),
    ((LAMP, BOOK), (BOOK, LAMP), []),
    ((LAMP,), (LAMP, BOOK), [("line_added", "Book", None, "1")]),
    ((LAMP, BOOK), (BOOK,), [("line_removed", "Lamp", None, None)]),
    ((LAMP,), (a_line("Lamp", "3"),), [("quantity", "Lamp", "2", "3")]),
    ((LAMP,), (a_line("Lamp", "3", "90.00"),), [("quantity", "Lamp", "2", "3"), ("price", "Lamp", "100", "90")]),
    ((LAMP,), (a_line("Lamp", rate="7"),), [("line", "Lamp", None, None)]),
    # Two lines of one name are told apart by their order.
    ((LAMP, LAMP), (LAMP,), [("line_removed", "Lamp", None, None)]),
    ((LAMP,), (LAMP, a_line("Lamp", "5")), [("line_added", "Lamp", None, "5")]),
    ((LAMP, LAMP), (LAMP, a_line("Lamp", "5")), [("quantity", "Lamp", "2", "5")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED)
def test_what_differs_between_two_lists_of_lines(
    old: tuple[Line, ...], new: tuple[Line, ...], expected: list[tuple[str, str, str | None, str | None]]
) -> None:
    found = line_changes(old, new, 100, 100, "EUR")
    assert [(c.kind.value, c.subject, _text(c.before), _text(c.after)) for c in found] == expected


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number.normalize()) if number < 10 else str(int(number))


def test_the_total_before_and_after() -> None:
    (change,) = line_changes((LAMP,), (LAMP,), 23_800, 11_900, "EUR")
    assert change == Change(ChangeKind.TOTAL, "", Decimal("238.00"), Decimal("119.00"))


def test_options_and_parts_are_told_and_what_is_only_ours_is_not() -> None:
    steel, alloy = (replace(LAMP, detail=LineDetail(options=(("Frame", name),))) for name in ("Steel", "Alloy"))
    assert line_changes((steel,), (alloy,), 1, 1, "EUR") == (Change(ChangeKind.OPTIONS, "Lamp"),)
    bulb, hidden = Part("Bulb", Decimal(1)), Part("Screw", Decimal(4), is_printed=False)
    one, two = (
        replace(LAMP, detail=LineDetail(parts=parts)) for parts in ((bulb,), (bulb, replace(bulb, name="Cord")))
    )
    assert line_changes((one,), (two,), 1, 1, "EUR") == (Change(ChangeKind.PARTS, "Lamp"),)
    ours = replace(LAMP, cost=Decimal(9), list_price=Decimal(99), detail=LineDetail(selection="x", parts=(hidden,)))
    assert line_changes((LAMP,), (ours,), 1, 1, "EUR") == ()
