"""Builds revenue reports whose rows and journal come from the same facts, as the store's do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.ledger.rules import CHART, Posting, Role, credit, debit
from app.pipeline.report import (
    BalanceRow,
    InvoiceLineRow,
    InvoiceRow,
    JournalRow,
    OpenItemRow,
    PaymentRow,
    RevenueReport,
)

_ACCOUNTS = {role: (code, name) for role, code, name in CHART}


@dataclass
class Books:
    """A small bookkeeping: each method is one fact and makes its rows and its entry."""

    company: str = "Brightwater Kayaks & Söhne"
    title: str = ""
    first: date = date(2026, 1, 1)
    last: date = date(2026, 6, 30)
    invoices: list[InvoiceRow] = field(default_factory=list)
    lines: list[InvoiceLineRow] = field(default_factory=list)
    payments: list[PaymentRow] = field(default_factory=list)
    journal: list[JournalRow] = field(default_factory=list)

    def post(self, on: date, document: str, text: str, currency: str, *postings: Posting) -> None:
        entry = self.journal[-1].entry + 1 if self.journal else 1
        for posting in postings:
            if posting.amount:
                code, name = _ACCOUNTS[posting.role]
                sides = max(posting.amount, 0), max(-posting.amount, 0)
                self.journal.append(
                    JournalRow(entry, on, on, document, text, code, posting.role.value, name, currency, *sides)
                )

    def deposit(self, number: str, on: date, amount: int, customer: str, currency: str = "EUR") -> None:
        self.payments.append(
            PaymentRow(number, on, "D-2026-0001", customer, "bank", "Anzahlung", currency, amount, 0, amount)
        )
        postings = debit(Role.BANK, amount), credit(Role.CONTRACT_LIABILITY, amount)
        self.post(on, number, f"Deposit of {customer}", currency, *postings)

    def invoice(
        self, number: str, on: date, net: int, customer: str, *, currency: str = "EUR", prepaid: int = 0,
        name: str = "Touring kayak 4.20 m", cost: int = 0, rate: int = 19, days: int = 14, deal: str = "D-2026-0001",
    ) -> None:  # fmt: skip
        tax = (net * rate * 2 + 100) // 200
        gross = net + tax
        state = "paid" if prepaid == gross else "partly_paid" if prepaid else "open"
        due = on + timedelta(days=days)
        self.invoices.append(
            InvoiceRow(
                number,
                "invoice",
                on,
                due,
                deal,
                customer,
                "DE123456789",
                "DE",
                currency,
                net,
                tax,
                gross,
                prepaid,
                gross - prepaid,
                state,
                "",
            )
        )
        first = net // 3
        for position, part in ((1, first), (2, net - first)):
            self.lines.append(
                InvoiceLineRow(
                    number,
                    "invoice",
                    on,
                    position,
                    f"KY-{position:03}",
                    name,
                    Decimal("2"),
                    "C62",
                    Decimal("12.345"),
                    currency,
                    part,
                    part,
                    "S",
                    Decimal(rate),
                    cost,
                )
            )
        self.post(on, number, "Received", currency, debit(Role.CONTRACT_ASSET, net), credit(Role.REVENUE, net),
                  debit(Role.COST_OF_SALES, 2 * cost), credit(Role.GOODS_IN_TRANSIT, 2 * cost))  # fmt: skip
        self.post(on, number, f"Invoice {number}", currency, debit(Role.RECEIVABLE, gross),
                  credit(Role.CONTRACT_ASSET, net), credit(Role.OUTPUT_TAX, tax),
                  debit(Role.CONTRACT_LIABILITY, prepaid), credit(Role.RECEIVABLE, prepaid))  # fmt: skip
        self._use_deposits(prepaid)

    def _use_deposits(self, amount: int) -> None:
        for index, row in enumerate(self.payments):
            used = min(amount, row.unallocated)
            amount -= used
            self.payments[index] = _with(row, allocated=row.allocated + used, unallocated=row.unallocated - used)

    def pay(self, number: str, on: date, amount: int, invoice: str, method: str = "bank", reference: str = "") -> None:
        index, row = next((i, row) for i, row in enumerate(self.invoices) if row.number == invoice)
        used = min(amount, row.open)
        left = row.open - used
        state = "paid" if not left else "partly_paid"
        self.invoices[index] = _with(row, settled=row.settled + used, open=left, state=state)
        self.payments.append(
            PaymentRow(
                number,
                on,
                row.deal,
                row.customer,
                method,
                reference or invoice,
                row.currency,
                amount,
                used,
                amount - used,
            )
        )
        role = {"cash": Role.CASH, "credit": Role.CUSTOMER_CREDIT}.get(method, Role.BANK)
        postings = debit(role, amount), credit(Role.RECEIVABLE, used), credit(Role.CUSTOMER_CREDIT, amount - used)
        self.post(on, number, f"Payment of {row.customer}", row.currency, *postings)

    def refund(self, number: str, on: date, amount: int, of: str) -> None:
        index, row = next((i, row) for i, row in enumerate(self.payments) if row.number == of)
        self.payments[index] = _with(row, unallocated=row.unallocated - amount)
        self.payments.append(
            PaymentRow(number, on, row.deal, row.customer, "bank", "Refund", row.currency, -amount, 0, 0)
        )
        self.post(on, number, "Refund", row.currency, debit(Role.CUSTOMER_CREDIT, amount), credit(Role.BANK, amount))

    def credit_note(self, number: str, on: date, net: int, invoice: str, rate: int = 19) -> None:
        index, row = next((i, row) for i, row in enumerate(self.invoices) if row.number == invoice)
        tax = (net * rate * 2 + 100) // 200
        gross = net + tax
        lowered = min(row.open, gross)
        self.invoices[index] = _with(
            row, settled=row.settled + lowered, open=row.open - lowered, state="partly_credited"
        )
        self.invoices.append(
            InvoiceRow(
                number,
                "credit_note",
                on,
                on,
                row.deal,
                row.customer,
                row.tax_id,
                row.country,
                row.currency,
                -net,
                -tax,
                -gross,
                -gross,
                0,
                "paid",
                invoice,
            )
        )
        self.lines.append(
            InvoiceLineRow(
                number,
                "credit_note",
                on,
                1,
                "KY-001",
                "Returned",
                Decimal("-1"),
                "C62",
                Decimal("1"),
                row.currency,
                -net,
                -net,
                "S",
                Decimal(rate),
                None,
            )
        )
        self.post(on, number, f"Credit note {number}", row.currency, debit(Role.REVENUE, net),
                  debit(Role.OUTPUT_TAX, tax), credit(Role.RECEIVABLE, lowered),
                  credit(Role.CUSTOMER_CREDIT, gross - lowered))  # fmt: skip

    def report(self) -> RevenueReport:
        """The report over all of it."""
        open_items = tuple(
            OpenItemRow(
                row.number,
                row.customer,
                row.issued_on,
                row.due_on,
                row.currency,
                row.gross,
                row.open,
                max((self.last - row.due_on).days, 0),
            )
            for row in self.invoices
            if row.open > 0
        )
        return RevenueReport(
            self.company, self.title, self.first, self.last, tuple(self.invoices), tuple(self.lines),
            tuple(self.payments), tuple(self.journal), open_items, self.balances(),
        )  # fmt: skip

    def balances(self) -> tuple[BalanceRow, ...]:
        sums: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.journal:
            both = sums[row.account, row.role, row.name, row.currency]
            both[0] += row.debit
            both[1] += row.credit
        return tuple(BalanceRow(*key, *both) for key, both in sorted(sums.items()))


def _with(row, **changes):  # type: ignore[no-untyped-def]
    return type(row)(**{name: changes.get(name, getattr(row, name)) for name in row.__slots__})


def a_half_year() -> Books:
    """Everything that can happen, in four currencies, with receivables of every age."""
    books = Books()
    books.deposit("P-2026-0001", date(2026, 1, 13), 295_539, "Lake School Plön")
    books.invoice("INV-2026-0001", date(2026, 2, 2), 600_000, "Lake School Plön", prepaid=295_539, cost=166_000)
    books.pay("P-2026-0002", date(2026, 2, 20), 418_461, "INV-2026-0001")
    books.credit_note("CN-2026-0001", date(2026, 3, 1), 10_000, "INV-2026-0001")
    books.invoice("INV-2026-0002", date(2026, 2, 10), 33_333, "=SUM(A1)+cmd|' /C calc'!A0", cost=10_001)
    books.pay("P-2026-0003", date(2026, 3, 3), 20_000, "INV-2026-0002", "cash", "+49 431 1234")
    long = "Bootsverleih und Wassersportschule am Großen Plöner See GmbH & Co. Kommanditgesellschaft"
    books.invoice("INV-2026-0003", date(2026, 6, 20), 1_234_567, long, name="Zubehör: " + "Paddel, Weste, " * 5)
    for number, day in enumerate((date(2026, 6, 1), date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1)), 4):
        books.invoice(f"INV-2026-{number:04}", day, 1_000 * number + 1, "@Kontor Ünal", cost=100 * number)
    books.pay("P-2026-0004", date(2026, 6, 25), 9_999_99, "INV-2026-0004", "card")
    books.refund("P-2026-0005", date(2026, 6, 26), 500_00, "P-2026-0004")
    books.invoice(
        "INV-2026-0008", date(2026, 6, 27), 12_345_678, "東京カヤック株式会社", currency="JPY", rate=10, days=30
    )
    books.pay("P-2026-0006", date(2026, 6, 28), 5_000_000, "INV-2026-0008", "online")
    books.invoice("INV-2026-0009", date(2026, 5, 5), 1_234_567, "Al-Bahr Trading", currency="KWD", rate=5, days=7)
    books.invoice("INV-2026-0010", date(2026, 6, 29), 99_999_999_99, "Big Lake Inc.", currency="USD", rate=7)
    return books
