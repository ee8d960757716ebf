"""Logo and colour of the papers, with a real paper beside that follows every change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QSizePolicy, QWidget

from app.core.party import Party
from ui.context import AppContext
from ui.settings.section import Section, titled
from ui.theme import color
from ui.widgets.button import Button
from ui.widgets.inputs import HasProblem
from ui.widgets.layout import column, row
from ui.widgets.logo_edit import LogoEdit
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import fill_round, focus_ring, smooth
from ui.widgets.pdf_preview import PdfPreview

SWATCHES = ("#1F57D6", "#0B6B57", "#7A3FB8", "#B3261E", "#B25E00", "#0F6E84", "#3F4A5A", "#8C1D52")
_PAUSE_MS = 350


class Swatch(PaintedButton):
    """One colour to choose; the chosen one has a ring."""

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self.colour = colour
        self.is_chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(32, 32))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        fill_round(painter, box, 11, QColor(self.colour))
        if self.is_chosen:
            painter.setPen(color("text"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 14, 14)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), 16)
        painter.end()


class AccentEdit(HasProblem, QWidget):
    """Value: a colour like "#1F57D6"."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_optional = False
        self._value = SWATCHES[0]
        names = (
            self.tr("Blue"), self.tr("Green"), self.tr("Violet"), self.tr("Red"), self.tr("Orange"),
            self.tr("Petrol"), self.tr("Slate"), self.tr("Berry"),
        )  # fmt: skip
        self._swatches = [Swatch(colour, name) for colour, name in zip(SWATCHES, names, strict=True)]
        for swatch in self._swatches:
            swatch.clicked.connect(lambda *_, chosen=swatch.colour: self._choose(chosen))
        self._other = Button(self.tr("Another…"), "ghost", do=self._ask)
        self.setLayout(row(*self._swatches, self._other, None, gap=4))
        self._show()

    def value(self) -> str:
        """The colour."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a colour."""
        self._value = (value or SWATCHES[0]).upper()
        self._show()

    def check(self) -> bool:
        """Any colour will do: the paper darkens it until it can be read."""
        return True

    def _choose(self, colour: str) -> None:
        if colour != self._value:
            self.set_value(colour)
            self.value_changed.emit(self._value)

    def _ask(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._value), self, self.tr("Colour of your papers"))
        if chosen.isValid():
            self._choose(chosen.name().upper())

    def _show(self) -> None:
        for swatch in self._swatches:
            swatch.is_chosen = swatch.colour == self._value
            swatch.setAccessibleDescription(self.tr("chosen") if swatch.is_chosen else "")
            swatch.update()


class PaperSection(Section):
    """Issued papers keep the look they had; new ones have this one."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._look: dict[str, Any] = {}
        self._asked = 0
        logo = self.field("logo", self.tr("Logo"), LogoEdit(), hint=self.tr("PNG or JPEG, best with a clear ground."))
        accent = self.field(
            "accent", self.tr("Colour"), AccentEdit(), hint=self.tr("Darkened where it could not be read.")
        )
        form = titled(self.tr("Logo and colour"), self.tr("The paper below follows at once."), logo, accent)
        self.preview = PdfPreview(self.tr("A sample of your papers"))
        self.preview.setMinimumHeight(420)
        layout = column(form, self.preview, gap=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self.render_now)
        for field in self.fields:
            field.editor.value_changed.connect(lambda _: self._later.start())

    def load(self, values: dict[str, Any]) -> None:
        """Show the look."""
        self._look = dict(values)
        self.fields["logo"].set_value(values.get("logo", ""))
        self.fields["accent"].set_value(values.get("accent"))
        if self.isVisible():
            self._later.start()

    def showEvent(self, event: Any) -> None:  # noqa: N802
        super().showEvent(event)
        self._later.start()

    def look(self) -> dict[str, Any]:
        """What stands in the fields; a watermark stays."""
        given = {"logo": self.fields["logo"].value(), "accent": self.fields["accent"].value()}
        return {name: value for name, value in (self._look | given).items() if value}

    def save(self) -> None:
        """Store the look."""
        wanted = self.look()
        if wanted != self._look:
            self._look = wanted
            self.context.write(lambda s: _set_look(s, wanted), {"settings"}, on_failed=self.refused, owner=self)

    def render_now(self) -> None:
        """Make the sample paper beside the main thread."""
        self._asked += 1
        asked, wanted, on = self._asked, self.look(), self.context.today()
        language = QLocale().name().partition("_")[0]
        self.context.read(
            lambda session: _paper(session, wanted, on, language), lambda data: self._rendered(asked, data), owner=self
        )

    def _rendered(self, asked: int, data: bytes) -> None:
        if asked == self._asked:
            self.preview.show_bytes(data)


def _set_look(session: Any, look: dict[str, Any]) -> Any:
    from app.parties.queries import our_company
    from app.parties.service import set_company

    return set_company(session, our_company(session) or Party("—"), look=look)


def _paper(session: Any, look: dict[str, Any], on: Any, language: str) -> bytes:
    from app.outputs.sample_paper import sample_paper
    from app.parties.defaults import defaults
    from app.parties.queries import our_company

    return sample_paper(our_company(session) or Party("—"), look, defaults(session), on, language)
