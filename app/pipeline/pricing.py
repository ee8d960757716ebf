"""Pricing the lines of a draft by the store's rules: what the quote wizard and the deal file call.

What the seller typed stays: a typed price is never replaced, a typed discount stays beside promotions. A line keeps the
catalogue price it began with; only `reprice` takes today's, and tells before and after. Lines that promotions gave are
taken out first and given anew, so pricing twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic

from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.core.errors import NotAllowed, Problem, RuleViolation
from app.core.party import Party
from app.core.totals import Basis, Reduction, type_line
from app.parties.queries import customer_by_id
from app.pipeline.asking import L, as_priced, asked_of, free_line, is_plain, is_typed
from app.pricing import queries
from app.pricing.book import Applied, Circumstances
from app.pricing.coupon_rules import MISTYPED
from app.pricing.delivery_charges import DeliveryCharge, delivery_charge
from app.pricing.detail import Step
from app.pricing.engine import apply, given_by
from app.pricing.from_catalog import sold_in
from app.pricing.inclusive import switch
from app.pricing.rules import Line
from app.quotes.draft import LineDraft, QuoteDraft, to_offer
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class PricedLines(Generic[L]):
    """The lines with their prices, then what promotions give for free; and what is to be said about it.

    `refused` are coupons that give nothing (field `coupons[i]`, codes in `app.pricing.coupon_rules`), `conflicts` rules
    that could not be worked out. `delivery` is what the rules would charge; nobody has charged it yet.
    """

    lines: tuple[L, ...]
    coupons: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    conflicts: tuple[Problem, ...] = ()
    delivery: DeliveryCharge | None = None


def priced(
    session: Session,
    lines: Sequence[Line],
    *,
    on: date,
    basis: Basis,
    customer_id: int | None = None,
    customer: Party | None = None,
    coupons: tuple[str, ...] = (),
    chosen_list: str = "",
    deal_id: int | None = None,
) -> PricedLines[Line]:
    """Price lines for a customer on a day; `customer` is who he is where he is not stored yet.

    Lines whose price was typed (`detail.price_is_typed`, or no product of the catalogue) keep it. `chosen_list` is the
    price list to take in place of the one that would win; the coupons that the deal `deal_id` holds already are its own
    to use again. Raises `RuleViolation` where percentages go in a circle.
    """
    who = _circumstances(session, on, basis, customer_id, customer, coupons, chosen_list)
    return _priced(session, lines, who, Line, deal_id)


def priced_draft(
    session: Session, draft: QuoteDraft, *, chosen_list: str = ""
) -> tuple[QuoteDraft, PricedLines[LineDraft]]:
    """A draft of the wizard priced; blank lines and lines without a quantity stay as they are.

    A delivery charge by rule that the draft has is brought up to date; one it has not is only told.
    """
    who = _circumstances(session, draft.on, draft.basis, draft.customer_id, draft.customer, draft.coupons, chosen_list)
    found = _priced(session, draft.lines, who, LineDraft, draft.deal_id)
    return _charged(replace(draft, lines=found.lines), found.delivery), found


def refuse(refused: Iterable[Problem]) -> None:
    """Raise what is against coupons: `RuleViolation` for one unknown or named twice, else `NotAllowed` in words.

    A coupon that gives no more than what is given anyway is no reason to refuse anything.
    """
    problems = [problem for problem in refused if problem.code != "beaten"]
    if mistyped := [problem for problem in problems if problem.code in MISTYPED]:
        raise RuleViolation(mistyped)
    if problems:
        words = [problem.message.removeprefix(f"{problem.field}: ").rstrip(".") for problem in problems]
        told = "; ".join(words)
        raise NotAllowed(f"{told[0].upper()}{told[1:]}.")


def with_delivery(draft: QuoteDraft, charge: DeliveryCharge) -> QuoteDraft:
    """The draft with the charge of a delivery rule in place of the one it had by rule; none where it is free."""
    kept = tuple(reduction for reduction in draft.reductions if not _is_by_rule(reduction))
    return replace(draft, reductions=(*kept, charge.reduction) if charge.amount else kept)


def choose(draft: QuoteDraft, place: int, rule: str) -> QuoteDraft:
    """The draft with a rule (by name) chosen for a line in place of the one that won; price it anew afterwards.

    A price that was typed gives way to the rule. An empty rule takes the choice back.
    """
    line = draft.lines[place]
    detail = replace(line.detail, chosen_rules=(rule,) if rule else (), price_is_typed=False)
    chosen = replace(line, detail=detail)
    if line.detail.price_is_typed and line.list_price is not None:
        chosen = replace(chosen, unit_price=line.list_price, list_price=None)
    return replace(draft, lines=(*draft.lines[:place], chosen, *draft.lines[place + 1 :]))


def switched(draft: QuoteDraft) -> QuoteDraft:
    """The draft with prices without tax where they had it, or the other way, for the same gross to the cent (P14).

    Raises `RuleViolation` (`prices_include_tax`) where no such prices exist, or the draft cannot be worked out yet.
    """
    offer = to_offer(draft)
    turned = switch(offer.lines, draft.reductions, draft.basis)
    lines = list(draft.lines)
    places = [place for place, line in enumerate(draft.lines) if not line.is_blank]
    for place, line in zip(places, turned.lines, strict=True):
        lines[place] = replace(
            lines[place],
            unit_price=line.unit_price,
            base_quantity=line.base_quantity,
            list_price=line.list_price,
            reductions=line.reductions,
            detail=line.detail,
        )
    includes_tax = turned.basis.prices_include_tax
    return replace(draft, lines=tuple(lines), reductions=turned.reductions, prices_include_tax=includes_tax)


# ---------------------------------------------------------------- reprice: before and after


@dataclass(frozen=True, slots=True)
class Repricing:
    """A line before and after, amounts in minor units after its own reductions; None where there is no such line.

    `rules` are the names of the prices and promotions that make the new price.
    """

    name: str
    before: int | None
    after: int | None
    rules: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the line costs something else than before."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Repriced:
    """The draft as it would be, and each line before and after, in the order of the new draft, then those gone."""

    draft: QuoteDraft
    rows: tuple[Repricing, ...]
    refused: tuple[Problem, ...] = ()
    conflicts: tuple[Problem, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything would change at all."""
        return any(row.is_changed for row in self.rows)


def reprice(session: Session, draft: QuoteDraft) -> Repriced:
    """What the draft would cost by today's catalogue and rules (P16). Nothing is changed: the caller takes the draft.

    Typed prices and discounts stay; configured lines keep what their options made of the price.
    """
    products = by_sku(session, [line.sku for line in draft.lines])
    currency = draft.currency
    fresh = tuple(_today(line, products.get(line.sku), currency) for line in draft.lines)
    new, found = priced_draft(session, replace(draft, lines=fresh))
    before = [line for line in draft.lines if not line.is_blank]
    after = [line for line in new.lines if not line.is_blank]
    rows = tuple(_rows(before, after, draft))
    return Repriced(new, rows, found.refused, found.conflicts)


def _today(line: LineDraft, product: Product | None, currency: str) -> LineDraft:
    """The line with today's catalogue price and cost, where it is a plain line of a product and not typed."""
    if product is None or product.currency != currency or product.sold_in(line.unit) is None:
        return line
    if is_typed(line, product) or not is_plain(line) or given_by(line.detail.steps):
        return line
    sold = sold_in(product, currency, line.unit)
    detail = replace(line.detail, steps=(), lost=())
    return replace(
        line,
        unit_price=sold.unit_price,
        base_quantity=sold.base_quantity,
        cost=sold.cost,
        list_price=None,
        detail=detail,
    )


def _rows(before: Sequence[LineDraft], after: Sequence[LineDraft], draft: QuoteDraft) -> Iterable[Repricing]:
    """Asked lines stand in the same order in both; what is given on top is matched by its promotion."""
    asked = [line for line in before if not given_by(line.detail.steps)]
    given = {given_by(line.detail.steps): line for line in before if given_by(line.detail.steps)}
    old = iter(asked)
    for line in after:
        name = given_by(line.detail.steps)
        earlier = given.pop(name, None) if name else next(old, None)
        yield Repricing(
            line.name, None if earlier is None else _amount(earlier, draft), _amount(line, draft), _rules(line)
        )
    for line in given.values():
        yield Repricing(line.name, _amount(line, draft), None)


def _amount(line: LineDraft, draft: QuoteDraft) -> int:
    """The line's amount after its own reductions, as typed."""
    offer = to_offer(replace(draft, lines=(line,), proposals=()))
    return type_line(offer.lines[0].item, draft.currency).amount


def _rules(line: LineDraft) -> tuple[str, ...]:
    steps = [step.rule for step in line.detail.steps if step.rule and step.step is not Step.PROMOTION]
    return (*steps[-1:], *(reduction.promotion for reduction in line.reductions if reduction.promotion))


# ---------------------------------------------------------------- from lines to the engine and back


def _circumstances(
    session: Session,
    on: date,
    basis: Basis,
    customer_id: int | None,
    party: Party | None,
    coupons: tuple[str, ...],
    chosen_list: str,
) -> Circumstances:
    groups: tuple[str, ...] = ()
    if customer_id is not None:
        known = customer_by_id(session, customer_id)
        groups = (known.group,) if known.group else ()
        party = party or known.party
    regions: tuple[str, ...] = ()
    if party is not None:
        regions = tuple(text for text in (party.ship_to.country, party.ship_to.region) if text)
    return Circumstances(on, basis, customer_id, groups, regions, coupons, chosen_list)


def _priced(
    session: Session, lines: Sequence[L], who: Circumstances, make: Callable[..., L], deal_id: int | None
) -> PricedLines[L]:
    kept = [line for line in lines if not given_by(line.detail.steps)]
    skus = {sku for line in kept for sku in (line.sku, line.detail.bundle.sku if line.detail.bundle else "") if sku}
    products = by_sku(session, skus)
    asked = {
        place: asked_of(line, products.get(line.sku), who.basis.currency)
        for place, line in enumerate(kept)
        if line.quantity is not None and line.quantity > 0 and (line.sku or line.unit_price is not None)
    }
    book = queries.book(
        session,
        who.customer_id,
        skus,
        who.on,
        who.basis.currency,
        categories={item.category for item in asked.values()},
        codes=who.coupons,
        but_deal=deal_id,
    )
    applied = apply(book, tuple(asked.values()), who)
    result: list[L] = list(kept)
    for place, line in zip(asked, applied.lines, strict=True):
        result[place] = as_priced(kept[place], asked[place], line)
    end = _last_written(result)
    free = [free_line(gift, make) for gift in applied.free]
    charge = delivery_charge(book.delivery, tuple(asked.values()), applied.lines, who)
    return _found(result[:end] + free + result[end:], applied, charge)


def _found(lines: Sequence[L], applied: Applied, charge: DeliveryCharge | None) -> PricedLines[L]:
    return PricedLines(tuple(lines), applied.coupons, applied.refused, applied.conflicts, charge)


def _last_written(lines: Sequence[Line] | Sequence[LineDraft]) -> int:
    """Where free lines go: before the blank lines that a page ends with."""
    end = len(lines)
    while end and isinstance(last := lines[end - 1], LineDraft) and last.is_blank:
        end -= 1
    return end


def _is_by_rule(reduction: Reduction) -> bool:
    return reduction.charge and bool(reduction.promotion)


def _charged(draft: QuoteDraft, charge: DeliveryCharge | None) -> QuoteDraft:
    """A delivery charge by rule that the draft has, as the rules say it now."""
    if charge is None or not any(_is_by_rule(reduction) for reduction in draft.reductions):
        return draft
    return with_delivery(draft, charge)
