"""Words in the person's language: plain JSON catalogues, resources/translations/<language>/<area>.json, all merged.

An entry maps the English source to its translation: a text, or a list of plural forms (for `tr("%n lines", None, n)`),
or an object by comment where one source needs several words ("": the usual one). Adding a language is adding a folder.
English itself has a small catalogue for the plural forms of its own texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

FOLDER = Path(__file__).parents[1] / "resources" / "translations"

Forms = str | list[str]


def _two(n: int) -> int:
    return 0 if n == 1 else 1


def _french(n: int) -> int:
    return 0 if n < 2 else 1


def _none(_: int) -> int:
    return 0


def _east_slavic(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2


def _polish(n: int) -> int:
    return 0 if n == 1 else (1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2)


def _czech(n: int) -> int:
    return 0 if n == 1 else (1 if 2 <= n <= 4 else 2)


_PLURALS: dict[str, Callable[[int], int]] = {
    **dict.fromkeys(("ja", "zh", "ko", "th", "vi", "id", "ms"), _none),
    **dict.fromkeys(("fr", "pt"), _french),
    **dict.fromkeys(("ru", "uk", "be", "sr", "hr", "bs"), _east_slavic),
    **dict.fromkeys(("cs", "sk"), _czech),
    "pl": _polish,
}
"""Which plural form (0, 1, 2) a number takes, by language; the others follow English."""


def languages() -> list[str]:
    """Codes of the languages that have a catalogue; English is always there."""
    return sorted({"en", *(folder.name for folder in FOLDER.iterdir() if folder.is_dir())})


def catalogue(language: str, folder: Path = FOLDER, refuse_conflicts: bool = False) -> dict[str, dict[str, Forms]]:
    """All entries of a language, its files merged: source -> comment -> translation.

    Where two files disagree the first one counts, or ValueError is raised with `refuse_conflicts`.
    """
    merged: dict[str, dict[str, Forms]] = {}
    for file in sorted((folder / language).glob("*.json")):
        for source, entry in json.loads(file.read_text(encoding="utf-8")).items():
            by_comment = entry if isinstance(entry, dict) else {"": entry}
            known = merged.setdefault(source, {})
            for comment, forms in by_comment.items():
                if known.setdefault(comment, forms) != forms and refuse_conflicts:
                    raise ValueError(f"{file}: {source!r} is translated differently in another file of {language}")
    return merged


class Catalogue(QTranslator):
    """A translator over one language's merged catalogue."""

    def __init__(self, language: str, parent: QObject | None = None, folder: Path = FOLDER) -> None:
        super().__init__(parent)
        self._entries = catalogue(language, folder)
        self._form = _PLURALS.get(language, _two)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Whether there is nothing to translate with."""
        return not self._entries

    def translate(self, _context: str, source: str, comment: str | None = None, n: int = -1) -> str | None:
        """The translation, or None so that the next translator is asked."""
        entry = self._entries.get(source)
        if entry is None:
            return None
        forms = entry.get(comment or "", entry.get(""))
        if isinstance(forms, list):
            return forms[min(self._form(max(n, 0)), len(forms) - 1)]
        return forms


def install(language: str = "") -> str:
    """Speak `language` ("de", "en", ...; "" follows the system) from now on; returns the language chosen."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("The application must exist before its language is chosen.")
    chosen = language or QLocale.system().name().partition("_")[0]
    if chosen not in languages():
        chosen = "en"
    _remove_all(app)
    _install_qt_words(app, chosen)
    translator = Catalogue(chosen, app)
    translator.setObjectName("language")
    app.installTranslator(translator)
    return chosen


def choose_language(language: str = "", locale: str = "") -> str:
    """Words and formats: `language` ("" follows the system) and `locale` ("de_CH"; "" the system's or language's)."""
    if locale:
        QLocale.setDefault(QLocale(locale))
    elif language and QLocale.system().name().partition("_")[0] != language:
        QLocale.setDefault(QLocale("en_GB" if language == "en" else language))
    else:
        QLocale.setDefault(_system())
    return install(language)


def _system() -> QLocale:
    """The system's locale; British English where it says nothing, because the plain "C" one groups no thousands."""
    system = QLocale.system()
    return QLocale("en_GB") if system.language() == QLocale.Language.C else system


def _remove_all(app: QCoreApplication) -> None:
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.setParent(None)


def _install_qt_words(app: QCoreApplication, language: str) -> None:
    """Qt's own words (OK, Cancel, context menus) in the same language, where Qt has them."""
    translator = QTranslator(app)
    path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", path):
        app.installTranslator(translator)
