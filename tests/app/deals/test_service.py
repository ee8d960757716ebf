"""The thread of a deal on a real file."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.errors import NotFound
from app.core.party import Party
from app.core.totals import Basis, TaxRounding
from app.deals import queries, service
from app.parties.service import find_or_add
from app.store.store import Store
from tests.builders import DAY, SELLER, a_customer


def opened(store: Store, **over: object) -> int:
    with store.write("test") as session:
        customer_id = find_or_add(session, a_customer())
        given = {"customer_id": customer_id, "seller": SELLER, "basis": Basis("EUR"), "on": DAY} | over
        return service.open_deal(session, **given)  # type: ignore[arg-type]


def test_a_deal_keeps_how_it_counts_and_who_sells(store: Store) -> None:
    basis = Basis("KWD", prices_include_tax=True, tax_rounding=TaxRounding.LINE)
    deal_id = opened(store, basis=basis, title="Dates", reference="shop-1")
    with store.read() as session:
        deal = queries.by_id(session, deal_id)
        assert queries.id_by_reference(session, "shop-1") == queries.id_by_number(session, deal.number) == deal_id
        assert queries.id_by_reference(session, "shop-2") is None
    assert (deal.number, deal.basis, deal.currency, deal.title) == ("S-2026-0001", basis, "KWD", "Dates")
    assert (deal.seller, deal.customer, deal.opened_on, deal.cancelled_on) == (SELLER, a_customer(), DAY, None)
    heading = deal.heading()
    assert (heading.seller, heading.deal_number, heading.prices_include_tax) == (SELLER, "S-2026-0001", True)


def test_numbers_begin_anew_each_year(store: Store) -> None:
    days = [DAY, DAY, date(2027, 1, 1), date(2026, 12, 31)]
    ids = [opened(store, on=day) for day in days]
    with store.read() as session:
        numbers = [queries.by_id(session, deal_id).number for deal_id in ids]
    assert numbers == ["S-2026-0001", "S-2026-0002", "S-2027-0001", "S-2026-0003"]


def test_title_flag_and_cancellation(store: Store) -> None:
    deal_id = opened(store)
    with store.write("test") as session:
        service.set_title(session, deal_id, "Other")
        service.set_flag(session, deal_id, "disputed")
        service.cancel(session, deal_id, DAY)
    with store.read() as session:
        deal = queries.by_id(session, deal_id)
    assert (deal.title, deal.flag, deal.cancelled_on) == ("Other", "disputed", DAY)


def test_the_seller_is_frozen_and_the_customer_is_not(store: Store) -> None:
    deal_id = opened(store)
    with store.write("test") as session:
        find_or_add(session, a_customer(phone="04522 1"))
    with store.read() as session:
        deal = queries.by_id(session, deal_id)
    assert (deal.seller, deal.customer.phone) == (SELLER, "04522 1")
    assert isinstance(deal.seller, Party)


def test_what_is_not_there(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(NotFound, match="no deal with the id 3"):
            queries.by_id(session, 3)
        with pytest.raises(NotFound, match="'S-2026-0009'"):
            queries.id_by_number(session, "S-2026-0009")
