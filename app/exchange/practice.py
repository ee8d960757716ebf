"""The practice company: a small seller with deals in every stage, made through the same commands as everything else.

Its data stand in resources/sample/practice.json: deals in the format of deal files, but with days counted from today
(-3 is three days ago), so that something is always due. The file marks itself, and only a marked one is thrown away.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.catalog import service as catalog
from app.catalog.queries import by_sku
from app.catalog.rules import Kind, Product
from app.core.codec import from_plain, to_text
from app.core.errors import StoreError
from app.core.party import Party
from app.core.progress import Progress
from app.core.tax import Tax, TaxCategory
from app.exchange import practice_catalogue
from app.exchange.deal_file.commands import open_deal, take_step
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.shape import FORMAT, DealFile, Step
from app.parties import service as parties
from app.parties.defaults import Defaults, set_defaults
from app.parties.practice import is_practice, mark_as_practice
from app.parties.queries import match
from app.pipeline import quoting
from app.quotes.draft import VERSION, line_of
from app.store import drafts
from app.store.drafts import Draft
from app.store.session import WriteSession
from app.store.store import Store

ACTOR = "practice"
_SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
_BESIDE = ("", "-wal", "-shm", ".lock", ".partial", ".files", ".backups")
"""Everything that may lie beside a store under its name."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens in one of the deals: its opening where `step` is None."""

    on: date
    deal: int
    number: int
    step: Step | None


def fill(store: Store, today: date, watermark: str, progress: Progress) -> None:
    """Fill an empty store with the practice company, its papers marked with `watermark`. Raises `Cancelled`."""
    data, more = _read("practice.json"), _read("practice_catalogue.json")
    with store.write(ACTOR) as session:
        _set_up(session, data, more, watermark)
        practice_catalogue.set_up(session, more, today)
    parties_of = data["customers"] | {key: one["party"] for key, one in more["customers"].items()}
    deals = [parse(_deal_file(deal, parties_of, today)) for deal in (*data["deals"], *more["deals"])]
    events = sorted(_events(deals), key=lambda event: (event.on, event.deal, event.number))
    ids: dict[int, int] = {}
    for done, event in enumerate(events):
        progress.check()
        progress.step(done, len(events), deals[event.deal].title)
        with store.write(ACTOR) as session:
            if event.step is None:
                ids[event.deal] = open_deal(session, deals[event.deal]).ids["deal"]
            else:
                take_step(session, ids[event.deal], event.step)
    with store.write(ACTOR) as session:
        practice_catalogue.fill_store_room(session, more, today)
        practice_catalogue.make_offer(session, more, today)
        _begin_quote(session, data, today)
    progress.step(len(events), len(events))


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_SAMPLE / name).read_text(encoding="utf-8"))
    return found


def _begin_quote(session: WriteSession, data: dict[str, Any], today: date) -> None:
    """A quote that somebody began and left: the wizard goes on with it."""
    begun = data["unfinished"]
    customer_id = match(session, from_plain(Party, data["customers"][begun["customer"]]))
    draft = quoting.begin(session, today, customer_id)
    products = by_sku(session, begun["lines"])
    lines = (line_of(products[sku], draft.currency, Decimal(much)) for sku, much in begun["lines"].items())
    text = to_text(replace(draft, title=begun["title"], lines=tuple(lines)))
    drafts.put(session, Draft("new-quote", str(customer_id), VERSION, text))


def _set_up(session: WriteSession, data: dict[str, Any], more: dict[str, Any], watermark: str) -> None:
    """Company, catalogue and customers; everything a deal refers to."""
    logo = base64.b64encode((_SAMPLE / "logo.png").read_bytes()).decode("ascii")
    look = {"accent": data["accent"], "logo": logo, "watermark": watermark}
    parties.set_company(session, from_plain(Party, data["company"]), look=look)
    rates = tuple(Decimal(rate) for rate in data["tax_rates"])
    set_defaults(session, Defaults("EUR", tax_rates=rates, payment=data["payment"]))
    for item in (*data["products"], *more["products"]):
        catalog.save_product(session, _product(item))
    for party in data["customers"].values():
        parties.save_customer(session, from_plain(Party, party), payment_terms=data["payment"])
    practice_catalogue.add_customers(session, more, data["payment"])
    mark_as_practice(session)


def _product(item: dict[str, str]) -> Product:
    return Product(
        sku=item["sku"],
        name=item["name"],
        currency="EUR",
        unit_price=Decimal(item["unit_price"]),
        tax=Tax(TaxCategory.STANDARD, Decimal(item["tax_rate"])),
        description=item["description"],
        category=item["category"],
        kind=Kind(item["kind"]),
        unit=item["unit"],
        cost=Decimal(item["cost"]) if item["cost"] else None,
    )


def _deal_file(deal: dict[str, Any], customers: dict[str, Any], today: date) -> bytes:
    """A deal of the data as a whole deal file: real days, its customer, its tax on every line."""
    plain = {key: value for key, value in deal.items() if key != "tax"}
    tax = {"tax": deal["tax"]} if "tax" in deal else {}
    whole = plain | {
        "format": FORMAT,
        "currency": deal.get("currency", "EUR"),
        "customer": customers[deal["customer"]],
        "date": _day(today, deal["date"]),
        "lines": [line | tax for line in deal["lines"]],
        "steps": [step | {"on": _day(today, step["on"])} for step in deal["steps"]],
    }
    return json.dumps(whole).encode()


def _day(today: date, offset: int) -> str:
    return (today + timedelta(days=offset)).isoformat()


def _events(deals: list[DealFile]) -> Iterator[Event]:
    for number, deal in enumerate(deals):
        yield Event(deal.date, number, 0, None)
        for index, step in enumerate(deal.steps, 1):
            yield Event(step.on, number, index, step)


def throw_away(store: Store) -> None:
    """Close an open practice company and remove its file and everything beside it.

    Raises `StoreError` for any other company, and where something cannot be removed.
    """
    with store.read() as session:
        if not is_practice(session):
            raise StoreError(f"{store.path.name} is not a practice company; it was not touched.")
    store.close()
    remove(store.path)


def remove(path: Path) -> None:
    """Remove a closed store and everything beside it. Raises `StoreError` naming what stays."""
    for end in _BESIDE:
        beside = path.with_name(path.name + end)
        try:
            if beside.is_dir():
                shutil.rmtree(beside)
            else:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{beside.name} could not be removed ({error.strerror}); delete it by hand.") from error
