"""Customers: the list, the page, the form."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.catalog.rules import Product
from app.catalog.service import add_product
from app.core.party import Address
from app.parties.queries import customer_by_id
from app.parties.service import save_customer
from app.pricing.book import ContractPrice
from app.pricing.service import save_contract_price
from app.store import drafts
from app.store.store import Store
from tests.builders import Story, a_customer, a_tax, do, typed_line
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.parties import detail_screen, list_screen
from ui.parties.texts import address_lines, overdue_tone, payment_words
from ui.routes import Route


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """Lake School owes 285.60 since 3 April and 190.40 since 4 May; Quay Ltd has nothing."""
    story = Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="lamps")
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "3"}])
    story.then("confirm_receipt", on="2026-03-04")
    story.then("dispatch", on="2026-04-04", lines=[{"line": 1, "quantity": "2"}])
    story.then("confirm_receipt", on="2026-04-04")
    do(store, save_customer, a_customer("Quay Ltd", address=Address(city="Leeds", country="GB")))
    return make_context(store)


def opened(context: AppContext, route: Route, show: Any, size: tuple[int, int] = (1100, 800)) -> Any:
    context.router.open(route)
    screen = detail_screen.screen(context, route)
    context.router.moved.connect(lambda to: screen.show_route(to) if to.kind == "customer" else None)
    show(screen, size=size)
    return screen


def test_the_list_and_its_verbs(context: AppContext, show: Any) -> None:
    page = list_screen.screen(context, Route("customers"))
    show(page)
    assert [row.name for row in page.table.model().rows()] == ["Lake School", "Quay Ltd"]
    assert not page.quote.isEnabled()
    assert page.quote.reason == "Choose a customer first."
    page.table.choose(1)
    page.quote.trigger()
    assert context.router.current == Route("new-quote", 2)
    page.copy.trigger()
    assert context.router.current == Route.to("customer", "new", copy=2)
    page.bring.trigger()
    assert context.router.current == Route("import-customers")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert context.router.current == Route("customer", 2)
    assert not unnamed_controls(page)


def test_out_of_use_and_undo(context: AppContext, show: Any, store: Store) -> None:
    said: list[tuple[str, str, Any]] = []
    context.news.said.connect(lambda *parts: said.append(parts))
    page = list_screen.screen(context, Route("customers"))
    show(page)
    page.table.choose(0)
    page.toggle.trigger()
    assert page.table.model().rows()[0].state == "inactive"
    assert page.toggle.text() == "Use again"
    said[0][2]()
    assert page.table.model().rows()[0].state == "active"
    with store.read() as session:
        assert customer_by_id(session, 1).party.address.city == "Plön"


def test_the_page_tells_how_a_customer_stands(context: AppContext, show: Any) -> None:
    screen = opened(context, Route("customer", 1), show)
    assert (screen.title(), screen._figures.count()) == ("Lake School", 4)
    assert screen._open.accessibleName() == "Open: €476.00"
    assert screen._overdue.accessibleName() == "Overdue: €476.00"
    assert screen._earned.accessibleName() == "Revenue: €400.00"
    assert [item.days_overdue for item in screen.open_items.rows()] == [234, 203]
    assert len(screen.deals.rows()) == 1
    assert [row.sku for row in screen.prices.rows()] == ["LA-1"]
    assert "24306 Plön\nGermany" in screen._address.texts()[0]
    screen.open_items.opened.emit(screen.open_items.rows()[0])
    assert context.router.current == Route("invoice", 1)
    screen._overdue.opened.emit()
    assert context.router.current == Route.to("invoices", customer=1, state="overdue")
    assert not unnamed_controls(screen)


def test_a_customer_without_deals(context: AppContext, show: Any) -> None:
    screen = opened(context, Route("customer", 2), show)
    assert screen._nothing.isVisible()
    assert not screen.deals.isVisible()
    screen.show_route(Route("customer", 77))
    assert screen._stack.currentIndex() == 2


def test_a_new_customer_by_keyboard(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route("customer", "new"), show)
    assert screen.title() == "New customer"
    screen.form.save()
    assert screen.form.fields["name"].problem() == "Please fill this in."
    QTest.keyClicks(screen.form.fields["name"].editor, "Harbour Couriers")
    screen.form.fields["country"].set_value("NL")
    screen.form.fields["payment_terms"].set_value("net 14")
    QTest.keyClick(screen.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert context.router.current == Route("customer", 3)
    assert screen.title() == "Harbour Couriers"
    with store.read() as session:
        known = customer_by_id(session, 3)
    assert (known.party.address.country, known.payment_terms, known.active) == ("NL", "net 14", True)


def test_doubts_are_told_and_do_not_hinder(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route.to("customer", 1, edit=1), show)
    form = screen.form
    form.fields["iban"].set_value("DE02 1203 0000 0000 2020 52")
    form.fields["tax_id"].set_value("DE12")
    form._tell_doubts()
    assert "check digits" in form._doubts["iban"].text()
    assert "DE" in form._doubts["tax_id"].text()
    assert not unnamed_controls(screen)
    form.save()
    with store.read() as session:
        assert customer_by_id(session, 1).party.iban == "DE02120300000000202052"


def test_another_delivery_address_and_its_end(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route.to("customer", 1, edit=1), show)
    assert not screen.form.fields["ship_city"].isVisible()
    screen.form._elsewhere.set_value(True)
    screen.form.fields["ship_city"].set_value("Kiel")
    screen.form.save()
    with store.read() as session:
        assert customer_by_id(session, 1).party.ship_to.city == "Kiel"
    screen.edit()
    screen.form._elsewhere.set_value(False)
    screen.form.save()
    with store.read() as session:
        assert not customer_by_id(session, 1).party.delivery_address


def test_what_was_typed_waits(context: AppContext, show: Any) -> None:
    screen = opened(context, Route.to("customer", 1, edit=1), show)
    screen.form.fields["phone"].set_value("0431 1234")
    context.router.open(Route("customer", 2))
    context.router.open(Route.to("customer", 1, edit=1))
    assert screen.form.fields["phone"].value() == "0431 1234"
    assert screen.form._banner.isVisible()
    screen.form._start_anew()
    assert screen.form.fields["phone"].value() == ""
    screen.form._cancel()
    assert context.router.current == Route("customer", 2)


def kept_forms(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        return [(item.kind, item.subject) for item in drafts.kept(session)]


def test_what_was_typed_is_in_the_file_until_it_is_saved_or_given_up(context: AppContext, show: Any) -> None:
    store = context.store
    screen = opened(context, Route("customer", "new"), show)
    assert kept_forms(store) == []
    screen.form.fields["name"].set_value("Quiet Bay")
    screen.form._active.set_value(False)
    screen.flush()
    assert kept_forms(store) == [("customer", "new")]
    again = opened(context, Route("customer", "new"), show)
    assert (again.form.fields["name"].value(), again.form._active.value()) == ("Quiet Bay", False)
    assert again.form._banner.isVisible()
    again.form.save()
    assert kept_forms(store) == []
    screen.show_route(Route.to("customer", 1, edit=1))
    screen.form.fields["phone"].set_value("1")
    screen.flush()
    screen.form.fields["phone"].set_value("")
    screen.flush()
    assert kept_forms(store) == []
    screen.form.fields["phone"].set_value("2")
    screen.flush()
    screen.form._cancel()
    assert kept_forms(store) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_form_survives_being_killed(
    empty_store: Path, tmp_path: Path, make_context: Callable[..., AppContext], show: Any
) -> None:
    file = Path(shutil.copyfile(empty_store, tmp_path / "killed.handsel"))
    command = [sys.executable, "-m", "tests.ui.parties.killed", str(file), str(tmp_path), "Harbour Café, Kiel"]
    died = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[3], check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode(errors="replace")[-2000:]
    with Store.open(file) as store:
        screen = opened(make_context(store), Route("customer", "new"), show)
        assert screen.form.fields["name"].value() == "Harbour Café, Kiel"


def test_a_copy_keeps_the_place_not_the_name(context: AppContext, show: Any) -> None:
    screen = opened(context, Route.to("customer", "new", copy=1), show)
    values = screen.form.values()
    assert (values.party.name, values.party.address.city, values.party.email) == ("", "Plön", "")


def test_words(german: None) -> None:
    assert address_lines(Address("Hafen 1", "", "24103", "Kiel", "", "DE")) == "Hafen 1\n24103 Kiel\nDeutschland"
    assert payment_words("odd terms") == "odd terms"
    assert [overdue_tone(days) for days in (0, 1, 31)] == ["neutral", "warn", "bad"]


@pytest.mark.parametrize("size", [(864, 646), (1204, 846)])
def test_nothing_needs_more_room_than_there_is(context: AppContext, show: Any, size: tuple[int, int]) -> None:
    for route in (Route("customer", 1), Route.to("customer", 1, edit=1)):
        screen: QWidget = detail_screen.screen(context, route)
        assert screen.minimumSizeHint().width() <= size[0], route
    page = list_screen.screen(context, Route("customers"))
    assert page.minimumSizeHint().width() <= size[0]


def test_a_group_contract_prices_and_the_wallet(store: Store, context: AppContext, show: Any) -> None:
    key = 2
    do(store, add_product, Product("KAY", "Kayak", "EUR", Decimal(100), a_tax()))
    do(store, save_contract_price, ContractPrice(key, "KAY", "EUR", Decimal(85)))
    screen = opened(context, Route.to("customer", key, edit=1), show)
    screen.form.fields["group"].set_value("Clubs")
    screen.form.save()
    assert screen.found.customer.group == "Clubs"
    assert [row.item.sku for row in screen.agreed.rows()] == ["KAY"]
    said: list[str] = []
    context.news.said.connect(lambda text, *_: said.append(text))
    wallet = screen.wallet
    wallet.sell.trigger()
    wallet.dialog.fields["amount"].set_value(5000)
    wallet.dialog.accept()
    (card,) = screen.found.owed.cards
    assert card.code in said[-1]
    wallet.redeem.trigger()
    wallet.dialog.fields["code"].set_value("NONSENSE")
    wallet.dialog.accept()
    assert wallet.dialog.fields["code"].problem().startswith("This is no code")
    wallet.dialog.fields["code"].set_value(card.code.lower())
    wallet.dialog.accept()
    assert screen.found.owed.wallets[0].credit == 5000
    assert not wallet.points.isEnabled() and wallet.points.reason
    assert unnamed_controls(screen) == []
