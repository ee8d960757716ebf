"""What is sold below the floor: whether it needs a reason or the owner's PIN, and the PIN itself.

The PIN is never kept, in no row and no history: only what scrypt (RFC 7914) makes of it with a salt of this file. Wrong
tries are counted in the file, so that starting Handsel again does not forgive them: after five, each further one has to
wait, twice as long each time. The PIN asks the owner at the owner's own desk; it is no lock against somebody who can
change the file.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from app.core.codec import from_plain, to_plain
from app.core.errors import NotAllowed, Problem, RuleViolation
from app.pricing.marks import MarginMarks
from app.store import settings
from app.store.history import Done, command
from app.store.session import Session, WriteSession

FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
_NAME = "owner pin"
_PIN = re.compile(r"[0-9]{4,12}")
_SALT_BYTES = 16
_COST, _BLOCK, _LANES, _LENGTH = 2**14, 8, 1, 32
"""Of scrypt: about 16 MB and a twentieth of a second for each try."""


@dataclass(frozen=True, slots=True)
class KeptPin:
    """What is kept of a PIN: salt and hash in hex, the wrong tries since the last right one, and when the last was."""

    salt: str
    digest: str
    wrong: int = 0
    tried_at: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Why an offer below the floor is sent all the same: a reason, the owner (whose PIN was right), or both."""

    reason: str = ""
    by_owner: bool = False


def needed(marks: MarginMarks, margin_percent: Decimal | None, loses: bool) -> Problem | None:
    """Why an offer must not be sent without a reason or the PIN; None if it may, or if the company asks for neither.

    `margin_percent` is that of the whole offer, None where no cost is known; `loses` says that some line is sold below
    its cost, which is asked about even where the others make up for it.
    """
    if not marks.stop:
        return None
    values = {"floor": str(marks.floor)} | ({} if margin_percent is None else {"margin": str(margin_percent)})
    if margin_percent is not None and margin_percent < marks.floor:
        message = f"margin: {margin_percent} % is below the floor of {marks.floor} %."
        return Problem("margin", "below_floor", message, values)
    if loses:
        return Problem("margin", "loss", "margin: a line is sold below its cost.", values)
    return None


def has_pin(session: Session) -> bool:
    """Whether the owner has set a PIN."""
    return _kept(session) is not None


def set_pin(session: WriteSession, new: str, *, old: str = "") -> bool:
    """Set, change, or with an empty `new` take away the PIN; False if `old` is not the one before, which is counted.

    Raises `RuleViolation` for a PIN that is not 4 to 12 figures; `NotAllowed` while tries have to wait.
    """
    if new and not _PIN.fullmatch(new):
        raise RuleViolation.of("new", "pin", "new: a PIN has 4 to 12 figures.")
    was_set = has_pin(session)
    if was_set and not check_pin(session, old):
        return False
    settings.put(session, _NAME, to_plain(_made(new)) if new else None)
    change_pin(session, was_set=was_set, is_set=bool(new))
    return True


@command
def change_pin(session: WriteSession, *, was_set: bool, is_set: bool) -> Done:
    """What the history tells of `set_pin`: that there is one, never which."""
    session.changed("PIN of the owner", "set" if was_set else "", "set" if is_set else "")
    return Done("change_pin")


def check_pin(session: WriteSession, pin: str) -> bool:
    """Whether this is the owner's PIN; a wrong try is counted. False if none is set.

    Raises `NotAllowed` while further tries have to wait; the PIN is then not even looked at.
    """
    kept = _kept(session)
    if kept is None:
        return False
    _require_no_wait(session, kept)
    is_right = _fits(kept, pin)
    counted = replace(kept, wrong=0, tried_at="") if is_right else _missed(session, kept)
    if counted != kept:
        settings.put(session, _NAME, to_plain(counted))
    return is_right


def wait_after(wrong: int) -> timedelta:
    """How long the next try has to wait after so many wrong ones."""
    if wrong < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def left_to_wait(session: Session, now: datetime) -> timedelta:
    """How long until the PIN can be tried again."""
    kept = _kept(session)
    if kept is None or not kept.tried_at:
        return timedelta()
    return max(datetime.fromisoformat(kept.tried_at) + wait_after(kept.wrong) - now, timedelta())


def _require_no_wait(session: WriteSession, kept: KeptPin) -> None:
    left = left_to_wait(session, datetime.fromisoformat(session.at))
    if left:
        seconds = int(left.total_seconds()) + 1
        raise NotAllowed(f"{kept.wrong} wrong PINs in a row. Try again in {seconds} seconds.")


def _missed(session: WriteSession, kept: KeptPin) -> KeptPin:
    return replace(kept, wrong=kept.wrong + 1, tried_at=session.at)


def _kept(session: Session) -> KeptPin | None:
    kept = settings.get(session, _NAME)
    return None if kept is None else from_plain(KeptPin, kept)


def _made(pin: str) -> KeptPin:
    salt = secrets.token_bytes(_SALT_BYTES)
    return KeptPin(salt.hex(), _digest(pin, salt))


def _fits(kept: KeptPin, pin: str) -> bool:
    return hmac.compare_digest(_digest(pin, bytes.fromhex(kept.salt)), kept.digest)


def _digest(pin: str, salt: bytes) -> str:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=_LENGTH).hex()
