"""A price list: whom it is for, its entries with their tiers, and a try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.parties.defaults import defaults
from app.pricing.book import Method, PriceList
from app.pricing.entry_rows import EntryRow, rows_of
from app.pricing.examples import fitting_quantity
from app.pricing.queries import price_list_by_id
from app.pricing.service import end_price_list, save_price_list
from ui import formats
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.list_form import ListValues, PriceListForm
from ui.pricing.rule_page import FoundRule, RulePage
from ui.pricing.try_card import Suggested
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.days_words import days_words


def screen(context: AppContext, route: Route) -> QWidget:
    """The price list of the route, or its form."""
    return PriceListScreen(context, route)


class PriceListScreen(RulePage):
    """Ctrl+E changes it; Enter on an entry tries it."""

    kind = "price-list"
    form: PriceListForm

    def read(self, session: Any, key: int) -> Any:
        """With all its entries."""
        return price_list_by_id(session, key)

    def put(self, session: Any, item: PriceList, key: int | None) -> int:
        """Save it whole."""
        return int(save_price_list(session, item, price_list_id=key).ids["price_list"])

    def end_on(self, session: Any, key: int, on: date) -> Any:
        """Its last day."""
        return end_price_list(session, key, on=on)

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """For whom and when."""
        item: PriceList = found.stored.item
        who = item.group or self.tr("all customers")
        parts = [who, days_words(item.starts_on, item.ends_on), item.currency, texts.tax_mode(item.includes_tax)]
        return "  ·  ".join(parts), texts.rule_state(item.starts_on, item.ends_on, self._context.today(), item.active)

    def facts(self, found: FoundRule) -> list[tuple[str, str]]:
        """What is not in the entries."""
        item: PriceList = found.stored.item
        return [
            (self.tr("For"), item.group or self.tr("all customers")),
            (self.tr("Holds"), days_words(item.starts_on, item.ends_on)),
            (self.tr("Prices"), f"{item.currency}, {texts.tax_mode(item.includes_tax)}"),
            (self.tr("Priority"), formats.whole_text(item.priority)),
            (self.tr("Round to"), texts.number(item.round_to)),
            (self.tr("Written by"), item.author),
        ]

    def suggested(self, found: FoundRule) -> Suggested:
        """Its first product, in a quantity that shows the tiers, for a customer of the group."""
        entry = next((one for one in found.stored.item.entries if one.sku in found.around.products), None)
        if entry is None:
            return Suggested()
        who = found.around.members.get(found.stored.item.group)
        return Suggested(entry.sku, fitting_quantity(entry.tiers, entry.least_quantity), who)

    def make_more(self) -> None:
        """The entries."""
        self.entries = RowsCard(self.tr("Entries"), self._columns(), id)
        self.entries.opened.connect(self._try)
        self.add_card(self.entries)

    def fill_more(self, found: FoundRule) -> None:
        """A row for each tier."""
        rows = rows_of(found.stored.item.entries)
        self.entries.set_rows(rows)
        self.entries.head.note.setText(formats.whole_text(len(rows)))

    def _try(self, one: EntryRow) -> None:
        if one.sku in self.found.around.products:
            quantity = one.from_quantity if one.from_quantity > 0 else fitting_quantity(())
            who = self.found.around.members.get(self.found.stored.item.group)
            self.trial.begin(self.found.around, Suggested(one.sku, quantity, who))

    def _columns(self) -> list[Column]:
        methods, readings = dict(texts.method_choices()), dict(texts.reading_choices())

        def target(one: EntryRow) -> str:
            product = self.found.around.products.get(one.sku)
            if product is not None:
                return str(product.name)
            return one.sku or one.category or self.tr("All products")

        return [
            Column(title=self.tr("For"), text=target, below=lambda one: one.sku),
            Column(
                title=self.tr("From so many"),
                text=lambda one: formats.decimal_text(one.from_quantity) if one.from_quantity else "",
                align="right",
                width=110,
            ),
            Column(
                title=self.tr("Value"),
                text=lambda one: texts.value_words(one, self.found.stored.item.currency),
                align="right",
                width=120,
                look="strong",
            ),
            Column(
                title=self.tr("Is"),
                text=lambda one: methods[one.method],
                below=lambda one: one.of if one.method is Method.PERCENT_OF_TOTAL else "",
                width=160,
            ),
            Column(title=self.tr("Tier is for"), text=lambda one: readings[one.reading], width=140, look="quiet"),
        ]

    # the form
    def make_form(self) -> PriceListForm:
        """Names, days, entries."""
        return PriceListForm()

    def blank(self) -> ListValues:
        """In the company's currency, in its mode."""
        self.surround(self.form)
        with self._context.store.read() as session:
            usual = defaults(session)
        return ListValues(PriceList("", usual.currency, includes_tax=usual.prices_include_tax))

    def values_of(self, found: FoundRule) -> ListValues:
        """What is kept."""
        self.surround(self.form)
        return ListValues.of(found.stored.item)

    def copy_of(self, values: ListValues) -> ListValues:
        """Another one with the same entries."""
        return replace(values, item=replace(values.item, name="", author=""))

    def form_title(self, found: FoundRule | None) -> str:
        """What it is about."""
        return self.tr("New price list") if found is None else found.stored.item.name

    def item_of(self, values: ListValues) -> PriceList:
        """With its entries."""
        return values.price_list()
