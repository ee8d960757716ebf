"""What a company usually agrees is kept in its file, checked, and noted in the history."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.core.errors import RuleViolation
from app.core.tax import Tax, TaxCategory
from app.parties.defaults import Defaults, check, defaults, set_defaults
from app.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "books.handsel", create=True) as opened:
        yield opened


def test_a_new_file_has_the_plainest(store: Store) -> None:
    with store.read() as session:
        assert defaults(session) == Defaults()
    assert Defaults().usual_tax == Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0))


def test_what_is_set_is_read_again(store: Store) -> None:
    wanted = Defaults("CHF", True, (Decimal("8.1"), Decimal("2.6")), "prepaid", 14, Decimal("33.3"))
    with store.write("test") as session:
        set_defaults(session, wanted)
    with store.read() as session:
        assert defaults(session) == wanted
    assert wanted.usual_tax == Tax(TaxCategory.STANDARD, Decimal("8.1"))
    assert [tax.rate for tax in wanted.taxes] == [Decimal("8.1"), Decimal("2.6")]


def test_the_history_says_what_changed(store: Store) -> None:
    with store.write("test") as session:
        set_defaults(session, Defaults(valid_days=14))
    with store.read() as session:
        row = session.connection.exec_driver_sql("SELECT action, changes FROM history").one()
    assert row[0] == "set_defaults"
    assert "valid_days" in row[1]
    assert "currency" not in row[1]


def test_all_problems_are_named_and_nothing_is_kept(store: Store) -> None:
    wrong = Defaults("XXQ", False, (Decimal(101), Decimal(0), Decimal(0)), "net 30", 0, Decimal(101))
    fields = [problem.field for problem in check(wrong)]
    assert fields == ["currency", "tax_rates[0].rate", "tax_rates[1].rate", "tax_rates[2].rate", "tax_rates",
                      "valid_days", "deposit_percent"]  # fmt: skip
    with store.write("test") as session, pytest.raises(RuleViolation):
        set_defaults(session, wrong)
    with store.read() as session:
        assert defaults(session) == Defaults()
