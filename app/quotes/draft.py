"""What the quote wizard fills: its steps, everything that is wrong with each, and the offer it becomes. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from app.catalog.rules import Kind, Product
from app.core.errors import Problem, RuleViolation
from app.core.party import Party
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction, TaxRounding
from app.pricing.detail import NO_DETAIL, LineDetail
from app.pricing.from_catalog import rounded, sold_in, unit_detail
from app.pricing.rules import Line, Priced, price
from app.quotes.rules import EARLY_RULE, Offer, Proposal, Terms, early_payment, net_days, with_early_tax

VERSION = 1
"""Of the text that drafts are kept as; a draft of another version is begun anew."""

NO_TAX = Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0))
_LONGEST_DAYS = 3650
_NOBODY = Party("")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as far as it is known; the fields of `app.pricing.rules.Line`, quantity and price may be missing."""

    name: str = ""
    quantity: Decimal | None = Decimal(1)
    unit_price: Decimal | None = None
    tax: Tax = NO_TAX
    sku: str = ""
    description: str = ""
    kind: Kind = Kind.GOODS
    unit: str = "C62"
    base_quantity: Decimal = Decimal(1)
    list_price: Decimal | None = None
    cost: Decimal | None = None
    reductions: tuple[Reduction, ...] = ()
    detail: LineDetail = NO_DETAIL

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it yet."""
        return not (self.name or self.sku or self.unit_price is not None)

    def priced_at(self, unit_price: Decimal | None) -> LineDraft:
        """The line at a typed price, which no rule replaces; the catalogue's is remembered, and discounts stay."""
        listed, base = self.list_price if self.list_price is not None else self.unit_price, self.base_quantity
        if self.detail.steps:
            listed, base = self.detail.steps[0].unit_price, self.detail.steps[0].base_quantity
        is_agreed = bool(self.sku) and listed is not None and unit_price is not None and unit_price != listed
        detail = replace(self.detail, steps=(), price_is_typed=bool(self.sku) and unit_price is not None)
        listed = listed if is_agreed else None
        return replace(self, unit_price=unit_price, base_quantity=base, list_price=listed, detail=detail)

    def with_quantity(self, quantity: Decimal | None) -> LineDraft:
        """The line with another quantity; what it is in the product's own unit follows."""
        own = self.detail.own_quantity
        if own is None or not self.quantity or quantity is None:
            return replace(self, quantity=quantity)
        now = rounded(Fraction(own) / Fraction(self.quantity) * Fraction(quantity))
        return replace(self, quantity=quantity, detail=replace(self.detail, own_quantity=now))

    def reduced_by(self, percent: Decimal | None, amount: int | None) -> LineDraft:
        """The line with one discount in place of those typed: a percentage, an amount in minor units, or none.

        What promotions take off stays.
        """
        given = tuple(reduction for reduction in self.reductions if reduction.promotion)
        reason = next((reduction.reason for reduction in self.reductions if not reduction.promotion), "")
        if not percent and not amount:
            return replace(self, reductions=given)
        return replace(self, reductions=(*given, Reduction(reason, percent or None, None if percent else amount)))


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Everything the wizard asks. `deal_id` is set where a quote is revised; its customer and currency then stay.

    `customer_id` is None for a customer typed anew. `deposit_kind` is "", "percent" or "amount"; `payment` is "net",
    "prepaid" or "on delivery"; amounts in minor units.
    """

    on: date
    deal_id: int | None = None
    customer_id: int | None = None
    customer: Party = _NOBODY
    title: str = ""
    currency: str = "EUR"
    prices_include_tax: bool = False
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT
    lines: tuple[LineDraft, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    payment: str = "net"
    payment_days: int | None = 30
    valid_days: int | None = 30
    deposit_kind: str = ""
    deposit_percent: Decimal | None = None
    deposit_amount: int | None = None
    clauses: tuple[str, ...] = ()
    send: bool = False
    proposals: tuple[Proposal, ...] = ()
    coupons: tuple[str, ...] = ()
    cashback_percent: Decimal | None = None
    early_tax: str = ""
    wanted_on: date | None = None
    """The day the buyer wants it, for which availability is told; it is not kept with the quote."""
    usual_tax: Tax = NO_TAX
    """The tax of a line that is typed by hand."""

    @property
    def basis(self) -> Basis:
        """How the offer counts."""
        return Basis(self.currency, self.prices_include_tax, self.tax_rounding)

    @property
    def written_lines(self) -> tuple[LineDraft, ...]:
        """The lines in which something stands: a blank one at the end is not an error."""
        return tuple(line for line in self.lines if not line.is_blank)


def steps(draft: QuoteDraft) -> tuple[str, ...]:
    """The pages in order; the customer of a revision is settled."""
    pages = ("customer", "products", "price", "terms", "review")
    return pages if draft.deal_id is None else pages[1:]


def line_of(product: Product, currency: str, quantity: Decimal = Decimal(1), unit: str = "") -> LineDraft:
    """A line of a product in a unit it is sold in ("": its own); price and cost only in the currency of the quote.

    Raises `RuleViolation`: it is not sold in the unit (`unit`), the quantity is not exact in its own (`quantity`).
    """
    sold = sold_in(product, currency, unit)
    return LineDraft(
        name=product.name,
        quantity=quantity,
        unit_price=sold.unit_price,
        tax=product.tax,
        sku=product.sku,
        description=product.description,
        kind=product.kind.as_sold,
        unit=sold.unit,
        base_quantity=sold.base_quantity if sold.unit_price is not None else product.base_quantity,
        cost=sold.cost,
        detail=unit_detail(product, quantity, sold),
    )


def problems(draft: QuoteDraft, step: str) -> list[Problem]:
    """Everything that is wrong with a step; lines are counted as they stand on the page, from 0."""
    check = _CHECKS.get(step)
    return [] if check is None else check(draft)


def warnings(draft: QuoteDraft) -> list[Problem]:
    """What may be meant but should be looked at before sending; fields as in `problems`."""
    found = []
    if not draft.customer.email:
        found.append(Problem("email", "no_email", "The customer has no e-mail address."))
    if not draft.customer.address:
        found.append(Problem("address", "no_address", "The customer has no postal address."))
    for index, line in enumerate(draft.lines):
        if not line.is_blank and line.unit_price == 0:
            message = f"{line.name} is for free."
            found.append(Problem(f"lines[{index}].unit_price", "free", message, {"name": line.name}))
        if not line.is_blank and line.cost is None:
            message = f"{line.name} has no cost."
            found.append(Problem(f"lines[{index}].cost", "no_cost", message, {"name": line.name}))
    return found


def _of_customer(draft: QuoteDraft) -> list[Problem]:
    found = []
    if not draft.customer.name.strip():
        found.append(Problem("customer", "missing", "customer: say who the quote is for."))
    email = draft.customer.email.strip()
    if draft.customer_id is None and email and not _EMAIL.fullmatch(email):
        found.append(Problem("email", "bad_email", f"email: {email!r} is no e-mail address.", {"value": email}))
    return found


def _of_products(draft: QuoteDraft) -> list[Problem]:
    if not draft.written_lines:
        return [Problem("lines", "missing", "lines: a quote needs at least one line.")]
    found = []
    for index, line in enumerate(draft.lines):
        if line.is_blank:
            continue
        if not line.name.strip():
            found.append(Problem(f"lines[{index}].name", "missing", f"lines[{index}].name: it needs a name."))
        if line.quantity is None or line.quantity <= 0:
            message = f"lines[{index}].quantity: it has to be above zero."
            found.append(Problem(f"lines[{index}].quantity", "not_positive", message))
    return found


def _of_price(draft: QuoteDraft) -> list[Problem]:
    found = [
        Problem(f"lines[{index}].unit_price", "missing", f"lines[{index}].unit_price: it needs a price.")
        for index, line in enumerate(draft.lines)
        if not line.is_blank and line.unit_price is None
    ]
    if found or _of_products(draft):
        return found
    try:
        price_of(draft)
    except RuleViolation as violation:
        return [_placed(draft, problem) for problem in violation.problems]
    return []


def _placed(draft: QuoteDraft, problem: Problem) -> Problem:
    """A problem of the offer on the page: blank lines between count there."""
    match = re.fullmatch(r"lines\[(\d+)\]\.discounts", problem.field)
    if match is None:
        return problem
    places = [index for index, line in enumerate(draft.lines) if not line.is_blank]
    return replace(problem, field=f"lines[{places[int(match[1])]}].discount")


def _of_terms(draft: QuoteDraft) -> list[Problem]:
    found = []
    for name, days, least in (("valid_days", draft.valid_days, 1), ("payment_days", draft.payment_days, 0)):
        if name == "payment_days" and draft.payment != "net":
            continue
        if days is None or not least <= days <= _LONGEST_DAYS:
            message = f"{name}: expected {least} to {_LONGEST_DAYS} days."
            found.append(Problem(name, "range", message, {"least": least, "most": _LONGEST_DAYS}))
    return found + _of_deposit(draft)


def _of_deposit(draft: QuoteDraft) -> list[Problem]:
    if draft.payment == "prepaid":
        return []
    percent, amount = draft.deposit_percent, draft.deposit_amount
    if draft.deposit_kind == "percent" and (percent is None or not 0 < percent <= 100):
        return [Problem("deposit_percent", "range", "deposit_percent: expected above 0 up to 100 percent.")]
    if draft.deposit_kind == "amount" and (amount is None or amount <= 0):
        return [Problem("deposit_amount", "not_positive", "deposit_amount: it has to be above zero.")]
    if draft.deposit_kind == "amount" and amount is not None and (known := live(draft)) is not None:
        gross = known[1].assembled.totals.gross
        if amount > gross:
            return [Problem("deposit_amount", "too_large", "deposit_amount: it is more than the whole quote.")]
    return []


_CHECKS: dict[str, Callable[[QuoteDraft], list[Problem]]] = {
    "customer": _of_customer,
    "products": _of_products,
    "price": _of_price,
    "terms": _of_terms,
}


def terms_of(draft: QuoteDraft) -> Terms:
    """What is agreed beside the price."""
    has_deposit = draft.payment != "prepaid"
    return Terms(
        payment=f"net {draft.payment_days or 0}" if draft.payment == "net" else draft.payment,
        valid_days=draft.valid_days or 1,
        deposit_percent=draft.deposit_percent if has_deposit and draft.deposit_kind == "percent" else None,
        deposit_amount=draft.deposit_amount if has_deposit and draft.deposit_kind == "amount" else None,
        clauses=draft.clauses,
        cashback_percent=draft.cashback_percent,
        early_tax=draft.early_tax if early_payment(draft.payment) else "",
    )


def to_offer(draft: QuoteDraft) -> Offer:
    """The offer; call it once no step has a problem. What is missing all the same counts as zero."""
    lines = tuple(_line(line) for line in draft.written_lines)
    offer = Offer(lines, draft.reductions, terms_of(draft), draft.proposals, draft.coupons)
    return with_early_tax(offer, draft.basis)


def _line(draft: LineDraft) -> Line:
    return Line(
        name=draft.name.strip(),
        quantity=draft.quantity if draft.quantity is not None else Decimal(0),
        unit_price=draft.unit_price if draft.unit_price is not None else Decimal(0),
        tax=draft.tax,
        sku=draft.sku,
        description=draft.description,
        kind=draft.kind,
        unit=draft.unit,
        base_quantity=draft.base_quantity,
        list_price=draft.list_price,
        cost=draft.cost,
        reductions=draft.reductions,
        detail=draft.detail,
    )


@lru_cache(maxsize=8)
def price_of(draft: QuoteDraft) -> Priced:
    """The offer worked out. Raises `RuleViolation`. A window asks several times after each key, so it is kept."""
    offer = to_offer(draft)
    return price(offer.lines, offer.reductions, draft.basis)


def live(draft: QuoteDraft) -> tuple[Offer, Priced] | None:
    """What the draft comes to so far, for totals beside the pages; None while it cannot be worked out."""
    try:
        return to_offer(draft), price_of(draft)
    except RuleViolation:
        return None


def of_offer(offer: Offer, basis: Basis, on: date, customer: Party, customer_id: int, title: str) -> QuoteDraft:
    """A draft that begins with an offer that was made before, for a revision or a copy."""
    terms, is_net = offer.terms, offer.terms.payment.startswith("net ")
    kind = "percent" if terms.deposit_percent is not None else ("amount" if terms.deposit_amount is not None else "")
    return QuoteDraft(
        on=on,
        customer_id=customer_id,
        customer=customer,
        title=title,
        currency=basis.currency,
        prices_include_tax=basis.prices_include_tax,
        tax_rounding=basis.tax_rounding,
        lines=tuple(_line_draft(line) for line in offer.lines),
        reductions=tuple(reduction for reduction in offer.reductions if reduction.promotion != EARLY_RULE),
        payment="net" if is_net else terms.payment,
        payment_days=net_days(terms.payment) if is_net else 30,
        valid_days=terms.valid_days,
        deposit_kind=kind,
        deposit_percent=terms.deposit_percent,
        deposit_amount=terms.deposit_amount,
        clauses=terms.clauses,
        proposals=offer.proposals,
        coupons=offer.coupons,
        cashback_percent=terms.cashback_percent,
        early_tax=terms.early_tax,
        usual_tax=offer.lines[0].tax if offer.lines else NO_TAX,
    )


def _line_draft(line: Line) -> LineDraft:
    return LineDraft(
        name=line.name,
        quantity=line.quantity,
        unit_price=line.unit_price,
        tax=line.tax,
        sku=line.sku,
        description=line.description,
        kind=line.kind,
        unit=line.unit,
        base_quantity=line.base_quantity,
        list_price=line.list_price,
        cost=line.cost,
        reductions=line.reductions,
        detail=line.detail,
    )
