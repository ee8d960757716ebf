"""Small things kept by name."""

from __future__ import annotations

import pytest

from app.store import drafts, settings
from app.store.drafts import Draft
from app.store.store import Store


@pytest.mark.parametrize("value", [False, 0, "", "ä", [1, "a"], {"a": {"b": None}}])
def test_a_setting_is_kept(store: Store, value: object) -> None:
    with store.write("me") as session:
        settings.put(session, "name", "old")
        settings.put(session, "name", value)
        settings.put(session, "other", "untouched")
    with store.read() as session:
        assert settings.get(session, "name", "default") == value
        assert settings.get(session, "other") == "untouched"


def test_a_setting_never_made_or_forgotten(store: Store) -> None:
    with store.write("me") as session:
        settings.put(session, "name", 1)
        settings.put(session, "name", None)
        assert settings.get(session, "name") is None
        assert settings.get(session, "name", 7) == 7


def test_a_draft_replaces_the_one_before(store: Store) -> None:
    for text in ("first", "second"):
        with store.write("me") as session:
            at = session.at
            drafts.put(session, Draft("quote", "12", 1, text))
            drafts.put(session, Draft("quote", "", 2, f"new {text}"))
    with store.read() as session:
        assert drafts.get(session, "quote", "12") == Draft("quote", "12", 1, "second", at)
        assert drafts.get(session, "quote") == Draft("quote", "", 2, "new second", at)
        assert drafts.get(session, "contract") is None
        assert [kept.subject for kept in drafts.kept(session)] == ["", "12"]


def test_a_removed_draft_is_gone(store: Store) -> None:
    with store.write("me") as session:
        drafts.put(session, Draft("quote", "12", 1, "a"))
        drafts.put(session, Draft("quote", "13", 1, "b"))
        drafts.remove(session, "quote", "12")
        drafts.remove(session, "quote", "99")
        assert [kept.text for kept in drafts.kept(session)] == ["b"]
