"""The quote wizard over the agreed lines of a contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.contracts.rules import ContractState
from app.core.errors import NotAllowed
from app.quotes.rules import QuoteState
from app.store import drafts
from app.store.store import Store
from tests.builders import a_deal, facts_of
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.quotes.amend_wizard import AmendLinesWizard, screen
from ui.routes import Route

Show = Callable[..., QWidget]
EARLIER = date(2026, 2, 28)


def opened(context: AppContext, show: Show, deal_id: int) -> AmendLinesWizard:
    made = screen(context, Route("amend-lines", deal_id))
    assert isinstance(made, AmendLinesWizard)
    show(made, size=(1240, 860))
    QApplication.processEvents()
    return made


def listed(wizard: AmendLinesWizard) -> list[str]:
    summary: Any = wizard.wizard._summary
    return [button.text() for button in summary.findChildren(QWidget) if hasattr(button, "text") and button.text()]


def test_the_agreed_lines_are_changed_into_a_new_version(
    context: AppContext, show: Show, shop: Store, said: list[str]
) -> None:
    deal_id = a_deal(shop, until="signed_by_one", title="Boats")
    made = opened(context, show, deal_id)
    wizard = made.wizard
    page: Any = wizard.page()
    assert not page.title.isVisible()
    assert not unnamed_controls(made)
    wizard.next()
    wizard.next()
    assert wizard.step == "price"
    assert any("Nothing is changed yet" in words for words in listed(made))
    wizard.back()
    wizard.page().model.put(0, 2, Decimal(3))  # type: ignore[attr-defined]
    wizard.next()
    wizard.next()
    assert wizard.step == "review"
    review: Any = wizard.page()
    assert review.sentences() == [
        "Version 2 of contract C-2026-0001 is made",
        "Revision 2 of quote Q-2026-0001 goes with it",
        "1 signature no longer counts",
        "A letter with the new version waits in the outbox",
    ]
    assert [item.kind for item in review._foreseen] == ["contract", "quote"]
    assert made._total_words(wizard.draft) == "Its total goes from €238.00 to €357.00."
    assert wizard._next.text() == "Make version 2 of the contract"
    wizard.next()
    assert context.router.current == Route("contract", deal_id)
    assert said == ["Version 2 of the contract is made"]
    known = facts_of(shop, deal_id)
    assert known.contract is not None
    assert (known.contract.version, known.contract.state) == (2, ContractState.DRAFT)
    assert (known.quote.revision, known.quote.state, known.quote.gross) == (2, QuoteState.ACCEPTED, 35700)
    assert (known.deal.title, known.quote.offer.terms.valid_days) == ("Boats", 30)
    with shop.read() as session:
        assert drafts.kept(session) == []


def test_what_was_typed_is_kept_and_days_before_the_contract_are_refused(
    context: AppContext, show: Show, shop: Store, said: list[str]
) -> None:
    deal_id = a_deal(shop, until="accepted")
    wizard = opened(context, show, deal_id).wizard
    page: Any = wizard.page()
    page.on.set_value(EARLIER)
    wizard.next()
    assert wizard.step == "products"
    assert page.on.problem().startswith("Not before the contract was made")
    wizard.flush()
    again = opened(context, show, deal_id)
    assert again.wizard.draft.on == EARLIER
    assert said == ["Your draft goes on where you left it"]


@pytest.mark.parametrize(("until", "why"), [("sent", "no contract"), ("in_force", "Both sides have signed")])
def test_only_before_both_have_signed(context: AppContext, shop: Store, until: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        screen(context, Route("amend-lines", a_deal(shop, until=until)))
