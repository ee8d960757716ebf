"""A configured product as the lines it is offered as. Pure.

What a bundle becomes is said in `app.pricing.bundles`, what is in it in `app.pricing.inside`. Parts that do not scale
become lines of their own beside several bundles: a third of a manual is never dispatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from app.catalog.model import Configurable, PriceOn, Selection
from app.catalog.rules import Product
from app.core.codec import to_text
from app.core.money import split, to_decimal
from app.core.totals import Item, line_base
from app.pricing import bundles
from app.pricing.bundles import Component
from app.pricing.detail import Bundle, LineDetail
from app.pricing.from_catalog import other_currency, per_unit, price_as, rounded
from app.pricing.inside import Goods, Inside, attribute_words, base, costs, good, inside
from app.pricing.rules import Line

Words = tuple[tuple[str, str], ...]


def expand(
    goods: Goods,
    selection: Selection,
    quantity: Decimal,
    currency: str,
    number: int = 1,
    *,
    base_price: Decimal | Fraction | None = None,
    options: Words | None = None,
    description: str = "",
) -> tuple[Line, ...]:
    """The lines that so many of a configured product are offered as; several lines stand together as one bundle.

    `number` tells the offer's bundles apart. `base_price` is the price of one before options where a formula says it;
    `options` and `description` are printed in place of the attributes and of the product's own description.
    The first line remembers the selection. What is in the bundle and its price always add up to the cent.

    Raises `RuleViolation`: what is not in the catalogue or the model any more (`sku`, `options`), a price in another
    currency (`unit_price`), quantities with more than six decimals (`quantity`), bundles nested too deep (`bundle`).
    """
    building = _Building(goods, currency)
    component, _ = building.whole(selection, quantity, Fraction(quantity), is_charged=True, base_price=base_price)
    if options is not None:
        component = replace(component, detail=replace(component.detail, options=options))
    described = replace(component, description=description or component.description)
    component, apart = _shared(described, building.apart, currency)
    lines = bundles.expand(component, number, currency)
    for one in apart:
        lines += bundles.expand(one, number, currency)
    if apart:
        lines = _together(lines, component, number)
    kept = "" if good(goods, selection.sku).model.is_plain else to_text(selection)
    return replace(lines[0], detail=replace(lines[0].detail, selection=kept)), *lines[1:]


@dataclass(frozen=True, slots=True)
class _Apart:
    """What stands beside the bundles because it does not scale; without a price of its own it gets a share of theirs.

    `weight` is what all of it costs alone, None if that is not known.
    """

    component: Component
    is_included: bool
    weight: Fraction | None


@dataclass(slots=True)
class _Building:
    """Turns a selection into a component, and gathers what stands apart."""

    goods: Goods
    currency: str
    apart: list[_Apart] = field(default_factory=list)

    def whole(
        self,
        selection: Selection,
        quantity: Decimal,
        count: Fraction,
        *,
        is_charged: bool,
        base_price: Decimal | Fraction | None = None,
    ) -> tuple[Component, Fraction]:
        """A configured product, `quantity` of it in what is around it and `count` altogether, and the price of one.

        The price is exact and without what stands apart; nothing costs anything where the price above includes it.
        """
        whole = good(self.goods, selection.sku)
        total, cost = self._base(whole, selection, base_price, is_charged=is_charged), _own_cost(whole, self.currency)
        scaled = []
        found = inside(self.goods, selection, self.currency, base_price)
        for one in found:
            if not (one.scales or count == 1):
                self._set_apart(one, whole.product, is_charged=is_charged)
                continue
            part, price = self._part(one, whole.product, count, is_charged=is_charged)
            total += price * Fraction(one.quantity)
            scaled.append(part)
            if cost is not None and not one.is_fixed:
                cost = self._with_cost(cost, one, count)
        detail = LineDetail(options=attribute_words(whole, selection))
        made = _priced(_component(whole.product, quantity), whole.product, total)
        if len(found) == 1 and found[0].is_itself:
            return replace(made, cost=found[0].cost, detail=detail), total
        if whole.model.parts.price_on is PriceOn.PARTS:
            made = replace(made, unit_price=None, base_quantity=Decimal(1))
        own = None if cost is None else rounded(cost)
        return replace(made, cost=own, detail=detail, components=tuple(scaled)), total

    def _base(
        self, whole: Configurable, selection: Selection, base_price: Decimal | Fraction | None, *, is_charged: bool
    ) -> Fraction:
        """What a bundle of fixed parts costs by itself; a thing with options is priced among its parts."""
        parts = whole.model.parts
        if not parts.parts or parts.price_on is PriceOn.PARTS or not is_charged:
            return Fraction(0)
        return _known(base(whole, selection, self.currency, base_price), whole.product, self.currency)

    def _part(self, one: Inside, whole: Product, count: Fraction, *, is_charged: bool) -> tuple[Component, Fraction]:
        """One thing inside, and the price of one of it."""
        price = Fraction(0)
        if is_charged and one.product is not None:
            price = _known(one.price, one.product, self.currency)
        elif is_charged:
            price = one.price or price
        if one.selection is None or one.product is None:
            part = _thing(one, whole, price)
        else:
            times = count * Fraction(one.quantity)
            charged = is_charged and one.at_own_price
            part, inner = self.whole(one.selection, one.quantity, times, is_charged=charged)
            price = inner if charged else price
            part = part if charged else _priced(part, one.product, price)
        alone = None if one.alone is None else rounded(one.alone)
        return replace(part, name=one.name, standalone_price=alone, is_printed=one.is_printed), price

    def _with_cost(self, cost: Fraction, one: Inside, count: Fraction) -> Fraction | None:
        """The cost of one of the whole, with an option; what stands apart of that has its own."""
        quantity = Fraction(one.quantity)
        if one.selection is None:
            return None if one.cost is None else cost + Fraction(one.cost) * quantity
        found = costs(self.goods, one.selection, self.currency)
        if found is None:
            return None
        return cost + found[0] * quantity + (found[1] if count * quantity == 1 else 0)

    def _set_apart(self, one: Inside, whole: Product, *, is_charged: bool) -> None:
        component, price = self._part(one, whole, Fraction(1), is_charged=is_charged)
        weight = None if one.alone is None else one.alone * Fraction(one.quantity)
        self.apart.append(_Apart(component, not price, weight))


def _known(price: Fraction | None, product: Product, currency: str) -> Fraction:
    if price is None:
        raise other_currency(product, currency)
    return price


def _own_cost(whole: Configurable, currency: str) -> Fraction | None:
    """What a bundle of fixed parts is said to cost; otherwise the costs of its parts tell it."""
    product = whole.product
    if not whole.model.parts.parts or product.cost is None or product.currency != currency:
        return None
    return Fraction(product.cost)


def _component(product: Product, quantity: Decimal) -> Component:
    return Component(
        name=product.name,
        quantity=quantity,
        tax=product.tax,
        sku=product.sku,
        description=product.description,
        kind=product.kind.as_sold,
        unit=product.unit,
    )


def _priced(component: Component, product: Product, price: Fraction) -> Component:
    """With the price of one; the product's own way of saying it ("12.50 per 100") is kept."""
    said = product.unit_price, product.base_quantity
    unit_price, per = said if price == per_unit(product) else price_as(price)
    return replace(component, unit_price=unit_price, base_quantity=per)


def _thing(one: Inside, whole: Product, price: Fraction) -> Component:
    """The configured product itself among its options, or an option that is no product: of its kind, taxed as it is."""
    if one.product is not None:
        return replace(_priced(_component(one.product, one.quantity), one.product, price), cost=one.cost)
    unit_price, per = price_as(price)
    plain = Component(one.name, one.quantity, whole.tax, unit_price, base_quantity=per, cost=one.cost)
    return replace(plain, kind=whole.kind.as_sold)


def _shared(component: Component, apart: Sequence[_Apart], currency: str) -> tuple[Component, list[Component]]:
    """What is included but stands apart gets its share of the bundles' price, by what everything costs alone."""
    included = [one for one in apart if one.is_included]
    weights = [_weight_of(component), *(one.weight for one in included)]
    known = [weight for weight in weights if weight is not None]
    if not included or component.unit_price is None or len(known) < len(weights) or not sum(known):
        return component, [one.component for one in apart]
    item = Item(component.quantity, component.unit_price, component.tax, component.base_quantity)
    common = lcm(*(weight.denominator for weight in known))
    first, *parts = split(line_base(item, currency), [int(weight * common) for weight in known])
    shares = iter(parts)
    return _at(component, first, currency), [
        _at(one.component, next(shares), currency) if one.is_included else one.component for one in apart
    ]


def _weight_of(component: Component) -> Fraction | None:
    """What the bundles' parts cost alone."""
    if not component.components:
        return Fraction(component.unit_price or 0) / Fraction(component.base_quantity) * Fraction(component.quantity)
    alone = [
        Fraction(part.standalone_price) * Fraction(part.quantity)
        for part in component.components
        if part.standalone_price is not None
    ]
    is_known = len(alone) == len(component.components)
    return sum(alone, Fraction(0)) * Fraction(component.quantity) if is_known else None


def _at(component: Component, amount: int, currency: str) -> Component:
    """For an exact amount altogether."""
    return replace(component, unit_price=to_decimal(amount, currency), base_quantity=component.quantity)


def _together(lines: tuple[Line, ...], component: Component, number: int) -> tuple[Line, ...]:
    """The lines as one bundle."""
    heading = Bundle(
        number=number,
        name=component.name,
        quantity=component.quantity,
        sku=component.sku,
        unit=component.unit,
        description=component.description,
        options=component.detail.options,
    )
    return tuple(replace(line, detail=replace(line.detail, bundle=heading)) for line in lines)
