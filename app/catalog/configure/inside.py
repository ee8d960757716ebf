"""Configured products inside configured products, and opening a selection again after the catalogue has changed.

A frozen quote is never evaluated; a copy of it is, and whatever no longer fits is named, never an exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.catalog.configure.engine import ONE, evaluate
from app.catalog.configure.results import Cause, Configuration, Reason, State
from app.catalog.model import Configurable, Selection

MAX_DEPTH = 8
"""Levels that are looked at; bundles that contain themselves are refused when they are written."""


@dataclass(frozen=True, slots=True)
class Place:
    """One configured product in the whole: `path` are the names from the outermost product down to it."""

    path: tuple[str, ...]
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that no longer fits, and where."""

    path: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reopened:
    """A selection evaluated with the catalogue of today, with everything inside it, the outermost first.

    `misfits` are problems, alerts that nobody overrode, and products that are gone or not sold, place by place. Empty:
    everything is as it was.
    """

    places: tuple[Place, ...]
    misfits: tuple[Misfit, ...]

    @property
    def state(self) -> State:
        """The worst of all places; invalid too where a product is gone."""
        states = {place.configuration.state for place in self.places}
        gone = any(misfit.reason.cause in (Cause.GONE, Cause.NOT_SOLD) for misfit in self.misfits)
        if gone or State.INVALID in states:
            return State.INVALID
        return State.INCOMPLETE if State.INCOMPLETE in states else State.VALID

    @property
    def may_be_sold(self) -> bool:
        """Valid everywhere, with every alert overridden."""
        return self.state is State.VALID and all(place.configuration.may_be_sold for place in self.places)


def reopen(
    goods: Mapping[str, Configurable], selection: Selection, *, quantity: Decimal = ONE, on: date | None = None
) -> Reopened:
    """Evaluate a selection and every selection inside it.

    `goods` are the product and everything that can be inside it, by SKU (`app.catalog.model_queries.with_parts`).
    """
    places: list[Place] = []
    misfits: list[Misfit] = []
    for path, sku, inner, count in _walk(goods, selection, quantity, (), MAX_DEPTH):
        whole = goods.get(sku)
        if whole is None:
            misfits.append(Misfit(path, Reason(Cause.GONE, sku, path[-1], found=sku)))
            continue
        if not path[1:] and not (whole.product.active if on is None else whole.product.offered_on(on)):
            misfits.append(Misfit(path, Reason(Cause.NOT_SOLD, sku, whole.product.name, found=sku)))
        products = {known: one.product for known, one in goods.items()}
        configuration = evaluate(whole.model, inner, products, quantity=count, on=on)
        places.append(Place(path, configuration))
        misfits += [Misfit(path, reason) for reason in configuration.problems]
        misfits += [Misfit(path, alert.reason) for alert in configuration.alerts if not alert.override.strip()]
    return Reopened(tuple(places), tuple(misfits))


_Found = tuple[tuple[str, ...], str, Selection, Decimal]


def _walk(
    goods: Mapping[str, Configurable], selection: Selection, count: Decimal, above: tuple[str, ...], depth: int
) -> Iterator[_Found]:
    """Every configured product of a selection, with the names down to it; plain ones inside are not worth a place."""
    whole = goods.get(selection.sku)
    path = (*above, whole.product.name if whole is not None else selection.sku)
    yield path, selection.sku, selection, count
    if whole is None or not depth:
        return
    inner = {one.sku: one for one in selection.inner}
    for part in whole.model.parts.parts:
        known = goods.get(part.sku)
        if known is None or not known.model.is_plain:
            chosen = inner.get(part.sku, _untouched(goods, part.sku))
            yield from _walk(goods, chosen, count * part.quantity if part.scales else part.quantity, path, depth - 1)
    for choice in selection.chosen:
        option = whole.model.option(choice.option)
        if option is not None and option.sku in goods and not goods[option.sku].model.is_plain:
            chosen = choice.inner or _untouched(goods, option.sku)
            each = option.quantity if choice.quantity is None else choice.quantity
            yield from _walk(goods, chosen, count * each if option.scales else each, path, depth - 1)


def _untouched(goods: Mapping[str, Configurable], sku: str) -> Selection:
    """What a product inside is taken for while nobody has configured it: its attributes' defaults, no options."""
    whole = goods.get(sku)
    attributes = () if whole is None else whole.model.attributes
    return Selection(sku, (), tuple((one.key, one.default) for one in attributes if one.default))
