"""How a seller's papers look: the accent and logo are the seller's, everything else is the same restrained design."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import RuleViolation

ACCENT = "#1F57D6"

INK = "#131822"
MUTED = "#465063"
FAINT = "#5A6578"
LINE = "#E3E7ED"
LINE_STRONG = "#AEB7C4"


@dataclass(frozen=True, slots=True)
class Look:
    """The seller's own part of the design: a colour, a logo (PNG or JPEG bytes), words across the sheet ("Draft").

    Raises `RuleViolation` for an accent that is no colour like #1F57D6.
    """

    accent: str = ACCENT
    logo: bytes | None = None
    watermark: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", self.accent):
            message = f"accent: {self.accent!r} is no colour; expected a form like {ACCENT}."
            raise RuleViolation.of("accent", "colour", message, value=self.accent)


@dataclass(frozen=True, slots=True)
class Style:
    """Size and line distance in points, weight and colour of a text."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK


TITLE = Style(20, 25, bold=True)
TITLE_NUMBER = Style(20, 25, colour=FAINT)
NAME = Style(15, 19, bold=True)
HEADING = Style(10, 14, bold=True)
ADDRESS = Style(10, 13)
BODY = Style(9, 12.5)
STRONG = Style(9, 12.5, bold=True)
SECOND = Style(9, 12.5, colour=MUTED)
NOTE = Style(8, 11, colour=MUTED)
LABEL = Style(8, 12.5, colour=FAINT)
HEAD = Style(7.5, 10, colour=FAINT)
FOOT = Style(7, 9.2, colour=FAINT)
TINY = Style(6.5, 9, colour=FAINT)


def parts(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def readable(colour: str) -> str:
    """The colour, darkened until text in it stands at least 4.5 to 1 against its own tint (WCAG 2)."""
    while 1.05 / (_luminance(colour) + 0.05) < 5.2:
        colour = mixed(colour, "#000000", 0.08)
    return colour


def tint(colour: str) -> str:
    """A pale ground of the colour for a box."""
    return mixed(readable(colour), "#FFFFFF", 0.93)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with so much of the `other` in it, 0 to 1."""
    pairs = zip(parts(colour), parts(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
