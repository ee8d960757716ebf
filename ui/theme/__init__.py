"""How everything looks: tokens, palette, stylesheet, fonts and icons. Painters use the names exported here."""

from ui.theme.fonts import font, metrics
from ui.theme.theme import MODES, Mode, Theme, color, tokens, watch

__all__ = ["MODES", "Mode", "Theme", "color", "font", "metrics", "tokens", "watch"]
