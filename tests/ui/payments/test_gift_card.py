"""The payment of a gift card shows the card: code, last day, what is left, and its paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.rewards.giving import redeem_gift_card, sell_gift_card
from app.store.store import Store
from tests.builders import DAY, a_deal, do
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.payments import detail_screen
from ui.routes import Route


def test_the_card_and_its_paper(
    store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget], tmp_path: Path
) -> None:
    a_deal(store, until="draft")
    code = do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=5000, expires_on=date(2027, 6, 30)).numbers[1]
    context = make_context(store)
    made: Any = detail_screen.screen(context, Route("payment", 1))
    show(made, size=(1204, 846))
    facts = [fact.value for fact in made._card_facts(made._card)]
    assert facts == [code, "30 Jun 2027", "€50.00"]
    assert made.paper.preview.page_count() == 1
    assert made._left(made._found) == 0
    assert not unnamed_controls(made)
    made.save_card_to(tmp_path / "card.pdf")
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    do(store, redeem_gift_card, 1, on=DAY, code=code)
    made.reload()
    assert made._card_facts(made._card)[2].value == "redeemed or written off"
