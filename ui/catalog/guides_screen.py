"""The guides: plain questions that lead the seller to the right product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.catalog.guides_queries import StoredGuide, guides
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, page
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, _route: Route) -> QWidget:
    """The one list of guides."""
    return GuidesScreen(context)


class GuidesScreen(QWidget):
    """Enter opens a guide."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setProperty("panel", "canvas")
        self.new = Action(self.tr("New guide"), self, self._new, "plus", "Ctrl+Alt+N")
        self.list = RowsCard(self.tr("Guides"), self._columns(), lambda one: one.id)
        self.list.head.addWidget(Button.of(self.new, "primary"))
        self.list.opened.connect(lambda one: context.router.open(Route("guide", one.id)))
        self._empty = EmptyState(
            "help",
            self.tr("No guides yet"),
            self.tr("Write down what you ask a buyer; the answers lead to the right product in the quote wizard."),
            Button.of(self.new, "primary"),
        )
        self.setLayout(column(page(self.list, self._empty, None)))
        context.changes.happened.connect(lambda changed: self.reload() if "guide" in changed else None)
        self.reload()

    def title(self) -> str:
        """For the window's top bar."""
        return self.tr("Guides")

    def reload(self) -> None:
        """Read anew, beside the main thread."""
        self._context.read(guides, self._show, owner=self)

    def _show(self, found: Sequence[StoredGuide]) -> None:
        self.list.set_rows(found)
        self._empty.setVisible(not found)

    def _new(self) -> None:
        self._context.router.open(Route("guide", "new"))

    def _columns(self) -> list[Column]:
        def state(one: Any) -> str:
            return "active" if one.guide.active else "inactive"

        return [
            Column(
                title=self.tr("Guide"),
                text=lambda one: one.guide.name,
                below=lambda one: one.guide.questions[0].text if one.guide.questions else "",
            ),
            Column(
                title=self.tr("Questions"),
                text=lambda one: str(len(one.guide.questions)),
                align="right",
                width=110,
            ),
            Column(
                title=self.tr("State"),
                text=lambda one: state_text("product", state(one)),
                tone=lambda one: state_tone("product", state(one)),
                look="badge",
                width=130,
            ),
        ]
