"""Changing what can be configured: the model of a product, and the variants that come of it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import bindparam, select

from app.catalog import configure, model_check
from app.catalog.configure.conflicts import problems as contradictions
from app.catalog.model import Model
from app.catalog.model_queries import Variant, model_of, variant_of, variants, with_parts
from app.catalog.models import product, product_variant
from app.catalog.nesting import too_deep
from app.catalog.parts import store_model
from app.catalog.queries import product_by_id
from app.catalog.rules import Product
from app.catalog.service import product_values
from app.catalog.variants import combinations, variant, variant_attributes
from app.core.codec import to_text
from app.core.errors import Problem, RuleViolation
from app.store.history import Done, command
from app.store.session import Session, WriteSession


@command
def save_model(session: WriteSession, product_id: int, model: Model) -> Done:
    """Say what can be configured of a product, in place of what was said before. Quotes keep what they offer.

    Raises `RuleViolation` with everything that is wrong, by field and value: parts that are no products, a bundle that
    contains itself (`model`, `cycle`, with the way through the parts) or is nested too deep to be sold
    (`too_many_levels`), bad numbers, rules on what is not there, formulas that cannot be read, rules that leave no
    valid configuration (`rules`, `contradiction`, with their names); also where the product is a variant, whose model
    is its parent's. Raises `NotFound`.
    """
    own = product_by_id(session, product_id).product
    before = model_of(session, product_id)
    if found := check_model(session, product_id, own, model):
        raise RuleViolation(found)
    store_model(session, product_id, model)
    session.changed(f"model of {own.sku}", to_text(before), to_text(model))
    return Done("save_model", {"product": product_id})


def check_model(session: Session, product_id: int, own: Product, model: Model) -> list[Problem]:
    """Everything that is wrong with a model for a stored product; nothing is changed."""
    known = with_parts(session, model.skus())
    parts = {sku: known[sku].product for sku in model.skus() if sku in known}
    found = model_check.problems(model, own, parts)
    if variant_of(session, product_id) is not None:
        found.append(Problem("model", "is_variant", f"model: {own.sku!r} is a variant; change the product it is of."))
    inside = {sku: one.model.skus() for sku, one in known.items()} | {own.sku: model.skus()}
    inside |= {row.product.sku: (own.sku,) for row in variants(session, product_id)}  # they contain what it does
    if way := model_check.cycle(own.sku, inside):
        message = f"model: {' -> '.join(way)}: a bundle cannot contain itself."
        found.append(Problem("model", "cycle", message, {"path": list(way)}))
    elif deep := too_deep(
        session, product_id, own.sku, {sku: one.model for sku, one in known.items()} | {own.sku: model}
    ):
        found.append(deep)
    found += configure.check(model)
    return found or contradictions(model)  # only a model that can be read can be asked what contradicts what


@command
def make_variants(session: WriteSession, product_id: int) -> Done:
    """Make a product of every possible combination of values that has none yet; those that are there stay as they are.

    Prices of new ones are the list price with the values' extras as they are now. `ids` say how many there are:
    `made` and `kept`. Raises `RuleViolation` where no attribute makes variants, where there would be too many, or
    where other products have the SKUs; `NotFound`.
    """
    own, model = product_by_id(session, product_id).product, model_of(session, product_id)
    if not variant_attributes(model):
        message = f"attributes: none of {own.sku!r} makes variants."
        raise RuleViolation.of("attributes", "no_variants", message)
    known = {row.values for row in variants(session, product_id)}
    wanted = {_values(model, chosen): variant(own, model, chosen) for chosen in combinations(model)}
    new = {values: item for values, item in wanted.items() if values not in known}
    _refuse_taken(session, new.values())
    for values, item in new.items():
        made = session.insert(product, **product_values(item))
        session.insert(product_variant, product_id=made, parent_id=product_id, chosen=json.dumps(values))
        session.changed(f"variant of {own.sku}", "", item.sku)
    return Done("make_variants", {"product": product_id, "made": len(new), "kept": len(known)})


def impossible_variants(session: Session, product_id: int) -> list[Variant]:
    """The variants that the model, as it is now, would no longer make; they are still sold until taken out of use."""
    model = model_of(session, product_id)
    possible = {_values(model, chosen) for chosen in combinations(model)}
    return [row for row in variants(session, product_id) if row.values not in possible]


def _values(model: Model, chosen: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((attribute.key, chosen[attribute.key]) for attribute in variant_attributes(model))


_TAKEN = select(product.c.sku).where(product.c.sku.in_(bindparam("skus", expanding=True))).order_by(product.c.sku)


def _refuse_taken(session: WriteSession, items: Iterable[Product]) -> None:
    skus = [item.sku for item in items]
    if not skus:
        return
    taken = [row.sku for row in session.rows(_TAKEN, {"skus": skus})]
    if taken:
        raise RuleViolation(
            [Problem("sku", "taken", f"sku: {sku!r} is the SKU of another product.", {"value": sku}) for sku in taken]
        )
