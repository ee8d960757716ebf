"""Whether a coupon may be used: known, in its days, not used up; each refusal with a code and the values. Pure.

Codes: `unknown`, `twice`, `withdrawn`, `not_yet`, `expired`, `used_up`, `used_by_customer`, `not_met` (the
conditions of its promotion; `values["condition"]` says which) and `beaten` (no more than what is given anyway).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.pricing.book import KnownCoupon, coupon_code

MISTYPED = ("unknown", "twice")
"""Codes of refusals that are wrong in themselves; all others depend on the day, the offer and other deals."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Coupons that may be used, as index of the given code by promotion; and why the others may not."""

    by_promotion: Mapping[str, int]
    refused: tuple[Problem, ...]


def opened(given: Sequence[str], known: Sequence[KnownCoupon], on: date) -> Opened:
    """Look at every code that was given."""
    by_code = {coupon_code(item.coupon.code): item for item in known}
    by_promotion: dict[str, int] = {}
    refused: list[Problem] = []
    seen: set[str] = set()
    for index, text in enumerate(given):
        code = coupon_code(text)
        problem = _twice(index, code) if code in seen else reason_against(index, code, by_code.get(code), on)
        seen.add(code)
        if problem is not None:
            refused.append(problem)
        else:
            by_promotion.setdefault(by_code[code].coupon.promotion, index)
    return Opened(by_promotion, tuple(refused))


def reason_against(index: int, code: str, known: KnownCoupon | None, on: date) -> Problem | None:
    """Why the coupon may not be used on a day, if anything is against it."""
    if known is None:
        return refusal(index, "unknown", f"there is no coupon {code!r}", code=code)
    coupon = known.coupon
    if not coupon.active:
        return refusal(index, "withdrawn", f"the coupon {code!r} was withdrawn", code=code)
    if coupon.starts_on is not None and on < coupon.starts_on:
        words = f"the coupon {code!r} holds from {coupon.starts_on} on"
        return refusal(index, "not_yet", words, code=code, day=coupon.starts_on.isoformat())
    if coupon.ends_on is not None and on > coupon.ends_on:
        words = f"the coupon {code!r} expired on {coupon.ends_on}"
        return refusal(index, "expired", words, code=code, day=coupon.ends_on.isoformat())
    if coupon.most_uses is not None and known.uses >= coupon.most_uses:
        words = f"the coupon {code!r} is used up ({known.uses} of {coupon.most_uses})"
        return refusal(index, "used_up", words, code=code, uses=str(known.uses), most=str(coupon.most_uses))
    if coupon.most_per_customer is not None and known.uses_of_customer >= coupon.most_per_customer:
        most = coupon.most_per_customer
        words = f"this customer has used the coupon {code!r} {known.uses_of_customer} of {most} times"
        return refusal(index, "used_by_customer", words, code=code, uses=str(known.uses_of_customer), most=str(most))
    return None


def _twice(index: int, code: str) -> Problem:
    return refusal(index, "twice", f"the coupon {code!r} stands there twice", code=code)


def refusal(index: int, problem: str, words: str, **values: str) -> Problem:
    """A coupon that is not used, and why."""
    field = f"coupons[{index}]"
    return Problem(field, problem, f"{field}: {words}.", dict(values))
