"""A wizard about one deal as a screen: facts read, a kept draft taken up, autosave, and the one command at the end.

What differs from wizard to wizard is its `Plan`; the flow is the plan's pure functions from the stage's draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.core.codec import from_text, to_text
from app.core.errors import Problem
from app.pipeline.rules import Action, Standing
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column
from ui.widgets.reason_words import looking_only_text, reason_text
from ui.wizards.page import WizardPage
from ui.wizards.wizard import Wizard

if TYPE_CHECKING:
    from app.pipeline.facts import Facts
    from app.store.drafts import Draft

_FORM = 1
"""Version of the text that drafts are kept in."""


class Plan:
    """What one wizard does. A subclass sets the names and gives the functions; none of them keeps anything."""

    kind = ""
    """The route's kind; a draft is kept under it, with the deal as its subject."""
    draft: type[Any]
    """The frozen draft."""
    action: Action
    """What the deal has to allow."""
    kinds: frozenset[str] = frozenset()
    """What is told to have changed."""

    def load(self, session: Any, known: Facts, route: Route) -> Any:
        """The facts that the pages and problems need."""
        raise NotImplementedError

    def begin(self, facts: Any, known: Facts, context: AppContext, route: Route) -> Any:
        """A new draft."""
        raise NotImplementedError

    def fit(self, _facts: Any, draft: Any) -> Any:
        """A kept draft over the facts of today."""
        return draft

    def steps(self, draft: Any) -> Sequence[str]:
        """Names of the steps."""
        raise NotImplementedError

    def problems(self, facts: Any, draft: Any, step: str) -> Sequence[Problem]:
        """What is wrong with a step."""
        raise NotImplementedError

    def pages(self, facts: Any, known: Facts, context: AppContext) -> Mapping[str, Callable[[], WizardPage]]:
        """A maker of each page but the last."""
        raise NotImplementedError

    def title(self, step: str) -> str:
        """Words of a step."""
        raise NotImplementedError

    def commit_words(self, facts: Any, draft: Any) -> str:
        """What the last button says."""
        raise NotImplementedError

    def work(self, facts: Any, draft: Any, deal_id: int) -> Callable[[Any], Any]:
        """The command, waiting for its session."""
        raise NotImplementedError

    def said(self, facts: Any, draft: Any, done: Any) -> str:
        """What is said once it is done."""
        raise NotImplementedError

    def after(self, session: Any, done: Any, deal_id: int) -> Route:
        """Where one goes then."""
        return Route("deal", deal_id)

    def reason(self, standing: Standing) -> str:
        """Why it is not possible now, in words; "" if it is."""
        return reason_text(standing, self.action)


class DealWizard(QWidget):
    """The screen: the wizard, or the reason why it is not possible now."""

    def __init__(self, context: AppContext, route: Route, plan: Plan, name: str) -> None:
        super().__init__()
        self._context, self._route, self._plan, self._name = context, route, plan, name
        self._deal_id = int(route.id or 0)
        self._key = uuid4().hex
        self.wizard: Wizard | None = None
        self.setProperty("panel", "canvas")
        self._layout = column()
        self.setLayout(self._layout)
        self._open()

    def title(self) -> str:
        """For the window's top bar: what is done, and in which deal."""
        return f"{self._name} · {self._known.deal.number}"

    # inside
    def _open(self) -> None:
        from app.pipeline import facts as deal_facts  # the store is loaded with the first company, not with the kit
        from app.store import drafts

        on = self._context.today()
        with self._context.store.read() as session:
            self._known = deal_facts.load(session, self._deal_id)
            money = deal_facts.money(session, self._known.deal)
            standing = self._known.standing(on, money_open=money.receivable > 0, has_credit=money.credit > 0)
            reason = self._looking_only() or self._plan.reason(standing)
            self._facts = None if reason else self._plan.load(session, self._known, self._route)
            kept = drafts.get(session, self._plan.kind, self._subject)
        if reason:
            self._layout.addWidget(self._refusal(reason))
        else:
            self._begin(kept)

    def _looking_only(self) -> str:
        return looking_only_text() if self._context.is_read_only else ""

    @property
    def _subject(self) -> str:
        return str(self._deal_id)

    def _refusal(self, reason: str) -> QWidget:
        back = Button(self.tr("To the deal"), "primary", do=lambda: self._go(Route("deal", self._deal_id)))
        return EmptyState("info", self.tr("That is not possible now"), reason, back)

    def _begin(self, kept: Draft | None) -> None:
        draft = self._kept_draft(kept)
        if draft is not None:
            self._layout.addWidget(self._kept_banner())
        plan, facts = self._plan, self._facts
        self._fresh = self._new_draft()
        self._is_kept = draft is not None
        draft = draft if draft is not None else self._fresh
        self.wizard = Wizard(
            draft,
            plan.steps,
            lambda values, step: plan.problems(facts, values, step),
            plan.pages(facts, self._known, self._context),
            titles=plan.title,
            commit_words=lambda values: plan.commit_words(facts, values),
            save=self._save,
            name=self._name,
        )
        self.wizard.committed.connect(self._commit)
        self.wizard.left.connect(self._leave)
        self._layout.addWidget(self.wizard, 1)

    def _new_draft(self) -> Any:
        return self._plan.begin(self._facts, self._known, self._context, self._route)

    def _kept_draft(self, kept: Draft | None) -> Any:
        """What was typed earlier; None if nothing was, or in a form of another version of Handsel."""
        if kept is None or kept.version != _FORM:
            return None
        try:
            return self._plan.fit(self._facts, from_text(self._plan.draft, kept.text))
        except (TypeError, ValueError, KeyError):
            return None

    def _kept_banner(self) -> QWidget:
        again = Button(self.tr("Start anew"), "ghost", do=self._start_anew)
        self._banner = Banner(self.tr("You began this earlier; it is as you left it."), "history", "accent", again)
        return self._banner

    def _start_anew(self) -> None:
        if self.wizard is not None:
            self._banner.hide()
            first = self._plan.steps(self.wizard.draft)[0]
            self.wizard.set_draft(self._fresh)
            self.wizard.go_to(first)

    def _save(self, draft: Any) -> None:
        if draft == self._fresh and not self._is_kept:
            return  # nothing was typed yet: there is nothing to go on with later
        from app.store import drafts  # see above

        self._is_kept = True
        item = drafts.Draft(self._plan.kind, self._subject, _FORM, to_text(draft))
        self._context.write(lambda session: drafts.put(session, item), {"draft"}, owner=self)

    def _commit(self, draft: Any) -> None:
        from app.outputs.printable import checked  # see above
        from app.store import drafts

        plan, facts, deal_id, subject = self._plan, self._facts, self._deal_id, self._subject
        work = checked(plan.work(facts, draft, deal_id))

        def command(session: Any) -> tuple[Any, Route]:
            done = work(session)
            drafts.remove(session, plan.kind, subject)
            return done, plan.after(session, done, deal_id)

        kinds = plan.kinds | {"draft"}
        self._context.write(command, kinds, self._done, self._failed, self, self._key)

    def _done(self, answer: tuple[Any, Route]) -> None:
        done, route = answer
        draft = self.wizard.draft if self.wizard is not None else None
        self._context.say(self._plan.said(self._facts, draft, done))
        self._go(route)

    def _failed(self, error: Exception) -> None:
        if self.wizard is not None and not self.wizard.refuse(error):
            self._context.errors.report(error, self)

    def _leave(self) -> None:
        router = self._context.router
        if router.can_go_back:
            router.back()
        else:
            self._go(Route("deal", self._deal_id))

    def _go(self, route: Route) -> None:
        self._context.router.open(route)
