"""Two revisions of a quote side by side: only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core.totals import Basis, Reduction
from app.pricing.rules import Line
from app.quotes.differences import Change, Difference, What, differences
from app.quotes.queries import Quote
from app.quotes.rules import Terms
from ui import formats
from ui.quotes.texts import clause_title, tax_words
from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.inputs import Choice
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.offer_figures import due_words
from ui.widgets.unit_words import unit_sign


class DifferencesCard(Card):
    """Two revisions side by side: only what differs."""

    def __init__(self) -> None:
        self._rows: list[Difference] = []
        self._revisions: dict[int, Quote] = {}
        self._basis = Basis("EUR")
        self.left, self.right = Choice(), Choice()
        self.left.setAccessibleName(self.tr("Earlier revision"))
        self.right.setAccessibleName(self.tr("Later revision"))
        self._columns = self._make_columns()
        self._model = PagedModel(self._columns, lambda *_: Page(self._rows), key=id)
        same = EmptyState("good", self.tr("No difference"), self.tr("Both revisions say the same."))
        self.table = PagedView(self._model, self.tr("What differs"), same)
        self._note = Label("", "caption", "2")
        for choice in (self.left, self.right):
            choice.value_changed.connect(self._compare)
            choice.setFixedWidth(220)
        tools = row(self.left, Icon("arrow-right", "text3"), self.right, 8, self._note, None, gap=8)
        layout = column(CardHead(self.tr("What differs")), column(tools, margins=(18, 0, 18, 10)), self.table, 5)
        super().__init__(layout, self.tr("What differs"))

    def show_revisions(self, revisions: Sequence[Quote], basis: Basis) -> None:
        """Offer these, the newest first; the last two are compared."""
        self._basis = basis
        self._revisions = {quote.revision: quote for quote in revisions}
        choices = [(quote.revision, self._words(quote)) for quote in revisions]
        for choice in (self.left, self.right):
            choice.set_choices(choices)
        self.setVisible(len(revisions) > 1)
        if len(revisions) > 1:
            self.left.set_value(revisions[1].revision)
            self.right.set_value(revisions[0].revision)
            self._compare()

    def _words(self, quote: Quote) -> str:
        words = self.tr("Revision %1, %2").replace("%1", formats.whole_text(quote.revision))
        return words.replace("%2", formats.date_text(quote.sent_on or quote.made_on))

    def _compare(self, *_: Any) -> None:
        old, new = self._revisions.get(self.left.value()), self._revisions.get(self.right.value())
        if old is None or new is None:
            return
        self._rows = differences(old.offer, new.offer)
        self._model.reload()
        self.table.setFixedHeight(self.table.height_for(min(max(len(self._rows), 3), 10)) + 2)
        amounts = [formats.money_text(quote.gross, self._basis.currency) for quote in (old, new)]
        self._note.setText(self.tr("Total %1 → %2").replace("%1", amounts[0]).replace("%2", amounts[1]))

    def _make_columns(self) -> list[Column]:
        tones = {Change.ADDED: "ok", Change.REMOVED: "bad", Change.CHANGED: "accent"}
        return [
            Column(
                title=self.tr("What"), text=lambda item: self._what(item.what), below=lambda item: item.line, width=210
            ),
            Column(
                title=self.tr("Change"),
                text=lambda item: self._change(item.change),
                tone=lambda item: tones[item.change],
                look="badge",
                width=110,
            ),
            Column(
                title=self.tr("Before"), text=lambda item: self._value(item.what, item.before), tip=self._whole_before
            ),
            Column(title=self.tr("After"), text=lambda item: self._value(item.what, item.after), tip=self._whole_after),
        ]

    def _whole_before(self, item: Difference) -> str:
        return self._value(item.what, item.before)

    def _whole_after(self, item: Difference) -> str:
        return self._value(item.what, item.after)

    def _change(self, change: Change) -> str:
        return {
            Change.ADDED: self.tr("added", "line"),
            Change.REMOVED: self.tr("removed", "line"),
            Change.CHANGED: self.tr("changed", "line"),
        }[change]

    def _what(self, what: What) -> str:
        return {
            What.LINE: self.tr("Line"),
            What.QUANTITY: self.tr("Quantity"),
            What.PRICE: self.tr("Price"),
            What.DISCOUNTS: self.tr("Discount"),
            What.TAX: self.tr("Tax"),
            What.DESCRIPTION: self.tr("Text"),
            What.WHOLE_DISCOUNTS: self.tr("On the whole quote"),
            What.PAYMENT: self.tr("Payment"),
            What.VALID_DAYS: self.tr("Valid for"),
            What.DEPOSIT: self.tr("Deposit"),
            What.CLAUSES: self.tr("Clauses"),
            What.OPTIONS: self.tr("Options"),
            What.PARTS: self.tr("Parts"),
            What.CASHBACK: self.tr("Cashback"),
            What.COUPONS: self.tr("Coupons"),
            What.PROPOSALS: self.tr("Optional lines"),
        }[what]

    def _value(self, what: What, value: Any) -> str:
        if isinstance(value, Line):
            price = formats.decimal_text(value.unit_price, 2)
            return f"{formats.decimal_text(value.quantity)} {unit_sign(value.unit, value.quantity)} × {price}"
        if value is None or value == ():
            return formats.NOTHING
        if what is What.QUANTITY:
            return f"{formats.decimal_text(value[0])} {unit_sign(value[1], value[0])}"
        if what is What.PRICE:
            return formats.decimal_text(value[0]) if value[1] == 1 else " / ".join(map(formats.decimal_text, value))
        if what in (What.DISCOUNTS, What.WHOLE_DISCOUNTS):
            return ", ".join(self._reduction(item) for item in value)
        if what is What.TAX:
            return tax_words(value)
        if what is What.DESCRIPTION:
            return ", ".join(part for part in value if part)
        if what is What.OPTIONS:
            return ", ".join(f"{name}: {chosen}" for name, chosen in value)
        if what in (What.PARTS, What.PROPOSALS):
            return ", ".join(f"{formats.decimal_text(quantity)} × {name}" for quantity, name in value)
        if what is What.COUPONS:
            return ", ".join(value)
        if what is What.CLAUSES:
            return ", ".join(map(clause_title, value))
        return self._term(what, value)

    def _term(self, what: What, value: Any) -> str:
        if what is What.PAYMENT:
            return due_words(Terms(payment=value))
        if what is What.CASHBACK:
            return formats.percent_text(value)
        if what is What.DEPOSIT:
            percent, amount = value
            if percent is not None:
                return formats.percent_text(percent)
            return formats.NOTHING if amount is None else formats.money_text(amount, self._basis.currency)
        return self.tr("%n days", None, value)

    def _reduction(self, item: Reduction) -> str:
        sign = "+" if item.charge else formats.MINUS
        if item.percent is not None:
            size = formats.percent_text(item.percent)
        else:
            size = formats.money_text(item.amount or 0, self._basis.currency)
        return f"{item.reason} {sign}{size}".strip()
