"""One rule: its name, what it does, when, and what then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.catalog.model import ALWAYS, Condition, Op, Rule, RuleKind
from app.catalog.rule_form import block_of, condition_of
from app.core.errors import Problem
from ui.catalog.condition_edit import ConditionEdit
from ui.catalog.condition_row import subjects
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import model_problem_words, rule_kind_choices
from ui.catalog.pane import Pane
from ui.widgets.condition_words import rule_words
from ui.widgets.finder_edit import Choices
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Label
from ui.widgets.label import rule as hairline

_EMPTY = Rule("", "", RuleKind.REQUIRES, Condition(Op.ALL))
_WITH_THEN = (RuleKind.REQUIRES, RuleKind.EXCLUDES)


class RulePane(Pane):
    """The sentence that the rule says stands above it while it is built."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk)
        self._choices = Choices(())
        self._made_for: object = None
        self.sentence = Label("", "strong").wrap()
        name = self.field("name", self.tr("Name"), TextEdit(longest=120))
        kind = self.field("kind", self.tr("What it does"), Choice(rule_kind_choices()))
        self.when = ConditionEdit(self.tr("When"))
        self.then = ConditionEdit(self.tr("Then"))
        self.when.changed.connect(lambda: self._write("when", when=condition_of(self.when.value())))
        self.then.changed.connect(lambda: self._write("then", then=condition_of(self.then.value())))
        self._line = hairline()
        self.message = self.field(
            "message",
            self.tr("What the seller is told"),
            TextEdit(longest=300),
            self.tr("In your words; without them it is said from the rule."),
        )
        self._problem = Label("", "caption", "bad").wrap()
        self._problem.hide()
        self.card(
            self.tr("The rule"),
            self.sentence,
            [(name, 7), (kind, 5)],
            self.when,
            self._line,
            self.then,
            self._problem,
            self.message,
        )

    @property
    def rule(self) -> Rule:
        """What is shown; an empty one while there is none."""
        rules = self.desk.model.rules
        return rules[self.index] if self.index < len(rules) else _EMPTY

    def place(self) -> str:
        """Of its problems."""
        return f"rules[{self.index}]"

    def fill(self) -> None:
        """Show the rule."""
        one, model = self.rule, self.desk.model
        for name in ("name", "kind", "message"):
            self.fields[name].set_value(getattr(one, name))
        made_for = (model.attributes, model.groups, tuple(self.desk.products))
        if made_for != self._made_for:
            wording = self.desk.wording()
            names = {option.key: wording.option(option) for option in model.options()}
            self._choices, self._made_for = subjects(model, names), made_for
        self.when.show_block(block_of(one.when, model), model, self._choices)
        self.then.show_block(block_of(one.then, model), model, self._choices)
        has_then = one.kind in _WITH_THEN
        self.then.setVisible(has_then)
        self._line.setVisible(has_then)
        editor: Any = self.fields["message"].editor
        editor.is_optional = has_then
        is_said = one.when != ALWAYS and (not has_then or one.then != ALWAYS)
        self.sentence.setText(rule_words(one, self.desk.wording()) if is_said else self.tr("Build the rule below."))
        self.sentence.set_tone("" if is_said else "3")

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        if name == "name":
            self._write(name, name=value, key=self.desk.fresh_key(self.rule.key, value, "rule"))
        elif name == "kind" and value not in _WITH_THEN:
            self._write(name, kind=value, then=ALWAYS)
        else:
            self._write(name, **{name: value})

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """At the sentence that is meant, and below the conditions."""
        for part, edit in (("when", self.when), ("then", self.then)):
            own = [
                (problem.field.removeprefix(part).lstrip("."), model_problem_words(problem))
                for problem in problems
                if problem.field.startswith(part)
            ]
            edit.show_problems(own)
        self._problem.setText("\n".join(dict.fromkeys(model_problem_words(problem) for problem in problems)))
        self._problem.setVisible(bool(problems))

    def _write(self, what: str, **changed: Any) -> None:
        if self.is_filling or self.index >= len(self.desk.model.rules):
            return
        model = self.desk.model
        rules = list(model.rules)
        rules[self.index] = replace(self.rule, **changed)
        self.desk.put(replace(model, rules=tuple(rules)), f"rule {self.index} {what}")
