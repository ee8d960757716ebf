"""From the wizard's draft to a quote in the file: beginning one, looking at its paper, and saving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.printed import Clause, Heading
from app.deals import queries as deals
from app.parties import queries as parties
from app.parties.defaults import defaults
from app.parties.rules import UNNAMED_COMPANY
from app.pipeline import service
from app.pricing.approval import Approval
from app.pricing.rules import printed_lines, printed_totals
from app.quotes import queries as quotes
from app.quotes.document import QuoteDocument
from app.quotes.draft import QuoteDraft, of_offer, price_of, terms_of, to_offer
from app.quotes.rules import QuoteState, Terms, printed_proposals, valid_until
from app.store.history import Done
from app.store.session import Session, WriteSession

_NO_NUMBER = "–"


def begin(session: Session, on: date, customer_id: int | None = None) -> QuoteDraft:
    """A new draft with what the company usually agrees, for a known customer or none yet. Raises `NotFound`."""
    usual = defaults(session)
    draft = QuoteDraft(
        on=on,
        currency=usual.currency,
        prices_include_tax=usual.prices_include_tax,
        valid_days=usual.valid_days,
        deposit_kind="percent" if usual.deposit_percent is not None else "",
        deposit_percent=usual.deposit_percent,
        early_tax=usual.early_tax,
        usual_tax=usual.usual_tax,
    )
    draft = with_payment(draft, usual.payment)
    return draft if customer_id is None else choose_customer(session, draft, customer_id)


def with_payment(draft: QuoteDraft, payment: str) -> QuoteDraft:
    """The draft with terms of payment as they are stored ("net 14")."""
    if payment.startswith("net "):
        return replace(draft, payment="net", payment_days=int(payment.removeprefix("net ")))
    return replace(draft, payment=payment)


def choose_customer(session: Session, draft: QuoteDraft, customer_id: int) -> QuoteDraft:
    """The draft for a known customer, with the terms agreed with him. Raises `NotFound`."""
    known = parties.customer_by_id(session, customer_id)
    chosen = replace(draft, customer_id=known.id, customer=known.party)
    return with_payment(chosen, known.payment_terms) if known.payment_terms else chosen


def revision(session: Session, deal_id: int, on: date) -> QuoteDraft:
    """A draft with the newest revision of a deal's quote, to change it. Raises `NotFound`."""
    return replace(_of_deal(session, deal_id, on), deal_id=deal_id)


def copy(session: Session, deal_id: int, on: date) -> QuoteDraft:
    """A draft of a new deal with the same content. Raises `NotFound`."""
    return _of_deal(session, deal_id, on)


def _of_deal(session: Session, deal_id: int, on: date) -> QuoteDraft:
    deal, quote = deals.by_id(session, deal_id), quotes.latest(session, deal_id)
    return of_offer(quote.offer, deal.basis, on, deal.customer, deal.customer_id, deal.title)


def save(session: WriteSession, draft: QuoteDraft, approval: Approval | None = None) -> Done:
    """Save the draft as a quote, and send it if that is asked; returns what was done last.

    A revision replaces the newest revision; that of a sent quote is sent at once by the rules. Raises `RuleViolation`.
    """
    if draft.deal_id is not None:
        return _revise(session, draft, draft.deal_id, approval)
    done = service.open_deal(
        session,
        customer=draft.customer,
        customer_id=draft.customer_id,
        offer=to_offer(draft),
        basis=draft.basis,
        on=draft.on,
        title=draft.title.strip(),
    )
    if not draft.send:
        return done
    sent = service.send_quote(session, done.ids["deal"], on=draft.on, approval=approval)
    return replace(sent, ids=done.ids | sent.ids)


def _revise(session: WriteSession, draft: QuoteDraft, deal_id: int, approval: Approval | None) -> Done:
    was_draft = quotes.latest(session, deal_id).state is QuoteState.DRAFT
    title = draft.title.strip()
    changed = title if title != deals.by_id(session, deal_id).title else None
    done = service.revise_quote(session, deal_id, offer=to_offer(draft), on=draft.on, title=changed, approval=approval)
    if draft.send or not was_draft:
        sent = service.send_quote(session, deal_id, on=draft.on, approval=approval)
        return replace(sent, ids=done.ids | sent.ids)
    return done


def preview(session: Session, draft: QuoteDraft) -> QuoteDocument:
    """The paper as it would be sent, without a number where it has none yet. Raises `RuleViolation`."""
    offer, priced = to_offer(draft), price_of(draft)
    terms: Terms = terms_of(draft)
    number, count = _number(session, draft)
    return QuoteDocument(
        heading=draft_heading(session, draft),
        number=number,
        revision=count,
        issued_on=draft.on,
        valid_until=valid_until(draft.on, terms.valid_days),
        lines=printed_lines(offer.lines, priced),
        totals=printed_totals(priced.typed, priced.assembled, offer.reductions),
        terms=terms.printed(priced.assembled.totals.gross),
        clauses=tuple(Clause(key) for key in terms.clauses),
        proposals=printed_proposals(offer, draft.basis),
    )


def _number(session: Session, draft: QuoteDraft) -> tuple[str, int]:
    if draft.deal_id is None:
        return _NO_NUMBER, 1
    newest = quotes.latest(session, draft.deal_id)
    return newest.number or _NO_NUMBER, newest.revision + 1


def draft_heading(session: Session, draft: QuoteDraft) -> Heading:
    """What stands over the paper of a draft."""
    if draft.deal_id is not None:
        return replace(deals.by_id(session, draft.deal_id).heading(), title=draft.title.strip())
    return Heading(
        seller=parties.our_company(session) or UNNAMED_COMPANY,
        customer=draft.customer,
        currency=draft.currency,
        deal_number=_NO_NUMBER,
        title=draft.title.strip(),
        language=draft.customer.language,
        prices_include_tax=draft.prices_include_tax,
    )
