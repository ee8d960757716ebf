"""Why this price, on paper: each line, its steps from the list price to the tax. For the seller, never the buyer."""

from __future__ import annotations

from app.core.money import decimals
from app.outputs.pdf import formats
from app.outputs.pdf import look as design
from app.outputs.pdf.ink import LEFT, RIGHT
from app.outputs.pdf.inside import options_text
from app.outputs.pdf.layout import Frame, Paper
from app.outputs.pdf.look import Look
from app.outputs.pdf.table import Cell, Column, Row, Strip, Table, columns, texts
from app.outputs.pdf.words import Words, words_for
from app.pricing.detail import LostRule
from app.quotes.explanation import ExplainedLine, ExplainedStep, PriceExplanation


def render(told: PriceExplanation, look: Look) -> bytes:
    """The explanation as PDF."""
    words = words_for(told.heading)
    facts = (
        (words("number_quote"), told.number),
        (words("date"), formats.day(told.on, words.language)),
        (words("buyer"), told.heading.customer.name),
        (words("deal"), told.heading.deal_number),
    )
    paper = Paper(Frame(told.heading, words("why"), told.number, facts, None), look, words)
    paper.paragraph(words("why_lead"), design.SECOND)
    paper.gap(8)
    rows = _Rows(told, words)
    table = Table(paper, rows.columns)
    for line in told.lines:
        table.add(rows.row(line))
    table.add(rows.total())
    table.close()
    return paper.finish()


class _Rows:
    """The columns, and each line with its steps as one row."""

    def __init__(self, told: PriceExplanation, words: Words) -> None:
        self._told, self._words = told, words
        self._currency, self._language = told.basis.currency, words.language
        self.columns = columns(
            (words("position"), 24, LEFT),
            (words("why_step"), 118, LEFT),
            (words("why_rule"), 0, LEFT),
            (words("amount", currency=self._currency), 84, RIGHT),
            (words("why_so_far"), 88, RIGHT),
            flexible=2,
        )

    def row(self, line: ExplainedLine) -> Row:
        """The line's name, then its steps with the sum so far, its tax, and the rules that lost."""
        strips = self._heading(line)
        so_far = 0
        for step in line.steps:
            so_far += step.amount
            strips += self._strips(self._words(f"step_{step.step.value}"), self._rule(step, line), step.amount, so_far)
        contained = self._words("why_contained") if self._told.basis.prices_include_tax else ""
        tax = formats.percent(line.line.tax.rate, self._language)
        strips += self._strips(self._words("tax"), " · ".join(filter(None, (tax, contained))), line.tax, line.total)
        for lost in line.lost:
            strips += self._lost(lost)
        return Row(strips)

    def total(self) -> Row:
        """What all lines come to with tax."""
        gross = self._told.priced.assembled.totals.gross
        cells = [
            Cell(self.columns[1], self._words("gross"), design.STRONG),
            Cell(self.columns[-1], self._amount(gross), design.STRONG),
        ]
        return Row([Strip(design.STRONG.leading, cells)])

    def _heading(self, line: ExplainedLine) -> list[Strip]:
        position, step, rule, *_ = self.columns
        wide = Column("", step.x, step.width + rule.width, LEFT)
        quantity = formats.number(line.line.quantity, self._language)
        unit = formats.unit(line.line.unit, line.line.quantity, self._language)
        named = f"{line.line.name} · {quantity}{formats.BLANK}{unit}"
        strips = texts(wide, named, design.STRONG)
        strips[0].cells.append(Cell(position, str(line.position), design.SECOND))
        chosen = options_text(line.line.detail.options)
        return strips + (texts(wide, chosen, design.NOTE) if chosen else [])

    def _strips(self, name: str, rule: str, amount: int, so_far: int) -> list[Strip]:
        """A step; a long rule goes on under itself."""
        _, step, of, change, sums = self.columns
        strips = texts(of, rule, design.NOTE) or [Strip(design.NOTE.leading)]
        strips[0] = Strip(design.BODY.leading, strips[0].cells)
        strips[0].cells += [
            Cell(step, name),
            Cell(change, self._amount(amount)),
            Cell(sums, self._amount(so_far), design.SECOND),
        ]
        return strips

    def _rule(self, step: ExplainedStep, line: ExplainedLine) -> str:
        """By which rule and whom, and how it is counted: "Spring · 10% of 1,200.00", "12 × 110.00"."""
        how = ""
        if step.price is not None:
            each = formats.number(step.price.unit_price, self._language, decimals(self._currency))
            how = f"{formats.number(line.line.quantity, self._language)} × {each}"
            if step.price.base_quantity != 1:
                how += f" / {formats.number(step.price.base_quantity, self._language)}"
        elif step.percent is not None:
            how = formats.percent(step.percent, self._language)
        return " · ".join(part for part in (step.rule, how, step.author) if part)

    def _lost(self, lost: LostRule) -> list[Strip]:
        """A rule that matched and did not decide."""
        _, step, rule, *_ = self.columns
        would = "" if lost.amount is None else self._words("why_would", amount=self._amount(lost.amount))
        named = " · ".join(part for part in (lost.rule, would, lost.because) if part)
        strips = texts(rule, named, design.NOTE) or [Strip(design.NOTE.leading)]
        strips[0].cells.append(Cell(step, self._words("why_lost"), design.NOTE))
        return strips

    def _amount(self, minor: int) -> str:
        return formats.amount(minor, self._currency, self._language)
