"""From a route to its screen: the one table that knows every screen. A screen's module is loaded on its first visit.

A screen module exports `screen(context, route) -> QWidget`. A screen may have `show_route(route)` (the same screen
for another document or filter), `flush()` (keep what was typed last), `title() -> str`, `badge() -> (words, tone)` and
its own verbs in `actions()`.
"""

from __future__ import annotations

from importlib import import_module

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.context import AppContext
from ui.frame.places import WIZARDS
from ui.routes import Route
from ui.wizards.wizard import Wizard

MODULES = {
    "home": "ui.home.home_screen",
    "drafts": "ui.home.drafts_screen",
    "deals": "ui.deals.list_screen",
    "deal": "ui.deals.detail_screen",
    "quotes": "ui.quotes.list_screen",
    "quote": "ui.quotes.detail_screen",
    "new-quote": "ui.quotes.wizard",
    "revise-quote": "ui.quotes.wizard",
    "contracts": "ui.contracts.list_screen",
    "contract": "ui.contracts.detail_screen",
    "amend-contract": "ui.contracts.wizard",
    "amend-lines": "ui.quotes.amend_wizard",
    "sign-contract": "ui.contracts.wizard",
    "payments": "ui.payments.list_screen",
    "payment": "ui.payments.detail_screen",
    "take-payment": "ui.payments.wizard",
    "refund": "ui.payments.wizard",
    "deliveries": "ui.delivery.list_screen",
    "delivery": "ui.delivery.detail_screen",
    "dispatch": "ui.delivery.wizard",
    "confirm-receipt": "ui.delivery.wizard",
    "complete-service": "ui.delivery.wizard",
    "return": "ui.delivery.wizard",
    "invoices": "ui.invoicing.list_screen",
    "invoice": "ui.invoicing.detail_screen",
    "credit": "ui.invoicing.wizard",
    "close-books": "ui.home.close_books",
    "revenue": "ui.revenue.list_screen",
    "reports": "ui.reports.reports_screen",
    "customers": "ui.parties.list_screen",
    "customer": "ui.parties.detail_screen",
    "products": "ui.catalog.list_screen",
    "product": "ui.catalog.detail_screen",
    "guides": "ui.catalog.guides_screen",
    "guide": "ui.catalog.guide_screen",
    "prices": "ui.pricing.prices_screen",
    "price-list": "ui.pricing.list_screen",
    "contract-price": "ui.pricing.contract_screen",
    "promotion": "ui.pricing.promotion_screen",
    "coupon": "ui.pricing.coupon_screen",
    "delivery-rule": "ui.pricing.delivery_screen",
    "stock": "ui.catalog.stock_screen",
    "import-customers": "ui.parties.import_screen",
    "import-products": "ui.catalog.import_screen",
    "settings": "ui.settings.settings_screen",
}
_KEPT = 12


class Screens:
    """The screens of one company in a stack: shown again where they were left, the longest unseen thrown away."""

    def __init__(self, stack: QStackedWidget, context: AppContext) -> None:
        self._stack, self._context = stack, context
        self._made: dict[str, QWidget] = {}
        self._routes: dict[str, Route] = {}
        self._kind = ""

    @property
    def shown(self) -> QWidget | None:
        """The screen that is open."""
        return self._made.get(self._kind)

    def show(self, route: Route) -> QWidget:
        """Open a route. Raises KeyError for a kind that no screen has, and what making the screen raises."""
        if self._kind != route.kind or self._routes.get(self._kind) != route:
            self._leave()
        screen = self._screen(route)
        self._kind = route.kind
        self._made[route.kind] = self._made.pop(route.kind, screen)
        self._stack.setCurrentWidget(screen)
        self._thin()
        return screen

    def flush(self) -> None:
        """Let an open wizard or form keep what was typed last."""
        shown = self.shown
        for part in [] if shown is None else [shown, *shown.findChildren(Wizard)]:
            if (flush := getattr(part, "flush", None)) is not None:
                flush()

    def close(self) -> None:
        """Throw all screens away."""
        self._kind = ""
        for kind in list(self._made):
            self._drop(kind)

    def _screen(self, route: Route) -> QWidget:
        known = self._made.get(route.kind)
        is_same = self._routes.get(route.kind) == route
        if known is not None and not is_same:
            show_route = getattr(known, "show_route", None)
            if show_route is None:
                self._drop(route.kind)
                known = None
            else:
                show_route(route)
        self._routes[route.kind] = route
        if known is None:
            known = import_module(MODULES[route.kind]).screen(self._context, route)
            self._made[route.kind] = known
            self._stack.addWidget(known)
        return known

    def _leave(self) -> None:
        self.flush()
        if self._kind in WIZARDS:
            self._drop(self._kind)

    def _thin(self) -> None:
        for kind in list(self._made)[: max(len(self._made) - _KEPT, 0)]:
            self._drop(kind)

    def _drop(self, kind: str) -> None:
        screen = self._made.pop(kind, None)
        self._routes.pop(kind, None)
        if screen is not None:
            focus = QApplication.focusWidget()
            if focus is not None and screen.isAncestorOf(focus):
                self._stack.setFocus()  # or Qt would give it to the next in the row, in the sidebar
            self._stack.removeWidget(screen)
            screen.hide()
            screen.deleteLater()
