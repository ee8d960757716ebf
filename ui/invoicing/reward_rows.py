"""What an invoice brought the customer besides goods, as facts and as rows that lead to their documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.invoicing.document import InvoiceKind
from app.pipeline.details import InvoiceDetail
from app.pipeline.invoice_rewards import InvoiceRewards
from app.rewards.given import Change
from ui import formats
from ui.invoicing.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.document_page import Fact


@dataclass(frozen=True, slots=True)
class RewardRow:
    """Something that was promised, given, taken off or taken back; `amount` is said in words."""

    place: int
    what: str
    note: str
    on: date
    amount: str
    opens: Route | None = None


def reward_facts(found: InvoiceDetail, rewards: InvoiceRewards, on: date) -> list[Fact]:
    """Cash rounding, the early price, and how cashback and points stand."""
    currency, facts = found.view.deal.currency, []
    if rounding := found.invoice.rounding:
        sign = "+" if rounding > 0 else ""
        facts.append(Fact(say("invoicing", "Cash rounding"), sign + formats.money_text(rounding, currency)))
    if found.invoice.kind is InvoiceKind.CREDIT_NOTE:
        return facts
    facts += _early_facts(found, rewards, on)
    if rewards.cashback:
        facts.append(Fact(say("invoicing", "Cashback"), cashback_words(rewards, currency)))
    points = rewards.points_now
    if points is not None:
        words = say("invoicing", "%1 promised, %2 can be spent")
        left = points.granted - points.spent
        words = words.replace("%1", formats.whole_text(points.promised)).replace("%2", formats.whole_text(left))
        facts.append(Fact(say("invoicing", "Points"), words))
    return facts


def cashback_words(rewards: InvoiceRewards, currency: str) -> str:
    """ "€11.90 promised, €6.90 of it is credit"; with what was taken back."""
    now = rewards.cashback_now
    back = -sum(item.promised for item in rewards.cashback if item.promised < 0)
    words = say("invoicing", "%1 promised, %2 of it is credit")
    words = words.replace("%1", formats.money_text(now.promised, currency))
    words = words.replace("%2", formats.money_text(now.credited, currency))
    if back:
        words += ", " + say("invoicing", "%1 taken back").replace("%1", formats.money_text(back, currency))
    return words


def _early_facts(found: InvoiceDetail, rewards: InvoiceRewards, on: date) -> list[Fact]:
    early, invoice, currency = rewards.early, found.invoice, found.view.deal.currency
    facts = []
    if early is not None and early.amount and invoice.open > 0 and rewards.early_percent is not None:
        late = on > early.until
        words = say("invoicing", "%1 until %2: %3 settles it") if not late else say("invoicing", "%1 until %2, over")
        words = words.replace("%1", formats.percent_text(rewards.early_percent))
        words = words.replace("%2", formats.date_text(early.until))
        words = words.replace("%3", formats.money_text(invoice.open - early.amount, currency))
        facts.append(Fact(say("invoicing", "Paying early"), words, tone="3" if late else "accent"))
    if taken := sum(item.amount for item in rewards.taken):
        facts.append(Fact(say("invoicing", "Taken for paying early"), formats.money_text(taken, currency)))
    return facts


class RewardsCard(RowsCard):
    """Every promise and gift with its document; Enter opens that."""

    def __init__(self) -> None:
        super().__init__(say("invoicing", "Discounts taken, cashback, goodwill"), _columns(), lambda row: row.place)

    def show_rewards(self, found: InvoiceDetail, rewards: InvoiceRewards) -> None:
        """Show them, in the order of their days."""
        rows = [*_taken_rows(found, rewards), *_cashback_rows(found, rewards), *_point_rows(found, rewards)]
        rows += _goodwill_rows(found, rewards)
        self.set_rows(sorted(rows, key=lambda row: row.on))


def _columns() -> list[Column]:
    return [
        Column(title=say("invoicing", "What"), text=lambda row: row.what, below=lambda row: row.note),
        Column(title=say("invoicing", "On"), text=lambda row: formats.date_text(row.on), align="right", width=130),
        Column(title=say("invoicing", "Amount"), text=lambda row: row.amount, align="right", width=130, look="strong"),
    ]


def _taken_rows(found: InvoiceDetail, rewards: InvoiceRewards) -> list[RewardRow]:
    what, currency = say("invoicing", "Taken for paying early"), found.view.deal.currency
    return [
        RewardRow(
            place, what, " · ".join(filter(None, (item.payment, item.reason))), item.on,
            formats.money_text(-item.amount, currency), Route("payment", item.payment_id),
        )
        for place, item in enumerate(rewards.taken)
    ]  # fmt: skip


def _cashback_rows(found: InvoiceDetail, rewards: InvoiceRewards) -> list[RewardRow]:
    rows = []
    for place, item in enumerate(rewards.cashback):
        for step, (what, minor) in enumerate(_cashback_parts(item)):
            amount = formats.money_text(minor, found.view.deal.currency)
            opens = _route(found, item.document)
            rows.append(RewardRow(1000 + 10 * place + step, what, item.document, item.on, amount, opens))
    return rows


def _cashback_parts(item: Change) -> list[tuple[str, int]]:
    parts = []
    if item.promised:
        back, promised = say("invoicing", "Cashback taken back"), say("invoicing", "Cashback promised")
        parts.append((promised if item.promised > 0 else back, item.promised))
    if item.granted:
        credited, less = say("invoicing", "Cashback credited"), say("invoicing", "of it credit taken back")
        parts.append((credited if item.granted > 0 else less, item.granted))
    return parts


def _point_rows(found: InvoiceDetail, rewards: InvoiceRewards) -> list[RewardRow]:
    rows = []
    for place, item in enumerate(rewards.points):
        parts = (
            (say("invoicing", "Points promised") if item.promised > 0 else say("invoicing", "Points taken back"),
             item.promised),
            (say("invoicing", "Points granted") if item.granted > 0 else say("invoicing", "Granted points taken back"),
             item.granted),
            (say("invoicing", "Points spent or expired"), -item.spent),
        )  # fmt: skip
        for step, (what, count) in enumerate(parts):
            if count:
                note = "" if item.document.startswith("Wallet") else item.document
                opens, place_ = _route(found, item.document), 100_000 + 10 * place + step
                rows.append(RewardRow(place_, what, note, item.on, formats.whole_text(count), opens))
    return rows


def _goodwill_rows(found: InvoiceDetail, rewards: InvoiceRewards) -> list[RewardRow]:
    rows = []
    for place, item in enumerate(rewards.goodwill):
        until = say("invoicing", "until %1").replace("%1", formats.date_text(item.expires_on))
        note = f"{item.reason} · {until}" if item.expires_on else item.reason
        amount = formats.money_text(item.amount, found.view.deal.currency)
        rows.append(RewardRow(200_000 + place, say("invoicing", "Goodwill"), note, item.on, amount))
    return rows


def _route(found: InvoiceDetail, number: str) -> Route | None:
    """The screen of the document with this number."""
    for payment in found.view.payments:
        if payment.number == number:
            return Route("payment", payment.id)
    for invoice in found.view.invoices:
        if invoice.number == number and invoice.id != found.invoice.id:
            return Route("invoice", invoice.id)
    return None


def taken_back_words(cashback: int, credited: int, points: int, currency: str) -> list[str]:
    """What a credit note will take back of what its invoice promised; amounts and points above zero."""
    found = []
    if cashback:
        words = say("invoicing", "%1 of cashback goes back with it")
        found.append(words.replace("%1", formats.money_text(cashback, currency)))
    if credited:
        words = say("invoicing", "%1 of that was credit already: so much less is credited")
        found.append(words.replace("%1", formats.money_text(credited, currency)))
    if points:
        words = QCoreApplication.translate("invoicing", "%n granted points go back", None, points)
        found.append(words.replace(str(points), formats.whole_text(points), 1))
    return found
