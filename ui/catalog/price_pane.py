"""Price formula and printed text, with what they come to as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.catalog.configure import describe
from app.catalog.model import Model, Selection
from app.catalog.model_edit import example
from app.core.errors import Problem
from ui import formats
from ui.catalog.model_desk import ModelDesk
from ui.catalog.pane import Pane
from ui.widgets.button import Button
from ui.widgets.condition_words import value_words
from ui.widgets.flow import FlowLayout
from ui.widgets.inputs import LongTextEdit
from ui.widgets.label import Label
from ui.widgets.layout import clear, column, holder

_MOST_NAMES = 24


class PricePane(Pane):
    """The names that may be used stand below each input; a click writes one."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk)
        self.formula = LongTextEdit(lines=2, placeholder=self.tr("e.g. length * 4.20 + 10"))
        self.text = LongTextEdit(lines=2, placeholder=self.tr("e.g. {length} m, {colour}"))
        formula = self.field(
            "price_formula",
            self.tr("Price formula"),
            self.formula,
            self.tr("Instead of the list price, which it knows as price. Extras of values are added."),
        )
        text = self.field(
            "text_template",
            self.tr("Text on paper"),
            self.text,
            self.tr("Instead of the product's description. Names stand in braces."),
        )
        self._formula_names, self._text_names = FlowLayout(gap=4), FlowLayout(gap=4)
        self.example = Label("", "strong", figures=True).wrap()
        self.example_text = Label("", "body", "2").wrap()
        self.example_note = Label("", "caption", "3").wrap()
        self.card(self.tr("Price"), formula, holder(self._formula_names))
        self.card(self.tr("Text"), text, holder(self._text_names))
        shown = holder(column(self.example, self.example_text, self.example_note, gap=4))
        self._example_card = self.card(self.tr("Example"), shown)

    def place(self) -> str:
        """Its problems have their own fields."""
        return ""

    def fill(self) -> None:
        """Show formula, text, names and example."""
        model = self.desk.model
        self.fields["price_formula"].set_value(model.price_formula)
        self.fields["text_template"].set_value(model.text_template)
        self._fill_names(model)
        self._fill_example(model)

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        self.desk.put(replace(self.desk.model, **{name: value or ""}), name)

    def show_problems(self) -> None:
        """Only those of formula and text."""
        self.fields.clear()
        own = ("price_formula", "text_template")
        self.fields.mark([problem for problem in self.desk.shown_problems() if problem.field in own])

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """There are none."""

    # inside
    def _fill_names(self, model: Model) -> None:
        attributes = [(one.key, one.name) for one in model.attributes if one.key]
        options = [(group.key, group.name) for group in model.groups if group.key]
        named = ["price", "quantity"]
        self._show_names(self._formula_names, [*((n, n) for n in named), *attributes, *options], self.formula, "%1")
        self._show_names(self._text_names, attributes, self.text, "{%1}")

    def _show_names(self, flow: FlowLayout, names: Sequence[tuple[str, str]], edit: LongTextEdit, form: str) -> None:
        shown = [item.widget().text() for at in range(flow.count()) if (item := flow.itemAt(at)) is not None]
        wanted = [key for key, _ in names[:_MOST_NAMES]]
        if shown == wanted:
            return
        clear(flow)
        for key, name in names[:_MOST_NAMES]:
            written = form.replace("%1", key)
            words = self.tr("Write %1 (%2)").replace("%1", written).replace("%2", name)
            button = Button(key, "ghost", do=lambda text=written: _write(edit, text), name=words)
            button.setToolTip(name)
            flow.addWidget(button)

    def _fill_example(self, model: Model) -> None:
        product = self.desk.product
        self._example_card.setVisible(bool(model.price_formula or model.text_template))
        if product is None:
            return
        selection = example(model, product.sku)
        found = describe(model, product, selection, self.desk.products)
        price = formats.NOTHING if found.base_price is None else formats.price_text(found.base_price, product.currency)
        self.example.setText(price)
        self.example_text.setText(found.description or product.description)
        self.example_note.setText(self.tr("with %1").replace("%1", _values(model, selection)))
        self.example_note.setVisible(bool(selection.values))


def _values(model: Model, selection: Selection) -> str:
    parts = []
    for key, text in selection.values:
        attribute = model.attribute(key)
        if attribute is not None:
            value = attribute.value(text)
            words = value.name if value is not None else value_words(text, attribute.unit)
            parts.append(f"{attribute.name} {words}")
    return ", ".join(parts)


def _write(edit: LongTextEdit, text: str) -> None:
    edit.insertPlainText(text)
    edit.setFocus()
