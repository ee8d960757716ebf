"""Every page there is, opened in the practice company: no control of any of them is without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.store.store import Store
from tests.ui.accessibility import unnamed_controls
from tests.ui.frame.conftest import MakeWindow
from ui.frame.screens import MODULES
from ui.main_window import MainWindow
from ui.routes import Route

OF_A_ROW = {
    "payment": "payment", "delivery": "delivery", "invoice": "invoice", "customer": "customer", "product": "product",
    "guide": "guide", "price-list": "price_list", "contract-price": "contract_price", "promotion": "promotion",
    "coupon": "coupon", "delivery-rule": "delivery_rule",
}  # fmt: skip
"""Pages of one row, and its table."""

OF_A_DEAL = {
    "deal", "quote", "contract", "revise-quote", "amend-contract", "amend-lines", "sign-contract", "take-payment",
    "refund", "dispatch", "confirm-receipt", "complete-service", "return", "credit",
}  # fmt: skip
"""Pages of one deal; a wizard opens only for a deal that stands where it may begin."""


def ids(company: Path, kind: str) -> list[int | str | None]:
    """What the page can be asked to show, the newest first."""
    if kind not in OF_A_ROW and kind not in OF_A_DEAL:
        return [None]
    table = OF_A_ROW.get(kind, "deal")
    with Store.open(company) as store, store.read() as session:
        rows = session.connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id DESC").scalars()
        return list(rows) or ["new"]


def opened(window: MainWindow, kind: str, wanted: list[int | str | None]) -> bool:
    """Go to the first of them whose page comes."""
    for row_id in wanted:
        window.go(Route(kind) if row_id is None else Route(kind, row_id))
        QApplication.processEvents()
        assert window.company is not None
        if window.company.context.router.current.kind == kind:
            return True
    return False


@pytest.mark.parametrize("kind", sorted(MODULES))
def test_no_page_has_a_control_without_a_name(kind: str, make_window: MakeWindow, company: Path) -> None:
    wanted = ids(company, kind)
    window = make_window(company)
    assert opened(window, kind, wanted), f"no row of the practice company opens {kind}"
    assert not unnamed_controls(window)
