"""The usual rates are real percentages of real countries."""

from __future__ import annotations

import json
from decimal import Decimal

from app.core.tax_rates import _FILE, usual_rates


def test_the_standard_rate_comes_first() -> None:
    assert usual_rates("DE") == (Decimal(19), Decimal(7))
    assert usual_rates("CH")[0] == Decimal("8.1")


def test_a_country_without_one_rate_has_none() -> None:
    assert usual_rates("US") == ()
    assert usual_rates("") == ()


def test_every_entry_is_a_country_with_falling_use_of_its_rates() -> None:
    table = json.loads(_FILE.read_text(encoding="utf-8"))
    names = json.loads((_FILE.parent / "countries" / "en.json").read_text(encoding="utf-8"))
    assert set(table) <= set(names)
    for country, rates in table.items():
        values = [Decimal(rate) for rate in rates]
        assert values[0] == max(values), country
        assert len(set(values)) == len(values), country
        assert all(0 < value < 30 for value in values), country
