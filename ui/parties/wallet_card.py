"""What we owe a customer besides goods: credit by lot, promised cashback, points, and the gift cards she bought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.parties.queries import Customer
from app.payments.rules import Method
from app.pipeline.owed import Owed
from app.rewards.giving import redeem_gift_card, redeem_points, sell_gift_card
from app.rewards.lots import Lot
from app.rewards.wallet import Wallet
from ui import formats
from ui.context import AppContext
from ui.widgets.action import Action
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Label, rule
from ui.widgets.layout import clear, column, row
from ui.widgets.method_words import method_words
from ui.widgets.number_edits import DecimalEdit, MoneyEdit
from ui.widgets.origin_words import origin_words

_KINDS = {"customer", "payment"}
_MOST_LOTS = 8


class WalletCard(Card):
    """`verbs` belong into the menu of the page, which stays their `owner`."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__()
        self._context, self._owner = context, owner
        self._customer: Customer | None = None
        self._owed = Owed("EUR", ())
        self.dialog: ActionDialog | None = None
        self.sell = Action(self.tr("Sell a gift card…"), owner, self.ask_sale, "wallet")
        self.redeem = Action(self.tr("Redeem a gift card…"), owner, self.ask_code, "star")
        self.points = Action(self.tr("Turn points into credit…"), owner, self.ask_points, "star")
        self.verbs = [self.sell, self.redeem, self.points]
        self.head = CardHead(self.tr("Wallet"))
        self._lines = column(gap=8)
        links = row(*(Button.of(verb, "link") for verb in (self.sell, self.redeem)), None, gap=6)
        self.setLayout(column(self.head, column(self._lines, links, margins=(18, 0, 12, 12), gap=8)))
        self.setAccessibleName(self.tr("Wallet"))

    def show_owed(self, customer: Customer, owed: Owed) -> None:
        """Show what is owed to a customer."""
        self._customer, self._owed = customer, owed
        clear(self._lines)
        for wallet in owed.wallets:
            self._show_wallet(wallet)
        if not owed.wallets:
            self._lines.addWidget(Label(self.tr("Nothing is owed."), "body", "3"))
        self._show_cards()
        available = any(wallet.points_available for wallet in owed.wallets)
        self.points.allow(available, self.tr("There are no points to spend."))

    # what is shown
    def _show_wallet(self, wallet: Wallet) -> None:
        currency = wallet.currency
        self._line(self.tr("Credit"), formats.money_text(wallet.credit, currency), is_strong=True)
        for lot in wallet.lots[:_MOST_LOTS]:
            self._line(origin_words(lot.origin.value), formats.money_text(lot.left, currency), self._lot_note(lot))
        if wallet.cashback:
            self._line(self.tr("Cashback promised"), formats.money_text(wallet.cashback, currency))
        if wallet.points:
            self._show_points(wallet)

    def _show_points(self, wallet: Wallet) -> None:
        worth = formats.money_text(wallet.points_worth, wallet.currency)
        count = formats.whole_text(wallet.points_available)
        promised = sum(lot.points.outstanding for lot in wallet.points) - wallet.points_available
        note = self.tr("%1 more once invoices are paid").replace("%1", formats.whole_text(promised)) if promised else ""
        self._line(self.tr("%1 points").replace("%1", count), worth, note, is_strong=True)
        for lot in wallet.points:
            if lot.expires_on is not None and lot.points.available:
                points = self.tr("%1 points").replace("%1", formats.whole_text(lot.points.available))
                self._line(points, "", f"{lot.invoice} · {self._until(lot.expires_on)}")

    def _show_cards(self) -> None:
        if not self._owed.cards:
            return
        self._lines.addWidget(rule())
        for card in self._owed.cards:
            left = formats.money_text(card.left, card.currency) if card.left else self.tr("redeemed")
            parts = [formats.date_text(card.sold_on), self._until(card.expires_on) if card.expires_on else ""]
            self._line(card.code, left, " · ".join(part for part in parts if part), is_code=True)

    def _lot_note(self, lot: Lot) -> str:
        document = "" if lot.document.startswith("Wallet ") else lot.document  # what only the books call it so
        parts = [document, self._until(lot.expires_on) if lot.expires_on else ""]
        return " · ".join(part for part in parts if part)

    def _until(self, day: date) -> str:
        words = self.tr("ended %1") if day < self._context.today() else self.tr("until %1", "last day")
        return words.replace("%1", formats.date_text(day))

    def _line(self, words: str, figure: str, note: str = "", is_strong: bool = False, is_code: bool = False) -> None:
        name = Label(words, "strong" if is_strong else "body", figures=is_code)
        if is_code:
            name.selectable()
        left = column(name, *([Label(note, "caption", "3").wrap()] if note else []), gap=1)
        money = Label(figure, "strong" if is_strong else "body", figures=True).right()
        line = row(left, money, gap=10)
        line.setStretch(0, 1)
        self._lines.addLayout(line)

    # ways to pay and to be paid
    def ask_sale(self) -> None:
        """Sell a gift card: money now, a liability until it is redeemed."""
        today, currency = self._context.today(), self._owed.usual
        day = DateEdit(today=self._context.today)
        day.set_value(today)
        how = Choice((one, method_words(one.value)) for one in Method if one is not Method.CREDIT)
        how.set_value(Method.BANK)
        fields = {
            "amount": Field(self.tr("Amount"), MoneyEdit(currency), width=180),
            "method": Field(self.tr("Paid by"), how, width=220),
            "on": Field(self.tr("Day"), day, width=180),
            "expires_on": Field(self.tr("Last day"), DateEdit(optional=True, today=self._context.today), width=180),
        }
        self._ask(
            self.tr("Sell a gift card"),
            self.tr("Whoever has its code may redeem it. No tax is due until it is spent."),
            self.tr("Sell it"),
            fields,
            lambda session, key, values: sell_gift_card(session, key, currency=currency, **values),
            lambda done: self.tr("Gift card %1 is sold").replace("%1", done.numbers[1]),
        )

    def ask_code(self) -> None:
        """Turn a gift card into this customer's credit."""
        fields = {"code": Field(self.tr("Code of the gift card"), TextEdit(longest=40), width=260)}
        self._ask(
            self.tr("Redeem a gift card"),
            self.tr("All of it becomes this customer's credit, to pay invoices with."),
            self.tr("Redeem it"),
            fields,
            lambda session, key, values: redeem_gift_card(session, key, on=self._context.today(), **values),
            lambda _: self.tr("The gift card is credit now"),
        )

    def ask_points(self) -> None:
        """Turn points into credit of what they are worth."""
        wallet = next(one for one in self._owed.wallets if one.points_available)
        edit = DecimalEdit(places=0, least=Decimal(1), most=Decimal(wallet.points_available))
        edit.set_value(Decimal(wallet.points_available))
        worth = formats.money_text(wallet.points_worth, wallet.currency)
        self._ask(
            self.tr("Turn points into credit"),
            self.tr("All of them are worth %1.").replace("%1", worth),
            self.tr("Turn them into credit"),
            {"points": Field(self.tr("Points"), edit, width=160)},
            lambda session, key, values: redeem_points(
                session, key, on=self._context.today(), currency=wallet.currency, points=int(values["points"])
            ),
            lambda _: self.tr("The points are credit now"),
        )

    def _ask(
        self,
        title: str,
        sentence: str,
        commit: str,
        fields: dict[str, Field],
        run: Callable[[Any, int, dict[str, Any]], Any],
        said: Callable[[Any], str],
    ) -> None:
        if self._customer is None:
            return
        key = self._customer.id
        self.dialog = ActionDialog(
            self._context,
            self._owner,
            title,
            sentence,
            commit,
            fields,
            lambda values: lambda session: run(session, key, values),
            _KINDS,
            lambda done: self._context.say(said(done)),
            words=self._words,
        )
        self.dialog.open()

    def _words(self, problem: Problem) -> str:
        return {
            "not_positive": self.tr("It has to be above zero."),
            "past": self.tr("The last day lies before the first."),
            "bad_code": self.tr("This is no code of a gift card; look for a mistyped character."),
        }.get(problem.code, problem.message)
