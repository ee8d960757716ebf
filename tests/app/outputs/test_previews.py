"""The papers that a command would issue, without doing it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import NotAllowed
from app.outputs import previews
from app.pipeline import fulfilment
from app.store.store import Store
from tests.builders import DAY, a_deal, counts_of, do


def test_a_rehearsal_shows_the_paper_and_leaves_no_trace(store: Store) -> None:
    deal_id = a_deal(store)
    before = counts_of(store)

    def dispatch() -> tuple[previews.Foreseen, ...]:
        return previews.rehearse(store, "test", lambda s: fulfilment.dispatch(s, deal_id, on=DAY), deal_id)

    (note,) = dispatch()
    assert (note.kind, note.document.number) == ("delivery_note", "D-2026-0001")
    assert note.document.lines[0].quantity == Decimal(2)
    assert counts_of(store) == before
    # the number was not used up, and the real one is the same
    assert dispatch() == (note,)
    assert do(store, fulfilment.dispatch, deal_id, on=DAY).numbers == ("D-2026-0001",)
    assert previews.pages(store, note).startswith(b"%PDF")


def test_a_rehearsal_refuses_as_the_command_does(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    with pytest.raises(NotAllowed, match="contract"):
        previews.rehearse(store, "test", lambda s: fulfilment.dispatch(s, deal_id, on=DAY), deal_id)
    with store.write("test"):
        pass


def test_only_new_documents_of_the_deal_are_foreseen(store: Store) -> None:
    deal_id = a_deal(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    found = previews.rehearse(store, "test", lambda s: fulfilment.confirm_receipt(s, deal_id, on=DAY), deal_id)
    assert [(item.kind, item.document.number) for item in found] == [("invoice", "INV-2026-0001")]
    assert found[0].document.totals.gross == 23800
