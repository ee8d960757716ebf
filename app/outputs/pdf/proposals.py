"""What the buyer may choose on a quote: lines outside the total, each with its price and a box to tick."""

from __future__ import annotations

from dataclasses import replace

from app.core.printed import Heading, PrintedProposal, PrintedTotals
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import RIGHT
from app.outputs.pdf.layout import Paper
from app.outputs.pdf.priced import Plan
from app.outputs.pdf.table import Column, Row, Strip, Table, texts
from app.outputs.pdf.words import Words

_BOX = 9.0
_NOTHING = PrintedTotals(0, 0, 0, 0, 0, 0, ())


def draw_proposals(paper: Paper, heading: Heading, proposals: tuple[PrintedProposal, ...]) -> None:
    """A table of its own under the totals; nothing where nothing is proposed."""
    if not proposals:
        return
    words = paper.words
    lines = [proposal.line for proposal in proposals]
    plan = Plan(heading, words, lines, _NOTHING)
    rows = [_row(plan, proposal, words) for proposal in proposals]
    paper.gap(24)
    paper.heading(words("proposals"), 60 + rows[0].height)
    paper.paragraph(words("proposals_text"), design.SECOND)
    paper.gap(6)
    table = Table(paper, [replace(plan.columns[0], title=""), *plan.columns[1:]])
    for row in rows:
        table.add(row)
    table.close()


def _row(plan: Plan, proposal: PrintedProposal, words: Words) -> Row:
    """A line with a box in place of its number, and what it would stand in place of."""
    position, name = plan.columns[0], plan.columns[1]
    row = plan.row(proposal.line)
    first = row.strips[0]
    first.cells = [cell for cell in first.cells if cell.column is not position]
    first.box = Column("", position.x, _BOX, RIGHT)
    if proposal.instead_of:
        instead = texts(name, words("proposals_instead", name=proposal.instead_of), design.NOTE)
        row.strips[1:1] = _beside(row.strips, instead)
    return row


def _beside(strips: list[Strip], notes: list[Strip]) -> list[Strip]:
    """Notes right under the name; what stood beside the strip under it (a price's "per 100") stays where it is."""
    if len(strips) > 1 and notes:
        moved = [cell for cell in strips[1].cells if cell.column.anchor == RIGHT and len(strips[1].cells) > 1]
        strips[1].cells = [cell for cell in strips[1].cells if cell not in moved]
        notes[0].cells += moved
    return notes
