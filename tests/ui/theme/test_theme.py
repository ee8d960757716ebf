"""Tokens, contrast, palette and stylesheet; light and dark follow, and switch while the window is open."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.application import Started
from ui.theme import Theme, color, tokens
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import DARK, LIGHT, TONES, Tokens, tone_soft, tone_text

BOTH = pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
def test_every_text_can_be_read(t: Tokens) -> None:
    grounds = (t.canvas, t.surface, t.sunken, t.sidebar, t.selected)
    pairs = [(text, ground) for text in (t.text, t.text2, t.text3) for ground in grounds]
    pairs += [(t.accent_text, ground) for ground in (t.canvas, t.surface, t.accent_soft, t.sunken)]
    pairs += [(t.on_accent, t.accent), (t.on_accent, t.accent_hover), (t.surface, t.text), (t.text2, t.hover)]
    pairs += [(getattr(t, tone_text(tone)), getattr(t, tone_soft(tone))) for tone in TONES]
    pairs += [(getattr(t, tone), t.surface) for tone in ("ok", "warn", "bad")]
    weak = [(text, ground, contrast(text, ground)) for text, ground in pairs if contrast(text, ground) < 4.5]
    assert not weak


@BOTH
def test_edges_and_graphics_stand_out(t: Tokens) -> None:
    for edge in (t.control, t.focus, t.chart1, t.chart3):
        assert contrast(edge, t.surface) >= 3


@BOTH
def test_the_stylesheet_uses_tokens_only_and_parses(t: Tokens, qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    sheet = stylesheet(t)
    known = {getattr(t, field.name) for field in fields(t)}
    used = {sheet[at : at + 7] for at in range(len(sheet)) if sheet[at] == "#"}
    assert used <= known
    label = QLabel()
    qtbot.addWidget(label)
    label.setStyleSheet(sheet)
    label.ensurePolished()
    assert "Could not parse" not in capfd.readouterr().err
    assert sheet.count("{") == sheet.count("}")


def test_switching_is_live(theme: Theme, started: Started, qtbot: QtBot) -> None:
    button = QPushButton("x")
    qtbot.addWidget(button)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.is_dark
    assert tokens() is DARK
    assert color("canvas").name().upper() == DARK.canvas
    assert button.palette().color(QPalette.ColorRole.ButtonText).name().upper() == DARK.text
    assert started.app.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas
    theme.toggle()
    assert tokens() is LIGHT


def test_the_system_is_followed_unless_chosen_otherwise(theme: Theme) -> None:
    theme.set_mode("system")
    theme.follow(Qt.ColorScheme.Dark)
    assert theme.is_dark
    theme.set_mode("light")
    theme.follow(Qt.ColorScheme.Dark)
    assert not theme.is_dark
    theme.set_mode("system")
    assert theme.is_dark
    theme.follow(Qt.ColorScheme.Light)
    assert not theme.is_dark


def test_choosing_the_same_again_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


def test_colours_can_be_transparent() -> None:
    assert color("accent", 28).alpha() == 28
    assert color("accent").alpha() == 255
