"""The lists of price rules: what each shows of a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.pricing import texts
from ui.pricing.rule_table import RuleTable, TableWords
from ui.pricing.sentences import effect_words, limits_words
from ui.tables.column import Column
from ui.widgets.days_words import days_words

Today = Callable[[], date]


def list_table(today: Today) -> RuleTable:
    """Price lists."""
    words = TableWords(
        _say("Price lists"), _say("Search name, group"), _say("New price list"), "price", _say("No price lists yet"),
        _say("Give a group of customers other prices, with tiers if you like; paste them from a spreadsheet."),
    )  # fmt: skip
    columns = [
        Column(title=_say("Price list"), text=lambda row: row.item.name, below=_entries, key="name"),
        _state(today, lambda row: row.item),
        Column(title=_say("For"), text=lambda row: row.item.group or _say("all customers"), width=120, key="group"),
        Column(title=_say("Holds"), text=lambda row: _days(row.item), width=168),
        Column(title=_say("Currency"), text=lambda row: row.item.currency, width=92, key="currency"),
        _priority(),
    ]
    return RuleTable(words, columns, lambda row: f"{row.item.name} {row.item.group} {row.item.currency}")


def contract_table(today: Today) -> RuleTable:
    """Prices agreed with one customer."""
    words = TableWords(
        _say("Contract prices"), _say("Search customer, item number"), _say("New contract price"), "contract",
        _say("No contract prices yet"), _say("A price agreed with one customer for one product beats every list."),
    )  # fmt: skip
    columns = [
        Column(title=_say("Customer"), text=lambda row: row.customer, below=lambda row: row.item.note, key="customer"),
        Column(title=_say("Product"), text=lambda row: row.item.sku, width=170, key="sku"),
        _state(today, lambda row: row.item),
        Column(title=_say("Holds"), text=lambda row: _days(row.item), width=168),
        Column(
            title=_say("Price"),
            text=lambda row: formats.price_text(row.item.price, row.item.currency),
            below=lambda row: _say("%n tiers", len(row.item.tiers)) if row.item.tiers else "",
            align="right",
            width=130,
            look="strong",
        ),
    ]
    return RuleTable(words, columns, lambda row: f"{row.customer} {row.item.sku} {row.item.note}")


def promotion_table(today: Today) -> RuleTable:
    """Promotions."""
    words = TableWords(
        _say("Promotions"), _say("Search name"), _say("New promotion"), "percent", _say("No promotions yet"),
        _say("Something off for everybody or a few, for some days, from some quantity on, or with a coupon."),
    )  # fmt: skip
    columns = [
        Column(
            title=_say("Promotion"),
            text=lambda row: row.item.name,
            below=lambda row: effect_words(row.item),
            key="name",
        ),
        _state(today, lambda row: row.item.conditions, lambda row: row.item.active),
        Column(title=_say("Limits"), text=lambda row: limits_words(row.item), width=180, look="quiet"),
        Column(title=_say("Holds"), text=lambda row: _days(row.item.conditions), width=168),
        _priority(),
    ]
    return RuleTable(words, columns, lambda row: f"{row.item.name} {effect_words(row.item)}")


def coupon_table(today: Today) -> RuleTable:
    """Coupons."""
    words = TableWords(
        _say("Coupons"), _say("Search code, promotion"), _say("New coupon"), "star", _say("No coupons yet"),
        _say("A code that opens a promotion, so many times and until some day."),
    )  # fmt: skip
    columns = [
        Column(title=_say("Coupon code"), text=lambda row: row.item.code, look="strong", key="code"),
        Column(title=_say("Opens"), text=lambda row: row.item.promotion, key="promotion"),
        _state(today, lambda row: row.item),
        Column(title=_say("Holds"), text=lambda row: _days(row.item), width=168),
        Column(title=_say("Uses"), text=_uses, align="right", width=118),
    ]
    return RuleTable(words, columns, lambda row: f"{row.item.code} {row.item.promotion}")


def delivery_table() -> RuleTable:
    """Charges for delivery."""
    words = TableWords(
        _say("Delivery charges"), _say("Search name, country"), _say("New delivery charge"), "delivery",
        _say("No delivery charges yet"), _say("Say what delivery costs, by weight or amount; quotes then offer it."),
    )  # fmt: skip
    columns = [
        Column(
            title=_say("Delivery charge"),
            text=lambda row: row.item.name,
            below=lambda row: dict(texts.delivery_choices())[row.item.method],
            key="name",
        ),
        Column(
            title=_say("State"),
            text=lambda row: texts.rule_state(None, None, date.min, row.item.active)[0],
            tone=lambda row: texts.rule_state(None, None, date.min, row.item.active)[1],
            look="badge",
            width=120,
        ),
        Column(
            title=_say("Where to"),
            text=lambda row: texts.listed(row.item.countries) or _say("all other countries"),
            width=200,
        ),
        Column(
            title=_say("Free from"),
            text=lambda row: texts.amount(row.item.free_from, row.item.currency),
            align="right",
            width=120,
        ),
        Column(
            title=_say("Charge"),
            text=lambda row: formats.price_text(row.item.charge, row.item.currency),
            align="right",
            width=120,
            look="strong",
        ),
    ]  # fmt: skip
    return RuleTable(words, columns, lambda row: f"{row.item.name} {' '.join(row.item.countries)}")


def _state(today: Today, days: Callable[[Any], Any], active: Callable[[Any], bool] | None = None) -> Column:
    def badge(row: Any) -> texts.Badge:
        is_active = active(row) if active is not None else getattr(days(row), "active", True)
        return texts.rule_state(days(row).starts_on, days(row).ends_on, today(), is_active)

    return Column(
        title=_say("State"), text=lambda row: badge(row)[0], tone=lambda row: badge(row)[1], look="badge", width=104
    )


def _days(rule: Any) -> str:
    return days_words(rule.starts_on, rule.ends_on)


def _priority() -> Column:
    return Column(
        title=_say("Priority"), text=lambda row: formats.whole_text(row.item.priority), align="right", width=80
    )


def _entries(row: Any) -> str:
    entries = row.item.entries
    named = [entry.sku or entry.category or _say("all products") for entry in entries]
    return f"{_say('%n entries', len(entries))} · {texts.listed(dict.fromkeys(named), 3)}" if entries else ""


def _uses(row: Any) -> str:
    uses = formats.whole_text(row.uses)
    if row.item.most_uses is None:
        return uses
    return _say("%1 of %2").replace("%1", uses).replace("%2", formats.whole_text(row.item.most_uses))


def _say(source: str, count: int = -1) -> str:
    return QCoreApplication.translate("pricing", source, None, count)
