"""Which options does the buyer take: ticks in the window of the acceptance, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.totals import Basis
from app.pipeline import queries
from app.pipeline.rules import Action as Verb
from app.quotes.rules import Offer, Proposal, QuoteState
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.widgets.deal_verbs import DealVerbs
from ui.widgets.option_ticks import OptionTicks

BOAT = a_line("Boat", "1", "900")
OFFER = Offer(
    (BOAT, a_line("Rope", "2", "10")),
    proposals=(
        Proposal(a_line("Cover", "1", "100")),
        Proposal(a_line("Big boat", "1", "1500"), instead_of=0),
        Proposal(a_line("Old boat", "1", "300"), instead_of=0),
    ),
)


def test_the_total_follows_and_alternatives_exclude_each_other(qtbot: QtBot) -> None:
    ticks = OptionTicks(OFFER, Basis("EUR"))
    qtbot.addWidget(ticks)
    assert [tick.text() for tick in ticks.ticks.values()] == [
        "1 × Cover", "1 × Big boat instead of Boat", "1 × Old boat instead of Boat",
    ]  # fmt: skip
    assert ticks.total_words() == "Total with tax: €1,094.80"
    ticks.ticks[0].click()
    ticks.ticks[1].click()
    assert ticks.total_words() == "Total with tax: €1,927.80"
    ticks.ticks[2].click()
    assert ticks.value() == (0, 2)
    ticks.set_value((1,))
    assert ticks.value() == (1,)


def test_accepting_with_options_by_hand(
    store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget]
) -> None:
    deal_id = a_deal(store, OFFER, until="sent")
    context = make_context(store)
    owner = QWidget()
    show(owner)
    verbs = DealVerbs(context, owner)
    with store.read() as session:
        verbs.show(queries.view(session, deal_id, DAY))
    verbs.run(Verb.ACCEPT_QUOTE)
    assert verbs.dialog is not None
    assert not unnamed_controls(verbs.dialog)
    verbs.dialog.fields["on"].set_value(DAY)
    verbs.dialog.fields["chosen"].set_value((0,))
    verbs.dialog.accept()
    with store.read() as session:
        view = queries.view(session, deal_id, DAY)
    assert (view.quote.state, view.quote.revision) == (QuoteState.ACCEPTED, 2)
    assert [(line.name, line.quantity) for line in view.quote.offer.lines] == [
        ("Boat", Decimal(1)), ("Rope", Decimal(2)), ("Cover", Decimal(1)),
    ]  # fmt: skip
    assert view.contract is not None
