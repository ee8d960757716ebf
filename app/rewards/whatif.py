"""Up to three versions of an offer side by side: what discounts, rewards and waiting for the money leave. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from app.core.dates import add_days
from app.core.errors import RuleViolation
from app.core.money import divide
from app.core.quantity import MICRO, micro
from app.core.totals import Basis
from app.pricing.detail import Step
from app.pricing.rules import Priced, line_cost, price, waterfall
from app.quotes.rules import Offer, net_days
from app.rewards.costs import Costs, cost_of
from app.rewards.points import Programme

MOST_VERSIONS = 3


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an offer by its name. `pays_on` is when the buyer will pay; None is when it is due."""

    name: str
    offer: Offer
    basis: Basis
    pays_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one version comes to, in minor units without tax unless said otherwise.

    `listed` is the sum at list prices, `discount` what everything up to the net takes off it; `cost` is None where the
    cost of a line is not known, and so are the margins. `waits` are the days from delivery to payment, `financing` what
    waiting for the money costs. `beyond_usual` compares the margin in percent with this customer's usual one.
    """

    name: str
    currency: str
    listed: int
    discount: int
    net: int
    gross: int
    rewards: Costs
    pays_on: date
    waits: int
    financing: int
    cost: int | None
    margin: int | None
    margin_percent: Decimal | None
    beyond_usual: Decimal | None


def compare(
    versions: Sequence[Version],
    *,
    delivered_on: date,
    capital_percent: Decimal,
    usual_percent: Decimal | None = None,
    programme: Programme | None = None,
) -> tuple[Outlook, ...]:
    """What each version comes to if it is delivered and invoiced on a day, at a cost of capital in percent a year.

    Who pays within the days takes the discount for it. A deposit is there on the day of delivery and costs nothing.
    Raises `RuleViolation` for more than three versions, or one that cannot be priced.
    """
    if not 1 <= len(versions) <= MOST_VERSIONS:
        message = f"versions: {len(versions)}; expected 1 to {MOST_VERSIONS}."
        raise RuleViolation.of("versions", "range", message)
    return tuple(_outlook(item, delivered_on, capital_percent, usual_percent, programme) for item in versions)


def _outlook(
    version: Version, delivered_on: date, capital: Decimal, usual: Decimal | None, programme: Programme | None
) -> Outlook:
    offer, basis = version.offer, version.basis
    priced = price(offer.lines, offer.reductions, basis)
    totals, early = priced.assembled.totals, offer.terms.early
    due = add_days(delivered_on, net_days(offer.terms.payment))
    pays_on = version.pays_on or due
    in_time = early is not None and pays_on <= add_days(delivered_on, early.days)
    fitting = programme if programme is not None and programme.currency == basis.currency else None
    rewards = cost_of(offer, basis, programme=fitting, early_percent=Decimal(100 if in_time else 0), priced=priced)
    waits = max((pays_on - delivered_on).days, 0)
    advance = totals.gross if offer.terms.prepaid else offer.terms.deposit(totals.gross)
    financing = financing_cost(max(rewards.payable - advance, 0), waits, capital)
    cost = _cost(offer, basis.currency)
    net = totals.net - rewards.total
    margin = None if cost is None else net - cost - financing
    percent = _percent(margin, net)
    listed = _listed(offer, basis.currency, priced)
    return Outlook(
        name=version.name,
        currency=basis.currency,
        listed=listed,
        discount=listed - totals.net,
        net=totals.net,
        gross=totals.gross,
        rewards=rewards,
        pays_on=pays_on,
        waits=waits,
        financing=financing,
        cost=cost,
        margin=margin,
        margin_percent=percent,
        beyond_usual=None if percent is None or usual is None else percent - usual,
    )


def financing_cost(amount: int, days: int, capital_percent: Decimal) -> int:
    """What it costs to wait so many days for an amount, at a cost of capital in percent a year (365 days)."""
    return divide(amount * micro(capital_percent) * days, 100 * MICRO * 365)


def _cost(offer: Offer, currency: str) -> int | None:
    costs = [line_cost(line, currency) for line in offer.lines]
    return None if any(cost is None for cost in costs) else sum(cost or 0 for cost in costs)


def _percent(margin: int | None, net: int) -> Decimal | None:
    if margin is None or net == 0:
        return None
    return (Decimal(margin) * 100 / net).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _listed(offer: Offer, currency: str, priced: Priced) -> int:
    """The sum of all lines at list prices, without tax."""
    columns = [(offer.reductions[piece.reduction], number) for number, piece in enumerate(priced.typed.pieces)]
    return sum(
        step.amount
        for index, (line, amounts) in enumerate(zip(offer.lines, priced.typed.lines, strict=True))
        for step in waterfall(line, currency, amounts, priced.assembled, index, columns)
        if step.step is Step.LIST
    )
