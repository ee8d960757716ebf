"""A coupon: its code, its limits, the deals that used it, and a try."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.pipeline.trying import Around, CouponUse, coupon_uses
from app.pricing.book import Coupon
from app.pricing.queries import StoredCoupon, StoredPromotion, coupon_by_id, promotions
from app.pricing.service import save_coupon
from ui import formats
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.rule_page import FoundRule, RulePage
from ui.pricing.texts import problem_words
from ui.pricing.try_card import Suggested, met_by
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.button import Button
from ui.widgets.date_edit import DateEdit
from ui.widgets.days_words import days_words
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.record_form import RecordForm

_LETTERS, _LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8
"""Without those that look alike."""


def screen(context: AppContext, route: Route) -> QWidget:
    """The coupon of the route, or its form."""
    return CouponScreen(context, route)


def new_code() -> str:
    """A code that nobody guesses, and that can be read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


class CouponForm(RecordForm):
    """The code, what it opens, how often and when."""

    def __init__(self) -> None:
        super().__init__(problem_words)
        code = self.field("code", self.tr("Coupon code"), TextEdit(longest=40), self.tr("Kept in capitals."))
        make = Button(self.tr("Make one up"), icon="refresh", do=lambda: code.set_value(new_code()))
        hint = self.tr("Promotions that hold only with a coupon.")
        opens = self.field("promotion", self.tr("Opens"), Choice(), hint)
        begin = self.field("starts_on", self.tr("Holds from"), DateEdit(optional=True))
        end = self.field("ends_on", self.tr("Holds until"), DateEdit(optional=True))
        uses = self.field("most_uses", self.tr("Uses in all"), _count())
        each = self.field("most_per_customer", self.tr("Uses by one customer"), _count())
        self._active = Tick(self.tr("In use"))
        self._active.value_changed.connect(lambda *_: self._edited())
        self.card(
            self.tr("Coupon"),
            [(code, 4), (holder(column(22, make)), 3), (opens, 5)],
            [(begin, 3), (end, 3), (uses, 3), (each, 3)],
            [(self._active, 12)],
        )

    def set_around(self, around: Around) -> None:
        """Promotions to choose from."""
        opens: Any = self.fields["promotion"].editor
        opens.set_choices((name, name) for name in around.coupon_promotions)

    def show_values(self, values: Coupon) -> None:
        """Put a coupon into the inputs."""
        for name in ("code", "promotion", "starts_on", "ends_on"):
            self.fields[name].set_value(getattr(values, name))
        for name in ("most_uses", "most_per_customer"):
            most = getattr(values, name)
            self.fields[name].set_value(None if most is None else Decimal(most))
        self._active.set_value(values.active)

    def values(self) -> Coupon:
        """What was typed."""
        f = self.fields
        most = {name: f[name].value() for name in ("most_uses", "most_per_customer")}
        return Coupon(
            f["code"].value(),
            f["promotion"].value() or "",
            f["starts_on"].value(),
            f["ends_on"].value(),
            **{name: None if value is None else int(value) for name, value in most.items()},
            active=self._active.value(),
        )


def _count() -> DecimalEdit:
    return DecimalEdit(optional=True, places=0, least=Decimal(1))


class CouponScreen(RulePage):
    """Enter on a use opens its deal."""

    kind = "coupon"
    has_days = False
    tries_coupon = True
    form: CouponForm

    def read(self, session: Any, key: int) -> StoredCoupon:
        """The coupon; its uses are read beside it."""
        return StoredCoupon(*coupon_by_id(session, key), uses=0)

    def read_more(self, session: Any, key: int) -> tuple[Sequence[CouponUse], StoredPromotion]:
        """Its uses, and its promotion."""
        name = coupon_by_id(session, key)[1].promotion
        return coupon_uses(session, key), next(one for one in promotions(session) if one.item.name == name)

    def put(self, session: Any, item: Coupon, key: int | None) -> int:
        """Save it."""
        return int(save_coupon(session, item, coupon_id=key).ids["coupon"])

    def name_of(self, item: Coupon) -> str:
        """Its code."""
        return item.code.strip().upper()

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """What it opens, and whether it holds."""
        item: Coupon = found.stored.item
        state = texts.rule_state(item.starts_on, item.ends_on, self._context.today(), item.active)
        return self.tr("opens %1").replace("%1", item.promotion), state

    def facts(self, found: FoundRule) -> list[tuple[str, str]]:
        """Its limits and how far they are used up."""
        item: Coupon = found.stored.item
        today = self._context.today()
        used = sum(1 for use in found.more[0] if use.is_in_use(today))
        most = texts.number(item.most_uses)
        uses = self.tr("%1 of %2").replace("%1", str(used)).replace("%2", most) if most else str(used)
        return [
            (self.tr("Opens"), item.promotion),
            (self.tr("Holds"), days_words(item.starts_on, item.ends_on)),
            (self.tr("Uses"), uses),
            (self.tr("By one customer"), texts.between_words("", texts.number(item.most_per_customer))),
        ]

    def suggested(self, found: FoundRule) -> Suggested:
        """What just meets the conditions of its promotion."""
        return met_by(found.more[1].item, found.around, found.stored.item.code)

    def make_more(self) -> None:
        """The deals that it was given in."""
        self.uses = RowsCard(self.tr("Deals that used it"), self._columns(), lambda use: use.id)
        self.uses.opened.connect(lambda use: self.go(Route("deal", use.id)))
        self.add_card(self.uses)
        self._opens = Button(self.tr("Open the promotion"), "link", do=self._open_promotion)
        self.add_card(self._opens)

    def fill_more(self, found: FoundRule) -> None:
        """Show them."""
        self.uses.set_rows(found.more[0])

    def _open_promotion(self) -> None:
        self.go(Route("promotion", self.found.more[1].id))

    def _columns(self) -> list[Column]:
        def event(use: CouponUse) -> texts.Badge:
            return texts.event_words(use.event, use.is_in_use(self._context.today()))

        return [
            Column(title=self.tr("Deal"), text=lambda use: use.title or use.number, below=lambda use: use.customer),
            Column(
                title=self.tr("State"),
                text=lambda use: event(use)[0],
                tone=lambda use: event(use)[1],
                look="badge",
                width=220,
            ),
            Column(title=self.tr("On"), text=lambda use: formats.date_text(use.happened_on), align="right", width=120),
        ]

    # the form
    def make_form(self) -> CouponForm:
        """Code and limits."""
        return CouponForm()

    def blank(self) -> Coupon:
        """With a code made up, for the promotion of the route if it names one."""
        known = self.surround(self.form)
        first = known.coupon_promotions[0] if known.coupon_promotions else ""
        return Coupon(new_code(), self._route.get("promotion") or first, self._context.today())

    def values_of(self, found: FoundRule) -> Coupon:
        """What is kept."""
        self.surround(self.form)
        item: Coupon = found.stored.item
        return item

    def copy_of(self, values: Coupon) -> Coupon:
        """Another code for the same."""
        return replace(values, code=new_code(), active=True)

    def form_title(self, found: FoundRule | None) -> str:
        """What it is about."""
        return self.tr("New coupon") if found is None else found.stored.item.code
