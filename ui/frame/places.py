"""The places of the sidebar, and to which of them every route belongs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.routes import Route


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the sidebar; `counted` names the field of `waiting.Counts` whose number it shows."""

    kind: str
    icon: str
    route: Route
    counted: str = ""
    key: str = ""


TOP = (
    Place("home", "home", Route("home"), key="Alt+1"),
    Place("deals", "deals", Route("deals"), "deals", "Alt+2"),
)
PIPELINE = (
    Place("configure", "configure", Route("drafts"), "configure"),
    Place("price", "price", Route.to("quotes", state="draft"), "price"),
    Place("quote", "quote", Route.to("quotes", state="sent,expired"), "quote", "Alt+3"),
    Place("contract", "contract", Route.to("contracts", state="draft,signed_by_one"), "contract", "Alt+4"),
    Place("payment", "payment", Route.to("deals", waiting="deposit"), "payment", "Alt+5"),
    Place("delivery", "delivery", Route.to("deals", waiting="delivery"), "delivery", "Alt+6"),
    Place(
        "invoice",
        "invoice",
        Route.to("invoices", state="open,partly_paid,overdue,partly_credited"),
        "invoice",
        "Alt+7",
    ),
    Place("revenue", "revenue", Route("revenue"), "", "Alt+8"),
)
LIBRARY = (
    Place("customers", "customers", Route("customers"), key="Alt+9"),
    Place("products", "products", Route("products"), key="Alt+0"),
    Place("prices", "percent", Route("prices")),
    Place("stock", "stock", Route("stock")),
    Place("reports", "reports", Route("reports")),
)
ALL = TOP + PIPELINE + LIBRARY

_OWNER = {
    "deal": "deals",
    "drafts": "configure",
    "new-quote": "configure",
    "revise-quote": "price",
    "quotes": "quote",
    "contracts": "contract",
    "amend-contract": "contract",
    "amend-lines": "contract",
    "sign-contract": "contract",
    "payments": "payment",
    "take-payment": "payment",
    "refund": "payment",
    "deliveries": "delivery",
    "dispatch": "delivery",
    "confirm-receipt": "delivery",
    "complete-service": "delivery",
    "return": "delivery",
    "invoices": "invoice",
    "credit": "invoice",
    "close-books": "reports",
    "customer": "customers",
    "product": "products",
    "guides": "products",
    "guide": "products",
    "price-list": "prices",
    "contract-price": "prices",
    "promotion": "prices",
    "coupon": "prices",
    "delivery-rule": "prices",
    "import-customers": "customers",
    "import-products": "products",
}
_PARENT = {
    "deal": "deals",
    "quote": "quotes",
    "new-quote": "quotes",
    "revise-quote": "quotes",
    "contract": "contracts",
    "amend-contract": "contracts",
    "amend-lines": "contracts",
    "sign-contract": "contracts",
    "payment": "payments",
    "take-payment": "payments",
    "refund": "payments",
    "delivery": "deliveries",
    "dispatch": "deliveries",
    "confirm-receipt": "deliveries",
    "complete-service": "deliveries",
    "return": "deliveries",
    "invoice": "invoices",
    "credit": "invoices",
    "close-books": "reports",
    "customer": "customers",
    "product": "products",
    "guides": "products",
    "guide": "guides",
    "price-list": "prices",
    "contract-price": "prices",
    "promotion": "prices",
    "coupon": "prices",
    "delivery-rule": "prices",
    "import-customers": "customers",
    "import-products": "products",
}
WIZARDS = frozenset(
    {
        "new-quote", "revise-quote", "amend-contract", "amend-lines", "sign-contract", "take-payment", "refund",
        "dispatch", "confirm-receipt", "complete-service", "return", "credit", "close-books", "import-customers",
        "import-products",
    }
)  # fmt: skip
"""Routes that open a wizard: made anew each time, and not returned to by a restart."""


def place_of(route: Route) -> str:
    """The kind of the place that is marked while a route is shown; "" for none (settings)."""
    exact = next((place.kind for place in PIPELINE if place.route == route), "")
    known = {place.kind for place in ALL}
    return exact or _OWNER.get(route.kind, route.kind if route.kind in known else "")


def parent_of(route: Route) -> Route | None:
    """The list that a document or wizard belongs to, for the breadcrumb."""
    kind = _PARENT.get(route.kind)
    return Route(kind) if kind else None


def place_words(kind: str) -> str:
    """What the sidebar calls a place."""
    return {
        "home": _say("Home"),
        "deals": _say("Deals"),
        "configure": _say("Configure"),
        "price": _say("Price"),
        "quote": _say("Quote"),
        "contract": _say("Contract"),
        "payment": _say("Payment"),
        "delivery": _say("Delivery"),
        "invoice": _say("Invoice"),
        "revenue": _say("Revenue"),
        "customers": _say("Customers"),
        "products": _say("Products"),
        "prices": _say("Prices"),
        "stock": _say("Stock"),
        "reports": _say("Reports"),
    }[kind]


def route_words(route: Route) -> str:
    """What a screen is called that does not say so itself."""
    words = {
        "deal": _say("Deal"),
        "drafts": _say("Unfinished"),
        "quotes": _say("Quotes"),
        "contracts": _say("Contracts"),
        "payments": _say("Payments"),
        "deliveries": _say("Deliveries"),
        "invoices": _say("Invoices"),
        "settings": _say("Settings"),
        "new-quote": _say("New quote"),
        "revise-quote": _say("Revise the quote"),
        "amend-contract": _say("Amend the contract"),
        "amend-lines": _say("Change the agreed lines"),
        "sign-contract": _say("Sign the contract"),
        "take-payment": _say("Take a payment"),
        "refund": _say("Refund"),
        "dispatch": _say("Dispatch"),
        "confirm-receipt": _say("Confirm receipt"),
        "complete-service": _say("Complete a service"),
        "return": _say("Take goods back"),
        "credit": _say("Credit note"),
        "close-books": _say("Close the books"),
        "import-customers": _say("Import customers"),
        "import-products": _say("Import products"),
        "customer": _say("Customer"),
        "product": _say("Product"),
        "guides": _say("Guides"),
        "guide": _say("Guide"),
        "price-list": _say("Price list"),
        "contract-price": _say("Contract price"),
        "promotion": _say("Promotion"),
        "coupon": _say("Coupon"),
        "delivery-rule": _say("Delivery charge"),
    }
    return words.get(route.kind) or place_words(route.kind)


def _say(source: str) -> str:
    return QCoreApplication.translate("places", source)
