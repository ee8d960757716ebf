"""Why this price? A workbook for the seller: every line, every step from the list price to the tax, as live formulas.

A person changes a quantity, a price or a percentage in it and sees what follows; the last row compares with the quote.
Sheets: the steps, how discounts and tax are divided, and the rules that matched and did not decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.core.money import decimals, to_decimal
from app.core.quantity import plain
from app.outputs.xlsx.cells import Cell
from app.outputs.xlsx.price_taxes import Taxes
from app.outputs.xlsx.price_words import PriceWords
from app.outputs.xlsx.shares import Figure, Shares
from app.outputs.xlsx.styles import HEADER, LOOKS, NUMBER_HEADER, Kind
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Book, Column, Formula, Imprint, Sheet, Table, quoted
from app.pricing.detail import LostRule, Step
from app.quotes.explanation import ExplainedLine, ExplainedStep, PriceExplanation

_COLUMNS = (
    ("position", 7), ("name", 38), ("why_step", 20), ("why_rule", 34), ("why_author", 14), ("quantity", 11),
    ("unit_price", 13), ("why_per", 8), ("why_percent", 10), ("why_of", 13), ("amount", 14), ("why_so_far", 15),
)  # fmt: skip
_TEXTS = 5
"""Columns at the left that hold text."""


def write(told: PriceExplanation, language: str = "en") -> bytes:
    """The workbook as bytes of an .xlsx file."""
    words = PriceWords(language)
    page = f"{words('page')} {{page}} {words('of')} {{pages}}"
    title = words("why_title", number=told.number)
    book = Book(Imprint(title, told.heading.seller.name, told.heading.customer.name, told.on, page))
    _Steps(book, told, words).write()
    _write_lost(book, told, words)
    return book.finish()


class _Steps:
    """The sheet of steps: a row each, and one for the tax of each line."""

    def __init__(self, book: Book, told: PriceExplanation, words: Words) -> None:
        self._book, self._told, self._words = book, told, words
        self._currency = told.basis.currency
        self._places = decimals(self._currency)
        self._name = words("why_steps")
        self._sheet: Sheet = book.sheet(self._name, [width for _, width in _COLUMNS], "C2", "1:1")
        looks = [HEADER] * _TEXTS + [NUMBER_HEADER] * (len(_COLUMNS) - _TEXTS)
        heads = [book.text(words(key), look) for (key, _), look in zip(_COLUMNS, looks, strict=True)]
        self._sheet.append(*heads, height=18)
        heads_of_shares = (
            "why_of_what",
            "why_whole",
            "name",
            "why_weight",
            "why_signed",
            "why_rest",
            "why_rank",
            "amount",
        )
        self._taxes = Taxes(
            told, Shares(book, words("why_shares"), [words(key) for key in heads_of_shares]), self._own_amounts(), words
        )

    def _own_amounts(self) -> list[Figure]:
        """What each line comes to by its own steps, in minor units: the running sum beside the last of them."""
        found, row = [], 2
        for line in self._told.lines:
            own = [step for step in line.steps if step.column is None]
            cell = f"{quoted(self._name)}!$L${row + len(own) - 1}"
            found.append(Figure(sum(step.amount for step in own), f"ROUND({cell}*{10**self._places},0)"))
            row += len(line.steps) + 1
        return found

    def write(self) -> None:
        """All rows, then the total and whether it is that of the quote."""
        for line in self._told.lines:
            self._line(line)
        last = len(self._sheet.rows.written)
        gross = self._told.priced.assembled.totals.gross
        total = Formula(
            f'SUMIF($C$2:$C${last},"{self._words("step.tax")}",$L$2:$L${last})', self._money(gross), self._currency
        )
        self._sheet.append(*self._texts("", self._words("why_total")), *self._blank(6), self._book.formula(total))
        self._sheet.append(
            *self._texts("", self._words("why_quote")), *self._blank(6), self._book.amount(gross, self._currency)
        )
        check = Formula(f'IF(ROUND(L{last + 1}-L{last + 2},{self._places})=0,"OK","DIFF")', "OK")
        self._sheet.append(*self._texts("", self._words("why_check")), *self._blank(6), self._book.formula(check))
        self._book.mark(self._sheet, f"L{last + 3}:L{last + 3}", f'$L${last + 3}<>"OK"')

    def _line(self, line: ExplainedLine) -> None:
        first, so_far = self._next, 0
        for step in line.steps:
            so_far += step.amount
            self._step(line, step, first, so_far)
        included = self._told.basis.prices_include_tax
        taxes = self._taxes.taxes[line.position - 1]
        text = "+".join(f"({figure.text})" for figure in taxes) or "0"
        row = self._next
        amount = Formula(f"({text})/{10**self._places}", self._money(line.tax), self._currency)
        total = Formula(f"L{row - 1}" if included else f"L{row - 1}+K{row}", self._money(line.total), self._currency)
        rule = self._words("why_contained") if included else ""
        tax = line.line.tax
        self._append(
            self._texts(str(line.position), line.line.name, self._words("step.tax"), rule),
            [*self._blank(3), self._book.cell(Kind.NUMBER, plain(tax.rate), ""), *self._blank(1)],
            amount,
            total,
        )

    def _step(self, line: ExplainedLine, step: ExplainedStep, first: int, so_far: int) -> None:
        row = self._next
        total = Formula(f"K{row}" if row == first else f"L{row - 1}+K{row}", self._money(so_far), self._currency)
        self._append(
            self._texts(
                str(line.position), line.line.name, self._words.code("step", step.step.value), step.rule, step.author
            ),
            self._inputs(line, step),
            self._amount(line, step, first),
            total,
        )

    def _inputs(self, line: ExplainedLine, step: ExplainedStep) -> list[Cell]:
        """What was typed or ruled: quantity, price and base quantity of a price; percentage and its base."""
        cell = self._book.cell
        priced = step.price
        return [
            cell(Kind.NUMBER, line.line.quantity if priced else None, ""),
            cell(Kind.PRICE, priced.unit_price if priced else None, self._currency),
            cell(Kind.NUMBER, priced.base_quantity if priced else None, ""),
            cell(Kind.NUMBER, step.percent, ""),
            cell(Kind.AMOUNT, step.of, self._currency),
        ]

    def _amount(self, line: ExplainedLine, step: ExplainedStep, first: int) -> Formula | int:
        """What the step changes, as a formula of its inputs; an amount that was typed is itself an input."""
        row = self._next
        if step.column is not None:
            part = self._taxes.parts[step.column][line.position - 1]
            return Formula(f"({part.text})/{10**self._places}", self._money(step.amount), self._currency)
        if step.price is not None:
            before = "" if row == first else f"-L{row - 1}"
            return Formula(
                f"ROUND(F{row}*G{row}/H{row},{self._places}){before}", self._money(step.amount), self._currency
            )
        if step.percent is None:
            return step.amount
        priced = sum(1 for each in line.steps if each.price is not None)
        base = f"J{row}" if step.of is not None else f"L{first + priced - 1}"
        sign = "" if step.step is Step.LINE_CHARGE else "-"
        return Formula(f"{sign}ROUND({base}*I{row}/100,{self._places})", self._money(step.amount), self._currency)

    def _append(self, texts: Sequence[Cell], inputs: Sequence[Cell], amount: Formula | int, total: Formula) -> None:
        self._sheet.append(
            *texts, *inputs, self._book.cell(Kind.AMOUNT, amount, self._currency), self._book.formula(total)
        )

    def _texts(self, *texts: str) -> list[Cell]:
        padded = [*texts, *[""] * (_TEXTS - len(texts))]
        return [self._book.text(text, LOOKS[Kind.TEXT]) for text in padded]

    def _blank(self, count: int) -> list[Cell]:
        return [self._book.text("", LOOKS[Kind.TEXT])] * count

    def _money(self, minor: int) -> Decimal:
        return to_decimal(minor, self._currency)

    @property
    def _next(self) -> int:
        return len(self._sheet.rows.written) + 1


def _lost(told: PriceExplanation) -> Iterator[tuple[ExplainedLine, LostRule]]:
    for line in told.lines:
        for rule in line.lost:
            yield line, rule


def _write_lost(book: Book, told: PriceExplanation, words: Words) -> None:
    """Rules that matched and did not decide, with what the line would have come to; no sheet where there are none."""
    rows = list(_lost(told))
    if not rows:
        return
    columns: list[Column[tuple[ExplainedLine, LostRule]]] = [
        Column("position", words("position"), Kind.COUNT, lambda row: row[0].position),
        Column("name", words("name"), Kind.TEXT, lambda row: row[0].line.name, 40),
        Column("step", words("why_step"), Kind.TEXT, lambda row: words.code("step", row[1].step.value)),
        Column("rule", words("why_rule"), Kind.TEXT, lambda row: row[1].rule, 40),
        Column("amount", words("why_would"), Kind.AMOUNT, lambda row: row[1].amount),
        Column("because", words("why_because"), Kind.TEXT, lambda row: row[1].because, 60),
    ]
    place = Table.of(words("why_lost"), columns, len(rows))
    book.table(place, "Lost", columns, rows, lambda _: told.basis.currency)
