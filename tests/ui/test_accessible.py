"""Every control of every piece has a name, in both themes; roles and descriptions are what a screen reader needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import gallery, pieces
from tests.ui.accessibility import named, nodes, unnamed_controls
from ui.theme import Theme

WINDOWS: dict[str, Callable[[], QWidget]] = {
    "deal": gallery.Gallery,
    "pieces": pieces.pieces_page,
    "wizard": pieces.wizard,
    "preview": pieces.preview,
}


@pytest.fixture(params=sorted(WINDOWS))
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    made = WINDOWS[request.param]()
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show()
    return made


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_control_is_unnamed(window: QWidget, theme: Theme, mode: str) -> None:
    theme.set_mode(mode)  # type: ignore[arg-type]
    window.grab()
    assert unnamed_controls(window) == []
    assert len(list(nodes(window))) > 5


def test_the_walk_finds_an_unnamed_control(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLineEdit

    bare = QLineEdit()
    qtbot.addWidget(bare)
    bare.show()
    assert len(unnamed_controls(bare)) == 1


def test_places_are_buttons_with_their_count_in_words(qtbot: QtBot) -> None:
    window = gallery.Gallery()
    qtbot.addWidget(window)
    window.show()
    side = window.sidebar
    buttons = [node for node in nodes(side) if node.role() == QAccessible.Role.PushButton]
    texts = {node.text(QAccessible.Text.Name): node.text(QAccessible.Text.Description) for node in buttons}
    assert texts["Quote"] == "current page, 7 open"
    assert texts["Payment"] == "5 open, needs attention"
    assert "Revenue" in texts


def test_steps_say_where_they_stand(qtbot: QtBot) -> None:
    window = gallery.Gallery()
    qtbot.addWidget(window)
    window.show()
    names = named(window, QAccessible.Role.PushButton)
    assert "Step 3 of 8, Quote, current" in names
    assert "Step 1 of 8, Configure, done" in names
    assert "Step 8 of 8, Revenue, not started" in names


def test_a_problem_is_the_description_of_its_input(qtbot: QtBot) -> None:
    page = pieces.pieces_page()
    qtbot.addWidget(page)
    page.show()
    described = {
        node.text(QAccessible.Text.Name): node.text(QAccessible.Text.Description)
        for node in nodes(page)
        if node.role() == QAccessible.Role.EditableText
    }
    assert described["Customer"] == "Please fill this in."
    assert described["Discount"] == "Not more than 100, please."
    assert described["Price"] == "Without tax"


def test_cells_are_read_with_their_column(qtbot: QtBot) -> None:
    window = gallery.Gallery()
    qtbot.addWidget(window)
    window.show()
    table = QAccessible.queryAccessibleInterface(window.lines)
    cell = table.child((3 + 1) * (window.model.columnCount() + 1) + 1 + 4)
    assert cell.text(QAccessible.Text.Name) == "Margin: 15.7\u00a0%"
