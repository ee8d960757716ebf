"""Design tokens: every colour, size and type role of the window, for light and dark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours of one theme as #RRGGBB. All text pairs have at least 4.5:1, `control` edges 3:1."""

    dark: bool
    canvas: str
    sidebar: str
    surface: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    chart1: str
    chart2: str
    chart3: str
    focus: str
    selected: str


LIGHT = Tokens(
    dark=False,
    canvas="#F7F8FA",
    sidebar="#EFF1F5",
    surface="#FFFFFF",
    sunken="#F4F6F9",
    hover="#E6E9EF",
    line="#E3E7ED",
    line_strong="#CBD2DC",
    control="#858FA1",
    text="#131822",
    text2="#465063",
    text3="#5A6578",
    accent="#1F57D6",
    accent_hover="#1949B8",
    accent_soft="#E8EFFD",
    accent_text="#1B4DBF",
    on_accent="#FFFFFF",
    ok="#0C7548",
    ok_soft="#E2F4EB",
    warn="#8F5200",
    warn_soft="#FDF1DC",
    bad="#B3261E",
    bad_soft="#FCE9E7",
    chart1="#1F57D6",
    chart2="#A9C2F7",
    chart3="#C26F00",
    focus="#1F57D6",
    selected="#F0F5FE",
)

DARK = Tokens(
    dark=True,
    canvas="#101319",
    sidebar="#0B0E13",
    surface="#171B23",
    sunken="#1D222C",
    hover="#1F2530",
    line="#272D39",
    line_strong="#3A4252",
    control="#6E7A8F",
    text="#ECEFF5",
    text2="#B3BCCB",
    text3="#929DAF",
    accent="#7CA4FF",
    accent_hover="#97B7FF",
    accent_soft="#1C2A4A",
    accent_text="#9DBBFF",
    on_accent="#0A1430",
    ok="#58D29B",
    ok_soft="#12301F",
    warn="#F2B455",
    warn_soft="#33270F",
    bad="#FF8A7F",
    bad_soft="#3B1B19",
    chart1="#7CA4FF",
    chart2="#33497E",
    chart3="#F2B455",
    focus="#7CA4FF",
    selected="#1B2335",
)

TONES = ("accent", "ok", "warn", "bad", "neutral")
"""What a badge, pill or note may say by colour; the words beside it always say it too."""

ROLES: dict[str, tuple[int, int]] = {
    "display": (20, 600),
    "kpi": (22, 600),
    "title": (15, 600),
    "body": (13, 400),
    "strong": (13, 600),
    "label": (12, 500),
    "caption": (12, 400),
    "small": (11, 400),
    "micro": (11, 600),
    "overline": (10, 600),
}
"""Type role -> (pixels, weight)."""

CARD_GAP = 14
PAGE_MARGIN = 24
RADIUS_CONTROL = 7
RADIUS_CARD = 12
RADIUS_PILL = 10
ROW_HEIGHT = 46
CONTROL_HEIGHT = 32
TOPBAR_HEIGHT = 54
SIDEBAR_WIDTH = 236
TOTALS_WIDTH = 344


def tone_text(tone: str) -> str:
    """Token of the text colour of a tone."""
    return {"accent": "accent_text", "neutral": "text2"}.get(tone, tone)


def tone_soft(tone: str) -> str:
    """Token of the soft background of a tone."""
    return "hover" if tone == "neutral" else f"{tone}_soft"
