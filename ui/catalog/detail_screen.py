"""A product: price and margin, what can be configured, its variants, where it is used, its stock; and its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout, QWidget

from app.catalog.model import Model
from app.catalog.model_queries import UsedIn, Variant, model_of, used_in, variant_of, variants
from app.catalog.queries import Stored, by_sku, categories, product_by_id
from app.catalog.rules import Kind, Product, margin_percent
from app.catalog.service import add_product, duplicate_product, save_product, set_picture
from app.parties.defaults import Defaults, defaults
from app.pipeline import stock, usage
from app.pipeline.first_chosen import FirstChosen, first_chosen
from app.pipeline.stock import StockRow
from app.pipeline.usage import UseRow
from app.pricing.marks import MarginMarks, margin_marks
from ui import formats
from ui.catalog import texts
from ui.catalog.form import ProductForm
from ui.catalog.model_desk import ModelDesk
from ui.catalog.options_tab import OptionsTab
from ui.catalog.pictures import Pictures
from ui.catalog.rules_tab import RulesTab
from ui.catalog.stock_tab import StockTab
from ui.catalog.try_tab import TryTab
from ui.catalog.used_tab import UsedTab
from ui.catalog.variants_tab import VariantsTab
from ui.catalog.verbs import set_used
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.exports import kind_words
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts_card import FactsCard
from ui.widgets.kpi_card import KpiCard
from ui.widgets.layout import PAGE_MARGIN, column, holder, page, row
from ui.widgets.painting import margin_tone
from ui.widgets.picture_edit import PictureEdit
from ui.widgets.record_page import RecordPage
from ui.widgets.state_words import state_text, state_tone
from ui.widgets.tabs import Tabs
from ui.widgets.unit_words import unit_name, unit_sign


def screen(context: AppContext, route: Route) -> QWidget:
    """The product of the route, or its form."""
    return ProductScreen(context, route)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that is shown of a product."""

    stored: Stored
    marks: MarginMarks
    uses: Sequence[UseRow]
    deals: int
    stock: StockRow | None
    model: Model
    parts: dict[str, Product]
    variants: Sequence[Variant]
    parent: Stored | None
    wholes: Sequence[UsedIn]
    first: FirstChosen | None


class ProductScreen(RecordPage):
    """Enter on a row opens its deal; Ctrl+E changes the product."""

    kind = "product"
    changes = frozenset({"product", "quote", "deal", "delivery", "settings"})
    form: ProductForm

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route)
        self._shown_id = 0
        self._make_verbs()
        self._make_parts()
        self.reload()

    # ------------------------------------------------------------------ reading
    def load(self, session: Any, key: int) -> Found:
        """With the newest quotes that have it."""
        stored = product_by_id(session, key)
        sku, model, parent = stored.product.sku, model_of(session, key), variant_of(session, key)
        return Found(
            stored=stored,
            marks=margin_marks(session),
            uses=usage.uses(session, sku, self._context.today()),
            deals=usage.deals_with(session, sku),
            stock=next(iter(stock.rows(session, sku)), None),
            model=model,
            parts=by_sku(session, model.skus()),
            variants=variants(session, key),
            parent=None if parent is None else product_by_id(session, parent[0]),
            wholes=used_in(session, key),
            first=first_chosen(session, stored.product, model),
        )

    def fill(self, found: Found) -> None:
        """Put it into the parts."""
        item = found.stored.product
        state = "active" if item.active else "inactive"
        below = "  ·  ".join(part for part in (item.sku, item.category, kind_words(item.kind.value)) if part)
        self.set_head(item.name, below, (state_text("product", state), state_tone("product", state)))
        self.toggle.rename(self.tr("Take out of use") if item.active else self.tr("Use again"))
        self._fill_figures(found)
        self.uses.set_rows(found.uses)
        self.uses.head.note.setText(formats.whole_text(found.deals))
        self._nothing.setVisible(not found.uses)
        self._fill_side(found)
        self._fill_tabs(found)

    def _fill_tabs(self, found: Found) -> None:
        item = found.stored.product
        is_own = found.parent is None
        for key in ("options", "rules"):
            self.tabs.set_shown(key, is_own)
        self.tabs.set_shown("try", is_own and not found.model.is_plain)
        self.tabs.set_shown("stock", item.kind is Kind.GOODS)
        self.tabs.set_count("options", len(found.model.attributes) + len(found.model.groups))
        self.tabs.set_count("rules", len(found.model.rules))
        self.tabs.set_count("variants", len(found.variants))
        self.tabs.set_count("used", len(found.wholes))
        self.desk.open(found.stored.id, item, found.model, found.parts | {item.sku: item})
        self.variants.show_product(found)
        self.used.show_product(found)
        self.stock_tab.show_product(found.stored)
        is_same = self._shown_id == found.stored.id
        self._shown_id = found.stored.id
        self.tabs.show_tab(self._route.get("tab") or (self.tabs.key() if is_same else "details"))

    def _fill_figures(self, found: Found) -> None:
        item = found.stored.product
        base = "" if item.base_quantity == 1 else f"{formats.decimal_text(item.base_quantity)} "
        unit = unit_name(item.unit)
        per_base = self.tr("per %1").replace("%1", base + unit)
        self._price.show_figure(formats.price_text(item.unit_price, item.currency), per_base)
        price, cost, note = item.unit_price / item.base_quantity, item.cost, self.tr("per %1").replace("%1", unit)
        if found.first is not None:
            price, cost, note = found.first.price, found.first.cost, self.tr("of its parts, as first chosen")
            self._price.show_figure(formats.price_text(price, item.currency), self.tr("as first chosen"))
        shown = formats.NOTHING if cost is None else formats.price_text(cost, item.currency)
        self._cost.show_figure(shown, note if cost is not None else self.tr("not known yet"))
        margin = margin_percent(price, Decimal(1), cost)
        if margin is None:
            self._margin.show_figure(formats.NOTHING, self.tr("needs a cost"))
        else:
            tone = margin_tone(float(margin), float(found.marks.floor), float(found.marks.target))
            words = {
                "bad": self.tr("below the floor"),
                "warn": self.tr("below the target"),
                "ok": self.tr("on target"),
            }[tone]
            self._margin.show_figure(
                formats.percent_text(margin, 1), words, tone, "good" if tone == "ok" else "warning"
            )
        self._used.show_figure(formats.whole_text(found.deals), self.tr("deals have it"))

    def _fill_side(self, found: Found) -> None:
        item = found.stored.product
        self._about.show_facts([("", item.description)])
        self._facts.show_facts(
            [
                (self.tr("Unit"), unit_name(item.unit)),
                (self.tr("List price"), texts.product_price(item)),
                (self.tr("Tax"), texts.tax_words(item.tax)),
                (self.tr("Reason"), item.tax.exemption_reason),
                (self.tr("Offered"), texts.offered_words(item)),
                (self.tr("Weight"), "" if item.weight is None else f"{formats.decimal_text(item.weight)} kg"),
                (self.tr("Variant of"), "" if found.parent is None else found.parent.product.name),
                *(
                    (self.tr("Also sold in"), texts.conversion_words(one, item.unit, item.currency))
                    for one in item.units
                ),
            ]
        )
        self.picture.set_value(None)
        if item.image:
            self._pictures.show(item, self.picture)
        where = found.stock
        amounts = [] if where is None else [
            (self.tr("Ordered"), where.ordered),
            (self.tr("To dispatch"), where.to_dispatch),
            (self.tr("In transit"), where.in_transit),
            (self.tr("Accepted"), where.accepted),
            (self.tr("Returned"), where.returned),
        ]  # fmt: skip
        shown = [(words, f"{formats.decimal_text(amount)} {unit_sign(item.unit, amount)}") for words, amount in amounts]
        self._where.show_facts(shown)

    # ------------------------------------------------------------------ building
    def _make_verbs(self) -> None:
        self.change = Action(self.tr("Edit"), self, self.edit, "edit", "Ctrl+E")
        self.copy = Action(self.tr("Duplicate"), self, self.duplicate, "copy", "Ctrl+D")
        self.toggle = Action(self.tr("Take out of use"), self, self._toggle, "minus")
        self.set_verbs([self.change, self.copy, self.toggle])

    def _make_parts(self) -> None:
        self._price = self.add_figure(KpiCard(self.tr("List price")))
        self._cost = self.add_figure(KpiCard(self.tr("Cost")))
        self._margin = self.add_figure(KpiCard(self.tr("Margin")))
        self._used = self.add_figure(KpiCard(self.tr("Offered")))
        for figure in (self._price, self._cost, self._margin):
            figure.opened.connect(self.edit)
        self._make_picture()
        self.uses = RowsCard(self.tr("Where it was offered"), self._columns(), lambda row: row.id)
        self.uses.opened.connect(lambda row: self.go(Route("deal", row.deal_id)))
        self._used.opened.connect(self.uses.table.setFocus)
        self.add_card(self.uses)
        self._nothing = EmptyState(
            "quote", self.tr("In no quote yet"), self.tr("Quotes that offer this product will stand here.")
        )
        self.add_card(self._nothing)
        self._about, self._facts = FactsCard(self.tr("Description")), FactsCard(self.tr("Facts"))
        self._where = FactsCard(self.tr("Where the goods are"))
        for card in (self._facts, self._about, self._where):
            self.add_side(card)

    def _make_picture(self) -> None:
        self._pictures = Pictures(self._context)
        self.picture = PictureEdit(lambda content: self._pictures.keep(content, self.picture), QSize(170, 128))
        self.picture.value_changed.connect(self._save_picture)
        head = CardHead(self.tr("Picture"))
        self.add_side(Card(column(head, column(self.picture, margins=(18, 0, 14, 16))), self.tr("Picture")))

    def make_body(self, head: QWidget, figures: QLayout, details: QWidget) -> QWidget:
        """Tabs below the head; the details are the first of them."""
        context = self._context
        self.desk = ModelDesk(context, self)
        self.options, self.rules = OptionsTab(context, self.desk), RulesTab(context, self.desk)
        self.variants, self.used = VariantsTab(context), UsedTab(context)
        self.stock_tab, self.trial = StockTab(context), TryTab(context, self.desk)
        self.rules.elsewhere.connect(self._go_to_part)
        self.tabs = Tabs(
            [
                ("details", self.tr("Details"), page(figures, details, None)),
                ("options", self.tr("Options & parts"), self.options),
                ("rules", self.tr("Rules"), self.rules),
                ("try", self.tr("Try it"), self.trial),
                ("variants", self.tr("Variants"), self.variants),
                ("used", self.tr("Where used"), self.used),
                ("stock", self.tr("Stock"), self.stock_tab),
            ],
            self.tr("Parts of the page"),
            PAGE_MARGIN,
        )
        self.tabs.chosen.connect(self._turned)
        body = column(holder(row(head, margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 8))), self.tabs)
        body.setStretch(1, 1)
        return holder(body, "canvas")

    def _turned(self, key: str) -> None:
        if key in ("options", "rules"):
            self.desk.load_choices()
        elif key == "try":
            self.trial.begin()

    def _go_to_part(self, place: tuple[str, int]) -> None:
        self.tabs.show_tab("options")
        self.options.open(place)

    def _save_picture(self, names: tuple[str, str] | None) -> None:
        stored: Stored = self.found.stored
        before = (stored.product.image, stored.product.thumbnail)
        words = self.tr("The picture is saved") if names else self.tr("The picture is removed")

        def put(image: str, thumbnail: str, on_done: Any = None) -> None:
            self._context.write(
                lambda session: set_picture(session, stored.id, image=image, thumbnail=thumbnail),
                {"product"},
                on_done,
                owner=self,
            )

        put(*(names or ("", "")), lambda _: self._context.say(words, self.tr("Undo"), lambda: put(*before)))

    def _columns(self) -> list[Column]:
        return [
            Column(title=self.tr("Quote"), text=lambda row: row.title or row.number, below=lambda row: row.customer),
            Column(
                title=self.tr("State"),
                text=lambda row: state_text("quote", row.state),
                tone=lambda row: state_tone("quote", row.state),
                look="badge",
                width=120,
            ),
            Column(title=self.tr("Written"), text=lambda row: formats.date_text(row.made_on), align="right", width=116),
            Column(
                title=self.tr("Quantity"),
                text=lambda row: f"{formats.decimal_text(row.quantity)} {unit_sign(row.unit, row.quantity)}",
                align="right",
                width=92,
            ),
            Column(
                title=self.tr("Unit price"),
                text=lambda row: formats.price_text(row.unit_price, row.currency),
                align="right",
                width=118,
            ),
        ]

    def _toggle(self) -> None:
        stored: Stored = self.found.stored
        set_used(self._context, self, stored.id, stored.product.name, is_used=not stored.product.active)

    # ------------------------------------------------------------------ the form
    def make_form(self) -> ProductForm:
        """What it is, price, tax."""
        return ProductForm(Pictures(self._context))

    def blank(self) -> Product:
        """A piece of goods as the company usually sells it."""
        with self._context.store.read() as session:
            usual: Defaults = defaults(session)
        self._surround()
        return Product("", "", usual.currency, Decimal(0), usual.usual_tax)

    def values_of(self, found: Found) -> Product:
        """What is kept."""
        self._surround()
        return found.stored.product

    def copy_of(self, values: Product) -> Product:
        """Everything but the item number."""
        return replace(values, sku="", active=True)

    def form_title(self, found: Found | None) -> str:
        """What it is about."""
        return self.tr("New product") if found is None else found.stored.product.name

    def command(self, session: Any, values: Product, key: int | None) -> int:
        """Save the product; a copy has everything that can be configured of the first one."""
        source = self._route.get("copy")
        if key is not None:
            return int(save_product(session, values, product_id=key).ids["product"])
        if not source:
            return int(add_product(session, values).ids["product"])
        made = int(duplicate_product(session, int(source), sku=values.sku, name=values.name).ids["product"])
        return int(save_product(session, values, product_id=made).ids["product"])

    def said(self, values: Product) -> str:
        """What was saved."""
        return self.tr("%1 is saved").replace("%1", values.name)

    def _surround(self) -> None:
        with self._context.store.read() as session:
            self.form.set_surroundings(categories(session), margin_marks(session))
