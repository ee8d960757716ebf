"""Options, parts, bundles and proposals on paper; and never what is only for the seller."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Kind
from app.core.money import amount_text
from app.core.printed import Heading, PrintedTerms
from app.core.totals import Basis, Reduction
from app.delivery.document import NoteLine
from app.outputs.pdf.look import Look
from app.outputs.pdf.price_explanation import render as render_why
from app.pricing.bundles import Component, expand
from app.pricing.detail import LineDetail, LostRule, Part, PriceStep, Step
from app.pricing.rules import Line, price, printed_bundle, printed_lines, printed_parts, printed_totals
from app.quotes.document import QuoteDocument
from app.quotes.explanation import explain
from app.quotes.rules import Offer, Proposal, printed_proposals
from tests.app.outputs.pdf.samples import GERMAN, HEADING, contract, delivery_note, invoice, pages, quote, read
from tests.builders import a_line, a_tax

PARTS = (Part("Wheel", Decimal(2), "WH-28", cost=Decimal("7.77")), Part("Rim tape", Decimal("1.5"), unit="MTR"))
STEPS = (PriceStep(Step.LIST, Decimal(120)), PriceStep(Step.TIER, Decimal(100), rule="From 10", author="Ann"))


def of_goods(parts: tuple[Part, ...] = PARTS) -> Line:
    """A bicycle with its options, of which two wheels and a tape are named."""
    detail = LineDetail(
        options=(("Frame", "Steel"), ("Extras", "Rack"), ("Extras", "Bell")),
        parts=parts,
        steps=STEPS,
        lost=(LostRule(Step.PROMOTION, "Summer sale", 9000, "less than Spring"),),
    )
    return a_line("Bicycle", "3", "100", cost="64.21", detail=detail)


def of_bundle() -> tuple[Line, ...]:
    of = (
        Component("Tent", Decimal(1), a_tax(), standalone_price=Decimal(200)),
        Component("Course", Decimal(2), a_tax(), standalone_price=Decimal(50), kind=Kind.SERVICE, unit="HUR"),
    )
    bundle = Component("Camp set", Decimal(4), a_tax(), Decimal(270), sku="CAMP", components=of)
    return expand(bundle, 2, "EUR")


def a_quote(
    *lines: Line, heading: Heading = HEADING, proposals: tuple[Proposal, ...] = (), **more: Any
) -> QuoteDocument:
    basis = Basis(heading.currency, heading.prices_include_tax)
    priced = price(lines, (), basis)
    offer = Offer(lines, proposals=proposals)
    return replace(
        quote(heading),
        lines=printed_lines(lines, priced),
        totals=printed_totals(priced.typed, priced.assembled, ()),
        proposals=printed_proposals(offer, basis),
        **more,
    )


def test_options_and_parts_stand_under_the_line() -> None:
    text = read(a_quote(of_goods()))
    assert "Bicycle 3 pcs" in text
    assert "Frame: Steel · Extras: Rack, Bell 6 × Wheel 4.5 m Rim tape" in text


def test_what_is_the_sellers_is_on_no_paper() -> None:
    printed = a_quote(of_goods())
    made = {"lines": printed.lines, "totals": printed.totals}
    for paper in (printed, replace(contract(), **made), replace(invoice(), **made)):
        text = read(paper)
        for secret in ("64.21", "7.77", "Summer", "From 10", "Ann", "120.00"):
            assert secret not in text


def test_a_bundle_stands_over_its_lines() -> None:
    # 4 x 270 = 1080, 200 : 100
    text = read(a_quote(a_line("Lamp"), *of_bundle(), a_line("Rope")))
    assert text.count("4 × Camp set") == 1
    assert "4 × Camp set Item CAMP · Together EUR 1,080.00 2 Tent 4 pcs 180.00 19% 720.00 3 Course 8 h 45.00" in text


def test_two_bundles_of_one_name_are_two_headings() -> None:
    other = tuple(
        replace(line, detail=replace(line.detail, bundle=replace(line.detail.bundle, number=3)))  # type: ignore[type-var]
        for line in of_bundle()
    )
    assert read(a_quote(*of_bundle(), *other)).count("4 × Camp set") == 2


def test_another_unit_says_how_many_pieces_that_is() -> None:
    detail = LineDetail(own_quantity=Decimal(24), own_unit="C62")
    assert "2 boxes" in (text := read(a_quote(a_line("Nails", "2", "5", unit="XBX", detail=detail))))
    assert "24 pcs" in text


def test_proposals_are_outside_the_total_with_their_prices() -> None:
    proposals = (Proposal(of_goods()), Proposal(a_line("Alloy frame", "1", "80.00"), 0))
    document = a_quote(a_line("Steel frame", "1", "50.00"), proposals=proposals)
    text = read(document)
    assert "Optional, not included in the total" in text
    assert "Alloy frame 1 pcs 80.00 19% 80.00 instead of Steel frame" in text
    assert "EUR 59.50" in text
    assert "Optional" not in read(a_quote(a_line()))
    german = read(a_quote(a_line("Rahmen"), heading=GERMAN, proposals=(Proposal(a_line("Alu"), 0),)))
    assert "nicht im Gesamtbetrag enthalten" in german
    assert "statt Rahmen" in german


def test_a_long_list_of_parts_goes_over_sheets_without_losing_one() -> None:
    parts = tuple(Part(f"Part {number:03}", Decimal(1)) for number in range(150))
    printed = read(a_quote(of_goods(parts), a_line("Last thing")))
    assert all(f"3 × Part {number:03}" in printed for number in range(150))
    assert "Last thing" in printed


def test_the_delivery_note_says_what_to_pick() -> None:
    line = of_goods()
    note = NoteLine(
        1, line.name, Decimal(2), "C62", Decimal(3), Decimal(1), options=line.detail.options,
        parts=printed_parts(line, Decimal(2)),
    )  # fmt: skip
    tent, course = of_bundle()
    rows = tuple(
        NoteLine(
            n,
            part.name,
            part.quantity,
            part.unit,
            part.quantity,
            Decimal(0),
            bundle=printed_bundle(part, is_whole=True),
        )
        for n, part in ((2, tent), (3, course))
    )
    text = read(delivery_note(lines=(note, *rows)))
    assert "4 × Wheel · Item WH-28 3 m Rim tape" in text
    assert text.count("4 × Camp set") == 1


def test_early_payment_and_cashback_in_words() -> None:
    terms = PrintedTerms(
        "2/10 net 30", early_until=date(2026, 3, 30), early_discount=5000, cashback_percent=Decimal("2.5")
    )
    text = read(invoice(terms=terms))
    due = invoice().totals.payable
    assert "If you pay by 30 March 2026, you may take EUR 50.00 off" in text
    assert amount_text(due - 5000, "EUR")[-6:] in text
    assert "2.5% of what you have paid as credit" in text
    assert "2,5 % von dem" in read(quote(GERMAN, terms=terms))


@pytest.mark.parametrize(("heading", "words"), [(HEADING, "Did not apply"), (GERMAN, "Nicht angewandt")])
def test_the_explanation_tells_every_step(heading: Heading, words: str) -> None:
    own = (Reduction("Spring", percent=Decimal(10), promotion="Spring"),)
    lines = (replace(of_goods(), reductions=own), *of_bundle())
    reductions = (Reduction("Loyal", amount=1000),)
    basis = Basis("EUR")
    told = explain(Offer(lines, reductions), price(lines, reductions, basis), basis, heading, "Q-1", date(2026, 3, 2))
    text = " ".join(pages(render_why(told, Look())))
    for part in ("From 10", "Ann", "Spring", "Summer sale", "less than Spring", "Loyal", words):
        assert part in text
