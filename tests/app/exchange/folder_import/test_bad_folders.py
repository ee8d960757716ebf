"""Whatever is wrong with a folder is named by file, row and column, all of it at once, and nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import RuleViolation
from app.exchange.folder_import import import_folder
from app.store.store import Store
from tests.app.exchange.folder_import.folders import FILES, a_folder, spoil
from tests.builders import counts_of


def faults(store: Store, folder: Path) -> list[str]:
    """What the import says; the store has to be untouched."""
    before = counts_of(store)
    with pytest.raises(RuleViolation) as refusal:
        import_folder(store, folder, "USD")
    assert counts_of(store) == before
    return [problem.message for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "words"),
    [
        ("orders", "10,1,2003-01-06", "10,1,2003-02-30", "2 order_date", "there is no day 2003-02-30"),
        ("orders", "10,1,2003-01-06", "10,1,06.01.2003", "2 order_date", 'such as 2026-03-02, found "06.01.2003"'),
        ("orders", "10,1,", "10,9,", "2 customer_id", '"9" is not in customers.csv'),
        ("orders", "11,1,", "10,1,", "3 order_id", '"10" stands in row 2 already, expected it once'),
        (
            "orders",
            "Shipped",
            "Lost",
            "2 status",
            'unknown status "Lost", expected one of shipped, resolved, disputed,',
        ),
        ("orders", "Shipped", "", "2 status", "the cell is empty"),
        (
            "orders",
            "2003-01-10,Shipped",
            ",Shipped",
            "2 shipped_date",
            "expected the day on which an order that is shipped",
        ),
        (
            "orders",
            "2003-01-10,Shipped",
            "2003-01-05,Shipped",
            "2 shipped_date",
            "lies before the day of the order, 2003-01-06",
        ),
        ("customers", "France", "Freedonia", "2 country", 'unknown country "Freedonia"'),
        ("customers", "2,Signal", "1,Signal", "3 customer_id", '"1" stands in row 2 already'),
        ("customers", "Atelier graphique", "", "2 name", "the cell is empty, expected a text"),
        ("customers", "40.32", "40\a32", "2 phone", "control character U+0007"),
        ("products", "214.30", '"214,30"', "3 list_price", "expected a number with a decimal point"),
        ("products", "B,1952", "A,1952", "3 product_id", '"A" stands in row 2 already'),
        ("order_lines", "12,1,B", "12,1,C", "5 product_id", '"C" is not in products.csv'),
        ("order_lines", "12,1,B,1", "12,1,B,-1", "5 quantity", "expected a number of 0 or more, found -1"),
        ("order_lines", "12,1,B,1", "12,1,B,0", "5 quantity", "expected a number above 0"),
        ("order_lines", "12,1,B,1", "12,1,B,", "5 quantity", "the cell is empty, expected a number"),
        ("order_lines", "10,1,A", "10,2,A", "3 line_no", '"2" stands in row 2 already'),
        ("order_lines", "210.00", "1e9", "5 unit_price", 'expected a number such as 12.50, found "1e9"'),
        ("order_lines", "210.00", "NaN", "5 unit_price", 'found "NaN"'),
        ("payments", "2,HQ5", "3,HQ5", "6 customer_id", '"3" is not in customers.csv'),
        ("payments", "1,HQ2", "1,HQ1", "3 payment_ref", '"HQ1" stands in row 2 already'),
        ("payments", "17.50", "0.00", "5 amount", "expected a number above 0"),
        ("payments", "17.50", "17.505", "5 amount", "17.505"),
    ],
)
def test_one_fault(store: Store, tmp_path: Path, file: str, before: str, after: str, place: str, words: str) -> None:
    found = faults(store, spoil(tmp_path / "folder", f"{file}.csv", before, after))
    row, column = place.split()
    assert found[0].startswith(f"{file}.csv, row {row}, column {column}: ")
    assert words in found[0]


def test_an_order_without_lines_and_lines_without_an_order(store: Store, tmp_path: Path) -> None:
    found = faults(store, spoil(tmp_path / "folder", "order_lines.csv", "15,1,A", "99,1,A"))
    assert found == [
        'order_lines.csv, row 8, column order_id: "99" is not in orders.csv.',
        "orders.csv, row 7, column order_id: order 15 has no lines in order_lines.csv.",
    ]


def test_a_row_with_29_columns(store: Store, tmp_path: Path) -> None:
    found = faults(store, spoil(tmp_path / "folder", "payments.csv", "1,HQ4,", "1," * 26 + "HQ4,"))
    assert found == [
        "payments.csv, row 5: found 29 columns, expected 4 as in the heading; "
        'a text that holds "," needs quotes around it.'
    ]


def test_missing_files_are_named_together(store: Store, tmp_path: Path) -> None:
    assert faults(store, a_folder(tmp_path / "folder", payments=None, order_lines=None)) == [
        "order_lines.csv: the folder has no such file (or order_details.csv, order_items.csv, lines.csv).",
        "payments.csv: the folder has no such file.",
    ]


def test_two_files_for_one_table(store: Store, tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "folder")
    (folder / "order_details.csv").write_text(FILES["order_lines.csv"], encoding="utf-8")
    assert faults(store, folder) == [
        "order_lines.csv: the folder has order_details.csv and order_lines.csv; expected one of them."
    ]


def test_no_folder(store: Store, tmp_path: Path) -> None:
    assert faults(store, tmp_path / "nowhere") == [f"There is no folder {tmp_path / 'nowhere'}."]
    (tmp_path / "file").write_text("x")
    assert faults(store, tmp_path / "file") == [f"There is no folder {tmp_path / 'file'}."]


def test_missing_columns_are_named_together(store: Store, tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "folder",
        orders=FILES["orders.csv"].replace("status", "stage"),
        payments=FILES["payments.csv"].replace("payment_date", "when").replace("amount", "sum"),
    )
    found = faults(store, folder)
    assert [text.split(";")[0] for text in found] == [
        "orders.csv: there is no column status (or state, order_status)",
        "payments.csv: there is no column payment_date (or paid_on, date)",
        "payments.csv: there is no column amount (or paid)",
    ]


def test_an_empty_file_and_another_encoding_are_named_together(store: Store, tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "folder", orders="")
    (folder / "customers.csv").write_bytes(FILES["customers.csv"].replace("graphique", "graphiqué").encode("cp1252"))
    found = faults(store, folder)
    assert found[0].startswith(
        "customers.csv: byte 0xE9 in line 2 is no UTF-8; the file may be written in Windows-1252"
    )
    assert found[1] == "orders.csv: the file is empty, expected a heading and rows."


def test_faults_of_all_files_are_told_together(store: Store, tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path / "folder",
        customers=FILES["customers.csv"].replace("France", "Freedonia"),
        products=FILES["products.csv"].replace("95.70", "much"),
        payments=FILES["payments.csv"].replace("2003-03-05", "soon"),
    )
    assert [text.split(":")[0] for text in faults(store, folder)] == [
        "customers.csv, row 2, column country",
        "products.csv, row 2, column list_price",
        "payments.csv, row 6, column payment_date",
    ]


def test_an_order_too_large_to_keep(store: Store, tmp_path: Path) -> None:
    huge = "12,1,B,999999999,999999999.00"
    (found,) = faults(store, spoil(tmp_path / "folder", "order_lines.csv", "12,1,B,1,210.00", huge))
    assert found == "order 12 (row 4 of the orders): the amount is larger than any that Handsel keeps."
