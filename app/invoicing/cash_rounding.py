"""Cash rounding: what is payable ends on the smallest coin; the difference is a line of its own, never tax (BT-114)."""

from __future__ import annotations

from decimal import Decimal

from app.core.errors import RuleViolation
from app.core.money import amount_text, divide, to_minor
from app.store import settings
from app.store.history import Done, command
from app.store.session import Session, WriteSession

_NAME = "cash_rounding"


def rounding_of(payable: int, step: int) -> int:
    """What has to be added to an amount so that it is a multiple of `step` minor units, half away from zero."""
    return divide(payable, step) * step - payable if step > 1 else 0


def cash_steps(session: Session) -> dict[str, int]:
    """The step in minor units by currency, for the currencies whose invoices are rounded."""
    found: dict[str, int] = settings.get(session, _NAME, {})
    return found


def step_of(session: Session, currency: str) -> int:
    """The step of one currency in minor units; 1 where nothing is rounded."""
    return cash_steps(session).get(currency, 1)


@command
def set_cash_rounding(session: WriteSession, currency: str, *, step: Decimal | None) -> Done:
    """Round what invoices of a currency ask for to a coin, such as 0.05 in CHF; None stops it. Issued ones stay.

    Raises `RuleViolation` for a step that is no amount of the currency above zero.
    """
    minor = 1 if step is None else to_minor(step, currency, "step")
    if minor <= 0:
        raise RuleViolation.of("step", "not_positive", "step: expected an amount above zero, such as 0.05.")
    steps = cash_steps(session)
    session.changed(f"cash rounding {currency}", *(amount_text(s, currency) for s in (steps.get(currency, 1), minor)))
    kept = {code: size for code, size in sorted((steps | {currency: minor}).items()) if size > 1}
    settings.put(session, _NAME, kept or None)
    return Done("set_cash_rounding")
