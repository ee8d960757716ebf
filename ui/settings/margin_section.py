"""How much has to be earned: the floor, the target, whether the floor stops a quote, and the owner's PIN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.errors import NotAllowed, Problem
from app.pricing.approval import left_to_wait, set_pin
from app.pricing.marks import MarginMarks, set_margin_marks
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.settings.texts import problem_words
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit, Tick
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.number_edits import PercentEdit

_MOST = Decimal("99.99")
_LONGEST_PIN = 12


@dataclass(frozen=True, slots=True)
class MarginSettings:
    """What the section shows."""

    marks: MarginMarks
    has_pin: bool


class MarginSection(Section):
    """The marks save themselves; the PIN is asked for in small windows."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._known, self._has_pin = MarginMarks(), False
        self.dialog: PinDialog | None = None
        floor = self.field("floor", self.tr("Floor"), PercentEdit(most=_MOST), width=140)
        target = self.field("target", self.tr("Target"), PercentEdit(most=_MOST), width=140)
        stop = Tick(self.tr("Nothing below the floor is sent without a reason or the PIN"))
        strict = self.field("stop", self.tr("Below the floor"), stop)
        hint = self.tr("In percent of the net price. Margins are shown to you only, on no paper.")
        self._state, self._icon = Label("", "strong"), Icon("lock", "text2", 18, box=36, soft="hover")
        self._set = Button("", do=self.ask)
        self._remove = Button(self.tr("Take it away…"), "ghost", do=lambda: self.ask(is_removal=True))
        pin = row(self._icon, self._state, None, self._remove, self._set, gap=12)
        why = self.tr("With it you release a quote below the floor. It is kept so that nobody can read it back.")
        self.setLayout(
            column(
                titled(self.tr("Margin"), hint, row(floor, target, None, gap=14), strict),
                titled(self.tr("PIN of the owner"), why, pin),
                None,
                gap=14,
            )
        )

    def load(self, values: MarginSettings) -> None:
        """Show what is set."""
        self._known, self._has_pin = values.marks, values.has_pin
        for name in ("floor", "target", "stop"):
            self.fields[name].set_value(getattr(values.marks, name))
        self._state.setText(self.tr("A PIN is set") if values.has_pin else self.tr("No PIN is set"))
        self._set.setText(self.tr("Change the PIN…") if values.has_pin else self.tr("Set a PIN…"))
        self._remove.setVisible(values.has_pin)

    def save(self) -> None:
        """Store the marks."""
        wanted = MarginMarks(**{name: self.fields[name].value() for name in ("floor", "target", "stop")})
        if wanted != self._known:
            self._known = wanted
            self.context.write(lambda s: set_margin_marks(s, wanted), {"settings"}, on_failed=self.refused, owner=self)

    def ask(self, is_removal: bool = False) -> None:
        """Open the window that sets, changes or takes away the PIN."""
        self.dialog = PinDialog(self.context, self, self._has_pin, is_removal)
        self.dialog.open()


class PinDialog(ActionDialog):
    """The PIN of before where there is one, and the new one twice."""

    def __init__(self, context: AppContext, owner: QWidget, has_pin: bool, is_removal: bool) -> None:
        fields = {}
        if has_pin:
            fields["old"] = Field(self.tr("PIN until now"), _secret(), width=200)
        if not is_removal:
            fields["new"] = Field(self.tr("New PIN"), _secret(), width=200, hint=self.tr("4 to 12 figures"))
            fields["again"] = Field(self.tr("The same again"), _secret(), width=200)
        title = self.tr("Change the PIN") if has_pin else self.tr("Set a PIN")
        super().__init__(
            context,
            owner,
            self.tr("Take the PIN away") if is_removal else title,
            self.tr("Nobody can tell you a forgotten PIN, so write it down where only you find it."),
            self.tr("Take it away") if is_removal else self.tr("Keep this PIN"),
            fields,
            lambda values: lambda session: set_pin(session, values.get("new", ""), old=values.get("old", "")),
            {"settings"},
            lambda _is_set: context.say(self.tr("The PIN is taken away") if is_removal else self.tr("The PIN is set")),
            words=problem_words,
        )

    def accept(self) -> None:
        """Only if both are the same."""
        if "again" in self._names and self.fields["again"].value() != self.fields["new"].value():
            self.fields["again"].set_problem(self.tr("This is not the same PIN."))
            return
        super().accept()

    # inside
    def _finished(self, is_set: Any) -> None:
        if is_set:
            super()._finished(is_set)
        else:
            self.commit.setEnabled(True)
            self.fields.mark([Problem("old", "wrong", "")])

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, NotAllowed):
            super()._refused(error)
            return
        self.commit.setEnabled(True)
        with self._context.store.read() as session:
            seconds = int(left_to_wait(session, datetime.now(UTC)).total_seconds()) + 1
        self.fields["old"].set_problem(self.tr("Too many wrong PINs. Try again in %n seconds.", None, seconds))


def _secret() -> TextEdit:
    edit = TextEdit(longest=_LONGEST_PIN)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit
