"""Walks a window as a screen reader does."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_R = QAccessible.Role
CONTROLS = {
    _R.PushButton, _R.ButtonMenu, _R.ButtonDropDown, _R.CheckBox, _R.RadioButton, _R.ComboBox, _R.EditableText,
    _R.SpinBox, _R.Slider, _R.Dial, _R.List, _R.Table, _R.Tree, _R.PageTab, _R.MenuItem, _R.Link, _R.Graphic,
    _R.ProgressBar,
}  # fmt: skip
"""Roles that must have a name."""


def nodes(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything visible, parents before children; the cells of tables are left out."""
    root = QAccessible.queryAccessibleInterface(widget)
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if node.state().invisible:
            continue
        yield node
        if node.role() not in (_R.Table, _R.List, _R.Tree):
            children = (node.child(index) for index in range(node.childCount()))
            stack.extend(child for child in children if child is not None)


def name(node: QAccessibleInterface) -> str:
    """What is read aloud."""
    return str(node.text(QAccessible.Text.Name)).strip()


def unnamed_controls(widget: QWidget) -> list[str]:
    """Controls that a screen reader could only call by their kind."""
    found = []
    for node in nodes(widget):
        if node.role() in CONTROLS and not name(node):
            held = node.object()
            found.append(f"{node.role().name} {type(held).__name__} in {type(held.parent()).__name__ if held else '?'}")
    return found


def named(widget: QWidget, role: QAccessible.Role) -> list[str]:
    """The names of everything of one role."""
    return [name(node) for node in nodes(widget) if node.role() == role]
