"""The pages of the import: the file, which column is what, and what came of checking every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from app.core.errors import Cancelled, Problem, RuleViolation
from app.exchange.list_import.cells import Point, guess_point
from app.exchange.list_import.checked import Checked
from app.exchange.list_import.fields import Wanted, guess
from app.exchange.list_import.source import Source, read
from ui import formats
from ui.context import AppContext
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead, titled_card
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Tick
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.problem_label import ProblemLabel
from ui.widgets.progress_panel import ProgressDialog
from ui.wizards.import_texts import cell_words, file_words
from ui.wizards.page import WizardPage

_PREVIEW = 8
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """What was chosen so far; `checked` is None until the rows were looked at with this mapping."""

    path: Path | None = None
    source: Source | None = None
    agreed: bool = False
    mapping: tuple[tuple[str, int], ...] = ()
    point: Point = "."
    checked: Checked[Any] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the preview: its number in the file, and the texts of the columns."""

    row: int
    texts: tuple[str, ...]


class FilePage(WizardPage):
    """Choose a file; a workbook's sheet; agree to letters that were guessed."""

    drafted = Signal(object)
    """A file was read: the new draft."""

    def __init__(self, context: AppContext, wanted: Sequence[Wanted], numbers: Sequence[str]) -> None:
        super().__init__()
        self._context, self._wanted, self._numbers = context, wanted, numbers
        self._draft = ImportDraft()
        self.choose = Button(self.tr("Choose a file…"), "primary", "folder", do=self.ask)
        self._name, self._about = Label("", "title"), Label("", "body", "2")
        self.problem = ProblemLabel()
        self._letters = Tick(self.tr("The letters are right"))
        self._letters.value_changed.connect(self.edited)
        self._guessed = Banner(
            self.tr("The file does not say how its letters are written. Look at names with accents below."),
            "info",
            "warn",
        )
        self.sheet = self.field("sheet", Field(self.tr("Sheet"), Choice(), width=260))
        self.sheet.editor.value_changed.disconnect(self.edited)
        self.sheet.editor.value_changed.connect(self._other_sheet)
        words = self.tr("Excel workbooks (.xlsx) and CSV, with the names of the columns in the first row.")
        chosen = row(Icon("import", "accent_text", 22, box=48, soft="accent_soft"), self._middle(words), None, gap=14)
        self._rows = Card(column())
        self._place = column()
        self.lay_out(
            titled_card(self.tr("The file"), chosen, self.problem, self.sheet),
            self._guessed,
            self._letters,
            self._place,
        )
        self._show_source()

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what was read."""
        self._draft = draft
        self._letters.set_value(draft.agreed)
        self._show_source()

    def read(self, draft: ImportDraft) -> ImportDraft:
        """Whether the letters are right."""
        return replace(draft, agreed=self._letters.value())

    def check(self) -> bool:
        """Nothing is typed here."""
        return True

    def first_input(self) -> QWidget:
        """The button."""
        return self.choose

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Say what is missing below the button."""
        words = {
            "missing": self.tr("Please choose a file first."),
            "letters": self.tr("Please look at the letters and tick that they are right."),
        }
        self.problem.set_text(" ".join(words.get(problem.code, problem.message) for problem in problems))
        return ()

    def ask(self) -> None:
        """Choose a file and read it."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a file"), "", self.tr("Spreadsheets (*.xlsx *.csv *.txt *.tsv);;All files (*)")
        )
        if path:
            self.take(Path(path))

    def take(self, path: Path, sheet: str = "") -> None:
        """Read a file beside the main thread, with Cancel."""
        self.problem.set_text("")
        job = self._context.jobs.file(
            lambda progress: read(path, sheet, progress), lambda source: self._take(path, source), self._refused, self
        )
        ProgressDialog(self.tr("Reading the file…"), job, self)

    # inside
    def _middle(self, words: str) -> Any:
        return column(self._name, self._about, Label(words, "caption", "3").wrap(), row(self.choose, None), gap=6)

    def _take(self, path: Path, source: Source) -> None:
        mapping = guess(source.table.columns, self._wanted)
        texts = [
            line.values[mapping[name]]
            for line in source.table.rows[:_SAMPLE]
            for name in self._numbers
            if name in mapping
        ]
        point: Point = "." if source.sheets else guess_point(texts)
        self.drafted.emit(ImportDraft(path, source, False, tuple(mapping.items()), point))

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleViolation):
            self.problem.set_text(file_words(error.problems[0]))
        elif not isinstance(error, Cancelled):
            self._context.errors.report(error, self)

    def _other_sheet(self, name: str | None) -> None:
        draft = self._draft
        if draft.path is not None and draft.source is not None and name not in (None, draft.source.sheet):
            self.take(draft.path, str(name))

    def _show_source(self) -> None:
        source = self._draft.source
        self._name.setText(source.table.name if source else self.tr("No file chosen yet"))
        self._about.setText(self._size(source) if source else "")
        self._about.setVisible(source is not None)
        self.choose.setText(self.tr("Choose another file…") if source else self.tr("Choose a file…"))
        is_guessed = bool(source and source.is_guessed)
        self._guessed.setVisible(is_guessed)
        self._letters.setVisible(is_guessed)
        sheets: Any = self.sheet.editor
        sheets.blockSignals(True)
        sheets.set_choices([(name, name) for name in (source.sheets if source else ())])
        sheets.set_value(source.sheet if source else None)
        sheets.blockSignals(False)
        self.sheet.setVisible(bool(source and len(source.sheets) > 1))
        self._show_rows(source)

    def _size(self, source: Source) -> str:
        text = self.tr("%n rows", None, len(source.table.rows)) + ", "
        return text + self.tr("%n columns", None, len(source.table.columns))

    def _show_rows(self, source: Source | None) -> None:
        self._rows.hide()
        self._rows.deleteLater()
        headings = source.table.columns if source else ()
        columns = [
            Column(title=heading or str(place + 1), text=lambda line, place=place: line.values[place], width=150)
            for place, heading in enumerate(headings)
        ] or [Column(title=self.tr("Row"), text=lambda line: str(line.number))]
        rows = RowsCard(self.tr("The first rows, as they stand in the file"), columns, lambda line: line.number)
        rows.set_rows(source.table.rows[:_PREVIEW] if source else ())
        self._rows = rows
        self._place.addWidget(rows)


class ColumnsPage(WizardPage):
    """Which column of the file is what: guessed, and to be changed."""

    def __init__(self, wanted: Sequence[Wanted], names: Callable[[str], str], has_numbers: bool) -> None:
        super().__init__(lambda _: self.tr("Please choose the column; without it nothing can be taken over."))
        self._wanted, self._has_numbers = wanted, has_numbers
        self._samples: tuple[str, ...] = ()
        grid = QGridLayout()
        grid.setContentsMargins(18, 4, 18, 18)
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(12)
        half = (len(wanted) + 1) // 2
        for place, one in enumerate(wanted):
            field = self.field(one.name, Field(names(one.name), Choice(optional=not one.needed)))
            grid.addWidget(field, place % half, place // half)
        self._point = Choice([(".", self.tr("1,234.50")), (",", self.tr("1.234,50"))])
        point = self.field("point", Field(self.tr("Numbers are written as"), self._point, width=180))
        self._point_field = point
        hint = self.tr("Columns that are not chosen are left out.")
        self.lay_out(Card(column(CardHead(self.tr("Which column is what"), hint), grid), hint), point)

    def show_draft(self, draft: ImportDraft) -> None:
        """Offer the file's columns with an example of each."""
        table = draft.source.table if draft.source is not None else None
        headings = table.columns if table is not None else ()
        first = table.rows[0].values if table is not None and table.rows else ()
        choices: list[tuple[int | None, str]] = [(None, self.tr("— not in the file —"))]
        for place, heading in enumerate(headings):
            example = first[place].strip()[:40] if place < len(first) else ""
            name = heading or self.tr("Column %1").replace("%1", str(place + 1))
            choices.append((place, f"{name}  ·  {example}" if example else name))
        chosen = dict(draft.mapping)
        for one in self._wanted:
            editor: Any = self.fields[one.name].editor
            editor.blockSignals(True)
            editor.set_choices(choices)
            editor.set_value(chosen.get(one.name))
            editor.blockSignals(False)
        self._point.set_value(draft.point)
        is_text = draft.source is not None and not draft.source.sheets
        self._point_field.setVisible(self._has_numbers and is_text)

    def read(self, draft: ImportDraft) -> ImportDraft:
        """The mapping; other columns mean that the rows have to be checked anew."""
        found = {one.name: self.fields[one.name].value() for one in self._wanted}
        mapping = tuple((name, place) for name, place in found.items() if place is not None)
        point: Point = "," if self._point.value() == "," else "."
        is_same = dict(mapping) == dict(draft.mapping) and point == draft.point
        return draft if is_same else replace(draft, mapping=mapping, point=point, checked=None)

    def check(self) -> bool:
        """Missing columns are found by the draft's problems."""
        return True


class CheckPage(WizardPage):
    """The rows as they would be kept, or everything that is wrong with them."""

    drafted = Signal(object)

    def __init__(
        self,
        context: AppContext,
        check: Callable[[ImportDraft, Any], Checked[Any]],
        names: Callable[[str], str],
        shown: Sequence[tuple[str, Callable[[Any], str]]],
    ) -> None:
        super().__init__()
        self._context, self._check, self._names = context, check, names
        self._texts = [text for _, text in shown]
        self._asked: ImportDraft | None = None
        self.verdict = Label("", "title")
        self._icon = Icon("info", "text3", 20)
        self._more = Label("", "body", "2").wrap()
        said = row(self._icon, column(self.verdict, self._more, gap=3), gap=11)
        said.setStretch(1, 1)
        head = Card(column(said, margins=(18, 14, 18, 14)), self.tr("What came of checking"))
        self.faults = RowsCard(self.tr("What has to be mended in the file"), self._fault_columns(), id)
        self.preview = RowsCard(self.tr("The first rows, as they would be kept"), _preview_columns(self, shown), id)
        self.lay_out(head, self.faults, self.preview)

    def show_draft(self, draft: ImportDraft) -> None:
        """Check the rows if that was not done with these columns, else show what came of it."""
        if draft.checked is None:
            self._wait(draft)
        else:
            self._show(draft.checked)

    def read(self, draft: ImportDraft) -> ImportDraft:
        """Nothing is typed here."""
        return draft

    def first_input(self) -> QWidget | None:
        """The table that matters."""
        return self.faults.table if self.faults.rows() else self.preview.table

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """They are in the table."""
        self.faults.table.setFocus()
        return ()

    # inside
    def _wait(self, draft: ImportDraft) -> None:
        """Start once the page stands: the answer makes the wizard show it anew."""
        self._asked = draft
        self._say(self.tr("Checking every row…"), "", "info", "text3")
        self.faults.set_rows(())
        self.preview.set_rows(())
        QTimer.singleShot(0, self, lambda: self._start(draft))

    def _start(self, draft: ImportDraft) -> None:
        def done(checked: Checked[Any]) -> None:
            if self._asked is draft:
                self.drafted.emit(replace(draft, checked=checked))

        job = self._context.jobs.file(lambda progress: self._check(draft, progress), done, self._failed, self)
        ProgressDialog(self.tr("Checking every row…"), job, self)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._say(self.tr("Stopped"), self.tr("Go back and on again to check the rows."), "info", "text3")
        else:
            self._context.errors.report(error, self)

    def _show(self, checked: Checked[Any]) -> None:
        number = len(checked.items)
        self.faults.set_rows(checked.problems)
        lines = [Shown(item.row, tuple(text(item.value) for text in self._texts)) for item in checked.items[:50]]
        self.preview.set_rows(lines if checked.is_good else ())
        if checked.is_good:
            words = self.tr("All %n rows can be taken over.", None, number)
            more = self.tr("What is known already is completed, not doubled. It is all or nothing.")
            self._say(words, more, "good", "ok")
            return
        words = self.tr("%n things are wrong.", None, checked.faults)
        more = self.tr("Nothing is taken over until they are mended in the file, or the columns are chosen otherwise.")
        rest = checked.faults - len(checked.problems)
        if rest:
            more += " " + self.tr("%n more are not listed.", None, rest)
        self._say(words, more, "warning", "bad")

    def _say(self, words: str, more: str, icon: str, tone: str) -> None:
        self._icon.set_icon(icon, tone)
        self.verdict.setText(words)
        self.verdict.set_tone("" if tone == "text3" else tone)
        self._more.setText(more)
        self._more.setVisible(bool(more))

    def _fault_columns(self) -> list[Column]:
        return [
            Column(
                title=self.tr("Row"),
                text=lambda problem: formats.whole_text(problem.values["row"]),
                align="right",
                width=70,
            ),
            Column(title=self.tr("Column"), text=lambda problem: self._names(problem.values["column"]), width=190),
            Column(title=self.tr("What is wrong"), text=cell_words),
        ]


def _preview_columns(owner: QWidget, shown: Sequence[tuple[str, Callable[[Any], str]]]) -> list[Column]:
    row_number = Column(title=owner.tr("Row"), text=lambda line: formats.whole_text(line.row), align="right", width=70)
    return [
        row_number,
        *(
            Column(title=title, text=lambda line, place=place: line.texts[place], width=0 if place == 0 else 150)
            for place, (title, _) in enumerate(shown)
        ),
    ]
