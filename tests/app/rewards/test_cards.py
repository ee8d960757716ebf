"""Codes of gift cards: unguessable, unique, and every single slip is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.rewards.cards import new_code, read_code, with_check

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN = st.text(LETTERS, min_size=14, max_size=14)


def is_code(text: str) -> bool:
    try:
        return bool(read_code(text))
    except RuleViolation:
        return False


def test_codes_are_drawn_by_chance() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) == code and len(code) == 19 for code in codes)


def test_it_may_be_typed_as_people_type() -> None:
    code = with_check("7K2M9QXA0C3D1Z")
    assert read_code(f" {code.replace('-', ' ').lower()} ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code


@given(DRAWN, st.integers(0, 15), st.sampled_from(LETTERS))
def test_one_wrong_character_is_found(drawn: str, place: int, other: str) -> None:
    code = with_check(drawn).replace("-", "")
    wrong = code[:place] + other + code[place + 1 :]
    assert is_code(wrong) == (wrong == code)


@given(DRAWN, st.integers(0, 14))
def test_two_neighbours_that_changed_places_are_found(drawn: str, place: int) -> None:
    code = with_check(drawn).replace("-", "")
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_code(wrong) == (wrong == code)


@pytest.mark.parametrize("typed", ["", "7K2M", "7K2M-9QXA-0C3D-U4WZ", "7K2M-9QXA-0C3D-V4WZ-", "ẞẞẞẞ-9QXA-0C3D-V4WZ"])
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(RuleViolation, match="no code of a gift card"):
        read_code(typed)
