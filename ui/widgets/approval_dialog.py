"""Below the floor: a reason or the owner's PIN, asked for before a paper goes out. The PIN is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.core.errors import NotAllowed, Problem
from app.core.totals import Basis
from app.pipeline import approvals
from app.pricing.approval import Approval, check_pin, has_pin, left_to_wait
from app.pricing.rules import Priced
from app.quotes.rules import Offer
from ui import formats
from ui.context import AppContext
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Label
from ui.widgets.layout import column, row

_LONGEST_PIN = 12


def margin_problem_words(problem: Problem) -> str:
    """What is wrong with a margin, in words."""
    values = problem.values
    if problem.code == "loss":
        return _say("A line is sold below its cost.")
    if problem.code == "below_floor":
        words = _say("The margin of %1 is below your floor of %2.")
        margin, floor = (formats.percent_text(Decimal(str(values[name]))) for name in ("margin", "floor"))
        return words.replace("%1", margin).replace("%2", floor)
    return problem.message


class ApprovalDialog(QDialog):
    """Says why it asks; `go(approval)` goes on with what was asked for in the first place."""

    def __init__(
        self,
        context: AppContext,
        owner: QWidget,
        problem: Problem,
        commit: str,
        go: Callable[[Approval], object],
        knows_pin: bool,
    ) -> None:
        super().__init__(owner)
        self._context, self._go = context, go
        self.setWindowTitle(self.tr("Below your floor"))
        self.reason = Field(
            self.tr("Reason"), TextEdit(optional=True, placeholder=self.tr("e.g. first order, clearance"))
        )
        self.pin = Field(self.tr("PIN of the owner"), _secret(), width=200)
        if not knows_pin:
            self.pin.hide()
        self.commit = Button(commit, "primary", do=self.accept)
        self.cancel = Button(self.tr("Not now"), do=self.reject)
        either = self.tr("A reason or the PIN is enough. Both are told in the history; the PIN itself is not.")
        alone = self.tr("Say why it goes out all the same. The reason is told in the history.")
        words = Label(either if knows_pin else alone, "body", "2").wrap()
        foot = row(None, self.cancel, self.commit, gap=10)
        banner = Banner(margin_problem_words(problem), "warning", "bad")
        head = Label(self.windowTitle(), "title")
        items = column(head, 8, banner, 10, words, 12, self.reason, 12, self.pin, 14, foot, margins=(22, 20, 22, 18))
        self.setLayout(items)
        self.setMinimumWidth(460)
        for field in (self.reason, self.pin):
            field.editor.problem_changed.connect(lambda _: QTimer.singleShot(0, self, self._grow))

    def accept(self) -> None:
        """Go on with a reason, or once the PIN is right; a wrong one is counted and told."""
        reason, pin = self.reason.value(), self.pin.value()
        if not reason and not pin:
            self.reason.set_problem(self.tr("Say why, or give the PIN.") if self._has_pin() else self.tr("Say why."))
            self.reason.editor.setFocus()
            return
        if not pin:
            self._approved(Approval(reason))
            return
        self.commit.setEnabled(False)
        self._context.write(lambda session: check_pin(session, pin), set(), self._checked, self._refused, self)

    # inside
    def _grow(self) -> None:
        """Room for the words of a problem."""
        self.resize(self.width(), max(self.height(), self.heightForWidth(self.width())))

    def _has_pin(self) -> bool:
        return not self.pin.isHidden()

    def _approved(self, approval: Approval) -> None:
        super().accept()
        self._go(approval)

    def _checked(self, is_right: bool) -> None:
        self.commit.setEnabled(True)
        if is_right:
            self._approved(Approval(self.reason.value(), by_owner=True))
        else:
            self.pin.editor.clear()
            self.pin.set_problem(self.tr("This is not the PIN."))
            self.pin.editor.setFocus()

    def _refused(self, error: Exception) -> None:
        self.commit.setEnabled(True)
        if not isinstance(error, NotAllowed):
            self._context.errors.report(error, self)
            return
        with self._context.store.read() as session:
            seconds = int(left_to_wait(session, datetime.now(UTC)).total_seconds()) + 1
        self.pin.set_problem(self.tr("Too many wrong PINs. Try again in %n seconds.", None, seconds))


def asked_first(
    context: AppContext,
    owner: QWidget,
    offer: Offer,
    basis: Basis,
    priced: Priced,
    commit: str,
    go: Callable[[Approval | None], object],
) -> ApprovalDialog | None:
    """Go on at once where the offer may be sent as it is; else the window that asks first, already open."""
    with context.store.read() as session:
        problem, knows_pin = approvals.stands(session, offer, basis, priced), has_pin(session)
    if problem is None:
        go(None)
        return None
    dialog = ApprovalDialog(context, owner, problem, commit, go, knows_pin)
    dialog.open()
    return dialog


def _secret() -> TextEdit:
    edit = TextEdit(optional=True, longest=_LONGEST_PIN)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


def _say(source: str) -> str:
    return QCoreApplication.translate("approval", source)
