"""The paper of a gift card: from what was frozen at its sale, in the buyer's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.outputs import gift_cards
from app.parties import service as parties
from app.pipeline.proof import prove
from app.rewards.giving import sell_gift_card
from app.store.store import Store
from tests.app.outputs.pdf.samples import pages
from tests.builders import DAY, SELLER, a_customer, a_deal, do


def texts_of(data: bytes) -> str:
    """What the one page says."""
    (page,) = pages(data)
    return page


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en", ("Gift card", "EUR 50.00", "Valid until: 30 June 2027", "Sold on")),
        ("de", ("Gutscheinkarte", "50,00", "Gültig bis: 30. Juni 2027", "Verkauft am")),
    ],
)
def test_code_amount_last_day_and_seller(store: Store, language: str, found: tuple[str, ...]) -> None:
    a_deal(store, until="draft", customer=a_customer(language=language))
    done = do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=5000, expires_on=date(2027, 6, 30))
    text = texts_of(gift_cards.content(store, 1))
    for words in (*found, done.numbers[1], SELLER.name):
        assert words in text
    assert prove(store).problems == ()


def test_it_stays_as_it_was_sold(store: Store) -> None:
    a_deal(store, until="draft")
    do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=5000)
    before = gift_cards.content(store, 1)
    with store.write("test") as session:
        parties.set_company(session, replace(SELLER, name="Another name"))
    assert gift_cards.content(store, 1) == before
    assert "without end" in texts_of(before)
    with store.read() as session:
        card = gift_cards.of_payment(session, 1)
    assert card is not None
    assert card.document.file_name == "gift card P-2026-0001"


def test_other_payments_have_none(store: Store) -> None:
    assert gift_cards.content(store, 1) == b""
