"""Lines and reductions of a deal file."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from app.catalog.rules import Kind
from app.core import tax as taxes
from app.core.quantity import units
from app.core.tax import Tax, TaxCategory
from app.core.totals import Reduction
from app.exchange.deal_file.entry import CHARGE_PERCENT, PERCENT, PRICE, QUANTITY, Entry, Keys, Limits
from app.exchange.deal_file.faults import Path, bad, missing, not_yet
from app.exchange.deal_file.parse_options import parse_options
from app.exchange.deal_file.shape import LineInput
from app.exchange.deal_file.whole_lines import ALONE, check_whole
from app.pricing.bundles import MAX_DEPTH

_LINE = Keys.of(
    "sku name description kind quantity unit unit_price price_base_quantity list_price cost discounts charges tax "
    "standalone_price options bundle",
    later="service_period",
)
_TAX = Keys.of("category rate exemption_reason")
_LINE_REDUCTION = Keys.of("percent of amount reason tax")
_RATE = Limits("a tax rate from 0 to 100", most=100)


class _Sold(StrEnum):
    """The kinds that a line may have; that a thing is digital only the catalogue tells from a service."""

    GOODS = "goods"
    SERVICE = "service"


def parse_lines(entry: Entry, currency: str) -> tuple[LineInput, ...] | None:
    """The lines of a deal, a revision or an amendment; None if they are left out."""
    return entry.some("lines", "lines", partial(_line, currency))


def parse_reductions(entry: Entry, key: str, currency: str, *, of_document: bool) -> tuple[Reduction, ...] | None:
    """The `discounts` or `charges` of an object; None if they are left out."""
    return entry.each(key, key, partial(_reduction, currency, key == "charges", of_document))


def _line(currency: str, value: Any, path: Path) -> LineInput:
    line = _typed(currency, MAX_DEPTH, value, path)
    check_whole(line, path, ALONE)
    return line


def _typed(currency: str, depth: int, value: Any, path: Path) -> LineInput:
    """A line, or a part of a bundle, as it is typed; what it needs is seen only with what stands above and below."""
    entry = Entry(value, path, _LINE)
    line = LineInput(
        quantity=entry.needed_number("quantity", QUANTITY),
        sku=entry.line("sku"),
        name=entry.needed_line("name", "a name") if "name" in entry else "",
        description=entry.text("description"),
        kind=_kind(entry),
        unit=entry.code("unit", "unit of UN/ECE Recommendation 20", units(), "C62") if "unit" in entry else "",
        unit_price=entry.number("unit_price", PRICE),
        base_quantity=entry.needed_number("price_base_quantity", QUANTITY)
        if "price_base_quantity" in entry
        else Decimal(1),
        list_price=entry.number("list_price", PRICE),
        cost=entry.number("cost", PRICE),
        reductions=_line_reductions(entry, currency),
        tax=_tax(entry) if "tax" in entry else None,
        standalone_price=entry.number("standalone_price", PRICE),
        options=parse_options(entry),
        bundle=_bundle(entry, currency, depth),
    )
    if "price_base_quantity" in entry and line.unit_price is None:
        raise missing(entry.at("unit_price"), "the price that price_base_quantity belongs to")
    return line


def _bundle(entry: Entry, currency: str, depth: int) -> tuple[LineInput, ...]:
    """What the line consists of; nothing if it is no bundle."""
    if "bundle" in entry and not depth:
        raise bad(entry.at("bundle"), f"bundles are nested more than {MAX_DEPTH} levels deep; expected {MAX_DEPTH}.")
    return entry.some("bundle", "lines", partial(_typed, currency, depth - 1)) or ()


def _kind(entry: Entry) -> Kind | None:
    if "kind" not in entry:
        return None
    if entry.values["kind"] == "subscription":
        raise not_yet(entry.at("kind"), "subscription")
    return Kind(entry.needed_choice("kind", _Sold).value)


def _line_reductions(entry: Entry, currency: str) -> tuple[Reduction, ...]:
    """Discounts, then charges, each in file order."""
    if "discounts" not in entry and "charges" not in entry:
        return ()
    return (parse_reductions(entry, "discounts", currency, of_document=False) or ()) + (
        parse_reductions(entry, "charges", currency, of_document=False) or ()
    )


def _reduction(currency: str, charge: bool, of_document: bool, value: Any, path: Path) -> Reduction:
    entry = Entry(value, path, _LINE_REDUCTION)
    if ("percent" in entry) == ("amount" in entry):
        raise bad(
            path, "expected either percent or amount, found " + ("both" if "percent" in entry else "neither") + "."
        )
    if "of" in entry and "percent" not in entry:
        raise bad(entry.at("of"), "stands beside amount; expected it only beside percent, whose base it is.")
    if "tax" in entry and not of_document:
        raise bad(entry.at("tax"), "a line's discount or charge has the tax of its line; expected no tax here.")
    return Reduction(
        reason=entry.line("reason"),
        percent=entry.number("percent", CHARGE_PERCENT if charge else PERCENT),
        amount=entry.amount("amount", currency),
        of=entry.amount("of", currency),
        tax=_tax(entry) if "tax" in entry else None,
        charge=charge,
    )


def _tax(owner: Entry) -> Tax:
    """A tax; the rate may be left out where it is 0 anyway, in all categories but S."""
    entry = Entry(owner.values["tax"], owner.at("tax"), _TAX)
    category = entry.needed_choice("category", TaxCategory)
    rate = entry.number("rate", _RATE)
    if rate is None and category is TaxCategory.STANDARD:
        raise missing(entry.at("rate"), "the tax rate of category S, such as 19")
    tax = Tax(category, rate or Decimal(0), entry.line("exemption_reason"))
    for problem in taxes.problems(tax, ""):
        raise bad(entry.at("rate"), problem.message.removeprefix(".rate: "))
    return tax
