"""A window composed of the kit, with made-up figures: `python -m tests.ui.gallery FOLDER` saves its pictures."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from tests.ui import pieces
from ui import application, formats
from ui.context import Settings
from ui.tables.column import LineColumn
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.action import Action
from ui.widgets.bar_chart import Bar, BarChart, Legend
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.command_palette import CommandPalette, Found
from ui.widgets.date_edit import CalendarPopup, DateEdit
from ui.widgets.kpi_card import KpiCard
from ui.widgets.label import Icon, Label
from ui.widgets.layout import SideBySide, column, holder, page, row
from ui.widgets.number_edits import PercentEdit, QuantityEdit
from ui.widgets.painting import margin_tone
from ui.widgets.shortcut_sheet import ShortcutSheet
from ui.widgets.sidebar import Sidebar
from ui.widgets.stepper import Step, Stepper
from ui.widgets.toast import Toasts
from ui.widgets.topbar import TopBar
from ui.widgets.totals_panel import PlanLine, TotalsPanel

SIZE = (1440, 900)
FLOOR, TARGET = Decimal(20), Decimal(30)
PLACES = [("home", "Home", "home", 0), ("deals", "All deals", "deals", 34)]
PIPELINE = [
    ("configure", "Configure", 3),
    ("price", "Price", 2),
    ("quote", "Quote", 7),
    ("contract", "Contract", 4),
    ("payment", "Payment", 5),
    ("delivery", "Delivery", 3),
    ("invoice", "Invoice", 6),
    ("revenue", "Revenue", 0),
]
LIBRARY = [("customers", "Customers"), ("products", "Products & bundles"), ("reports", "Reports")]
STEPS = [
    Step("Configure", "12 Nov", "done"),
    Step("Price", "18 Nov", "done"),
    Step("Quote", "In progress", "now"),
    Step("Contract", "Next"),
    Step("Payment", "40 / 60"),
    Step("Delivery", "Est. 12 Jan"),
    Step("Invoice", "On delivery"),
    Step("Revenue", "24 months"),
]
WEEKS = ("26 Oct", "2 Nov", "9 Nov", "16 Nov", "This week", "30 Nov", "7 Dec", "14 Dec", "21 Dec", "28 Dec", "4 Jan")
RECEIVED = (840, 1120, 690, 1280, 410)
EXPECTED = (0, 0, 0, 0, 520, 960, 2550, 740, 310, 220, 1260, 1040)


@dataclass(frozen=True)
class Line:
    """A line of the made-up quote; prices in minor units."""

    name: str
    about: str
    quantity: Decimal
    price: int
    discount: Decimal
    cost: int

    @property
    def net(self) -> int:
        """Net amount in minor units."""
        exact = self.quantity * self.price * (100 - self.discount) / 100
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def margin(self) -> Decimal:
        """Percent of the net amount."""
        return (self.net - self.quantity * self.cost) / self.net * 100 if self.net else Decimal(0)


LINES = [
    Line("Cargo e-bike, long tail", "CB-540 · 540 Wh · Graphite", Decimal(24), 189000, Decimal(8), 115400),
    Line("Weatherproof box, 180 L", "BX-180 · fits CB-540", Decimal(24), 16500, Decimal(5), 9800),
    Line("Fleet tracker with SIM", "TR-02 · 24 months data", Decimal(24), 11900, Decimal(0), 6100),
    Line("Care plan, 24 months", "SV-24 · billed monthly, recognised in time", Decimal(24), 20400, Decimal(18), 14100),
    Line("Delivery and set-up, Rotterdam", "DL-01 · one visit", Decimal(1), 38000, Decimal(0), 24000),
]


def euros(minor: int, whole: bool = False) -> str:
    """Euro with symbol."""
    return formats.money_text(minor, "EUR", whole)


def _tone(line: Line) -> str:
    return margin_tone(float(line.margin), float(FLOOR), float(TARGET))


def line_columns() -> list[LineColumn]:
    """The columns of the quote's lines."""
    return [
        LineColumn(title="Item", text=lambda line: line.name, below=lambda line: line.about),
        LineColumn(
            title="Qty",
            align="right",
            width=62,
            text=lambda line: formats.decimal_text(line.quantity),
            read=lambda line: line.quantity,
            write=lambda line, value: replace(line, quantity=value),
            editor=QuantityEdit,
        ),
        LineColumn(title="Unit price", align="right", width=104, text=lambda line: euros(line.price)),
        LineColumn(
            title="Discount",
            align="right",
            width=96,
            look="badge",
            text=lambda line: formats.percent_text(line.discount) if line.discount else formats.NOTHING,
            tone=lambda line: ("warn" if line.margin < FLOOR else "accent") if line.discount else "",
            read=lambda line: line.discount,
            write=lambda line, value: replace(line, discount=value),
            editor=PercentEdit,
        ),
        LineColumn(
            title="Margin",
            align="right",
            width=136,
            look="margin",
            text=lambda line: formats.percent_text(line.margin, 1),
            share=lambda line: float(line.margin),
            tone=_tone,
        ),
        LineColumn(title="Net total", align="right", width=118, look="strong", text=lambda line: euros(line.net)),
    ]


class Gallery(QMainWindow):
    """A deal open at its quote, as in the two pictures of the look."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Q-1042 Harbour Couriers")
        self.resize(*SIZE)
        self.setMinimumSize(1100, 700)
        self.sidebar = self._sidebar()
        self.topbar = self._topbar()
        self.model = LineModel(line_columns(), LINES)
        self.totals = TotalsPanel("Totals", "EUR · prices excl. VAT", "Quote totals")
        self.totals.set_primary(
            Button("Review and send", "primary", "send"), "Acceptance creates the contract for you."
        )
        self.lines = LineEditor(self.model, "Quote lines")
        self.lines.setMinimumHeight(self.lines.height_for(len(LINES)))
        self.body = self._body()
        right = holder(_stretched(column(self.topbar, page(self._head(), self._kpis(), self.body)), 1), "canvas")
        self.setCentralWidget(holder(_stretched(row(self.sidebar, right), 1), "canvas"))
        self.model.changed.connect(self.refresh)
        self.refresh()
        self.lines.choose(3)
        self.centralWidget().setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.centralWidget().setFocus()

    def refresh(self) -> None:
        """Totals of the lines as they are now."""
        lines: list[Line] = self.model.rows()
        gross = int(sum(line.quantity * line.price for line in lines))
        net = sum(line.net for line in lines)
        cost = int(sum(line.quantity * line.cost for line in lines))
        tax = (net * 21 + 50) // 100
        self.amount.setText(euros(net + tax))
        rows = [("Subtotal", gross), ("Discounts", net - gross), ("Net", net), ("VAT 21 %", tax)]
        self.totals.show_rows([(words, euros(minor)) for words, minor in rows], strong=2)
        self.totals.show_total("Total incl. VAT", euros(net + tax))
        self.totals.show_margin(Decimal(net - cost) / net * 100, euros(net - cost))
        low = [line for line in lines if line.margin < FLOOR]
        words = f"{len(low)} line under the 20 % floor" if low else "Within your limits. No approval needed."
        self.totals.show_hint(words, bool(low), self._reason() if low else None)
        deposit = ((net + tax) * 40 + 50) // 100
        plan = [
            PlanLine("Deposit 40 %", "On acceptance", euros(deposit)),
            PlanLine("Balance 60 %", "14 days after delivery", euros(net + tax - deposit), "delivery"),
        ]
        self.totals.show_plan("Payment plan", plan)

    def _reason(self) -> Button:
        return Button("Add reason", "ghost")

    def _sidebar(self) -> Sidebar:
        side = Sidebar("Harbour Cycles", "Quote to cash")
        for kind, words, icon, count in PLACES:
            side.add(kind, words, icon).set_count(count)
        side.add_heading("Pipeline")
        for kind, words, count in PIPELINE:
            side.add(kind, words, kind).set_count(count, is_alert=kind == "payment")
        side.add_heading("Library")
        for kind, words in LIBRARY:
            side.add(kind, words, kind)
        side.set_current("quote")
        return side

    def _topbar(self) -> TopBar:
        fixed = [IconButton("undo", "Undo"), IconButton("redo", "Redo"), IconButton("moon", "Use dark theme")]
        bar = TopBar(fixed)
        bar.show_place([("Quotes", lambda: None)], "Q-1042", ("Draft · v3", "accent"))
        duplicate = Action("Duplicate", self, icon="copy", shortcut="Ctrl+D")
        preview = Action("Preview PDF", self, icon="eye", shortcut="Ctrl+P")
        bar.set_verbs([Button.of(duplicate), Button.of(preview)])
        return bar

    def _head(self) -> Card:
        facts = (("person", "Harbour Couriers B.V."), ("calendar", "Valid until 15 Dec 2026, 22 days left"))
        about = row(gap=16)
        for icon, words in (*facts, ("owner", "Owner: Mila de Vries")):
            about.addLayout(row(Icon(icon, "text3", 14), Label(words, "label", "2"), gap=6))
        about.addStretch(1)
        self.amount = Label("", "display", figures=True).right()
        left = column(Label("24 cargo e-bikes with care plan", "display"), about, gap=6)
        right = column(self.amount, Label("incl. VAT · one-off and 24-month plan", "caption", "3").right(), gap=3)
        steps = Stepper(STEPS, "Deal progress")
        return Card(column(row(left, None, right), steps, margins=(20, 16, 20, 12), gap=16), "Deal")

    def _kpis(self) -> QHBoxLayout:
        quotes, rate = KpiCard("Open quotes"), KpiCard("Win rate, 90 days")
        waiting, revenue = KpiCard("Awaiting payment"), KpiCard("Revenue this month")
        quotes.show_figure(euros(18642000, True), "7 quotes, 2 expire this week", trend=(4, 6, 5, 7, 8, 7, 9))
        up, ok = "arrow-up-right", "ok"
        rate.show_figure("62 %", "6 points up", ok, up, (48, 52, 50, 55, 56, 60, 62), ok)
        late = "€4,180 is overdue"
        waiting.show_figure(euros(2391000, True), late, "bad", "warning", (12, 14, 11, 16, 19, 21, 24), "chart3")
        revenue.show_figure(euros(4130000, True), "12 % over October", ok, up, (28, 30, 27, 33, 36, 37, 41), ok)
        return row(quotes, rate, waiting, revenue, gap=14)

    def _body(self) -> SideBySide:
        verbs = (Button("Add bundle", "ghost", "products"), Button("Add item", "ghost", "plus"))
        table = Card(column(CardHead("Line items", "5 items", *verbs), self.lines, 5), "Line items")
        self.chart = BarChart("Cash in by week", lambda minor: formats.short_figure(Decimal(minor)), euros)
        received = (*RECEIVED, *[0] * (len(EXPECTED) - len(RECEIVED)))
        self.chart.set_bars(
            Bar(
                label,
                actual * 10,
                expected * 10,
                label == "This week",
                "This deal: €25.5k deposit" if label == "7 Dec" else "",
            )
            for label, actual, expected in zip((*WEEKS, "11 Jan"), received, EXPECTED, strict=True)
        )
        head = row(Label("Cash in by week", "title"), None, Legend("Received", "Expected"))
        cash = Card(column(head, self.chart, margins=(18, 12, 18, 10), gap=6), "Cash in by week")
        return SideBySide(holder(_stretched(column(table, cash, gap=14), 1)), self.totals, TOTALS_WIDTH, 1000)


def _stretched(layout: QHBoxLayout | QVBoxLayout, index: int) -> QHBoxLayout | QVBoxLayout:
    layout.setStretch(index, 1)
    return layout


def _wizard() -> QWidget:
    source = Gallery()
    source.totals.setParent(None)
    shown = pieces.wizard(aside=source.totals)
    shown.next()
    return shown


def _with_toast() -> QWidget:
    window = pieces.pieces_page()
    toasts = Toasts(window)
    window.toasts = toasts  # type: ignore[attr-defined]
    toasts.say("Line removed", "Undo", lambda: None)
    return window


def _palette(settings: Settings) -> QWidget:
    window = Gallery()
    customers = [Found("customer:1", "Harbour Couriers B.V.", lambda: None, "Rotterdam · 4 deals", "customers")]
    verbs = ("New quote", "New customer", "Duplicate quote", "Preview PDF", "Record payment", "Settings")
    actions = [Action(words, window, icon=icon) for words, icon in zip(verbs, _ICONS, strict=True)]
    actions[0].setShortcut("Ctrl+N")
    palette = CommandPalette(window, lambda: actions, lambda _text, answer: answer(customers), settings)
    palette.open()
    return window


_ICONS = ("quote", "customers", "copy", "eye", "payment", "settings")


def _sheet(window: QWidget) -> QWidget:
    groups = {
        "Everywhere": [("Search or jump to", "Ctrl+K"), ("New quote", "Ctrl+N"), ("Undo", "Ctrl+Z"), ("Keys", "F1")],
        "Lines": [("Edit the cell", "F2"), ("New line", "Ins"), ("Duplicate line", "Ctrl+D"), ("Move up", "Alt+Up")],
        "Wizards": [("Next", "Alt+Right"), ("Back", "Alt+Left"), ("Next or finish", "Ctrl+Return")],
    }
    return ShortcutSheet(window, groups)


def windows(settings: Settings) -> dict[str, QWidget]:
    """Everything that is worth a picture."""
    made: dict[str, QWidget] = {
        "deal": Gallery(),
        "pieces": _with_toast(),
        "wizard": _wizard(),
        "palette": _palette(settings),
        "preview": pieces.preview(),
    }
    for name, size in (("pieces", (1200, 1240)), ("wizard", (1200, 760)), ("preview", (700, 700))):
        made[name].resize(*size)
    made["calendar"] = CalendarPopup(DateEdit(today=lambda: pieces.TODAY), pieces.TODAY, None, None)
    made["keys"] = _sheet(made["preview"])
    return made


def save_pictures(folder: Path, windows: dict[str, QWidget], started: application.Started) -> list[Path]:
    """Each window in light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    for name, window in windows.items():
        window.show()
        for mode in ("light", "dark"):
            started.theme.set_mode(mode)
            started.app.processEvents()
            saved.append(folder / f"{name}-{mode}.png")
            window.grab().save(str(saved[-1]))
        started.theme.set_mode("light")
        window.close()
    return saved


def main() -> None:
    """Save all pictures."""
    folder = Path(sys.argv[1])
    settings = Settings(folder / "settings.ini")
    settings.put("locale", "en_GB")
    started = application.start(settings=settings)
    save_pictures(folder, windows(settings), started)
    started.fonts.close()


if __name__ == "__main__":
    main()
