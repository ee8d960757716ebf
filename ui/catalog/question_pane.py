"""A question of a guide with its answers; and the guide's own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.catalog.guides import Answer, Question
from app.core.errors import Problem
from ui import formats
from ui.catalog.answer_details import AnswerDetails
from ui.catalog.guide_desk import GuideDesk
from ui.catalog.guide_texts import guide_problem_words, onward_choices, onward_words
from ui.catalog.pane import Pane
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.field import Fields
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit, Tick
from ui.widgets.label import Label

_COLUMNS = {"text": 0, "next": 1, "picks": 2, "filter": 2, "options": 2, "values": 2}


class GuidePane(Pane):
    """Name, and whether it is offered."""

    desk: GuideDesk

    def __init__(self, desk: GuideDesk) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.fields = Fields(guide_problem_words)
        name = self.field("name", self.tr("Name"), TextEdit(longest=120), self.tr("What the seller chooses it by."))
        self._active = Tick(self.tr("In use: offered in the quote wizard"))
        self.watch("active", self._active)
        self._problem = Label("", "caption", "bad").wrap()
        self.card(self.tr("The guide"), name, self._active, self._problem)

    def place(self) -> str:
        """All problems of the whole."""
        return ""

    def fill(self) -> None:
        """Show name and use."""
        self.fields["name"].set_value(self.desk.guide.name)
        self._active.set_value(self.desk.guide.active)

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        self.desk.put(replace(self.desk.guide, **{name: value}), name)

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """Those of all questions together."""
        words = [guide_problem_words(problem) for problem in problems if problem.field == "questions"]
        self._problem.setText("\n".join(words))
        self._problem.setVisible(bool(words))


class QuestionPane(Pane):
    """The answer under the cursor has what it does below the table."""

    desk: GuideDesk

    def __init__(self, desk: GuideDesk) -> None:
        super().__init__(desk)  # type: ignore[arg-type]
        self.fields = Fields(guide_problem_words)
        text = self.field("text", self.tr("Question"), TextEdit(longest=200))
        about = self.field("help", self.tr("Explained"), LongTextEdit(lines=2))
        self._problem = Label("", "caption", "bad").wrap()
        self.card(self.tr("Question"), text, about, self._problem)
        self.model = LineModel(self._columns(), blank=lambda: Answer("", ""))
        self.model.changed.connect(lambda: None if self.is_filling else self._write(answers=tuple(self.model.rows())))
        self.box = LinesBox(
            self.model,
            self.tr("Answers"),
            self.tr("Another answer"),
            self.tr("No answers yet"),
            self.tr("What the buyer may say; each answer narrows down, proposes or chooses."),
            "help",
        )
        self.box.lines.selectionModel().currentRowChanged.connect(lambda *_: self.refill())
        self.card(self.tr("Answers"), self.box)
        self.details = AnswerDetails(desk)
        self.details.edited_answer.connect(self._write_answer)
        self.body.addWidget(self.details)

    @property
    def question(self) -> Question:
        """What is shown; an empty one while there is none."""
        questions = self.desk.guide.questions
        return questions[self.index] if self.index < len(questions) else Question("", "")

    def place(self) -> str:
        """Of its problems."""
        return f"questions[{self.index}]"

    def fill(self) -> None:
        """Show the question."""
        one = self.question
        self.fields["text"].set_value(one.text)
        self.fields["help"].set_value(one.help)
        self.show_rows(self.model, one.answers)
        at = self._current()
        self.details.show_answer(one.answers[at] if 0 <= at < len(one.answers) else None)

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        self._write(**{name: value or ""})

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """In the answers' cells, in their details, and the question's own above."""
        own = [guide_problem_words(problem) for problem in problems if problem.field in ("", "answers")]
        self._problem.setText("\n".join(own))
        self._problem.setVisible(bool(own))
        mark_cells(self.model, problems, "answers", _COLUMNS, guide_problem_words)
        prefix = f"answers[{self._current()}]."
        self.details.show_problems(
            [
                Problem(one.field.removeprefix(prefix), one.code, one.message, one.values)
                for one in problems
                if one.field.startswith(prefix)
            ]
        )

    # inside
    def _current(self) -> int:
        return self.box.lines.currentIndex().row()

    def _write(self, **changed: Any) -> None:
        guide = self.desk.guide
        questions = list(guide.questions)
        questions[self.index] = replace(self.question, **changed)
        self.desk.put(replace(guide, questions=tuple(questions)), f"question {self.index} {sorted(changed)}")

    def _write_answer(self, answer: Answer) -> None:
        at = self._current()
        if 0 <= at < len(self.question.answers):
            answers = list(self.question.answers)
            answers[at] = answer
            self._write(answers=tuple(answers))

    def _columns(self) -> list[LineColumn]:
        return [
            LineColumn(
                title=self.tr("Answer"),
                text=lambda answer: answer.text,
                read=lambda answer: answer.text,
                write=lambda answer, value: replace(answer, text=value or ""),
                editor=lambda: TextEdit(longest=200),
            ),
            LineColumn(
                title=self.tr("Leads to"),
                text=lambda answer: onward_words(self.desk.guide, self.question, answer),
                width=178,
                read=lambda answer: "*" if answer.is_last else answer.next,
                write=_with_onward,
                editor=lambda: Choice(onward_choices(self.desk.guide, self.question)),
            ),
            LineColumn(title=self.tr("Does"), text=self._does, look="quiet", width=160),
        ]

    def _does(self, answer: Answer) -> str:
        narrows = answer.filter.categories or answer.filter.skus or answer.filter.conditions
        chooses = len(answer.options) + len(answer.values)
        parts = [
            self.tr("narrows down") if narrows else "",
            self.tr("proposes %1").replace("%1", formats.whole_text(len(answer.picks))) if answer.picks else "",
            self.tr("chooses %1").replace("%1", formats.whole_text(chooses)) if chooses else "",
        ]
        return ", ".join(part for part in parts if part) or formats.NOTHING


def _with_onward(answer: Answer, value: str | None) -> Answer:
    if value == "*":
        return replace(answer, is_last=True, next="")
    return replace(answer, is_last=False, next=value or "")
