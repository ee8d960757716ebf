"""Deals led at random through whatever is allowed where they stand, by the commands of the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.errors import NotAllowed, RuleViolation
from app.core.totals import Basis, Reduction, TaxRounding
from app.delivery.rules import Confirmed
from app.payments.rules import Method
from app.pipeline import facts, fulfilment, service
from app.pipeline.rules import Action, possible
from app.pricing.bundles import Component, expand
from app.pricing.rules import Line
from app.quotes.rules import Offer, Terms
from app.store.history import Done
from app.store.session import WriteSession
from app.store.store import Store
from tests.builders import DAY, SELLER, a_customer, a_tax, do

TAXES = (a_tax(), a_tax("7"), a_tax("0", "Z"))


class RandomDeal:
    """One deal and the chance that leads it; `on` is the day of its newest step."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)  # noqa: S311  the same deal each time, no secret
        self.on = DAY
        self.basis = Basis(
            self.chance.choice(("EUR", "JPY", "KWD")), self.chance.random() < 0.3, self.chance.choice(list(TaxRounding))
        )
        given = {"customer": a_customer(f"Customer {seed}"), "seller": SELLER, "title": f"Deal {seed}"}
        self.id = do(store, service.open_deal, offer=self._offer(), basis=self.basis, on=self.on, **given).ids["deal"]

    def live(self, steps: int) -> int:
        """Take so many steps at most; returns how many were allowed. What is refused has to leave nothing behind."""
        taken = 0
        for _ in range(steps):
            self.on += timedelta(days=self.chance.choice((0, 0, 1, 5)))
            with self.store.read() as session:
                actions = possible(facts.standing(session, self.id, self.on))
            if not actions:
                break
            try:
                self._take(self.chance.choice([action for action in actions if self._wanted(action)] or actions))
                taken += 1
            except (NotAllowed, RuleViolation):
                continue
        return taken

    def _wanted(self, action: Action) -> bool:
        """What ends a deal happens seldom, or no deal would get far."""
        return action not in (Action.CANCEL, Action.DECLINE_QUOTE, Action.REVISE_QUOTE) or self.chance.random() < 0.1

    def _take(self, action: Action) -> None:
        if self.chance.random() < 0.05:
            with self.store.write("chance") as session:
                service.close_period(session, self.id, through=self.on - timedelta(days=self.chance.randrange(-3, 9)))
        with self.store.write("chance") as session:
            _COMMANDS[action](self, session)

    def _offer(self) -> Offer:
        lines = tuple(line for number in range(self.chance.randrange(1, 4)) for line in self._lines(number))
        reductions = tuple(self._reduction(charge) for charge in (False, True) if self.chance.random() < 0.4)
        deposit = Decimal(30) if self.chance.random() < 0.3 else None
        payment = self.chance.choice(("net 14", "on delivery", "net 30", "2/10 net 30"))
        cashback = Decimal(5) if self.chance.random() < 0.2 else None
        return Offer(lines, reductions, Terms(payment, 90, deposit, clauses=("warranty",), cashback_percent=cashback))

    def _lines(self, number: int) -> tuple[Line, ...]:
        """A line, or what a bundle of two things becomes."""
        line = self._line(number)
        if self.chance.random() < 0.7:
            options = (("Colour", "red"),) if self.chance.random() < 0.3 else ()
            return (replace(line, detail=replace(line.detail, options=options)),)
        parts = tuple(self._part(place) for place in range(2))
        priced = self.chance.choice((line.unit_price, None))
        parts = parts if priced is None else tuple(replace(part, unit_price=None, reductions=()) for part in parts)
        bundle = Component(
            f"Set {number}", line.quantity, line.tax, priced, sku=line.sku, reductions=line.reductions, components=parts
        )
        return expand(bundle, number + 1, self.basis.currency)

    def _part(self, place: int) -> Component:
        """One thing of a bundle."""
        line = self._line(place)
        return Component(
            f"Part {place}", Decimal(self.chance.randrange(1, 4)), line.tax, line.unit_price, sku=line.sku,
            kind=line.kind, unit=line.unit, cost=line.cost, reductions=line.reductions,
        )  # fmt: skip

    def _line(self, number: int) -> Line:
        kind = self.chance.choice((Kind.GOODS, Kind.GOODS, Kind.SERVICE))
        return Line(
            name=f"Thing {number}",
            quantity=Decimal(self.chance.randrange(1, 12)),
            unit_price=Decimal(self.chance.randrange(100000, 900000)).scaleb(-2),
            tax=self.chance.choice(TAXES),
            sku=self.chance.choice(("", f"T-{number}")),
            description="Line one\nline two" if self.chance.random() < 0.2 else "",
            kind=kind,
            unit="HUR" if kind is Kind.SERVICE else "C62",
            base_quantity=Decimal(self.chance.choice((1, 1, 100))),
            list_price=Decimal("999.99") if self.chance.random() < 0.3 else None,
            cost=Decimal(self.chance.randrange(50, 5000)).scaleb(-2) if self.chance.random() < 0.7 else None,
            reductions=tuple(self._reduction(charge) for charge in (False, True) if self.chance.random() < 0.3),
        )

    def _reduction(self, charge: bool) -> Reduction:
        reason = "Extra" if charge else "Friend"
        if self.chance.random() < 0.5:
            return Reduction(reason, percent=Decimal(self.chance.randrange(1, 40)), charge=charge)
        return Reduction(reason, amount=self.chance.randrange(0, 4), charge=charge)

    def _quantities(self, most: dict[int, Decimal]) -> dict[int, Decimal]:
        chosen = self.chance.sample(sorted(most), self.chance.randrange(1, len(most) + 1))
        return {position: Decimal(self.chance.randrange(1, int(most[position]) + 1)) for position in chosen}

    def _dispatch(self, session: WriteSession) -> Done:
        wanted = self._quantities(facts.load(session, self.id).open_of(Kind.GOODS))
        quantities = wanted if self.chance.random() < 0.6 else None
        return fulfilment.dispatch(
            session, self.id, on=self.on, quantities=quantities, carrier="Van", override="it is promised"
        )

    def _confirm(self, session: WriteSession) -> Done:
        if self.chance.random() < 0.4:
            return fulfilment.confirm_receipt(session, self.id, on=self.on, by="Somebody")
        known = facts.load(session, self.id)
        transit = {p: moved.in_transit for p, moved in known.moved.items() if moved.in_transit}
        lines = {p: self._said(quantity) for p, quantity in transit.items()}
        return fulfilment.confirm_receipt(session, self.id, on=self.on, lines=lines)

    def _said(self, quantity: Decimal) -> Confirmed:
        parts = [Decimal(0)] * 4
        for _ in range(int(quantity)):
            parts[self.chance.choice((0, 0, 0, 1, 2, 3))] += 1
        return Confirmed(*parts)

    def _complete(self, session: WriteSession) -> Done:
        still_open = facts.load(session, self.id).open_of(Kind.SERVICE)
        line = self.chance.choice(sorted(still_open))
        quantity = self.chance.choice((None, Decimal(self.chance.randrange(1, int(still_open[line]) + 1))))
        return fulfilment.complete_service(session, self.id, on=self.on, line=line, quantity=quantity)

    def _pay(self, session: WriteSession) -> Done:
        known = facts.load(session, self.id)
        amount = self.chance.choice((known.quote.gross, known.quote.gross // 3 + 1, 777))
        method = self.chance.choice((Method.BANK, Method.CASH, Method.CREDIT))
        invoice = self.chance.choice((None, None, 1))
        return fulfilment.pay(
            session, self.id, on=self.on, amount=amount, method=method, reference="Ref", invoice_index=invoice
        )

    def _refund(self, session: WriteSession) -> Done:
        money = facts.money(session, facts.load(session, self.id).deal)
        return fulfilment.refund(
            session, self.id, on=self.on, amount=self.chance.choice((1, money.credit)), reason="Sorry"
        )

    def _return(self, session: WriteSession) -> Done:
        moved = facts.load(session, self.id).moved
        most = {p: m.accepted - m.returned for p, m in moved.items() if m.accepted > m.returned}
        restock = self.chance.random() < 0.5
        return fulfilment.return_goods(
            session, self.id, on=self.on, quantities=self._quantities(most), reason="Wrong", restock=restock
        )

    def _credit(self, session: WriteSession) -> Done:
        return fulfilment.credit(session, self.id, on=self.on, invoice_index=1, amount=self.chance.choice((None, 50)))

    def _revise(self, session: WriteSession) -> Done:
        title = self.chance.choice((None, "", "Another title"))
        return service.revise_quote(session, self.id, offer=self._offer(), on=self.on, title=title)

    def _amend(self, session: WriteSession) -> Done:
        if self.chance.random() < 0.6:
            return service.amend_contract(session, self.id, on=self.on, clause="warranty", text="Two years.\nOr three.")
        terms = facts.load(session, self.id).quote.offer.terms
        new = self._offer()
        offer = Offer(new.lines, new.reductions, terms)
        return service.amend_contract(session, self.id, on=self.on, offer=offer)

    def _sign(self, session: WriteSession) -> Done:
        side = self.chance.choice(list(Side))
        return service.sign_contract(session, self.id, on=self.on, side=side, name="A name")


_COMMANDS: dict[Action, Callable[[RandomDeal, WriteSession], Done]] = {
    Action.SEND_QUOTE: lambda deal, session: service.send_quote(session, deal.id, on=deal.on),
    Action.REVISE_QUOTE: RandomDeal._revise,
    Action.ACCEPT_QUOTE: lambda deal, session: service.accept_quote(session, deal.id, on=deal.on, by="Buyer"),
    Action.DECLINE_QUOTE: lambda deal, session: service.decline_quote(session, deal.id, on=deal.on, reason="No"),
    Action.AMEND_CONTRACT: RandomDeal._amend,
    Action.SIGN_CONTRACT: RandomDeal._sign,
    Action.PAY: RandomDeal._pay,
    Action.REFUND: RandomDeal._refund,
    Action.DISPATCH: RandomDeal._dispatch,
    Action.CONFIRM_RECEIPT: RandomDeal._confirm,
    Action.COMPLETE_SERVICE: RandomDeal._complete,
    Action.RETURN: RandomDeal._return,
    Action.CREDIT: RandomDeal._credit,
    Action.CANCEL: lambda deal, session: service.cancel(session, deal.id, on=deal.on, reason="Over"),
}
