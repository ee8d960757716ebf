"""Changing customers and the company."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from app.core.errors import RuleViolation
from app.core.party import Party
from app.parties.models import company, customer
from app.parties.queries import customer_by_id, match, our_company, our_look
from app.parties.rules import fold, merge, name_key, party_values, tax_key
from app.store.history import Done, command
from app.store.session import WriteSession


@command
def save_customer(
    session: WriteSession,
    party: Party,
    *,
    customer_id: int | None = None,
    payment_terms: str = "",
    note: str = "",
    active: bool = True,
    external_id: str = "",
    group: str | None = None,
) -> Done:
    """Add a customer, or change the one with `customer_id`. Raises `RuleViolation` without a name.

    `external_id` is what another system calls it, `group` the group whose prices it has; left out, those kept stay.
    """
    values = _row(party) | {"payment_terms": payment_terms, "note": note, "active": active}
    if external_id:
        values["external_id"] = external_id
    if group is not None:
        values["customer_group"] = group.strip()
    if customer_id is None:
        return Done("save_customer", {"customer": session.insert(customer, **values)})
    before = customer_by_id(session, customer_id)
    session.execute(update(customer).where(customer.c.id == customer_id).values(values))
    _note_changes(session, before.party, party)
    if group is not None and group.strip() != before.group:
        session.changed(f"customer {party.name}: group", before.group, group.strip())
    return Done("save_customer", {"customer": customer_id})


def find_or_add(session: WriteSession, party: Party, *, external_id: str = "") -> int:
    """The customer this party is, with newly given details taken over; added if there is none."""
    found = match(session, party)
    if found is None:
        return session.insert(customer, **_row(party), external_id=external_id)
    known = customer_by_id(session, found).party
    merged = merge(known, party)
    if merged != known:
        session.execute(update(customer).where(customer.c.id == found).values(_row(merged)))
        _note_changes(session, known, merged)
    return found


@command
def set_company(session: WriteSession, party: Party, *, look: dict[str, Any] | None = None) -> Done:
    """Say who sells: name, address, tax id, bank; `look` holds accent colour and logo."""
    values = party_values(_named(party)) | {"look": our_look(session) if look is None else look}
    changed = session.execute(update(company).where(company.c.id == 1).values(values)).rowcount
    if not changed:
        session.insert(company, id=1, **values)
    return Done("set_company", {"company": 1})


def fill_company(session: WriteSession, party: Party) -> None:
    """Take a seller over as our company, only where that is still empty."""
    known = our_company(session)
    merged = party if known is None else merge(party, known)
    if merged != known:
        set_company(session, merged)


def _row(party: Party) -> dict[str, Any]:
    keys = {"sort_name": fold(party.name), "tax_key": tax_key(party), "name_key": name_key(party)}
    return party_values(_named(party)) | keys


def _named(party: Party) -> Party:
    if not party.name.strip():
        raise RuleViolation.of("name", "missing", "name: a name is needed.")
    return party


def _note_changes(session: WriteSession, before: Party, after: Party) -> None:
    old, new = party_values(before), party_values(after)
    for name in old:
        if old[name] != new[name]:
            session.changed(f"customer {after.name}: {name}", old[name], new[name])
