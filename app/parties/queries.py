"""Reading customers and the company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from app.core.errors import NotFound
from app.core.party import Address, Party
from app.parties.models import ADDRESS_FIELDS, PARTY_FIELDS, company, customer
from app.parties.rules import name_key, tax_key
from app.store.prepared import Prepared
from app.store.session import AnyRow, Session


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the other rooms see it. Price lists and promotions may be for a `group` of customers."""

    id: int
    party: Party
    active: bool
    payment_terms: str
    note: str
    group: str = ""


PARTY_COLUMNS = tuple(
    customer.c[name] for name in (*PARTY_FIELDS, *ADDRESS_FIELDS, *(f"ship_{name}" for name in ADDRESS_FIELDS))
)
_BY_ID = Prepared(select(customer).where(customer.c.id == bindparam("id")))
_BY_TAX = Prepared(select(customer.c.id).where(customer.c.tax_key == bindparam("key")).order_by(customer.c.id))
_BY_NAME = Prepared(
    select(customer.c.id, customer.c.tax_key).where(customer.c.name_key == bindparam("key")).order_by(customer.c.id)
)
_BY_EXTERNAL = Prepared(
    select(customer.c.id).where(customer.c.external_id == bindparam("external_id")).order_by(customer.c.id)
)
_EXTERNAL = Prepared(select(customer.c.external_id).where(customer.c.id == bindparam("id")))
_GROUPS = Prepared(
    select(customer.c.customer_group)
    .where(customer.c.customer_group != "")
    .distinct()
    .order_by(customer.c.customer_group)
)
_COMPANY = Prepared(select(company).where(company.c.id == 1))


def party_of(row: AnyRow) -> Party:
    """The PARTY in a row that carries a party's columns."""
    return Party(
        **{name: getattr(row, name) for name in PARTY_FIELDS},
        address=Address(*(getattr(row, name) for name in ADDRESS_FIELDS)),
        delivery_address=Address(*(getattr(row, f"ship_{name}") for name in ADDRESS_FIELDS)),
    )


def customer_by_id(session: Session, customer_id: int) -> Customer:
    """One customer. Raises `NotFound`."""
    row = session.row(_BY_ID, {"id": customer_id})
    if row is None:
        raise NotFound(f"There is no customer with the number {customer_id}.")
    return Customer(row.id, party_of(row), bool(row.active), row.payment_terms, row.note, row.customer_group)


def match(session: Session, party: Party) -> int | None:
    """The customer this party is: by tax id, else by name, postal code and country; never across two tax ids."""
    key = tax_key(party)
    if key and (found := session.value(_BY_TAX, {"key": key})) is not None:
        return int(found)
    for row in session.rows(_BY_NAME, {"key": name_key(party)}):
        if not key or not row.tax_key:
            return int(row.id)
    return None


def id_by_external(session: Session, external_id: str) -> int | None:
    """The customer that another system calls by this id."""
    found = session.value(_BY_EXTERNAL, {"external_id": external_id})
    return None if found is None else int(found)


def external_id_of(session: Session, customer_id: int) -> str:
    """What another system calls a customer; empty if none does."""
    return session.value(_EXTERNAL, {"id": customer_id}) or ""


def groups(session: Session) -> list[str]:
    """Every group that customers belong to, in order."""
    return [row.customer_group for row in session.rows(_GROUPS)]


def our_company(session: Session) -> Party | None:
    """The company this file belongs to, or None until it is set."""
    row = session.row(_COMPANY)
    return party_of(row) if row is not None and row.name else None


def our_look(session: Session) -> dict[str, Any]:
    """Logo and colours of the company: {"accent": "#1F57D6", "logo": base64 text}."""
    row = session.row(_COMPANY)
    return dict(row.look) if row is not None else {}
