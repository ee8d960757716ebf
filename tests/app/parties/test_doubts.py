"""What looks mistyped in a party, told but not forbidden."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.party import Party
from app.parties.rules import doubts


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, []),
        ({"iban": "DE02 1203 0000 0000 2020 51"}, []),
        ({"iban": "DE02120300000000202052"}, ["check_digits"]),
        ({"tax_id": "DE 812 526 315"}, []),
        ({"tax_id": "DE81252631"}, ["vat_shape"]),
        ({"tax_id": "ATU12345678"}, []),
        ({"tax_id": "AT12345678"}, ["vat_shape"]),
        ({"tax_id": "FR A1 234567890"}, []),
        ({"tax_id": "NL123456789B01"}, []),
        ({"tax_id": "12/345/67890"}, []),
        ({"tax_id": "US 12-3456789"}, []),
        ({"email": "office@lake-school.example"}, []),
        ({"email": "office at lake-school"}, ["mail"]),
        ({"email": "a@b.example, c@d.example"}, ["mail"]),
        ({"iban": "x", "tax_id": "DE1", "email": "y"}, ["check_digits", "vat_shape", "mail"]),
    ],
)
def test_doubts(given: dict[str, Any], codes: list[str]) -> None:
    assert [problem.code for problem in doubts(Party("Lake School", **given))] == codes
