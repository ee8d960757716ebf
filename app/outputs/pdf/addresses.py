"""Names and addresses as they stand on a letter: the order of post code and town is the country's."""

from __future__ import annotations

from app.core.party import Address, Party
from app.outputs.pdf.formats import country, iban
from app.outputs.pdf.words import Words

_TOWN_FIRST = {"AU", "BD", "CA", "ID", "IN", "JO", "KW", "NG", "NZ", "PK", "SA", "SG", "TH", "TW", "US"}
_CODE_BELOW = {"GB", "GG", "GI", "IE", "IM", "JE"}
_REGION_ABBREVIATED = {"US", "CA", "AU"}


def address_lines(address: Address, language: str, home: str = "") -> list[str]:
    """The lines under the name; the country only if it is not the `home` of the letter, in capitals as posts ask."""
    lines = [address.street, address.street2, *_town(address)]
    if address.country and address.country != home:
        lines.append(country(address.country, language).upper())
    return [line.strip() for line in lines if line.strip()]


def _town(address: Address) -> list[str]:
    """Town, region and post code as one or more lines."""
    if address.country in _CODE_BELOW:
        return [address.city, address.region, address.postal_code]
    if address.country in _REGION_ABBREVIATED:
        region = " ".join(part for part in (address.region, address.postal_code) if part)
        return [", ".join(part for part in (address.city, region) if part)]
    if address.country in _TOWN_FIRST:
        return [" ".join(part for part in (address.city, address.postal_code) if part), address.region]
    return [" ".join(part for part in (address.postal_code, address.city) if part), address.region]


def letter_lines(party: Party, address: Address, words: Words, home: str = "") -> list[str]:
    """Name and address of whoever receives a letter; the legal name too where it differs."""
    names = [party.name, party.legal_name] if party.legal_name not in {"", party.name} else [party.name]
    return [*names, *address_lines(address, words.language, home)]


def legal_lines(party: Party, words: Words, home: str = "") -> list[str]:
    """A party as a contract names it: who, where, and how the authorities know it."""
    lines = letter_lines(party, party.address, words, home)
    lines += [
        f"{words(key)} {text}" for key, text in (("tax_id", party.tax_id), ("registration", party.registration)) if text
    ]
    return lines + [text for text in (party.email, party.phone) if text]


def return_line(party: Party, home: str = "") -> str:
    """The sender in one small line above the address."""
    lines = address_lines(party.address, "en", party.address.country or home)
    return " · ".join([party.legal_name or party.name, *lines])


def footer_columns(party: Party, words: Words, abroad: bool) -> list[list[str]]:
    """What the law and the customer want to know of the seller, in up to four columns; empty ones are left out."""
    home = "" if abroad else party.address.country
    place = [party.legal_name or party.name, *address_lines(party.address, words.language, home)]
    contact = [text for text in (party.phone, party.email) if text]
    legal = [
        f"{words(key)} {text}" for key, text in (("tax_id", party.tax_id), ("registration", party.registration)) if text
    ]
    bank = [f"{words('iban')} {iban(party.iban)}"] if party.iban else []
    bank += [f"{words('bic')} {party.bic}"] if party.bic else []
    return [column for column in (place, contact, legal, bank) if column]
