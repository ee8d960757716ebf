"""Configuring a product in place: attributes, options with reasons and ways out, live price and margin.

Keys beside those of the option list: Ctrl+Enter takes it · Esc leaves everything as it was · Alt+A to Alt+C do what
would help · Ctrl+F filters · Alt+Up goes out of a product inside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.catalog.configure import Configuration, Fix, Reason, Standing, State
from app.catalog.configure.results import INCOMPLETE_CAUSES
from app.core.errors import RuleViolation
from app.core.totals import Basis
from app.pricing.marks import MarginMarks
from app.pricing.rules import margin_percent, price
from app.quotes.configured import as_line
from app.quotes.configuring import Configuring, Inner
from ui import formats
from ui.quotes.configure_attributes import AttributeFields
from ui.quotes.configure_notes import AlertRows, FixStrip
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fix_words import reason_words
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label, rule
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.number_edits import QuantityEdit
from ui.widgets.offer_figures import margin_words, tone_of_margin
from ui.widgets.option_picker import OptionPicker
from ui.widgets.option_rows import rows_of
from ui.widgets.problem_label import ProblemLabel
from ui.widgets.state_badge import StateBadge

_FIX_PAUSE_MS = 40
_LEAST_HIGH, _MOST_SAID_HIGH = 128, 200
"""Pixels that the list of options keeps at least, and that attributes take at most before they scroll."""


class _OwnHeight(QScrollArea):
    """As high as what is in it, up to a limit; beyond that it scrolls."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Of the content for this width."""
        content = self.widget()
        height = content.sizeHint().height()
        if content.hasHeightForWidth():
            height = max(height, content.heightForWidth(self.width()))
        return QSize(300, min(height + 4, _MOST_SAID_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.updateGeometry()


class ConfigurePanel(Card):
    """Shows a `Configuring`; every click shows the next one."""

    taken = Signal(object)
    """The lines it becomes (a tuple of `LineDraft`)."""
    left = Signal()
    """Esc: everything stays as it was."""

    def __init__(self, marks: MarginMarks) -> None:
        super().__init__()
        self._marks = marks
        self._now: Configuring | None = None
        self._number = 1
        self._basis = Basis("EUR")
        self._answer: Configuration | None = None
        self._refused: tuple[str, str] | None = None
        self._build()
        self._fix_pause = QTimer(self, singleShot=True, interval=_FIX_PAUSE_MS)
        self._fix_pause.timeout.connect(self._show_fixes)

    # what the page uses
    def begin(self, now: Configuring, number: int, basis: Basis) -> None:
        """Show a product; its lines will have this bundle number."""
        self._number, self._basis = number, basis
        self.quantity.blockSignals(True)
        self.quantity.set_value(now.quantity)
        self.quantity.blockSignals(False)
        self._said.set_text("")
        self.options.filter.clear()
        self.show_state(now)
        (self.first_input() or self.quantity).setFocus()

    def state(self) -> Configuring | None:
        """What is chosen now."""
        return self._now

    def first_input(self) -> QWidget | None:
        """Where the keyboard goes."""
        if self._now is None:
            return None
        wanted = self.attributes.first_open(self._now)
        if wanted is not None:
            return wanted
        if self._now.known.model.groups:
            self.options.choose(self.options.current())
            return self.options.view
        return self.attributes.first() or self.quantity

    def take(self) -> bool:
        """Take it if it can be sold; otherwise say what is missing, and go there. True if it was taken."""
        now = self._now
        if now is None:
            return True
        if not self.attributes.check() or not self.quantity.check() or not now.may_be_taken():
            self._go_to_problem(now)
            return False
        try:
            lines = now.lines(self._number)
        except RuleViolation as violation:
            self._said.set_text(violation.problems[0].message)
            return False
        self._now = None
        self.taken.emit(lines)
        return True

    def leave(self) -> None:
        """Nothing was done."""
        self._now = None
        self.left.emit()

    def show_state(self, now: Configuring) -> None:
        """Show how everything stands now."""
        if self._now is None or now.path != self._now.path:
            self._refused = None
        self._now = now
        answer = self._answer = now.evaluated()
        self._title.setText(" › ".join(now.names()))
        self.setAccessibleName(self.tr("Configure %1").replace("%1", now.names()[-1]))
        self._out.setVisible(bool(now.path))
        self.attributes.show_state(now)
        self._said_of_it.setVisible(bool(now.known.model.attributes))
        self._show_options(now, answer)
        self._show_inner(now)
        self.alerts.show_alerts(answer.alerts)
        self._show_standing(now, answer)
        self._show_price(now)
        self._show_fixes()

    # building
    def _build(self) -> None:
        self._title = Label("", "title")
        self._badge = StateBadge("", "neutral")
        self.quantity = QuantityEdit()
        self.quantity.setFixedWidth(96)
        self.quantity.setAccessibleName(self.tr("Quantity"))
        self.quantity.value_changed.connect(self._counted)
        self._out = Button(self.tr("Back out"), "ghost", "arrow-left", self._go_out)
        self.attributes = AttributeFields()
        self.attributes.given.connect(lambda key, text: self._change(lambda now: now.giving(key, text)))
        self.attributes.refused.connect(self._value_refused)
        self.options = OptionPicker(self.tr("Options"))
        self.options.toggled.connect(self._toggle)
        self.options.counted.connect(lambda key, many: self._change(lambda now: now.taking(key, many)))
        self.options.current_changed.connect(self._moved)
        self.options.filtered.connect(lambda _: self._again())
        self._inner = FlowLayout(gap=8)
        self._inner_box = holder(self._inner)
        self._inner.setContentsMargins(18, 8, 18, 4)
        self.fix = FixStrip()
        self.fix.chosen.connect(self._apply)
        self.alerts = AlertRows()
        self.alerts.reasoned.connect(lambda alert, text: self._change(lambda now: now.overriding(alert, text)))
        self._said = ProblemLabel()
        self._missing = Label("", "caption", "2").wrap()
        notes = column(self.fix, self.alerts, self._missing, self._said, margins=(18, 10, 18, 10), gap=8)
        head = row(self._out, self._title, self._badge, None, Label(self.tr("Quantity"), "label", "2"), self.quantity,
                   margins=(18, 10, 18, 8), gap=10)  # fmt: skip
        self._said_of_it = _OwnHeight(self.attributes)
        layout = column(head, self._said_of_it, self.options, self._inner_box, notes, rule(), self._foot())
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _foot(self) -> QWidget:
        self._price = Label("", "title", figures=True)
        self._each = Label("", "caption", "3", figures=True)
        self._margin = Label("", "label", figures=True)
        self._leave = Button(self.tr("Leave it"), do=self.leave)
        self._leave.setToolTip(self.tr("Everything stays as it was  (Esc)"))
        self._take = Button(self.tr("Take it"), "primary", "check", self.take)
        self._take.setToolTip(self.tr("Take it  (Ctrl+Enter)"))
        figures = row(self._price, self._each, self._margin, gap=12)
        return holder(row(figures, None, self._leave, self._take, margins=(18, 9, 18, 9), gap=10))

    # showing
    def _again(self) -> None:
        if self._now is not None and self._answer is not None:
            self._show_options(self._now, self._answer)

    def _show_options(self, now: Configuring, answer: Configuration) -> None:
        text, currency = self.options.filter.text(), now.known.product.currency
        rows = rows_of(now.known.model, answer, now.products, currency, text)
        self.options.show_rows(rows, len(answer.results))
        self.options.setVisible(bool(answer.results))
        if not text:
            height = self.options.height_of_all()
            self.options.view.setMinimumHeight(min(height, _LEAST_HIGH))
            self.options.view.setMaximumHeight(height)

    def _show_inner(self, now: Configuring) -> None:
        clear(self._inner)
        for step in now.inner():
            name = now.goods[now.sku_of(step)].product.name
            words = self.tr("Configure %1").replace("%1", name)
            self._inner.addWidget(Button(words, icon="configure", do=partial(self._go_in, step)))
        self._inner_box.setVisible(bool(now.inner()))

    def _show_standing(self, now: Configuring, answer: Configuration) -> None:
        words, tone = {
            State.VALID: (self.tr("ready"), "ok"),
            State.INCOMPLETE: (self.tr("still to choose"), "accent"),
            State.INVALID: (self.tr("does not fit"), "bad"),
        }[answer.state]
        if answer.state is State.VALID and not answer.may_be_sold:
            words, tone = self.tr("give a reason"), "warn"
        if now.lacks_variant():
            words, tone = self.tr("not sold"), "bad"
        self._badge.show_state(words, tone)
        names = [problem.name for problem in answer.problems if problem.cause in INCOMPLETE_CAUSES]
        told = self.tr("Still to choose: %1").replace("%1", ", ".join(names)) if names else ""
        if now.lacks_variant():
            told = self.tr("No product has been made of these values, or it is not sold.")
        self._missing.setText(told)
        self._missing.setVisible(bool(told))

    def _show_price(self, now: Configuring) -> None:
        try:
            lines = tuple(as_line(line) for line in now.lines(self._number))
            priced = price(lines, (), self._basis)
        except RuleViolation as violation:
            self._price.setText(formats.NOTHING)
            self._each.setText("")
            self._margin.setText("")
            self._price.setToolTip(violation.problems[0].message)
            return
        total = sum(line.amount for line in priced.typed.lines)
        self._price.setToolTip("")
        self._price.setText(formats.money_text(total, now.currency))
        count = now.quantity or 1
        each = self.tr("for %1").replace("%1", formats.decimal_text(now.quantity)) if now.quantity else ""
        self._each.setText(each if count != 1 else "")
        margin = margin_percent(lines, priced, self._basis)
        self._margin.setText(self.tr("Margin %1").replace("%1", margin_words(margin)))
        self._margin.set_tone(tone_of_margin(margin, self._marks))

    def _show_fixes(self) -> None:
        """Of what the keyboard is on if that is blocked, else of the first thing that does not fit."""
        self._fix_pause.stop()
        now, answer = self._now, self._answer
        if now is None or answer is None:
            return
        currency = now.known.product.currency
        if self._refused is not None:
            key, code = self._refused
            value = next((one for one in now.values(key) if one.code == code), None)
            if value is not None and value.reasons:
                self.fix.show_way(_told(value.name, value.reasons), now.value_fixes(key, code), currency)
                return
            self._refused = None
        result = answer.result(self.options.current())
        if result is not None and result.standing is Standing.BLOCKED:
            self.fix.show_way(_told(result.name, result.reasons), now.fixes(result.key), currency)
            return
        wrong = next((one for one in answer.problems if one.cause not in INCOMPLETE_CAUSES), None)
        if wrong is None:
            self.fix.show_way("", (), currency)
        else:
            self.fix.show_way(reason_words(wrong), now.fixes(wrong), currency)

    # doing
    def _change(self, change: Callable[[Configuring], Configuring]) -> None:
        if self._now is not None:
            self._said.set_text("")
            self._refused = None
            self.show_state(change(self._now))

    def _toggle(self, key: str) -> None:
        """A blocked option says why; a forced one that is chosen stays."""
        now, answer = self._now, self._answer
        result = answer.result(key) if answer is not None else None
        if now is None or result is None:
            return
        self._refused = None
        if result.standing is Standing.BLOCKED:
            self._show_fixes()
            return
        if result.standing is Standing.FORCED and result.is_chosen:
            told = _told(result.name, result.reasons)
            self._said.set_text(self.tr("It is needed: %1").replace("%1", told))
            return
        group = next(group for group in now.known.model.groups if any(o.key == key for o in group.options))
        if result.is_chosen and (group.least, group.most) == (1, 1):
            return  # picking what is picked already picks nothing else
        self._change(lambda state: state.toggled(key))

    def _value_refused(self, key: str, code: str) -> None:
        now = self._now
        if now is None:
            return
        self._refused = (key, code)
        if any(one.code == code and one.reasons for one in now.values(key)):
            self._show_fixes()
        else:  # only the other values of a variant are against it: they are chosen anew
            self._change(lambda state: _alone(state, key, code))

    def _apply(self, fix: Fix) -> None:
        self._change(lambda now: now.applying(fix))

    def _counted(self, value: Decimal | None) -> None:
        self._change(lambda now: replace(now, quantity=value))

    def _moved(self, _key: str) -> None:
        self._refused = None
        self._fix_pause.start()

    def _go_in(self, step: Inner) -> None:
        self._change(lambda now: now.entered(step))
        first = self.first_input()
        if first is not None:
            first.setFocus()

    def _go_out(self) -> None:
        if self._now is not None and self._now.path:
            self._change(lambda now: now.left())

    def _go_to_problem(self, now: Configuring) -> None:
        wanted = self.attributes.first_open(now) or self.alerts.first_open()
        answer = self._answer
        if not now.path and answer is not None and answer.may_be_sold:
            self._said.set_text(self._inside_words(now))
        elif wanted is None and answer is not None:
            short = next((one.key for one in answer.problems if one.cause in INCOMPLETE_CAUSES), "")
            group = next((group for group in now.known.model.groups if group.key == short), None)
            if group is not None and group.options:
                self.options.choose(group.options[0].key)
                wanted = self.options.view
        if answer is not None and not answer.may_be_sold:
            self._said.set_text(self.tr("It cannot be taken yet."))
        (wanted or self.options.view).setFocus()

    def _inside_words(self, now: Configuring) -> str:
        misfit = next(iter(now.whole().misfits), None)
        if misfit is None:
            return ""
        return f"{' › '.join(misfit.path)}: {reason_words(misfit.reason)}"

    # keys
    def event(self, event: QEvent) -> bool:
        """Keys of the panel step in front of those of the wizard while the keyboard is in here."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the module's docstring."""
        if not self._is_mine(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_F:
            self.options.focus_filter()
        elif event.key() == Qt.Key.Key_Up:
            self._go_out()
        else:
            self.fix.take(chr(event.key()))

    def _is_mine(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F)
        if modifiers == Qt.KeyboardModifier.AltModifier:
            is_fix = Qt.Key.Key_A <= key < Qt.Key.Key_A + len(self.fix.fixes)
            return is_fix or (key == Qt.Key.Key_Up and bool(self._now and self._now.path))
        return key == Qt.Key.Key_Escape and not modifiers


def _told(name: str, reasons: tuple[Reason, ...]) -> str:
    words = "; ".join(reason_words(reason) for reason in reasons)
    return words if words.startswith(name) else f"{name}: {words}"


def _alone(now: Configuring, key: str, code: str) -> Configuring:
    """The value, and of the other values that make variants only those that go with it."""
    found = now.giving(key, code)
    for other, codes in found.possible().items():
        if other != key and found.here.value(other) not in ("", *codes):
            found = found.giving(other, "")
    return found
