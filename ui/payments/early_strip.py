"""The discount for paying early, beside the amount: what it is, until when, one key that fills it in.

After its last day it is greyed with the reason, and can be given all the same, with words why.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.payments import draft as drafts
from app.payments.draft import Payable, PaymentDraft
from app.payments.early import EarlyOffer
from app.pipeline.paying import Paying
from ui import formats
from ui.payments.texts import say
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit, Tick
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, holder, row
from ui.widgets.number_edits import MoneyEdit

KEY = "Ctrl+E"


class EarlyStrip(Card):
    """Hidden where nothing is offered. `fill_in` puts the early price into the amount."""

    def __init__(self, currency: str, owner: QWidget, fill_in: Callable[[], object]) -> None:
        self._currency = currency
        self.icon = Icon("percent", "accent_text", 16)
        self.words = Label("", "body").wrap()
        self.take = Action(say("payments", "Pay the early price"), owner, fill_in, "check", KEY)
        self.asked = Tick(say("payments", "Take its part off a part payment"))
        amount = MoneyEdit(currency, optional=True)
        self.discount = Field(say("payments", "Discount for this payment"), amount, optional=False, width=180)
        self.reason = Field(
            say("payments", "Why it is given late"), TextEdit(optional=True, longest=140), optional=False
        )
        said = row(self.icon, self.words, Button.of(self.take), gap=10)
        said.setStretch(1, 1)
        fields = row(self.discount, self.reason, gap=12)
        fields.setAlignment(self.discount, Qt.AlignmentFlag.AlignLeft)
        self._more = holder(fields)
        super().__init__(
            column(said, self.asked, self._more, margins=(14, 10, 12, 11), gap=9),
            say("payments", "Discount for paying early"),
            "sunken",
        )

    def show_offer(self, facts: Paying, draft: PaymentDraft) -> None:
        """Say what is offered, taken or over."""
        payable = drafts.offered(facts.owed, draft)
        self.setVisible(payable is not None)
        self.take.allow(payable is not None, say("payments", "No discount for paying early was agreed."))
        if payable is None or payable.early is None:
            return
        late, taken = drafts.is_late(payable, draft.on), drafts.division(facts.owed, draft).discounts
        is_asked = draft.discount is not None
        self._say(facts, payable, payable.early, sum(amount for _, amount in taken), late)
        self._allow(payable.early, late, bool(taken) or is_asked)
        self.asked.setText(
            say("payments", "Give it all the same") if late else say("payments", "Take its part off a part payment")
        )
        self.asked.setVisible(late or is_asked or self._is_part(facts, draft, payable))
        self._more.setVisible(is_asked)
        self.reason.setVisible(is_asked and late)

    def _is_part(self, facts: Paying, draft: PaymentDraft, payable: Payable) -> bool:
        price = drafts.early_price(facts.owed, draft)
        return price is not None and 0 < (draft.amount or 0) < price

    def _say(self, facts: Paying, payable: Payable, early: EarlyOffer, taken: int, late: bool) -> None:
        percent = formats.percent_text(facts.early_percent) if facts.early_percent is not None else ""
        until, price = formats.date_text(early.until), self._money(payable.invoice.open - early.amount)
        if taken:
            words = say("payments", "%1 less for paying early").replace("%1", self._money(taken))
        elif late:
            words = say("payments", "%1 (%2) was offered until %3; that day is over.")
            words = words.replace("%1", percent).replace("%2", self._money(early.amount)).replace("%3", until)
        else:
            words = say("payments", "%1 until %2: %3 settles %4")
            words = words.replace("%1", percent).replace("%2", until).replace("%3", price)
            words = words.replace("%4", payable.invoice.number)
        self.words.setText(words)
        self.words.set_tone("ok" if taken else "3" if late else "")
        ink = "ok" if taken else "text3" if late else "accent_text"
        self.icon.set_icon("good" if taken else "clock" if late else "percent", ink)
        self.take.rename(say("payments", "Pay %1").replace("%1", price))
        self.setAccessibleDescription(words)

    def _allow(self, early: EarlyOffer, late: bool, is_taken: bool) -> None:
        over = say("payments", "Its last day was %1. Tick below to give it all the same.")
        over = over.replace("%1", formats.date_text(early.until))
        reason = say("payments", "It is taken already.") if is_taken else over if late else ""
        self.take.allow(not reason, reason)

    def _money(self, minor: int) -> str:
        return formats.money_text(minor, self._currency)
