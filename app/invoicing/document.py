"""Invoice and credit note as they are printed, in the vocabulary of EN 16931."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.printed import Heading, PrintedLine, PrintedTerms, PrintedTotals


class InvoiceKind(StrEnum):
    """What kind of invoice it is (BT-3: 380, 381)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """An issued invoice or credit note. `delivered_from`/`delivered_until` are the days of receipt (BT-72 to BT-74).

    Amounts of a credit note are positive: it takes them off. `corrects` is the number of the invoice it corrects.
    """

    heading: Heading
    kind: InvoiceKind
    number: str
    issued_on: date
    due_on: date
    contract_number: str
    lines: tuple[PrintedLine, ...]
    totals: PrintedTotals
    terms: PrintedTerms
    delivered_from: date | None = None
    delivered_until: date | None = None
    delivery_notes: tuple[str, ...] = ()
    prepayments: tuple[str, ...] = ()
    corrects: str = ""
    corrects_issued_on: date | None = None
    reason: str = ""

    @property
    def file_name(self) -> str:
        """Name of its file, without ending."""
        kind = "invoice" if self.kind is InvoiceKind.INVOICE else "credit note"
        return f"{kind} {self.number}"
