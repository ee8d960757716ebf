"""Unfinished wizards: what they are about, going on, throwing away with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.store import drafts
from app.store.drafts import Draft
from app.store.store import Store
from tests.builders import a_deal
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.home.drafts_screen import DraftsScreen
from ui.routes import Route
from ui.widgets.button import Button, IconButton


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    deal_id = a_deal(store, title="Two kayaks")
    with store.write("test") as session:
        drafts.put(session, Draft("new-quote", "", 1, "{}"))
    with store.write("test") as session:
        drafts.put(session, Draft("dispatch", str(deal_id), 1, "{}"))
    return make_context(store)


@pytest.fixture
def screen(context: AppContext, show: Callable[..., QWidget]) -> DraftsScreen:
    made = DraftsScreen(context)
    show(made)
    return made


def names(screen: DraftsScreen, kind: Any) -> list[str]:
    QApplication.processEvents()
    return [b.accessibleName() for b in screen._rows.parentWidget().findChildren(kind) if b.isVisibleTo(screen)]


def test_what_was_begun_is_listed_the_newest_first(screen: DraftsScreen) -> None:
    assert names(screen, Button) == [
        "Go on: Dispatch S-2026-0001 · Two kayaks · Lake School",
        "Go on: New quote",
    ]
    assert not unnamed_controls(screen)


def test_going_on_leads_into_the_wizard(screen: DraftsScreen, context: AppContext) -> None:
    dispatch, quote = [b for b in screen.findChildren(Button) if b.text() == "Go on"]
    dispatch.click()
    assert context.router.current == Route("dispatch", 1)
    quote.click()
    assert context.router.current == Route("new-quote")


def test_throwing_away_can_be_undone(screen: DraftsScreen, context: AppContext) -> None:
    offered: list[Any] = []
    context.news.said.connect(lambda text, verb, do: offered.append((text, verb, do)))
    screen.findChildren(IconButton)[0].click()
    assert len(names(screen, Button)) == 1
    ((text, verb, undo),) = offered
    assert (text, verb) == ("Thrown away.", "Undo")
    undo()
    assert len(names(screen, Button)) == 2


def test_nothing_unfinished(
    store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget]
) -> None:
    context = make_context(store)
    screen = DraftsScreen(context)
    show(screen)
    assert screen._states.currentIndex() == 1
    screen.new.trigger()
    assert context.router.current == Route("new-quote")
    assert not unnamed_controls(screen)
