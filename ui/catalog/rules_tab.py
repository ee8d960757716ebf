"""The rules between what can be chosen: a list of sentences, and the one that is chosen built below it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from app.catalog.configure import Blame
from app.catalog.model import Condition, Op, Rule, RuleKind
from app.catalog.model_edit import moved
from ui.catalog.desk_bar import DeskBar
from ui.catalog.model_desk import ModelDesk, place_of_key
from ui.catalog.rule_pane import RulePane
from ui.catalog.trouble_card import TroubleCard
from ui.context import AppContext
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.widgets.action import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.condition_words import kind_words, rule_words
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, holder, scrolled

_TONES = {RuleKind.REQUIRES: "accent", RuleKind.EXCLUDES: "warn", RuleKind.VALIDATION: "bad", RuleKind.ALERT: "neutral"}


class RulesTab(QWidget):
    """Ctrl+Alt+R adds a rule; Delete takes out the one in the list; Alt+Up and Alt+Down move it."""

    elsewhere = Signal(object)
    """A part of the model, on the other tab, that a link leads to."""

    def __init__(self, context: AppContext, desk: ModelDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._at = 0
        self._is_showing = self._is_stale = False
        self.list = RowsCard(self.tr("Rules"), self._columns(), lambda row: row.key or row.name)
        self.list.selected.connect(self._selected)
        self.list.opened.connect(lambda _: self.pane.fields["name"].editor.setFocus())
        self.pane = RulePane(desk)
        self.trouble = TroubleCard(desk)
        self.trouble.wanted.connect(self._go_to)
        self._make_verbs()
        empty = EmptyState(
            "configure",
            self.tr("No rules yet"),
            self.tr("A rule says what needs what, what excludes what, and when to stop or to warn."),
            Button(self.tr("Add a rule"), "primary", "plus", self.add_rule),
        )
        self._empty = empty
        body = column(self.trouble, self.list, empty, self.pane, None, margins=(PAGE_MARGIN, 12, PAGE_MARGIN, 18))
        body.setSpacing(CARD_GAP)
        layout = column(scrolled(holder(body, "canvas")), DeskBar(desk, self))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        desk.opened.connect(lambda: self._show(0))
        desk.changed.connect(self._follow)
        desk.checked.connect(self._checked)

    def choose(self, key: str) -> None:
        """Show the rule with a key."""
        keys = [rule.key for rule in self._desk.model.rules]
        if key in keys:
            self._show(keys.index(key))
            self.list.table.select(key)
            self.pane.fields["name"].editor.setFocus()

    def _go_to(self, blame: Blame) -> None:
        if any(rule.key == blame.key for rule in self._desk.model.rules):
            self.choose(blame.key)
        else:
            self.elsewhere.emit(place_of_key(self._desk.model, blame.key))

    def add_rule(self) -> None:
        """A new rule below the others."""
        model = self._desk.model
        rule = Rule("", "", RuleKind.REQUIRES, Condition(Op.ALL), Condition(Op.ALL))
        self._at = len(model.rules)
        self._desk.put(replace(model, rules=(*model.rules, rule)))
        self.pane.fields["name"].editor.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed while the other tab was open is shown now."""
        super().showEvent(event)
        if self._is_stale:
            self._show(self._at)

    # inside
    def _follow(self) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._show(self._at)

    def _make_verbs(self) -> None:
        self.add = Action(self.tr("Add a rule"), self, self.add_rule, "plus", "Ctrl+Alt+R")
        self.copy = Action(self.tr("Duplicate the rule"), self, self._duplicate, "copy")
        self.remove = Action(self.tr("Remove the rule"), self, self._remove, "delete")
        up = IconButton("move-up", self.tr("Move up"), lambda: self._move(-1), size=16)
        down = IconButton("move-down", self.tr("Move down"), lambda: self._move(1), size=16)
        for widget in (up, down, IconButton.of(self.copy), IconButton.of(self.remove), Button.of(self.add, "ghost")):
            self.list.head.addWidget(widget)
        for keys, do, owner in (
            ("Ctrl+S", self._desk.save, self),
            ("Ctrl+Z", self._desk.undo, self),
            ("Del", self._remove, self.list),
            ("Alt+Up", lambda: self._move(-1), self.list),
            ("Alt+Down", lambda: self._move(1), self.list),
        ):
            shortcut = QShortcut(QKeySequence(keys), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _columns(self) -> list[Column]:
        return [
            Column(
                title=self.tr("Rule"),
                text=lambda rule: rule.name or self.tr("Without a name"),
                below=lambda rule: rule_words(rule, self._desk.wording()),
                tip=lambda rule: rule_words(rule, self._desk.wording()),
            ),
            Column(
                title=self.tr("What it does"),
                text=lambda rule: kind_words(rule.kind),
                look="badge",
                tone=lambda rule: _TONES[rule.kind],
                width=150,
            ),
            Column(title="", text=self._mend_words, look="badge", tone=lambda _: "bad", width=110),
        ]

    def _mend_words(self, rule: Rule) -> str:
        rules = list(self._desk.model.rules)
        at = rules.index(rule) if rule in rules else -1
        return self.tr("to mend") if at >= 0 and self._desk.shown_problems(f"rules[{at}]") else ""

    def _show(self, at: int) -> None:
        self._is_stale = False
        rules = self._desk.model.rules
        self._at = max(min(at, len(rules) - 1), 0)
        self._is_showing = True
        if self.list.rows() != list(rules):
            self.list.set_rows(rules)
        self.list.head.note.setText(str(len(rules)) if rules else "")
        self._empty.setVisible(not rules)
        self.pane.setVisible(bool(rules))
        if rules:
            self.pane.open(self._at)
            if self.list.table.currentIndex().row() != self._at:
                self.list.table.choose(self._at)
        self._is_showing = False
        self.trouble.fill()

    def _selected(self, rule: Any) -> None:
        rules = list(self._desk.model.rules)
        if not self._is_showing and rule in rules and rules.index(rule) != self._at:
            self._at = rules.index(rule)
            self.pane.open(self._at)

    def _checked(self) -> None:
        self.pane.show_problems()
        self.list.table.viewport().update()
        self.trouble.fill()

    def _duplicate(self) -> None:
        model = self._desk.model
        if model.rules:
            known = model.rules[self._at]
            copy = replace(known, key="", name=self.tr("%1 (copy)").replace("%1", known.name))
            rules = (*model.rules[: self._at + 1], copy, *model.rules[self._at + 1 :])
            self._at += 1
            self._desk.put(replace(model, rules=rules))

    def _remove(self) -> None:
        model = self._desk.model
        if not model.rules:
            return
        gone = model.rules[self._at]
        self._desk.put(replace(model, rules=model.rules[: self._at] + model.rules[self._at + 1 :]))
        words = self.tr("%1 is taken out").replace("%1", gone.name or self.tr("It"))
        self._context.say(words, self.tr("Undo"), self._desk.undo)

    def _move(self, by: int) -> None:
        model = self._desk.model
        if 0 <= self._at + by < len(model.rules):
            self._at += by
            self._desk.put(replace(model, rules=moved(model.rules, self._at - by, by)))
