"""The seal over issued documents and posted entries: each row's hash covers its content and the hash before it.

Triggers stop changes through the database; the chain shows changes made behind it. It cannot see a tail cut off or
the whole chain written anew: for that the newest hash stands in each backup's manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import Column, Index, Text, bindparam, select

from app.store.base import table
from app.store.session import Session, WriteSession
from app.store.triggers import append_only
from app.store.types import BigInt

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

_LAST = select(chain.c.hash).order_by(chain.c.id.desc()).limit(1)
_OF = select(chain.c.hash).where(chain.c.kind == bindparam("kind"), chain.c.subject == bindparam("subject"))
_ALL = select(chain.c.id, chain.c.kind, chain.c.subject, chain.c.digest, chain.c.hash).order_by(chain.c.id)


def append(session: WriteSession, kind: str, subject_id: int, payload: str) -> str:
    """Seal one issued thing; returns its hash (64 hexadecimal digits)."""
    previous = session.memo["chain"] if "chain" in session.memo else head(session)
    sealed = session.memo["chain"] = seal(previous, kind, payload)
    session.insert(chain, kind=kind, subject=subject_id, digest=_sha256(payload), hash=sealed)
    return sealed


def head(session: Session) -> str:
    """The newest hash, or empty text before the first."""
    return session.value(_LAST) or ""


def hash_of(session: Session, kind: str, subject_id: int) -> str:
    """The hash under which one issued thing was sealed, or empty text if it was not."""
    return session.value(_OF, {"kind": kind, "subject": subject_id}) or ""


def seal(previous: str, kind: str, payload: str) -> str:
    """SHA-256 over format version, previous hash, kind and payload, one per line."""
    return _sha256(f"{VERSION}\n{previous}\n{kind}\n{payload}")


def verify(session: Session, payloads: Mapping[tuple[str, int], str]) -> list[str]:
    """What does not fit, if anything: `payloads` are the texts made anew from the rows, by kind and subject."""
    problems: list[str] = []
    previous = ""
    sealed: set[tuple[str, int]] = set()
    for row in session.rows(_ALL):
        place = (row.kind, row.subject)
        payload = payloads.get(place)
        if place in sealed:
            problems.append(f"{row.kind} {row.subject} is sealed twice")
        elif payload is None:
            problems.append(f"{row.kind} {row.subject} was sealed but is gone")
        elif _sha256(payload) != row.digest:
            problems.append(f"{row.kind} {row.subject} was changed after it was sealed")
        elif seal(previous, row.kind, payload) != row.hash:
            problems.append(f"the chain is broken at {row.kind} {row.subject} (link {row.id})")
        sealed.add(place)
        previous = row.hash
    problems += [f"{kind} {subject} was never sealed" for kind, subject in payloads.keys() - sealed]
    return problems


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
