"""Bank account numbers of ISO 13616: what is typed is checked by its own check digits before it is printed."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def plain_iban(text: str) -> str:
    """The number without blanks, in capitals, as it is stored."""
    return "".join(text.split()).upper()


def is_iban(text: str) -> bool:
    """Whether the check digits fit (ISO 7064, MOD 97-10); blanks make no difference."""
    bare = plain_iban(text)
    if not _SHAPE.fullmatch(bare) or not bare.isascii():
        return False
    return int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1


def iban_text(text: str) -> str:
    """In groups of four, as it is read."""
    bare = plain_iban(text)
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))
