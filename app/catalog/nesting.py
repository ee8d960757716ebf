"""How deep bundles are nested: what is too deep to be sold is refused when it is written, not when it is offered."""

from __future__ import annotations

from collections.abc import Mapping

from app.catalog.model import MAX_LEVELS, Model
from app.catalog.model_queries import model_of, used_in, variants
from app.core.errors import Problem
from app.store.session import Session

Way = tuple[str, ...]


def too_deep(session: Session, product_id: int, sku: str, models: Mapping[str, Model]) -> Problem | None:
    """What is wrong where a bundle has more than `MAX_LEVELS` levels with this product in it, with the way through it.

    `models` are those of the product, as it is to be, and of everything inside it; nothing of it contains itself.
    """
    way = (*_above(session, product_id, sku), *_below(sku, models)[1:])
    if len(way) - 1 <= MAX_LEVELS:
        return None
    words = f"model: {' -> '.join(way)}: bundles are nested more than {MAX_LEVELS} levels deep."
    return Problem("model", "too_many_levels", words, {"path": list(way)})


def _below(sku: str, models: Mapping[str, Model]) -> Way:
    """The longest way down through fixed parts. Only its first step may be an option: of what is inside an option, only
    the fixed parts always come with it.
    """
    known: dict[str, Way] = {}

    def down(at: str) -> Way:
        if at not in known:
            parts = models[at].parts.parts if at in models else ()
            known[at] = (at, *max((down(part.sku) for part in parts), key=len, default=()))
        return known[at]

    options = [down(option.sku) for option in models[sku].options() if option.sku]
    chosen: Way = max((way for way in options if len(way) > 1), key=len, default=())
    return max(down(sku), (sku, *chosen), key=len)


def _above(session: Session, product_id: int, sku: str) -> Way:
    """The longest way down to a product, or to a variant of it, through what has it as a part, the outermost first."""
    ways: dict[int, Way] = {row.id: (row.product.sku,) for row in variants(session, product_id)}
    ways[product_id] = (sku,)
    longest: Way = (sku,)
    for _ in range(MAX_LEVELS):
        found = [(whole, way) for part, way in ways.items() for whole in used_in(session, part)]
        longest = max(longest, *((whole.sku, *way) for whole, way in found), key=len) if found else longest
        ways = {whole.id: (whole.sku, *way) for whole, way in found if _has_part(session, whole.id, way[0])}
    return longest


def _has_part(session: Session, product_id: int, sku: str) -> bool:
    return any(part.sku == sku for part in model_of(session, product_id).parts.parts)
