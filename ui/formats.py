"""Numbers, money and dates as the person's locale writes them, and back. Exact: no float ever touches a value.

The locale is Qt's default one (`QLocale.setDefault`). Parsing is forgiving about separators and symbols; what cannot
be understood is None, and the caller says so.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from app.core.money import decimals, to_decimal

MINUS = "\u2212"
NBSP = "\u00a0"
NOTHING = "\u2014"
"""Shown where there is no value."""

_SYMBOLS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "TRY": "₺", "UAH": "₴",
    "VND": "₫", "NGN": "₦", "PHP": "₱", "PLN": "zł", "CZK": "Kč", "BRL": "R$",
}  # fmt: skip


# ------------------------------------------------------------------ numbers
def _native(digits: str) -> str:
    """ASCII digits in the digits of the locale."""
    zero = ord(QLocale().zeroDigit())
    return digits if zero == ord("0") else "".join(chr(zero + int(digit)) for digit in digits)


def decimal_text(value: Decimal, places: int | None = None) -> str:
    """A number with the locale's separators; `places` rounds half up to that many decimals, None keeps what is there.

    The minus is the typographic one.
    """
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = format(abs(value), "f").partition(".")
    text = QLocale().toString(int(whole))
    if fraction:
        text += QLocale().decimalPoint() + _native(fraction)
    return (MINUS if value < 0 else "") + text


def whole_text(value: int) -> str:
    """A count with the locale's separators."""
    return decimal_text(Decimal(value))


def size_text(count: int) -> str:
    """The size of a file: "0.4 MB"."""
    return f"{decimal_text(Decimal(count) / 1_000_000, 1)}{NBSP}MB"


def percent_text(value: Decimal, places: int | None = None) -> str:
    """A percentage: 33.4 -> "33.4 %"."""
    return f"{decimal_text(value, places)}{NBSP}%"


def symbol(currency: str) -> str:
    """The sign of a currency where it cannot be mistaken, else its code."""
    return _SYMBOLS.get(currency, currency)


@lru_cache(maxsize=16)
def _money_pattern(locale_name: str) -> tuple[str, str]:
    """What stands before and after the figures: ("¤", "") in English, ("", " ¤") in German."""
    probe = QLocale(locale_name).toCurrencyString(0.0, "¤", 0)
    zero = QLocale(locale_name).zeroDigit()
    before, _, after = probe.partition(zero)
    keep = re.compile(r"[^¤\s\u00a0]")
    return keep.sub("", before), keep.sub("", after).replace(" ", NBSP)


def _with_symbol(figures: str, currency: str) -> str:
    before, after = _money_pattern(QLocale().name())
    sign = symbol(currency)
    if before == "¤" and sign.isalpha():
        before += NBSP
    return before.replace("¤", sign) + figures + after.replace("¤", sign)


def money_text(minor: int, currency: str, whole: bool = False) -> str:
    """An amount of minor units with symbol: "€63,820.14", "63.820,14 €"; `whole` rounds the cents away (headlines)."""
    places = 0 if whole else decimals(currency)
    figures = decimal_text(abs(to_decimal(minor, currency)), places)
    return (MINUS if minor < 0 else "") + _with_symbol(figures, currency)


def amount_text(minor: int, currency: str) -> str:
    """An amount without symbol, for columns whose head or neighbour says the currency."""
    return decimal_text(to_decimal(minor, currency), decimals(currency))


def price_text(price: Decimal, currency: str) -> str:
    """A unit price with symbol: every decimal it has, and at least those of its currency."""
    exponent = price.as_tuple().exponent
    places = max(decimals(currency), -exponent if isinstance(exponent, int) else 0)
    return (MINUS if price < 0 else "") + _with_symbol(decimal_text(abs(price), places), currency)


def short_money_text(minor: int, currency: str) -> str:
    """A rounded amount for chart labels: "€25.5k", "€1.2M"."""
    value = abs(to_decimal(minor, currency))
    figures = _short(value)
    return (MINUS if minor < 0 else "") + _with_symbol(figures, currency)


def _short(value: Decimal) -> str:
    translate = QCoreApplication.translate
    if value >= 1_000_000:
        return translate("formats", "%1M", "million, short").replace("%1", _one_place(value / 1_000_000))
    if value >= 1_000:
        return translate("formats", "%1k", "thousand, short").replace("%1", _one_place(value / 1_000))
    return decimal_text(value, 0)


def _one_place(value: Decimal) -> str:
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return decimal_text(rounded, 0 if rounded == rounded.to_integral_value() else 1)


def short_figure(value: Decimal) -> str:
    """A rounded figure for chart axes: "10k"."""
    return _short(value)


# ------------------------------------------------------------------ reading numbers
def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def parse_decimal(text: str, strip: tuple[str, ...] = ()) -> Decimal | None:
    """The number somebody typed, or None. `strip` are words to ignore (a currency, a unit, "%").

    The locale's own separators count first; "12.5" typed in German still means 12.5, since a group has three digits.
    """
    cleaned = _plain_digits(text)
    for word in strip:
        if word:
            cleaned = re.sub(re.escape(word), "", cleaned, flags=re.IGNORECASE)
    cleaned = re.sub(r"[\s\u00a0\u202f'’]", "", cleaned).replace(MINUS, "-")
    match = re.fullmatch(r"([+-]?)([\d.,٫٬]+)", cleaned)
    if match is None or not any(char.isdigit() for char in cleaned):
        return None
    number = _one_point(match[2].replace("٫", ",").replace("٬", "."))
    return None if number is None else Decimal(match[1] + number)


def _one_point(figures: str) -> str | None:
    """The figures with groups removed and a point for the decimals; None if that makes no sense."""
    point = "," if QLocale().decimalPoint() in {",", "٫"} else "."
    group = "." if point == "," else ","
    for decimal_point, separator in ((point, group), (group, point)):
        whole, _, fraction = figures.partition(decimal_point)
        if not fraction and _is_lone_stranger(whole, separator):
            continue
        if separator not in fraction and decimal_point not in fraction and _grouped_well(whole, separator):
            whole = whole.replace(separator, "")
            return f"{whole or '0'}.{fraction or '0'}" if fraction else (whole or None)
    return None


def _is_lone_stranger(whole: str, separator: str) -> bool:
    """One separator that this locale never uses for groups: it must be the decimal point (1.234 in Swedish)."""
    return whole.count(separator) == 1 and QLocale().groupSeparator() != separator


def _grouped_well(whole: str, group: str) -> bool:
    first, *others = whole.split(group)
    if not others:
        return True
    return 1 <= len(first) <= 3 and len(others[-1]) == 3 and all(2 <= len(part) <= 3 for part in others)


# ------------------------------------------------------------------ dates and times
def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _is_month_first() -> bool:
    layout = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return "M" in layout and "d" in layout and layout.index("M") < layout.index("d") and not layout.startswith("y")


def _is_english() -> bool:
    return QLocale().language() == QLocale.Language.English


def date_text(day: date | None) -> str:
    """A date as one reads it in a list: "15 Dec 2026", "Dec 15, 2026" (US), "15.12.2026" (German)."""
    if day is None:
        return NOTHING
    if _is_english():
        layout = "MMM d, yyyy" if _is_month_first() else "d MMM yyyy"
    else:
        layout = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        layout = re.sub(r"(?<!d)d(?!d)", "dd", re.sub(r"(?<!M)M(?!M)", "MM", layout))
        layout = re.sub(r"(?<!y)yy(?!y)", "yyyy", layout)
    return QLocale().toString(_qdate(day), layout)


def day_text(day: date | None) -> str:
    """A date without its year: "12 Nov", "Nov 12", "12. Nov."."""
    if day is None:
        return NOTHING
    if _is_english():
        layout = "MMM d" if _is_month_first() else "d MMM"
    else:
        layout = "d. MMM" if QLocale().language() == QLocale.Language.German else "d MMM"
    return QLocale().toString(_qdate(day), layout)


def long_date_text(day: date) -> str:
    """A date with its weekday, for headings."""
    return QLocale().toString(_qdate(day), QLocale.FormatType.LongFormat)


def time_text(moment: datetime) -> str:
    """The time of day of a local moment: "14:32"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def moment_text(moment: datetime) -> str:
    """Date and time of a local moment: "18 Nov 2026, 14:32"."""
    return f"{date_text(moment.date())}, {time_text(moment)}"


def local(moment: datetime) -> datetime:
    """A stored UTC moment in the time zone of this computer."""
    shown = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    day, time = shown.date(), shown.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), time.second())  # noqa: DTZ001
