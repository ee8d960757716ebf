"""Which columns an import wants, the other names they go by (English and German), and which column fits which."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that can be taken; `synonyms` best first."""

    name: str
    synonyms: tuple[str, ...] = ()
    needed: bool = False


def _wanted(name: str, synonyms: str = "", needed: bool = False) -> Wanted:
    return Wanted(name, tuple(word.strip() for word in synonyms.split(",") if word.strip()), needed)


CUSTOMERS: tuple[Wanted, ...] = (
    _wanted(
        "name", "company, company name, customer, customer name, full name, firma, firmenname, kunde, kundenname", True
    ),
    _wanted(
        "external_id", "customer number, customer id, customerid, id, no, kundennummer, kunden-nr, kundennr, nummer"
    ),
    _wanted("legal_name", "registered name, rechtlicher name"),
    _wanted("email", "e-mail, mail, email address, e-mail-adresse, mailadresse"),
    _wanted("phone", "telephone, tel, phone number, telefon, telefonnummer, rufnummer"),
    _wanted("street", "address, address line 1, address1, street address, strasse, straße, anschrift, adresse"),
    _wanted("street2", "address line 2, address2, addition, zusatz, adresszusatz"),
    _wanted("postal_code", "zip, zip code, postcode, postal code, plz, postleitzahl"),
    _wanted("city", "town, place, ort, stadt, wohnort"),
    _wanted("region", "state, province, county, bundesland, kanton"),
    _wanted("country", "country code, land, ländercode, staat"),
    _wanted("tax_id", "vat id, vat number, vat, tax number, ust-id, ustid, ust-idnr, umsatzsteuer-id, steuernummer"),
    _wanted("registration", "register number, company number, handelsregister, hrb"),
    _wanted("iban", "bank account, account, bankverbindung, konto"),
    _wanted("bic", "swift, swift code"),
    _wanted("payment_terms", "terms, payment, zahlungsziel, zahlungsbedingung, zahlungsbedingungen"),
    _wanted("language", "sprache"),
    _wanted("note", "notes, comment, remark, notiz, bemerkung, kommentar"),
)

PRODUCTS: tuple[Wanted, ...] = (
    _wanted(
        "sku",
        "item number, product code, productcode, article number, item, code, number, artikelnummer, artikel-nr, "
        "artikelnr, produktnummer, nummer",
        True,
    ),
    _wanted(
        "name", "product, product name, productname, title, item name, artikel, bezeichnung, produkt, produktname", True
    ),
    _wanted("description", "details, text, long text, productdescription, beschreibung, langtext"),
    _wanted("category", "group, product group, product line, productline, kategorie, warengruppe, gruppe"),
    _wanted("kind", "type, art, typ"),
    _wanted("unit", "unit of measure, uom, einheit, mengeneinheit"),
    _wanted("unit_price", "price, list price, sales price, msrp, net price, preis, listenpreis, verkaufspreis, vk"),
    _wanted("base_quantity", "price per, per, price unit, preiseinheit, preis je"),
    _wanted("cost", "cost price, purchase price, buy price, buyprice, einkaufspreis, ek, kosten"),
    _wanted("currency", "currency code, währung, waehrung"),
    _wanted("tax_rate", "vat, vat rate, tax, mwst, ust, steuersatz, steuer, mehrwertsteuer"),
)


def guess(columns: Sequence[str], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Which column of a table serves which wanted one, by its names; case and accents make no difference."""
    free: dict[str, int] = {}
    for place, heading in enumerate(columns):
        free.setdefault(_fold(heading), place)
    free.pop("", None)
    found: dict[str, int] = {}
    longest = max(len(one.synonyms) for one in wanted)
    for rank in range(longest + 1):
        for one in wanted:
            names = (one.name, *one.synonyms)
            if one.name not in found and rank < len(names) and _fold(names[rank]) in free:
                found[one.name] = free.pop(_fold(names[rank]))
    return found


def missing(mapping: Mapping[str, int], wanted: Sequence[Wanted]) -> list[str]:
    """The needed columns that nothing serves."""
    return [one.name for one in wanted if one.needed and one.name not in mapping]


def _fold(name: str) -> str:
    """Letters and digits alone, without case and accents."""
    bare = unicodedata.normalize("NFKD", name).casefold().replace("ß", "ss")
    return "".join(character for character in bare if character.isalnum())
