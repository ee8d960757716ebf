"""What new quotes and products start from: currency, tax rates, payment terms, validity, deposit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.money import currencies
from app.parties.defaults import Defaults
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.widgets.button import Button, IconButton
from ui.widgets.inputs import Choice, HasProblem, Tick
from ui.widgets.label import Label
from ui.widgets.layout import clear, column, row
from ui.widgets.number_edits import DecimalEdit, PercentEdit

_NET = "net"


class RatesEdit(HasProblem, QWidget):
    """Value: percentages, the usual one first; none means that no tax is charged."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_optional = True
        self._edits: list[PercentEdit] = []
        self._lines = column(gap=8)
        add = Button(self.tr("Add a rate"), "ghost", "plus", do=lambda: self._add(None, focus=True))
        self.setLayout(column(self._lines, row(add, None), gap=6))

    def value(self) -> tuple[Decimal, ...]:
        """The rates that are filled in."""
        return tuple(edit.value() for edit in self._edits if edit.value() is not None)

    def set_value(self, value: tuple[Decimal, ...] | None) -> None:
        """Show these rates."""
        if value == self.value() and self._edits:
            return
        self._edits.clear()
        clear(self._lines)
        for rate in value or ():
            self._add(rate)

    def check(self) -> bool:
        """Each rate is a percentage above zero, and none stands there twice."""
        checked = [edit.check() for edit in self._edits]
        rates = self.value()
        self.set_problem(self.tr("A rate stands there twice.") if len(set(rates)) < len(rates) else "")
        return all(checked) and not self.problem()

    def _add(self, rate: Decimal | None, focus: bool = False) -> None:
        edit = PercentEdit(optional=True, least=Decimal("0.01"))
        edit.set_value(rate)
        edit.setFixedWidth(120)
        edit.setAccessibleName(self.tr("Tax rate %1").replace("%1", str(len(self._edits) + 1)))
        edit.value_changed.connect(lambda _: self.value_changed.emit(self.value()))
        mark = Label(self.tr("usual") if not self._edits else "", "caption", "3")
        mark.setFixedWidth(54)
        remove = IconButton("delete", self.tr("Remove this rate"), lambda: self._remove(edit), size=16)
        self._edits.append(edit)
        self._lines.addLayout(row(edit, mark, remove, None, gap=8))
        if focus:
            edit.setFocus()

    def _remove(self, edit: PercentEdit) -> None:
        kept = tuple(other.value() for other in self._edits if other is not edit and other.value() is not None)
        self._edits.clear()
        clear(self._lines)
        for rate in kept:
            self._add(rate)
        self.value_changed.emit(kept)


class TermsSection(Section):
    """Quotes and products that exist stay as they are."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._known = Defaults()
        codes = [(code, code) for code in sorted(currencies())]
        currency = self.field("currency", self.tr("Currency"), Choice(codes), width=130)
        gross = self.field("prices_include_tax", self.tr("Prices"), Tick(self.tr("I type prices with tax in them")))
        rates = self.field(
            "tax_rates", self.tr("Tax rates"), RatesEdit(), hint=self.tr("None where you charge no tax.")
        )
        taxes = titled(
            self.tr("Prices and tax"), self.tr("New quotes and products start with these."), currency, gross, rates
        )
        payments = [
            (_NET, self.tr("So many days after the invoice")),
            ("prepaid", self.tr("Everything in advance")),
            ("on delivery", self.tr("On delivery")),
        ]
        how = self.field("payment", self.tr("Payment"), Choice(payments), width=280)
        days = DecimalEdit(places=0, least=Decimal(1), most=Decimal(365), suffix=self.tr("days"))
        self._days = self.field("days", self.tr("Due after"), days, width=140)
        valid = DecimalEdit(places=0, least=Decimal(1), most=Decimal(3650), suffix=self.tr("days"))
        validity = self.field("valid_days", self.tr("Quotes are valid"), valid, width=140)
        least = PercentEdit(optional=True, least=Decimal("0.01"))
        deposit = self.field("deposit_percent", self.tr("Deposit"), least, width=140)
        early = Choice(
            [
                ("if_taken", self.tr("is corrected when it is taken")),
                ("always", self.tr("is that of the early price from the start")),
                ("never", self.tr("stays; only the net is lowered")),
            ]
        )
        hint = self.tr("The law of your country says which.")
        early_tax = self.field("early_tax", self.tr("Tax when somebody pays early"), early, width=340, hint=hint)
        both = row(how, self._days, None, gap=14)
        below = row(validity, deposit, None, gap=14)
        for line in (both, below):
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
        terms = titled(self.tr("Terms"), self.tr("Each quote may say something else."), both, below, early_tax)
        self.setLayout(column(taxes, terms, None, gap=14))
        self.fields["payment"].editor.value_changed.connect(lambda how: self._days.setVisible(how == _NET))

    def load(self, values: Defaults) -> None:
        """Show what is set."""
        self._known = values
        kind, _, days = values.payment.partition(" ")
        is_net = kind == _NET
        for name in ("currency", "prices_include_tax", "tax_rates", "deposit_percent", "early_tax"):
            self.fields[name].set_value(getattr(values, name))
        self.fields["payment"].set_value(_NET if is_net else values.payment)
        self.fields["days"].set_value(Decimal(days) if is_net else Decimal(30))
        self.fields["valid_days"].set_value(Decimal(values.valid_days))
        self._days.setVisible(is_net)

    def values(self) -> Defaults:
        """What stands in the fields."""
        how = self.fields["payment"].value()
        return replace(
            self._known,
            currency=self.fields["currency"].value(),
            prices_include_tax=self.fields["prices_include_tax"].value(),
            tax_rates=self.fields["tax_rates"].value(),
            payment=f"net {int(self.fields['days'].value())}" if how == _NET else how,
            valid_days=int(self.fields["valid_days"].value()),
            deposit_percent=self.fields["deposit_percent"].value(),
            early_tax=self.fields["early_tax"].value() or self._known.early_tax,
        )

    def save(self) -> None:
        """Store the terms."""
        from app.parties.defaults import set_defaults  # with the store behind it

        wanted = self.values()
        if wanted != self._known:
            self._known = wanted
            self.context.write(lambda s: set_defaults(s, wanted), {"settings"}, on_failed=self.refused, owner=self)
