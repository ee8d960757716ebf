"""A customer: how it stands with us, what is open, everything that was agreed, and its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.iban import iban_text
from app.parties.queries import Customer, customer_by_id, groups
from app.parties.service import save_customer
from app.pipeline import lists
from app.pipeline.accounts import Account, LastPrice, accounts, last_prices
from app.pipeline.lists import DealRow, Filter, InvoiceRow, ListOf, PaymentRow
from app.pipeline.owed import Owed, owed_to
from app.pipeline.receivables import OpenItem, open_items
from app.pricing.queries import StoredContractPrice, contract_prices
from ui import formats
from ui.context import AppContext
from ui.parties import texts
from ui.parties.form import CustomerForm, CustomerValues, copied
from ui.parties.verbs import set_used
from ui.parties.wallet_card import WalletCard
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.days_words import days_words
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts_card import FactsCard
from ui.widgets.kpi_card import KpiCard
from ui.widgets.record_page import RecordPage
from ui.widgets.state_words import state_text, state_tone
from ui.widgets.unit_words import unit_sign

_SHOWN = 6
_OPEN_STATES = "open,partly_paid,partly_credited,overdue"


def screen(context: AppContext, route: Route) -> QWidget:
    """The customer of the route, or its form."""
    return CustomerScreen(context, route)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that is shown of a customer."""

    customer: Customer
    accounts: Sequence[Account]
    open_items: Sequence[OpenItem]
    deals: Sequence[DealRow]
    invoices: Sequence[InvoiceRow]
    payments: Sequence[PaymentRow]
    prices: Sequence[LastPrice]
    counts: tuple[int, int, int]
    agreed: Sequence[StoredContractPrice]
    owed: Owed


class CustomerScreen(RecordPage):
    """Enter on a row opens the deal or document; Ctrl+E changes the customer."""

    kind = "customer"
    changes = frozenset({"customer", "deal", "quote", "invoice", "payment", "revenue", "contract-price"})
    form: CustomerForm

    def __init__(self, context: AppContext, route: Route) -> None:
        super().__init__(context, route)
        self._make_verbs()
        self._make_figures()
        self._make_cards()
        self.reload()

    # ------------------------------------------------------------------ reading
    def load(self, session: Any, key: int) -> Found:
        """With the newest rows of each list."""
        on, of = self._context.today(), Filter(customer_id=key)

        def newest(what: ListOf[Any]) -> tuple[Any, ...]:
            return lists.page(session, what, of, on, size=_SHOWN).items

        counted = [lists.count(session, what, of, on) for what in (lists.DEALS, lists.INVOICES, lists.PAYMENTS)]
        return Found(
            customer=customer_by_id(session, key),
            accounts=accounts(session, key),
            open_items=open_items(session, on, key),
            deals=newest(lists.DEALS),
            invoices=newest(lists.INVOICES),
            payments=newest(lists.PAYMENTS),
            prices=last_prices(session, key, 12),
            counts=(counted[0], counted[1], counted[2]),
            agreed=contract_prices(session, key),
            owed=owed_to(session, key),
        )

    def fill(self, found: Found) -> None:
        """Put it into the parts."""
        known, party = found.customer, found.customer.party
        state = "active" if known.active else "inactive"
        place = ", ".join(part for part in (party.address.city, texts.country_name(party.address.country)) if part)
        below = "  ·  ".join(part for part in (place, party.email, party.phone) if part)
        self.set_head(
            party.name,
            below or self.tr("No address yet"),
            (state_text("customer", state), state_tone("customer", state)),
        )
        self.toggle.rename(self.tr("Take out of use") if known.active else self.tr("Use again"))
        self._fill_figures(found)
        for card, rows, count in (
            (self.deals, found.deals, found.counts[0]),
            (self.invoices, found.invoices, found.counts[1]),
            (self.payments, found.payments, found.counts[2]),
        ):
            card.set_rows(rows)
            card.head.note.setText(formats.whole_text(count))
        self.open_items.set_rows(found.open_items)
        self.prices.set_rows(found.prices)
        self.agreed.set_rows(found.agreed)
        self.agreed.head.note.setText(formats.whole_text(len(found.agreed)))
        self.wallet.show_owed(known, found.owed)
        self._nothing.setVisible(not found.deals)
        self._fill_side(known)

    def _fill_figures(self, found: Found) -> None:
        first = found.accounts[0] if found.accounts else Account("EUR", 0, 0, 0, 0)
        others = ", ".join(account.currency for account in found.accounts[1:])
        also = self.tr("also in %1").replace("%1", others) if others else ""
        late = [item for item in found.open_items if item.days_overdue and item.currency == first.currency]

        def money(minor: int) -> str:
            return formats.money_text(minor, first.currency)

        overdue = sum(item.open for item in late)
        self._open.show_figure(money(first.receivable), also or self.tr("%n invoices", None, len(found.open_items)))
        note = texts.overdue_words(max(item.days_overdue for item in late)) if late else self.tr("Nothing is late")
        self._overdue.show_figure(money(overdue), note, "bad" if late else "ok", "warning" if late else "good")
        held = self.tr("%1 held as deposit").replace("%1", money(first.deposits))
        self._credit.show_figure(money(first.credit), held if first.deposits else self.tr("nothing held as deposit"))
        self._earned.show_figure(money(first.revenue), self.tr("without tax"))

    def _fill_side(self, known: Customer) -> None:
        party = known.party
        self._address.show_facts([("", texts.address_lines(party.address))])
        self._delivery.show_facts([("", texts.address_lines(party.delivery_address))])
        self._terms.show_facts(
            [
                (self.tr("Payment is due"), texts.payment_words(known.payment_terms)),
                (self.tr("Papers in"), texts.language_words(party.language)),
                (self.tr("Group"), known.group),
                (self.tr("Tax number"), party.tax_id),
                (self.tr("Register"), party.registration),
                (self.tr("Legal name"), party.legal_name),
                (self.tr("IBAN"), iban_text(party.iban)),
                (self.tr("BIC"), party.bic),
            ]
        )
        self._note.show_facts([("", known.note)])

    # ------------------------------------------------------------------ building
    def _make_verbs(self) -> None:
        self.quote = Action(
            self.tr("New quote"), self, lambda: self.go(Route("new-quote", self.key)), "quote", "Ctrl+Shift+N"
        )
        self.change = Action(self.tr("Edit"), self, self.edit, "edit", "Ctrl+E")
        self.copy = Action(self.tr("Duplicate"), self, self.duplicate, "copy", "Ctrl+D")
        self.toggle = Action(self.tr("Take out of use"), self, self._toggle, "minus")
        self.agree = Action(self.tr("New contract price"), self, self._agree, "contract")
        self.wallet = WalletCard(self._context, self)
        self.set_verbs([self.quote, self.change], [self.agree, *self.wallet.verbs, self.copy, self.toggle])

    def _make_figures(self) -> None:
        def figure(title: str, *to: tuple[str, dict[str, Any]]) -> KpiCard:
            card = self.add_figure(KpiCard(title))
            card.opened.connect(lambda: self.go(Route.to(to[0][0], customer=self.key, **to[0][1])))
            return card

        self._open = figure(self.tr("Open"), ("invoices", {"state": _OPEN_STATES}))
        self._overdue = figure(self.tr("Overdue"), ("invoices", {"state": "overdue"}))
        self._credit = figure(self.tr("Credit"), ("payments", {}))
        self._earned = figure(self.tr("Revenue"), ("revenue", {}))

    def _make_cards(self) -> None:
        self.open_items = self._rows(self.tr("Open items"), _open_columns(self), lambda row: Route("invoice", row.id))
        self.deals = self._rows(self.tr("Deals"), _deal_columns(self), lambda row: Route("deal", row.id), "deals")
        self.invoices = self._rows(
            self.tr("Invoices"), _invoice_columns(self), lambda row: Route("invoice", row.id), "invoices"
        )
        self.payments = self._rows(
            self.tr("Payments"), _payment_columns(self), lambda row: Route("payment", row.id), "payments"
        )
        self.prices = self._rows(self.tr("Last prices"), _price_columns(self), lambda row: Route("deal", row.deal_id))
        self.agreed = self._rows(
            self.tr("Contract prices"), _agreed_columns(self), lambda row: Route("contract-price", row.id)
        )
        another = Button(self.tr("Another one"), "link", do=self._agree)
        another.setAccessibleName(self.tr("New contract price"))
        self.agreed.head.addWidget(another)
        begin = Button.of(self.quote)
        self._nothing = EmptyState(
            "deals", self.tr("No deals yet"), self.tr("Everything agreed with this customer will stand here."), begin
        )
        self.add_card(self._nothing)
        self._address, self._delivery = (
            FactsCard(self.tr("Address"), self.tr("None yet")),
            FactsCard(self.tr("Delivery")),
        )
        self._terms, self._note = FactsCard(self.tr("Terms and numbers")), FactsCard(self.tr("Note"))
        for card in (self._address, self._delivery, self.wallet, self._terms, self._note):
            self.add_side(card)

    def _rows(self, title: str, columns: Sequence[Column], opens: Callable[[Any], Route], all_of: str = "") -> RowsCard:
        card = RowsCard(title, columns, lambda row: row.id)
        card.opened.connect(lambda row: self.go(opens(row)))
        if all_of:
            words = self.tr("Show all")
            button = Button(words, "link", do=lambda: self.go(Route.to(all_of, customer=self.key)))
            button.setAccessibleName(f"{words}: {title}")
            card.head.addWidget(button)
        self.add_card(card)
        return card

    def _agree(self) -> None:
        self.go(Route.to("contract-price", "new", customer=self.key))

    def _toggle(self) -> None:
        known: Customer = self.found.customer
        set_used(self._context, self, known.id, known.party.name, is_used=not known.active)

    # ------------------------------------------------------------------ the form
    def make_form(self) -> CustomerForm:
        """Names, addresses, terms."""
        return CustomerForm()

    def blank(self) -> CustomerValues:
        """Nothing yet."""
        self._surround()
        return CustomerValues()

    def values_of(self, found: Found) -> CustomerValues:
        """What is kept."""
        self._surround()
        known = found.customer
        return CustomerValues(known.party, known.payment_terms, known.note, known.active, known.group)

    def copy_of(self, values: CustomerValues) -> CustomerValues:
        """Another one at the same place."""
        return copied(values)

    def form_title(self, found: Found | None) -> str:
        """Whom it is about."""
        return self.tr("New customer") if found is None else found.customer.party.name

    def command(self, session: Any, values: CustomerValues, key: int | None) -> int:
        """Save the customer."""
        done = save_customer(
            session,
            values.party,
            customer_id=key,
            payment_terms=values.payment_terms,
            note=values.note,
            active=values.active,
            group=values.group,
        )
        return done.ids["customer"]

    def _surround(self) -> None:
        with self._context.store.read() as session:
            self.form.set_groups(groups(session))

    def said(self, values: CustomerValues) -> str:
        """Who was saved."""
        return self.tr("%1 is saved").replace("%1", values.party.name)


# ---------------------------------------------------------------------- columns
def _open_columns(owner: QWidget) -> list[Column]:
    return [
        Column(title=owner.tr("Invoice"), text=lambda row: row.number, width=140),
        Column(
            title=owner.tr("Age"),
            text=lambda row: texts.overdue_words(row.days_overdue),
            tone=lambda row: texts.overdue_tone(row.days_overdue),
            look="badge",
        ),
        Column(title=owner.tr("Due"), text=lambda row: formats.date_text(row.due_on), align="right", width=130),
        Column(
            title=owner.tr("Open"),
            text=lambda row: formats.money_text(row.open, row.currency),
            align="right",
            width=140,
            look="strong",
        ),
    ]


def _deal_columns(owner: QWidget) -> list[Column]:
    return [
        Column(title=owner.tr("Deal"), text=lambda row: row.title or row.number, below=lambda row: row.number),
        _state("deal", owner),
        _day(owner.tr("Opened"), lambda row: row.opened_on),
        _money(owner.tr("Value"), lambda row: row.gross),
    ]


def _invoice_columns(owner: QWidget) -> list[Column]:
    def kind(row: InvoiceRow) -> str:
        return owner.tr("Credit note") if row.kind == "credit_note" else row.title

    return [
        Column(title=owner.tr("Invoice"), text=lambda row: row.number, below=kind),
        _state("invoice", owner),
        _day(owner.tr("Issued"), lambda row: row.issued_on),
        _money(owner.tr("Total"), lambda row: -row.gross if row.kind == "credit_note" else row.gross),
    ]


def _payment_columns(owner: QWidget) -> list[Column]:
    return [
        Column(title=owner.tr("Payment"), text=lambda row: row.number, below=lambda row: row.reference),
        _state("payment", owner),
        _day(owner.tr("Paid on"), lambda row: row.paid_on),
        _money(owner.tr("Amount"), lambda row: row.amount if row.direction == "in" else -row.amount),
    ]


def _price_columns(owner: QWidget) -> list[Column]:
    return [
        Column(title=owner.tr("Item"), text=lambda row: row.name, below=lambda row: row.sku),
        Column(
            title=owner.tr("Quantity"),
            text=lambda row: f"{formats.decimal_text(row.quantity)} {unit_sign(row.unit, row.quantity)}",
            align="right",
            width=110,
        ),
        Column(
            title=owner.tr("Unit price"),
            text=lambda row: formats.price_text(row.unit_price, row.currency),
            align="right",
            width=140,
            look="strong",
        ),
        _day(owner.tr("Offered"), lambda row: row.made_on),
    ]


def _agreed_columns(owner: QWidget) -> list[Column]:
    return [
        Column(title=owner.tr("Item"), text=lambda row: row.item.sku, below=lambda row: row.item.note),
        Column(title=owner.tr("Holds"), text=lambda row: days_words(row.item.starts_on, row.item.ends_on), width=190),
        Column(
            title=owner.tr("Price"),
            text=lambda row: formats.price_text(row.item.price, row.item.currency),
            align="right",
            width=130,
            look="strong",
        ),
    ]


def _state(kind: str, owner: QWidget) -> Column:
    return Column(
        title=owner.tr("State"),
        text=lambda row: state_text(kind, row.state),
        tone=lambda row: state_tone(kind, row.state),
        look="badge",
        width=132,
    )


def _day(title: str, day: Callable[[Any], Any]) -> Column:
    return Column(title=title, text=lambda row: formats.date_text(day(row)), align="right", width=118)


def _money(title: str, minor: Callable[[Any], int]) -> Column:
    return Column(title=title, text=lambda row: formats.money_text(minor(row), row.currency), align="right", width=128)
