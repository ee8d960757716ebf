"""Tables go on over sheets: heads never stand alone, rows stay whole, sums are carried over rightly."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.outputs.pdf import formats
from tests.app.outputs.pdf.samples import (
    GERMAN,
    Discount,
    Typed,
    contract,
    delivery_note,
    invoice,
    pages,
    printed,
    quote,
)

CARRIED = re.compile(r"Carried forward ([\d,.]+)")
BROUGHT = re.compile(r"Brought forward from page (\d+) ([\d,.]+)")
FIVE_OFF = (Discount("Five off", Decimal(5)),)


def items(count: int, **other: object) -> list[Typed]:
    return [Typed(f"Item-{number}.", "3", f"{number}.25", **other) for number in range(1, count + 1)]  # type: ignore[arg-type]


def on(page: str) -> list[int]:
    """Which of the items stand on a page."""
    return [int(number) for number in re.findall(r"Item-(\d+)\.", page)]


def test_three_hundred_lines_with_their_sums_carried_over() -> None:
    document = invoice(typed=items(300))
    texts = pages(printed(document))
    assert len(texts) > 8
    so_far = 0
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "Unit price" in text
        before = so_far
        so_far += sum(document.lines[item - 1].amount for item in on(text))
        if number > 1:
            assert BROUGHT.findall(text) == [(str(number - 1), formats.amount(before, "EUR", "en"))]
            assert "Invoice INV-2026-0012 Fahrwerk Nord" in text
        if number < len(texts):
            assert CARRIED.findall(text) == [formats.amount(so_far, "EUR", "en")]
    assert [item for text in texts for item in on(text)] == list(range(1, 301))
    assert so_far == document.totals.lines_net
    assert "Carried forward" not in texts[-1]


def test_reduced_lines_are_carried_over_after_their_reductions() -> None:
    document = invoice(typed=items(40, reductions=FIVE_OFF))
    texts = pages(printed(document))
    so_far = 0
    for text in texts[:-1]:
        so_far += sum(document.lines[item - 1].amount for item in on(text))
        assert CARRIED.findall(text) == [formats.amount(so_far, "EUR", "en")]


def test_one_sheet_carries_nothing() -> None:
    (text,) = pages(printed(quote()))
    assert "forward" not in text


def test_in_german_the_sum_is_an_uebertrag() -> None:
    texts = pages(printed(invoice(GERMAN, items(40))))
    assert "Übertrag 1" in texts[0] or "Übertrag" in texts[0]
    assert "Übertrag von Seite 1" in texts[1]


@pytest.mark.parametrize("count", range(4, 24))
def test_rows_stay_with_their_reductions_and_totals_with_the_last_row(count: int) -> None:
    for make in (quote, contract, invoice):
        texts = pages(printed(make(typed=items(count, reductions=FIVE_OFF, description="Two\nlines"))))
        for text in texts:
            if "Unit price" in text:
                assert on(text), "a head alone"
            assert len(on(text)) == text.count("Five off") == text.count("Line total")
        (last,) = (text for text in texts if "Net total" in text)
        assert on(last), "totals without a line"


def test_many_reductions_of_one_line_stay_with_it() -> None:
    many = tuple(Discount(f"Off-{number}.", amount=1) for number in range(25))
    for before in range(2, 12):
        typed = [*items(before), Typed("Reduced", "1", "100", reductions=many), Typed("After")]
        texts = pages(printed(quote(typed=typed)))
        (text,) = (text for text in texts if "Reduced" in text)
        assert len(re.findall(r"Off-\d+\.", text)) == 25


def test_more_reductions_than_fit_a_sheet_go_on_overleaf() -> None:
    many = tuple(Discount(f"Off-{number}.", amount=1) for number in range(200))
    texts = pages(printed(quote(typed=[Typed("Reduced", "1", "100", reductions=many)])))
    assert len(texts) >= 3
    assert re.findall(r"Off-(\d+)\.", " ".join(texts)) == [str(number) for number in range(200)]


def test_more_document_discounts_than_fit_a_sheet_go_on_overleaf() -> None:
    changes = [Discount(f"Off-{number}.", amount=1) for number in range(120)]
    text = " ".join(pages(printed(quote(changes=changes))))
    assert re.findall(r"Off-(\d+)\.", text) == [str(number) for number in range(120)]
    assert "Total EUR" in text
    assert "I accept" in text


def test_a_delivery_note_of_many_lines_repeats_its_head() -> None:
    line = delivery_note().lines[0]
    texts = pages(printed(delivery_note(lines=(line,) * 80)))
    assert len(texts) > 3
    assert sum(text.count("BIKE-N1") for text in texts) == 80
    assert all("To follow" in text for text in texts[:-1])
    assert all("forward" not in text for text in texts)


ODD = st.builds(
    Typed,
    name=st.text("ab cdefgh", min_size=1, max_size=200).map(lambda text: text + " Item-1."),
    description=st.integers(0, 1500).map(lambda size: "word " * size),
    reductions=st.integers(0, 4).map(lambda many: FIVE_OFF * many),
    base=st.sampled_from(["1", "100"]),
)


@settings(max_examples=25)
@given(st.lists(ODD, min_size=1, max_size=12))
def test_whatever_the_rows_are_nothing_is_lost_or_alone(typed: list[Typed]) -> None:
    texts = pages(printed(quote(typed=typed)))
    everything = " ".join(texts)
    assert everything.count("word") == sum(t.description.count("word") for t in typed)
    assert everything.count("Five off") == sum(len(t.reductions) for t in typed)
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        body = text.partition("Amount EUR")[2]
        assert not body or re.search(r"Item-1|word|Five off", body), "a head alone"
