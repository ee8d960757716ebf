"""Every series of document numbers: from 1 without a gap, none twice, and as far as the series says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from app.contracts.models import contract
from app.deals.models import deal
from app.delivery.models import delivery
from app.invoicing.models import invoice
from app.payments.models import payment
from app.pipeline.proof.reading import raw
from app.quotes.models import quote
from app.store.numbering import format_number, series
from app.store.session import AnyRow, Session


def _numbers(table: Table, day: str, where: ColumnElement[bool] | None = None) -> Select[Any]:
    """Number and day of each, in the order of numbers: equally long ones sort as they read, longer ones are later."""
    statement = select(table.c.number, *raw(table, day)).order_by(func.length(table.c.number), table.c.number)
    return statement if where is None else statement.where(where)


_QUOTES = (
    select(quote.c.number, func.min(*raw(quote, "sent_on")))
    .where(quote.c.number != "")
    .group_by(quote.c.number, quote.c.deal_id)
    .order_by(func.length(quote.c.number), quote.c.number)
)
_SERIES: dict[str, Select[Any]] = {
    "S": _numbers(deal, "opened_on"),
    "Q": _QUOTES,
    "C": _numbers(contract, "made_on"),
    "D": _numbers(delivery, "dispatched_on"),
    "INV": _numbers(invoice, "issued_on", invoice.c.kind == "invoice"),
    "CN": _numbers(invoice, "issued_on", invoice.c.kind == "credit_note"),
    "P": _numbers(payment, "paid_on"),
}
_KEPT = select(series.c.prefix, series.c.year, series.c.last).order_by(series.c.prefix, series.c.year)
_NUMBER = re.compile(r"([A-Z]+)-([0-9]{4})-([0-9]{4,})")


def gapless(session: Session) -> Iterator[str]:
    """All numbers that were given are there, once each, and the series goes on behind the last of them."""
    given: dict[tuple[str, int], int] = {}
    for prefix, statement in _SERIES.items():
        counter = _Counter(prefix)
        for row in session.stream(statement):
            yield from counter.count(row)
        given |= {(prefix, year): last for year, last in counter.last.items()}
    kept = {(row.prefix, row.year): row.last for row in session.rows(_KEPT)}
    for prefix, year in sorted(given.keys() | kept.keys()):
        found, last = given.get((prefix, year), 0), kept.get((prefix, year), 0)
        if found != last:
            yield f"the series {prefix}-{year} has given {last} numbers, but the last document has number {found}"


@dataclass(slots=True)
class _Counter:
    """Counts the numbers of one prefix, year by year."""

    prefix: str
    last: dict[int, int] = field(default_factory=dict)

    def count(self, row: AnyRow) -> Iterator[str]:
        number, day = row
        found = _NUMBER.fullmatch(number)
        if not found or found[1] != self.prefix or number != format_number(found[1], int(found[2]), int(found[3])):
            yield f"{number!r} is no number of the series {self.prefix}"
            return
        year, count = int(found[2]), int(found[3])
        before = self.last.get(year, 0)
        if count <= before:
            yield f"the number {number} was given twice"
        elif count > before + 1:
            missing = format_number(self.prefix, year, before + 1)
            yield f"the series {self.prefix}-{year} has a gap: {missing} is missing before {number}"
        if day is None or day[:4] != found[2]:
            yield f"{number} is of the day {day}, which is not in its year"
        self.last[year] = max(before, count)
