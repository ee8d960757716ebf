"""The customer's credit in the payment wizard: where it came from, when it ends, what of it this payment uses.

A gift card is redeemed right here: the code is read while it is typed, and the button says what it will do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import HandselError, NotAllowed, NotFound, RuleViolation
from app.payments.draft import PaymentDraft
from app.payments.rules import Method
from app.rewards.cards import read_code
from app.rewards.lots import Lot, uses
from ui import formats
from ui.context import AppContext
from ui.payments.desk import Desk
from ui.payments.texts import say
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.origin_words import origin_words

KEY = "Ctrl+G"


class WalletCard(Card):
    """Its key works anywhere in `owner`. `redeemed` is called once a card has become credit, the facts read anew."""

    def __init__(self, context: AppContext, desk: Desk, owner: QWidget, redeemed: Callable[[], object]) -> None:
        self._context, self._desk, self._redeemed = context, desk, redeemed
        self._draft = PaymentDraft(context.today())
        self._said: list[str] = []
        self._shown: object = None
        title = say("payments", "Customer's credit")
        super().__init__(name=title)
        self.head = CardHead(title)
        self._lines = column(gap=7)
        self.open = Action(say("payments", "Redeem a gift card"), owner, self.ask_code, "wallet", KEY)
        self._button = Button.of(self.open, "ghost")
        self.code = Field(say("payments", "Code of the gift card"), TextEdit(longest=40), optional=False)
        self.code.editor.value_changed.connect(self._look)
        self.found = Label("", "caption", "2").wrap()
        self.redeem = Action(say("payments", "Redeem it"), self, self._redeem, "check")
        self.code.editor.returnPressed.connect(self.redeem.trigger)
        self._form = holder(column(self.code, self.found, row(None, Button.of(self.redeem)), gap=8))
        self._form.hide()
        body = column(self._lines, row(self._button, None), self._form, margins=(18, 2, 18, 14), gap=10)
        layout = column(self.head, body)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._look("")

    def ask_code(self) -> None:
        """Open the field for the code."""
        self._form.show()
        self._button.hide()
        self.code.editor.setFocus()

    def show_draft(self, draft: PaymentDraft) -> None:
        """The lots, and what of each the payment takes if it is paid by credit."""
        self._draft = draft
        owed, lots = self._desk.owed, self._desk.facts.lots
        taken = dict(uses(lots, draft.amount or 0)) if draft.method is Method.CREDIT else {}
        shown = (lots, tuple(taken.items()), draft.on)
        if shown == self._shown:
            return
        self._shown = shown
        self.head.note.setText(formats.money_text(owed.credit, owed.currency) if lots else "")
        clear(self._lines)
        self._said = []
        for lot in lots:
            self._lines.addLayout(self._line(lot, taken.get(lot, 0)))
        if not lots:
            self._lines.addWidget(Label(say("payments", "There is none."), "body", "3"))

    def texts(self) -> list[str]:
        """What it says of the lots: of each its name, its amount, and until when."""
        return list(self._said)

    def _line(self, lot: Lot, taken: int) -> Any:
        ends, tone = self._ends(lot)
        icon = Icon("check" if taken else "wallet", "ok" if taken else "text3", 14)
        name, amount = origin_words(lot.origin.value), self._amount(lot, taken)
        said, figure = column(Label(name, "body"), gap=1), Label(amount, "strong", "ok" if taken else "", figures=True)
        if ends:
            said.addWidget(Label(ends, "caption", tone))
        line = row(icon, said, None, figure, gap=9)
        for widget in (icon, figure):
            line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self._said += [name, amount, ends]
        return line

    def _amount(self, lot: Lot, taken: int) -> str:
        left, part = (formats.money_text(minor, self._desk.owed.currency) for minor in (lot.left, taken))
        return say("payments", "%1 of %2").replace("%1", part).replace("%2", left) if 0 < taken < lot.left else left

    def _ends(self, lot: Lot) -> tuple[str, str]:
        if lot.expires_on is None:
            return "", ""
        day = formats.date_text(lot.expires_on)
        if lot.is_expired(self._draft.on):
            return say("payments", "ended on %1, still honoured").replace("%1", day), "warn"
        return say("payments", "until %1").replace("%1", day), "3"

    # ------------------------------------------------------------------ a gift card
    def _look(self, _typed: object) -> None:
        """Read the code while it is typed; the button says what it would do."""
        typed = self.code.value()
        if len(typed.replace("-", "").replace(" ", "")) < 16:
            self._cannot("", say("payments", "Type the code first."))
            return
        try:
            from app.rewards.wallet import card_by_code  # the store is loaded with the first company

            with self._context.store.read() as session:
                card = card_by_code(session, read_code(typed))
        except HandselError as error:
            self._cannot(_why_not(error), _why_not(error))
            return
        amount = formats.money_text(card.left or card.amount, card.currency)
        if not card.left:
            used = say("payments", "This card over %1 was redeemed or written off.").replace("%1", amount)
            self._cannot(used, used)
            return
        words = say("payments", "%1 become the customer's credit.").replace("%1", amount)
        if card.expires_on is not None:
            until = say("payments", "until %1").replace("%1", formats.date_text(card.expires_on))
            words = f"{words} {until[:1].upper()}{until[1:]}."
        self.found.setText(words)
        self.redeem.rename(say("payments", "Redeem %1").replace("%1", amount))
        self.redeem.allow(True)

    def _cannot(self, words: str, reason: str) -> None:
        self.found.setText("")
        self.code.set_problem(words)
        self.redeem.rename(say("payments", "Redeem it"))
        self.redeem.allow(False, reason)

    def _redeem(self) -> None:
        from app.rewards.giving import redeem_gift_card  # see above

        code, on, customer_id = read_code(self.code.value()), self._draft.on, self._desk.facts.customer_id
        self.redeem.allow(False, say("payments", "One moment…"))
        self._context.write(
            lambda session: redeem_gift_card(session, customer_id, on=on, code=code),
            {"payment", "customer"},
            self._done,
            self._refused,
            self,
        )

    def _done(self, _answer: object) -> None:
        self._desk.reload(self._context.store)
        self.code.set_value("")
        self._form.hide()
        self._button.show()
        self._redeemed()

    def _refused(self, error: Exception) -> None:
        self._cannot(_why_not(error), _why_not(error))


def _why_not(error: Exception) -> str:
    if isinstance(error, RuleViolation):
        return say("payments", "This is no code of a gift card; look for a mistyped character.")
    if isinstance(error, NotFound):
        return say("payments", "No gift card with this code was sold.")
    if isinstance(error, NotAllowed):
        return say("payments", "This card was redeemed before or has been written off.")
    return str(error)
