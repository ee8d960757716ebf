"""The form of a promotion: what it gives, when, to whom, and how it goes together with others."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.countries import country_names
from app.core.errors import RuleViolation
from app.core.money import currencies
from app.pipeline.trying import Around
from app.pricing.book import Conditions, Counted, Effect, EffectKind, Promotion, Stacking
from ui.pricing import texts
from ui.pricing.picks_edit import PicksEdit
from ui.pricing.sentences import condition_rows, effect_words
from ui.pricing.texts import problem_words
from ui.widgets.date_edit import DateEdit
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.number_edits import DecimalEdit, PercentEdit
from ui.widgets.record_form import RecordForm

_NONE, _ALL = Decimal(0), Decimal(100)
_K = EffectKind
_SHOWN = {
    "effect.percent": (_K.PERCENT, _K.BUY_GET),
    "effect.amount": (_K.AMOUNT, _K.AMOUNT_EACH, _K.FIXED_PRICE),
    "effect.buy": (_K.BUY_GET, _K.FREE_ITEM),
    "effect.get": (_K.BUY_GET,),
    "effect.get_skus": (_K.BUY_GET,),
    "effect.free_sku": (_K.FREE_ITEM,),
    "effect.free_quantity": (_K.FREE_ITEM,),
    "effect.most_times": (_K.BUY_GET, _K.FREE_ITEM),
}
"""For which effects a field is asked."""
_PICKS = ("skus", "categories", "customers", "groups", "regions")
_BOUNDS = ("least_quantity", "most_quantity", "least_amount", "most_amount", "least_order")


class PromotionForm(RecordForm):
    """It says in a sentence what was typed so far."""

    def __init__(self) -> None:
        super().__init__(problem_words)
        self._author = ""
        self._names: dict[str, str] = {}
        self._customers: dict[int, str] = {}
        self._make_effect()
        self._make_lines()
        self._make_buyers()
        self._make_together()
        self.edited.connect(self._tell)

    def set_around(self, around: Around) -> None:
        """What conditions may name."""
        self._names = {sku: item.name for sku, item in around.products.items()}
        self._customers = around.customers
        products = [(sku, f"{name} · {sku}") for sku, name in self._names.items()]
        free: Any = self.fields["effect.free_sku"].editor
        free.set_choices(Choices(products, ((sku, sku) for sku in self._names)))
        self._picks("effect.get_skus").set_choices(products)
        self._picks("conditions.skus").set_choices(products)
        self._picks("conditions.categories").set_choices((name, name) for name in around.categories)
        self._picks("conditions.customers").set_choices(around.customers.items())
        self._picks("conditions.groups").set_choices((name, name) for name in around.groups)
        names = country_names(texts.language())
        self._picks("conditions.regions").set_choices(sorted(names.items(), key=lambda item: item[1]))

    def show_values(self, values: Promotion) -> None:
        """Put a promotion into the inputs."""
        f, effect, conditions = self.fields, values.effect, values.conditions
        self._author = values.author
        f["name"].set_value(values.name)
        f["currency"].set_value(values.currency)
        f["effect.kind"].set_value(effect.kind)
        for name in ("percent", "amount", "buy", "get", "free_quantity"):
            f[f"effect.{name}"].set_value(getattr(effect, name) or None)
        f["effect.get_skus"].set_value(effect.get_skus)
        f["effect.free_sku"].set_value(effect.free_sku or None)
        times = effect.most_times if effect.repeats else 1
        f["effect.most_times"].set_value(None if times is None else Decimal(times))
        for name in (*_PICKS, *_BOUNDS, "counted"):
            f[f"conditions.{name}"].set_value(getattr(conditions, name))
        f["starts_on"].set_value(conditions.starts_on)
        f["ends_on"].set_value(conditions.ends_on)
        self._coupon.set_value(conditions.needs_coupon)
        f["stacking"].set_value(values.stacking)
        f["priority"].set_value(Decimal(values.priority))
        self._active.set_value(values.active)
        self._tell()

    def values(self) -> Promotion:
        """What was typed; what its effect does not ask for is left out."""
        f = self.fields
        return Promotion(
            name=f["name"].value(),
            effect=self._effect(),
            conditions=self._conditions(),
            stacking=f["stacking"].value() or Stacking.BEST_ONLY,
            priority=int(f["priority"].value() or 0),
            currency=f["currency"].value() or "",
            active=self._active.value(),
            author=self._author,
        )

    def refuse(self, error: Exception) -> bool:
        """A problem of one pick stands beside all of them."""
        if not isinstance(error, RuleViolation):
            return super().refuse(error)
        stripped = [replace(one, field=re.sub(r"\[\d+\]$", "", one.field)) for one in error.problems]
        return super().refuse(RuleViolation(stripped))

    # inside
    def _effect(self) -> Effect:
        f = self.fields
        kind = f["effect.kind"].value() or EffectKind.PERCENT

        def asked(name: str, nothing: Any = _NONE) -> Any:
            return (f[name].value() or nothing) if kind in _SHOWN[name] else nothing

        times = asked("effect.most_times", None)
        return Effect(
            kind,
            percent=asked("effect.percent"),
            amount=asked("effect.amount"),
            buy=asked("effect.buy"),
            get=asked("effect.get"),
            get_skus=asked("effect.get_skus", ()),
            most_times=None if times is None else int(times),
            free_sku=asked("effect.free_sku", ""),
            free_quantity=asked("effect.free_quantity", Decimal(1)),
        )

    def _conditions(self) -> Conditions:
        f = self.fields
        typed = {name: f[f"conditions.{name}"].value() for name in (*_PICKS, *_BOUNDS)}
        return Conditions(
            **typed,
            starts_on=f["starts_on"].value(),
            ends_on=f["ends_on"].value(),
            counted=f["conditions.counted"].value() or Counted.TOGETHER,
            needs_coupon=self._coupon.value(),
        )

    def _make_effect(self) -> None:
        name = self.field("name", self.tr("Name"), TextEdit(longest=100), self.tr("Stands on the quote beside it."))
        kind = self.field("effect.kind", self.tr("It gives"), Choice(texts.effect_choices()))
        none = [("", self.tr("any, without amounts"))]
        hint = self.tr("Of its amounts; without any it holds in all.")
        currency = self.field(
            "currency",
            self.tr("Currency"),
            Choice([*none, *((c, c) for c in sorted(currencies()))], optional=True),
            hint,
        )
        percent = self.field("effect.percent", self.tr("Percent off"), PercentEdit(optional=True))
        amount = self.field("effect.amount", self.tr("Amount"), DecimalEdit(optional=True, least=_NONE))
        buy = self.field("effect.buy", self.tr("For every … bought"), DecimalEdit(optional=True, least=_NONE))
        get = self.field("effect.get", self.tr("So many are got"), DecimalEdit(optional=True, least=_NONE))
        hint = self.tr("None: of those that are bought, the cheapest.")
        which = self.field("effect.get_skus", self.tr("Which ones"), PicksEdit(self.tr("the same products")), hint)
        free = self.field("effect.free_sku", self.tr("Free product"), FinderEdit(Choices(()), optional=True))
        many = self.field("effect.free_quantity", self.tr("So many of it"), DecimalEdit(optional=True, least=_NONE))
        times = self.field(
            "effect.most_times",
            self.tr("At most so many times"),
            DecimalEdit(optional=True, places=0, least=Decimal(1)),
        )
        self._sentence = Label("", "strong", "accent_text").wrap()
        self.card(
            self.tr("What it gives"),
            [(name, 6), (kind, 6)],
            [(currency, 6), (percent, 3), (amount, 3)],
            [(buy, 4), (get, 4), (times, 4)],
            which,
            [(free, 8), (many, 4)],
            self._sentence,
        )

    def _make_lines(self) -> None:
        products = self._many("skus", self.tr("Of these products"), self.tr("all products"))
        categories = self._many("categories", self.tr("Or of these categories"), self.tr("all categories"))
        bounds = {
            name: self.field(f"conditions.{name}", words, DecimalEdit(optional=True, least=_NONE))
            for name, words in (
                ("least_quantity", self.tr("At least so many")),
                ("most_quantity", self.tr("At most so many")),
                ("least_amount", self.tr("For at least")),
                ("most_amount", self.tr("For at most")),
                ("least_order", self.tr("Whole order at least")),
            )
        }
        counted = self.field("conditions.counted", self.tr("Counted"), Choice(texts.counted_choices()))
        self.card(
            self.tr("When these are bought"),
            [(products, 6), (categories, 6)],
            [(bounds["least_quantity"], 3), (bounds["most_quantity"], 3), (counted, 6)],
            [(bounds["least_amount"], 3), (bounds["most_amount"], 3), (bounds["least_order"], 6)],
        )

    def _make_buyers(self) -> None:
        customers = self._many("customers", self.tr("By these customers"), self.tr("all customers"))
        groups = self._many("groups", self.tr("Or by these groups"), self.tr("all groups"))
        regions = self._many("regions", self.tr("Delivered to"), self.tr("all countries"))
        begin = self.field("starts_on", self.tr("Holds from"), DateEdit(optional=True))
        end = self.field("ends_on", self.tr("Holds until"), DateEdit(optional=True))
        self._coupon = Tick(self.tr("Only with a coupon"))
        self._active = Tick(self.tr("In use"))
        for tick in (self._coupon, self._active):
            tick.value_changed.connect(lambda *_: self._edited())
        self.card(
            self.tr("By whom, and when"),
            [(customers, 6), (groups, 6)],
            [(regions, 6), (begin, 3), (end, 3)],
            [(self._coupon, 6), (self._active, 6)],
        )

    def _make_together(self) -> None:
        stacking = self.field("stacking", self.tr("With other promotions"), Choice(texts.stacking_choices()))
        hint = self.tr("Among promotions the higher one acts first.")
        priority = self.field("priority", self.tr("Priority"), DecimalEdit(places=0), hint)
        self._meaning = Label("", "caption", "3").wrap()
        self.card(self.tr("Together with others"), [(stacking, 6), (priority, 6)], self._meaning)

    def _many(self, name: str, words: str, all_of_them: str) -> Any:
        return self.field(f"conditions.{name}", words, PicksEdit(all_of_them))

    def _picks(self, name: str) -> Any:
        return self.fields[name].editor

    def _tell(self) -> None:
        """Ask what the effect needs, and say in a sentence what stands there."""
        item = self.values()
        for name, kinds in _SHOWN.items():
            self.fields[name].setVisible(item.effect.kind in kinds)
        self._meaning.setText(texts.stacking_words(item.stacking))
        rows = condition_rows(item, self._names, self._customers)
        parts = [effect_words(item, self._names), *(f"{words}: {value}" for words, value in rows)]
        self._sentence.setText("  ·  ".join(parts))
