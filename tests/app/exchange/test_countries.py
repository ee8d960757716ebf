"""Country names to codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.exchange import countries
from app.exchange.countries import country_code, country_codes


def test_every_code_of_the_standard_is_there() -> None:
    assert len(country_codes()) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in country_codes())
    assert {"DE", "US", "GB", "TW", "PS", "AX"} <= country_codes()
    assert not {"UK", "EL", "XX", "XK"} & country_codes()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("The United States", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("Scotland", "GB"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Russia", "RU"),
        ("Cote d'Ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Trinidad & Tobago", "TT"),
        (" Hong-Kong ", "HK"),
        ("Curacao", "CW"),
        ("nl", "NL"),
        ("the Netherlands", "NL"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
    ],
)
def test_names_and_their_variants(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["", "the", "Atlantis", "Korea", "XX", "Germany "[:3]])
def test_what_is_not_known_is_none(name: str) -> None:
    assert country_code(name) is None


def test_no_name_means_two_countries() -> None:
    pairs = json.loads(countries._CODES.read_text(encoding="utf-8"), object_pairs_hook=list)
    by_fold: dict[str, set[str]] = {}
    for name, code in pairs:
        by_fold.setdefault(countries._fold(name), set()).add(code)
    assert all(len(codes) == 1 for codes in by_fold.values())
    assert len({name for name, _ in pairs}) == len(pairs)


SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "classicmodels" / "customers.csv"


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the shared sample is not on this machine")
def test_every_country_of_the_sample_is_known() -> None:
    from app.exchange.tables import read_table

    table = read_table(SAMPLE)
    place = table.columns.index("country")
    assert [row.values[place] for row in table.rows if country_code(row.values[place]) is None] == []
