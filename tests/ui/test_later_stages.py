"""Lists and details of contracts, payments, deliveries, invoices and revenue: what they show, allow, and open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.pipeline import fulfilment, service
from app.store.store import Store
from tests.builders import DAY, a_deal, do
from tests.ui.accessibility import named, unnamed_controls
from tests.ui.deal_steps import a_deal_in_transit, a_deal_invoiced, a_mixed_offer, an_open_deal
from ui.context import AppContext
from ui.routes import Route

LISTS = {
    "contracts": "ui.contracts.list_screen",
    "payments": "ui.payments.list_screen",
    "deliveries": "ui.delivery.list_screen",
    "invoices": "ui.invoicing.list_screen",
    "revenue": "ui.revenue.list_screen",
}
DETAILS = {
    "contract": "ui.contracts.detail_screen",
    "payment": "ui.payments.detail_screen",
    "delivery": "ui.delivery.detail_screen",
    "invoice": "ui.invoicing.detail_screen",
}

Open = Callable[..., Any]


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


@pytest.fixture
def opened(context: AppContext, show: Callable[..., QWidget]) -> Open:
    """Opens a route's screen in a window of the smallest size."""

    def open_route(route: Route, size: tuple[int, int] = (864, 646)) -> Any:
        context.router.open(route)
        made = import_module((LISTS | DETAILS)[route.kind]).screen(context, route)
        show(made, size=size)
        return made

    return open_route


def facts(screen: Any) -> dict[str, str]:
    """The facts of a detail screen as they are read."""
    grid, found = screen._facts, {}
    for row in range(grid.rowCount()):
        label, value = grid.itemAtPosition(row, 0), grid.itemAtPosition(row, 1)
        if label is not None and value is not None:
            link = value.widget().findChild(QWidget)
            text = getattr(value.widget(), "text", None)
            found[label.widget().text()] = text() if text is not None else link.text()
    return found


def verbs(screen: Any) -> dict[str, str]:
    """Verb -> why it is not possible ("" if it is)."""
    layout = screen._verbs
    buttons = [layout.itemAt(place).widget() for place in range(layout.count())]
    return {button.text(): button.accessibleDescription() for button in buttons}


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_list_says_what_to_do(kind: str, opened: Open) -> None:
    made = opened(Route(kind))
    assert made.title()
    assert not unnamed_controls(made)
    page = made.list if kind == "revenue" else made
    assert page.table.model().rowCount() == 0
    assert page._empty.isVisible()


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", [*LISTS, *DETAILS])
def test_every_screen_is_named_and_fits(
    kind: str, language: str, store: Store, opened: Open, request: pytest.FixtureRequest
) -> None:
    if language == "de":
        request.getfixturevalue("german")
    a_deal_invoiced(store)
    made = opened(Route(kind, 1 if kind in DETAILS else None))
    assert not unnamed_controls(made)
    assert made.minimumSizeHint().width() <= 864


def test_lists_show_open_and_narrow(store: Store, context: AppContext, opened: Open) -> None:
    a_deal_invoiced(store)
    a_deal_in_transit(store)
    made = opened(Route.to("deliveries", state="dispatched"))
    assert [row.number for row in made.table.model().rows()] == ["D-2026-0002"]
    assert made._count.text() == "1 delivery"
    assert not made.confirm.isEnabled()
    made.table.choose(0)
    assert made.confirm.isEnabled()
    made.confirm.trigger()
    assert context.router.current == Route.to("confirm-receipt", 2, what="goods", delivery="D-2026-0002")
    made.table.setFocus()
    QTest.keyClick(made.table, Qt.Key.Key_Return)
    assert context.router.current == Route("delivery", 2)


def test_an_invoice_in_the_list_can_be_paid(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = a_deal_invoiced(store)
    do(store, fulfilment.credit, deal_id, on=date(2026, 3, 9), invoice_index=1, amount=1190)
    made = opened(Route("invoices"))
    states = {row.number: made.table.model().columns[2].text(row) for row in made.table.model().rows()}
    assert states == {"INV-2026-0001": "Overdue", "CN-2026-0001": "Credit note"}
    made.table.select(2)
    assert (made.pay.isEnabled(), made.pay.reason) == (False, "Nothing of it is open.")
    made.table.select(1)
    made.pay.trigger()
    assert context.router.current == Route("take-payment", deal_id)


def test_a_contract_with_versions(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="signed_by_one")
    do(store, service.amend_contract, deal_id, on=DAY, clause="returns", text="Within 60 days.")
    made = opened(Route("contract", deal_id))
    assert (made.title(), made.badge()) == ("C-2026-0001", ("Not signed", "warn"))
    assert facts(made)["Version"] == "2 · 2 Mar 2026"
    assert facts(made)["Customer (buyer)"] == "not signed yet"
    assert verbs(made)["Dispatch"] == "Both sides have to sign the contract first."
    versions = made.versions.table.model()
    assert [versions.columns[1].text(row) for row in versions.rows()] == [
        "Clause reworded: Returns",
        "As accepted in the quote",
    ]
    newest = made.paper.paper().id
    made.versions.table.choose(1)
    assert made.paper.paper().id != newest
    assert made.clauses.rows()[0].text == ""
    made.clauses.opened.emit(made.clauses.rows()[0])
    assert context.router.current == Route.to("amend-contract", deal_id, clause="returns")


def test_a_screen_follows_what_happens(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = a_deal(store, a_mixed_offer(), until="accepted")
    made = opened(Route("contract", deal_id))
    do(store, service.amend_contract, deal_id, on=DAY, clause="warranty", text="Two years.")
    context.changes.tell({"contract"})
    assert len(made.versions.rows()) == 2
    assert [clause.key for clause in made.clauses.rows()] == ["returns", "warranty"]


def test_an_invoice(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = a_deal_invoiced(store)
    made = opened(Route("invoice", 1))
    assert made.badge() == ("Overdue", "bad")
    assert facts(made)["Due on"] == "4 Apr 2026 · 233 days ago"
    assert (facts(made)["Net"], facts(made)["Tax"]) == ("€180.00", "€34.20")
    assert made._amount_note.text() == "€114.20 is open"
    assert [(line.name, line.net) for line in made.lines.rows()] == [("Lamp", 16000), ("Shade", 2000)]
    assert set(verbs(made).values()) == {""}
    made.pay.trigger()
    assert context.router.current == Route.to("take-payment", deal_id, place=1)
    made.uses.opened.emit(made.uses.rows()[0])
    assert context.router.current == Route("payment", 1)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11420)
    context.changes.tell({"payment"})
    assert verbs(made)["Take a payment"] == "Nothing of it is open."
    assert made.badge() == ("Paid", "ok")


def test_a_credit_note_leads_to_what_it_corrects(store: Store, opened: Open) -> None:
    deal_id = a_deal_invoiced(store)
    do(store, fulfilment.credit, deal_id, on=date(2026, 3, 9), invoice_index=1, amount=1190, reason="Scratched")
    made = opened(Route("invoice", 2))
    assert made.badge() == ("Credit note", "neutral")
    assert (facts(made)["Corrects"], facts(made)["Reason"]) == ("INV-2026-0001", "Scratched")
    assert made._amount.text() == "−€11.90"
    made.show_route(Route("invoice", 1))
    assert made.title() == "INV-2026-0001"
    assert [note.number for note in made.notes.rows()] == ["CN-2026-0001"]


def test_a_delivery(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = a_deal_in_transit(store)
    made = opened(Route("delivery", 1))
    assert (facts(made)["Carrier"], facts(made)["Received on"]) == ("DHL", "not yet")
    assert [(line.dispatched, line.in_transit) for line in made.lines.rows()] == [(3, 3), (2, 2)]
    made.confirm.trigger()
    assert context.router.current == Route.to("confirm-receipt", deal_id, what="goods", delivery="D-2026-0001")
    do(store, fulfilment.confirm_receipt, deal_id, on=date(2026, 3, 6), by="Jo")
    context.changes.tell({"delivery"})
    assert facts(made)["Received on"] == "6 Mar 2026 · Jo"
    assert verbs(made)["Confirm receipt"] == "It was received already."


def test_a_payment(store: Store, context: AppContext, opened: Open) -> None:
    deal_id = an_open_deal(store, deposit_percent=Decimal(50))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=35000, reference="RF18")
    made = opened(Route("payment", 1))
    assert made.badge() == ("Not fully used", "warn")
    assert (facts(made)["Reference"], facts(made)["Taken as deposit"], facts(made)["Not used yet"]) == (
        "RF18",
        "€350.00",
        "€350.00",
    )
    assert verbs(made)["Pay back"] == "The customer has no credit."
    made.deal.trigger()
    assert context.router.current == Route("deal", deal_id)


def test_what_is_gone_says_so(opened: Open) -> None:
    for kind in DETAILS:
        made = opened(Route(kind, 99))
        assert made._stack.currentIndex() == 1


def test_figures_of_revenue(store: Store, context: AppContext, opened: Open, tmp_path: Path) -> None:
    deal_id = a_deal_invoiced(store)
    do(store, fulfilment.complete_service, deal_id, on=date(2026, 11, 20), line=3)
    do(store, fulfilment.pay, deal_id, on=date(2026, 11, 21), amount=5000)
    made = opened(Route("revenue"))
    assert [card.accessibleName() for card in (made.earned, made.invoiced, made.received)] == [
        "Earned this month: €100.00",
        "Invoiced this month: €100.00",
        "Received this month: €50.00",
    ]
    bars = made.chart.bars()
    assert [(bar.label, bar.actual) for bar in bars if bar.actual] == [("Mar", 18000), ("Nov", 10000)]
    assert "Mar: Earned €180.00;" in made.chart.accessibleDescription()
    rows = made.list.table.model().rows()
    assert [(row.name, row.amount) for row in rows[:1]] == [("Course", 10000)]
    assert sum(row.amount for row in rows) == sum(bar.actual for bar in bars)
    made.list.table.opened.emit(rows[0])
    assert context.router.current == Route("invoice", 2)
    made.received.opened.emit()
    assert context.router.current == Route.to("payments", since="2026-11-01", until="2026-11-30")
    made.chart.opened.emit(3)  # December to November: the fourth is March
    assert context.router.current == Route.to("revenue", since="2026-03-01", until="2026-03-31")
    made.show_route(context.router.current)
    assert [row.amount for row in made.list.table.model().rows()] == [2000, 16000]
    made.show_route(Route("revenue"))
    made.export_to(tmp_path / "revenue.xlsx")
    book = openpyxl.load_workbook(tmp_path / "revenue.xlsx", read_only=True)
    assert len(book.sheetnames) >= 5
    book.close()


def test_links_are_named_by_what_they_lead_to(store: Store, opened: Open) -> None:
    a_deal_invoiced(store)
    made = opened(Route("invoice", 1))
    buttons = named(made, QAccessible.Role.PushButton)
    assert "Customer: Lake School" in buttons
    assert "Deal: S-2026-0001" in buttons
