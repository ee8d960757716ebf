"""Every reason that the rules can give has words."""

from __future__ import annotations

from itertools import product

from app.contracts.rules import ContractState
from app.pipeline.rules import Action, Standing, possible, reason_against
from app.quotes.rules import QuoteState
from ui.widgets.reason_words import _words, reason_text

FLAGS = ("cancelled", "handed_over", "goods_open", "services_open", "in_transit", "received", "invoiced", "has_credit")


def test_no_reason_is_left_in_the_words_of_the_rules(qapp: object) -> None:
    known = _words()
    for quote, contract in product(QuoteState, (None, *ContractState)):
        for flags in product((False, True), repeat=len(FLAGS)):
            standing = Standing(quote, contract, **dict(zip(FLAGS, flags, strict=True)))
            for action in Action:
                assert (reason := reason_against(standing, action)) == "" or reason in known


def test_a_reason_is_a_sentence(qapp: object) -> None:
    standing = Standing(QuoteState.DRAFT)
    assert reason_text(standing, Action.ACCEPT_QUOTE) == "The quote was not sent yet."
    assert all(reason_text(standing, action) == "" for action in possible(standing))


def test_german(german: None) -> None:
    assert reason_text(Standing(QuoteState.DRAFT), Action.REFUND) == "Der Kunde hat kein Guthaben."
