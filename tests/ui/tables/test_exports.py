"""Every list as a workbook: typed cells over the practice company, in the person's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.pipeline import lists
from app.pipeline.lists import Filter
from app.store.store import Store
from tests.ui.practice import practice_store
from ui.context import AppContext
from ui.tables.exports import _FIELDS, export_of

TODAY = date(2026, 11, 23)
LISTS = {name: getattr(lists, name.upper()) for name in _FIELDS}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with practice_store(tmp_path_factory.mktemp("practice") / "practice.handsel", TODAY) as store:
        yield store


def exported(store: Store, context: AppContext, kind: str) -> tuple[list[Any], Any]:
    with store.read() as session:
        rows = list(lists.page(session, LISTS[kind], Filter(), TODAY, size=1000).items)
    export: Any = export_of(kind, kind.title(), context)
    return rows, load_workbook(BytesIO(export(rows))).worksheets[0]


@pytest.mark.parametrize("kind", sorted(_FIELDS))
def test_each_list(kind: str, practice: Store, make_context: Callable[..., AppContext]) -> None:
    rows, sheet = exported(practice, make_context(practice), kind)
    assert rows
    assert sheet.max_row == len(rows) + 1
    for column, (name, holds) in enumerate(_FIELDS[kind], 1):
        values = [sheet.cell(line, column).value for line in range(2, sheet.max_row + 1)]
        kept = [value for value in values if value is not None]
        types: Any = {"date": datetime, "amount": int | float, "count": int | float, "price": int | float}.get(holds)
        if holds in ("text", "unit", "kind") or types is None:
            types = int | float if holds == "number" else str
        assert all(isinstance(value, types) for value in kept), (name, kept[:3])


def test_columns_that_add_up(practice: Store, make_context: Callable[..., AppContext]) -> None:
    rows, sheet = exported(practice, make_context(practice), "invoices")
    heads = [cell.value for cell in sheet[1]]
    amounts = [sheet.cell(line, heads.index("Amount") + 1).value for line in range(2, sheet.max_row + 1)]
    signed = [row.gross if row.kind == "invoice" else -row.gross for row in rows]
    assert [round(amount * 100) for amount in amounts] == signed


def test_german_heads(practice: Store, make_context: Callable[..., AppContext], german: None) -> None:
    _, sheet = exported(practice, make_context(practice), "deals")
    assert "Noch offen" in [cell.value for cell in sheet[1]]


def test_a_list_nobody_knows(make_context: Callable[..., AppContext], tmp_path: Path) -> None:
    assert export_of("clouds", "Clouds", make_context()) is None
