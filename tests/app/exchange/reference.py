"""A second reading of the deal file's rulings, slow and by itself: it shares no code with the application.

`Reference` plays a deal file from its published words alone, in fractions; amounts are minor units of its currency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm

from tests.builders import Json

DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3}

Group = tuple[str, Fraction]
Share = tuple[int, int, Group, int]
"""A line's part of a document reduction: the how-manieth, its sign, its tax, its size."""


def near(value: Fraction) -> int:
    """Round half away from zero."""
    size = (abs(value) * 2 + 1) // 2
    return int(size) if value >= 0 else -int(size)


def largest_remainder(total: int, weights: list[int]) -> list[int]:
    exact = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [int(part // 1) for part in exact]
    for index in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[: total - sum(parts)]:
        parts[index] += 1
    return parts


def number(text: str) -> Fraction:
    return Fraction(Decimal(text))


@dataclass
class Line:
    """An agreed line: its net (or gross, where prices include tax), its parts of the document's reductions."""

    quantity: Fraction
    net: int
    tax: Group
    service: bool
    cost: Fraction
    shares: list[Share] = field(default_factory=list)
    place: int = 0
    per_bundle: Fraction | None = None
    """How much of it is in one of the bundle that stands at `place` of the file; None of a line by itself."""


@dataclass
class Paper:
    """What an invoice or credit note says, in minor units."""

    nets: dict[int, int] = field(default_factory=dict)
    earned: Counter[int] = field(default_factory=Counter)
    discounts: int = 0
    charges: int = 0
    groups: dict[Group, tuple[int, int]] = field(default_factory=dict)

    @property
    def net(self) -> int:
        return sum(taxable for taxable, _ in self.groups.values())

    @property
    def tax(self) -> int:
        return sum(tax for _, tax in self.groups.values())

    @property
    def gross(self) -> int:
        return self.net + self.tax


@dataclass
class Invoice:
    """An invoice and what became of it: what is open and left to credit of each line."""

    on: date
    due: date
    paper: Paper
    open: int
    quantities: dict[int, Fraction]
    parts: dict[int, list[int]]
    prepaid: int = 0
    returned: dict[int, Fraction] = field(default_factory=dict)
    notes: list[Paper] = field(default_factory=list)
    agreed: int = 0
    promised: int = 0
    given: int = 0
    """Cashback: as agreed with the invoice, still promised for what stays of it, and given as credit."""


class Reference:
    """One deal, played step by step."""

    def __init__(self, deal: Json) -> None:
        self.deal, self.unit = deal, 10 ** DIGITS[deal["currency"]]
        self.gross_prices, self.by_line = deal.get("prices_include_tax", False), deal.get("tax_rounding") == "line"
        self.lines = [inner for place, line in enumerate(deal["lines"]) for inner in self._expanded(line, place)]
        self._spread_reductions()
        everything = {index: (Fraction(0), line.quantity) for index, line in enumerate(self.lines)}
        self.offer = self.paper({index: self._parts(index, *span) for index, span in everything.items()})
        self.accepted = [Fraction(0)] * len(self.lines)
        self.transit = [Fraction(0)] * len(self.lines)
        self.invoices: list[Invoice] = []
        self.credits: list[Paper] = []
        self.payments: list[Json] = []
        self.revenue: list[tuple[str, int, int]] = []
        self.books: Counter[str] = Counter()
        self.cancelled = False

    # What the offer comes to

    def _amount(self, reduction: Json, base: int) -> int:
        if "amount" in reduction:
            return near(number(reduction["amount"]) * self.unit)
        of = number(reduction["of"]) * self.unit if "of" in reduction else Fraction(base)
        return near(of * number(reduction["percent"]) / 100)

    def _line(self, line: Json) -> Line:
        quantity = number(line["quantity"])
        base = near(quantity * number(line["unit_price"]) * self.unit / number(line.get("price_base_quantity", "1")))
        off = sum(self._amount(reduction, base) for reduction in line.get("discounts", []))
        on = sum(self._amount(reduction, base) for reduction in line.get("charges", []))
        tax = (line["tax"]["category"], number(line["tax"]["rate"]))
        cost = number(line.get("cost", "0")) * self.unit
        return Line(quantity, base - off + on, tax, line.get("kind") == "service", cost)

    def _expanded(self, line: Json, place: int) -> list[Line]:
        """A line; of a bundle one line if its price covers things of one kind and tax, else one for each part."""
        leaves = list(self._leaves(line, Fraction(1), line.get("tax"), Fraction(1)))
        if "bundle" not in line or (
            "unit_price" in line and len({(leaf.get("kind"), tuple(leaf["tax"].values())) for leaf, *_ in leaves}) == 1
        ):
            found = self._line(line | {"tax": leaves[0][0]["tax"], "kind": leaves[0][0].get("kind")})
            if "cost" not in line:
                found.cost = sum(number(leaf["cost"]) * per * self.unit for leaf, per, _ in leaves)
            found.place = place
            return [found]
        made = self._allocated(line, leaves) if "unit_price" in line else list(self._priced(line, Fraction(1)))
        self._give_reductions(line, made)
        for each in made:
            each.place, each.per_bundle = place, each.quantity / number(line["quantity"])
        return made

    def _leaves(
        self, line: Json, per: Fraction, tax: Json | None, weight: Fraction
    ) -> Iterator[tuple[Json, Fraction, Fraction]]:
        """Every part at the bottom with its quantity for one bundle and its weight when the price is allocated."""
        if "bundle" not in line:
            yield line | {"tax": line.get("tax", tax)}, per, weight
            return
        alone = [number(part["standalone_price"]) * number(part["quantity"]) for part in line["bundle"]]
        for part, share in zip(line["bundle"], alone, strict=True):
            own = weight * share / sum(alone)
            yield from self._leaves(part, per * number(part["quantity"]), line.get("tax", tax), own)

    def _allocated(self, line: Json, leaves: list[tuple[Json, Fraction, Fraction]]) -> list[Line]:
        whole = self._line({key: line[key] for key in ("quantity", "unit_price")} | {"tax": leaves[0][0]["tax"]})
        common = lcm(*(weight.denominator for *_, weight in leaves))
        amounts = largest_remainder(whole.net, [int(weight * common) for *_, weight in leaves])
        made = []
        for (leaf, per, _), amount in zip(leaves, amounts, strict=True):
            tax = (leaf["tax"]["category"], number(leaf["tax"]["rate"]))
            quantity, cost = whole.quantity * per, number(leaf["cost"]) * self.unit
            made.append(Line(quantity, amount, tax, leaf.get("kind") == "service", cost))
        return made

    def _priced(self, line: Json, times: Fraction) -> Iterator[Line]:
        """Parts with prices of their own."""
        times *= number(line["quantity"])
        for part in ({"tax": line.get("tax")} | part for part in line["bundle"]):
            if "bundle" in part and "unit_price" not in part:
                yield from self._priced(part, times)
            else:
                counted = part | {"quantity": str(Decimal(int(times * number(part["quantity"]))))}
                yield from self._expanded(counted, 0)

    def _give_reductions(self, line: Json, made: list[Line]) -> None:
        """The bundle's own discounts and charges, in proportion to its lines."""
        nets = [each.net for each in made]
        for sign, reduction in [(-1, r) for r in line.get("discounts", [])] + [(1, r) for r in line.get("charges", [])]:
            shares = largest_remainder(self._amount(reduction, sum(nets)), nets)
            for each, share in zip(made, shares, strict=True):
                each.net += sign * share

    def _spread_reductions(self) -> None:
        nets, taxes = [line.net for line in self.lines], list(dict.fromkeys(line.tax for line in self.lines))
        reductions = [(-1, r) for r in self.deal.get("discounts", [])] + [(1, r) for r in self.deal.get("charges", [])]
        for place, (sign, reduction) in enumerate(reductions):
            amount = self._amount(reduction, sum(nets))
            if "tax" in reduction:
                own = (reduction["tax"]["category"], number(reduction["tax"]["rate"]))
                amounts = {own: amount}
            else:
                weights = [sum(line.net for line in self.lines if line.tax == tax) for tax in taxes]
                amounts = dict(zip(taxes, largest_remainder(amount, weights), strict=True))
            for tax, part in amounts.items():
                inside = [i for i, line in enumerate(self.lines) if line.tax == tax] or list(range(len(nets)))
                for index, share in zip(inside, largest_remainder(part, [nets[i] for i in inside]), strict=True):
                    self.lines[index].shares.append((place, sign, tax, share))

    def _parts(self, index: int, before: Fraction, now: Fraction) -> list[int]:
        """A line's amount and shares between two cumulated quantities."""
        line = self.lines[index]
        whole = [line.net, *(share[3] for share in line.shares)]
        return [near(a * now / line.quantity) - near(a * before / line.quantity) for a in whole]

    def paper(self, parts: dict[int, list[int]]) -> Paper:
        """A document of EN 16931 over parts of lines: tax is rounded once a group, or for each line and reduction."""
        found, heaps = Paper(), {}
        for index, (net, *shares) in parts.items():
            line = self.lines[index]
            heaps.setdefault((line.tax, index if self.by_line else None), []).append((index, 0, net))
            for (place, sign, tax, _), share in zip(line.shares, shares, strict=True):
                heaps.setdefault((tax, ~place if self.by_line else None), []).append((index, sign, sign * share))
        for (tax, _), heap in heaps.items():
            total = sum(amount for *_, amount in heap)
            owed = total * tax[1] / (100 + tax[1] if self.gross_prices else 100)
            taxable = total - near(owed) if self.gross_prices else total
            amounts = [amount for *_, amount in heap]
            nets = largest_remainder(taxable, amounts) if self.gross_prices and total else amounts
            for (index, sign, _), net in zip(heap, nets, strict=True):
                found.earned[index] += net
                found.discounts -= net if sign < 0 else 0
                found.charges += net if sign > 0 else 0
                found.nets |= {} if sign else {index: net}
            before = found.groups.get(tax, (0, 0))
            found.groups[tax] = (before[0] + taxable, before[1] + near(owed))
        return found

    # What happens

    def play(self, step: Json, on: date) -> None:
        getattr(self, f"_{step['do']}")(step, on)

    def _book(self, **roles: int) -> None:
        self.books.update(roles)

    def _cost(self, index: int, quantity: Fraction) -> int:
        return near(self.lines[index].cost * quantity)

    @property
    def held(self) -> int:
        return sum(payment["deposit"] for payment in self.payments)

    @property
    def credit(self) -> int:
        return -self.books["customer_credit"]

    def open(self, index: int) -> Fraction:
        return self.lines[index].quantity - self.accepted[index] - self.transit[index]

    @property
    def complete(self) -> bool:
        return all(got == line.quantity for got, line in zip(self.accepted, self.lines, strict=True))

    def _pay(self, step: Json, on: date) -> None:
        left = amount = near(number(step["amount"]) * self.unit)
        payment = {"amount": amount, "invoices": Counter[int](), "deposit": 0}
        self._book(**{{"cash": "cash", "credit": "customer_credit"}.get(step["method"], "bank"): amount})
        for place, invoice in sorted(enumerate(self.invoices), key=lambda item: (item[1].due, item[0])):
            if (settled := min(left, invoice.open)) and step.get("invoice", place + 1) == place + 1:
                left, invoice.open = left - settled, invoice.open - settled
                payment["invoices"][place] += settled
                self._book(receivable=-settled)
                self._cashback(invoice, 0)
        room = self.offer.gross - sum(i.paper.gross for i in self.invoices) - self.held
        if not (self.cancelled or self.complete):
            payment["deposit"] = max(min(left, room), 0)
        self._book(contract_liability=-payment["deposit"], customer_credit=payment["deposit"] - left)
        self.payments.append(payment)

    def _refund(self, step: Json, on: date) -> None:
        amount = near(number(step["amount"]) * self.unit)
        self._book(customer_credit=amount, bank=-amount)

    def _dispatch(self, step: Json, on: date) -> None:
        goods = [i for i, line in enumerate(self.lines) if not line.service and self.open(i)]
        named = [each for line in step.get("lines", []) for each in self.named(line, line["quantity"], service=False)]
        for index, quantity in named or [(i, self.open(i)) for i in goods]:
            self.transit[index] += quantity
            cost = self._cost(index, quantity)
            self._book(goods_in_transit=cost, inventory=-cost)

    def _confirm_receipt(self, step: Json, on: date) -> None:
        everything = [{"index": i, "accepted": str(q)} for i, q in enumerate(self.transit) if q]
        told = [said for line in step.get("lines", []) for said in self._said(line)]
        now = {}
        for line in told or everything:
            index = line["index"]
            places = {"accepted": "cost_of_sales", "damaged": "write_off", "missing": "write_off"}
            for fate, role in (places | {"refused": "inventory"}).items():
                quantity = Fraction(line.get(fate, "0"))
                self.transit[index] -= quantity
                cost = self._cost(index, quantity)
                self._book(**{role: cost})
                self._book(goods_in_transit=-cost)
            now[index] = Fraction(line.get("accepted", "0"))
        self._bill({index: quantity for index, quantity in now.items() if quantity}, on)

    def _complete_service(self, step: Json, on: date) -> None:
        self._bill(dict(self.named(step, step["quantity"], service=True)), on)

    def named(self, line: Json, quantity: str, *, service: bool | None = None) -> list[tuple[int, Fraction]]:
        """What a step means by a line: itself, a part of a bundle, or so many whole bundles."""
        here = [i for i, each in enumerate(self.lines) if each.place == line["line"] - 1]
        if "part" in line:
            return [(here[line["part"] - 1], number(quantity))]
        if self.lines[here[0]].per_bundle is None:
            return [(here[0], number(quantity))]
        fitting = [i for i in here if service in (None, self.lines[i].service)]
        return [(i, number(quantity) * (self.lines[i].per_bundle or 1)) for i in fitting]

    def _said(self, line: Json) -> list[Json]:
        said: dict[int, Json] = {}
        for fate in ("accepted", "damaged", "missing", "refused"):
            for index, quantity in self.named(line, line.get(fate, "0"), service=False):
                said.setdefault(index, {"index": index})[fate] = str(quantity)
        return list(said.values())

    def _bill(self, now: dict[int, Fraction], on: date) -> None:
        if not now:
            return
        parts = {i: self._parts(i, self.accepted[i], self.accepted[i] + q) for i, q in sorted(now.items())}
        for index, quantity in now.items():
            self.accepted[index] += quantity
        paper = self.paper(parts)
        days = self.deal["terms"]["payment"].removeprefix("net ")
        due = on + timedelta(int(days) if days.isdecimal() else 0)
        self.invoices.append(invoice := Invoice(on, due, paper, paper.gross, now, parts))
        self._book(receivable=paper.gross, output_tax=-paper.tax, revenue=-paper.net)
        self.revenue += [(on.isoformat(), index, paper.earned[index]) for index in parts]
        for payment in self.payments:
            used = min(payment["deposit"], invoice.open)
            payment["deposit"] -= used
            payment["invoices"][len(self.invoices) - 1] += used
            invoice.open, invoice.prepaid = invoice.open - used, invoice.prepaid + used
            self._book(contract_liability=used, receivable=-used)
        before, rate = (
            sum(i.paper.gross for i in self.invoices[:-1]),
            number(self.deal.get("cashback", {}).get("percent", "0")),
        )
        invoice.agreed = near((before + paper.gross) * rate / 100) - near(before * rate / 100)
        self._cashback(invoice, 0)
        if self.complete:
            self._free_deposits()

    def _cashback(self, invoice: Invoice, back: int) -> None:
        """The promise shrinks with what is credited; of it, what is paid is credit, and all once nothing is open.

        Credit that was given is taken back only from the credit that a credit note brings (`back`).
        """
        credited = sum(note.gross for note in invoice.notes)
        stays = invoice.paper.gross - credited
        promised = invoice.agreed - near(Fraction(invoice.agreed * credited, invoice.paper.gross))
        paid = near(Fraction(promised * (stays - invoice.open), stays)) if invoice.open and stays else promised
        given = max(paid, invoice.given - back)
        promised = max(promised, given)
        self._book(revenue=promised - invoice.promised, cashback_liability=invoice.promised - promised)
        self._book(cashback_liability=given - invoice.given, customer_credit=invoice.given - given)
        invoice.promised, invoice.given = promised, given

    def _free_deposits(self) -> None:
        self._book(contract_liability=self.held, customer_credit=-self.held)
        for payment in self.payments:
            payment["deposit"] = 0

    def _return(self, step: Json, on: date) -> None:
        wanted: dict[int, dict[int, Fraction]] = {}
        for line in step["lines"]:
            ((index, left),) = self.named(line, line["quantity"], service=False)
            cost = self._cost(index, left)
            self._book(**{"inventory" if step.get("restock", True) else "write_off": cost})
            self._book(cost_of_sales=-cost)
            for place in reversed(range(len(self.invoices))):
                invoice = self.invoices[place]
                part = min(left, invoice.quantities.get(index, 0) - invoice.returned.get(index, 0))
                if part:
                    left -= part
                    wanted.setdefault(place, {})[index] = part
        for place, quantities in wanted.items():
            self._credit_note(self.invoices[place], quantities)

    def _credit(self, step: Json, on: date) -> None:
        quantities = dict(each for line in step["lines"] for each in self.named(line, line["quantity"]))
        self._credit_note(self.invoices[step["invoice"] - 1], quantities)

    def _credit_note(self, invoice: Invoice, quantities: dict[int, Fraction]) -> None:
        """Each line gives back its part of what is left of it; the whole rest takes the exact rest, tax and all."""
        parts = {}
        for index, quantity in sorted(quantities.items()):
            rest = invoice.quantities[index] - invoice.returned.get(index, 0)
            parts[index] = [near(amount * quantity / rest) for amount in invoice.parts[index]]
            invoice.parts[index] = [a - b for a, b in zip(invoice.parts[index], parts[index], strict=True)]
            invoice.returned[index] = invoice.returned.get(index, Fraction(0)) + quantity
        note = self.paper(parts)
        if invoice.returned == invoice.quantities:
            for tax, (taxable, owed) in invoice.paper.groups.items():
                before = [paper.groups.get(tax, (0, 0)) for paper in invoice.notes]
                note.groups[tax] = (taxable - sum(a for a, _ in before), owed - sum(b for _, b in before))
        lowered = min(invoice.open, note.gross)
        invoice.open -= lowered
        invoice.notes.append(note)
        self.credits.append(note)
        self._book(revenue=note.net, output_tax=note.tax, receivable=-lowered, customer_credit=lowered - note.gross)
        self._cashback(invoice, note.gross - lowered)

    def _cancel(self, step: Json, on: date) -> None:
        self.cancelled = True
        self._free_deposits()
