"""The page of the first start: everything a first quote needs on one page, with defaults from the locale."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import RuleViolation
from app.core.money import currencies
from app.core.tax_rates import usual_rates
from ui.first_run.texts import problem_words
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.country_choice import CountryChoice
from ui.widgets.field import Field, Fields
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Icon, Label, rule
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.logo_edit import LogoEdit
from ui.widgets.number_edits import PercentEdit
from ui.widgets.sidebar import CompanyMark

_FORM_WIDTH, _SIDE_WIDTH = 560, 320


class StartScreen(QWidget):
    """Says what is wanted; the window makes the files."""

    created = Signal(Path, object, bool)
    """Path of the new file, the `NewCompany`, and whether to begin with a quote."""
    practice_wanted = Signal()
    file_wanted = Signal()
    left = Signal()

    def __init__(self, folder: Path, may_leave: bool = False) -> None:
        super().__init__()
        self.setProperty("panel", "canvas")
        self._folder = folder
        self._path: Path | None = None
        self._rate_is_typed = self._currency_is_typed = False
        self._make_fields()
        self._lay_out(may_leave)
        self._suggest(territory(QLocale()), QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The first thing to type is the name."""
        super().showEvent(event)
        QTimer.singleShot(0, self.name, self.name.setFocus)

    # ------------------------------------------------------------------ building
    def _make_fields(self) -> None:
        self.fields = Fields(problem_words)
        add = self.fields.add
        self.name = TextEdit(longest=200, placeholder=self.tr("As it stands on your papers"))
        self.country, self.currency = CountryChoice(), Choice((code, code) for code in sorted(currencies()))
        self.rate = PercentEdit(optional=True)
        add("name", Field(self.tr("Company name"), self.name))
        add("country", Field(self.tr("Country"), self.country))
        add("currency", Field(self.tr("Currency"), self.currency, width=130))
        add("tax_rates[0].rate", Field(self.tr("Usual tax rate"), self.rate, width=150))
        add("tax_id", Field(self.tr("Tax number"), TextEdit(optional=True, longest=40)))
        hint = self.tr("Printed on invoices, so that you are paid.")
        add("iban", Field(self.tr("Bank account (IBAN)"), TextEdit(optional=True, longest=50), hint=hint))
        self.logo = LogoEdit()
        add("logo", Field(self.tr("Logo"), self.logo))
        self.country.value_changed.connect(self._country_chosen)
        self.currency.activated.connect(lambda *_: setattr(self, "_currency_is_typed", True))
        self.rate.textEdited.connect(lambda *_: setattr(self, "_rate_is_typed", True))
        self.name.value_changed.connect(lambda _: self._show_place())

    def _lay_out(self, may_leave: bool) -> None:
        form, side = self._form(), self._side()
        middle = row(None, form, side, None, gap=20)
        middle.setAlignment(form, Qt.AlignmentFlag.AlignTop)
        middle.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        back = Button(self.tr("Back"), "ghost", "arrow-left", do=self.left.emit)
        back.setVisible(may_leave)
        body = column(row(back, None), None, self._head(), 18, middle, None, None, margins=(24, 16, 24, 24))
        outer = column(scrolled(holder(body, "canvas")))
        self.setLayout(outer)

    def _head(self) -> Any:
        words = column(
            Label(self.tr("Welcome to Handsel"), "display"),
            Label(self.tr("From quote to cash, on this computer alone. Two minutes to your first quote."), "body", "2"),
            gap=3,
        )
        inside = holder(row(CompanyMark(), words, None, gap=14))
        inside.setFixedWidth(_FORM_WIDTH + 20 + _SIDE_WIDTH)
        return row(None, inside, None)

    def _form(self) -> Card:
        f = self.fields
        self._place = Label("", "caption", "3").wrap()
        elsewhere = Button(self.tr("Keep it elsewhere…"), "link", do=self.choose_place)
        quote = Button(
            self.tr("Create company and write a quote"), "primary", "quote", do=lambda: self.create(with_quote=True)
        )
        plain = Button(self.tr("Create company"), do=lambda: self.create(with_quote=False))
        place = row(Icon("folder", "text3"), self._place, elsewhere, gap=8)
        place.setStretch(1, 1)
        currency_row = row(f["country"], f["currency"], f["tax_rates[0].rate"], gap=14)
        bank_row = row(f["tax_id"], f["iban"], gap=14)
        for line in (currency_row, bank_row):
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
        parts = column(
            Label(self.tr("Your company"), "title"), f["name"], currency_row, bank_row, f["logo"], rule(), place,
            row(None, plain, quote, gap=10),
            margins=(24, 20, 24, 20), gap=14,
        )  # fmt: skip
        card = Card(parts, self.tr("Your company"))
        card.setFixedWidth(_FORM_WIDTH)
        return card

    def _side(self) -> QWidget:
        practice = Card(
            column(
                row(Icon("practice", "warn", 20, box=40, soft="warn_soft"), None),
                4,
                Label(self.tr("Try it with a practice company"), "title"),
                Label(
                    self.tr(
                        "A coffee-machine seller with customers, products and deals in every stage. "
                        "Play with it, then throw it away: nothing of it stays."
                    ),
                    "body",
                    "2",
                ).wrap(),
                4,
                row(Button(self.tr("Open the practice company"), icon="practice", do=self.practice_wanted.emit), None),
                margins=(20, 18, 20, 18),
                gap=6,
            ),
            self.tr("Practice company"),
        )
        known = Card(
            column(
                Label(self.tr("You have a company file already?"), "strong"),
                row(Button(self.tr("Open a file…"), icon="folder", do=self.file_wanted.emit), None),
                margins=(20, 14, 20, 12),
                gap=4,
            ),
            self.tr("Open a file…"),
        )
        made = holder(column(practice, known, gap=14))
        made.setFixedWidth(_SIDE_WIDTH)
        return made

    # ------------------------------------------------------------------ suggestions
    def _suggest(self, country: str, currency: str) -> None:
        self.country.set_value(country)
        self.currency.set_value(currency if currency in currencies() else "EUR")
        self._country_chosen(country)
        self.fields.clear()
        self._show_place()

    def _country_chosen(self, country: str | None) -> None:
        """Rate and currency follow the country until they are chosen by hand."""
        rates = usual_rates(country or "")
        if not self._rate_is_typed:
            self.rate.set_value(rates[0] if rates else None)
        money = currency_of(country or "")
        if not self._currency_is_typed and money in currencies():
            self.currency.set_value(money)

    def path(self) -> Path:
        """Where the file will be."""
        from app.exchange.new_company import free_path  # with the store behind it: the window is painted by now

        return self._path or free_path(self._folder, self.name.value() or self.tr("My company"))

    def _show_place(self) -> None:
        self._place.setText(str(self._path.parent if self._path is not None else self._folder))

    def choose_place(self) -> None:
        """Keep the file somewhere else than in the usual folder."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Keep the company here"), str(self.path()), self.tr("Companies (*.handsel)")
        )
        if name:
            chosen = Path(name)
            self._path = chosen if chosen.suffix else chosen.with_suffix(".handsel")
            self._show_place()

    # ------------------------------------------------------------------ the end
    def company(self) -> Any:
        """What was typed, as a `NewCompany`."""
        from app.exchange.new_company import NewCompany  # see above
        from app.parties.defaults import Defaults

        rates: tuple[Decimal, ...] = usual_rates(self.country.value() or "")
        first = self.rate.value()
        others = tuple(rate for rate in rates[1:] if rate != first)
        return NewCompany(
            name=self.name.value(),
            country=self.country.value() or "",
            tax_id=self.fields["tax_id"].value(),
            iban=self.fields["iban"].value(),
            defaults=Defaults(self.currency.value() or "", tax_rates=(first, *others) if first else ()),
            logo=self.logo.value(),
        )

    def create(self, with_quote: bool) -> None:
        """Ask for the company to be made, if nothing is wrong with it; else show all that is."""
        from app.exchange.new_company import problems  # see above

        fine = self.fields.check()
        company = self.company()
        self.fields.mark(problems(company))
        wrong = self.fields.with_problems()
        if fine and not wrong:
            self.created.emit(self.path(), company, with_quote)
        elif wrong:
            wrong[0].editor.setFocus()

    def refuse(self, error: RuleViolation) -> None:
        """The company could not be made as it is: show why beside the fields."""
        self.fields.mark(error.problems)


def territory(locale: QLocale) -> str:
    """The country of a locale: "DE" of de_DE; "" where it names none."""
    _, _, country = locale.name().partition("_")
    return country if len(country) == 2 else ""


def currency_of(country: str) -> str:
    """The currency used in a country today."""
    if not country:
        return ""
    locale = QLocale(QLocale.Language.AnyLanguage, QLocale.codeToTerritory(country))
    return locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
