"""Terms of payment of a draft in parts: "2/10 net 30" is 30 days, and 2 percent less within 10 of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from app.quotes.draft import QuoteDraft
from app.quotes.rules import early_payment


@dataclass(frozen=True, slots=True)
class Payment:
    """`kind` is "net", "prepaid" or "on delivery"; days and percent are None where nothing is said yet."""

    kind: str = "net"
    days: int | None = 30
    early_percent: Decimal | None = None
    early_days: int | None = None


def payment_of(draft: QuoteDraft) -> Payment:
    """The parts of a draft's terms."""
    early = early_payment(draft.payment)
    if early is not None:
        return Payment("net", early.net, early.percent, early.days)
    return Payment(draft.payment, draft.payment_days)


def with_payment(draft: QuoteDraft, payment: Payment) -> QuoteDraft:
    """The draft with these terms; a discount for paying early that is not whole, or too late, is left out."""
    text = early_text(payment)
    if payment.kind == "net" and text:
        return replace(draft, payment=text, payment_days=payment.days)
    return replace(draft, payment=payment.kind, payment_days=payment.days)


def early_text(payment: Payment) -> str:
    """The terms with their discount for paying early, such as "2/10 net 30"; empty where there is none that holds."""
    percent, days, net = payment.early_percent, payment.early_days, payment.days
    if percent is None or days is None or net is None:
        return ""
    text = f"{percent.normalize():f}/{days} net {net}"
    return text if early_payment(text) is not None else ""
