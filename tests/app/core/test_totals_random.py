"""Random documents against a slow reference that shares nothing with the code but the rulings, and laws that all obey.

The reference works in `Fraction` of whole currency units and knows no minor units, millionths or shared helpers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.core.tax import Tax, TaxCategory
from app.core.totals import Assembled, Basis, Item, Reduction, TaxRounding, Typed, assemble, part_of, type_document

PLACES = {"EUR": 2, "JPY": 0, "KWD": 3}
RATES = [Decimal(rate) for rate in ("19", "7", "7.0", "9.975", "25", "0")]

# What documents are made of


def tax_of(rate: Decimal) -> Tax:
    return Tax(TaxCategory.STANDARD if rate else TaxCategory.ZERO, rate)


taxes = st.sampled_from(RATES).map(tax_of)
percents = st.decimals(0, 100, places=3)


@st.composite
def reductions(draw: st.DrawFn, *, taxed: bool) -> Reduction:
    tax = draw(st.none() | taxes) if taxed else None
    charge = draw(st.booleans())
    if draw(st.booleans()):
        return Reduction("x", amount=draw(st.integers(0, 50_000)), tax=tax, charge=charge)
    return Reduction("x", draw(percents), of=draw(st.none() | st.integers(0, 90_000)), tax=tax, charge=charge)


@st.composite
def items(draw: st.DrawFn, *, lowest: int = -3) -> Item:
    return Item(
        quantity=draw(st.decimals(lowest, 40, places=3)),
        unit_price=draw(st.decimals(0, 900, places=4)),
        tax=draw(taxes),
        base_quantity=draw(st.sampled_from([Decimal(1), Decimal(1), Decimal(3), Decimal("0.5"), Decimal(100)])),
        reductions=tuple(draw(st.lists(reductions(taxed=False), max_size=2))),
    )


bases = st.builds(Basis, st.sampled_from(sorted(PLACES)), st.booleans(), st.sampled_from(TaxRounding))
documents = st.tuples(st.lists(items(), min_size=1, max_size=6), st.lists(reductions(taxed=True), max_size=3), bases)

# The slow reference


def nearest(value: Fraction, places: int) -> Fraction:
    """Half away from zero, by the school book."""
    scaled = abs(value) * 10**places
    whole = floor(scaled) + (1 if scaled - floor(scaled) >= Fraction(1, 2) else 0)
    return Fraction(whole, 10**places) * (-1 if value < 0 else 1)


def deal_out(total: Fraction, by: Sequence[Fraction], places: int) -> list[Fraction]:
    """Largest remainder, handing out one smallest coin after another; ties to the earlier."""
    if not by:
        return []
    if total < 0:
        return [-part for part in deal_out(-total, by, places)]
    if sum(by) == 0:
        by = [Fraction(1)] * len(by)
    coin = Fraction(1, 10**places)
    quotas = [total * weight / sum(by) for weight in by]
    parts = [floor(quota / coin) * coin for quota in quotas]
    while sum(parts) < total:
        missing = [quota - part if part <= quota else Fraction(-1) for quota, part in zip(quotas, parts, strict=True)]
        parts[missing.index(max(missing))] += coin
    return parts


@dataclass(frozen=True)
class Expected:
    """What the reference finds, in minor units; `bent` where discounts eat nearly all of a group."""

    lines: list[Fraction]
    lines_net: Fraction
    discounts: Fraction
    charges: Fraction
    tax: Fraction
    gross: Fraction
    breakdown: dict[tuple[str, Decimal], tuple[Fraction, Fraction]]
    bent: bool


def change(reduction: Reduction, base: Fraction, places: int) -> Fraction:
    if reduction.amount is not None:
        size = Fraction(reduction.amount, 10**places)
    else:
        of = base if reduction.of is None else Fraction(reduction.of, 10**places)
        size = nearest(of * Fraction(reduction.percent or 0) / 100, places)
    return size if reduction.charge else -size


def typed_line(line: Item, places: int) -> Fraction:
    base = nearest(Fraction(line.quantity) * Fraction(line.unit_price) / Fraction(line.base_quantity), places)
    return base + sum(change(reduction, base, places) for reduction in line.reductions)


def key(tax: Tax) -> tuple[str, Decimal]:
    return tax.category.value, tax.rate


def typed_reductions(
    lines: list[tuple[tuple[str, Decimal], Fraction]], found: Sequence[Reduction], places: int
) -> list[tuple[tuple[str, Decimal], Fraction, bool]]:
    """Every document reduction in its tax group or groups."""
    base = sum((amount for _, amount in lines), Fraction(0))
    groups = list(dict.fromkeys(group for group, _ in lines))
    result = []
    for reduction in found:
        size = change(reduction, base, places)
        if reduction.tax is not None:
            result.append((key(reduction.tax), size, reduction.charge))
            continue
        weights = [sum((amount for other, amount in lines if other == group), Fraction(0)) for group in groups]
        for group, part in zip(groups, deal_out(size, weights, places), strict=True):
            result.append((group, part, reduction.charge))
    return result


def tax_within(amount: Fraction, rate: Decimal, basis: Basis) -> Fraction:
    whole = 100 + Fraction(rate) if basis.prices_include_tax else Fraction(100)
    return nearest(amount * Fraction(rate) / whole, PLACES[basis.currency])


def reference(lines: Sequence[Item], found: Sequence[Reduction], basis: Basis) -> Expected:
    places = PLACES[basis.currency]
    typed = [(key(line.tax), typed_line(line, places)) for line in lines]
    pieces = typed_reductions(typed, found, places)
    entries = [(group, amount, None) for group, amount in typed] + pieces
    nets: list[Fraction] = [Fraction(0)] * len(entries)
    breakdown, bent = {}, False
    for group in dict.fromkeys(group for group, _, _ in entries):
        places_of = [index for index, entry in enumerate(entries) if entry[0] == group]
        amounts = [entries[index][1] for index in places_of]
        own = [tax_within(amount, group[1], basis) for amount in amounts]
        together = tax_within(sum(amounts, Fraction(0)), group[1], basis)
        by_line = basis.tax_rounding is TaxRounding.LINE
        tax = sum(own, Fraction(0)) if by_line else together
        bent = bent or 10 * abs(sum(amounts)) < sum(map(abs, amounts))
        if not basis.prices_include_tax:
            parts = amounts
        elif by_line:
            parts = [amount - part for amount, part in zip(amounts, own, strict=True)]
        else:
            parts = deal_out(sum(amounts) - tax, amounts, places)
        breakdown[group] = (sum(amounts) - tax if basis.prices_include_tax else sum(amounts, Fraction(0)), tax)
        for index, part in zip(places_of, parts, strict=True):
            nets[index] = part
    unit = 10**places
    tail = list(zip(pieces, nets[len(typed) :], strict=True))
    net, tax = sum(nets), sum(tax for _, tax in breakdown.values())
    return Expected(
        [part * unit for part in nets[: len(typed)]],
        sum(nets[: len(typed)], Fraction(0)) * unit,
        -sum((part for (_, _, charge), part in tail if not charge), Fraction(0)) * unit,
        sum((part for (_, _, charge), part in tail if charge), Fraction(0)) * unit,
        tax * unit,
        (net + tax) * unit,
        {group: (taxable * unit, amount * unit) for group, (taxable, amount) in breakdown.items()},
        bent,
    )


def worked(lines: Sequence[Item], found: Sequence[Reduction], basis: Basis) -> tuple[Typed, Assembled]:
    typed = type_document(lines, found, basis)
    return typed, assemble(typed, basis)


@settings(max_examples=200, deadline=None)
@given(documents)
def test_documents_agree_with_the_reference(document: tuple[list[Item], list[Reduction], Basis]) -> None:
    lines, found, basis = document
    expected = reference(lines, found, basis)
    totals = worked(lines, found, basis)[1].totals
    assert (totals.tax, totals.gross) == (expected.tax, expected.gross)
    rows = {key(row.tax): (row.taxable, row.amount) for row in totals.breakdown}
    assert rows == {group: row for group, row in expected.breakdown.items() if group in rows}
    assert all(row == (0, 0) for group, row in expected.breakdown.items() if group not in rows)
    if not (expected.bent and basis.prices_include_tax):
        assert [line.net for line in worked(lines, found, basis)[1].lines] == expected.lines
        assert (totals.lines_net, totals.discounts, totals.charges) == (
            expected.lines_net,
            expected.discounts,
            expected.charges,
        )


# Laws


@settings(max_examples=150, deadline=None)
@given(documents)
def test_every_sum_of_the_document_adds_up(document: tuple[list[Item], list[Reduction], Basis]) -> None:
    typed, done = worked(*document)
    totals, lines = done.totals, done.lines
    assert sum(line.net for line in lines) == totals.lines_net  # BR-CO-10
    assert totals.lines_net - totals.discounts + totals.charges == totals.net  # BR-CO-13
    assert totals.net + totals.tax == totals.gross  # BR-CO-15
    assert sum(row.amount for row in totals.breakdown) == totals.tax  # BR-CO-14
    assert sum(row.taxable for row in totals.breakdown) == totals.net
    assert sum(line.earned for line in lines) == totals.net
    assert sum(line.tax for line in lines) == totals.tax
    columns = zip(*(line.shares for line in lines), strict=True)
    assert tuple(sum(column) for column in columns) == done.pieces
    assert all(piece.amount == sum(piece.shares) for piece in typed.pieces)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_typed_prices_are_kept(document: tuple[list[Item], list[Reduction], Basis]) -> None:
    typed, done = worked(*document)
    typed_sum = sum(line.amount for line in typed.lines) + sum(piece.amount for piece in typed.pieces)
    if document[2].prices_include_tax:
        assert done.totals.gross == typed_sum
        for index, (line, total) in enumerate(zip(typed.lines, done.lines, strict=True)):
            assert total.earned + total.tax == line.amount + sum(piece.shares[index] for piece in typed.pieces)
    else:
        assert done.totals.net == typed_sum
        assert [line.amount for line in typed.lines] == [line.net for line in done.lines]
        assert [piece.shares for piece in typed.pieces] == list(zip(*(line.shares for line in done.lines), strict=True))


@settings(max_examples=150, deadline=None)
@given(documents)
def test_the_tax_of_a_group_is_off_by_half_a_unit_at_most(document: tuple[list[Item], list[Reduction], Basis]) -> None:
    basis = document[2]
    assume(basis.tax_rounding is TaxRounding.DOCUMENT)
    for row in worked(*document)[1].totals.breakdown:
        rate = Fraction(row.tax.rate)
        gross = row.taxable + row.amount
        exact = gross * rate / (100 + rate) if basis.prices_include_tax else row.taxable * rate / 100
        assert abs(row.amount - exact) <= Fraction(1, 2)


inclusive = st.builds(Basis, st.sampled_from(sorted(PLACES)), st.just(True), st.just(TaxRounding.DOCUMENT))


@settings(max_examples=150, deadline=None)
@given(st.lists(items(lowest=0), min_size=1, max_size=6), st.lists(reductions(taxed=True), max_size=3), inclusive)
def test_no_rounding_is_blown_up(lines: list[Item], found: list[Reduction], basis: Basis) -> None:
    """Even where discounts eat nearly all, a line's net is within a few units of its typed amount less its own tax."""
    typed, done = worked(lines, found, basis)
    for line, total in zip(typed.lines, done.lines, strict=True):
        own = Fraction(line.amount) * 100 / (100 + Fraction(line.tax.rate))
        assert abs(total.net - own) <= 6 + len(lines)


# Parts


@st.composite
def partitions(draw: st.DrawFn) -> tuple[list[Item], list[Reduction], Basis, list[list[Decimal]]]:
    """A document and the quantities of each of its parts, which together are all of it."""
    lines = draw(st.lists(items(lowest=1), min_size=1, max_size=4))
    found = draw(st.lists(reductions(taxed=True), max_size=3))
    count = draw(st.integers(1, 4))
    cuts = []
    for line in lines:
        inner = draw(st.lists(st.integers(0, 1000), min_size=count - 1, max_size=count - 1))
        marks = [Decimal(0), *sorted((line.quantity * cut / 1000).quantize(Decimal("0.001")) for cut in inner)]
        cuts.append([b - a for a, b in itertools.pairwise([*marks, line.quantity])])
    return lines, found, draw(bases), [list(part) for part in zip(*cuts, strict=True)]


def in_parts(agreed: Typed, whole: list[Decimal], parts: list[list[Decimal]]) -> list[Typed]:
    before, result = [Decimal(0)] * len(whole), []
    for now in parts:
        result.append(part_of(agreed, whole, before, now))
        before = [b + n for b, n in zip(before, now, strict=True)]
    return result


@settings(max_examples=150, deadline=None)
@given(partitions())
def test_invoices_in_parts_add_up_to_what_was_agreed(
    case: tuple[list[Item], list[Reduction], Basis, list[list[Decimal]]],
) -> None:
    lines, found, basis, parts = case
    agreed, whole = worked(lines, found, basis)
    pieces = in_parts(agreed, [line.quantity for line in lines], parts)
    done = [assemble(piece, basis) for piece in pieces]
    for index, line in enumerate(agreed.lines):
        assert sum(part.lines[index].amount for part in pieces) == line.amount
        changes = zip(*(part.lines[index].changes for part in pieces), strict=True)
        assert tuple(sum(column) for column in changes) == line.changes
    for index, piece in enumerate(agreed.pieces):
        assert sum(part.pieces[index].amount for part in pieces) == piece.amount
    if basis.prices_include_tax:
        assert sum(part.totals.gross for part in done) == whole.totals.gross
    else:
        for name in ("lines_net", "discounts", "charges", "net"):
            assert sum(getattr(part.totals, name) for part in done) == getattr(whole.totals, name)
        earned = [sum(part.lines[index].earned for part in done) for index in range(len(lines))]
        assert earned == [line.earned for line in whole.lines]


@settings(max_examples=100, deadline=None)
@given(partitions())
def test_the_tax_of_parts_differs_by_roundings_only(
    case: tuple[list[Item], list[Reduction], Basis, list[list[Decimal]]],
) -> None:
    lines, found, basis, parts = case
    agreed, whole = worked(lines, found, basis)
    done = [assemble(part, basis) for part in in_parts(agreed, [line.quantity for line in lines], parts)]
    roundings = (len(lines) + len(agreed.pieces)) * (len(parts) + 1)
    assert abs(sum(part.totals.tax for part in done) - whole.totals.tax) <= Fraction(roundings, 2)
    for part in done:
        assert sum(line.earned for line in part.lines) == part.totals.net
        assert sum(line.tax for line in part.lines) == part.totals.tax


@settings(max_examples=200, deadline=None)
@given(documents)
def test_one_part_of_everything_is_the_document(document: tuple[list[Item], list[Reduction], Basis]) -> None:
    lines, found, basis = document
    assume(all(line.quantity for line in lines))
    agreed, whole = worked(lines, found, basis)
    quantities = [line.quantity for line in lines]
    (part,) = in_parts(agreed, quantities, [quantities])
    assert part == agreed
    assert assemble(part, basis) == whole
