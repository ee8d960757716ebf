"""Options and parts of a product: an outline of its model, and the part that is chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.catalog.model import Attribute, Model, OptionGroup
from app.catalog.model_edit import moved
from ui.catalog.attribute_pane import AttributePane
from ui.catalog.desk_bar import DeskBar
from ui.catalog.group_pane import GroupPane
from ui.catalog.model_desk import ModelDesk, place_of
from ui.catalog.model_texts import attribute_note, group_note, model_problem_words, price_note
from ui.catalog.outline import Entry, Outline, Place
from ui.catalog.pane import Pane
from ui.catalog.parts_pane import PartsPane
from ui.catalog.price_pane import PricePane
from ui.context import AppContext
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row, scrolled

_OUTLINE_WIDTH = 236


class OptionsTab(QWidget):
    """Ctrl+S saves, Ctrl+Z takes the last step back; Delete and Alt+arrows work in the outline."""

    def __init__(self, context: AppContext, desk: ModelDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._place: Place = ("attributes", 0)
        self._is_stale = False
        self.outline = Outline()
        self.outline.chosen.connect(self.open)
        self.outline.moved.connect(self._move)
        self.outline.removed.connect(self.remove)
        self.add_attribute = Button(self.tr("Attribute"), "ghost", "plus", self._add_attribute)
        self.add_group = Button(self.tr("Option group"), "ghost", "plus", self._add_group)
        self.panes: dict[str, Pane] = {
            "attributes": AttributePane(desk),
            "groups": GroupPane(desk),
            "parts": PartsPane(desk),
            "price": PricePane(desk),
        }
        self._stack = QStackedWidget()
        self._intro = self._make_intro()
        for pane in (self._intro, *self.panes.values()):
            self._stack.addWidget(scrolled(holder(column(pane, None, margins=(0, 2, PAGE_MARGIN, 18)), "canvas")))
        self._lay_out()
        desk.opened.connect(self._opened)
        desk.changed.connect(self._follow)
        desk.checked.connect(self._checked)
        self._make_keys()

    @property
    def place(self) -> Place:
        """What is open."""
        return self._place

    def open(self, place: Place) -> None:
        """Show a part of the model."""
        self._place = place
        self._fill_outline()
        pane = self.panes[place[0]]
        is_there = place[0] in ("parts", "price") or place[1] < len(getattr(self._desk.model, place[0]))
        self._stack.setCurrentIndex(1 + list(self.panes).index(place[0]) if is_there else 0)
        if is_there:
            pane.open(place[1])

    def remove(self, place: Place) -> None:
        """Take an attribute or a group out; the toast takes it back."""
        kind, at = place
        if kind not in ("attributes", "groups"):
            return
        items = list(getattr(self._desk.model, kind))
        gone = items.pop(at)
        self._desk.put(replace(self._desk.model, **{kind: tuple(items)}))
        self.open((kind, max(at - 1, 0)))
        words = self.tr("%1 is taken out").replace("%1", gone.name or self.tr("It"))
        self._context.say(words, self.tr("Undo"), self._desk.undo)

    # inside
    def _lay_out(self) -> None:
        card = Card(column(scrolled(holder(column(self.outline, None)))), self.tr("Outline"))
        card.setFixedWidth(_OUTLINE_WIDTH)
        body = row(card, self._stack, margins=(PAGE_MARGIN, 12, 0, 14), gap=CARD_GAP)
        body.setStretch(1, 1)
        self.bar = DeskBar(self._desk, self)
        layout = column(body, self.bar)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _make_intro(self) -> QWidget:
        title = Label(self.tr("Nothing can be configured yet"), "title")
        text = Label(
            self.tr(
                "Attributes are said of the product: a colour, a length, an engraving. Option groups offer something "
                "to choose. Fixed parts are always inside. Rules say what fits together."
            ),
            "body",
            "2",
        ).wrap()
        attribute = Button(self.tr("Add an attribute"), "primary", "plus", self._add_attribute)
        group = Button(self.tr("Add an option group"), "", "plus", self._add_group)
        parts = Button(self.tr("Put parts inside"), "", "products", lambda: self.open(("parts", 0)))
        verbs = row(attribute, group, parts, None, gap=10)
        return Card(column(title, text, verbs, margins=(20, 18, 20, 20), gap=10), self.tr("How it begins"))

    def _make_keys(self) -> None:
        for keys, do in (("Ctrl+S", self._desk.save), ("Ctrl+Z", self._desk.undo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _opened(self) -> None:
        model = self._desk.model
        if model.attributes or model.is_plain:
            self.open(("attributes", 0))
        else:
            self.open(("groups", 0) if model.groups else ("parts", 0))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What changed while the other tab was open is shown now."""
        super().showEvent(event)
        if self._is_stale:
            self._follow()

    def _follow(self) -> None:
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        kind, at = self._place
        count = len(getattr(self._desk.model, kind)) if kind in ("attributes", "groups") else 1
        self.open((kind, min(at, max(count - 1, 0))))

    def _checked(self) -> None:
        self._fill_outline()
        self.panes[self._place[0]].show_problems()

    def _fill_outline(self) -> None:
        model = self._desk.model
        wrong = {place_of(problem): model_problem_words(problem) for problem in self._desk.shown_problems()}
        sections: Sequence[Any] = (
            (self.tr("Attributes"), self._entries("attributes", model, wrong), self.add_attribute),
            (self.tr("Option groups"), self._entries("groups", model, wrong), self.add_group),
            (self.tr("Bundle and price"), self._others(model, wrong), None),
        )
        self.outline.fill(sections, self._place)

    def _entries(self, kind: str, model: Model, wrong: dict[Place, str]) -> list[Entry]:
        note: Any = attribute_note if kind == "attributes" else group_note
        return [
            Entry((kind, at), one.name or self.tr("Without a name"), note(one), wrong.get((kind, at), ""))
            for at, one in enumerate(getattr(model, kind))
        ]

    def _others(self, model: Model, wrong: dict[Place, str]) -> list[Entry]:
        parts = self.tr("%n parts", None, len(model.parts.parts)) if model.parts.parts else self.tr("nothing")
        return [
            Entry(("parts", 0), self.tr("Always inside"), parts, wrong.get(("parts", 0), "")),
            Entry(("price", 0), self.tr("Price and text"), price_note(model), wrong.get(("price", 0), "")),
        ]

    def _add_attribute(self) -> None:
        model = self._desk.model
        self._desk.put(replace(model, attributes=(*model.attributes, Attribute("", ""))))
        self._open_new("attributes", len(model.attributes))

    def _add_group(self) -> None:
        model = self._desk.model
        self._desk.put(replace(model, groups=(*model.groups, OptionGroup("", "", 1, 1))))
        self._open_new("groups", len(model.groups))

    def _open_new(self, kind: str, at: int) -> None:
        self.open((kind, at))
        self.panes[kind].fields["name"].editor.setFocus()

    def _move(self, place: Place, by: int) -> None:
        kind, at = place
        if kind in ("attributes", "groups"):
            items = getattr(self._desk.model, kind)
            target = at + by if 0 <= at + by < len(items) else at
            self._place = (kind, target)
            self._desk.put(replace(self._desk.model, **{kind: moved(items, at, by)}))
            self.outline.focus_on(self._place)
