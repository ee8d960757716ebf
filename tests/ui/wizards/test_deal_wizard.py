"""The wizard about a deal and its review, with the threads they really have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.store import drafts
from app.store.store import Store
from tests.builders import facts_of
from tests.ui.deal_steps import a_deal_in_transit, an_open_deal, cell, put, wizard_of
from ui.context import AppContext
from ui.delivery.wizard import screen
from ui.jobs import Jobs
from ui.routes import Route
from ui.wizards.deal_wizard import DealWizard


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_review_and_commit_beside_the_main_thread(
    store: Store, make_context: Callable[..., AppContext], jobs: Jobs, show: Callable[..., QWidget], qtbot: QtBot
) -> None:
    deal_id = a_deal_in_transit(store)
    context = make_context(store, jobs=jobs)
    made = screen(context, Route("confirm-receipt", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    put(wizard, by="Jo")
    wizard.next()
    page = wizard.page()
    assert page.sentences() == ["Looking ahead…"]
    qtbot.waitUntil(lambda: page.preview.page_count() == 1, timeout=15_000)
    assert page.sentences()[0] == "€260.00 is earned as revenue"
    with qtbot.waitSignal(context.router.moved, timeout=15_000):
        wizard.next()
        assert not wizard._next.isEnabled()  # while the command runs, nothing can be pressed
        wizard.next()
    assert context.router.current == Route("invoice", 1)
    with store.read() as session:
        assert drafts.kept(session) == []


def test_an_answer_that_comes_too_late_is_not_shown(
    store: Store, make_context: Callable[..., AppContext], jobs: Jobs, show: Callable[..., QWidget], qtbot: QtBot
) -> None:
    made = screen(make_context(store, jobs=jobs), Route("dispatch", an_open_deal(store)))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    for quantity in (1, 2):
        wizard.go_to("goods")
        cell(wizard, 0, 3, Decimal(quantity))
        wizard.next()
        wizard.next()
    page = wizard.page()
    qtbot.waitUntil(lambda: page.preview.page_count() == 1, timeout=15_000)
    assert "3 of Lamp stays to be dispatched" in page.sentences()
    assert not any("4 of Lamp" in words for words in page.sentences())


def test_looking_only_changes_nothing(store: Store, make_context: Callable[..., AppContext]) -> None:
    deal_id = an_open_deal(store)
    made = screen(make_context(store, is_read_only=True), Route("dispatch", deal_id))
    assert isinstance(made, DealWizard)
    assert made.wizard is None
    assert not facts_of(store, deal_id).moved
