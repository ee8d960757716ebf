"""From the bytes of a deal file to a `DealFile`, strictly: what can be known from the file alone is checked here.

Nothing is guessed and nothing is lost in silence; the first thing that is wrong is named with its place, what was
expected and what was found.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.money import currencies
from app.core.party import Address, Party
from app.core.totals import TaxRounding
from app.exchange.countries import country_code, country_codes
from app.exchange.deal_file.decode import decode
from app.exchange.deal_file.entry import Entry, Keys
from app.exchange.deal_file.faults import Path, missing, unknown, wrong
from app.exchange.deal_file.parse_lines import parse_lines, parse_reductions
from app.exchange.deal_file.parse_offer import parse_cashback, parse_coupons, parse_language
from app.exchange.deal_file.parse_steps import parse_steps
from app.exchange.deal_file.parse_terms import parse_terms
from app.exchange.deal_file.shape import FORMAT, DealFile

_DEAL = Keys.of(
    "format seller customer currency reference date title prices_include_tax tax_rounding lines discounts charges "
    "terms steps language coupons cashback",
)
_PARTY = Keys.of("name legal_name tax_id registration email phone iban bic language address delivery_address")
_ADDRESS = Keys.of("street street2 postal_code city region country")


def parse(data: bytes) -> DealFile:
    """The deal that the file tells. Raises `BadDealFile`, and nothing else."""
    value = decode(data)
    _check_format(value)
    entry = Entry(value, None, _DEAL)
    currency = entry.code("currency", "currency of ISO 4217", currencies(), "EUR")
    start = entry.needed_day("date")
    lines = parse_lines(entry, currency)
    if lines is None:
        raise missing(entry.at("lines"), "a list of at least one line")
    return DealFile(
        customer=_party(entry.needed("customer", "the customer, at least a name"), entry.at("customer")),
        currency=currency,
        date=start,
        lines=lines,
        seller=_party(entry.values["seller"], entry.at("seller")) if "seller" in entry else None,
        reference=entry.line("reference"),
        title=entry.line("title"),
        prices_include_tax=entry.yes("prices_include_tax", False),
        tax_rounding=entry.choice("tax_rounding", TaxRounding, TaxRounding.DOCUMENT),
        discounts=parse_reductions(entry, "discounts", currency, of_document=True) or (),
        charges=parse_reductions(entry, "charges", currency, of_document=True) or (),
        terms=replace(parse_terms(entry, currency), cashback_percent=parse_cashback(entry)),
        steps=parse_steps(entry, currency, start, len(lines)),
        language=parse_language(entry),
        coupons=parse_coupons(entry) or (),
    )


def _check_format(value: Any) -> None:
    """The format comes first: a file of another kind or version is named as such, not by its first unknown key."""
    if not isinstance(value, dict):
        raise wrong(None, f"a JSON object with the format {FORMAT}", value)
    if "format" not in value:
        raise missing((None, "format"), f'"{FORMAT}"')
    if value["format"] != FORMAT or type(value["format"]) is not str:
        raise wrong((None, "format"), f'"{FORMAT}", the version this program reads', value["format"])


def _party(value: Any, path: Path) -> Party:
    entry = Entry(value, path, _PARTY)
    return Party(
        name=entry.needed_line("name", "a name"),
        legal_name=entry.line("legal_name"),
        tax_id=entry.line("tax_id"),
        registration=entry.line("registration"),
        email=entry.line("email"),
        phone=entry.line("phone"),
        iban=entry.line("iban"),
        bic=entry.line("bic"),
        language=entry.line("language"),
        address=_address(entry, "address"),
        delivery_address=_address(entry, "delivery_address"),
    )


def _address(party: Entry, key: str) -> Address:
    if key not in party:
        return Address()
    entry = Entry(party.values[key], party.at(key), _ADDRESS)
    return Address(
        street=entry.line("street"),
        street2=entry.line("street2"),
        postal_code=entry.line("postal_code"),
        city=entry.line("city"),
        region=entry.line("region"),
        country=_country(entry),
    )


def _country(entry: Entry) -> str:
    """An ISO 3166-1 code; empty if not known. A name is not taken, but its code is proposed."""
    text = entry.line("country")
    if text and text not in country_codes():
        raise unknown(entry.at("country"), "country of ISO 3166-1", text, country_codes(), near=country_code(text))
    return text
