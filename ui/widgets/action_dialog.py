"""Small windows for actions that need a day and a word or two. Each says what its button will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import RuleViolation
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.field import Field, Fields, Words
from ui.widgets.label import Label
from ui.widgets.layout import column, row


class ActionDialog(QDialog):
    """A sentence, some fields, and one button with the action's own words.

    `run(values)` gives the work of `AppContext.write`, from the fields by name; a day is only a field like others.
    `words` says what the service finds wrong beside the fields; `note` stands between the fields and the buttons.
    """

    def __init__(
        self,
        context: AppContext,
        owner: QWidget,
        title: str,
        sentence: str,
        commit: str,
        fields: dict[str, Field],
        run: Callable[[dict[str, Any]], Callable[[Any], Any]],
        kinds: set[str],
        done: Callable[[Any], object],
        is_final: bool = False,
        words: Words | None = None,
        note: QWidget | None = None,
    ) -> None:
        super().__init__(owner)
        self._context, self._run, self._kinds, self._done = context, run, kinds, done
        self.fields = Fields(words)
        self._names = list(fields)
        for name, field in fields.items():
            self.fields.add(name, field)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.commit = Button(commit, "danger" if is_final else "primary", do=self.accept)
        self.cancel = Button(self.tr("Not now"), do=self.reject)
        body = column(Label(title, "title"), 4, Label(sentence, "body", "2").wrap(), 14, *self._spaced(fields))
        if note is not None:
            body.addWidget(note)
        body.addSpacing(8)
        foot = row(None, self.cancel, self.commit, gap=10)
        self.setLayout(column(body, foot, margins=(22, 20, 22, 18)))

    def accept(self) -> None:
        """Check the fields, then do it; a refusal is shown beside its field and the window stays."""
        if not self.fields.check():
            self.fields.with_problems()[0].editor.setFocus()
            return
        self.commit.setEnabled(False)
        values = {name: self.fields[name].value() for name in self._names}
        self._context.write(self._run(values), self._kinds, self._finished, self._refused, self)

    def _finished(self, answer: Any) -> None:
        super().accept()
        self._done(answer)

    def _refused(self, error: Exception) -> None:
        self.commit.setEnabled(True)
        left = self.fields.mark(error.problems) if isinstance(error, RuleViolation) else [None]
        if left:
            self._context.errors.report(error, self)

    def _spaced(self, fields: dict[str, Field]) -> list[Any]:
        items: list[Any] = []
        for field in fields.values():
            items += [field, 12]
        return items
