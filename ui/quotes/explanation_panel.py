"""The panel "Why this price?" beside the price table: it follows the chosen line, and lets another rule win."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.core.errors import RuleViolation
from app.quotes.draft import QuoteDraft, price_of, to_offer
from app.quotes.explanation import explained
from ui.context import AppContext
from ui.widgets.button import IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.explanation_files import ExplanationFiles, of_draft
from ui.widgets.label import Label
from ui.widgets.layout import column
from ui.widgets.price_explanation import PriceExplanation


class ExplanationPanel(Card):
    """Shows one line of the draft."""

    chosen = Signal(str)
    """A rule that is wanted in place of the one that won."""
    closed = Signal()

    def __init__(self, context: AppContext, may_choose: bool = True) -> None:
        super().__init__(None, self.tr("Why this price?"))
        self._draft: QuoteDraft | None = None
        self.explanation = PriceExplanation(may_choose)
        self.explanation.chosen.connect(self.chosen)
        self.files = ExplanationFiles(context, self)
        self._nothing = Label(self.tr("The price is not known yet."), "body", "2").wrap()
        close = IconButton("close", self.tr("Close"), do=self.closed.emit, size=16)
        head = CardHead(self.tr("Why this price?"), "", *self._verbs(), close)
        body = column(self._nothing, self.explanation, margins=(18, 0, 18, 16))
        self.setLayout(column(head, body, None))

    def show_line(self, draft: QuoteDraft, place: int) -> None:
        """Show the line at a place of the draft's written lines; a place that is none shows nothing."""
        self._draft = draft
        is_known = 0 <= place < len(draft.written_lines)
        if is_known:
            try:
                line = explained(to_offer(draft), price_of(draft), draft.basis, place)
            except RuleViolation:
                is_known = False
            else:
                self.explanation.show_line(line, draft.currency, draft.prices_include_tax)
        self.explanation.setVisible(is_known)
        self._nothing.setVisible(not is_known)

    def _verbs(self) -> list[IconButton]:
        printing = IconButton("print", self.tr("Print the explanation"), do=partial(self._do, "print"), size=16)
        saving = IconButton(
            "export", self.tr("Save as a workbook with formulas"), do=partial(self._do, "save"), size=16
        )
        return [printing, saving]

    def _do(self, verb: str) -> None:
        if self._draft is not None:
            getattr(self.files, verb)(of_draft(self._draft))
