"""The verbs of a deal: one `Action` each, greyed with its reason; small ones ask here, larger ones have a wizard."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.catalog.rules import Kind
from app.contracts.rules import ContractState, Side
from app.pipeline import choosing, fulfilment, service
from app.pipeline.queries import DealView
from app.pipeline.rules import Action as Verb
from app.pricing.approval import Approval
from app.quotes.rules import QuoteState, valid_until
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.approval_dialog import ApprovalDialog, asked_first
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.option_ticks import OptionTicks
from ui.widgets.reason_words import grey_if_only_looked_at, reason_text

_ROUTES = {
    Verb.REVISE_QUOTE: "revise-quote",
    Verb.AMEND_CONTRACT: "amend-contract",
    Verb.PAY: "take-payment",
    Verb.REFUND: "refund",
    Verb.DISPATCH: "dispatch",
    Verb.CONFIRM_RECEIPT: "confirm-receipt",
    Verb.RETURN: "return",
    Verb.CREDIT: "credit",
}
_KINDS = {"deal", "quote", "contract", "payment", "delivery", "invoice", "revenue", "outbox"}
_FLAGS = ("", "disputed", "on hold", "follow up")


def _say(source: str) -> str:
    return QCoreApplication.translate("deals", source)


def verb_words(verb: Verb) -> str:
    """What an action is called in menus."""
    return {
        Verb.SEND_QUOTE: _say("Send quote"),
        Verb.REVISE_QUOTE: _say("Revise the quote"),
        Verb.ACCEPT_QUOTE: _say("Record acceptance"),
        Verb.DECLINE_QUOTE: _say("Record refusal"),
        Verb.AMEND_CONTRACT: _say("Amend the contract"),
        Verb.SIGN_CONTRACT: _say("Record signature"),
        Verb.PAY: _say("Take payment"),
        Verb.REFUND: _say("Pay money back"),
        Verb.DISPATCH: _say("Dispatch"),
        Verb.CONFIRM_RECEIPT: _say("Confirm receipt"),
        Verb.COMPLETE_SERVICE: _say("Complete service"),
        Verb.RETURN: _say("Take goods back"),
        Verb.CREDIT: _say("Write a credit note"),
        Verb.CANCEL: _say("Cancel the deal"),
    }[verb]


VERB_ICONS = {
    Verb.SEND_QUOTE: "send",
    Verb.REVISE_QUOTE: "edit",
    Verb.ACCEPT_QUOTE: "check",
    Verb.DECLINE_QUOTE: "close",
    Verb.AMEND_CONTRACT: "contract",
    Verb.SIGN_CONTRACT: "edit",
    Verb.PAY: "payment",
    Verb.REFUND: "wallet",
    Verb.DISPATCH: "delivery",
    Verb.CONFIRM_RECEIPT: "package-check",
    Verb.COMPLETE_SERVICE: "check",
    Verb.RETURN: "return",
    Verb.CREDIT: "invoice",
    Verb.CANCEL: "bad",
}


def flag_words(flag: str) -> str:
    """A mark of a deal; one that an import brought and nobody knows reads as it came."""
    known = {
        "": _say("No mark"),
        "disputed": _say("Disputed"),
        "on hold": _say("On hold"),
        "follow up": _say("Follow up"),
    }
    return known.get(flag, flag)


class DealVerbs(QObject):
    """Makes the actions on a screen and keeps them in step with the deal that is shown."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._view: DealView | None = None
        self.dialog: ActionDialog | None = None
        self.asking: ApprovalDialog | None = None
        self.actions = {verb: self._make(verb) for verb in Verb}
        self.duplicate = Action(self.tr("Duplicate as a new quote"), owner, self._duplicate, "copy", "Ctrl+D")
        self.flag = Action(self.tr("Mark for attention…"), owner, self._flag, "star")

    def show(self, view: DealView) -> None:
        """Allow what is possible now, and say why the rest is not."""
        self._view = view
        for verb, action in self.actions.items():
            reason = reason_text(view.standing, verb)
            action.allow(not reason, reason)
        grey_if_only_looked_at(self._context.is_read_only, *self.actions.values(), self.duplicate, self.flag)

    def run(self, verb: Verb) -> None:
        """Do one, as its button does."""
        self.actions[verb].trigger()

    def _make(self, verb: Verb) -> Action:
        return Action(verb_words(verb), self._owner, partial(self._do, verb), VERB_ICONS[verb])

    def _do(self, verb: Verb) -> None:
        if self._view is None:
            return
        if verb in _ROUTES:
            self._context.router.open(Route(_ROUTES[verb], self._view.deal.id))
            return
        ask: dict[Verb, Callable[[DealView], ActionDialog]] = {
            Verb.SEND_QUOTE: self._send,
            Verb.ACCEPT_QUOTE: self._accept,
            Verb.DECLINE_QUOTE: self._decline,
            Verb.SIGN_CONTRACT: self._sign,
            Verb.COMPLETE_SERVICE: self._complete,
            Verb.CANCEL: self._cancel,
        }
        if verb is Verb.SEND_QUOTE and self._view.quote.state is QuoteState.DRAFT:
            self._send_if_approved(self._view)
            return
        self._open(ask[verb](self._view))

    def _open(self, dialog: ActionDialog) -> None:
        self.dialog = dialog
        dialog.open()

    # the small windows
    def _day(self, words: str) -> Field:
        field = Field(words, DateEdit(today=self._context.today), width=200)
        field.set_value(self._context.today())
        return field

    def _ask(self, title: str, sentence: str, commit: str, fields: dict[str, Field], command: Any, said: str,
             is_final: bool = False) -> ActionDialog:  # fmt: skip
        """`command(session, values)` does it; `said` is the toast, with %1 for the first number.

        A paper with letters that no font here can print is not issued: the letters are named instead.
        """

        def run(values: dict[str, Any]) -> Callable[[Any], Any]:
            from app.outputs.printable import checked  # with the store behind it

            return checked(lambda session: command(session, values))

        def done(answer: Any) -> None:
            self._context.say(said.replace("%1", answer.numbers[0] if answer.numbers else ""))

        return ActionDialog(self._context, self._owner, title, sentence, commit, fields, run, _KINDS, done, is_final)

    def _send_if_approved(self, view: DealView) -> None:
        """Below the floor a reason or the owner's PIN is asked for first, where the company wants that."""
        quote, basis = view.quote, view.deal.basis
        words, go = self.tr("Send quote"), lambda approval: self._open(self._send(view, approval))
        self.asking = asked_first(self._context, self._owner, quote.offer, basis, quote.priced(basis), words, go)

    def _send(self, view: DealView, approval: Approval | None = None) -> ActionDialog:
        until = valid_until(self._context.today(), view.quote.offer.terms.valid_days)
        sentence = self.tr(
            "It gets its number and its paper, and that revision is never changed again. It is valid until %1."
        )
        return self._ask(
            self.tr("Send the quote to %1").replace("%1", view.deal.customer.name),
            sentence.replace("%1", formats.date_text(until)),
            self.tr("Send quote"),
            {"on": self._day(self.tr("Sent on", "quote"))},
            lambda session, values: service.send_quote(session, view.deal.id, on=values["on"], approval=approval),
            self.tr("Quote %1 sent"),
        )

    def _accept(self, view: DealView) -> ActionDialog:
        fields = {
            "on": self._day(self.tr("Accepted on")),
            "by": Field(self.tr("Accepted by"), TextEdit(optional=True)),
            "reason": Field(self.tr("How"), TextEdit(optional=True, placeholder=self.tr("e.g. by mail, by phone"))),
        }
        if view.quote.offer.proposals:
            ticks = OptionTicks(view.quote.offer, view.deal.basis)
            fields = {"chosen": Field(self.tr("Which options does the buyer take?"), ticks, optional=False)} | fields
        return self._ask(
            self.tr("Record acceptance"),
            self.tr("The contract is drawn up from the quote, ready for both signatures."),
            self.tr("Draw up the contract"),
            fields,
            lambda session, values: choosing.accept_with(session, view.deal.id, **values),
            self.tr("Accepted: contract %1 is ready to sign"),
        )

    def _decline(self, view: DealView) -> ActionDialog:
        return self._ask(
            self.tr("Record refusal"),
            self.tr("The quote stays on file and can be revised later."),
            self.tr("Record refusal"),
            {
                "on": self._day(self.tr("Declined on")),
                "by": Field(self.tr("Declined by"), TextEdit(optional=True)),
                "reason": Field(self.tr("Reason"), TextEdit(optional=True)),
            },
            lambda session, values: service.decline_quote(session, view.deal.id, **values),
            self.tr("Refusal recorded"),
        )

    def _sign(self, view: DealView) -> ActionDialog:
        signed = {signature.party for signature in view.contract.signatures} if view.contract else set()
        sides = [(side, _side_words(self, side)) for side in Side if side not in signed]
        side = Field(self.tr("Who signs"), Choice(sides))
        side.set_value(sides[0][0])
        last = view.contract is not None and view.contract.state is ContractState.SIGNED_BY_ONE
        sentence = self.tr("With this signature the contract is in force, and it is not changed any more.")
        first = self.tr("The contract is in force once both sides have signed.")
        return self._ask(
            self.tr("Record signature"),
            sentence if last else first,
            self.tr("Record signature"),
            {
                "side": side,
                "name": Field(self.tr("Name under it"), TextEdit(optional=True)),
                "on": self._day(self.tr("Signed on")),
            },
            lambda session, values: service.sign_contract(session, view.deal.id, **values),
            self.tr("Signature recorded"),
        )

    def _complete(self, view: DealView) -> ActionDialog:
        lines = view.facts.open_of(Kind.SERVICE)
        offered = view.quote.offer.lines
        words = [
            (position, f"{offered[position - 1].name}, {formats.decimal_text(quantity)}")
            for position, quantity in lines.items()
        ]
        line = Field(self.tr("Service"), Choice(words))
        line.set_value(words[0][0])
        return self._ask(
            self.tr("Complete service"),
            self.tr("What is still open of it counts as earned, and its invoice is issued."),
            self.tr("Complete and invoice"),
            {
                "line": line,
                "on": self._day(self.tr("Completed on")),
                "by": Field(self.tr("Confirmed by"), TextEdit(optional=True)),
            },
            lambda session, values: fulfilment.complete_service(session, view.deal.id, **values),
            self.tr("Service completed, invoice %1"),
        )

    def _cancel(self, view: DealView) -> ActionDialog:
        return self._ask(
            self.tr("Cancel the deal %1").replace("%1", view.deal.number),
            _cancel_words(self, view),
            self.tr("Cancel the deal"),
            {
                "on": self._day(self.tr("Cancelled on")),
                "reason": Field(self.tr("Reason"), TextEdit(optional=True)),
            },
            lambda session, values: service.cancel(session, view.deal.id, **values),
            self.tr("The deal is cancelled"),
            is_final=True,
        )

    def _flag(self) -> None:
        view = self._view
        if view is None:
            return
        choices = [(flag, flag_words(flag)) for flag in dict.fromkeys((*_FLAGS, view.deal.flag))]
        field = Field(self.tr("Mark"), Choice(choices))
        field.set_value(view.deal.flag)
        before = view.deal.flag
        dialog = self._ask(
            self.tr("Mark for attention"),
            self.tr("The mark stands beside the deal until you take it off."),
            self.tr("Keep the mark"),
            {"flag": field},
            lambda session, values: service.flag_deal(session, view.deal.id, flag=values["flag"]),
            "",
        )
        dialog._done = lambda _answer: self._flagged(view.deal.id, before)
        self._open(dialog)

    def _flagged(self, deal_id: int, before: str) -> None:
        def undo() -> None:
            self._context.write(lambda s: service.flag_deal(s, deal_id, flag=before), {"deal"})

        self._context.say(self.tr("Mark changed"), self.tr("Undo"), undo)

    def _duplicate(self) -> None:
        if self._view is not None:
            self._context.router.open(Route.to("new-quote", None, duplicate=self._view.deal.id))


def _side_words(here: QObject, side: Side) -> str:
    return here.tr("We, the seller") if side is Side.SELLER else here.tr("The buyer")


def _cancel_words(here: QObject, view: DealView) -> str:
    """What cancelling will do, exactly."""
    words = [here.tr("This cannot be undone: nothing more is delivered or invoiced.")]
    if view.money.deposit_held:
        amount = formats.money_text(view.money.deposit_held, view.deal.currency)
        words.append(here.tr("The deposit of %1 becomes the customer's credit.").replace("%1", amount))
    if any(view.moved(position).accepted > Decimal(0) for position in range(1, len(view.quote.offer.lines) + 1)):
        words.append(here.tr("What was received stays received, invoiced and owed."))
    return " ".join(words)
