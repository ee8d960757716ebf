"""What a list is narrowed to: as a route and back, and the verbs that forget what stands in no chip or search line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.pipeline.lists import Filter, Waiting
from ui import formats
from ui.routes import Route
from ui.widgets.button import Button
from ui.widgets.layout import row


class NarrowedTo(QWidget):
    """The days a list is narrowed to, and what its deals wait for; each a verb that forgets it."""

    wanted = Signal(object)
    """The `Filter` without what was forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._filter = Filter()
        self.days = Button("", "link", "close", do=self._forget_days)
        self.days.setToolTip(self.tr("Show all days"))
        self.waiting = Button("", "link", "close", do=self._forget_waiting)
        self.waiting.setToolTip(self.tr("Show all deals"))
        self.setLayout(row(self.days, self.waiting, gap=8))
        self.show_filter(self._filter)

    def show_filter(self, narrowed: Filter) -> None:
        """Say it in words."""
        self._filter = narrowed
        waits = {"deposit": self.tr("Waiting for a deposit"), "delivery": self.tr("Waiting for delivery")}
        for button, words in ((self.days, self._day_words()), (self.waiting, waits.get(narrowed.waiting, ""))):
            button.setText(words)
            button.setVisible(bool(words))
        self.setVisible(not (self.days.isHidden() and self.waiting.isHidden()))

    def _day_words(self) -> str:
        since, until = self._filter.since, self._filter.until
        words = {
            (True, True): self.tr("%1 to %2"),
            (True, False): self.tr("since %1"),
            (False, True): self.tr("until %2"),
        }.get((since is not None, until is not None), "")
        return words.replace("%1", formats.date_text(since)).replace("%2", formats.date_text(until))

    def _forget_days(self) -> None:
        self.wanted.emit(replace(self._filter, since=None, until=None))

    def _forget_waiting(self) -> None:
        self.wanted.emit(replace(self._filter, waiting=""))


def filter_of(route: Route) -> Filter:
    """What a route narrows its list to; words that are no day and nothing to wait for narrow nothing."""
    chosen = tuple(state for state in str(route.get("state", "")).split(",") if state)
    known: tuple[Waiting, ...] = ("deposit", "delivery")
    return Filter(
        text=str(route.get("text", "")),
        states=chosen,
        customer_id=route.get("customer"),
        deal_id=route.get("deal"),
        since=_day(route.get("since")),
        until=_day(route.get("until")),
        waiting=next((word for word in known if word == route.get("waiting")), ""),
    )


def route_of(kind: str, narrowed: Filter) -> Route:
    """The route of a list of this kind that narrows it so."""
    told = {
        "text": narrowed.text,
        "state": ",".join(narrowed.states),
        "customer": narrowed.customer_id,
        "deal": narrowed.deal_id,
        "since": narrowed.since.isoformat() if narrowed.since is not None else "",
        "until": narrowed.until.isoformat() if narrowed.until is not None else "",
        "waiting": narrowed.waiting,
    }
    return Route.to(kind, **{name: value for name, value in told.items() if value})


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
