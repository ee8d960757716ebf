"""Terms of payment in parts and back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.quotes.draft import QuoteDraft
from app.quotes.payment_draft import Payment, early_text, payment_of, with_payment
from tests.builders import DAY


@pytest.mark.parametrize(
    ("text", "days", "parts"),
    [
        ("net", 14, Payment("net", 14)),
        ("prepaid", 30, Payment("prepaid", 30)),
        ("2/10 net 30", 30, Payment("net", 30, Decimal(2), 10)),
        ("2.5/8 net 60", 60, Payment("net", 60, Decimal("2.5"), 8)),
    ],
)
def test_there_and_back(text: str, days: int, parts: Payment) -> None:
    draft = QuoteDraft(DAY, payment=text, payment_days=days)
    assert payment_of(draft) == parts
    assert with_payment(QuoteDraft(DAY), parts) == draft


@pytest.mark.parametrize(
    "parts",
    [
        Payment("net", 30, Decimal(2)),
        Payment("net", 30, None, 10),
        Payment("net", 10, Decimal(2), 30),
        Payment("net", None, Decimal(2), 10),
        Payment("net", 30, Decimal(0), 10),
        Payment("net", 30, Decimal(100), 10),
    ],
)
def test_what_is_not_whole_is_left_out(parts: Payment) -> None:
    assert early_text(parts) == ""
    assert with_payment(QuoteDraft(DAY), parts).payment == "net"


def test_a_round_percentage_is_no_power_of_ten() -> None:
    assert early_text(Payment("net", 30, Decimal("1E+1"), 10)) == "10/10 net 30"
