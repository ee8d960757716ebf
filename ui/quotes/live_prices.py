"""The store's price rules on the draft that is being typed: after every key, and never over what was typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.core.errors import Problem, RuleViolation
from app.pipeline.pricing import PricedLines, priced_draft
from app.pricing.book import coupon_code
from app.pricing.queries import known_coupons
from app.quotes.draft import LineDraft, QuoteDraft
from ui.context import AppContext

NOTHING: PricedLines[LineDraft] = PricedLines(())


class LivePrices:
    """Prices a draft, and keeps what was found about it beside the prices."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._settled: QuoteDraft | None = None
        self.found = NOTHING
        """Of the draft that was priced last: coupons and why some give nothing, conflicts, the delivery charge."""
        self.circle: tuple[Problem, ...] = ()
        """Percentages of a total that go round in a circle: nothing is priced until a rule is changed."""

    def settle(self, draft: QuoteDraft) -> QuoteDraft:
        """The draft with its prices by the rules of today's file; typed ones stay."""
        if draft == self._settled:
            return draft
        try:
            with self._context.store.read() as session:
                draft, self.found = priced_draft(session, draft)
        except RuleViolation as violation:
            self.circle, self.found = tuple(violation.problems), NOTHING
        else:
            self.circle = ()
        self._settled = draft
        return draft

    def settle_new(self, draft: QuoteDraft, agreed: Collection[str]) -> QuoteDraft:
        """The draft with prices by the rules on lines of products that are not `agreed` yet; all others stay."""
        places = [place for place, line in enumerate(draft.lines) if line.sku and line.sku not in agreed]
        if not places:
            return draft
        lines = list(draft.lines)
        new = replace(draft, lines=tuple(lines[place] for place in places), coupons=(), reductions=())
        for place, line in zip(places, self.settle(new).lines, strict=False):
            lines[place] = line
        return replace(draft, lines=tuple(lines))

    def promotion_of(self, code: str) -> str:
        """The promotion that a coupon opens, by name; empty for a code nobody knows."""
        with self._context.store.read() as session:
            known = known_coupons(session, [coupon_code(code)], None, self._context.today())
        return next((item.coupon.promotion for _, item in known.values()), "")

    def problems(self) -> Sequence[Problem]:
        """What has to be mended before going on: coupons that cannot be used, and percentages in a circle.

        A coupon that gives no more than what is given anyway is told, and hinders nothing.
        """
        refused = [problem for problem in self.found.refused if problem.code != "beaten"]
        return [*self.circle, *refused]
