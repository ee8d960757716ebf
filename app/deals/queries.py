"""Reading the thread of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.core.codec import from_plain
from app.core.errors import NotFound
from app.core.party import Party
from app.core.printed import Heading
from app.core.totals import Basis, TaxRounding
from app.deals.models import deal
from app.parties.models import customer
from app.parties.queries import PARTY_COLUMNS, party_of
from app.store.prepared import Prepared
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal with both its parties: the seller frozen when it was opened, the customer as known today."""

    id: int
    number: str
    customer_id: int
    customer: Party
    seller: Party
    basis: Basis
    title: str
    reference: str | None
    opened_on: date
    flag: str
    cancelled_on: date | None
    language: str = ""
    """Of its papers; empty for the customer's."""

    @property
    def currency(self) -> str:
        """ISO 4217 code of all its amounts."""
        return self.basis.currency

    def heading(self) -> Heading:
        """What stands over each of its documents."""
        return Heading(
            seller=self.seller,
            customer=self.customer,
            currency=self.currency,
            deal_number=self.number,
            title=self.title,
            language=self.language or self.customer.language,
            prices_include_tax=self.basis.prices_include_tax,
        )


_DEAL = Prepared(select(deal, *PARTY_COLUMNS).join_from(deal, customer).where(deal.c.id == bindparam("id")))
_BY_REFERENCE = Prepared(select(deal.c.id).where(deal.c.reference == bindparam("reference")))
_BY_NUMBER = Prepared(select(deal.c.id).where(deal.c.number == bindparam("number")))


def by_id(session: Session, deal_id: int) -> Deal:
    """One deal. Raises `NotFound`."""
    row = session.row(_DEAL, {"id": deal_id})
    if row is None:
        raise NotFound(f"There is no deal with the id {deal_id}.")
    return Deal(
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        customer=party_of(row),
        seller=from_plain(Party, row.seller),
        basis=Basis(row.currency, bool(row.prices_include_tax), TaxRounding(row.tax_rounding)),
        title=row.title,
        reference=row.reference,
        opened_on=row.opened_on,
        flag=row.flag,
        cancelled_on=row.cancelled_on,
        language=row.paper_language,
    )


def id_by_reference(session: Session, reference: str) -> int | None:
    """The deal that an outside system knows by `reference`."""
    found = session.value(_BY_REFERENCE, {"reference": reference})
    return None if found is None else int(found)


def id_by_number(session: Session, number: str) -> int:
    """The deal with this number. Raises `NotFound`."""
    found = session.value(_BY_NUMBER, {"number": number})
    if found is None:
        raise NotFound(f"There is no deal with the number {number!r}.")
    return int(found)
