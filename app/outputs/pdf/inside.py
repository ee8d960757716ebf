"""What stands under the name of a line: what was chosen, what is inside; and the heading over the lines of a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from app.core.printed import PrintedBundle, PrintedPart
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.table import Column, Strip, texts
from app.outputs.pdf.words import Words

INDENT = 10.0
_BETWEEN = " · "


def inner(column: Column) -> Column:
    """The same column, indented: for the parts of something and for the lines of a bundle."""
    return Column(column.title, column.x + INDENT, column.width - INDENT, column.anchor)


def options_text(options: Iterable[tuple[str, str]]) -> str:
    """What was chosen on one line: "Frame: steel · Extras: rack, bell"."""
    chosen: dict[str, list[str]] = {}
    for name, value in options:
        chosen.setdefault(name, []).append(value)
    return _BETWEEN.join(f"{name}: {', '.join(values)}" for name, values in chosen.items())


def part_text(part: PrintedPart, language: str) -> str:
    """One part with how much of it: "4 × Wheel", "2.5 m Cable (Colour: red)"."""
    chosen = options_text(part.options)
    return f"{counted(part.quantity, part.unit, language)} {part.name}" + (f" ({chosen})" if chosen else "")


def counted(quantity: Decimal, unit: str, language: str) -> str:
    """How much of something that is named next: pieces with a cross, everything else with its unit."""
    number = formats.number(quantity, language)
    return f"{number} ×" if unit == "C62" else f"{number}{formats.BLANK}{formats.unit(unit, quantity, language)}"


def inside(
    column: Column,
    options: Sequence[tuple[str, str]],
    parts: Sequence[PrintedPart],
    words: Words,
    *,
    skus: bool = False,
) -> list[Strip]:
    """What was chosen, then each part by itself; with `skus` as somebody looks for it on the shelf."""
    strips = texts(column, options_text(options), design.NOTE) if options else []
    for part in parts:
        told = part_text(part, words.language)
        told += f"{_BETWEEN}{words('sku', sku=part.sku)}" if skus and part.sku else ""
        strips += texts(inner(column), told, design.NOTE)
    return strips


def bundle_heading(column: Column, bundle: PrintedBundle, together: str, words: Words) -> list[Strip]:
    """The name of a bundle over its lines, with how many there are and what they come to `together`, if it is said."""
    name = bundle.name
    if bundle.quantity is not None and (bundle.quantity != 1 or bundle.unit != "C62"):
        name = f"{counted(bundle.quantity, bundle.unit, words.language)} {name}"
    strips = texts(column, name, design.STRONG)
    notes = [words("sku", sku=bundle.sku) if bundle.sku else "", together]
    strips += texts(column, _BETWEEN.join(note for note in notes if note), design.NOTE) if any(notes) else []
    strips += texts(column, bundle.description, design.NOTE) if bundle.description else []
    strips += texts(column, options_text(bundle.options), design.NOTE) if bundle.options else []
    strips.append(Strip(2.5))
    return strips
