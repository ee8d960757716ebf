"""Why an action is not possible now, in the person's language. The rules say it in English (`app.pipeline.rules`)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.pipeline.rules import Action, Standing, reason_against
from ui.widgets.action import Action as Verb


def reason_text(standing: Standing, action: Action) -> str:
    """The reason against an action as a sentence; empty if it is possible."""
    reason = reason_against(standing, action)
    if not reason:
        return ""
    words = _words().get(reason, reason)
    return f"{words[0].upper()}{words[1:]}."


def looking_only_text() -> str:
    """Why nothing is written while another window holds the company's file."""
    return QCoreApplication.translate("reasons", "This company is open only to look at: another window holds its file.")


def grey_if_only_looked_at(is_read_only: bool, *writing: QAction | QWidget) -> None:
    """Grey verbs and inputs that write, and say why, while the company is only looked at."""
    if not is_read_only:
        return
    for verb in writing:
        if isinstance(verb, Verb):
            verb.allow(False, looking_only_text())
        else:
            verb.setEnabled(False)
            verb.setToolTip(looking_only_text())


def _words() -> dict[str, str]:
    """Every reason of `app.pipeline.rules`; a test walks all standings and finds none missing."""
    say = QCoreApplication.translate
    return {
        "the quote is draft": say("reasons", "the quote is a draft"),
        "the quote is sent": say("reasons", "the quote was sent already"),
        "the quote is accepted": say("reasons", "the quote is accepted"),
        "the quote is declined": say("reasons", "the quote was declined"),
        "the quote is expired": say("reasons", "the quote has expired; revise it first"),
        "the quote is superseded": say("reasons", "a newer revision took the place of this quote"),
        "the quote is accepted; amend the contract instead": say(
            "reasons", "the quote is accepted; amend the contract instead"
        ),
        "the quote was not sent yet": say("reasons", "the quote was not sent yet"),
        "there is no contract before the quote is accepted": say(
            "reasons", "there is no contract before the quote is accepted"
        ),
        "both sides have signed": say("reasons", "both sides have signed"),
        "both sides have signed, and amendments after both signatures are not supported yet": say(
            "reasons", "both sides have signed, and what both signed is not changed any more"
        ),
        "the contract is draft; both sides have to sign": say("reasons", "both sides have to sign the contract first"),
        "the contract is signed_by_one; both sides have to sign": say(
            "reasons", "the other side has to sign the contract first"
        ),
        "the contract is cancelled; both sides have to sign": say("reasons", "the contract is cancelled"),
        "no goods are open": say("reasons", "no goods are open"),
        "no service is open": say("reasons", "no service is open"),
        "goods are in transit; confirm their receipt or refusal first": say(
            "reasons", "goods are in transit; confirm their receipt or refusal first"
        ),
        "nothing of it is open any more": say("reasons", "nothing of it is open any more"),
        "the deal is cancelled": say("reasons", "the deal is cancelled"),
        "the customer has no credit": say("reasons", "the customer has no credit"),
        "nothing is in transit": say("reasons", "nothing is in transit"),
        "nothing was received that could come back": say("reasons", "nothing was received that could come back"),
        "there is no invoice to credit": say("reasons", "there is no invoice to credit"),
    }
