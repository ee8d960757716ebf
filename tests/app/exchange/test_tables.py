"""CSV files: encoding, separator, shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import RuleViolation
from app.exchange import tables
from app.exchange.tables import MOST_PROBLEMS, Faults, Row, Table, read_table, separator_of, table_of

NAMES = "id,name\n1,Müller\n"


def refused(data: bytes, **how: bool) -> str:
    with pytest.raises(RuleViolation) as caught:
        table_of("goods.csv", data, **how)
    return str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        NAMES.encode(),
        NAMES.encode("utf-8-sig"),
        NAMES.encode("utf-16"),
        b"\xfe\xff" + NAMES.encode("utf-16-be"),
        NAMES.encode("utf-32"),
        NAMES.replace("\n", "\r\n").encode(),
        NAMES.replace("\n", "\r").encode(),
        NAMES.replace(",", ";").encode(),
        NAMES.replace(",", "\t").encode(),
        NAMES.replace(",", "|").encode(),
        b'"id","name"\n1,"M\xc3\xbcller"',
    ],
)
def test_the_same_table_in_many_guises(data: bytes) -> None:
    assert table_of("goods.csv", data) == Table("goods.csv", ("id", "name"), (Row(2, ("1", "Müller")),))


def test_windows_1252_is_read_only_where_allowed() -> None:
    data = "id,name\n1,Müller €\n".encode("cp1252")
    assert "byte 0xFC in line 2 is no UTF-8; the file may be written in Windows-1252" in refused(data)
    assert table_of("a", data, allow_cp1252=True).rows[0].values == ("1", "Müller €")
    assert "is no text in CP1252" in refused(b"a,b\n\x81,2\n", allow_cp1252=True)


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    data = b'id,note\n1,"two\nlines, ""quoted"""\n\n,\n2,x\n'
    assert table_of("a", data).rows == (Row(2, ("1", 'two\nlines, "quoted"')), Row(5, ("2", "x")))


def test_a_heading_alone_is_a_table_without_rows() -> None:
    assert table_of("a", b" id , name\n") == Table("a", ("id", "name"), ())


def test_one_column_needs_no_separator() -> None:
    assert table_of("a", b"id\n1\n2\n").columns == ("id",)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("a;b;c\n1,5;2;3\n", ";"),
        ("a,b\n1;2,3\n4,5\n", ","),
        ("name,price|EUR,x\n", ","),
        ("a\tb, c\td\n1\t2, 3\t4\n", "\t"),
        ('a,b\n"1;2;3",4\n', ","),
        ("a|b\nx|y;z\n", "|"),
    ],
)
def test_the_separator_is_the_one_with_equal_column_counts(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_a_line_with_29_columns_is_named() -> None:
    rows = ["a,b,c"] + ["1,2,3"] * 5 + [",".join("x" * 29), "1", "1,2,3"]
    message = refused("\n".join(rows).encode())
    assert 'goods.csv, row 7: found 29 columns, expected 3 as in the heading; a text that holds "," needs' in message
    assert "goods.csv, row 8: found 1 column, expected 3 as in the heading." in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "goods.csv: the file is empty"),
        (b"\n \n", "goods.csv: the file is empty"),
        (b",\n,\n", "goods.csv: the file is empty"),
        (b"a,b\n1,\0\n", "holds bytes of zero"),
        ("a,b\n1,\0\n".encode("utf-16"), "holds characters of zero"),
        ("a,b".encode("utf-16") + b"\0", "is no text in UTF-16"),
        (b"\xef\xbb\xbfa,b\n\xff", "is no text in UTF-8"),
        (b'a,b\n1,"open\n', "row 2: the quotes cannot be read"),
        (b'a,b\n1,"x"y\n', "row 2: the quotes cannot be read"),
        (b"a,b\n1," + b"x" * 200_000, "row 2: a cell has more than"),
        (b"PK\x03\x04\x00\x00", "holds bytes of zero"),
    ],
)
def test_refuses_what_is_no_table(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_at_most_fifty_faults_are_told_and_the_rest_counted() -> None:
    with pytest.raises(RuleViolation) as caught:
        table_of("a", b"a,b\n1,2\n" * 50 + b"1\n" * 60)
    problems = caught.value.problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[0].values["row"] == 101
    assert problems[-1].message == "And 10 more faults."


def test_no_fault_is_no_error() -> None:
    faults = Faults()
    assert not faults
    faults.raise_all()
    faults.add("a", "wrong", 3, "b", "x")
    assert faults
    with pytest.raises(RuleViolation, match="a, row 3, column b: wrong"):
        faults.raise_all()


def test_reads_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(NAMES, encoding="utf-8")
    assert read_table(path).name == "goods.csv"
    monkeypatch.setattr(tables, "MAX_BYTES", 3)
    with pytest.raises(RuleViolation, match=r"goods.csv: the file has 18 bytes, expected at most 3"):
        read_table(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleViolation, match=r"gone.csv: the file cannot be read \(no such file or directory\)"):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(RuleViolation, match="cannot be read"):
        read_table(tmp_path)
