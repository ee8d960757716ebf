"""Who sells: name, address, tax number and bank account, as they stand on every paper from now on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from app.core.errors import Problem
from app.core.iban import iban_text, is_iban, plain_iban
from app.core.party import Address, Party
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.settings.texts import problem_words
from ui.widgets.country_choice import CountryChoice
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import column, row

_OF_PARTY = ("name", "legal_name", "tax_id", "registration", "email", "phone", "bic")
_OF_ADDRESS = ("street", "street2", "postal_code", "city", "region")


class CompanySection(Section):
    """Issued papers stay as they are; only new ones show what is changed here."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._party = Party("")
        name = self.field("name", self.tr("Company name"), TextEdit(longest=200))
        legal = self._line("legal_name", self.tr("Full legal name"), hint=self.tr("Where it differs from the name."))
        street, street2 = self._line("street", self.tr("Street")), self._line("street2", self.tr("Addition"))
        code, city = self._line("postal_code", self.tr("Postal code"), width=130), self._line("city", self.tr("City"))
        region = self._line("region", self.tr("Region"))
        country = self.field("country", self.tr("Country"), CountryChoice(optional=True))
        who = titled(
            self.tr("Name and address"),
            self.tr("Papers that were issued stay as they are; new ones show what you change here."),
            name, legal, _beside(street, street2), _beside(code, city), _beside(region, country),
        )  # fmt: skip
        tax, registration = self._line("tax_id", self.tr("Tax number")), self._line("registration", self.tr("Register"))
        email, phone = self._line("email", self.tr("E-mail")), self._line("phone", self.tr("Phone"))
        iban, bic = self._line("iban", self.tr("Bank account (IBAN)")), self._line("bic", self.tr("BIC"), width=170)
        rest = titled(
            self.tr("Tax, contact and bank"), "", _beside(tax, registration), _beside(email, phone), _beside(iban, bic)
        )
        self.setLayout(column(who, rest, None, gap=14))

    def _line(self, name: str, words: str, **over: Any) -> Any:
        return self.field(name, words, TextEdit(optional=True, longest=200), **over)

    def load(self, values: Party) -> None:
        """Show the company."""
        self._party = values
        for name in _OF_PARTY:
            self.fields[name].set_value(getattr(values, name))
        for name in (*_OF_ADDRESS, "country"):
            self.fields[name].set_value(getattr(values.address, name))
        self.fields["iban"].set_value(iban_text(values.iban))
        for line in self.findChildren(TextEdit):
            line.setCursorPosition(0)

    def party(self) -> Party:
        """What stands in the fields; what has no field here stays as it was."""
        address = {name: self.fields[name].value() or "" for name in (*_OF_ADDRESS, "country")}
        words = {name: self.fields[name].value() for name in _OF_PARTY}
        iban = plain_iban(self.fields["iban"].value())
        return replace(self._party, **words, iban=iban, address=Address(**address))

    def save(self) -> None:
        """Store the company; a bank account with wrong check digits is not taken."""
        from app.parties.service import set_company  # with the store behind it

        wanted = self.party()
        if wanted.iban and not is_iban(wanted.iban):
            self.fields["iban"].set_problem(problem_words(Problem("iban", "check_digits", "")))
        elif wanted != self._party:
            self._party = wanted
            self.context.write(lambda s: set_company(s, wanted), {"settings"}, on_failed=self.refused, owner=self)


def _beside(*fields: Any) -> Any:
    line = row(*fields, gap=14)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)
    return line
