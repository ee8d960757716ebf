"""What can be done with a customer from more than one screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.parties.queries import customer_by_id
from app.parties.service import save_customer
from ui.context import AppContext


def set_used(context: AppContext, owner: QWidget, customer_id: int, name: str, is_used: bool) -> None:
    """Take a customer out of use or back into it, with Undo."""

    def work(session: Any) -> None:
        known = customer_by_id(session, customer_id)
        save_customer(
            session,
            known.party,
            customer_id=customer_id,
            payment_terms=known.payment_terms,
            note=known.note,
            active=is_used,
        )

    def done(_: object) -> None:
        words = _say("%1 is in use again") if is_used else _say("%1 is out of use; what was agreed stays")
        context.say(
            words.replace("%1", name), _say("Undo"), lambda: set_used(context, owner, customer_id, name, not is_used)
        )

    context.write(work, {"customer"}, done, owner=owner)


def _say(source: str) -> str:
    return QCoreApplication.translate("parties", source)
