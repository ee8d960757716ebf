"""How customers are told apart, and how names sort. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace

from app.core.errors import Problem
from app.core.iban import is_iban
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


_VAT_IDS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}",
    "LT": r"\d{9}(\d{3})?", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}",
    "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
}  # fmt: skip
"""How the VAT number of a state of the EU goes on after its two letters (Directive 2006/112/EC, Article 215)."""

_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+")


def doubts(party: Party) -> list[Problem]:
    """What looks mistyped. None of it keeps a party from being saved: other countries have other numbers."""
    found = []
    if party.iban and not is_iban(party.iban):
        message = f"iban: the check digits of {party.iban!r} do not fit."
        found.append(Problem("iban", "check_digits", message, {"value": party.iban}))
    key = tax_key(party)
    shape = _VAT_IDS.get(key[:2])
    if shape is not None and not re.fullmatch(shape, key[2:], re.ASCII):
        message = f"tax_id: VAT numbers that begin with {key[:2]} go on otherwise than {party.tax_id!r}."
        found.append(Problem("tax_id", "vat_shape", message, {"value": party.tax_id, "country": key[:2]}))
    if party.email and not _MAIL.fullmatch(party.email):
        found.append(Problem("email", "mail", f"email: {party.email!r} is no address.", {"value": party.email}))
    return found


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
