"""Papers: a one-page invoice and one of a thousand lines, warm, and the size of the small one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

from app.core.party import Address, Party
from app.core.printed import Heading, PrintedTerms
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis
from app.pricing.rules import Line, price, printed_lines, printed_totals
from app.quotes.document import QuoteDocument
from tests.bench.table import show

_TAX = Tax(TaxCategory.STANDARD, Decimal(19))


def document(lines: int) -> QuoteDocument:
    """A quote with some lines."""
    offered = tuple(
        Line(f"Article {i} of the range", Decimal(2), Decimal("19.90"), _TAX, sku=f"A-{i}") for i in range(lines)
    )
    priced = price(offered, (), Basis("EUR"))
    party = Party("Bench Works", tax_id="DE123456789", address=Address("Street 1", "", "24103", "Kiel", "", "DE"))
    heading = Heading(party, replace(party, name="Customer"), "EUR", "S-2026-0001")
    totals = printed_totals(priced.typed, priced.assembled, ())
    day = date(2026, 3, 2)
    return QuoteDocument(
        heading, "Q-2026-0001", 1, day, day, printed_lines(offered, priced), totals, PrintedTerms("net 30")
    )


def main() -> None:
    """Print the table."""
    from app.outputs.pdf.look import Look
    from app.outputs.pdf.render import render

    small, large = document(5), document(1000)
    start = time.perf_counter()
    size = len(render(small, Look()))
    first = time.perf_counter() - start
    rows = [
        ["first paper of a process", f"{1000 * first:.0f}", "250"],
        ["one page, warm", f"{_median(lambda: render(small, Look()), 15):.1f}", "18"],
        ["1,000 lines, warm", f"{_median(lambda: render(large, Look()), 3):.0f}", "340"],
    ]
    show(f"Papers; one page is {size / 1024:.0f} KiB (goal: 40)", ["", "ms", "goal"], rows)


def _median(work: Callable[[], object], times: int) -> float:
    """Median milliseconds of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * median(found)
