"""How documents are numbered, and which number comes next; a small window changes it, kind by kind."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from app.store.numbering import MOST_DIGITS, PREFIXES, Counted, Form, set_numbering
from ui.context import AppContext
from ui.settings.section import titled
from ui.settings.texts import problem_words, series_words
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.layout import clear, column, holder
from ui.widgets.number_edits import DecimalEdit

_LONGEST_PREFIX = 6


class NumbersSection(QWidget):
    """Numbers have no gaps; they are given when a document is issued."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._known: Counted | None = None
        self.dialog: NumberingDialog | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        hint = self.tr(
            "A number is given when a document is issued, without gaps, and never again. How it reads is yours to "
            "choose; numbers that were given stay as they are."
        )
        self.setLayout(column(titled(self.tr("Numbers"), hint, self._grid), None))

    def show_values(self, known: Counted) -> None:
        """Show the next number of each series."""
        self._known = known
        year = self._context.today().year
        clear(self._grid)
        self._grid.addWidget(Label(self.tr("Kind").upper(), "overline", "3"), 0, 0)
        self._grid.addWidget(Label(self.tr("Next number").upper(), "overline", "3"), 0, 1)
        for index, kind in enumerate(PREFIXES, start=1):
            number = known.text(known.form(kind), year)
            change = Button(self.tr("Change…"), "ghost", do=partial(self.change, kind))
            change.setAccessibleName(self.tr("Change the numbers: %1").replace("%1", series_words(kind)))
            change.setEnabled(not self._context.is_read_only)
            self._grid.addWidget(Label(series_words(kind), "body", "2"), index, 0)
            self._grid.addWidget(Label(number, "strong", figures=True).selectable(), index, 1)
            self._grid.addWidget(change, index, 3)

    def change(self, kind: str) -> None:
        """Open the window for one kind."""
        if self._known is not None:
            self.dialog = NumberingDialog(self._context, self, kind, self._known)
            self.dialog.open()


class NumberingDialog(ActionDialog):
    """Prefix, year, digits, and the next number where the series has given none yet; an example says what comes."""

    def __init__(self, context: AppContext, owner: QWidget, kind: str, known: Counted) -> None:
        self._known, self._year, self._kind = known, context.today().year, kind
        self._example, self._why = Label("", "strong", figures=True), Label("", "caption", "3").wrap()
        fields = self._fields()
        super().__init__(
            context,
            owner,
            self.tr("Numbers: %1").replace("%1", series_words(kind)),
            self.tr("It holds from the next document on. Another prefix begins a series of its own."),
            self.tr("Number them so"),
            fields,
            self._work,
            {"settings"},
            self._told,
            words=problem_words,
            note=holder(column(Label(self.tr("So it will read"), "label", "2"), self._example, self._why, 8, gap=4)),
        )
        self._show(known.form(kind))
        for name in ("prefix", "with_year"):
            fields[name].editor.value_changed.connect(self._begin_anew)
        for field in fields.values():
            field.editor.value_changed.connect(self._follow)

    def form(self) -> Form:
        """What stands in the fields."""
        digits = self.fields["digits"].value()
        prefix = self.fields["prefix"].value().upper()
        return Form(prefix, self.fields["with_year"].value(), int(digits) if digits is not None else 4)

    # inside
    def _fields(self) -> dict[str, Field]:
        digits = DecimalEdit(places=0, least=Decimal(1), most=Decimal(MOST_DIGITS))
        first = DecimalEdit(places=0, least=Decimal(1))
        return {
            "prefix": Field(self.tr("Prefix"), TextEdit(longest=_LONGEST_PREFIX), width=140),
            "with_year": Field(self.tr("Year"), Tick(self.tr("The year stands in it, and each year begins anew"))),
            "digits": Field(self.tr("Figures, at least"), digits, width=140),
            "first": Field(self.tr("Next number"), first, width=140),
        }

    def _show(self, form: Form) -> None:
        self.fields["prefix"].set_value(form.prefix)
        self.fields["with_year"].set_value(form.with_year)
        self.fields["digits"].set_value(Decimal(form.digits))
        self.fields["first"].set_value(Decimal(self._known.next_of(form, self._year)))
        self._follow()

    def _begin_anew(self, *_: Any) -> None:
        """Another series has its own next number, unless one was typed."""
        first: Any = self.fields["first"].editor
        if not first.isModified():
            first.set_value(Decimal(self._known.next_of(self.form(), self._year)))

    def _follow(self, *_: Any) -> None:
        form, first = self.form(), self.fields["first"]
        is_used = self._known.has_given(form, self._year)
        first.setEnabled(not is_used)
        if is_used:
            first.set_value(Decimal(self._known.next_of(form, self._year)))
            words = self.tr(
                "%1 is in use, so %2 follows without a gap. Another prefix begins with any number you like."
            )
            series = f"{form.prefix}-{self._year}" if form.with_year else form.prefix
            self._why.setText(words.replace("%1", series).replace("%2", self._known.text(form, self._year)))
        self._why.setVisible(is_used)
        self._example.setText(form.text(self._year, int(first.value() or 1)))

    def _work(self, values: dict[str, Any]) -> Any:
        form, on = self.form(), self._context.today()
        first = int(values["first"])
        return lambda session: set_numbering(session, self._kind, form, on=on, first=first)

    def _told(self, _done: Any) -> None:
        context, kind, on, before = self._context, self._kind, self._context.today(), self._known.form(self._kind)
        is_used = self._known.has_given(before, self._year)
        first = None if is_used else self._known.next_of(before, self._year)

        def undo() -> None:
            context.write(lambda session: set_numbering(session, kind, before, on=on, first=first), {"settings"})

        words = self.tr("The next number is %1").replace("%1", self._example.text())
        context.say(words, self.tr("Undo"), undo)
