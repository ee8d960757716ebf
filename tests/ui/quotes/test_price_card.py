"""Why this price? on the quote and the invoice, printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.core.totals import Reduction
from app.pipeline import fulfilment
from app.pipeline.queries import view
from app.pricing.detail import LineDetail, LostRule, PriceStep, Step
from app.pricing.unit_prices import Because
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.invoicing.detail_screen import InvoiceScreen
from ui.quotes.detail_screen import QuoteScreen
from ui.routes import Route
from ui.widgets.button import Button
from ui.widgets.explanation_files import ExplanationFiles, of_deal
from ui.widgets.price_card import PriceCard

Show = Callable[..., QWidget]

DETAIL = LineDetail(
    steps=(PriceStep(Step.LIST, Decimal(10)), PriceStep(Step.LIST, Decimal("9.99"), rule="Clubs", author="Ada")),
    lost=(LostRule(Step.LIST, "Schools", 3000, Because.PRIORITY),),
)
OFFER = an_offer(
    a_line("Rope", "3", "9.99", detail=DETAIL, reductions=(Reduction("Spring", Decimal(10), promotion="Spring"),)),
    a_line("Paddle", "1", "40"),
)


def told(card: PriceCard) -> list[str]:
    QApplication.processEvents()
    return card.explanation.texts()


def test_the_quote_explains_each_line_and_follows_the_table(context: AppContext, show: Show, shop: Store) -> None:
    made = QuoteScreen(context, a_deal(shop, OFFER, until="sent"))
    show(made, size=(1200, 900))
    assert not unnamed_controls(made)
    words = told(made.prices)
    for word in (
        "Rope",
        "Clubs",
        "List price · 3 × 9.99 · Ada",
        "Spring",
        "−€3.00",
        "€26.97",
        "another has a higher priority",
    ):
        assert word in words, word
    assert not [button for button in made.prices.explanation.findChildren(Button) if "instead" in button.text()]
    made.lines.choose(1)
    assert "Paddle" in told(made.prices)


def test_the_invoice_explains_the_quantity_it_bills_to_the_cent(context: AppContext, show: Show, shop: Store) -> None:
    deal_id = a_deal(shop, OFFER)
    do(shop, fulfilment.dispatch, deal_id, on=DAY, quantities={1: Decimal(1)})
    do(shop, fulfilment.confirm_receipt, deal_id, on=DAY)
    with shop.read() as session:
        invoice = view(session, deal_id, DAY).invoices[0]
    made = InvoiceScreen(context, Route("invoice", invoice.id))
    show(made, size=(1300, 900))
    words = told(made.prices)
    for word in ("Rope", "€10.00", "€8.99", "1 pcs"):
        assert word in words, word
    steps = made.prices._lines[0].steps
    assert sum(step.amount for step in steps) == invoice.figures.assembled.lines[0].net


def test_it_is_saved_as_workbook_and_paper(
    context: AppContext, show: Show, shop: Store, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = QuoteScreen(context, a_deal(shop, OFFER, until="sent"))
    show(made, size=(1200, 900))
    path = tmp_path / "why.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    made.prices.save.click()
    assert said == ["Saved as why.xlsx"]
    assert openpyxl.load_workbook(BytesIO(path.read_bytes())).sheetnames
    files = ExplanationFiles(context, made)
    printed: list[bytes] = []
    monkeypatch.setattr(files._papers, "ask_printer", printed.append)
    files.print(of_deal(1))
    assert printed[0].startswith(b"%PDF")
    files.save_to(of_deal(1), tmp_path / "why.pdf")
    assert (tmp_path / "why.pdf").read_bytes().startswith(b"%PDF")
