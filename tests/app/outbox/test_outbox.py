"""Letters that wait to be sent: what they say, to whom, about which document."""

from __future__ import annotations

import pytest

from app.outbox.models import letter
from app.outbox.rules import SUBJECTS, TEXTS, letter_text
from app.store.store import Store
from tests.builders import a_customer, a_deal, rows_of


@pytest.mark.parametrize(
    ("kind", "language", "subject"),
    [
        ("quote", "en", "Our quote Q-1"),
        ("quote", "de", "Unser Angebot Q-1"),
        ("contract", "de-AT", "Vertrag Q-1 zur Unterschrift"),
        ("invoice", "DE", "Rechnung Q-1"),
        ("invoice", "", "Invoice Q-1"),
        ("credit_note", "fr", "Credit note Q-1"),
    ],
)
def test_a_letter_speaks_the_customers_language_or_english(kind: str, language: str, subject: str) -> None:
    found, text = letter_text(kind, "Q-1", "Lake School", "Brightwater", language)
    assert found == subject
    assert subject in text
    assert "Lake School" in text
    assert text.endswith("Brightwater\n")


def test_every_language_has_every_letter() -> None:
    assert SUBJECTS.keys() == TEXTS.keys()
    assert len({frozenset(subjects) for subjects in SUBJECTS.values()}) == 1


def test_a_letter_waits_for_each_document_that_goes_out(store: Store) -> None:
    a_deal(store, customer=a_customer(language="de", email=""), until="accepted")
    assert [(row["document_id"], row["recipient"], row["subject"], row["state"]) for row in rows_of(store, letter)] == [
        (1, "", "Unser Angebot Q-2026-0001", "queued"),
        (2, "", "Vertrag C-2026-0001 zur Unterschrift", "queued"),
    ]
