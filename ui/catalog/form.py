"""The form of a product, with the margin of what stands in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from app.catalog.rules import Kind, Product, margin_percent
from app.core.errors import RuleViolation
from app.core.money import currencies
from app.core.tax import Tax, TaxCategory
from app.pricing.marks import MarginMarks
from ui.catalog.pictures import Pictures
from ui.catalog.texts import category_choices, kind_choices, problem_words
from ui.catalog.units_edit import UnitsEdit
from ui.widgets.date_edit import DateEdit
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.widgets.margin_bar import MarginBar
from ui.widgets.number_edits import DecimalEdit, PercentEdit
from ui.widgets.picture_edit import PictureEdit
from ui.widgets.record_form import RecordForm
from ui.widgets.unit_words import unit_choices

_NONE = Decimal(0)


class ProductForm(RecordForm):
    """What it is, what it costs, how it is taxed."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(problem_words)
        self._pictures = pictures
        self.picture = PictureEdit(self._keep)
        self._make_item()
        self._make_price()
        self._make_store()
        self._make_tax()

    def set_surroundings(self, categories: list[str], marks: MarginMarks) -> None:
        """Categories to choose from while typing, and where the margin should be."""
        finder = QCompleter(categories, self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        category: Any = self.fields["category"].editor
        category.setCompleter(finder)
        self._margin.set_marks(marks.floor, marks.target)

    def show_values(self, values: Product) -> None:
        """Put a product into the inputs."""
        for name in ("sku", "name", "description", "category", "kind", "unit", "currency"):
            self.fields[name].set_value(getattr(values, name))
        for name in ("unit_price", "base_quantity", "cost", "weight", "active_from", "active_to"):
            self.fields[name].set_value(getattr(values, name))
        self._stocked.set_value(values.stocked)
        self.units.set_value(values.units)
        self._show_picture(values)
        self.fields["tax.category"].set_value(values.tax.category)
        self.fields["tax.rate"].set_value(values.tax.rate)
        self.fields["exemption_reason"].set_value(values.tax.exemption_reason)
        self._active.set_value(values.active)
        self._follow()

    def values(self) -> Product:
        """What was typed; what is not understood counts as nothing."""
        f = self.fields
        category = f["tax.category"].value() or TaxCategory.STANDARD
        is_taxed = category is TaxCategory.STANDARD
        image, thumbnail = self.picture.value() or ("", "")
        return Product(
            sku=f["sku"].value(),
            name=f["name"].value(),
            currency=f["currency"].value() or "",
            unit_price=f["unit_price"].value() or _NONE,
            tax=Tax(
                category,
                (f["tax.rate"].value() or _NONE) if is_taxed else _NONE,
                "" if is_taxed else f["exemption_reason"].value(),
            ),
            description=f["description"].value(),
            category=f["category"].value(),
            kind=f["kind"].value() or Kind.GOODS,
            unit=f["unit"].value() or "",
            base_quantity=f["base_quantity"].value() or _NONE,
            cost=f["cost"].value(),
            active=self._active.value(),
            stocked=self._stocked.value() and f["kind"].value() is Kind.GOODS,
            weight=f["weight"].value(),
            active_from=f["active_from"].value(),
            active_to=f["active_to"].value(),
            units=self.units.value(),
            image=image,
            thumbnail=thumbnail,
        )

    def refuse(self, error: Exception) -> bool:
        """Problems of the selling units stand in their cells."""
        if not isinstance(error, RuleViolation):
            return super().refuse(error)
        return super().refuse(RuleViolation(self.units.show_problems(error.problems)))

    # inside
    def _make_item(self) -> None:
        name = self.field("name", self.tr("Name"), TextEdit(longest=200))
        hint = self.tr("Quotes and papers already written keep the old one.")
        sku = self.field("sku", self.tr("Item number"), TextEdit(longest=80), hint)
        category = self.field("category", self.tr("Category"), TextEdit(optional=True, longest=100))
        kind = self.field(
            "kind", self.tr("Kind"), Choice(kind_choices()), self.tr("Goods are dispatched, services done.")
        )
        unit = self.field("unit", self.tr("Unit"), Choice(unit_choices()))
        about = self.field(
            "description", self.tr("Description"), LongTextEdit(lines=3), self.tr("Stands below the name on papers.")
        )
        self._active = Tick(self.tr("In use: offered in new quotes"))
        begin = self.field("active_from", self.tr("Offered from"), DateEdit(optional=True))
        end = self.field("active_to", self.tr("Offered until"), DateEdit(optional=True))
        label = Label(self.tr("Picture"), "label", "2")
        picture = holder(column(label, self.picture, None, gap=5))
        self.card(
            self.tr("What it is"),
            [(name, 8), (sku, 4)],
            [(category, 4), (kind, 4), (unit, 4)],
            [(about, 7), (picture, 5)],
            [(self._active, 12)],
            [(begin, 4), (end, 4)],
        )

    def _make_price(self) -> None:
        price = self.field("unit_price", self.tr("List price"), DecimalEdit(least=_NONE))
        base = self.field("base_quantity", self.tr("Price is for"), DecimalEdit(least=Decimal("0.000001")))
        currency = self.field("currency", self.tr("Currency"), Choice((code, code) for code in sorted(currencies())))
        cost = self.field(
            "cost", self.tr("Cost per unit"), DecimalEdit(optional=True, least=_NONE), self.tr("Never on paper.")
        )
        self._margin = MarginBar()
        margin = holder(column(Label(self.tr("Margin at list price"), "label", "2"), self._margin, gap=5))
        self.card(
            self.tr("What it costs"),
            [(price, 4), (base, 4), (currency, 4)],
            [(cost, 4), (margin, 8)],
        )
        for edited in (price, base, cost):
            edited.editor.value_changed.connect(lambda *_: self._show_margin())

    def _make_store(self) -> None:
        self._stocked = Tick(self.tr("Counted in the store room"))
        weight = self.field(
            "weight",
            self.tr("Weight per unit"),
            DecimalEdit(optional=True, least=_NONE, suffix="kg"),
            self.tr("Delivery charges may go by it."),
        )
        self.units = UnitsEdit()
        words = Label(self.tr("Sold in other units as well"), "label", "2")
        self._store = self.card(
            self.tr("Store room and selling units"),
            [(holder(column(22, self._stocked)), 6), (weight, 6)],
            holder(column(words, self.units, gap=5)),
        )
        for name in ("kind", "unit", "currency"):
            self.fields[name].editor.value_changed.connect(lambda *_: self._follow_store())

    def _follow_store(self) -> None:
        f = self.fields
        is_goods = f["kind"].value() is Kind.GOODS
        self._stocked.setEnabled(is_goods)
        self._stocked.setToolTip("" if is_goods else self.tr("Only goods lie in stock."))
        self.units.set_base(f["unit"].value() or "", f["currency"].value() or "")

    def _keep(self, content: bytes) -> None:
        self._pictures.keep(content, self.picture)

    def _show_picture(self, values: Product) -> None:
        self.picture.set_value(None)
        if values.image:
            self._pictures.show(values, self.picture)

    def _make_tax(self) -> None:
        category = self.field("tax.category", self.tr("Taxation"), Choice(category_choices()))
        rate = self.field("tax.rate", self.tr("Rate"), PercentEdit(optional=True))
        hint = self.tr("Printed on the invoice; the law asks for it.")
        self._reason = self.field("exemption_reason", self.tr("Reason"), TextEdit(optional=True, longest=300), hint)
        category.editor.value_changed.connect(lambda *_: self._follow())
        self.card(self.tr("Tax"), [(category, 8), (rate, 4)], self._reason)

    def _follow(self) -> None:
        is_taxed = self.fields["tax.category"].value() in (None, TaxCategory.STANDARD)
        self.fields["tax.rate"].setVisible(is_taxed)
        self._reason.setVisible(not is_taxed)
        self._show_margin()
        self._follow_store()

    def _show_margin(self) -> None:
        f = self.fields
        price, base = f["unit_price"].value() or _NONE, f["base_quantity"].value() or _NONE
        self._margin.show_margin(margin_percent(price, base, f["cost"].value()))
