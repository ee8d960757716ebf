"""First page: who the quote is for. A known customer is found by a few letters; any other name is a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.core.party import Address, Party
from app.parties import queries as parties
from app.pipeline import lists, quoting
from app.pipeline.lists import Filter
from app.quotes.draft import QuoteDraft
from ui.context import AppContext
from ui.quotes.texts import in_summary, language_choices, problem_words
from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.country_choice import CountryChoice
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, holder, row
from ui.wizards.page import WizardPage

_MATCHES = 8


class _NameEdit(TextEdit):
    """Down leaves to the matches, Enter takes the first one that fits exactly."""

    def __init__(self, page: CustomerPage) -> None:
        super().__init__(placeholder=page.tr("Name of a known or a new customer"))
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Down and self._page.enter_matches():
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self._page.take_only():
            return
        super().keyPressEvent(event)


class CustomerPage(WizardPage):
    """Search and matches at the top; the fields of a new customer below."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(problem_words)
        self._context = context
        self._chosen: int | None = None
        self._party = Party("")
        self._terms = ""
        self._found: list[Any] = []
        self.name = self.field("customer", Field(self.tr("Customer"), _NameEdit(self)))
        columns = [
            Column(title=self.tr("Known customers"), text=lambda item: item.name, below=self._place),
            Column(title=self.tr("Deals"), text=lambda item: str(item.deals), align="right", width=80),
        ]
        nobody = EmptyState("customers", self.tr("A new customer"), self.tr("Nobody of this name is known yet."))
        self.matches = PagedView(PagedModel(columns, lambda *_: Page(self._found)), self.tr("Known customers"), nobody)
        self.matches.opened.connect(self.choose)
        self.matches.clicked.connect(lambda index: self.choose(self._found[index.row()]))
        self.matches.setFixedHeight(self.matches.height_for(4))
        self._known = self._known_card()
        self._new = self._new_card()
        search = Card(column(column(self.name, margins=(18, 16, 18, 12)), self.matches, 4), self.tr("Customer"))
        self._search = search
        self.lay_out(self._known, search, self._new, gap=14, widest=860)
        self.name.editor.value_changed.connect(self._look)

    # page
    def show_draft(self, draft: QuoteDraft) -> None:
        """Show who it is for."""
        self._chosen, self._party = draft.customer_id, draft.customer
        self.name.set_value(draft.customer.name)
        party = draft.customer
        values = {
            "email": party.email,
            "tax_id": party.tax_id,
            "street": party.address.street,
            "postal_code": party.address.postal_code,
            "city": party.address.city,
            "country": party.address.country,
            "language": party.language,
        }
        for name, value in values.items():
            self.fields[name].set_value(value)
        self._look()
        self._show_choice()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Known or new."""
        if self._chosen is not None:
            if draft.customer_id == self._chosen:
                return draft
            chosen = replace(draft, customer_id=self._chosen, customer=self._party)
            return quoting.with_payment(chosen, self._terms) if self._terms else chosen
        value = {name: self.fields[name].value() or "" for name in
                 ("email", "tax_id", "street", "postal_code", "city", "country", "language")}  # fmt: skip
        address = replace(
            draft.customer.address if draft.customer_id is None else Address(),
            street=value["street"],
            postal_code=value["postal_code"],
            city=value["city"],
            country=value["country"],
        )
        base = draft.customer if draft.customer_id is None else Party("")
        party = replace(
            base,
            name=self.name.value(),
            email=value["email"],
            tax_id=value["tax_id"],
            language=value["language"],
            address=address,
        )
        return replace(draft, customer_id=None, customer=party)

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Beside the fields; a chosen customer has none."""
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def first_input(self) -> QWidget | None:
        """The name, or the button that changes the choice."""
        return self.change if self._chosen is not None else self.name.editor

    # choosing
    def choose(self, item: Any) -> None:
        """Take a known customer, with the terms agreed with him."""
        self._chosen = item.id
        with self._context.store.read() as session:
            known = parties.customer_by_id(session, item.id)
        self._party, self._terms = known.party, known.payment_terms
        self._show_choice()
        self.edited()
        self.change.setFocus()

    def enter_matches(self) -> bool:
        """The keyboard goes to the matches; False if there are none."""
        if not self._found:
            return False
        self.matches.setFocus()
        self.matches.choose(0)
        return True

    def take_only(self) -> bool:
        """Take the one that is called exactly so, else the one that begins so, else the only match."""
        typed = self.name.value().casefold()
        exact = [item for item in self._found if item.name.casefold() == typed]
        begun = [item for item in self._found if item.name.casefold().startswith(typed)]
        fits = exact or begun or self._found
        if typed and len(fits) == 1:
            self.choose(fits[0])
            return True
        return False

    def _let_go(self) -> None:
        self._chosen, self._party = None, Party("")
        for name in ("email", "tax_id", "street", "postal_code", "city", "language"):
            self.fields[name].set_value("")
        self.name.set_value("")
        self._show_choice()
        self.edited()
        self.name.editor.setFocus()

    def _look(self, *_: Any) -> None:
        narrowed = Filter(self.name.value(), ("active",))
        with self._context.store.read() as session:
            found = lists.page(session, lists.CUSTOMERS, narrowed, self._context.today(), size=_MATCHES)
        self._found = list(found.items)
        model: Any = self.matches.model()
        model.reload()

    def _show_choice(self) -> None:
        is_known = self._chosen is not None
        self._known.setVisible(is_known)
        self._search.setVisible(not is_known)
        self._new.setVisible(not is_known)
        address = self._party.address
        self._known_name.setText(self._party.name)
        place = " ".join(part for part in (address.postal_code, address.city, address.country) if part)
        self._known_more.setText(" · ".join(part for part in (place, self._party.email, self._party.tax_id) if part))

    def _known_card(self) -> Card:
        self._known_name, self._known_more = Label("", "title"), Label("", "body", "2").wrap()
        self.change = Button(self.tr("Choose another"), do=self._let_go)
        words = column(self._known_name, self._known_more, gap=3)
        line = row(Icon("customers", "accent_text", 20, box=44, soft="accent_soft"), words, self.change, gap=14)
        line.setStretch(1, 1)
        return Card(column(line, margins=(18, 16, 18, 16)), self.tr("Chosen customer"))

    def _new_card(self) -> Card:
        def add(name: str, words: str, editor: Any) -> Field:
            return self.field(name, Field(words, editor))

        email = add("email", self.tr("E-mail"), TextEdit(optional=True))
        tax_id = add("tax_id", self.tr("Tax number"), TextEdit(optional=True))
        street = add("street", self.tr("Street"), TextEdit(optional=True))
        code = add("postal_code", self.tr("Postal code"), TextEdit(optional=True))
        code.setFixedWidth(130)
        city = add("city", self.tr("City"), TextEdit(optional=True))
        country = add("country", self.tr("Country"), CountryChoice(optional=True))
        language = add("language", self.tr("Language of papers"), Choice(language_choices()))
        language.set_value("")
        body = column(
            row(email, tax_id, gap=14), row(street, country, gap=14), row(code, city, language, gap=14), gap=12
        )
        head = CardHead(self.tr("New customer"), self.tr("kept with the quote; everything but the name can wait"))
        return Card(column(head, holder(column(body, margins=(18, 4, 18, 18)))), self.tr("New customer"))

    def _place(self, item: Any) -> str:
        return " · ".join(part for part in (item.city, item.country, item.email) if part)
