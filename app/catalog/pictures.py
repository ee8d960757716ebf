"""Pictures of products: any PNG or JPEG becomes one clean file of a sane size and a small one for lists.

What is kept is drawn anew from the pixels, so nothing else that a file may carry (a place, a program) comes along.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

from app.core.errors import RuleViolation
from app.store.files import Files

MAX_BYTES = 20_000_000
"""Largest file that is read."""

MAX_PIXELS = 40_000_000
LONGEST, SMALL = 1600, 128
"""Longest side of what is kept, and of the thumbnail, in pixels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its thumbnail, as PNG where it is see-through, else as JPEG."""

    image: bytes
    thumbnail: bytes


def prepare(data: bytes) -> Picture:
    """The picture in a PNG or JPEG file. Raises `RuleViolation` (`image`): it is neither, damaged or far too large."""
    if len(data) > MAX_BYTES:
        raise _refused("too_large", f"the file is larger than {MAX_BYTES // 1_000_000} MB.")
    pixels = _pixels(data)
    return Picture(_encoded(pixels, LONGEST), _encoded(pixels, SMALL))


def keep(files: Files, data: bytes) -> tuple[str, str]:
    """Keep a picture; returns the names of image and thumbnail for `set_picture`. Raises as `prepare`; `StoreError`."""
    picture = prepare(data)
    return files.put(picture.image), files.put(picture.thumbnail)


def _pixels(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > MAX_PIXELS:
                raise _refused("too_many_pixels", f"it has more than {MAX_PIXELS // 1_000_000} million pixels.")
            image.load()
            turned = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refused("unreadable", "it is no PNG or JPEG file that can be read.") from error
    is_clear = "A" in turned.getbands() or "transparency" in turned.info
    return turned.convert("RGBA" if is_clear else "RGB")


def _refused(code: str, words: str) -> RuleViolation:
    return RuleViolation.of("image", code, f"image: {words}")


def _encoded(pixels: Image.Image, longest: int) -> bytes:
    sized = pixels.copy()
    sized.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    clean = Image.new(sized.mode, sized.size)
    clean.paste(sized)
    if clean.mode == "RGBA":
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=88)
    return out.getvalue()
