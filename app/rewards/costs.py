"""What an offer will cost the seller in rewards if all of it is bought and paid: shown before she gives it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.core.money import percent_of
from app.core.quantity import micro
from app.core.totals import Basis
from app.invoicing.early import discount_figures, offered_on
from app.invoicing.rules import Figures
from app.pricing.rules import Priced, price
from app.quotes.rules import Offer
from app.rewards.points import Programme, deferred_of, points_of, worth
from app.rewards.rules import cashback_of

ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Costs:
    """By how much each reward lowers the revenue of an offer, in minor units.

    `early_payment` is what a discount for paying early takes off without tax, `payable` what is then paid, with tax.
    """

    cashback: int = 0
    points: int = 0
    early_payment: int = 0
    payable: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.cashback + self.points + self.early_payment


def cost_of(
    offer: Offer,
    basis: Basis,
    *,
    programme: Programme | None = None,
    factor: Decimal = Decimal(1),
    early_percent: Decimal = ALL,
    points_percent: Decimal = ALL,
    priced: Priced | None = None,
) -> Costs:
    """The cost of the rewards of an offer, all parts of it delivered, invoiced at once and paid.

    `programme` are the points of its currency with the customer's `factor`; `early_percent` is how likely an early
    payment is, `points_percent` how many points are ever spent. Cashback is of what is really paid. `priced` spares
    pricing it again. Raises `RuleViolation` for an offer that cannot be priced.
    """
    done = price(offer.lines, offer.reductions, basis) if priced is None else priced
    totals = done.assembled.totals
    early_net, early_gross = _early(offer, basis, done)
    early_net, early_gross = (percent_of(amount, micro(early_percent)) for amount in (early_net, early_gross))
    payable = totals.gross - early_gross
    points = _points(totals.net - early_net, programme, factor) if programme is not None else 0
    return Costs(
        cashback=cashback_of(offer.terms.cashback_percent, 0, payable),
        points=percent_of(points, micro(points_percent)),
        early_payment=early_net,
        payable=payable,
    )


def _early(offer: Offer, basis: Basis, priced: Priced) -> tuple[int, int]:
    """What the early price is below the late one: without tax, and with it."""
    positions = tuple(range(1, len(offer.lines) + 1))
    whole = Figures(positions, tuple(line.quantity for line in offer.lines), priced.typed, priced.assembled)
    amount = offered_on(whole, offer)
    if not amount:
        return 0, 0
    return discount_figures(whole, amount, offer, basis).totals.net, amount


def _points(net: int, programme: Programme, factor: Decimal) -> int:
    count = points_of(net, programme, factor)
    return deferred_of(net, worth(count, programme.value, programme.currency))
