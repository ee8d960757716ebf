"""A good deal file becomes the values that its README promises."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from coverage import Coverage

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.party import Address, Party
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction, TaxRounding
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.shape import (
    AcceptQuote,
    AmendContract,
    Cancel,
    ClosePeriod,
    CompleteService,
    ConfirmReceipt,
    Credit,
    DealFile,
    DeclineQuote,
    Dispatch,
    LineInput,
    LineQuantity,
    Pay,
    ReceivedLine,
    Refund,
    Return,
    ReviseQuote,
    SendQuote,
    SignContract,
)
from app.payments.rules import Method
from app.quotes.rules import Terms

VAT = Tax(TaxCategory.STANDARD, Decimal(19))
LINE = {"name": "Desk", "quantity": 1, "unit_price": "10", "tax": {"category": "S", "rate": 19}}


def deal(**keys: Any) -> DealFile:
    """A small deal with some keys changed."""
    small = {
        "format": "handsel-deal/1",
        "customer": {"name": "Buyer"},
        "currency": "EUR",
        "date": "2026-03-02",
        "lines": [LINE, {"sku": "LAMP", "quantity": "2"}],
    }
    return parse(json.dumps(small | keys).encode())


def steps(*items: dict[str, Any]) -> tuple[Any, ...]:
    return deal(steps=list(items)).steps


def test_the_smallest_deal_has_the_defaults() -> None:
    line = LineInput(Decimal(1), name="Desk", unit_price=Decimal(10), tax=VAT)
    lamp = LineInput(Decimal(2), sku="LAMP")
    assert deal() == DealFile(Party("Buyer"), "EUR", date(2026, 3, 2), (line, lamp))
    assert deal().basis == Basis("EUR")
    assert deal().terms == Terms("net 30", 30)


def test_a_party_keeps_everything() -> None:
    address = {"street": "a", "street2": "b", "postal_code": "c", "city": "d", "region": "e", "country": "PL"}
    texts = {key: key for key in ("name", "legal_name", "tax_id", "registration", "email", "phone", "iban", "bic")}
    found = deal(seller={**texts, "language": "pl", "address": address, "delivery_address": {"city": "x"}}).seller
    assert found == Party(**texts, language="pl", address=Address(**address), delivery_address=Address(city="x"))


def test_a_line_keeps_everything() -> None:
    typed = {
        "sku": "S-1",
        "name": "Advice",
        "description": "one\r\ntwo\tthree ",
        "kind": "service",
        "quantity": "1.50",
        "unit": "HUR",
        "unit_price": "99.123456",
        "price_base_quantity": 10,
        "list_price": 120,
        "cost": "60.5",
        "charges": [{"amount": "1.25", "reason": "Travel"}],
        "discounts": [{"percent": "2.5", "of": 200, "reason": "Old friend"}],
        "tax": {"category": "AE", "exemption_reason": "Reverse charge"},
    }
    (line,) = deal(lines=[typed]).lines
    assert line == LineInput(
        quantity=Decimal("1.5"),
        sku="S-1",
        name="Advice",
        description="one\ntwo\tthree",
        kind=Kind.SERVICE,
        unit="HUR",
        unit_price=Decimal("99.123456"),
        base_quantity=Decimal(10),
        list_price=Decimal(120),
        cost=Decimal("60.5"),
        reductions=(
            Reduction("Old friend", percent=Decimal("2.5"), of=20000),
            Reduction("Travel", amount=125, charge=True),
        ),
        tax=Tax(TaxCategory.REVERSE_CHARGE, Decimal(0), "Reverse charge"),
    )


def test_document_reductions_and_terms() -> None:
    found = deal(
        discounts=[{"amount": 5, "tax": {"category": "S", "rate": "7"}}, {"percent": "100"}],
        charges=[{"percent": "250", "reason": "Express"}],
        terms={"valid_days": 0, "payment": "on delivery", "deposit": {"amount": "500.00"}, "clauses": ["returns"]},
        prices_include_tax=True,
        tax_rounding="line",
        title=" 24 \tbikes ",
        reference="shop-4711",
    )
    assert found.discounts == (
        Reduction(amount=500, tax=Tax(TaxCategory.STANDARD, Decimal(7))),
        Reduction(percent=Decimal(100)),
    )
    assert found.charges == (Reduction("Express", percent=Decimal(250), charge=True),)
    assert found.reductions == found.discounts + found.charges
    assert found.terms == Terms("on delivery", 0, deposit_amount=50000, clauses=("returns",))
    assert found.basis == Basis("EUR", True, TaxRounding.LINE)
    assert (found.title, found.reference) == ("24  bikes", "shop-4711")


@pytest.mark.parametrize(
    ("currency", "typed", "minor"),
    [("JPY", "1250", 1250), ("KWD", "12.345", 12345), ("EUR", "0012.5", 1250), ("EUR", 0.1, 10), ("EUR", 1e2, 10000)],
)
def test_amounts_are_exact_in_every_currency(currency: str, typed: Any, minor: int) -> None:
    assert deal(currency=currency, charges=[{"amount": typed}]).charges[0].amount == minor


@pytest.mark.parametrize(
    ("written", "value"),
    [("0.1", "0.1"), ("1e2", "100"), ("1.5E+3", "1500"), ("25E-1", "2.5"), ("1.10", "1.1"), ("123456789.123456",) * 2],
)
def test_json_numbers_never_pass_through_binary_floating_point(written: str, value: str) -> None:
    data = json.dumps({"sku": "LAMP", "quantity": "HERE"}).replace('"HERE"', written)
    head = {"format": "handsel-deal/1", "customer": {"name": "B"}, "currency": "EUR", "date": "2026-03-02"}
    text = json.dumps(head)[:-1] + f', "lines": [{data}]}}'
    assert str(parse(text.encode()).lines[0].quantity) == value


def test_texts_are_composed_and_trimmed() -> None:
    found = deal(customer={"name": "  Mu\u0308ller\n& Sohn "}).customer
    assert found.name == "Müller & Sohn"


def test_a_byte_order_mark_is_tolerated() -> None:
    data = {
        "format": "handsel-deal/1",
        "customer": {"name": "B"},
        "currency": "EUR",
        "date": "2026-03-02",
        "lines": [LINE],
    }
    assert parse(b"\xef\xbb\xbf" + json.dumps(data).encode()).customer.name == "B"


def test_every_step_with_all_its_keys() -> None:
    day = date(2026, 3, 2)
    line = LineInput(Decimal(1), name="Desk", unit_price=Decimal(10), tax=VAT)
    some = {"lines": [{"line": 1, "quantity": "2"}]}
    quantities = (LineQuantity(1, Decimal(2)),)
    assert steps(
        {"do": "send_quote"},
        {"do": "revise_quote", "title": "", "terms": {}, "discounts": [], "charges": [{"amount": 1}]},
        {"do": "accept_quote", "by": "Ann", "reason": "cheap"},
        {"do": "decline_quote", "by": "Ann", "reason": "dear"},
        {"do": "amend_contract", "clause": "warranty", "text": "36\nmonths"},
        {"do": "amend_contract", "lines": [LINE], "discounts": []},
        {"do": "sign_contract", "by": "seller", "name": "Jo"},
        {"do": "pay", "amount": "0.01", "method": "card", "reference": "r", "invoice": 2},
        {"do": "refund", "amount": 5, "reason": "late"},
        {"do": "dispatch", **some, "carrier": "van", "tracking": "t", "override": "friend"},
        {"do": "dispatch"},
        {
            "do": "confirm_receipt",
            "by": "Bo",
            "delivery": 1,
            "lines": [{"line": 1, "accepted": "1", "damaged": 2, "missing": "3", "refused": "4.5"}],
        },
        {"do": "complete_service", "line": 1, "quantity": "0.5", "by": "Bo"},
        {"do": "return", **some, "reason": "broken", "restock": False},
        {"do": "credit", "invoice": 1, **some, "reason": "sorry"},
        {"do": "credit", "invoice": 1, "amount": "7.10"},
        {"do": "cancel", "reason": "moved"},
    ) == (
        SendQuote(day),
        ReviseQuote(day, discounts=(), charges=(Reduction(amount=100, charge=True),), terms=Terms(), title=""),
        AcceptQuote(day, "Ann", "cheap"),
        DeclineQuote(day, "Ann", "dear"),
        AmendContract(day, "warranty", "36\nmonths"),
        AmendContract(day, lines=(line,), discounts=()),
        SignContract(day, Side.SELLER, "Jo"),
        Pay(day, 1, Method.CARD, "r", 2),
        Refund(day, 500, Method.BANK, "late"),
        Dispatch(day, quantities, "van", "t", "friend"),
        Dispatch(day),
        ConfirmReceipt(day, "Bo", 1, (ReceivedLine(1, Decimal(1), Decimal(2), Decimal(3), Decimal("4.5")),)),
        CompleteService(day, 1, Decimal("0.5"), "Bo"),
        Return(day, quantities, "broken", restock=False),
        Credit(day, 1, quantities, reason="sorry"),
        Credit(day, 1, amount=710),
        Cancel(day, "moved"),
    )


def test_a_step_without_a_day_happens_on_the_day_before_it() -> None:
    found = steps(
        {"do": "send_quote"},
        {"do": "accept_quote", "on": "2026-03-05"},
        {"do": "cancel"},
        {"do": "close_period", "through": "2026-03-31"},
        {"do": "close_period", "on": "2026-05-02", "through": "2026-04-30"},
    )
    assert [step.on.isoformat()[5:] for step in found] == ["03-02", "03-05", "03-05", "03-31", "05-02"]
    assert found[-1] == ClosePeriod(date(2026, 5, 2), date(2026, 4, 30))


def test_lines_are_counted_as_they_are_after_a_revision() -> None:
    found = steps({"do": "revise_quote", "lines": [LINE] * 4}, {"do": "complete_service", "line": 4})
    assert found[1] == CompleteService(date(2026, 3, 2), 4)


def test_ten_thousand_lines_are_read_in_half_a_second() -> None:
    line = {
        **LINE,
        "sku": "KY-420",
        "description": "Übungsgerät " * 3,
        "unit": "C62",
        "cost": "8.30",
        "discounts": [{"percent": "10", "reason": "School"}],
    }
    data = {"format": "handsel-deal/1", "customer": {"name": "B"}, "currency": "EUR", "date": "2026-03-02"}
    text = json.dumps(data | {"lines": [line] * 10_000}).encode()
    limit = 0.5 if Coverage.current() is None else 3  # counting covered lines takes longer than reading them
    assert min(_seconds(text) for _ in range(3)) < limit


def _seconds(text: bytes) -> Any:
    start = process_time()
    assert len(parse(text).lines) == 10_000
    return process_time() - start
