"""A promotion in sentences, the coupons that open it, and a try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.parties.defaults import defaults
from app.pricing.book import Effect, EffectKind, Promotion
from app.pricing.queries import StoredCoupon, coupons, promotion_by_id
from app.pricing.service import end_promotion, save_promotion
from ui import formats
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.promotion_form import PromotionForm
from ui.pricing.rule_page import FoundRule, RulePage
from ui.pricing.sentences import condition_rows, effect_words
from ui.pricing.try_card import Suggested, met_by
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action


def screen(context: AppContext, route: Route) -> QWidget:
    """The promotion of the route, or its form."""
    return PromotionScreen(context, route)


class PromotionScreen(RulePage):
    """Ctrl+E changes it; Enter on a coupon opens it."""

    kind = "promotion"
    tries_coupon = True
    form: PromotionForm

    def read(self, session: Any, key: int) -> Any:
        """The promotion."""
        return promotion_by_id(session, key)

    def read_more(self, session: Any, key: int) -> list[StoredCoupon]:
        """Its coupons."""
        name = promotion_by_id(session, key).item.name
        return [one for one in coupons(session, self._context.today()) if one.item.promotion == name]

    def put(self, session: Any, item: Promotion, key: int | None) -> int:
        """Save it whole."""
        return int(save_promotion(session, item, promotion_id=key).ids["promotion"])

    def end_on(self, session: Any, key: int, on: date) -> Any:
        """Its last day."""
        return end_promotion(session, key, on=on)

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """What it gives, and whether it holds."""
        item: Promotion = found.stored.item
        names = {sku: product.name for sku, product in found.around.products.items()}
        days = item.conditions
        state = texts.rule_state(days.starts_on, days.ends_on, self._context.today(), item.active)
        return effect_words(item, names), state

    def facts(self, found: FoundRule) -> list[tuple[str, str]]:
        """Every condition in a sentence."""
        item: Promotion = found.stored.item
        names = {sku: product.name for sku, product in found.around.products.items()}
        together = f"{dict(texts.stacking_choices())[item.stacking]}. {texts.stacking_words(item.stacking)}"
        return [
            (self.tr("It gives"), effect_words(item, names)),
            *condition_rows(item, names, found.around.customers),
            (self.tr("With others"), together),
            (self.tr("Priority"), formats.whole_text(item.priority)),
            (self.tr("Written by"), item.author),
        ]

    def suggested(self, found: FoundRule) -> Suggested:
        """What just meets its conditions."""
        code = next((one.item.code for one in found.more if one.item.active), "")
        return met_by(found.stored.item, found.around, code)

    def make_more(self) -> None:
        """Its coupons."""
        self.coupon = Action(self.tr("New coupon for it"), self, self._new_coupon, "plus")
        self.coupons = RowsCard(self.tr("Coupons that open it"), self._columns(), lambda one: one.id)
        self.coupons.opened.connect(lambda one: self.go(Route("coupon", one.id)))
        self.add_card(self.coupons)

    def fill_more(self, found: FoundRule) -> None:
        """Show them."""
        self.coupons.set_rows(found.more)
        needs = found.stored.item.conditions.needs_coupon
        self.coupon.allow(needs, self.tr("It holds without a coupon."))

    def _new_coupon(self) -> None:
        self.go(Route.to("coupon", "new", promotion=self.found.stored.item.name))

    def _columns(self) -> list[Column]:
        def state(one: StoredCoupon) -> texts.Badge:
            item = one.item
            return texts.rule_state(item.starts_on, item.ends_on, self._context.today(), item.active)

        return [
            Column(title=self.tr("Coupon code"), text=lambda one: one.item.code, look="strong"),
            Column(
                title=self.tr("State"),
                text=lambda one: state(one)[0],
                tone=lambda one: state(one)[1],
                look="badge",
                width=120,
            ),
            Column(title=self.tr("Uses"), text=lambda one: formats.whole_text(one.uses), align="right", width=118),
        ]

    # the form
    def make_form(self) -> PromotionForm:
        """Effect and conditions."""
        return PromotionForm()

    def blank(self) -> Promotion:
        """Ten percent off everything, from today."""
        self.surround(self.form)
        with self._context.store.read() as session:
            usual = defaults(session)
        effect = Effect(EffectKind.PERCENT, percent=Decimal(10))
        empty = Promotion("", effect, currency=usual.currency)
        return replace(empty, conditions=replace(empty.conditions, starts_on=self._context.today()))

    def values_of(self, found: FoundRule) -> Promotion:
        """What is kept."""
        self.surround(self.form)
        item: Promotion = found.stored.item
        return item

    def copy_of(self, values: Promotion) -> Promotion:
        """Another one like it."""
        return replace(values, name="", author="")

    def form_title(self, found: FoundRule | None) -> str:
        """What it is about."""
        return self.tr("New promotion") if found is None else found.stored.item.name
