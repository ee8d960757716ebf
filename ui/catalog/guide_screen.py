"""A guide: its questions in an outline, the one that is chosen beside it, and trying it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.catalog.guide_edit import without
from app.catalog.guides import Guide, Question
from app.catalog.guides_queries import guide_by_id
from app.catalog.guides_service import delete_guide, save_guide
from app.catalog.model_edit import moved
from app.core.errors import NotFound
from ui.catalog.desk_bar import DeskBar
from ui.catalog.guide_desk import GuideDesk
from ui.catalog.guide_texts import guide_problem_words
from ui.catalog.guide_try import GuideTry
from ui.catalog.outline import Entry, Outline, Place
from ui.catalog.question_pane import GuidePane, QuestionPane
from ui.context import AppContext
from ui.routes import Route
from ui.theme.tokens import CARD_GAP, PAGE_MARGIN
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.layout import column, holder, page, row, scrolled
from ui.widgets.tabs import Tabs

_OUTLINE_WIDTH = 250


def screen(context: AppContext, route: Route) -> QWidget:
    """The guide of the route; `new` begins one."""
    return GuideScreen(context, route)


class GuideScreen(QWidget):
    """Ctrl+S saves, Ctrl+Z takes the last step back; Delete and Alt+arrows work in the outline."""

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__()
        self._context = context
        self._place: Place = ("guide", 0)
        self.setProperty("panel", "canvas")
        self.desk = GuideDesk(context, self)
        self.outline = Outline()
        self.outline.chosen.connect(self.open)
        self.outline.moved.connect(self._move)
        self.outline.removed.connect(self._remove)
        self.add = Button(self.tr("Question"), "ghost", "plus", self.add_question)
        self.guide_pane, self.question_pane = GuidePane(self.desk), QuestionPane(self.desk)
        self.trial = GuideTry(self.desk)
        self._make_verbs()
        self._lay_out()
        self.desk.opened.connect(lambda: self.open(("guide", 0)))
        self.desk.changed.connect(self._follow)
        self.desk.checked.connect(self._checked)
        self.desk.made.connect(self._go_to_made)
        context.changes.happened.connect(self._on_change)
        self.show_route(route)
        self.desk.load()

    def title(self) -> str:
        """For the window's top bar."""
        return self.desk.guide.name or self.tr("New guide")

    def show_route(self, route: Route) -> None:
        """Another guide."""
        self._route = route
        if route.id == "new":
            self.desk.show(0, Guide(""))
            return
        try:
            with self._context.store.read() as session:
                found = guide_by_id(session, int(route.id or 0))
            self.desk.show(found.id, found.guide)
        except NotFound:
            self._context.router.open(Route("guides"))

    def open(self, place: Place) -> None:
        """Show a part of the guide."""
        self._place = place
        self._fill_outline()
        is_question = place[0] == "questions" and place[1] < len(self.desk.guide.questions)
        self._stack.setCurrentIndex(1 if is_question else 0)
        (self.question_pane if is_question else self.guide_pane).open(place[1])

    def add_question(self) -> None:
        """A new question at the end."""
        guide = self.desk.guide
        self.desk.put(replace(guide, questions=(*guide.questions, Question("", ""))))
        self.tabs.show_tab("questions")
        self.open(("questions", len(guide.questions)))
        self.question_pane.fields["text"].editor.setFocus()

    def delete(self) -> None:
        """Delete the guide; the toast brings it back."""
        key, kept = self.desk.id, self.desk.kept
        if not key:
            self._context.router.open(Route("guides"))
            return

        def back() -> None:
            self._context.write(lambda session: save_guide(session, kept), {"guide"}, owner=self._context.changes)

        def done(_: object) -> None:
            words = self.tr("The guide %1 is deleted").replace("%1", kept.name)
            self._context.router.open(Route("guides"))
            self._context.say(words, self.tr("Undo"), back)

        self._context.write(lambda session: delete_guide(session, key), {"guide"}, done, owner=self)

    # inside
    def _make_verbs(self) -> None:
        self.add_verb = Action(self.tr("Add a question"), self, self.add_question, "plus", "Ctrl+Alt+N")
        self.delete_verb = Action(self.tr("Delete the guide"), self, self.delete, "delete")
        self.try_verb = Action(self.tr("Try it"), self, lambda: self.tabs.show_tab("try"), "eye", "Ctrl+T")
        for keys, do in (("Ctrl+S", self.desk.save), ("Ctrl+Z", self.desk.undo)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for pane in (self.guide_pane, self.question_pane):
            self._stack.addWidget(scrolled(holder(column(pane, None, margins=(0, 2, PAGE_MARGIN, 18)), "canvas")))
        card = Card(column(scrolled(holder(column(self.outline, None)))), self.tr("Outline"))
        card.setFixedWidth(_OUTLINE_WIDTH)
        body = row(card, self._stack, margins=(PAGE_MARGIN, 10, 0, 14), gap=CARD_GAP)
        body.setStretch(1, 1)
        pages = [
            ("questions", self.tr("Questions"), holder(body)),
            ("try", self.tr("Try it"), page(self.trial)),
        ]
        self.tabs = Tabs(pages, self.tr("Parts of the page"), PAGE_MARGIN)
        self.tabs.chosen.connect(lambda key: self.trial.restart() if key == "try" else None)
        layout = column(10, self.tabs, DeskBar(self.desk, self))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _follow(self) -> None:
        kind, at = self._place
        self.open((kind, min(at, max(len(self.desk.guide.questions) - 1, 0)) if kind == "questions" else 0))

    def _checked(self) -> None:
        self._fill_outline()
        (self.question_pane if self._place[0] == "questions" else self.guide_pane).show_problems()

    def _fill_outline(self) -> None:
        guide = self.desk.guide
        wrong: dict[Place, str] = {}
        for problem in self.desk.shown_problems():
            head, _, rest = problem.field.partition("[")
            number = rest.partition("]")[0]
            place = ("questions", int(number)) if head == "questions" and number.isdigit() else ("guide", 0)
            wrong.setdefault(place, guide_problem_words(problem))
        name = guide.name or self.tr("Without a name")
        use = self.tr("in use") if guide.active else self.tr("not in use")
        questions = [
            Entry(("questions", at), f"{at + 1}.  {one.text or self.tr('Without a name')}", self._note(one),
                  wrong.get(("questions", at), ""))
            for at, one in enumerate(guide.questions)
        ]  # fmt: skip
        sections: Sequence[Any] = (
            (self.tr("Guide"), [Entry(("guide", 0), name, use, wrong.get(("guide", 0), ""))], None),
            (self.tr("Questions"), questions, self.add),
        )
        self.outline.fill(sections, self._place)
        self.tabs.set_count("questions", len(guide.questions))

    def _note(self, question: Question) -> str:
        return self.tr("%n answers", None, len(question.answers))

    def _move(self, place: Place, by: int) -> None:
        kind, at = place
        questions = self.desk.guide.questions
        if kind == "questions" and 0 <= at + by < len(questions):
            self._place = (kind, at + by)
            self.desk.put(replace(self.desk.guide, questions=moved(questions, at, by)))
            self.outline.focus_on(self._place)

    def _remove(self, place: Place) -> None:
        kind, at = place
        if kind == "questions":
            gone = self.desk.guide.questions[at]
            self.desk.put(without(self.desk.guide, at))
            words = self.tr("%1 is taken out").replace("%1", gone.text or self.tr("It"))
            self._context.say(words, self.tr("Undo"), self.desk.undo)

    def _go_to_made(self, guide_id: int) -> None:
        self._context.router.replace(Route("guide", guide_id))
        self._context.router.open(Route("guide", guide_id))
        self.show_route(Route("guide", guide_id))

    def _on_change(self, changed: frozenset[str]) -> None:
        if "product" in changed:
            self.desk.load()
