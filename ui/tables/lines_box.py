"""A small table of lines with its verbs below it: as high as its lines, with an empty state while it has none."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import formats
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.button import Button, IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row

_EMPTY_HEIGHT = 150
_MOST_PROBLEMS = 6


class LinesBox(QWidget):
    """`lines` is the table; `add` puts a new line at its end."""

    def __init__(
        self, model: LineModel, name: str, add: str, nothing: str, why: str, icon: str = "products", most: int = 8
    ) -> None:
        super().__init__()
        self.model, self._most = model, most
        self.lines = LineEditor(model, name, EmptyState(icon, nothing, why))
        self.add = Button(add, "ghost", "plus", self.lines.add_line)
        self.remove = Button(self.tr("Remove"), "ghost", "delete", self.lines.remove_lines)
        self.up = IconButton("move-up", self.tr("Move up (Alt+Up)"), lambda: self.lines.move_line(-1), size=16)
        self.down = IconButton("move-down", self.tr("Move down (Alt+Down)"), lambda: self.lines.move_line(1), size=16)
        self._verbs = holder(row(self.remove, self.up, self.down, gap=2))
        self._problems = Label("", "caption", "bad").wrap()
        self.setLayout(column(self.lines, self._problems, row(self.add, self._verbs, None, gap=2), gap=4))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self.fit)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
            signal.connect(self._tell_problems)
        self._tell_problems()
        self.fit()

    def _tell_problems(self, *_: object) -> None:
        """What is wrong with the lines, below them: a red frame alone tells nothing."""
        found = sorted(self.model.problems().items())[:_MOST_PROBLEMS]
        words = [f"{formats.whole_text(line + 1)}.  {text}" for (line, _column), text in found]
        self._problems.setText("\n".join(dict.fromkeys(words)))
        self._problems.setVisible(bool(words))

    def fit(self, *_: object) -> None:
        """Be as high as the lines, up to a limit."""
        rows = self.model.rowCount()
        self.lines.setFixedHeight(self.lines.height_for(min(rows, self._most)) + 12 if rows else _EMPTY_HEIGHT)
        self._verbs.setVisible(bool(rows))
