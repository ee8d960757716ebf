"""Words of the delivery wizards: steps, and the sentences that say what a confirmation leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.printed import Heading
from ui import formats
from ui.wizards.review_page import Sentence


def say(context: str, source: str) -> str:
    """Translate."""
    return QCoreApplication.translate(context, source)


def step_words(step: str) -> str:
    """Titles of the steps."""
    return {
        "goods": say("delivery", "Goods"),
        "shipping": say("delivery", "Shipping"),
        "lines": say("delivery", "What arrived"),
        "service": say("delivery", "Service"),
        "review": say("delivery", "Review"),
    }[step]


def money(minor: int, heading: Heading) -> str:
    """An amount of a document."""
    return formats.money_text(minor, heading.currency)


def billed(foreseen: Sequence[Any]) -> Iterator[Sentence]:
    """Revenue, invoice and letter of what was accepted."""
    for item in foreseen:
        document = item.document
        net, gross = (money(amount, document.heading) for amount in (document.totals.net, document.totals.gross))
        earned = say("delivery", "%1 is earned as revenue").replace("%1", net)
        yield Sentence(earned, "revenue", "ok", say("delivery", "Because the customer has accepted it."))
        issued = say("delivery", "Invoice %1 over %2 is issued").replace("%1", document.number).replace("%2", gross)
        yield Sentence(issued, "invoice", "accent", _payable(document))
        yield Sentence(say("delivery", "A letter with the invoice waits in the outbox"), "mail", "accent")


def _payable(document: Any) -> str:
    due = say("delivery", "%1 is to be paid by %2.")
    if document.totals.payable <= 0:
        return say("delivery", "It is settled by the deposit already.")
    due = due.replace("%1", money(document.totals.payable, document.heading))
    words = due.replace("%2", formats.date_text(document.due_on))
    if document.totals.prepaid:
        used = say("delivery", "%1 of the deposit is used.").replace(
            "%1", money(document.totals.prepaid, document.heading)
        )
        return f"{used} {words}"
    return words
