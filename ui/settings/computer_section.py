"""This person on this computer: language, formats, light or dark. Switches at once."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from ui import formats, translation
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.settings.texts import language_words
from ui.theme import MODES
from ui.widgets.inputs import Choice
from ui.widgets.label import Label
from ui.widgets.layout import column

_LOCALES = ("", "de_DE", "de_AT", "de_CH", "en_GB", "en_IE", "en_US", "fr_FR", "nl_NL", "sv_SE", "ja_JP")


class ComputerSection(Section):
    """Nothing of it is in the company's file."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        languages = [(code, language_words(code)) for code in ("", *translation.languages())]
        words = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        language = self.field("language", self.tr("Language"), Choice(languages), width=260)
        locale = self.field(
            "locale", self.tr("Dates and numbers"), Choice(_locales(self.tr("As the language"))), width=260
        )
        theme = self.field("theme", self.tr("Colours"), Choice((mode, words[mode]) for mode in MODES), width=260)
        self._example = Label("", "caption", "3", figures=True)
        self.setLayout(
            column(
                titled(
                    self.tr("This computer"), self.tr("It switches at once."), language, locale, self._example, theme
                ),
                None,
            )
        )
        context.theme.changed.connect(self._show_theme)

    def load(self, values: object) -> None:
        """Show what is set on this computer; `values` are not needed."""
        settings = self.context.settings
        self.fields["language"].set_value(settings.text("language"))
        self.fields["locale"].set_value(settings.text("locale"))
        self._show_theme()
        example = f"{formats.long_date_text(self.context.today())} · {formats.money_text(123456, 'EUR')}"
        self._example.setText(example)

    def _show_theme(self) -> None:
        self._is_loading = True
        self.fields["theme"].set_value(self.context.theme.mode)
        self._is_loading = False

    def edited(self, *_: object) -> None:
        """A choice takes effect without a pause."""
        if not self._is_loading:
            self.save()

    def save(self) -> None:
        """Keep the choices; the window is made anew in another language."""
        settings, given = self.context.settings, {f: self.fields[f].value() for f in ("language", "locale", "theme")}
        self.context.theme.set_mode(given["theme"])
        speaks_anew = any(settings.text(name) != given[name] for name in ("language", "locale"))
        for name, value in given.items():
            settings.put(name, value)
        if speaks_anew:
            self.context.changes.tell({"language"})


def _locales(first: str) -> list[tuple[str, str]]:
    found = [("", first)]
    for code in _LOCALES[1:]:
        locale = QLocale(code)
        found.append((code, f"{locale.nativeLanguageName()} ({locale.nativeTerritoryName()})"))
    return found
