"""What stands beside the lines of a deal file: coupons, cashback, the language of its papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.exchange.deal_file.entry import Entry, Keys, Limits, one_text
from app.exchange.deal_file.faults import Path, bad
from app.outputs.pdf.words import LANGUAGES

_CASHBACK = Keys.of("percent")
_ABOVE_ZERO = Limits("a percentage above 0 and up to 100", most=100, above=True)
_FROM_ZERO = Limits("a percentage from 0 to 100", most=100)


def parse_coupons(owner: Entry) -> tuple[str, ...] | None:
    """The codes of coupons, each once; None if they are left out."""
    coupons = owner.each("coupons", "codes of coupons", _coupon)
    for index, code in enumerate(coupons or ()):
        if code in (coupons or ())[:index]:
            raise bad((owner.at("coupons"), index), f'the coupon "{code}" is named twice; expected it once.')
    return coupons


def _coupon(value: Any, path: Path) -> str:
    return one_text(value, path, "the code of a coupon, such as SPRING10")


def parse_cashback(owner: Entry, *, least: int = 1) -> Decimal | None:
    """The cashback in percent; None if it is left out. Only a revision may say 0, which takes it away."""
    if "cashback" not in owner:
        return None
    entry = Entry(owner.values["cashback"], owner.at("cashback"), _CASHBACK)
    return entry.needed_number("percent", _ABOVE_ZERO if least else _FROM_ZERO)


def parse_language(owner: Entry) -> str:
    """The language that papers are written in; empty if it is left out."""
    if "language" not in owner:
        return ""
    return owner.code("language", "language of the printed documents", LANGUAGES, "en")
