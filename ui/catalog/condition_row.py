"""One sentence of a condition: what it is about, the verb, and with what it is compared. All of it is picked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.catalog.model import Attribute, AttributeKind, Comparison, Model
from app.catalog.rule_form import About, Row, Verb, first_row
from ui.theme.tokens import CONTROL_HEIGHT
from ui.widgets.button import IconButton
from ui.widgets.condition_words import comparison_words
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.state_chips import StateChip

Subject = tuple[About, str]
_NUMBERS = tuple(one for one in Comparison if one is not Comparison.IN)
_TEXTS = (Comparison.EQUAL, Comparison.UNEQUAL)


def subjects(model: Model, names: dict[str, str]) -> Choices:
    """Everything a sentence can be about; `names` are those of the options by key."""
    pairs: list[tuple[Subject, str]] = []
    pairs += [((About.ATTRIBUTE, one.key), one.name) for one in model.attributes if one.key]
    for group in model.groups:
        if group.key:
            pairs.append(((About.GROUP, group.key), _say("%1 (whole group)").replace("%1", group.name)))
        pairs += [((About.OPTION, option.key), names.get(option.key, option.key)) for option in group.options]
    pairs.append(((About.BUNDLES, ""), _say("Quantity sold")))
    pairs.append(((About.FORMULA, ""), _say("A formula…")))
    return Choices(_apart(pairs))


def _apart(pairs: list[tuple[Subject, str]]) -> list[tuple[Subject, str]]:
    """Words that several subjects have get their key behind them."""
    seen: dict[str, int] = {}
    for _, words in pairs:
        seen[words.casefold()] = seen.get(words.casefold(), 0) + 1
    return [(one, words if seen[words.casefold()] == 1 else f"{words} [{one[1]}]") for one, words in pairs]


class ConditionRow(QWidget):
    """`changed` tells that `value()` is another sentence."""

    changed = Signal()
    removed = Signal()

    def __init__(self, model: Model, choices: Choices, said: Row | None) -> None:
        super().__init__()
        self._model, self._said = model, said
        self._is_filling = False
        self.subject = FinderEdit(choices, placeholder=self.tr("Attribute, option or group"))
        self.subject.setAccessibleName(self.tr("What it is about"))
        self.subject.setMinimumWidth(170)
        self.verb = Choice()
        self.verb.setAccessibleName(self.tr("Verb"))
        self.verb.setMinimumWidth(140)
        self.number = DecimalEdit(optional=True)
        self.number.setAccessibleName(self.tr("Number"))
        self.number.setFixedWidth(104)
        self.text = TextEdit(optional=True)
        self.text.setAccessibleName(self.tr("Text"))
        self.formula = TextEdit(optional=True, placeholder=self.tr("e.g. length * width"))
        self.formula.setAccessibleName(self.tr("Formula"))
        self._chips = holder(FlowLayout(gap=4))
        self._chips.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        remove = IconButton("close", self.tr("Remove the sentence"), self.removed.emit, size=15)
        first = row(self.subject, self.verb, self.number, self.text, remove, gap=6)
        for place, share in enumerate((5, 4, 0, 4)):
            first.setStretch(place, share)
        self.setLayout(column(first, self.formula, self._chips, gap=5))
        self.subject.value_changed.connect(self._picked)
        for editor in (self.verb, self.number, self.text, self.formula):
            editor.value_changed.connect(self._typed)
        self._show()

    def value(self) -> Row | None:
        """The sentence; None while nothing is picked."""
        return self._said

    def set_problem(self, words: str) -> None:
        """Say what is wrong with it."""
        self.subject.set_problem(words)
        self.subject.setToolTip(words)

    # inside
    def _show(self) -> None:
        self._is_filling = True
        said = self._said
        try:
            if said is not None:
                self.subject.set_value((said.about, said.key))
                self._show_verbs(said)
                self.number.set_value(said.number)
                self.text.set_value(said.values[0] if said.values else "")
                self.formula.set_value(said.formula)
            self._follow()
        finally:
            self._is_filling = False

    def _show_verbs(self, said: Row) -> None:
        self.verb.set_choices(verb_choices(said, self._attribute()))
        self.verb.set_value(_verb_of(said))

    def _follow(self) -> None:
        said, attribute = self._said, self._attribute()
        is_number = said is not None and said.number is not None
        self.verb.setVisible(said is not None)
        self.number.setVisible(is_number)
        self.formula.setVisible(said is not None and said.about is About.FORMULA)
        is_value = said is not None and said.verb is Verb.VALUE and not is_number
        is_choice = attribute is not None and attribute.kind is AttributeKind.CHOICE
        self.text.setVisible(is_value and not is_choice)
        self._show_chips(attribute if is_value and is_choice else None)

    def _show_chips(self, attribute: Attribute | None) -> None:
        flow: Any = self._chips.layout()
        clear(flow)
        self._chips.setVisible(attribute is not None)
        if attribute is None or self._said is None:
            return
        for one in attribute.values:
            chip = StateChip(one.name or one.code)
            chip.setAccessibleName(one.name or one.code)
            chip.setChecked(one.code in self._said.values)
            chip.clicked.connect(lambda *_, code=one.code: self._toggle(code))
            flow.addWidget(chip)
        self._chips.setMinimumHeight(CONTROL_HEIGHT)

    def _attribute(self) -> Attribute | None:
        said = self._said
        return None if said is None or said.about is not About.ATTRIBUTE else self._model.attribute(said.key)

    def _toggle(self, code: str) -> None:
        attribute, said = self._attribute(), self._said
        if attribute is not None and said is not None:
            chosen = set(said.values) ^ {code}
            self._said = replace(said, values=tuple(one.code for one in attribute.values if one.code in chosen))
            self.changed.emit()

    def _picked(self, subject: Subject | None) -> None:
        if not self._is_filling and subject is not None:
            self._said = first_row(subject[0], subject[1], self._model)
            self._show()
            self.changed.emit()

    def _typed(self, _value: object) -> None:
        if self._is_filling or self._said is None:
            return
        said = _with_verb(self._said, self.verb.value(), self._attribute())
        if said.number is not None:
            said = replace(said, number=self.number.value() if self.number.value() is not None else said.number)
        elif said.verb is Verb.VALUE and self.text.isVisibleTo(self):
            said = replace(said, values=(self.text.value(),))
        self._said = replace(said, formula=self.formula.value())
        if self.sender() is self.verb:
            self._show()
        self.changed.emit()


Choosing = tuple[Verb, Comparison, bool]
"""A verb of the choice: what it says, how it compares, and whether with a number."""


def verb_choices(said: Row, attribute: Attribute | None) -> list[tuple[Choosing, str]]:
    """What can be said of the subject of a sentence."""
    compared = [((Verb.NUMBER, one, True), comparison_words(one)) for one in _NUMBERS]
    if said.about is About.OPTION:
        words = [(one, _say("quantity %1").replace("%1", text)) for one, text in compared]
        return [*_chosen(_say("is chosen"), _say("is not chosen")), *words]
    if said.about is About.GROUP:
        words = [(one, _say("number chosen %1").replace("%1", text)) for one, text in compared]
        return [*_chosen(_say("has something chosen"), _say("has nothing chosen")), *words]
    if said.about is not About.ATTRIBUTE:
        return compared
    is_measure = attribute is not None and attribute.kind is AttributeKind.MEASURE
    has_numbers = attribute is not None and any(value.number is not None for value in attribute.values)
    texts = [((Verb.VALUE, one, False), comparison_words(one)) for one in _TEXTS]
    numbers: list[tuple[Choosing, str]] = [((Verb.VALUE, one, True), comparison_words(one)) for one in _NUMBERS]
    if is_measure:
        return numbers
    return [*texts, *numbers[2:]] if has_numbers else texts


def _chosen(yes: str, no: str) -> list[tuple[Choosing, str]]:
    return [((Verb.CHOSEN, Comparison.EQUAL, False), yes), ((Verb.NOT_CHOSEN, Comparison.EQUAL, False), no)]


def _verb_of(said: Row) -> Choosing:
    if said.verb in (Verb.CHOSEN, Verb.NOT_CHOSEN):
        return said.verb, Comparison.EQUAL, False
    comparison = Comparison.EQUAL if said.comparison is Comparison.IN else said.comparison
    return said.verb, comparison, said.number is not None


def _with_verb(said: Row, chosen: Choosing | None, attribute: Attribute | None) -> Row:
    if chosen is None:
        return said
    verb, comparison, has_number = chosen
    number = (said.number if said.number is not None else Decimal(1)) if has_number else None
    values = () if has_number or verb is not Verb.VALUE else said.values
    if verb is Verb.VALUE and not has_number and not values and attribute is not None:
        values = tuple(one.code for one in attribute.values[:1]) or ("",)
    return replace(said, verb=verb, comparison=comparison, number=number, values=values)


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
