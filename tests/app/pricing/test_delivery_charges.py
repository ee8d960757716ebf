"""What delivery costs by rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Kind
from app.core.totals import Basis
from app.pricing.book import Asked, Circumstances, DeliveryMethod, DeliveryRule, DeliveryStep, PriceBook
from app.pricing.delivery_charges import DeliveryCharge, delivery_charge
from app.pricing.engine import apply
from tests.app.pricing.cases.case import HAND, ask, off
from tests.builders import DAY, a_tax

EUR, DE = Basis("EUR"), ("DE", "Bayern")


def rule(charge: str = "5.90", **over: Any) -> DeliveryRule:
    """A flat charge in euros, or another rule."""
    return DeliveryRule(**({"name": "Parcel", "currency": "EUR", "charge": Decimal(charge)} | over))


def steps(*pairs: tuple[str, str]) -> tuple[DeliveryStep, ...]:
    return tuple(DeliveryStep(Decimal(least), Decimal(charge)) for least, charge in pairs)


def charged(
    *rules: DeliveryRule, lines: tuple[Asked, ...] = (), basis: Basis = EUR, **over: Any
) -> DeliveryCharge | None:
    """The charge for these lines, else for goods of 100.00 with 2.5 kg."""
    asked = lines or (ask("A", "1", "100.00", weight="2.5"),)
    who = Circumstances(DAY, basis, regions=over.pop("regions", DE))
    applied = apply(PriceBook(promotions=over.pop("promotions", ())), asked, who)
    return delivery_charge(rules, asked, applied.lines, who)


BY_WEIGHT = rule("4.00", method=DeliveryMethod.BY_WEIGHT, steps=steps(("2", "6.00"), ("5", "9.00")))
BY_AMOUNT = rule("4.00", method=DeliveryMethod.BY_AMOUNT, steps=steps(("50", "3.00"), ("100", "0")))
TWO_KILOS, LIGHT = (ask("A", "2", "10.00", weight="1"),), (ask("A", "1", "10.00", weight="1.999"),)
HEAVY = (ask("A", "1", "10.00", weight="3"), ask("B", "2", "10.00", weight="1"))
BOX = (ask("A", "1", "10.00", weight="0.5", own_quantity="12"),)
CASES = [
    ("flat", rule(), (), 590, f"{HAND}: 5.90"),
    ("by weight below the first step", BY_WEIGHT, LIGHT, 400, f"{HAND}: 1.999 kg"),
    ("by weight at a step", BY_WEIGHT, TWO_KILOS, 600, f"{HAND}: 2 kg exactly"),
    ("by weight of all lines", BY_WEIGHT, HEAVY, 900, f"{HAND}: 3 + 2 kg are 5 kg"),
    ("by weight of the pieces in a box", BY_WEIGHT, BOX, 900, f"{HAND}: 12 x 0.5 = 6 kg"),
    ("by amount below the first step", BY_AMOUNT, (ask("A", "1", "49.99"),), 400, f"{HAND}: 49.99"),
    ("by amount at a step", BY_AMOUNT, (ask("A", "1", "50.00"),), 300, f"{HAND}: 50.00 exactly"),
    ("by amount at the last step", BY_AMOUNT, (), 0, f"{HAND}: 100.00"),
    ("free above", rule(free_from=Decimal(100)), (), 0, f"{HAND}: 100.00 is enough"),
    ("not yet free", rule(free_from=Decimal("100.01")), (), 590, f"{HAND}: 100.00 is not"),
]


@pytest.mark.parametrize(("name", "one", "lines", "amount", "source"), CASES, ids=[case[0] for case in CASES])
def test_a_charge(name: str, one: DeliveryRule, lines: tuple[Asked, ...], amount: int, source: str) -> None:
    found = charged(one, lines=lines)
    assert found is not None
    assert found.amount == amount, source
    assert found.reduction.charge
    assert found.reduction.promotion == "Parcel", "so that it is known again as the rule's"


def test_what_promotions_and_typed_discounts_leave_counts() -> None:
    found = charged(rule(free_from=Decimal(100)), promotions=(off("10"),))
    assert found is not None
    assert found.amount == 590


def test_services_are_not_sent() -> None:
    assert charged(rule(), lines=(ask("S", "1", "100.00", kind=Kind.SERVICE),)) is None


def test_the_rule_of_the_country_goes_before_the_one_for_all() -> None:
    abroad, germany = rule("19.00", name="World", priority=9), rule("5.90", name="Germany", countries=("DE",))
    found = charged(abroad, germany)
    assert found is not None
    assert found.rule.name == "Germany"
    away = charged(abroad, germany, regions=("FR",))
    assert away is not None
    assert away.amount == 1_900


def test_other_currencies_and_rules_put_away_do_not_count() -> None:
    assert charged(rule(currency="USD"), rule(active=False)) is None


def test_its_own_tax_and_the_mode_of_the_quote() -> None:
    with_tax = rule("5.95", tax=a_tax(), includes_tax=True)
    net, gross = charged(with_tax), charged(with_tax, basis=Basis("EUR", True))
    assert net is not None
    assert gross is not None
    assert (net.amount, gross.amount) == (500, 595)
    assert net.reduction.tax == a_tax()


def test_a_weight_that_is_not_known_is_told() -> None:
    found = charged(BY_WEIGHT, lines=(ask("A", "1", "10.00", weight="3"), ask("B", "1", "10.00")))
    assert found is not None
    assert (found.amount, found.weight, found.weight_is_known) == (600, 3, False)
