"""The commands of a deal after the contract: deliver, confirm, invoice and earn, pay, return, credit.

Confirming receipt does in one transaction what no person should have to remember: the revenue is earned, the invoice
for exactly what was accepted is issued, and the letter that carries it waits in the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.catalog.rules import Kind
from app.core.errors import NotAllowed, RuleViolation
from app.core.money import amount_text
from app.core.quantity import plain
from app.delivery import queries as delivery_queries
from app.delivery import service as delivery
from app.delivery.rules import Confirmed, InTransit, may_dispatch
from app.delivery.service import Received, Shipping
from app.invoicing import queries as invoice_queries
from app.invoicing import service as invoicing
from app.invoicing.document import InvoiceKind
from app.invoicing.early import leaves_tax
from app.invoicing.queries import Invoice, left_of
from app.invoicing.rules import Figures, bill, credit_amount, credit_quantities, lowers, rounding_back
from app.invoicing.service import Occasion
from app.outbox import service as outbox
from app.payments import service as payments
from app.payments.early import less_discounts
from app.payments.rules import Division, Method, OpenInvoice, divide_payment
from app.payments.service import Given
from app.pipeline import facts, rewarding
from app.pipeline.facts import Facts, MoneyFacts
from app.pipeline.rules import Action, require
from app.revenue import service as revenue
from app.revenue.rules import Earned
from app.rewards import wallet
from app.store.history import Done, command
from app.store.numbering import next_number
from app.store.session import WriteSession


@command
def dispatch(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    quantities: dict[int, Decimal] | None = None,
    carrier: str = "",
    tracking: str = "",
    override: str = "",
) -> Done:
    """Let goods leave: the given quantities by position, or all that is open. Stopped while agreed money is missing."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.DISPATCH)
    _check_paid(session, known, override)
    wanted = known.open_of(Kind.GOODS) if quantities is None else _whole_positions(quantities)
    number = delivery.dispatch(
        session,
        known.deal,
        known.contract.number if known.contract else "",
        known.quote.offer.lines,
        wanted,
        known.moved,
        Shipping(carrier, tracking, override),
        on,
    )
    return Done("dispatch", {"deal": deal_id}, (number,))


def _whole_positions(quantities: Mapping[int, Decimal] | Mapping[str, Decimal]) -> dict[int, Decimal]:
    """Positions as numbers, in their order. Raises `RuleViolation` unless each quantity is above zero."""
    for position, quantity in quantities.items():
        _check_above_zero(quantity, f"line {position}")
    return dict(sorted((int(position), quantity) for position, quantity in quantities.items()))


def _check_above_zero(quantity: Decimal, what: str) -> None:
    if quantity <= 0:
        message = f"quantity: {plain(quantity)} of {what} is no quantity; expected one above zero."
        raise RuleViolation.of("quantity", "not_positive", message)


def _some(quantities: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The same, and at least one of them."""
    if not quantities:
        raise RuleViolation.of("lines", "missing", "lines: at least one line is needed.")
    return _whole_positions(quantities)


def _check_paid(session: WriteSession, known: Facts, override: str) -> None:
    terms, gross = known.quote.offer.terms, known.quote.gross
    due = gross if terms.prepaid else known.quote.deposit
    if due:
        text = amount_text(due, known.deal.currency)
        what = f"The price of {text}, to be prepaid," if terms.prepaid else f"The deposit of {text}"
        may_dispatch(facts.received(session, known.deal.id), due, what, override)


@command
def confirm_receipt(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    by: str = "",
    delivery_index: int | None = None,
    lines: dict[int, Confirmed] | None = None,
) -> Done:
    """The buyer confirms receipt, line by line or of everything; what he accepted is earned and invoiced at once.

    `delivery_index` counts the deal's deliveries from 1; left out, all that are in transit are meant.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.CONFIRM_RECEIPT)
    open_lines = _open_lines(session, deal_id, delivery_index)
    wanted = _all_accepted(open_lines) if lines is None else _counted(lines)
    received = delivery.confirm(session, known.deal, open_lines, wanted, by, on)
    return Done("confirm_receipt", {"deal": deal_id}, _earn_and_invoice(session, known, received, on))


def _open_lines(session: WriteSession, deal_id: int, index: int | None) -> list[InTransit]:
    lines = delivery_queries.in_transit(session, deal_id)
    if index is None:
        return lines
    numbers = [item.number for item in delivery_queries.of_deal(session, deal_id)]
    if not 1 <= index <= len(numbers):
        raise NotAllowed(f"There is no delivery {index}; the deal has {len(numbers)}.")
    chosen = [line for line in lines if line.delivery_number == numbers[index - 1]]
    if not chosen:
        raise NotAllowed(f"Nothing of delivery {index} is in transit.")
    return chosen


def _counted(lines: Mapping[int, Confirmed]) -> dict[int, Confirmed]:
    """What was said of each line, in their order. Raises `RuleViolation` for a count below zero."""
    for position, said in lines.items():
        if min(said.accepted, said.damaged, said.missing, said.refused) < 0:
            message = f"lines: what became of line {position} was counted below zero."
            raise RuleViolation.of("lines", "negative", message)
    return {int(position): said for position, said in sorted(lines.items())}


def _all_accepted(lines: list[InTransit]) -> dict[int, Confirmed]:
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.position] = sums.get(line.position, Decimal(0)) + line.open
    return {position: Confirmed(accepted=quantity) for position, quantity in sums.items()}


@command
def complete_service(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    line: int,
    quantity: Decimal | None = None,
    by: str = "",
    also: dict[int, Decimal] | None = None,
) -> Done:
    """A service was done and signed off: the same as confirmed receipt. All that is open if no quantity is given.

    `also` are the quantities of other lines that were done with it, as the services of one bundle are.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.COMPLETE_SERVICE)
    still_open = known.open_of(Kind.SERVICE)
    wanted = {line: still_open.get(line, Decimal(0)) if quantity is None else quantity}
    done = wanted | {int(position): more for position, more in (also or {}).items()}
    for position, much in done.items():
        _check_completed(position, much, still_open.get(position))
    received = delivery.complete(session, known.deal, dict(sorted(done.items())), by, on)
    return Done("complete_service", {"deal": deal_id}, _earn_and_invoice(session, known, received, on))


def _check_completed(position: int, quantity: Decimal, still_open: Decimal | None) -> None:
    """Raises unless so much of a service is open."""
    if still_open is None:
        raise NotAllowed(f"Line {position} is no service that is open.")
    _check_above_zero(quantity, f"line {position}")
    if quantity > still_open:
        raise NotAllowed(f"Line {position}: {plain(quantity)} to complete, but only {plain(still_open)} open.")


def _earn_and_invoice(session: WriteSession, known: Facts, received: Received, on: date) -> tuple[str, ...]:
    """Revenue, invoice and letter for what was accepted; returns the invoice's number, or nothing if nothing was."""
    if not received.accepted:
        return ()
    deal, quote = known.deal, known.quote
    before = invoice_queries.invoiced(session, deal.id)
    figures = bill(quote.typed, known.ordered, before, received.accepted, deal.basis)
    number = next_number(session, "INV", on)
    revenue.recognise(session, deal, _earned(figures, received), number, on)
    held = facts.deposit_held(session, deal)
    contract_number = known.contract.number if known.contract else ""
    occasion = Occasion(on, contract_number, received.receipt_id, received.deliveries)
    document_id = invoicing.issue(session, deal, quote, number, figures, held, occasion)
    outbox.queue(session, deal, document_id, "invoice", number)
    rewarding.promise(session, known, number, on)
    _free_leftover(session, known, received, held - figures.totals.gross, on)
    return (number,)


def _earned(figures: Figures, received: Received) -> list[Earned]:
    rows = zip(figures.positions, figures.quantities, figures.assembled.lines, strict=True)
    return [Earned(position, quantity, line.earned, received.cost[position]) for position, quantity, line in rows]


def _free_leftover(session: WriteSession, known: Facts, received: Received, left: int, on: date) -> None:
    """A deposit that outlives the last invoice (a rounding cent, or too much asked for) is the customer's credit."""
    if left <= 0:
        return
    accepted = {
        p: known.moved_of(p).accepted + received.accepted.get(p, Decimal(0)) for p in range(1, len(known.ordered) + 1)
    }
    if all(accepted[position] >= ordered for position, ordered in enumerate(known.ordered, 1)):
        payments.free_deposit(session, known.deal, left, on, "Deposit left after the last invoice")


@command
def pay(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    amount: int,
    method: Method = Method.BANK,
    reference: str = "",
    invoice_index: int | None = None,
    discount: int | None = None,
    discount_reason: str = "",
) -> Done:
    """Money comes in (minor units): it settles invoices, then is a deposit, and the rest is the customer's credit.

    What it leaves open of an invoice is taken off as early-payment discount if that is exactly what was offered until
    then; `discount` asks for an amount, after the last day only with a `discount_reason`.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.PAY)
    if amount <= 0:
        raise RuleViolation.of("amount", "not_positive", "amount: a payment has to be above zero.")
    money = facts.money(session, known.deal)
    invoices = money.open_invoices if invoice_index is None else _named(session, known, money, invoice_index)
    taken = rewarding.discounts_of(session, known, invoices, amount, discount, discount_reason, on)
    division = _divide(session, known, money, less_discounts(invoices, taken), amount)
    division = replace(division, discounts=tuple((item.invoice, item.amount) for item in taken))
    elsewhere = _credit_elsewhere(session, known, money, amount, division.credit) if method is Method.CREDIT else 0
    given = Given(amount, method, on, reference, elsewhere=elsewhere)
    paid = invoicing.settle(session, known.deal, given, division)
    rewarding.take_discounts(session, known, taken, paid, on)
    rewarding.follow_payment(session, known, division, paid[1], on)
    return Done("pay", {"deal": deal_id}, (paid[1],))


def _divide(
    session: WriteSession, known: Facts, money: MoneyFacts, invoices: Sequence[OpenInvoice], amount: int
) -> Division:
    """The invoices first, then a deposit as far as there is room for one, and the rest is credit."""
    invoiced = invoice_queries.invoiced_gross(session, known.deal.id)
    return divide_payment(amount, invoices, facts.deposit_room(known, invoiced, money.deposit_held))


def _credit_elsewhere(session: WriteSession, known: Facts, money: MoneyFacts, amount: int, back: int) -> int:
    """What a payment by credit takes out of lots that expire, where `back` of it stays credit.

    Raises `NotAllowed` for more than the customer has.
    """
    if amount > money.credit:
        raise NotAllowed(f"The customer's credit is only {amount_text(money.credit, known.deal.currency)}.")
    return wallet.drawn_elsewhere(session, known.deal.customer_id, known.deal.currency, amount - back)


@command
def record_payment(
    session: WriteSession,
    customer_id: int,
    *,
    on: date,
    currency: str,
    amount: int,
    method: Method = Method.BANK,
    reference: str = "",
) -> Done:
    """Money of a customer that names no deal (minor units of `currency`): all of it is the customer's credit."""
    if amount <= 0:
        raise RuleViolation.of("amount", "not_positive", "amount: a payment has to be above zero.")
    if method is Method.CREDIT:
        raise RuleViolation.of("method", "no_money", "method: credit is no money that comes in.")
    _, number = payments.record_credit(session, customer_id, currency, Given(amount, method, on, reference))
    session.changed(f"payment {number}", "", "recorded")
    return Done("record_payment", {"customer": customer_id}, (number,))


def _named(session: WriteSession, known: Facts, money: MoneyFacts, index: int) -> tuple[OpenInvoice, ...]:
    """The invoice that the payer named, if anything of it is open."""
    invoice = _invoice(session, known, index)
    return tuple(item for item in money.open_invoices if item.id == invoice.id)


def _invoice(session: WriteSession, known: Facts, index: int) -> Invoice:
    """The deal's invoice number `index`, counted from 1 without the credit notes."""
    invoices = [i for i in invoice_queries.of_deal(session, known.deal.id) if i.kind is InvoiceKind.INVOICE]
    if not 1 <= index <= len(invoices):
        raise NotAllowed(f"There is no invoice {index}; the deal has {len(invoices)}.")
    return invoices[index - 1]


@command
def refund(
    session: WriteSession, deal_id: int, *, on: date, amount: int, method: Method = Method.BANK, reason: str = ""
) -> Done:
    """Pay money back (minor units): at most what the customer has in credit."""
    known = facts.load(session, deal_id)
    money = facts.money(session, known.deal)
    require(known.standing(on, has_credit=money.credit > 0), Action.REFUND)
    if not 0 < amount <= money.credit:
        wanted, credit = (amount_text(value, known.deal.currency) for value in (amount, money.credit))
        raise NotAllowed(f"{wanted} asked, but the customer's credit is only {credit}.")
    if method is Method.CREDIT:
        raise RuleViolation.of("method", "no_money", "method: a refund is paid in money, not in credit.")
    elsewhere = wallet.drawn_elsewhere(session, known.deal.customer_id, known.deal.currency, amount)
    number = payments.refund(session, known.deal, Given(amount, method, on, "", reason, elsewhere))
    return Done("refund", {"deal": deal_id}, (number,))


@command
def return_goods(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    quantities: dict[int, Decimal],
    reason: str = "",
    restock: bool = True,
) -> Done:
    """Goods come back: credit notes follow for exactly what they were invoiced at, the latest invoice first."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.RETURN)
    documents = invoice_queries.of_deal(session, deal_id)
    wanted, creditable = _some(quantities), facts.creditable(documents)
    returned = delivery.take_back(session, known.deal, wanted, creditable, reason, restock, on)
    invoices = {item.receipt_id: item for item in documents if item.receipt_id is not None}
    numbers = []
    for part in returned:
        invoice = invoices[part.receipt_id]
        left = left_of(invoice, invoice_queries.of_deal(session, deal_id))
        figures = _by_quantity(known, invoice, left, part.quantities)
        number = _credit(session, known, invoice, figures, reason, on, part.costs)
        delivery.post_return(session, known.deal, number, sum(part.costs.values()), restock, on)
        numbers.append(number)
    return Done("return_goods", {"deal": deal_id}, tuple(numbers))


@command
def credit(
    session: WriteSession,
    deal_id: int,
    *,
    on: date,
    invoice_index: int,
    quantities: dict[int, Decimal] | None = None,
    amount: int | None = None,
    reason: str = "",
) -> Done:
    """A credit note without goods: for some quantities of an invoice, or over an amount in minor units with tax."""
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.CREDIT)
    invoice = _invoice(session, known, invoice_index)
    left = left_of(invoice, invoice_queries.of_deal(session, deal_id))
    if quantities is not None:
        figures = _by_quantity(known, invoice, left, _some(quantities))
    else:
        figures = credit_amount(left, amount if amount is not None else left.totals.gross, known.deal.basis)
    return Done("credit", {"deal": deal_id}, (_credit(session, known, invoice, figures, reason, on, {}),))


def _by_quantity(known: Facts, invoice: Invoice, left: Figures, wanted: Mapping[int, Decimal]) -> Figures:
    as_left = leaves_tax(known.quote.offer, invoice.discounts)
    return credit_quantities(left, wanted, known.deal.basis, as_left=as_left)


def _credit(
    session: WriteSession,
    known: Facts,
    invoice: Invoice,
    figures: Figures,
    reason: str,
    on: date,
    costs: Mapping[int, int],
) -> str:
    """Issue a credit note and queue its letter; revenue and the cost of returned goods are taken back. Its number."""
    deal, number = known.deal, next_number(session, "CN", on)
    contract_number = known.contract.number if known.contract else ""
    documents = invoice_queries.of_deal(session, deal.id)
    invoice = next(item for item in documents if item.id == invoice.id)
    rounding = rounding_back(invoice.rounding, left_of(invoice, documents), figures)
    paper = invoicing.credit_note(
        session, deal, known.quote, number, figures, invoice, contract_number, reason, on, rounding
    )
    rows = zip(figures.positions, figures.quantities, figures.assembled.lines, strict=True)
    earned = [Earned(p, -quantity, -line.earned, -costs.get(p, 0)) for p, quantity, line in rows]
    revenue.take_back(session, deal, earned, number, on)
    outbox.queue(session, deal, paper, "credit_note", number)
    back = figures.totals.gross + rounding
    rewarding.follow_note(session, known, invoice.id, number, back - lowers(back, invoice.open), on)
    return number
