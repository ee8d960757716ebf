"""Running every check in one moment of the file, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, func, select

from app.core.progress import Progress, Silent
from app.deals.models import deal
from app.invoicing.models import invoice
from app.ledger.models import journal_entry
from app.pipeline.proof import (
    catalogue,
    contracts,
    coupons,
    decisions,
    deliveries,
    documents,
    history,
    invoices,
    journal,
    money,
    numbers,
    papers,
    quotes,
    revenue,
    rewards,
    seals,
    settlement,
    stock,
)
from app.pipeline.proof.reading import guarded
from app.pipeline.proof.record import Record, records
from app.store import chain, content
from app.store.faults import in_words
from app.store.session import Session
from app.store.store import Store
from app.store.triggers import differing

MOST = 50
"""How many findings of one check are told; after that only that there are more."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was checked, what does not fit, how much there was, and the newest hash of the chain."""

    checks: tuple[str, ...]
    problems: tuple[str, ...]
    deals: int
    invoices: int
    entries: int
    head: str

    def as_dict(self) -> dict[str, Any]:
        """The proof in JSON's own types."""
        return {
            "proved": not self.problems,
            "checks": list(self.checks),
            "problems": list(self.problems),
            "deals": self.deals,
            "invoices": self.invoices,
            "entries": self.entries,
            "head": self.head,
        }


OF_A_DEAL: tuple[Callable[[Record], Iterable[str]], ...] = (
    quotes.revisions,
    quotes.papers,
    contracts.versions,
    contracts.papers,
    contracts.signatures,
    documents.issued,
    documents.snapshots,
    deliveries.quantities,
    deliveries.costs,
    deliveries.notes,
    invoices.figures,
    invoices.occasions,
    invoices.quantities,
    invoices.credit_notes,
    rewards.cashback,
    revenue.earned,
    revenue.costs,
    revenue.booked,
    revenue.days,
    history.opened,
    history.offers,
    history.agreements,
    history.deliveries,
    history.receipts,
    history.returns,
    history.credit_notes,
    history.payments,
    decisions.decided,
    coupons.used,
)
"""What is checked deal by deal; the first line of each function's text is the name of the check."""

OF_THE_FILE: tuple[Callable[[Session], Iterable[str]], ...] = (
    journal.balanced,
    journal.sums,
    journal.locks,
    journal.posting_days,
    seals.unbroken,
    numbers.gapless,
    numbers.readings,
    money.moved,
    money.deposits,
    money.receivables,
    money.settled,
    money.payments,
    money.allocations,
    money.prepaid,
    money.customers,
    settlement.told_anew,
    rewards.liabilities,
    rewards.gift_cards,
    rewards.points,
    rewards.wallets,
    rewards.cash_rounding,
    history.payments_without_a_deal,
    stock.noted,
    catalogue.parts,
)
"""What is checked over the whole file at once."""

WHOLE = "The file is whole."
REFERENCES = "Every row refers to rows that are there."
TRIGGERS = "The triggers that keep issued rows are exactly ours."
PAPERS = "Every paper is kept as it was made."
PICTURES = "Every picture of a product is kept as it was made."


class _Findings:
    """What the checks have found so far."""

    def __init__(self) -> None:
        self._checks: dict[str, list[str]] = {}
        self._more: dict[str, int] = {}

    def add(self, check: str, problems: Iterable[str]) -> None:
        """Take what a check finds."""
        told = self._checks.setdefault(check, [])
        for problem in problems:
            if len(told) < MOST:
                told.append(problem)
            else:
                self._more[check] = self._more.get(check, 0) + 1

    @property
    def checks(self) -> tuple[str, ...]:
        """The names of the checks that were run."""
        return tuple(self._checks)

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything found, in the order of the checks, each finding once."""
        return tuple(dict.fromkeys(problem for check in self._checks for problem in self._told(check)))

    def _told(self, check: str) -> Iterator[str]:
        yield from self._checks[check]
        if check in self._more:
            yield f"and {self._more[check]} more of the check {check!r}"


def prove(store: Store, progress: Progress | None = None) -> Proof:
    """Recompute everything from the facts and compare, in one moment of the file.

    Raises `StoreError`, or `Cancelled` if the watcher of `progress` wants to stop.
    """
    progress, found = progress or Silent(), _Findings()
    with in_words(store.path), store.read() as session:
        if not _is_whole(session, found):
            return Proof(found.checks, found.problems, deals=0, invoices=0, entries=0, head="")
        deals, issued, entries = (_count(session, column) for column in (deal.c.id, invoice.c.id, journal_entry.c.id))
        _prove_file(session, found, progress)
        _prove_deals(session, found, progress, deals)
        found.add(PAPERS, guarded(papers.unchanged(session, store.files), "a paper"))
        found.add(PICTURES, guarded(catalogue.pictures(session, store.files), "a picture"))
        return Proof(found.checks, found.problems, deals, issued, entries, chain.head(session))


def _prove_file(session: Session, found: _Findings, progress: Progress) -> None:
    for check in OF_THE_FILE:
        progress.check()
        found.add(_name(check), guarded(check(session), f"something of the check {_name(check)!r}"))


def _prove_deals(session: Session, found: _Findings, progress: Progress, deals: int) -> None:
    for done, record in enumerate(records(session)):
        progress.check()
        progress.step(done, deals, record.deal.number)
        for check in OF_A_DEAL:
            found.add(_name(check), guarded(check(record), record.name))


def _is_whole(session: Session, found: _Findings) -> bool:
    """Look at the file itself first: where its pages are damaged, nothing read from it can be trusted."""
    file = session.connection.connection.driver_connection
    damage = content.damage(file)
    found.add(WHOLE, (f"the file is damaged: {line}" for line in damage))
    if any(not line.startswith(_OF_VALUES) for line in damage):
        found.add(WHOLE, ["nothing else was checked: restore the newest backup"])
        return False
    found.add(REFERENCES, content.orphans(file))
    found.add(
        TRIGGERS, (f"the trigger {name} is missing, changed or not ours" for name in differing(session.connection))
    )
    return True


_OF_VALUES = ("CHECK constraint failed", "NULL value in")
"""How SQLite begins what it says of single values; all else is damage to the file."""


@cache
def _name(check: Callable[..., object]) -> str:
    """The first line of its text."""
    return (check.__doc__ or check.__name__).splitlines()[0]


def _count(session: Session, column: Column[int]) -> int:
    return int(session.value(select(func.count(column))))
