"""What the catalogue does not offer on the day is not sold at its price; a price in the file says it is agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.catalog.rules import Product
from app.catalog.service import save_product
from app.core.errors import RuleViolation
from app.store.store import Store
from tests.builders import DAY, a_tax, deal_file, do, run_deal


@pytest.mark.parametrize(
    "over", [{"active": False}, {"active_to": date(2020, 1, 1)}, {"active_from": date(2090, 1, 1)}]
)
def test_it_is_refused_at_its_line_unless_the_file_has_the_price(store: Store, over: dict[str, object]) -> None:
    do(store, save_product, Product("OLD", "Old kayak", "EUR", Decimal(100), a_tax(), **over))  # type: ignore[arg-type]
    do(store, save_product, Product("NEW", "New kayak", "EUR", Decimal(100), a_tax()))
    new = {"sku": "NEW", "quantity": "1"}
    with pytest.raises(RuleViolation) as refused:
        run_deal(store, deal_file(new, {"sku": "OLD", "quantity": "1"}))
    assert [problem.field for problem in refused.value.problems] == ["lines[1].sku"]
    assert "'OLD' is not offered on" in str(refused.value)
    agreed = run_deal(store, deal_file(new, {"sku": "OLD", "quantity": "1", "unit_price": "80"}))
    assert agreed["quote"]["totals"]["net"] == "180.00"


def test_a_deal_that_was_made_goes_on_when_its_product_is_taken_out_of_use(store: Store) -> None:
    product = Product("OLD", "Old kayak", "EUR", Decimal(100), a_tax())
    do(store, save_product, product)
    file = deal_file({"sku": "OLD", "quantity": "1"}, reference="shop-1", date=DAY.isoformat())
    run_deal(store, file | {"steps": [{"do": "send_quote"}]})
    do(store, save_product, Product("OLD", "Old kayak", "EUR", Decimal(120), a_tax(), active=False))
    again = run_deal(store, file | {"steps": [{"do": "send_quote"}, {"do": "accept_quote"}]})
    assert (again["quote"]["state"], again["quote"]["totals"]["net"]) == ("accepted", "100.00")
