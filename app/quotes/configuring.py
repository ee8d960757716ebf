"""A product while it is being configured: what is chosen so far, where one looks inside it, how it stands. Pure.

Every change returns a new value, so leaving is going back to the first one. Products inside it (an option, or a fixed
part, that can be configured itself) are reached by a path from the outside in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.catalog import configure
from app.catalog.configure import Alert, Change, Configuration, Fix, Reason, Reopened
from app.catalog.configure.values import ValueResult, value_fixes, value_results
from app.catalog.model import Chosen, Configurable, Selection
from app.catalog.rules import Product
from app.catalog.variants import still_possible, variant_attributes
from app.quotes.configured import configured, products_of
from app.quotes.draft import LineDraft

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inner:
    """A way inside: an option by its key, or a fixed part by its SKU (`is_part`)."""

    key: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Configuring:
    """A selection of the outermost product, and the place inside it that is shown.

    `goods` are the product and everything that can be inside it, by SKU; `variants` are the SKUs of its variants by
    their values. `quantity` is how many are sold, None while nothing readable is typed.
    """

    goods: Mapping[str, Configurable]
    selection: Selection
    quantity: Decimal | None
    currency: str
    on: date
    variants: Mapping[Values, str]
    path: tuple[Inner, ...] = ()

    # where one is
    @property
    def known(self) -> Configurable:
        """The product that is shown."""
        return self.goods[self.here.sku]

    @property
    def here(self) -> Selection:
        """What is chosen of the product that is shown."""
        found = self.selection
        for step in self.path:
            found = self._inside(found, step)
        return found

    @property
    def products(self) -> dict[str, Product]:
        """Every product that is known, by SKU."""
        return products_of(self.goods)

    def names(self) -> tuple[str, ...]:
        """The names from the outermost product down to the one that is shown."""
        found, names = self.selection, [self.goods[self.selection.sku].product.name]
        for step in self.path:
            found = self._inside(found, step)
            names.append(self.goods[found.sku].product.name)
        return tuple(names)

    def count(self) -> Decimal:
        """How many of the product that is shown are sold altogether."""
        total, found = self.quantity or Decimal(1), self.selection
        for step in self.path:
            each, scales = self._times(found, step)
            total = total * each if scales else each
            found = self._inside(found, step)
        return total

    def inner(self) -> tuple[Inner, ...]:
        """What can be configured inside the product that is shown: fixed parts, then chosen options."""
        model, chosen = self.known.model, self.here
        parts = [Inner(part.sku, is_part=True) for part in model.parts.parts if self._is_open(part.sku)]
        options = [(choice.option, model.option(choice.option)) for choice in chosen.chosen]
        found = [Inner(key) for key, option in options if option is not None and self._is_open(option.sku)]
        return (*parts, *found)

    def sku_of(self, step: Inner) -> str:
        """The SKU of something inside the product that is shown."""
        option = None if step.is_part else self.known.model.option(step.key)
        return step.key if option is None else option.sku

    def entered(self, step: Inner) -> Configuring:
        """One level further in."""
        return replace(self, path=(*self.path, step))

    def left(self) -> Configuring:
        """One level out."""
        return replace(self, path=self.path[:-1])

    def has_choices(self) -> bool:
        """Whether there is anything to choose at all; a bundle of fixed, plain parts has nothing."""
        model = self.known.model
        return bool(model.attributes or model.groups or self.variants or self.inner())

    # how it stands
    def evaluated(self) -> Configuration:
        """How the product that is shown stands."""
        return configure.evaluate(self.known.model, self.here, self.products, quantity=self.count(), on=self.on)

    def whole(self) -> Reopened:
        """How all of it stands, down to the innermost product."""
        return configure.reopen(self.goods, self.sold(), quantity=self.quantity or Decimal(1), on=self.on)

    def values(self, attribute: str) -> tuple[ValueResult, ...]:
        """How each value of a choice stands."""
        model = self.known.model
        return value_results(model, self.here, attribute, self.products, quantity=self.count(), on=self.on)

    def possible(self) -> Mapping[str, tuple[str, ...]]:
        """Of attributes that make variants, the values that still lead to one; empty where there are no variants."""
        if not self.variants or self.path:
            return {}
        chosen = {key: text for key, text in self.here.values if text}
        return still_possible(self.known.model, chosen)

    def variant(self) -> str | None:
        """The SKU of the variant that was chosen; None where that is not decided, or there is no such product."""
        attributes = variant_attributes(self.goods[self.selection.sku].model)
        return self.variants.get(tuple((one.key, self.selection.value(one.key)) for one in attributes))

    def lacks_variant(self) -> bool:
        """Whether every value of a variant is chosen and nobody has made a product of it, or it is not offered."""
        if not self.variants:
            return False
        attributes = variant_attributes(self.goods[self.selection.sku].model)
        if not all(self.selection.value(one.key) for one in attributes):
            return False
        known = self.goods.get(self.variant() or "")
        return known is None or not known.product.offered_on(self.on)

    def sold(self) -> Selection:
        """The selection that is sold: of the variant, where one was chosen."""
        sku = self.variant()
        return self.selection if sku is None or sku not in self.goods else replace(self.selection, sku=sku)

    def may_be_taken(self) -> bool:
        """Whether it can be sold so."""
        is_counted = self.quantity is not None and self.quantity > 0
        return is_counted and not self.lacks_variant() and self.whole().may_be_sold

    def lines(self, number: int = 1) -> tuple[LineDraft, ...]:
        """The lines it becomes. Raises `RuleViolation`."""
        return configured(self.goods, self.sold(), self.quantity or Decimal(1), self.currency, number)

    # changes
    def toggled(self, option: str) -> Configuring:
        """A click: chosen, or taken off again."""
        model, here = self.known.model, self.here
        change = configure.remove if here.takes(option) is not None else configure.choose
        return self._with(change(model, here, option))

    def taking(self, option: str, quantity: Decimal) -> Configuring:
        """So many of an option; none takes it off."""
        model, here = self.known.model, self.here
        if quantity <= 0:
            return self._with(configure.remove(model, here, option))
        return self._with(configure.choose(model, here, option, quantity))

    def giving(self, attribute: str, text: str) -> Configuring:
        """An attribute as typed."""
        return self._with(configure.give(self.known.model, self.here, attribute, text))

    def applying(self, fix: Fix | tuple[Change, ...]) -> Configuring:
        """A fix, or some changes."""
        return self._with(configure.apply(self.known.model, self.here, fix))

    def overriding(self, alert: Alert, reason: str) -> Configuring:
        """Going on in spite of an alert."""
        return self._with(configure.override(self.here, alert.reason.key, reason))

    def fixes(self, target: str | Reason) -> tuple[Fix, ...]:
        """Ways to choose a blocked option, or to mend a problem."""
        known = self.known
        return configure.fixes(
            known.model,
            self.here,
            target,
            self.products,
            product=known.product,
            quantity=self.count(),
            on=self.on,
        )

    def value_fixes(self, attribute: str, code: str) -> tuple[Fix, ...]:
        """Ways to give a choice a value that does not fit now."""
        known = self.known
        return value_fixes(
            known.model,
            self.here,
            attribute,
            code,
            self.products,
            product=known.product,
            quantity=self.count(),
            on=self.on,
        )

    # inside
    def _is_open(self, sku: str) -> bool:
        known = self.goods.get(sku)
        return known is not None and not known.model.is_plain

    def _inside(self, outer: Selection, step: Inner) -> Selection:
        if step.is_part:
            found = next((one for one in outer.inner if one.sku == step.key), None)
            return found or self._fresh(step.key)
        choice = outer.takes(step.key)
        option = self.goods[outer.sku].model.option(step.key)
        sku = "" if option is None else option.sku
        return (choice.inner if choice is not None else None) or self._fresh(sku)

    def _fresh(self, sku: str) -> Selection:
        return configure.start(self.goods[sku].model, sku)

    def _times(self, outer: Selection, step: Inner) -> tuple[Decimal, bool]:
        model = self.goods[outer.sku].model
        if step.is_part:
            part = next(part for part in model.parts.parts if part.sku == step.key)
            return part.quantity, part.scales
        option, choice = model.option(step.key), outer.takes(step.key)
        if option is None:
            return Decimal(1), True
        asked = None if choice is None else choice.quantity
        return (option.quantity if asked is None else asked), option.scales

    def _with(self, here: Selection) -> Configuring:
        return replace(self, selection=self._put(self.selection, self.path, here))

    def _put(self, outer: Selection, path: tuple[Inner, ...], new: Selection) -> Selection:
        """The outer selection with another one at the end of a path."""
        if not path:
            return new
        step, *rest = path
        inner = self._put(self._inside(outer, step), tuple(rest), new)
        if step.is_part:
            others = tuple(one for one in outer.inner if one.sku != step.key)
            return replace(outer, inner=(*others, inner))
        chosen = tuple(
            Chosen(choice.option, choice.quantity, inner) if choice.option == step.key else choice
            for choice in outer.chosen
        )
        return replace(outer, chosen=chosen)


def begin(
    goods: Mapping[str, Configurable],
    sku: str,
    currency: str,
    on: date,
    *,
    quantity: Decimal | None = Decimal(1),
    selection: Selection | None = None,
    variants: Mapping[Values, str] | None = None,
) -> Configuring:
    """Begin with the defaults, or go on with a selection."""
    chosen = selection or configure.start(goods[sku].model, sku)
    return Configuring(goods, chosen, quantity, currency, on, variants or {})
