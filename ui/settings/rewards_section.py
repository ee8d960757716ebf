"""Points for purchases in the company's currency, and to which coin invoices are rounded, by currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any

from app.core.money import currencies
from app.rewards.points import Programme
from ui import formats
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.inputs import Choice, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.number_edits import DecimalEdit

_LEAST, _MOST = Decimal("0.000001"), Decimal(1_000_000)
_COIN = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class RewardSettings:
    """What the section shows: the programme of `currency`, and the coin by currency, in units of it."""

    currency: str = "EUR"
    programme: Programme | None = None
    coins: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coin:
    """A row of the table."""

    currency: str
    step: Decimal


class RewardsSection(Section):
    """What was promised and what was issued stay as they are."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._known = RewardSettings()
        promise = Tick(self.tr("Every invoice promises points; they can be spent once it is paid"))
        self.field("promises", self.tr("Points"), promise)
        per = DecimalEdit(least=_LEAST, most=_MOST)
        self.field("per_unit", self.tr("Points for one unit of money"), per, width=176)
        worth = DecimalEdit(least=_LEAST, most=_MOST)
        self.field("value", self.tr("One point is worth"), worth, width=140)
        months = DecimalEdit(optional=True, places=0, least=Decimal(1), most=Decimal(600), suffix=self.tr("months"))
        hint = self.tr("Empty: never.")
        self.field("expiry_months", self.tr("They expire after"), months, width=164, hint=hint)
        self._example = Label("", "caption", "3", figures=True).wrap()
        fields = [self.fields[name] for name in ("per_unit", "value", "expiry_months")]
        points = titled(
            self.tr("Loyalty programme"),
            self.tr("Points are owed from the day of the invoice; their part of the price is not earned yet."),
            self.fields["promises"],
            row(*fields, None, gap=12),
            self._example,
        )
        for one in self.fields:
            one.editor.value_changed.connect(lambda *_: self._follow())
        self.model = LineModel(self._columns(), blank=self._blank)
        self.model.changed.connect(self.edited)
        self.coins = LinesBox(
            self.model,
            self.tr("Cash rounding"),
            self.tr("Another currency"),
            self.tr("Nothing is rounded"),
            self.tr("Add a currency whose smallest coin is larger than a cent."),
            "payment",
        )
        why = self.tr("What is payable ends on the smallest coin; the difference is a line of its own, never tax.")
        self.setLayout(column(points, titled(self.tr("Cash rounding"), why, self.coins), None, gap=14))

    def load(self, values: RewardSettings) -> None:
        """Show what is set."""
        self._known = values
        kept = values.programme or Programme(values.currency, Decimal(1), Decimal("0.01"))
        self.fields["promises"].set_value(values.programme is not None)
        self.fields["per_unit"].set_value(kept.per_unit)
        self.fields["value"].set_value(kept.value)
        months = kept.expiry_months
        self.fields["expiry_months"].set_value(None if months is None else Decimal(months))
        self.model.set_rows([Coin(currency, step) for currency, step in values.coins.items()])
        self._follow()

    def values(self) -> RewardSettings:
        """What stands in the fields; the tiers of a programme stay."""
        f, kept = self.fields, self._known.programme
        months = f["expiry_months"].value()
        programme = None
        if f["promises"].value():
            programme = replace(
                kept or Programme(self._known.currency, Decimal(1), Decimal(1)),
                per_unit=f["per_unit"].value(),
                value=f["value"].value(),
                expiry_months=None if months is None else int(months),
            )
        return RewardSettings(self._known.currency, programme, {one.currency: one.step for one in self.model.rows()})

    def save(self) -> None:
        """Store what differs."""
        wanted, known = self.values(), self._known
        if wanted != known:
            self._known = wanted
            work = partial(_store, wanted=wanted, known=known)
            self.context.write(work, {"settings"}, on_failed=self.refused, owner=self)

    # inside
    def _follow(self) -> None:
        is_on = bool(self.fields["promises"].value())
        for name in ("per_unit", "value", "expiry_months"):
            self.fields[name].setVisible(is_on)
        per, worth = self.fields["per_unit"].value(), self.fields["value"].value()
        self._example.setVisible(bool(is_on and per and worth))
        if per and worth:
            words = self.tr("%1 without tax bring %2 points, worth %3.")
            bought, currency = Decimal(100), self._known.currency
            points = int(bought * per)
            words = words.replace("%1", formats.price_text(bought, currency)).replace("%2", formats.whole_text(points))
            self._example.setText(words.replace("%3", formats.price_text(points * worth, currency)))

    def _blank(self) -> Coin:
        """A currency that is not there yet; Swiss francs first, which have no smaller coin than five."""
        taken = {one.currency for one in self.model.rows()}
        return Coin(
            next(code for code in ("CHF", self._known.currency, *sorted(currencies())) if code not in taken), _COIN
        )

    def _columns(self) -> list[LineColumn]:
        return [
            LineColumn(
                title=self.tr("Currency"),
                text=lambda one: one.currency,
                read=lambda one: one.currency,
                write=lambda one, value: replace(one, currency=value or one.currency),
                editor=lambda: Choice((code, code) for code in sorted(currencies())),
            ),
            LineColumn(
                title=self.tr("Smallest coin"),
                text=lambda one: formats.decimal_text(one.step),
                align="right",
                width=180,
                read=lambda one: one.step,
                write=lambda one, value: replace(one, step=value or one.step),
                editor=lambda: DecimalEdit(least=Decimal("0.01")),
            ),
        ]


def read_rewards(session: Any) -> RewardSettings:
    """What is set in this file."""
    from app.core.money import to_decimal
    from app.invoicing.cash_rounding import cash_steps  # with the store behind them
    from app.parties.defaults import defaults
    from app.rewards.queries import programme

    currency = defaults(session).currency
    coins = {code: to_decimal(step, code) for code, step in cash_steps(session).items()}
    return RewardSettings(currency, programme(session, currency), coins)


def _store(session: Any, wanted: RewardSettings, known: RewardSettings) -> None:
    from app.invoicing.cash_rounding import set_cash_rounding  # with the store behind them
    from app.rewards.giving import end_programme, set_programme

    if wanted.programme is not None and wanted.programme != known.programme:
        set_programme(session, wanted.programme)
    elif wanted.programme is None and known.programme is not None:
        end_programme(session, known.currency)
    for currency in sorted({*wanted.coins, *known.coins}):
        if wanted.coins.get(currency) != known.coins.get(currency):
            set_cash_rounding(session, currency, step=wanted.coins.get(currency))
