"""Lists: pages, selection by id, sorting, keys, news."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui import pieces
from ui.context import Changes, Settings
from ui.tables.base_view import shrunk
from ui.tables.column import Order, Role
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView


@pytest.fixture
def model(qapp: object) -> PagedModel:
    return PagedModel(pieces.quote_columns(), pieces.fetch_quotes)


@pytest.fixture
def view(model: PagedModel, show: Callable[..., QWidget]) -> PagedView:
    made = PagedView(model, "Quotes")
    show(made)
    return made


def test_qt_finds_nothing_wrong(model: PagedModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_pages_are_read_when_they_are_needed(model: PagedModel) -> None:
    assert model.rowCount() == 50
    while model.canFetchMore():
        model.fetchMore()
    assert model.rowCount() == len(pieces.QUOTES)
    assert [model.row(at).id for at in (0, 229)] == [1, 230]
    model.fetchMore()
    assert model.rowCount() == 230


def test_an_empty_page_ends_a_list(qapp: object) -> None:
    model = PagedModel(pieces.quote_columns(), lambda cursor, _: Page([], 5))
    assert model.rowCount() == 0
    pages = iter([Page(pieces.QUOTES[:2], 2), Page([], 2)])
    model = PagedModel(pieces.quote_columns(), lambda *_: next(pages))
    model.fetchMore()
    assert model.rowCount() == 2
    assert not model.canFetchMore()


def test_cells(model: PagedModel) -> None:
    index = model.index(0, 0)
    assert index.data() == "Q-2026-0001"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Quote: Q-2026-0001"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Harbour Couriers B.V."
    assert index.data(Role.ROW) is model.row(0)
    assert index.data(Qt.ItemDataRole.FontRole) is None
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Total"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_text_is_made_once(qapp: object) -> None:
    made: list[int] = []
    column = pieces.quote_columns()[0]
    counted = type(column)(title="Q", text=lambda row: made.append(row.id) or str(row.id))
    model = PagedModel([counted], pieces.fetch_quotes)
    for _ in range(3):
        model.index(0, 0).data()
    assert made == [1]


def test_sorting_reads_anew_from_the_top(view: PagedView, model: PagedModel, qtbot: QtBot) -> None:
    model.fetchMore()
    with qtbot.waitSignal(model.order_changed):
        view.horizontalHeader().sectionClicked.emit(2)
    assert model.order == Order("total", True)
    assert model.rowCount() == 50
    totals = [row.total for row in model.rows()]
    assert totals == sorted((quote.total for quote in pieces.QUOTES), reverse=True)[:50]
    view.horizontalHeader().sectionClicked.emit(2)
    assert model.order == Order("total", False)
    view.horizontalHeader().sectionClicked.emit(1)
    assert model.order == Order("total", False)


def test_the_selection_survives_a_reload_by_id(view: PagedView, model: PagedModel) -> None:
    model.fetchMore()
    assert view.select(70)
    model.reload()
    assert model.rowCount() >= 70
    assert view.row().id == 70
    assert [row.id for row in view.rows()] == [70]
    assert not view.select(9999)


def test_the_selection_follows_its_row_to_another_place(view: PagedView, model: PagedModel) -> None:
    view.select(3)
    rows = [pieces.QUOTES[5], pieces.QUOTES[2], pieces.QUOTES[0]]
    model.reload(lambda *_: Page(rows))
    assert view.currentIndex().row() == 1
    assert view.row().id == 3


def test_enter_and_double_click_open(view: PagedView, qtbot: QtBot) -> None:
    opened: list[Any] = []
    view.opened.connect(opened.append)
    view.select(2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.doubleClicked.emit(view.model().index(4, 0))
    assert [row.id for row in opened] == [2, 5]


def test_several_rows_are_marked_and_copied(view: PagedView) -> None:
    marked: list[int] = []
    view.marked.connect(marked.append)
    view.select(1)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in view.rows()] == [1, 2]
    assert marked[-1] == 2
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["Q-2026-0001", "Q-2026-0002"]


def test_news_reload_a_visible_list_and_wait_for_a_hidden_one(view: PagedView, model: PagedModel) -> None:
    changes, resets = Changes(), []
    view.follow(changes, {"quote"})
    model.modelReset.connect(lambda: resets.append(1))
    changes.tell({"customer"})
    changes.tell({"quote", "deal"})
    assert len(resets) == 1
    view.hide()
    changes.tell({"quote"})
    changes.tell({"quote"})
    assert len(resets) == 1
    view.show()
    assert len(resets) == 2


def test_the_empty_state_comes_and_goes(qtbot: QtBot) -> None:
    view = pieces.empty_list()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    empty = view._empty
    assert empty is not None
    assert empty.isVisible()
    view.model().reload(pieces.fetch_quotes)
    assert not empty.isVisible()


def test_columns_are_remembered(view: PagedView, model: PagedModel, tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "s.ini")
    view.remember_columns(settings, "quotes/columns")
    view.horizontalHeader().resizeSection(1, 222)
    again = PagedView(model, "Quotes")
    qtbot.addWidget(again)
    again.remember_columns(settings, "quotes/columns")
    assert again.columnWidth(1) == 222


def test_widths_of_a_wide_window_do_not_scroll_a_narrow_one(
    view: PagedView, model: PagedModel, tmp_path: Path, show: Callable[..., QWidget]
) -> None:
    settings = Settings(tmp_path / "s.ini")
    view.remember_columns(settings, "quotes/columns")
    for section in (1, 2):
        view.horizontalHeader().resizeSection(section, 400)
    again = PagedView(model, "Quotes")
    again.remember_columns(settings, "quotes/columns")
    window = show(again, size=(520, 500))
    assert again.horizontalHeader().length() <= again.viewport().width()
    window.resize(1300, 500)
    QApplication.processEvents()
    assert (again.columnWidth(1), again.columnWidth(2)) == (400, 400)
    window.resize(520, 500)
    QApplication.processEvents()
    kept = PagedView(model, "Quotes")
    kept.remember_columns(settings, "quotes/columns")
    assert kept.widths()[1] == 400


def test_what_cannot_be_a_width_is_left_out(view: PagedView, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    settings.put("x", view.horizontalHeader().saveState())
    settings.put("x-widths", ["1:140", "nonsense", "9:100", "2:-4", "2:0"])
    before = view.widths()
    view.remember_columns(settings, "x")
    assert view.widths() == before | {1: 140}


def test_columns_shrink_in_the_same_measure_and_never_below_their_design() -> None:
    designed = {0: 100, 1: 100}
    assert shrunk({0: 300, 1: 200}, designed, 600) == {0: 300, 1: 200}
    assert shrunk({0: 300, 1: 200}, designed, 350) == {0: 200, 1: 150}
    assert shrunk({0: 300, 1: 200}, designed, 90) == designed
    assert shrunk({0: 60, 1: 200}, designed, 0) == {0: 60, 1: 100}
    assert shrunk({}, {}, -5) == {}


def test_hovering_lights_the_whole_row(view: PagedView) -> None:
    view._hover(2)
    assert view._painter.hovered == 2
    view.grab()
    view._hover(-1)
    assert view._painter.hovered == -1


def test_tab_leaves_the_list(view: PagedView) -> None:
    assert not view.tabKeyNavigation()
