"""The program beside a second reading of the deal file's rulings: random deals come to the same in every figure."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.store.store import Store
from tests.app.exchange.reference import DIGITS, Paper, Reference, number
from tests.builders import Json, assert_true_books, run_deal

CENT = {"EUR": "0.01", "JPY": "1", "KWD": "0.001"}
RATES = {"S": ["19", "7", "5.5"], "Z": ["0"], "E": ["0"], "AE": ["0"], "K": ["0"], "G": ["0"]}
SEEDS = range(140)


class Chance:
    """Writes a deal file at random, step by step, as the reference says it stands."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  the same deals each time
        self.currency = self.random.choice(list(DIGITS))
        self.taxes = [(c, self.random.choice(RATES[c])) for c in self.random.sample(list(RATES), 2)]
        self.on = date(2026, 3, 2)
        base = {"format": "handsel-deal/1", "date": self.on.isoformat(), "currency": self.currency}
        payment = self.random.choice(["net 30", "net 7", "on delivery"])
        customer = {"name": f"Customer {seed}", "tax_id": f"ATU{seed:08d}"}
        self.deal: Json = base | {"customer": customer, "terms": {"payment": payment, "valid_days": 30}}
        self.deal["lines"] = [self._any_line(place) for place in range(self.random.randint(1, 5))]
        if self.random.random() < 0.2:
            self.deal["prices_include_tax"] = True
        else:
            self.deal["discounts"], self.deal["charges"] = self._reductions(), self._reductions()
        if self.random.random() < 0.3:
            self.deal["cashback"] = {"percent": self.random.choice(["5", "2.5", "10"])}
        self.deal["tax_rounding"] = self.random.choice(["document", "document", "line"])
        first: list[Json] = [{"do": "send_quote"}, {"do": "accept_quote"}]
        signed: list[Json] = [{"do": "sign_contract", "by": side} for side in ("seller", "buyer")]
        self.deal["steps"] = [*first, *signed]
        self.reference = Reference(self.deal)
        if min(self.reference.offer.earned.values()) < 0:  # discounts that are larger than what they apply to
            del self.deal["discounts"]
            self.reference = Reference(self.deal)

    def _tax(self) -> Json:
        return dict(zip(("category", "rate"), self.random.choice(self.taxes), strict=True))

    def _line(self, place: int) -> Json:
        step = Decimal(CENT[self.currency])
        price = step * self.random.randint(2_000, 90_000)
        line = {"name": f"Item {place}", "unit_price": str(price), "tax": self._tax(), "cost": str(price - step)}
        if self.random.random() < 0.3:
            line |= {"discounts": [{"percent": "12.5"}, {"amount": str(step * 7)}], "charges": [{"percent": "0.7"}]}
        quantity = str(self.random.randint(1, 12))
        return line | {"quantity": quantity, "kind": self.random.choice(["goods", "goods", "service"])}

    def _any_line(self, place: int) -> Json:
        """A line, or a bundle whose price sits above or below, with a bundle inside now and then."""
        if self.random.random() < 0.75:
            return self._line(place)
        priced = self.random.random() < 0.6
        parts = [self._part(place, number, priced) for number in range(self.random.randint(1, 3))]
        bundle = {key: value for key, value in self._line(place).items() if key not in ("cost", "kind")}
        if not priced:
            del bundle["unit_price"]
        elif self.random.random() < 0.3:
            kind = self.random.choice(["goods", "service"])
            parts = [{k: v for k, v in part.items() if k != "tax"} | {"kind": kind} for part in parts]
        if self.random.random() < 0.3:
            inner = [self._part(place, 8, True), self._part(place, 9, True)]
            parts.append(self._part(place, 7, priced) | {"bundle": inner})
            del parts[-1]["cost"]
        return bundle | {"bundle": parts}

    def _part(self, place: int, number: int, priced: bool) -> Json:
        """A part; below a bundle's price it has neither discounts nor a price that counts."""
        line = self._line(place) | {
            "name": f"Part {place}.{number}",
            "standalone_price": str(self.random.randint(60, 99)),
        }
        line["quantity"] = str(self.random.randint(1, 3))
        dropped = {"discounts", "charges", *(["unit_price"] if priced else []), *(["tax"] if number % 2 else [])}
        return {key: value for key, value in line.items() if key not in dropped}

    def _reductions(self) -> list[Json]:
        amount = {"amount": str(Decimal(CENT[self.currency]) * self.random.randint(1, 500))}
        sizes: list[Json] = [amount, {"percent": "3.33"}, {"percent": "10", "of": "20"}]
        found = self.random.sample(sizes, self.random.choice([0, 0, 1, 2]))
        return [size | ({"tax": self._tax()} if self.random.random() < 0.4 else {}) for size in found]

    def _some(self, whole: Fraction) -> str:
        return str(self.random.randint(1, int(whole)))

    def _money(self, minor: int) -> str:
        return str(Decimal(minor) * Decimal(CENT[self.currency]))

    def steps(self, count: int) -> Json:
        for _ in range(count):
            choices = list(self._choices())
            step = self.random.choice(choices)
            self.on += timedelta(self.random.choice([0, 1, 5]))
            step["on"] = self.on.isoformat()
            self.deal["steps"].append(step)
            self.reference.play(step, self.on)
        return self.deal

    def _choices(self) -> Iterator[Json]:
        """Steps that are allowed now; those that move goods stand several times, to be likelier."""
        played, lines = self.reference, self.reference.lines
        yield {"do": "pay", "amount": self._money(self._payment()), "method": self.random.choice(["bank", "cash"])}
        if played.credit > 0:
            yield {"do": "refund", "amount": self._money(self.random.randint(1, played.credit)), "method": "bank"}
            yield {"do": "pay", "amount": self._money(self.random.randint(1, played.credit)), "method": "credit"}
        open_ = [] if played.cancelled else [i for i in range(len(lines)) if played.open(i)]
        for index in open_:
            named = self._named(index, self._some(played.open(index)))
            yield {"do": "complete_service", **named} if lines[index].service else {"do": "dispatch", "lines": [named]}
        yield from self._whole_bundles()
        if any(played.transit):
            yield from [{"do": "confirm_receipt"}, {"do": "confirm_receipt", "lines": self._received()}] * 2
        elif open_ and self.random.random() < 0.2:
            yield {"do": "cancel", "reason": "Changed plans"}
        yield from self._backwards()

    def _named(self, index: int, quantity: str) -> Json:
        """A line by its number in the file, and a part of a bundle by its own."""
        line, lines = self.reference.lines[index], self.reference.lines
        named = {"line": line.place + 1, "quantity": quantity}
        if line.per_bundle is None:
            return named
        return named | {"part": index + 1 - min(i for i, other in enumerate(lines) if other.place == line.place)}

    def _whole_bundles(self) -> Iterator[Json]:
        """One of a bundle, all of its goods or all of its services together."""
        played = self.reference
        for place in range(0 if played.cancelled else len(self.deal["lines"])):
            for service in (False, True):
                named = {"line": place + 1, "quantity": "1"}
                here = [i for i, line in enumerate(played.lines) if line.place == place and line.service is service]
                bundle = [i for i in here if played.lines[i].per_bundle is not None]
                if bundle and all(played.open(i) >= (played.lines[i].per_bundle or 0) for i in bundle):
                    yield {"do": "complete_service", **named} if service else {"do": "dispatch", "lines": [named]}

    def _payment(self) -> int:
        played = self.reference
        due = sum(invoice.open for invoice in played.invoices)
        return max(self.random.choice([due, due // 2, played.offer.gross // 3, due + 500]), 1)

    def _received(self) -> list[Json]:
        found = []
        for index, quantity in enumerate(self.reference.transit):
            left, line = int(quantity), self._named(index, "0")
            del line["quantity"]
            head = len(line)
            for fate in ("accepted", "damaged", "missing", "refused"):
                if left and self.random.random() < 0.6:
                    line[fate] = self.random.randint(1, left)
                    left -= line[fate]
            plain = ("line", "part")
            found += [{key: v if key in plain else str(v) for key, v in line.items()}] if len(line) > head else []
        index = next(i for i, quantity in enumerate(self.reference.transit) if quantity)
        line = self._named(index, "1")
        return found or [{("accepted" if key == "quantity" else key): v for key, v in line.items()}]

    def _backwards(self) -> Iterator[Json]:
        played = self.reference
        for place, invoice in enumerate(played.invoices):
            for index, quantity in invoice.quantities.items():
                left = quantity - invoice.returned.get(index, 0)
                if left and not played.gross_prices:
                    line = self._named(index, self._some(left))
                    yield {"do": "credit", "invoice": place + 1, "lines": [line]}
                    if not played.lines[index].service:
                        yield {"do": "return", "lines": [line], "restock": self.random.random() < 0.5}


class Printed:
    """The program's outcome in the terms of the reference."""

    def __init__(self, outcome: Json, unit: int) -> None:
        self.outcome, self.unit = outcome, unit
        self.invoices = [i for i in outcome["invoices"] if i["kind"] == "invoice"]
        self.credits = [i for i in outcome["invoices"] if i["kind"] == "credit_note"]
        self.place = {invoice["number"]: place for place, invoice in enumerate(self.invoices)}

    def minor(self, text: str) -> int:
        assert len(text.partition(".")[2]) == len(str(self.unit)) - 1, f"{text} has not the decimals of its currency"
        return int(Decimal(text) * self.unit)

    def paper(self, printed: Json) -> tuple[Any, ...]:
        totals = printed["totals"]
        groups = {
            (row["category"], number(row["rate"])): (self.minor(row["taxable"]), self.minor(row["tax"]))
            for row in totals["tax_breakdown"]
        }
        nets = [(line["line"] - 1, self.minor(line["net"])) for line in printed["lines"]]
        keys = ("lines_net", "discounts", "charges", "net", "tax", "gross")
        return nets, {tax: row for tax, row in groups.items() if any(row)}, *(self.minor(totals[key]) for key in keys)

    def balances(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        for entry in (entry for posting in self.outcome["journal"] for entry in posting["entries"]):
            found[entry["role"]] += self.minor(entry["debit"]) - self.minor(entry["credit"])
        return {role: amount for role, amount in found.items() if amount}

    def payments(self) -> list[tuple[int, dict[int, int]]]:
        found = []
        for payment in self.outcome["payments"]:
            used: Counter[int] = Counter()
            for part in payment["allocated"]:
                used[self.place[part["invoice"]]] += self.minor(part["amount"])
            found.append((self.minor(payment["amount"]), dict(used)))
        return [row for row in found if row[0] > 0]  # a refund stands among them, below zero


def expected(paper: Paper, played: Reference) -> tuple[Any, ...]:
    groups = {tax: row for tax, row in paper.groups.items() if any(row)}
    totals = (sum(paper.nets.values()), paper.discounts, paper.charges, paper.net, paper.tax, paper.gross)
    return [(played.lines[index].place, net) for index, net in sorted(paper.nets.items())], groups, *totals


@pytest.fixture(scope="module")
def shared_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all of them: deals of other customers change nothing in a deal's own outcome."""
    path = tmp_path_factory.mktemp("reference") / "books.handsel"
    with Store.open(Path(shutil.copyfile(empty_store, path))) as opened:
        yield opened


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_agrees_with_the_reference(shared_store: Store, seed: int) -> None:
    chance = Chance(seed)
    deal, played = chance.steps(3 + seed % 12), chance.reference
    outcome = run_deal(shared_store, deal)
    assert_true_books(outcome)
    printed = Printed(outcome, played.unit)
    assert printed.paper(outcome["quote"]) == expected(played.offer, played)
    invoices, notes = [i.paper for i in played.invoices], played.credits
    assert [printed.paper(invoice) for invoice in printed.invoices] == [expected(paper, played) for paper in invoices]
    assert [printed.paper(note) for note in printed.credits] == [expected(paper, played) for paper in notes]
    assert [
        (i["date"], i["due"], printed.minor(i["open"]), printed.minor(i["totals"]["prepaid"])) for i in printed.invoices
    ] == [(i.on.isoformat(), i.due.isoformat(), i.open, i.prepaid) for i in played.invoices]
    assert printed.payments() == [
        (payment["amount"], {place: used for place, used in payment["invoices"].items() if used})
        for payment in played.payments
    ]
    rows = [(row["date"], row["line"] - 1, printed.minor(row["amount"])) for row in outcome["revenue"]]
    earned = [(on, played.lines[index].place, amount) for on, index, amount in played.revenue]
    billed = [row["document"] in printed.place for row in outcome["revenue"]]  # less cashback, which is below zero
    assert [row for row, is_billed in zip(rows, billed, strict=True) if is_billed and row[2] > 0] == earned
    assert sum(amount for *_, amount in rows) == -played.books["revenue"]
    assert printed.balances() == {role: amount for role, amount in played.books.items() if amount}
    assert printed.minor(outcome["customer_balance"]) == played.books["receivable"]
    assert printed.minor(outcome["customer_credit"]) == played.credit
