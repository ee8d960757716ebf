"""Document numbers without gaps: given inside the transaction that issues, so a rollback gives them back.

How a number reads is the company's choice and is kept in its file: prefix, with or without the year, at least so many
digits, and where a series begins that has given nothing yet. A series is counted under its prefix and year (0 without
one), so another prefix begins another series, and going back to an earlier one goes on where that stopped.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import CheckConstraint, Column, Integer, Text, UniqueConstraint, select, text

from app.core.codec import from_plain, to_plain
from app.core.errors import Problem, RuleViolation
from app.store import settings
from app.store.base import table
from app.store.history import Done, command
from app.store.session import Session, WriteSession
from app.store.triggers import UNBROKEN, UNCHANGEABLE, refuse

series = table(
    "series",
    Column("prefix", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    UniqueConstraint("prefix", "year"),
    CheckConstraint("last >= 1", name="started"),
)
refuse(series, "INSERT", UNBROKEN, "a series starts with 1", "NEW.last <> 1")
refuse(
    series,
    "UPDATE",
    UNBROKEN,
    "a series moves on by one number at a time",
    "NEW.last <> OLD.last + 1 OR NEW.id <> OLD.id OR NEW.prefix <> OLD.prefix OR NEW.year <> OLD.year",
)
refuse(series, "DELETE", UNCHANGEABLE, "a series is never removed")

_NEXT = text(
    "INSERT INTO series (prefix, year, last) VALUES (:prefix, :year, 1) "
    "ON CONFLICT (prefix, year) DO UPDATE SET last = series.last + 1 RETURNING last"
)
_COUNTED = select(series.c.prefix, series.c.year, series.c.last)

PREFIXES = ("S", "Q", "C", "D", "INV", "CN", "P")
"""Every kind of series, named by its usual prefix: deals, quotes, contracts, deliveries, invoices, credit notes,
payments."""

LEAST_DIGITS, MOST_DIGITS, HIGHEST = 1, 9, 10**9 - 1
_PREFIX = re.compile(r"[A-Z]{1,6}")
_NUMBER = re.compile(r"([A-Z]+)(?:-([0-9]{4}))?-([0-9]+)")
_NAME = "numbering"

Key = tuple[str, int]
"""Under what a series counts: its prefix, and the year or 0."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the numbers of a series read: "INV-2026-0001" or "INV-0001"; a longer number is not cut."""

    prefix: str
    with_year: bool = True
    digits: int = 4

    def key(self, year: int) -> Key:
        """Under what numbers of a year are counted."""
        return self.prefix, year if self.with_year else 0

    def text(self, year: int, number: int) -> str:
        """One number."""
        return f"{self.prefix}-{year}-{number:0{self.digits}d}" if self.with_year else self._without(number)

    def _without(self, number: int) -> str:
        return f"{self.prefix}-{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Start:
    """The first number of a series that does not begin with 1."""

    prefix: str
    year: int
    first: int

    @property
    def key(self) -> Key:
        """Under what the series counts."""
        return self.prefix, self.year


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the company chose: for each kind every form that has given numbers, and last the one of today."""

    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    starts: tuple[Start, ...] = ()

    def of(self, kind: str) -> tuple[Form, ...]:
        """The forms of a kind, the one of today last."""
        return self.forms.get(kind) or (Form(kind),)

    def first(self, key: Key) -> int:
        """With which number a series begins."""
        return next((start.first for start in self.starts if start.key == key), 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was chosen, and how many numbers each series has given."""

    chosen: Numbering
    given: dict[Key, int]

    def form(self, kind: str) -> Form:
        """How numbers of a kind read today."""
        return self.chosen.of(kind)[-1]

    def has_given(self, form: Form, year: int) -> bool:
        """Whether the series of a form has given a number, in this year if it counts by years."""
        return form.key(year) in self.given

    def next_of(self, form: Form, year: int) -> int:
        """What a form would give next."""
        key = form.key(year)
        return self.chosen.first(key) + self.given.get(key, 0)

    def text(self, form: Form, year: int) -> str:
        """The next number as it would read."""
        return form.text(year, self.next_of(form, year))


def numbering(session: Session) -> Numbering:
    """What the company chose; the usual forms where it chose nothing."""
    if _NAME not in session.memo:
        kept = settings.get(session, _NAME)
        session.memo[_NAME] = Numbering() if kept is None else from_plain(Numbering, kept)
    found: Numbering = session.memo[_NAME]
    return found


def counted(session: Session) -> Counted:
    """What was chosen, and what was given so far."""
    return Counted(numbering(session), {(row.prefix, row.year): row.last for row in session.rows(_COUNTED)})


def upcoming(session: Session, on: date) -> dict[str, str]:
    """The number that each kind of series would give next in the year of `on`; nothing is given."""
    known = counted(session)
    return {kind: known.text(known.form(kind), on.year) for kind in PREFIXES}


def next_number(session: WriteSession, kind: str, on: date) -> str:
    """The next number of a kind in the year of `on`: "INV-2026-0001"."""
    chosen = numbering(session)
    form = chosen.of(kind)[-1]
    key = prefix, year = form.key(on.year)
    given: int = session.value(_NEXT, {"prefix": prefix, "year": year})
    return form.text(on.year, chosen.first(key) + given - 1)


def format_number(prefix: str, year: int, number: int) -> str:
    """How a number usually reads: at least four digits, growing when a year needs more."""
    return Form(prefix).text(year, number)


def parse_number(chosen: Numbering, kind: str, number: str) -> tuple[Form, int, int] | None:
    """Form, year (0 without one) and count of a number; None if no form of the kind reads so."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    year, count = int(match[2] or 0), int(match[3])
    forms = (form for form in chosen.of(kind) if form.prefix == match[1])
    return next(((form, year, count) for form in forms if form.text(year, count) == number), None)


def spelled(session: Session, figures: int) -> list[str]:
    """Every way these figures can read as a number: 12 is Q-2026-0012, INV-2025-0012, ..."""
    known = counted(session)
    forms = {form for kind in (*PREFIXES, *known.chosen.forms) for form in known.chosen.of(kind)}
    forms |= {Form(prefix) for prefix, year in known.given if year}
    return sorted({form.text(year, figures) for form in forms for _, year in _keys(known.given, form)})


def _keys(given: Iterable[Key], form: Form) -> Iterator[Key]:
    """The series that count numbers of a form."""
    return (key for key in given if key == form.key(key[1] or 1))


@command
def set_numbering(session: WriteSession, kind: str, form: Form, *, on: date, first: int | None = None) -> Done:
    """Choose how the numbers of a kind read from now on, and with which number a series begins that gave none yet.

    Numbers that were given stay. Raises `RuleViolation` with everything that is wrong with it.
    """
    known = counted(session)
    chosen, given = known.chosen, known.given
    found = list(_problems(known, kind, form, on.year, first))
    if found:
        raise RuleViolation(found)
    key = form.key(on.year)
    used = [old for old in chosen.of(kind) if old != form and any(_keys(given, old))]
    new = replace(chosen, forms=chosen.forms | {kind: (*used, form)})
    new = replace(new, starts=tuple(_starts(new, given, key, chosen.first(key) if first is None else first)))
    before, after = known.form(kind).text(on.year, 1), Counted(new, given).text(form, on.year)
    session.changed(f"numbers of {kind}", before, after)
    settings.put(session, _NAME, to_plain(new))
    session.memo[_NAME] = new
    return Done("set_numbering")


def _starts(new: Numbering, given: Collection[Key], key: Key, first: int) -> Iterator[Start]:
    """The beginnings that still mean something: of series in use, and of the forms of today."""
    prefixes = {forms[-1].prefix for forms in new.forms.values()}
    for start in new.starts:
        if start.key != key and (start.key in given or start.prefix in prefixes):
            yield start
    if first > 1:
        yield Start(*key, first)


def _problems(known: Counted, kind: str, form: Form, year: int, first: int | None) -> Iterator[Problem]:
    chosen = known.chosen
    if not _PREFIX.fullmatch(form.prefix):
        yield Problem("prefix", "prefix", f"prefix: {form.prefix!r}; expected one to six capital letters, A to Z.")
    others = {other.prefix for k in {*PREFIXES, *chosen.forms} - {kind} for other in chosen.of(k)}
    if form.prefix in others:
        yield Problem("prefix", "taken", f"prefix: {form.prefix} is that of another kind of document.")
    same = [old for old in chosen.of(kind) if (old.prefix, old.with_year) == (form.prefix, form.with_year)]
    least = max((old.digits for old in same if any(_keys(known.given, old))), default=LEAST_DIGITS)
    if not least <= form.digits <= MOST_DIGITS:
        text = f"digits: {form.digits}; expected {least} to {MOST_DIGITS}: numbers that were given keep their order."
        yield Problem("digits", "digits", text, {"least": least, "most": MOST_DIGITS})
    if first is not None:
        yield from _first_problems(known, form, year, first)


def _first_problems(known: Counted, form: Form, year: int, first: int) -> Iterator[Problem]:
    comes = known.next_of(form, year)
    if known.has_given(form, year) and first != comes:
        message = f"first: {first} would leave a gap; {comes} comes next. Another prefix begins where you like."
        yield Problem("first", "gap", message, {"next": comes})
    elif not 1 <= first <= HIGHEST:
        yield Problem("first", "range", f"first: {first}; expected 1 to {HIGHEST}.", {"least": 1, "most": HIGHEST})
