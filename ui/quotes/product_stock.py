"""What the catalogue and the store room say of the lines that are being typed; asked beside the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.pipeline.availability import availability
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.needs import Promise, promises, skus
from app.stock.rules import Availability
from ui import formats
from ui.context import AppContext
from ui.widgets.unit_words import unit_sign


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read: products and stock by SKU."""

    products: Mapping[str, Product]
    stock: Mapping[str, Availability]


class ProductStock(QObject):
    """Availability of each line on the day it is wanted, and whether its product is still sold."""

    told = Signal()
    """Something new is known."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._asked: frozenset[str] = frozenset()
        self._known = _Known({}, {})
        self._lines: tuple[LineDraft, ...] = ()
        self._on = context.today()
        self._promises: dict[int, Promise] = {}

    def look(self, draft: QuoteDraft) -> None:
        """Follow a draft: what is known is worked out at once, what is new is read."""
        self._lines, self._on = draft.lines, max(draft.wanted_on or self._context.today(), self._context.today())
        wanted = skus(draft.lines)
        if not wanted <= self._asked:
            self._asked = wanted | self._asked
            self._context.read(self._read(self._asked, self._context.today()), self._found, owner=self)
        self._work_out()

    def product(self, sku: str) -> Product | None:
        """The product of a line, once it is known."""
        return self._known.products.get(sku)

    def words(self, line: LineDraft) -> str:
        """ "24 free", "3 of 5 free", or that it is not sold any more; "" where nothing is counted."""
        if self._is_out(line):
            return self.tr("not sold any more")
        promise = self._promises.get(id(line))
        if promise is None:
            return ""
        free = formats.decimal_text(max(promise.free, Decimal(0)))
        if not promise.is_short:
            return self.tr("%1 free").replace("%1", free)
        words = self.tr("%1 of %2 free").replace("%1", free)
        return words.replace("%2", formats.decimal_text(promise.wanted))

    def tone(self, line: LineDraft) -> str:
        """Amber where there is too little, or it is not sold any more."""
        promise = self._promises.get(id(line))
        return "warn" if self._is_out(line) or (promise is not None and promise.is_short) else ""

    def more(self, line: LineDraft) -> str:
        """On hand, reserved, what comes and when there is enough, in a sentence or two."""
        promise = self._promises.get(id(line))
        known = self._known.stock.get(promise.sku) if promise is not None else None
        if promise is None or known is None:
            return ""
        sign = unit_sign(promise.unit)
        told = [
            self.tr("%1: on hand %2, reserved %3")
            .replace("%1", promise.sku)
            .replace("%2", f"{formats.decimal_text(known.on_hand)} {sign}")
            .replace("%3", formats.decimal_text(known.reserved))
        ]
        for day, quantity in known.incoming:
            words = self.tr("%1 more on %2").replace("%1", formats.decimal_text(quantity))
            told.append(words.replace("%2", formats.date_text(day)))
        if promise.is_short:
            told.append(self._when(promise.soonest))
        return "; ".join(told)

    def _when(self, soonest: date | None) -> str:
        if soonest is None:
            return self.tr("not enough in sight")
        return self.tr("enough from %1").replace("%1", formats.date_text(soonest))

    def _is_out(self, line: LineDraft) -> bool:
        product = self._known.products.get(line.sku)
        return product is not None and not product.offered_on(self._context.today())

    def _read(self, wanted: frozenset[str], on: date) -> Any:
        return lambda session: _Known(by_sku(session, wanted), availability(session, wanted, on))

    def _found(self, known: _Known) -> None:
        self._known = known
        self._work_out()
        self.told.emit()

    def _work_out(self) -> None:
        found = promises(self._lines, self._known.stock, self._on)
        pairs = zip(self._lines, found, strict=True)
        self._promises = {id(line): promise for line, promise in pairs if promise is not None}
