"""What each wizard begins with: the facts of a deal as its stage's draft takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from app.catalog.rules import Kind
from app.contracts.draft import Agreed, ToSign, worded
from app.contracts.queries import Contract
from app.contracts.rules import Side
from app.core.errors import NotAllowed
from app.delivery import queries as deliveries
from app.delivery.draft import OpenLine, ToComplete, ToConfirm, ToDispatch
from app.delivery.rules import InTransit
from app.invoicing import queries as invoicing
from app.invoicing.document import InvoiceKind
from app.invoicing.draft import Creditable, ToCredit, ToReturn
from app.invoicing.queries import Invoice
from app.invoicing.rules import Figures
from app.payments.draft import Owed, Payable
from app.pipeline import facts
from app.pipeline.facts import Facts
from app.store.session import Session

ZERO = Decimal(0)


def _lines(known: Facts, still_open: Mapping[int, Decimal]) -> tuple[OpenLine, ...]:
    """The agreed lines of which something is open."""
    lines = enumerate(known.quote.offer.lines, 1)
    return tuple(
        OpenLine(
            position,
            line.name,
            line.unit,
            line.quantity,
            still_open[position],
            line.sku,
            line.detail.parts,
            line.detail.bundle.name if line.detail.bundle else "",
            line.detail.options,
        )
        for position, line in lines
        if still_open.get(position, ZERO) > 0
    )


def _contract(known: Facts) -> Contract:
    if known.contract is None:
        raise NotAllowed("There is no contract before the quote is accepted.")
    return known.contract


def amendment(known: Facts) -> Agreed:
    """The contract as it stands, its clauses in full. Raises `NotAllowed` without a contract."""
    contract, language = _contract(known), known.deal.heading().language or "en"
    clauses = worded(contract.clauses, language)
    return Agreed(contract.number, contract.version, language, contract.made_on, clauses, len(contract.signatures))


def signature(known: Facts) -> ToSign:
    """The sides that have not signed the newest version. Raises `NotAllowed` without a contract."""
    contract = _contract(known)
    signed = {item.party for item in contract.signatures}
    return ToSign(
        number=contract.number,
        version=contract.version,
        made_on=contract.made_on,
        open=tuple(side for side in Side if side not in signed),
        seller=known.deal.seller.name,
        buyer=known.deal.customer.name,
    )


def money(session: Session, known: Facts) -> Owed:
    """What is owed, what can be taken in advance, and the customer's credit."""
    deal, quote = known.deal, known.quote
    found = facts.money(session, deal)
    invoices = [i for i in invoicing.of_deal(session, deal.id) if i.kind is InvoiceKind.INVOICE]
    early = facts.early_offers(session, known) if quote.offer.terms.early is not None else {}
    payables = [
        Payable(item, place, invoice.due_on, early.get(item.id))
        for place, invoice in enumerate(invoices, 1)
        for item in found.open_invoices
        if item.id == invoice.id
    ]
    live = known.contract is not None and deal.cancelled_on is None
    terms = quote.offer.terms
    agreed = (quote.gross if terms.prepaid else quote.deposit) if live else 0
    room = facts.deposit_room(known, sum(i.gross for i in invoices), found.deposit_held) if live else 0
    return Owed(
        currency=deal.currency,
        payables=tuple(sorted(payables, key=lambda item: (item.due_on, item.invoice.id))),
        deposit_missing=max(min(agreed - facts.received(session, deal.id), room), 0),
        deposit_room=room,
        credit=found.credit,
        prepaid=terms.prepaid,
    )


def dispatch(session: Session, known: Facts) -> ToDispatch:
    """The goods that are open, and the money that has to be there first."""
    terms, gross = known.quote.offer.terms, known.quote.gross
    return ToDispatch(
        lines=_lines(known, known.open_of(Kind.GOODS)),
        currency=known.deal.currency,
        due=gross if terms.prepaid else known.quote.deposit,
        received=facts.received(session, known.deal.id),
        prepaid=terms.prepaid,
    )


def receipt(session: Session, known: Facts, delivery: str = "") -> ToConfirm:
    """What is in transit: of all deliveries, or of the one with the number `delivery`."""
    all_of_them = deliveries.of_deal(session, known.deal.id)
    open_lines = [x for x in deliveries.in_transit(session, known.deal.id) if delivery in ("", x.delivery_number)]
    numbers = tuple(dict.fromkeys(line.delivery_number for line in open_lines))
    places = [place for place, item in enumerate(all_of_them, 1) if item.number == delivery]
    days = [item.dispatched_on for item in all_of_them if item.number in numbers]
    return ToConfirm(
        lines=_lines(known, _sums(open_lines)),
        deliveries=numbers,
        place=places[0] if places else None,
        dispatched_on=max(days, default=None),
    )


def _sums(lines: Iterable[InTransit]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.position] = sums.get(line.position, ZERO) + line.open
    return sums


def services(known: Facts) -> ToComplete:
    """The services that are open."""
    return ToComplete(_lines(known, known.open_of(Kind.SERVICE)))


def goods_back(session: Session, known: Facts) -> ToReturn:
    """What was received and can come back."""
    documents = invoicing.of_deal(session, known.deal.id)
    room, sums = facts.creditable(documents), dict[int, Decimal]()
    for item in deliveries.returnable(session, known.deal.id):
        place = item.receipt_id, item.position
        back = min(item.accepted - item.returned, room.get(place, ZERO))
        room[place] = room.get(place, ZERO) - back
        sums[item.position] = sums.get(item.position, ZERO) + back
    days = [item.issued_on for item in documents if item.kind is InvoiceKind.INVOICE]
    return ToReturn(_lines(known, sums), min(days, default=None))


def credit(session: Session, known: Facts) -> ToCredit:
    """The invoices of which something is left to credit."""
    documents = invoicing.of_deal(session, known.deal.id)
    invoices = [item for item in documents if item.kind is InvoiceKind.INVOICE]
    found = [_creditable(known, place, item, documents) for place, item in enumerate(invoices, 1)]
    return ToCredit(known.deal.currency, tuple(item for item in found if item.left > 0))


def _creditable(known: Facts, place: int, invoice: Invoice, documents: Sequence[Invoice]) -> Creditable:
    left = invoicing.left_of(invoice, documents)
    return Creditable(place, invoice.number, invoice.issued_on, left.totals.gross, _lines(known, _left(left)))


def _left(left: Figures) -> dict[int, Decimal]:
    return dict(zip(left.positions, left.quantities, strict=True))
