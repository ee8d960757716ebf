"""The control sheet: every table recomputed by formulas and compared with the ledger, one row a check.

A check also knows its result now, so that the summary can tell it and the file opens with it in any preview.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.money import amount_text
from app.ledger.rules import Role
from app.outputs.xlsx.revenue_figures import AGES, BY_CREDIT, CREDIT_NOTE, Figures, aged
from app.outputs.xlsx.text import MAX_NUMBER
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Table
from app.pipeline.report import BalanceRow, JournalRow
from app.rewards.texts import is_reward


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its value now, and the formula that finds it again; a fixed figure has none.

    In the formula {row} is the check's own row, where column A holds the currency.
    """

    value: int
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Two figures that must be equal, or the first at most the second: minor units, or counts without a currency."""

    currency: str
    what: str
    workbook: Side
    ledger: Side
    how: str
    at_most: bool = False

    @property
    def difference(self) -> int:
        """What the workbook has more than the ledger."""
        return self.workbook.value - self.ledger.value

    @property
    def holds(self) -> bool:
        """Whether it holds now; a figure too large for a spreadsheet cannot be compared there."""
        return is_number(self.ledger) and (self.difference <= 0 if self.at_most else self.difference == 0)


def is_number(side: Side) -> bool:
    """Whether the cell of this side is a number: a fixed figure that is too large is written as text."""
    return bool(side.formula) or abs(side.value) < MAX_NUMBER


def checks(figures: Figures, tables: Mapping[str, Table], words: Words) -> list[Check]:
    """All checks: each currency's, the rows of each table, and last that all of them hold."""
    maker = _Maker(figures, tables, words)
    found = [check for currency in figures.currencies for check in maker.of(currency)] + maker.rows()
    agreeing = Side(sum(check.holds for check in found), f'COUNTIF($F$2:$F${len(found) + 1},"OK")')
    return [*found, Check("", words("check.all"), agreeing, Side(len(found)), words("how.all"))]


class _Maker:
    """Makes checks from the figures; formulas point to the tables."""

    def __init__(self, figures: Figures, tables: Mapping[str, Table], words: Words) -> None:
        self._figures, self._report = figures, figures.report
        self._tables, self._words = tables, words
        self._sums = _column_sums(figures)

    def of(self, currency: str) -> list[Check]:
        """The checks of one currency."""
        return [*self._sheets(currency), *self._ledger(currency), *self._accounts(currency)]

    def _sheets(self, currency: str) -> list[Check]:
        """The sheets against themselves and each other."""

        def check(key: str, left: Side, right: Side) -> Check:
            return self._check(currency, key, left, right)

        def total(table: str, *keys: str) -> Side:
            return self._total(currency, table, keys)

        ages = [age for age, _ in AGES]
        return [
            check("balanced", total("journal", "debit"), total("journal", "credit")),
            check("gross", total("invoices", "net", "tax"), total("invoices", "gross")),
            check("open", total("invoices", "gross", "-settled"), total("invoices", "open")),
            check("listed", total("invoices", "open"), self._listed(currency)),
            check("ageing", total("receivables", *ages), total("receivables", "open")),
            check("net", total("lines", "revenue"), total("invoices", "net")),
        ]

    def _ledger(self, currency: str) -> list[Check]:
        """The sheets against the ledger."""
        figures = self._figures

        def check(key: str, left: Side, right: int, at_most: bool = False) -> Check:
            return self._check(currency, key, left, Side(right), at_most)

        def total(table: str, *keys: str) -> Side:
            return self._total(currency, table, keys)

        owed = -figures.balance(currency, Role.CONTRACT_LIABILITY, Role.CUSTOMER_CREDIT)
        found = [
            check("receivable", total("receivables", "open"), figures.balance(currency, Role.RECEIVABLE)),
            check("tax", total("invoices", "tax"), -figures.sold(currency, Role.OUTPUT_TAX)),
            check("revenue", total("lines", "revenue"), -figures.sold(currency, Role.REVENUE)),
            check("money", self._money(currency), figures.movement(currency, Role.BANK, Role.CASH)),
        ]
        if not self._report.is_part:  # in a part of the file, deposits of earlier days settle invoices of these
            found.append(check("allocated", total("payments", "allocated"), self._settled(currency)))
        if owed >= 0:  # in the report of one deal it may be less: credit that came from another deal was used up
            found.append(check("unallocated", total("payments", "unallocated"), owed, at_most=True))
        return found

    def _check(
        self, currency: str, key: str, left: Side, right: Side, at_most: bool = False, **values: object
    ) -> Check:
        what, how = self._words(f"check.{key}", **values), self._words(f"how.{key}")
        return Check(currency, what, left, right, how, at_most)

    def _total(self, currency: str, table: str, keys: Iterable[str]) -> Side:
        """The sum of columns of a table in one currency; a key with "-" before it is taken off."""
        value, formula = 0, ""
        for key in keys:
            sign, name = ("-", key[1:]) if key.startswith("-") else ("+", key)
            amount = self._sums[table, name, currency]
            value += -amount if sign == "-" else amount
            formula += sign + self._sumifs(table, name)
        return Side(value, formula.removeprefix("+"))

    def _sumifs(self, table: str, key: str, *conditions: tuple[str, str]) -> str:
        place = self._tables[table]
        criteria = [("currency", "$A{row}"), *conditions]
        return f"SUMIFS({place.area(key)}," + ",".join(f"{place.area(name)},{what}" for name, what in criteria) + ")"

    def _listed(self, currency: str) -> Side:
        """What is open of the invoices that this workbook lists."""
        listed = {row.number for row in self._report.invoices}
        items = (row for row in self._report.open_items if row.currency == currency and row.number in listed)
        condition = ("listed", f'"{self._words("yes")}"')
        return Side(sum(_seen(row.open) for row in items), self._sumifs("receivables", "open", condition))

    def _money(self, currency: str) -> Side:
        """Payments that moved money: all but those by the customer's credit."""
        moved = (row for row in self._report.payments if row.currency == currency and row.method != BY_CREDIT)
        condition = ("method", f'"<>{self._words.code("method", BY_CREDIT)}"')
        return Side(sum(_seen(row.amount) for row in moved), self._sumifs("payments", "amount", condition))

    def _settled(self, currency: str) -> int:
        """Receivables that money settled, by the ledger: without what invoices open and credit notes take off."""
        invoices = {row.number for row in self._report.invoices}
        notes = {row.number for row in self._report.invoices if row.kind == CREDIT_NOTE}
        total = 0
        for row in self._report.journal:
            if is_reward(row.text):
                continue
            if row.role == Role.RECEIVABLE and row.currency == currency and row.document not in notes:
                total += row.credit - (0 if row.document in invoices else row.debit)
        return total

    def _accounts(self, currency: str) -> list[Check]:
        """The trial balance: each account's opening balance and journal against its balance in the ledger."""
        report = self._report
        opening, closing = _by_account(report.opening, currency), _by_account(report.balances, currency)
        moved: defaultdict[str, int] = defaultdict(int)
        for row in report.journal:
            if row.currency == currency:
                moved[row.account] += _seen(row.debit) - _seen(row.credit)
        accounts: tuple[JournalRow | BalanceRow, ...] = (*report.journal, *report.opening, *report.balances)
        names = {row.account: row.name for row in accounts}
        return [
            self._check(
                currency,
                "account",
                Side(opening.get(code, 0) + moved[code], self._account_formula(code, opening.get(code, 0), currency)),
                Side(closing.get(code, 0)),
                account=code,
                name=names[code],
            )
            for code in sorted(opening.keys() | closing.keys() | moved.keys())
        ]

    def _account_formula(self, code: str, opening: int, currency: str) -> str:
        condition = ("account", '"' + code.replace('"', '""').replace("{", "{{").replace("}", "}}") + '"')
        debited, credited = (self._sumifs("journal", side, condition) for side in ("debit", "credit"))
        return f"{amount_text(opening, currency)}+{debited}-{credited}" if opening else f"{debited}-{credited}"

    def rows(self) -> list[Check]:
        """Each table has as many rows as were written."""
        return [
            self._check(
                "",
                "rows",
                Side(table.rows, f"COUNTA({table.area('currency')})"),
                Side(table.rows),
                sheet=table.sheet,
            )
            for table in self._tables.values()
        ]


def _seen(amount: int) -> int:
    """An amount as formulas see it: one that is written as text counts nothing."""
    return amount if abs(amount) < MAX_NUMBER else 0


def _by_account(rows: Iterable[BalanceRow], currency: str) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if row.currency == currency:
            sums[row.account] += row.debit - row.credit
    return dict(sums)


_SUMMED: dict[str, tuple[str, ...]] = {
    "invoices": ("net", "tax", "gross", "settled", "open"),
    "lines": ("revenue",),
    "payments": ("allocated", "unallocated"),
    "journal": ("debit", "credit"),
    "receivables": ("open",),
}


def _column_sums(figures: Figures) -> defaultdict[tuple[str, str, str], int]:
    """Sums of the amount columns by table, column and currency, each table gone through once."""
    sums: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    rows: dict[str, tuple[Any, ...]] = figures.tables()
    for table, names in _SUMMED.items():
        for row in rows[table]:
            for name in names:
                sums[table, name, row.currency] += _seen(getattr(row, name))
    for item in figures.report.open_items:
        for age, _ in AGES:
            sums["receivables", age, item.currency] += _seen(aged(item, age))
    return sums
