"""A group of options: how many may be chosen, and the options with what each costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.catalog.model import Option, OptionGroup, OptionPrice
from app.catalog.model_edit import uses
from app.core.errors import Problem
from ui import formats
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import amount_choices, model_problem_words, option_price_choices, use_words
from ui.catalog.option_details import OptionDetails
from ui.catalog.pane import Pane
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.finder_edit import FinderEdit
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Label
from ui.widgets.number_edits import DecimalEdit

_COLUMNS = {"sku": 0, "name": 0, "key": 0, "quantity": 1, "price": 2, "own_price": 3, "default": 4}
_OWN = "own"


class GroupPane(Pane):
    """The line under the cursor has its other fields below the table."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk)
        self._make_head()
        self._make_options()
        self.details = OptionDetails(desk)
        self.details.edited_option.connect(self._write_option)
        self.body.addWidget(self.details)
        self._used = Label("", "caption", "3").wrap()
        self.body.addWidget(self._used)

    @property
    def group(self) -> OptionGroup:
        """What is shown; an empty one while there is none."""
        groups = self.desk.model.groups
        return groups[self.index] if self.index < len(groups) else OptionGroup("", "")

    def place(self) -> str:
        """Of its problems."""
        return f"groups[{self.index}]"

    def fill(self) -> None:
        """Show the group."""
        one = self.group
        for name in ("name", "key"):
            self.fields[name].set_value(getattr(one, name))
        self._fill_amounts(one)
        self.show_rows(self.model, one.options)
        self._fill_details()
        words = use_words(uses(self.desk.model, one.key) if one.key else [])
        self._used.setText(words)
        self._used.setVisible(bool(words))

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        if name == "name":
            self._write(name, name=value, key=self.desk.fresh_key(self.group.key, value, "group"))
        elif name == "amount":
            self._choose_amount(value)
        elif name == "least":
            self._write(name, least=int(value or 0))
        elif name == "most":
            self._write(name, most=None if value is None else int(value))
        elif name == "options":
            self._write(name, options=tuple(self.model.rows()))

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """In the cells of the options, or above them."""
        left = mark_cells(self.model, problems, "options", _COLUMNS, model_problem_words)
        self._options_problem.setText(model_problem_words(left[0]) if left else "")
        self._options_problem.setVisible(bool(left))
        self.details.show_problems(problems, f"options[{self._current()}]")

    # inside
    def _write(self, what: str, **changed: Any) -> None:
        model = self.desk.model
        groups = list(model.groups)
        groups[self.index] = replace(self.group, **changed)
        self.desk.put(replace(model, groups=tuple(groups)), f"group {self.index} {what}")

    def _write_option(self, option: Option) -> None:
        at = self._current()
        if 0 <= at < len(self.group.options):
            options = list(self.group.options)
            options[at] = option
            self._write(f"option {at}", options=tuple(options))

    def _fill_amounts(self, one: OptionGroup) -> None:
        known = {(1, 1): "one", (0, 1): "at_most_one", (1, None): "some", (0, None): "any"}
        chosen = known.get((one.least, one.most), _OWN)
        if self._amount.value() != _OWN or chosen == _OWN:
            self._amount.set_value(chosen)
        is_own = self._amount.value() == _OWN
        for name, value in (("least", Decimal(one.least)), ("most", None if one.most is None else Decimal(one.most))):
            self.fields[name].set_value(value)
            self.fields[name].setVisible(is_own)

    def _choose_amount(self, chosen: str) -> None:
        limits = {"one": (1, 1), "at_most_one": (0, 1), "some": (1, None), "any": (0, None)}
        if chosen in limits:
            least, most = limits[chosen]
            self._write("amount", least=least, most=most)
        self.refill()

    def _current(self) -> int:
        return self.box.lines.currentIndex().row()

    def _fill_details(self) -> None:
        at = self._current()
        options = self.group.options
        self.details.show_option(options[at] if 0 <= at < len(options) else None)

    def _make_head(self) -> None:
        name = self.field("name", self.tr("Name"), TextEdit(longest=80))
        key = self.key_field(lambda: self.group.key)
        self._amount = Choice(amount_choices())
        amount = self.field("amount", self.tr("May be chosen"), self._amount)
        least = self.field("least", self.tr("At least"), DecimalEdit(places=0, least=Decimal(0)))
        most = self.field("most", self.tr("At most"), DecimalEdit(optional=True, places=0, least=Decimal(1)))
        self.card(self.tr("Option group"), [(name, 5), (amount, 4), (key, 3)], [(least, 6), (most, 6)])

    def _make_options(self) -> None:
        self.model = LineModel(self._columns(), blank=lambda: Option(""))
        self.model.changed.connect(lambda: None if self.is_filling else self.edited("options", None))
        self.box = LinesBox(
            self.model,
            self.tr("Options"),
            self.tr("Another option"),
            self.tr("No options yet"),
            self.tr("Products of yours, or words of their own with a price."),
            "configure",
            most=10,
        )
        self.box.lines.selectionModel().currentRowChanged.connect(lambda *_: self.refill())
        self._options_problem = Label("", "caption", "bad").wrap()
        self._options_problem.hide()
        self.card(self.tr("Options"), self.box, self._options_problem)

    def _columns(self) -> list[LineColumn]:
        yes = [(True, self.tr("chosen")), (False, formats.NOTHING)]
        return [
            LineColumn(
                title=self.tr("Product, or a name"),
                text=self._name,
                below=lambda option: option.sku,
                read=lambda option: option.sku or option.name or None,
                write=_with_product_or_name(self.desk),
                editor=lambda: ProductOrText(self.desk),
            ),
            LineColumn(
                title=self.tr("Quantity"),
                text=lambda option: formats.decimal_text(option.quantity),
                align="right",
                width=84,
                read=lambda option: option.quantity,
                write=lambda option, value: replace(option, quantity=value or Decimal(1)),
                editor=lambda: DecimalEdit(least=Decimal("0.000001")),
            ),
            LineColumn(
                title=self.tr("Price", "of an option"),
                text=lambda option: dict(option_price_choices())[option.price],
                width=126,
                read=lambda option: option.price,
                write=lambda option, value: replace(option, price=value or option.price),
                editor=lambda: Choice(option_price_choices()),
            ),
            LineColumn(
                title=self.tr("Amount"),
                text=self._amount_text,
                align="right",
                width=90,
                read=lambda option: option.own_price,
                write=_with_own_price,
                editor=lambda: DecimalEdit(optional=True, least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("At first"),
                text=lambda option: dict(yes)[option.default],
                width=100,
                read=lambda option: option.default,
                write=lambda option, value: replace(option, default=bool(value)),
                editor=lambda: Choice(yes),
            ),
        ]

    def _name(self, option: Option) -> str:
        product = self.desk.products.get(option.sku)
        return option.name or (product.name if product is not None else option.sku)

    def _amount_text(self, option: Option) -> str:
        product = self.desk.products.get(option.sku)
        price = option.own_price if option.price is OptionPrice.OWN else None
        if option.price is OptionPrice.PRODUCT and product is not None:
            price = product.unit_price / product.base_quantity
        return formats.NOTHING if price is None else formats.decimal_text(price, 2)


class ProductOrText(FinderEdit):
    """A product of the catalogue, or words of one's own."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk.choices)

    def value(self) -> Any:
        """The SKU, or the words as they were typed."""
        return super().value() or self.text().strip() or None

    def check(self) -> bool:
        """Any words will do."""
        return True


def _with_product_or_name(desk: ModelDesk) -> Any:
    def write(option: Option, value: str | None) -> Option:
        text = value or ""
        sku = text if text in desk.choices.words else desk.choices.value(text) or ""
        if sku:
            return replace(option, sku=sku, name="")
        price = OptionPrice.INCLUDED if option.price is OptionPrice.PRODUCT else option.price
        return replace(option, sku="", name=text, price=price)

    return write


def _with_own_price(option: Option, value: Decimal | None) -> Option:
    if value is None:
        return replace(option, own_price=None)
    return replace(option, own_price=value, price=OptionPrice.OWN)
