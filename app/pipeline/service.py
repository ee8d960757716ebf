"""The commands of a deal, one a user action: open, quote, contract. Each is one transaction and may be repeated."""

from __future__ import annotations

from datetime import date

from app.contracts import service as contracts
from app.contracts.rules import Side, amended, clause_change, line_changes
from app.core.errors import NotAllowed
from app.core.party import Party
from app.core.printed import Change, Clause
from app.core.totals import Basis
from app.deals import queries as deal_queries
from app.deals import service as deals
from app.ledger import service as ledger
from app.outbox import service as outbox
from app.parties import queries as party_queries
from app.parties import service as parties
from app.parties.rules import UNNAMED_COMPANY
from app.payments import service as payments
from app.pipeline import approvals, facts
from app.pipeline.facts import Facts
from app.pipeline.rules import Action, require
from app.pricing import coupons
from app.pricing.approval import Approval
from app.quotes import queries as quote_queries
from app.quotes import service as quotes
from app.quotes.rules import Offer, QuoteState, valid_until
from app.store.history import Done, command
from app.store.session import WriteSession


@command
def open_deal(
    session: WriteSession,
    *,
    customer: Party,
    offer: Offer,
    basis: Basis,
    on: date,
    seller: Party | None = None,
    title: str = "",
    reference: str | None = None,
    customer_id: int | None = None,
    note: str = "",
    language: str = "",
) -> Done:
    """Open a deal with a first draft quote. The seller is frozen into it: the given one, else our company.

    `customer_id` says which customer it is where that is known already; `note` is kept in the history; `language` is
    that of its papers, empty for the customer's.
    Raises `RuleViolation` for an offer that cannot be priced.
    """
    if seller is not None:
        parties.fill_company(session, seller)
    selling = seller or party_queries.our_company(session) or UNNAMED_COMPANY
    if customer_id is None:
        customer_id = parties.find_or_add(session, customer)
    deal_id = deals.open_deal(
        session,
        customer_id=customer_id,
        seller=selling,
        basis=basis,
        on=on,
        title=title,
        reference=reference,
        language=language,
    )
    deal = deal_queries.by_id(session, deal_id)
    quote_id = quotes.draft(session, deal, offer, on)
    session.changed(f"deal {deal.number}", "", "draft")
    if note:
        session.changed(f"deal {deal.number}: note", "", note)
    return Done("open_deal", {"deal": deal_id, "customer": customer_id, "quote": quote_id}, (deal.number,))


@command
def send_quote(session: WriteSession, deal_id: int, *, on: date, approval: Approval | None = None) -> Done:
    """Send the draft: it gets its number and its frozen paper. After `revise_quote` of a sent quote: hand it over.

    Raises `NotAllowed` for an offer below the floor where the company stops those and `approval` does not let it pass.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.SEND_QUOTE)
    if known.quote.state is QuoteState.SENT:
        quotes.hand_over(session, known.quote.id, True)
        return Done("send_quote", {"deal": deal_id}, (known.quote.number,))
    return Done("send_quote", {"deal": deal_id}, (_send(session, known, on, approval),))


def _send(session: WriteSession, known: Facts, on: date, approval: Approval | None) -> str:
    approvals.require(session, known.deal, known.quote, approval)
    _take_coupons(session, known.deal, known.quote.offer, on)
    number, document_id = quotes.send(session, known.deal, known.quote, on)
    outbox.queue(session, known.deal, document_id, "quote", number)
    return number


def _take_coupons(session: WriteSession, deal: deal_queries.Deal, offer: Offer, on: date) -> None:
    """Reserve the offer's coupons for as long as it can be accepted."""
    until = valid_until(on, offer.terms.valid_days)
    coupons.take(session, deal.id, deal.customer_id, offer.coupons, on=on, until=until)


@command
def revise_quote(
    session: WriteSession,
    deal_id: int,
    *,
    offer: Offer,
    on: date,
    title: str | None = None,
    approval: Approval | None = None,
) -> Done:
    """Give the quote another content. A draft is replaced; of a sent quote a new revision is sent in its place.

    `approval` as in `send_quote`.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.REVISE_QUOTE)
    if title is not None:
        deals.set_title(session, deal_id, title)
    quote_id = _supersede(session, known, offer, on)
    if known.quote.state is QuoteState.DRAFT:
        return Done("revise_quote", {"deal": deal_id, "quote": quote_id})
    number = _send(session, facts.load(session, deal_id), on, approval)
    quotes.hand_over(session, quote_id, False)
    return Done("revise_quote", {"deal": deal_id, "quote": quote_id}, (number,))


def _supersede(session: WriteSession, known: Facts, offer: Offer, on: date) -> int:
    """A new draft revision under the same number; the one before is superseded."""
    old = known.quote
    coupons.give_back(session, known.deal.id, on=on)
    quotes.set_state(session, old, QuoteState.SUPERSEDED)
    return quotes.draft(session, known.deal, offer, on, revision=old.revision + 1, number=old.number)


@command
def accept_quote(session: WriteSession, deal_id: int, *, on: date, by: str = "", reason: str = "") -> Done:
    """The buyer accepts: the revision is frozen and the contract is drawn up from it."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.ACCEPT_QUOTE)
    quotes.set_state(session, known.quote, QuoteState.ACCEPTED, decided_on=on, decided_by=by, reason=reason)
    coupons.keep(session, deal_id, on=on)
    number, document_id = contracts.draw_up(session, known.deal, known.quote, on)
    outbox.queue(session, known.deal, document_id, "contract", number)
    return Done("accept_quote", {"deal": deal_id}, (number,))


@command
def decline_quote(session: WriteSession, deal_id: int, *, on: date, by: str = "", reason: str = "") -> Done:
    """The buyer declines; the quote may still be revised."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.DECLINE_QUOTE)
    quotes.set_state(session, known.quote, QuoteState.DECLINED, decided_on=on, decided_by=by, reason=reason)
    coupons.give_back(session, deal_id, on=on)
    return Done("decline_quote", {"deal": deal_id})


@command
def amend_contract(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    clause: str = "",
    text: str = "",
    offer: Offer | None = None,
    clauses: tuple[Clause, ...] = (),
    approval: Approval | None = None,
) -> Done:
    """Change clauses, or the whole list of lines, before both have signed: a new version, and all signatures drop.

    `clause` and `text` are one clause, `clauses` several, each worded in full; `approval` as in `send_quote`.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.AMEND_CONTRACT)
    contract = known.contract
    if contract is None:
        raise NotAllowed("There is no contract yet.")
    agreed, changes = contract.clauses, tuple[Change, ...]()
    if offer is not None:
        changes = _agree_on(session, known, offer, on, approval)
        known = facts.load(session, deal_id)
    for new in (*clauses, *((Clause(clause, text),) if clause else ())):
        changes = (*changes, clause_change(agreed, new.key))
        agreed = amended(agreed, new.key, new.text)
    document_id = contracts.add_version(session, known.deal, contract, known.quote, agreed, changes, on)
    outbox.queue(session, known.deal, document_id, "contract", contract.number)
    return Done("amend_contract", {"deal": deal_id}, (contract.number,))


def _agree_on(
    session: WriteSession, known: Facts, offer: Offer, on: date, approval: Approval | None
) -> tuple[Change, ...]:
    """A revision of the quote that is agreed at once; returns what differs from the one before."""
    deal, old = known.deal, known.quote
    _supersede(session, known, offer, on)
    _take_coupons(session, deal, offer, on)
    revision = quote_queries.latest(session, deal.id)
    approvals.require(session, deal, revision, approval)
    quotes.send(session, deal, revision, on)
    new = quote_queries.latest(session, deal.id)
    quotes.set_state(session, new, QuoteState.ACCEPTED, decided_on=on, decided_by=old.decided_by)
    coupons.keep(session, deal.id, on=on)
    return line_changes(old.offer.lines, offer.lines, old.gross, new.gross, deal.currency)


@command
def sign_contract(session: WriteSession, deal_id: int, *, on: date, side: Side, name: str = "") -> Done:
    """One side signs the newest version; with both signatures the order is open."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.SIGN_CONTRACT)
    contract = known.contract
    if contract is None or any(signature.party is side for signature in contract.signatures):
        raise NotAllowed(f"The {side} has signed this version already.")
    contracts.sign(session, contract, side, name, on)
    return Done("sign_contract", {"deal": deal_id}, (contract.number,))


@command
def cancel(session: WriteSession, deal_id: int, *, on: date, reason: str = "") -> Done:
    """Cancel what is still open; a deposit becomes the customer's credit. What was received stays as it is."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.CANCEL)
    deals.cancel(session, deal_id, on)
    coupons.give_back(session, deal_id, on=on)
    if known.contract is not None:
        contracts.cancel(session, known.contract, on)
        held = facts.deposit_held(session, known.deal)
        payments.free_deposit(session, known.deal, held, on, "Deposit freed by cancellation")
    session.changed(
        f"deal {known.deal.number}", known.standing(on).state, f"cancelled: {reason}" if reason else "cancelled"
    )
    return Done("cancel", {"deal": deal_id})


@command
def flag_deal(session: WriteSession, deal_id: int, *, flag: str) -> Done:
    """Mark a deal for attention ("disputed", "on hold"); an empty flag takes the mark off."""
    known = deal_queries.by_id(session, deal_id)
    deals.set_flag(session, deal_id, flag)
    session.changed(f"deal {known.number}: flag", known.flag, flag)
    return Done("flag_deal", {"deal": deal_id})


@command
def close_period(
    session: WriteSession,
    deal_id: int | None = None,
    *,
    through: date,
    on: date | None = None,  # noqa: ARG001  the history's day
) -> Done:
    """Lock the books of the whole file through a day; nothing happens if they are locked that far already.

    `deal_id` and `on` only say in whose story it is told, and when.
    """
    ledger.close_period(session, through)
    return Done("close_period", {} if deal_id is None else {"deal": deal_id})
