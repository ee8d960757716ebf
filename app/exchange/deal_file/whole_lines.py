"""Whether a line of a deal file, with its parts, says all that nobody else can say. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.exchange.deal_file.faults import Path, bad, missing
from app.exchange.deal_file.shape import LineInput


@dataclass(frozen=True, slots=True)
class Above:
    """What a part of a bundle has from the lines around it: a tax, a price, or a sku that may bring one."""

    is_part: bool = False
    is_priced: bool = False
    is_taxed: bool = False
    has_sku: bool = False


ALONE = Above()
"""Of a line that stands in no bundle."""


def check_whole(line: LineInput, path: Path, above: Above) -> None:
    """Raises `BadDealFile` for a name, price or tax that neither the file nor, without a sku, a catalogue can say."""
    if not line.sku and not line.name:
        raise missing((path, "name"), _expected(above))
    priced = above.is_priced or line.unit_price is not None
    taxed = above.is_taxed or line.tax is not None
    has_sku = above.has_sku or bool(line.sku)
    if line.reductions and above.is_priced:
        key = "charges" if line.reductions[0].charge else "discounts"
        raise bad((path, key), "the price sits on the bundle around it; expected its discounts and charges there.")
    if not line.bundle and not has_sku:
        _check_money(path, above, priced=priced, taxed=taxed)
    within = Above(True, priced, taxed, has_sku)
    for index, part in enumerate(line.bundle):
        check_whole(part, ((path, "bundle"), index), within)


def _check_money(path: Path, above: Above, *, priced: bool, taxed: bool) -> None:
    if not priced:
        raise missing((path, "unit_price"), _expected(above))
    if not taxed:
        raise missing((path, "tax"), _expected(above))


def _expected(above: Above) -> str:
    if above.is_part:
        return "it, because a part without a sku needs a name, and a price and a tax there or on the bundle around it"
    return "it, because a line without a sku needs name, unit_price and tax"


def is_priced(line: LineInput) -> bool:
    """Whether the file says what the line costs: itself, or each of its parts."""
    if line.unit_price is not None:
        return True
    return bool(line.bundle) and all(is_priced(part) for part in line.bundle)
