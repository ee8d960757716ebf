"""Bad deal files: each is refused with its own place and its own words, and with nothing but `BadDealFile`."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from app.exchange.deal_file.decode import MAX_BYTES, MAX_DEPTH
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.parse import parse

DEAL: dict[str, Any] = {
    "format": "handsel-deal/1",
    "seller": {"name": "Seller", "address": {"country": "DE"}},
    "customer": {"name": "Buyer"},
    "currency": "EUR",
    "date": "2026-03-02",
    "lines": [
        {
            "name": "Desk",
            "quantity": "2",
            "unit_price": "10.00",
            "discounts": [{"percent": "5"}],
            "tax": {"category": "S", "rate": "19"},
        },
        {"sku": "LAMP", "quantity": 1},
    ],
    "discounts": [{"amount": "1.00"}],
    "terms": {"deposit": {"percent": "10"}, "clauses": ["warranty"]},
    "steps": [],
}


def put(*path_and_value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of the good deal: the value at a path of keys and positions."""
    *path, value = path_and_value

    def change(deal: dict[str, Any]) -> None:
        place: Any = deal
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


def nested(levels: int) -> list[dict[str, Any]]:
    """A bundle in a bundle, so many levels deep."""
    inside: dict[str, Any] = {"name": "Leg", "quantity": "1"}
    for _ in range(levels - 1):
        inside = {"name": "Box", "quantity": "1", "bundle": [inside]}
    return [inside]


def drop(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(deal: dict[str, Any]) -> None:
        place: Any = deal
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def step(**keys: Any) -> Callable[[dict[str, Any]], None]:
    """The good deal with one step; `on` and the like as given."""
    return put("steps", [keys])


def steps(*items: Any) -> Callable[[dict[str, Any]], None]:
    return put("steps", list(items))


LINE = {"name": "Shelf", "quantity": "1", "unit_price": "1", "tax": {"category": "Z"}}

CHANGES: list[tuple[Callable[[dict[str, Any]], None], str, str]] = [
    # the head
    (drop("format"), "format", 'is missing; expected "handsel-deal/1"'),
    (
        put("format", "handsel-deal/2"),
        "format",
        'expected "handsel-deal/1", the version this program reads, found "handsel',
    ),
    (put("format", 1), "format", "found 1."),
    (put("format", ["handsel-deal/1"]), "format", "found a list"),
    (drop("customer"), "customer", "is missing"),
    (put("customer", "Buyer"), "customer", 'expected a JSON object, found "Buyer"'),
    (put("customer", {}), "customer.name", "is missing; expected a name"),
    (put("customer", "name", " \t "), "customer.name", "is blank"),
    (put("customer", "name", 7), "customer.name", "expected a text, found 7"),
    (put("customer", "name", None), "customer.name", "expected a text, found null"),
    (put("customer", "nmae", "x"), "customer.nmae", 'unknown key "nmae"; expected perhaps "name"'),
    (put("customer", "name", "Bell\x07"), "customer.name", "control character U+0007"),
    (put("customer", "name", "Half \ud83d"), "customer.name", "control character U+D83D"),
    (put("customer", "name", "x" * 20_001), "customer.name", "has 20001 characters; expected at most 20000"),
    (put("seller", None), "seller", "expected a JSON object, found null"),
    (put("seller", "address", "country", "Germany"), "seller.address.country", 'expected perhaps "DE"'),
    (put("seller", "address", "country", "XX"), "seller.address.country", "unknown country of ISO 3166-1"),
    (put("seller", "address", "contry", "DE"), "seller.address.contry", 'expected perhaps "country"'),
    (put("customer", "delivery_address", []), "customer.delivery_address", "found a list"),
    (drop("currency"), "currency", "is missing"),
    (put("currency", "EURO"), "currency", 'unknown currency of ISO 4217 "EURO"; expected perhaps "EUR"'),
    (put("currency", "eur"), "currency", 'expected perhaps "EUR"'),
    (put("currency", 978), "currency", "found 978"),
    (drop("date"), "date", "is missing; expected a date such as 2026-03-02"),
    (put("date", "2026-02-30"), "date", "there is no day 2026-02-30 in the calendar"),
    (put("date", "02.03.2026"), "date", 'expected a date such as 2026-03-02, found "02.03.2026"'),
    (put("date", "20260302"), "date", "expected a date such as"),
    (put("date", "2026-03-02T10:00:00"), "date", "expected a date such as"),
    (put("date", "٢٠٢٦-٠٣-٠٢"), "date", "expected a date such as"),
    (put("date", "0026-03-02"), "date", "between 1900 and 2999"),
    (put("date", 20260302), "date", "found 20260302"),
    (put("title", ["A"]), "title", "expected a text, found a list"),
    (put("reference", {}), "reference", "expected a text, found an object"),
    (put("prices_include_tax", "yes"), "prices_include_tax", 'expected true or false, found "yes"'),
    (put("prices_include_tax", 1), "prices_include_tax", "expected true or false, found 1"),
    (put("tax_rounding", "lines"), "tax_rounding", 'expected one of document, line, found "lines"'),
    (put("discount", []), "discount", 'unknown key "discount"; expected perhaps "discounts"'),
    (put("qwerty\u202e[0]", 1), '["qwerty\\u202e[0]"]', "unknown key"),
    # bundles, options, coupons, cashback
    (put("lines", 0, "bundle", []), "lines[0].bundle", "expected at least one"),
    (put("lines", 0, "bundle", [{"quantity": "1"}]), "lines[0].bundle[0].name", "a part without a sku needs a name"),
    (put("lines", 0, "bundle", [{"name": "Leg", "quantity": "0"}]), "lines[0].bundle[0].quantity", "above 0"),
    (
        put("lines", 0, {"name": "Set", "quantity": "1", "bundle": [{"name": "Leg", "quantity": "1"}]}),
        "lines[0].bundle[0].unit_price",
        "a price and a tax there or on the bundle around it",
    ),
    (
        put(
            "lines",
            0,
            {"name": "Set", "quantity": "1", "unit_price": "1", "bundle": [{"name": "Leg", "quantity": "1"}]},
        ),
        "lines[0].bundle[0].tax",
        "a price and a tax there or on the bundle around it",
    ),
    (
        put("lines", 0, "bundle", [{"name": "Leg", "quantity": "1", "discounts": [{"percent": "5"}]}]),
        "lines[0].bundle[0].discounts",
        "the price sits on the bundle around it",
    ),
    (put("lines", 0, "bundle", nested(6)), "lines[0]" + 5 * ".bundle[0]" + ".bundle", "more than 5 levels deep"),
    (put("lines", 0, "options", ["steel"]), "lines[0].options", "expected an object of names and values"),
    (put("lines", 0, "options", {"frame": None}), "lines[0].options.frame", "expected a text, a number"),
    (put("lines", 0, "options", {"frame": []}), "lines[0].options.frame", "found an empty list"),
    (put("lines", 0, "options", {"frame": ["a", "a"]}), "lines[0].options.frame[1]", "named twice"),
    (put("lines", 0, "options", {" ": "a"}), 'lines[0].options[" "]', "is blank"),
    (put("language", "fr"), "language", "expected one of de, en"),
    (put("coupons", ["A", "A"]), "coupons[1]", 'the coupon "A" is named twice'),
    (put("coupons", [" "]), "coupons[0]", "is blank"),
    (put("cashback", {}), "cashback.percent", "above 0 and up to 100"),
    (put("cashback", {"percent": "0"}), "cashback.percent", "above 0 and up to 100"),
    (put("terms", "early_tax", "always"), "terms.early_tax", "stands beside terms without a discount"),
    (put("terms", "payment", "40/10 net 5"), "terms.payment", "found"),
    (step(do="pay", amount="1", reason="late"), "steps[0].reason", "stands without a discount"),
    (
        step(do="dispatch", lines=[{"line": 1, "quantity": 1}, {"line": 1, "part": 2, "quantity": 1}]),
        "steps[0].lines[1].line",
        "named twice",
    ),
    # what is not supported yet
    (put("terms", "instalments", []), "terms.instalments", "`instalments` is not supported yet"),
    (put("lines", 0, "service_period", {}), "lines[0].service_period", "`service_period` is not supported yet"),
    (put("lines", 0, "kind", "subscription"), "lines[0].kind", "`subscription` is not supported yet"),
    # lines
    (drop("lines"), "lines", "is missing; expected a list of at least one line"),
    (put("lines", []), "lines", "expected at least one, found an empty list"),
    (put("lines", {}), "lines", "expected a list of lines, found an object"),
    (put("lines", 1, "LAMP"), "lines[1]", "expected a JSON object"),
    (put("lines", 1, "qty", 1), "lines[1].qty", 'unknown key "qty"; expected one of'),
    (drop("lines", 0, "quantity"), "lines[0].quantity", "is missing; expected a quantity above 0"),
    (drop("lines", 0, "name"), "lines[0].name", "a line without a sku needs name, unit_price and tax"),
    (drop("lines", 0, "unit_price"), "lines[0].unit_price", "a line without a sku needs"),
    (drop("lines", 0, "tax"), "lines[0].tax", "a line without a sku needs"),
    (put("lines", 1, "name", ""), "lines[1].name", "is blank"),
    (put("lines", 1, "sku", "   "), "lines[1].name", "a line without a sku needs"),
    (put("lines", 0, "quantity", "0"), "lines[0].quantity", 'expected a quantity above 0, found "0"'),
    (put("lines", 0, "quantity", 0), "lines[0].quantity", "expected a quantity above 0, found 0"),
    (put("lines", 0, "quantity", "-1"), "lines[0].quantity", 'found "-1"'),
    (put("lines", 0, "quantity", "0.0000001"), "lines[0].quantity", "more than six decimals"),
    (put("lines", 0, "quantity", "two"), "lines[0].quantity", 'in plain digits, found "two"'),
    (put("lines", 0, "quantity", True), "lines[0].quantity", "found true"),
    (put("lines", 0, "quantity", ["1"]), "lines[0].quantity", "found a list"),
    (put("lines", 0, "quantity", "1e3"), "lines[0].quantity", 'in plain digits, found "1e3"'),
    (put("lines", 0, "quantity", "+1"), "lines[0].quantity", 'found "+1"'),
    (put("lines", 0, "quantity", "١٢"), "lines[0].quantity", 'found "١٢"'),
    (put("lines", 0, "quantity", "1_000"), "lines[0].quantity", 'found "1_000"'),
    (put("lines", 0, "quantity", "1."), "lines[0].quantity", 'found "1."'),
    (put("lines", 0, "quantity", " 1"), "lines[0].quantity", 'found " 1"'),
    (put("lines", 0, "quantity", ""), "lines[0].quantity", 'found ""'),
    (put("lines", 0, "quantity", "NaN"), "lines[0].quantity", 'found "NaN"'),
    (put("lines", 0, "unit_price", "1,234.50"), "lines[0].unit_price", 'in plain digits, found "1,234.50"'),
    (put("lines", 0, "unit_price", "12,50"), "lines[0].unit_price", 'found "12,50"'),
    (put("lines", 0, "unit_price", "-0.01"), "lines[0].unit_price", "expected a price of 0 or more"),
    (put("lines", 0, "unit_price", "9" * 40), "lines[0].unit_price", "is too large"),
    (put("lines", 0, "unit_price", "9" * 41), "lines[0].unit_price", "a number of 41 digits is too large"),
    (put("lines", 0, "unit_price", "9" * 100_000), "lines[0].unit_price", "a number of 100000 digits"),
    (put("lines", 0, "unit_price", "1.1234567"), "lines[0].unit_price", "more than six decimals"),
    (put("lines", 0, "list_price", {}), "lines[0].list_price", "found an object"),
    (put("lines", 0, "cost", "-5"), "lines[0].cost", "expected a price of 0 or more"),
    (put("lines", 0, "price_base_quantity", "0"), "lines[0].price_base_quantity", "expected a quantity above 0"),
    (put("lines", 1, "price_base_quantity", "100"), "lines[1].unit_price", "the price that price_base_quantity"),
    (put("lines", 0, "unit", "pcs"), "lines[0].unit", 'unknown unit of UN/ECE Recommendation 20 "pcs"'),
    (put("lines", 0, "unit", "kgm"), "lines[0].unit", 'expected perhaps "KGM"'),
    (put("lines", 0, "kind", "good"), "lines[0].kind", 'expected one of goods, service, found "good"'),
    (put("lines", 0, "description", 5), "lines[0].description", "expected a text, found 5"),
    # tax
    (put("lines", 0, "tax", "19"), "lines[0].tax", "expected a JSON object"),
    (
        put("lines", 0, "tax", {"rate": "19"}),
        "lines[0].tax.category",
        "is missing; expected one of S, Z, E, AE, K, G, O",
    ),
    (put("lines", 0, "tax", "category", "X"), "lines[0].tax.category", "expected one of S, Z, E, AE, K, G, O"),
    (put("lines", 0, "tax", "category", "Z"), "lines[0].tax.rate", "category Z carries no tax"),
    (put("lines", 0, "tax", "rate", "0"), "lines[0].tax.rate", "category S (standard) needs a rate above 0"),
    (drop("lines", 0, "tax", "rate"), "lines[0].tax.rate", "is missing; expected the tax rate of category S"),
    (put("lines", 0, "tax", "rate", "100.5"), "lines[0].tax.rate", "expected a tax rate from 0 to 100"),
    (put("lines", 0, "tax", "rate", "19%"), "lines[0].tax.rate", 'found "19%"'),
    # reductions
    (put("lines", 0, "discounts", 0, {}), "lines[0].discounts[0]", "expected either percent or amount, found neither"),
    (put("discounts", 0, "percent", "1"), "discounts[0]", "expected either percent or amount, found both"),
    (put("discounts", 0, "of", "100"), "discounts[0].of", "expected it only beside percent"),
    (put("discounts", 0, "amount", "-1"), "discounts[0].amount", "expected an amount of 0 or more"),
    (put("discounts", 0, "amount", "1.005"), "discounts[0].amount", "at most 2 decimals, as EUR has"),
    (put("discounts", 0, "amount", "1" * 40), "discounts[0].amount", "is too large"),
    (put("discounts", 0, "reason", 3), "discounts[0].reason", "expected a text"),
    (put("discounts", 0, "tax", {"category": "S"}), "discounts[0].tax.rate", "is missing"),
    (put("discounts", {}), "discounts", "expected a list of discounts"),
    (put("charges", [5]), "charges[0]", "expected a JSON object, found 5"),
    (put("charges", [{"percent": "-1"}]), "charges[0].percent", "expected a percentage of 0 or more"),
    (put("lines", 0, "discounts", 0, "percent", "101"), "lines[0].discounts[0].percent", "a percentage from 0 to 100"),
    (put("lines", 0, "discounts", 0, "of", "1.234"), "lines[0].discounts[0].of", "at most 2 decimals"),
    (put("lines", 0, "discounts", 0, "tax", {"category": "Z"}), "lines[0].discounts[0].tax", "the tax of its line"),
    # terms
    (put("terms", []), "terms", "expected a JSON object"),
    (
        put("terms", "valid_days", "30"),
        "terms.valid_days",
        'expected a whole number of days from 0 to 3650, found "30"',
    ),
    (put("terms", "valid_days", 1.5), "terms.valid_days", "found 1.5"),
    (put("terms", "valid_days", -1), "terms.valid_days", "found -1"),
    (put("terms", "valid_days", 10**30), "terms.valid_days", "expected a whole number of days"),
    (
        put("terms", "payment", "net thirty"),
        "terms.payment",
        '"net 30", or "prepaid", or "on delivery", found "net thirty"',
    ),
    (put("terms", "payment", 30), "terms.payment", "expected a text, found 30"),
    (put("terms", "deposit", {}), "terms.deposit", "found neither"),
    (put("terms", "deposit", "amount", "1"), "terms.deposit", "found both"),
    (put("terms", "deposit", "percent", "100.1"), "terms.deposit.percent", "from 0 to 100"),
    (put("terms", "deposit", "30 %"), "terms.deposit", "expected a JSON object"),
    (put("terms", "clauses", "warranty"), "terms.clauses", "expected a list"),
    (put("terms", "clauses", ["warranty", "warranty"]), "terms.clauses[1]", "named twice"),
    (put("terms", "clauses", [""]), "terms.clauses[0]", "is blank"),
    (put("terms", "clauses", [1]), "terms.clauses[0]", "expected a text"),
    # steps
    (put("steps", {}), "steps", "expected a list of steps"),
    (steps("send_quote"), "steps[0]", 'expected a step such as {"do": "send_quote"}'),
    (steps({}), "steps[0].do", "is missing"),
    (step(do=1), "steps[0].do", "found 1"),
    (step(do="acept_quote"), "steps[0].do", 'unknown step "acept_quote"; expected perhaps "accept_quote"'),
    (step(do="teleport"), "steps[0].do", "expected one of accept_quote"),
    (step(do="send_quote", by="me"), "steps[0].by", 'unknown key "by"'),
    (step(do="send_quote", on="2026-13-01"), "steps[0].on", "there is no day 2026-13-01"),
    (step(do="send_quote", on="2026-03-01"), "steps[0].on", "2026-03-01 lies before the deal's date 2026-03-02"),
    (
        steps({"do": "send_quote", "on": "2026-03-05"}, {"do": "accept_quote", "on": "2026-03-04"}),
        "steps[1].on",
        "2026-03-04 lies before the step before it (2026-03-05)",
    ),
    (
        steps({"do": "send_quote", "on": "2026-03-05"}, {"do": "close_period", "through": "2026-02-28"}),
        "steps[1].through",
        "2026-02-28 lies before",
    ),
    (step(do="revise_quote"), "steps[0]", "expected at least one of lines, discounts, charges, terms, title"),
    (step(do="revise_quote", lines=[]), "steps[0].lines", "found an empty list"),
    (step(do="revise_quote", lines=[{**LINE, "quantity": 0}]), "steps[0].lines[0].quantity", "above 0"),
    (step(do="revise_quote", terms={"payment": ""}), "steps[0].terms.payment", 'found ""'),
    (step(do="amend_contract"), "steps[0]", "expected either clause and text, or lines, found neither"),
    (step(do="amend_contract", clause="a", text="b", lines=[LINE]), "steps[0]", "found both"),
    (step(do="amend_contract", clause="a"), "steps[0].text", "is missing"),
    (step(do="amend_contract", clause="a", text=" \n"), "steps[0].text", "is blank"),
    (step(do="amend_contract", text="b"), "steps[0].clause", "is missing"),
    (step(do="amend_contract", clause="a", text="b", charges=[]), "steps[0].charges", "only beside lines"),
    (step(do="sign_contract"), "steps[0].by", "is missing; expected one of seller, buyer"),
    (step(do="sign_contract", by="vendor"), "steps[0].by", 'expected one of seller, buyer, found "vendor"'),
    (step(do="pay"), "steps[0].amount", "is missing; expected an amount above 0"),
    (step(do="pay", amount="0.00"), "steps[0].amount", "expected an amount above 0"),
    (step(do="pay", amount="1", method="bitcoin"), "steps[0].method", "expected one of cash, bank, card, cheque"),
    (step(do="pay", amount="1", invoice=0), "steps[0].invoice", "counted from 1, found 0"),
    (step(do="pay", amount="1", invoice="1"), "steps[0].invoice", 'found "1"'),
    (step(do="refund", amount="-5"), "steps[0].amount", "expected an amount above 0"),
    (step(do="refund", amount="5", method="credit"), "steps[0].method", "in another way than"),
    (step(do="dispatch", lines=[]), "steps[0].lines", "found an empty list"),
    (step(do="dispatch", lines=[{"line": 0, "quantity": 1}]), "steps[0].lines[0].line", "counted from 1, found 0"),
    (
        step(do="dispatch", lines=[{"line": 3, "quantity": 1}]),
        "steps[0].lines[0].line",
        "there is no line 3; expected 1 to 2",
    ),
    (step(do="dispatch", lines=[{"line": 1}]), "steps[0].lines[0].quantity", "is missing"),
    (step(do="dispatch", lines=[{"line": 1, "quantity": 0}]), "steps[0].lines[0].quantity", "above 0"),
    (step(do="dispatch", lines=[{"line": 1, "quantity": 1}] * 2), "steps[0].lines[1].line", "line 1 is named twice"),
    (step(do="dispatch", override=""), "steps[0].override", "is blank"),
    (step(do="confirm_receipt", lines=[{"line": 1}]), "steps[0].lines[0]", "nothing was received"),
    (step(do="confirm_receipt", lines=[{"line": 1, "accepted": "-1"}]), "steps[0].lines[0].accepted", "0 or more"),
    (step(do="confirm_receipt", lines=[{"line": 1, "lost": 1}]), "steps[0].lines[0].lost", 'unknown key "lost"'),
    (step(do="confirm_receipt", delivery=1.0), "steps[0].delivery", "found 1.0"),
    (step(do="complete_service"), "steps[0].line", "is missing"),
    (step(do="complete_service", line=9), "steps[0].line", "there is no line 9"),
    (step(do="complete_service", line=1, quantity="0"), "steps[0].quantity", "above 0"),
    (step(do="return"), "steps[0].lines", "is missing"),
    (step(do="return", lines=[{"line": 1, "quantity": 1}], restock="no"), "steps[0].restock", "true or false"),
    (step(do="credit", invoice=1), "steps[0]", "expected either lines or amount, found neither"),
    (step(do="credit", invoice=1, amount="1", lines=[]), "steps[0]", "found both"),
    (step(do="credit", amount="1"), "steps[0].invoice", "is missing"),
    (step(do="credit", invoice=1, amount="1.001"), "steps[0].amount", "at most 2 decimals"),
    (step(do="cancel", reason=1), "steps[0].reason", "expected a text"),
    (step(do="close_period"), "steps[0].through", "is missing"),
    (step(do="close_period", through="2026-06-31"), "steps[0].through", "there is no day 2026-06-31"),
    (
        steps({"do": "revise_quote", "lines": [LINE]}, {"do": "dispatch", "lines": [{"line": 2, "quantity": 1}]}),
        "steps[1].lines[0].line",
        "there is no line 2; expected 1 to 1",
    ),
]


@pytest.mark.parametrize(("change", "path", "words"), CHANGES)
def test_names_the_place_and_what_was_expected(change: Callable[[dict[str, Any]], None], path: str, words: str) -> None:
    deal = copy.deepcopy(DEAL)
    change(deal)
    _refused(json.dumps(deal).encode(), path, words)


def _refused(data: bytes, path: str, words: str) -> BadDealFile:
    with pytest.raises(BadDealFile) as caught:
        parse(data)
    error = caught.value
    assert error.path == path
    assert words in error.message
    assert error.message.startswith(f"{path}: ")
    assert str(error) == error.message == error.problems[0].message
    str(error).encode()
    assert len(str(error)) < 700
    return error


def _with(old: str, new: str) -> bytes:
    text = json.dumps(DEAL)
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        (b"", "$", "the file is empty"),
        (b" \n\t ", "$", "the file is empty"),
        (b"\xef\xbb\xbf", "$", "the file is empty"),
        (b"%PDF-1.7", "$", "the file is no JSON"),
        (b"{'format': 1}", "$", "(line 1, column 2)"),
        (b'{"a": "line\nbreak"}', "$", "the file is no JSON: invalid control character"),
        (b'{"a": 1} {"b": 2}', "$", "extra data"),
        (b"[]", "$", "expected a JSON object with the format handsel-deal/1, found a list"),
        (b'"handsel-deal/1"', "$", "found"),
        (b"null", "$", "found null"),
        (b"NaN", "$", "found NaN"),
        ('{"format"'.encode("utf-16"), "$", "written in UTF-16"),
        ('{"format"'.encode("utf-16-le"), "$", "UTF-16"),
        ('{"format"'.encode("utf-32"), "$", "written in UTF-32"),
        (
            '{\n"name": "Müller"}'.encode("latin-1"),
            "$",
            "byte 0xFC in line 2 is no UTF-8; the file may be written in Latin-1",
        ),
        (b" " * (MAX_BYTES + 1), "$", "expected at most"),
        (_with('"date"', '"currency": "EUR", "date"'), "currency", "the key stands twice"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": 1, "quantity": 2'), "lines[1].quantity", "stands twice"),
        (_with('"steps": []', '"steps": [{"do": "cancel", "do": "pay"}]'), "steps[0].do", "stands twice"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": NaN'), "lines[1].quantity", "in plain digits, found NaN"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": -Infinity'), "lines[1].quantity", "found -Infinity"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": 1e999999999'), "lines[1].quantity", "found 1e999999999"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": 1e99'), "lines[1].quantity", "too large"),
        (_with('"LAMP", "quantity": 1', '"LAMP", "quantity": 1e-99'), "lines[1].quantity", "more than six decimals"),
        (
            _with('"LAMP", "quantity": 1', '"LAMP", "quantity": ' + "1" * 1_000_000),
            "lines[1].quantity",
            "1000000 digits",
        ),
        (_with('"name": "Buyer"', '"name": NaN'), "customer.name", "expected a text, found NaN"),
        (_with('"name": "Buyer"', '"name": 12'), "customer.name", "expected a text, found 12"),
    ],
)
def test_refuses_bytes_that_are_no_deal_file(data: bytes, path: str, words: str) -> None:
    _refused(data, path, words)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 10_000_000,
        b'{"a":' * 2_000_000,
        b"[" * 5_000_000 + b"]" * 5_000_000,
        b"[]" + b"[" * 41 + b"]" * 41,
        b'{"format": "handsel-deal/1", "lines": ' + b"[{}, " * 1_000_000,
        b'{"\\"": "\\\\", "x": ' + b"[" * 1000,
    ],
)
def test_refuses_deep_nesting_at_once(data: bytes) -> None:
    start = process_time()
    _refused(data, "$", f"nested more than {MAX_DEPTH} deep")
    assert process_time() - start < 1


@pytest.mark.parametrize("data", [b'"' * 10_000_000, b'"[]"' * 2_500_000, b"[]" * 5_000_000, b"]" * 1_000_000])
def test_is_not_slowed_down_by_quotes_and_brackets(data: bytes) -> None:
    start = process_time()
    _refused(data, "$", "the file is no JSON")
    assert process_time() - start < 1


def test_brackets_in_texts_are_no_nesting() -> None:
    deal = copy.deepcopy(DEAL)
    deal["title"] = "[" * 500 + '\\"{' * 50
    assert parse(json.dumps(deal).encode()).title == deal["title"]


def test_the_good_deal_is_good() -> None:
    assert parse(json.dumps(DEAL).encode()).lines[1].sku == "LAMP"
