"""Letters that no font here can print are named before a paper is issued."""

from __future__ import annotations

import pytest

from app.core.errors import RuleViolation
from app.outputs import printable
from app.pipeline import service
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, counts_of


@pytest.fixture(autouse=True)
def _a_font_without_an_owl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.outputs.pdf.fonts.unprintable", lambda text: {"\U00013153", "\U00013154"} & set(text))


def send(store: Store, deal_id: int) -> None:
    with store.write("test") as session:
        printable.checked(lambda session: service.send_quote(session, deal_id, on=DAY))(session)


def test_a_paper_that_cannot_be_printed_is_not_issued(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Owl \U00013153")), until="draft")
    before = counts_of(store)
    with pytest.raises(RuleViolation) as refused:
        send(store, deal_id)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["letters"]) == ("unprintable", "\U00013153 (U+13153)")
    assert counts_of(store) == before


def test_only_new_papers_are_looked_at(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Owl \U00013153")), until="sent")  # on another computer, which has the font
    with store.write("test") as session:
        done = printable.checked(lambda s: service.decline_quote(s, deal_id, on=DAY))(session)
    assert done.action == "decline_quote"
    send(store, a_deal(store, an_offer(a_line("Käuzchen")), until="draft"))


def test_what_is_plain_needs_no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.outputs.pdf.fonts.unprintable", lambda _: pytest.fail("fonts were read"))
    assert printable.unprintable("Owl 7.50 EUR") == ()
