"""Documents to print, worked out by the same arithmetic as real ones, and what can be read back from a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pypdfium2

from app.contracts.document import ContractDocument
from app.core import totals
from app.core.party import Address, Party
from app.core.printed import Clause, Heading, PrintedLine, PrintedReduction, PrintedTerms, PrintedTotals
from app.core.tax import Tax, TaxCategory
from app.delivery.document import DeliveryNoteDocument, NoteLine
from app.invoicing.document import InvoiceDocument, InvoiceKind
from app.outputs.pdf.look import Look
from app.outputs.pdf.render import Document, render
from app.payments.document import ReceiptDocument, Settled
from app.quotes.document import QuoteDocument

STANDARD = Tax(TaxCategory.STANDARD, Decimal(19))
SELLER = Party(
    name="Fahrwerk Nord", legal_name="Fahrwerk Nord GmbH", tax_id="DE123456789", registration="HRB 4711 Kiel",
    email="kontor@fahrwerk.example", phone="+49 431 123456", iban="DE89370400440532013000", bic="COBADEFFXXX",
    address=Address(street="Kaistraße 12", postal_code="24103", city="Kiel", country="DE"),
)  # fmt: skip
BUYER = Party(
    name="Harbour Cargo Ltd", tax_id="GB123456789",
    address=Address("4 Dock Road", "Unit 7", "E16 2QU", "London", "", "GB"),
    delivery_address=Address(street="9 Quay Lane", postal_code="SW1A 1AA", city="London", country="GB"),
)  # fmt: skip
HEADING = Heading(SELLER, BUYER, "EUR", "D-2026-0007", "24 cargo bikes with care plan")
GERMAN = replace(HEADING, language="de")
Discount = totals.Reduction


@dataclass(frozen=True)
class Typed:
    """A line as a seller types it."""

    name: str = "Cargo bike"
    quantity: str = "1"
    price: str = "10"
    unit: str = "C62"
    tax: Tax = STANDARD
    reductions: tuple[totals.Reduction, ...] = ()
    sku: str = ""
    description: str = ""
    base: str = "1"


BIKES = Typed("Cargo bike", "24", "2400", reductions=(Discount("Loyal customer", Decimal(10)),), sku="BIKE-N1")
NIPPLES = Typed("Spoke nipples", "480", "12", base="100")


def worked_out(
    typed: Sequence[Typed], changes: Sequence[totals.Reduction] = (), currency: str = "EUR", gross: bool = False
) -> tuple[tuple[PrintedLine, ...], PrintedTotals]:
    """Lines and totals as they are printed."""
    basis = totals.Basis(currency, gross)
    items = [totals.Item(Decimal(t.quantity), Decimal(t.price), t.tax, Decimal(t.base), t.reductions) for t in typed]
    amounts = totals.type_document(items, changes, basis)
    made = totals.assemble(amounts, basis)
    lines = tuple(
        PrintedLine(
            position, t.name, Decimal(t.quantity), t.unit, Decimal(t.price), line.before_changes, line.amount,
            total.net, t.tax, Decimal(t.base), t.sku, t.description, _printed(t.reductions, line.changes),
        )
        for position, (t, line, total) in enumerate(zip(typed, amounts.lines, made.lines, strict=True), start=1)
    )  # fmt: skip
    base = sum(line.amount for line in amounts.lines)
    t = made.totals
    shown = _printed(changes, [change.on(base) for change in changes])
    return lines, PrintedTotals(t.lines_net, t.discounts, t.charges, t.net, t.tax, t.gross, t.breakdown, shown)


def _printed(changes: Sequence[totals.Reduction], amounts: Sequence[int]) -> tuple[PrintedReduction, ...]:
    return tuple(
        PrintedReduction(change.reason, amount, change.percent, change.charge)
        for change, amount in zip(changes, amounts, strict=True)
    )


def quote(heading: Heading = HEADING, typed: Sequence[Typed] = (BIKES, NIPPLES), **other: Any) -> QuoteDocument:
    """A quote; `changes` are document reductions, everything else replaces what stands here."""
    lines, sums = worked_out(typed, other.pop("changes", ()), heading.currency, heading.prices_include_tax)
    made = QuoteDocument(
        heading, "Q-2026-0007", 1, date(2026, 3, 2), date(2026, 4, 1), lines, sums,
        PrintedTerms("net 30", 1000_00, Decimal(30)), (Clause("warranty"), Clause("returns", "Within 14 days only.")),
    )  # fmt: skip
    return replace(made, **other)


def contract(heading: Heading = HEADING, typed: Sequence[Typed] = (BIKES, NIPPLES), **other: Any) -> ContractDocument:
    """A contract; see `quote`."""
    lines, sums = worked_out(typed, other.pop("changes_of_price", ()), heading.currency, heading.prices_include_tax)
    made = ContractDocument(
        heading, "C-2026-0003", 1, date(2026, 3, 5), "Q-2026-0007", 2, lines, sums, PrintedTerms("2/10 net 30"),
        (Clause("warranty"), Clause("on_site", "Service is done at the buyer's place.")),
    )  # fmt: skip
    return replace(made, **other)


def invoice(heading: Heading = HEADING, typed: Sequence[Typed] = (BIKES, NIPPLES), **other: Any) -> InvoiceDocument:
    """An invoice; see `quote`. `prepaid` is in minor units."""
    lines, sums = worked_out(typed, other.pop("changes", ()), heading.currency, heading.prices_include_tax)
    made = InvoiceDocument(
        heading, InvoiceKind.INVOICE, "INV-2026-0012", date(2026, 3, 20), date(2026, 4, 19), "C-2026-0003", lines,
        replace(sums, prepaid=other.pop("prepaid", 0)), PrintedTerms("net 30"),
        delivered_from=date(2026, 3, 12), delivered_until=date(2026, 3, 18), delivery_notes=("D-2026-0004",),
    )  # fmt: skip
    return replace(made, **other)


def credit_note(heading: Heading = HEADING, **other: Any) -> InvoiceDocument:
    """A credit note for bikes that came back."""
    return invoice(
        heading, (replace(BIKES, quantity="2"),), kind=InvoiceKind.CREDIT_NOTE, number="CN-2026-0001",
        corrects="INV-2026-0012", corrects_issued_on=date(2026, 3, 20), reason="Two bikes came back", **other,
    )  # fmt: skip


def delivery_note(heading: Heading = HEADING, **other: Any) -> DeliveryNoteDocument:
    """A delivery note with something still to come."""
    lines = (
        NoteLine(1, "Cargo bike", Decimal(12), "C62", Decimal(24), Decimal(12), "BIKE-N1", "Steel frame"),
        NoteLine(2, "Spoke nipples", Decimal(480), "C62", Decimal(480), Decimal(0)),
    )
    made = DeliveryNoteDocument(
        heading, "D-2026-0004", date(2026, 3, 10), "C-2026-0003", lines, "Nordfracht", "NF 0034"
    )
    return replace(made, **other)


def receipt(heading: Heading = HEADING, **other: Any) -> ReceiptDocument:
    """A payment that settled an invoice, was a deposit and left some credit."""
    made = ReceiptDocument(
        heading, "P-2026-0002", date(2026, 3, 6), 18432_10, "bank", "TX 99",
        settled=(Settled("INV-2026-0012", 15000_00),), deposit=3000_00, credit=432_10,
    )  # fmt: skip
    return replace(made, **other)


def every_kind(heading: Heading = HEADING) -> dict[str, Document]:
    """One document of each kind."""
    return {
        "quote": quote(heading),
        "contract": contract(heading),
        "invoice": invoice(heading),
        "credit_note": credit_note(heading),
        "delivery_note": delivery_note(heading),
        "receipt": receipt(heading),
    }


def printed(document: Document, look: Look | None = None, seal: str = "") -> bytes:
    """The document as PDF."""
    return render(document, look or Look(), seal)


def pages(data: bytes) -> list[str]:
    """The text of each page; every kind of blank is one blank."""
    with pypdfium2.PdfDocument(data) as pdf:
        texts = []
        for page in pdf:
            text = page.get_textpage()
            texts.append(re.sub(r"\s+", " ", text.get_text_bounded()))
            text.close()
            page.close()
    return texts


def read(document: Document, look: Look | None = None, seal: str = "") -> str:
    """All text of the printed document."""
    return " ".join(pages(printed(document, look, seal)))
