"""KPI cards, charts, margin bar, totals, timeline, badges, empty states."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.theme import color
from ui.widgets.bar_chart import Bar, BarChart, scale_top
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.kpi_card import KpiCard
from ui.widgets.label import ElidedLabel
from ui.widgets.margin_bar import MarginBar
from ui.widgets.sparkline import Sparkline
from ui.widgets.state_badge import StateBadge
from ui.widgets.timeline import Event, Timeline
from ui.widgets.totals_panel import PlanLine, TotalsPanel


def test_a_kpi_opens_its_list_by_click_and_key(qtbot: QtBot) -> None:
    card, opened = KpiCard("Open quotes", "€186,420", "2 expire this week"), []
    qtbot.addWidget(card)
    card.show()
    card.opened.connect(lambda: opened.append(1))
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert len(opened) == 2
    assert card.accessibleName() == "Open quotes: €186,420"
    assert card.accessibleDescription() == "2 expire this week"


def test_a_narrow_kpi_drops_its_sparkline(qtbot: QtBot) -> None:
    card = KpiCard("Open quotes", "€1", "7 quotes, 2 expire")
    qtbot.addWidget(card)
    card.show()
    card.resize(180, 90)
    assert not card._line.isVisible()
    card.resize(300, 90)
    assert not card._line.isVisible()
    card.show_figure("€1", "7 quotes, 2 expire", trend=(1.0, 2.0))
    assert card._line.isVisible()


@pytest.mark.parametrize("values", [(), (1,), (3, 3, 3), (1, 2), (-5, 0, 5)])
def test_any_sparkline_draws(qtbot: QtBot, values: tuple[float, ...]) -> None:
    line = Sparkline(values)
    qtbot.addWidget(line)
    assert not line.grab().isNull()


@given(st.integers(0, 10**15))
def test_the_axis_ends_at_or_above_the_highest_bar(most: int) -> None:
    top = scale_top(most)
    assert top >= most
    assert top % 3 == 0
    assert most == 0 or top <= max(3, most * 3)


@pytest.fixture
def chart(qtbot: QtBot) -> BarChart:
    made = BarChart("Cash in by week", str, lambda minor: f"€{minor}")
    made.set_bars([Bar("26 Oct", 840), Bar("This week", 410, 520, True, "This deal"), Bar("7 Dec", 0, 2550)])
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def test_a_chart_is_read_aloud(chart: BarChart) -> None:
    assert "This week: Received €410, Expected €520" in chart.accessibleDescription()


def test_a_chart_is_walked_by_keys(chart: BarChart) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    for _ in range(5):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [2, 1]


def test_a_click_opens_the_bar_under_the_mouse(chart: BarChart) -> None:
    opened: list[int] = []
    chart.opened.connect(opened.append)
    at = QPointF(100, 100)
    none = Qt.KeyboardModifier.NoModifier
    chart.mouseMoveEvent(
        QMouseEvent(QMouseEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, none)
    )
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert opened == [0]


def test_bars_are_drawn_as_high_as_their_amounts(chart: BarChart) -> None:
    chart.set_bars([Bar("a", 300), Bar("b", 150)])
    image = chart.grab().toImage()
    ink = color("chart1")
    heights = []
    for bar in (0, 1):
        x = round(38 + (600 - 42) * (bar + 0.5) / 2)
        heights.append(sum(image.pixelColor(x, y) == ink for y in range(image.height())))
    assert heights[0] == pytest.approx(2 * heights[1], abs=6)


def test_a_chart_without_bars_draws(qtbot: QtBot) -> None:
    made = BarChart("Nothing", str, str)
    qtbot.addWidget(made)
    made.set_bars([])
    assert not made.grab().isNull()


@pytest.mark.parametrize(
    ("percent", "tone", "words"),
    [
        ("15.7", "bad", "15.7\u00a0%, below the floor"),
        ("20", "warn", "20.0\u00a0%, below the target"),
        ("33.36", "ok", "33.4\u00a0%, on target"),
        ("-12", "bad", "−12.0\u00a0%, below the floor"),
        ("300", "ok", "300.0\u00a0%, on target"),
    ],
)
def test_a_margin_is_said_in_words(qtbot: QtBot, percent: str, tone: str, words: str) -> None:
    bar = MarginBar()
    qtbot.addWidget(bar)
    bar.show_margin(Decimal(percent))
    assert bar.tone() == tone
    assert bar.accessibleDescription() == words
    bar.grab()


def test_no_margin_yet(qtbot: QtBot) -> None:
    bar = MarginBar()
    qtbot.addWidget(bar)
    assert bar.accessibleDescription() == "No margin yet"
    bar.set_marks(Decimal(10), Decimal(80))
    bar.grab()


def test_totals_show_what_they_are_given(qtbot: QtBot) -> None:
    panel = TotalsPanel("Totals")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_rows([("Subtotal", "€10.00"), ("Discount", "−€1.00"), ("Net", "€9.00")], strong=2)
    panel.show_rows([("Net", "€9.00"), ("VAT 21 %", "€1.89")], strong=0)
    panel.show_total("Total", "€10.89")
    panel.show_margin(Decimal("33.4"), "€3.00")
    panel.show_hint("1 line under the floor", True, Button("Add reason", "ghost"))
    panel.show_hint("Within your limits")
    panel.show_plan("Payment plan", [PlanLine("Deposit 40 %", "On acceptance", "€4.36")])
    panel.set_primary(Button("Send", "primary"), "Creates the contract")
    panel.set_primary(Button("Review", "primary"), "")
    assert panel._rows.count() == 4
    assert panel._margin_percent.text() == "33.4\u00a0%"
    assert [button.text() for button in panel.findChildren(Button) if button.isVisible()] == ["Review"]


def test_a_timeline_opens_documents(qtbot: QtBot) -> None:
    opened: list[int] = []
    timeline = Timeline([Event("Quote sent", "18 Nov", open=lambda: opened.append(1)), Event("Expired", "20 Nov")])
    qtbot.addWidget(timeline)
    timeline.show()
    buttons = [button for button in timeline.findChildren(Button) if button.isVisible()]
    buttons[0].click()
    assert len(buttons) == 1
    assert opened == [1]
    timeline.grab()
    timeline.set_events([])
    assert timeline.count() == 0


def test_a_badge_has_words_and_is_never_cut(qtbot: QtBot) -> None:
    badge = StateBadge("Overdue", "bad", "warning")
    qtbot.addWidget(badge)
    short = badge.sizeHint().width()
    badge.show_state("Partly delivered", "warn")
    assert badge.minimumSizeHint().width() > short
    assert badge.accessibleName() == "Partly delivered"


def test_an_empty_state_has_other_words_for_no_match(qtbot: QtBot) -> None:
    state = EmptyState("quote", "No quotes yet", "Make one.", Button("New quote"))
    qtbot.addWidget(state)
    state.say("No match", "Try fewer letters.")
    state.grab()
    assert state._title.text() == "No match"


def test_a_long_line_is_shortened_but_whole_for_screen_readers(qtbot: QtBot) -> None:
    label = ElidedLabel("A very long name of a company that does not fit")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.accessibleName() == label.whole_text() == label.toolTip()
