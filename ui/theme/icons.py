"""Line icons from resources/icons: drawn at the pixel ratio of the screen, tinted by colour."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QStandardPaths, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICON_DIR = Path(__file__).parents[2] / "resources" / "icons"
STROKE = 1.75
_MAX_PIXMAPS = 512


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (ICON_DIR / f"{name}.svg").read_text(encoding="utf-8")


def svg(name: str, colour: str, stroke: float = STROKE) -> str:
    """The drawing of an icon in one colour (#RRGGBB). Raises FileNotFoundError for a name that is not there."""
    return _source(name).replace("currentColor", colour).replace('stroke-width="1.75"', f'stroke-width="{stroke}"')


@lru_cache(maxsize=_MAX_PIXMAPS)
def picture(name: str, colour: str, size: int, ratio: float, stroke: float = STROKE) -> QPixmap:
    """Square pixmap of `size` logical pixels for a screen of pixel ratio `ratio`."""
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, colour, stroke).encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _padded(pixmap: QPixmap, pad: int) -> QPixmap:
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(pad * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide


def icon(name: str, colour: str, size: int = 16, pad: int = 0, faded: str = "") -> QIcon:
    """Icon for buttons and menus, at 1x and 2x; `pad` widens it to the right (Qt's gap to the text is fixed at 4).

    `faded` is the colour of the disabled state.
    """
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(_padded(picture(name, colour, size, ratio), pad))
        if faded:
            made.addPixmap(_padded(picture(name, faded, size, ratio), pad), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=1)
def _tint_dir() -> Path:
    cache = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    for place in (Path(cache) / "icons", Path(tempfile.gettempdir()) / "handsel-icons"):
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        return place
    return ICON_DIR


def tinted_file(name: str, colour: str, stroke: float = STROKE) -> str:
    """Path of the icon as a file in one colour, for stylesheets; "" when no folder can be written."""
    path = _tint_dir() / f"{name}-{colour.lstrip('#')}-{stroke}.svg"
    try:
        if not path.exists():
            path.write_text(svg(name, colour, stroke), encoding="utf-8")
    except OSError:
        return ""
    return path.as_posix()
