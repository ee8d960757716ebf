"""A delivery: what left, what was said of it on arrival, and its delivery note."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.pipeline import details
from app.pipeline.details import DeliveredLine, DeliveryDetail
from app.pipeline.rules import Action as Verb
from ui import formats
from ui.context import AppContext
from ui.delivery.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.document_page import DocumentPage, Fact
from ui.widgets.reason_words import reason_text
from ui.widgets.state_words import state_text, state_tone
from ui.wizards.line_table import quantity_text


def screen(context: AppContext, route: Route) -> QWidget:
    """The delivery of the route."""
    return DeliveryScreen(context, route)


class DeliveryScreen(DocumentPage):
    """Goods that left."""

    kinds = frozenset({"delivery", "deal", "invoice"})

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route, say("delivery", "Delivery note"))
        self._found: DeliveryDetail | None = None
        self.confirm = self.verb(self.tr("Confirm receipt"), "package-check", self._confirm_route, "Ctrl+Return")
        self.dispatch = self.verb(self.tr("Dispatch the rest"), "delivery", lambda: Route("dispatch", self._deal_id()))
        self.back = self.verb(self.tr("Take goods back"), "return", lambda: Route("return", self._deal_id()))
        self.deal = self.verb(self.tr("Open the deal"), "deals", lambda: Route("deal", self._deal_id()))
        self.lines = RowsCard(self.tr("Goods"), self._columns(), lambda row: row.position)
        self.add_card(self.lines)
        self.reload()

    def load(self, session: Any, route: Route) -> DeliveryDetail:
        """With its deal."""
        return details.of_delivery(session, int(route.id or 0), self._context.today())

    def fill(self, found: DeliveryDetail) -> None:
        """Put it into the parts."""
        self._found = found
        delivery, deal = found.delivery, found.view.deal
        state = delivery.state.value
        badge = state_text("delivery", state), state_tone("delivery", state)
        self.set_head(delivery.number, deal.title or deal.customer.name, badge)
        self.set_facts(self._facts_of(found))
        self._allow(found)
        self.set_verbs([self.confirm, self.dispatch, self.back, self.deal], [self.confirm])
        self.lines.set_rows(found.lines)
        self.show_paper(found.issued)

    def _deal_id(self) -> int | None:
        return self._found.view.deal.id if self._found else None

    def _confirm_route(self) -> Route:
        number = self._found.delivery.number if self._found else ""
        return Route.to("confirm-receipt", self._deal_id(), what="goods", delivery=number)

    def _facts_of(self, found: DeliveryDetail) -> list[Fact]:
        delivery, deal = found.delivery, found.view.deal
        received = formats.date_text(delivery.received_on) if delivery.received_on else self.tr("not yet")
        if delivery.received_on and found.confirmed_by:
            received = f"{received} · {', '.join(found.confirmed_by)}"
        facts = [
            Fact(self.tr("Customer"), deal.customer.name, Route("customer", deal.customer_id)),
            Fact(self.tr("Deal"), deal.number, Route("deal", deal.id)),
            Fact(self.tr("Sent on"), formats.date_text(delivery.dispatched_on)),
            Fact(self.tr("Received on"), received),
        ]
        if found.view.contract is not None:
            facts.insert(2, Fact(self.tr("Contract"), found.view.contract.number, Route("contract", deal.id)))
        for words, value in ((self.tr("Carrier"), delivery.carrier), (self.tr("Tracking number"), delivery.tracking)):
            if value:
                facts.append(Fact(words, value))
        if found.override:
            facts.append(Fact(self.tr("Left before it was paid"), found.override, tone="warn"))
        return facts

    def _allow(self, found: DeliveryDetail) -> None:
        standing = found.view.standing
        for action, verb in ((self.dispatch, Verb.DISPATCH), (self.back, Verb.RETURN)):
            reason = reason_text(standing, verb)
            action.allow(not reason, reason)
        self.confirm.allow(found.delivery.received_on is None, self.tr("It was received already."))

    def _columns(self) -> list[Column]:
        def quantity(name: str, title: str, width: int) -> Column:
            return Column(
                title=title,
                text=lambda row: quantity_text(getattr(row.confirmed, name) or None),
                align="right",
                width=width,
            )

        return [
            Column(title=self.tr("Item"), text=lambda row: row.name, below=self._state_words),
            Column(
                title=self.tr("Sent"), text=lambda row: quantity_text(row.dispatched, row.unit), align="right", width=86
            ),
            quantity("accepted", self.tr("Accepted"), 106),
            quantity("damaged", self.tr("Damaged"), 102),
            quantity("missing", self.tr("Missing"), 72),
            quantity("refused", self.tr("Refused"), 98),
        ]

    def _state_words(self, line: DeliveredLine) -> str:
        if line.in_transit > 0:
            return self.tr("%1 in transit").replace("%1", quantity_text(line.in_transit, line.unit))
        return ""
