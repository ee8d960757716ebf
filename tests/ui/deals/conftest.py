"""A context over this test's own store, with the day of the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.store.store import Store
from tests.builders import DAY
from ui.context import AppContext


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """Jobs run at once; today is the day after the first one of all stories."""
    made: AppContext = make_context(store)
    made.today = lambda: DAY + timedelta(1)
    return made


@pytest.fixture
def said(context: AppContext) -> list[str]:
    """The toasts."""
    told: list[str] = []
    context.news.said.connect(lambda text, *_: told.append(text))
    return told
