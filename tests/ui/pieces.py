"""Every piece of the kit in a likely state, for the accessibility walk and for the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from app.core.errors import Problem
from ui import formats
from ui.jobs import Job
from ui.tables.column import Column, Order
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.banner import Banner
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead, titled_card
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit, Tick
from ui.widgets.layout import column, holder, page, row
from ui.widgets.number_edits import DecimalEdit, MoneyEdit, PercentEdit, QuantityEdit
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.search_box import SearchBox
from ui.widgets.state_badge import StateBadge
from ui.widgets.timeline import Event, Timeline
from ui.wizards.page import WizardPage
from ui.wizards.wizard import Wizard

TODAY = date(2026, 11, 23)
STATES = (("Draft", "neutral"), ("Sent", "accent"), ("Accepted", "ok"), ("Expires soon", "warn"), ("Declined", "bad"))


# ------------------------------------------------------------------ a list
@dataclass(frozen=True)
class Quote:
    """A row of the made-up list."""

    id: int
    customer: str
    total: int
    state: int

    @property
    def number(self) -> str:
        """As printed."""
        return f"Q-2026-{self.id:04}"


NAMES = ("Harbour Couriers B.V.", "Nordwind Logistik GmbH", "Atelier Lumière", "Tanaka & Sons", "Green Lane School")
QUOTES = [Quote(1 + at, NAMES[at % 5], 1234567 - at * 7919 % 900000, at % 5) for at in range(230)]


def quote_columns() -> list[Column]:
    """Number with customer, state, total."""
    return [
        Column(title="Quote", text=lambda quote: quote.number, below=lambda quote: quote.customer, key="number"),
        Column(
            title="State",
            text=lambda quote: STATES[quote.state][0],
            tone=lambda quote: STATES[quote.state][1],
            look="badge",
            width=130,
        ),
        Column(
            title="Total",
            text=lambda quote: formats.money_text(quote.total, "EUR"),
            align="right",
            look="strong",
            width=120,
            key="total",
        ),
    ]


def fetch_quotes(cursor: Any, order: Order, size: int = 50) -> Page:
    """Pages over `QUOTES`."""
    rows = QUOTES
    if order.key:
        rows = sorted(rows, key=lambda quote: getattr(quote, order.key), reverse=order.descending)
    start = cursor or 0
    return Page(rows[start : start + size], start + size if start + size < len(rows) else None)


def quote_list() -> PagedView:
    """The list."""
    empty = EmptyState("quote", "No quotes yet", "A quote is your offer with prices.", Button("New quote", "primary"))
    return PagedView(PagedModel(quote_columns(), fetch_quotes), "Quotes", empty)


def empty_list() -> PagedView:
    """The list before there is anything."""
    text = "A quote is your offer with prices. Send one, and the customer can accept it."
    empty = EmptyState("quote", "No quotes yet", text, Button("New quote", "primary", "plus"))
    return PagedView(PagedModel(quote_columns(), lambda *_: Page([])), "Quotes", empty)


# ------------------------------------------------------------------ a form
def form() -> QWidget:
    """Every input, some with problems or typed text that differs from what was understood."""
    until, price = DateEdit(today=lambda: TODAY), MoneyEdit("EUR")
    discount = PercentEdit(optional=True)
    name = TextEdit(placeholder="Company or person")
    fields = [
        Field("Customer", name),
        Field("Valid until", until),
        Field("Price", price, hint="Without tax"),
        Field("Discount", discount),
        Field("Quantity", QuantityEdit("C62")),
        Field("Weight", DecimalEdit(True, 3, Decimal(0), suffix="kg")),
        Field("Terms", Choice([("14", "14 days"), ("30", "30 days")])),
        Field("Note to the customer", LongTextEdit(lines=3)),
    ]
    until.setText("5.3.")
    price.setText("1890.5")
    discount.setText("150")
    discount.check()
    name.check()
    tick = Tick("Ask for a deposit")
    tick.set_value(True)
    pairs = [row(left, right, gap=14) for left, right in zip(fields[::2], fields[1::2], strict=True)]
    for pair in pairs:
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
    return titled_card("Terms", *pairs, tick, gap=12)


def timeline() -> Timeline:
    """A few events."""
    return Timeline(
        [
            Event("Quote Q-1042 v3 sent", "18 Nov 2026, 14:32", "Mila de Vries", icon="send", open=lambda: None),
            Event("Price changed on 2 lines", "18 Nov 2026, 14:05", "Mila", "Asked for 18 % on the care plan", "price"),
            Event("Quote expired", "15 Nov 2026", icon="clock", tone="warn"),
        ]
    )


def pdf_bytes(pages: int = 2) -> bytes:
    """A small PDF without any PDF library of ours: pypdfium2 makes empty A4 pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def preview() -> PdfPreview:
    """A preview of two empty pages."""
    shown = PdfPreview()
    shown.show_bytes(pdf_bytes())
    return shown


def pieces_page() -> QWidget:
    """All pieces that the deal page does not show, on one page."""
    banner = Banner("Practice company: nothing here is real.", "practice", "warn", Button("Leave", "ghost"))
    badges = row(*(StateBadge(words, tone) for words, tone in STATES), None, gap=8)
    kinds = (("Send", "primary", "send"), ("Duplicate", "", "copy"), ("Add item", "ghost", "plus"))
    buttons = row(*(Button(*kind) for kind in kinds), Button("Delete", "danger", "delete"), gap=8)
    greyed = Button("Dispatch", "", "delivery")
    greyed.setEnabled(False)
    buttons.addWidget(greyed)
    buttons.addWidget(IconButton("more", "More"))
    buttons.addStretch(1)
    progress = ProgressPanel("Importing customers", Job(lambda _: None, None, None, None))
    progress.bar.setRange(0, 100)
    progress.bar.setValue(42)
    search = SearchBox("Find a quote")
    listed = Card(column(CardHead("Quotes", "230", search), quote_list(), 5), "Quotes")
    nothing = Card(column(CardHead("Quotes"), empty_list(), 5), "No quotes")
    left = column(form(), progress, titled_card("Timeline", timeline()), gap=14)
    right = column(listed, nothing, gap=14)
    both = row(left, right, gap=14)
    both.setStretch(0, 1)
    both.setStretch(1, 1)
    return page(banner, row(badges, 20, buttons), both)


# ------------------------------------------------------------------ a wizard
@dataclass(frozen=True)
class Draft:
    """What the made-up wizard fills."""

    customer: str = ""
    title: str = ""
    amount: int | None = None
    until: date | None = None
    deposit: Decimal | None = None


STEP_NAMES = {"who": "Customer", "price": "Price", "terms": "Terms"}


def steps(draft: Draft) -> Sequence[str]:
    """Terms are only asked for with a price."""
    return ("who", "price", "terms") if draft.amount is None or draft.amount > 0 else ("who", "price")


def problems(draft: Draft, step: str) -> Sequence[Problem]:
    """What is missing."""
    found = []
    if step == "who" and not draft.customer:
        found.append(Problem("customer", "missing", "Who is it for?"))
    if step == "price" and draft.amount is None:
        found.append(Problem("amount", "missing", "What does it cost?"))
    if step == "terms" and draft.until is None:
        found.append(Problem("until", "missing", "Until when is it valid?"))
    if step == "terms" and not draft.title:
        found.append(Problem("title", "missing", "The quote has no title."))
    return found


class WhoPage(WizardPage):
    """Customer and title."""

    def __init__(self) -> None:
        super().__init__()
        customer = self.field("customer", Field("Customer", TextEdit(optional=True), optional=False))
        title = self.field("title", Field("Title", TextEdit(optional=True)))
        self.lay_out(titled_card("Who is it for?", customer, title, gap=14), widest=620)

    def show_draft(self, draft: Draft) -> None:
        """Put in."""
        self.fields["customer"].set_value(draft.customer)
        self.fields["title"].set_value(draft.title)

    def read(self, draft: Draft) -> Draft:
        """Take out."""
        return replace(draft, customer=self.fields["customer"].value(), title=self.fields["title"].value())


class PricePage(WizardPage):
    """One amount."""

    def __init__(self) -> None:
        super().__init__()
        amount = self.field("amount", Field("Amount", MoneyEdit("EUR", optional=True), optional=False))
        self.lay_out(titled_card("What does it cost?", amount), widest=620)

    def show_draft(self, draft: Draft) -> None:
        """Put in."""
        self.fields["amount"].set_value(draft.amount)

    def read(self, draft: Draft) -> Draft:
        """Take out."""
        return replace(draft, amount=self.fields["amount"].value())


class TermsPage(WizardPage):
    """Validity and deposit."""

    def __init__(self) -> None:
        super().__init__()
        editor = DateEdit(optional=True, today=lambda: TODAY)
        until = self.field("until", Field("Valid until", editor, optional=False))
        deposit = self.field("deposit", Field("Deposit", PercentEdit(optional=True)))
        self.lay_out(titled_card("Terms", until, deposit, gap=14), widest=620)

    def show_draft(self, draft: Draft) -> None:
        """Put in."""
        self.fields["until"].set_value(draft.until)
        self.fields["deposit"].set_value(draft.deposit)

    def read(self, draft: Draft) -> Draft:
        """Take out."""
        return replace(draft, until=self.fields["until"].value(), deposit=self.fields["deposit"].value())


def wizard(draft: Draft | None = None, save: Any = None, aside: QWidget | None = None) -> Wizard:
    """The made-up wizard."""
    pages = {"who": WhoPage, "price": PricePage, "terms": TermsPage}
    return Wizard(
        draft or Draft(),
        steps,
        problems,
        pages,
        titles=STEP_NAMES.__getitem__,
        commit_words=lambda draft: f"Send quote to {draft.customer}",
        save=save,
        aside=aside,
        name="New quote",
    )


def split(left: QWidget, right: QWidget) -> QSplitter:
    """Two things beside each other."""
    both = QSplitter()
    both.addWidget(left)
    both.addWidget(right)
    return both


def plain() -> QWidget:
    """A window without anything, for overlays."""
    return holder(column(QLabel("…")), "canvas")
