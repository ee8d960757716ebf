"""Options and alternatives of a quote: they stand in a block of their own, outside the total, until they are chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.core.errors import RuleViolation
from app.core.totals import Basis
from app.pricing.rules import price
from app.quotes.draft import QuoteDraft
from app.quotes.rules import Proposal
from ui import formats
from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.layout import column
from ui.widgets.unit_words import unit_sign


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as it is shown: its place among them, its net, and the name of the line that it may replace."""

    id: int
    proposal: Proposal
    net: int | None
    instead_of: str


class _ProposalsView(PagedView):
    """Delete removes the current one."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class ProposalsCard(Card):
    """The table with its verbs; hidden while there is nothing in it. Enter takes one into the total."""

    taken = Signal(int)
    dropped = Signal(int)

    def __init__(self) -> None:
        self._rows: list[ProposalRow] = []
        self._currency = "EUR"
        super().__init__()
        columns = [
            Column(title=self.tr("Option"), text=lambda row: row.proposal.line.name, below=self._instead),
            Column(title=self.tr("Quantity"), text=_quantity, align="right", width=130),
            Column(title=self.tr("Net"), text=self._net, align="right", width=130),
        ]
        self.view = _ProposalsView(PagedModel(columns, lambda *_: Page(self._rows)), self.tr("Options"))
        self.view.opened.connect(lambda row: self.taken.emit(row.id))
        self.view.deleted.connect(self._drop)
        take = Button(self.tr("Into the total"), "ghost", "plus", self._take)
        drop = Button(self.tr("Remove"), "ghost", "delete", self._drop, name=self.tr("Remove the option"))
        head = CardHead(self.tr("Options and alternatives"), self.tr("outside the total"), take, drop)
        self.setLayout(column(head, self.view, 5))
        self.setAccessibleName(self.tr("Options and alternatives"))
        self.setVisible(False)

    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the proposals of a draft."""
        names = [line.name for line in draft.written_lines]
        found = [
            ProposalRow(at, one, _net_of(one, draft.basis), "" if one.instead_of is None else names[one.instead_of])
            for at, one in enumerate(draft.proposals)
            if one.instead_of is None or one.instead_of < len(names)
        ]
        if found != self._rows or draft.currency != self._currency:
            self._rows, self._currency = found, draft.currency
            model: PagedModel = self.view.model()  # type: ignore[assignment]
            model.reload()
            self.view.setFixedHeight(self.view.height_for(min(len(found), 6)) + 2)
        self.setVisible(bool(found))

    def _current(self) -> ProposalRow | None:
        at = self.view.currentIndex().row()
        if at < 0 and len(self._rows) == 1:
            at = 0
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _take(self) -> None:
        row = self._current()
        if row is not None:
            self.taken.emit(row.id)

    def _drop(self) -> None:
        row = self._current()
        if row is not None:
            self.dropped.emit(row.id)

    def _instead(self, row: ProposalRow) -> str:
        if row.instead_of:
            return self.tr("instead of %1").replace("%1", row.instead_of)
        return self.tr("optional")

    def _net(self, row: ProposalRow) -> str:
        return formats.NOTHING if row.net is None else formats.money_text(row.net, self._currency)


def _quantity(row: ProposalRow) -> str:
    line = row.proposal.line
    return f"{formats.decimal_text(line.quantity)} {unit_sign(line.unit, line.quantity)}"


def _net_of(proposal: Proposal, basis: Basis) -> int | None:
    """What it comes to by itself, in minor units; None where it cannot be worked out."""
    try:
        return price((proposal.line,), (), basis).assembled.totals.net
    except RuleViolation:
        return None
