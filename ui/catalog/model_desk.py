"""What the tabs of a product's model share: the model as it is being written, its problems, undo, and saving."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.catalog.bundling import check_model, save_model
from app.catalog.configure import Conflict, Goal, check, conflicts
from app.catalog.configure.laws import laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.model import PLAIN, Model
from app.catalog.model_edit import key_of, keys, renamed, settled, uses
from app.catalog.queries import in_use
from app.catalog.rules import Product
from app.core.errors import Problem, RuleViolation
from ui.context import AppContext
from ui.widgets.finder_edit import Choices

_PAUSE_MS, _LONG_PAUSE_MS = 300, 800
_SAME_EDIT_S = 2.0
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Stand:
    """Of one product: the model that is kept, the one being written, and what can be undone."""

    kept: Model
    model: Model
    steps: tuple[Model, ...] = ()


class ModelDesk(QObject):
    """One product at a time; what was written for others waits until the program ends."""

    opened = Signal()
    """Another product, or another kept model."""
    changed = Signal()
    """The model being written changed, by whatever hand."""
    checked = Signal()
    """The problems are known anew."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._stands: dict[int, Stand] = {}
        self.product_id = 0
        self.product: Product | None = None
        self.products: Mapping[str, Product] = {}
        self.choices = Choices(())
        self.problems: Sequence[Problem] = ()
        self.contradictions: Sequence[Conflict] = ()
        self.undecided: Sequence[Goal] = ()
        self.was_refused = False
        self._last_edit = ("", 0.0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.check_now)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LONG_PAUSE_MS)
        self._later.timeout.connect(self.look_for_contradictions)

    # ------------------------------------------------------------------ what is written
    def open(self, product_id: int, product: Product, kept: Model, products: Mapping[str, Product]) -> None:
        """Go on with a product; `products` are those in its model, by SKU."""
        known = self._stands.get(product_id)
        is_other = product_id != self.product_id or known is None or known.kept != kept
        if known is None or known.kept != kept:
            known = Stand(kept, kept if known is None or known.model == known.kept else known.model)
        self._stands[product_id] = known
        self.product_id, self.product = product_id, product
        self.products = {**self.products, **products}
        if is_other:
            self.problems, self.contradictions, self.undecided, self.was_refused = (), (), (), False
        self.opened.emit()
        self.changed.emit()
        if not self.model.is_plain:
            self._timer.start()

    def load_choices(self) -> None:
        """Read the whole catalogue to choose parts and options from, beside the main thread."""
        self._context.read(in_use, self._take_choices)

    def _take_choices(self, products: Mapping[str, Product]) -> None:
        self.products = {**self.products, **products}
        own = "" if self.product is None else self.product.sku
        others = [(sku, f"{one.name}  ·  {sku}") for sku, one in products.items() if sku != own]
        self.choices = Choices(others, ((sku, sku) for sku, _ in others))
        self.changed.emit()

    @property
    def model(self) -> Model:
        """As it is being written."""
        stand = self._stands.get(self.product_id)
        return PLAIN if stand is None else stand.model

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved."""
        stand = self._stands.get(self.product_id)
        return stand is not None and stand.model != stand.kept

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        stand = self._stands.get(self.product_id)
        return stand is not None and bool(stand.steps)

    def wording(self) -> Wording:
        """The names of what is in the model."""
        return Wording(laws_of(self.model), self.products)

    def put(self, model: Model, what: str = "") -> None:
        """Write another model. Edits of the same `what` shortly after each other are undone in one step."""
        stand, new = self._stands[self.product_id], settled(model)
        if new == stand.model:
            return
        last, at = self._last_edit
        now = time.monotonic()
        is_same = bool(what) and what == last and now - at < _SAME_EDIT_S
        self._last_edit = (what, now)
        steps = stand.steps if is_same and stand.steps else (*stand.steps, stand.model)[-_MOST_STEPS:]
        self._stands[self.product_id] = Stand(stand.kept, new, steps)
        self.changed.emit()
        self._timer.start()

    def fresh_key(self, key: str, name: str, otherwise: str) -> str:
        """The key for a name: one that is neither saved nor used follows the name while it is typed."""
        if key and (key in keys(self._stands[self.product_id].kept) or uses(self.model, key)):
            return key
        return key_of(name, keys(self.model) - {key}, otherwise) if name.strip() else ""

    def rename(self, old: str, new: str) -> None:
        """Another key, made from what was typed; rules, formulas and the text follow."""
        model = self.model
        if old and new and new != old:
            self.put(renamed(model, old, key_of(new, keys(model) - {old})))

    def undo(self) -> None:
        """Take the last step back."""
        stand = self._stands[self.product_id]
        if stand.steps:
            self._back_to(Stand(stand.kept, stand.steps[-1], stand.steps[:-1]))

    def discard(self) -> None:
        """Back to what is kept; this can be undone as well."""
        stand = self._stands[self.product_id]
        self.was_refused = False
        self._back_to(Stand(stand.kept, stand.kept, (*stand.steps, stand.model)))

    def _back_to(self, stand: Stand) -> None:
        self._last_edit = ("", 0.0)
        self._stands[self.product_id] = stand
        self.changed.emit()
        self._timer.start()

    # ------------------------------------------------------------------ checking and saving
    def check_now(self) -> None:
        """Look for problems, beside the main thread."""
        self._timer.stop()
        product_id, product, model = self.product_id, self.product, self.model
        if product is None:
            return

        def look(session: Any) -> tuple[int, Model, list[Problem]]:
            return product_id, model, [*check_model(session, product_id, product, model), *check(model)]

        self._context.read(look, self._told)

    def look_for_contradictions(self) -> None:
        """Ask which rules rule each other out, beside the main thread; large models take a moment."""
        self._later.stop()
        product_id, model = self.product_id, self.model
        if self.problems or not (model.groups or model.rules):
            self._contradicted((product_id, model, (), ()))
            return

        def look(_progress: Any) -> tuple[int, Model, Sequence[Conflict], Sequence[Goal]]:
            answer = conflicts(model)
            return product_id, model, answer.found, answer.undecided

        self._context.jobs.query(look, self._contradicted)

    def save(self) -> None:
        """Keep the model, or show everything that is wrong with it."""
        product_id, product, model = self.product_id, self.product, self.model
        if product is None:
            return

        def done(_: object) -> None:
            self._stands[product_id] = Stand(model, model)
            self.was_refused = False
            self.check_now()
            self._context.say(self.tr("What can be configured of %1 is saved").replace("%1", product.name))

        self._context.write(
            lambda session: save_model(session, product_id, model), {"product"}, done, self._refused, owner=self
        )

    def shown_problems(self, place: str = "") -> list[Problem]:
        """The problems in a place ("rules[2]"), without those that only say that something is not typed yet."""
        return [
            problem
            for problem in self.problems
            if problem.field.startswith(place) and (self.was_refused or problem.code not in _NOT_YET)
        ]

    def _told(self, told: tuple[int, Model, Sequence[Problem]]) -> None:
        product_id, model, problems = told
        if (product_id, model) == (self.product_id, self.model):
            self.problems = problems
            self.checked.emit()
            self._later.start()

    def _contradicted(self, told: tuple[int, Model, Sequence[Conflict], Sequence[Goal]]) -> None:
        product_id, model, found, undecided = told
        if (product_id, model) == (self.product_id, self.model):
            self.contradictions, self.undecided = found, undecided
            self.checked.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, RuleViolation):
            self.was_refused = True
            self.problems = error.problems
            self.checked.emit()
        else:
            self._context.errors.report(error)


_NOT_YET = frozenset({"missing", "bad_key", "bad_code"})


def place_of(problem: Problem) -> tuple[str, int]:
    """The part of the model that a problem is about: ("attributes", 2), ("rules", 0), ("parts", 0), ("price", 0)."""
    head, _, rest = problem.field.partition("[")
    if head in ("attributes", "groups", "rules"):
        number: Any = rest.partition("]")[0]
        return head, int(number) if number.isdigit() else 0
    if head in ("price_formula", "text_template"):
        return "price", 0
    return ("parts", 0) if head.startswith("parts") else ("model", 0)


def place_of_key(model: Model, key: str) -> tuple[str, int]:
    """Where something with a key is written; an option in its group."""
    for at, attribute in enumerate(model.attributes):
        if attribute.key == key:
            return "attributes", at
    for at, group in enumerate(model.groups):
        if key == group.key or any(option.key == key for option in group.options):
            return "groups", at
    return "parts", 0
