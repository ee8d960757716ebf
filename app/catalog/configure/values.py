"""How the values of a choice stand: which one is given, which would break a rule, and why. Pure.

An option that cannot be chosen says so by itself (`engine.evaluate`); a value of an attribute is tried here in the same
way, with only the laws that look at its attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.catalog.configure.changes import give
from app.catalog.configure.engine import ONE, newly_broken, situation_of
from app.catalog.configure.laws import laws_of
from app.catalog.configure.repair import fixes
from app.catalog.configure.results import Change, Fix, Kind, Named, Reason
from app.catalog.model import AttributeKind, Model, Selection
from app.catalog.rules import Product


@dataclass(frozen=True, slots=True)
class ValueResult:
    """How one value of a choice stands; `reasons` say what giving it would break (none: it can be given)."""

    code: str
    name: str
    is_given: bool
    price_extra: Decimal
    reasons: tuple[Reason, ...] = ()


def value_results(
    model: Model,
    selection: Selection,
    attribute: str,
    products: Mapping[str, Product] | None = None,
    *,
    quantity: Decimal = ONE,
    on: date | None = None,
) -> tuple[ValueResult, ...]:
    """How each value of a choice stands with what else is chosen, in the model's order; nothing for other kinds."""
    laws = laws_of(model)
    known = laws.attributes.get(attribute)
    if known is None or known.kind is not AttributeKind.CHOICE:
        return ()
    situation = situation_of(model, selection, products, quantity=quantity, on=on)
    facts, wording = situation.facts.copy(), situation.wording()
    given, touched = situation.facts.texts.get(attribute, ""), laws.touching.get(attribute, ())
    found = []
    for value in known.values:
        facts.fill(known, value.code)
        broken = {} if value.code == given else newly_broken(laws, facts, situation.broken, touched)
        reasons = tuple(wording.reason(laws.all[n], cause, facts) for n, cause in sorted(broken.items()))
        found.append(ValueResult(value.code, value.name, value.code == given, value.price_extra, reasons))
    return tuple(found)


def value_fixes(
    model: Model,
    selection: Selection,
    attribute: str,
    code: str,
    products: Mapping[str, Product] | None = None,
    *,
    product: Product | None = None,
    quantity: Decimal = ONE,
    on: date | None = None,
) -> tuple[Fix, ...]:
    """Ways to give a choice a value that would break something: the value, and what mends the first thing it breaks.

    The prices of the fixes include the value's own. Ways that take the value away again are no ways.
    """
    standing = value_results(model, selection, attribute, products, quantity=quantity, on=on)
    wanted = next((one for one in standing if one.code == code), None)
    known = model.attribute(attribute)
    if wanted is None or not wanted.reasons or known is None:
        return ()
    after = give(model, selection, attribute, code)
    before = known.value(selection.value(attribute))
    extra = wanted.price_extra - (before.price_extra if before is not None else Decimal(0))
    first = Named(Change(Kind.SET, attribute, code), known.name, wanted.name)
    ways = fixes(model, after, wanted.reasons[0], products, product=product, quantity=quantity, on=on)
    return tuple(
        Fix((first, *way.changes), None if way.price is None else way.price + extra)
        for way in ways
        if attribute not in {named.change.key for named in way.changes}
    )
