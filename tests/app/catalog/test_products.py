"""What a product has beyond its price: units, stock, days, weight, a picture, and a copy."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from app.catalog import pictures
from app.catalog.bundling import save_model
from app.catalog.model import BundleParts, Component, Model
from app.catalog.model_queries import model_of
from app.catalog.queries import product_by_id
from app.catalog.rules import Kind, Product, SellingUnit, check
from app.catalog.service import add_product, duplicate_product, set_picture
from app.core.errors import NotFound, RuleViolation
from app.store.files import Files
from app.store.store import Store
from tests.builders import a_tax, counts_of, do, last_command

SCREW = Product("SC-4", "Screw", "EUR", Decimal("0.10"), a_tax(), stocked=True)
FULL = replace(
    SCREW,
    weight=Decimal("0.004"),
    active_from=date(2026, 1, 1),
    active_to=date(2026, 12, 31),
    units=(
        SellingUnit("BX", Decimal(12)),
        SellingUnit("KGM", Decimal(1000), Decimal(3), Decimal("29.90")),
    ),
)


def test_everything_comes_back_as_it_was_saved(store: Store) -> None:
    made = do(store, add_product, FULL).ids["product"]
    with store.read() as session:
        assert product_by_id(session, made).product == FULL


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": Kind.SERVICE}, "stocked", "not_goods"),
        ({"kind": Kind.DIGITAL}, "stocked", "not_goods"),
        ({"weight": Decimal("-0.1")}, "weight", "negative"),
        ({"active_to": date(2025, 12, 31)}, "active_to", "before_start"),
        ({"units": (SellingUnit("BOX", Decimal(2)),)}, "units[0].unit", "unknown_unit"),
        ({"units": (SellingUnit("C62", Decimal(2)),)}, "units[0].unit", "twice"),
        ({"units": (SellingUnit("BX", Decimal(2)), SellingUnit("BX", Decimal(3)))}, "units[1].unit", "twice"),
        ({"units": (SellingUnit("BX", Decimal(0)),)}, "units[0].factor", "not_positive"),
        ({"units": (SellingUnit("BX", Decimal(1), Decimal(-1)),)}, "units[0].per", "not_positive"),
        ({"units": (SellingUnit("BX", Decimal(1), price=Decimal(-1)),)}, "units[0].price", "negative"),
    ],
)
def test_what_is_wrong_with_a_product(change: dict[str, object], field: str, code: str) -> None:
    (problem,) = check(replace(FULL, **change))  # type: ignore[arg-type]
    assert (problem.field, problem.code) == (field, code)
    assert problem.message.startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("on", "is_offered"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_it_is_offered_from_its_first_day_to_its_last(on: date, is_offered: bool) -> None:
    assert FULL.offered_on(on) is is_offered
    assert not replace(FULL, active=False).offered_on(on)
    assert SCREW.offered_on(on)


def test_units_it_is_sold_in() -> None:
    assert FULL.sold_in("") == FULL.sold_in("C62") == SellingUnit("C62", Decimal(1))
    assert FULL.sold_in("BX") == FULL.units[0]
    assert FULL.sold_in("XPX") is None


def test_what_is_digital_is_sold_like_a_service() -> None:
    assert [kind.as_sold for kind in Kind] == [Kind.GOODS, Kind.SERVICE, Kind.SERVICE]


def test_a_copy_has_everything_but_the_sku(store: Store) -> None:
    screw = do(store, add_product, SCREW).ids["product"]
    kit = do(store, add_product, replace(FULL, sku="KIT", name="Kit", active=False)).ids["product"]
    model = Model(parts=BundleParts((Component("SC-4", Decimal(8)),)))
    do(store, save_model, kit, model)
    copy = do(store, duplicate_product, kit, sku="KIT-2").ids["product"]
    with store.read() as session:
        assert product_by_id(session, copy).product == replace(FULL, sku="KIT-2", name="Kit")
        assert model_of(session, copy) == model
        assert model_of(session, screw).is_plain
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="'SC-4' is the SKU of another product"):
        do(store, duplicate_product, kit, sku="SC-4")
    assert counts_of(store) == rows


# pictures


def a_picture(kind: str = "PNG", size: tuple[int, int] = (640, 320), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#1F57D6").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "size", "kept"),
    [
        (a_picture("JPEG", (4000, 1000)), (1600, 400), "JPEG"),
        (a_picture("PNG", (100, 50), "RGBA"), (100, 50), "PNG"),
        (a_picture("PNG", (3, 4000), "L"), (1, 1600), "JPEG"),
    ],
)
def test_a_picture_is_brought_to_a_sane_size(given: bytes, size: tuple[int, int], kept: str) -> None:
    made = pictures.prepare(given)
    image, small = Image.open(io.BytesIO(made.image)), Image.open(io.BytesIO(made.thumbnail))
    assert (image.size, image.format) == (size, kept)
    assert max(small.size) <= pictures.SMALL


def test_nothing_but_pixels_is_kept() -> None:
    image = Image.new("RGB", (20, 10), "red")
    exif = image.getexif()
    exif[0x0112] = 6  # lies on its side
    exif[0x013B] = "somebody who took it"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    made = Image.open(io.BytesIO(pictures.prepare(out.getvalue()).image))
    assert made.size == (10, 20)
    assert b"somebody" not in pictures.prepare(out.getvalue()).image
    assert not made.getexif()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "unreadable"),
        (b"<svg onload='x'/>", "unreadable"),
        (a_picture()[:200], "unreadable"),
        (a_picture("GIF"), "unreadable"),
        (b"\x89PNG" + b"\0" * pictures.MAX_BYTES, "too_large"),
    ],
)
def test_a_hostile_file_is_refused(given: bytes, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        pictures.prepare(given)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [("image", code)]


def test_a_picture_with_too_many_pixels_is_not_even_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 99)
    with pytest.raises(RuleViolation, match="pixels"):
        pictures.prepare(a_picture("PNG", (10, 10)))


def test_a_product_gets_and_loses_its_picture(store: Store, tmp_path: Path) -> None:
    files = Files(tmp_path / "files")
    image, thumbnail = pictures.keep(files, a_picture())
    made = do(store, add_product, SCREW).ids["product"]
    do(store, set_picture, made, image=image, thumbnail=thumbnail)
    assert [change[0] for change in last_command(store)["changes"]] == [
        "product SC-4: image",
        "product SC-4: thumbnail",
    ]
    with store.read() as session:
        kept = product_by_id(session, made).product
    assert kept == replace(SCREW, image=image, thumbnail=thumbnail)
    assert Image.open(io.BytesIO(files.get(kept.thumbnail))).size == (128, 64)
    do(store, set_picture, made, image="", thumbnail="")
    with store.read() as session:
        assert product_by_id(session, made).product == SCREW
    with pytest.raises(NotFound):
        do(store, set_picture, 99, image="", thumbnail="")
