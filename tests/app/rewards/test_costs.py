"""What rewards cost before they are given, and versions of an offer side by side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import RuleViolation
from app.core.totals import Basis, Reduction
from app.pipeline import fulfilment
from app.quotes.rules import Offer, with_early_tax
from app.rewards.costs import Costs, cost_of
from app.rewards.points import Programme
from app.rewards.queries import usual_margin
from app.rewards.whatif import Version, compare, financing_cost
from app.store.store import Store
from tests.builders import DAY, EUR, a_deal, a_line, an_offer, do, facts_of


def course(mode: str = "if_taken", **terms: Any) -> Offer:
    """100.00 and 21 % tax, "2/10 net 30"."""
    terms = {"payment": "2/10 net 30", "early_tax": mode} | terms
    return with_early_tax(an_offer(a_line("Course", "1", "100.00", "21", cost="60.00"), **terms), EUR)


@pytest.mark.parametrize(
    ("mode", "early", "payable"), [("always", 200, 11858), ("if_taken", 200, 11858), ("never", 200, 11900)]
)
def test_the_cost_of_paying_early(mode: str, early: int, payable: int) -> None:
    assert cost_of(course(mode), EUR) == Costs(0, 0, early, payable)


def test_cashback_is_of_what_is_paid() -> None:
    offer = course(cashback_percent=Decimal(5))
    assert cost_of(offer, EUR, early_percent=Decimal(0)) == Costs(605, 0, 0, 12100)
    assert cost_of(offer, EUR) == Costs(593, 0, 200, 11858)  # 5 % of 118.58 = 5.929
    assert cost_of(offer, EUR, early_percent=Decimal(50)).early_payment == 100


def test_points_cost_their_part_of_the_price() -> None:
    offer = an_offer(a_line("Boat", "1", "2000.00"))
    programme = Programme("EUR", Decimal("0.05"), Decimal("1.70"))
    assert cost_of(offer, EUR, programme=programme).points == 15668
    assert cost_of(offer, EUR, programme=programme, factor=Decimal(2)).points == 29060  # 2000 x 340 / 2340
    assert cost_of(offer, EUR, programme=programme, points_percent=Decimal(50)).total == 7834


def test_an_offer_without_rewards_costs_nothing() -> None:
    assert cost_of(an_offer(), EUR) == Costs(0, 0, 0, 23800)
    with pytest.raises(RuleViolation, match="at least one line"):
        cost_of(Offer(()), EUR)


def test_three_versions_side_by_side() -> None:
    plain = an_offer(a_line("Kayak", "2", "100.00", cost="60.00"), payment="net 30")
    less = an_offer(
        a_line("Kayak", "2", "100.00", cost="60.00", reductions=(Reduction("Spring", percent=Decimal(10)),)),
        payment="prepaid",
    )
    back = an_offer(a_line("Kayak", "2", "90.00", cost="60.00", list_price=Decimal(100)), cashback_percent=Decimal(5))
    found = compare(
        [Version("As it is", plain, EUR), Version("10 % less", less, EUR), Version("Cashback", back, EUR)],
        delivered_on=DAY,
        capital_percent=Decimal(12),
        usual_percent=Decimal("38.50"),
    )
    one, two, three = found
    # 238.00 for 30 days at 12 %: 238 x 0.12 x 30 / 365 = 2.347
    assert (one.listed, one.discount, one.net, one.financing, one.margin) == (20000, 0, 20000, 235, 7765)
    assert (one.pays_on, one.waits) == (date(2026, 4, 1), 30)
    assert (one.margin_percent, one.beyond_usual) == (Decimal("38.83"), Decimal("0.33"))
    assert (two.listed, two.discount, two.net, two.financing, two.margin) == (20000, 2000, 18000, 0, 6000)
    # 214.20 with tax: 10.71 of cashback, and 214.20 wait: 2.11
    assert (three.listed, three.discount, three.rewards.cashback, three.financing) == (20000, 2000, 1071, 211)
    assert three.margin == 18000 - 12000 - 1071 - 211


def test_who_pays_in_time_takes_the_discount() -> None:
    early, late = compare(
        [Version("Early", course(), EUR, date(2026, 3, 12)), Version("Late", course(), EUR)],
        delivered_on=DAY,
        capital_percent=Decimal(0),
    )
    assert (early.rewards.early_payment, late.rewards.early_payment) == (200, 0)
    assert (early.margin, late.margin, early.waits, late.waits) == (3800, 4000, 10, 30)
    assert (early.margin_percent, early.beyond_usual) == (Decimal("38.78"), None)


def test_a_deposit_costs_no_waiting_and_an_unknown_cost_no_guess() -> None:
    offer = an_offer(a_line("Kayak", "2", "100.00"), deposit_percent=Decimal(50))
    (found,) = compare([Version("Half", offer, EUR)], delivered_on=DAY, capital_percent=Decimal(12))
    assert (found.financing, found.cost, found.margin, found.margin_percent) == (117, None, None, None)


def test_prices_with_tax_are_compared_without() -> None:
    offer = an_offer(a_line("Kayak", "1", "119.00", cost="60.00", list_price=Decimal("142.80")), payment="prepaid")
    basis = Basis("EUR", prices_include_tax=True)
    (found,) = compare([Version("Shop", offer, basis)], delivered_on=DAY, capital_percent=Decimal(5))
    assert (found.listed, found.discount, found.net, found.margin) == (12000, 2000, 10000, 4000)


@pytest.mark.parametrize("count", [0, 4])
def test_one_to_three_versions(count: int) -> None:
    with pytest.raises(RuleViolation, match="expected 1 to 3"):
        compare([Version("X", course(), EUR)] * count, delivered_on=DAY, capital_percent=Decimal(0))


def test_waiting() -> None:
    assert [financing_cost(23800, days, Decimal(12)) for days in (0, 30, 365)] == [0, 235, 2856]


def test_the_usual_margin_of_a_customer(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Kayak", "2", "100.00", cost="55.00")))
    customer_id = facts_of(store, deal_id).deal.customer_id
    with store.read() as session:
        assert usual_margin(session, customer_id, "EUR", DAY) is None
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    with store.read() as session:
        assert usual_margin(session, customer_id, "EUR", DAY) == Decimal("45.00")
        assert usual_margin(session, customer_id, "EUR", date(2027, 3, 3)) is None
        assert usual_margin(session, customer_id, "USD", DAY) is None
