"""The store room's book: every note in it is what a command of the history noted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.quantity import micro
from app.pipeline.proof.reading import raw
from app.pipeline.proof.words import several
from app.stock.models import stock_movement
from app.stock.rules import MovementKind
from app.store.history import history
from app.store.session import AnyRow, Session

_KINDS = {
    "count_stock": MovementKind.COUNTED,
    "expect_stock": MovementKind.EXPECTED,
    "receive_stock": MovementKind.RECEIVED,
    "cancel_expected": MovementKind.CANCELLED,
}
_TOLD = select(*raw(history)).where(history.c.action.in_(list(_KINDS))).order_by(history.c.id)
_NOTED = select(*raw(stock_movement)).order_by(stock_movement.c.id)


def noted(session: Session) -> Iterator[str]:
    """Every note of stock is what its command said, and no more arrives of a purchase than is open."""
    rows = {row.id: row for row in session.stream(_NOTED)}
    left: dict[int, int] = {}
    for told in session.stream(_TOLD):
        row_id = _id_of(told)
        row = rows.pop(row_id, None)
        what = f"note {row_id} of the store room (by the history)"
        if row is None:
            yield f"{told.action} of {told.happened_on} in the history has left no note in the store room"
            continue
        yield from several(what, {name: getattr(row, name) for name in _COLUMNS}, _due(told, left))
        if left.get(row.expected_id or 0, 0) < 0:
            yield f"{what}: more arrives than is open of the purchase {row.expected_id}"
    for row_id in rows:
        yield f"note {row_id} of the store room has no command in the history"


_COLUMNS = ("product_id", "kind", "moved_on", "quantity", "expected_id", "seen", "reference", "note")


def _id_of(told: AnyRow) -> int:
    ids = json.loads(told.result)["ids"]
    return int(ids["purchase"] if told.action == "expect_stock" else ids["movement"])


def _due(told: AnyRow, left: dict[int, int]) -> dict[str, Any]:
    """What a command noted; `left` keeps what is open of each purchase, in millionths."""
    details, kind = json.loads(told.details), _KINDS[told.action]
    expected_id = details.get("expected_id")
    is_rest = kind is MovementKind.CANCELLED
    quantity = left.get(expected_id, 0) if is_rest else micro(Decimal(details["quantity"]))
    if kind is MovementKind.EXPECTED:
        left[_id_of(told)] = quantity
    elif expected_id is not None:
        left[expected_id] = left.get(expected_id, 0) - quantity
    return {
        "product_id": json.loads(told.result)["ids"]["product"],
        "kind": kind.value,
        "moved_on": told.happened_on,
        "quantity": quantity,
        "expected_id": expected_id,
        "seen": _seen(told),
        "reference": details.get("reference", ""),
        "note": details.get("reason", ""),
    }


def _seen(told: AnyRow) -> int:
    """What had moved on the day of a count when it was made, as the command noted it."""
    found = [after for what, _, after in json.loads(told.changes) if what.startswith("moved on the day")]
    return micro(Decimal(found[0])) if found else 0
