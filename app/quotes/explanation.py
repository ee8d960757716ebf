"""Why every line of an offer costs what it costs: each step from the list price to the tax, for the seller alone. Pure.

Amounts are minor units as they were typed: without tax, or with it where the offer's prices include tax. The steps of a
line add up to what it comes to; its tax is added to them, or contained in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.printed import Heading
from app.core.totals import Basis, Reduction, line_base
from app.pricing.detail import LostRule, PriceStep, Step
from app.pricing.rules import Line, Priced, price_path
from app.quotes.rules import Offer


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step: by how much it changes the line, in minor units, by which rule and whom.

    A price says the unit price per base quantity; a discount or charge its `percent`, where it is one, `of` an amount
    in minor units where that is not what the prices come to. `column` is the piece of a document reduction.
    """

    step: Step
    amount: int
    rule: str = ""
    author: str = ""
    price: PriceStep | None = None
    percent: Decimal | None = None
    of: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line with its steps; `tax` is its part of the tax, `total` what it costs with tax."""

    position: int
    line: Line
    steps: tuple[ExplainedStep, ...]
    tax: int
    total: int

    @property
    def lost(self) -> tuple[LostRule, ...]:
        """Rules that matched and did not decide."""
        return self.line.detail.lost


@dataclass(frozen=True, slots=True)
class PriceExplanation:
    """An offer with every step of every price."""

    heading: Heading
    number: str
    on: date
    offer: Offer
    basis: Basis
    priced: Priced
    lines: tuple[ExplainedLine, ...]

    @property
    def file_name(self) -> str:
        """Name of its files, without ending."""
        return f"prices of quote {self.number}"


def explain(offer: Offer, priced: Priced, basis: Basis, heading: Heading, number: str, on: date) -> PriceExplanation:
    """The explanation of a priced offer; `number` and `on` are those of its quote."""
    lines = tuple(explained(offer, priced, basis, index) for index in range(len(offer.lines)))
    return PriceExplanation(heading, number, on, offer, basis, priced, lines)


def explained(offer: Offer, priced: Priced, basis: Basis, index: int) -> ExplainedLine:
    """One line of a priced offer, counted from 0."""
    line, total = offer.lines[index], priced.assembled.lines[index]
    steps = [
        *_prices(line, basis.currency, priced.typed.lines[index].before_changes),
        *_own(line, priced, index),
        *_of_document(offer, priced, index),
    ]
    typed = sum(step.amount for step in steps)
    return ExplainedLine(
        index + 1, line, tuple(steps), total.tax, typed if basis.prices_include_tax else typed + total.tax
    )


def _prices(line: Line, currency: str, end: int) -> Iterator[ExplainedStep]:
    """What quantity x price comes to at the first price, and by how much each later one changes that, up to `end`.

    A part of a line, as an invoice has it, is rounded over all parts together, so its last price may differ by a cent.
    """
    before, path = 0, price_path(line)
    for price in path:
        item = replace(line.item, unit_price=price.unit_price, base_quantity=price.base_quantity)
        now = end if price is path[-1] else line_base(item, currency)
        yield ExplainedStep(price.step, now - before, price.rule, price.author, price)
        before = now


def _own(line: Line, priced: Priced, index: int) -> Iterator[ExplainedStep]:
    """The line's own discounts and charges, those of promotions first as they were given."""
    for reduction, change in zip(line.reductions, priced.typed.lines[index].changes, strict=True):
        yield _reduction(_own_step(reduction), reduction, change)


def _own_step(reduction: Reduction) -> Step:
    if reduction.promotion:
        return Step.PROMOTION
    return Step.LINE_CHARGE if reduction.charge else Step.LINE_DISCOUNT


def _of_document(offer: Offer, priced: Priced, index: int) -> Iterator[ExplainedStep]:
    """The line's part of each piece of a document reduction."""
    for column, piece in enumerate(priced.typed.pieces):
        if share := piece.shares[index]:
            step = Step.DOCUMENT_CHARGE if piece.charge else Step.DOCUMENT_DISCOUNT
            yield replace(_reduction(step, offer.reductions[piece.reduction], share), column=column)


def _reduction(step: Step, reduction: Reduction, change: int) -> ExplainedStep:
    return ExplainedStep(
        step,
        change,
        reduction.promotion or reduction.reason,
        reduction.author,
        percent=reduction.percent,
        of=reduction.of,
    )
