"""The same workbook, recalculated by LibreOffice: its results are ours, and a planted cent shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.outputs.xlsx.revenue_report import write
from tests.app.outputs.xlsx.reports import Books, a_half_year

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def control(path: Path) -> list[tuple[Any, ...]]:
    return [row[:6] for row in load_workbook(path, data_only=True).worksheets[-1].values]


def recalculated(folder: Path, *files: Path) -> list[Path]:
    """The files as LibreOffice saves them. openpyxl drops the results on saving, so these are LibreOffice's own."""
    for file in files:
        book = load_workbook(file)
        book.save(file)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        str(OFFICE),
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        f"{folder}/lo",
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)
    return [folder / "lo" / file.name for file in files]


def planted(folder: Path) -> Path:
    """A workbook in which somebody changed one payment by a cent."""
    path = folder / "planted.xlsx"
    path.write_bytes(write(a_half_year().report()))
    book = load_workbook(path)
    book["Payments"]["H2"].value += 0.01
    book.save(path)
    return path


def test_libreoffice_comes_to_the_same_results(tmp_path: Path) -> None:
    report = a_half_year().report()
    files = []
    for name, data in (
        ("en", write(report)),
        ("de", write(report, "de")),
        ("none", write(Books().report())),
    ):
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(data)
    ours = [control(file) for file in files]
    theirs = recalculated(tmp_path, *files, planted(tmp_path))
    for mine, path in zip(ours, theirs, strict=False):
        assert control(path) == mine
        assert {row[5] for row in mine[1:]} == {"OK"}
    wrong = [row[1] for row in control(theirs[-1]) if row[5] == "DIFF"]
    assert wrong == ["Payments: amount = ledger bank and cash", "All checks"]
