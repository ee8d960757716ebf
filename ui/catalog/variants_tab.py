"""The variants of a product: every combination with its price, which are impossible and why; and making them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.catalog.bundling import make_variants
from app.catalog.model import Model
from app.catalog.model_queries import Variant, variants
from app.catalog.rules import Product
from app.catalog.service import save_product
from app.catalog.variants import Combination, preview
from app.core.errors import RuleViolation
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, page
from ui.widgets.progress_panel import ProgressDialog
from ui.widgets.state_words import state_text, state_tone


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One line of the table: a combination, and the product that was made of it, if any."""

    key: str
    product: Product
    product_id: int | None
    against: str
    """Names of the rules that make it impossible."""


class VariantsTab(QWidget):
    """Enter opens the variant's product."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._found: Any = None
        self.make = Action(self.tr("Make the variants"), self, self.make_them, "plus")
        self.list = RowsCard(self.tr("Combinations"), self._columns(), lambda row: row.key)
        self.list.head.addWidget(Button.of(self.make, "primary"))
        self.list.opened.connect(self._open)
        self._note = Banner("", "info", "accent")
        self._parent = Button("", "fact", do=self._open_parent)
        self._of = EmptyState("products", self.tr("This is a variant"), "", self._parent)
        self._none = EmptyState(
            "configure",
            self.tr("No variants"),
            self.tr("Give the product an attribute whose values make variants, on the tab Options & parts."),
        )
        self.setLayout(column(page(self._note, self.list, self._of, self._none, None)))

    def show_product(self, found: Any) -> None:
        """Show the combinations of a product's kept model."""
        self._found = found
        rows = [] if found.parent is not None else rows_of(found.stored.product, found.model, found.variants)
        self.list.set_rows(rows)
        self._of.setVisible(found.parent is not None)
        self._none.setVisible(not rows and found.parent is None)
        if found.parent is not None:
            words = self.tr("What can be configured, and its price extras, come from:")
            self._of.say(self.tr("This is a variant"), words)
            self._parent.setText(found.parent.product.name)
        self._tell(rows)

    def make_them(self) -> None:
        """Make a product of every possible combination that has none."""
        product_id = self._found.stored.id
        before = {row.id for row in self._found.variants}

        def done(made: Any) -> None:
            count = made.ids["made"]
            words = self.tr("%n variants made", None, count)
            self._context.say(words, self.tr("Undo"), lambda: self._take_out_of_use(product_id, before))

        def refused(error: Exception) -> None:
            if isinstance(error, RuleViolation):
                self._note.say("; ".join(problem.message for problem in error.problems[:3]))
                self._note.show()
            else:
                self._context.errors.report(error, self)

        job = self._context.write(
            lambda session: make_variants(session, product_id), {"product"}, done, refused, owner=self
        )
        ProgressDialog(self.tr("Making the variants…"), job, self)

    # inside
    def _take_out_of_use(self, product_id: int, before: set[int]) -> None:
        """Products are never deleted; the ones just made are out of use, as if they had not been made."""

        def work(session: Any) -> None:
            for row in variants(session, product_id):
                if row.id not in before:
                    save_product(session, replace(row.product, active=False), product_id=row.id)

        self._context.write(work, {"product"}, owner=self)

    def _tell(self, rows: Sequence[VariantRow]) -> None:
        new = sum(row.product_id is None and not row.against for row in rows)
        impossible = sum(bool(row.against) for row in rows)
        self.make.setVisible(bool(rows))
        self.make.rename(self.tr("Make %n variants", None, new) if new else self.tr("Make the variants"))
        self.make.allow(bool(new), self.tr("Every possible combination has its product."))
        made = sum(row.product_id is not None for row in rows)
        words = [
            self.tr("%n made", None, made),
            self.tr("%n new", None, new) if new else "",
            self.tr("%n impossible", None, impossible) if impossible else "",
        ]
        self.list.head.note.setText("  ·  ".join(word for word in words if word))
        gone = [row for row in rows if row.product_id is not None and row.against and row.product.active]
        self._note.setVisible(bool(gone))
        words = self.tr("%n variants are sold that the rules no longer allow.", None, len(gone))
        self._note.say(words)

    def _open(self, row: VariantRow) -> None:
        if row.product_id is not None:
            self._context.router.open(Route("product", row.product_id))

    def _open_parent(self) -> None:
        self._context.router.open(Route.to("product", self._found.parent.id, tab="variants"))

    def _columns(self) -> list[Column]:
        return [
            Column(
                title=self.tr("Variant"),
                text=lambda row: row.product.name,
                below=lambda row: row.product.sku if not row.against else self._because(row),
                tip=self._because,
            ),
            Column(
                title=self.tr("List price"),
                text=lambda row: formats.price_text(row.product.unit_price, row.product.currency),
                align="right",
                width=130,
            ),
            Column(title=self.tr("State"), text=self._state, tone=self._tone, look="badge", width=130),
        ]

    def _because(self, row: VariantRow) -> str:
        return self.tr("Against: %1").replace("%1", row.against) if row.against else ""

    def _state(self, row: VariantRow) -> str:
        if row.product_id is not None:
            return state_text("product", "active" if row.product.active else "inactive")
        return self.tr("impossible") if row.against else self.tr("to be made")

    def _tone(self, row: VariantRow) -> str:
        if row.product_id is not None:
            return state_tone("product", "active" if row.product.active else "inactive")
        return "bad" if row.against else "accent"


def rows_of(product: Product, model: Model, made: Sequence[Variant]) -> list[VariantRow]:
    """Every combination with its product; products of combinations that no longer exist stand at the end."""
    known = {row.values: row for row in made}
    combinations, _ = preview(product, model)
    rows = [_row(one, known.pop(one.values, None)) for one in combinations]
    rows += [VariantRow(row.product.sku, row.product, row.id, "") for row in known.values()]
    return rows


def _row(one: Combination, made: Variant | None) -> VariantRow:
    against = ", ".join(rule.name for rule in one.against)
    if made is None:
        return VariantRow(one.product.sku, one.product, None, against)
    return VariantRow(made.product.sku, made.product, made.id, against)
