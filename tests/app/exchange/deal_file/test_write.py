"""What is written reads back as the same deal, whatever the deal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules import Kind
from app.contracts.rules import Side
from app.core.money import decimals
from app.core.party import Address, Party
from app.core.tax import Tax, TaxCategory
from app.core.totals import Reduction, TaxRounding
from app.exchange.deal_file import shape
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.shape import DealFile, LineInput, LineQuantity, ReceivedLine
from app.exchange.deal_file.write import write
from app.exchange.text import one_line, several_lines
from app.payments.rules import Method
from app.quotes.rules import Terms

EXAMPLES = Path(__file__).parents[5] / "shared" / "deal-file" / "examples"
START = date(2026, 3, 2)

letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
letters |= st.sampled_from("\n\t\r\x85")
line_text = st.just("") | st.text(letters, max_size=6).map(one_line)
name = line_text.map(lambda text: text or "Name")
long_text = st.just("") | st.text(letters, max_size=6).map(several_lines)


def number(least: str, most: int = 1_000_000) -> st.SearchStrategy[Decimal]:
    millionths = st.integers(int(Decimal(least) * 1_000_000), most * 1_000_000)
    return millionths.map(lambda whole: Decimal(whole).scaleb(-6))


quantity, price, percent = number("0.000001"), number("0"), number("0", 100)
amount = st.integers(0, 10**12)
tax = st.one_of(
    st.builds(Tax, st.just(TaxCategory.STANDARD), number("0.000001", 100), line_text),
    st.builds(
        Tax, st.sampled_from([c for c in TaxCategory if c is not TaxCategory.STANDARD]), st.just(Decimal(0)), line_text
    ),
)


def reductions(charge: bool, of_document: bool) -> st.SearchStrategy[tuple[Reduction, ...]]:
    own_tax = st.none() | tax if of_document else st.none()
    one = st.one_of(
        st.builds(
            Reduction,
            reason=line_text,
            percent=number("0", 300) if charge else percent,
            of=st.none() | amount,
            tax=own_tax,
            charge=st.just(charge),
        ),
        st.builds(Reduction, reason=line_text, amount=amount, tax=own_tax, charge=st.just(charge)),
    )
    return st.lists(one, max_size=2).map(tuple)


line_reductions = st.builds(lambda a, b: a + b, reductions(False, False), reductions(True, False))
full_line = st.builds(
    LineInput,
    quantity=quantity,
    sku=line_text,
    name=name,
    standalone_price=st.none() | price,
    options=st.dictionaries(name, st.lists(name, min_size=1, max_size=2, unique=True), max_size=2).map(
        lambda found: tuple((key, value) for key, values in found.items() for value in values)
    ),
    description=long_text,
    kind=st.none() | st.sampled_from([Kind.GOODS, Kind.SERVICE]),
    unit=st.sampled_from(["", "C62", "HUR"]),
    unit_price=price,
    base_quantity=st.just(Decimal(1)) | quantity,
    list_price=st.none() | price,
    cost=st.none() | price,
    reductions=line_reductions,
    tax=tax,
)
part = st.builds(LineInput, quantity, name=name, standalone_price=st.none() | price, cost=st.none() | price)
inner = part | st.builds(lambda box, parts: replace(box, bundle=tuple(parts)), part, st.lists(part, min_size=1))
bundles = st.builds(
    lambda line, parts: replace(line, bundle=tuple(parts)), full_line, st.lists(inner, min_size=1, max_size=3)
)
lines = st.lists(full_line | bundles | st.builds(LineInput, quantity, sku=name), min_size=1, max_size=3).map(tuple)
addresses = st.builds(Address, *[line_text] * 5, st.sampled_from(["", "DE", "FR"]))
parties = st.builds(Party, name, *[line_text] * 8, addresses, addresses)
terms = st.builds(
    Terms,
    st.sampled_from(["net 30", "net 0", "2/10 net 30", "prepaid", "on delivery"]),
    st.integers(0, 3650),
    clauses=st.lists(name, unique=True, max_size=2).map(tuple),
).flatmap(
    lambda plain: st.sampled_from(
        [plain, replace(plain, deposit_percent=Decimal("30")), replace(plain, deposit_amount=12345)]
        + [replace(plain, early_tax="always")] * (plain.payment == "2/10 net 30")
    )
)


def quantities(kind: Any, *amounts: Any) -> st.SearchStrategy[Any]:
    """Lines that a step names; line 1 is there in every deal."""
    return st.builds(lambda *found: (kind(1, *found),), *amounts)


number_of_part = st.none() | st.integers(1, 9)
some = quantities(LineQuantity, quantity, number_of_part)
received = quantities(ReceivedLine, quantity, price, price, price, number_of_part)
positive = st.integers(1, 10**12)
maybe = st.none


def step(kind: Any, **values: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, on=st.just(START), **values)


discounts, charges = reductions(False, True), reductions(True, True)
one_step = st.one_of(
    step(shape.SendQuote),
    step(
        shape.ReviseQuote, lines=lines, discounts=maybe() | discounts, terms=maybe() | terms, title=maybe() | line_text
    ),
    step(shape.ReviseQuote, title=line_text),
    step(shape.ReviseQuote, cashback=percent, coupons=st.none() | st.lists(name, unique=True, max_size=2).map(tuple)),
    step(shape.ReviseQuote, terms=terms),
    step(shape.AcceptQuote, by=line_text, reason=long_text),
    step(shape.DeclineQuote, by=line_text, reason=long_text),
    step(shape.AmendContract, clause=name, text=long_text.map(lambda text: text or "Text")),
    step(shape.AmendContract, lines=lines, discounts=maybe() | discounts, charges=maybe() | charges),
    step(shape.SignContract, by=st.sampled_from(Side), name=line_text),
    step(
        shape.Pay,
        amount=positive,
        method=st.sampled_from(Method),
        reference=line_text,
        invoice=maybe() | st.integers(1, 9),
        discount=maybe() | positive,
    ),
    step(shape.Refund, amount=positive, method=st.sampled_from([Method.BANK, Method.CASH]), reason=long_text),
    step(shape.Dispatch, lines=maybe() | some, carrier=line_text, tracking=line_text, override=line_text),
    step(shape.ConfirmReceipt, by=line_text, delivery=maybe() | st.integers(1, 9), lines=maybe() | received),
    step(shape.CompleteService, line=st.just(1), quantity=maybe() | quantity, by=line_text, part=number_of_part),
    step(shape.Return, lines=some, reason=long_text, restock=st.booleans()),
    step(shape.Credit, invoice=st.integers(1, 9), lines=some, reason=long_text),
    step(shape.Credit, invoice=st.integers(1, 9), amount=positive, reason=long_text),
    step(shape.Cancel, reason=long_text),
    st.builds(shape.ClosePeriod, st.just(START), st.sampled_from([START, date(2026, 2, 28)])),
)


@st.composite
def step_lists(draw: st.DrawFn) -> tuple[shape.Step, ...]:
    """Steps whose days never go back."""
    day, found = START, []
    for one in draw(st.lists(one_step, max_size=4)):
        day += timedelta(days=draw(st.sampled_from([0, 0, 1, 40])))
        through = {"through": day} if isinstance(one, shape.ClosePeriod) and one.through == START else {}
        found.append(replace(one, on=day, **through))
    return tuple(found)


deals = st.builds(
    DealFile,
    customer=parties,
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    date=st.just(START),
    lines=lines,
    seller=st.none() | parties,
    reference=line_text,
    title=line_text,
    prices_include_tax=st.booleans(),
    tax_rounding=st.sampled_from(TaxRounding),
    discounts=discounts,
    charges=charges,
    terms=terms | terms.map(lambda plain: replace(plain, cashback_percent=Decimal("2.5"))),
    language=st.sampled_from(["", "de", "en"]),
    coupons=st.lists(name, unique=True, max_size=2).map(tuple),
)


@given(deals)
def test_what_is_written_reads_back_as_the_same_deal(deal: DealFile) -> None:
    _check_reads_back(deal)


@given(step_lists())
def test_steps_read_back_as_the_same_steps(steps: tuple[shape.Step, ...]) -> None:
    _check_reads_back(replace(SAMPLE, steps=steps))


def _check_reads_back(deal: DealFile) -> None:
    text = json.dumps(write(deal))
    again = parse(text.encode())
    assert again == deal
    assert json.dumps(write(again)) == text


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_value_anywhere_is_read_or_refused_in_words(value: Any) -> None:
    good = json.loads(json.dumps(write(SAMPLE)))
    for place, key in list(_places(good)):
        old, place[key] = place[key], value
        try:
            parse(json.dumps(good).encode())
        except BadDealFile as error:
            assert error.path
        place[key] = old


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


@given(st.binary(max_size=60) | st.text('[]{}",:0-eE.\\ntrufalsN ', max_size=60).map(str.encode))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadDealFile):
        parse(data)


def test_only_what_is_said_is_written_in_the_order_of_the_format() -> None:
    assert json.loads(json.dumps(write(SAMPLE))) == {
        "format": "handsel-deal/1",
        "customer": {"name": "Buyer", "address": {"city": "Kiel", "country": "DE"}},
        "currency": "EUR",
        "date": "2026-03-02",
        "lines": [
            {
                "name": "Desk",
                "quantity": "2",
                "unit_price": "10.00",
                "cost": "4.1234",
                "discounts": [{"percent": "5"}],
                "tax": {"category": "S", "rate": "19"},
            }
        ],
        "charges": [{"amount": "95.00", "reason": "Freight", "tax": {"category": "Z"}}],
        "terms": {"payment": "prepaid"},
        "steps": [
            {"do": "send_quote"},
            {"do": "pay", "on": "2026-03-05", "amount": "1000.50"},
            {"do": "dispatch", "lines": [{"line": 1, "quantity": "1.5"}]},
            {"do": "close_period", "through": "2026-03-31"},
        ],
    }
    assert list(write(SAMPLE)) == ["format", "customer", "currency", "date", "lines", "charges", "terms", "steps"]


SAMPLE = DealFile(
    customer=Party("Buyer", address=Address(city="Kiel", country="DE")),
    currency="EUR",
    date=START,
    lines=(
        LineInput(
            Decimal(2),
            name="Desk",
            unit_price=Decimal("10.0"),
            cost=Decimal("4.1234"),
            reductions=(Reduction(percent=Decimal("5.00")),),
            tax=Tax(TaxCategory.STANDARD, Decimal(19)),
        ),
    ),
    charges=(Reduction("Freight", amount=9500, tax=Tax(TaxCategory.ZERO, Decimal(0)), charge=True),),
    terms=Terms("prepaid"),
    steps=(
        shape.SendQuote(START),
        shape.Pay(date(2026, 3, 5), 100050),
        shape.Dispatch(date(2026, 3, 5), (LineQuantity(1, Decimal("1.5")),)),
        shape.ClosePeriod(date(2026, 3, 31), date(2026, 3, 31)),
    ),
)


@pytest.mark.parametrize("currency", ["JPY", "EUR", "KWD"])
def test_prices_have_at_least_the_decimals_of_the_currency(currency: str) -> None:
    deal = replace(SAMPLE, currency=currency, charges=(), steps=())
    text = write(deal)["lines"][0]["unit_price"]
    assert len(text.partition(".")[2]) == decimals(currency)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the shared examples are not on this machine")
def test_the_examples_read_and_read_back() -> None:
    for path in EXAMPLES.glob("*.json"):
        deal = parse(path.read_bytes())
        assert parse(json.dumps(write(deal)).encode()) == deal
