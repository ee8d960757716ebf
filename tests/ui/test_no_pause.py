"""Real input: every list of the Classic Models sample scrolls to its end and searches, and the window keeps answering.

`run.py bench pauses` prints the figures; here the bound is a generous one, for a busy machine.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.store.store import Store
from tests.bench import pauses
from tests.ui import classic
from ui.context import AppContext
from ui.jobs import Jobs

BOUND_MS = 500

pytestmark = pytest.mark.skipif(
    not classic.FOLDER.is_dir(), reason="the Classic Models sample is not beside the project"
)


def test_no_list_keeps_the_window_waiting(
    make_context: Callable[..., AppContext], show: Callable[..., QWidget], tmp_path: Path
) -> None:
    with Store.open(classic.make(tmp_path / "books.handsel")) as store:
        context = make_context(store, jobs=Jobs())
        found = pauses.measure(context, lambda screen: show(screen, size=(1204, 846)))
        context.jobs.close()
    slow = {
        kind: (scrolled, searched)
        for kind, (scrolled, searched, _) in found.items()
        if max(scrolled, searched) > BOUND_MS
    }
    assert not slow
    assert {kind: rows for kind, (_, _, rows) in found.items()} == {
        "deals": 326, "quotes": 326, "contracts": 326, "payments": 275, "deliveries": 310, "invoices": 310,
        "revenue": 2832, "customers": 122, "products": 110,
    }  # fmt: skip


def test_the_heartbeat_notices_a_pause() -> None:
    import time

    heart = pauses.Heartbeat()
    with heart.watching():
        pauses.settle(lambda: False)
        time.sleep(0.06)
    assert heart.longest >= 55
