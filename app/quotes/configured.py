"""Configured products among the lines of a draft: making them, counting them anew, keeping them together. Pure.

A configured product is one line or several that stand together as a bundle; the first of them remembers the selection.
What was typed (a price, a discount) stays when it is counted or configured anew, as long as the lines are as many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.catalog import configure
from app.catalog.model import Configurable, Selection
from app.catalog.rules import Product
from app.core.codec import from_text
from app.core.errors import RuleViolation
from app.pricing.configured import expand
from app.pricing.from_catalog import rounded
from app.pricing.inside import Goods
from app.pricing.rules import Line
from app.quotes.draft import LineDraft, QuoteDraft

_FIELDS = tuple(field.name for field in fields(LineDraft))


def as_draft(line: Line) -> LineDraft:
    """An offered line, to be changed."""
    return LineDraft(**{name: getattr(line, name) for name in _FIELDS})


def as_line(draft: LineDraft) -> Line:
    """The line of a draft; what is missing counts as zero."""
    values = {name: getattr(draft, name) for name in _FIELDS}
    values["quantity"] = draft.quantity if draft.quantity is not None else Decimal(0)
    values["unit_price"] = draft.unit_price if draft.unit_price is not None else Decimal(0)
    return Line(**values)


def configured(
    goods: Goods, selection: Selection, quantity: Decimal, currency: str, number: int = 1
) -> tuple[LineDraft, ...]:
    """The lines that so many of a configured product are offered as; `number` tells the offer's bundles apart.

    Raises `RuleViolation`: a part that is gone, a price in another currency, a formula that cannot be computed.
    """
    known = goods.get(selection.sku)
    if known is None:
        message = f"sku: {selection.sku!r} is no product of the catalogue."
        raise RuleViolation.of("sku", "unknown_product", message, value=selection.sku)
    products = products_of(goods)
    told = configure.describe(known.model, known.product, selection, products, quantity=quantity)
    found = expand(
        goods,
        selection,
        quantity,
        currency,
        number,
        base_price=told.exact_price,
        options=told.printed,
        description=told.description,
    )
    first, *rest = (as_draft(line) for line in found)
    return replace(first, detail=replace(first.detail, overrides=overridden(known, selection))), *rest


def products_of(goods: Goods) -> dict[str, Product]:
    """The products alone, by SKU."""
    return {sku: one.product for sku, one in goods.items()}


def overridden(known: Configurable, selection: Selection) -> tuple[tuple[str, str], ...]:
    """The alerts that the seller overrode as they are kept with the line: what was warned of, and her reason."""
    rules = {rule.key: rule.message or rule.name for rule in known.model.rules}
    return tuple((rules[key], reason) for key, reason in selection.overrides if key in rules)


def selection_of(line: LineDraft) -> Selection | None:
    """What was chosen of a configured line; None of any other."""
    return from_text(Selection, line.detail.selection) if line.detail.selection else None


def span(lines: Sequence[LineDraft], place: int) -> range:
    """The places of all lines that stand together with the one at `place`."""
    bundle = lines[place].detail.bundle
    if bundle is None:
        return range(place, place + 1)
    first, last = place, place
    while first and _is_in(lines[first - 1], bundle.number):
        first -= 1
    while last + 1 < len(lines) and _is_in(lines[last + 1], bundle.number):
        last += 1
    return range(first, last + 1)


def _is_in(line: LineDraft, number: int) -> bool:
    return line.detail.bundle is not None and line.detail.bundle.number == number


def blocks(lines: Sequence[LineDraft]) -> list[range]:
    """The places of all lines, those that stand together as one."""
    found: list[range] = []
    while (start := found[-1].stop if found else 0) < len(lines):
        found.append(span(lines, start))
    return found


def count_of(lines: Sequence[LineDraft]) -> Decimal | None:
    """How many of the whole the lines of one block are."""
    bundle = lines[0].detail.bundle
    return lines[0].quantity if bundle is None else bundle.quantity


def next_number(draft: QuoteDraft) -> int:
    """A number that no bundle of the draft has, neither among its lines nor among its proposals."""
    lines: Iterable[LineDraft | Line] = (*draft.lines, *(proposal.line for proposal in draft.proposals))
    return max((line.detail.bundle.number for line in lines if line.detail.bundle is not None), default=0) + 1


def numbered(lines: Sequence[LineDraft], number: int) -> tuple[LineDraft, ...]:
    """The lines of one block as another bundle: a copy of it."""
    return tuple(
        replace(line, detail=replace(line.detail, bundle=replace(line.detail.bundle, number=number)))
        if line.detail.bundle is not None
        else line
        for line in lines
    )


def recounted(
    goods: Goods, lines: Sequence[LineDraft], quantity: Decimal, currency: str, number: int
) -> tuple[LineDraft, ...]:
    """The lines of one block for another quantity of the whole.

    Worked out anew where the selection is known and still can be; otherwise every line in proportion.
    """
    selection = selection_of(lines[0])
    if selection is not None:
        try:
            return kept(lines, configured(goods, selection, quantity, currency, number))
        except RuleViolation:
            pass
    return tuple(_times(line, quantity, count_of(lines)) for line in lines)


def _times(line: LineDraft, quantity: Decimal, before: Decimal | None) -> LineDraft:
    bundle = line.detail.bundle
    if bundle is None or not before or line.quantity is None:
        return line.with_quantity(quantity)
    now = line.with_quantity(rounded(Fraction(line.quantity) * Fraction(quantity) / Fraction(before)))
    if line.base_quantity == line.quantity and now.quantity and line.unit_price is not None:
        share = rounded(Fraction(line.unit_price) * Fraction(quantity) / Fraction(before))
        now = replace(now, base_quantity=now.quantity, unit_price=share)
    return replace(now, detail=replace(now.detail, bundle=replace(bundle, quantity=quantity)))


def kept(before: Sequence[LineDraft], after: Sequence[LineDraft]) -> tuple[LineDraft, ...]:
    """The new lines of a block with what was typed into the old ones: discounts, tax, and a typed price."""
    if len(before) != len(after):
        return tuple(after)
    return tuple(_kept(old, new) for old, new in zip(before, after, strict=True))


def _kept(old: LineDraft, new: LineDraft) -> LineDraft:
    found = replace(new, reductions=old.reductions, tax=old.tax)
    if not old.detail.price_is_typed or old.detail.bundle is not None:
        return found
    return replace(found, base_quantity=old.base_quantity).priced_at(old.unit_price)


def swapped(lines: Sequence[LineDraft], places: range, new: Sequence[LineDraft]) -> tuple[tuple[LineDraft, ...], int]:
    """The lines with others in place of some; and where the first of them stands."""
    return (*lines[: places.start], *new, *lines[places.stop :]), places.start


def moved(lines: Sequence[LineDraft], place: int, by: int) -> tuple[tuple[LineDraft, ...], int]:
    """A block moved past its neighbour, up (-1) or down (1), and where it then begins; unchanged at the edge."""
    found = blocks(lines)
    at = next(index for index, block in enumerate(found) if place in block)
    target = at + by
    if not 0 <= target < len(found):
        return tuple(lines), found[at].start
    block = found.pop(at)
    found.insert(target, block)
    order = [index for places in found for index in places]
    return tuple(lines[index] for index in order), order.index(block.start)


def follow(before: Sequence[LineDraft], after: Sequence[LineDraft], place: int) -> int | None:
    """Where a line stands after a change of the lines; None if it is gone.

    A line that was changed in its place is still that line: what stands before and behind it tells.
    """
    if not 0 <= place < len(before):
        return None
    same = [index for index, line in enumerate(after) if line is before[place]]
    if same:
        return min(same, key=lambda index: abs(index - place))
    known = {id(line) for line in before}
    if len(before) <= len(after) and place < len(after) and id(after[place]) not in known:
        return place
    return None


def blank_free(lines: Sequence[LineDraft], place: int) -> int:
    """The place of a line of the page in the offer, which has no blank lines."""
    return sum(not line.is_blank for line in lines[:place])


def is_offered(known: Configurable | None, on: date) -> bool:
    """Whether a product is there and offered on a day."""
    return known is not None and known.product.offered_on(on)
