"""A condition, built from sentences: all, any or none of them hold. Blocks may stand within blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.catalog.model import Model
from app.catalog.rule_form import Block, Mode, Row
from ui.catalog.condition_row import ConditionRow
from ui.widgets.button import Button, IconButton
from ui.widgets.finder_edit import Choices
from ui.widgets.inputs import Choice
from ui.widgets.label import Label
from ui.widgets.layout import clear, column, row

_DEEPEST = 4


class ConditionEdit(QFrame):
    """Value: a `Block`. `changed` tells of every edit; a sentence of which nothing is picked yet is left out."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name: str, depth: int = 0) -> None:
        super().__init__()
        self._depth, self._name = depth, name
        self._model, self._choices = Model(), Choices(())
        self._block = Block()
        self._parts: list[Any] = []
        self._mode = Choice(
            [
                (Mode.ALL, self.tr("all of these hold")),
                (Mode.ANY, self.tr("at least one of these holds")),
                (Mode.NONE, self.tr("none of these holds")),
            ]
        )
        self._mode.setMinimumWidth(230)
        self._mode.setAccessibleName(self.tr("%1: how the sentences belong together").replace("%1", name))
        self._mode.value_changed.connect(self._edited)
        self._rows = column(gap=8)
        self.add = Button(self.tr("Sentence"), "ghost", "plus", self.add_row)
        self.add.setAccessibleName(self.tr("%1: another sentence").replace("%1", name))
        self.add_block = Button(self.tr("Block"), "ghost", "plus", self._add_block)
        self.add_block.setAccessibleName(self.tr("%1: a block of sentences").replace("%1", name))
        self._lay_out()

    def value(self) -> Block:
        """What is built."""
        return self._block

    def show_block(self, block: Block, model: Model, choices: Choices) -> None:
        """Show a condition of a model; where it is what is shown already, the inputs stay."""
        is_same = block == self._block and model.attributes == self._model.attributes and choices is self._choices
        self._model, self._choices = model, choices
        if is_same and (self._parts or not block.rows):
            return
        self._block = block
        self._mode.blockSignals(True)
        self._mode.set_value(block.mode)
        self._mode.blockSignals(False)
        clear(self._rows)
        self._parts = []
        for part in block.rows:
            self._put(part)
        self._follow()

    def add_row(self) -> None:
        """One more sentence; the keyboard goes to what it is about."""
        made = self._put(None)
        self._follow()
        made.subject.setFocus()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Pairs of the place within the condition ("parts[1].key") and words; shown at the sentence."""
        for at, part in enumerate(self._parts):
            own = [words for place, words in problems if place.startswith(f"parts[{at}]") or len(self._parts) == 1]
            if isinstance(part, ConditionRow):
                part.set_problem(own[0] if own else "")

    # inside
    def _lay_out(self) -> None:
        self._head_words = Label(self._name, "label", "2")
        remove = IconButton("close", self.tr("Remove the block"), self.removed.emit, size=15)
        remove.setVisible(self._depth > 0)
        head = row(self._head_words, self._mode, None, remove, gap=10)
        verbs = row(self.add, self.add_block, None, gap=2)
        inset = 12 if self._depth else 0
        if self._depth:
            self.setProperty("panel", "sunken")
        self.setLayout(column(head, self._rows, verbs, margins=(inset, inset, inset, inset // 2), gap=8))
        self.layout().setAlignment(Qt.AlignmentFlag.AlignTop)

    def _put(self, part: Row | Block | None) -> Any:
        made: QWidget
        if isinstance(part, Block):
            made = inner = ConditionEdit(self.tr("of which"), self._depth + 1)
            inner.show_block(part, self._model, self._choices)
            inner.changed.connect(self._edited)
            inner.removed.connect(lambda: self._remove(inner))
        else:
            made = line = ConditionRow(self._model, self._choices, part)
            line.changed.connect(self._edited)
            line.removed.connect(lambda: self._remove(line))
        self._parts.append(made)
        self._rows.addWidget(made)
        made.show()  # at once, so that it can take the keyboard
        return made

    def _add_block(self) -> None:
        made = self._put(Block(Mode.ANY))
        self._follow()
        made.add_row()

    def _remove(self, part: Any) -> None:
        self._parts.remove(part)
        part.hide()
        part.deleteLater()
        self._edited()
        self._follow()
        self.add.setFocus()

    def _edited(self, *_: object) -> None:
        found = [part.value() for part in self._parts]
        rows = tuple(one for one in found if one is not None and (isinstance(one, Row) or one.rows))
        block = replace(self._block, mode=self._mode.value() or Mode.ALL, rows=rows)
        if block != self._block:
            self._block = block
            self.changed.emit()

    def _follow(self) -> None:
        self._mode.setVisible(len(self._parts) > 1 or self._block.mode is not Mode.ALL)
        self.add_block.setVisible(self._depth < _DEEPEST and bool(self._parts))
