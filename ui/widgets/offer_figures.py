"""The figures of an offer in words: totals, margin, payment plan; for the deal page, the quote and its wizard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication

from app.core.tax import TaxCategory, TaxSubtotal
from app.core.totals import Basis
from app.pipeline.approvals import earning
from app.pricing.marks import MarginMarks
from app.pricing.rules import Line, Priced, line_cost, margin_percent, printed_totals
from app.quotes.rules import Offer, Terms, net_days
from ui import formats
from ui.widgets.painting import margin_tone
from ui.widgets.totals_panel import PlanLine, TotalsPanel


@dataclass(frozen=True, slots=True)
class LineFigures:
    """A line with what it comes to: net before and `earned` after document reductions, minor units."""

    position: int
    line: Line
    currency: str
    net: int
    earned: int
    discount: int
    """What its own reductions change, signed, as typed."""

    @property
    def margin(self) -> Decimal | None:
        """Margin in percent of what it earns; None without a cost or a price."""
        cost = line_cost(self.line, self.currency)
        if cost is None or self.earned <= 0:
            return None
        return (Decimal(self.earned - cost) * 100 / self.earned).quantize(Decimal("0.1"), ROUND_HALF_UP)


def line_figures(offer: Offer, priced: Priced, basis: Basis) -> list[LineFigures]:
    """Every line of an offer with its figures."""
    parts = zip(offer.lines, priced.assembled.lines, priced.typed.lines, strict=True)
    return [
        LineFigures(index, line, basis.currency, total.net, total.earned, sum(typed.changes))
        for index, (line, total, typed) in enumerate(parts, 1)
    ]


def discount_text(line: Line, change: int, currency: str) -> str:
    """The badge of a line's reductions: "-10 %", or the amount where it is no single percentage; "" for none."""
    if not change:
        return ""
    percents = [reduction for reduction in line.reductions if reduction.percent is not None and reduction.of is None]
    if len(line.reductions) == 1 and percents:
        sign = "+" if percents[0].charge else formats.MINUS
        return f"{sign}{formats.percent_text(percents[0].percent or Decimal(0))}"
    return ("+" if change > 0 else "") + formats.money_text(change, currency)


def margin_words(margin: Decimal | None) -> str:
    """A margin in percent, or a dash."""
    return formats.NOTHING if margin is None else formats.percent_text(margin, 1)


def tone_of_margin(margin: Decimal | None, marks: MarginMarks) -> str:
    """bad below the floor, warn below the target, else ok; "" without a margin."""
    return "" if margin is None else margin_tone(float(margin), float(marks.floor), float(marks.target))


def show_offer(panel: TotalsPanel, offer: Offer, priced: Priced, basis: Basis, marks: MarginMarks) -> None:
    """Fill the totals: rows, total, margin with a hint, payment plan."""
    currency, totals = basis.currency, priced.assembled.totals
    included = _say("prices include tax") if basis.prices_include_tax else _say("prices without tax")
    panel.set_note(f"{currency} · {included}")
    rows = _rows(offer, priced, currency)
    panel.show_rows([(words, formats.money_text(amount, currency)) for words, amount, _ in rows],
                    next(index for index, row in enumerate(rows) if row[2]))  # fmt: skip
    panel.show_total(_say("Total with tax"), formats.money_text(totals.gross, currency))
    show_margin(panel, offer, priced, basis, marks)
    panel.show_plan(_say("Payment plan"), payment_plan(offer.terms, totals.gross, currency))


def offer_in_short(offer: Offer, priced: Priced, basis: Basis) -> str:
    """Net, total and margin in one line, where there is no room for the panel."""
    totals, margin = priced.assembled.totals, margin_percent(offer.lines, priced, basis)
    words = _say("Net %1 · Total %2 · Margin %3").replace("%1", formats.money_text(totals.net, basis.currency))
    return words.replace("%2", formats.money_text(totals.gross, basis.currency)).replace("%3", margin_words(margin))


def _rows(offer: Offer, priced: Priced, currency: str) -> list[tuple[str, int, bool]]:
    """Words, amount, and whether it is the net."""
    totals = printed_totals(priced.typed, priced.assembled, offer.reductions)
    rows: list[tuple[str, int, bool]] = []
    if totals.reductions:
        rows.append((_say("Sum of lines"), totals.lines_net, False))
        rows += [(item.reason or _say("Discount"), item.amount, False) for item in totals.reductions]
    rows.append((_say("Net"), totals.net, True))
    rows += [(tax_words(subtotal, currency), subtotal.amount, False) for subtotal in totals.breakdown]
    return rows


def tax_words(subtotal: TaxSubtotal, currency: str) -> str:
    """A row of the tax table: "Tax 19 % on €200.00"; a group without tax by its reason."""
    on = formats.money_text(subtotal.taxable, currency)
    if subtotal.tax.category is TaxCategory.STANDARD:
        words = _say("Tax %1 on %2").replace("%1", formats.percent_text(subtotal.tax.rate))
        return words.replace("%2", on)
    return f"{category_words(subtotal.tax.category)}, {on}"


def category_words(category: TaxCategory) -> str:
    """A tax category in words."""
    say = QCoreApplication.translate
    return {
        TaxCategory.STANDARD: say("offer", "Standard rate"),
        TaxCategory.ZERO: say("offer", "Zero rate"),
        TaxCategory.EXEMPT: say("offer", "Exempt"),
        TaxCategory.REVERSE_CHARGE: say("offer", "Reverse charge"),
        TaxCategory.INTRA_COMMUNITY: say("offer", "Within the EU"),
        TaxCategory.EXPORT: say("offer", "Export"),
        TaxCategory.OUT_OF_SCOPE: say("offer", "No tax"),
    }[category]


def show_margin(panel: TotalsPanel, offer: Offer, priced: Priced, basis: Basis, marks: MarginMarks) -> None:
    """The margin with its bar, and a hint where it is low or not known."""
    percent = margin_percent(offer.lines, priced, basis)
    panel.margin.set_marks(marks.floor, marks.target)
    costs = [line_cost(line, basis.currency) for line in offer.lines]
    unknown = sum(cost is None for cost in costs)
    made = priced.assembled.totals.net - sum(cost or 0 for cost in costs)
    panel.show_margin(percent, formats.money_text(made, basis.currency) if percent is not None else "")
    _show_after(panel, offer, priced, basis)
    low = [item for item in line_figures(offer, priced, basis) if tone_of_margin(item.margin, marks) == "bad"]
    if unknown:
        panel.show_hint(QCoreApplication.translate("offer", "%n lines have no cost", None, unknown), True)
    elif low:
        panel.show_hint(QCoreApplication.translate("offer", "%n lines are below your floor", None, len(low)), True)
    else:
        panel.show_hint(_say("Every line is above your floor."))


def _show_after(panel: TotalsPanel, offer: Offer, priced: Priced, basis: Basis) -> None:
    """The margin that is left if all that is promised on top is taken: cashback, the discount for paying early."""
    earned = earning(offer, basis, priced) if offer.terms.cashback_percent or offer.terms.early else None
    if earned is None or earned.after_rewards is None:
        panel.show_after("")
        return
    words = _say("after cashback") if offer.terms.cashback_percent else _say("if paid early")
    panel.show_after(words, margin_words(earned.after_rewards))


def payment_plan(terms: Terms, gross: int, currency: str) -> list[PlanLine]:
    """Deposit and balance, or all at once."""
    deposit = gross if terms.prepaid else terms.deposit(gross)
    plan = []
    if deposit and not terms.prepaid:
        words = _say("Deposit")
        if terms.deposit_percent is not None:
            words = f"{words} {formats.percent_text(terms.deposit_percent)}"
        plan.append(PlanLine(words, _say("Before goods leave"), formats.money_text(deposit, currency)))
        plan.append(
            PlanLine(_say("Balance"), due_words(terms), formats.money_text(gross - deposit, currency), "delivery")
        )
        return plan
    title = _say("All in advance") if terms.prepaid else _say("Everything")
    return [PlanLine(title, due_words(terms), formats.money_text(gross, currency))]


def due_words(terms: Terms) -> str:
    """When it is to be paid."""
    if terms.prepaid:
        return _say("Before goods leave")
    if terms.payment == "on delivery":
        return _say("On delivery")
    if (early := terms.early) is not None:
        words = _say("Within %3 days of the invoice; %1 less within %2")
        percent, days, net = formats.percent_text(early.percent), str(early.days), str(early.net)
        return words.replace("%1", percent).replace("%2", days).replace("%3", net)
    days = net_days(terms.payment)
    return QCoreApplication.translate("offer", "%n days after the invoice", None, days)


def _say(source: str) -> str:
    return QCoreApplication.translate("offer", source)
