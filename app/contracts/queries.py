"""Reading contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select

from app.contracts.models import contract, contract_version, signature
from app.contracts.rules import ContractState, Side, state
from app.core.codec import from_plain
from app.core.printed import Clause
from app.ledger.models import document
from app.store.prepared import Prepared
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the newest version for which side, and when."""

    party: Side
    name: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract at its newest version; `sha256` is of that version's frozen text."""

    id: int
    number: str
    version: int
    version_id: int
    quote_id: int
    made_on: date
    clauses: tuple[Clause, ...]
    sha256: str
    signatures: tuple[Signature, ...]
    cancelled_on: date | None

    @property
    def state(self) -> ContractState:
        """Draft, signed by one, in force, or cancelled."""
        return state(len(self.signatures), self.cancelled_on is not None)


_OTHER = contract_version.alias("other")
_NEWEST = select(func.max(_OTHER.c.version)).where(_OTHER.c.contract_id == contract.c.id).scalar_subquery()
_OF_DEAL = Prepared(
    select(
        contract,
        contract_version.c.id.label("version_id"),
        contract_version.c.version,
        contract_version.c.quote_id,
        contract_version.c.clauses,
        document.c.sha256,
        signature.c.party,
        signature.c.name,
        signature.c.signed_on,
    )
    .join_from(contract, contract_version)
    .join(document)
    .outerjoin(signature, signature.c.version_id == contract_version.c.id)
    .where(contract.c.deal_id == bindparam("deal_id"), contract_version.c.version == _NEWEST)
    .order_by(signature.c.id)
)


def of_deal(session: Session, deal_id: int) -> Contract | None:
    """The deal's contract, or None before its quote is accepted."""
    rows = session.rows(_OF_DEAL, {"deal_id": deal_id})
    if not rows:
        return None
    row = rows[0]
    return Contract(
        id=row.id,
        number=row.number,
        version=row.version,
        version_id=row.version_id,
        quote_id=row.quote_id,
        made_on=row.made_on,
        clauses=tuple(from_plain(Clause, item) for item in row.clauses),
        sha256=row.sha256,
        signatures=tuple(Signature(Side(s.party), s.name, s.signed_on) for s in rows if s.party),
        cancelled_on=row.cancelled_on,
    )
