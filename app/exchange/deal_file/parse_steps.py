"""Steps of a deal file: each kind with its keys, in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.contracts.rules import Side
from app.exchange.deal_file.decode import Doubled
from app.exchange.deal_file.entry import POSITIVE, QUANTITY, Entry, Keys
from app.exchange.deal_file.faults import Path, bad, missing, unknown, wrong
from app.exchange.deal_file.parse_lines import parse_lines, parse_reductions
from app.exchange.deal_file.parse_offer import parse_cashback, parse_coupons
from app.exchange.deal_file.parse_step_lines import line_number, part_number, quantities, received_lines
from app.exchange.deal_file.parse_terms import parse_terms
from app.exchange.deal_file.shape import (
    AcceptQuote,
    AmendContract,
    Cancel,
    ClosePeriod,
    CompleteService,
    ConfirmReceipt,
    Credit,
    DeclineQuote,
    Dispatch,
    Pay,
    Refund,
    Return,
    ReviseQuote,
    SendQuote,
    SignContract,
    Step,
)
from app.payments.rules import Method

_REVISED = ("lines", "discounts", "charges", "terms", "title", "coupons", "cashback")


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a step is read against: the day it happens, the deal's currency, how many lines the deal has by then."""

    on: date
    currency: str
    line_count: int


@dataclass(frozen=True, slots=True)
class _Reader:
    """How one kind of step is read."""

    keys: Keys
    read: Callable[[Entry, _Scene], Step]

    @classmethod
    def of(cls, read: Callable[[Entry, _Scene], Step], known: str = "", later: str = "") -> _Reader:
        """With the keys a step of this kind may have, beside those of every step."""
        return cls(Keys.of(f"do on {known}", later), read)


def parse_steps(owner: Entry, currency: str, start: date, line_count: int) -> tuple[Step, ...]:
    """All steps. Their days never go back: the first may not lie before `start`, the day of the deal."""
    steps: list[Step] = []

    def read(value: Any, path: Path) -> None:
        nonlocal line_count
        step = _step(value, path, currency, _Before(steps[-1].on if steps else start, not steps), line_count)
        if isinstance(step, ReviseQuote | AmendContract) and step.lines is not None:
            line_count = len(step.lines)
        steps.append(step)

    owner.each("steps", "steps", read)
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Before:
    """The day that a step may not precede: of the deal's start, or of the step before."""

    day: date
    is_start: bool

    def __str__(self) -> str:
        return f"the deal's date {self.day}" if self.is_start else f"the step before it ({self.day})"


def _step(value: Any, path: Path, currency: str, before: _Before, line_count: int) -> Step:
    reader = _READERS[_name(value, path)]
    entry = Entry(value, path, reader.keys)
    on = entry.day("on")
    key = "on"
    if on is None and value["do"] == ClosePeriod.do:
        on, key = entry.needed_day("through"), "through"
    if on is not None and on < before.day:
        raise bad(entry.at(key), f"{on} lies before {before}; expected that day or a later one.")
    return reader.read(entry, _Scene(on or before.day, currency, line_count))


def _name(value: Any, path: Path) -> str:
    """The step's name, which decides what else it may hold."""
    if not isinstance(value, dict):
        raise wrong(path, 'a step such as {"do": "send_quote"}', value)
    if isinstance(value, Doubled):
        raise bad((path, value.key), "the key stands twice in the same object; expected it once.")
    if "do" not in value:
        raise missing((path, "do"), 'the name of a step such as "send_quote"')
    name = value["do"]
    if type(name) is not str:
        raise wrong((path, "do"), 'the name of a step such as "send_quote"', name)
    if name not in _READERS:
        raise unknown((path, "do"), "step", name, _READERS)
    return name


def _send_quote(_: Entry, scene: _Scene) -> Step:
    return SendQuote(scene.on)


def _revise_quote(entry: Entry, scene: _Scene) -> Step:
    if not any(key in entry for key in _REVISED):
        raise bad(entry.path, "a revision changes something; expected at least one of " + ", ".join(_REVISED) + ".")
    return ReviseQuote(
        on=scene.on,
        lines=parse_lines(entry, scene.currency),
        discounts=parse_reductions(entry, "discounts", scene.currency, of_document=True),
        charges=parse_reductions(entry, "charges", scene.currency, of_document=True),
        terms=parse_terms(entry, scene.currency) if "terms" in entry else None,
        title=entry.line("title") if "title" in entry else None,
        coupons=parse_coupons(entry),
        cashback=parse_cashback(entry, least=0),
    )


def _accept_quote(entry: Entry, scene: _Scene) -> Step:
    return AcceptQuote(scene.on, entry.line("by"), entry.text("reason"))


def _decline_quote(entry: Entry, scene: _Scene) -> Step:
    return DeclineQuote(scene.on, entry.line("by"), entry.text("reason"))


def _amend_contract(entry: Entry, scene: _Scene) -> Step:
    if ("clause" in entry or "text" in entry) == ("lines" in entry):
        raise bad(entry.path, "expected either clause and text, or lines, found " + _which(entry, "lines") + ".")
    if "lines" not in entry:
        _refuse_beside_clause(entry)
        return AmendContract(scene.on, entry.needed_line("clause", "the name of a clause"), _clause_text(entry))
    return AmendContract(
        on=scene.on,
        lines=parse_lines(entry, scene.currency),
        discounts=parse_reductions(entry, "discounts", scene.currency, of_document=True),
        charges=parse_reductions(entry, "charges", scene.currency, of_document=True),
    )


def _refuse_beside_clause(entry: Entry) -> None:
    for key in ("discounts", "charges"):
        if key in entry:
            raise bad(entry.at(key), "stands beside a clause; expected it only beside lines.")


def _clause_text(entry: Entry) -> str:
    entry.needed("text", "the text of the clause")
    text = entry.text("text")
    if not text:
        raise bad(entry.at("text"), "is blank; expected the text of the clause.")
    return text


def _sign_contract(entry: Entry, scene: _Scene) -> Step:
    return SignContract(scene.on, entry.needed_choice("by", Side), entry.line("name"))


def _pay(entry: Entry, scene: _Scene) -> Step:
    return Pay(
        on=scene.on,
        amount=entry.needed_amount("amount", scene.currency, POSITIVE),
        method=entry.choice("method", Method, Method.BANK),
        reference=entry.line("reference"),
        invoice=entry.whole("invoice", "the number of an invoice, counted from 1"),
        discount=entry.amount("discount", scene.currency, POSITIVE),
        reason=_why(entry),
    )


def _why(entry: Entry) -> str:
    """Why a discount is taken late; there has to be a discount."""
    if "reason" in entry and "discount" not in entry:
        raise bad(entry.at("reason"), "stands without a discount; expected it only beside one that is taken late.")
    return entry.text("reason")


def _refund(entry: Entry, scene: _Scene) -> Step:
    method = entry.choice("method", Method, Method.BANK)
    if method is Method.CREDIT:
        raise bad(
            entry.at("method"), 'money goes back in another way than "credit"; expected cash, bank, card and so on.'
        )
    return Refund(scene.on, entry.needed_amount("amount", scene.currency, POSITIVE), method, entry.text("reason"))


def _dispatch(entry: Entry, scene: _Scene) -> Step:
    return Dispatch(
        on=scene.on,
        lines=quantities(entry, scene.line_count),
        carrier=entry.line("carrier"),
        tracking=entry.line("tracking"),
        override=entry.needed_line("override", "the reason for dispatching unpaid") if "override" in entry else "",
    )


def _confirm_receipt(entry: Entry, scene: _Scene) -> Step:
    return ConfirmReceipt(
        on=scene.on,
        by=entry.line("by"),
        delivery=entry.whole("delivery", "the number of a delivery, counted from 1"),
        lines=received_lines(entry, scene.line_count),
    )


def _complete_service(entry: Entry, scene: _Scene) -> Step:
    number, quantity = line_number(entry, scene.line_count), entry.number("quantity", QUANTITY)
    return CompleteService(scene.on, number, quantity, entry.line("by"), part_number(entry))


def _return(entry: Entry, scene: _Scene) -> Step:
    lines = quantities(entry, scene.line_count)
    if lines is None:
        raise missing(entry.at("lines"), "the lines that come back, with their quantities")
    return Return(scene.on, lines, entry.text("reason"), entry.yes("restock", True))


def _credit(entry: Entry, scene: _Scene) -> Step:
    if ("lines" in entry) == ("amount" in entry):
        raise bad(entry.path, "expected either lines or amount, found " + _which(entry, "lines") + ".")
    return Credit(
        on=scene.on,
        invoice=entry.needed_whole("invoice", "the number of an invoice, counted from 1"),
        lines=quantities(entry, scene.line_count),
        amount=entry.amount("amount", scene.currency, POSITIVE),
        reason=entry.text("reason"),
    )


def _which(entry: Entry, key: str) -> str:
    """Of two that exclude each other, both or neither are there."""
    return "both" if key in entry else "neither"


def _cancel(entry: Entry, scene: _Scene) -> Step:
    return Cancel(scene.on, entry.text("reason"))


def _close_period(entry: Entry, scene: _Scene) -> Step:
    return ClosePeriod(scene.on, entry.needed_day("through"))


_READERS: dict[str, _Reader] = {
    SendQuote.do: _Reader.of(_send_quote),
    ReviseQuote.do: _Reader.of(_revise_quote, " ".join(_REVISED)),
    AcceptQuote.do: _Reader.of(_accept_quote, "by reason"),
    DeclineQuote.do: _Reader.of(_decline_quote, "by reason"),
    AmendContract.do: _Reader.of(_amend_contract, "clause text lines discounts charges"),
    SignContract.do: _Reader.of(_sign_contract, "by name"),
    Pay.do: _Reader.of(_pay, "amount method reference invoice discount reason"),
    Refund.do: _Reader.of(_refund, "amount method reason"),
    Dispatch.do: _Reader.of(_dispatch, "lines carrier tracking override"),
    ConfirmReceipt.do: _Reader.of(_confirm_receipt, "by delivery lines"),
    CompleteService.do: _Reader.of(_complete_service, "line part quantity by"),
    Return.do: _Reader.of(_return, "lines reason restock"),
    Credit.do: _Reader.of(_credit, "invoice lines amount reason"),
    Cancel.do: _Reader.of(_cancel, "reason"),
    ClosePeriod.do: _Reader.of(_close_period, "through"),
}
