"""The form of a price list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from app.core.errors import RuleViolation
from app.core.money import currencies
from app.pipeline.trying import Around
from app.pricing.book import PriceList
from app.pricing.entry_rows import EntryRow, entries_of, rows_of
from ui.pricing.entries_edit import EntriesEdit
from ui.pricing.texts import problem_words
from ui.widgets.date_edit import DateEdit
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.record_form import RecordForm


@dataclass(frozen=True, slots=True)
class ListValues:
    """A price list whose entries are rows, as they are typed."""

    item: PriceList
    rows: tuple[EntryRow, ...] = ()

    @classmethod
    def of(cls, item: PriceList) -> ListValues:
        """Of a list that is kept."""
        return cls(replace(item, entries=()), rows_of(item.entries))

    def price_list(self) -> PriceList:
        """The list that was typed."""
        return replace(self.item, entries=entries_of(self.rows))


class PriceListForm(RecordForm):
    """Whom it is for, when, and its entries."""

    widest = 1180

    def __init__(self) -> None:
        super().__init__(problem_words)
        self._author = ""
        name = self.field("name", self.tr("Name"), TextEdit(longest=100), self.tr("Quotes name it beside the price."))
        currency = self.field("currency", self.tr("Currency"), Choice((c, c) for c in sorted(currencies())))
        hint = self.tr("As it stands at customers; empty for all of them.")
        group = self.field("group", self.tr("Group of customers"), TextEdit(optional=True, longest=60), hint)
        begin = self.field("starts_on", self.tr("Holds from"), DateEdit(optional=True))
        end = self.field("ends_on", self.tr("Holds until"), DateEdit(optional=True))
        hint = self.tr("Among lists the higher one wins.")
        priority = self.field("priority", self.tr("Priority"), DecimalEdit(places=0), hint)
        hint = self.tr("Prices that are worked out end on such steps, as 0.05.")
        steps = self.field("round_to", self.tr("Round to"), DecimalEdit(optional=True), hint)
        self._gross = Tick(self.tr("These prices include tax"))
        self._active = Tick(self.tr("In use"))
        for tick in (self._gross, self._active):
            tick.value_changed.connect(lambda *_: self._edited())
        self.card(
            self.tr("Price list"),
            [(name, 6), (currency, 2), (group, 4)],
            [(begin, 3), (end, 3), (priority, 3), (steps, 3)],
            [(self._gross, 6), (self._active, 6)],
        )
        self.entries = EntriesEdit()
        self.entries.value_changed.connect(lambda *_: self._edited())
        note = self.tr("Rows of the same product below each other are its tiers")
        self.card(self.tr("Entries"), holder(column(self.entries)), note=note)
        currency.editor.value_changed.connect(lambda code: self.entries.set_currency(code or ""))

    def set_around(self, around: Around) -> None:
        """Products, categories and groups to choose from."""
        self.entries.set_around(around)
        finder = QCompleter(list(around.groups), self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        group: Any = self.fields["group"].editor
        group.setCompleter(finder)

    def show_values(self, values: ListValues) -> None:
        """Put a price list into the inputs."""
        item = values.item
        self._author = item.author
        for name in ("name", "currency", "group", "starts_on", "ends_on", "round_to"):
            self.fields[name].set_value(getattr(item, name))
        self.fields["priority"].set_value(Decimal(item.priority))
        self._gross.set_value(item.includes_tax)
        self._active.set_value(item.active)
        self.entries.set_currency(item.currency)
        self.entries.set_value(values.rows)

    def values(self) -> ListValues:
        """What was typed."""
        f = self.fields
        item = PriceList(
            name=f["name"].value(),
            currency=f["currency"].value() or "",
            starts_on=f["starts_on"].value(),
            ends_on=f["ends_on"].value(),
            group=f["group"].value(),
            includes_tax=self._gross.value(),
            priority=int(f["priority"].value() or 0),
            round_to=f["round_to"].value(),
            active=self._active.value(),
            author=self._author,
        )
        return ListValues(item, self.entries.value())

    def save(self) -> None:
        """Only if every entry says for what it is."""
        if self.entries.check():
            super().save()

    def refuse(self, error: Exception) -> bool:
        """Problems of entries stand in their cells."""
        if not isinstance(error, RuleViolation):
            return super().refuse(error)
        return super().refuse(RuleViolation(self.entries.show_problems(error.problems)))
