"""The wizards of contracts by their routes: amend-contract, sign-contract."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.contracts.amend_plan import AmendPlan
from ui.contracts.sign_plan import SignPlan
from ui.contracts.texts import say
from ui.routes import Route
from ui.wizards.deal_wizard import DealWizard


def screen(context: AppContext, route: Route) -> QWidget:
    """The wizard of a route."""
    if route.kind == "sign-contract":
        return DealWizard(context, route, SignPlan(), say("contracts", "Sign the contract"))
    return DealWizard(context, route, AmendPlan(), say("contracts", "Amend the contract"))
