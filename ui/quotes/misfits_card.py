"""What of a copy or a revision no longer fits: the lines by name, each with a way out. Never of a frozen quote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.catalog.configure import Fix
from app.pipeline.reopening import ReopenedLine, misfits
from app.quotes.configuring import begin
from app.quotes.draft import LineDraft, QuoteDraft
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fix_words import fix_words, reason_words
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row

_MOST_WAYS = 2


class MisfitsCard(Card):
    """Hidden while everything fits. Looked at again whenever a configured line changes."""

    fixed = Signal(int, object)
    """Place of the line and the fix to apply."""
    configure_wanted = Signal(int)
    """Place of a line to be configured by hand."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(panel="note-warn")
        self._context = context
        self._asked: Any = ()
        self.found: tuple[ReopenedLine, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        title = Label(self.tr("Some of what was chosen does not fit any more"), "strong", "warn")
        self.setLayout(column(row(Icon("warning", "warn"), title, None, gap=10), self._rows,
                              margins=(14, 10, 12, 10), gap=8))  # fmt: skip
        self.setAccessibleName(title.text())
        self.setVisible(False)

    def look(self, draft: QuoteDraft) -> None:
        """Follow a draft: configured lines are evaluated with the catalogue of today."""
        asked = tuple((at, line.detail.selection, line.quantity) for at, line in enumerate(draft.lines)
                      if line.detail.selection)  # fmt: skip
        if asked == self._asked:
            return
        self._asked = asked
        if not asked:
            self._tell(asked, ())
            return
        work = _asking(draft.lines, self._context.today())
        self._context.read(work, partial(self._tell, asked), owner=self)

    def words(self) -> list[str]:
        """What no longer fits, line by line."""
        return [_words(line) for line in self.found]

    def _tell(self, asked: Any, found: tuple[ReopenedLine, ...]) -> None:
        if asked != self._asked:
            return
        self.found = found
        clear(self._rows)
        for line in found:
            self._rows.addWidget(self._row(line))
        self.setVisible(bool(found))

    def _row(self, line: ReopenedLine) -> Any:
        words = _words(line)
        label = Label(words, "label", "warn").wrap()
        verbs = []
        for fix, currency in self._ways(line):
            words_of_it = fix_words(fix, currency)
            do = partial(self.fixed.emit, line.place, fix)
            verbs.append(Button(words_of_it, icon="check", do=do, name=f"{line.name}: {words_of_it}"))
        if line.selection.sku in line.goods:
            open_it = partial(self.configure_wanted.emit, line.place)
            named = self.tr("Configure %1").replace("%1", line.name)
            verbs.append(Button(self.tr("Configure"), "ghost", "configure", open_it, name=named))
        return holder(column(label, row(*verbs, None, gap=8), gap=5))

    def _ways(self, line: ReopenedLine) -> Sequence[tuple[Fix, str]]:
        """Ways to mend the first thing that no longer fits, where it is the product itself that has it."""
        known = line.goods.get(line.selection.sku)
        first = line.reopened.misfits[0]
        if known is None or len(first.path) > 1 or not first.reason.stops:
            return []
        now = begin(line.goods, line.selection.sku, known.product.currency, self._context.today(),
                    selection=line.selection)  # fmt: skip
        return [(fix, known.product.currency) for fix in now.fixes(first.reason)[:_MOST_WAYS]]


def _words(line: ReopenedLine) -> str:
    told = dict.fromkeys(reason_words(misfit.reason) for misfit in line.reopened.misfits)
    return f"{line.name}: {'; '.join(told)}"


def _asking(lines: Sequence[LineDraft], on: date) -> Any:
    return lambda session: misfits(session, lines, on)
