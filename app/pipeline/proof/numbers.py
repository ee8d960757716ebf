"""Every series of document numbers: from its first without a gap, none twice, and as far as the series says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from app.contracts.models import contract
from app.core.codec import from_plain
from app.deals.models import deal
from app.delivery.models import delivery
from app.invoicing.models import invoice
from app.payments.models import payment
from app.pipeline.proof.reading import raw
from app.quotes.models import quote
from app.store.history import history
from app.store.numbering import Form, Key, Numbering, numbering, parse_number, series
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
_CHOSEN = select(history.c.details).where(history.c.action == "set_numbering").order_by(history.c.id)


def gapless(session: Session) -> Iterator[str]:
    """All numbers that were given are there, once each, and the series goes on behind the last of them."""
    chosen = numbering(session)
    given: dict[Key, int] = {}
    for kind, statement in _SERIES.items():
        counter = _Counter(kind, chosen)
        for row in session.stream(statement):
            yield from counter.count(row)
        given |= {key: last - chosen.first(key) + 1 for key, last in counter.last.items()}
    kept: dict[Key, int] = {(row.prefix, row.year): row.last for row in session.rows(_KEPT)}
    for key in sorted(given.keys() | kept.keys()):
        found, last = given.get(key, 0), kept.get(key, 0)
        if found != last:
            yield f"the series {_name(key)} has given {last} numbers, but the documents have {found}"


def readings(session: Session) -> Iterator[str]:
    """How numbers read is what was chosen by a command, for each kind the last time."""
    told = {row.details["kind"]: from_plain(Form, row.details["form"]) for row in session.rows(_CHOSEN)}
    kept = numbering(session)
    for kind in sorted(told.keys() | kept.forms.keys()):
        due, found = told.get(kind, Form(kind)), kept.of(kind)[-1]
        if found != due:
            read, wanted = found.text(2000, 1), due.text(2000, 1)
            yield f"numbers of {kind} read {read!r}, but {wanted!r} was chosen (by the history)"


def _name(key: Key) -> str:
    prefix, year = key
    return f"{prefix}-{year}" if year else prefix


@dataclass(slots=True)
class _Counter:
    """Counts the numbers of one kind, series by series."""

    kind: str
    chosen: Numbering
    last: dict[Key, int] = field(default_factory=dict)

    def count(self, row: AnyRow) -> Iterator[str]:
        number, day = row
        found = parse_number(self.chosen, self.kind, number)
        if found is None:
            yield f"{number!r} is no number of the series {self.kind}"
            return
        form, year, count = found
        key = form.key(year)
        before = self.last.get(key, self.chosen.first(key) - 1)
        if count <= before:
            yield f"the number {number} was given twice"
        elif count > before + 1:
            missing = form.text(year, before + 1)
            yield f"the series {_name(key)} has a gap: {missing} is missing before {number}"
        if year and (day is None or day[:4] != f"{year:04d}"):
            yield f"{number} is of the day {day}, which is not in its year"
        self.last[key] = max(before, count)
