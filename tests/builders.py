"""Short ways to a customer, a line, an offer, a deal; and the teller of stories in the words of the deal file.

Amounts in minor units, quantities and prices as text, days as `date`, unless a function says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec

import pytest
from sqlalchemy import Table, select

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.party import Address, Party
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction
from app.exchange.deal_file.outcome import outcome
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import StepRefused, run
from app.pipeline import facts, queries, service
from app.pipeline.facts import Facts
from app.pricing.rules import Line
from app.quotes.rules import Offer, Terms
from app.store.base import metadata
from app.store.history import Done, history
from app.store.session import WriteSession
from app.store.store import Store

P = ParamSpec("P")

DAY = date(2026, 3, 2)
"""The day on which nearly everything in the tests begins: a Monday."""

SELLER = Party(
    "Brightwater Kayaks", tax_id="DE812526315", address=Address("Hafenstr. 4", "", "24103", "Kiel", "", "DE")
)
EUR = Basis("EUR")

Json = dict[str, Any]


def a_customer(name: str = "Lake School", **over: Any) -> Party:
    """A customer in Plön, with whatever else is given."""
    values = {"email": "office@lake-school.example", "address": Address("Seeweg 1", "", "24306", "Plön", "", "DE")}
    return Party(name, **(values | over))


def a_tax(rate: str = "19", category: str = "S") -> Tax:
    """A tax by its rate in percent."""
    return Tax(TaxCategory(category), Decimal(rate))


def a_line(name: str = "Kayak", quantity: str = "2", price: str = "100.00", rate: str = "19", **over: Any) -> Line:
    """A line of goods at the standard rate; `cost` is text as well."""
    cost = over.pop("cost", None)
    tax = over.pop("tax", a_tax(rate))
    cost = None if cost is None else Decimal(cost)
    return Line(name, Decimal(quantity), Decimal(price), tax, cost=cost, **over)


def a_service(name: str = "Course", quantity: str = "1", price: str = "480.00", rate: str = "19", **over: Any) -> Line:
    """A line of service."""
    return a_line(name, quantity, price, rate, kind=Kind.SERVICE, **over)


def an_offer(*lines: Line, reductions: tuple[Reduction, ...] = (), **terms: Any) -> Offer:
    """An offer; without lines one of two kayaks at 100.00 each, net 200.00, gross 238.00."""
    return Offer(lines or (a_line(),), reductions, Terms(**terms))


def do(
    store: Store,
    command: Callable[Concatenate[WriteSession, P], Done],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Done:
    """One command in a transaction of its own."""
    with store.write("test") as session:
        return command(session, *args, **kwargs)


STAGES = ("draft", "sent", "accepted", "signed_by_one", "in_force")


def a_deal(store: Store, offer: Offer | None = None, *, until: str = "in_force", **over: Any) -> int:
    """A deal of `a_customer` on `DAY`, brought as far as one of `STAGES`; returns its id."""
    given = {"customer": a_customer(), "basis": EUR, "on": DAY, "seller": SELLER} | over
    deal_id = do(store, service.open_deal, offer=offer or an_offer(), **given).ids["deal"]
    steps: list[Callable[[], Done]] = [
        lambda: do(store, service.send_quote, deal_id, on=DAY),
        lambda: do(store, service.accept_quote, deal_id, on=DAY),
        lambda: do(store, service.sign_contract, deal_id, on=DAY, side=Side.SELLER),
        lambda: do(store, service.sign_contract, deal_id, on=DAY, side=Side.BUYER),
    ]
    for step in steps[: STAGES.index(until)]:
        step()
    return deal_id


def facts_of(store: Store, deal_id: int) -> Facts:
    """The facts of a deal as stored."""
    with store.read() as session:
        return facts.load(session, deal_id)


def outcome_of(store: Store, deal_id: int, on: date = DAY) -> Json:
    """The outcome of a stored deal as of a day."""
    with store.read() as session:
        return outcome(queries.view(session, deal_id, on), on)


def counts_of(store: Store) -> dict[str, int]:
    """Number of rows of every table: to see that a refused action wrote nothing."""
    names = [table.name for table in metadata.sorted_tables]
    sql = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
    with store.read() as session:
        return {name: int(count) for name, count in session.connection.exec_driver_sql(sql)}


def rows_of(store: Store, table: Table) -> list[Json]:
    """All rows of a table, without their ids."""
    with store.read() as session:
        rows = session.rows(select(table).order_by(table.c.id))
    return [{name: value for name, value in row._mapping.items() if name != "id"} for row in rows]


def last_command(store: Store) -> Json:
    """What the history says of the last command: who, what, when it happened, with which arguments, what changed."""
    row = rows_of(store, history)[-1]
    return {name: row[name] for name in ("actor", "action", "deal_id", "happened_on", "details", "changes")}


# Deal files


def typed_line(name: str, quantity: str, price: str, rate: str = "19", **over: Any) -> Json:
    """A line as it stands in a deal file; a rate of "0" is category Z unless told otherwise."""
    tax = {"category": "S", "rate": rate} if rate != "0" else {"category": "Z", "rate": "0"}
    return {"name": name, "quantity": quantity, "unit_price": price, "tax": tax} | over


def deal_file(*lines: Json, **over: Any) -> Json:
    """A deal file of `DAY` in EUR without steps."""
    return {
        "format": "handsel-deal/1",
        "seller": {"name": SELLER.name},
        "customer": {"name": "Lake School", "address": {"postal_code": "24306", "city": "Plön", "country": "DE"}},
        "currency": "EUR",
        "date": DAY.isoformat(),
        "lines": list(lines) or [typed_line("Kayak", "2", "100.00")],
    } | over


SIGNED: tuple[Json, ...] = (
    {"do": "send_quote"},
    {"do": "accept_quote"},
    {"do": "sign_contract", "by": "seller"},
    {"do": "sign_contract", "by": "buyer"},
)
"""The steps from a draft to an order that is open, all on the day the deal starts."""


def run_deal(store: Store, file: Json) -> Json:
    """Run a deal file; returns its outcome."""
    ran = run(store, parse(json.dumps(file).encode()))
    return outcome_of(store, ran.deal_id, ran.on)


@dataclass
class Story:
    """A deal told step by step: each step runs the file anew under its reference, so what was done stays as it is.

    After each step the books are looked at: see `assert_true_books`.
    """

    store: Store
    file: Json
    steps: list[Json] = field(default_factory=list)
    now: Json = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, *lines: Json, signed: bool = True, **over: Any) -> Story:
        """A story that begins with an open order, or with a draft if it is not `signed`."""
        story = cls(store, {"reference": "story"} | deal_file(*lines, **over))
        for step in SIGNED if signed else ():
            story.steps.append(step)
        story._run()
        return story

    def then(self, name: str, /, **keys: Any) -> Json:
        """Take a step; returns the outcome up to here. `by` and other keys as in the deal file."""
        self.steps.append({"do": name} | keys)
        return self._run()

    def refuses(self, name: str, /, **keys: Any) -> str:
        """The words in which a step is refused; nothing of it is kept."""
        before = counts_of(self.store)
        file = self.file | {"steps": [*self.steps, {"do": name} | keys]}
        with pytest.raises(StepRefused) as refusal:
            run(self.store, parse(json.dumps(file).encode()))
        assert counts_of(self.store) == before
        assert refusal.value.step == f"steps[{len(self.steps)}] {name}"
        return str(refusal.value)

    def _run(self) -> Json:
        self.now = run_deal(self.store, self.file | {"steps": self.steps})
        assert_true_books(self.now)
        return self.now


def turnover(outcome: Json, role: str) -> tuple[Decimal, Decimal]:
    """Sum of debits and sum of credits of a role in the journal."""
    lines = [line for entry in outcome["journal"] for line in entry["entries"] if line["role"] == role]
    return sum((Decimal(x["debit"]) for x in lines), Decimal(0)), sum((Decimal(x["credit"]) for x in lines), Decimal(0))


def balance(outcome: Json, role: str) -> Decimal:
    """Debits less credits of a role in the journal."""
    debits, credited = turnover(outcome, role)
    return debits - credited


def entry_of(outcome: Json, document: str, text: str) -> dict[str, str]:
    """The one entry of a document whose text begins so: role -> amount, credits with a minus."""
    (entry,) = [e for e in outcome["journal"] if e["document"] == document and e["text"].startswith(text)]
    return {
        line["role"]: line["debit"] if Decimal(line["debit"]) else f"-{line['credit']}" for line in entry["entries"]
    }


def assert_true_books(outcome: Json) -> None:
    """What has to hold in every outcome of a customer with one deal, whatever happened."""
    for entry in outcome["journal"]:
        debits = sum(Decimal(line["debit"]) for line in entry["entries"])
        assert debits == sum(Decimal(line["credit"]) for line in entry["entries"]), entry
    invoices = [i for i in outcome["invoices"] if i["kind"] == "invoice"]
    notes = [i for i in outcome["invoices"] if i["kind"] == "credit_note"]
    for document in outcome["invoices"]:
        assert_true_totals(document["totals"], document["lines"])
    assert_true_totals(outcome["quote"]["totals"], outcome["quote"]["lines"])
    net = _sum(invoices, "net") - _sum(notes, "net") - given_back(outcome, "revenue")
    assert -balance(outcome, "revenue") == net == sum(Decimal(row["amount"]) for row in outcome["revenue"])
    assert -balance(outcome, "output_tax") == _sum(invoices, "tax") - _sum(notes, "tax") - given_back(
        outcome, "output_tax"
    )
    assert balance(outcome, "contract_asset") == 0
    open_now = sum(Decimal(invoice["open"]) for invoice in invoices)
    assert balance(outcome, "receivable") == open_now


def given_back(outcome: Json, role: str) -> Decimal:
    """What cashback and discounts for early payment took off a role, by the entries that say so."""
    entries = [e for e in outcome["journal"] if e["text"].startswith(("Cashback", "Early-payment discount"))]
    return balance({"journal": entries}, role)


def _sum(documents: list[Json], name: str) -> Decimal:
    return sum((Decimal(document["totals"][name]) for document in documents), Decimal(0))


def assert_true_totals(totals: Json, lines: list[Json]) -> None:
    """BR-CO-10, 13, 14, 15, 16 of EN 16931, and each line's waterfall down to its part of the total."""
    value = {name: Decimal(text) for name, text in totals.items() if name != "tax_breakdown"}
    assert value["lines_net"] == sum(Decimal(line["net"]) for line in lines)
    assert value["net"] == value["lines_net"] - value["discounts"] + value["charges"]
    assert value["tax"] == sum(Decimal(row["tax"]) for row in totals["tax_breakdown"])
    assert value["net"] == sum(Decimal(row["taxable"]) for row in totals["tax_breakdown"])
    assert value["gross"] == value["net"] + value["tax"]
    assert value["payable"] == value["gross"] - value["prepaid"] + value["rounding"]
    assert value["gross"] == sum(Decimal(step["amount"]) for line in lines for step in line["waterfall"])
