"""The list of quotes, and the page of one: revisions side by side, frozen papers, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.core.totals import Reduction
from app.ledger.queries import Issued
from app.pipeline import service
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, an_offer, do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from ui.context import AppContext
from ui.quotes import list_screen
from ui.quotes.detail_screen import QuoteScreen, paper_of, screen
from ui.routes import Route

Show = Callable[..., QWidget]
OFF = (Reduction("Season", Decimal(3)), Reduction("Freight", amount=900, charge=True))
SECOND = an_offer(
    a_line(quantity="3", price="90"), a_service(), reductions=OFF, payment="prepaid", valid_days=400,
    deposit_amount=5000, clauses=("warranty",),
)  # fmt: skip


def revised(store: Store) -> int:
    deal_id = a_deal(store, until="sent", title="Boats")
    do(store, service.revise_quote, deal_id, offer=SECOND, on=DAY)
    do(store, service.send_quote, deal_id, on=DAY)
    return deal_id


def opened(context: AppContext, show: Show, deal_id: int) -> QuoteScreen:
    made = screen(context, Route("quote", deal_id))
    assert isinstance(made, QuoteScreen)
    show(made, size=(1240, 900))
    return made


def test_the_list_says_number_state_and_days(context: AppContext, show: Show, shop: Store) -> None:
    revised(shop)
    a_deal(shop, until="draft")
    a_deal(shop, until="sent")
    page: Any = list_screen.screen(context, Route("quotes"))
    show(page, size=(1100, 600))
    model = page.table.model()
    cells = [[model.index(row, column).data() for column in (0, 2, 3)] for row in range(model.rowCount())]
    assert sorted(cells) == [
        ["Q-2026-0001 r2", "Sent", "6 Apr 2027"], ["Q-2026-0002", "Expired", "1 Apr 2026"], ["—", "Draft", "—"],
    ]  # fmt: skip
    assert not unnamed_controls(page)
    page.table.select(page.table.model().row(0).id)
    next(action for action in page.actions() if action.text() == "Duplicate as a new quote").trigger()
    assert context.router.current == Route.to("new-quote", None, duplicate=page.row().deal_id)
    page.table.opened.emit(page.row())
    assert context.router.current == Route("quote", page.row().deal_id)


def test_two_revisions_side_by_side(context: AppContext, show: Show, shop: Store) -> None:
    page = opened(context, show, revised(shop))
    table = page.differences.table.model()
    cells = [[table.index(row, column).data() for column in range(4)] for row in range(table.rowCount())]
    nbsp = "\u00a0"
    assert cells == [
        ["Quantity", "changed", "2 pcs", "3 pcs"],
        ["Price", "changed", "100", "90"],
        ["Line", "added", "—", "1 pcs × 480.00"],
        ["On the whole quote", "changed", "—", f"Season −3{nbsp}%, Freight +€9.00"],
        ["Payment", "changed", "30 days after the invoice", "Before goods leave"],
        ["Valid for", "changed", "30 days", "400 days"],
        ["Deposit", "changed", "—", "€50.00"],
        ["Clauses", "changed", "—", "Warranty"],
    ]
    assert page.differences._note.text().startswith("Total €238.00 → €")
    page.differences.left.set_value(2)
    assert page.differences.table.model().rowCount() == 0
    assert not unnamed_controls(page)


def test_each_revision_shows_its_own_frozen_paper(context: AppContext, show: Show, shop: Store) -> None:
    page = opened(context, show, revised(shop))
    assert page.lines.model().rowCount() == 2
    file = page.paper.preview._pages.file
    assert file is not None
    assert "Course" in file.text(0)
    page.revision.set_value(1)
    assert page.lines.model().rowCount() == 1
    file = page.paper.preview._pages.file
    assert file is not None
    assert "Course" not in file.text(0)
    assert page.totals._total.text() == "€238.00"


def test_a_draft_has_no_paper_yet_and_is_sent_from_here(context: AppContext, show: Show, shop: Store) -> None:
    page = opened(context, show, a_deal(shop, until="draft"))
    assert page.paper.paper() is None
    assert page.title() == "Draft quote"
    assert not page.differences.isVisible()
    page.primary.click()
    page.verbs.dialog.commit.click()  # type: ignore[union-attr]
    assert page.badge() == ("Sent", "accent")
    assert page.title() == f"Q-{TODAY.year}-0001"
    assert page.paper.preview.page_count() == 1
    assert page.primary.text() == "Record acceptance"


def test_an_accepted_quote_has_no_next_step_of_its_own(context: AppContext, show: Show, shop: Store) -> None:
    deal_id = a_deal(shop, until="accepted")
    page = opened(context, show, deal_id)
    assert not page.primary.isVisible()
    page.deal.click()
    assert context.router.current == Route("deal", deal_id)


def test_news_and_other_routes_reload(context: AppContext, show: Show, shop: Store) -> None:
    first, second = a_deal(shop, until="sent"), a_deal(shop, until="draft")
    page = opened(context, show, first)
    do(shop, service.decline_quote, first, on=DAY)
    context.changes.tell({"payment"})
    assert page.badge()[0] == "Expired"
    context.changes.tell({"quote"})
    assert page.badge()[0] == "Declined"
    page.show_route(Route("quote", second))
    assert page.badge()[0] == "Draft"


@pytest.mark.parametrize(("revision", "found"), [(1, 4), (2, 7), (3, None)])
def test_the_paper_of_a_revision(revision: int, found: int | None) -> None:
    first = Issued(4, "quote", "Q-1", "quote Q-1", DAY)
    papers = [
        first,
        Issued(5, "contract", "C-1", "contract C-1-r3", DAY),
        replace(first, id=7, file_name="quote Q-1-r2"),
    ]
    paper = paper_of(revision, papers)
    assert (paper.id if paper else None) == found


def test_german(context: AppContext, show: Show, shop: Store, german: None) -> None:
    page = opened(context, show, revised(shop))
    table = page.differences.table.model()
    assert [table.index(row, 0).data() for row in range(3)] == ["Menge", "Preis", "Position"]
    assert page.differences._note.text().startswith("Gesamt 238,00\u00a0€ → ")
