"""The sums behind the summary and the control sheet of the revenue report, by currency and in minor units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from app.ledger.rules import Role
from app.pipeline.report import BalanceRow, InvoiceRow, OpenItemRow, PaymentRow, RevenueReport
from app.rewards.texts import is_reward

CREDIT_NOTE = "credit_note"
BY_CREDIT = "credit"
"""Method of a payment that moves no money: it uses up credit the customer has."""

AGES: tuple[tuple[str, Callable[[int], bool]], ...] = (
    ("not_due", lambda days: days <= 0),
    ("to_30", lambda days: 1 <= days <= 30),
    ("to_60", lambda days: 31 <= days <= 60),
    ("to_90", lambda days: 61 <= days <= 90),
    ("over_90", lambda days: days > 90),
)
"""Ages of receivables in days overdue."""


def aged(row: OpenItemRow, age: str) -> int:
    """What of an open item is of that age: all or nothing."""
    return row.open if dict(AGES)[age](row.days_overdue) else 0


class Figures:
    """The report's sums. Balances are debits less credits."""

    def __init__(self, report: RevenueReport) -> None:
        self.report = report
        rows = [*self.tables().values(), report.balances, report.opening]
        self.currencies: list[str] = sorted({row.currency for table in rows for row in table})
        self._closing = _by_role(report.balances)
        self._opening = _by_role(report.opening)

    def tables(self) -> dict[str, tuple[Any, ...]]:
        """The rows of each table, in the order of their sheets."""
        report = self.report
        return {
            "invoices": report.invoices,
            "lines": report.lines,
            "payments": report.payments,
            "journal": report.journal,
            "receivables": report.open_items,
        }

    def balance(self, currency: str, *roles: Role) -> int:
        """Debits less credits of these roles on the last day."""
        return sum(self._closing[role.value, currency] for role in roles)

    def movement(self, currency: str, *roles: Role) -> int:
        """Debits less credits of these roles in the period."""
        return self.balance(currency, *roles) - sum(self._opening[role.value, currency] for role in roles)

    def sold(self, currency: str, role: Role) -> int:
        """The movement of a role by invoices and credit notes alone, without cashback, points and paying early."""
        rewards = (row for row in self.report.journal if row.role == role and is_reward(row.text))
        given = sum(row.debit - row.credit for row in rewards if row.currency == currency)
        return self.movement(currency, role) - given

    def summary(self, currency: str) -> dict[str, int]:
        """Every figure of the summary, by its key."""
        own: list[InvoiceRow] = [row for row in self.report.invoices if row.currency == currency]
        credited = [row for row in own if row.kind == CREDIT_NOTE]
        invoices = [row for row in own if row.kind != CREDIT_NOTE]
        found = {f"invoices_{name}": _sum(invoices, name) for name in ("net", "tax", "gross")}
        found |= {f"credited_{name}": _sum(credited, name) for name in ("net", "tax", "gross")}
        found["invoiced_gross"] = _sum(own, "gross")
        return found | self._earned(currency) | self._money(currency) | self._balances(currency)

    def _earned(self, currency: str) -> dict[str, int]:
        revenue = -self.movement(currency, Role.REVENUE)
        cost = self.movement(currency, Role.COST_OF_SALES)
        return {"revenue": revenue, "cost_of_sales": cost, "margin": revenue - cost}

    def _money(self, currency: str) -> dict[str, int]:
        moved: list[PaymentRow] = [
            row for row in self.report.payments if row.currency == currency and row.method != BY_CREDIT
        ]
        received = sum(row.amount for row in moved if row.amount > 0)
        refunded = sum(row.amount for row in moved if row.amount < 0)
        return {"received": received, "refunded": refunded, "money": received + refunded}

    def _balances(self, currency: str) -> dict[str, int]:
        items = [row for row in self.report.open_items if row.currency == currency]
        found = {
            "receivable": self.balance(currency, Role.RECEIVABLE),
            "overdue": sum(row.open for row in items if row.days_overdue > 0),
            "contract_asset": self.balance(currency, Role.CONTRACT_ASSET),
            "contract_liability": -self.balance(currency, Role.CONTRACT_LIABILITY),
            "customer_credit": -self.balance(currency, Role.CUSTOMER_CREDIT),
        }
        return found | {age: sum(aged(row, age) for row in items) for age, _ in AGES}


def _by_role(rows: Iterable[BalanceRow]) -> defaultdict[tuple[str, str], int]:
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sums[row.role, row.currency] += row.debit - row.credit
    return sums


def _sum(rows: Iterable[InvoiceRow], name: str) -> int:
    return sum(getattr(row, name) for row in rows)
