"""Something that is written bit by bit and saved as a whole: what waits, undo, problems, saving."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import Problem, RuleViolation
from ui.context import AppContext

_PAUSE_MS = 300
_SAME_EDIT_S = 2.0
_MOST_STEPS = 200
_NOT_YET = frozenset({"missing", "bad_key", "bad_code"})


@dataclass(frozen=True, slots=True)
class Stand:
    """Of one thing: what is kept, what is being written, and what can be undone."""

    kept: Any
    written: Any
    steps: tuple[Any, ...] = ()


class Desk(QObject):
    """One thing at a time, by its id; what was written of others waits while the program runs.

    A subclass gives `empty`, `settle`, `look` and `keep`.
    """

    opened = Signal()
    """Another thing, or one that was saved elsewhere."""
    changed = Signal()
    """What is being written changed, by whatever hand."""
    checked = Signal()
    """The problems are known anew."""

    empty: Any = None

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._stands: dict[int, Stand] = {}
        self.id = 0
        self.problems: Sequence[Problem] = ()
        self.was_refused = False
        self._last_edit = ("", 0.0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.check_now)

    # what a desk gives
    def settle(self, written: Any) -> Any:
        """What is written, with what follows from it (keys)."""
        return written

    def look(self, session: Any, key: int, written: Any) -> Sequence[Problem]:
        """Everything wrong with it."""
        raise NotImplementedError

    def keep(self, session: Any, key: int, written: Any) -> Any:
        """The command that saves it."""
        raise NotImplementedError

    def was_kept(self, key: int, written: Any, done: Any) -> None:
        """It was saved."""

    kinds: frozenset[str] = frozenset({"product"})

    # what is written
    @property
    def written(self) -> Any:
        """As it is being written."""
        stand = self._stands.get(self.id)
        return self.empty if stand is None else stand.written

    @property
    def kept(self) -> Any:
        """As it was saved last."""
        stand = self._stands.get(self.id)
        return self.empty if stand is None else stand.kept

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        return bool(self.written != self.kept)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        stand = self._stands.get(self.id)
        return stand is not None and bool(stand.steps)

    def show(self, key: int, kept: Any) -> None:
        """Go on with a thing."""
        known = self._stands.get(key)
        is_other = key != self.id or known is None or known.kept != kept
        if known is None or known.kept != kept:
            is_written = known is not None and known.written != known.kept
            known = Stand(kept, known.written if known is not None and is_written else kept)
        self._stands[key] = known
        self.id = key
        if is_other:
            self.problems, self.was_refused = (), False
            self.opened.emit()
        self.changed.emit()
        if known.written != self.empty:
            self._timer.start()

    def put(self, written: Any, what: str = "") -> None:
        """Write something else. Edits of the same `what` shortly after each other are undone in one step."""
        stand, new = self._stands[self.id], self.settle(written)
        if new == stand.written:
            return
        last, at = self._last_edit
        now = time.monotonic()
        is_same = bool(what) and what == last and now - at < _SAME_EDIT_S
        self._last_edit = (what, now)
        steps = stand.steps if is_same and stand.steps else (*stand.steps, stand.written)[-_MOST_STEPS:]
        self._stands[self.id] = Stand(stand.kept, new, steps)
        self.changed.emit()
        self._timer.start()

    def undo(self) -> None:
        """Take the last step back."""
        stand = self._stands[self.id]
        if stand.steps:
            self._back_to(Stand(stand.kept, stand.steps[-1], stand.steps[:-1]))

    def discard(self) -> None:
        """Back to what is kept; this can be undone as well."""
        stand = self._stands[self.id]
        self.was_refused = False
        self._back_to(Stand(stand.kept, stand.kept, (*stand.steps, stand.written)))

    def _back_to(self, stand: Stand) -> None:
        self._last_edit = ("", 0.0)
        self._stands[self.id] = stand
        self.changed.emit()
        self._timer.start()

    # checking and saving
    def check_now(self) -> None:
        """Look for problems, beside the main thread."""
        self._timer.stop()
        key, written = self.id, self.written
        self._context.read(lambda session: (key, written, self.look(session, key, written)), self._told, owner=self)

    def save(self) -> None:
        """Save it, or show everything that is wrong with it."""
        key, written = self.id, self.written

        def done(answer: Any) -> None:
            self._stands[key] = Stand(written, written)
            self.was_refused = False
            self.was_kept(key, written, answer)
            self.changed.emit()
            self.check_now()

        self._context.write(
            lambda session: self.keep(session, key, written), self.kinds, done, self._refused, owner=self
        )

    def shown_problems(self, place: str = "") -> list[Problem]:
        """The problems in a place ("rules[2]"), without those that only say that something is not typed yet."""
        return [
            problem
            for problem in self.problems
            if problem.field.startswith(place) and (self.was_refused or problem.code not in _NOT_YET)
        ]

    def _told(self, told: tuple[int, Any, Sequence[Problem]]) -> None:
        key, written, problems = told
        if (key, written) == (self.id, self.written):
            self.problems = problems
            self.checked.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleViolation):
            self.was_refused = True
            self.problems = error.problems
            self.checked.emit()
        else:
            self._context.errors.report(error)
