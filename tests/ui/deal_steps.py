"""Deals on a real file for the tests of later stages, and short ways to drive their wizards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.delivery.rules import Confirmed
from app.pipeline import fulfilment
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, an_offer, do
from ui.wizards.deal_wizard import DealWizard
from ui.wizards.wizard import Wizard

D = Decimal


def a_mixed_offer(**terms: Any) -> Any:
    """5 lamps at 80.00 (cost 50.00), 2 shades at 10.00, a course at 100.00: net 520.00, gross 618.80."""
    lines = (
        a_line("Lamp", "5", "80.00", cost="50.00", sku="L-1"),
        a_line("Shade", "2", "10.00", cost="4.00", sku="S-1"),
        a_service("Course", "1", "100.00", sku="C-1"),
    )
    return an_offer(*lines, **({"clauses": ("returns",)} | terms))


def an_open_deal(store: Store, **terms: Any) -> int:
    """Signed by both sides; nothing has moved."""
    return a_deal(store, a_mixed_offer(**terms), title="Lamps for the hall")


def a_deal_in_transit(store: Store) -> int:
    """3 lamps and 2 shades are on their way."""
    deal_id = an_open_deal(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY, quantities={1: D(3), 2: D(2)}, carrier="DHL", tracking="JD 01")
    return deal_id


def a_deal_invoiced(store: Store) -> int:
    """3 lamps (one damaged) and 2 shades: 180.00 + 34.20 = 214.20 invoiced, 100.00 paid."""
    deal_id = a_deal_in_transit(store)
    lines = {1: Confirmed(D(2), D(1)), 2: Confirmed(D(2))}
    do(store, fulfilment.confirm_receipt, deal_id, on=date(2026, 3, 5), by="Jo", lines=lines)
    do(store, fulfilment.pay, deal_id, on=date(2026, 3, 6), amount=10000)
    return deal_id


def wizard_of(screen: Any) -> Wizard:
    """The wizard inside the screen."""
    assert isinstance(screen, DealWizard)
    assert screen.wizard is not None
    return screen.wizard


def put(wizard: Wizard, **values: Any) -> None:
    """Type into the fields of the open page."""
    for name, value in values.items():
        wizard.page().fields[name].set_value(value)


def cell(wizard: Wizard, row: int, column: int, value: Any) -> None:
    """Type into a cell of the open page's table."""
    page: Any = wizard.page()
    page.table.model.put(row, column, value)


def told(wizard: Wizard) -> list[str]:
    """What the review says."""
    page: Any = wizard.page()
    return list(page.sentences())


def wrong(wizard: Wizard) -> list[str]:
    """The problems beside the fields and cells of the open page."""
    page: Any = wizard.page()
    found = [field.problem() for field in page.fields.with_problems()]
    table = getattr(page, "table", None)
    return found + ([] if table is None else [*table.model.problems().values()])


def commit_words(wizard: Wizard) -> str:
    """What the last button says."""
    return wizard._next.text()
