"""In every state of a deal: what its page allows can be begun, and what it greys is refused in the same words."""

from __future__ import annotations

from typing import Any

import pytest

from app.pipeline.rules import Action as Verb
from tests.app.pipeline.test_lists_agree import AFTER_SIGNING, OFFER
from tests.builders import DAY, STAGES, a_deal
from tests.ui.accessibility import unnamed_controls
from tests.ui.by_hand import Hands
from ui.routes import Route
from ui.widgets.deal_verbs import _ROUTES
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label


def refusal(hands: Hands, verb: Verb) -> str:
    """What a wizard says in place of its pages; "" if it begins."""
    told = {"what": "goods"} if verb is Verb.CONFIRM_RECEIPT else {}  # or else it may be about a service
    screen: Any = hands.go(Route.to(_ROUTES[verb], hands.deal_id, **told))
    if hands.not_allowed:
        return hands.not_allowed
    if screen.wizard is not None:
        assert not unnamed_controls(screen)
        return ""
    return " ".join(label.text() for label in screen.findChild(EmptyState).findChildren(Label))


def assert_verbs_agree(hands: Hands) -> None:
    reasons = {verb: hands.reason(verb) for verb in Verb}
    for verb in _ROUTES:
        said = refusal(hands, verb)
        assert bool(said) == bool(reasons[verb]), verb
        assert reasons[verb] in said, verb
    page = hands.deal_page()
    primary = page.head.next.primary
    assert primary.isHidden() == (page._next is None)
    assert page._next is None or not reasons[page._next]
    for verb in (Verb.ACCEPT_QUOTE, Verb.DECLINE_QUOTE, Verb.SEND_QUOTE, Verb.COMPLETE_SERVICE, Verb.CANCEL):
        if not reasons[verb]:
            page.verbs.run(verb)
            assert page.verbs.dialog.isVisible()
            assert not unnamed_controls(page.verbs.dialog)
            page.verbs.dialog.reject()


@pytest.mark.parametrize("until", STAGES)
def test_up_to_the_contract(hands: Hands, until: str) -> None:
    hands.deal_id = a_deal(hands.store, OFFER, until=until)
    assert_verbs_agree(hands)
    if until == "sent":
        hands.day = DAY.replace(month=6)
        hands.on(6, 2)
        assert_verbs_agree(hands)


@pytest.mark.parametrize("name", AFTER_SIGNING)
def test_after_signing(hands: Hands, name: str) -> None:
    hands.deal_id = a_deal(hands.store, OFFER)
    for step in AFTER_SIGNING[name]:
        step(hands.store, hands.deal_id)
    assert_verbs_agree(hands)
