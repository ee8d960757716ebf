"""Running deal files through the commands that the screens call: each step its own transaction, each at most once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from app.core.codec import to_text
from app.core.errors import HandselError, NotAllowed, RuleViolation, StoreError
from app.deals.queries import id_by_reference
from app.exchange.deal_file.commands import open_deal, take_step
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.shape import DealFile, Step
from app.pipeline import facts
from app.pipeline.rules import refusal
from app.store import history
from app.store.session import Session, WriteSession
from app.store.store import Store

ACTOR = "deal file"


class StepRefused(HandselError):
    """A step that is not allowed where the deal stands; `step` names it, what was done before it stays."""

    def __init__(self, step: str, message: str) -> None:
        super().__init__(message)
        self.step = step


@dataclass(frozen=True, slots=True)
class Ran:
    """A deal that was run: its id, and the day of its last step."""

    deal_id: int
    on: date


def run(store: Store, deal_file: DealFile) -> Ran:
    """Run a deal file. With a reference that the store knows, only the steps still missing are taken.

    Raises `BadDealFile` if the file differs from what was done under its reference, `StepRefused` for a step that is
    not allowed.
    """
    known_by = keys(deal_file)
    deal_id = _open(store, deal_file, known_by[0])
    with store.read() as session:
        done = _done(session, deal_file.reference, deal_id)
    _check_same(known_by, done)
    for number, step in enumerate(deal_file.steps, 1):
        if number not in done:
            _take(store, deal_id, number, step, known_by[number])
    return Ran(deal_id, deal_file.steps[-1].on if deal_file.steps else deal_file.date)


def keys(deal_file: DealFile) -> list[str | None]:
    """One idempotency key for the head and one a step: reference, number, fingerprint. None without a reference."""
    parts: list[DealFile | Step] = [replace(deal_file, steps=()), *deal_file.steps]
    if not deal_file.reference:
        return [None] * len(parts)
    return [f"{deal_file.reference} #{number} {_fingerprint(part)}" for number, part in enumerate(parts)]


def _fingerprint(part: DealFile | Step) -> str:
    return hashlib.sha256(to_text([type(part).__name__, part]).encode()).hexdigest()


def _done(session: Session, reference: str, deal_id: int) -> dict[int, str]:
    """The keys of what was done for a reference already, by number."""
    if not reference:
        return {}
    head = f"{reference} #"
    keys = [key for key in history.keys_of(session, deal_id) if key.startswith(head)]
    return {int(key[len(head) :].split(" ")[0]): key for key in keys}


def _check_same(keys: list[str | None], done: dict[int, str]) -> None:
    for number, key in enumerate(keys):
        if number in done and done[number] != key:
            path, what = ("$", "what stands before the steps") if number == 0 else (f"steps[{number - 1}]", "the step")
            message = f"{what} differs from what was done under this reference; expected the same as before."
            raise BadDealFile(path, message)


def _open(store: Store, deal_file: DealFile, key: str | None) -> int:
    with store.write(ACTOR, key) as session:
        known = id_by_reference(session, deal_file.reference) if deal_file.reference else None
        if known is None:
            return _first(session, deal_file)
        if 0 not in _done(session, deal_file.reference, known):
            message = "the store has a deal with this reference that no deal file opened; expected another reference."
            raise BadDealFile("reference", message)
        return known


def _first(session: WriteSession, deal_file: DealFile) -> int:
    """Open the deal. What its coupons are refused for depends on the store, not on the file alone."""
    try:
        return open_deal(session, deal_file).ids["deal"]
    except NotAllowed as error:
        raise StepRefused("coupons", f"coupons: {error}") from error


def _take(store: Store, deal_id: int, number: int, step: Step, key: str | None) -> None:
    try:
        with store.write(ACTOR, key) as session:
            take_step(session, deal_id, step)
    except StoreError:
        raise
    except RuleViolation as error:
        raise _bad_step(number, error) from error
    except HandselError as error:
        with store.read() as session:
            standing = facts.standing(session, deal_id, step.on)
        raise StepRefused(f"steps[{number - 1}] {step.do}", refusal(standing, step.do, str(error))) from error


def _bad_step(number: int, error: RuleViolation) -> BadDealFile:
    """What a step says can never be right, wherever the deal stands: the file is at fault, at this place."""
    first, *others = error.problems
    message = first.message.removeprefix(f"{first.field}: ")
    return BadDealFile(f"steps[{number - 1}].{first.field}", "; ".join([message, *(p.message for p in others)]))
