"""Files are read or refused with a code; hostile ones do no harm and take no time."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.errors import Cancelled, RuleViolation
from app.exchange.list_import import source, xlsx_reader
from app.exchange.list_import.cells import guess_point, number_of
from app.exchange.list_import.xlsx_child import NO_RESULT, text
from tests.app.exchange.list_import.files import csv, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0"?>'
XMLNS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def code_of(path: Path) -> str:
    started = time.monotonic()
    with pytest.raises(RuleViolation) as refused:
        source.read(path)
    assert time.monotonic() - started < 10
    return refused.value.problems[0].code


def test_a_workbook_is_read_as_texts(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "list.xlsx",
        [],
        ["Name", "Price", None, "Since", "Active", "Stock"],
        ["Lake School", 12.5, None, date(2026, 3, 2), True, 0.1 + 0.2],
        [],
        ["=1+1 is text here?", 1e-7, None, datetime(2026, 3, 2, 8, 30), False, 10**12],  # noqa: DTZ001
        sheets=("List", "Other"),
    )
    found = source.read(path)
    assert found.table.columns == ("Name", "Price", "Since", "Active", "Stock")
    assert [row.number for row in found.table.rows] == [3, 5]
    assert found.table.rows[0].values == ("Lake School", "12.5", "2026-03-02", "TRUE", "0.3")
    assert found.table.rows[1].values[1:] == ("0", "2026-03-02 08:30:00", "FALSE", "1000000000000")
    assert (found.sheets, found.sheet, found.is_guessed) == (("List", "Other"), "List", False)
    assert len(found.sha256) == 64


def test_another_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ["sku"], ["A"], sheets=("One", "Two"))
    with pytest.raises(RuleViolation):
        source.read(path, sheet="Two")
    assert source.read(path, sheet="No such sheet").sheet == "One"


def test_a_formula_without_result_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ["Name", "Price"], ["Kayak", "=10*2"], ["=A2", None])
    found = source.read(path)
    assert [row.values for row in found.table.rows] == [("Kayak", NO_RESULT), (NO_RESULT, "")]


def test_29_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", [f"Column {n}" for n in range(29)], [str(n) for n in range(29)])
    assert len(source.read(path).table.columns) == 29


def test_csv_with_its_encoding(tmp_path: Path) -> None:
    words = "name;city\nMüller;Plön\n"
    assert source.read(csv(tmp_path / "a.csv", words)).is_guessed is False
    guessed = source.read(csv(tmp_path / "b.csv", words, "cp1252"))
    assert guessed.is_guessed
    assert guessed.table.rows[0].values == ("Müller", "Plön")
    assert source.read(csv(tmp_path / "c.csv", words, "utf-16")).table.rows[0].values == ("Müller", "Plön")


def test_hostile_workbooks_are_refused(tmp_path: Path) -> None:
    def made(name: str, content: bytes) -> Path:
        return with_part(workbook(tmp_path / name, ["name"], ["x"]), SHEET, content)

    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    laughs = HEAD + b'<!DOCTYPE x [<!ENTITY l0 "lol">' + entities + b"]><worksheet " + XMLNS + b">&l9;</worksheet>"
    assert code_of(made("laughs.xlsx", laughs)) == "doctype"
    outside = HEAD + b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet ' + XMLNS + b">&f;</worksheet>"
    assert code_of(made("outside.xlsx", outside)) == "doctype"
    assert code_of(made("bomb.xlsx", b"0" * (60 * 1024 * 1024))) == "bomb"
    cells = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    far = HEAD + b"<worksheet " + XMLNS + b"><sheetData>" + cells + b"</sheetData></worksheet>"
    assert code_of(made("far.xlsx", far)) == "too_many_rows"
    assert code_of(made("cut.xlsx", far[:100])) == "no_workbook"


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zip.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert code_of(tmp_path / "zip.xlsx") == "no_workbook"
    assert code_of(tmp_path / "old.xls") == "old_workbook"
    assert code_of(tmp_path / "missing.csv") == "unreadable"
    assert code_of(workbook(tmp_path / "head.xlsx", ["name"])) == "empty"
    assert code_of(csv(tmp_path / "head.csv", "name;city\n")) == "empty"
    assert code_of(csv(tmp_path / "ragged.csv", "name;city\nA;B\nA;B;C\n")) == "table"


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_ROWS", 2)
    assert code_of(csv(tmp_path / "long.csv", "name;city\n" + "A;B\n" * 3)) == "too_many_rows"


def test_reading_has_an_end_and_can_be_stopped(tmp_path: Path) -> None:
    class Stopped:
        def step(self, done: int, total: int, text: str = "") -> None: ...

        def check(self) -> None:
            raise Cancelled("Stopped.")

    path = workbook(tmp_path / "list.xlsx", ["name"], ["A"])
    with pytest.raises(Cancelled):
        source.read(path, progress=Stopped())
    from app.core.progress import Silent

    with pytest.raises(RuleViolation) as refused:
        xlsx_reader.read_workbook(path, "", Silent(), time_limit=0)
    assert refused.value.problems[0].code == "too_slow"


@pytest.mark.parametrize(
    ("typed", "point", "number"),
    [
        ("12.50", ".", "12.50"), ("12,50", ",", "12.50"), ("1,234.5", ".", "1234.5"), ("1.234,5", ",", "1234.5"),
        ("1.234", ",", "1234"), ("1.234", ".", "1.234"), ("12.5", ",", "12.5"), ("€ 12.50", ".", "12.50"),
        ("-3", ".", "-3"), ("19 %", ",", "19"), ("12,50", ".", None), ("1e5", ".", None), ("NaN", ".", None),
        ("inf", ".", None), ("１２", ".", None), ("", ".", None), ("1.2.3", ".", None),
    ],
)  # fmt: skip
def test_numbers(typed: str, point: str, number: str | None) -> None:
    found = number_of(typed, point)  # type: ignore[arg-type]
    assert (None if found is None else str(found)) == number


def test_what_stands_before_decimals_is_guessed() -> None:
    assert guess_point(["12,50", "3,1", ""]) == ","
    assert guess_point(["12.50", "3"]) == "."
    assert guess_point([]) == "."


def test_floats_as_a_spreadsheet_shows_them() -> None:
    assert [text(value) for value in (0.1 + 0.2, 19.99, 1e22, -0.0, 1234567.125)] == [
        "0.3", "19.99", "10000000000000000000000", "-0", "1234567.125",
    ]  # fmt: skip
