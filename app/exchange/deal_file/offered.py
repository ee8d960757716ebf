"""The lines of a deal file as they are offered: completed from the catalogue, configured, priced by the store's rules.

A price typed in the file stays. A line whose price the file leaves out is priced by price lists, tiers, contract prices
and promotions; coupons apply to every line they match.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.catalog import configure
from app.catalog.model import Configurable
from app.catalog.model_queries import with_parts
from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.core.errors import Problem, RuleViolation
from app.core.money import split, to_decimal
from app.core.party import Party
from app.core.totals import Basis, line_base
from app.exchange.deal_file.catalogue import complete_each, placed, skus
from app.exchange.deal_file.chosen import Wanted, selection_of
from app.exchange.deal_file.shape import LineInput
from app.pipeline.pricing import priced, refuse
from app.pricing.bundles import reduced
from app.pricing.configured import expand
from app.pricing.rules import Line
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whose offer it is: his id where he is known, and the day and basis it is priced on; the deal, if there is one."""

    id: int | None
    party: Party
    on: date
    basis: Basis
    deal_id: int | None = None


def offered(
    session: Session, lines: Sequence[LineInput], buyer: Buyer, coupons: tuple[str, ...]
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines and the coupons that gave something.

    Raises `RuleViolation` for what no catalogue knows or cannot be configured so, and for a coupon that is unknown or
    named twice; `NotAllowed` for one that is used up, expired or whose conditions are not met.
    """
    found = tuple(line for part in _lines(session, lines, buyer) for line in part)
    known = by_sku(session, (line.sku for line in lines))
    if not coupons and all(line.unit_price is not None or line.sku not in known for line in lines):
        return found, ()
    return repriced(session, found, buyer, coupons)


def repriced(
    session: Session, lines: tuple[Line, ...], buyer: Buyer, coupons: tuple[str, ...]
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The same lines by the rules of the day and with these coupons; see `offered`."""
    answer = priced(
        session,
        lines,
        on=buyer.on,
        basis=buyer.basis,
        customer_id=buyer.id,
        customer=buyer.party,
        coupons=coupons,
        deal_id=buyer.deal_id,
    )
    refuse(answer.refused)
    return answer.lines, answer.coupons


def _lines(session: Session, lines: Sequence[LineInput], buyer: Buyer) -> list[tuple[Line, ...]]:
    """Each line of the file with the lines it is offered as."""
    goods = with_parts(session, (line.sku for line in lines if _may_be_configured(line)))
    chosen = {i: line for i, line in enumerate(lines) if _may_be_configured(line) and _is_configured(goods, line)}
    plain = [line for i, line in enumerate(lines) if i not in chosen]
    places = [i for i in range(len(lines)) if i not in chosen]
    products = by_sku(session, skus(plain))
    _require_in_use(plain, places, products, buyer.on)
    made = dict(zip(places, complete_each(plain, places, products, buyer.basis.currency), strict=True))
    made |= {i: _configured(goods, line, i, buyer) for i, line in chosen.items()}
    return [made[i] for i in range(len(lines))]


def _require_in_use(
    lines: Sequence[LineInput], places: Sequence[int], products: Mapping[str, Product], on: date
) -> None:
    """Raises `RuleViolation` for what the catalogue is to price and does not offer that day."""
    problems = [
        Problem(f"lines[{index}].sku", "not_offered", f"lines[{index}].sku: {line.sku!r} is not offered on {on}.")
        for index, line in zip(places, lines, strict=True)
        if line.unit_price is None and line.sku in products and not products[line.sku].offered_on(on)
    ]
    if problems:
        raise RuleViolation(problems)


def _may_be_configured(line: LineInput) -> bool:
    """Whether the catalogue's model is asked: not where the file says itself what is inside, or price and all."""
    return bool(line.sku) and not line.bundle and (line.unit_price is None or bool(line.options))


def _is_configured(goods: Mapping[str, Configurable], line: LineInput) -> bool:
    return line.sku in goods and not goods[line.sku].model.is_plain


def _configured(goods: Mapping[str, Configurable], line: LineInput, index: int, buyer: Buyer) -> tuple[Line, ...]:
    """The lines of a configured product; what is wrong with it is said with its place."""
    known, path = goods[line.sku], f"lines[{index}]"
    if line.unit not in ("", known.product.unit):
        field = f"{path}.unit"
        message = f"{field}: {line.sku!r} is configured, and offered in {known.product.unit} only."
        raise RuleViolation.of(field, "not_sold_in", message)
    selection = selection_of(goods, Wanted(line.sku, line.quantity, line.options, buyer.on, path))
    products = {sku: item.product for sku, item in goods.items()}
    told = configure.describe(known.model, known.product, selection, products, quantity=line.quantity)
    try:
        found = expand(
            goods,
            selection,
            line.quantity,
            buyer.basis.currency,
            index + 1,
            base_price=told.exact_price,
            options=told.printed,
            description=told.description,
        )
        return _as_typed(found, line, buyer.basis.currency)
    except RuleViolation as violation:
        raise RuleViolation([placed(problem, path) for problem in violation.problems]) from None


def _as_typed(lines: tuple[Line, ...], typed: LineInput, currency: str) -> tuple[Line, ...]:
    """What the file says beside the sku and the options stays as it was typed."""
    found = tuple(replace(line, tax=typed.tax or line.tax) for line in lines)
    if typed.unit_price is not None:
        found = _at_typed_price(found, typed, currency)
    if len(found) > 1 or found[0].detail.bundle is not None:
        return reduced(tuple(_headed(line, typed) for line in found), typed.reductions, currency)
    line = found[0]
    named = replace(line, name=typed.name or line.name, description=typed.description or line.description)
    cost = line.cost if typed.cost is None else typed.cost
    return (replace(named, cost=cost, reductions=typed.reductions),)


def _headed(line: Line, typed: LineInput) -> Line:
    """A line of a bundle whose heading says the name and description of the file."""
    bundle = line.detail.bundle
    if bundle is None:
        return line
    named = replace(bundle, name=typed.name or bundle.name, description=typed.description or bundle.description)
    return replace(line, detail=replace(line.detail, bundle=named))


def _at_typed_price(lines: tuple[Line, ...], typed: LineInput, currency: str) -> tuple[Line, ...]:
    """The lines at the price of the file, in proportion to what they would cost; that is kept as the list price."""
    price = typed.unit_price or Decimal(0)
    if len(lines) == 1 and lines[0].detail.bundle is None:
        line = lines[0]
        listed = line.unit_price * typed.base_quantity / line.base_quantity
        detail = replace(line.detail, steps=(), price_is_typed=True)
        return (replace(line, unit_price=price, base_quantity=typed.base_quantity, list_price=listed, detail=detail),)
    amounts = [line_base(line.item, currency) for line in lines]
    whole = replace(lines[0].item, quantity=typed.quantity, unit_price=price, base_quantity=typed.base_quantity)
    parts = split(line_base(whole, currency), amounts)
    return tuple(
        replace(
            line,
            unit_price=to_decimal(part, currency),
            base_quantity=line.quantity,
            list_price=to_decimal(amount, currency),
            detail=replace(line.detail, steps=(), price_is_typed=True),
        )
        for line, part, amount in zip(lines, parts, amounts, strict=True)
    )
