"""The seller's logo, brought to the size it is printed at."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.core.errors import OutputError

MAX_WIDTH, MAX_HEIGHT = 150.0, 45.0
"""Space in the letterhead, in points."""

_PIXELS_A_POINT = 300 / 72
_MAX_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Logo:
    """An image and the size it is printed at, in points."""

    image: Any
    width: float
    height: float

    @classmethod
    def of(cls, data: bytes) -> Logo:
        """The logo in a PNG or JPEG file. Raises `OutputError` if it is neither, damaged or far too large."""
        return _read(data)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top (upwards from the lower edge, as canvases count)."""
        canvas.drawImage(ImageReader(self.image), x, top - self.height, self.width, self.height, mask="auto")


@lru_cache(maxsize=4)
def _read(data: bytes) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > _MAX_PIXELS:
                raise OutputError("The logo has too many pixels; choose one of at most 6000 by 6000.")
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise OutputError("The logo cannot be read; choose a PNG or JPEG file.") from error
    scale = min(MAX_WIDTH / image.width, MAX_HEIGHT / image.height)
    width, height = image.width * scale, image.height * scale
    pixels = (round(width * _PIXELS_A_POINT), round(height * _PIXELS_A_POINT))
    kept = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    if kept.width > pixels[0]:
        kept = kept.resize((max(1, pixels[0]), max(1, pixels[1])), Image.Resampling.LANCZOS)
    return Logo(kept, width, height)
