"""The seal over what was issued, posted, done and printed: each row's hash covers its content and the hash before it.

Triggers stop changes through the database; the chain shows changes made behind it. It cannot see a tail cut off or
the whole chain written anew: for that the newest hash stands in each backup's manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Dialect, Index, Table, Text, bindparam, select
from sqlalchemy.types import TypeDecorator

from app.store.base import table
from app.store.prepared import Prepared
from app.store.session import AnyRow, Session, WriteSession
from app.store.triggers import append_only
from app.store.types import BigInt, json_text

VERSION = "handsel-chain/1"

chain = table(
    "chain",
    Column("kind", Text, nullable=False),
    Column("subject", BigInt, nullable=False),
    Column("digest", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_chain_subject", "subject", "kind"),
)
append_only(chain)

_LAST = Prepared(select(chain.c.hash).order_by(chain.c.id.desc()).limit(1))
_OF = select(chain.c.hash).where(chain.c.kind == bindparam("kind"), chain.c.subject == bindparam("subject"))
_BEFORE = _OF.where(chain.c.id < bindparam("id"))
_ALL = select(chain.c.id, chain.c.kind, chain.c.subject, chain.c.digest, chain.c.hash).order_by(chain.c.id)


def append(session: WriteSession, kind: str, subject_id: int, payload: str) -> str:
    """Seal one issued thing; returns its hash (64 hexadecimal digits)."""
    previous = session.memo["chain"] if "chain" in session.memo else head(session)
    sealed = session.memo["chain"] = seal(previous, kind, payload)
    session.insert(chain, kind=kind, subject=subject_id, digest=_sha256(payload), hash=sealed)
    return sealed


def add(session: WriteSession, to: Table, **values: Any) -> int:
    """Insert a row and seal it under the name of its table; returns its id. Every column is given but the id."""
    row_id = session.insert(to, **values)
    kept = [
        _kept(column, values[column.name], session.connection.dialect) for column in to.columns if column.name != "id"
    ]
    append(session, to.name, row_id, json_text(kept))
    return row_id


def _kept(column: Column[Any], value: Any, dialect: Dialect) -> Any:
    """A value as the database keeps it."""
    kind = column.type
    return kind.process_bind_param(value, dialect) if isinstance(kind, TypeDecorator) else value


def head(session: Session) -> str:
    """The newest hash, or empty text before the first."""
    return session.value(_LAST) or ""


def hash_of(session: Session, kind: str, subject_id: int) -> str:
    """The hash under which one issued thing was sealed, or empty text if it was not."""
    return session.value(_OF, {"kind": kind, "subject": subject_id}) or ""


def seal(previous: str, kind: str, payload: str) -> str:
    """SHA-256 over format version, previous hash, kind and payload, one per line."""
    return _sha256(f"{VERSION}\n{previous}\n{kind}\n{payload}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One thing that is to be under the seal, as the rows show it now; `name` is what people call it."""

    subject: int
    payload: str
    name: str = ""


def verify(session: Session, sealed: Mapping[str, Iterable[Sealed]]) -> Iterator[str]:
    """What does not fit, if anything: `sealed` are the things of each kind, made anew from the rows, by ascending id.

    Both sides are read side by side, so that a chain of any length needs little memory.
    """
    shelves = {kind: _Shelf(items) for kind, items in sealed.items()}
    previous = ""
    for row in session.stream(_ALL):
        what = f"{row.kind} {row.subject}"
        item = shelves[row.kind].take(row.subject) if row.kind in shelves else None
        if item is None:
            before = session.value(_BEFORE, {"kind": row.kind, "subject": row.subject, "id": row.id})
            yield f"{what} was sealed but is gone" if before is None else f"{what} is sealed twice"
        else:
            what += f" ({item.name})" if item.name else ""
            yield from _link(row, previous, item.payload, what)
        previous = row.hash
    for kind, shelf in shelves.items():
        yield from (f"{kind} {item.subject} was never sealed" for item in shelf.left())


def _link(row: AnyRow, previous: str, payload: str, what: str) -> Iterator[str]:
    if _sha256(payload) != row.digest:
        yield f"{what} was changed after it was sealed"
    elif seal(previous, row.kind, payload) != row.hash:
        yield f"the chain is broken at {what} (link {row.id})"


class _Shelf:
    """The things of one kind, taken off in the order of the chain, which is nearly always that of their ids."""

    def __init__(self, items: Iterable[Sealed]) -> None:
        self._items = iter(items)
        self._last = 0
        self._passed: dict[int, Sealed] = {}

    def take(self, subject: int) -> Sealed | None:
        """The thing with this id, or None if it is not there or was taken before."""
        while self._last < subject and (item := next(self._items, None)) is not None:
            self._last = item.subject
            self._passed[item.subject] = item
        return self._passed.pop(subject, None)

    def left(self) -> Iterator[Sealed]:
        """What nobody took."""
        yield from self._passed.values()
        yield from self._items


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
