"""The form of a customer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from app.core.errors import Problem
from app.core.iban import iban_text, plain_iban
from app.core.party import Address, Party
from app.parties.rules import doubts
from ui.parties.texts import language_choices, payment_choices, problem_words
from ui.widgets.country_choice import CountryChoice
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit, Tick
from ui.widgets.record_form import RecordForm

_ADDRESS = ("street", "street2", "postal_code", "city", "region", "country")
_PARTY = ("name", "legal_name", "email", "phone", "tax_id", "registration", "iban", "bic", "language")


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """What the form holds."""

    party: Party = field(default_factory=lambda: Party(""))
    payment_terms: str = ""
    note: str = ""
    active: bool = True
    group: str = ""


class CustomerForm(RecordForm):
    """Names, addresses, bank, terms; numbers that look mistyped are told and can be kept."""

    def __init__(self) -> None:
        super().__init__(problem_words)
        self._make_names()
        self._make_addresses()
        self._make_terms()
        for tick in (self._active, self._elsewhere):
            tick.value_changed.connect(lambda *_: self._edited())

    def show_values(self, values: CustomerValues) -> None:
        """Put a customer into the inputs."""
        for name in _PARTY:
            value = getattr(values.party, name)
            self.fields[name].set_value(iban_text(value) if name == "iban" else value)
        for prefix, address in (("", values.party.address), ("ship_", values.party.delivery_address)):
            for name in _ADDRESS:
                self.fields[f"{prefix}{name}"].set_value(getattr(address, name))
        terms: Any = self.fields["payment_terms"].editor
        terms.set_choices(payment_choices(values.payment_terms))
        terms.set_value(values.payment_terms)
        self.fields["note"].set_value(values.note)
        self.fields["group"].set_value(values.group)
        self._active.set_value(values.active)
        self._elsewhere.set_value(bool(values.party.delivery_address))
        self._show_delivery()

    def values(self) -> CustomerValues:
        """What was typed."""
        given = {name: self.fields[name].value() or "" for name in _PARTY}
        party = Party(
            **(given | {"iban": plain_iban(given["iban"])}),
            address=self._address(""),
            delivery_address=self._address("ship_") if self._elsewhere.value() else Address(),
        )
        return CustomerValues(
            party,
            self.fields["payment_terms"].value() or "",
            self.fields["note"].value(),
            self._active.value(),
            self.fields["group"].value(),
        )

    def set_groups(self, groups: Iterable[str]) -> None:
        """Groups to choose from while typing; any other name begins a new one."""
        finder = QCompleter(list(groups), self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        group: Any = self.fields["group"].editor
        group.setCompleter(finder)

    def doubts(self, values: CustomerValues) -> Iterable[Problem]:
        """Numbers and addresses that look mistyped."""
        return doubts(values.party)

    # inside
    def _make_names(self) -> None:
        text = self._text
        self.field("name", self.tr("Name"), TextEdit(longest=200))
        name = self.fields["name"]
        legal = text("legal_name", self.tr("Legal name"), 200, self.tr("Where it differs, as it stands on invoices."))
        text("email", self.tr("E-mail"), 200)
        text("tax_id", self.tr("Tax number"), 60)
        phone, registration = text("phone", self.tr("Phone"), 60), text("registration", self.tr("Register number"), 100)
        self.card(
            self.tr("Who it is"),
            [(name, 6), (legal, 6)],
            [(self.doubtful("email"), 6), (phone, 6)],
            [(self.doubtful("tax_id"), 6), (registration, 6)],
        )

    def _make_addresses(self) -> None:
        self.card(self.tr("Address"), *self._address_fields(""))
        self._elsewhere = Tick(self.tr("Goods go to another address"))
        self._elsewhere.value_changed.connect(lambda *_: self._show_delivery())
        lines = self._address_fields("ship_")
        self._delivery = [widget for line in lines for widget, _ in line]
        self.card(self.tr("Delivery"), self._elsewhere, *lines)

    def _address_fields(self, prefix: str) -> list[list[tuple[Any, int]]]:
        def text(name: str, words: str, longest: int = 200) -> Any:
            return self._text(f"{prefix}{name}", words, longest)

        country = self.field(f"{prefix}country", self.tr("Country"), CountryChoice(optional=True))
        return [
            [(text("street", self.tr("Street and number")), 6), (text("street2", self.tr("Address addition")), 6)],
            [(text("postal_code", self.tr("Postal code"), 20), 3), (text("city", self.tr("City")), 9)],
            [(text("region", self.tr("Region or state")), 6), (country, 6)],
        ]

    def _make_terms(self) -> None:
        terms = self.field("payment_terms", self.tr("Payment is due"), Choice(payment_choices("")))
        language = self.field("language", self.tr("Language of papers"), Choice(language_choices(), optional=True))
        self._text("iban", self.tr("Bank account (IBAN)"), 50)
        bic = self._text("bic", self.tr("Bank code (BIC)"), 20)
        hint = self.tr("Price lists and promotions may be for a group.")
        group = self._text("group", self.tr("Group"), 60, hint)
        note = self.field("note", self.tr("Note"), LongTextEdit(lines=3), self.tr("Only you read it."))
        self._active = Tick(self.tr("In use: offered in new quotes"))
        self.card(
            self.tr("Terms"),
            [(terms, 4), (language, 4), (group, 4)],
            [(self.doubtful("iban"), 6), (bic, 6)],
            note,
            self._active,
        )

    def _text(self, name: str, words: str, longest: int = 200, hint: str = "") -> Any:
        return self.field(name, words, TextEdit(optional=True, longest=longest), hint)

    def _address(self, prefix: str) -> Address:
        return Address(*(self.fields[f"{prefix}{name}"].value() or "" for name in _ADDRESS))

    def _show_delivery(self) -> None:
        for widget in self._delivery:
            widget.setVisible(self._elsewhere.value())


def copied(values: CustomerValues) -> CustomerValues:
    """A copy: another company at the same place has a name, a register and a bank of its own."""
    party = replace(values.party, name="", legal_name="", tax_id="", registration="", email="", iban="", bic="")
    return replace(values, party=party, active=True)
