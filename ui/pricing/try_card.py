"""Trying the rules that are kept: who buys how much of what on which day, and what it comes to with every step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer

from app.core.errors import RuleViolation
from app.pipeline.trying import Around, Asking, Tried, try_price
from app.pricing.book import Promotion
from ui import formats
from ui.context import AppContext
from ui.widgets.card import Card, CardHead
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Label, rule
from ui.widgets.layout import column, row
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.price_explanation import PriceExplanation
from ui.widgets.price_words import coupon_words

_PAUSE_MS = 150
_LEAST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a rule's page begins a try with."""

    sku: str = ""
    quantity: Decimal = Decimal(1)
    customer_id: int | None = None
    coupon: str = ""


def met_by(item: Promotion, around: Around, code: str = "") -> Suggested:
    """What just meets the conditions of a promotion."""
    conditions, products = item.conditions, around.products
    in_category = (sku for sku, product in products.items() if product.category in conditions.categories)
    sku = next((sku for sku in conditions.skus if sku in products), "") or next(in_category, "")
    wanted = max(conditions.least_quantity or Decimal(1), item.effect.buy + item.effect.get)
    members = (around.members[group] for group in conditions.groups if group in around.members)
    who = conditions.customers[0] if conditions.customers else next(members, None)
    return Suggested(sku, wanted, who, code)


class TryCard(Card):
    """The answer follows every key; nothing is written."""

    def __init__(self, context: AppContext, with_coupon: bool = False) -> None:
        self._context = context
        self._pause = QTimer(singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.ask)
        self._product = FinderEdit(Choices(()))
        self._customer = FinderEdit(Choices(()), optional=True)
        self._quantity = DecimalEdit(least=_LEAST)
        self._day = DateEdit(today=context.today)
        self._coupon = TextEdit(optional=True, longest=40)
        self._answer, self._said = PriceExplanation(), Label("", "body", "2").wrap()
        self._free = Label("", "label", "ok").wrap()
        self._delivery = Label("", "label", "2", figures=True).wrap()
        head = CardHead("")
        super().__init__()
        head.title.setText(self.tr("Try it"))
        coupon = Field(self.tr("Coupon"), self._coupon)
        coupon.setVisible(with_coupon)
        fields = column(
            Field(self.tr("Product"), self._product),
            Field(self.tr("Customer"), self._customer),
            row(Field(self.tr("Quantity"), self._quantity), Field(self.tr("Day"), self._day), gap=10),
            coupon,
            gap=10,
        )
        told = column(self._said, self._free, self._answer, self._delivery, gap=8)
        self.setLayout(column(head, column(fields, 4, rule(), told, margins=(18, 2, 18, 16), gap=12)))
        self.setAccessibleName(self.tr("Try it"))
        self._pause.setParent(self)
        for editor in (self._product, self._customer, self._quantity, self._day, self._coupon):
            editor.value_changed.connect(lambda *_: self._pause.start())

    def begin(self, around: Around, suggested: Suggested) -> None:
        """Offer what there is, and ask for the first answer."""
        products = [(sku, f"{item.name} · {sku}") for sku, item in around.products.items()]
        self._product.set_choices(Choices(products, ((sku, sku) for sku in around.products)))
        self._customer.set_choices(Choices(around.customers.items()))
        self._product.set_value(suggested.sku or next(iter(around.products), None))
        self._customer.set_value(suggested.customer_id)
        self._quantity.set_value(suggested.quantity)
        self._day.set_value(self._context.today())
        self._coupon.set_value(suggested.coupon)
        self.ask()

    def ask(self) -> None:
        """Ask now."""
        self._pause.stop()
        sku, quantity, on = self._product.value(), self._quantity.value(), self._day.value()
        if not sku or quantity is None or on is None:
            self._tell(self.tr("Choose a product, a quantity and a day."))
            return
        asking = Asking(sku, quantity, on, self._customer.value(), self._coupon.value())
        self._context.read(lambda session: try_price(session, asking), self._show, self._failed, self)

    def texts(self) -> list[str]:
        """What the answer says, for tests."""
        return [
            label.text() for label in (self._said, self._free, self._delivery) if not label.isHidden()
        ] + self._answer.texts()

    def _show(self, tried: Tried) -> None:
        said = [coupon_words(problem) for problem in tried.refused]
        if tried.line is None:
            said.append(self.tr("There is no price for it in %1.").replace("%1", tried.currency))
        self._tell("\n".join(said))
        self._free.setText(self.tr("Comes with it: %1").replace("%1", ", ".join(tried.free)) if tried.free else "")
        self._free.setVisible(bool(tried.free))
        self._tell_delivery(tried)
        self._answer.setVisible(tried.line is not None)
        if tried.line is not None:
            self._answer.show_line(tried.line, tried.currency, tried.prices_include_tax)

    def _tell_delivery(self, tried: Tried) -> None:
        charge = tried.delivery
        self._delivery.setVisible(charge is not None)
        if charge is not None:
            cost = formats.money_text(charge.amount, tried.currency) if charge.amount else self.tr("free")
            self._delivery.setText(self.tr("Delivery: %1, %2").replace("%1", charge.rule.name).replace("%2", cost))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RuleViolation):
            self._tell("\n".join(problem.message for problem in error.problems))
        else:
            self._context.errors.report(error, self)

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        for part in (self._free, self._answer, self._delivery):
            part.hide()

    def fields(self) -> dict[str, Any]:
        """The inputs by name, for tests and for the keyboard."""
        return {"product": self._product, "customer": self._customer, "quantity": self._quantity, "day": self._day,
                "coupon": self._coupon}  # fmt: skip
