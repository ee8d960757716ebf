"""Type roles -> fonts. Figures in columns use `figures=True` (tabular digits)."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetrics

from ui.theme.tokens import ROLES

FAMILY = "Inter"


class _Source:
    """Whether the variable file stands in: then the weight must be asked as an axis, too."""

    variable = False


def use_variable(variable: bool) -> None:
    """Say which kind of file is loaded; forgets all fonts made so far."""
    _Source.variable = variable
    font.cache_clear()
    metrics.cache_clear()


@lru_cache(maxsize=64)
def font(role: str, figures: bool = False, size: int = 0) -> QFont:
    """Font of a type role (`tokens.ROLES`), e.g. "body" or "kpi"; `size` in pixels overrides the role's."""
    pixels, weight = ROLES[role]
    made = QFont(FAMILY)
    made.setPixelSize(size or pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    _space(made, role, pixels)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    if _Source.variable:
        made.setVariableAxis(QFont.Tag("wght"), weight)
    return made


def _space(made: QFont, role: str, pixels: int) -> None:
    if pixels >= 20:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    elif role == "overline":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)


@lru_cache(maxsize=64)
def metrics(role: str, figures: bool = False, size: int = 0) -> QFontMetrics:
    """Metrics of `font(role, figures, size)`, kept: making them anew in a paint is slow."""
    return QFontMetrics(font(role, figures, size))
