"""An attribute of a model: a choice with its values, a measure with its limits, or a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from app.catalog.model import Attribute, AttributeKind, AttributeValue
from app.catalog.model_edit import code_of, uses, with_values
from app.core.errors import Problem
from ui import formats
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import attribute_kind_choices, model_problem_words, use_words
from ui.catalog.pane import Pane
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.unit_words import unit_choices

_COLUMNS = {"name": 0, "code": 1, "price_extra": 2, "number": 3}
_NONE = Decimal(0)


class AttributePane(Pane):
    """Fields change with the kind; what cannot be said of a kind is not shown."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk)
        self._make_head()
        self._make_values()
        self._make_limits()
        self._used = Label("", "caption", "3").wrap()
        self.body.addWidget(self._used)

    @property
    def attribute(self) -> Attribute:
        """What is shown; an empty one while there is none."""
        attributes = self.desk.model.attributes
        return attributes[self.index] if self.index < len(attributes) else Attribute("", "")

    def place(self) -> str:
        """Of its problems."""
        return f"attributes[{self.index}]"

    def fill(self) -> None:
        """Show the attribute."""
        one = self.attribute
        for name in ("name", "key", "kind", "unit", "least", "most", "step"):
            self.fields[name].set_value(getattr(one, name))
        self._required.set_value(one.required)
        self._variants.set_value(one.makes_variants)
        self.show_rows(self._values, one.values)
        self._fill_default(one)
        self._follow(one.kind)
        words = use_words(uses(self.desk.model, one.key) if one.key else [])
        self._used.setText(words)
        self._used.setVisible(bool(words))

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        one = self.attribute
        if name == "name":
            self._write(name, name=value, key=self.desk.fresh_key(one.key, value, "attribute"))
        elif name == "unit":
            self._write(name, unit=value or "")
        elif name == "kind":
            self._write(name, kind=value, values=(), default="", makes_variants=False, unit="")
        elif name == "values":
            self._write(name, values=with_values(replace(one, values=tuple(self._values.rows())), code_of).values)
        elif name == "default":
            self._write(name, default="" if value is None else str(value))
        else:
            self._write(name, **{name: value})

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """In the cells of the values."""
        left = mark_cells(self._values, problems, "values", _COLUMNS, model_problem_words)
        self._values_problem.setText(model_problem_words(left[0]) if left else "")
        self._values_problem.setVisible(bool(left))

    # inside
    def _write(self, what: str, **changed: Any) -> None:
        model = self.desk.model
        attributes = list(model.attributes)
        attributes[self.index] = replace(self.attribute, **changed)
        self.desk.put(replace(model, attributes=tuple(attributes)), f"attribute {self.index} {what}")

    def _fill_default(self, one: Attribute) -> None:
        self._default_choice.set_choices([("", self.tr("nothing")), *((v.code, v.name) for v in one.values)])
        self._default_choice.set_value(one.default)
        number = _number(one.default) if one.kind is AttributeKind.MEASURE else None
        self._default_number.set_value(number)
        self._default_text.set_value(one.default if one.kind is AttributeKind.TEXT else "")
        self._defaults.setCurrentIndex(list(AttributeKind).index(one.kind))

    def _follow(self, kind: AttributeKind) -> None:
        is_choice = kind is AttributeKind.CHOICE
        self._values_card.setVisible(is_choice)
        self._variants.setVisible(is_choice)
        self._limits_card.setVisible(not is_choice)
        for name in ("unit", "step"):
            self.fields[name].setVisible(kind is AttributeKind.MEASURE)

    def _make_head(self) -> None:
        name = self.field("name", self.tr("Name"), TextEdit(longest=80))
        kind = self.field("kind", self.tr("Kind"), Choice(attribute_kind_choices()))
        key = self.key_field(lambda: self.attribute.key)
        self._default_choice = Choice()
        self._default_number, self._default_text = DecimalEdit(optional=True), TextEdit(optional=True)
        self._defaults = QStackedWidget()
        for editor in (self._default_choice, self._default_number, self._default_text):
            editor.setAccessibleName(self.tr("At first"))
            self._defaults.addWidget(editor)
            self.watch("default", editor)
        self._defaults.setFixedHeight(34)
        first = holder(column(Label(self.tr("At first"), "label", "2"), self._defaults, None, gap=5))
        self._required = Tick(self.tr("Has to be filled in"))
        self._variants = Tick(self.tr("Each value makes products of its own (variants)"))
        self.watch("required", self._required)
        self.watch("makes_variants", self._variants)
        ticks = holder(column(self._required, self._variants, gap=2))
        self.card(self.tr("Attribute"), [(name, 7), (kind, 5)], [(first, 7), (key, 5)], ticks)

    def _make_values(self) -> None:
        self._values = LineModel(self._columns(), blank=lambda: AttributeValue("", ""))
        self._values.changed.connect(lambda: None if self.is_filling else self.edited("values", None))
        self.box = LinesBox(
            self._values,
            self.tr("Values"),
            self.tr("Another value"),
            self.tr("No values yet"),
            self.tr("Red, blue, 230 V: what can be chosen."),
            "configure",
        )
        self._values_problem = Label("", "caption", "bad").wrap()
        self._values_problem.hide()
        self._values_card = self.card(self.tr("Values"), self.box, self._values_problem)

    def _make_limits(self) -> None:
        unit = self.field("unit", self.tr("Unit"), Choice([("", self.tr("none")), *unit_choices()]))
        least = self.field("least", self.tr("At least"), DecimalEdit(optional=True, least=_NONE))
        most = self.field("most", self.tr("At most"), DecimalEdit(optional=True, least=_NONE))
        step = self.field("step", self.tr("In steps of"), DecimalEdit(optional=True, least=_NONE))
        self._limits_card = self.card(self.tr("Limits"), [(unit, 6), (step, 6)], [(least, 6), (most, 6)])

    def _columns(self) -> list[LineColumn]:
        def number(name: str, title: str, width: int, places: int | None, least: Decimal | None) -> LineColumn:
            def text(value: AttributeValue) -> str:
                amount = getattr(value, name)
                return formats.NOTHING if not amount else formats.decimal_text(amount, places)

            return LineColumn(
                title=title,
                text=text,
                align="right",
                width=width,
                read=lambda value: getattr(value, name),
                write=lambda value, typed: replace(value, **{name: typed if name == "number" else typed or _NONE}),
                editor=lambda: DecimalEdit(optional=True, least=least),
            )

        return [
            LineColumn(
                title=self.tr("Value"),
                text=lambda value: value.name,
                read=lambda value: value.name,
                write=lambda value, typed: replace(value, name=typed or ""),
                editor=lambda: TextEdit(longest=80),
            ),
            LineColumn(
                title=self.tr("Code"),
                text=lambda value: value.code,
                look="quiet",
                width=100,
                read=lambda value: value.code,
                write=lambda value, typed: replace(value, code=typed or ""),
                editor=lambda: TextEdit(optional=True, longest=20),
            ),
            number("price_extra", self.tr("Price extra"), 110, 2, None),
            number("number", self.tr("As a number"), 116, None, None),
        ]


def _number(text: str) -> Decimal | None:
    """A default as it is stored: plain digits with a point."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
