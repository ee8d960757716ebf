"""What can be done with a product from more than one screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.catalog.queries import product_by_id
from app.catalog.service import save_product
from ui.context import AppContext


def set_used(context: AppContext, owner: QWidget, product_id: int, name: str, is_used: bool) -> None:
    """Take a product out of use or back into it, with Undo."""

    def work(session: Any) -> None:
        known = product_by_id(session, product_id).product
        save_product(session, replace(known, active=is_used), product_id=product_id)

    def done(_: object) -> None:
        words = _say("%1 is in use again") if is_used else _say("%1 is out of use; quotes that have it stay")
        context.say(
            words.replace("%1", name), _say("Undo"), lambda: set_used(context, owner, product_id, name, not is_used)
        )

    context.write(work, {"product"}, done, owner=owner)


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
