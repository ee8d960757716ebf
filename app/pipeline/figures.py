"""The money figures of Home: what is quoted, won, owed and earned, and cash by week. Set-based, by currency.

Each figure that opens a list is summed over that very list with that very filter, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from app.contracts.models import contract
from app.deals.models import deal
from app.invoicing.models import invoice
from app.ledger.models import journal_entry, journal_line
from app.parties.defaults import defaults
from app.payments.models import payment
from app.pipeline import lists
from app.pipeline import standing_sql as standing
from app.pipeline.lists import Filter, ListOf
from app.pipeline.monthly import monthly
from app.quotes.models import quote
from app.store.session import Session
from app.store.types import BigInt, Day

OPEN_QUOTES = Filter(states=("sent",))
OPEN_INVOICES = Filter(states=("open", "partly_paid", "partly_credited", "overdue"))
OVERDUE = Filter(states=("overdue",))
DECIDED = ("accepted", "declined", "expired")
"""States that count for the win rate: an expired quote was not won."""

RATE_DAYS, EXPIRES_WITHIN_DAYS = 90, 7
WEEKS_BACK, WEEKS_AHEAD, TREND_WEEKS, TREND_MONTHS = 4, 7, 8, 6


def decided(on: date) -> Filter:
    """The quotes of the last ninety days that were decided: what the win rate counts."""
    return Filter(states=DECIDED, since=on - timedelta(days=RATE_DAYS), until=on)


def this_month(on: date) -> Filter:
    """What was earned this month up to today."""
    return Filter(since=on.replace(day=1), until=on)


@dataclass(frozen=True, slots=True)
class Sum:
    """So many documents over so much, in minor units of one currency."""

    currency: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Quotes that were won out of those that were decided."""

    won: int
    decided: int

    @property
    def percent(self) -> Decimal | None:
        """Whole percent, or None where nothing was decided."""
        if not self.decided:
            return None
        return (Decimal(100 * self.won) / self.decided).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Week:
    """Cash of a week that begins on `first` (a Monday), in minor units: what came, and what is due."""

    first: date
    received: int
    expected: int


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash by week in one currency: four weeks back, this one, seven ahead."""

    currency: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on Home. Sums are by currency, the company's own first and always there; trends are in it alone."""

    currency: str
    open_quotes: tuple[Sum, ...]
    expiring: int
    win_rate: Rate
    win_rate_before: Rate
    awaiting: tuple[Sum, ...]
    overdue: tuple[Sum, ...]
    revenue: tuple[Sum, ...]
    revenue_before: int
    cash: tuple[Cash, ...]
    quotes_trend: tuple[int, ...]
    rate_trend: tuple[int, ...]
    awaiting_trend: tuple[int, ...]
    revenue_trend: tuple[int, ...]


def figures(session: Session, on: date) -> Figures:
    """All figures as of a day."""
    own = defaults(session).currency
    months = monthly(session, on, TREND_MONTHS, own)
    awaiting = _sums(session, lists.INVOICES, "open", OPEN_INVOICES, on, own)
    rates = _rates(session, on)
    return Figures(
        currency=own,
        open_quotes=_sums(session, lists.QUOTES, "gross", OPEN_QUOTES, on, own),
        expiring=int(session.value(_EXPIRING, {"on": on, "soon": on + timedelta(days=EXPIRES_WITHIN_DAYS)})),
        win_rate=_rate(rates, on - timedelta(days=RATE_DAYS), on),
        win_rate_before=_rate(rates, on - timedelta(days=2 * RATE_DAYS + 1), on - timedelta(days=RATE_DAYS + 1)),
        awaiting=awaiting,
        overdue=_sums(session, lists.INVOICES, "open", OVERDUE, on, own),
        revenue=tuple(
            Sum(item.currency, 0, item.now.earned) for item in months if item.now.earned or item is months[0]
        ),
        revenue_before=months[0].before.earned,
        cash=_cash(session, on, own),
        quotes_trend=_quotes_trend(session, on, own),
        rate_trend=_rate_trend(rates, on),
        awaiting_trend=_awaiting_trend(session, on, own, awaiting[0].amount),
        revenue_trend=tuple(month.earned for month in months[0].months),
    )


def _own_first(own: str, found: Iterable[Sum]) -> tuple[Sum, ...]:
    by_currency = {item.currency: item for item in found}
    first = by_currency.pop(own, Sum(own, 0, 0))
    return (first, *(by_currency[code] for code in sorted(by_currency)))


def _sums(session: Session, what: ListOf[Any], column: str, narrowed: Filter, on: date, own: str) -> tuple[Sum, ...]:
    """Count and sum over the rows that a list shows with a filter of states."""
    table = what.table.c
    statement = select(table.currency, func.count(), func.sum(table[column], type_=BigInt)).group_by(table.currency)
    rows = session.rows(statement.where(table.state.in_(narrowed.states)).params(today=on))
    return _own_first(own, (Sum(code, int(count), int(amount)) for code, count, amount in rows))


_ON, _SOON, _FIRST, _LAST = (bindparam(name, type_=Day) for name in ("on", "soon", "first", "last"))
_LIVE = deal.c.cancelled_on.is_(None)
_EXPIRING = (
    select(func.count())
    .select_from(deal.join(quote, (quote.c.deal_id == deal.c.id) & standing.IS_LATEST))
    .where(_LIVE, quote.c.state == "sent", quote.c.valid_until >= _ON, quote.c.valid_until <= _SOON)
)


# ------------------------------------------------------------------ win rate
def _rates(session: Session, on: date) -> list[tuple[date, str, int]]:
    """(day the quote was made, state, how many) of the last half year's quotes."""
    table = lists.QUOTES.table.c
    statement = select(table.made_on, table.state, func.count()).group_by(table.made_on, table.state)
    since = on - timedelta(days=2 * RATE_DAYS + 1)
    rows = session.rows(statement.where(table.made_on >= since).params(today=on))
    return [(row[0], row[1], int(row[2])) for row in rows]


def _rate(rates: Sequence[tuple[date, str, int]], first: date, last: date) -> Rate:
    inside = [(state, count) for day, state, count in rates if first <= day <= last]
    won = sum(count for state, count in inside if state == "accepted")
    return Rate(won, sum(count for state, count in inside if state in DECIDED))


def _rate_trend(rates: Sequence[tuple[date, str, int]], on: date) -> tuple[int, ...]:
    """Percent won, month by month of thirty days; months without a decision repeat the one before."""
    found: list[int] = []
    for back in range(TREND_MONTHS - 1, -1, -1):
        last = on - timedelta(days=30 * back)
        percent = _rate(rates, last - timedelta(days=29), last).percent
        found.append(int(percent) if percent is not None else (found[-1] if found else 0))
    return tuple(found)


# ------------------------------------------------------------------ cash by week
_RECEIVED = (
    select(payment.c.currency, payment.c.paid_on, func.sum(payment.c.amount, type_=BigInt))
    .where(payment.c.direction == "in", payment.c.method != "credit", payment.c.paid_on.between(_FIRST, _LAST))
    .group_by(payment.c.currency, payment.c.paid_on)
)
_DUE = (
    select(invoice.c.currency, invoice.c.due_on, func.sum(standing.INVOICE_OPEN, type_=BigInt))
    .where(invoice.c.kind == "invoice", standing.INVOICE_OPEN > 0, invoice.c.due_on <= _LAST)
    .group_by(invoice.c.currency, invoice.c.due_on)
)
_ASKS = or_(quote.c.payment == "prepaid", quote.c.deposit_percent.is_not(None), quote.c.deposit_amount.is_not(None))
_MISSING: ColumnElement[int] = standing.DEPOSIT - standing.RECEIVED
_DEPOSITS = (
    select(deal.c.currency, func.sum(_MISSING, type_=BigInt))
    .select_from(
        deal.join(quote, (quote.c.deal_id == deal.c.id) & standing.IS_LATEST).join(
            contract, contract.c.deal_id == deal.c.id
        )
    )
    .where(_LIVE, _ASKS, _MISSING > 0, standing.HAS_OPEN_LINES, standing.SIGNATURES >= 2)
    .group_by(deal.c.currency)
)


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _cash(session: Session, on: date, own: str) -> tuple[Cash, ...]:
    now = monday(on)
    firsts = [now + timedelta(weeks=week) for week in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]
    span = {"first": firsts[0], "last": firsts[-1] + timedelta(days=6)}
    received: dict[tuple[str, date], int] = {}
    expected: dict[tuple[str, date], int] = {}
    for currency, day, amount in session.rows(_RECEIVED, span):
        _add(received, currency, monday(day), amount)
    for currency, day, amount in session.rows(_DUE, span):
        _add(expected, currency, max(monday(day), now), amount)
    for currency, amount in session.rows(_DEPOSITS):
        _add(expected, currency, now, amount)
    others = {currency for currency, _ in (*received, *expected)} - {own}
    return tuple(
        Cash(
            code, tuple(Week(first, received.get((code, first), 0), expected.get((code, first), 0)) for first in firsts)
        )
        for code in (own, *sorted(others))
    )


def _add(sums: dict[tuple[str, date], int], currency: str, week: date, amount: int) -> None:
    sums[currency, week] = sums.get((currency, week), 0) + int(amount)


# ------------------------------------------------------------------ trends
_SENT = (
    select(
        quote.c.deal_id,
        quote.c.revision,
        quote.c.sent_on,
        quote.c.valid_until,
        quote.c.decided_on,
        quote.c.gross,
        deal.c.cancelled_on,
    )
    .join_from(quote, deal)
    .where(quote.c.sent_on <= _LAST, quote.c.valid_until >= _FIRST, deal.c.currency == bindparam("currency"))
    .order_by(quote.c.deal_id, quote.c.revision.desc())
)


def _week_ends(on: date) -> list[date]:
    return [on - timedelta(weeks=back) for back in range(TREND_WEEKS - 1, -1, -1)]


def _quotes_trend(session: Session, on: date, own: str) -> tuple[int, ...]:
    """What was out and still open at the end of each of the last weeks."""
    days = _week_ends(on)
    totals = dict.fromkeys(days, 0)
    newer: tuple[int, date] | None = None
    for row in session.rows(_SENT, {"first": days[0], "last": on, "currency": own}):
        ends = [day for day in (row.decided_on, row.cancelled_on) if day is not None]
        if newer is not None and newer[0] == row.deal_id:
            ends.append(newer[1])
        newer = (row.deal_id, row.sent_on)
        for day in days:
            if row.sent_on <= day <= row.valid_until and all(day < end for end in ends):
                totals[day] += row.gross
    return tuple(totals.values())


_OWED_AFTER = (
    select(journal_entry.c.posted_on, func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt))
    .join_from(journal_line, journal_entry)
    .where(
        journal_entry.c.posted_on > _FIRST,
        journal_line.c.role == "receivable",
        journal_entry.c.currency == bindparam("currency"),
    )
    .group_by(journal_entry.c.posted_on)
)


def _awaiting_trend(session: Session, on: date, own: str, now: int) -> tuple[int, ...]:
    """What customers owed at the end of each of the last weeks: today's sum without what came since."""
    days = _week_ends(on)
    moves = session.rows(_OWED_AFTER, {"first": days[0], "currency": own})
    return tuple(now - sum(int(amount) for day, amount in moves if day > end) for end in days)
