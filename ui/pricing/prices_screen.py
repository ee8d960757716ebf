"""All price rules of the store, each kind on its tab, and what does not fit together among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.pricing import queries
from app.pricing.conflicts import conflicts
from ui.context import AppContext
from ui.pricing.rule_columns import contract_table, coupon_table, delivery_table, list_table, promotion_table
from ui.pricing.rule_table import RuleTable
from ui.pricing.texts import conflict_words
from ui.routes import Route
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.tabs import Tabs

RULES = frozenset({"price-list", "contract-price", "promotion", "coupon", "delivery-rule"})
"""The kinds of rules, as routes and changes call them."""
_MOST_TOLD = 4


def screen(context: AppContext, route: Route) -> QWidget:
    """The one screen of all rules; `tab` opens one of them."""
    made = PricesScreen(context)
    made.show_route(route)
    return made


@dataclass(frozen=True, slots=True)
class Found:
    """Every rule by its kind, and the conflicts."""

    rules: Mapping[str, Sequence[Any]]
    conflicts: Sequence[Problem]


class PricesScreen(QWidget):
    """Enter opens a rule, Ctrl+Alt+N begins one; Ctrl+PgDown turns to the next tab."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setProperty("panel", "canvas")
        today = context.today
        self.tables: dict[str, RuleTable] = {
            "price-list": list_table(today),
            "contract-price": contract_table(today),
            "promotion": promotion_table(today),
            "coupon": coupon_table(today),
            "delivery-rule": delivery_table(),
        }
        for kind, table in self.tables.items():
            table.opened.connect(partial(self._open, kind))
            table.new_wanted.connect(partial(self._go, Route(kind, "new")))
        words = {
            "price-list": self.tr("Price lists"),
            "contract-price": self.tr("Contract prices"),
            "promotion": self.tr("Promotions"),
            "coupon": self.tr("Coupons"),
            "delivery-rule": self.tr("Delivery charges"),
        }
        pages = [(kind, words[kind], table) for kind, table in self.tables.items()]
        self.tabs = Tabs(pages, self.tr("Kinds of price rules"), PAGE_MARGIN)
        self.tabs.chosen.connect(self._turned)
        self._lines = column(gap=2)
        told = row(Icon("warning", "warn"), self._lines, None, margins=(14, 8, 14, 8), gap=10)
        self._conflicts = holder(
            column(
                Card(told, self.tr("What does not fit together"), "note-warn"),
                margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 4),
            )
        )
        body = column(self._conflicts, self.tabs)
        body.setStretch(1, 1)
        self.setLayout(body)
        self._conflicts.hide()
        context.changes.happened.connect(
            lambda changed: self.reload() if changed & {*RULES, "product", "quote"} else None
        )
        self.reload()

    def title(self) -> str:
        """For the window's top bar."""
        return self.tr("Prices")

    def show_route(self, route: Route) -> None:
        """The tab of the route."""
        if tab := route.get("tab"):
            self.tabs.show_tab(str(tab))

    def reload(self) -> None:
        """Read anew, beside the main thread."""
        self._context.read(lambda session: read_rules(session, self._context.today()), self._show, owner=self)

    # inside
    def _show(self, found: Found) -> None:
        for kind, table in self.tables.items():
            table.set_rows(found.rules[kind])
            self.tabs.set_count(kind, len(found.rules[kind]))
        clear(self._lines)
        for problem in found.conflicts[:_MOST_TOLD]:
            self._lines.addLayout(self._conflict(problem, found))
        if len(found.conflicts) > _MOST_TOLD:
            more = self.tr("%n more of these", None, len(found.conflicts) - _MOST_TOLD)
            self._lines.addWidget(Label(more, "caption", "warn"))
        self._conflicts.setVisible(bool(found.conflicts))

    def _conflict(self, problem: Problem, found: Found) -> Any:
        line = row(Label(conflict_words(problem), "label", "warn").wrap(), gap=8)
        line.setStretch(0, 1)
        for kind, stored in _rules_of(problem, found):
            name = stored.item.code if kind == "coupon" else stored.item.name
            link = Button(self.tr("Open %1").replace("%1", name), "link", do=partial(self._open, kind, stored))
            line.addWidget(link)
        return line

    def _open(self, kind: str, stored: Any) -> None:
        self._go(Route(kind, stored.id))

    def _go(self, route: Route) -> None:
        self._context.router.open(route)

    def _turned(self, kind: str) -> None:
        current = self._context.router.current
        if current is not None and current.kind == "prices":
            self._context.router.replace(Route.to("prices", tab=kind))


def read_rules(session: Any, on: Any) -> Found:
    """Every rule, and what does not fit together."""
    read: dict[str, Callable[[Any], Sequence[Any]]] = {
        "price-list": queries.price_lists,
        "contract-price": queries.contract_prices,
        "promotion": queries.promotions,
        "coupon": lambda s: queries.coupons(s, on),
        "delivery-rule": queries.delivery_rules,
    }
    return Found({kind: query(session) for kind, query in read.items()}, conflicts(session))


def _rules_of(problem: Problem, found: Found) -> list[tuple[str, Any]]:
    """The rules that a conflict is about."""
    kinds = {"price list": "price-list", "promotion": "promotion", "coupon": "coupon"}
    kind = next((kind for words, kind in kinds.items() if problem.field.startswith(words)), "")
    values = problem.values
    names = {values.get("one"), values.get("other"), values.get("rule")} if kind != "coupon" else {values.get("code")}
    return [
        (kind, stored)
        for stored in found.rules.get(kind, ())
        if (stored.item.code if kind == "coupon" else stored.item.name) in names
    ]
