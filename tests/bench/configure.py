"""The constraint engine: a model of 1,000 options and 500 rules, clicked through; p50 and p95 of each answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from random import Random
from statistics import quantiles

from app.catalog.configure import choose, conflicts, evaluate, fixes, start
from app.catalog.configure.laws import Laws
from app.catalog.configure.results import Standing
from app.catalog.model import (
    Attribute,
    AttributeKind,
    Comparison,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    Rule,
    RuleKind,
    Selection,
    all_of,
    any_of,
    chosen,
    formula,
    measured,
)
from app.catalog.rules import Product
from app.core.tax import Tax, TaxCategory
from tests.bench.table import show

GROUPS, PER_GROUP, RULES = 100, 10, 500


def model() -> Model:
    """A hundred groups of ten options: every second one "exactly one", the others any; rules of every kind."""
    groups = tuple(
        OptionGroup(
            f"g{g}",
            f"Group {g}",
            1 if g % 2 else 0,
            1 if g % 2 else None,
            tuple(
                Option(f"g{g}_{n}", f"SKU-{g}-{n}", price=OptionPrice.PRODUCT, default=not n) for n in range(PER_GROUP)
            ),
        )
        for g in range(GROUPS)
    )
    length = Attribute("length", "Length", AttributeKind.MEASURE, least=Decimal(1), most=Decimal(100), default="10")
    random = Random(7)  # noqa: S311  the same model every time
    return Model((length,), groups, rules=tuple(_rule(random, number) for number in range(RULES)))


def _rule(random: Random, number: int) -> Rule:
    """Rules that leave the defaults (the first option of each group) valid."""
    first, second, third = (f"g{random.randrange(GROUPS)}_{random.randrange(1, PER_GROUP)}" for _ in range(3))
    if number % 5 == 0:
        return Rule(f"r{number}", f"Rule {number}", RuleKind.EXCLUDES, chosen(first), chosen(second))
    if number % 5 == 1:
        heavy = formula("length * 2 + 10", Comparison.MORE, Decimal(150))
        return Rule(
            f"r{number}", f"Rule {number}", RuleKind.VALIDATION, all_of(chosen(first), heavy), message="Too heavy."
        )
    if number % 5 == 2:
        short = measured("length", Comparison.LESS, Decimal(50))
        return Rule(f"r{number}", f"Rule {number}", RuleKind.ALERT, all_of(chosen(first), short), message="Slow.")
    return Rule(f"r{number}", f"Rule {number}", RuleKind.REQUIRES, chosen(first), any_of(chosen(second), chosen(third)))


def products() -> dict[str, Product]:
    """The products of all options."""
    tax = Tax(TaxCategory.STANDARD, Decimal(19))
    skus = [f"SKU-{g}-{n}" for g in range(GROUPS) for n in range(PER_GROUP)]
    return {sku: Product(sku, f"Part {sku}", "EUR", Decimal(len(sku)), tax) for sku in skus}


def clicks(of: Model, goods: dict[str, Product], count: int) -> list[Selection]:
    """Selections as somebody clicks them, now and then something that breaks a rule."""
    random, now, found = Random(11), start(of, "BIG"), []  # noqa: S311
    for _ in range(count):
        now = choose(of, now, f"g{random.randrange(GROUPS)}_{random.randrange(PER_GROUP)}")
        found.append(now)
    return found


def measure() -> list[tuple[str, list[float], float]]:
    """What was measured, its times in milliseconds, and the goal for the 95th of a hundred."""
    of, goods = model(), products()
    evaluate(of, start(of, "BIG"), goods)
    selections = clicks(of, goods, 60)
    answers = [_timed(lambda s=s: evaluate(of, s, goods)) for s in selections]
    found = [("re-evaluate after a click", [ms for ms, _ in answers], 100.0)]
    asked = []
    for selection, (_, answer) in zip(selections[::6], answers[::6], strict=True):
        blocked = [result.key for result in answer.results if result.standing is Standing.BLOCKED][:5]
        asked += [_timed(lambda s=selection, k=key: fixes(of, s, k, goods))[0] for key in blocked]
        asked += [_timed(lambda s=selection, p=p: fixes(of, s, p, goods))[0] for p in answer.problems[:3]]
    found.append(("fixes of one blocked option", asked, 100.0))
    found.append(("a model made ready", [_timed(lambda: Laws(of))[0] for _ in range(5)], 100.0))
    found.append(("contradictions of a whole model", [_timed(lambda: conflicts(of))[0] for _ in range(2)], 5000.0))
    return found


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    begin = time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - begin), result


def main() -> None:
    """Print the table."""
    rows = []
    for what, times, goal in measure():
        cuts = quantiles(times, n=20, method="inclusive")
        rows.append([what, f"{cuts[9]:.1f}", f"{cuts[18]:.1f}", f"{goal:.0f}"])
    show("Configuring: 1,000 options, 500 rules", ["", "p50 ms", "p95 ms", "goal ms"], rows)
