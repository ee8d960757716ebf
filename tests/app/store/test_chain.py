"""The seal: what was changed behind the triggers is found."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from app.store import chain
from app.store.chain import Sealed
from app.store.store import Store

PAYLOADS = {("entry", n): f'{{"amount":{n * 100}}}' for n in range(1, 21)}


@pytest.fixture
def sealed(path: Path) -> Path:
    with Store.open(path) as store:
        for (kind, subject), payload in PAYLOADS.items():
            with store.write("me") as session:
                chain.append(session, kind, subject, payload)
    return path


def problems(path: Path, payloads: dict[tuple[str, int], str]) -> list[str]:
    sealed: dict[str, list[Sealed]] = {}
    for (kind, subject), payload in sorted(payloads.items()):
        sealed.setdefault(kind, []).append(Sealed(subject, payload))
    with Store.open(path) as store, store.read() as session:
        return list(chain.verify(session, sealed))


def behind_the_triggers(path: Path, statement: str) -> None:
    """What somebody can do who has the file and any SQLite program."""
    other = sqlite3.connect(path)
    triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'chain'")
    kept = triggers.fetchall()
    for name, _ in kept:
        other.execute(f"DROP TRIGGER {name}")
    other.execute(statement)
    for _, sql in kept:
        other.execute(sql)
    other.commit()
    other.close()


def test_the_hash_is_the_one_described(store: Store) -> None:
    def sha(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    with store.write("me") as session:
        assert chain.head(session) == ""
        first = chain.append(session, "document", 7, "ä")
        second = chain.append(session, "entry", 1, "b")
        assert first == sha("handsel-chain/1\n\ndocument\nä")
        assert second == sha(f"handsel-chain/1\n{first}\nentry\nb")
        assert chain.head(session) == second
    with store.write("me") as session:
        assert chain.append(session, "entry", 2, "c") == sha(f"handsel-chain/1\n{second}\nentry\nc")
        assert chain.hash_of(session, "document", 7) == first
        assert chain.hash_of(session, "document", 8) == ""


def test_a_whole_chain_fits(sealed: Path) -> None:
    assert problems(sealed, PAYLOADS) == []


def test_one_changed_cent_is_found_where_it_is(sealed: Path) -> None:
    assert problems(sealed, PAYLOADS | {("entry", 10): '{"amount":1001}'}) == [
        "entry 10 was changed after it was sealed"
    ]


def test_a_missing_and_an_unsealed_one(sealed: Path) -> None:
    changed = {place: text for place, text in PAYLOADS.items() if place != ("entry", 3)} | {("entry", 99): "new"}
    assert problems(sealed, changed) == ["entry 3 was sealed but is gone", "entry 99 was never sealed"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM chain WHERE id = 5", ["the chain is broken at entry 6 (link 6)", "entry 5 was never sealed"]),
        ("DELETE FROM chain WHERE id = 20", ["entry 20 was never sealed"]),
        (f"UPDATE chain SET hash = '{'0' * 64}' WHERE id = 5", ["entry 5 (link 5)", "entry 6 (link 6)"]),
        (f"UPDATE chain SET digest = '{'0' * 64}' WHERE id = 5", ["entry 5 was changed after it was sealed"]),
        ("UPDATE chain SET kind = 'document' WHERE id = 5", ["document 5 was sealed but is gone", "entry 5 was never"]),
        ("UPDATE chain SET id = 99 WHERE id = 5", ["link 6", "link 99"]),
        (
            "INSERT INTO chain SELECT 99, kind, subject, digest, hash FROM chain WHERE id = 5",
            ["entry 5 is sealed twice"],
        ),
    ],
)
def test_changes_of_the_chain_itself_are_found(sealed: Path, statement: str, found: list[str]) -> None:
    behind_the_triggers(sealed, statement)
    seen = problems(sealed, PAYLOADS)
    assert len(seen) == len(found)
    assert all(part in problem for part, problem in zip(found, seen, strict=True)), seen


def test_a_payload_and_its_digest_changed_together(sealed: Path) -> None:
    """The digest fits again; the hash does not."""
    digest = hashlib.sha256(b'{"amount":1}').hexdigest()
    behind_the_triggers(sealed, f"UPDATE chain SET digest = '{digest}' WHERE id = 10")
    assert problems(sealed, PAYLOADS | {("entry", 10): '{"amount":1}'}) == ["the chain is broken at entry 10 (link 10)"]
