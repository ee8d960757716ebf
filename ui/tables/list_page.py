"""The pattern of every list screen: title and count, search, chips of states, saved views, the table, empty states.

A screen says which list of `app.pipeline.lists` it shows, its columns, and where Enter leads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from app.pipeline import lists
from app.pipeline.lists import Filter, ListOf, Sort
from ui import formats
from ui.context import AppContext
from ui.jobs import Job
from ui.routes import Route
from ui.tables.column import Column, Order
from ui.tables.exports import export_of
from ui.tables.narrowed import NarrowedTo, filter_of, route_of
from ui.tables.page_reader import PageReader
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.progress_panel import ProgressDialog
from ui.widgets.reason_words import grey_if_only_looked_at
from ui.widgets.saved_views import KeptViews, View, ViewsButton
from ui.widgets.search_box import SearchBox
from ui.widgets.state_chips import StateChips
from ui.widgets.state_words import state_text, states

_EXPORT_PAGE = 1000
_SLOW_MS = 200

Export = Callable[[Sequence[Any]], bytes]
"""Rows of the list to the bytes of a workbook; called off the main thread."""


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list says: `count` turns a number into "1,204 deals"; the last three are for the list without rows."""

    title: str
    search: str
    count: Callable[[int], str]
    icon: str
    empty_title: str
    empty_text: str


class ListPage(QWidget):
    """A list of documents as a whole screen.

    `kind` is the list's name in settings and its route; `states_of` the kind of document in `state_words` ("" has no
    chips); `kinds` are the changes that reload it; `open_route(row)` is where Enter leads; `new(parent)` makes the
    primary verb; `export` turns rows into a workbook where the list is to have other columns than `exports` gives it.
    """

    def __init__(
        self,
        context: AppContext,
        kind: str,
        what: ListOf[Any],
        columns: Sequence[Column],
        words: ListWords,
        kinds: set[str],
        open_route: Callable[[Any], Route],
        states_of: str = "",
        new: Callable[[QWidget], Action] | None = None,
        export: Export | None = None,
    ) -> None:
        super().__init__()
        self._context, self._kind, self._what, self._words = context, kind, what, words
        self._open_route, self._states_of = open_route, states_of
        self._export = export or export_of(kind, words.title, context)
        self._filter = Filter()
        self._asked = 0
        self._counting: Job | None = None
        made = new(self) if new is not None else None
        grey_if_only_looked_at(context.is_read_only, *([made] if made is not None else []))
        self._count = Label("", "caption", "3", figures=True)
        self._busy = Label(self.tr("Searching…"), "caption", "3")
        self._busy.hide()
        self.search = SearchBox(words.search)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(320)
        self._narrowed_to = NarrowedTo()
        self.chips = StateChips([(state, state_text(states_of, state)) for state in states(states_of)])
        self.views = ViewsButton(KeptViews(context.settings, kind), self._view)
        self._empty = QStackedWidget()
        self._fill_empty(made)
        self.table = PagedView(self._make_model(columns), words.title, self._empty)
        self._lay_out(made)
        self._connect(kinds)
        self.refresh_counts()

    # what screens use
    def title(self) -> str:
        """For the window's top bar."""
        return self._words.title

    def row(self) -> Any:
        """The current row, or None."""
        return self.table.row()

    def narrowed(self) -> Filter:
        """What the list is narrowed to now."""
        return self._filter

    def add_row_verbs(self, actions: Sequence[Action]) -> None:
        """Offer verbs on the current row by right click; their parent is this page, so that the palette has them."""
        self.table.add_verbs(actions)

    def add_head_verb(self, action: Action) -> None:
        """Another verb, at the right above the table."""
        self._second.addWidget(Button.of(action, "ghost"))

    def show_route(self, route: Route) -> None:
        """Narrow to what a route says: `state` (several with commas), `text`, `customer`, `deal`, `since`, `until`,
        `waiting`."""
        self.show_filter(filter_of(route))

    def show_filter(self, narrowed: Filter) -> None:
        """Narrow the list; search line and chips follow."""
        self.chips.set_states(narrowed.states)
        if self.search.text().strip() != narrowed.text:
            self.search.setText(narrowed.text)
        self._narrow(narrowed)

    def clear_filter(self) -> None:
        """Everything again."""
        self.show_filter(Filter())
        self.search.setFocus()

    def refresh_counts(self, *_: Any) -> None:
        """Count anew, beside the main thread: the footer and the chips."""
        self._asked += 1
        if self._counting is not None:
            self._counting.cancel()  # the last question wins
        work, show = partial(self._counts, self._filter), partial(self._show_counts, self._asked)
        self._counting = self._context.read(work, show, owner=self)

    # inside
    def _lay_out(self, new: Action | None) -> None:
        verbs: list[QWidget] = [self.views]
        if self._export is not None:
            action = Action(self.tr("Export…"), self, self.export, "export")
            action.setToolTip(self.tr("Save this list as an Excel workbook"))
            verbs.append(Button.of(action))
        if new is not None:
            verbs.append(Button.of(new, "primary"))
        has_chips = bool(self._states_of)
        aside = [self._narrowed_to]  # long words: beside the chips where there are any
        in_head = [] if has_chips else aside
        told = [Label(self._words.title, "title"), 10, self._count, self._busy]
        head = row(*told, *in_head, None, self.search, *verbs, gap=8)
        head.setStretchFactor(self.search, 4)
        self._second = row(self.chips, *(aside if has_chips else []), gap=8)
        self._second.setStretch(0, 1)
        parts: list[Any] = [head, self._second] if self._states_of else [head]
        card = Card(column(column(*parts, margins=(18, 12, 14, 12), gap=11), self.table, 5), self._words.title)
        card.layout().setStretch(1, 1)  # type: ignore[union-attr]
        layout = column(card, margins=(24, 16, 24, 18))
        self.setLayout(layout)
        self.setProperty("panel", "canvas")

    def _fill_empty(self, new: Action | None) -> None:
        verb = Button.of(new, "primary") if new is not None else None
        clear = Button(self.tr("Show everything"), do=self.clear_filter)
        words = self._words
        self._empty.addWidget(EmptyState(words.icon, words.empty_title, words.empty_text, verb))
        text = self.tr("Nothing here fits these words and states. Try fewer of them.")
        self._empty.addWidget(EmptyState("search", self.tr("No match"), text, clear))
        everything = Button(self.tr("Show everything"), do=self.clear_filter)
        text = self.tr("No deal waits for this now.")
        self._empty.addWidget(EmptyState("check", self.tr("Nothing waits"), text, everything))

    def _connect(self, kinds: set[str]) -> None:
        self.search.searched.connect(lambda text: self._narrow(replace(self._filter, text=text)))
        self.search.left_down.connect(self._enter_table)
        self.chips.chosen.connect(lambda chosen: self._narrow(replace(self._filter, states=chosen)))
        self.views.chosen.connect(self._show_view)
        self._narrowed_to.wanted.connect(self._narrow)
        self.table.opened.connect(lambda found: self._context.router.open(self._open_route(found)))
        self.table.follow(self._context.changes, kinds)
        self.table.remember_columns(self._context.settings, f"columns/{self._kind}")
        self._kinds = frozenset(kinds)
        self._context.changes.happened.connect(self._on_change)

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & self._kinds:
            self.refresh_counts()

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.table.row() is None and self.table.model().rowCount():
            self.table.choose(0)

    def _view(self) -> View:
        return View("", self._filter.text, self._filter.states)

    def _show_view(self, view: View) -> None:
        self.show_filter(Filter(view.text, view.states))

    def _narrow(self, narrowed: Filter) -> None:
        if narrowed == self._filter:
            return
        self._filter = narrowed
        self._narrowed_to.show_filter(narrowed)
        is_waiting = bool(narrowed.waiting) and narrowed == Filter(waiting=narrowed.waiting)
        self._empty.setCurrentIndex(2 if is_waiting else int(narrowed != Filter()))
        model: Any = self.table.model()
        model.reload(partial(self._fetch, narrowed))
        self.refresh_counts()
        current = self._context.router.current
        if current is not None and current.kind == self._kind:
            self._context.router.replace(route_of(self._kind, narrowed))

    def _make_model(self, columns: Sequence[Column]) -> PagedModel:
        reader = PageReader(self._context.jobs, self)
        model = PagedModel(columns, partial(self._fetch, self._filter), reader=reader)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._busy.show)
        model.reading.connect(self._on_reading)
        self._on_reading(model.is_reading)
        return model

    def _on_reading(self, is_reading: bool) -> None:
        """Say so where reading takes its time; what is quick is not talked about."""
        if is_reading:
            self._slow.start()
        else:
            self._slow.stop()
            self._busy.hide()

    def _fetch(self, narrowed: Filter, cursor: Any, order: Order) -> Page:
        """Runs beside the main thread."""
        sort = Sort(order.key, order.descending) if order.key else None
        with self._context.store.read() as session:
            found = lists.page(session, self._what, narrowed, self._context.today(), cursor, sort)
        return Page(found.items, found.next)

    def _counts(self, narrowed: Filter, session: Any) -> tuple[int, Mapping[str, int]]:
        on = self._context.today()
        if not self._states_of:
            return lists.count(session, self._what, narrowed, on), {}
        by_state = lists.by_state(session, self._what, replace(narrowed, states=()), on)
        shown = narrowed.states or tuple(by_state)
        return sum(by_state.get(state, 0) for state in shown), by_state

    def _show_counts(self, asked: int, counted: tuple[int, Mapping[str, int]]) -> None:
        if asked == self._asked:
            self._count.setText(self._words.count(counted[0]))
            self.chips.set_counts(counted[1])

    # export
    def export(self) -> None:
        """Ask for a file and save every row of the list, as narrowed and sorted now, to it."""
        suggested = f"{self._words.title}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), suggested, self.tr("Excel workbook (*.xlsx)"))
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Save every row to a workbook, beside the main thread and with Cancel."""
        model: Any = self.table.model()
        work = partial(self._write_export, path, self._filter, model.order)
        job = self._context.jobs.file(work, lambda count: self._exported(path, count), owner=self)
        ProgressDialog(self.tr("Exporting…"), job, self)

    def _write_export(self, path: Path, narrowed: Filter, order: Order, progress: Any) -> int:
        from app.outputs import files

        sort = Sort(order.key, order.descending) if order.key else None
        found: list[Any] = []
        cursor: Any = None
        with self._context.store.read() as session:
            while True:
                on = self._context.today()
                page = lists.page(session, self._what, narrowed, on, cursor, sort, _EXPORT_PAGE)
                found.extend(page.items)
                progress.check()
                progress.step(len(found), 0, self._words.count(len(found)))
                cursor = page.next
                if cursor is None:
                    break
        if self._export is not None:
            files.save(path, self._export(found))
        return len(found)

    def _exported(self, path: Path, count: int) -> None:
        text = self.tr("Saved %1 to %2").replace("%1", self._words.count(count))
        self._context.say(text.replace("%2", path.name))


def count_words(template: Callable[[int], str]) -> Callable[[int], str]:
    """For `ListWords.count`: a plural text whose number is written with the locale's separators."""
    return lambda number: template(number).replace(str(number), formats.whole_text(number), 1)
