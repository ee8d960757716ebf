"""What the parts of a guide's screen share: the guide being written, and the catalogue it chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.catalog.guide_edit import Choosable, choosable, numbered
from app.catalog.guides import Guide
from app.catalog.guides_check import problems
from app.catalog.guides_queries import known, offered
from app.catalog.guides_service import save_guide
from app.catalog.model import AttributeKind, Configurable
from app.catalog.queries import categories
from app.core.errors import Problem
from ui.catalog.desk import Desk
from ui.context import AppContext
from ui.widgets.finder_edit import Choices

Chosen = tuple[str, str, str]
"""(option, attribute, value): what an answer can choose, as in `guide_edit.Choice`."""


class GuideDesk(Desk):
    """One guide at a time; 0 is a new one."""

    empty = Guide("")
    kinds = frozenset({"guide"})
    made = Signal(int)
    """A new guide was saved under this id."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(context, parent)
        self.goods: Mapping[str, Configurable] = {}
        self.categories: Sequence[str] = ()
        self.choosable = Choosable()
        self.products = Choices(())
        self.chosen = Choices(())

    @property
    def guide(self) -> Guide:
        """As it is being written."""
        written: Guide = self.written
        return written

    def load(self) -> None:
        """Read the catalogue, beside the main thread."""
        today = self._context.today()
        self._context.read(lambda session: (offered(session, today), categories(session)), self._take, owner=self)

    def fresh_key(self, key: str, _name: str, _otherwise: str) -> str:
        """Keys of questions do not follow their words."""
        return key

    def settle(self, written: Guide) -> Guide:
        """With keys."""
        return numbered(written)

    def look(self, session: Any, key: int, written: Guide) -> Sequence[Problem]:
        """Everything wrong with the guide."""
        return problems(written, known(session))

    def keep(self, session: Any, key: int, written: Guide) -> Any:
        """Save the guide."""
        return save_guide(session, written, guide_id=key or None)

    def was_kept(self, key: int, written: Guide, done: Any) -> None:
        """Say so, and go to the guide that was made."""
        self._context.say(self.tr("The guide %1 is saved").replace("%1", written.name))
        if not key:
            self._stands.pop(0, None)
            self.made.emit(done.ids["guide"])

    def _take(self, found: tuple[Mapping[str, Configurable], Sequence[str]]) -> None:
        self.goods, self.categories = found
        self.choosable = choosable(self.goods)
        pairs = [(sku, f"{one.product.name}  ·  {sku}") for sku, one in self.goods.items()]
        self.products = Choices(pairs, ((sku, sku) for sku in self.goods))
        self.chosen = Choices(_chosen(self.choosable))
        self.changed.emit()

    def product_name(self, sku: str) -> str:
        """What a product is called; its number where it is gone."""
        one = self.goods.get(sku)
        return sku if one is None else one.product.name

    def today(self) -> date:
        """For what is offered now."""
        return self._context.today()


def _chosen(found: Choosable) -> list[tuple[Chosen, str]]:
    """Options, values of choices, and the attributes into which something is typed."""
    pairs: list[tuple[Chosen, str]] = []
    for attribute in found.attributes:
        if attribute.kind is AttributeKind.CHOICE:
            pairs += [(("", attribute.key, one.code), f"{attribute.name}: {one.name}") for one in attribute.values]
        else:
            pairs.append((("", attribute.key, ""), _say("%1: …").replace("%1", attribute.name)))
    named = dict(pairs).values()
    for key, name in (found.options or {}).items():
        words = _say("Option: %1").replace("%1", name)
        pairs.append(((key, "", ""), words if words not in named else f"{words} [{key}]"))
        named = dict(pairs).values()
    return pairs


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
