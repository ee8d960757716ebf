"""One JSON object of a deal file on its way to a value: each reader checks the type and names the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from app.core.errors import RuleViolation
from app.core.money import decimals, to_minor
from app.core.quantity import micro, plain
from app.exchange.deal_file.decode import Doubled
from app.exchange.deal_file.faults import Number, Path, bad, missing, not_yet, unknown, wrong
from app.exchange.text import (
    MAX_TEXT,
    control_character,
    day_fault,
    one_line,
    plain_day,
    plain_decimal,
    several_lines,
    typed_decimals,
)

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_ABSENT = object()
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_SMALL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_EXPONENT = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?[eE][+-]?[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys an object may have, and those that the format has but this version does not read yet."""

    known: frozenset[str]
    later: frozenset[str] = frozenset()

    @classmethod
    def of(cls, known: str, later: str = "") -> Keys:
        """From words separated by blanks."""
        return cls(frozenset(known.split()), frozenset(later.split()))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be, in words and figures; `above` where the least number itself is too small."""

    words: str
    least: int = 0
    most: int | None = None
    above: bool = False

    def allow(self, value: Decimal) -> bool:
        """Whether the value lies within."""
        low = value > self.least if self.above else value >= self.least
        return low and (self.most is None or value <= self.most)


QUANTITY = Limits("a quantity above 0", above=True)
COUNTED = Limits("a quantity of 0 or more")
PRICE = Limits("a price of 0 or more, such as 12.50")
PERCENT = Limits("a percentage from 0 to 100", most=100)
CHARGE_PERCENT = Limits("a percentage of 0 or more")
ANY = Limits("an amount of 0 or more")
POSITIVE = Limits("an amount above 0", above=True)


class Entry:
    """A JSON object and its place. Raises `BadDealFile` if it is none or has a key that the format does not know."""

    __slots__ = ("path", "values")

    def __init__(self, value: Any, path: Path, keys: Keys) -> None:
        if type(value) is not dict:
            raise _no_object(value, path)
        if not value.keys() <= keys.known:
            raise _unknown_key(value, path, keys)
        self.values: dict[str, Any] = value
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def at(self, key: str) -> Path:
        """The place of one of its values."""
        return self.path, key

    def needed(self, key: str, expected: str) -> Any:
        """The value, which has to be there."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            raise missing(self.at(key), expected)
        return value

    def line(self, key: str) -> str:
        """A text on one line; empty if the key is left out."""
        value = self.values.get(key, _ABSENT)
        return "" if value is _ABSENT else one_line(_text(value, self.at(key)))

    def needed_line(self, key: str, expected: str) -> str:
        """A text on one line that has to be there and may not be blank."""
        text = one_line(_text(self.needed(key, expected), self.at(key)))
        if not text:
            raise bad(self.at(key), f"is blank; expected {expected}.")
        return text

    def text(self, key: str) -> str:
        """A text of any number of lines; empty if the key is left out."""
        value = self.values.get(key, _ABSENT)
        return "" if value is _ABSENT else several_lines(_text(value, self.at(key)))

    def code(self, key: str, noun: str, known: Iterable[str], example: str) -> str:
        """A code of a list; it has to be there."""
        value = self.needed(key, f"{noun}, such as {example}")
        if type(value) is not str:
            raise wrong(self.at(key), f"{noun}, such as {example}", value)
        if value not in known:
            raise unknown(self.at(key), noun, value, known)
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """One word of a few; the default if the key is left out."""
        return self.needed_choice(key, kind) if key in self.values else default

    def needed_choice(self, key: str, kind: type[Choice]) -> Choice:
        """One word of a few that has to be there."""
        value = self.values.get(key, _ABSENT)
        try:
            return kind(value)
        except ValueError:
            expected = "one of " + ", ".join(choice.value for choice in kind)
            if value is _ABSENT:
                raise missing(self.at(key), expected) from None
            raise wrong(self.at(key), expected, value) from None

    def yes(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.values.get(key, default)
        if type(value) is not bool:
            raise wrong(self.at(key), "true or false", value)
        return value

    def day(self, key: str) -> date | None:
        """A calendar day; None if the key is left out."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            return None
        if type(value) is not str:
            raise wrong(self.at(key), "a date such as 2026-03-02", value)
        day = plain_day(value)
        if day is None:
            raise bad(self.at(key), f"{day_fault(value)}.")
        return day

    def needed_day(self, key: str) -> date:
        """A calendar day that has to be there."""
        self.needed(key, "a date such as 2026-03-02")
        day = self.day(key)
        assert day is not None  # noqa: S101  the line before has raised otherwise
        return day

    def whole(self, key: str, expected: str, least: int = 1, most: int = 999_999_999) -> int | None:
        """A whole JSON number; None if the key is left out."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            return None
        if type(value) is not Number or not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
            raise wrong(self.at(key), expected, value)
        return int(value)

    def needed_whole(self, key: str, expected: str) -> int:
        """A whole JSON number that has to be there."""
        self.needed(key, expected)
        return self.whole(key, expected) or 0

    def number(self, key: str, limits: Limits) -> Decimal | None:
        """A quantity, unit price or percentage of at most six decimals; None if the key is left out."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            return None
        if isinstance(value, str) and _SMALL.fullmatch(value):
            number = Decimal(value)
        else:
            number = plain(_decimal(value, self.at(key), limits))
            _checked(micro, number, self.at(key))
        if not limits.allow(number):
            raise wrong(self.at(key), limits.words, value)
        return plain(number) if value[-1] == "0" else number

    def needed_number(self, key: str, limits: Limits) -> Decimal:
        """A quantity, unit price or percentage that has to be there."""
        self.needed(key, limits.words)
        return self.number(key, limits) or Decimal(0)

    def amount(self, key: str, currency: str, limits: Limits = ANY) -> int | None:
        """An amount of money in minor units, typed with the currency's decimals at most; None if left out."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            return None
        number = _decimal(value, self.at(key), limits)
        if not limits.allow(number):
            raise wrong(self.at(key), limits.words, value)
        if typed_decimals(value) > decimals(currency):
            expected = f"an amount with at most {decimals(currency)} decimals, as {currency} has"
            raise wrong(self.at(key), expected, value)
        return _checked(lambda amount, field: to_minor(amount, currency, field), number, self.at(key))

    def needed_amount(self, key: str, currency: str, limits: Limits = POSITIVE) -> int:
        """An amount of money that has to be there, in minor units."""
        self.needed(key, limits.words)
        return self.amount(key, currency, limits) or 0

    def each(self, key: str, expected: str, read: Callable[[Any, Path], T]) -> tuple[T, ...] | None:
        """Every element of a list, read at its place; None if the key is left out."""
        value = self.values.get(key, _ABSENT)
        if value is _ABSENT:
            return None
        if type(value) is not list:
            raise wrong(self.at(key), f"a list of {expected}", value)
        path = self.at(key)
        return tuple([read(item, (path, index)) for index, item in enumerate(value)])

    def some(self, key: str, expected: str, read: Callable[[Any, Path], T]) -> tuple[T, ...] | None:
        """The same, but not an empty list."""
        items = self.each(key, expected, read)
        if items == ():
            raise bad(self.at(key), "expected at least one, found an empty list.")
        return items


def one_text(value: Any, path: Path, expected: str) -> str:
    """A text on one line, not blank, that is an element of a list."""
    text = one_line(_text(value, path))
    if not text:
        raise bad(path, f"is blank; expected {expected}.")
    return text


def _no_object(value: Any, path: Path) -> RuleViolation:
    if isinstance(value, Doubled):
        return bad((path, value.key), "the key stands twice in the same object; expected it once.")
    return wrong(path, "a JSON object", value)


def _unknown_key(values: dict[str, Any], path: Path, keys: Keys) -> RuleViolation:
    """The error for the first key in file order that is not known."""
    key = next(key for key in values if key not in keys.known)
    return not_yet((path, key), key) if key in keys.later else unknown((path, key), "key", key, sorted(keys.known))


def _text(value: Any, path: Path) -> str:
    """A text that can be kept and printed."""
    if type(value) is not str:
        raise wrong(path, "a text", value)
    if len(value) > MAX_TEXT:
        raise bad(path, f"the text has {len(value)} characters; expected at most {MAX_TEXT}.")
    if control := control_character(value):
        raise bad(path, f"the text holds the control character {control}; expected printable characters.")
    return value


def _decimal(value: Any, path: Path, limits: Limits) -> Decimal:
    """The exact value of a JSON number, or of a text of plain digits."""
    if isinstance(value, str):
        number = plain_decimal(value)
        if number is None and type(value) is Number and _EXPONENT.fullmatch(value):
            number = Decimal(value)
        if number is not None:
            return number
    if isinstance(value, str) and len(value) > 40 and value.strip("-0123456789.") == "":
        raise bad(path, f"a number of {len(value)} digits is too large; expected {limits.words}.")
    raise wrong(path, f"{limits.words}, in plain digits", value)


def _checked(convert: Callable[[Decimal, str], int], number: Decimal, path: Path) -> int:
    """The scaled number; what core refuses (too large, too many decimals) is said at its place."""
    try:
        return convert(number, "")
    except RuleViolation as violation:
        raise bad(path, violation.problems[0].message.removeprefix(": ")) from None
