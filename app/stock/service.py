"""Noting what arrives in the store room. What is dispatched and comes back is known from the deliveries.

A count has to know what went out that day, so it is a command of `app.pipeline.availability`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.core.errors import NotAllowed, RuleViolation
from app.core.quantity import plain
from app.stock.models import stock_movement
from app.stock.queries import Kept, kept, purchase
from app.stock.rules import ZERO, MovementKind, check_quantity
from app.store.history import Done, command
from app.store.session import Session, WriteSession


@command
def expect_stock(session: WriteSession, sku: str, quantity: Decimal, *, on: date, reference: str = "") -> Done:
    """Note that so much of a product, in its own unit, was bought and should arrive on a day.

    Raises `RuleViolation`: a product that is not counted (`sku`), a quantity that is not above zero.
    """
    known = counted_product(session, sku)
    check_quantity(quantity, least=ZERO)
    made = note(session, known.id, MovementKind.EXPECTED, quantity, on, reference=reference)
    return Done("expect_stock", {"product": known.id, "purchase": made})


@command
def receive_stock(
    session: WriteSession,
    sku: str,
    quantity: Decimal,
    *,
    on: date,
    expected_id: int | None = None,
    reference: str = "",
) -> Done:
    """Note that so much arrived, of a purchase or without one.

    Raises `RuleViolation` as `expect_stock`; `NotFound` for a purchase of which nothing is open; `NotAllowed` for one
    of another product, or where more arrives than is open of it: the rest is received without a purchase.
    """
    known = counted_product(session, sku)
    check_quantity(quantity, least=ZERO)
    if expected_id is not None:
        found = purchase(session, expected_id)
        if found.product_id != known.id:
            raise NotAllowed(f"The purchase {expected_id} is not of {sku!r}.")
        if quantity > found.open:
            raise NotAllowed(f"{plain(quantity)} arrived, but only {plain(found.open)} of the purchase is open.")
    made = note(session, known.id, MovementKind.RECEIVED, quantity, on, expected_id=expected_id, reference=reference)
    return Done("receive_stock", {"product": known.id, "movement": made})


@command
def cancel_expected(session: WriteSession, expected_id: int, *, on: date, reason: str = "") -> Done:
    """Note that what is open of a purchase will not arrive. Raises `NotFound` where nothing is open of it."""
    found = purchase(session, expected_id)
    made = note(
        session, found.product_id, MovementKind.CANCELLED, found.open, on, expected_id=expected_id, words=reason
    )
    return Done("cancel_expected", {"product": found.product_id, "movement": made})


def counted_product(session: Session, sku: str) -> Kept:
    """The product that is counted under a SKU. Raises `RuleViolation` (`sku`, `not_counted`)."""
    found = kept(session, [sku])
    if not found:
        raise RuleViolation.of("sku", "not_counted", f"sku: {sku!r} is no product that is kept in stock.", value=sku)
    return found[0]


def note(
    session: WriteSession,
    product_id: int,
    kind: MovementKind,
    quantity: Decimal,
    on: date,
    *,
    expected_id: int | None = None,
    seen: Decimal = ZERO,
    reference: str = "",
    words: str = "",
) -> int:
    """Write a movement that was checked; returns its id."""
    return session.insert(
        stock_movement,
        product_id=product_id,
        kind=kind.value,
        moved_on=on,
        quantity=quantity,
        expected_id=expected_id,
        seen=seen,
        reference=reference,
        note=words,
    )
