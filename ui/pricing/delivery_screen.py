"""What delivery costs: flat, by weight or by amount, to which countries, and from when on it is free."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.countries import country_names
from app.core.errors import RuleViolation
from app.core.money import currencies
from app.core.tax import Tax, TaxCategory
from app.parties.defaults import defaults
from app.pipeline.trying import Around
from app.pricing.book import DeliveryMethod, DeliveryRule, DeliveryStep
from app.pricing.queries import delivery_rule_by_id
from app.pricing.service import save_delivery_rule
from ui import formats
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.picks_edit import PicksEdit
from ui.pricing.rule_page import FoundRule, RulePage
from ui.pricing.steps_edit import StepsEdit
from ui.pricing.texts import problem_words
from ui.pricing.try_card import Suggested
from ui.routes import Route
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit, PercentEdit
from ui.widgets.record_form import RecordForm

_NONE = Decimal(0)


def screen(context: AppContext, route: Route) -> QWidget:
    """The delivery charge of the route, or its form."""
    return DeliveryScreen(context, route)


class DeliveryForm(RecordForm):
    """How the charge is found, and where it holds."""

    def __init__(self) -> None:
        super().__init__(problem_words)
        self._author, self._tax = "", Tax(TaxCategory.STANDARD, _NONE)
        name = self.field("name", self.tr("Name"), TextEdit(longest=100), self.tr("Stands on the quote."))
        method = self.field("method", self.tr("Charge"), Choice(texts.delivery_choices()))
        currency = self.field("currency", self.tr("Currency"), Choice((c, c) for c in sorted(currencies())))
        charge = self.field("charge", self.tr("Amount"), DecimalEdit(least=_NONE), self.tr("Below the first step."))
        hint = self.tr("Amount of the goods, after discounts.")
        free = self.field("free_from", self.tr("Free from"), DecimalEdit(optional=True, least=_NONE), hint)
        hint = self.tr("Empty: taxed as the goods are.")
        tax = self.field("tax", self.tr("Tax rate"), PercentEdit(optional=True), hint)
        self._gross = Tick(self.tr("These charges include tax"))
        self.steps = StepsEdit(DeliveryStep, ("least", "charge"), (self.tr("From"), self.tr("Charge")))
        self.steps.value_changed.connect(lambda *_: self._edited())
        self._steps_words = Label("", "label", "2")
        self._steps = holder(column(self._steps_words, self.steps, gap=5))
        self.card(
            self.tr("Delivery charge"),
            [(name, 6), (method, 6)],
            [(currency, 2), (charge, 3), (free, 4), (tax, 3)],
            self._gross,
            self._steps,
        )
        hint = self.tr("A charge for a country goes before one for all others.")
        where = self.field("countries", self.tr("Countries"), PicksEdit(self.tr("all other countries")), hint)
        priority = self.field("priority", self.tr("Priority"), DecimalEdit(places=0))
        self._active = Tick(self.tr("In use"))
        for tick in (self._gross, self._active):
            tick.value_changed.connect(lambda *_: self._edited())
        self.card(self.tr("Where to"), [(where, 8), (priority, 4)], self._active)
        method.editor.value_changed.connect(lambda *_: self._follow())

    def set_around(self, _around: Around) -> None:
        """Countries to choose from."""
        names = sorted(country_names(texts.language()).items(), key=lambda item: item[1])
        editor: Any = self.fields["countries"].editor
        editor.set_choices(names)

    def show_values(self, values: DeliveryRule) -> None:
        """Put a charge into the inputs."""
        self._author = values.author
        self._tax = values.tax or self._tax
        for name in ("name", "method", "currency", "charge", "free_from", "countries"):
            self.fields[name].set_value(getattr(values, name))
        self.fields["priority"].set_value(Decimal(values.priority))
        self.fields["tax"].set_value(None if values.tax is None else values.tax.rate)
        self._gross.set_value(values.includes_tax)
        self._active.set_value(values.active)
        self.steps.set_value(values.steps)
        self._follow()

    def values(self) -> DeliveryRule:
        """What was typed; a flat charge has no steps."""
        f = self.fields
        method = f["method"].value() or DeliveryMethod.FLAT
        rate = f["tax"].value()
        category = self._tax.category if rate == self._tax.rate else TaxCategory.STANDARD
        return DeliveryRule(
            name=f["name"].value(),
            currency=f["currency"].value() or "",
            method=method,
            charge=f["charge"].value() or _NONE,
            steps=() if method is DeliveryMethod.FLAT else self.steps.value(),
            free_from=f["free_from"].value(),
            tax=None if rate is None else replace(self._tax, category=category, rate=rate),
            includes_tax=self._gross.value(),
            countries=f["countries"].value(),
            priority=int(f["priority"].value() or 0),
            active=self._active.value(),
            author=self._author,
        )

    def refuse(self, error: Exception) -> bool:
        """Problems of steps stand in their cells; those of the tax beside its rate."""
        if not isinstance(error, RuleViolation):
            return super().refuse(error)
        left = self.steps.show_problems(error.problems, "steps")
        return super().refuse(
            RuleViolation([replace(one, field="tax") if one.field.startswith("tax.") else one for one in left])
        )

    def _follow(self) -> None:
        method = self.fields["method"].value()
        self._steps.setVisible(method in (DeliveryMethod.BY_WEIGHT, DeliveryMethod.BY_AMOUNT))
        is_weight = method is DeliveryMethod.BY_WEIGHT
        self._steps_words.setText(self.tr("From so many kilograms on") if is_weight else self.tr("From this amount on"))


class DeliveryScreen(RulePage):
    """Ctrl+E changes it."""

    kind = "delivery-rule"
    has_days = False
    form: DeliveryForm

    def read(self, session: Any, key: int) -> Any:
        """The charge."""
        return delivery_rule_by_id(session, key)

    def put(self, session: Any, item: DeliveryRule, key: int | None) -> int:
        """Save it."""
        return int(save_delivery_rule(session, item, delivery_rule_id=key).ids["delivery_rule"])

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """How it is found, and where it holds."""
        item: DeliveryRule = found.stored.item
        where = self._where(item)
        words = f"{dict(texts.delivery_choices())[item.method]}  ·  {where}"
        return words, texts.rule_state(None, None, self._context.today(), item.active)

    def facts(self, found: FoundRule) -> list[tuple[str, str]]:
        """Everything about it."""
        item: DeliveryRule = found.stored.item
        unit = " kg" if item.method is DeliveryMethod.BY_WEIGHT else f" {item.currency}"
        steps = "\n".join(
            f"{texts.between_words(formats.decimal_text(step.least) + unit, '')}:  "
            f"{formats.price_text(step.charge, item.currency)}"
            for step in item.steps
        )
        tax = self.tr("as the goods") if item.tax is None else formats.percent_text(item.tax.rate)
        return [
            (
                self.tr("Charge"),
                f"{formats.price_text(item.charge, item.currency)}, {texts.tax_mode(item.includes_tax)}",
            ),
            (self.tr("Steps"), steps),
            (self.tr("Free from"), texts.amount(item.free_from, item.currency)),
            (self.tr("Tax"), tax),
            (self.tr("Where to"), self._where(item)),
            (self.tr("Priority"), formats.whole_text(item.priority)),
            (self.tr("Written by"), item.author),
        ]

    def suggested(self, found: FoundRule) -> Suggested:
        """Any product."""
        return Suggested(next((sku for sku, one in found.around.products.items() if one.weight), ""))

    def _where(self, item: DeliveryRule) -> str:
        names = country_names(texts.language())
        return texts.listed((names.get(code, code) for code in item.countries), 8) or self.tr("all other countries")

    # the form
    def make_form(self) -> DeliveryForm:
        """The charge and its steps."""
        return DeliveryForm()

    def blank(self) -> DeliveryRule:
        """A flat charge to everywhere."""
        self.surround(self.form)
        with self._context.store.read() as session:
            usual = defaults(session)
        return DeliveryRule("", usual.currency, includes_tax=usual.prices_include_tax)

    def values_of(self, found: FoundRule) -> DeliveryRule:
        """What is kept."""
        self.surround(self.form)
        item: DeliveryRule = found.stored.item
        return item

    def copy_of(self, values: DeliveryRule) -> DeliveryRule:
        """Another one like it."""
        return replace(values, name="", author="")

    def form_title(self, found: FoundRule | None) -> str:
        """What it is about."""
        return self.tr("New delivery charge") if found is None else found.stored.item.name
