"""The contract is amended before both have signed, by hand: each change is a new version, and all signatures drop."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.builders import balance
from tests.ui.by_hand import D, Hands, Typed


def test_amendments_before_signing(hands: Hands) -> None:
    # 2 x 100.00 = 200.00 and freight of 10.00: 210.00 + 39.90 = 249.90
    hands.quote(
        Typed("Kayak", "2", "100.00"),
        send=False,
        whole=[("Freight", True, (None, 1000))],
        clauses=["warranty", "returns"],
        deposit_kind="percent",
        deposit_percent=D(50),
    )
    assert "accepted" in hands.reason(Verb.AMEND_CONTRACT)
    hands.send()
    hands.on(3, 3)
    hands.accept()
    now = hands.now()
    assert (now["contract"]["version"], now["contract"]["state"]) == (1, "draft")
    text_of_first = now["contract"]["sha256"]
    assert hands.reason(Verb.DISPATCH) == "Both sides have to sign the contract first."

    hands.on(3, 4)
    hands.sign("seller", "Jana Brandt")
    assert hands.screen.badge() == ("Signed by one side", "accent")
    hands.on(3, 5)
    hands.reword("warranty", "Warranty is 36 months from receipt.")
    now = hands.now()
    assert (now["contract"]["version"], now["contract"]["state"]) == (2, "draft")
    assert now["contract"]["sha256"] != text_of_first
    hands.on(3, 6)
    hands.sign("buyer", "Maren Voss")

    # Other lines: 3 x 90.00 = 270.00 and the freight of 10.00, which stays: 280.00 + 53.20 = 333.20
    hands.on(3, 7)
    hands.amend_lines(Typed("Kayak", "3", "90.00"))
    now = hands.now()
    assert (now["contract"]["version"], now["contract"]["state"], now["deal"]["state"]) == (3, "draft", "contracted")
    assert (now["quote"]["revision"], now["quote"]["state"]) == (2, "accepted")
    assert (now["quote"]["totals"]["net"], now["quote"]["totals"]["gross"]) == ("280.00", "333.20")
    for side, name in (("buyer", "Maren Voss"), ("seller", "Jana Brandt")):
        hands.sign(side, name)
    assert hands.screen.badge() == ("In force", "ok")
    assert [version.version for version in hands.screen.versions.rows()] == [3, 2, 1]
    assert hands.reason(Verb.SIGN_CONTRACT)
    assert hands.reason(Verb.AMEND_CONTRACT)
    assert hands.now()["documents"] == [
        "quote Q-2026-0001.pdf",
        "contract C-2026-0001.pdf",
        "contract C-2026-0001-v2.pdf",
        "quote Q-2026-0001-r2.pdf",
        "contract C-2026-0001-v3.pdf",
    ]

    # The deposit that is asked for is of the newest lines: half of 333.20 is 166.60
    hands.on(3, 10)
    assert hands.deal_page().head.next.primary.text() == "Take deposit"
    hands.pay()
    assert balance(hands.now(), "contract_liability").to_eng_string() == "-166.60"
    hands.dispatch()
    hands.receive()
    assert hands.screen._amount.text() == "€333.20"
    assert hands.now()["invoices"][0]["totals"]["gross"] == "333.20"


def test_money_paid_before_an_amendment_stays_a_deposit(hands: Hands) -> None:
    # 238.00 paid for two; amended to one: 119.00. The invoice takes 119.00, the rest is the customer's.
    hands.quote(Typed("Kayak", "2", "100.00"))
    hands.accept()
    hands.pay(23800)
    hands.amend_lines(Typed("Kayak", "1", "100.00"))
    for side in ("seller", "buyer"):
        hands.sign(side)
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert (now["invoices"][0]["totals"]["prepaid"], now["customer_credit"]) == ("119.00", "119.00")
