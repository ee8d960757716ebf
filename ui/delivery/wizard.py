"""The wizards of delivery by their routes: dispatch, confirm-receipt, complete-service, return."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.pipeline import facts
from app.store import drafts
from ui.context import AppContext
from ui.delivery.dispatch_plan import DispatchPlan
from ui.delivery.receipt_plan import ReceiptPlan
from ui.delivery.return_plan import ReturnPlan
from ui.delivery.service_plan import ServicePlan
from ui.delivery.texts import say
from ui.routes import Route
from ui.wizards.deal_wizard import DealWizard


def screen(context: AppContext, route: Route) -> QWidget:
    """The wizard of a route. `Route.to("confirm-receipt", deal_id, what="service")` is that of a service as well."""
    if route.kind == "dispatch":
        return DealWizard(context, route, DispatchPlan(), say("delivery", "Dispatch"))
    if route.kind == "return":
        return DealWizard(context, route, ReturnPlan(), say("delivery", "Take goods back"))
    if route.kind == ServicePlan.kind or _is_service(context, route):
        return DealWizard(context, route, ServicePlan(), say("delivery", "Complete a service"))
    return DealWizard(context, route, ReceiptPlan(), say("delivery", "Confirm receipt"))


def _is_service(context: AppContext, route: Route) -> bool:
    """Whether a service is meant: said by the route, or the only thing there is to confirm."""
    if route.get("what") is not None:
        return str(route.get("what")) == "service"
    with context.store.read() as session:
        if drafts.get(session, route.kind, str(route.id)) is not None:
            return False
        known = facts.load(session, int(route.id or 0))
        return not known.in_transit and bool(known.standing(context.today()).services_open)
