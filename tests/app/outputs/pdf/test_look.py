"""The seller's colours stay readable."""

from __future__ import annotations

import pytest

from app.core.errors import RuleViolation
from app.outputs.pdf.look import Look, _luminance, mixed, parts, readable, tint


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", ["#1F57D6", "#FFD400", "#FFFFFF", "#00FF00", "#C26F00", "#000000", "#ff69b4"])
def test_text_in_any_accent_can_be_read_on_paper_and_on_its_tint(accent: str) -> None:
    assert contrast(readable(accent), "#FFFFFF") >= 4.5
    assert contrast(readable(accent), tint(accent)) >= 4.5


def test_a_dark_accent_stays_as_it_is() -> None:
    assert readable("#1F57D6") == "#1F57D6"


def test_colours() -> None:
    assert parts("#FF0000") == (1, 0, 0)
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


@pytest.mark.parametrize("accent", ["blue", "#12345", "#1234567", "1F57D6", "", "#1F57D6\n"])
def test_what_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(RuleViolation, match="no colour"):
        Look(accent)
