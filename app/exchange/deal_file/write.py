"""From a `DealFile` to JSON values that `parse` reads back as an equal one.

Keys stand in the order of the format's description; what has its default is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.money import amount_text, decimals
from app.core.party import Address, Party
from app.core.quantity import plain
from app.core.tax import Tax
from app.core.totals import Reduction, TaxRounding
from app.exchange.deal_file.shape import (
    DEFAULT_TERMS,
    FORMAT,
    AmendContract,
    ClosePeriod,
    CompleteService,
    ConfirmReceipt,
    Credit,
    DealFile,
    Dispatch,
    LineInput,
    LineQuantity,
    Pay,
    ReceivedLine,
    Refund,
    Return,
    ReviseQuote,
    SignContract,
    Step,
)
from app.payments.rules import Method
from app.quotes.rules import Terms

Json = dict[str, Any]

_PARTY = ("name", "legal_name", "tax_id", "registration", "email", "phone", "iban", "bic", "language")
_ADDRESS = ("street", "street2", "postal_code", "city", "region", "country")


def write(deal: DealFile) -> Json:
    """The deal as a JSON object."""
    currency = deal.currency
    return _said(
        {
            "format": FORMAT,
            "seller": _party(deal.seller) if deal.seller else None,
            "customer": _party(deal.customer),
            "currency": currency,
            "reference": deal.reference,
            "date": deal.date.isoformat(),
            "title": deal.title,
            "language": deal.language,
            "prices_include_tax": deal.prices_include_tax or None,
            "tax_rounding": None if deal.tax_rounding is TaxRounding.DOCUMENT else deal.tax_rounding.value,
            "lines": _lines(deal.lines, currency),
            "discounts": _reductions(deal.discounts, currency) or None,
            "charges": _reductions(deal.charges, currency) or None,
            "coupons": list(deal.coupons) or None,
            "cashback": _cashback(deal.terms.cashback_percent),
            "terms": _terms(deal.terms, currency) or None,
            "steps": _steps(deal) or None,
        }
    )


def _said(values: Json) -> Json:
    """Without what says nothing: None and empty text. An empty list or object is said."""
    return {key: value for key, value in values.items() if value is not None and value != ""}


def _party(party: Party) -> Json:
    values = {key: getattr(party, key) for key in _PARTY}
    values["address"] = _address(party.address)
    values["delivery_address"] = _address(party.delivery_address)
    return _said(values)


def _address(address: Address) -> Json | None:
    return _said({key: getattr(address, key) for key in _ADDRESS}) or None


def _lines(lines: Iterable[LineInput], currency: str) -> list[Json]:
    return [_line(line, currency) for line in lines]


def _line(line: LineInput, currency: str) -> Json:
    return _said(
        {
            "sku": line.sku,
            "name": line.name,
            "description": line.description,
            "kind": line.kind.value if line.kind else None,
            "quantity": _number(line.quantity),
            "unit": line.unit,
            "unit_price": _price(line.unit_price, currency),
            "price_base_quantity": None if line.base_quantity == 1 else _number(line.base_quantity),
            "list_price": _price(line.list_price, currency),
            "cost": _price(line.cost, currency),
            "discounts": _reductions((r for r in line.reductions if not r.charge), currency) or None,
            "charges": _reductions((r for r in line.reductions if r.charge), currency) or None,
            "tax": _tax(line.tax),
            "standalone_price": _price(line.standalone_price, currency),
            "options": _options(line.options) or None,
            "bundle": _lines(line.bundle, currency) or None,
        }
    )


def _options(options: Iterable[tuple[str, str]]) -> Json:
    """Each name once; of several values a list."""
    found: dict[str, list[str]] = {}
    for name, value in options:
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _cashback(percent: Decimal | None) -> Json | None:
    return None if percent is None else {"percent": _number(percent)}


def _reductions(reductions: Iterable[Reduction], currency: str) -> list[Json]:
    return [
        _said(
            {
                "percent": _number(reduction.percent),
                "of": _amount(reduction.of, currency),
                "amount": _amount(reduction.amount, currency),
                "reason": reduction.reason,
                "tax": _tax(reduction.tax),
            }
        )
        for reduction in reductions
    ]


def _tax(tax: Tax | None) -> Json | None:
    if tax is None:
        return None
    return _said(
        {
            "category": tax.category.value,
            "rate": _number(tax.rate) if tax.rate else None,
            "exemption_reason": tax.exemption_reason,
        }
    )


def _terms(terms: Terms, currency: str) -> Json:
    deposit = {"percent": _number(terms.deposit_percent), "amount": _amount(terms.deposit_amount, currency)}
    return _said(
        {
            "valid_days": None if terms.valid_days == DEFAULT_TERMS.valid_days else terms.valid_days,
            "payment": None if terms.payment == DEFAULT_TERMS.payment else terms.payment,
            "early_tax": terms.early_tax,
            "deposit": _said(deposit) or None,
            "clauses": list(terms.clauses) or None,
        }
    )


def _steps(deal: DealFile) -> list[Json]:
    before = deal.date
    written = []
    for step in deal.steps:
        keys = _STEPS.get(type(step), _texts)(step, deal.currency)
        written.append(_said({"do": step.do, "on": _day(step, before), **keys}))
        before = step.on
    return written


def _day(step: Step, before: date) -> str | None:
    """The step's day, where it is another than the one it has without being told."""
    default = step.through if isinstance(step, ClosePeriod) else before
    return None if step.on == default else step.on.isoformat()


def _texts(step: Any, _: str) -> Json:
    """Of steps that hold nothing but texts."""
    return {key: getattr(step, key) for key in ("by", "reason") if hasattr(step, key)}


def _revise_quote(step: ReviseQuote, currency: str) -> Json:
    keys = _content(step, currency) | {"terms": None if step.terms is None else _terms(step.terms, currency)}
    keys |= {"coupons": None if step.coupons is None else list(step.coupons), "cashback": _cashback(step.cashback)}
    # An emptied title is said, though it is empty text: without the key the title would stay.
    return keys if step.title is None else keys | {"title": step.title or " "}


def _amend_contract(step: AmendContract, currency: str) -> Json:
    return {"clause": step.clause, "text": step.text} | _content(step, currency)


def _content(step: ReviseQuote | AmendContract, currency: str) -> Json:
    return {
        "lines": None if step.lines is None else _lines(step.lines, currency),
        "discounts": None if step.discounts is None else _reductions(step.discounts, currency),
        "charges": None if step.charges is None else _reductions(step.charges, currency),
    }


def _sign_contract(step: SignContract, _: str) -> Json:
    return {"by": step.by.value, "name": step.name}


def _pay(step: Pay, currency: str) -> Json:
    method = None if step.method is Method.BANK else step.method.value
    return {
        "amount": _amount(step.amount, currency),
        "method": method,
        "reference": step.reference,
        "invoice": step.invoice,
        "discount": _amount(step.discount, currency),
        "reason": step.reason,
    }


def _refund(step: Refund, currency: str) -> Json:
    method = None if step.method is Method.BANK else step.method.value
    return {"amount": _amount(step.amount, currency), "method": method, "reason": step.reason}


def _dispatch(step: Dispatch, _: str) -> Json:
    return {
        "lines": _quantities(step.lines),
        "carrier": step.carrier,
        "tracking": step.tracking,
        "override": step.override,
    }


def _confirm_receipt(step: ConfirmReceipt, _: str) -> Json:
    lines = None if step.lines is None else [_received(line) for line in step.lines]
    return {"by": step.by, "delivery": step.delivery, "lines": lines}


def _received(line: ReceivedLine) -> Json:
    counts = {key: getattr(line, key) for key in ("accepted", "damaged", "missing", "refused")}
    return _said({"line": line.line, "part": line.part} | {key: _number(n) for key, n in counts.items() if n})


def _complete_service(step: CompleteService, _: str) -> Json:
    return {"line": step.line, "part": step.part, "quantity": _number(step.quantity), "by": step.by}


def _return(step: Return, _: str) -> Json:
    return {"lines": _quantities(step.lines), "reason": step.reason, "restock": None if step.restock else False}


def _credit(step: Credit, currency: str) -> Json:
    return {
        "invoice": step.invoice,
        "lines": _quantities(step.lines),
        "amount": _amount(step.amount, currency),
        "reason": step.reason,
    }


def _close_period(step: ClosePeriod, _: str) -> Json:
    return {"through": step.through.isoformat()}


def _quantities(lines: tuple[LineQuantity, ...] | None) -> list[Json] | None:
    if lines is None:
        return None
    return [_said({"line": line.line, "part": line.part, "quantity": _number(line.quantity)}) for line in lines]


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(plain(value))


def _price(value: Decimal | None, currency: str) -> str | None:
    """A price with the currency's decimals at least, as people write it."""
    if value is None:
        return None
    places = max(decimals(currency), -int(plain(value).as_tuple().exponent))
    return f"{value:.{places}f}"


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else amount_text(minor, currency)


_STEPS: dict[type[Step], Callable[[Any, str], Json]] = {
    ReviseQuote: _revise_quote,
    AmendContract: _amend_contract,
    SignContract: _sign_contract,
    Pay: _pay,
    Refund: _refund,
    Dispatch: _dispatch,
    ConfirmReceipt: _confirm_receipt,
    CompleteService: _complete_service,
    Return: _return,
    Credit: _credit,
    ClosePeriod: _close_period,
}
