"""Goods and a service in one deal, by hand: the service is completed, not dispatched."""

from __future__ import annotations

from app.catalog.rules import Kind
from app.pipeline.rules import Action as Verb
from tests.builders import balance
from tests.ui.by_hand import Hands, Typed


def test_service_and_goods(hands: Hands) -> None:
    # 2 x 150.00 = 300.00 and 3 h x 60.00 = 180.00: 480.00 + 91.20 = 571.20
    # costs 2 x 100.00 + 3 x 25.00 = 275.00, margin 205.00 / 480.00 = 42.708 %
    hands.quote(
        Typed("Oven", "2", "150.00", cost="100.00"),
        Typed("Fitting", "3", "60.00", kind=Kind.SERVICE, unit="HUR", cost="25.00"),
        signed=True,
    )
    quote = hands.now()["quote"]
    assert (quote["totals"]["gross"], quote["margin_percent"]) == ("571.20", "42.71")
    wizard = hands.open("confirm-receipt", what="service")
    assert [line.name for line in wizard.page()._services.lines] == ["Fitting"]  # type: ignore[attr-defined]
    wizard.page().fields["quantity"].set_value(4)
    assert any("3" in words for words in hands.refused())
    hands.leave()

    # One hour before anything was delivered: 60.00 + 11.40
    hands.on(3, 3)
    hands.complete(2, "1", by="Maren Voss")
    now = hands.now()
    (invoice,) = now["invoices"]
    assert [(line["line"], line["quantity"], line["unit"]) for line in invoice["lines"]] == [(2, "1", "HUR")]
    assert (invoice["totals"]["gross"], balance(now, "cost_of_sales"), now["deliveries"]) == ("71.40", 0, [])
    assert now["revenue"] == [{"date": "2026-03-03", "line": 2, "amount": "60.00", "document": "INV-2026-0001"}]

    hands.on(3, 4)
    hands.dispatch()  # the goods alone
    assert [line["line"] for line in hands.now()["deliveries"][0]["lines"]] == [1]
    hands.on(3, 5)
    hands.receive()
    now = hands.now()
    assert (now["invoices"][1]["totals"]["gross"], balance(now, "cost_of_sales")) == ("357.00", 200)
    assert now["deal"]["state"] == "open"
    assert hands.deal_page().head.next.primary.text() == "Complete service"

    # What is open of the service: 120.00 + 22.80
    hands.on(3, 6)
    hands.dialog(Verb.COMPLETE_SERVICE, line=2)
    now = hands.now()
    assert now["invoices"][2]["totals"]["gross"] == "142.80"
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "571.20")
    assert hands.reason(Verb.COMPLETE_SERVICE) == "No service is open."
    # A service is given back by a credit note without goods.
    returned = hands.open("return").page().table.model.rows()  # type: ignore[attr-defined]
    assert [row.line.name for row in returned] == ["Oven"]
    hands.credit(1, lines={2: "1"})
    assert hands.now()["invoices"][0]["state"] == "credited"


def test_a_deal_of_services_alone_has_nothing_to_dispatch(hands: Hands) -> None:
    hands.quote(Typed("Course", "1", "480.00", kind=Kind.SERVICE), payment="prepaid", signed=True)
    assert hands.reason(Verb.DISPATCH) == "No goods are open."
    hands.complete(1)  # not paid, and yet it was done
    now = hands.now()
    assert (now["deal"]["state"], now["invoices"][0]["open"]) == ("fulfilled", "571.20")
