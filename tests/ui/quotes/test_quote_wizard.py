"""The quote wizard through its window: by hand, by keyboard alone, kept, resumed, sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import NotAllowed
from app.core.totals import Reduction
from app.pipeline import queries
from app.pipeline.queries import DealView
from app.quotes.draft import LineDraft
from app.quotes.rules import QuoteState
from app.store import drafts
from app.store.store import Store
from tests.builders import a_deal, a_line, a_tax, an_offer
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from ui.context import AppContext
from ui.quotes.customer_page import CustomerPage
from ui.quotes.price_page import PricePage
from ui.quotes.products_page import ProductsPage
from ui.quotes.review_page import ReviewPage
from ui.quotes.wizard import QuoteWizard, screen
from ui.routes import Route

Show = Callable[..., QWidget]
KAYAK = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax(), cost=Decimal(60))


def opened(context: AppContext, show: Show, route: Route | None = None) -> QuoteWizard:
    made = screen(context, route or Route("new-quote"))
    assert isinstance(made, QuoteWizard)
    show(made, size=(1240, 860))
    QApplication.processEvents()
    return made


def fill(wizard: QuoteWizard, **over: Any) -> None:
    """A whole draft, on the page that is open."""
    draft = wizard.wizard.draft
    values = {"customer": replace(draft.customer, name="Lake School"), "lines": (KAYAK,)} | over
    wizard.wizard.set_draft(replace(draft, **values))


def go_to(wizard: QuoteWizard, step: str) -> Any:
    wizard.wizard.go_to(step)
    assert wizard.wizard.step == step
    return wizard.wizard.page()


def deal_of(context: AppContext) -> DealView:
    route = context.router.current
    assert route is not None
    assert route.kind == "deal"
    with context.store.read() as session:
        return queries.view(session, int(route.id or 0), TODAY)


def typed(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def pressed(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
    QApplication.processEvents()


def test_the_whole_wizard_by_keyboard_alone(context: AppContext, show: Show, said: list[str]) -> None:
    wizard = opened(context, show)
    typed("lake sch")
    pressed(Qt.Key.Key_Return)
    assert wizard.wizard.draft.customer.name == "Lake School"
    assert wizard.wizard.draft.payment_days == 7
    pressed(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wizard.wizard.step == "products"
    typed("k-1")
    pressed(Qt.Key.Key_Return)
    typed("3")
    pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_Escape)
    page = wizard.wizard.page()
    assert isinstance(page, ProductsPage)
    page.search.setFocus()
    typed("course")
    pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_Escape)
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.wizard.step == "price"
    assert QApplication.focusWidget() is wizard.wizard.page().lines  # type: ignore[attr-defined]
    typed("9")
    typed("0")
    pressed(Qt.Key.Key_Return)
    typed("10%")
    pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_Escape)
    pressed(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wizard.wizard.step == "terms"
    pressed(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wizard.wizard.step == "review"
    pressed(Qt.Key.Key_Space)
    assert wizard.wizard._next.text() == "Save and send quote"
    pressed(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view = deal_of(context)
    assert said == ["Quote Q-2026-0001 sent to Lake School"]
    first, second = view.quote.offer.lines
    assert (first.quantity, first.unit_price, first.list_price) == (Decimal(3), Decimal(90), Decimal(100))
    assert first.reductions == (Reduction(percent=Decimal(10)),)
    assert (second.name, second.quantity) == ("Course", Decimal(1))
    assert view.quote.state is QuoteState.SENT
    assert view.quote.gross == (24300 + 48000) * 119 // 100


def test_all_problems_of_a_page_are_shown_at_once_and_back_loses_nothing(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    wizard.wizard.next()
    assert wizard.wizard.page().fields["customer"].problem()
    wizard.wizard.page().fields["email"].set_value("no mail")
    wizard.wizard.page().fields["customer"].set_value("New Club")
    wizard.wizard.next()
    assert wizard.wizard.page().fields["email"].problem() == "This is no e-mail address."
    wizard.wizard.page().fields["email"].set_value("club@lake.example")
    wizard.wizard.next()
    page = wizard.wizard.page()
    assert isinstance(page, ProductsPage)
    wizard.wizard.next()
    assert wizard.wizard._summary.count() == 1
    page.model.insert(0, [LineDraft(sku="X", quantity=None), replace(KAYAK, quantity=Decimal(0))])
    wizard.wizard.next()
    assert page.model.problems() == {
        (0, 0): "It needs a name.",
        (0, 2): "The quantity has to be above zero.",
        (1, 2): "The quantity has to be above zero.",
    }
    assert wizard.wizard._summary.count() == 3
    wizard.wizard.back()
    assert wizard.wizard.page().fields["customer"].value() == "New Club"
    wizard.wizard.next()
    assert [line.sku for line in wizard.wizard.draft.lines] == ["X", ""]


def test_a_known_customer_is_chosen_and_let_go(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    page = wizard.wizard.page()
    assert isinstance(page, CustomerPage)
    page.name.set_value("lake")
    assert [item.name for item in page._found] == ["Lake Club", "Lake School"]
    assert not page.take_only()
    assert page.enter_matches()
    pressed(Qt.Key.Key_Return)
    assert wizard.wizard.draft.customer.name == "Lake Club"
    assert page._known.isVisible()
    page.change.click()
    assert wizard.wizard.draft.customer_id is None
    assert wizard.wizard.draft.customer.name == ""
    page.name.set_value("Somebody new")
    page.fields["country"].set_value("DE")
    wizard.wizard.read()
    assert (wizard.wizard.draft.customer.name, wizard.wizard.draft.customer.address.country) == ("Somebody new", "DE")


def test_a_route_names_the_customer(context: AppContext, show: Show) -> None:
    wizard = opened(context, show, Route("new-quote", 1))
    assert wizard.wizard.draft.customer.name == "Lake School"
    assert wizard.wizard.draft.payment_days == 7


def test_products_by_search_by_number_and_pasted(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    fill(wizard, lines=())
    page = go_to(wizard, "products")
    page.search.setText("kay")
    page.search.search_now()
    assert [item.sku for item in page._found] == ["K-1", "K-2"]
    assert page.matches.isVisible()
    page.add("K-2")
    page.search.setText("Freight by ship")
    page.search.search_now()
    page.add_first()
    QGuiApplication.clipboard().setText("C-1\tx\t2\thours\nRope\t\tfive\tMetre")
    page.lines.choose(1, 0)
    page.model.add_blank()
    page.lines.choose(2, 0)
    page.lines.paste()
    names = [(line.name, line.sku, line.quantity) for line in page.model.rows()]
    assert names == [
        ("Kayak, long", "K-2", Decimal(1)), ("Freight by ship", "", Decimal(1)), ("Course", "C-1", Decimal(2)),
        ("Rope", "", Decimal(1)),
    ]  # fmt: skip
    assert page.model.row(3).unit == "MTR"
    assert page.model.row(1).tax == a_tax()
    assert (3, 2) in page.model.problems()


def test_removed_lines_come_back(context: AppContext, show: Show) -> None:
    undo: list[Any] = []
    context.news.said.connect(lambda _text, _verb, do_it: undo.append(do_it))
    wizard = opened(context, show)
    fill(wizard, lines=(KAYAK, replace(KAYAK, name="Paddle")))
    page = go_to(wizard, "products")
    page.lines.choose(0)
    page.lines.remove_lines()
    assert [line.name for line in wizard.wizard.draft.lines] == ["Paddle"]
    undo[-1]()
    assert [line.name for line in wizard.wizard.draft.lines] == ["Kayak", "Paddle"]


def test_totals_and_margins_follow_every_edit(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    fill(wizard, lines=(LineDraft(), KAYAK))
    page = go_to(wizard, "price")
    assert wizard.totals.isVisible()
    assert wizard.totals._total.text() == "€238.00"
    assert page.model.index(0, 5).data() == "40.0\u00a0%"
    page.model.put(0, 2, (Decimal(10), None))
    assert wizard.totals._total.text() == "€214.20"
    assert page.model.index(0, 5).data() == "33.3\u00a0%"
    assert page.model.index(0, 6).data() == "180.00"
    page.model.put(0, 1, Decimal(70))
    assert wizard.totals._margin_percent.text() == "4.8\u00a0%"
    assert "below your floor" in wizard.totals._hint.text()
    page.whole.insert(0, [Reduction("Freight", amount=1000, charge=True), Reduction("Season")])
    page.whole.put(1, 2, (None, 500))
    assert [item.amount for item in wizard.wizard.draft.reductions] == [1000, 500]
    assert wizard.totals._total.text() == "€155.89"
    page.include.set_value(True)
    assert wizard.wizard.draft.prices_include_tax
    assert wizard.totals._total.text() == "€155.89", "the gross is kept to the cent"
    assert wizard.wizard.draft.lines[0] == LineDraft()


def test_a_discount_above_the_price_is_marked_in_its_cell(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    fill(wizard, lines=(LineDraft(), KAYAK))
    page = go_to(wizard, "price")
    page.model.put(0, 2, (None, 30000))
    assert wizard.totals._total.text() == "—"
    wizard.wizard.next()
    assert wizard.wizard.step == "price"
    assert page.model.problems() == {(0, 2): "The discount is more than the price."}
    page.model.put(0, 2, None)
    page.model.put(0, 1, None)
    wizard.wizard.next()
    assert page.model.problems() == {(0, 1): "It needs a price."}


def test_an_edit_to_new_totals_takes_less_than_50_ms(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    fill(wizard, lines=(KAYAK,) * 40)
    page = go_to(wizard, "price")
    took = []
    for price in range(50, 71):
        start = time.perf_counter()
        page.model.put(3, 1, Decimal(price))
        took.append(time.perf_counter() - start)
        assert page.model.index(3, 6).data() == f"{2 * price}.00"
    assert sorted(took)[10] < 0.05, took


def test_terms(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    fill(wizard, clauses=("my own", "warranty"))
    page = go_to(wizard, "terms")
    page.fields["deposit_kind"].set_value("amount")
    assert page.amount.isVisible()
    assert not page.percent.isVisible()
    page.amount.set_value(50000)
    page.valid.set_value(Decimal(0))
    wizard.wizard.next()
    assert page.amount.problem() == "This is more than the whole quote."
    assert page.valid.problem() == "Between 1 and 3650 days, please."
    page.amount.set_value(5000)
    page.valid.set_value(Decimal(10))
    assert page._until.text() == "until 3 Dec 2026"
    page._ticks["delivery"].set_value(True)
    page._ticks["warranty"].set_value(False)
    wizard.wizard.next()
    assert wizard.wizard.step == "review"
    draft = wizard.wizard.draft
    assert (draft.deposit_amount, draft.valid_days, draft.clauses) == (5000, 10, ("my own", "delivery"))
    page = go_to(wizard, "terms")
    page.fields["payment"].set_value("prepaid")
    assert not page.deposit.isVisible()
    assert not page.payment_days.isVisible()


def test_the_review_shows_the_real_paper_and_what_to_look_at(context: AppContext, show: Show, qtbot: QtBot) -> None:
    wizard = opened(context, show)
    fill(wizard, lines=(replace(KAYAK, cost=None),), title="Boats for the lake")
    page = go_to(wizard, "review")
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.preview.page_count() == 1, timeout=3000)
    file = page.preview._pages.file
    assert file is not None
    assert "Boats for the lake" in file.text(0)
    assert "238.00" in file.text(0)
    assert not wizard.totals.isVisible()
    assert wizard.wizard._next.text() == "Save draft quote"
    assert not unnamed_controls(wizard)
    page.wanted.emit("price")
    assert wizard.wizard.step == "price"


def test_a_draft_quote_is_saved(context: AppContext, show: Show, shop: Store, said: list[str]) -> None:
    wizard = opened(context, show)
    fill(wizard)
    go_to(wizard, "review")
    wizard.wizard.next()
    view = deal_of(context)
    assert view.quote.state is QuoteState.DRAFT
    assert said == ["Draft quote saved for Lake School"]
    with shop.read() as session:
        assert drafts.kept(session) == []


def test_it_is_kept_while_typing_and_goes_on_after_a_crash(
    context: AppContext, show: Show, shop: Store, said: list[str]
) -> None:
    wizard = opened(context, show)
    with shop.read() as session:
        assert drafts.kept(session) == []
    wizard.wizard.page().fields["customer"].set_value("New Club")
    wizard.wizard.flush()
    del wizard
    again = opened(context, show)
    assert again.wizard.draft.customer.name == "New Club"
    assert said == ["Your draft goes on where you left it"]
    again._start_over()
    with shop.read() as session:
        assert drafts.kept(session) == []


def test_a_kept_draft_that_cannot_be_read_is_begun_anew(context: AppContext, show: Show, shop: Store) -> None:
    for text in ("{", '{"on": "never"}', '{"unheard": 1}', "[]"):
        with shop.write("test") as session:
            drafts.put(session, drafts.Draft("new-quote", "", 1, text))
        assert opened(context, show).wizard.draft.customer.name == ""


def test_a_sent_quote_is_revised(context: AppContext, show: Show, shop: Store, said: list[str]) -> None:
    deal_id = a_deal(shop, until="sent")
    wizard = opened(context, show, Route("revise-quote", deal_id))
    assert wizard.title() == "Revise the quote"
    assert wizard.wizard.step == "products"
    page = go_to(wizard, "price")
    assert not page.currency.isVisible()
    page.model.put(0, 2, (Decimal(5), None))
    review = go_to(wizard, "review")
    assert not review.send.isVisible()
    assert wizard.wizard._next.text() == "Save and send the revision"
    wizard.wizard.next()
    view = deal_of(context)
    assert (view.quote.revision, view.quote.state, view.quote.handed_over) == (2, QuoteState.SENT, True)
    assert view.quote.gross == 22610


def test_an_accepted_quote_is_not_revised(context: AppContext, shop: Store) -> None:
    with pytest.raises(NotAllowed, match="amend the contract"):
        screen(context, Route("revise-quote", a_deal(shop, until="accepted")))


def test_a_copy_begins_with_everything(context: AppContext, show: Show, shop: Store) -> None:
    deal_id = a_deal(shop, an_offer(a_line(reductions=(Reduction("Season", Decimal(3)),))), title="Boats")
    wizard = opened(context, show, Route.to("new-quote", None, duplicate=deal_id))
    assert wizard.wizard.draft.title == "Boats"
    assert wizard.wizard.draft.lines[0].reductions == (Reduction("Season", Decimal(3)),)
    go_to(wizard, "review")
    wizard.wizard.next()
    assert deal_of(context).deal.id != deal_id


def test_save_and_close_leaves_to_the_deals(context: AppContext, show: Show) -> None:
    wizard = opened(context, show)
    wizard.wizard.close_saved()
    assert context.router.current == Route("deals")


@pytest.mark.parametrize("step", ["customer", "products", "price", "terms"])
def test_every_page_is_readable_by_a_screen_reader(context: AppContext, show: Show, step: str) -> None:
    wizard = opened(context, show)
    fill(wizard, reductions=(Reduction("Freight", amount=100, charge=True),))
    if step != "customer":
        go_to(wizard, step)
    assert not unnamed_controls(wizard)
    page = wizard.wizard.page()
    if isinstance(page, PricePage):
        page.lines.edit_cell(0, 2)
        assert page.lines.findChild(QLineEdit) is not None
        assert not unnamed_controls(wizard)
