"""The wizards of payments by their routes: take-payment, refund."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.payments.payment_plan import PaymentPlan
from ui.payments.refund_plan import RefundPlan
from ui.payments.texts import say
from ui.routes import Route
from ui.wizards.deal_wizard import DealWizard


def screen(context: AppContext, route: Route) -> QWidget:
    """The wizard of a route; `Route.to("take-payment", deal_id, place=2)` pays the deal's second invoice."""
    if route.kind == "refund":
        return DealWizard(context, route, RefundPlan(), say("payments", "Refund"))
    return DealWizard(context, route, PaymentPlan(), say("payments", "Take a payment"))
