"""Words of the import: why a file is refused, and what is wrong with a cell."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from ui import formats


def file_words(problem: Problem) -> str:
    """Why a file cannot be read."""
    limit = problem.values.get("limit")
    words = {
        "too_large": _say("This file is too large."),
        "unreadable": _say("This file cannot be opened."),
        "old_workbook": _say("This is a workbook of the old kind (.xls). Save it as .xlsx or CSV, and choose that."),
        "no_workbook": _say("This workbook cannot be read; it may be damaged. Open and save it once, or use CSV."),
        "bomb": _say("This workbook is packed so tightly that it was not opened: it could fill the memory."),
        "doctype": _say("This workbook holds something no spreadsheet program writes, so it was not opened."),
        "too_slow": _say("Reading took too long, so it was stopped. Try a smaller file or CSV."),
        "empty": _say("There are no rows below a heading."),
        "too_many_rows": _say("There are more rows or columns than are taken at once (%1 rows). Split the file."),
        "too_many_columns": _say("There are more columns than are taken at once (%1). Remove some."),
    }
    text = words.get(problem.code)
    if text is not None:
        return text.replace("%1", formats.whole_text(limit) if isinstance(limit, int) else "")
    row = problem.values.get("row")
    if row is not None:
        text = _say("Row %1 does not have the columns of the heading, or a quote in it is not closed.")
        return text.replace("%1", str(row))
    return _say("This is no table. Save it from the spreadsheet program as .xlsx or CSV.")


def cell_words(problem: Problem) -> str:
    """What is wrong with a cell."""
    words = {
        "missing": _say("The cell is empty, and it is needed."),
        "number": _say("“%1” is no number."),
        "too_small": _say("%1 is too small."),
        "too_many_decimals": _say("%1 has more than six decimals."),
        "too_large": _say("%1 is too large."),
        "control": _say("The text holds a character that cannot be printed (%1)."),
        "too_long": _say("The text is too long."),
        "formula": _say("The formula has no result yet. Open and save the workbook once."),
        "cell_error": _say("The cell holds the error %1."),
        "twice": _say("%1 stands already in row %2."),
        "unknown_country": _say("“%1” is no country we know. A code such as DE always works."),
        "unknown_language": _say("Papers cannot be written in “%1”."),
        "unknown_terms": _say("“%1” is no payment term; write days, such as 30."),
        "unknown_kind": _say("“%1” is neither goods nor service."),
        "unknown_unit": _say("“%1” is no unit we know."),
        "unknown_currency": _say("“%1” is no currency; write its code, such as EUR."),
        "rate_range": _say("%1 is no tax rate."),
    }
    text = words.get(problem.code, problem.message)
    return text.replace("%1", str(problem.values.get("value", ""))[:60]).replace(
        "%2", str(problem.values.get("other", ""))
    )


def _say(source: str) -> str:
    return QCoreApplication.translate("list_import", source)
