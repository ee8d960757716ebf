"""A deal file from its path to its outcome: read, run, write the documents, and tell what went wrong in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.core.codec import to_text
from app.core.errors import HandselError, OutputError, StoreError
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.outcome import outcome
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import Ran, StepRefused, run
from app.exchange.deal_file.shape import DealFile
from app.outputs import files, papers
from app.pipeline import queries
from app.pipeline.reports import revenue_report
from app.store.store import Store

WORKBOOK = "revenue.xlsx"
DONE, BAD_INPUT, NOT_ALLOWED, ENVIRONMENT = 0, 2, 3, 4


class Batch:
    """Runs deal files in a store; with `to`, writes their documents there, in a folder a file if there are several.

    In a store that is `temporary`, papers that are written nowhere are not made either.
    """

    def __init__(self, store: Store, to: Path | None, *, several: bool = False, temporary: bool = False) -> None:
        self.store = store
        self.to = to
        self.several = several
        self.temporary = temporary

    def run(self, path: Path) -> tuple[dict[str, Any], int]:
        """The outcome of one file, or its error, and the exit code that belongs to it."""
        named = {"file": str(path)} if self.several else {}
        try:
            return named | self._run(path), DONE
        except StepRefused as error:
            return named | _error(path, error, "step", error.step), NOT_ALLOWED
        except BadDealFile as error:
            return named | _error(path, error, "path", error.path), BAD_INPUT
        except (StoreError, OutputError, OSError) as error:
            return named | _error(path, error, "path", "$"), ENVIRONMENT
        except HandselError as error:
            return named | _error(path, error, "path", _field(error)), BAD_INPUT

    def _run(self, path: Path) -> dict[str, Any]:
        deal_file = parse(_read(path))
        if self.to is not None or not self.temporary:
            _check_letters(deal_file)
        ran = run(self.store, deal_file)
        documents = self._documents(path, ran)
        with self.store.read() as session:
            return outcome(queries.view(session, ran.deal_id, ran.on), ran.on, documents)

    def _documents(self, path: Path, ran: Ran) -> list[str]:
        """Make the papers, and write them with the workbook where a folder is given."""
        if self.to is None:
            if not self.temporary:
                papers.make_missing(self.store, ran.deal_id)
            return [WORKBOOK]
        folder = self.to / path.stem if self.several else self.to
        papers.write_all(self.store, ran.deal_id, folder)
        files.save(folder / WORKBOOK, self._workbook(ran))
        return [WORKBOOK]

    def _workbook(self, ran: Ran) -> bytes:
        from app.outputs.xlsx.revenue_report import write  # openpyxl is loaded only when a workbook is made

        with self.store.read() as session:
            report = revenue_report(session, ran.on, ran.deal_id)
        return write(report)


def _check_letters(deal_file: DealFile) -> None:
    """Before anything is issued: every letter can be printed here. Raises `OutputError` naming those that cannot."""
    text = to_text(deal_file)
    if text.isascii():
        return
    from app.outputs.pdf.fonts import unprintable  # fonts are loaded only for letters beyond ASCII

    if letters := unprintable(text):
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(letters)[:8])
        raise OutputError(f"No font on this computer can print {named}; install one that can. Nothing was done.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadDealFile("$", f"there is no file {path}.") from None
    except IsADirectoryError:
        raise BadDealFile("$", f"{path} is a folder; expected a deal file.") from None


def _field(error: HandselError) -> str:
    problems = getattr(error, "problems", ())
    return problems[0].field if problems else "$"


def _error(path: Path, error: Exception, key: str, place: str) -> dict[str, Any]:
    return {"error": {"file": str(path), key: place, "message": str(error)}}
