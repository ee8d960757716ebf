"""Why this price: every step adds up, and a spreadsheet program recomputes each to the same cent."""

from __future__ import annotations

import shutil
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from app.core.errors import RuleViolation
from app.core.printed import Heading
from app.core.totals import Basis, Reduction, TaxRounding
from app.outputs.xlsx import price_words
from app.outputs.xlsx.price_explanation import write
from app.outputs.xlsx.price_words import PRICES
from app.pricing.detail import LineDetail, LostRule, PriceStep, Step
from app.pricing.rules import Line, price
from app.quotes.explanation import PriceExplanation, explain
from app.quotes.rules import Offer
from tests.app.outputs.xlsx.test_recalculated import recalculated
from tests.builders import DAY, EUR, SELLER, a_customer, a_line, a_tax

needs_office = pytest.mark.skipif(
    (shutil.which("soffice") or shutil.which("libreoffice")) is None, reason="LibreOffice is not installed"
)

STEPS = (
    PriceStep(Step.LIST, Decimal("120")),
    PriceStep(Step.TIER, Decimal("110"), rule="From 10", author="Ann"),
    PriceStep(Step.CONTRACT, Decimal("1000"), Decimal(10), "Lake School"),
)
TEN = Reduction("Spring", percent=Decimal(10), promotion="Spring")
LOST = LostRule(Step.PROMOTION, "Summer", 90000, "Spring gives more")


def told(lines: tuple[Line, ...], *reductions: Reduction, basis: Basis = EUR) -> PriceExplanation:
    offer = Offer(lines, reductions)
    heading = Heading(SELLER, a_customer(), basis.currency, "S-2026-0001", language="en")
    return explain(offer, price(lines, reductions, basis), basis, heading, "Q-2026-0001", DAY)


def an_offer() -> PriceExplanation:
    detail = LineDetail(steps=STEPS, lost=(LOST,))
    own = (TEN, Reduction("Friends", amount=300), Reduction("Packing", amount=150, charge=True))
    first = a_line("Kayak", "12", "1000", base_quantity=Decimal(10), reductions=own, detail=detail)
    return told(
        (first, a_line("Book", "3", "19.99", "7")),
        Reduction("Loyal", percent=Decimal("2.5")),
        Reduction("Freight", amount=1990, charge=True),
    )


def rows(data: bytes, sheet: str = "Steps", *, values: bool = True) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(data), data_only=values)[sheet].values)


def test_every_step_by_name_and_what_it_comes_to() -> None:
    # 12 x 120 = 1440; 12 x 110 = 1320; 12 x 1000 / 10 = 1200; 10 % of 1200; 3.00 off, 1.50 on: 1078.50
    # and 59.97: 1138.47; 2.5 % = 28.46 (27.0 to 1.5 by largest remainder)
    found = rows(write(an_offer()))
    kayak = [(row[2], row[3], row[10], row[11]) for row in found[1:] if row[1] == "Kayak"]
    assert kayak[:6] == [
        ("List price", None, 1440, 1440),
        ("Tier", "From 10", -120, 1320),
        ("Agreed price", "Lake School", -120, 1200),
        ("Promotion", "Spring", -120, 1080),
        ("Discount", "Friends", -3, 1077),
        ("Charge", "Packing", 1.5, 1078.5),
    ]
    assert [step for step, *_ in kayak[6:]] == [
        "Discount of the whole",
        "Charge of the whole",
        "Tax",
    ]
    assert [row[11] for row in found[-3:]][2] == "OK"
    assert found[-3][11] == found[-2][11]
    formulas = rows(write(an_offer()), values=False)
    assert formulas[1][10] == "=ROUND(F2*G2/H2,2)"
    assert formulas[4][10] == "=-ROUND(L4*I5/100,2)"


def test_every_word_is_there_in_both_languages_and_used() -> None:
    assert PRICES["en"].keys() == PRICES["de"].keys()
    folder = Path(price_words.__file__).parent
    source = "".join((folder / f"price_{name}.py").read_text("utf-8") for name in ("explanation", "taxes"))
    for key in PRICES["en"]:
        assert key.startswith("step.") or f'"{key}"' in source, key
    assert {f"step.{step.value}" for step in Step} <= PRICES["en"].keys()


def test_rules_that_lost_are_told() -> None:
    assert rows(write(an_offer()), "Rules that lost")[1][:2] == (1, "Kayak")
    book = load_workbook(BytesIO(write(told((a_line(),)), "de")))
    assert book.sheetnames == ["Schritte", "Aufteilung"]


def test_steps_add_up_to_the_offer() -> None:
    for seed in range(60):
        offer = random_offer(Random(seed))  # noqa: S311  the same offers each time
        totals = offer.priced.assembled.totals
        assert sum(line.total for line in offer.lines) == totals.gross
        assert sum(line.tax for line in offer.lines) == totals.tax


def random_offer(chance: Random) -> PriceExplanation:
    """An offer of a few lines, in one of three currencies, with or without tax in its prices."""
    while True:
        basis = Basis(chance.choice(("EUR", "JPY", "KWD")), chance.random() < 0.4, chance.choice(list(TaxRounding)))
        lines = tuple(random_line(chance, number) for number in range(chance.randint(1, 5)))
        sizes = [{"percent": Decimal("3.3")}, {"amount": chance.randint(1, 5000)}, {"percent": Decimal(10), "of": 9999}]
        reductions = tuple(
            Reduction(f"R{n}", **chance.choice(sizes), charge=chance.random() < 0.4,  # type: ignore[arg-type]
                      tax=a_tax() if chance.random() < 0.3 else None)
            for n in range(chance.randint(0, 3))
        )  # fmt: skip
        try:
            return told(lines, *reductions, basis=basis)
        except RuleViolation:
            continue


def random_line(chance: Random, number: int) -> Line:
    own = tuple(
        Reduction(f"Own {n}", percent=Decimal(chance.randint(1, 30)), promotion=chance.choice(("", "Spring")))
        for n in range(chance.randint(0, 2))
    )
    return a_line(
        f"Thing {number}", str(chance.randint(1, 20)), str(Decimal(chance.randint(100, 90000)).scaleb(-2)),
        chance.choice(("19", "7", "5.5")), reductions=own, base_quantity=Decimal(chance.choice((1, 1, 10))),
        list_price=Decimal("99.90") if chance.random() < 0.3 else None,
    )  # fmt: skip


@needs_office
def test_libreoffice_recomputes_every_step_to_the_cent(tmp_path: Path) -> None:
    offers = [an_offer(), *(random_offer(Random(seed)) for seed in range(25))]  # noqa: S311  the same each time
    files = []
    for number, offer in enumerate(offers):
        path = tmp_path / f"why-{number}.xlsx"
        path.write_bytes(write(offer))
        files.append(path)
    before = [load_workbook(path, data_only=True) for path in files]
    for old, path in zip(before, recalculated(tmp_path, *files), strict=True):
        new = load_workbook(path, data_only=True)
        for sheet in old.sheetnames:
            for one, other in zip(old[sheet].values, new[sheet].values, strict=True):
                assert [shown(value) for value in one] == [shown(value) for value in other], (path.name, sheet, one)
        assert next(row[11] for row in reversed(list(new["Steps"].values)) if row[11]) == "OK"


def shown(value: Any) -> Any:
    """A cell's value; a number without the dust of binary floating point."""
    return round(value, 6) if isinstance(value, float | int) else value
