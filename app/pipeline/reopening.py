"""Configured lines of a copy or a revision, opened again with the catalogue of today: what no longer fits is named.

A sent quote is frozen and never comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.catalog.configure import Reopened, reopen
from app.catalog.model import Configurable, Selection
from app.catalog.model_queries import with_parts
from app.core.codec import from_text
from app.pricing.rules import Line
from app.quotes.draft import LineDraft
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class ReopenedLine:
    """A configured line: its place in the offer from 0, its selection, and how that stands today.

    `goods` are the product and all that can be inside it, by SKU, for going on with the configuration.
    """

    place: int
    name: str
    selection: Selection
    reopened: Reopened
    goods: dict[str, Configurable]


def reopen_lines(session: Session, lines: Sequence[Line | LineDraft], on: date) -> tuple[ReopenedLine, ...]:
    """Every configured line of a draft with what of it no longer fits on a day; one query for all of them.

    Nothing is changed, and nothing in a line raises: an option that left the catalogue is a misfit like any other.
    """
    found = [
        (place, line, from_text(Selection, line.detail.selection))
        for place, line in enumerate(lines)
        if line.detail.selection
    ]
    skus = {sku for _, _, selection in found for sku in _named(selection)}
    goods = with_parts(session, skus) if skus else {}
    return tuple(
        ReopenedLine(place, line.name, selection, reopen(goods, selection, quantity=_count(line), on=on), goods)
        for place, line, selection in found
    )


def misfits(session: Session, lines: Sequence[Line | LineDraft], on: date) -> tuple[ReopenedLine, ...]:
    """Only the configured lines that do not fit any more."""
    return tuple(line for line in reopen_lines(session, lines, on) if line.reopened.misfits)


def _named(selection: Selection) -> set[str]:
    """The SKUs that a selection names itself; the models name the others."""
    inner = [*selection.inner, *(choice.inner for choice in selection.chosen if choice.inner is not None)]
    return {selection.sku}.union(*(_named(one) for one in inner))


def _count(line: Line | LineDraft) -> Decimal:
    """How many of the configured product: of a bundle's first line, how many bundles."""
    bundle = line.detail.bundle
    quantity = line.quantity if bundle is None else bundle.quantity
    return Decimal(1) if quantity is None else quantity
