"""One row per command: who did what, when, with which arguments, what moved from where to where.

The same row makes commands repeatable: under an idempotency key that was used before, a command returns what it did
then and does nothing.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import Column, Text, bindparam, select

from app.core.codec import from_plain, to_plain
from app.core.errors import Conflict
from app.store import chain
from app.store.base import table
from app.store.session import Running, Session, WriteSession
from app.store.triggers import append_only
from app.store.types import BigInt, Day, Json, json_text

P = ParamSpec("P")

history = table(
    "history",
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("key", Text, unique=True),
    Column("action", Text, nullable=False),
    Column("deal_id", BigInt, index=True),
    Column("happened_on", Day),
    Column("details", Json, nullable=False),
    Column("changes", Json, nullable=False),
    Column("request", Text, nullable=False),
    Column("result", Json, nullable=False),
)
append_only(history)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: the action, the ids it touched by kind, the document numbers it gave."""

    action: str
    ids: dict[str, int] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()


def command(function: Callable[Concatenate[WriteSession, P], Done]) -> Callable[Concatenate[WriteSession, P], Done]:
    """Make a function of a write session a command: it leaves one history row, and obeys the session's key.

    A command called inside another belongs to that one's row. Raises `Conflict` if the key was used for other work.
    """
    name = function.__name__
    parameters = tuple(inspect.signature(function).parameters.values())[1:]
    names = tuple(parameter.name for parameter in parameters)
    defaults = {parameter.name: parameter.default for parameter in parameters}

    @wraps(function)
    def run(session: WriteSession, /, *args: P.args, **kwargs: P.kwargs) -> Done:
        if session.command is not None:
            return function(session, *args, **kwargs)
        given = {n: v for n, v in (dict(zip(names, args, strict=False)) | kwargs).items() if v != defaults.get(n, ...)}
        details = {n: _plain(v) for n, v in given.items()}
        request = _digest(name, details)
        key, session.key = session.key, None
        if key is not None and (before := _done_before(session, key, request)) is not None:
            return before
        session.command = running = Running()
        try:
            done = function(session, *args, **kwargs)
        finally:
            session.command = None
        _note(session, key, done, given, details, running.changes, request)
        return done

    return run


def _plain(value: Any) -> Any:
    """An argument as JSON; positions and ids that are keys become text."""
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    return to_plain(value)


def _digest(name: str, details: dict[str, Any]) -> str:
    text = json.dumps([name, details], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_BY_KEY = select(history.c.request, history.c.result).where(history.c.key == bindparam("key"))


_KEYS = select(history.c.key).where(history.c.deal_id == bindparam("deal_id"), history.c.key.is_not(None))


def keys_of(session: Session, deal_id: int) -> list[str]:
    """The idempotency keys under which something was done with a deal."""
    return [row.key for row in session.rows(_KEYS, {"deal_id": deal_id})]


def _done_before(session: WriteSession, key: str, request: str) -> Done | None:
    row = session.row(_BY_KEY, {"key": key})
    if row is None:
        return None
    if row.request != request:
        raise Conflict(f"The key {key!r} was used for something else before; nothing was done.")
    return from_plain(Done, row.result)


def _note(
    session: WriteSession,
    key: str | None,
    done: Done,
    given: dict[str, Any],
    details: dict[str, Any],
    changes: list[list[str]],
    request: str,
) -> None:
    on = given.get("on")
    happened_on = on if isinstance(on, date) else None
    row = {
        "at": session.at,
        "actor": session.actor,
        "key": key,
        "action": done.action,
        "deal_id": done.ids.get("deal", given.get("deal_id")),
        "happened_on": happened_on,
        "details": details,
        "changes": changes,
        "request": request,
        "result": to_plain(done),
    }
    history_id = session.insert(history, **row)
    kept: dict[str, str | None] = {name: json_text(row[name]) for name in ("details", "changes", "result")}
    kept["happened_on"] = happened_on.isoformat() if happened_on else None
    chain.append(session, "history", history_id, payload(row | kept))


def payload(row: Mapping[str, Any]) -> str:
    """The text of a history row that goes into the hash chain; JSON and day are given as text."""
    return json_text([row[name] for name in _SEALED])


_SEALED = ("at", "actor", "key", "action", "deal_id", "happened_on", "details", "changes", "request", "result")
