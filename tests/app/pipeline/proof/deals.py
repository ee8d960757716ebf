"""One store with deals of every kind in it, told through the commands; and ways to spoil a copy behind the triggers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from app.catalog.bundling import make_variants, save_model
from app.catalog.model import Attribute, AttributeValue, BundleParts, Component, Model
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.contracts.rules import Side
from app.core.totals import Basis, Reduction, TaxRounding
from app.delivery.rules import Confirmed
from app.invoicing.cash_rounding import set_cash_rounding
from app.ledger import service as ledger
from app.ledger.queries import unprinted
from app.payments.rules import Method
from app.pipeline import fulfilment, service
from app.pipeline.availability import count_stock
from app.pipeline.proof import prove
from app.pricing.book import Conditions, Coupon, Effect, EffectKind, Promotion
from app.pricing.service import save_coupon, save_promotion
from app.rewards.giving import (
    give_goodwill,
    redeem_gift_card,
    redeem_points,
    sell_gift_card,
    set_programme,
    write_off_expired,
)
from app.rewards.points import Programme
from app.stock.service import cancel_expected, expect_stock, receive_stock
from app.store.store import Store
from tests.builders import DAY, EUR, SELLER, a_customer, a_line, a_service, a_tax, an_offer, do, facts_of

SCHOOL = a_customer()
SHOP = a_customer("Shore Shop", tax_id="DE136695976", email="")
OWN, FREIGHT = Reduction("School", percent=Decimal(10)), Reduction("Freight", amount=9500, charge=True)
NEVER_PRINTED = 3
"""Documents whose paper was not made yet: that is no problem."""


class Teller:
    """Tells one deal, command by command, a day apart."""

    def __init__(self, store: Store, offer: Any, until: str = "signed", **over: Any) -> None:
        self.store, self.on = store, DAY
        given = {"customer": SCHOOL, "basis": EUR, "on": DAY, "seller": SELLER} | over
        self.deal_id = do(store, service.open_deal, offer=offer, **given).ids["deal"]
        for step in ("sent", "accepted", "signed")[: ("draft", "sent", "accepted", "signed").index(until)]:
            getattr(self, f"_{step}")()

    def tell(self, command: Callable[..., Any], *, days: int = 1, **values: Any) -> tuple[str, ...]:
        """One command; returns the numbers it gave."""
        self.on += timedelta(days=days)
        return do(self.store, command, self.deal_id, on=self.on, **values).numbers

    def _sent(self) -> None:
        self.tell(service.send_quote)

    def _accepted(self) -> None:
        self.tell(service.accept_quote, by="Maren Voss")

    def _signed(self) -> None:
        self.tell(service.sign_contract, side=Side.SELLER, name="Jana Brandt")
        self.tell(service.sign_contract, side=Side.BUYER, name="Maren Voss")


def tell_all(store: Store) -> None:
    """Deals of every kind; then most papers are made."""
    for deal in (
        _deposit_and_parts,
        _differences,
        _return_and_refund,
        _amended,
        _only_quotes,
        _cancelled,
        _paid_by_credit,
        _with_tax,
        _other_currencies,
        _credited,
        _closed_period,
        _part_below_zero,
    ):
        deal(store)
    _without_a_deal(store)
    _rewards(store)
    _stock(store)
    _coupons(store)
    _make_papers(store)


def _deposit_and_parts(store: Store) -> None:
    lines = (
        a_line("Kayak", "6", "1249.00", cost="830.00", sku="KY-420", reductions=(OWN,), list_price=Decimal("1300.00")),
        a_line("Paddle", "12", "79.90", cost="41.205", description="Carbon"),
        a_service("Course", cost="260.00"),
    )
    offer = an_offer(*lines, reductions=(FREIGHT,), deposit_percent=Decimal(30), clauses=("warranty", "returns"))
    deal = Teller(store, offer, title="Six kayaks", reference="shop-1")
    deal.tell(fulfilment.pay, amount=295539, reference="Deposit")
    deal.tell(fulfilment.dispatch, quantities={1: Decimal(4), 2: Decimal(12)}, carrier="own van", tracking="T-1")
    deal.tell(fulfilment.confirm_receipt, by="Maren Voss")
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt, by="Maren Voss")
    deal.tell(fulfilment.complete_service, line=3, by="Maren Voss")
    deal.tell(fulfilment.pay, amount=300000, method=Method.CASH)


def _differences(store: Store) -> None:
    """Damaged, missing and refused goods; the rest is sent again, in spite of a missing deposit."""
    lines = (a_line("Tent", "10", "99.99", cost="33.335"), a_line("Peg", "2.5", "0.40", "7", cost="0.11", unit="KGM"))
    deal = Teller(store, an_offer(*lines, deposit_amount=5000), customer=SHOP)
    deal.tell(fulfilment.dispatch, override="The owner vouches")
    said = {1: Confirmed(Decimal(5), Decimal(2), Decimal(1), Decimal(1)), 2: Confirmed(Decimal("1.5"))}
    deal.tell(fulfilment.confirm_receipt, by="S. Hore", lines=said)
    deal.tell(fulfilment.confirm_receipt, delivery_index=1)
    deal.tell(fulfilment.dispatch, override="Again", quantities={1: Decimal(3)})
    deal.tell(fulfilment.confirm_receipt, lines={1: Confirmed(refused=Decimal(1))})


def _return_and_refund(store: Store) -> None:
    lines = (a_line("Lamp", "3", "10.00", cost="4.00"), a_line("Sticker", "9", "0.00", cost="0.05"))
    deal = Teller(store, an_offer(*lines, reductions=(Reduction("Fair", percent=Decimal(5)),)), customer=SHOP)
    deal.tell(fulfilment.dispatch, quantities={1: Decimal(2), 2: Decimal(9)})
    deal.tell(fulfilment.confirm_receipt)
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt)
    deal.tell(fulfilment.pay, amount=3000)
    deal.tell(fulfilment.pay, amount=1000, reference="Too much")
    deal.tell(fulfilment.return_goods, quantities={1: Decimal(2), 2: Decimal(3)}, reason="Too dark")
    deal.tell(fulfilment.return_goods, quantities={1: Decimal(1)}, reason="Broken", restock=False)
    deal.tell(fulfilment.refund, amount=2000, reason="Returned", method=Method.CASH)


def _amended(store: Store) -> None:
    deal = Teller(store, an_offer(a_line(cost="60.00"), clauses=("warranty",)), "sent")
    deal.tell(service.revise_quote, offer=an_offer(a_line(quantity="3", cost="60.00"), clauses=("warranty",)))
    deal.tell(service.accept_quote)
    deal.tell(service.amend_contract, clause="warranty", text="Three years.")
    deal.tell(service.sign_contract, side=Side.BUYER, name="Maren Voss")
    deal.tell(service.amend_contract, offer=an_offer(a_line(quantity="4", cost="60.00"), a_line("Vest", "4", "39.00")))
    deal.tell(service.sign_contract, side=Side.BUYER, name="Maren Voss")
    deal.tell(service.sign_contract, side=Side.SELLER, name="Jana Brandt")
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt)


def _only_quotes(store: Store) -> None:
    Teller(store, an_offer(), "draft")
    Teller(store, an_offer(), "draft").tell(service.revise_quote, offer=an_offer(a_line(price="90.00")))
    declined = Teller(store, an_offer(), "sent")
    declined.tell(service.decline_quote, by="Maren Voss", reason="Too dear")
    declined.tell(service.revise_quote, offer=an_offer(a_line(price="80.00")))


def _cancelled(store: Store) -> None:
    """Half of it delivered, then cancelled: what is left of the deposit is the customer's credit."""
    deal = Teller(store, an_offer(a_line("Boat", "2", "500.00", cost="300.00"), payment="prepaid"))
    deal.tell(fulfilment.pay, amount=119000, method=Method.CARD)
    deal.tell(fulfilment.dispatch, quantities={1: Decimal(1)})
    deal.tell(fulfilment.confirm_receipt)
    deal.tell(service.cancel, reason="Lake dried up")


def _paid_by_credit(store: Store) -> None:
    deal = Teller(store, an_offer(a_line("Rope", "7", "12.50", cost="3.00"), deposit_percent=Decimal(50)))
    deal.tell(fulfilment.pay, amount=6000, method=Method.CREDIT)
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt)
    deal.tell(fulfilment.pay, amount=1000, method=Method.CREDIT)
    deal.tell(fulfilment.refund, amount=500, reason="Part of the credit")


def _with_tax(store: Store) -> None:
    """Prices with tax, three categories, discounts and charges over them all; tax rounded by line in a second one."""
    lines = (
        a_line("Mug", "7", "4.99", cost="1.20", reductions=(OWN,)),
        a_line("Tea", "3", "7.77", "7", cost="2.22"),
        a_line("Stamp", "5", "0.95", tax=a_tax("0", "E")),
    )
    reductions = (Reduction("Spring", percent=Decimal("7.5")), Reduction("Packing", amount=333, charge=True))
    for basis in (Basis("EUR", prices_include_tax=True), Basis("EUR", tax_rounding=TaxRounding.LINE)):
        deal = Teller(store, an_offer(*lines, reductions=reductions), basis=basis, customer=SHOP)
        for part in ({1: Decimal(3), 2: Decimal(1)}, {1: Decimal(4), 2: Decimal(2), 3: Decimal(2)}, None):
            deal.tell(fulfilment.dispatch, quantities=part)
            deal.tell(fulfilment.confirm_receipt)
        deal.tell(fulfilment.return_goods, quantities={1: Decimal(5), 3: Decimal(1)})


def _other_currencies(store: Store) -> None:
    for currency, price in (("JPY", "1250"), ("KWD", "12.345")):
        offer = an_offer(a_line("Fan", "3", price, cost="7", base_quantity=Decimal(2)), deposit_percent=Decimal("33.3"))
        deal = Teller(store, offer, basis=Basis(currency))
        deal.tell(fulfilment.pay, amount=100_000)
        deal.tell(fulfilment.dispatch, quantities={1: Decimal(1)})
        deal.tell(fulfilment.confirm_receipt)
        deal.tell(fulfilment.dispatch)
        deal.tell(fulfilment.confirm_receipt)


def _credited(store: Store) -> None:
    lines = (a_line("Desk", "4", "150.00", cost="70.00"), a_line("Chair", "4", "45.55", "7", cost="20.00"))
    deal = Teller(store, an_offer(*lines, reductions=(Reduction("Set", amount=2500),)), customer=SHOP)
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt)
    deal.tell(fulfilment.credit, invoice_index=1, amount=5000, reason="Scratches")
    deal.tell(fulfilment.credit, invoice_index=1, quantities={2: Decimal(1)}, reason="Never came")
    deal.tell(fulfilment.pay, amount=90_000, method=Method.CHEQUE, invoice_index=1)
    deal.tell(fulfilment.return_goods, quantities={1: Decimal(1)})


def _closed_period(store: Store) -> None:
    """What happened in a closed period is posted on the first open day."""
    deal = Teller(store, an_offer(a_line("Oar", "2", "55.00", cost="20.00")))
    do(store, service.close_period, deal.deal_id, through=date(2026, 3, 31))
    deal.tell(fulfilment.dispatch)
    deal.tell(fulfilment.confirm_receipt)
    do(store, service.close_period, through=date(2026, 4, 30))
    do(store, service.close_period, through=date(2026, 4, 30))
    deal.tell(fulfilment.pay, amount=13090)
    deal.tell(fulfilment.return_goods, quantities={1: Decimal(1)}, days=90)


def _part_below_zero(store: Store) -> None:
    """Of seven pins for a cent together, the fourth is invoiced at less than nothing."""
    pins = a_line("Pin", "7", "0.143", cost="0.05")
    deal = Teller(store, an_offer(pins, reductions=(Reduction("Fair", amount=99),)), customer=SHOP)
    for _ in range(4):
        deal.tell(fulfilment.dispatch, quantities={1: Decimal(1)})
        deal.tell(fulfilment.confirm_receipt)


def _without_a_deal(store: Store) -> None:
    given = {"on": DAY, "currency": "EUR", "amount": 4711, "reference": "No purpose given"}
    do(store, fulfilment.record_payment, 2, **given)


CLUB = a_customer("Bay Club", tax_id="DE811907980")


def _rewards(store: Store) -> None:
    """Cashback and early payment, rounded to a coin, points, a gift card, goodwill; some of it has expired."""
    do(store, set_cash_rounding, "CHF", step=Decimal("0.05"))
    do(store, set_programme, Programme("CHF", Decimal(1), Decimal("0.05"), 12))
    terms = {"payment": "2/10 net 30", "cashback_percent": Decimal(5)}
    deal = Teller(
        store, an_offer(a_line("Sail", "3", "33.34", cost="9.00"), **terms), customer=CLUB, basis=Basis("CHF")
    )
    for quantity in (Decimal(2), Decimal(1)):
        deal.tell(fulfilment.dispatch, quantities={1: quantity})
        deal.tell(fulfilment.confirm_receipt)
    # 66.68 + 12.67 = 79.35, less 2 % = 1.59; 33.34 + 6.33 = 39.67, asked for as 39.65
    deal.tell(fulfilment.pay, amount=7776)
    deal.tell(fulfilment.pay, amount=2000, discount=40)
    deal.tell(fulfilment.return_goods, quantities={1: Decimal(2)}, reason="Torn")
    club = facts_of(store, deal.deal_id).deal.customer_id
    given = {"on": deal.on, "currency": "CHF"}
    _, code = do(store, sell_gift_card, club, **given, amount=5000, expires_on=date(2027, 3, 1)).numbers
    do(store, sell_gift_card, club, **given, amount=2500, method=Method.CASH, expires_on=date(2026, 12, 31))
    do(store, redeem_gift_card, club, on=deal.on, code=code)
    deal.tell(give_goodwill, invoice_index=1, amount=700, reason="Late", expires_on=date(2026, 12, 31))
    do(store, redeem_points, club, **given, points=20)
    deal.tell(fulfilment.pay, amount=1000, method=Method.CREDIT)
    do(store, fulfilment.record_payment, club, **given, amount=3000)
    other = Teller(store, an_offer(a_line("Cleat", "1", "40.00")), customer=CLUB, basis=Basis("CHF"))
    other.tell(fulfilment.dispatch)
    other.tell(fulfilment.confirm_receipt)
    other.tell(fulfilment.pay, amount=4760, method=Method.CREDIT)
    other.tell(fulfilment.refund, amount=1500)
    do(store, write_off_expired, on=date(2027, 4, 1))


def _stock(store: Store) -> None:
    """Counted, bought, arrived in part and never in full; something leaves on the day of the count."""
    oar = Product("OAR-1", "Oar", "EUR", Decimal(45), a_tax(), stocked=True)
    do(store, add_product, oar)
    do(store, add_product, replace(oar, sku="OAR-2"))
    pair = do(store, add_product, replace(oar, sku="PAIR", stocked=False)).ids["product"]
    colour = Attribute("colour", "Colour", values=(AttributeValue("RED", "Red"),), makes_variants=True)
    parts = BundleParts((Component("OAR-1", Decimal(2)),))
    do(store, save_model, pair, Model((colour,), parts=parts))
    do(store, make_variants, pair)
    deal = Teller(store, an_offer(a_line("Oar", "3", sku="OAR-1"), a_line("Oar", "2", sku="OAR-2")))
    for sku, reference in (("OAR-1", "PO-1"), ("OAR-2", "PO-2")):
        do(store, expect_stock, sku, Decimal(20), on=deal.on, reference=reference)
    do(store, receive_stock, "OAR-1", Decimal("7.5"), on=deal.on, expected_id=1, reference="LS-9")
    deal.tell(fulfilment.dispatch, quantities={1: Decimal(2)})
    do(store, count_stock, "OAR-1", Decimal(40), on=deal.on, reason="Spring")
    do(store, receive_stock, "OAR-2", Decimal(1), on=deal.on)
    do(store, cancel_expected, 1, on=deal.on, reason="Sold out")


def _coupons(store: Store) -> None:
    """A coupon that one deal gives back, takes again and gives up, and another keeps until it is cancelled."""
    tenth = Effect(EffectKind.PERCENT, percent=Decimal(10))
    do(store, save_promotion, Promotion("Spring", tenth, Conditions(needs_coupon=True)))
    do(store, save_coupon, Coupon("SPRING10", "Spring"))
    offer = replace(an_offer(a_line()), coupons=("spring10",))
    changing = Teller(store, offer, until="sent", customer=a_customer("Bay School"))
    changing.tell(service.decline_quote, by="Buyer")
    changing.tell(service.revise_quote, offer=offer)
    changing.tell(service.revise_quote, offer=an_offer(a_line()))
    keeping = Teller(store, offer, customer=a_customer("Bay School"))
    keeping.tell(service.cancel, reason="No summer")


def _make_papers(store: Store) -> None:
    """Something for a paper of each document but the last: what is printed on it is proved elsewhere."""
    with store.read() as session:
        documents = unprinted(session)
    with store.write("papers") as session:
        for document in documents[:-NEVER_PRINTED]:
            content = f"paper of {document.file_name}".encode()
            name = f"{document.file_name}.pdf"
            ledger.keep_paper(session, document.id, name, store.files.put(content), len(content))


@contextmanager
def behind_the_triggers(path: Path) -> Iterator[Any]:
    """What somebody can do who has the file and any SQLite program: every check is off, and all looks as before."""
    file = driver.connect(str(path), isolation_level=None)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "synchronous = OFF"):
        file.execute(f"PRAGMA {pragma}")
    triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    _all_at_once(file, [f"DROP TRIGGER {name}" for name, _ in triggers])
    try:
        yield file
    finally:
        _all_at_once(file, [sql for _, sql in triggers])
        file.close()


def _all_at_once(file: Any, statements: list[str]) -> None:
    file.execute("BEGIN")
    for statement in statements:
        file.execute(statement)
    file.execute("COMMIT")


def problems(path: Path) -> tuple[str, ...]:
    """What the proof finds in the store at a path."""
    with Store.open(path) as store:
        return prove(store).problems
