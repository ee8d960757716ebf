"""Logos are brought to print size; what is no picture is refused in words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.core.errors import OutputError
from app.outputs.pdf.logo import MAX_HEIGHT, MAX_WIDTH, Logo
from app.outputs.pdf.look import Look
from tests.app.outputs.pdf.samples import invoice, printed, read


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (width, height), 1 if mode == "P" else "#0C7548").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("width", "height"), [(3000, 500), (500, 3000), (10, 10), (1, 4000)], ids=["wide", "tall", "small", "line"]
)
def test_a_logo_fits_its_space(width: int, height: int) -> None:
    logo = Logo.of(picture(width, height))
    assert logo.width <= MAX_WIDTH + 0.01
    assert logo.height <= MAX_HEIGHT + 0.01
    assert logo.image.width <= 640


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_every_usual_kind_of_picture_is_printed(kind: str, mode: str) -> None:
    data = printed(invoice(), Look(logo=picture(600, 200, kind, mode)))
    assert b"/Subtype /Image" in data
    assert len(data) < 60_000


def test_a_logo_stands_for_the_name() -> None:
    with_name, with_logo = read(invoice()), read(invoice(), Look(logo=picture(60, 20)))
    assert with_name.count("Fahrwerk Nord") == with_logo.count("Fahrwerk Nord") + 1


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, picture(99, 99)[:60]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(OutputError, match="PNG or JPEG"):
        Logo.of(data or b" ")


def test_a_picture_of_far_too_many_pixels_is_refused() -> None:
    with pytest.raises(OutputError, match="too many pixels"):
        Logo.of(picture(40_000, 1_500, mode="1"))
