"""The sheets of one document: letterhead, address window, facts, footer, and where the next thing goes.

The first sheet follows DIN 5008 form B, whose window is also the one of C5 and DL envelopes elsewhere: address from
45 mm, facts beside it from 50 mm, text from 103 mm, margins 25 and 20 mm. Places are points from the upper left.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from app.core.party import Address
from app.core.printed import Heading
from app.outputs.pdf import look as design
from app.outputs.pdf.addresses import footer_columns, letter_lines, return_line
from app.outputs.pdf.fonts import latin
from app.outputs.pdf.ink import PAGE_HEIGHT, PAGE_WIDTH, RIGHT, Coder, Ink
from app.outputs.pdf.logo import Logo
from app.outputs.pdf.look import Look, Style
from app.outputs.pdf.text import Line, clean, set_line, wrap
from app.outputs.pdf.words import Words

MM = 72 / 25.4
LEFT_EDGE = 25 * MM
RIGHT_EDGE = PAGE_WIDTH - 20 * MM
WIDTH = RIGHT_EDGE - LEFT_EDGE
FACTS_EDGE = 125 * MM
_FACTS_LABEL = 74.0
_TOP_AGAIN = 80.0
"""Where the text of the second and later sheets begins."""

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text: the document's name and number, the facts beside the address, the addressee.

    Facts with an empty value are left out. `address` is None for a document that names its parties in the text.
    """

    heading: Heading
    name: str
    number: str
    facts: Facts
    address: Address | None
    seal: str = ""


class Paper:
    """Sheets that fill from the top; `y` is where the next thing goes, `ink` draws on the current sheet."""

    def __init__(self, frame: Frame, look: Look, words: Words) -> None:
        self.frame, self.look, self.words = frame, look, words
        self.accent = design.readable(look.accent)
        self._buffer = io.BytesIO()
        self._canvas = self._new_canvas()
        self._coder = Coder(self._canvas)
        self._sheets: list[Ink] = []
        self._logo = Logo.of(look.logo) if look.logo else None
        self._footer = self._footer_columns()
        self.bottom = PAGE_HEIGHT - 44 - 9.2 * max((len(column) for column in self._footer), default=0) - 16
        self.y = 0.0
        self._begin()

    # -------------------------------------------------------------- for the documents
    @property
    def ink(self) -> Ink:
        """The current sheet."""
        return self._sheets[-1]

    @property
    def page(self) -> int:
        """Number of the current sheet, from 1."""
        return len(self._sheets)

    @property
    def room(self) -> float:
        """Height left on the current sheet."""
        return self.bottom - self.y

    @property
    def full_room(self) -> float:
        """Height of an empty later sheet."""
        return self.bottom - _TOP_AGAIN

    def need(self, height: float) -> None:
        """Turn the page unless so much height is left; what is higher than a sheet starts where it is."""
        if self.room < height <= self.full_room:
            self.turn()

    def turn(self) -> None:
        """Begin the next sheet."""
        self._sheets.append(Ink(self._coder))
        self._ground()
        name = f"{self.frame.name} {self.frame.number}"
        self.ink.text(LEFT_EDGE, 48, name, Style(8.5, 11, bold=True))
        self.ink.text(RIGHT_EDGE, 48, self._seller_name(), Style(8.5, 11, colour=design.FAINT), RIGHT)
        self.ink.rule(LEFT_EDGE, 56, RIGHT_EDGE, design.LINE_STRONG, 0.5)
        self.y = _TOP_AGAIN

    def gap(self, height: float) -> None:
        """Leave some space, though never at the top of a sheet."""
        if self.y > _TOP_AGAIN:
            self.y += height

    def heading(self, text: str, with_height: float = 30) -> None:
        """A heading that stays with at least `with_height` of what follows."""
        lines = wrap(text, design.HEADING.size, WIDTH, True)
        self.need(len(lines) * design.HEADING.leading + 4 + with_height)
        self.lines(lines, design.HEADING)
        self.y += 4

    def paragraph(self, text: str, style: Style = design.BODY, x: float = LEFT_EDGE, width: float = WIDTH) -> None:
        """A wrapped text that may go on overleaf, never with a single line of it alone."""
        self.lines(wrap(text, style.size, width, style.bold), style, x)

    def lines(self, lines: Sequence[Line], style: Style, x: float = LEFT_EDGE) -> None:
        """Lines under each other; at least two stay together on either side of a page break."""
        for index, line in enumerate(lines):
            alone = index in {0, len(lines) - 2} and len(lines) > 1
            self.need(style.leading * (2 if alone else 1))
            self.ink.text(x, self.y + style.leading - 0.27 * style.leading, line, style)
            self.y += style.leading

    def finish(self) -> bytes:
        """Number the sheets and put them together."""
        for number, sheet in enumerate(self._sheets, start=1):
            self._draw_footer(sheet, number)
            if number == 1 and self._logo:
                self._logo.draw(self._canvas, LEFT_EDGE, PAGE_HEIGHT - 15 * MM)
            self._canvas.addLiteral(sheet.operators)
            self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    # -------------------------------------------------------------- the first sheet
    def _new_canvas(self) -> Canvas:
        heading = self.frame.heading
        canvas = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=latin(False).name,  # type: ignore[arg-type]  # the stubs think it a number
            lang=self.words.language,
        )
        canvas.setTitle(f"{self.frame.name} {clean(self.frame.number)}")
        canvas.setAuthor(clean(heading.seller.name).replace("\n", " "))
        canvas.setSubject(clean(heading.title).replace("\n", " "))
        canvas.setCreator("Handsel")
        canvas.setProducer("Handsel")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    def _begin(self) -> None:
        self._sheets.append(Ink(self._coder))
        self._ground()
        self._letterhead()
        if self.frame.address is not None:
            self._fold_marks()
            below = max(self._address(self.frame.address), 94 * MM)
            self.y = max(below, self._facts(50 * MM))
            self._title(WIDTH)
        else:
            facts_end = self._facts(36 * MM)
            self.y = 36 * MM - 8
            self._title(FACTS_EDGE - LEFT_EDGE - 16)
            self.y = max(self.y, facts_end)

    def _ground(self) -> None:
        if self.look.watermark:
            self.ink.across(self.look.watermark, "#EEF0F4")

    def _seller_name(self) -> Line | str:
        return next(iter(wrap(self.frame.heading.seller.name, 8.5, WIDTH / 2, most=1)), "")

    def _letterhead(self) -> None:
        """The logo, else the seller's name under a short bar of the accent colour."""
        if self._logo:
            return
        self.ink.box(LEFT_EDGE, 12 * MM, 24, 3, self.look.accent)
        for number, line in enumerate(wrap(self.frame.heading.seller.name, design.NAME.size, 90 * MM, True, most=2)):
            self.ink.text(LEFT_EDGE, 12 * MM + 23 + number * design.NAME.leading, line, design.NAME)

    def _fold_marks(self) -> None:
        for place in (105 * MM, 148.5 * MM, 210 * MM):
            self.ink.rule(5 * MM, place, 5 * MM + (14 if place == 148.5 * MM else 9), design.LINE_STRONG, 0.4)

    def _address(self, address: Address) -> float:
        """The address window; returns where it ends. More than six lines grow upwards, then down."""
        heading = self.frame.heading
        home = heading.seller.address.country
        sender = wrap(return_line(heading.seller), design.TINY.size, 80 * MM, most=1)
        lines = [
            line
            for text in letter_lines(heading.customer, address, self.words, home)
            for line in wrap(text, design.ADDRESS.size, 80 * MM, most=3)
        ][:14]
        top = 62.7 * MM - max(0, min(len(lines) - 6, 2)) * design.ADDRESS.leading
        for line in sender:
            self.ink.text(LEFT_EDGE, top - 7, line, design.TINY)
            self.ink.rule(LEFT_EDGE, top - 3.5, LEFT_EDGE + 80 * MM, design.LINE_STRONG, 0.35)
        for number, line in enumerate(lines):
            self.ink.text(LEFT_EDGE, top + 11 + number * design.ADDRESS.leading, line, design.ADDRESS)
        return top + len(lines) * design.ADDRESS.leading + 24

    def _facts(self, top: float) -> float:
        """Labels and values beside the address; returns where they end."""
        y = top
        labels = [set_line(label).width * design.LABEL.size / 1000 + 8 for label, value in self.frame.facts if value]
        indent = max([_FACTS_LABEL, *labels])
        for label, value in self.frame.facts:
            lines = wrap(value, design.BODY.size, RIGHT_EDGE - FACTS_EDGE - indent, most=4)
            if lines:
                self.ink.text(FACTS_EDGE, y + 9, label, design.LABEL)
            for line in lines:
                self.ink.text(FACTS_EDGE + indent, y + 9, line, design.BODY)
                y += 13
        return y + 16

    def _title(self, width: float) -> None:
        """Name and number of the document, and under them what it is about."""
        name = set_line(self.frame.name, True)
        self.y += 20
        size = design.TITLE.size
        used = self.ink.text(LEFT_EDGE, self.y, name, design.TITLE)
        number = set_line(self.frame.number)
        if used + 8 + number.width * size / 1000 > width:
            used, self.y = -8, self.y + design.TITLE.leading
        self.ink.text(LEFT_EDGE + used + 8, self.y, number, design.TITLE_NUMBER)
        self.y += 8
        for line in wrap(self.frame.heading.title, 10, width, most=3):
            self.ink.text(LEFT_EDGE, self.y + 11, line, Style(10, 14, colour=design.MUTED))
            self.y += 14
        self.y += 12

    # -------------------------------------------------------------- the footer
    def _footer_columns(self) -> list[list[Line]]:
        heading = self.frame.heading
        abroad = heading.customer.address.country != heading.seller.address.country
        columns = footer_columns(heading.seller, self.words, abroad)
        width = WIDTH / max(len(columns), 1) - 8
        return [[line for text in column for line in wrap(text, design.FOOT.size, width, most=2)] for column in columns]

    def _draw_footer(self, sheet: Ink, number: int) -> None:
        top = self.bottom + 16
        sheet.rule(LEFT_EDGE, top, RIGHT_EDGE, design.LINE_STRONG, 0.5)
        widths = [max(line.width for line in column) * design.FOOT.size / 1000 for column in self._footer]
        gap = (WIDTH - sum(widths)) / max(len(widths) - 1, 1)
        x = LEFT_EDGE
        for column, width in zip(self._footer, widths, strict=True):
            for row, line in enumerate(column):
                sheet.text(x, top + 13 + row * design.FOOT.leading, line, design.FOOT)
            x += width + gap
        y = PAGE_HEIGHT - 24
        if self.frame.seal:
            sheet.text(LEFT_EDGE, y, self.words("seal", seal=self.frame.seal), design.TINY)
        pages = self.words("page", page=str(number), pages=str(len(self._sheets)))
        sheet.text(RIGHT_EDGE, y, pages, design.FOOT, RIGHT)
