"""The file of a new company: whole or not there."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.core.errors import RuleViolation, StoreError
from app.exchange import new_company
from app.exchange.new_company import NewCompany, create, free_path, problems
from app.parties.defaults import Defaults, defaults
from app.parties.queries import our_company, our_look
from app.store.store import Store

WANTED = NewCompany(
    " Brandt Keramik ",
    "DE",
    "DE271828180",
    "de89 3704 0044 0532 0130 00",
    Defaults("EUR", False, (Decimal(19),)),
    "aGk=",
)


def test_a_new_company_has_everything_that_was_said(tmp_path: Path) -> None:
    create(tmp_path / "new" / "brandt.handsel", WANTED).close()
    with Store.open(tmp_path / "new" / "brandt.handsel") as store, store.read() as session:
        company = our_company(session)
        assert company is not None
        assert (company.name, company.address.country, company.iban) == (
            "Brandt Keramik",
            "DE",
            "DE89370400440532013000",
        )
        assert defaults(session).tax_rates == (Decimal(19),)
        assert our_look(session) == {"logo": "aGk="}


def test_all_problems_at_once(tmp_path: Path) -> None:
    wrong = NewCompany("  ", iban="DE00 1234", defaults=Defaults("XXQ"))
    assert [problem.field for problem in problems(wrong)] == ["name", "iban", "currency"]
    with pytest.raises(RuleViolation):
        create(tmp_path / "x.handsel", wrong)
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_when_it_fails_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(new_company, "set_defaults", full)
    with pytest.raises(StoreError, match="full"):
        create(tmp_path / "x.handsel", WANTED)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "x.handsel").write_bytes(b"somebody's")
    with pytest.raises(StoreError, match="exists already"):
        create(tmp_path / "x.handsel", WANTED)
    assert (tmp_path / "x.handsel").read_bytes() == b"somebody's"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Brandt Keramik", "Brandt Keramik.handsel"),
        ('Müller & Söhne / Kiel: "Nord"', "Müller & Söhne Kiel Nord.handsel"),
        ("../../etc/passwd", "etc passwd.handsel"),
        ("   ", "Company.handsel"),
        ("東京珈琲", "東京珈琲.handsel"),
        ("x" * 300, "x" * 80 + ".handsel"),
    ],
)
def test_the_file_is_named_after_the_company(tmp_path: Path, name: str, file: str) -> None:
    assert free_path(tmp_path, name) == tmp_path / file


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "Brandt.handsel").touch()
    (tmp_path / "Brandt 2.handsel").touch()
    assert free_path(tmp_path, "Brandt").name == "Brandt 3.handsel"
