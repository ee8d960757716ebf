"""Home's figures against figures worked out by hand, and against the lists they open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.progress import Silent
from app.core.totals import Basis
from app.exchange import practice
from app.parties.defaults import Defaults, set_defaults
from app.pipeline import figures as home
from app.pipeline import fulfilment, lists, service
from app.pipeline.figures import Figures, Rate, Sum, Week
from app.pipeline.lists import Filter
from app.store.store import Store
from tests.builders import DAY, a_deal, an_offer, do

TODAY = date(2026, 11, 23)


def look(store: Store, on: date = DAY) -> Figures:
    with store.read() as session:
        return home.figures(session, on)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def test_a_new_file_has_zeros_in_its_own_currency(store: Store) -> None:
    do(store, set_defaults, Defaults("CHF"))
    found = look(store)
    zero = (Sum("CHF", 0, 0),)
    assert found.currency == "CHF"
    assert (found.open_quotes, found.awaiting, found.overdue, found.revenue) == (zero, zero, zero, zero)
    assert found.win_rate.percent is None
    assert [cash.currency for cash in found.cash] == ["CHF"]
    assert set(found.quotes_trend + found.rate_trend + found.awaiting_trend + found.revenue_trend) == {0}


def test_open_quotes_by_currency_and_those_that_expire_soon(store: Store) -> None:
    for until in ("draft", "sent", "sent", "accepted"):
        a_deal(store, until=until)
    a_deal(store, until="sent", basis=Basis("JPY"))
    found = look(store)
    assert found.open_quotes == (Sum("EUR", 2, 47600), Sum("JPY", 1, 238))
    assert found.expiring == 0
    assert look(store, after(23)).expiring == 3
    assert look(store, after(31)).open_quotes == (Sum("EUR", 0, 0),)
    assert found.quotes_trend[-1] == 47600
    assert look(store, after(10)).quotes_trend[-2:] == (47600, 47600)
    assert look(store, after(40)).quotes_trend[-3:] == (47600, 0, 0)


def test_a_revision_counts_once_in_the_trend(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    do(
        store,
        service.revise_quote,
        deal_id,
        offer=replace(an_offer(), terms=an_offer(valid_days=60).terms),
        on=after(8),
    )
    assert look(store, after(14)).quotes_trend[-2:] == (23800, 23800)
    assert look(store, after(14)).open_quotes[0].amount == 23800


def test_the_win_rate_counts_what_was_decided_of_ninety_days(store: Store) -> None:
    for until in ("accepted", "in_force", "sent", "draft"):
        a_deal(store, until=until)
    do(store, service.decline_quote, a_deal(store, until="sent"), on=after(1))
    assert look(store, after(1)).win_rate == Rate(2, 3)
    assert look(store, after(31)).win_rate == Rate(2, 4)  # one expired meanwhile
    assert look(store, after(90)).win_rate == Rate(2, 4)
    assert look(store, after(91)).win_rate == Rate(0, 0)
    assert look(store, after(91)).win_rate_before == Rate(2, 4)
    assert Rate(2, 3).percent == 67
    assert look(store, after(1)).rate_trend[-1] == 67


def test_what_is_awaited_overdue_and_earned(store: Store) -> None:
    deal_id = a_deal(store, an_offer(payment="net 14"))
    do(store, fulfilment.dispatch, deal_id, on=after(1), quantities={1: Decimal(1)})
    do(store, fulfilment.confirm_receipt, deal_id, on=after(1))  # 100.00 net, 119.00 gross, due on 17 March
    do(store, fulfilment.pay, deal_id, on=after(2), amount=1900)
    found = look(store, after(2))
    assert found.awaiting == (Sum("EUR", 1, 10000),)
    assert found.overdue == (Sum("EUR", 0, 0),)
    assert found.revenue == (Sum("EUR", 0, 10000),)
    assert look(store, after(16)).overdue == (Sum("EUR", 1, 10000),)
    in_april = look(store, after(40))
    assert (in_april.revenue[0].amount, in_april.revenue_before) == (0, 10000)
    assert in_april.revenue_trend[-2:] == (10000, 0)
    assert in_april.awaiting_trend[-1] == 10000
    assert look(store, after(7)).awaiting_trend[-2:] == (0, 10000)


def test_cash_by_week(store: Store) -> None:
    deal_id = a_deal(store, an_offer(payment="net 14", deposit_percent=Decimal(50)))
    by_week = _weeks(look(store, after(3)))
    assert by_week[DAY] == Week(DAY, 0, 11900)  # the deposit is due now
    do(store, fulfilment.pay, deal_id, on=after(3), amount=11900)
    do(store, fulfilment.dispatch, deal_id, on=after(8))
    do(store, fulfilment.confirm_receipt, deal_id, on=after(8))  # due on 24 March: 119.00 are left
    by_week = _weeks(look(store, after(9)))
    assert by_week[DAY] == Week(DAY, 11900, 0)
    assert by_week[date(2026, 3, 23)] == Week(date(2026, 3, 23), 0, 11900)
    assert len(by_week) == 12
    late = _weeks(look(store, after(40)))
    assert late[date(2026, 4, 6)].expected == 11900  # overdue, so it is expected now
    do(store, fulfilment.pay, deal_id, on=after(40), amount=12000)
    do(store, fulfilment.refund, deal_id, on=after(40), amount=100)
    assert _weeks(look(store, after(40)))[date(2026, 4, 6)] == Week(date(2026, 4, 6), 12000, 0)


def _weeks(found: Figures) -> dict[date, Week]:
    return {week.first: week for week in found.cash[0].weeks}


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("figures") / "practice.handsel", create=True) as opened:
        practice.fill(opened, TODAY, "Practice", Silent())
        yield opened


@pytest.mark.parametrize(
    ("field", "what", "column", "narrowed"),
    [
        ("open_quotes", lists.QUOTES, "gross", home.OPEN_QUOTES),
        ("awaiting", lists.INVOICES, "open", home.OPEN_INVOICES),
        ("overdue", lists.INVOICES, "open", home.OVERDUE),
        ("revenue", lists.REVENUE, "amount", home.this_month(TODAY)),
    ],
)
def test_a_card_shows_the_sum_of_the_list_it_opens(
    practised: Store, field: str, what: Any, column: str, narrowed: Filter
) -> None:
    with practised.read() as session:
        rows = lists.page(session, what, narrowed, TODAY, size=1000).items
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + getattr(row, column)
    card = {item.currency: item.amount for item in getattr(look(practised, TODAY), field)}
    assert sums
    assert card == sums | {"EUR": sums.get("EUR", 0)}


def test_the_win_rate_is_that_of_the_list_it_opens(practised: Store) -> None:
    with practised.read() as session:
        rows = lists.page(session, lists.QUOTES, home.decided(TODAY), TODAY, size=1000).items
    rate = look(practised, TODAY).win_rate
    assert len(rows) == rate.decided > 10
    assert sum(row.state == "accepted" for row in rows) == rate.won
