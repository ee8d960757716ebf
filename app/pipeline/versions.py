"""What if? A draft with another discount, cashback or payment, side by side; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.totals import Reduction
from app.quotes.draft import QuoteDraft, to_offer
from app.quotes.payment_draft import Payment, payment_of, with_payment
from app.rewards.queries import programme, usual_margin
from app.rewards.whatif import Outlook, Version, compare
from app.store.session import Session

_NET = Payment()


@dataclass(frozen=True, slots=True)
class Knobs:
    """What differs between versions. `discount` is the seller's percentage off the whole; `pays_on` None: when due."""

    discount: Decimal | None = None
    cashback: Decimal | None = None
    payment: Payment = _NET
    pays_on: date | None = None


def knobs_of(draft: QuoteDraft) -> Knobs:
    """How a draft stands; its first percentage off the whole counts, charges and amounts stay as they are."""
    place = _discount_at(draft)
    discount = None if place is None else draft.reductions[place].percent
    return Knobs(discount, draft.cashback_percent, payment_of(draft))


def turned(draft: QuoteDraft, knobs: Knobs) -> QuoteDraft:
    """The draft with these in place of its own."""
    changed = with_payment(draft, knobs.payment)
    return replace(changed, cashback_percent=knobs.cashback or None, reductions=_reductions(draft, knobs.discount))


def outlooks(
    session: Session,
    draft: QuoteDraft,
    versions: Sequence[tuple[str, Knobs]],
    *,
    capital_percent: Decimal,
) -> tuple[Outlook, ...]:
    """What each version comes to if it is delivered on the day of the draft, against what this customer usually left.

    Raises `RuleViolation` for more than three, or one that cannot be priced.
    """
    made = [(name, turned(draft, knobs), knobs.pays_on) for name, knobs in versions]
    usual = None
    if draft.customer_id is not None:
        usual = usual_margin(session, draft.customer_id, draft.currency, draft.on)
    return compare(
        [Version(name, to_offer(item), item.basis, pays_on) for name, item, pays_on in made],
        delivered_on=draft.on,
        capital_percent=capital_percent,
        usual_percent=usual,
        programme=programme(session, draft.currency),
    )


def _discount_at(draft: QuoteDraft) -> int | None:
    for place, item in enumerate(draft.reductions):
        if item.percent is not None and item.of is None and not item.charge and not item.promotion:
            return place
    return None


def _reductions(draft: QuoteDraft, percent: Decimal | None) -> tuple[Reduction, ...]:
    place = _discount_at(draft)
    if place is None:
        return (*draft.reductions, Reduction(percent=percent)) if percent else draft.reductions
    before, after = draft.reductions[:place], draft.reductions[place + 1 :]
    if not percent:
        return (*before, *after)
    return (*before, replace(draft.reductions[place], percent=percent), *after)
