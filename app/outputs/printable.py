"""Before a paper is issued: every letter on it can be printed here, or it is said which cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from app.core.errors import RuleViolation
from app.ledger import queries as books
from app.store.history import Done
from app.store.session import WriteSession

_NAMED = 8


def unprintable(text: str) -> tuple[str, ...]:
    """The letters of a text that no font on this computer can print, in their order; fonts are read only if needed."""
    if text.isascii():
        return ()
    from app.outputs.pdf import fonts  # loaded only for letters beyond ASCII

    return tuple(sorted(fonts.unprintable(text)))


def named(letters: tuple[str, ...]) -> str:
    """The first of them, each with its number: "𓀀 (U+13000)"."""
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_NAMED])


def checked(work: Callable[[WriteSession], Done]) -> Callable[[WriteSession], Done]:
    """The same command, refused whole if it issues a paper with letters that nobody can print here.

    Raises `RuleViolation` (code "unprintable") naming them; the transaction is then taken back like after any refusal.
    """

    @wraps(work)
    def run(session: WriteSession) -> Done:
        last = books.last_document(session)
        done = work(session)
        if letters := unprintable("".join(books.snapshots_after(session, last))):
            message = f"No font on this computer can print {named(letters)}; install one that can. Nothing was done."
            raise RuleViolation.of("letters", "unprintable", message, letters=named(letters))
        return done

    return run
