"""What the store says about file, disk and lock is said in German too."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import faults
from ui.errors import describe
from ui.store_words import store_text

SENTENCES = [
    text.format(name="Boote 2. Versuch.handsel") for text in sorted({*faults._WORDS.values(), *faults._ERRNO.values()})
]


@pytest.mark.parametrize("message", SENTENCES)
def test_what_disk_and_database_report_is_known(german: None, message: str) -> None:
    said = store_text(message)
    assert said != message
    assert "%" not in said
    assert ("Boote 2. Versuch.handsel" in message) == ("Boote 2. Versuch.handsel" in said)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "books.handsel is already open in another Handsel (process 12 on desk). Close that one first.",
            "books.handsel ist schon in einem anderen Handsel offen (Prozess 12 auf desk). Schließen Sie erst jenes.",
        ),
        (
            "books.handsel was made by a newer Handsel. Update this one to open it; nothing was changed.",
            "books.handsel stammt von einem neueren Handsel. Bringen Sie dieses auf den neuesten Stand, um sie zu "
            "öffnen; nichts wurde geändert.",
        ),
        ("Something nobody knows. The disk is full.", "Something nobody knows. The disk is full."),
    ],
)
def test_sentence_by_sentence_or_as_it_came(german: None, message: str, said: str) -> None:
    assert describe(StoreError(message)).text == said


def test_what_opening_refuses_is_known(german: None, tmp_path: Path) -> None:
    from app.store.inspection import check_file, check_folder

    empty = tmp_path / "empty.handsel"
    empty.touch()
    for check, path in ((check_file, empty), (check_file, tmp_path / "none.handsel"), (check_folder, tmp_path)):
        with pytest.raises(StoreError) as caught:
            check(path)
        assert store_text(str(caught.value)) != str(caught.value)


def test_in_english_it_stays_as_it_is() -> None:
    for message in SENTENCES:
        assert store_text(message) == message
