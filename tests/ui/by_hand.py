"""Deals led through the windows, as a person does it: what a story of tests/stories tells in steps is typed here.

Amounts in minor units; quantities and prices as text. Every step opens the deal's own screens and wizards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget

from app.catalog.rules import Kind
from app.core.errors import NotAllowed
from app.core.tax import Tax
from app.payments.rules import Method
from app.pipeline.rules import Action as Verb
from app.store.store import Store
from tests.builders import Json, a_tax, assert_true_books, outcome_of
from tests.ui.deal_steps import D, put, wrong
from ui.context import AppContext
from ui.frame.screens import Screens
from ui.routes import Route
from ui.widgets.button import Button
from ui.wizards.wizard import Wizard

SIDES = ("seller", "buyer")


@dataclass(frozen=True)
class Typed:
    """A line as a person types it: `discount` is (percent, None) or (None, minor units)."""

    name: str
    quantity: str = "1"
    price: str = "0"
    tax: Tax = field(default_factory=a_tax)
    cost: str | None = None
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    discount: tuple[Decimal | None, int | None] | None = None
    sku: str = ""
    """A product's number brings the product instead of a line of one's own."""


def titled(model: Any, row: int, title: str, value: Any) -> None:
    """Type into the cell of a table in the column with this title."""
    (column,) = [at for at, shown in enumerate(model.columns) if shown.title == title]
    model.put(row, column, value)


def key(widget: Any, pressed: Qt.Key) -> None:
    QTest.keyClick(widget, pressed)
    QApplication.processEvents()


class Hands:
    """A person at the window, one day after the other, mostly with one deal."""

    def __init__(self, store: Store, context: AppContext, stack: QStackedWidget, day: date) -> None:
        self.store, self.context, self.day = store, context, day
        self.deal_id = 0
        self.said: list[str] = []
        context.today = lambda: self.day
        context.news.said.connect(lambda text, *_: self.said.append(text))
        self._screens = Screens(stack, context)
        self.not_allowed = ""
        context.router.moved.connect(self._moved)

    def _moved(self, route: Route) -> None:
        """As the window does, which shows Home and the words instead."""
        self.not_allowed = ""
        try:
            self._screens.show(route)
        except NotAllowed as error:
            self.not_allowed = str(error)

    def close(self) -> None:
        """Throw the screens away, papers and all."""
        self._screens.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def on(self, month: int, day: int) -> None:
        """Another day of 2026; every screen reads anew, as the window lets it at midnight."""
        self.day = date(2026, month, day)
        self.context.changes.tell({"deal", "quote", "contract", "payment", "delivery", "invoice", "revenue"})

    # ------------------------------------------------------------------ looking
    @property
    def screen(self) -> Any:
        return self._screens.shown

    @property
    def wizard(self) -> Wizard:
        assert self.screen.wizard is not None, "it is not possible now"
        found: Wizard = self.screen.wizard
        return found

    @property
    def at(self) -> str:
        """The kind of screen that is open."""
        current = self.context.router.current
        return current.kind if current is not None else ""

    def go(self, route: Route) -> Any:
        self.context.router.open(route)
        return self.screen

    def now(self, deal_id: int | None = None) -> Json:
        """The outcome of the deal, its books looked at."""
        found = outcome_of(self.store, deal_id or self.deal_id, self.day)
        assert_true_books(found)
        return found

    def deal_page(self) -> Any:
        return self.go(Route("deal", self.deal_id))

    def reason(self, verb: Verb) -> str:
        """Why the deal's page does not offer a verb now; "" if it does."""
        action = self.deal_page().verbs.actions[verb]
        assert action.isEnabled() == (not action.reason)
        return str(action.reason)

    # ------------------------------------------------------------------ moving
    def open(self, kind: str, **told: Any) -> Wizard:
        """Open a wizard of the deal."""
        self.go(Route.to(kind, self.deal_id, **told))
        return self.wizard

    def next(self) -> Wizard:
        self.wizard.next()
        return self.wizard

    def through(self) -> None:
        """Next until the wizard is done; problems stop it."""
        wizard, steps = self.wizard, []
        while getattr(self.screen, "wizard", None) is wizard:
            steps.append(wizard.step)
            wizard.next()
            assert len(steps) < 8, f"it stays at {wizard.step}: {problems_of(wizard)}"

    def refused(self) -> list[str]:
        """Next until the wizard says what is wrong; the words. It stays open."""
        wizard = self.wizard
        for _ in range(6):
            before = wizard.step
            wizard.next()
            assert getattr(self.screen, "wizard", None) is wizard, "it was done"
            if wizard.step == before:
                return problems_of(wizard)
        raise AssertionError("nothing is wrong")

    def leave(self) -> None:
        """Throw away what was typed, and go to the deal."""
        wizard = self.wizard
        wizard.left.emit()
        from app.store import drafts

        self.context.write(
            lambda session: [drafts.remove(session, item.kind, item.subject) for item in drafts.kept(session)],
            {"draft"},
        )
        self.deal_page()

    def dialog(self, verb: Verb, **values: Any) -> None:
        """A verb of the deal's page that asks in a small window."""
        page = self.deal_page()
        page.verbs.run(verb)
        dialog = page.verbs.dialog
        for name, value in {"on": self.day, **values}.items():
            dialog.fields[name].set_value(value)
        dialog.commit.click()
        assert not dialog.isVisible(), [shown.problem() for shown in dialog.fields.with_problems()]

    # ------------------------------------------------------------------ the quote
    def quote(
        self, *lines: Typed, customer: str = "Lake School", send: bool = True, signed: bool = False, **over: Any
    ) -> int:
        """A new quote; with `signed`, accepted and signed by both. Returns the deal."""
        self.go(Route("new-quote"))
        page: Any = self.wizard.page()
        QTest.keyClicks(page.name.editor, customer)
        key(page.name.editor, Qt.Key.Key_Return)  # takes the customer if it is known
        self.next()
        self._offer(lines, **over)
        review: Any = self.wizard.page()
        review.send.set_value(send or signed)
        self.wizard.next()
        assert self.at == "deal", problems_of(self.wizard)
        self.deal_id = int(self.context.router.current.id)  # type: ignore[arg-type, union-attr]
        if signed:
            self.accept()
            for side in SIDES:
                self.sign(side)
        return self.deal_id

    def revise(self, *lines: Typed, **over: Any) -> None:
        """Another revision; without `lines` they stay."""
        self.open("revise-quote")
        self._offer(lines, **over)
        self.through()

    def amend_lines(self, *lines: Typed) -> None:
        self.open("amend-lines")
        self.wizard.page().fields["on"].set_value(self.day)
        self._lines(lines)
        self.next()
        self._prices(lines)
        self.through()

    def _offer(
        self,
        lines: Sequence[Typed],
        currency: str = "",
        with_tax: bool = False,
        whole: Sequence[tuple[str, bool, tuple[Decimal | None, int | None]]] = (),
        title: str | None = None,
        clauses: Sequence[str] = (),
        **terms: Any,
    ) -> None:
        """Products, prices and terms; `whole` is (reason, charge, size) each. It ends at the review."""
        if title is not None:
            put(self.wizard, title=title)
        self._lines(lines)
        page: Any = self.next().page()
        if currency:
            page.currency.set_value(currency)
        if with_tax:
            page.include.set_value(True)
        self._prices(lines)
        for reason, charge, size in whole:
            page.reductions.add_line()
            at = page.whole.rowCount() - 1
            for column, value in (("What for", reason), ("Kind", charge), ("Percent or amount", size)):
                titled(page.whole, at, column, value)
        self.next()
        put(self.wizard, on=self.day, **terms)
        for clause in clauses:
            self.wizard.page()._ticks[clause].set_value(True)  # type: ignore[attr-defined]
        self.next()
        assert self.wizard.step == "review", problems_of(self.wizard)

    def _lines(self, lines: Sequence[Typed]) -> None:
        page: Any = self.wizard.page()
        if lines:
            page.model.remove(range(page.model.rowCount()))
        for at, line in enumerate(lines):
            page.search.setFocus()
            QTest.keyClicks(page.search, line.sku or line.name)
            key(page.search, Qt.Key.Key_Return)
            key(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
            if not line.sku:
                titled(page.model, at, "Kind", line.kind)
                titled(page.model, at, "Unit", line.unit)
            titled(page.model, at, "Quantity", D(line.quantity))

    def _prices(self, lines: Sequence[Typed]) -> None:
        model = self.wizard.page().model  # type: ignore[attr-defined]
        for at, line in enumerate(lines):
            if not line.sku:
                titled(model, at, "Price", D(line.price))
                titled(model, at, "Tax", line.tax)
                titled(model, at, "Cost", None if line.cost is None else D(line.cost))
            if line.discount is not None:
                titled(model, at, "Discount", line.discount)

    def send(self) -> None:
        self.dialog(Verb.SEND_QUOTE)

    def accept(self, by: str = "Maren Voss") -> None:
        self.dialog(Verb.ACCEPT_QUOTE, by=by)

    def decline(self, by: str, reason: str) -> None:
        self.dialog(Verb.DECLINE_QUOTE, by=by, reason=reason)

    def cancel(self, reason: str = "") -> None:
        self.dialog(Verb.CANCEL, reason=reason)

    # ------------------------------------------------------------------ contract and money
    def sign(self, side: str, name: str = "Somebody") -> None:
        put(self.open("sign-contract"), side=side, name=name, on=self.day)
        self.through()

    def reword(self, clause: str, text: str) -> None:
        put(self.open("amend-contract"), key=clause, on=self.day)
        put(self.next(), text=text)
        self.through()

    def pay(self, amount: int | None = None, method: Method = Method.BANK, **values: Any) -> None:
        """Without an amount: what the wizard proposes. `place` names an invoice."""
        given = {"method": method, "on": self.day, **values}
        put(self.open("take-payment"), **given, **({} if amount is None else {"amount": amount}))
        self.through()

    def refund(self, amount: int, method: Method = Method.BANK, reason: str = "Too much") -> None:
        put(self.open("refund"), amount=amount, method=method, on=self.day, reason=reason)
        self.through()

    def close_books(self, month: int, day: int) -> None:
        """Close the books of 2026 through a day."""
        self.go(Route("close-books"))
        put(self.wizard, through=date(2026, month, day))
        self.through()

    # ------------------------------------------------------------------ goods
    def dispatch(self, quantities: Mapping[int, str] | None = None, **values: Any) -> None:
        """Without quantities: all that is open. Positions count from 1; others stay behind."""
        self.pick("dispatch", quantities)
        if values:
            put(self.next(), **values)
        self.through()

    def pick(self, kind: str, quantities: Mapping[int, str] | None) -> Wizard:
        """Open a wizard with a table of quantities, and type them."""
        wizard = self.open(kind)
        put(wizard, on=self.day)
        if quantities is not None:
            model = wizard.page().table.model  # type: ignore[attr-defined]
            for at, row in enumerate(model.rows()):
                quantity = quantities.get(row.line.position)
                model.put(at, 3, None if quantity is None else D(quantity))
        return wizard

    def receive(
        self, outcomes: Mapping[int, Mapping[str, str]] | None = None, delivery: str = "", by: str = ""
    ) -> None:
        """Without outcomes: everything arrived. Outcomes by position: accepted, damaged, missing, refused."""
        self.said_of(outcomes, delivery, by)
        self.through()

    def said_of(self, outcomes: Mapping[int, Mapping[str, str]] | None, delivery: str = "", by: str = "") -> Wizard:
        wizard = self.open("confirm-receipt", what="goods", **({"delivery": delivery} if delivery else {}))
        put(wizard, on=self.day, by=by)
        model = wizard.page().table.model  # type: ignore[attr-defined]
        for at, row in enumerate(model.rows()):
            said = None if outcomes is None else outcomes.get(row.line.position, {})
            for column in ("Accepted", "Damaged", "Missing", "Refused") if said is not None else ():
                value = said.get(column.lower()) if said is not None else None
                titled(model, at, column, None if value is None else D(value))
        return wizard

    def complete(self, position: int, quantity: str | None = None, by: str = "") -> None:
        wizard = self.open("confirm-receipt", what="service")
        put(wizard, position=position, on=self.day, by=by, **({} if quantity is None else {"quantity": D(quantity)}))
        self.through()

    def give_back(self, quantities: Mapping[int, str], reason: str = "Came back", restock: bool = True) -> None:
        wizard = self.pick("return", quantities)
        put(wizard, reason=reason)
        wizard.page().restock.set_value(restock)  # type: ignore[attr-defined]
        self.through()

    def credit(self, place: int, amount: int | None = None, lines: Mapping[int, str] | None = None) -> None:
        """A credit note over an amount with tax, or over lines."""
        wizard = self.credit_of(place, amount, lines)
        put(wizard, reason="Scratched")
        self.through()

    def credit_of(self, place: int, amount: int | None = None, lines: Mapping[int, str] | None = None) -> Wizard:
        wizard = self.open("credit")
        put(wizard, place=place, by_amount=lines is None, on=self.day, amount=amount)
        model = wizard.page().table.model  # type: ignore[attr-defined]
        for at, row in enumerate(model.rows() if lines else ()):
            titled(model, at, "To credit", D((lines or {}).get(row.line.position, "0")))
        return wizard


def problems_of(wizard: Wizard) -> list[str]:
    """Everything the open page says is wrong: beside fields, in cells, and listed above."""
    listed: list[str] = [button.text() for button in wizard._summary.findChildren(Button)]
    page: Any = wizard.page()
    tables = [
        model.problems().values() for model in (getattr(page, "model", None), getattr(page, "whole", None)) if model
    ]
    return [*wrong(wizard), *listed, *(words for table in tables for words in table)]
