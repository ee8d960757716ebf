"""The delivery note: what is in the parcel and what is still to come. It never shows a price."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.delivery.document import DeliveryNoteDocument, NoteLine
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import LEFT, RIGHT
from app.outputs.pdf.inside import bundle_heading, inner, inside
from app.outputs.pdf.layout import Frame, Paper
from app.outputs.pdf.look import Look
from app.outputs.pdf.signatures import HEIGHT, draw_fields
from app.outputs.pdf.table import Cell, Column, Row, Strip, Table, columns, texts
from app.outputs.pdf.text import width
from app.outputs.pdf.words import Words, words_for


def render(document: DeliveryNoteDocument, look: Look) -> bytes:
    """The delivery note as PDF."""
    words = words_for(document.heading)
    paper = Paper(_frame(document, words), look, words)
    shown = _columns(document.lines, words)
    table = Table(paper, shown)
    before = None
    for line in document.lines:
        begins = line.bundle is not None and (before is None or before.number != line.bundle.number)
        table.add(_row(line, shown, words, begins=begins))
        before = line.bundle
    table.close()
    paper.gap(14)
    complete = all(line.remaining == 0 for line in document.lines)
    paper.paragraph(words("complete" if complete else "to_follow"), design.SECOND)
    _receipt(paper)
    return paper.finish()


def _frame(document: DeliveryNoteDocument, words: Words) -> Frame:
    facts = (
        (words("number_delivery_note"), document.number),
        (words("dispatched_on"), formats.day(document.dispatched_on, words.language)),
        (words("contract"), document.contract_number),
        (words("deal"), document.heading.deal_number),
        (words("carrier"), document.carrier),
        (words("tracking"), document.tracking),
    )
    return Frame(document.heading, words("delivery_note"), document.number, facts, document.heading.customer.ship_to)


def _columns(lines: Sequence[NoteLine], words: Words) -> tuple[Column, ...]:
    def fitting(values: Sequence[Decimal], title: str) -> float:
        longest = max((formats.number(value, words.language) for value in values), key=len, default="")
        return max(width(longest) * design.BODY.size, width(title) * design.HEAD.size) / 1000 + 14

    return columns(
        (words("position"), 28, LEFT),
        (words("description"), 0, LEFT),
        (words("ordered"), fitting([line.ordered for line in lines], words("ordered")), RIGHT),
        (words("delivered"), fitting([line.quantity for line in lines], words("delivered")), RIGHT),
        (words("remaining"), fitting([line.remaining for line in lines], words("remaining")), RIGHT),
        ("", 12, LEFT),
        (words("unit"), 46, LEFT),
        (words("received"), 46, RIGHT),
        flexible=1,
    )


def _row(line: NoteLine, shown: Sequence[Column], words: Words, *, begins: bool) -> Row:
    """A line with a box to tick when it was found in the parcel, and what to pick for it.

    The one that `begins` a bundle carries the bundle's name.
    """
    position, name, ordered, delivered, remaining, _, unit, received = shown
    language = words.language
    above = bundle_heading(name, line.bundle, "", words) if line.bundle and begins else []
    name = inner(name) if line.bundle else name
    strips = texts(name, line.name, design.BODY) or [Strip(design.BODY.leading)]
    strips[0].cells += [
        Cell(position, str(line.position), design.SECOND),
        Cell(ordered, formats.number(line.ordered, language), design.SECOND),
        Cell(delivered, formats.number(line.quantity, language), design.STRONG),
        Cell(remaining, formats.number(line.remaining, language), design.SECOND),
        Cell(unit, formats.unit(line.unit, line.quantity, language), design.SECOND),
    ]
    strips[0].box = received
    strips += texts(name, words("sku", sku=line.sku), design.NOTE) if line.sku else []
    strips += texts(name, line.description, design.NOTE)
    return Row([*above, *strips, *inside(name, line.options, line.parts, words, skus=True)])


def _receipt(paper: Paper) -> None:
    """Where whoever takes the goods confirms it."""
    paper.gap(16)
    paper.need(14 + 24 + HEIGHT)
    paper.paragraph(paper.words("received_text"))
    paper.y += 20
    draw_fields(paper, (paper.words("place_date"), paper.words("name_signature")))
