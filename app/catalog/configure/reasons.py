"""From a broken law to a reason in names: which rule, which limit, which value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.catalog.configure.facts import Facts, text_of
from app.catalog.configure.laws import Law, Laws, Sort
from app.catalog.configure.results import Cause, Phrase, Reason
from app.catalog.model import Attribute, AttributeKind, Comparison, Condition, Op, Option, Rule
from app.catalog.rules import Product
from app.core.errors import RuleViolation
from app.core.quantity import plain


class Wording:
    """The names of everything in a model; `products` give the names of options that have none of their own."""

    def __init__(self, laws: Laws, products: Mapping[str, Product] | None = None) -> None:
        self._laws = laws
        self._products = products or {}

    def name(self, key: str) -> str:
        """The name of an option, group or attribute; the key itself where nothing has it."""
        option = self._laws.options.get(key)
        if option is not None:
            return self.option(option)
        known = self._laws.groups.get(key) or self._laws.attributes.get(key)
        return known.name if known is not None else key

    def option(self, option: Option) -> str:
        """What an option is called: its own name, else its product's, else its SKU."""
        product = self._products.get(option.sku)
        return option.name or (product.name if product is not None else "") or option.sku or option.key

    def value(self, key: str, text: str) -> str:
        """What a value of an attribute is called."""
        attribute = self._laws.attributes.get(key)
        known = attribute.value(text) if attribute is not None else None
        return text if known is None else known.name

    def phrase(self, condition: Condition) -> Phrase:
        """A condition with names for keys."""
        if condition.op in (Op.ALL, Op.ANY) and len(condition.parts) == 1:
            return self.phrase(condition.parts[0])
        if condition.op in (Op.ALL, Op.ANY, Op.NOT):
            return Phrase(condition.op, parts=tuple(self.phrase(part) for part in condition.parts))
        if condition.op is Op.CHOSEN:
            return Phrase(condition.op, self.name(condition.key))
        if condition.op is Op.FORMULA:
            compared = "" if condition.number is None else condition.comparison.value
            return Phrase(condition.op, condition.formula, compared, _number(condition.number))
        if condition.op is Op.ATTRIBUTE:
            return self._of_attribute(condition)
        name = self.name(condition.key) if condition.key else ""
        return Phrase(condition.op, name, condition.comparison.value, _number(condition.number))

    def _of_attribute(self, condition: Condition) -> Phrase:
        key, comparison = condition.key, condition.comparison
        attribute = self._laws.attributes.get(key)
        unit = "" if attribute is None else attribute.unit
        if condition.number is not None:
            return Phrase(condition.op, self.name(key), comparison.value, _number(condition.number), unit)
        names = tuple(self.value(key, text) for text in condition.values)
        if comparison is Comparison.IN and len(names) == 1:
            comparison = Comparison.EQUAL
        return Phrase(condition.op, self.name(key), comparison.value, names)

    def reason(self, law: Law, cause: Cause, facts: Facts) -> Reason:
        """Why a law is broken by these facts."""
        if law.rule is not None:
            return self._of_rule(law, law.rule, cause, facts)
        if law.sort is Sort.GROUP:
            group = self._laws.groups[law.key]
            limit = group.least if cause is Cause.TOO_FEW else group.most
            return Reason(cause, law.key, group.name, limit=str(limit), found=str(facts.counts.get(law.key, 0)))
        if law.sort is Sort.OPTION:
            option = self._laws.options[law.key]
            bound = option.least if cause is Cause.BELOW else option.most
            return Reason(cause, law.key, self.option(option), limit=_plain(bound), found=text_of(facts.taken[law.key]))
        return _of_value(self._laws.attributes[law.key], cause, facts)

    def _of_rule(self, law: Law, rule: Rule, cause: Cause, facts: Facts) -> Reason:
        if cause is Cause.NOT_COMPUTED:
            return Reason(cause, rule.key, rule.name, rule.message, detail=_what_stopped(law, self._laws, facts))
        then = self.phrase(rule.then) if cause in (Cause.REQUIRES, Cause.EXCLUDES) else None
        return Reason(cause, rule.key, rule.name, rule.message, self.phrase(rule.when), then)

    def not_sold(self, option: Option) -> Reason:
        """An option whose product is gone or not offered now."""
        return Reason(Cause.NOT_SOLD, option.key, self.option(option), found=option.sku)


def _of_value(attribute: Attribute, cause: Cause, facts: Facts) -> Reason:
    limit = {Cause.BELOW: attribute.least, Cause.ABOVE: attribute.most, Cause.OFF_STEP: attribute.step}.get(cause)
    text = facts.texts.get(attribute.key, "")
    unit = attribute.unit if attribute.kind is AttributeKind.MEASURE else ""
    found = str(len(text)) if attribute.kind is AttributeKind.TEXT and text else text
    return Reason(cause, attribute.key, attribute.name, limit=_plain(limit), found=found, unit=unit)


def _what_stopped(law: Law, laws: Laws, facts: Facts) -> str:
    """The message of the formula that cannot be computed; the judge only knows that there is one."""
    from app.catalog.configure.conditions import ready

    for condition in (law.rule.when, law.rule.then) if law.rule is not None else ():
        try:
            ready(condition, laws.names)(facts)
        except RuleViolation as stopped:
            return stopped.problems[0].message
    return ""


def _plain(number: Decimal | None) -> str:
    return "" if number is None else str(plain(number))


def _number(number: Decimal | None) -> tuple[str, ...]:
    return () if number is None else (_plain(number),)
