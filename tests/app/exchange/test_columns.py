"""Columns found by name, and cells read as what they have to be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import RuleViolation
from app.exchange.columns import Cells, Column, match_columns
from app.exchange.tables import Faults, Row, Table, table_of


def matched(heading: str, *wanted: Column) -> tuple[dict[str, int], list[str]]:
    faults = Faults()
    found = match_columns(table_of("a.csv", heading.encode()), wanted, faults)
    return found, [problem.message for problem in faults.violation().problems]


def test_names_match_without_case_accents_and_punctuation() -> None:
    found, faults = matched("Customer ID;Prénom;PRICE (net)", *map(Column, ("customer_id", "prenom", "price_net")))
    assert found == {"customer_id": 0, "prenom": 1, "price_net": 2}
    assert not faults


def test_a_name_goes_before_synonyms_and_earlier_synonyms_before_later_ones() -> None:
    found, _ = matched(
        "msrp,list,price", Column("list_price", ("list", "msrp")), Column("unit_price", ("msrp", "price"))
    )
    assert found == {"list_price": 1, "unit_price": 0}
    found, _ = matched("name,company", Column("contact", ("name",)), Column("name", ("company",)))
    assert found == {"name": 0}


def test_what_is_needed_and_missing_is_named() -> None:
    found, faults = matched("a,b", Column("price", ("unit price", "cost")), Column("note", needed=False), Column("b"))
    assert found == {"b": 1}
    assert faults == ["a.csv: there is no column price (or unit price, cost); the heading has a, b."]


def test_a_heading_that_stands_twice_is_named() -> None:
    _, faults = matched("Name,name,,", Column("name"))
    assert faults == ['a.csv: the column "name" stands twice, expected it once.']


def cells(value: str) -> tuple[Cells, Row, Faults]:
    faults = Faults()
    table = Table("a.csv", ("The X",), (Row(7, (value,)),))
    return Cells(table, {"x": 0}, faults), table.rows[0], faults


Read = Callable[[Cells, Row], Any]


@pytest.mark.parametrize(
    ("value", "read", "expected"),
    [
        (" a\nb ", lambda c, r: c.text(r, "x", needed=True), "a b"),
        (" a\r\nb ", lambda c, r: c.several_lines(r, "x"), "a\nb"),
        ("", lambda c, r: c.text(r, "x"), ""),
        ("x", lambda c, r: c.text(r, "not there"), ""),
        (" 12.50 ", lambda c, r: c.decimal(r, "x"), Decimal("12.5")),
        ("-1", lambda c, r: c.decimal(r, "x", least=None), Decimal(-1)),
        ("", lambda c, r: c.decimal_or_none(r, "x"), None),
        ("12.50", lambda c, r: c.amount(r, "x", "EUR"), 1250),
        ("12.500", lambda c, r: c.amount(r, "x", "EUR"), 1250),
        ("", lambda c, r: c.amount_or_none(r, "x", "EUR"), None),
        ("0012", lambda c, r: c.whole(r, "x"), 12),
        ("", lambda c, r: c.whole_or_none(r, "x"), None),
        ("2003-01-06", lambda c, r: c.day(r, "x"), date(2003, 1, 6)),
        (" ", lambda c, r: c.day_or_none(r, "x"), None),
    ],
)
def test_reads(value: str, read: Read, expected: Any) -> None:
    found, row, faults = cells(value)
    assert read(found, row) == expected
    assert not faults


@pytest.mark.parametrize(
    ("value", "read", "words"),
    [
        ("", lambda c, r: c.text(r, "x", needed=True), "the cell is empty, expected a text"),
        ("\x07", lambda c, r: c.text(r, "x"), "control character U+0007"),
        ("x" * 20_001, lambda c, r: c.several_lines(r, "x"), "20001 characters, expected at most 20000"),
        ("", lambda c, r: c.decimal(r, "x"), "the cell is empty, expected a number such as 12.50"),
        (
            "12,50",
            lambda c, r: c.decimal(r, "x"),
            'expected a number with a decimal point such as 12.50, found "12,50"',
        ),
        ("1e3", lambda c, r: c.decimal(r, "x"), 'expected a number such as 12.50, found "1e3"'),
        ("NaN", lambda c, r: c.decimal_or_none(r, "x"), 'found "NaN"'),
        ("١٢", lambda c, r: c.decimal_or_none(r, "x"), 'found "١٢"'),
        ("-1", lambda c, r: c.decimal_or_none(r, "x"), "expected a number of 0 or more, found -1"),
        ("0.0000001", lambda c, r: c.decimal(r, "x"), "has more than six decimals."),
        ("9" * 40, lambda c, r: c.decimal(r, "x"), "is too large"),
        ("", lambda c, r: c.amount(r, "x", "EUR"), "expected an amount such as 12.50"),
        ("1.005", lambda c, r: c.amount(r, "x", "EUR"), "1.005 has more decimals than EUR allows (2)."),
        ("x", lambda c, r: c.amount(r, "x", "EUR"), 'found "x"'),
        ("1.5", lambda c, r: c.whole(r, "x"), 'expected a whole number such as 12, found "1.5"'),
        ("", lambda c, r: c.whole(r, "x"), "the cell is empty, expected a whole number such as 12"),
        ("-1", lambda c, r: c.whole(r, "x", least=1), "expected a number of 1 or more, found -1"),
        ("1/6/2003", lambda c, r: c.day(r, "x"), 'expected a date such as 2026-03-02, found "1/6/2003"'),
        ("2003-02-29", lambda c, r: c.day(r, "x"), "there is no day 2003-02-29 in the calendar"),
        ("0203-02-28", lambda c, r: c.day(r, "x"), "expected a date between 1900 and 2999"),
        ("", lambda c, r: c.day(r, "x"), "the cell is empty, expected a date such as 2026-03-02"),
        ("z", lambda c, r: c.fault(r, "x", "unheard of"), "unheard of."),
    ],
)
def test_names_file_row_and_column_of_what_is_wrong(value: str, read: Read, words: str) -> None:
    found, row, faults = cells(value)
    read(found, row)
    with pytest.raises(RuleViolation) as caught:
        faults.raise_all()
    (problem,) = caught.value.problems
    assert problem.message.startswith("a.csv, row 7, column The X: ")
    assert words in problem.message
    assert problem.values == {"file": "a.csv", "row": 7, "column": "The X", "value": value}
