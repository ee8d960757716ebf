"""Problems of a table's lines in its cells: "units[1].factor" is the second line's factor."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from app.core.errors import Problem
from ui.tables.line_model import LineModel


def mark_cells(
    model: LineModel,
    problems: Sequence[Problem],
    place: str,
    columns: Mapping[str, int],
    words: Callable[[Problem], str] = lambda problem: problem.message,
) -> list[Problem]:
    """Mark the cells of `place[n].name`; a problem of a whole line stands in its first cell.

    Returns the problems that are about something else.
    """
    pattern = re.compile(re.escape(place) + r"\[(\d+)\](?:\.(\w+).*)?")
    found: dict[tuple[int, int], str] = {}
    left = []
    for problem in problems:
        match = pattern.fullmatch(problem.field)
        if match is None or int(match[1]) >= model.rowCount():
            left.append(problem)
        else:
            found.setdefault((int(match[1]), columns.get(match[2] or "", 0)), words(problem))
    if found != model.problems():
        model.set_problems(found)
    return left
