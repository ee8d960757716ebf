"""Deals as life writes them: whatever happens, allowed or refused, the books stay true and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import NotAllowed
from app.core.tax import Tax
from app.core.totals import Basis, Reduction, TaxRounding
from app.delivery import queries as deliveries
from app.delivery.rules import Confirmed
from app.invoicing import queries as invoicing
from app.payments import queries as payments
from app.payments.rules import Method
from app.pipeline import facts, fulfilment, service
from app.quotes.rules import Offer, Terms
from app.store.history import Done
from app.store.session import WriteSession
from app.store.store import Store
from tests.builders import (
    DAY,
    Json,
    a_customer,
    a_deal,
    a_line,
    a_service,
    a_tax,
    assert_true_books,
    balance,
    counts_of,
    facts_of,
    outcome_of,
)

PIECES = st.integers(1, 4).map(lambda n: Decimal(n) / 2)
LINES = st.sampled_from([1, 2, 3])
CENTS = st.integers(1, 60_000)
PERCENTS = st.sampled_from(["7.5", "10", "33.333332", "90"])
PRICES = st.sampled_from(["0.00", "0.07", "3.33", "19.99", "100.00", "249.995"])
TAXES = st.sampled_from([None, a_tax("7"), a_tax("0", "Z")])
BASES = st.builds(Basis, st.just("EUR"), st.booleans(), st.sampled_from(TaxRounding))
NAMES = count(1)

Command = Callable[[WriteSession, int], Done]


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    """Two lines of goods and a service, with whatever discounts and terms."""
    reductions = draw(st.lists(st.builds(percentage, PERCENTS, st.booleans(), TAXES), max_size=3))
    own = (Reduction("Own", percent=Decimal(draw(PERCENTS))),) if draw(st.booleans()) else ()
    lines = (
        a_line("Lamp", str(draw(st.integers(1, 5))), draw(PRICES), cost="1.115", reductions=own),
        a_line("Book", str(draw(st.integers(1, 3))), draw(PRICES), "7", cost="2.00"),
        a_service("Fitting", "1.5", draw(PRICES)),
    )
    terms = Terms("net 14", deposit_percent=draw(st.sampled_from([None, Decimal(30)])))
    return Offer(lines, tuple(reductions), terms)


def percentage(percent: str, charge: bool, tax: Tax | None) -> Reduction:
    """A discount over all groups, or a charge: over all, with the tax of a line, or with one that no line has."""
    name = "Freight" if charge else "Spring"
    return Reduction(name, percent=Decimal(percent) / 4, charge=charge, tax=tax if charge else None)


def dispatch(line: int, quantity: Decimal) -> Command:
    wanted = {line: quantity}
    return lambda s, deal: fulfilment.dispatch(s, deal, on=DAY, quantities=wanted, override="it is urgent")


def confirm(line: int, accepted: Decimal, lost: Decimal, refused: Decimal) -> Command:
    said = {line: Confirmed(accepted=accepted, missing=lost, refused=refused)}
    return lambda s, deal: fulfilment.confirm_receipt(s, deal, on=DAY, lines=said)


def confirm_all() -> Command:
    return lambda s, deal: fulfilment.confirm_receipt(s, deal, on=DAY)


def complete(quantity: Decimal) -> Command:
    return lambda s, deal: fulfilment.complete_service(s, deal, on=DAY, line=3, quantity=quantity)


def pay(amount: int, method: Method) -> Command:
    return lambda s, deal: fulfilment.pay(s, deal, on=DAY, amount=amount, method=method)


def refund(amount: int) -> Command:
    return lambda s, deal: fulfilment.refund(s, deal, on=DAY, amount=amount)


def give_back(line: int, quantity: Decimal, restock: bool) -> Command:
    return lambda s, deal: fulfilment.return_goods(s, deal, on=DAY, quantities={line: quantity}, restock=restock)


def credit(invoice: int, amount: int) -> Command:
    return lambda s, deal: fulfilment.credit(s, deal, on=DAY, invoice_index=invoice, amount=amount)


def cancel() -> Command:
    return lambda s, deal: service.cancel(s, deal, on=DAY)


COMMANDS = st.one_of(
    st.builds(dispatch, LINES, PIECES),
    st.builds(confirm, LINES, PIECES, st.sampled_from([Decimal(0), Decimal("0.5")]), st.sampled_from([Decimal(0)])),
    st.builds(confirm, LINES, st.just(Decimal(0)), st.just(Decimal(0)), PIECES),
    st.builds(confirm_all),
    st.builds(complete, PIECES),
    st.builds(pay, CENTS, st.sampled_from([Method.BANK, Method.BANK, Method.CREDIT])),
    st.builds(refund, st.integers(1, 2_000)),
    st.builds(give_back, st.sampled_from([1, 2]), st.sampled_from([Decimal("0.5"), Decimal(1)]), st.booleans()),
    st.builds(give_back, st.sampled_from([1, 2]), st.sampled_from([Decimal("0.5"), Decimal(1)]), st.booleans()),
    st.builds(credit, st.integers(1, 2), st.integers(1, 500)),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(offer=offers(), basis=BASES, commands=st.lists(COMMANDS, min_size=4, max_size=14), ended=st.booleans())
def test_whatever_happens_the_books_stay_true(
    store: Store, offer: Offer, basis: Basis, commands: list[Command], ended: bool
) -> None:
    deal_id = a_deal(store, offer, basis=basis, customer=a_customer(f"Customer {next(NAMES)}"))
    begun = [dispatch(1, Decimal(1)), dispatch(2, Decimal("0.5")), confirm_all()]
    for number, command in enumerate([*begun, *commands, *([cancel()] if ended else [])]):
        done = happen(store, deal_id, command, f"{deal_id} #{number}")
        if done:
            assert_true(store, deal_id)
    deliver_everything(store, deal_id)
    assert_parts_add_up(store, deal_id, basis.prices_include_tax)


def happen(store: Store, deal_id: int, command: Command, key: str) -> bool:
    """Whether a command was allowed. Refused, it leaves no trace; allowed, it is done once."""
    before = counts_of(store)
    try:
        done = said(store, deal_id, command, key)
    except NotAllowed:
        assert counts_of(store) == before
        return False
    after = counts_of(store)
    assert said(store, deal_id, command, key) == done
    assert counts_of(store) == after
    return True


def said(store: Store, deal_id: int, command: Command, key: str) -> Done:
    with store.write("test", key) as session:
        return command(session, deal_id)


def assert_true(store: Store, deal_id: int) -> None:
    outcome = outcome_of(store, deal_id)
    assert_true_books(outcome)
    assert_quantities(store, deal_id)
    with store.read() as session:
        known = facts.load(session, deal_id)
        money = facts.money(session, known.deal)
        deposits = sum(left for _, left in payments.deposits_left(session, deal_id))
        credits_left = sum(left for _, left in payments.credits_left(session, known.deal.customer_id, "EUR"))
    assert deposits == money.deposit_held >= 0
    assert 0 <= credits_left <= money.credit
    assert all(Decimal(payment["unallocated"]) >= 0 for payment in outcome["payments"])
    assert all(Decimal(document["open"]) >= 0 for document in outcome["invoices"])
    assert_money_came_from_somewhere(outcome)


def assert_quantities(store: Store, deal_id: int) -> None:
    """Invoiced is what was accepted; what left the shelf is accepted, lost, refused or on its way."""
    known = facts_of(store, deal_id)
    with store.read() as session:
        invoiced = invoicing.invoiced(session, deal_id)
        on_the_way = deliveries.in_transit(session, deal_id)
    for position, line in enumerate(known.quote.offer.lines, 1):
        moved = known.moved_of(position)
        assert invoiced.get(position, 0) == moved.accepted <= line.quantity
        assert moved.returned <= moved.accepted
        assert moved.in_transit == sum(item.open for item in on_the_way if item.position == position)
        if line.kind == "goods":
            gone = moved.accepted + moved.damaged + moved.missing + moved.refused
            assert moved.dispatched == gone + moved.in_transit


def assert_money_came_from_somewhere(outcome: Json) -> None:
    """All money in and out is in the bank; goods on their way have a cost only while there are any."""
    paid = sum(Decimal(payment["amount"]) for payment in outcome["payments"] if payment["method"] != "credit")
    assert balance(outcome, "bank") == paid
    assert -balance(outcome, "customer_credit") == Decimal(outcome["customer_credit"])
    if all(delivery["state"] == "received" for delivery in outcome["deliveries"]):
        assert balance(outcome, "goods_in_transit") == 0


def deliver_everything(store: Store, deal_id: int) -> None:
    """Bring the deal to its end, if it was not cancelled."""
    for step in (confirm_all(), lambda s, d: fulfilment.dispatch(s, d, on=DAY, override="the rest"), confirm_all()):
        happen(store, deal_id, step, f"{deal_id} end {id(step)}")
    happen(store, deal_id, lambda s, d: fulfilment.complete_service(s, d, on=DAY, line=3), f"{deal_id} served")


def assert_parts_add_up(store: Store, deal_id: int, inclusive: bool) -> None:
    """All invoices together are what was agreed: its net, or its gross where prices include tax."""
    assert_true(store, deal_id)
    outcome = outcome_of(store, deal_id)
    if outcome["deal"]["state"] == "cancelled":
        assert balance(outcome, "contract_liability") == 0
        return
    assert outcome["deal"]["state"] in ("fulfilled", "closed")
    name = "gross" if inclusive else "net"
    invoices = [item for item in outcome["invoices"] if item["kind"] == "invoice"]
    assert sum(Decimal(item["totals"][name]) for item in invoices) == Decimal(outcome["quote"]["totals"][name])
    assert balance(outcome, "contract_liability") == 0


@pytest.mark.parametrize("inclusive", [False, True])
def test_all_of_it_comes_back(store: Store, inclusive: bool) -> None:
    """Everything is delivered in parts and comes back in other parts: nothing is left but what was paid."""
    offer = Offer(
        (a_line("Lamp", "7", "19.99", cost="1.115"), a_line("Book", "3", "0.07", "7")), (percentage("9", False, None),)
    )
    deal_id = a_deal(store, offer, basis=Basis("EUR", prices_include_tax=inclusive))
    for quantities in ({1: 2, 2: 1}, {1: 3}, {1: 2, 2: 2}):
        wanted = {position: Decimal(quantity) for position, quantity in quantities.items()}
        for step in (lambda s, d, w=wanted: fulfilment.dispatch(s, d, on=DAY, quantities=w), confirm_all()):
            with store.write("test") as session:
                step(session, deal_id)
    for line, quantity in ((1, "4"), (2, "1"), (1, "0.5"), (2, "2"), (1, "2.5")):
        with store.write("test") as session:
            give_back(line, Decimal(quantity), True)(session, deal_id)
        assert_true(store, deal_id)
    now = outcome_of(store, deal_id)
    assert [i["state"] for i in now["invoices"] if i["kind"] == "invoice"] == ["credited"] * 3
    for role in ("revenue", "output_tax", "receivable", "customer_credit", "inventory", "cost_of_sales"):
        assert balance(now, role) == 0, role
