"""What the palette finds besides verbs: deals, customers, products, documents and amounts of the open company."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.command_palette import Answer, Found

_ICON = {
    "deal": "deals",
    "customer": "customers",
    "product": "products",
    "quote": "quote",
    "contract": "contract",
    "delivery": "delivery",
    "invoice": "invoice",
    "credit_note": "invoice",
    "payment": "payment",
}

_SIGNS = ("€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "JPY")
"""What may stand beside an amount that is looked for."""


class Finder:
    """The palette's search over one company."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    def search(self, text: str, answer: Answer) -> None:
        """Look beside the main thread; `answer` gets what was found."""
        from app.pipeline.search import find  # with the store behind it: not before the window is painted

        amount = formats.parse_decimal(text, _SIGNS)
        self._context.read(
            lambda session: find(session, text, amount), lambda hits: answer([self._found(hit) for hit in hits])
        )

    def _found(self, hit: Any) -> Found:
        """A hit as a line of the palette that opens it."""
        route = route_of(hit)
        amount = formats.money_text(hit.amount, hit.currency) if hit.currency else ""
        note = " · ".join(part for part in (_words(hit.kind), hit.note, amount) if part)
        title = " ".join(part for part in (hit.number, hit.title) if part)
        return Found(
            f"{hit.kind}:{hit.id}", title, lambda: self._context.router.open(route), note, _ICON.get(hit.kind, "")
        )


def route_of(hit: Any) -> Route:
    """Where a hit is opened: quotes and contracts by their deal, everything else by itself."""
    if hit.kind in ("quote", "contract"):
        return Route(hit.kind, hit.deal_id)
    return Route("invoice" if hit.kind == "credit_note" else hit.kind, hit.id)


def _words(kind: str) -> str:
    say = QCoreApplication.translate
    return {
        "deal": say("finding", "Deal"),
        "customer": say("finding", "Customer"),
        "product": say("finding", "Product"),
        "quote": say("finding", "Quote"),
        "contract": say("finding", "Contract"),
        "delivery": say("finding", "Delivery note"),
        "invoice": say("finding", "Invoice"),
        "credit_note": say("finding", "Credit note"),
        "payment": say("finding", "Payment"),
    }.get(kind, kind)
