"""The quote wizard over the agreed lines of a contract: its end is a new version, which both sides have to sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contracts.draft import Agreed, line_problems, line_steps
from app.core.errors import NotAllowed, Problem
from app.parties.defaults import defaults
from app.pipeline import amending, facts, openings
from app.pipeline.rules import Action as Verb
from app.pricing.approval import Approval
from app.pricing.marks import margin_marks
from app.quotes.draft import QuoteDraft, price_of
from app.quotes.rules import Offer
from app.store import drafts
from ui import formats
from ui.context import AppContext
from ui.quotes.price_page import PricePage
from ui.quotes.products_page import ProductsPage
from ui.quotes.wizard import Begun, QuoteWizard, read_kept
from ui.routes import Route
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field
from ui.widgets.reason_words import reason_text
from ui.wizards.page import WizardPage
from ui.wizards.problem_words import problem_words
from ui.wizards.review_page import ReviewPage, Sentence

_REHEARSED = Approval(by_owner=True)
"""For the rehearsal only, which is taken back whole: the approval itself is asked for at the end."""


class AgreedLinesPage(ProductsPage):
    """The agreed lines, and the day of the new version; what the deal is about is settled."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.title.hide()
        self.on = self.field("on", Field(self.tr("Date of the new version"), DateEdit(today=context.today), width=220))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self.on)

    def show_draft(self, draft: QuoteDraft) -> None:
        """The lines, and the day."""
        self.on.set_value(draft.on)
        super().show_draft(draft)

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Lines and day as they stand."""
        self._draft = replace(super().read(draft), title=draft.title, on=self.on.value() or draft.on)
        return self._draft

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """The day's beside it, the others as in a quote."""
        words, others = problem_words(), []
        for problem in problems:
            if problem.field == "on":
                self.on.set_problem(words(problem))
            else:
                others.append(problem)
        return super().show_problems(others)


class VersionPage(ReviewPage):
    """The contract first; the revision of the quote behind it goes with it."""

    def arrange(self, foreseen: Sequence[Any]) -> Sequence[Any]:
        """The contract before the quote."""
        return sorted(foreseen, key=lambda item: item.kind != "contract")


class AmendLinesWizard(QuoteWizard):
    """Customer and terms stay as they were agreed; the last page rehearses the amendment."""

    kinds = frozenset({"deal", "quote", "contract", "outbox", "draft"})

    def __init__(self, context: AppContext, begun: Begun, agreed: Agreed, offer: Offer, gross: int) -> None:
        self._agreed, self._offer, self._gross = agreed, offer, gross
        super().__init__(context, begun)

    def title(self) -> str:
        """For the top bar."""
        return self.tr("Change the agreed lines")

    def steps(self, draft: QuoteDraft) -> Sequence[str]:
        """Products, price, review."""
        return line_steps(draft)

    def problems(self, draft: QuoteDraft, step: str) -> Sequence[Problem]:
        """Of the lines, and that something is changed at all."""
        return line_problems(self._agreed, self._offer, draft, step)

    def settle(self, draft: QuoteDraft) -> QuoteDraft:
        """What was agreed keeps its price, whatever the rules say today; what is new has theirs."""
        return self.prices.settle_new(draft, {line.sku for line in self._offer.lines})

    def pages(self) -> Mapping[str, Callable[[], WizardPage]]:
        """Three pages."""
        context, begun = self._context, self._begun
        return {
            "products": lambda: AgreedLinesPage(context),
            "price": lambda: PricePage(context, begun.marks, begun.taxes),
            "review": lambda: VersionPage(
                context,
                begun.draft.deal_id or 0,
                lambda draft: partial(amending.amend_lines, draft=draft, approval=_REHEARSED),
                self._sentences,
                self.tr("Contract"),
                self.tr("The contract cannot be shown."),
            ),
        }

    def last_button(self, draft: QuoteDraft) -> str:
        """With the version."""
        return self.tr("Make version %1 of the contract").replace("%1", str(self._agreed.version + 1))

    def store(self, session: Any, draft: QuoteDraft) -> Any:
        """The amendment."""
        return amending.amend_lines(session, draft, self.approval)

    def is_sent(self, draft: QuoteDraft) -> bool:
        """The new version goes out, always."""
        return True

    def stored(self, draft: QuoteDraft, done: Any) -> None:
        """To the contract."""
        self._context.say(self._say("Version %1 of the contract is made", str(self._agreed.version + 1)))
        self._context.router.open(Route("contract", draft.deal_id or done.ids["deal"]))

    # inside
    def _sentences(self, draft: QuoteDraft, foreseen: Sequence[Any]) -> list[Sentence]:
        agreed, told = self._agreed, []
        made = self._say("Version %1 of contract %2 is made", str(agreed.version + 1), agreed.number)
        told.append(Sentence(made, "contract", "accent", self._total_words(draft)))
        for item in foreseen:
            if item.kind == "quote":
                paper = item.document
                words = self._say("Revision %1 of quote %2 goes with it", str(paper.revision), paper.number)
                told.append(Sentence(words, "quote", "accent"))
        if agreed.signatures:
            words = self.tr("%n signatures no longer count", None, agreed.signatures)
            told.append(Sentence(words, "warning", "warn", self.tr("Both sides sign the new version.")))
        told.append(Sentence(self.tr("A letter with the new version waits in the outbox"), "mail", "accent"))
        return told

    def _total_words(self, draft: QuoteDraft) -> str:
        before = formats.money_text(self._gross, draft.currency)
        after = formats.money_text(price_of(draft).assembled.totals.gross, draft.currency)
        if before == after:
            return self._say("Its total stays %1.", after)
        return self._say("Its total goes from %1 to %2.", before, after)

    def _say(self, source: str, *values: str) -> str:
        words = QCoreApplication.translate("quotes", source)
        for place, value in enumerate(values, 1):
            words = words.replace(f"%{place}", value)
        return words


def screen(context: AppContext, route: Route) -> QWidget:
    """The wizard for a deal's contract. Raises `NotAllowed` with the reason, `NotFound`."""
    on, deal_id = context.today(), int(route.id or 0)
    with context.store.read() as session:
        known = facts.load(session, deal_id)
        if reason := reason_text(known.standing(on), Verb.AMEND_CONTRACT):
            raise NotAllowed(reason)
        draft = read_kept(drafts.get(session, route.kind, str(deal_id)))
        fresh = draft or amending.begin_lines(session, known, on)
        marks, taxes = margin_marks(session), defaults(session).taxes
    begun = Begun(fresh, route.kind, str(deal_id), draft is not None, False, marks, taxes)
    return AmendLinesWizard(context, begun, openings.amendment(known), known.quote.offer, known.quote.gross)
