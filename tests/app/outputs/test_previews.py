"""The papers that a command would issue, without doing it."""

from __future__ import annotations

from decimal import Decimal

import pypdfium2
import pytest

from app.core.errors import NotAllowed
from app.outputs import previews
from app.pipeline import fulfilment
from app.store.history import Done
from app.store.session import WriteSession
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


def test_a_credit_over_an_amount_counts_nothing_on_paper(store: Store) -> None:
    deal_id = a_deal(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)

    def words(quantities: dict[int, Decimal] | None) -> list[str]:
        def credit(session: WriteSession) -> Done:
            amount = None if quantities else 1190
            return fulfilment.credit(
                session, deal_id, on=DAY, invoice_index=1, quantities=quantities, amount=amount, reason="Scratch"
            )

        (note,) = previews.rehearse(store, "test", credit, deal_id)
        page = pypdfium2.PdfDocument(previews.pages(store, note))
        try:
            return str(page[0].get_textpage().get_text_range()).split()
        finally:
            page.close()

    by_amount, by_line = words(None), words({1: Decimal(1)})
    assert "10.00" in by_amount
    assert ("pcs" in by_amount, "pcs" in by_line or "pc" in by_line) == (False, True)
