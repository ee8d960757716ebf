"""The columns of the stock screen, on screen and in a workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.pipeline.availability import StockItem
from app.pipeline.stock import StockRow
from ui import formats
from ui.catalog.stock_form import amount_words
from ui.tables.column import Column
from ui.widgets.unit_words import unit_name

_WAY = ("ordered", "to_dispatch", "in_transit", "dispatched", "accepted", "returned")
_WIDTH = 86


def room_columns(day: Callable[[], date]) -> list[Column]:
    """On hand, reserved, incoming, and free on a day."""

    def amount(title: str, value: Callable[[StockItem], Decimal], tone: Callable[[StockItem], str] | None) -> Column:
        def text(row: StockItem) -> str:
            found = value(row)
            return amount_words(found, row.availability.unit) if found else formats.NOTHING

        return Column(title=title, text=text, align="right", width=_WIDTH, tone=tone)

    return [
        Column(title=_say("Item"), text=lambda row: row.name, below=lambda row: row.sku, look="strong"),
        amount(_say("On hand"), lambda row: row.availability.on_hand, None),
        amount(_say("Reserved"), lambda row: row.availability.reserved, None),
        Column(
            title=_say("Comes"),
            text=_incoming,
            below=_next_day,
            tone=None,
            align="right",
            width=_WIDTH + 8,
        ),
        Column(
            title=_say("Free"),
            text=lambda row: amount_words(row.availability.free_on(day()), row.availability.unit),
            tone=lambda row: "bad" if row.availability.free_on(day()) < 0 else "",
            align="right",
            width=_WIDTH,
        ),
    ]


def _incoming(row: StockItem) -> str:
    found = row.availability
    total = sum((quantity for _, quantity in found.incoming), found.late)
    return amount_words(total, found.unit) if total else formats.NOTHING


def _next_day(row: StockItem) -> str:
    found = row.availability
    if found.late:
        return _say("late")
    return formats.date_text(found.incoming[0][0]) if found.incoming else ""


def way_columns() -> list[Column]:
    """Where ordered goods are."""

    def amount(title: str, name: str) -> Column:
        def text(row: StockRow) -> str:
            found: Decimal = getattr(row, name)
            return amount_words(found, row.unit) if found else formats.NOTHING

        return Column(title=title, text=text, align="right", width=98)

    item = Column(title=_say("Item"), text=lambda row: row.name, below=lambda row: row.sku, look="strong")
    return [item, *(amount(title, name) for title, name in zip(_way_titles(), _WAY, strict=True))]


def _way_titles() -> list[str]:
    return [
        _say("Ordered"),
        _say("To dispatch"),
        _say("In transit"),
        _say("Dispatched"),
        _say("Accepted"),
        _say("Returned"),
    ]


def export_cells(tab: str, day: date) -> Callable[[], list[Any]]:
    """The cells of a workbook; called where the workbook is written, for its room is loaded late."""
    head = [_say("Item number"), _say("Name"), _say("Unit")]
    free = _say("Free on %1").replace("%1", formats.date_text(day))
    room = [_say("On hand"), _say("Reserved"), _say("Comes"), free]
    way = _way_titles()

    def make() -> list[Any]:
        from app.outputs.xlsx.styles import Kind
        from app.outputs.xlsx.workbook import Column as Cell

        def figure(key: str, title: str, value: Callable[[Any], Decimal]) -> Any:
            return Cell(key, title, Kind.NUMBER, value)

        unit: Callable[[Any], str] = lambda row: row.availability.unit if tab == "room" else row.unit  # noqa: E731
        cells = [
            Cell("sku", head[0], Kind.TEXT, lambda row: row.sku),
            Cell("name", head[1], Kind.TEXT, lambda row: row.name),
            Cell("unit", head[2], Kind.TEXT, lambda row: unit_name(unit(row))),
        ]
        if tab == "way":
            return cells + [
                figure(name, title, lambda row, name=name: getattr(row, name))  # type: ignore[misc]
                for name, title in zip(_WAY, way, strict=True)
            ]
        return [
            *cells,
            figure("on_hand", room[0], lambda row: row.availability.on_hand),
            figure("reserved", room[1], lambda row: row.availability.reserved),
            figure("incoming", room[2], _coming),
            figure("free", room[3], lambda row: row.availability.free_on(day)),
        ]

    return make


def _coming(row: StockItem) -> Decimal:
    found = row.availability
    return sum((quantity for _, quantity in found.incoming), found.late)


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
