"""The page of a price rule: what it says, a try of what it comes to, and the verbs that all rules have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.pipeline.trying import Around, around
from ui.context import AppContext
from ui.pricing import texts
from ui.pricing.texts import problem_words
from ui.pricing.try_card import Suggested, TryCard
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.action_dialog import ActionDialog
from ui.widgets.date_edit import DateEdit
from ui.widgets.facts_card import FactsCard
from ui.widgets.field import Field
from ui.widgets.record_page import RecordPage


@dataclass(frozen=True, slots=True)
class FoundRule:
    """A rule as it is kept, what rules may name, and `more` of a screen's own."""

    stored: Any
    around: Around
    more: Any = None


class RulePage(RecordPage):
    """Base. A subclass gives `read`, `saved_with`, `head`, `facts` and the parts of its form."""

    changes = frozenset({"price-list", "contract-price", "promotion", "coupon", "delivery-rule", "product", "customer",
                         "quote"})  # fmt: skip
    has_days = True
    """Whether it ends on a day; else it is withdrawn and used again."""
    tries_coupon = False

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route)
        self.dialog: ActionDialog | None = None
        self.change = Action(self.tr("Edit"), self, self.edit, "edit", "Ctrl+E")
        self.copy = Action(self.tr("Duplicate"), self, self.duplicate, "copy", "Ctrl+D")
        self.end = Action(self.tr("End…"), self, self.ask_end, "minus")
        self.set_verbs([self.change, self.copy, self.end])
        self.told = FactsCard(self.tr("What it says"))
        self.add_card(self.told)
        self.trial = TryCard(context, self.tries_coupon)
        self.add_side(self.trial)
        self.make_more()
        self.reload()

    # what a screen gives
    def read(self, session: Any, key: int) -> Any:
        """The rule as it is kept. Raises `NotFound`."""
        raise NotImplementedError

    def read_more(self, _session: Any, _key: int) -> Any:
        """What else the screen shows."""
        return None

    def put(self, session: Any, item: Any, key: int | None) -> int:
        """Save a rule; returns its id."""
        raise NotImplementedError

    def end_on(self, session: Any, key: int, on: date) -> Any:
        """Let it hold for the last time on a day."""
        raise NotImplementedError

    def name_of(self, item: Any) -> str:
        """What it is called."""
        return str(item.name)

    def head(self, found: FoundRule) -> tuple[str, texts.Badge]:
        """Below the name, and its state."""
        raise NotImplementedError

    def facts(self, found: FoundRule) -> Sequence[tuple[str, str]]:
        """What it says."""
        raise NotImplementedError

    def suggested(self, found: FoundRule) -> Suggested:
        """What a try begins with."""
        raise NotImplementedError

    def make_more(self) -> None:
        """Other cards."""

    def fill_more(self, _found: FoundRule) -> None:
        """Fill them."""

    # of the page
    def load(self, session: Any, key: int) -> FoundRule:
        """With everything that rules may name."""
        return FoundRule(self.read(session, key), around(session), self.read_more(session, key))

    def fill(self, found: FoundRule) -> None:
        """Put it into the parts."""
        item = found.stored.item
        below, badge = self.head(found)
        self.set_head(self.name_of(item), below, badge)
        if not self.has_days:
            self.end.rename(self.tr("Withdraw") if item.active else self.tr("Use again"))
        self.told.show_facts(self.facts(found))
        self.fill_more(found)
        self.trial.begin(found.around, self.suggested(found))

    def list_route(self) -> Route:
        """Its tab."""
        return Route.to("prices", tab=self.kind)

    def said(self, values: Any) -> str:
        """What was saved."""
        return self.tr("%1 is saved").replace("%1", self.name_of(self.item_of(values)))

    def item_of(self, values: Any) -> Any:
        """The rule that form values mean."""
        return values

    def command(self, session: Any, values: Any, key: int | None) -> int:
        """Save the rule."""
        return self.put(session, self.item_of(values), key)

    def surround(self, form: Any) -> Around:
        """Give the form what there is to choose from."""
        with self._context.store.read() as session:
            found = around(session)
        form.set_around(found)
        return found

    # ending
    def ask_end(self) -> None:
        """Ask for its last day, or withdraw it at once."""
        if not self.has_days:
            self._toggle()
            return
        item, key = self.found.stored.item, self.key
        day = DateEdit(today=self._context.today)
        day.set_value(self._context.today())
        self.dialog = ActionDialog(
            self._context,
            self,
            self.tr("End %1").replace("%1", self.name_of(item)),
            self.tr("What was priced with it stays as it is."),
            self.tr("End it"),
            {"ends_on": Field(self.tr("Last day"), day, width=180)},
            lambda values: lambda session: self.end_on(session, key, values["ends_on"]),
            {self.kind},
            lambda _: self._say_ended(item, key),
            words=problem_words,
        )
        self.dialog.open()

    def _say_ended(self, item: Any, key: int) -> None:
        words = self.tr("%1 ends").replace("%1", self.name_of(item))
        self._context.say(words, self.tr("Undo"), lambda: self._save_again(item, key))

    def _toggle(self) -> None:
        item, key = self.found.stored.item, self.key
        changed = replace(item, active=not item.active)
        words = self.tr("%1 is withdrawn") if item.active else self.tr("%1 is in use again")
        said = words.replace("%1", self.name_of(item))
        self._context.write(
            lambda session: self.put(session, changed, key),
            {self.kind},
            lambda _: self._context.say(said, self.tr("Undo"), lambda: self._save_again(item, key)),
            owner=self,
        )

    def _save_again(self, item: Any, key: int) -> None:
        self._context.write(lambda session: self.put(session, item, key), {self.kind}, owner=self)
