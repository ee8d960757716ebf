"""Bundles: from a bundle with its components to the lines that are offered. Pure.

Two shapes (docs/spec/deal-file.md, Bundles). A price on the bundle over components of one kind and one tax is *one*
line that names its parts. Otherwise the components become lines of their own that stand together: each with its own
price, or with its part of the bundle's price, by standalone price and largest remainder, so that no cent is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from itertools import groupby
from math import lcm

from app.catalog.model import MAX_LEVELS
from app.catalog.rules import Kind
from app.core.errors import RuleViolation
from app.core.money import divide, split, to_decimal
from app.core.quantity import MICRO, from_micro, micro, plain
from app.core.tax import Tax
from app.core.totals import Item, Reduction, line_base
from app.pricing.detail import NO_DETAIL, Bundle, LineDetail, Part, PriceStep
from app.pricing.rules import Line

MAX_DEPTH = MAX_LEVELS
"""Deepest nesting of bundles: a bundle in a bundle has two levels."""

_PRICE_PLACES = 4
"""Most decimals of a price per unit that is worked out here: more would puzzle a reader."""

_EXACT = Context(prec=60, traps=[Inexact])


@dataclass(frozen=True, slots=True)
class Component:
    """A bundle, or what one is made of. `quantity` is per one unit of the bundle around it; of the outermost, offered.

    `unit_price` and `list_price` are per `base_quantity` units, `cost` and `standalone_price` (what it costs when sold
    alone) per unit; `unit_price` is None where the price sits above or below.
    """

    name: str
    quantity: Decimal
    tax: Tax
    unit_price: Decimal | None = None
    sku: str = ""
    description: str = ""
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    base_quantity: Decimal = Decimal(1)
    list_price: Decimal | None = None
    cost: Decimal | None = None
    standalone_price: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()
    detail: LineDetail = NO_DETAIL
    is_printed: bool = True
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A component at the bottom: its quantity per one of the bundle, and its weight when a price is allocated."""

    of: Component
    quantity: Decimal
    weight: Fraction | None


def expand(bundle: Component, number: int, currency: str) -> tuple[Line, ...]:
    """The lines that a bundle, or a component that is none, is offered as; `number` tells the offer's bundles apart.

    All amounts of the lines together are exactly those of the bundle. Raises `RuleViolation` where a price is missing
    on the bundle and on one of its components (field `bundle[1].unit_price`), where a component has a discount of its
    own below a bundle's price (`bundle[1].discounts`), and beyond `MAX_DEPTH` levels (`bundle`).
    """
    if not bundle.components:
        return (_single(bundle, bundle.quantity, "unit_price"),)
    _check(bundle, "", MAX_DEPTH, below_price=False)
    lines = _lines(bundle, bundle.quantity, currency)
    if len(lines) == 1 and lines[0].detail.parts and bundle.unit_price is not None:
        return lines
    heading = Bundle(
        number, bundle.name, bundle.quantity, bundle.sku, bundle.unit, bundle.description, bundle.detail.options
    )
    return tuple(replace(line, detail=replace(line.detail, bundle=heading)) for line in lines)


def groups(lines: Sequence[Line]) -> tuple[range, ...]:
    """Indexes of the lines that belong together: those of one bundle, or a line by itself. As a deal file counts."""
    found = []
    start = 0
    for _, members in groupby(enumerate(lines), key=_group_key):
        end = start + len(list(members))
        found.append(range(start, end))
        start = end
    return tuple(found)


def _group_key(numbered: tuple[int, Line]) -> tuple[bool, int]:
    index, line = numbered
    bundle = line.detail.bundle
    return (False, index) if bundle is None else (True, bundle.number)


def count(lines: Sequence[Line]) -> Decimal:
    """How many bundles the lines of one bundle are, or the quantity of a line by itself.

    Where quantities were changed by hand so that they are no multiple of the bundle's any more, it is one bundle.
    """
    bundle = lines[0].detail.bundle
    if bundle is None:
        return lines[0].quantity
    whole = micro(bundle.quantity)
    return bundle.quantity if all(not micro(line.quantity) * MICRO % whole for line in lines) else Decimal(1)


def per_bundle(line: Line, bundles: Decimal) -> Decimal:
    """How much of a line belongs to one of so many bundles, which `count` has told."""
    return from_micro(micro(line.quantity) * MICRO // micro(bundles))


def times(quantity: Decimal, factor: Decimal, field: str = "quantity") -> Decimal:
    """The product of two quantities, exactly. Raises `RuleViolation` where it has more than six decimals."""
    product = plain(_EXACT.multiply(quantity, factor))
    micro(product, field)
    return product


def _check(bundle: Component, path: str, depth: int, *, below_price: bool) -> None:
    """Everything that has a price has it once: above, or on each component below."""
    if not depth:
        raise RuleViolation.of(
            f"{path}bundle", "too_deep", f"{path}bundle: bundles are nested more than {MAX_DEPTH} levels deep."
        )
    priced = below_price or bundle.unit_price is not None
    for index, component in enumerate(bundle.components):
        place = f"{path}bundle[{index}]."
        if priced and component.reductions:
            message = f"{place}discounts: the price sits on the bundle around it; expected its discounts there too."
            raise RuleViolation.of(f"{place}discounts", "below_a_price", message)
        if component.components:
            _check(component, place, depth - 1, below_price=priced)
        elif not priced and component.unit_price is None:
            raise _no_price(f"{place}unit_price")


def _no_price(field: str) -> RuleViolation:
    message = f"{field}: expected a price, on the bundle or on each of its components."
    return RuleViolation.of(field, "missing", message)


def _lines(bundle: Component, quantity: Decimal, currency: str) -> tuple[Line, ...]:
    """The lines of `quantity` bundles, without what says that they are one."""
    if bundle.unit_price is None:
        lines = _priced_below(bundle, quantity, currency)
    else:
        leaves = _leaves(bundle)
        if len({(leaf.of.kind, leaf.of.tax.group) for leaf in leaves}) == 1:
            return (_whole(bundle, quantity, leaves),)
        lines = _allocated(bundle, quantity, leaves, currency)
    return reduced(_costed(lines, bundle, quantity), bundle.reductions, currency)


def _priced_below(bundle: Component, quantity: Decimal, currency: str) -> tuple[Line, ...]:
    """Each component with its own price."""
    found: list[Line] = []
    for component in bundle.components:
        all_of_it = times(quantity, component.quantity)
        if component.components:
            found += _lines(component, all_of_it, currency)
        else:
            found.append(_single(component, all_of_it, "bundle"))
    return tuple(found)


def _single(component: Component, quantity: Decimal, field: str) -> Line:
    """A line of a component with a price of its own."""
    if component.unit_price is None:
        raise _no_price(field)
    return _line(component, quantity, component.unit_price, component.base_quantity)


def _line(component: Component, quantity: Decimal, unit_price: Decimal, base_quantity: Decimal) -> Line:
    return Line(
        name=component.name,
        quantity=quantity,
        unit_price=unit_price,
        tax=component.tax,
        sku=component.sku,
        description=component.description,
        kind=component.kind,
        unit=component.unit,
        base_quantity=base_quantity,
        list_price=component.list_price,
        cost=component.cost,
        reductions=component.reductions,
        detail=_detail(component),
    )


def _detail(component: Component) -> LineDetail:
    if component.standalone_price is None:
        return component.detail
    return replace(component.detail, standalone_price=component.standalone_price)


def _leaves(bundle: Component) -> list[_Leaf]:
    """What lies at the bottom, with the quantities for one of the bundle."""
    found: list[_Leaf] = []
    for component in bundle.components:
        if not component.components:
            found.append(_Leaf(component, component.quantity, _weight(component)))
            continue
        inner = _weighed(_leaves(component), _weight(component))
        for leaf in inner:
            weight = None if leaf.weight is None else leaf.weight * Fraction(component.quantity)
            found.append(_Leaf(leaf.of, times(component.quantity, leaf.quantity), weight))
    return found


def _weight(component: Component) -> Fraction | None:
    """What the component would cost by itself: standalone price, else unit price, else cost; None if nothing is known.

    A bundle inside weighs what its parts do, unless it says its own price.
    """
    if component.standalone_price is not None:
        price = Fraction(component.standalone_price)
    elif component.unit_price is not None:
        price = Fraction(component.unit_price) / Fraction(component.base_quantity)
    elif component.cost is not None and not component.components:
        price = Fraction(component.cost)
    else:
        return None
    # Of a bundle inside, the weight is wanted per one of it; of a component at the bottom, for all there are of it.
    return price if component.components else price * Fraction(component.quantity)


def _weighed(leaves: list[_Leaf], whole: Fraction | None) -> list[_Leaf]:
    """The leaves of a bundle inside, their weights scaled to what that bundle itself would cost."""
    if whole is None:
        return leaves
    weights = _complete(leaves)
    total = sum(weights)
    if not total:
        weights, total = [Fraction(1)] * len(leaves), Fraction(len(leaves))
    return [replace(leaf, weight=whole * w / total) for leaf, w in zip(leaves, weights, strict=True)]


def _complete(leaves: Sequence[_Leaf]) -> list[Fraction]:
    """The weights; where one is not known, every unit of every leaf weighs the same."""
    if any(leaf.weight is None for leaf in leaves):
        return [Fraction(leaf.quantity) for leaf in leaves]
    return [leaf.weight or Fraction(0) for leaf in leaves]


def _whole(bundle: Component, quantity: Decimal, leaves: Sequence[_Leaf]) -> Line:
    """One line over parts that are dispatched, or done, together."""
    parts = tuple(_part(leaf) for leaf in leaves)
    first = leaves[0].of
    line = _single(replace(bundle, kind=first.kind, tax=first.tax), quantity, "unit_price")
    cost = _sum_of_costs(leaves) if bundle.cost is None else bundle.cost
    return replace(line, cost=cost, detail=replace(line.detail, parts=parts))


def _part(leaf: _Leaf) -> Part:
    component = leaf.of
    return Part(
        name=component.name,
        quantity=leaf.quantity,
        sku=component.sku,
        description=component.description,
        kind=component.kind,
        unit=component.unit,
        cost=component.cost,
        standalone_price=component.standalone_price,
        is_printed=component.is_printed,
        options=component.detail.options,
    )


def _sum_of_costs(leaves: Iterable[_Leaf]) -> Decimal | None:
    """What the parts of one bundle cost together; None if that is not known of each."""
    total = 0
    for leaf in leaves:
        if leaf.of.cost is None:
            return None
        total += micro(leaf.of.cost) * micro(leaf.quantity)
    return from_micro(divide(total, MICRO))


def _allocated(bundle: Component, quantity: Decimal, leaves: list[_Leaf], currency: str) -> tuple[Line, ...]:
    """The bundle's price on its parts: each line's price is its exact part of the amount, for all of its quantity."""
    weights = _whole_numbers(_complete(leaves))
    quantities = [times(quantity, leaf.quantity) for leaf in leaves]

    def parts_of(unit_price: Decimal, base_quantity: Decimal) -> list[Decimal]:
        amount = line_base(Item(quantity, unit_price, bundle.tax, base_quantity), currency)
        return [to_decimal(part, currency) for part in split(amount, weights)]

    prices = parts_of(bundle.unit_price or Decimal(0), bundle.base_quantity)
    lines = [_line(leaf.of, each, price, each) for leaf, each, price in zip(leaves, quantities, prices, strict=True)]
    return _with_history(lines, bundle, parts_of)


def _with_history(
    lines: list[Line], bundle: Component, parts_of: Callable[[Decimal, Decimal], list[Decimal]]
) -> tuple[Line, ...]:
    """The lines with their parts of the list price, and of every price on the way, of the bundle."""
    listed: Sequence[Decimal | None] = [None] * len(lines)
    if bundle.list_price is not None:
        listed = parts_of(bundle.list_price, bundle.base_quantity)
    columns = [(step, parts_of(step.unit_price, step.base_quantity)) for step in bundle.detail.steps]
    found = []
    for index, (line, own) in enumerate(zip(lines, listed, strict=True)):
        steps = tuple(PriceStep(s.step, at[index], line.base_quantity, s.rule, s.author) for s, at in columns)
        detail = replace(line.detail, steps=steps, price_is_typed=bundle.detail.price_is_typed)
        if not index:
            known = bundle.detail
            detail = replace(detail, selection=known.selection, lost=known.lost, overrides=known.overrides)
        found.append(_each(replace(line, list_price=own, detail=detail)))
    return tuple(found)


def _each(line: Line) -> Line:
    """The line priced per unit where all its prices can be said so with `_PRICE_PLACES` decimals; else as it is.

    A reader who multiplies quantity by unit price then meets the net (deal file, PRICED has no base quantity).
    """
    by = line.base_quantity
    prices = [line.unit_price, *(step.unit_price for step in line.detail.steps)]
    prices += [line.list_price] if line.list_price is not None else []
    if any((Fraction(price) / Fraction(by) * 10**_PRICE_PLACES).denominator != 1 for price in prices):
        return line
    steps = tuple(replace(s, unit_price=s.unit_price / by, base_quantity=Decimal(1)) for s in line.detail.steps)
    listed = None if line.list_price is None else line.list_price / by
    detail = replace(line.detail, steps=steps)
    return replace(line, unit_price=line.unit_price / by, list_price=listed, base_quantity=Decimal(1), detail=detail)


def _whole_numbers(weights: Sequence[Fraction]) -> list[int]:
    """The same proportions in whole numbers, as `split` takes them."""
    common = lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def _costed(lines: tuple[Line, ...], bundle: Component, quantity: Decimal) -> tuple[Line, ...]:
    """Where the bundle says its own cost: that cost on its lines, by their own costs, else by their amounts."""
    if bundle.cost is None:
        return lines
    if all(line.cost is not None for line in lines):
        weights = [Fraction(line.cost or 0) * Fraction(line.quantity) for line in lines]
    else:
        weights = [Fraction(line.unit_price) * Fraction(line.quantity) / Fraction(line.base_quantity) for line in lines]
    parts = split(micro(times(bundle.cost, quantity, "cost")), _whole_numbers(weights))
    return tuple(
        replace(line, cost=from_micro(divide(part * MICRO, micro(line.quantity))))
        for line, part in zip(lines, parts, strict=True)
    )


def reduced(lines: tuple[Line, ...], reductions: Sequence[Reduction], currency: str) -> tuple[Line, ...]:
    """Discounts and charges of a whole bundle on its lines, in proportion to their quantity x price.

    Percentages are of the sum of those, each rounded once; on the lines they are amounts, so that nothing is lost.
    """
    if not reductions:
        return lines
    bases = [line_base(line.item, currency) for line in lines]
    shares = [split(abs(reduction.on(sum(bases))), bases) for reduction in reductions]
    return tuple(
        replace(line, reductions=line.reductions + _own_shares(reductions, [part[index] for part in shares]))
        for index, line in enumerate(lines)
    )


def _own_shares(reductions: Sequence[Reduction], amounts: Sequence[int]) -> tuple[Reduction, ...]:
    pairs = zip(reductions, amounts, strict=True)
    return tuple(replace(reduction, percent=None, of=None, amount=amount) for reduction, amount in pairs if amount)
