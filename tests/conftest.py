"""What every test may count on: no window opens, nothing of this machine's look or settings shines through."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_FONT_DPI", "LANGUAGE"):
    os.environ.pop(name, None)

# An example must not fail for being slow on a busy machine. On CI, hypothesis loads a profile of its own by itself.
settings.register_profile("unhurried", deadline=None)
if "CI" not in os.environ:
    settings.load_profile("unhurried")
