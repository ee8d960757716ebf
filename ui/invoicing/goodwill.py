"""The small window for goodwill: credit for a complaint, with its reason and, if wanted, its last day."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.pipeline.details import InvoiceDetail
from ui import formats
from ui.context import AppContext
from ui.invoicing.texts import say
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit
from ui.widgets.number_edits import MoneyEdit

KINDS = {"deal", "invoice", "payment", "revenue", "customer"}


def goodwill_dialog(context: AppContext, owner: QWidget, found: InvoiceDetail, most: int) -> ActionDialog:
    """Ask for amount (at most `most` minor units), reason and days, and give it. Not shown yet."""
    deal, place = found.view.deal, found.place
    sentence = say("invoicing", "%1 gets credit to pay with. Invoice %2 and its tax stay as they are.")
    hint = say("invoicing", "At most %1, what is left of the invoice without tax.")
    on = DateEdit(least=found.invoice.issued_on, today=context.today)
    until = DateEdit(optional=True, least=context.today(), today=context.today)
    on.set_value(context.today())
    fields = {
        "amount": Field(
            say("invoicing", "Amount"), MoneyEdit(deal.currency, least=1, most=most), width=220,
            hint=hint.replace("%1", formats.money_text(most, deal.currency)),
        ),
        "reason": Field(say("invoicing", "Reason"), TextEdit(longest=200)),
        "on": Field(say("invoicing", "Given on"), on, width=220),
        "expires_on": Field(
            say("invoicing", "Can be used until"), until, width=220,
            hint=say("invoicing", "Empty: without end."),
        ),
    }  # fmt: skip

    def run(values: dict[str, Any]) -> Any:
        from app.rewards.giving import give_goodwill  # the store is loaded with the first company

        return lambda session: give_goodwill(session, deal.id, invoice_index=place, **values)

    amount_of = fields["amount"].value

    def done(_answer: Any) -> None:
        said = say("invoicing", "%1 of goodwill is the customer's credit")
        context.say(said.replace("%1", formats.money_text(amount_of() or 0, deal.currency)))

    return ActionDialog(
        context,
        owner,
        say("invoicing", "Give goodwill"),
        sentence.replace("%1", deal.customer.name).replace("%2", found.invoice.number),
        say("invoicing", "Give the credit"),
        fields,
        run,
        KINDS,
        done,
        words=_words,
    )


def _words(problem: Problem) -> str:
    return {
        "not_positive": say("invoicing", "It has to be above zero."),
        "past": say("invoicing", "Not before the day it is given."),
        "missing": say("invoicing", "Say what it is for."),
    }.get(problem.code, problem.message)
