"""Which options does the buyer take? A tick for each, with what the whole then comes to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import RuleViolation
from app.core.totals import Basis
from app.pricing.rules import price
from app.quotes.proposing import choose, together
from app.quotes.rules import Offer
from ui import formats
from ui.widgets.inputs import HasProblem, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column


class OptionTicks(HasProblem, QWidget):
    """An input like the others: `value()` are the places of the proposals that are taken, from 0.

    Options that stand together are one tick; of two alternatives for one line only one can be taken.
    """

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, offer: Offer, basis: Basis) -> None:
        super().__init__()
        self.is_optional = True
        self._offer, self._basis = offer, basis
        self.ticks: dict[int, Tick] = {}
        at = 0
        while at < len(offer.proposals):
            places = together(offer.proposals, at)
            self.ticks[at] = Tick(self._words(at))
            self.ticks[at].toggled.connect(lambda on, at=at: self._toggled(at, on))
            at = max(places.stop, at + 1)
        self._total = Label("", "label", "2", figures=True)
        self.setLayout(column(*self.ticks.values(), self._total, gap=7))
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))
        self._show_total()

    def value(self) -> tuple[int, ...]:
        """The places of what is taken, one for what stands together."""
        return tuple(at for at, tick in self.ticks.items() if tick.isChecked())

    def set_value(self, value: tuple[int, ...] | None) -> None:
        """Tick these."""
        for at, tick in self.ticks.items():
            tick.setChecked(at in (value or ()))

    def check(self) -> bool:
        """Whether the whole can be priced so."""
        return not self.problem()

    def total_words(self) -> str:
        """What is said of the total."""
        return self._total.text()

    def _words(self, at: int) -> str:
        proposal = self._offer.proposals[at]
        bundle = proposal.line.detail.bundle
        name = proposal.line.name if bundle is None else bundle.name
        quantity = proposal.line.quantity if bundle is None else bundle.quantity
        words = f"{formats.decimal_text(quantity)} × {name}"
        if proposal.instead_of is None:
            return words
        instead = self._offer.lines[proposal.instead_of].name
        return self.tr("%1 instead of %2").replace("%1", words).replace("%2", instead)

    def _toggled(self, at: int, on: bool) -> None:
        target = self._offer.proposals[at].instead_of
        if on and target is not None:
            for other, tick in self.ticks.items():
                if other != at and self._offer.proposals[other].instead_of == target:
                    tick.setChecked(False)
        self._show_total()
        self.value_changed.emit(self.value())

    def _show_total(self) -> None:
        try:
            offer = choose(self._offer, self.value(), self._basis) if self.value() else self._offer
            gross = price(offer.lines, offer.reductions, self._basis).assembled.totals.gross
        except RuleViolation:
            self.set_problem(self.tr("With these the quote cannot be priced."))
            self._total.setText("")
            return
        self.set_problem("")
        total = formats.money_text(gross, self._basis.currency)
        self._total.setText(self.tr("Total with tax: %1").replace("%1", total))
