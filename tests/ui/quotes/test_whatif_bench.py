"""Versions side by side in the quote wizard: live, nothing written, one taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.quotes.draft import LineDraft
from app.store.store import Store
from tests.builders import a_tax, counts_of
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.quotes.price_page import PricePage
from ui.quotes.whatif_bench import WhatIfBench
from ui.quotes.wizard import QuoteWizard, screen
from ui.routes import Route

Show = Callable[..., QWidget]
KAYAK = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax(), cost=Decimal(60))


def at_bench(context: AppContext, show: Show) -> tuple[QuoteWizard, WhatIfBench]:
    """The bench, opened by its key from the price page."""
    wizard = screen(context, Route("new-quote", 1))
    assert isinstance(wizard, QuoteWizard)
    show(wizard, size=(1240, 860))
    wizard.wizard.set_draft(replace(wizard.wizard.draft, lines=(KAYAK,)))
    wizard.wizard.go_to("price")
    page = wizard.wizard.page()
    assert isinstance(page, PricePage)
    page.lines.setFocus()
    QTest.keyClick(page.lines, Qt.Key.Key_F9)
    assert wizard.bench is not None
    return wizard, wizard.bench


def test_every_key_tells_what_is_left_and_nothing_is_written(context: AppContext, show: Show, shop: Store) -> None:
    _, bench = at_bench(context, show)
    before = counts_of(shop)
    assert not unnamed_controls(bench)
    other = bench.versions[1]
    other.inputs["discount"].set_value(Decimal(10))
    other.inputs["cashback"].set_value(Decimal(5))
    assert [found.net for found in bench.outlooks] == [20000, 18000, 20000]
    assert other.figures["net"].text() == "€180.00"
    assert other.figures["rewards"].text() == "−€10.71"
    assert bench.versions[0].figures["margin"].text().startswith("most: €")
    bench.versions[2].inputs["pays_on"].set_value(date(2027, 1, 31))
    assert bench.outlooks[2].waits == 69
    assert counts_of(shop) == before


def test_a_version_is_taken_and_can_be_undone(context: AppContext, show: Show, shop: Store) -> None:
    undo: list[Callable[[], object]] = []
    context.news.said.connect(lambda _text, _verb, do_it: undo.append(do_it))
    wizard, bench = at_bench(context, show)
    inputs = bench.versions[1].inputs
    inputs["discount"].set_value(Decimal(10))
    inputs["early"].set_value(Decimal(2))
    assert bench._problem.isVisible(), "days are missing"
    inputs["early_days"].set_value(Decimal(5))
    assert not bench._problem.isVisible()
    bench.take(1)
    draft = wizard.wizard.draft
    assert (draft.payment, draft.reductions[0].percent) == ("2/5 net 7", Decimal(10))
    assert wizard.totals._total.text() == "€214.20"
    undo[-1]()
    assert wizard.totals._total.text() == "€238.00"


def test_what_is_not_to_be_worked_out_is_said(context: AppContext, show: Show, shop: Store) -> None:
    _, bench = at_bench(context, show)
    bench.versions[1].inputs["kind"].set_value("prepaid")
    assert not bench.versions[1].inputs["days"].isEnabled()
    assert bench.outlooks[1].waits == 0
    bench.reject()


def test_a_draft_without_lines_is_not_compared(context: AppContext, show: Show, said: list[str]) -> None:
    wizard, bench = at_bench(context, show)
    bench.reject()
    wizard.bench = None
    wizard.wizard.set_draft(replace(wizard.wizard.draft, lines=()))
    wizard._try_versions()
    assert wizard.bench is None
    assert said == ["Every line needs a price first"]
