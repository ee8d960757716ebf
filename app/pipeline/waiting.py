"""What waits in each stage: the counts beside the stages, and which deals the two of money and goods count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from app.contracts.models import contract
from app.deals.models import deal
from app.invoicing.models import invoice
from app.pipeline import standing_sql as standing
from app.quotes.models import quote
from app.revenue.models import revenue_entry
from app.store.drafts import draft
from app.store.history import history
from app.store.session import Session
from app.store.types import Day

Waiting = Literal["", "deposit", "delivery"]
"""What deals in force wait for: money before goods leave, goods to dispatch or to be received. "" asks for nothing."""

MANY = 200
"""So many deals are looked at one by one; if more have changed, all are."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits in each stage, for the sidebar."""

    deals: int
    configure: int
    price: int
    quote: int
    contract: int
    payment: int
    delivery: int
    invoice: int
    revenue: int


class Tally:
    """Counts that are kept between two looks at one file: only the deals that history names since are looked at again.

    A first look at 20,000 deals takes a sixth of a second, every later one a few milliseconds. Not for two threads.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._known: dict[int, dict[str, int]] = {}
        self._sums: Counter[str] = Counter()

    def count(self, session: Session, on: date) -> Counts:
        """What waits: live deals, drafts, quotes out, contracts to sign, payments due, deliveries to do, invoices open.

        `configure` counts drafts of wizards that were not finished; `revenue` counts documents with revenue this month.
        `payment` and `delivery` count the deals that wait for it: see `deals_waiting`.
        """
        self._keep_up(session)
        days = {"today": on, "month": on.replace(day=1)}
        others = {"configure": session.value(_DRAFTS), "revenue": session.value(_EARNED, days)}
        return Counts(**dict.fromkeys(Counts.__dataclass_fields__, 0) | self._sums | others)

    def _keep_up(self, session: Session) -> None:
        last = session.value(_LAST) or 0
        named = [row.deal_id for row in session.rows(_TOUCHED, {"seen": self._seen})] if self._seen else [None]
        touched = {deal_id for deal_id in named if deal_id is not None}
        if None in named or len(touched) > MANY:  # a command that names no deal may be about any
            self._forget(tuple(self._known))
            self._add(session.rows(_ALL_WAITS))
        elif touched:
            self._forget(touched)
            self._add(session.rows(_THEIR_WAITS, {"deals": list(touched)}))
        self._seen = last

    def _forget(self, deals: Iterable[int]) -> None:
        for deal_id in deals:
            self._sums.subtract(self._known.pop(deal_id, {}))

    def _add(self, rows: Any) -> None:
        for deal_id, *numbers in rows:
            found = dict(zip(_STAGES, map(int, numbers), strict=True))
            self._known[deal_id] = found
            self._sums.update(found)


def counts(session: Session, on: date) -> Counts:
    """`Tally.count`, for one look."""
    return Tally().count(session, on)


def deals_waiting(what: Waiting) -> Any:
    """A select of the ids of the deals that wait for something, as `counts` counts them."""
    return select(deal.c.id).select_from(_CONTRACTED).where(_LIVE, standing.SIGNATURES >= 2, *_WAITING[what])


_QUOTED = deal.join(quote, and_(quote.c.deal_id == deal.c.id, standing.IS_LATEST))
_CONTRACTED = _QUOTED.join(contract, contract.c.deal_id == deal.c.id)
_LIVE = deal.c.cancelled_on.is_(None)
_GOODS = or_(standing.HAS_TO_DISPATCH, standing.HAS_IN_TRANSIT)
_WAITING: dict[str, tuple[ColumnElement[bool], ...]] = {
    "deposit": (standing.HAS_OPEN_LINES, standing.LACKS_DEPOSIT),
    "delivery": (standing.HAS_OPEN_LINES, _GOODS),
}


def _when(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return case((and_(*conditions), 1), else_=0)


def _waits(*only: ColumnElement[bool]) -> Select[Any]:
    """For each deal that is not at its end: how many it adds to the count of each of `_STAGES`."""
    has_contract = contract.c.id.is_not(None)
    each = (
        select(
            deal.c.id,
            _LIVE.label("is_live"),
            case((_LIVE, quote.c.state), else_="").label("state"),
            has_contract.label("has_contract"),
            case((has_contract, standing.SIGNATURES), else_=0).label("signatures"),
            case((has_contract, standing.HAS_OPEN_LINES), else_=True).label("is_open"),
            case((has_contract, standing.RECEIVABLE > 0), else_=False).label("is_owed"),
        )
        .select_from(_QUOTED.outerjoin(contract, contract.c.deal_id == deal.c.id))
        .where(*only)
        .cte("each_deal")
        .prefix_with("MATERIALIZED")  # once for each deal: the sums over its lines and the books are what costs time
    )
    on = each.c
    orders = (on.is_live, on.signatures >= 2, on.is_open)
    stages = {
        "deals": _when(on.is_live),
        "price": _when(on.state == "draft"),
        "quote": _when(on.state == "sent"),
        "contract": _when(on.is_live, on.has_contract, on.signatures < 2),
        "payment": _when(*orders, standing.LACKS_DEPOSIT),
        "delivery": _when(*orders, _GOODS),
        "invoice": case((on.is_owed, _OPEN_INVOICES), else_=0),
    }
    return (
        select(deal.c.id, *(stages[name].label(name) for name in _STAGES))
        .select_from(_QUOTED.join(each, on.id == deal.c.id))
        .where(or_(and_(on.is_live, or_(on.signatures < 2, on.is_open)), on.is_owed))
    )


_STAGES = ("deals", "price", "quote", "contract", "payment", "delivery", "invoice")
_OPEN_INVOICES = (
    select(func.count())
    .where(invoice.c.deal_id == deal.c.id, invoice.c.kind == "invoice", standing.INVOICE_OPEN > 0)
    .correlate(deal)
    .scalar_subquery()
)
_ALL_WAITS = _waits()
_THEIR_WAITS = _waits(deal.c.id.in_(bindparam("deals", expanding=True)))
_LAST = select(func.max(history.c.id))
_TOUCHED = select(history.c.deal_id).where(history.c.id > bindparam("seen"))
_DRAFTS = select(func.count()).select_from(draft)
_EARNED = select(func.count(revenue_entry.c.document.distinct())).where(
    revenue_entry.c.earned_on >= bindparam("month", type_=Day), revenue_entry.c.earned_on <= standing.TODAY
)
