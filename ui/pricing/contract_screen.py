"""A price agreed with one customer for one product, with its tiers, and a try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import RuleViolation
from app.core.money import currencies
from app.parties.defaults import defaults
from app.pipeline.trying import Around
from app.pricing.book import ContractPrice, Reading, Tier
from app.pricing.examples import example, fitting_quantity
from app.pricing.queries import contract_price_by_id
from app.pricing.service import end_contract_price, save_contract_price
from ui import formats
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.rule_page import FoundRule, RulePage
from ui.pricing.steps_edit import StepsEdit
from ui.pricing.texts import problem_words
from ui.pricing.try_card import Suggested
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.days_words import days_words
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.record_form import RecordForm

_NONE = Decimal(0)


def screen(context: AppContext, route: Route) -> QWidget:
    """The contract price of the route, or its form."""
    return ContractPriceScreen(context, route)


class ContractPriceForm(RecordForm):
    """Who gets what at which price, and when."""

    def __init__(self) -> None:
        super().__init__(problem_words)
        self._author = ""
        customer = self.field("customer_id", self.tr("Customer"), FinderEdit(Choices(())))
        product = self.field("sku", self.tr("Product"), FinderEdit(Choices(())))
        hint = self.tr("Quotes name the price so; empty, they say that it is agreed.")
        note = self.field("note", self.tr("Note"), TextEdit(optional=True, longest=100), hint)
        begin = self.field("starts_on", self.tr("Holds from"), DateEdit(optional=True))
        end = self.field("ends_on", self.tr("Holds until"), DateEdit(optional=True))
        self.card(self.tr("Agreement"), [(customer, 6), (product, 6)], [(note, 6), (begin, 3), (end, 3)])
        price = self.field("price", self.tr("Price"), DecimalEdit(least=_NONE))
        base = self.field("base_quantity", self.tr("Price is for"), DecimalEdit(least=Decimal("0.000001")))
        currency = self.field("currency", self.tr("Currency"), Choice((c, c) for c in sorted(currencies())))
        least = self.field("least_quantity", self.tr("From so many"), DecimalEdit(least=_NONE))
        reading = self.field("reading", self.tr("Tiers are for"), Choice(texts.reading_choices()))
        self._gross = Tick(self.tr("This price includes tax"))
        self._gross.value_changed.connect(lambda *_: self._edited())
        self.tiers = StepsEdit(Tier, ("least_quantity", "value"), (self.tr("From so many"), self.tr("Price")))
        self.tiers.value_changed.connect(lambda *_: self._edited())
        self._example = Label("", "strong", figures=True).wrap()
        self._meaning = Label("", "caption", "3").wrap()
        self.card(
            self.tr("Price"),
            [(price, 4), (base, 4), (currency, 4)],
            [(least, 4), (reading, 4), (holder(column(22, self._gross)), 4)],
            holder(column(Label(self.tr("Tiers"), "label", "2"), self.tiers, 4, self._example, self._meaning, gap=4)),
        )
        self.edited.connect(self._tell)

    def set_around(self, around: Around) -> None:
        """Customers and products to choose from."""
        customer: Any = self.fields["customer_id"].editor
        customer.set_choices(Choices(around.customers.items()))
        product: Any = self.fields["sku"].editor
        pairs = [(sku, f"{item.name} · {sku}") for sku, item in around.products.items()]
        product.set_choices(Choices(pairs, ((sku, sku) for sku in around.products)))

    def show_values(self, values: ContractPrice) -> None:
        """Put a price into the inputs."""
        self._author = values.author
        self.fields["customer_id"].set_value(values.customer_id or None)
        self.fields["sku"].set_value(values.sku or None)
        for name in ("note", "starts_on", "ends_on", "price", "base_quantity", "currency", "least_quantity", "reading"):
            self.fields[name].set_value(getattr(values, name))
        self._gross.set_value(values.includes_tax)
        self.tiers.set_value(values.tiers)
        self._tell()

    def values(self) -> ContractPrice:
        """What was typed."""
        f = self.fields
        return ContractPrice(
            customer_id=int(f["customer_id"].value() or 0),
            sku=f["sku"].value() or "",
            currency=f["currency"].value() or "",
            price=f["price"].value() or _NONE,
            base_quantity=f["base_quantity"].value() or _NONE,
            least_quantity=f["least_quantity"].value() or _NONE,
            reading=f["reading"].value() or Reading.ALL_UNITS,
            tiers=self.tiers.value(),
            includes_tax=self._gross.value(),
            starts_on=f["starts_on"].value(),
            ends_on=f["ends_on"].value(),
            note=f["note"].value(),
            author=self._author,
        )

    def refuse(self, error: Exception) -> bool:
        """Problems of tiers stand in their cells."""
        if not isinstance(error, RuleViolation):
            return super().refuse(error)
        return super().refuse(RuleViolation(self.tiers.show_problems(error.problems, "tiers")))

    def _tell(self) -> None:
        """What the tiers come to."""
        item = self.values()
        shown = bool(item.tiers and item.base_quantity and item.currency)
        self._example.setVisible(shown)
        self._meaning.setVisible(shown)
        if shown:
            self._example.setText(example_of(item))
            self._meaning.setText(texts.reading_words(item.reading))


def example_of(item: ContractPrice) -> str:
    """A quantity that shows the tiers, and what it comes to."""
    quantity = fitting_quantity(item.tiers, item.least_quantity)
    told = example(item.price, item.tiers, item.reading, quantity, item.currency, item.base_quantity)
    return texts.example_words(told, item.currency)


class ContractPriceScreen(RulePage):
    """Ctrl+E changes it."""

    kind = "contract-price"
    form: ContractPriceForm

    def read(self, session: Any, key: int) -> Any:
        """With the customer's name."""
        return contract_price_by_id(session, key)

    def put(self, session: Any, item: ContractPrice, key: int | None) -> int:
        """Save it."""
        return int(save_contract_price(session, item, contract_price_id=key).ids["contract_price"])

    def end_on(self, session: Any, key: int, on: date) -> Any:
        """Its last day."""
        return end_contract_price(session, key, on=on)

    def name_of(self, item: ContractPrice) -> str:
        """The product, and what it is called."""
        return " · ".join(part for part in (item.sku, item.note) if part)

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """With whom, and when."""
        item: ContractPrice = found.stored.item
        below = f"{found.stored.customer}  ·  {days_words(item.starts_on, item.ends_on)}"
        return below, texts.rule_state(item.starts_on, item.ends_on, self._context.today())

    def facts(self, found: FoundRule) -> list[tuple[str, str]]:
        """Everything that was agreed."""
        item: ContractPrice = found.stored.item
        product = found.around.products.get(item.sku)
        per = "" if item.base_quantity == 1 else f" / {formats.decimal_text(item.base_quantity)}"
        price = formats.price_text(item.price, item.currency)
        tiers = "\n".join(
            f"{formats.decimal_text(tier.least_quantity)}:  {formats.price_text(tier.value, item.currency)}"
            for tier in item.tiers
        )
        return [
            (self.tr("Customer"), found.stored.customer),
            (self.tr("Product"), item.sku if product is None else f"{product.name} · {item.sku}"),
            (self.tr("Price"), f"{price}{per}, {texts.tax_mode(item.includes_tax)}"),
            (self.tr("From so many"), texts.number(item.least_quantity or None)),
            (self.tr("Tiers"), tiers),
            (self.tr("Read as"), texts.reading_words(item.reading) if item.tiers else ""),
            (self.tr("Example"), example_of(item) if item.tiers else ""),
            (self.tr("Holds"), days_words(item.starts_on, item.ends_on)),
            (self.tr("Written by"), item.author),
        ]

    def suggested(self, found: FoundRule) -> Suggested:
        """For its customer, in a quantity that shows the tiers."""
        item: ContractPrice = found.stored.item
        return Suggested(item.sku, fitting_quantity(item.tiers, item.least_quantity), item.customer_id)

    # the form
    def make_form(self) -> ContractPriceForm:
        """Who, what, how much."""
        return ContractPriceForm()

    def blank(self) -> ContractPrice:
        """For the customer of the route, if it names one."""
        self.surround(self.form)
        with self._context.store.read() as session:
            usual = defaults(session)
        return ContractPrice(
            int(self._route.get("customer") or 0),
            "",
            usual.currency,
            _NONE,
            includes_tax=usual.prices_include_tax,
            starts_on=self._context.today(),
        )

    def values_of(self, found: FoundRule) -> ContractPrice:
        """What is kept."""
        self.surround(self.form)
        return found.stored.item

    def copy_of(self, values: ContractPrice) -> ContractPrice:
        """For another product or customer."""
        return replace(values, sku="", author="")

    def form_title(self, found: FoundRule | None) -> str:
        """What it is about."""
        return self.tr("New contract price") if found is None else self.name_of(found.stored.item)
