"""What the wizards about a contract fill: a clause worded anew or added, and a signature. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from app.contracts import clauses as library
from app.contracts.rules import Side
from app.core.errors import Problem
from app.core.printed import Clause
from app.quotes import draft as quoted
from app.quotes.draft import QuoteDraft, to_offer
from app.quotes.rules import Offer

OWN = "own"
"""The choice of a clause that is in no library; its key is made from its title."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it is read: its title and its full text, also where the contract keeps only the key."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """The contract that is amended, at its newest version; `language` is that of its papers."""

    number: str
    version: int
    language: str
    made_on: date
    clauses: tuple[Wording, ...] = ()
    signatures: int = 0


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """Clauses that are added or worded anew: the one on the pages, and those that were set aside for it."""

    on: date
    key: str = ""
    title: str = ""
    text: str = ""
    more: tuple[Wording, ...] = ()


class Part(StrEnum):
    """What became of a piece of text between two wordings."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that two wordings share, or that only one of them has."""

    kind: Part
    text: str


def worded(clauses: Sequence[Clause], language: str) -> tuple[Wording, ...]:
    """The clauses of a contract in full."""
    return tuple(
        Wording(clause.key, library.title(clause.key, language), clause.text or library.text(clause.key, language))
        for clause in clauses
    )


def offered(agreed: Agreed) -> tuple[Wording, ...]:
    """The clauses of the library that the contract does not have yet."""
    known = {clause.key for clause in agreed.clauses}
    keys = library.STANDARD.get(agreed.language, library.STANDARD["en"])
    return tuple(Wording(key, clause.title, clause.text) for key, clause in keys.items() if key not in known)


def chosen(draft: AmendmentDraft, agreed: Agreed) -> Wording | None:
    """The clause of the contract that is worded anew; None while one is added."""
    return next((clause for clause in agreed.clauses if clause.key == draft.key), None)


def choose(draft: AmendmentDraft, agreed: Agreed, key: str) -> AmendmentDraft:
    """Take another clause: its text is what there is of it; a text that was typed for the same one is kept."""
    if key == draft.key:
        return draft
    if (aside := next((clause for clause in draft.more if clause.key == key), None)) is not None:
        return replace(drop(draft, key), key=key, title=aside.title, text=aside.text)
    known = next((clause for clause in (*agreed.clauses, *offered(agreed)) if clause.key == key), None)
    return replace(draft, key=key, text=known.text if known else "")


def set_aside(draft: AmendmentDraft, agreed: Agreed) -> AmendmentDraft:
    """The clause on the pages is done and goes with the others; the pages are free for another one."""
    key = key_of(draft)
    known = next((clause for clause in (*agreed.clauses, *offered(agreed)) if clause.key == key), None)
    done = Wording(key, known.title if known else draft.title.strip(), draft.text)
    return AmendmentDraft(draft.on, more=(*draft.more, done))


def own_clauses(draft: AmendmentDraft, agreed: Agreed) -> tuple[Wording, ...]:
    """The clauses of one's own that were worded already: they can be chosen like those of the library."""
    known = {clause.key for clause in (*agreed.clauses, *offered(agreed))} | {"", OWN}
    current = Wording(draft.key, draft.title, draft.text)
    return tuple(clause for clause in (*draft.more, current) if clause.key not in known)


def drop(draft: AmendmentDraft, key: str) -> AmendmentDraft:
    """Without a clause that was set aside."""
    return replace(draft, more=tuple(clause for clause in draft.more if clause.key != key))


def clauses_of(draft: AmendmentDraft) -> tuple[Clause, ...]:
    """Everything that is added or worded anew, in the order it was done."""
    own = (Clause(key_of(draft), draft.text),) if draft.key else ()
    return (*(Clause(clause.key, clause.text) for clause in draft.more), *own)


def key_of(draft: AmendmentDraft) -> str:
    """The key under which the clause is kept: that of the library, or made from the title ("On site" -> "on_site")."""
    if draft.key != OWN:
        return draft.key
    return re.sub(r"\W+", "_", draft.title.strip().casefold()).strip("_")


def amendment_steps(_draft: AmendmentDraft) -> tuple[str, ...]:
    """Which clause, its wording, and the new version on paper."""
    return ("clause", "wording", "review")


def amendment_problems(agreed: Agreed, draft: AmendmentDraft, step: str) -> list[Problem]:
    """What is wrong with a step, all of it."""
    if step == "clause":
        return [*_choice_problems(agreed, draft), *_day_problems(draft.on, agreed.made_on)]
    return list(_wording_problems(agreed, draft)) if step == "wording" else []


def _choice_problems(agreed: Agreed, draft: AmendmentDraft) -> Iterator[Problem]:
    if not draft.key and not draft.more:
        yield Problem("key", "missing", "Choose the clause.")
    if draft.key == OWN and not key_of(draft):
        yield Problem("title", "missing", "Give the clause a title.")
    taken = any(clause.key == key_of(draft) for clause in (*agreed.clauses, *offered(agreed), *draft.more))
    if draft.key == OWN and taken:
        yield Problem("title", "taken", "There is a clause of this title; choose it instead.")


def _day_problems(on: date, earliest: date) -> Iterator[Problem]:
    if on < earliest:
        text = f"Not before the contract was made, {earliest}."
        yield Problem("on", "before_contract", text, {"day": earliest.isoformat()})


def _wording_problems(agreed: Agreed, draft: AmendmentDraft) -> Iterator[Problem]:
    before = chosen(draft, agreed)
    if draft.more and not draft.key:
        return  # all are worded and no further one is chosen
    if not draft.text.strip():
        yield Problem("text", "missing", "Write the text of the clause; a clause cannot be taken out, only reworded.")
    elif before is not None and _words(before.text) == _words(draft.text):
        yield Problem("text", "unchanged", "This is the text as it stands; change it, or choose another clause.")


def line_steps(_draft: QuoteDraft) -> tuple[str, ...]:
    """What is agreed, for what price, and the new version on paper; customer and terms stay as they were agreed."""
    return ("products", "price", "review")


def line_problems(agreed: Agreed, offer: Offer, draft: QuoteDraft, step: str) -> list[Problem]:
    """What is wrong with a step of changing the agreed lines; `offer` is what the contract says now."""
    found = quoted.problems(draft, step)
    if step == "products":
        return [*found, *_day_problems(draft.on, agreed.made_on)]
    if step == "price" and not found and changed_offer(offer, draft) == offer:
        found.append(Problem("lines", "unchanged", "lines: nothing is changed yet."))
    return found


def changed_offer(offer: Offer, draft: QuoteDraft) -> Offer:
    """What is agreed anew: lines and reductions of the draft, under the terms of before."""
    return replace(to_offer(draft), terms=offer.terms)


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What was taken out and what was put in, word by word; together the kept and new pieces are `after`."""
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece(Part.SAME, " ".join(new[c:d])))
            continue
        if a < b:
            found.append(Piece(Part.GONE, " ".join(old[a:b])))
        if c < d:
            found.append(Piece(Part.NEW, " ".join(new[c:d])))
    return tuple(found)


def _words(text: str) -> list[str]:
    return text.split()


@dataclass(frozen=True, slots=True)
class ToSign:
    """The newest version of a contract, the sides that have not signed it, and the names they are known by."""

    number: str
    version: int
    made_on: date
    open: tuple[Side, ...]
    seller: str = ""
    buyer: str = ""

    def name(self, side: Side) -> str:
        """Who usually signs for a side."""
        return self.seller if side is Side.SELLER else self.buyer


@dataclass(frozen=True, slots=True)
class SignatureDraft:
    """Who signs for which side, and when."""

    on: date
    side: Side | None = None
    name: str = ""


def begin_signature(contract: ToSign, on: date) -> SignatureDraft:
    """The first side that has not signed."""
    side = contract.open[0] if contract.open else None
    return SignatureDraft(on, side, contract.name(side) if side else "")


def signature_problems(contract: ToSign, draft: SignatureDraft, _step: str) -> list[Problem]:
    """What is missing of a signature."""
    found = []
    if draft.side not in contract.open:
        found.append(Problem("side", "missing", "Choose the side that signs."))
    if not draft.name.strip():
        found.append(Problem("name", "missing", "Write who signs."))
    return [*found, *_day_problems(draft.on, contract.made_on)]
