"""The contract as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.printed import Change, Clause, Heading, PrintedLine, PrintedTerms, PrintedTotals


@dataclass(frozen=True, slots=True)
class ContractDocument:
    """One version of the contract: the agreed lines, the terms and every clause in full."""

    heading: Heading
    number: str
    version: int
    made_on: date
    quote_number: str
    quote_revision: int
    lines: tuple[PrintedLine, ...]
    totals: PrintedTotals
    terms: PrintedTerms
    clauses: tuple[Clause, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def file_name(self) -> str:
        """Name of its file, without ending: versions after the first carry their number."""
        return f"contract {self.number}" + (f"-v{self.version}" if self.version > 1 else "")
