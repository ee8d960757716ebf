"""The contract is amended before both have signed: each change is a new version, and all signatures drop."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, typed_line


def test_amendments_before_signing(store: Store) -> None:
    # 2 x 100.00 = 200.00 + 38.00 = 238.00
    terms = {"clauses": ["warranty", "returns"], "deposit": {"percent": "50"}}
    story = Story.of(store, signed=False, terms=terms, charges=[{"amount": "10.00", "reason": "Freight"}])
    assert "no contract before the quote is accepted" in story.refuses("amend_contract", clause="warranty", text="No.")
    story.then("send_quote")
    now = story.then("accept_quote", on="2026-03-03", by="Maren Voss")
    assert (now["contract"]["version"], now["contract"]["state"]) == (1, "draft")
    assert (now["deal"]["state"], now["quote"]["state"]) == ("contracted", "accepted")
    text_of_first = now["contract"]["sha256"]
    assert "both sides have to sign" in story.refuses("dispatch")

    now = story.then("sign_contract", on="2026-03-04", by="seller", name="Jana Brandt")
    assert now["contract"]["state"] == "signed_by_one"
    assert "seller has signed this version already" in story.refuses("sign_contract", by="seller")

    # A clause is worded anew: version 2, and nobody has signed it.
    now = story.then("amend_contract", on="2026-03-05", clause="warranty", text="Warranty is 36 months from receipt.")
    assert (now["contract"]["version"], now["contract"]["state"]) == (2, "draft")
    assert now["contract"]["sha256"] != text_of_first
    assert now["quote"]["revision"] == 1
    story.then("sign_contract", on="2026-03-06", by="buyer", name="Maren Voss")

    # Other lines: 3 x 90.00 = 270.00 and the freight of 10.00, which stays: 280.00 + 53.20 = 333.20
    now = story.then("amend_contract", on="2026-03-07", lines=[typed_line("Kayak", "3", "90.00")])
    assert (now["contract"]["version"], now["contract"]["state"], now["deal"]["state"]) == (3, "draft", "contracted")
    assert (now["quote"]["revision"], now["quote"]["state"]) == (2, "accepted")
    assert now["quote"]["number"] == "Q-2026-0001"
    assert (now["quote"]["totals"]["net"], now["quote"]["totals"]["gross"]) == ("280.00", "333.20")

    story.then("sign_contract", on="2026-03-08", by="buyer", name="Maren Voss")
    now = story.then("sign_contract", on="2026-03-09", by="seller", name="Jana Brandt")
    assert (now["contract"]["state"], now["deal"]["state"]) == ("in_force", "open")
    assert "both sides have signed" in story.refuses("sign_contract", by="buyer")
    assert "not supported yet" in story.refuses("amend_contract", clause="warranty", text="None.")
    assert now["documents"] == [
        "quote Q-2026-0001.pdf",
        "contract C-2026-0001.pdf",
        "contract C-2026-0001-v2.pdf",
        "quote Q-2026-0001-r2.pdf",
        "contract C-2026-0001-v3.pdf",
    ]

    # What is delivered, and the deposit that is asked for, are of the newest lines: half of 333.20 is 166.60
    assert "166.60" in story.refuses("dispatch")
    now = story.then("pay", on="2026-03-10", amount="166.60")
    assert balance(now, "contract_liability").to_eng_string() == "-166.60"
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert now["invoices"][0]["totals"]["gross"] == "333.20"


def test_money_paid_before_an_amendment_stays_a_deposit(store: Store) -> None:
    # 238.00 paid for two; amended to one: 119.00. The invoice takes 119.00, the rest is the customer's.
    story = Story.of(store, signed=False)
    story.then("send_quote")
    story.then("accept_quote")
    story.then("pay", amount="238.00")
    story.then("amend_contract", lines=[typed_line("Kayak", "1", "100.00")])
    for side in ("seller", "buyer"):
        story.then("sign_contract", by=side)
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert (now["invoices"][0]["totals"]["prepaid"], now["customer_credit"]) == ("119.00", "119.00")
