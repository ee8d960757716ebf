"""The stories of tests/stories once more, led through the windows; in the end the books of the file are proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.parties import service as parties
from app.parties.defaults import Defaults, set_defaults
from app.pipeline.proof.proof import prove
from app.store.store import Store
from tests.builders import DAY, SELLER, do
from tests.ui.by_hand import Hands
from tests.ui.conftest import Reported
from ui.context import AppContext


@pytest.fixture
def hands(
    store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget], reported: Reported
) -> Iterator[Hands]:
    """A person at the windows of a company without customers and deals, on the first day of the stories."""
    do(store, parties.set_company, SELLER)
    do(store, set_defaults, Defaults(tax_rates=(Decimal(19), Decimal(7))))
    stack = QStackedWidget()
    show(stack, size=(1204, 846))
    person = Hands(store, make_context(store), stack, DAY)
    yield person
    person.close()
    assert not reported.shown
    assert prove(store).problems == ()
