"""How document discounts and the tax come to lie on lines, as live formulas; the arithmetic is `app.core.totals`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.core.money import divide
from app.core.quantity import MICRO, micro, plain
from app.core.tax import Tax
from app.core.totals import Piece, TaxRounding
from app.outputs.xlsx.shares import Figure, Shares
from app.outputs.xlsx.words import Words
from app.quotes.explanation import PriceExplanation


class Taxes:
    """Finds, for each line, its part of every document reduction (`parts`) and of the tax (`taxes`)."""

    def __init__(self, told: PriceExplanation, shares: Shares, lines: Sequence[Figure], words: Words) -> None:
        self._told, self._shares, self._words = told, shares, words
        self._names = [line.line.name for line in told.lines]
        self._typed = told.priced.typed
        self._lines = shares.amounts([_name(line.tax) for line in self._typed.lines], self._names, lines)
        self._wholes: list[Figure] = []
        self.parts: list[list[Figure]] = self._pieces()
        self.taxes: list[list[Figure]] = [[] for _ in lines]
        if self._is_plain:
            self._share_taxes()
        else:
            self.taxes = [[Figure(line.tax)] for line in told.lines]

    def _pieces(self) -> list[list[Figure]]:
        """For each piece its part on each line; a reduction without a tax of its own is split by tax first."""
        found: list[list[Figure]] = []
        for number, reduction in enumerate(self._told.offer.reductions):
            pieces = [piece for piece in self._typed.pieces if piece.reduction == number]
            what = reduction.reason or self._words("charge" if reduction.charge else "discount")
            whole = self._whole(number, sum(piece.amount for piece in pieces))
            if reduction.tax is None and len({line.tax.group for line in self._typed.lines}) > 1:
                wholes = self._by_group(what, whole, pieces)
            else:
                wholes = [whole] * len(pieces)
            self._wholes += wholes
            for piece, part in zip(pieces, wholes, strict=True):
                here = [i for i, line in enumerate(self._typed.lines) if line.tax.group == piece.tax.group]
                found.append(self._spread(f"{what} · {_name(piece.tax)}", part, here or list(range(len(self._lines)))))
        return found

    def _by_group(self, what: str, whole: Figure, pieces: Sequence[Piece]) -> list[Figure]:
        """A reduction split over the tax groups of the lines; the part of each piece."""
        lines = self._typed.lines
        groups = {line.tax.group: line.tax for line in lines}
        sums = [self._sum(tax) for tax in groups.values()]
        found = self._shares.split(what, whole, [_name(tax) for tax in groups.values()], sums)
        parts = dict(zip(groups, found, strict=True))
        return [parts[piece.tax.group] for piece in pieces]

    def _whole(self, number: int, value: int) -> Figure:
        """A document reduction: a percentage of all lines or of an amount, or what was typed."""
        reduction = self._told.offer.reductions[number]
        if reduction.percent is None:
            return Figure(value)
        base = self._shares.total(0).text if reduction.of is None else str(reduction.of)
        sign = "" if reduction.charge else "-"
        return Figure(value, f"{sign}ROUND(({base})*{percent_formula(reduction.percent)},0)")

    def _sum(self, tax: Tax) -> Figure:
        """What the lines of a tax group come to."""
        amounts = [line.amount for line in self._typed.lines if line.tax.group == tax.group]
        return self._shares.total(sum(amounts), _name(tax))

    def _spread(self, what: str, whole: Figure, indexes: Sequence[int]) -> list[Figure]:
        """A part on each line: nothing on the lines that it does not apply to."""
        row = [Figure(0)] * len(self._lines)
        names, weights = [self._names[i] for i in indexes], [self._lines[i] for i in indexes]
        for index, figure in zip(indexes, self._shares.split(what, whole, names, weights), strict=True):
            row[index] = figure
        return row

    # ------------------------------------------------------------------ tax
    def _share_taxes(self) -> None:
        """Each tax group: its tax once, split over lines and pieces; the tax of a piece goes where the piece lies."""
        for tax in [subtotal.tax for subtotal in self._told.priced.assembled.totals.breakdown]:
            lines = [i for i, line in enumerate(self._typed.lines) if line.tax.group == tax.group]
            pieces = [k for k, piece in enumerate(self._typed.pieces) if piece.tax.group == tax.group]
            amounts = [self._lines[i] for i in lines] + [self._wholes[k] for k in pieces]
            names = [self._names[i] for i in lines] + [self._words("document_discount") for _ in pieces]
            found = self._taxes_of(tax, names, amounts, pieces)
            for index, figure in zip(lines, found, strict=False):
                self.taxes[index].append(figure)
            for column, owed in zip(pieces, found[len(lines) :], strict=True):
                self._share_piece(tax, column, owed)

    def _taxes_of(
        self, tax: Tax, names: Sequence[str], amounts: Sequence[Figure], pieces: Sequence[int]
    ) -> list[Figure]:
        """The tax on each of some amounts that make a tax group."""
        if self._told.basis.tax_rounding is TaxRounding.LINE:
            return [self._owed(tax, amount) for amount in amounts]
        terms = [self._sum(tax), *(self._wholes[column] for column in pieces)]
        whole = Figure(sum(amount.value for amount in amounts), "+".join(f"({term.text})" for term in terms))
        return self._apportioned(f"{self._words('tax')} {_name(tax)}", self._owed(tax, whole), whole, names, amounts)

    def _share_piece(self, tax: Tax, column: int, owed: Figure) -> None:
        parts = self.parts[column]
        what = f"{self._words('tax')} {_name(tax)} · {self._words('document_discount')}"
        for index, figure in enumerate(self._apportioned(what, owed, self._wholes[column], self._names, parts)):
            self.taxes[index].append(figure)

    def _apportioned(
        self, what: str, owed: Figure, whole: Figure, names: Sequence[str], amounts: Sequence[Figure]
    ) -> list[Figure]:
        """Tax in proportion to amounts; where these include tax, it is the net that is split."""
        if not self._told.basis.prices_include_tax:
            return self._shares.split(what, owed, names, amounts)
        net = Figure(whole.value - owed.value, f"{whole.text}-({owed.text})")
        nets = self._shares.split(what, net, names, amounts)
        pairs = zip(amounts, nets, strict=True)
        return [Figure(amount.value - n.value, f"({amount.text})-{n.text}") for amount, n in pairs]

    def _owed(self, tax: Tax, amount: Figure) -> Figure:
        """The tax on, or in, an amount, rounded half away from zero."""
        rate = micro(tax.rate)
        if self._told.basis.prices_include_tax:
            shown = plain(tax.rate)
            value = divide(amount.value * rate, 100 * MICRO + rate)
            return Figure(value, f"ROUND(({amount.text})*{shown}/(100+{shown}),0)")
        value = divide(amount.value * rate, 100 * MICRO)
        return Figure(value, f"ROUND(({amount.text})*{percent_formula(tax.rate)},0)")

    @property
    def _is_plain(self) -> bool:
        """Whether every tax is in proportion to amounts. Not where discounts eat nearly all of them: there each amount
        has its own rounded tax and the largest the difference, which is told as it is.
        """
        heaps = [piece.shares for piece in self._typed.pieces]
        for subtotal in self._told.priced.assembled.totals.breakdown:
            group = subtotal.tax.group
            lines = [line.amount for line in self._typed.lines if line.tax.group == group]
            heaps.append((*lines, *(piece.amount for piece in self._typed.pieces if piece.tax.group == group)))
        return all(10 * abs(sum(heap)) >= sum(map(abs, heap)) for heap in heaps)


def percent_formula(percent: Decimal) -> str:
    """A percentage as a factor that a spreadsheet counts exactly: 19/100, and 7.7 as 77/1000."""
    places = max(-int(plain(percent).as_tuple().exponent), 0)
    return f"{int(percent.scaleb(places))}/{100 * 10**places}"


def _name(tax: Tax) -> str:
    """A tax by its code and rate: "S 19 %"."""
    return f"{tax.category.value} {plain(tax.rate)} %"
