"""Agreed lines, and quantities of them, as a deal file says them: bundles as bundles, options as options. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.catalog.rules import Kind
from app.core.errors import RuleViolation
from app.core.quantity import exact
from app.core.totals import Reduction
from app.delivery.rules import Confirmed
from app.exchange.deal_file.places import Places
from app.exchange.deal_file.shape import LineInput, LineQuantity, ReceivedLine
from app.pricing.bundles import count, groups, per_bundle
from app.pricing.detail import Bundle, Part
from app.pricing.rules import Line, price_path

_MOST_MICRO = 10**15


def told_lines(agreed: Sequence[Line]) -> tuple[LineInput, ...]:
    """Lines with everything said, so that no catalogue adds to them; those of one bundle are one."""
    return tuple(_told([agreed[index] for index in group]) for group in groups(agreed))


def _told(lines: Sequence[Line]) -> LineInput:
    bundle = lines[0].detail.bundle
    if bundle is None:
        return _line(lines[0], lines[0].quantity)
    bundles = count(lines)
    return _bundle(bundle, bundles, tuple(_line(line, per_bundle(line, bundles)) for line in lines))


def _bundle(bundle: Bundle, bundles: Decimal, parts: tuple[LineInput, ...]) -> LineInput:
    """A bundle whose parts say their own prices."""
    return LineInput(
        quantity=bundles,
        sku=bundle.sku,
        name=bundle.name,
        description=bundle.description,
        unit=bundle.unit,
        options=bundle.options,
        bundle=parts,
    )


def _line(line: Line, quantity: Decimal) -> LineInput:
    ordered = sorted(line.reductions, key=lambda reduction: reduction.charge)
    return LineInput(
        quantity=quantity,
        sku=line.sku,
        name=line.name,
        description=line.description,
        kind=line.kind,
        unit=line.unit,
        unit_price=line.unit_price,
        base_quantity=line.base_quantity,
        list_price=_list_price(line),
        cost=line.cost,
        reductions=tuple(as_typed(reduction) for reduction in ordered),
        tax=line.tax,
        standalone_price=line.detail.standalone_price,
        options=line.detail.options,
        bundle=tuple(_part(part) for part in line.detail.parts),
    )


def _list_price(line: Line) -> Decimal | None:
    """The first price on the way, per the line's own base quantity; a line with a sku always says it."""
    if not line.detail.steps:
        return line.unit_price if line.sku and line.list_price is None else line.list_price
    first = price_path(line)[0]
    scaled = first.unit_price * line.base_quantity / first.base_quantity
    return scaled if exact(scaled, 6, _MOST_MICRO, "list_price") is not None else line.list_price


def as_typed(reduction: Reduction) -> Reduction:
    """A discount or charge as a file says it: that of a promotion becomes one of the same name."""
    return replace(reduction, reason=reduction.reason or reduction.promotion, promotion="", author="")


def _part(part: Part) -> LineInput:
    return LineInput(
        quantity=part.quantity,
        sku=part.sku,
        name=part.name,
        description=part.description,
        kind=part.kind,
        unit=part.unit,
        cost=part.cost,
        standalone_price=part.standalone_price,
        options=part.options,
    )


def told_quantities(
    agreed: Sequence[Line], quantities: Mapping[int, Decimal], kind: Kind | None
) -> Iterator[LineQuantity]:
    """Quantities by position as a step says them; with a kind, whole bundles are counted as such."""
    places = Places(agreed)
    for number, part, quantity in places.told(quantities, kind):
        yield LineQuantity(number, quantity, part)


def told_receipt(agreed: Sequence[Line], said: Mapping[int, Confirmed]) -> Iterator[ReceivedLine]:
    """What became of goods, by position, as a step says it; of what nothing is said, nothing is told."""
    places = Places(agreed)
    known = {position: confirmed for position, confirmed in said.items() if confirmed.total}
    for number in dict.fromkeys(places.number(position) for position in known):
        here = {position: known[position] for position in places.positions(number) if position in known}
        yield from _received(places, number, here)


def _received(places: Places, number: int, here: Mapping[int, Confirmed]) -> Iterator[ReceivedLine]:
    fitting = places.positions(number, Kind.GOODS)
    columns = [{p: getattr(said, name) for p, said in here.items()} for name in _OUTCOMES]
    whole = [count for column in columns if (count := places.whole(number, column, fitting)) is not None]
    if len(whole) == len(_OUTCOMES):
        accepted, damaged, missing, refused = whole
        yield ReceivedLine(number, accepted, damaged, missing, refused)
        return
    for position, said in here.items():
        part = places.positions(number).index(position) + 1
        yield ReceivedLine(number, said.accepted, said.damaged, said.missing, said.refused, part)


_OUTCOMES = ("accepted", "damaged", "missing", "refused")


def told_service(
    agreed: Sequence[Line], position: int, quantity: Decimal | None, also: Mapping[int, Decimal]
) -> tuple[int, int | None, Decimal | None]:
    """A completed service as line, part and quantity. Raises `RuleViolation` where several are no whole bundles."""
    places = Places(agreed)
    number = places.number(position)
    services = places.positions(number, Kind.SERVICE)
    if quantity is None:
        alone = services == (position,)
        return number, None if alone else places.positions(number).index(position) + 1, None
    told = list(places.told({position: quantity, **also}, Kind.SERVICE))
    if len(told) > 1:
        message = "several services were completed at once that are not those of one bundle, which no deal file tells."
        raise RuleViolation.of("complete_service", "not_tellable", message)
    return told[0]
