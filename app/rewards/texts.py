"""How the books name what rewards do: by these beginnings reports tell them from sales, credit notes and payments."""

from __future__ import annotations

REWARDS = (
    "Cashback",
    "Early-payment discount",
    "Points",
    "Goodwill credit",
    "Gift card",
    "Credit expired",
)
"""Beginnings of the texts of entries that change revenue, tax or receivables and are no invoice or credit note."""


def is_reward(text: str) -> bool:
    """Whether an entry with this text is one of them."""
    return text.startswith(REWARDS)
