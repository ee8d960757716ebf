"""Importing a folder: read, checked and planned first, then played through the commands of the screens.

Papers are not made here: each is made when it is first needed.
"""

from __future__ import annotations

from pathlib import Path

from app.catalog import service as catalog
from app.core.errors import RuleViolation
from app.core.progress import Progress, Silent
from app.deals import queries as deals
from app.exchange.deal_file.commands import open_deal, take_step
from app.exchange.deal_file.run import keys
from app.exchange.folder_import.check import Checked, read_folder
from app.exchange.folder_import.plan import Event, Plan, Planned, events, plan, reference
from app.exchange.folder_import.records import CustomerRow, PaymentRow
from app.parties import queries as party_queries
from app.parties import service as parties
from app.parties.rules import fold, merge
from app.payments.rules import Method
from app.pipeline import fulfilment, service
from app.store.session import WriteSession
from app.store.store import Store

ACTOR = "import"


def import_folder(store: Store, folder: Path, currency: str, progress: Progress | None = None) -> dict[str, int]:
    """Import a folder of CSV files, all of it or nothing; returns how many of each there were.

    Amounts are of `currency`. Raises `RuleViolation` naming every fault by file, row and column, or the first order
    that the store has already; and `Cancelled`.
    """
    return write(store, read_folder(folder, currency), progress)


def write(store: Store, checked: Checked, progress: Progress | None = None) -> dict[str, int]:
    """The same for a folder that was read before."""
    with store.write(ACTOR) as session:
        return _Import(session, checked).run(progress or Silent())


class _Import:
    """One import inside its transaction."""

    def __init__(self, session: WriteSession, checked: Checked) -> None:
        self.session = session
        self.folder = checked.folder
        self.tables = checked.tables
        self.currency = checked.currency
        self.customers: dict[str, int] = {}
        self.deals: dict[int, int] = {}

    def run(self, progress: Progress) -> dict[str, int]:
        """Write everything; raises what stands against it."""
        self._refuse_known_orders()
        planned = plan(self.folder, self.currency, party_queries.our_company(self.session))
        for row in self.folder.customers:
            self.customers[row.id] = self._customer(row)
        for product in self.folder.products:
            catalog.save_product(self.session, product.product)
        known_by = [keys(item.deal_file) for item in planned.deals]
        todo = events(planned)
        for done, event in enumerate(todo):
            if done % 50 == 0:
                progress.check()
                progress.step(done, len(todo), event.on.isoformat())
            self._happen(event, planned, known_by)
        progress.step(len(todo), len(todo))
        return self._counts(planned)

    def _refuse_known_orders(self) -> None:
        """An order is imported once: the second time its number is refused, and with it the whole folder."""
        for order in self.folder.orders:
            deal_id = deals.id_by_reference(self.session, reference(order.id))
            if deal_id is not None:
                number = deals.by_id(self.session, deal_id).number
                file = self.tables.tables["orders"].name
                message = f"{file}, row {order.row.number}, column order_id: order {order.id} was imported before"
                raise RuleViolation.of("order_id", "imported_before", f"{message}, as deal {number}.")

    def _customer(self, row: CustomerRow) -> int:
        """The customer of a row: known by the same id, or by name and address and no id yet; else a new one."""
        known = party_queries.id_by_external(self.session, row.id)
        if known is None:
            known = party_queries.match(self.session, row.party)
            if known is not None and party_queries.external_id_of(self.session, known):
                known = None
        note = f"Contact: {row.contact}" if row.contact else ""
        if known is None:
            return self._save(row, None, note)
        before = party_queries.customer_by_id(self.session, known)
        if fold(before.party.name) != fold(row.party.name):
            file, name = self.tables.tables["customers"].name, before.party.name
            message = f"{file}, row {row.row.number}, column customer_id: in this store {row.id} is {name!r}."
            raise RuleViolation.of("customer_id", "other_customer", message)
        return self._save(row, before, before.note or note)

    def _save(self, row: CustomerRow, before: party_queries.Customer | None, note: str) -> int:
        if before is None:
            done = parties.save_customer(self.session, row.party, note=note, external_id=row.id)
        else:
            done = parties.save_customer(
                self.session,
                merge(before.party, row.party),
                customer_id=before.id,
                payment_terms=before.payment_terms,
                note=note,
                active=before.active,
                external_id=row.id,
            )
        return done.ids["customer"]

    def _happen(self, event: Event, planned: Plan, known_by: list[list[str | None]]) -> None:
        if event.credit is not None:
            self._credit(event.credit)
            return
        item = planned.deals[event.deal]
        self.session.key = known_by[event.deal][event.number]
        if event.step is not None:
            take_step(self.session, self.deals[event.deal], event.step)
        else:
            self.deals[event.deal] = self._open(item)

    def _open(self, item: Planned) -> int:
        order = item.order
        customer_id = self.customers[order.customer_id]
        deal_id = open_deal(self.session, item.deal_file, customer_id=customer_id, note=order.comment).ids["deal"]
        if order.status is not None and order.status.flag:
            service.flag_deal(self.session, deal_id, flag=order.status.flag)
        return deal_id

    def _credit(self, payment: PaymentRow) -> None:
        fulfilment.record_payment(
            self.session,
            self.customers[payment.customer_id],
            on=payment.paid_on,
            currency=self.currency,
            amount=payment.amount,
            method=Method.CHEQUE,
            reference=payment.reference,
        )

    def _counts(self, planned: Plan) -> dict[str, int]:
        folder = self.folder
        return {
            "customers": len(folder.customers),
            "products": len(folder.products),
            "orders": len(folder.orders),
            "order_lines": len(folder.lines),
            "payments": len(folder.payments),
            "payments_to_orders": len(folder.payments) - planned.unmatched,
            "payments_kept_as_credit": planned.unmatched,
            "notes": sum(bool(order.comment) for order in folder.orders),
            "marked": sum(order.status is not None and bool(order.status.flag) for order in folder.orders),
        }
