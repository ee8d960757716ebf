"""Every reason that the price engine gives has words, in English and German."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.core.errors import Problem
from app.pricing.book import CATALOGUE
from app.pricing.coupon_rules import refusal
from app.pricing.detail import Step
from app.pricing.unit_prices import Because
from ui import formats
from ui.widgets.price_words import because_words, coupon_words, rule_name, step_words

CODES = ("unknown", "twice", "withdrawn", "not_yet", "expired", "used_up", "used_by_customer", "beaten")
CONDITIONS = (
    "no_line", "no_line_enough", "ended", "days", "currency", "customer", "group", "region", "least_quantity",
    "most_quantity", "least_order", "least_amount", "most_amount", "nothing_to_get",
)  # fmt: skip
VALUES = {
    "code": "MAY", "day": "2026-12-24", "uses": "3", "most": "3", "least": "100", "is": "12.50", "days": "May",
    "currency": "USD", "groups": "Clubs", "regions": "AT",
}  # fmt: skip


def not_met(condition: str) -> Problem:
    return refusal(0, "not_met", "", **(VALUES | {"condition": condition}))


def test_every_step_and_reason_has_words() -> None:
    assert len({step_words(step) for step in Step}) == len(Step)
    for because in Because:
        assert because_words(because) != because.value
    assert because_words("another rule's own words") == "another rule's own words"


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_of_a_coupon_is_filled_in(code: str) -> None:
    words = coupon_words(refusal(0, code, "", **VALUES))
    assert "MAY" in words or code == "beaten"
    assert "%" not in words


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_is_filled_in(condition: str) -> None:
    words = coupon_words(not_met(condition))
    assert words.startswith("The coupon MAY: ")
    assert "%" not in words
    assert words != coupon_words(not_met("unheard of"))


def test_days_and_numbers_are_in_the_locales_way() -> None:
    assert formats.date_text(date(2026, 12, 24)) in coupon_words(refusal(0, "expired", "", **VALUES))
    assert "12.5" in coupon_words(not_met("least_amount"))


def test_what_nobody_knows_reads_as_it_came() -> None:
    problem = Problem("coupons[0]", "new code", "coupons[0]: something new.")
    assert coupon_words(problem) == problem.message
    assert rule_name("Clubs") == "Clubs"


def test_in_german(german: Any) -> None:
    assert rule_name(CATALOGUE) == "Katalog"
    assert because_words(Because.TYPED) == "Sie haben den Preis eingegeben"
    assert coupon_words(refusal(0, "expired", "", **VALUES)).endswith("am 24.12.2026 abgelaufen.")
