"""The rows of the table of lines: the lines, and a head above those that stand together as a bundle. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.pricing.detail import Bundle
from app.quotes.configured import blocks, count_of
from app.quotes.draft import LineDraft


@dataclass(frozen=True, slots=True)
class BundleRow:
    """The head of a bundle: what it is called and how many of it there are."""

    bundle: Bundle
    quantity: Decimal | None


Row = LineDraft | BundleRow


def shown(lines: Sequence[LineDraft]) -> list[Row]:
    """The lines with their heads."""
    found: list[Row] = []
    for places in blocks(lines):
        bundle = lines[places.start].detail.bundle
        if bundle is not None:
            found.append(BundleRow(bundle, count_of([lines[places.start]])))
        found += [lines[at] for at in places]
    return found


def lines_in(rows: Sequence[Row]) -> tuple[LineDraft, ...]:
    """The lines alone."""
    return tuple(row for row in rows if isinstance(row, LineDraft))


def place_of(rows: Sequence[Row], row: int) -> int:
    """The place of a row among the lines; a head stands for its first line."""
    return sum(isinstance(other, LineDraft) for other in rows[:row])


def row_of(rows: Sequence[Row], place: int) -> int:
    """The row of a line; of the first line of a bundle that of its head."""
    at = [index for index, row in enumerate(rows) if isinstance(row, LineDraft)]
    if not 0 <= place < len(at):
        return -1
    row = at[place]
    return row - 1 if row and isinstance(rows[row - 1], BundleRow) else row


def line_row(rows: Sequence[Row], place: int) -> int:
    """The row of a line itself."""
    at = [index for index, row in enumerate(rows) if isinstance(row, LineDraft)]
    return at[place] if 0 <= place < len(at) else -1
