"""Choosing a country by its name in the person's language; a few letters find it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCollator, QLocale, Qt
from PySide6.QtWidgets import QCompleter

from app.core.countries import country_names
from ui.widgets.inputs import Choice


class CountryChoice(Choice):
    """Value: the code of ISO 3166-1 alpha-2, "" for none where it is optional."""

    def __init__(self, optional: bool = False) -> None:
        names = country_names(QLocale().name().partition("_")[0])
        collator = QCollator(QLocale())
        ordered = sorted(names.items(), key=lambda item: collator.sortKey(item[1]))
        super().__init__([*([("", "")] if optional else []), *ordered], optional)
        self.setEditable(True)
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        finder = QCompleter(self.model(), self)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(finder)
        self.lineEdit().editingFinished.connect(self._take_typed)
        self.lineEdit().setFont(self.font())
        self.set_value("" if optional else None)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The line inside is what a screen reader meets, so it has the name as well."""
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def _take_typed(self) -> None:
        """What was typed chooses the country it names or begins; anything else goes back to what was chosen."""
        typed = _plain(self.currentText())
        names = [_plain(self.itemText(index)) for index in range(self.count())]
        if typed in names:
            self.setCurrentIndex(names.index(typed))
            return
        begun = [index for index, name in enumerate(names) if typed and name.startswith(typed)]
        if len(begun) == 1:
            self.setCurrentIndex(begun[0])
        self.setEditText(self.itemText(self.currentIndex()) if self.currentIndex() >= 0 else "")


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).strip()
