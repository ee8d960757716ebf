"""The rows of an option picker: heads of groups, and options as they stand. Values and a list model; no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.catalog.configure import Configuration, Result, Standing
from app.catalog.configure.price import option_price
from app.catalog.model import Model, Option, OptionGroup
from app.catalog.rules import Product
from app.core.quantity import plain
from ui import formats
from ui.widgets.fix_words import price_change, reason_words

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_SPOKEN, _MORE = int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.AccessibleDescriptionRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group: its name, how many may be chosen, and how many are."""

    key: str
    name: str
    note: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option as it stands. `about` is the line below its name: why it is blocked or needed, else its number."""

    key: str
    name: str
    about: str
    price: str
    standing: Standing
    is_chosen: bool
    is_exchanged: bool
    """Whether choosing it takes another one out (shown as a round mark)."""
    may_vary: bool
    quantity: Decimal = Decimal(1)

    @property
    def is_blocked(self) -> bool:
        """Whether it cannot be chosen now."""
        return self.standing is Standing.BLOCKED

    def spoken(self) -> str:
        """Everything the row shows, for a screen reader."""
        state = {
            Standing.FREE: _say("not chosen"),
            Standing.CHOSEN: _say("chosen"),
            Standing.FORCED: _say("chosen, needed") if self.is_chosen else _say("needed"),
            Standing.BLOCKED: _say("blocked"),
        }[self.standing]
        count = f"{formats.decimal_text(self.quantity)} × " if self.may_vary and self.is_chosen else ""
        return ", ".join(part for part in (f"{count}{self.name}", state, self.price, self.about) if part)


Row = GroupRow | OptionRow


def rows_of(
    model: Model, answer: Configuration, products: Mapping[str, Product], currency: str, text: str = ""
) -> list[Row]:
    """Groups with their options, in the model's order; with a text only options whose name or number has it."""
    results, wanted = {result.key: result for result in answer.results}, text.casefold().split()
    found: list[Row] = []
    for group in model.groups:
        options = [option for option in group.options if _fits(option, results[option.key], wanted)]
        if options:
            found.append(_group_row(group, results))
            found += [_option_row(option, group, results[option.key], products, currency) for option in options]
    return found


def _fits(option: Option, result: Result, wanted: Sequence[str]) -> bool:
    known = f"{result.name} {option.sku} {option.key}".casefold()
    return all(word in known for word in wanted)


def _group_row(group: OptionGroup, results: Mapping[str, Result]) -> GroupRow:
    taken = sum(results[option.key].is_chosen for option in group.options)
    return GroupRow(group.key, group.name, group_words(group, taken), taken < group.least)


def group_words(group: OptionGroup, taken: int) -> str:
    """How many of a group may be chosen: "pick exactly one", "2 of 1 to 3 chosen"."""
    least, most = formats.whole_text(group.least), formats.whole_text(group.most or 0)
    if (group.least, group.most) == (1, 1):
        return _say("pick exactly one")
    if (group.least, group.most) == (0, 1):
        return _say("pick one, or none")
    if group.most is None:
        words = _say("at least %1") if group.least else _say("as many as you like")
    elif group.most == group.least:
        words = _say("exactly %1")
    else:
        words = _say("%1 to %2") if group.least else _say("up to %2")
    counted = _say("%1 chosen").replace("%1", formats.whole_text(taken))
    return f"{words.replace('%1', least).replace('%2', most)} · {counted}"


def _option_row(
    option: Option, group: OptionGroup, result: Result, products: Mapping[str, Product], currency: str
) -> OptionRow:
    each = option_price(option, products)
    price = "" if not each else price_change(plain(Decimal(each.numerator) / each.denominator), currency)
    about = "; ".join(reason_words(reason) for reason in result.reasons)
    quantity = result.quantity if result.is_chosen else option.quantity
    return OptionRow(
        key=option.key,
        name=result.name,
        about=about or option.sku,
        price=price or _say("included"),
        standing=result.standing,
        is_chosen=result.is_chosen,
        is_exchanged=group.most == 1,
        may_vary=option.may_vary,
        quantity=quantity,
    )


class OptionModel(QAbstractListModel):
    """The rows for Qt. Rows with the same keys as before are only repainted, so that the place is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> list[Row]:
        """What is shown."""
        return list(self._rows)

    def place(self, key: str) -> int:
        """Where an option stands; -1 if it is not shown."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, OptionRow) and row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Heads and options."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = 0) -> object:
        """Early return on plain int roles."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == 0:
            return row.name
        if role == _SPOKEN:
            return f"{row.name}, {row.note}" if isinstance(row, GroupRow) else row.spoken()
        if role in (_TIP, _MORE) and isinstance(row, OptionRow):
            return row.about or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads are passed over."""
        if not index.isValid() or isinstance(self._rows[index.row()], GroupRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _say(source: str) -> str:
    return QCoreApplication.translate("option_picker", source)
