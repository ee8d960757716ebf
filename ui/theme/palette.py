"""The Qt palette that follows from the tokens, for what the stylesheet does not draw."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens

_R = QPalette.ColorRole
_NAMES = {
    _R.Window: "canvas",
    _R.Base: "surface",
    _R.AlternateBase: "sunken",
    _R.Button: "surface",
    _R.WindowText: "text",
    _R.Text: "text",
    _R.ButtonText: "text",
    _R.BrightText: "bad",
    _R.PlaceholderText: "text3",
    _R.Highlight: "accent",
    _R.HighlightedText: "on_accent",
    _R.Accent: "accent",
    _R.Link: "accent_text",
    _R.LinkVisited: "accent_text",
    _R.ToolTipBase: "text",
    _R.ToolTipText: "surface",
    _R.Light: "surface",
    _R.Midlight: "line",
    _R.Mid: "line_strong",
    _R.Dark: "line_strong",
    _R.Shadow: "line_strong",
}


def palette(tokens: Tokens) -> QPalette:
    """Palette of one theme; disabled text takes the `control` colour."""
    made = QPalette()
    for role, name in _NAMES.items():
        made.setColor(role, QColor(getattr(tokens, name)))
    for role in (_R.WindowText, _R.Text, _R.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.control))
    return made
