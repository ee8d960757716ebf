"""The `options` of a line as a selection of what its product lets one choose, by key or by name. Pure.

What does not fit is refused in the words of the constraint engine: why it cannot be, and what would make it fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.catalog import configure
from app.catalog.configure import Reason, words
from app.catalog.model import Attribute, AttributeKind, Configurable, Model, Option, OptionGroup, Selection
from app.core.errors import Problem, RuleViolation
from app.exchange.text import shown

OVERRIDDEN = "Ordered by a deal file"
"""The reason that is kept where an alert warns: a file is run by nobody who could be asked."""

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_YES, _NO = ("true", "yes"), ("false", "no")

Goods = Mapping[str, Configurable]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line of the file asks for: so many of a product with these options, on a day, said at `path`."""

    sku: str
    quantity: Decimal
    options: tuple[tuple[str, str], ...]
    on: date
    path: str


def selection_of(goods: Goods, wanted: Wanted) -> Selection:
    """The product's defaults with what the file says instead. Raises `RuleViolation` at what does not fit."""
    chosen = _Choosing(goods, wanted)
    for name in dict.fromkeys(name for name, _ in wanted.options):
        chosen.say(name, [value for said, value in wanted.options if said == name])
    return chosen.checked()


class _Choosing:
    """A selection on its way."""

    def __init__(self, goods: Goods, wanted: Wanted) -> None:
        self._goods, self._wanted = goods, wanted
        self._model: Model = goods[wanted.sku].model
        self._products = {sku: item.product for sku, item in goods.items()}
        self._selection = configure.start(self._model, wanted.sku)
        self._names: dict[str, str] = {}
        """Keys of the model -> names in the file, to say later what is wrong where it stands."""

    def say(self, name: str, values: Sequence[str]) -> None:
        """What the file says under one name: of an attribute, of a group of options, or of one option."""
        key = name.casefold()
        for attribute in self._model.attributes:
            if key in (attribute.key, attribute.name.casefold()):
                self._names[attribute.key] = name
                return self._give(attribute, name, values)
        for group in self._model.groups:
            if key in (group.key, group.name.casefold()):
                self._names[group.key] = name
                return self._take(group, name, values)
        for option in self._model.options():
            if key in self._called(option):
                self._names[option.key] = name
                return self._count(option, name, values)
        known = [a.name for a in self._model.attributes] + [g.name for g in self._model.groups]
        raise self._refused(name, f"there is nothing of that name to choose; {_allowed(known)}.")

    def _called(self, option: Option) -> tuple[str, ...]:
        """Every way to name an option: key, name, SKU."""
        product = self._products.get(option.sku)
        names = (option.key, option.name, option.sku, product.name if product else "")
        return tuple(name.casefold() for name in names if name)

    def _shown(self, option: Option) -> str:
        product = self._products.get(option.sku)
        return option.name or (product.name if product else option.sku)

    def _give(self, attribute: Attribute, name: str, values: Sequence[str]) -> None:
        if len(values) != 1:
            raise self._refused(name, "expected one value, found a list.")
        text = values[0]
        if attribute.kind is AttributeKind.CHOICE:
            text = self._code(attribute, name, text)
        elif attribute.kind is AttributeKind.MEASURE and (number := _NUMBER.match(text)):
            text = number[0]  # a unit behind it is that of the attribute, as it is printed
        self._selection = configure.give(self._model, self._selection, attribute.key, text)

    def _code(self, attribute: Attribute, name: str, text: str) -> str:
        for value in attribute.values:
            if text.casefold() in (value.code.casefold(), value.name.casefold()):
                return value.code
        raise self._refused(
            name, f"{shown(text)} is not there; {_allowed([value.name for value in attribute.values])}."
        )

    def _take(self, group: OptionGroup, name: str, values: Sequence[str]) -> None:
        """Exactly these of a group: its defaults make room for them."""
        wanted = [self._option(group, name, text) for text in values]
        for option in group.options:
            if option.key not in [chosen.key for chosen, _ in wanted]:
                self._selection = configure.remove(self._model, self._selection, option.key)
        for option, quantity in wanted:
            self._names[option.key] = name
            self._selection = configure.choose(self._model, self._selection, option.key, quantity)
        taken = {chosen.option for chosen in self._selection.chosen}
        if any(option.key not in taken for option, _ in wanted):  # where one may be chosen, choosing is exchanging
            raise self._refused(name, f"expected one of {group.name}, found {len(values)}.")

    def _option(self, group: OptionGroup, name: str, text: str) -> tuple[Option, Decimal | None]:
        """An option by its name, and how many where that stands before it: "2 x Basket"."""
        counted = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*[x×]\s*(.+)", text)
        for told, quantity in ((text, None), *([(counted[2], Decimal(counted[1]))] if counted else [])):
            for option in group.options:
                if told.casefold() in self._called(option):
                    return option, quantity
        raise self._refused(name, f"{shown(text)} is not there; {_allowed([self._shown(o) for o in group.options])}.")

    def _count(self, option: Option, name: str, values: Sequence[str]) -> None:
        """An option by itself: true, false, or how many."""
        (text, *others) = values
        if others or not (text in (*_YES, *_NO) or _NUMBER.fullmatch(text)):
            raise self._refused(name, f"expected true, false or how many, found {shown(text)}.")
        if text in _NO or text == "0":
            self._selection = configure.remove(self._model, self._selection, option.key)
            return
        quantity = None if text in _YES else Decimal(text)
        self._selection = configure.choose(self._model, self._selection, option.key, quantity)

    def _refused(self, name: str, message: str) -> RuleViolation:
        field = f"{self._wanted.path}.options{_step(name)}"
        return RuleViolation.of(field, "options", f"{field}: {message}")

    def checked(self) -> Selection:
        """The selection, if it can be sold. Alerts are overridden with `OVERRIDDEN`."""
        known, quantity, on = self._goods[self._wanted.sku], self._wanted.quantity, self._wanted.on
        answer = configure.evaluate(self._model, self._selection, self._products, quantity=quantity, on=on)
        if answer.problems:
            raise RuleViolation([self._problem(known, problem) for problem in answer.problems])
        selection = answer.selection
        for alert in answer.alerts:
            if not alert.override:
                selection = configure.override(selection, alert.reason.key, OVERRIDDEN)
        return selection

    def _problem(self, known: Configurable, reason: Reason) -> Problem:
        """What is wrong, why, and the least that mends it."""
        quantity, on = self._wanted.quantity, self._wanted.on
        ways = configure.fixes(
            self._model, self._selection, reason, self._products, product=known.product, quantity=quantity, on=on
        )
        message = words.reason(reason)
        if ways:
            message = f"{message.rstrip('.')}; to mend it: {words.fix(ways[0], known.product.currency)}."
        field = f"{self._wanted.path}.options{self._place(reason)}"
        return Problem(field, "options", f"{field}: {message}")

    def _place(self, reason: Reason) -> str:
        """The option of the file that the reason is about, or that the rule looks at; "" for all of them."""
        if reason.key in self._names:
            return _step(self._names[reason.key])
        rule = next((rule for rule in self._model.rules if rule.key == reason.key), None)
        if rule is None:
            return ""
        named = [self._names[key] for key in _keys(rule.when, rule.then) if key in self._names]
        return _step(named[0]) if named else ""


def _keys(*conditions: object) -> list[str]:
    """Keys that conditions name, in reading order."""
    found: list[str] = []
    for condition in conditions:
        key = getattr(condition, "key", "")
        found += [key] if key else []
        found += _keys(*getattr(condition, "parts", ()))
    return found


def _allowed(names: Sequence[str]) -> str:
    return "expected one of " + ", ".join(names) if names else "the product has nothing to choose"


def _step(name: str) -> str:
    return f".{name}" if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,60}", name) else f"[{shown(name)}]"
