"""What is inside one configured product, what it adds to the price, what it costs and weighs. Pure.

A bundle with fixed parts *is* its parts. A product that only has options is a thing by itself, so it stands first
among what is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.catalog import configure
from app.catalog.model import Attribute, AttributeKind, Configurable, Option, OptionPrice, PriceOn, Selection
from app.catalog.rules import Product
from app.core.errors import RuleViolation
from app.core.quantity import units
from app.pricing.from_catalog import rounded

Goods = Mapping[str, Configurable]
"""Products with everything inside them, by SKU: what `app.catalog.model_queries.with_parts` reads."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A fixed part, an option that was taken, or the thing itself (`is_itself`); `quantity` is for one of the whole.

    `price` is what one of it adds to the whole, `alone` what it costs alone; both are None in another currency. Where
    `at_own_price`, both are the same by its nature, so what is inside it is charged for as well. `cost` is said only of
    the thing itself and of options that are no products.
    """

    name: str
    quantity: Decimal
    price: Fraction | None
    alone: Fraction | None
    scales: bool = True
    is_printed: bool = True
    is_fixed: bool = False
    at_own_price: bool = False
    product: Product | None = None
    selection: Selection | None = None
    cost: Decimal | None = None

    @property
    def is_itself(self) -> bool:
        """Whether it is the configured product, beside its options."""
        return self.product is not None and self.selection is None


def good(goods: Goods, sku: str) -> Configurable:
    """The product with a SKU. Raises `RuleViolation` (`sku`, `unknown_product`)."""
    if sku not in goods:
        raise RuleViolation.of("sku", "unknown_product", f"sku: {sku!r} is no product of the catalogue.", value=sku)
    return goods[sku]


def inside(
    goods: Goods, selection: Selection, currency: str, base_price: Decimal | Fraction | None = None
) -> tuple[Inside, ...]:
    """Everything in one of a configured product.

    `base_price` is the price of one before options, where a formula says it. Raises `RuleViolation`: an option that
    the model has not (`options`, `unknown_option`), products not in `goods` (`sku`, `unknown_product`).
    """
    whole = good(goods, selection.sku)
    found = () if whole.model.parts.parts else (_itself(whole, selection, currency, base_price),)
    return (*found, *_fixed(goods, whole, selection, currency), *_options(goods, whole, selection, currency))


def base(
    whole: Configurable, selection: Selection, currency: str, base_price: Decimal | Fraction | None = None
) -> Fraction | None:
    """The price of one before options: list price or formula, and the extras of its values; None in another currency.

    An attribute without a value has its default. Raises `RuleViolation` (`price_formula`) where the formula cannot be
    computed, or needs a value that is not there.
    """
    if base_price is not None:
        return Fraction(base_price)
    if whole.product.currency != currency:
        return None
    defaults = tuple((one.key, one.default) for one in whole.model.attributes if not selection.value(one.key))
    found = configure.base_price(whole.model, whole.product, replace(selection, values=selection.values + defaults))
    if found is None:
        message = f"price_formula: {whole.product.name!r} has no price before every value that it needs is given."
        raise RuleViolation.of("price_formula", "not_known_yet", message, value=whole.product.sku)
    return found


def _itself(whole: Configurable, selection: Selection, currency: str, base_price: Decimal | Fraction | None) -> Inside:
    price, product = base(whole, selection, currency, base_price), whole.product
    cost = product.cost if product.currency == currency else None
    return Inside(product.name, Decimal(1), price, price, is_printed=False, product=product, cost=cost)


def _fixed(goods: Goods, whole: Configurable, selection: Selection, currency: str) -> Iterator[Inside]:
    parts = whole.model.parts
    on_parts = parts.price_on is PriceOn.PARTS
    inner = {one.sku: one for one in selection.inner}
    for part in parts.parts:
        product, chosen = good(goods, part.sku).product, inner.get(part.sku, Selection(part.sku))
        alone = unit_price(goods, chosen, currency)
        yield Inside(
            name=product.name,
            quantity=part.quantity,
            price=alone if on_parts else Fraction(0),
            alone=alone,
            scales=part.scales,
            is_printed=part.is_printed and parts.is_printed,
            is_fixed=True,
            at_own_price=on_parts,
            product=product,
            selection=chosen,
        )


def _options(goods: Goods, whole: Configurable, selection: Selection, currency: str) -> Iterator[Inside]:
    for choice in selection.chosen:
        option = whole.model.option(choice.option)
        if option is None:
            message = f"options: {whole.product.sku!r} has no option {choice.option!r}."
            raise RuleViolation.of("options", "unknown_option", message, value=choice.option, sku=whole.product.sku)
        quantity = option.quantity if choice.quantity is None else choice.quantity
        yield _option(goods, whole, option, quantity, choice.inner, currency)


def _option(
    goods: Goods, whole: Configurable, option: Option, quantity: Decimal, inner: Selection | None, currency: str
) -> Inside:
    product = good(goods, option.sku).product if option.sku else None
    chosen = None if product is None else inner or Selection(option.sku)
    own = Fraction(option.own_price or 0) if whole.product.currency == currency else None
    alone = own if chosen is None else unit_price(goods, chosen, currency)
    prices = {OptionPrice.INCLUDED: Fraction(0), OptionPrice.OWN: own, OptionPrice.PRODUCT: alone}
    own_cost = option.cost if own is not None else None
    return Inside(
        name=option.name or (product.name if product else option.key),
        quantity=quantity,
        price=prices[option.price],
        alone=alone,
        scales=option.scales,
        is_printed=option.is_printed and whole.model.parts.is_printed,
        at_own_price=option.price is OptionPrice.PRODUCT,
        product=product,
        selection=chosen,
        cost=own_cost if chosen is None else None,
    )


def unit_price(
    goods: Goods, selection: Selection, currency: str, base_price: Decimal | Fraction | None = None
) -> Fraction | None:
    """What one of a configured product costs with everything in it, exactly; None where a price is in another currency.

    What does not scale counts once. Raises as `inside`.
    """
    found = _prices(goods, selection, currency, base_price)
    return None if found is None else found[0] + found[1]


def cost(goods: Goods, selection: Selection, currency: str) -> Decimal | None:
    """What one of a configured product costs the seller: its own cost or its parts', with options; None if not known.

    Raises as `inside`.
    """
    found = costs(goods, selection, currency)
    return None if found is None else rounded(found[0] + found[1])


def weight(goods: Goods, selection: Selection, quantity: Decimal = Decimal(1)) -> Decimal | None:
    """Kilograms of so many of a configured product: its own weight or its parts', with options; None if not known.

    Raises as `inside`.
    """
    found = _weights(goods, selection)
    return None if found is None else rounded(found[0] * Fraction(quantity) + found[1])


Pair = tuple[Fraction, Fraction]
"""What counts for each one that is sold, and what counts once however many are."""

_NOTHING = Fraction(0), Fraction(0)


def _gathered(found: Iterable[tuple[Inside, Pair | None]], own: Fraction = Fraction(0)) -> Pair | None:
    """Everything inside together, beside what the whole has of its own."""
    each, once = own, Fraction(0)
    for one, amount in found:
        if amount is None:
            return None
        many = amount[0] * Fraction(one.quantity)
        each, once = (each + many, once) if one.scales else (each, once + many)
        once += amount[1]
    return each, once


def _prices(
    goods: Goods, selection: Selection, currency: str, base_price: Decimal | Fraction | None = None
) -> Pair | None:
    whole = good(goods, selection.sku)
    parts = whole.model.parts
    has_own = bool(parts.parts) and parts.price_on is PriceOn.PARENT
    own = base(whole, selection, currency, base_price) if has_own else Fraction(0)

    def of(one: Inside) -> Pair | None:
        if one.at_own_price and one.selection is not None:
            return _prices(goods, one.selection, currency)
        return _each(one.price)

    found = ((one, of(one)) for one in inside(goods, selection, currency, base_price))
    return None if own is None else _gathered(found, own)


def costs(goods: Goods, selection: Selection, currency: str) -> Pair | None:
    """As `cost`, what each one costs and what is spent once."""
    product = good(goods, selection.sku).product
    own = product.cost if product.currency == currency else None

    def of(one: Inside) -> Pair | None:
        return _each(one.cost) if one.selection is None else costs(goods, one.selection, currency)

    return _instead(own, inside(goods, selection, currency), of)


def _weights(goods: Goods, selection: Selection) -> Pair | None:
    product = good(goods, selection.sku).product

    def of(one: Inside) -> Pair | None:
        return _NOTHING if one.selection is None else _weights(goods, one.selection)

    return _instead(product.weight, inside(goods, selection, product.currency), of)


def _instead(own: Decimal | None, items: Iterable[Inside], of: Callable[[Inside], Pair | None]) -> Pair | None:
    """What the whole has of its own stands for itself and for its fixed parts; options come on top."""
    found = []
    for one in items:
        if one.is_itself or (one.is_fixed and own is not None):
            found.append((one, _NOTHING if own is not None else None))
        else:
            found.append((one, of(one)))
    return _gathered(found, Fraction(own or 0))


def _each(amount: Decimal | Fraction | None) -> Pair | None:
    return None if amount is None else (Fraction(amount), Fraction(0))


# words


def attribute_words(whole: Configurable, selection: Selection) -> tuple[tuple[str, str], ...]:
    """What was said of a product, as printed: ("Colour", "Red"), ("Length", "2.5 m")."""
    found = (
        (attribute.name, _value_words(attribute, selection.value(attribute.key) or attribute.default))
        for attribute in whole.model.attributes
    )
    return tuple((name, words) for name, words in found if words)


def _value_words(attribute: Attribute, text: str) -> str:
    if attribute.kind is AttributeKind.CHOICE:
        value = attribute.value(text)
        return value.name if value else ""
    if attribute.kind is AttributeKind.TEXT or not (text and attribute.unit):
        return text
    return f"{text} {_SIGNS.get(attribute.unit) or units().get(attribute.unit, attribute.unit)}"


_SIGNS = {
    "MTR": "m", "CMT": "cm", "MMT": "mm", "KMT": "km", "MTK": "m²", "MTQ": "m³", "KGM": "kg", "GRM": "g", "LTR": "l",
    "MLT": "ml", "C62": "",
}  # fmt: skip
"""Signs that are the same in every language."""
