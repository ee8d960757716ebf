"""Noting what happens in the store room: count, expect, receive. One product, three small forms, and Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from app.core.errors import HandselError, RuleViolation
from app.pipeline.availability import count_stock
from app.stock.rules import Availability, Purchase
from app.stock.service import cancel_expected, expect_stock, receive_stock
from ui import formats
from ui.catalog.stock_form import StockForm, amount_words
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.layout import clear, column, row
from ui.widgets.tabs import Tabs
from ui.widgets.unit_words import unit_sign

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """What is noted for: a product that is counted, how much there is of it, what is still to arrive."""

    id: int
    sku: str
    name: str
    availability: Availability
    purchases: Sequence[Purchase] = ()


class StockPanel(Card):
    """Enter in a quantity saves."""

    done = Signal(str)
    """Something was noted; which form it was."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._item: Item | None = None
        self._name, self._sku = ElidedLabel("", "title"), Label("", "caption", "3")
        super().__init__()
        self.setAccessibleName(self.tr("Note in the store room"))
        forms = {"count": self._count_form, "expect": self._expect_form, "receive": self._receive_form}
        words = {"count": self.tr("Count"), "expect": self.tr("Expect"), "receive": self.tr("Receive")}
        self.forms = {key: make() for key, make in forms.items()}
        pages = [(key, words[key], form) for key, form in self.forms.items()]
        self.tabs = Tabs(pages, self.tr("What to note"))
        self._figures = column(gap=6)
        self._open = column(gap=4)
        head = column(self._name, self._sku, gap=2)
        inside = column(head, self._figures, self.tabs, self._open, None, margins=(18, 14, 18, 16), gap=12)
        self.setLayout(inside)

    def show_item(self, item: Item | None) -> None:
        """Note for this product from now on; None hides the panel."""
        self.setVisible(item is not None)
        is_other = item is None or self._item is None or item.sku != self._item.sku
        self._item = item
        if item is None:
            return
        self._name.setText(item.name)
        self._sku.setText(item.sku)
        self._show_figures(item)
        self._show_purchases(item)
        for form in self.forms.values():
            form.show_unit(unit_sign(item.availability.unit))
            if is_other:
                form.clear()
        receive = self.forms["receive"]
        receive.show_purchases(item.purchases, item.availability.unit)

    def begin(self, form: str) -> None:
        """Show a form and put the keyboard into it."""
        self.tabs.show_tab(form)
        self.forms[form].begin()

    # inside
    def _show_figures(self, item: Item) -> None:
        clear(self._figures)
        found, unit = item.availability, item.availability.unit
        lines = [
            (self.tr("On hand"), found.on_hand, ""),
            (self.tr("Reserved"), -found.reserved, ""),
            (self.tr("Free now"), found.free, "bad" if found.free < 0 else "strong"),
        ]
        lines += [
            (self.tr("Comes %1").replace("%1", formats.day_text(day)), amount, "") for day, amount in found.incoming
        ]
        if found.late:
            lines.append((self.tr("Should have come"), found.late, "warn"))
        for words, amount, look in lines:
            value = Label(amount_words(amount, unit), "strong" if look == "strong" else "body", "", True).right()
            if look in ("bad", "warn"):
                value.set_tone(look)
            self._figures.addLayout(row(Label(words, "body", "2"), None, value))
        never = self.tr("Never counted yet")
        day = found.counted_on
        counted = self.tr("Counted %1").replace("%1", formats.date_text(day)) if day is not None else never
        self._figures.addWidget(Label(counted, "caption", "3"))

    def _show_purchases(self, item: Item) -> None:
        clear(self._open)
        if item.purchases:
            self._open.addWidget(Label(self.tr("Still to come"), "overline", "3"))
        for purchase in item.purchases:
            words = f"{formats.date_text(purchase.on)}  ·  {amount_words(purchase.open, item.availability.unit)}"
            about = column(Label(words, "body", figures=True))
            if purchase.reference:
                about.addWidget(Label(purchase.reference, "caption", "3"))
            cancel = Button(self.tr("Will not come"), "ghost", do=lambda one=purchase: self._cancel(one))
            cancel.setAccessibleName(self.tr("Will not come: %1").replace("%1", words))
            self._open.addLayout(row(about, None, cancel))

    def _count_form(self) -> StockForm:
        return StockForm(
            self._context,
            self.tr("There are"),
            self.tr("Counted on"),
            self.tr("Reason"),
            self.tr("Save the count"),
            self._count,
            least=_NONE,
        )

    def _expect_form(self) -> StockForm:
        return StockForm(
            self._context,
            self.tr("Ordered"),
            self.tr("Comes on"),
            self.tr("Reference"),
            self.tr("Expect it"),
            self._expect,
        )

    def _receive_form(self) -> StockForm:
        return StockForm(
            self._context,
            self.tr("Arrived"),
            self.tr("Arrived on"),
            self.tr("Reference"),
            self.tr("Put it into the store"),
            self._receive,
            with_purchase=True,
        )

    def _count(self, form: StockForm) -> None:
        item, quantity = self._known(), form.quantity()
        before, on, reason = item.availability.on_hand, form.day(), form.words()
        said = self.tr("%1: %2 counted")
        undo = self.tr("Count taken back")
        self._write(
            form,
            "count",
            lambda session: count_stock(session, item.sku, quantity, on=on, reason=reason),
            said.replace("%2", amount_words(quantity, item.availability.unit)),
            lambda session, _: count_stock(session, item.sku, max(before, _NONE), on=on, reason=undo),
        )

    def _expect(self, form: StockForm) -> None:
        item, quantity, on, words = self._known(), form.quantity(), form.day(), form.words()
        said = self.tr("%1: %2 expected").replace("%2", amount_words(quantity, item.availability.unit))
        today, undo = self._context.today(), self.tr("Taken back")
        self._write(
            form,
            "expect",
            lambda session: expect_stock(session, item.sku, quantity, on=on, reference=words),
            said,
            lambda session, made: cancel_expected(session, made.ids["purchase"], on=today, reason=undo),
        )

    def _receive(self, form: StockForm) -> None:
        item, quantity, on, words = self._known(), form.quantity(), form.day(), form.words()
        purchase = form.purchase()
        before = item.availability.on_hand
        said = self.tr("%1: %2 arrived").replace("%2", amount_words(quantity, item.availability.unit))
        undo = self.tr("Arrival taken back")

        def work(session: Any) -> Any:
            of_it = None if purchase is None else min(quantity, purchase.open)
            done = None
            if purchase is not None and of_it:
                done = receive_stock(session, item.sku, of_it, on=on, expected_id=purchase.id, reference=words)
            rest = quantity - (of_it or _NONE)
            return receive_stock(session, item.sku, rest, on=on, reference=words) if rest or done is None else done

        def back(session: Any, _: Any) -> None:
            count_stock(session, item.sku, max(before, _NONE), on=on, reason=undo)
            if purchase is not None:
                again = min(quantity, purchase.open)
                expect_stock(session, item.sku, again, on=purchase.on, reference=purchase.reference)

        self._write(form, "receive", work, said, back)

    def _cancel(self, purchase: Purchase) -> None:
        item, today = self._known(), self._context.today()

        def back() -> None:
            self._context.write(
                lambda s: expect_stock(s, item.sku, purchase.open, on=purchase.on, reference=purchase.reference),
                {"stock"},
                owner=self,
            )

        words = self.tr("%1: it will not come").replace("%1", item.name)
        self._context.write(
            lambda session: cancel_expected(session, purchase.id, on=today),
            {"stock"},
            lambda _: self._context.say(words, self.tr("Undo"), back),
            owner=self,
        )

    def _known(self) -> Item:
        if self._item is None:
            raise HandselError("no product is shown")
        return self._item

    def _write(
        self, form: StockForm, key: str, work: Callable[[Any], Any], said: str, back: Callable[[Any, Any], Any]
    ) -> None:
        item = self._known()

        def done(made: Any) -> None:
            def undo() -> None:
                self._context.write(lambda session: back(session, made), {"stock"}, owner=self)

            form.clear()
            self._context.say(said.replace("%1", item.name), self.tr("Undo"), undo)
            self.done.emit(key)

        def refused(error: Exception) -> None:
            if isinstance(error, RuleViolation):
                form.fields["quantity"].set_problem(error.problems[0].message)
            else:
                self._context.errors.report(error, self)

        self._context.write(work, {"stock"}, done, refused, owner=self)
