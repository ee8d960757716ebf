"""The settings: sections at the left, the open one beside them. Everything saves itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from app.core.party import Party
from ui.context import AppContext
from ui.routes import Route
from ui.settings.backup_section import BackupSection
from ui.settings.company_section import CompanySection
from ui.settings.computer_section import ComputerSection
from ui.settings.margin_section import MarginSection, MarginSettings
from ui.settings.numbers_section import NumbersSection
from ui.settings.paper_section import PaperSection
from ui.settings.rewards_section import RewardsSection, read_rewards
from ui.settings.terms_section import TermsSection
from ui.theme import tokens, watch
from ui.theme.icons import icon as make_icon
from ui.widgets.card import Card
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.reason_words import grey_if_only_looked_at

_NAV_WIDTH, _WIDEST, _ITEM = 220, 760, 36

_OF_THIS_COMPUTER = frozenset({"computer", "backups"})
"""Sections of what is not kept in the company's file."""

_KEPT_IN_FILE = frozenset({"company", "paper", "terms", "margin", "numbers"})
"""Sections of what stands in the company's file; the others are about this computer."""


def screen(context: AppContext, route: Route) -> QWidget:
    """The screen of the route "settings"; `section` opens one of them."""
    made = SettingsScreen(context)
    made.show_route(route)
    return made


class SettingsScreen(QWidget):
    """Reads everything when it is shown; a section is made when it is first opened, and reads nothing itself."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._found: dict[str, Any] = {}
        self._made: dict[str, QWidget] = {}
        self._sections: dict[str, tuple[str, str, Callable[[], QWidget]]] = {
            "company": (self.tr("Company"), "company", lambda: CompanySection(context)),
            "paper": (self.tr("Logo and colour"), "eye", lambda: PaperSection(context)),
            "terms": (self.tr("Tax and terms"), "percent", lambda: TermsSection(context)),
            "margin": (self.tr("Margin"), "revenue", lambda: MarginSection(context)),
            "rewards": (self.tr("Points and coins"), "star", lambda: RewardsSection(context)),
            "numbers": (self.tr("Numbers"), "note", lambda: NumbersSection(context)),
            "computer": (self.tr("This computer"), "globe", lambda: ComputerSection(context)),
            "backups": (self.tr("Backups"), "saved", lambda: BackupSection(context)),
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

    def section(self, name: str) -> Any:
        """One section, made now if it was not yet."""
        if name not in self._made:
            made = self._sections[name][2]()
            grey_if_only_looked_at(self._context.is_read_only and name not in _OF_THIS_COMPUTER, made)
            grey_if_only_looked_at(self._context.is_read_only and name in _KEPT_IN_FILE, made)
            made.setMaximumWidth(_WIDEST)
            inside = row(made, None, margins=(0, 0, 14, 18))
            inside.setStretch(0, 100)
            self._made[name] = made
            self._stack.addWidget(scrolled(holder(inside, "canvas")))
            self._fill(name)
        return self._made[name]

    # ------------------------------------------------------------------ inside
    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Sections"))
        self._list.setIconSize(QSize(16, 16))
        self._stack = QStackedWidget()
        for words, _, _make in self._sections.values():
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(100, _ITEM))
            self._list.addItem(item)
        self._list.currentRowChanged.connect(self._open)
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
        for index, (_, name, _make) in enumerate(self._sections.values()):
            self._list.item(index).setIcon(make_icon(name, tokens().text2))

    def _open(self, index: int) -> None:
        made = self.section(list(self._sections)[index])
        area = next(
            self._stack.widget(at) for at in range(self._stack.count()) if self._stack.widget(at).isAncestorOf(made)
        )
        self._stack.setCurrentWidget(area)

    # ------------------------------------------------------------------ reading
    def reload(self) -> None:
        """Read everything anew."""
        store, keeper = self._context.store, self._context.keeper
        folder = keeper.backup_folder if keeper is not None else None
        self._context.read(lambda session: _read(session, store.path, folder), self._show, owner=self)

    def _show(self, found: dict[str, Any]) -> None:
        self._found = found
        for name in self._made:
            self._fill(name)

    def _fill(self, name: str) -> None:
        if self._found:
            self._made[name].show_values(self._found[name])  # type: ignore[attr-defined]

    def _on_change(self, kinds: frozenset[str]) -> None:
        if kinds & {"settings", "backup", "quote", "invoice", "payment", "delivery", "contract"}:
            self.reload()


def _read(session: Any, path: Any, folder: Any) -> dict[str, Any]:
    """What each section shows."""
    from app.parties.defaults import defaults
    from app.parties.queries import our_company, our_look
    from app.pricing.approval import has_pin
    from app.pricing.marks import margin_marks
    from app.store.numbering import counted
    from app.store.upkeep import backups_of

    return {
        "company": our_company(session) or Party(""),
        "paper": our_look(session),
        "terms": defaults(session),
        "margin": MarginSettings(margin_marks(session), has_pin(session)),
        "rewards": read_rewards(session),
        "numbers": counted(session),
        "computer": None,
        "backups": backups_of(path, folder),
    }
