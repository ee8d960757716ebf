"""Check digits of bank account numbers."""

from __future__ import annotations

import pytest

from app.core.iban import iban_text, is_iban, plain_iban


@pytest.mark.parametrize(
    "text", ["DE89 3704 0044 0532 0130 00", "de89370400440532013000", "GB82 WEST 1234 5698 7654 32", "NO9386011117947"]
)
def test_real_ones_fit(text: str) -> None:
    assert is_iban(text)


@pytest.mark.parametrize(
    "text",
    ["", "DE89 3704 0044 0532 0130 01", "DE8937040044", "DE8937040044053201300٠", "DEXX" * 5],
)
def test_others_do_not(text: str) -> None:
    assert not is_iban(text)


def test_stored_without_blanks_and_read_in_groups() -> None:
    assert plain_iban(" de89 3704 0044 0532 0130 00 ") == "DE89370400440532013000"
    assert iban_text("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00"
