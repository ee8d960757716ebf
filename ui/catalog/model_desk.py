"""What the tabs of a product's model share: the model being written, its products and names, its contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.catalog.bundling import check_model, save_model
from app.catalog.configure import Conflict, Goal, conflicts
from app.catalog.configure.laws import laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.model import PLAIN, Model
from app.catalog.model_edit import key_of, keys, renamed, settled, uses
from app.catalog.queries import in_use
from app.catalog.rules import Product
from app.core.errors import Problem
from ui.catalog.desk import Desk
from ui.context import AppContext
from ui.widgets.finder_edit import Choices

_PAUSE_MS = 800


class ModelDesk(Desk):
    """One product at a time, by its id."""

    empty = PLAIN

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self.product: Product | None = None
        self.products: Mapping[str, Product] = {}
        self.choices = Choices(())
        self.contradictions: Sequence[Conflict] = ()
        self.undecided: Sequence[Goal] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.look_for_contradictions)
        self.checked.connect(self._maybe_later)
        self._looked_at: Model | None = None

    @property
    def model(self) -> Model:
        """As it is being written."""
        written: Model = self.written
        return written

    def open(self, product_id: int, product: Product, kept: Model, products: Mapping[str, Product]) -> None:
        """Go on with a product; `products` are those in its model, by SKU."""
        self.product = product
        self.products = {**self.products, **products}
        if product_id != self.id:
            self.contradictions, self.undecided, self._looked_at = (), (), None
        self.show(product_id, kept)

    def load_choices(self) -> None:
        """Read the whole catalogue to choose parts and options from, beside the main thread."""
        self._context.read(in_use, self._take_choices, owner=self)

    def _take_choices(self, products: Mapping[str, Product]) -> None:
        self.products = {**self.products, **products}
        own = "" if self.product is None else self.product.sku
        others = [(sku, f"{one.name}  ·  {sku}") for sku, one in products.items() if sku != own]
        self.choices = Choices(others, ((sku, sku) for sku, _ in others))
        self.changed.emit()

    def wording(self) -> Wording:
        """The names of what is in the model."""
        return Wording(laws_of(self.model), self.products)

    def fresh_key(self, key: str, name: str, otherwise: str) -> str:
        """The key for a name: one that is neither saved nor used follows the name while it is typed."""
        if key and (key in keys(self.kept) or uses(self.model, key)):
            return key
        return key_of(name, keys(self.model) - {key}, otherwise) if name.strip() else ""

    def rename(self, old: str, new: str) -> None:
        """Another key, made from what was typed; rules, formulas and the text follow."""
        model = self.model
        if old and new and new != old:
            self.put(renamed(model, old, key_of(new, keys(model) - {old})))

    def settle(self, written: Model) -> Model:
        """With keys for everything that has a name."""
        return settled(written)

    def look(self, session: Any, key: int, written: Model) -> list[Problem]:
        """Everything wrong with the model."""
        return [] if self.product is None else check_model(session, key, self.product, written)

    def keep(self, session: Any, key: int, written: Model) -> Any:
        """Save the model."""
        return save_model(session, key, written)

    def was_kept(self, key: int, written: Model, done: Any) -> None:
        """Say so."""
        name = "" if self.product is None else self.product.name
        self._context.say(self.tr("What can be configured of %1 is saved").replace("%1", name))

    # contradictions
    def look_for_contradictions(self) -> None:
        """Ask which rules rule each other out, beside the main thread; large models take a moment."""
        self._later.stop()
        key, model = self.id, self.model
        is_readable = all(problem.code == "contradiction" for problem in self.problems)
        if not is_readable or not (model.groups or model.rules):
            self._contradicted((key, model, (), ()))
            return

        def look(_progress: Any) -> tuple[int, Model, Sequence[Conflict], Sequence[Goal]]:
            answer = conflicts(model)
            return key, model, answer.found, answer.undecided

        self._context.jobs.query(look, self._contradicted, owner=self)

    def _maybe_later(self) -> None:
        if self._looked_at != self.model:
            self._later.start()

    def _contradicted(self, told: tuple[int, Model, Sequence[Conflict], Sequence[Goal]]) -> None:
        key, model, found, undecided = told
        if (key, model) == (self.id, self.model):
            self._looked_at = model
            self.contradictions, self.undecided = found, undecided
            self.checked.emit()


def place_of(problem: Problem) -> tuple[str, int]:
    """The part of the model that a problem is about: ("attributes", 2), ("rules", 0), ("parts", 0), ("price", 0)."""
    head, _, rest = problem.field.partition("[")
    if head in ("attributes", "groups", "rules"):
        number = rest.partition("]")[0]
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
