"""What an invoice bills, what a credit note takes back, and how both are booked: tables of cases worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.core.tax import Tax, TaxCategory, TaxSubtotal
from app.core.totals import Basis, Item, Reduction, TaxRounding, Typed, type_document
from app.invoicing.rules import (
    Figures,
    InvoiceState,
    bill,
    credit_amount,
    credit_postings,
    credit_quantities,
    invoice_postings,
    left_to_credit,
    lowered,
    state,
)
from app.ledger.rules import Posting, lines

S19 = Tax(TaxCategory.STANDARD, Decimal(19))
S7 = Tax(TaxCategory.STANDARD, Decimal(7))
ZERO_RATED = Tax(TaxCategory.ZERO, Decimal(0))
NET = Basis("EUR")
GROSS = Basis("EUR", prices_include_tax=True)


def agreed(*items: tuple[str, str, Tax], reductions: tuple[Reduction, ...] = (), basis: Basis = NET) -> Typed:
    """Lines of (quantity, unit price, tax)."""
    return type_document([Item(Decimal(q), Decimal(p), tax) for q, p, tax in items], reductions, basis)


def billed(typed: Typed, ordered: str, now: str, before: str = "", basis: Basis = NET) -> Figures:
    """An invoice; quantities are written "3 1 2", one a line, and a dash for a line with nothing."""
    return bill(typed, [*map(Decimal, ordered.split())], quantities(before), quantities(now), basis)


def quantities(text: str) -> dict[int, Decimal]:
    return {index: Decimal(word) for index, word in enumerate(text.split(), 1) if word != "-"}


def credited(invoice: Figures, *notes: str, basis: Basis = NET) -> list[Figures]:
    """Credit notes one after the other, each for the quantities written as above."""
    found: list[Figures] = []
    for note in notes:
        found.append(credit_quantities(left_to_credit(invoice, found), quantities(note), basis))
    return found


def totals(figures: Figures) -> tuple[int, int, int]:
    return figures.totals.net, figures.totals.tax, figures.totals.gross


# Invoices


def test_an_invoice_bills_what_was_accepted_and_nothing_else() -> None:
    typed = agreed(("6", "10.00", S19), ("2", "5.00", S19), ("1", "7.00", S7))
    figures = billed(typed, "6 2 1", "4 - 1")
    assert figures.positions == (1, 3)
    assert figures.quantities == (4, 1)
    assert [line.net for line in figures.assembled.lines] == [4000, 700]
    # 40.00 x 19 % = 7.60, 7.00 x 7 % = 0.49
    assert totals(figures) == (4700, 809, 5509)


def test_the_nets_of_all_parts_add_up_to_what_was_agreed() -> None:
    # 7 x 1.43 = 10.01, by sevenths and cumulatively: 1.43 each; the freight of 5.00 by sevenths: 0.71, 0.72 (1.43 of
    # 1.4286), 0.71, 0.72, 0.71, 0.72, 0.71
    typed = agreed(("7", "1.43", S19), reductions=(Reduction("Freight", amount=500, charge=True),))
    shares, earned = [], 0
    for done in range(7):
        figures = billed(typed, "7", "1", str(done) if done else "")
        shares.append(figures.totals.charges)
        earned += figures.assembled.lines[0].earned
    assert shares == [71, 72, 71, 72, 71, 72, 71]
    assert earned == 1001 + 500


def test_prices_with_tax_keep_each_parts_gross_as_it_was_typed() -> None:
    # 3 x 9.99 with 19 % in it: each part is 9.99 to the customer, of which 9.99 x 19 / 119 = 1.595 -> 1.60 is tax
    typed = agreed(("3", "9.99", S19), basis=GROSS)
    for before in ("", "1", "2"):
        assert totals(billed(typed, "3", "1", before, GROSS)) == (839, 160, 999)


# Credit notes


@pytest.mark.parametrize("order", [("1", "1", "1"), ("2", "1"), ("1", "2"), ("3",), ("0.5", "0.5", "2")])
def test_credits_in_any_order_add_up_to_exactly_the_invoice(order: tuple[str, ...]) -> None:
    # correctness.md E7: 3 pieces for 10.00 net; 10.00 x 19 % = 1.90
    typed = agreed(("3", "3.34", S19), reductions=(Reduction("Rounded down", amount=2),))
    invoice = billed(typed, "3", "3")
    assert totals(invoice) == (1000, 190, 1190)
    notes = credited(invoice, *order)
    assert [sum(column) for column in zip(*map(totals, notes), strict=True)] == [1000, 190, 1190]
    assert left_to_credit(invoice, notes).totals.gross == 0


def test_a_credit_of_some_pieces_is_taxed_as_a_document_of_its_own() -> None:
    # 10 x 0.13 = 1.30, tax 0.247 -> 0.25. Half of it: 0.65 x 19 % = 0.1235 -> 0.12, and the rest takes 0.13
    invoice = billed(agreed(("10", "0.13", S19)), "10", "10")
    assert totals(invoice) == (130, 25, 155)
    assert [totals(note) for note in credited(invoice, "5", "5")] == [(65, 12, 77), (65, 13, 78)]


def test_no_credit_takes_back_more_tax_than_was_charged() -> None:
    # 10 x 0.03 = 0.30, tax 0.057 -> 0.06; a piece alone: 0.0057 -> 0.01. The seventh finds no tax left to take back.
    invoice = billed(agreed(("10", "0.03", S19)), "10", "10")
    notes = credited(invoice, *["1"] * 10)
    assert [note.totals.tax for note in notes] == [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
    assert sum(note.totals.net for note in notes) == 30


def test_a_credit_of_prices_with_tax_gives_back_what_the_customer_paid() -> None:
    # 3 x 9.99 = 29.97 with 4.785 -> 4.79 tax in it. One piece: 9.99 with 1.60; the last takes the rest of the tax
    invoice = billed(agreed(("3", "9.99", S19), basis=GROSS), "3", "3", basis=GROSS)
    assert totals(invoice) == (2518, 479, 2997)
    notes = credited(invoice, "1", "1", "1", basis=GROSS)
    assert [totals(note) for note in notes] == [(839, 160, 999), (839, 160, 999), (840, 159, 999)]


def test_a_credit_takes_the_lines_part_of_document_discounts_back() -> None:
    # lines 60.00 (19 %) and 40.00 (7 %); 10 % of 100.00 = 10.00 off: 6.00 and 4.00.
    # Two of three of the first: 40.00 - 4.00 = 36.00, tax 6.84
    typed = agreed(("3", "20.00", S19), ("4", "10.00", S7), reductions=(Reduction("Spring", Decimal(10)),))
    (note,) = credited(billed(typed, "3 4", "3 4"), "2")
    assert (note.totals.lines_net, note.totals.discounts, *totals(note)) == (4000, 400, 3600, 684, 4284)
    assert note.positions == (1,)


def test_a_credit_lists_its_lines_in_the_order_of_the_invoice() -> None:
    invoice = billed(agreed(("3", "1.00", S19), ("3", "2.00", S19)), "3 3", "3 3")
    note = credit_quantities(invoice, {2: Decimal(1), 1: Decimal(2)}, NET)
    assert (note.positions, note.quantities) == ((1, 2), (2, 1))
    assert [line.net for line in note.assembled.lines] == [200, 200]


@pytest.mark.parametrize(
    ("wanted", "words"), [({1: "4"}, "only 3 left"), ({2: "1"}, "Line 2 is not on this invoice")], ids=["more", "other"]
)
def test_no_more_than_was_invoiced_can_be_credited(wanted: Mapping[int, str], words: str) -> None:
    invoice = billed(agreed(("3", "1.00", S19), ("1", "2.00", S19)), "3 1", "3")
    with pytest.raises(NotAllowed, match=words):
        credit_quantities(invoice, {position: Decimal(q) for position, q in wanted.items()}, NET)


def test_an_amount_is_credited_with_the_tax_that_is_in_it() -> None:
    # 100.00 at 19 % and 100.00 at 7 %: 119.00 + 107.00 = 226.00. A credit of 22.60 is 11.90 and 10.70 of it
    typed = agreed(("1", "100.00", S19), ("1", "100.00", S7))
    note = credit_amount(billed(typed, "1 1", "1 1"), 2260, NET)
    assert [(row.taxable, row.amount) for row in note.totals.breakdown] == [(1000, 70), (1000, 190)]
    assert totals(note) == (2000, 260, 2260)
    assert note.quantities == (0, 0)


def test_after_a_price_reduction_a_piece_comes_back_at_the_reduced_price() -> None:
    # 2 x 50.00 = 100.00, gross 119.00; 23.80 off leaves 80.00 net, 95.20 gross for both: 40.00 and 47.60 a piece
    invoice = billed(agreed(("2", "50.00", S19)), "2", "2")
    lowered = credit_amount(invoice, 2380, NET)
    assert totals(lowered) == (2000, 380, 2380)
    left = left_to_credit(invoice, [lowered])
    piece = credit_quantities(left, {1: Decimal(1)}, NET)
    assert totals(piece) == (4000, 760, 4760)
    rest = credit_quantities(left_to_credit(invoice, [lowered, piece]), {1: Decimal(1)}, NET)
    assert totals(rest) == (4000, 760, 4760)


def test_the_whole_rest_as_an_amount_takes_the_exact_rest() -> None:
    invoice = billed(agreed(("10", "0.13", S19)), "10", "10")
    (note,) = credited(invoice, "5")
    left = left_to_credit(invoice, [note])
    assert totals(credit_amount(left, left.totals.gross, NET)) == (65, 13, 78)


def test_an_amount_beyond_what_is_left_is_refused() -> None:
    invoice = billed(agreed(("2", "50.00", S19)), "2", "2")
    with pytest.raises(NotAllowed, match=r"119\.01 to credit, but only 119\.00"):
        credit_amount(invoice, 11901, NET)


def test_nothing_left_is_refused() -> None:
    invoice = billed(agreed(("2", "50.00", S19)), "2", "2")
    left = left_to_credit(invoice, credited(invoice, "2"))
    with pytest.raises(NotAllowed, match="Nothing of this invoice is left"):
        credit_amount(left, left.totals.gross, NET)
    with pytest.raises(RuleViolation, match="above zero"):
        credit_amount(invoice, 0, NET)


def test_an_amount_leaves_out_lines_that_have_nothing_left() -> None:
    invoice = billed(agreed(("1", "10.00", S19), ("1", "20.00", S19)), "1 1", "1 1")
    (note,) = credited(invoice, "1")
    lowered = credit_amount(left_to_credit(invoice, [note]), 1190, NET)
    assert lowered.positions == (2,)
    assert totals(lowered) == (1000, 190, 1190)


@pytest.mark.parametrize(("basis", "net", "charge"), [(NET, (1000, 190), (500, 0)), (GROSS, (840, 160), (500, 0))])
def test_an_amount_takes_its_part_of_a_charge_of_another_tax(
    basis: Basis, net: tuple[int, int], charge: tuple[int, int]
) -> None:
    """The lines of a tax group and its document level make its taxable amount, in a credit note too (BR-S-08)."""
    freight = Reduction("Freight", amount=1000, tax=ZERO_RATED, charge=True)
    invoice = billed(agreed(("1", "20.00", S19), reductions=(freight,), basis=basis), "1", "1", basis=basis)
    note = credit_amount(invoice, invoice.totals.gross // 2, basis)
    assert {row.tax: (row.taxable, row.amount) for row in note.totals.breakdown} == {S19: net, ZERO_RATED: charge}
    assert [line.net for line in note.assembled.lines] == [net[0]]
    assert (note.totals.lines_net, note.totals.charges, note.typed.pieces[0].shares) == (net[0], 500, (500,))
    left = left_to_credit(invoice, [note])
    assert totals(credit_amount(left, left.totals.gross, basis)) == totals(left)
    (rest,) = credited(left, "1", basis=basis)
    assert totals(rest) == totals(left)


def test_tax_rounded_by_line_is_credited_by_line() -> None:
    # 0.13 x 19 % = 0.0247 -> 0.02 on each of two lines: 0.04 (0.05 on the document)
    basis = Basis("EUR", tax_rounding=TaxRounding.LINE)
    invoice = billed(agreed(("1", "0.13", S19), ("1", "0.13", S19), basis=basis), "1 1", "1 1", basis=basis)
    assert totals(invoice) == (26, 4, 30)
    assert [totals(note) for note in credited(invoice, "1", "- 1", basis=basis)] == [(13, 2, 15), (13, 2, 15)]


# States and entries


@pytest.mark.parametrize(
    ("gross", "open_now", "credited_so_far", "expected"),
    [
        (100, 100, 0, InvoiceState.OPEN),
        (100, 40, 0, InvoiceState.PARTLY_PAID),
        (100, 0, 0, InvoiceState.PAID),
        (0, 0, 0, InvoiceState.PAID),
        (100, 60, 40, InvoiceState.PARTLY_CREDITED),
        (100, 0, 40, InvoiceState.PAID),
        (100, 0, 100, InvoiceState.CREDITED),
    ],
)
def test_the_state_of_an_invoice_follows_from_what_is_open(
    gross: int, open_now: int, credited_so_far: int, expected: InvoiceState
) -> None:
    assert state(gross, open_now, credited_so_far, False) is expected


def test_a_credit_note_is_settled_from_the_start() -> None:
    assert state(100, 0, 0, True) is InvoiceState.PAID


def booked(postings: tuple[Posting, ...]) -> dict[str, int]:
    """Role -> amount of what an entry moves; raises if it does not balance."""
    return {posting.role.value: posting.amount for posting in lines(postings)}


def test_an_invoice_turns_what_was_delivered_into_a_receivable() -> None:
    figures = billed(agreed(("1", "100.00", S19)), "1", "1")
    entry = {"receivable": 11900, "contract_asset": -10000, "output_tax": -1900}
    assert booked(invoice_postings(figures, "INV-1", "S-1")) == entry


@pytest.mark.parametrize(("invoice_open", "lowered"), [(11900, 11900), (5000, 5000), (0, 0), (20000, 11900)])
def test_a_credit_note_lowers_the_invoice_and_the_rest_is_the_customers(invoice_open: int, lowered: int) -> None:
    figures = billed(agreed(("1", "100.00", S19)), "1", "1")
    entry = {"revenue": 10000, "output_tax": 1900, "receivable": -lowered, "customer_credit": lowered - 11900}
    expected = {role: amount for role, amount in entry.items() if amount}
    assert booked(credit_postings(figures.totals, "INV-1", invoice_open)) == expected


def test_a_credit_over_an_amount_never_takes_more_net_or_tax_than_is_left() -> None:
    """Where a discount left the tax as it was, the tax that is left is more than its rate."""
    tax = Tax(TaxCategory.STANDARD, Decimal(21))
    whole = billed(agreed(("1", "100.00", tax)), "1", "1")
    taken = lowered(whole, (TaxSubtotal(tax, 5000, 0),), NET)
    left = left_to_credit(whole, [taken])
    assert (left.totals.net, left.totals.tax, left.totals.gross) == (5000, 2100, 7100)
    credited = credit_amount(left, 7000, NET).totals
    assert (credited.net, credited.tax) == (5000, 2000)
    half = credit_quantities(left, {1: Decimal("0.5")}, NET, as_left=True).totals
    assert (half.net, half.tax) == (2500, 1050)
