"""Words and tone of every state a document can be in: one table, so that a list, a badge and a filter say the same."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

TONES: dict[str, dict[str, str]] = {
    "deal": {
        "draft": "neutral",
        "quoted": "accent",
        "contracted": "warn",
        "open": "accent",
        "fulfilled": "warn",
        "closed": "ok",
        "cancelled": "neutral",
    },
    "quote": {
        "draft": "neutral",
        "sent": "accent",
        "accepted": "ok",
        "declined": "bad",
        "expired": "warn",
        "superseded": "neutral",
        "cancelled": "neutral",
    },
    "contract": {"draft": "warn", "signed_by_one": "accent", "in_force": "ok", "cancelled": "neutral"},
    "delivery": {"planned": "neutral", "dispatched": "accent", "received": "ok", "cancelled": "neutral"},
    "invoice": {
        "open": "accent",
        "partly_paid": "warn",
        "overdue": "bad",
        "paid": "ok",
        "partly_credited": "neutral",
        "credited": "neutral",
    },
    "payment": {"unallocated": "warn", "allocated": "ok", "refund": "neutral"},
    "customer": {"active": "ok", "inactive": "neutral"},
    "product": {"active": "ok", "inactive": "neutral"},
}
"""Kind of document -> state -> tone of its badge, in the order of the process."""


def states(kind: str) -> tuple[str, ...]:
    """All states of a kind of document, in the order of the process; none for a kind without states."""
    return tuple(TONES.get(kind, ()))


def state_tone(kind: str, state: str) -> str:
    """The tone of a badge: accent, ok, warn, bad or neutral."""
    return TONES[kind].get(state, "neutral")


def state_text(kind: str, state: str) -> str:
    """A state in the person's words; an unknown one as it is."""
    return _WORDS[kind]().get(state, state)


def _deal() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "draft": translate("states", "Draft", "state"),
        "quoted": translate("states", "Quoted", "state"),
        "contracted": translate("states", "To sign", "state"),
        "open": translate("states", "In delivery", "state"),
        "fulfilled": translate("states", "To be paid", "state"),
        "closed": translate("states", "Closed", "state"),
        "cancelled": translate("states", "Cancelled", "state"),
    }


def _quote() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "draft": translate("states", "Draft", "state"),
        "sent": translate("states", "Sent", "state"),
        "accepted": translate("states", "Accepted", "state"),
        "declined": translate("states", "Declined", "state"),
        "expired": translate("states", "Expired", "state"),
        "superseded": translate("states", "Replaced", "state"),
        "cancelled": translate("states", "Cancelled", "state"),
    }


def _contract() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "draft": translate("states", "Not signed", "state"),
        "signed_by_one": translate("states", "Signed by one side", "state"),
        "in_force": translate("states", "In force", "state"),
        "cancelled": translate("states", "Cancelled", "state"),
    }


def _delivery() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "planned": translate("states", "Planned", "state"),
        "dispatched": translate("states", "In transit", "state"),
        "received": translate("states", "Received", "state"),
        "cancelled": translate("states", "Cancelled", "state"),
    }


def _invoice() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "open": translate("states", "Open", "state"),
        "partly_paid": translate("states", "Partly paid", "state"),
        "overdue": translate("states", "Overdue", "state"),
        "paid": translate("states", "Paid", "state"),
        "partly_credited": translate("states", "Partly credited", "state"),
        "credited": translate("states", "Credited", "state"),
    }


def _payment() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "unallocated": translate("states", "Not fully used", "state"),
        "allocated": translate("states", "Used", "state"),
        "refund": translate("states", "Paid back", "state"),
    }


def _active() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "active": translate("states", "Active", "state"),
        "inactive": translate("states", "Not in use", "state"),
    }


_WORDS = {
    "deal": _deal,
    "quote": _quote,
    "contract": _contract,
    "delivery": _delivery,
    "invoice": _invoice,
    "payment": _payment,
    "customer": _active,
    "product": _active,
}
