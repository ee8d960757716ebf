"""Cashback, points, early payment and cash rounding, whatever happens: nothing owed below zero, books true."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import NotAllowed, RuleViolation
from app.core.totals import Basis
from app.deals.queries import by_id
from app.invoicing import queries as invoicing
from app.invoicing.cash_rounding import set_cash_rounding
from app.ledger import queries as books
from app.ledger.rules import Role
from app.payments.rules import Method
from app.pipeline import fulfilment, service
from app.pipeline.proof import prove
from app.quotes.rules import EarlyTax, Offer, Terms, with_early_tax
from app.rewards.giving import (
    give_goodwill,
    redeem_gift_card,
    redeem_points,
    sell_gift_card,
    set_programme,
    write_off_expired,
)
from app.rewards.points import Programme
from app.rewards.queries import cashback_of_deal
from app.rewards.wallet import wallet
from app.store.history import Done
from app.store.session import WriteSession
from app.store.store import Store
from tests.app.pipeline.test_random_deals import (
    BASES,
    COMMANDS,
    PRICES,
    Command,
    confirm_all,
    dispatch,
)
from tests.builders import DAY, a_customer, a_deal, a_line, a_service, do, facts_of

NAMES = count(1)
MOST = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@st.composite
def rewarded(draw: st.DrawFn) -> tuple[Offer, Basis]:
    """Two lines of goods and a service, with cashback and a discount for paying early."""
    lines = (
        a_line("Lamp", str(draw(st.integers(1, 5))), draw(PRICES), cost="1.115"),
        a_line("Book", str(draw(st.integers(1, 3))), draw(PRICES), "7", cost="2.00"),
        a_service("Fitting", "1.5", draw(PRICES)),
    )
    percent = draw(st.sampled_from([None, "5", "2.5", "33.333333", "100"]))
    mode = draw(st.sampled_from(EarlyTax))
    payment = draw(st.sampled_from(["2/10 net 30", "50/10 net 30", "net 30"]))
    terms = Terms(payment, cashback_percent=None if percent is None else Decimal(percent), early_tax=mode.value)
    basis = draw(BASES)
    return with_early_tax(Offer(lines, (), terms), basis), basis


def pay_early(share: int) -> Command:
    """Settle what is open less the discount, or ask for part of it."""

    def run(session: WriteSession, deal_id: int) -> Done:
        offered = [
            (item.open, item.open * share // 100) for item in invoicing.open_invoices(session, deal_id) if item.open > 1
        ]
        if not offered:
            raise NotAllowed("Nothing is open.")
        open_now, discount = offered[0]
        return fulfilment.pay(
            session, deal_id, on=DAY, amount=max(open_now - discount, 1), discount=discount or None, invoice_index=None
        )

    return run


def goodwill(amount: int) -> Command:
    return lambda s, deal: give_goodwill(s, deal, on=DAY, invoice_index=1, amount=amount, reason="Sorry")


def by_credit(share: int) -> Command:
    """Pay with a share of the credit, in percent."""

    def run(session: WriteSession, deal_id: int) -> Done:
        credit = wallet(session, customer_of(session, deal_id), "EUR").credit
        return fulfilment.pay(session, deal_id, on=DAY, amount=max(credit * share // 100, 1), method=Method.CREDIT)

    return run


def card(amount: int, days: int) -> Command:
    """A gift card that expires, sold and redeemed at once."""

    def run(session: WriteSession, deal_id: int) -> Done:
        customer = customer_of(session, deal_id)
        sold = sell_gift_card(
            session, customer, on=DAY, currency="EUR", amount=amount, expires_on=DAY + timedelta(days=days)
        )
        return redeem_gift_card(session, customer, on=DAY, code=sold.numbers[1])

    return run


def too_much(amount: int) -> Command:
    """Money that names no deal."""
    return lambda s, deal: fulfilment.record_payment(s, customer_of(s, deal), on=DAY, currency="EUR", amount=amount)


def write_off(days: int) -> Command:
    return lambda s, _: write_off_expired(s, on=DAY + timedelta(days=days))


REWARDS = st.one_of(
    COMMANDS,
    st.builds(card, st.integers(1, 5_000), st.integers(0, 3)),
    st.builds(too_much, st.integers(1, 5_000)),
    st.builds(write_off, st.integers(0, 3)),
    st.builds(pay_early, st.sampled_from([0, 1, 2, 25, 50])),
    st.builds(pay_early, st.sampled_from([0, 1, 2, 25, 50])),
    st.builds(goodwill, st.integers(1, 300)),
    st.builds(by_credit, st.sampled_from([10, 50, 100])),
    st.builds(by_credit, st.sampled_from([10, 50, 100])),
)


@settings(max_examples=30, **MOST)
@given(made=rewarded(), commands=st.lists(REWARDS, min_size=6, max_size=14), ended=st.booleans())
def test_what_was_promised_is_never_less_than_nothing(
    store: Store, made: tuple[Offer, Basis], commands: list[Command], ended: bool
) -> None:
    offer, basis = made
    do(store, set_cash_rounding, "EUR", step=Decimal("0.05"))
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.05")))
    deal_id = a_deal(store, offer, basis=basis, customer=a_customer(f"Customer {next(NAMES)}"))
    begun = [too_much(700), dispatch(1, Decimal(1)), dispatch(2, Decimal("0.5")), confirm_all(), card(500, 2)]
    last: list[Command] = [lambda s, d: service.cancel(s, d, on=DAY)] if ended else []
    for command in [*begun, *commands, spend_points, *last]:
        try:
            with store.write("test") as session:
                command(session, deal_id)
        except (NotAllowed, RuleViolation):
            continue
        assert_owed(store, deal_id)
    assert prove(store).problems == ()


def spend_points(session: WriteSession, deal_id: int) -> Done:
    customer = customer_of(session, deal_id)
    available = wallet(session, customer, "EUR").points_available
    return redeem_points(session, customer, on=DAY, currency="EUR", points=available // 2)


def customer_of(session: WriteSession, deal_id: int) -> int:
    return by_id(session, deal_id).customer_id


def assert_owed(store: Store, deal_id: int) -> None:
    known = facts_of(store, deal_id)
    percent = known.quote.offer.terms.cashback_percent or Decimal(0)
    with store.read() as session:
        customer_id = known.deal.customer_id
        found = wallet(session, customer_id, "EUR")
        cashback = cashback_of_deal(session, deal_id)
        documents = invoicing.of_deal(session, deal_id)
        assert found.credit == books.customer_credit(session, customer_id, "EUR") >= 0
        for role in (Role.CASHBACK_LIABILITY, Role.POINTS_LIABILITY):
            assert books.customer_balance(session, customer_id, role, "EUR") <= 0
        assert -books.customer_balance(session, customer_id, Role.CASHBACK_LIABILITY, "EUR") == cashback.owed
    stays = sum(item.gross - item.discounted if item.corrects_id is None else -item.gross for item in documents)
    # half a cent of rounding for each invoice, note and discount
    most = sum(1 + len(item.discounts) for item in documents)
    assert abs(cashback.promised - stays * percent / 100) <= most
    if documents and all(item.open <= 0 for item in documents):
        assert cashback.owed == 0
