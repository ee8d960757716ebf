"""Saving checked rows: one transaction, one line in the history, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.catalog.service import save_product
from app.core.errors import RuleViolation
from app.core.progress import Progress, Silent
from app.exchange.list_import.checked import Checked, Item
from app.exchange.list_import.customers import CustomerRow
from app.parties.queries import Customer, customer_by_id, id_by_external, match
from app.parties.rules import merge
from app.parties.service import save_customer
from app.store.history import Done, command
from app.store.session import WriteSession

_STEP = 200


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it: rows that were new, that changed something, and that told nothing new."""

    new: int = 0
    changed: int = 0
    same: int = 0


def save_customers(
    session: WriteSession, checked: Checked[CustomerRow], file: str, sha256: str, progress: Progress | None = None
) -> Saved:
    """Add customers, or complete the ones that are known by number, tax id, or name and place. Raises `Cancelled`."""
    return _save(session, "customers", checked, file, sha256, progress, _customer)


def save_products(
    session: WriteSession, checked: Checked[Product], file: str, sha256: str, progress: Progress | None = None
) -> Saved:
    """Add products, or change what the table says of the ones with the same SKU. Raises `Cancelled`."""
    return _save(session, "products", checked, file, sha256, progress, _product)


def _save(
    session: WriteSession,
    what: str,
    checked: Checked[Any],
    file: str,
    sha256: str,
    progress: Progress | None,
    save_one: Any,
) -> Saved:
    """The history keeps what was taken (the file's name and hash), not every cell of it."""
    if not checked.is_good:
        raise RuleViolation(checked.problems)
    watched, counts = progress or Silent(), {"new": 0, "changed": 0, "same": 0}

    @command
    def import_list(  # what, file and hash are read by `command`: they are what the history keeps
        session: WriteSession,
        what: str,  # noqa: ARG001
        file: str,  # noqa: ARG001
        sha256: str,  # noqa: ARG001
        rows: int,
    ) -> Done:
        for done, item in enumerate(checked.items):
            if done % _STEP == 0:
                watched.check()
                watched.step(done, rows)
            counts[save_one(session, item)] += 1
        watched.check()
        return Done("import_list")

    import_list(session, what, file, sha256, len(checked.items))
    return Saved(**counts)


def _customer(session: WriteSession, item: Item[CustomerRow]) -> str:
    given = item.value
    found = id_by_external(session, given.external_id) if given.external_id else None
    if found is None:
        found = match(session, given.party)
    if found is None:
        save_customer(
            session,
            given.party,
            payment_terms=given.payment_terms,
            note=given.note,
            external_id=given.external_id,
        )
        return "new"
    known = customer_by_id(session, found)
    party = merge(known.party, given.party)
    address = merge_address(known.party.address, given.party.address)
    wanted = replace(
        known,
        party=replace(party, address=address),
        payment_terms=given.payment_terms or known.payment_terms,
        note=given.note or known.note,
    )
    if wanted == known:
        return "same"
    _keep(session, wanted, given.external_id)
    return "changed"


def merge_address(known: Any, given: Any) -> Any:
    """A new address in place of the known one as a whole; where the table tells only parts, those alone."""
    if not given:
        return known
    if given.street and given.city:
        return given
    return replace(known, **{name: value for name in _PARTS if (value := getattr(given, name))})


_PARTS = ("street", "street2", "postal_code", "city", "region", "country")


def _keep(session: WriteSession, wanted: Customer, external_id: str) -> None:
    save_customer(
        session,
        wanted.party,
        customer_id=wanted.id,
        payment_terms=wanted.payment_terms,
        note=wanted.note,
        active=wanted.active,
        external_id=external_id,
    )


def _product(session: WriteSession, item: Item[Product]) -> str:
    given = item.value
    known = by_sku(session, [given.sku]).get(given.sku)
    if known is None:
        save_product(session, given)
        return "new"
    wanted = replace(known, name=given.name, **{name: getattr(given, name) for name in item.given})
    if wanted == known:
        return "same"
    save_product(session, wanted)
    return "changed"
