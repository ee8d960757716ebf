"""Rows of a table as customers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.iban import plain_iban
from app.core.party import Address, Party
from app.core.progress import Progress, Silent
from app.exchange.countries import country_code
from app.exchange.list_import.cells import Cells, Point
from app.exchange.list_import.checked import Checked, Item
from app.exchange.tables import Row, Table
from app.parties.rules import fold

_GERMAN = {
    "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "niederlande": "NL", "frankreich": "FR", "belgien": "BE",
    "italien": "IT", "spanien": "ES", "polen": "PL", "danemark": "DK", "schweden": "SE", "tschechien": "CZ",
    "luxemburg": "LU", "grossbritannien": "GB", "vereinigtes konigreich": "GB", "vereinigte staaten": "US",
    "ungarn": "HU",
}  # fmt: skip
_LANGUAGES = {"en": "en", "english": "en", "englisch": "en", "de": "de", "german": "de", "deutsch": "de"}
_ADVANCE = ("prepaid", "in advance", "vorkasse", "vorauskasse")
_ON_DELIVERY = ("on delivery", "cash on delivery", "bei lieferung", "nachnahme")
_DAYS = re.compile(r"(?:net|netto|in)?\s*([0-9]{1,4})\s*(?:days?|tage?n?)?(?:\s*net(?:to)?)?")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as a row tells it; `external_id` is what the table calls it."""

    party: Party
    payment_terms: str
    note: str
    external_id: str


def check(
    table: Table, mapping: Mapping[str, int], point: Point = ".", progress: Progress | None = None
) -> Checked[CustomerRow]:
    """All rows as customers, with everything that is wrong with them."""
    cells, watched = Cells(mapping, point), progress or Silent()
    items, seen = [], dict[str, int]()
    for done, row in enumerate(table.rows):
        if done % 1000 == 0:
            watched.check()
            watched.step(done, len(table.rows))
        item = _customer(cells, row)
        key = item.value.external_id
        if key and (before := seen.setdefault(key, row.number)) != row.number:
            cells.fault(row, "external_id", "twice", f"the same number stands in row {before}", value=key, other=before)
        items.append(item)
    return Checked(tuple(items), tuple(cells.problems), cells.count)


def _customer(cells: Cells, row: Row) -> Item[CustomerRow]:
    def text(name: str, *, needed: bool = False) -> str:
        return cells.text(row, name, needed=needed)

    address = Address(
        text("street"), text("street2"), text("postal_code"), text("city"), text("region"), _country(cells, row)
    )
    party = Party(
        name=text("name", needed=True),
        legal_name=text("legal_name"),
        tax_id=text("tax_id"),
        registration=text("registration"),
        email=text("email"),
        phone=text("phone"),
        iban=plain_iban(text("iban")),
        bic=text("bic"),
        language=_language(cells, row),
        address=address,
    )
    value = CustomerRow(party, _terms(cells, row), cells.lines(row, "note"), text("external_id"))
    return Item(row.number, value, frozenset())


def _country(cells: Cells, row: Row) -> str:
    cell = cells.text(row, "country")
    code = country_code(cell) or _GERMAN.get(fold(cell)) if cell else ""
    if code is None:
        cells.fault(row, "country", "unknown_country", f"{cell!r} is no country", value=cell)
    return code or ""


def _language(cells: Cells, row: Row) -> str:
    cell = cells.text(row, "language")
    code = _LANGUAGES.get(cell.casefold()) if cell else ""
    if code is None:
        cells.fault(row, "language", "unknown_language", f"papers cannot be written in {cell!r}", value=cell)
    return code or ""


def _terms(cells: Cells, row: Row) -> str:
    """Days until payment is due, "prepaid" or "on delivery", in the words people use."""
    cell = cells.text(row, "payment_terms").casefold()
    if not cell:
        return ""
    if cell in _ADVANCE:
        return "prepaid"
    if cell in _ON_DELIVERY:
        return "on delivery"
    if found := _DAYS.fullmatch(cell):
        return f"net {int(found[1])}"
    cells.fault(row, "payment_terms", "unknown_terms", f"{cell!r} is no payment term such as 30 days", value=cell)
    return ""
