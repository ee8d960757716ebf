"""Dates as people type them, with a calendar behind a small button (Alt+Down)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton

from ui import formats
from ui.date_words import parse_date
from ui.theme import color, font, tokens
from ui.theme.icons import icon as make_icon
from ui.widgets.button import IconButton
from ui.widgets.card import Card
from ui.widgets.layout import column
from ui.widgets.parsed_edit import ParsedEdit, Unreadable


def _say(source: str) -> str:
    return QCoreApplication.translate("date_edit", source)


class DateEdit(ParsedEdit):
    """A date between `least` and `most`. Takes 5.3. · 5/3/27 · 5 mar · +14 · +2w · today. Value: date."""

    def __init__(
        self,
        optional: bool = False,
        least: date | None = None,
        most: date | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._least, self._most, self._today = least, most, today
        super().__init__(optional, _say("e.g. 5.3. or +14"), right=False)
        self.setTextMargins(0, 0, 26, 0)
        self._button = IconButton("calendar", _say("Open calendar"), self.open_calendar, size=16, kind="inner")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setParent(self)

    def limit(self, least: date | None, most: date | None) -> None:
        """Other bounds; an earlier problem is looked at again."""
        self._least, self._most = least, most
        if self.problem():
            self.check()

    def parse(self, text: str) -> date:
        """The day meant. Raises `Unreadable`."""
        day = parse_date(text, self._today())
        if day is None:
            raise Unreadable(_say("“%typed” is not a date. Try 5.3. or +14 or today.").replace("%typed", text))
        if self._least is not None and day < self._least:
            raise Unreadable(_say("Not before %day, please.").replace("%day", formats.date_text(self._least)))
        if self._most is not None and day > self._most:
            raise Unreadable(_say("Not after %day, please.").replace("%day", formats.date_text(self._most)))
        return day

    def canonical(self, value: date) -> str:
        """As the locale writes it."""
        return formats.date_text(value)

    def open_calendar(self) -> None:
        """Show the month; Enter or a click takes a day, Esc closes."""
        popup = CalendarPopup(self, self.value() or self._today(), self._least, self._most)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        popup.calendar.setFocus()

    def take(self, day: date) -> None:
        """Set the day as if it had been typed."""
        self.set_value(day)
        self.setModified(True)
        self.check()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down change the day; Alt+Down opens the calendar."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            self.take((self.value() or self._today()) + timedelta(days=step))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._button.setGeometry(self.width() - 30, (self.height() - 24) // 2, 26, 24)


class CalendarPopup(QFrame):
    """The month under a date input."""

    def __init__(self, edit: DateEdit, shown: date, least: date | None, most: date | None) -> None:
        super().__init__(edit, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_say("Calendar"))
        self._edit = edit
        self.calendar = _calendar()
        if least is not None:
            self.calendar.setMinimumDate(QDate(least.year, least.month, least.day))
        if most is not None:
            self.calendar.setMaximumDate(QDate(most.year, most.month, most.day))
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        self.setLayout(column(Card(column(self.calendar, margins=(6, 6, 6, 6)), panel="popup")))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The theme was switched: colour anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "calendar"):
            _dress(self.calendar)

    def _take(self, day: QDate) -> None:
        self._edit.take(date(day.year(), day.month(), day.day()))
        self.close()
        self._edit.setFocus()


def _calendar() -> QCalendarWidget:
    calendar = QCalendarWidget()
    calendar.setFont(font("label", True))
    calendar.setMinimumSize(300, 250)
    calendar.setAccessibleName(_say("Calendar"))
    calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    _dress(calendar)
    return calendar


def _dress(calendar: QCalendarWidget) -> None:
    """Colours that no stylesheet reaches, and names and icons for Qt's own buttons."""
    usual, head = QTextCharFormat(), QTextCharFormat()
    usual.setForeground(color("text"))
    head.setForeground(color("text3"))
    calendar.setHeaderTextFormat(head)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, usual)
    names = {
        "qt_calendar_prevmonth": _say("Month before"),
        "qt_calendar_nextmonth": _say("Next month"),
        "qt_calendar_monthbutton": _say("Choose the month"),
        "qt_calendar_yearbutton": _say("Choose the year"),
    }
    icons = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
    for button in calendar.findChildren(QToolButton):
        name = button.objectName()
        button.setAccessibleName(names.get(name, ""))
        if name in icons:
            button.setIcon(make_icon(icons[name], tokens().text2))
