"""What an answer does: which products are left, what is proposed, what is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from app.catalog.guide_edit import Choice, choices_of, with_choices
from app.catalog.guides import Answer, Pick
from app.catalog.model import Model, all_of
from app.catalog.rule_form import About, Block, block_of, condition_of
from app.core.errors import Problem
from ui import formats
from ui.catalog.condition_edit import ConditionEdit
from ui.catalog.condition_row import subjects
from ui.catalog.guide_desk import GuideDesk
from ui.catalog.guide_texts import guide_problem_words
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.card import Card, CardHead
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Label
from ui.widgets.layout import clear, column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.state_chips import StateChip


class AnswerDetails(Card):
    """Hidden while no answer is chosen."""

    edited_answer = Signal(object)

    def __init__(self, desk: GuideDesk) -> None:
        self.desk = desk
        self._answer: Answer | None = None
        self._is_filling = False
        self._subjects, self._subjects_for = Choices(()), None
        self.head = CardHead("")
        super().__init__()
        self._chips = holder(FlowLayout(gap=6))
        self._only = LineModel(self._only_columns(), blank=lambda: "")
        self._picks = LineModel(self._pick_columns(), blank=lambda: Pick(""))
        self._chosen = LineModel(self._chosen_columns(), blank=lambda: ("", "", ""))
        self._only.changed.connect(self._filter_edited)
        self._picks.changed.connect(self._picks_edited)
        self._chosen.changed.connect(self._chosen_edited)
        self.conditions = ConditionEdit(self.tr("Only what can be so"))
        self.conditions.changed.connect(self._filter_edited)
        self._problem = Label("", "caption", "bad").wrap()
        self._lay_out()

    def show_answer(self, answer: Answer | None) -> None:
        """Show what an answer does."""
        self._answer = answer
        self.setVisible(answer is not None)
        if answer is None:
            return
        self._is_filling = True
        try:
            self.head.title.setText(answer.text or self.tr("New answer"))
            self._show_chips(answer)
            self._show_rows(self._only, answer.filter.skus)
            self._show_rows(self._picks, answer.picks)
            self._show_rows(self._chosen, [(one.option, one.attribute, one.value) for one in choices_of(answer)])
            self._show_conditions(answer)
        finally:
            self._is_filling = False

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those of this answer; their fields begin within it."""
        left = mark_cells(self._picks, problems, "picks", {"sku": 0}, guide_problem_words)
        own = ("filter", "picks", "options", "values")
        words = [guide_problem_words(problem) for problem in left if problem.field.startswith(own)]
        self._problem.setText("\n".join(dict.fromkeys(words)))
        self._problem.setVisible(bool(words))

    # inside
    def _lay_out(self) -> None:
        def part(words: str, *widgets: Any) -> Any:
            return column(Label(words, "label", "2"), *widgets, gap=5)

        only = LinesBox(
            self._only,
            self.tr("Only these products"),
            self.tr("Another product"),
            self.tr("Any product"),
            self.tr("Name products here if only some of them fit."),
            most=5,
        )
        picks = LinesBox(
            self._picks,
            self.tr("Proposes"),
            self.tr("Another product"),
            self.tr("Proposes nothing of its own"),
            self.tr("What is left at the end is shown; name here what belongs to this answer."),
            most=5,
        )
        chosen = LinesBox(
            self._chosen,
            self.tr("Chooses in it"),
            self.tr("Another choice"),
            self.tr("Chooses nothing"),
            self.tr("An option or a value that is chosen in every proposed product that has it."),
            "configure",
            most=5,
        )
        self._category_words = Label(self.tr("Only these categories"), "label", "2")
        self.setLayout(
            column(
                self.head,
                column(
                    self._problem,
                    column(self._category_words, self._chips, gap=5),
                    self.conditions,
                    part(self.tr("Only these products"), only),
                    part(self.tr("Proposes"), picks),
                    part(self.tr("Chooses in it"), chosen),
                    margins=(18, 2, 18, 16),
                    gap=16,
                ),
            )
        )
        self._problem.hide()
        self.setAccessibleName(self.tr("What the answer does"))

    @staticmethod
    def _show_rows(model: LineModel, rows: Sequence[Any]) -> None:
        if [row for row in model.rows() if row not in ("", ("", "", ""), Pick(""))] != list(rows):
            model.set_rows(list(rows))

    def _show_chips(self, answer: Answer) -> None:
        flow: Any = self._chips.layout()
        clear(flow)
        names = list(dict.fromkeys((*self.desk.categories, *answer.filter.categories)))
        self._chips.setVisible(bool(names))
        self._category_words.setVisible(bool(names))
        for name in names:
            chip = StateChip(name)
            chip.setChecked(name in answer.filter.categories)
            chip.clicked.connect(lambda *_, name=name: self._toggle(name))
            flow.addWidget(chip)

    def _show_conditions(self, answer: Answer) -> None:
        model = Model(attributes=self.desk.choosable.attributes)
        self.conditions.setVisible(bool(model.attributes))
        if self._subjects_for is not self.desk.choosable:
            every = subjects(model, {})
            pairs = [(one, words) for one, words in every.words.items() if one[0] is About.ATTRIBUTE]
            self._subjects, self._subjects_for = Choices(pairs), self.desk.choosable
        block = block_of(all_of(*answer.filter.conditions), model) if answer.filter.conditions else Block()
        self.conditions.show_block(block, model, self._subjects)

    def _toggle(self, name: str) -> None:
        if self._answer is not None:
            chosen = set(self._answer.filter.categories) ^ {name}
            order = list(dict.fromkeys((*self.desk.categories, *self._answer.filter.categories)))
            kept = tuple(one for one in order if one in chosen)
            self._tell(replace(self._answer, filter=replace(self._answer.filter, categories=kept)))

    def _filter_edited(self) -> None:
        if self._answer is None or self._is_filling:
            return
        block = self.conditions.value()
        conditions = tuple(condition_of(Block(rows=(one,))) for one in block.rows)
        skus = tuple(dict.fromkeys(sku for sku in self._only.rows() if sku))
        self._tell(replace(self._answer, filter=replace(self._answer.filter, skus=skus, conditions=conditions)))

    def _picks_edited(self) -> None:
        if self._answer is not None and not self._is_filling:
            self._tell(replace(self._answer, picks=tuple(pick for pick in self._picks.rows() if pick.sku)))

    def _chosen_edited(self) -> None:
        if self._answer is not None and not self._is_filling:
            rows = (Choice(*row) for row in self._chosen.rows())
            self._tell(with_choices(self._answer, [one for one in rows if one.option or one.attribute]))

    def _tell(self, answer: Answer) -> None:
        self._answer = answer
        self.edited_answer.emit(answer)

    def _product_column(self, read: Any, write: Any) -> LineColumn:
        return LineColumn(
            title=self.tr("Product"),
            text=lambda row: self.desk.product_name(read(row)),
            below=read,
            read=lambda row: read(row) or None,
            write=write,
            editor=lambda: FinderEdit(self.desk.products, unknown=self.tr("There is no such product.")),
        )

    def _only_columns(self) -> list[LineColumn]:
        return [self._product_column(lambda sku: sku, lambda _sku, value: value or "")]

    def _pick_columns(self) -> list[LineColumn]:
        return [
            self._product_column(lambda pick: pick.sku, lambda pick, value: replace(pick, sku=value or "")),
            LineColumn(
                title=self.tr("Quantity"),
                text=lambda pick: formats.decimal_text(pick.quantity),
                align="right",
                width=110,
                read=lambda pick: pick.quantity,
                write=lambda pick, value: replace(pick, quantity=value or Decimal(1)),
                editor=lambda: DecimalEdit(least=Decimal("0.000001")),
            ),
        ]

    def _chosen_columns(self) -> list[LineColumn]:
        def known(row: tuple[str, str, str]) -> Any:
            return row if row in self.desk.chosen.words else (row[0], row[1], "")

        return [
            LineColumn(
                title=self.tr("Option or value"),
                text=lambda row: self.desk.chosen.words.get(known(row), row[0] or row[1]),
                read=lambda row: known(row) if row[0] or row[1] else None,
                write=lambda row, value: value or row,
                editor=lambda: FinderEdit(self.desk.chosen),
            ),
            LineColumn(
                title=self.tr("Value"),
                text=lambda row: row[2] if row not in self.desk.chosen.words or not row[2] else "",
                width=130,
                read=lambda row: row[2],
                write=lambda row, value: (row[0], row[1], value or "") if row[1] else row,
                editor=lambda: TextEdit(optional=True, longest=120),
            ),
        ]
