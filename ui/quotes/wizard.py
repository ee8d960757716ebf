"""The quote wizard: a new quote, a copy, or a revision. Its draft is kept while it is typed, and survives a crash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.core.codec import from_text, to_text
from app.core.errors import NotAllowed, Problem
from app.core.tax import Tax
from app.parties.defaults import defaults
from app.pipeline import facts, quoting, repricing
from app.pipeline.rules import Action as Verb
from app.pipeline.rules import Standing
from app.pricing.approval import Approval
from app.pricing.marks import MarginMarks, margin_marks
from app.quotes import draft as rules
from app.quotes.draft import VERSION, QuoteDraft, price_of, to_offer
from app.quotes.rules import QuoteState
from app.store import drafts
from app.store.drafts import Draft
from ui import formats
from ui.context import AppContext
from ui.quotes.customer_page import CustomerPage
from ui.quotes.live_prices import LivePrices
from ui.quotes.price_page import PricePage
from ui.quotes.products_page import ProductsPage
from ui.quotes.reprice_dialog import RepriceDialog
from ui.quotes.review_page import ReviewPage
from ui.quotes.terms_page import TermsPage
from ui.quotes.texts import commit_words, step_words
from ui.quotes.whatif_bench import WhatIfBench
from ui.routes import Route
from ui.widgets.approval_dialog import ApprovalDialog, asked_first
from ui.widgets.layout import column
from ui.widgets.offer_figures import offer_in_short, show_offer
from ui.widgets.reason_words import reason_text
from ui.widgets.totals_panel import TotalsPanel
from ui.wizards.page import WizardPage
from ui.wizards.wizard import Wizard

_ASIDE_FROM = 1060
"""Width from which the totals stand beside the pages."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the wizard starts with: the draft, where it is kept, and what the company set."""

    draft: QuoteDraft
    kind: str
    subject: str
    is_resumed: bool
    is_sent_already: bool
    marks: MarginMarks
    taxes: tuple[Tax, ...]
    is_held: bool = False
    """Whether prices of before were held, because today's rules would have changed them."""


class QuoteWizard(QWidget):
    """The shell with its pages, and the totals beside them."""

    kinds = frozenset({"deal", "quote", "customer", "outbox", "draft"})
    """What is told to have changed at the end."""

    def __init__(self, context: AppContext, begun: Begun) -> None:
        super().__init__()
        self.prices = LivePrices(context)
        self._context, self._begun = context, replace(begun, draft=self.settle(begun.draft))
        self._key = uuid4().hex
        self._in_short = ""
        self.dialog: RepriceDialog | None = None
        self.asking: ApprovalDialog | None = None
        self.bench: WhatIfBench | None = None
        self.approval: Approval | None = None
        self.totals = TotalsPanel(self.tr("Totals so far"))
        self.wizard = Wizard(
            self._begun.draft,
            self.steps,
            self.problems,
            self.pages(),
            step_words,
            self.last_button,
            self._keep,
            self.totals,
            self.title(),
            self.settle,
        )
        self.wizard.changed.connect(self._show_totals)
        self.wizard.committed.connect(self._commit)
        self.wizard.left.connect(self._leave)
        self.wizard.stepped.connect(self._place_aside)
        self.setLayout(column(self.wizard))
        self._show_totals(self._begun.draft)
        if begun.is_resumed:
            context.say(self.tr("Your draft goes on where you left it"), self.tr("Start over"), self._start_over)

    def title(self) -> str:
        """For the top bar."""
        return self.tr("New quote") if self._begun.draft.deal_id is None else self.tr("Revise the quote")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place_aside()

    # what amending the lines of a contract does in its own way
    def steps(self, draft: QuoteDraft) -> Sequence[str]:
        """The pages in order."""
        return rules.steps(draft)

    def problems(self, draft: QuoteDraft, step: str) -> Sequence[Problem]:
        """Everything that is wrong with a step."""
        found = rules.problems(draft, step)
        return [*found, *self.prices.problems()] if step == "price" else found

    def settle(self, draft: QuoteDraft) -> QuoteDraft:
        """The draft with its prices by the store's rules."""
        return self.prices.settle(draft)

    def pages(self) -> Mapping[str, Callable[[], WizardPage]]:
        """A maker of each page."""
        context = self._context
        return {
            "customer": lambda: CustomerPage(context),
            "products": lambda: ProductsPage(context),
            "price": self._price_page,
            "terms": lambda: TermsPage(context),
            "review": self._review_page,
        }

    def last_button(self, draft: QuoteDraft) -> str:
        """What the last button says."""
        if self._begun.is_sent_already:
            return self.tr("Save and send the revision")
        return commit_words(draft)

    def store(self, session: Any, draft: QuoteDraft) -> Any:
        """The one command at the end; returns what it did."""
        return quoting.save(session, draft, self.approval)

    def is_sent(self, draft: QuoteDraft) -> bool:
        """Whether a paper goes out at the end."""
        return draft.send or self._begun.is_sent_already

    def stored(self, draft: QuoteDraft, done: Any) -> None:
        """Say what was done, and go where it can be seen."""
        number = done.numbers[0] if done.numbers else ""
        is_sent = self.is_sent(draft)
        words = self.tr("Quote %1 sent to %2") if is_sent else self.tr("Draft quote saved for %2")
        self._context.say(words.replace("%1", number).replace("%2", draft.customer.name))
        self._context.router.open(Route("deal", done.ids["deal"]))

    # inside
    def _place_aside(self, *_: Any) -> None:
        page = self.wizard.page()
        is_explained = isinstance(page, PricePage) and page.is_explaining
        has_room = self.width() >= _ASIDE_FROM and not is_explained
        is_priced = self.wizard.step not in ("customer", "review")
        self.totals.setVisible(has_room and is_priced)
        self.wizard.set_note("" if has_room or not is_priced else self._in_short)

    def _price_page(self) -> WizardPage:
        page = PricePage(self._context, self._begun.marks, self._begun.taxes, self.prices)
        page.tell_held(self._begun.is_held)
        page.repricing.connect(self._look_at_prices)
        page.trying.connect(self._try_versions)
        page.explaining.connect(self._place_aside)
        return page

    def _look_at_prices(self) -> None:
        """Before and after by today's rules."""
        draft = self.wizard.read()
        with self._context.store.read() as session:
            choices = repricing.choices(session, draft)
        if choices is None or not choices.is_changed:
            self._context.say(self.tr("By today's rules every line costs the same"))
            return
        self.dialog = RepriceDialog(self, choices, draft.currency, self._take_prices)
        self.dialog.open()

    def _try_versions(self) -> None:
        """The bench, with the draft as it stands."""
        draft = self.wizard.read()
        if rules.live(draft) is None:
            self._context.say(self.tr("Every line needs a price first"))
            return
        self.bench = WhatIfBench(self._context, self, draft, self._begun.marks, self._take_version)
        self.bench.open()

    def _take_version(self, draft: QuoteDraft) -> None:
        before = self.wizard.draft
        self.wizard.set_draft(draft)
        words = self.tr("The version is in the draft now")
        self._context.say(words, self.tr("Undo"), lambda: self.wizard.set_draft(before))

    def _take_prices(self, places: Collection[int]) -> None:
        before = self.wizard.draft
        with self._context.store.read() as session:
            self.wizard.set_draft(repricing.taken(session, before, places))
        words = self.tr("%n lines have today's price", None, len(places))
        self._context.say(words, self.tr("Undo"), lambda: self.wizard.set_draft(before))

    def _review_page(self) -> WizardPage:
        return ReviewPage(self._context, self._begun.is_sent_already, self._begun.marks)

    def _show_totals(self, draft: QuoteDraft) -> None:
        known = rules.live(draft)
        self._in_short = "" if known is None else offer_in_short(known[0], known[1], draft.basis)
        self._place_aside()
        if known is None:
            self.totals.show_rows([])
            self.totals.show_total(self.tr("Total with tax"), formats.NOTHING)
            self.totals.show_margin(None)
            self.totals.show_hint("")
            self.totals.show_plan("", [])
        else:
            show_offer(self.totals, known[0], known[1], draft.basis, self._begun.marks)

    def _keep(self, draft: QuoteDraft) -> None:
        if draft == self._begun.draft and not self._begun.is_resumed:
            return
        item = Draft(self._begun.kind, self._begun.subject, VERSION, to_text(draft))
        self._context.write(lambda session: drafts.put(session, item), {"draft"})

    def _commit(self, draft: QuoteDraft) -> None:
        """Below the floor a reason or the PIN is asked for first, where the company wants that."""
        self.wizard.set_busy(False)
        if not self.is_sent(draft):
            self._approved(draft, None)
            return
        words, go = self.last_button(draft), partial(self._approved, draft)
        self.asking = asked_first(self._context, self, to_offer(draft), draft.basis, price_of(draft), words, go)

    def _approved(self, draft: QuoteDraft, approval: Approval | None) -> None:
        self.approval = approval
        self.wizard.set_busy(True)
        kind, subject = self._begun.kind, self._begun.subject

        def work(session: Any) -> Any:
            done = self.store(session, draft)
            drafts.remove(session, kind, subject)
            return done

        self._context.write(work, self.kinds, partial(self.stored, draft), self._refused, self, self._key)

    def _refused(self, error: Exception) -> None:
        if not self.wizard.refuse(error):
            self._context.errors.report(error, self)

    def _leave(self) -> None:
        if self._context.router.can_go_back:
            self._context.router.back()
        else:
            self._context.router.open(Route("deals"))

    def _start_over(self) -> None:
        kind, subject = self._begun.kind, self._begun.subject
        current = self._context.router.current

        def again(_answer: Any) -> None:
            if current is not None:
                self._context.router.open(Route("deals"))
                self._context.router.open(current)

        self._context.write(lambda session: drafts.remove(session, kind, subject), {"draft"}, again, owner=self)


def begin(context: AppContext, route: Route) -> Begun:
    """What a route starts with: the kept draft if there is one, else a new one. Raises `NotAllowed`, `NotFound`."""
    on, copied = context.today(), route.get("duplicate")
    subject = f"copy-{copied}" if copied else str(route.id or "")
    with context.store.read() as session:
        standing = facts.load(session, int(route.id or 0)).standing(on) if route.kind == "revise-quote" else None
        _require_revisable(standing)
        kept = drafts.get(session, route.kind, subject)
        draft = read_kept(kept)
        if draft is None and standing is not None:
            draft = quoting.revision(session, int(route.id or 0), on)
        elif draft is None and copied:
            draft = quoting.copy(session, int(copied), on)
        fresh = draft or quoting.begin(session, on, int(route.id) if route.id else None)
        held = repricing.held(session, fresh)
        is_sent = standing is not None and standing.quote is not QuoteState.DRAFT
        marks, taxes = margin_marks(session), defaults(session).taxes
    return Begun(held, route.kind, subject, read_kept(kept) is not None, is_sent, marks, taxes, held is not fresh)


def _require_revisable(standing: Standing | None) -> None:
    if standing is not None and (reason := reason_text(standing, Verb.REVISE_QUOTE)):
        raise NotAllowed(reason)


def read_kept(kept: Draft | None) -> QuoteDraft | None:
    """A kept draft; one of another form of this program is begun anew."""
    if kept is None or kept.version != VERSION:
        return None
    try:
        return from_text(QuoteDraft, kept.text)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return None


def screen(context: AppContext, route: Route) -> QWidget:
    """The wizard for a route."""
    return QuoteWizard(context, begin(context, route))
