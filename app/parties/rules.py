"""How customers are told apart, and how names sort. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace

from app.core.party import Address, Party

UNNAMED_COMPANY = Party("My company")
"""Who sells until the company is set."""


def fold(text: str) -> str:
    """Text for comparing and sorting: no accents, no case, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(ch for ch in decomposed if not unicodedata.combining(ch)).split())


def tax_key(party: Party) -> str:
    """The tax id without spaces and punctuation, or empty."""
    return "".join(ch for ch in party.tax_id.upper() if ch.isalnum())


def name_key(party: Party) -> str:
    """Name, postal code and country: what tells customers apart that have no tax id."""
    address = party.address
    return "|".join((fold(party.name), fold(address.postal_code), address.country.upper()))


def merge(known: Party, given: Party) -> Party:
    """The known party with everything that is newly given; what is left empty stays as it was."""
    changes = {f.name: value for f in fields(Party) if (value := getattr(given, f.name))}
    return replace(known, **changes)


def party_values(party: Party) -> dict[str, str]:
    """The columns of a party row."""
    values = {f.name: getattr(party, f.name) for f in fields(Party) if not f.name.endswith("address")}
    for prefix, address in (("", party.address), ("ship_", party.delivery_address)):
        values |= {f"{prefix}{f.name}": getattr(address, f.name) for f in fields(Address)}
    return values
