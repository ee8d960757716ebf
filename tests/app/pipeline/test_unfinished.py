"""What was begun and not finished, with the deal it is about."""

from __future__ import annotations

from app.pipeline.unfinished import unfinished
from app.store import drafts
from app.store.drafts import Draft
from app.store.store import Store
from tests.builders import a_deal


def test_drafts_with_and_without_a_deal(store: Store) -> None:
    deal_id = a_deal(store, title="Two kayaks", until="draft")
    for kind, subject in (("new-quote", ""), ("revise-quote", str(deal_id)), ("dispatch", "4711"), ("new-quote", "x")):
        with store.write("test") as session:
            drafts.put(session, Draft(kind, subject, 1, "{}"))
    with store.read() as session:
        found = {(item.draft.kind, item.draft.subject): item for item in unfinished(session)}
    about = found["revise-quote", str(deal_id)]
    assert (about.deal_id, about.number, about.title, about.customer) == (
        deal_id,
        "S-2026-0001",
        "Two kayaks",
        "Lake School",
    )
    assert about.saved_at.tzinfo is not None
    for other in (("new-quote", ""), ("dispatch", "4711"), ("new-quote", "x")):
        assert found[other].deal_id is None
        assert found[other].number == ""


def test_nothing_was_begun(store: Store) -> None:
    with store.read() as session:
        assert unfinished(session) == []
