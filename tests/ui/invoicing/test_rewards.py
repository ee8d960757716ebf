"""The invoice's page with cash rounding, paying early, cashback and goodwill; the credit note that takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.core.totals import Basis
from app.invoicing.cash_rounding import set_cash_rounding
from app.pipeline import fulfilment, queries
from app.rewards.giving import set_programme
from app.rewards.points import Programme
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do
from tests.ui.accessibility import unnamed_controls
from tests.ui.deal_steps import put, told, wizard_of
from ui.context import AppContext
from ui.invoicing import detail_screen, wizard
from ui.routes import Route

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    made = make_context(store)
    made.today = lambda: date(2026, 3, 6)
    return made


def invoiced(store: Store, **terms: Any) -> int:
    """200.00 and 38.00 tax, invoiced on 2 March."""
    basis = terms.pop("basis", Basis("EUR"))
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", "200.00"), **terms), basis=basis)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def page_of(context: AppContext, show: Callable[..., QWidget], invoice_id: int = 1) -> Any:
    made = detail_screen.screen(context, Route("invoice", invoice_id))
    show(made, size=(1204, 846))
    return made


def facts_on(page: Any) -> dict[str, str]:
    """The facts by their words."""
    grid = page._facts
    found = {}
    for place in range(grid.rowCount()):
        item = grid.itemAtPosition(place, 0)
        if item is not None:
            value = grid.itemAtPosition(place, 1).widget()
            found[item.widget().text()] = value.text() if hasattr(value, "text") else value.findChild(QWidget).text()
    return found


def rows_on(page: Any) -> list[tuple[str, str, str]]:
    return [(row.what, row.note, row.amount) for row in page.rewards.rows()]


def test_what_is_offered_and_promised(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = invoiced(store, payment="2/10 net 30", cashback_percent=Decimal(5))
    page = page_of(context, show)
    facts = facts_on(page)
    assert facts["Paying early"] == f"2{SPACE}% until 12 Mar 2026: €233.24 settles it"
    assert facts["Cashback"] == "€11.90 promised, €0.00 of it is credit"
    context.today = lambda: date(2026, 3, 13)
    page.reload()
    assert facts_on(page)["Paying early"] == f"2{SPACE}% until 12 Mar 2026, over"
    do(store, fulfilment.pay, deal_id, on=date(2026, 3, 5), amount=23324)
    page.reload()
    facts = facts_on(page)
    assert "Paying early" not in facts
    assert facts["Taken for paying early"] == "€4.76"
    assert rows_on(page) == [
        ("Cashback promised", "INV-2026-0001", "€11.90"),
        ("Taken for paying early", "P-2026-0001", "−€4.76"),
        ("Cashback taken back", "P-2026-0001", "−€0.24"),
        ("Cashback credited", "P-2026-0001", "€11.66"),
    ]
    page.rewards.opened.emit(page.rewards.rows()[1])
    assert context.router.current == Route("payment", 1)
    assert not unnamed_controls(page)


def test_cash_rounding_is_a_row(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    """9.98 and 8.1 % tax are 10.79: 0.01 up to the next five centimes."""
    do(store, set_cash_rounding, "CHF", step=Decimal("0.05"))
    deal_id = a_deal(store, an_offer(a_line("Tea", "1", "9.98", "8.1")), basis=Basis("CHF"))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert facts_on(page_of(context, show))["Cash rounding"].replace(SPACE, " ") == "+CHF 0.01"


def test_points(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.01")))
    deal_id = invoiced(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    page = page_of(context, show)
    assert facts_on(page)["Points"] == "200 promised, 100 can be spent"
    assert [row[0] for row in rows_on(page)] == ["Points promised", "Points granted"]


def test_goodwill_is_given(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = invoiced(store)
    page = page_of(context, show)
    page.goodwill.trigger()
    dialog = page.dialog
    assert not unnamed_controls(dialog)
    dialog.fields["amount"].set_value(20001)
    dialog.accept()
    assert "Not more than 200.00" in dialog.fields["amount"].problem()
    assert dialog.fields["reason"].problem() == "Please fill this in."
    dialog.fields["amount"].set_value(2500)
    dialog.fields["reason"].set_value("Scratched hull")
    dialog.fields["expires_on"].set_value(date(2026, 12, 31))
    said: list[str] = []
    context.news.said.connect(lambda text, *_: said.append(text))
    dialog.accept()
    assert said == ["€25.00 of goodwill is the customer's credit"]
    assert rows_on(page) == [("Goodwill", "Scratched hull · until 31 Dec 2026", "€25.00")]
    with store.read() as session:
        assert queries.view(session, deal_id, DAY).money.credit == 2500


def test_no_goodwill_on_what_is_credited(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = invoiced(store, cashback_percent=Decimal(5))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=23800)
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1, reason="Wrong")
    page = page_of(context, show)
    assert (page.goodwill.isEnabled(), page.goodwill.reason) == (False, "All of it is credited already.")
    assert facts_on(page)["Cashback"] == "€0.00 promised, €0.00 of it is credit, €11.90 taken back"
    note = page_of(context, show, 2)
    assert rows_on(note) == [
        ("Cashback taken back", "CN-2026-0001", "−€11.90"),
        ("of it credit taken back", "CN-2026-0001", "−€11.90"),
    ]


def test_the_credit_note_says_what_it_takes_back(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    deal_id = invoiced(store, cashback_percent=Decimal(5))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=13800)
    made = wizard.screen(context, Route("credit", deal_id))
    show(made)
    steps = wizard_of(made)
    put(steps, amount=11900, reason="Scratched")
    steps.next()
    assert "€5.95 of cashback goes back with it" in told(steps)
    assert "€0.95 of that was credit already: so much less is credited" in told(steps)


def test_the_page_in_german(store: Store, context: AppContext, show: Callable[..., QWidget], german: None) -> None:
    invoiced(store, payment="2/10 net 30", cashback_percent=Decimal(5))
    facts = facts_on(page_of(context, show))
    assert "begleichen sie" in facts["Skonto"]
    assert "davon sind Guthaben" in facts["Cashback"]
