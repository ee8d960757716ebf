"""Codes of gift cards: nobody can guess one, and a mistyped one is known at once. Pure.

Sixteen letters and digits without I, L, O and U, in four groups. Fourteen are drawn by chance (70 bits); the last two
are the number of the first fourteen modulo 1021, so that every single wrong character and every swap of two
neighbours is found.
"""

from __future__ import annotations

import secrets

from app.core.errors import RuleViolation

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DRAWN, _GROUP, _PRIME = 14, 4, 1021
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code nobody has seen: "7K2M-9QXA-0C3D-V4WZ"."""
    return with_check("".join(secrets.choice(_LETTERS) for _ in range(_DRAWN)))


def with_check(drawn: str) -> str:
    """The code of fourteen characters: its two check characters behind it, in groups."""
    high, low = divmod(_number(drawn) % _PRIME, len(_LETTERS))
    text = f"{drawn}{_LETTERS[high]}{_LETTERS[low]}"
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_code(typed: str) -> str:
    """The code as it is kept, from what somebody typed: small letters, spaces, O for 0 and l for 1 do no harm.

    Raises `RuleViolation` where the check characters do not fit.
    """
    text = "".join(char for char in typed.upper() if char.isalnum()).translate(_READ_AS)
    if len(text) == _DRAWN + 2 and set(text) <= set(_LETTERS):
        code = with_check(text[:_DRAWN])
        if code.replace("-", "") == text:
            return code
    message = f"code: {typed!r} is no code of a gift card; look for a mistyped character."
    raise RuleViolation.of("code", "bad_code", message, value=typed)


def _number(text: str) -> int:
    value = 0
    for char in text:
        value = value * len(_LETTERS) + _LETTERS.index(char)
    return value
