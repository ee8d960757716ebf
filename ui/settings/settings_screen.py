"""The settings: sections at the left, the open one beside them. Everything saves itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.core.party import Party
from ui.context import AppContext
from ui.routes import Route
from ui.settings.backup_section import BackupSection
from ui.settings.company_section import CompanySection
from ui.settings.computer_section import ComputerSection
from ui.settings.numbers_section import NumbersSection
from ui.settings.paper_section import PaperSection
from ui.settings.terms_section import TermsSection
from ui.theme import tokens, watch
from ui.theme.icons import icon as make_icon
from ui.widgets.card import Card
from ui.widgets.layout import column, holder, row, scrolled

_NAV_WIDTH, _WIDEST, _ITEM = 220, 760, 36


def screen(context: AppContext, route: Route) -> QWidget:
    """The screen of the route "settings"; `section` opens one of them."""
    made = SettingsScreen(context)
    made.show_route(route)
    return made


class SettingsScreen(QWidget):
    """Reads everything when it is shown; sections read nothing themselves."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.company, self.paper = CompanySection(context), PaperSection(context)
        self.terms, self.numbers = TermsSection(context), NumbersSection()
        self.computer, self.backups = ComputerSection(context), BackupSection(context)
        self._sections = {
            "company": (self.tr("Company"), "company", self.company),
            "paper": (self.tr("Logo and colour"), "eye", self.paper),
            "terms": (self.tr("Tax and terms"), "percent", self.terms),
            "numbers": (self.tr("Numbers"), "note", self.numbers),
            "computer": (self.tr("This computer"), "globe", self.computer),
            "backups": (self.tr("Backups"), "saved", self.backups),
        }
        self._build()
        context.changes.happened.connect(self._on_change)
        self.reload()

    def title(self) -> str:
        """For the top bar."""
        return self.tr("Settings")

    def show_route(self, route: Route) -> None:
        """Open the section that the route names."""
        names = list(self._sections)
        wanted = route.get("section", "")
        self._list.setCurrentRow(names.index(wanted) if wanted in names else max(self._list.currentRow(), 0))

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Sections"))
        self._list.setIconSize(QSize(16, 16))
        self._stack = QStackedWidget()
        for words, _, section in self._sections.values():
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(100, _ITEM))
            self._list.addItem(item)
            section.setMaximumWidth(_WIDEST)
            inside = row(section, None, margins=(0, 0, 14, 18))
            inside.setStretch(0, 100)
            self._stack.addWidget(scrolled(holder(inside, "canvas")))
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._tint()
        watch(self._tint)
        nav = Card(column(self._list, margins=(8, 8, 8, 8)), self.tr("Sections"))
        nav.setFixedWidth(_NAV_WIDTH)
        nav.setFixedHeight(len(self._sections) * _ITEM + 18)
        layout = row(column(nav, None), self._stack, margins=(24, 16, 10, 0), gap=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._list)

    def _tint(self) -> None:
        for index, (_, name, _section) in enumerate(self._sections.values()):
            self._list.item(index).setIcon(make_icon(name, tokens().text2))

    # ------------------------------------------------------------------ reading
    def reload(self) -> None:
        """Read everything anew."""
        on, store, keeper = self._context.today(), self._context.store, self._context.keeper
        folder = keeper.backup_folder if keeper is not None else None
        self._context.read(lambda session: _read(session, on, store.path, folder), self._show, owner=self)

    def _show(self, found: dict[str, Any]) -> None:
        self.company.show_values(found["party"])
        self.paper.show_values(found["look"])
        self.terms.show_values(found["defaults"])
        self.computer.show_values(None)
        self.numbers.show_numbers(found["numbers"])
        self.backups.show_backups(found["backups"])

    def _on_change(self, kinds: frozenset[str]) -> None:
        if kinds & {"backup", "quote", "invoice", "payment", "delivery", "contract"}:
            self.reload()


def _read(session: Any, on: date, path: Any, folder: Any) -> dict[str, Any]:
    from app.parties.defaults import defaults
    from app.parties.queries import our_company, our_look
    from app.store.numbering import upcoming
    from app.store.upkeep import backups_of

    return {
        "party": our_company(session) or Party(""),
        "look": our_look(session),
        "defaults": defaults(session),
        "numbers": upcoming(session, on),
        "backups": backups_of(path, folder),
    }
