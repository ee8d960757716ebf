"""The list of deals: next steps in words, and the quote that was begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.store import drafts
from app.store.drafts import Draft
from app.store.store import Store
from tests.builders import STAGES, a_deal, an_offer
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.deals.list_screen import screen
from ui.routes import Route


def test_each_row_says_what_to_do_next(context: AppContext, store: Store, show: Callable[..., QWidget]) -> None:
    for stage in STAGES:
        a_deal(store, until=stage)
    page: Any = screen(context, Route("deals"))
    show(page, size=(1100, 600))
    rows = range(page.table.model().rowCount())
    steps = [page.table.model().index(row, 3).data() for row in rows]
    assert steps == [
        "Deliver and confirm", "Collect the signatures", "Collect the signatures", "Wait for the answer",
        "Send the quote",
    ]  # fmt: skip
    assert not unnamed_controls(page)
    a_deal(store, an_offer(payment="prepaid"))
    context.changes.tell({"deal"})
    assert page.table.model().index(0, 3).data() == "Take the deposit"
    page._duplicate()
    page.table.choose(0)
    page._duplicate()
    assert context.router.current == Route.to("new-quote", None, duplicate=page.row().id)
    page.table.opened.emit(page.row())
    assert context.router.current == Route("deal", page.row().id)


def test_a_begun_quote_is_offered_and_thrown_away_with_undo(context: AppContext, store: Store, show: Any) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda *what: said.append(what))
    page: Any = screen(context, Route("deals"))
    show(page)
    assert not page._unfinished.isVisible()
    with store.write("test") as session:
        drafts.put(session, Draft("new-quote", "", 1, "{}"))
    context.changes.tell({"draft"})
    assert page._unfinished.isVisible()
    page._resume()
    assert context.router.current == Route("new-quote")
    page._discard()
    assert not page._unfinished.isVisible()
    said[0][2]()
    assert page._unfinished.isVisible()
