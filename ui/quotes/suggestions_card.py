"""What her own history suggests beside the lines, each with its evidence and one click. Read beside the main thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.insights import queries as insights
from app.insights.rules import Companion, LastPrice, Reorder, UsualDiscount
from app.quotes.draft import QuoteDraft
from ui import formats
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row

_HIDDEN = "quotes/suggestions_hidden"
_MOST_PRICES, _MOST_COMPANIONS, _MOST_DUE = 3, 3, 3


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a customer and some products."""

    prices: dict[str, LastPrice]
    usual: UsualDiscount | None
    companions: tuple[Companion, ...]
    due: tuple[Reorder, ...]


class SuggestionsCard(Card):
    """Quiet lines; hidden where there is nothing to suggest, or where she does not want it."""

    added = Signal(str, object)
    """A product and its quantity."""
    priced = Signal(str, object)
    """A product of the lines and the last price (`LastPrice`)."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._asked: Any = None
        self._draft: QuoteDraft | None = None
        self._found = Found({}, None, (), ())
        self._names: dict[str, str] = {}
        self._toggle = Button("", "ghost", do=self._turn)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(18, 0, 14, 10)
        self._rows.setSpacing(4)
        self._box = holder(self._rows)
        head = CardHead(self.tr("From your history"), "", self._toggle)
        self.setLayout(column(head, self._box))
        self.setAccessibleName(self.tr("From your history"))
        self.setVisible(False)

    def look(self, draft: QuoteDraft) -> None:
        """Follow a draft; only another customer or other products are asked about anew."""
        self._draft = draft
        self._names = {line.sku: line.name for line in draft.lines if line.sku}
        asked = (draft.customer_id, frozenset(self._names))
        if asked != self._asked:
            self._asked = asked
            work = _asking(draft.customer_id, tuple(sorted(self._names)), self._context.today())
            self._context.read(work, partial(self._tell, asked), owner=self)
        else:
            self._show()

    def words(self) -> list[str]:
        """The suggestions in words, as they are shown."""
        return [words for words, _, _ in self._suggestions()]

    def _tell(self, asked: Any, found: Found) -> None:
        if asked == self._asked:
            self._found = found
            self._show()

    def _show(self) -> None:
        clear(self._rows)
        shown = self._suggestions()
        is_hidden = self._context.settings.flag(_HIDDEN)
        for words, verb, do in [] if is_hidden else shown:
            label = Label(words, "caption", "2").wrap()
            line = row(Icon("history", "text3", 14), label, gap=10)
            line.setStretch(1, 1)
            if do is not None:
                line.addWidget(Button(verb, "ghost", do=do, name=f"{verb}: {words}"))
            self._rows.addWidget(holder(line))
        self._box.setVisible(not is_hidden)
        self._toggle.setText(self.tr("Show suggestions") if is_hidden else self.tr("Hide"))
        self._toggle.setAccessibleName(self.tr("Show suggestions") if is_hidden else self.tr("Hide suggestions"))
        self.setVisible(bool(shown))

    def _turn(self) -> None:
        self._context.settings.put(_HIDDEN, not self._context.settings.flag(_HIDDEN))
        self._show()

    def _suggestions(self) -> list[tuple[str, str, Callable[[], object] | None]]:
        found = self._found
        told: list[tuple[str, str, Callable[[], object] | None]] = []
        for sku, last in list(found.prices.items()):
            if sku in self._names and not self._is_so(sku, last) and len(told) < _MOST_PRICES:
                told.append((self._price_words(last), self.tr("Take this price"), partial(self.priced.emit, sku, last)))
        if found.usual is not None and found.usual.percent:
            told.append((self._usual_words(found.usual), "", None))
        for due in found.due[:_MOST_DUE]:
            if due.sku not in self._names:
                told.append((self._due_words(due), self.tr("Add"), partial(self.added.emit, due.sku, due.quantity)))
        known = {due.sku for due in found.due} | set(self._names)
        for one in [one for one in found.companions if one.sku not in known][:_MOST_COMPANIONS]:
            told.append((self._companion_words(one), self.tr("Add"), partial(self.added.emit, one.sku, Decimal(1))))
        return told

    def _is_so(self, sku: str, last: LastPrice) -> bool:
        """Whether the line has that price already, or it is in another currency or unit."""
        line = next((line for line in (self._draft.lines if self._draft else ()) if line.sku == sku), None)
        if line is None or self._draft is None or line.unit != last.unit or last.currency != self._draft.currency:
            return True
        if line.detail.selection or line.detail.bundle is not None or line.unit_price is None:
            return True
        return line.unit_price * last.base_quantity == last.unit_price * line.base_quantity

    def _price_words(self, last: LastPrice) -> str:
        words = self.tr("%1: last agreed at %2 on %3 (%4)").replace("%1", self._names[last.sku])
        price = formats.price_text(last.unit_price, last.currency)
        if last.base_quantity != 1:
            price = self.tr("%1 per %2").replace("%1", price).replace("%2", formats.decimal_text(last.base_quantity))
        return words.replace("%2", price).replace("%3", formats.date_text(last.on)).replace("%4", last.number)

    def _usual_words(self, usual: UsualDiscount) -> str:
        words = self.tr("You usually take %1 off for this customer (%2 of the last %3 deals)")
        words = words.replace("%1", formats.percent_text(usual.percent))
        return words.replace("%2", formats.whole_text(usual.given)).replace("%3", formats.whole_text(usual.deals))

    def _due_words(self, due: Reorder) -> str:
        words = self.tr("%1 is due: bought every %2 days, last on %3")
        words = words.replace("%1", due.name).replace("%2", formats.whole_text(due.days))
        return words.replace("%3", formats.date_text(due.bought_on[-1]))

    def _companion_words(self, one: Companion) -> str:
        words = self.tr("%1: %2 of %3 who took %4 also took it").replace("%1", one.name)
        words = words.replace("%2", formats.whole_text(one.together)).replace("%3", formats.whole_text(one.of))
        return words.replace("%4", self._names.get(one.with_sku, one.with_sku))


def _asking(customer_id: int | None, skus: tuple[str, ...], on: date) -> Callable[[Any], Found]:
    """The questions for one read session."""

    def work(session: Any) -> Found:
        companions = tuple(insights.companions(session, skus, on, limit=2 * _MOST_COMPANIONS)) if skus else ()
        if customer_id is None:
            return Found({}, None, companions, ())
        return Found(
            insights.last_prices(session, customer_id, skus),
            insights.usual_discount(session, customer_id),
            companions,
            tuple(insights.reorder_due(session, customer_id, on)),
        )

    return work
