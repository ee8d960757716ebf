"""The quote as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.printed import Clause, Heading, PrintedLine, PrintedProposal, PrintedTerms, PrintedTotals


@dataclass(frozen=True, slots=True)
class QuoteDocument:
    """A sent revision of a quote."""

    heading: Heading
    number: str
    revision: int
    issued_on: date
    valid_until: date
    lines: tuple[PrintedLine, ...]
    totals: PrintedTotals
    terms: PrintedTerms
    clauses: tuple[Clause, ...] = ()
    proposals: tuple[PrintedProposal, ...] = ()

    @property
    def file_name(self) -> str:
        """Name of its file, without ending: revisions after the first carry their number."""
        return f"quote {self.number}" + (f"-r{self.revision}" if self.revision > 1 else "")
