"""Reading the text of a formula into a tree: words first, then a descent by precedence, with limits on both."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from app.core.errors import RuleViolation

LIMIT = 1000
"""Characters of a formula."""

DEPTH = 30
"""How deep brackets, functions and signs may stand in each other."""

DIGITS = 15
"""Digits of a number before and after its point, each."""


class Op(StrEnum):
    """What a node of the tree does."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    ADD = "+"
    MULTIPLY = "*"
    DIVIDE = "/"
    NEGATE = "-"
    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    AND = "and"
    OR = "or"
    NOT = "not"
    MIN = "min"
    MAX = "max"
    ROUND = "round"
    CEIL = "ceil"
    FLOOR = "floor"
    ABS = "abs"
    IF = "if"


@dataclass(frozen=True, slots=True)
class Node:
    """An operation on the nodes below, or a number, text or name. `position` counts characters from 0."""

    op: Op
    position: int
    value: Fraction | str | None = None
    children: tuple[Node, ...] = ()


_COUNTS = {Op.IF: (3, 3), Op.ROUND: (1, 2), Op.CEIL: (1, 1), Op.FLOOR: (1, 1), Op.ABS: (1, 1)}
_FUNCTIONS = {op.value: op for op in (Op.MIN, Op.MAX, *_COUNTS)}
_MANY = (1, 100)
_SPELLINGS = {"==": "=", "!=": "<>"}
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?) | (?P<name>[^\W\d]\w*) | \[(?P<quoted>[^\[\]]+)\]
    | (?P<text>"[^"]*"|'[^']*') | (?P<sign><=|>=|<>|==|!=|[-+*/(),=<>]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a formula. Raises `RuleViolation` with code and position (from 1) for what cannot be read."""
    if len(text) > LIMIT:
        raise _wrong(LIMIT, "too_long", f"a formula has at most {LIMIT} characters, this one has {len(text)}")
    reader = _Reader(_tokens(text), len(text))
    node = reader.disjunction()
    if reader.now is not None:
        raise _wrong(reader.now.position, "unexpected", f"{reader.now.text!r} does not belong here")
    return node


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise _wrong(start, "unexpected", f"{text[start]!r} does not belong here")
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return found


class _Reader:
    """Goes through the words once; each method reads what binds as tightly as its name says."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._end = end
        self._depth = 0

    @property
    def now(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def disjunction(self) -> Node:
        """Also the entrance of every bracket, so this is where depth is counted."""
        self._deeper()
        node = self._joined(Op.OR, lambda: self._joined(Op.AND, self._negation))
        self._depth -= 1
        return node

    def _joined(self, op: Op, part: Callable[[], Node]) -> Node:
        position = self._position()
        parts = [part()]
        while self._takes_word(op.value):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Node(op, position, None, tuple(parts))

    def _negation(self) -> Node:
        position = self._position()
        if not self._takes_word("not"):
            return self._comparison()
        self._deeper()
        node = Node(Op.NOT, position, None, (self._negation(),))
        self._depth -= 1
        return node

    def _comparison(self) -> Node:
        left = self._sum()
        position = self._position()
        for sign in ("=", "==", "<>", "!=", "<=", ">=", "<", ">"):
            if self._takes(sign):
                return Node(Op(_SPELLINGS.get(sign, sign)), position, None, (left, self._sum()))
        return left

    def _sum(self) -> Node:
        """Flat however long, so that depth is only what brackets make; a minus becomes a negative summand."""
        start, parts = self._position(), [self._product()]
        while True:
            position = self._position()
            if self._takes("+"):
                parts.append(self._product())
            elif self._takes("-"):
                parts.append(Node(Op.NEGATE, position, None, (self._product(),)))
            else:
                return parts[0] if len(parts) == 1 else Node(Op.ADD, start, None, tuple(parts))

    def _product(self) -> Node:
        """Factors over divisors: a / b * c / d is (a * c) / b / d, which is the same number in exact fractions."""
        start = at = self._position()
        above = [self._signed()]
        below: list[Node] = []
        while True:
            position = self._position()
            if self._takes("*"):
                above.append(self._signed())
            elif self._takes("/"):
                at = at if below else position
                below.append(self._signed())
            else:
                break
        node = above[0] if len(above) == 1 else Node(Op.MULTIPLY, start, None, tuple(above))
        return Node(Op.DIVIDE, at, None, (node, *below)) if below else node

    def _signed(self) -> Node:
        position = self._position()
        if self._takes("-"):
            self._deeper()
            node = Node(Op.NEGATE, position, None, (self._signed(),))
            self._depth -= 1
            return node
        return self._atom()

    def _atom(self) -> Node:
        token = self.now
        if token is None:
            raise _wrong(self._end, "incomplete", "the formula ends where a number or a name is expected")
        self._next += 1
        if token.kind == "number":
            return Node(Op.NUMBER, token.position, _fraction(token))
        if token.kind == "text":
            return Node(Op.TEXT, token.position, token.text[1:-1])
        if token.kind == "quoted":
            return Node(Op.NAME, token.position, token.text.strip())
        if token.text == "(":
            return self._closed(self.disjunction())
        if token.kind == "name":
            return self._call(token) if self._takes("(") else self._name(token)
        raise _wrong(token.position, "unexpected", f"{token.text!r} stands where a number or a name is expected")

    def _name(self, token: _Token) -> Node:
        if token.text in ("and", "or", "not"):
            raise _wrong(token.position, "unexpected", f"{token.text!r} needs a comparison on both sides")
        return Node(Op.NAME, token.position, token.text)

    def _call(self, token: _Token) -> Node:
        op = _FUNCTIONS.get(token.text)
        if op is None:
            known = ", ".join(sorted(_FUNCTIONS))
            message = f"there is no function {token.text!r}; there are {known}"
            raise _wrong(token.position, "unknown_function", message, value=token.text)
        arguments = [self.disjunction()]
        while self._takes(","):
            arguments.append(self.disjunction())
        least, most = _COUNTS.get(op, _MANY)
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            message = f"{token.text}() takes {wanted} values, here are {len(arguments)}"
            raise _wrong(token.position, "count", message, value=token.text, wanted=wanted, found=len(arguments))
        return self._closed(Node(op, token.position, None, tuple(arguments)))

    def _closed(self, node: Node) -> Node:
        if not self._takes(")"):
            at = self._position()
            raise _wrong(at, "bracket", "a closing bracket is missing")
        return node

    def _takes(self, sign: str) -> bool:
        taken = self.now is not None and self.now.kind == "sign" and self.now.text == sign
        self._next += taken
        return taken

    def _takes_word(self, word: str) -> bool:
        taken = self.now is not None and self.now.kind == "name" and self.now.text == word
        self._next += taken
        return taken

    def _position(self) -> int:
        return self._end if self.now is None else self.now.position

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise _wrong(self._position(), "too_deep", f"brackets and signs stand more than {DEPTH} deep in each other")


def _fraction(token: _Token) -> Fraction:
    if any(len(part) > DIGITS for part in token.text.split(".")):
        raise _wrong(token.position, "too_large", f"a number has at most {DIGITS} digits on each side of its point")
    return Fraction(token.text)


def _wrong(position: int, code: str, message: str, **values: object) -> RuleViolation:
    at = position + 1
    return RuleViolation.of("formula", code, f"at character {at}: {message}.", position=at, **values)
