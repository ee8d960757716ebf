"""Several of many: found by typing, each then stands below as a button that takes it out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.button import Button
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.inputs import HasProblem
from ui.widgets.layout import clear, column, holder


class PicksEdit(HasProblem, QWidget):
    """Value: a tuple of choices, each once, in the order they were taken; none means that nothing is limited."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, all_of_them: str) -> None:
        super().__init__()
        self.is_optional = True
        self._picked: tuple[Any, ...] = ()
        self._choices = Choices(())
        self.finder = FinderEdit(self._choices, optional=True, placeholder=all_of_them)
        self.finder.editingFinished.connect(self._take)
        self.finder.problem_changed.connect(self.set_problem)
        self._chips = FlowLayout()
        self._box = holder(self._chips)
        self.setLayout(column(self.finder, self._box, gap=6))
        self.setFocusProxy(self.finder)
        self._box.hide()

    def set_choices(self, pairs: Iterable[tuple[Any, str]]) -> None:
        """Find among these from now on."""
        self._choices = Choices(pairs)
        self.finder.set_choices(self._choices)
        # one letter more may mean another: only a choice in the list, Enter or leaving takes what stands there
        self.finder.completer().activated.connect(lambda _: QTimer.singleShot(0, self, self._take))
        self._show()

    def value(self) -> tuple[Any, ...]:
        """What was picked."""
        return self._picked

    def set_value(self, value: Sequence[Any] | None) -> None:
        """Show these."""
        self._picked = tuple(value or ())
        self.finder.set_value(None)
        self._show()

    def check(self) -> bool:
        """Whether what is being typed is one of the choices."""
        return bool(self.finder.check())

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The line inside is what a screen reader meets, so it has the name as well."""
        super().setAccessibleName(name)
        self.finder.setAccessibleName(name)

    def _take(self) -> None:
        value = self.finder.value()
        if value is None:
            return
        self.finder.set_value(None)
        if value not in self._picked:
            self._put((*self._picked, value))

    def _drop(self, value: Any) -> None:
        self._put(tuple(one for one in self._picked if one != value))
        self.finder.setFocus()

    def _put(self, picked: tuple[Any, ...]) -> None:
        self._picked = picked
        self.set_problem("")
        self._show()
        self.value_changed.emit(picked)

    def _show(self) -> None:
        clear(self._chips)
        for value in self._picked:
            words = self._choices.words.get(value, str(value))
            chip = Button(words, icon="close", do=partial(self._drop, value))
            chip.setAccessibleName(self.tr("Take out: %1").replace("%1", words))
            chip.setToolTip(chip.accessibleName())
            self._chips.addWidget(chip)
        self._box.setVisible(bool(self._picked))
