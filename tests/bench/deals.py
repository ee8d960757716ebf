"""Full deals per second, every commit durable, beside the same rows written by plain sqlite3.

A deal is quoted (5 lines), agreed and signed, dispatched, received (revenue, invoice, letter) and paid: eight commands
in five transactions. Its inserts and updates are recorded and written once more by the standard library's sqlite3 with
the same pragmas, in five transactions, into a copy of the same file. The two take turns, so that both meet the same
machine.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.contracts.rules import Side
from app.core.party import Address, Party
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction
from app.payments.rules import Method
from app.pipeline import fulfilment, service
from app.pricing.rules import Line
from app.quotes.rules import Offer
from app.store.store import Store
from tests.bench.table import show

ROUNDS, DEALS = 7, 30
_TAX = Tax(TaxCategory.STANDARD, Decimal(19))
_SELLER = Party("Bench Works", address=Address(country="DE"))


@dataclass
class Recorded:
    """The statements of one transaction that write."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)


class Recorder:
    """Listens to a store's writer and keeps what it writes, by transaction."""

    def __init__(self, store: Store) -> None:
        self.transactions: list[Recorded] = []
        event.listen(store._writer, "begin", self._begin)
        event.listen(store._writer, "before_cursor_execute", self._execute)

    def _begin(self, _connection: Any) -> None:
        self.transactions.append(Recorded())

    def _execute(self, _c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            self.transactions[-1].statements.append((statement, parameters, many))


def one_deal(store: Store, number: int) -> None:
    """A whole deal through the commands, in five transactions."""
    on = date(2026, 1, 1) + timedelta(days=number % 300)
    customer = Party(f"Customer {number % 500}", address=Address(country="DE"))
    with store.write("bench") as session:
        offer = Offer(_lines(number))
        opened = service.open_deal(session, customer=customer, offer=offer, basis=Basis("EUR"), on=on, seller=_SELLER)
        deal_id = opened.ids["deal"]
        service.send_quote(session, deal_id, on=on)
    with store.write("bench") as session:
        service.accept_quote(session, deal_id, on=on, by="Buyer")
        service.sign_contract(session, deal_id, on=on, side=Side.SELLER)
        service.sign_contract(session, deal_id, on=on, side=Side.BUYER)
    with store.write("bench") as session:
        fulfilment.dispatch(session, deal_id, on=on)
    with store.write("bench") as session:
        fulfilment.confirm_receipt(session, deal_id, on=on, by="Buyer")
    with store.write("bench") as session:
        fulfilment.pay(session, deal_id, on=on, amount=100_000, method=Method.BANK)


def _lines(number: int) -> tuple[Line, ...]:
    reduction = (Reduction("Tenth off", percent=Decimal(10)),)
    return tuple(
        Line(
            name=f"Article {i}",
            quantity=Decimal(1 + (number + i) % 7),
            unit_price=Decimal("19.99") + i,
            tax=_TAX,
            sku=f"A-{i}",
            cost=Decimal("9.50"),
            reductions=reduction if i == 2 else (),
        )
        for i in range(5)
    )


def _plain(path: Path, transactions: list[Recorded]) -> float:
    """Seconds that plain sqlite3 takes to write the recorded rows."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")
    start = time.perf_counter()
    for transaction in transactions:
        connection.execute("BEGIN IMMEDIATE")
        for statement, parameters, many in transaction.statements:
            cursor = (connection.executemany if many else connection.execute)(statement, parameters)
            if not many and "RETURNING" in statement:
                cursor.fetchone()
        connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.handsel"
        Store.open(path, create=True).close()
        rounds = [_round(path, number) for number in range(ROUNDS)]
        size = path.stat().st_size
    ours, plain = ([1000 * r[i] / DEALS for r in rounds] for i in (0, 1))
    ratio = median(a / b for a, b in zip(ours, plain, strict=True))
    rows = [
        ["Handsel", f"{median(ours):.2f}", f"{1000 / median(ours):.0f}"],
        ["plain sqlite3, the same rows", f"{median(plain):.2f}", f"{1000 / median(plain):.0f}"],
        ["ratio (goal: at most 5)", f"{ratio:.2f}", ""],
        ["KiB a deal, without papers", f"{size / 1024 / (ROUNDS * DEALS):.1f}", ""],
    ]
    show(f"Full deals, {ROUNDS} rounds of {DEALS}, five durable commits each", ["", "ms/deal", "deals/s"], rows)


def _round(path: Path, number: int) -> tuple[float, float]:
    """One round: our commands, then the same rows by plain sqlite3 into a copy from before."""
    numbers = range(number * DEALS, (number + 1) * DEALS)
    with tempfile.TemporaryDirectory() as folder:
        watched, copy = Path(folder) / "watched.handsel", Path(folder) / "copy.handsel"
        shutil.copyfile(path, watched)
        shutil.copyfile(path, copy)
        written = _recorded(watched, numbers)
        seconds = _deals(path, numbers)
        return seconds, _plain(copy, written)


def _recorded(path: Path, numbers: range) -> list[Recorded]:
    """What the deals write, without a clock: listening costs time."""
    store = Store.open(path)
    recorder = Recorder(store)
    for number in numbers:
        one_deal(store, number)
    store.close()
    return recorder.transactions


def _deals(path: Path, numbers: range) -> float:
    """Seconds that the deals take through the commands."""
    store = Store.open(path)
    start = time.perf_counter()
    for number in numbers:
        one_deal(store, number)
    seconds = time.perf_counter() - start
    store.close()
    return seconds
