"""The deals that are run while somebody pulls the plug: each with a reference and a customer of its own."""

from __future__ import annotations

from typing import Any

from tests.builders import SIGNED, Json, deal_file, typed_line


def _deal(name: str, *lines: Json, steps: list[Json], **over: Any) -> Json:
    return deal_file(
        *lines, reference=f"web-{name}", title=name, customer={"name": f"Customer {name}"}, steps=steps, **over
    )


def _part(line: int, quantity: str) -> list[Json]:
    return [{"line": line, "quantity": quantity}]


DEALS: dict[str, Json] = {
    "prepaid": _deal(
        "prepaid",
        typed_line("Lamp", "3", "49.90", cost="20.00"),
        terms={"payment": "prepaid"},
        steps=[
            *SIGNED,
            {"do": "pay", "on": "2026-03-03", "amount": "100.00"},
            {"do": "pay", "on": "2026-03-05", "amount": "78.14"},
            {"do": "dispatch", "on": "2026-03-06"},
            {"do": "confirm_receipt", "on": "2026-03-09", "by": "Ann"},
        ],
    ),
    "parts": _deal(
        "parts",
        typed_line("Kayak", "6", "1249.00", cost="830.00", discounts=[{"percent": "10", "reason": "School"}]),
        typed_line("Course", "2", "480.00", kind="service"),
        charges=[{"amount": "95.00", "reason": "Freight"}],
        terms={"deposit": {"percent": "30"}},
        steps=[
            *SIGNED,
            {"do": "pay", "on": "2026-03-13", "amount": "3000.00", "method": "card"},
            {"do": "dispatch", "on": "2026-04-01", "lines": _part(1, "4"), "carrier": "Van"},
            {
                "do": "confirm_receipt",
                "on": "2026-04-02",
                "lines": [{"line": 1, "accepted": "2", "damaged": "1", "refused": "1"}],
            },
            {"do": "dispatch", "on": "2026-04-20"},
            {"do": "confirm_receipt", "on": "2026-04-21"},
            {"do": "complete_service", "on": "2026-05-04", "line": 2, "quantity": "1"},
            {"do": "pay", "on": "2026-05-12", "amount": "9000.00"},
        ],
    ),
    "return": _deal(
        "return",
        typed_line("Chair", "5", "80.00", cost="31.00"),
        typed_line("Book", "3", "12.10", "7", cost="4.00"),
        steps=[
            *SIGNED,
            {"do": "dispatch", "on": "2026-03-04"},
            {"do": "confirm_receipt", "on": "2026-03-05"},
            {"do": "pay", "on": "2026-03-20", "amount": "514.84"},
            {"do": "return", "on": "2026-03-25", "lines": _part(1, "2"), "reason": "Wrong colour"},
            {"do": "credit", "on": "2026-03-26", "invoice": 1, "amount": "10.00", "reason": "Late"},
            {"do": "refund", "on": "2026-03-27", "amount": "150.00"},
        ],
    ),
    "amended": _deal(
        "amended",
        typed_line("Desk", "1", "900.00"),
        steps=[
            {"do": "send_quote"},
            {"do": "revise_quote", "on": "2026-03-03", "lines": [typed_line("Desk", "2", "850.00")]},
            {"do": "accept_quote", "on": "2026-03-04"},
            {"do": "sign_contract", "on": "2026-03-05", "by": "seller"},
            {"do": "amend_contract", "on": "2026-03-06", "clause": "warranty", "text": "Three years."},
            {"do": "sign_contract", "on": "2026-03-07", "by": "seller"},
            {"do": "sign_contract", "on": "2026-03-07", "by": "buyer"},
            {"do": "dispatch", "on": "2026-03-08"},
            {"do": "confirm_receipt", "on": "2026-03-09"},
        ],
    ),
    "bundled": _deal(
        "bundled",
        typed_line(
            "Ready to ride",
            "3",
            "1000.00",
            bundle=[
                {"name": "Bike", "quantity": "1", "standalone_price": "900", "cost": "500"},
                {"name": "Fitting", "quantity": "2", "kind": "service", "unit": "HUR", "standalone_price": "150"},
            ],
        ),
        cashback={"percent": "5"},
        terms={"payment": "2/10 net 30"},
        steps=[
            *SIGNED,
            {"do": "dispatch", "on": "2026-03-04", "lines": _part(1, "2")},
            {"do": "confirm_receipt", "on": "2026-03-05"},
            {"do": "complete_service", "on": "2026-03-06", "line": 1, "quantity": "1"},
            {"do": "pay", "on": "2026-03-15", "amount": "1749.30", "invoice": 1},
            {"do": "pay", "on": "2026-03-16", "amount": "200.00"},
            {"do": "return", "on": "2026-03-20", "lines": _part(1, "1"), "reason": "Too small"},
            {"do": "refund", "on": "2026-03-27", "amount": "50.00"},
        ],
    ),
    "cancelled": _deal(
        "cancelled",
        typed_line("Tent", "4", "199.99", cost="90.00"),
        prices_include_tax=True,
        steps=[
            *SIGNED,
            {"do": "pay", "on": "2026-03-03", "amount": "500.00", "method": "cash"},
            {"do": "dispatch", "on": "2026-03-04", "lines": _part(1, "1")},
            {"do": "confirm_receipt", "on": "2026-03-06"},
            {"do": "cancel", "on": "2026-03-07", "reason": "No longer needed"},
            {"do": "refund", "on": "2026-03-08", "amount": "300.01", "method": "cash"},
        ],
    ),
    "closed": _deal(
        "closed",
        typed_line("Sensor", "7", "1.125"),
        currency="KWD",
        steps=[
            *SIGNED,
            {"do": "dispatch", "on": "2026-03-03"},
            {"do": "confirm_receipt", "on": "2026-03-04"},
            {"do": "close_period", "on": "2026-03-10", "through": "2026-01-31"},
            {"do": "pay", "on": "2026-03-11", "amount": "9.371"},
        ],
    ),
}
