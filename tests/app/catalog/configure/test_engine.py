"""The engine on a small machine: what is chosen, forced and blocked, in words, and the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from app.catalog.configure import Cause, Standing, State, apply, choose, evaluate, fixes, give, override, remove, start
from app.catalog.configure.words import fix as fix_words
from app.catalog.configure.words import reason as words
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Chosen,
    Comparison,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    Rule,
    RuleKind,
    Selection,
    any_of,
    attribute_is,
    chosen,
    count,
    formula,
    measured,
    quantity,
)
from app.catalog.rules import Product
from app.core.codec import from_text, to_text
from tests.builders import a_tax

D = Decimal
PUMP = Product("PUMP", "Pump", "EUR", D(500), a_tax())
PRODUCTS = {
    "F2": Product("F2", "Frame F2, 230 V", "EUR", D(40), a_tax()),
    "F3": Product("F3", "Frame F3, 230 V", "EUR", D(90), a_tax()),
    "MOTOR-B": Product("MOTOR-B", "Motor B", "EUR", D(120), a_tax()),
}
FRAME = OptionGroup(
    "frame",
    "Frame",
    1,
    1,
    (
        Option("f1", name="Frame F1", default=True),
        Option("f2", "F2", price=OptionPrice.PRODUCT),
        Option("f3", "F3", price=OptionPrice.PRODUCT),
    ),
)
MOTOR = OptionGroup(
    "motor", "Motor", 0, 1, (Option("a", name="Motor A"), Option("b", "MOTOR-B", price=OptionPrice.PRODUCT))
)
EXTRAS = OptionGroup(
    "extras",
    "Extras",
    0,
    2,
    (
        Option("hose", name="Hose", least=D(1), most=D(10), price=OptionPrice.OWN, own_price=D("2.50")),
        Option("lamp", name="Lamp"),
        Option("case", name="Case"),
    ),
)
LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR", least=D(1), most=D(9), step=D("0.5"))
GLASS = Attribute("glass", "Glass", values=(AttributeValue("clear", "Clear"), AttributeValue("matt", "Matt", D(15))))
WISH = Attribute("wish", "Engraving", AttributeKind.TEXT, most=D(5), required=False)
B_NEEDS_230 = Rule("r1", "B needs 230 V", RuleKind.REQUIRES, chosen("b"), any_of(chosen("f2"), chosen("f3")))
NO_LAMP = Rule("r2", "No lamp in a case", RuleKind.EXCLUDES, chosen("lamp"), chosen("case"))
LONG = Rule(
    "r3",
    "Long ones need glass that is clear",
    RuleKind.REQUIRES,
    measured("length", Comparison.MORE, D(5)),
    attribute_is("glass", "clear"),
)
HEAVY = Rule(
    "r4",
    "Too heavy",
    RuleKind.VALIDATION,
    formula("hose * 2 + length", Comparison.MORE, D(20)),
    message="Too heavy for one parcel.",
)
SLOW = Rule("r5", "Slow", RuleKind.ALERT, chosen("f3"), message="F3 takes six weeks.")
MODEL = Model((LENGTH, GLASS, WISH), (FRAME, MOTOR, EXTRAS), rules=(B_NEEDS_230, NO_LAMP, LONG, HEAVY, SLOW))


def selection(*options: str, **values: str) -> Selection:
    values = {"length": "2", "glass": "clear"} | values
    return Selection("PUMP", tuple(Chosen(key) for key in options), tuple(values.items()))


def standings(chosen_now: Selection) -> dict[str, str]:
    return {result.key: result.standing.value for result in evaluate(MODEL, chosen_now, PRODUCTS).results}


def test_the_start_has_the_defaults_and_is_incomplete() -> None:
    begun = start(MODEL, "PUMP")
    answer = evaluate(MODEL, begun, PRODUCTS)
    assert begun.takes("f1") is not None
    assert answer.state is State.INCOMPLETE
    assert [(p.cause, p.key) for p in answer.problems] == [(Cause.NOT_FILLED, "length"), (Cause.NOT_FILLED, "glass")]


def test_what_fits_is_valid() -> None:
    answer = evaluate(MODEL, selection("f2", "b", "lamp"), PRODUCTS)
    assert (answer.state, answer.problems, answer.alerts) == (State.VALID, (), ())
    assert answer.may_be_sold


def test_a_blocked_option_says_why_and_what_would_help() -> None:
    now = selection("f1")
    result = evaluate(MODEL, now, PRODUCTS).result("b")
    assert result is not None
    assert result.standing is Standing.BLOCKED
    assert [words(reason) for reason in result.reasons] == [
        "B needs 230 V: where Motor B is chosen, this is needed: "
        "(Frame F2, 230 V is chosen or Frame F3, 230 V is chosen)."
    ]
    ways = fixes(MODEL, now, "b", PRODUCTS, product=PUMP)
    assert [fix_words(way, "EUR") for way in ways] == [
        "remove Frame F1, add Frame F2, 230 V, add Motor B (+160.00 EUR)",
        "remove Frame F1, add Frame F3, 230 V, add Motor B (+210.00 EUR)",
    ]
    after = apply(MODEL, now, ways[0])
    assert evaluate(MODEL, after, PRODUCTS).state is State.VALID
    assert {choice.option for choice in after.chosen} == {"b", "f2"}


def test_a_broken_rule_can_be_mended_from_either_side() -> None:
    now = selection("f1", "b")
    answer = evaluate(MODEL, now, PRODUCTS)
    assert answer.state is State.INVALID
    ways = [fix_words(way) for way in fixes(MODEL, now, answer.problems[0], PRODUCTS, product=PUMP)]
    assert ways == [
        "remove Motor B (-120.00)",
        "remove Frame F1, add Frame F2, 230 V (+40.00)",
        "remove Frame F1, add Frame F3, 230 V (+90.00)",
    ]
    for way in fixes(MODEL, now, answer.problems[0], PRODUCTS):
        assert evaluate(MODEL, apply(MODEL, now, way), PRODUCTS).state is State.VALID


def test_exclusions_work_in_both_directions() -> None:
    assert standings(selection("f1", "lamp"))["case"] == "blocked"
    assert standings(selection("f1", "case"))["lamp"] == "blocked"
    (way,) = fixes(MODEL, selection("f1", "lamp"), "case", PRODUCTS)
    assert fix_words(way) == "remove Lamp, add Case"


def test_a_full_group_blocks_and_says_so() -> None:
    now = selection("f1", "hose", "lamp")
    result = evaluate(MODEL, now, PRODUCTS).result("case")
    assert result is not None
    assert Cause.TOO_MANY in {reason.cause for reason in result.reasons}
    (way, *_) = fixes(MODEL, now, "case", PRODUCTS)
    assert fix_words(way) == "remove Lamp, add Case"


def test_where_one_may_be_chosen_another_is_no_obstacle() -> None:
    assert standings(selection("f1"))["f2"] == "free"
    assert {choice.option for choice in choose(MODEL, selection("f1"), "f2").chosen} == {"f2"}


def test_what_a_rule_needs_cannot_be_taken_off() -> None:
    found = evaluate(MODEL, selection("f2", "b"), PRODUCTS).result("f2")
    assert found is not None
    assert (found.standing, found.is_chosen) == (Standing.FORCED, True)
    assert found.reasons[0].key == "r1"
    only = replace(MODEL, rules=(Rule("r", "B with F2", RuleKind.REQUIRES, chosen("b"), chosen("f2")),))
    missing = evaluate(only, selection("b", "f1"), PRODUCTS).result("f2")
    assert missing is not None
    assert (missing.standing, missing.is_chosen) == (Standing.FORCED, False)


def test_a_rule_waits_for_a_required_attribute() -> None:
    assert evaluate(MODEL, selection("f1", glass="", length="6"), PRODUCTS).state is State.INCOMPLETE
    assert evaluate(MODEL, selection("f1", glass="matt", length="6"), PRODUCTS).state is State.INVALID
    assert evaluate(MODEL, selection("f1", glass="matt", length="5"), PRODUCTS).state is State.VALID


def test_an_attribute_is_mended_by_another_value() -> None:
    now = selection("f1", glass="matt", length="6")
    (problem,) = evaluate(MODEL, now, PRODUCTS).problems
    ways = [fix_words(way) for way in fixes(MODEL, now, problem, PRODUCTS, product=PUMP)]
    assert "set Glass to Clear (-15.00)" in ways
    assert "set Length to 5 MTR" in ways


def test_a_validation_stops_with_the_owners_words_and_an_exact_way_out() -> None:
    now = choose(MODEL, selection("f1", length="5"), "hose", D(8))
    answer = evaluate(MODEL, now, PRODUCTS)
    assert answer.state is State.INVALID
    assert [words(problem) for problem in answer.problems] == ["Too heavy for one parcel."]
    ways = fixes(MODEL, now, answer.problems[0], PRODUCTS)
    assert "set Length to 4 MTR" in [fix_words(way) for way in ways]


def test_an_alert_warns_and_is_overridden_with_a_reason() -> None:
    now = selection("f3")
    answer = evaluate(MODEL, now, PRODUCTS)
    assert (answer.state, answer.may_be_sold) == (State.VALID, False)
    assert [words(alert.reason) for alert in answer.alerts] == ["F3 takes six weeks."]
    assert not evaluate(MODEL, override(now, "r5", "  "), PRODUCTS).may_be_sold
    told = override(now, "r5", "The customer knows.")
    assert evaluate(MODEL, told, PRODUCTS).may_be_sold
    assert evaluate(MODEL, told, PRODUCTS).alerts[0].override == "The customer knows."
    ways = fixes(MODEL, now, answer.alerts[0].reason, PRODUCTS)
    assert evaluate(MODEL, apply(MODEL, now, ways[0]), PRODUCTS).alerts == ()


@pytest.mark.parametrize(
    ("key", "text", "cause"),
    [
        ("length", "abc", Cause.NOT_A_NUMBER),
        ("length", "NaN", Cause.NOT_A_NUMBER),
        ("length", "1e9999999", Cause.NOT_A_NUMBER),
        ("length", "9" * 500, Cause.NOT_A_NUMBER),
        ("length", "0.5", Cause.BELOW),
        ("length", "9.5", Cause.ABOVE),
        ("length", "1e20", Cause.ABOVE),
        ("length", "2.25", Cause.OFF_STEP),
        ("glass", "blue", Cause.NO_SUCH_VALUE),
        ("wish", "too long", Cause.ABOVE),
    ],
)
def test_values_that_do_not_fit(key: str, text: str, cause: Cause) -> None:
    now = give(MODEL, selection("f1"), key, text)
    answer = evaluate(MODEL, now, PRODUCTS)
    problem = answer.problems[0]
    assert (answer.state, problem.cause, problem.key) == (State.INVALID, cause, key)
    assert words(problem)
    for way in fixes(MODEL, now, problem, PRODUCTS):
        assert len(evaluate(MODEL, apply(MODEL, now, way), PRODUCTS).problems) < len(answer.problems)
    assert fixes(MODEL, now, problem, PRODUCTS)


def test_quantities_have_limits() -> None:
    now = choose(MODEL, selection("f1"), "hose", D(11))
    (problem,) = evaluate(MODEL, now, PRODUCTS).problems[:1]
    assert (problem.cause, problem.limit, problem.found) == (Cause.ABOVE, "10", "11")
    for bad in (D(0), D(-1)):
        answer = evaluate(MODEL, choose(MODEL, selection("f1"), "hose", bad), PRODUCTS)
        assert [p.cause for p in answer.problems] == [Cause.BELOW]
    assert evaluate(MODEL, choose(MODEL, selection("f1"), "lamp", D(7)), PRODUCTS).result("lamp").quantity == 1  # type: ignore[union-attr]


def test_a_product_that_is_not_sold_blocks_its_option() -> None:
    gone = {sku: product for sku, product in PRODUCTS.items() if sku != "F2"}
    later = PRODUCTS | {"F2": replace(PRODUCTS["F2"], active_from=date(2027, 1, 1))}
    for products in (gone, PRODUCTS | {"F2": replace(PRODUCTS["F2"], active=False)}, later):
        answer = evaluate(MODEL, selection("f1"), products, on=date(2026, 3, 2))
        found = answer.result("f2")
        assert found is not None
        assert (found.standing, found.reasons[0].cause) == (Standing.BLOCKED, Cause.NOT_SOLD)
        assert fixes(MODEL, selection("f1"), "f2", products, on=date(2026, 3, 2)) == ()
        now = selection("f2", "b")
        answer = evaluate(MODEL, now, products, on=date(2026, 3, 2))
        (problem,) = answer.problems
        assert (answer.state, problem.cause) == (State.INVALID, Cause.NOT_SOLD)
        (way, *_) = fixes(MODEL, now, problem, products, on=date(2026, 3, 2))
        assert evaluate(MODEL, apply(MODEL, now, way), products, on=date(2026, 3, 2)).state is State.VALID
    assert evaluate(MODEL, selection("f2"), later, on=date(2027, 1, 1)).state is State.VALID


def test_what_is_gone_from_the_model_is_named_and_goes_with_a_click() -> None:
    now = selection("f1", "ghost", ghost_colour="red")
    answer = evaluate(MODEL, now, PRODUCTS)
    assert [(p.cause, p.key) for p in answer.problems] == [(Cause.GONE, "ghost"), (Cause.GONE, "ghost_colour")]
    for problem in answer.problems:
        (way,) = fixes(MODEL, now, problem, PRODUCTS)
        now = apply(MODEL, now, way)
    assert evaluate(MODEL, now, PRODUCTS).state is State.VALID


def test_rules_on_options_that_are_gone_break_nothing() -> None:
    odd = replace(
        MODEL,
        rules=(
            Rule("x1", "Gone", RuleKind.REQUIRES, chosen("ghost"), chosen("f1")),
            Rule("x2", "Gone too", RuleKind.EXCLUDES, chosen("f1"), chosen("ghost")),
            Rule("x3", "Gone count", RuleKind.VALIDATION, count("ghosts", Comparison.MORE, D(3)), message="x"),
            Rule("x4", "Gone value", RuleKind.VALIDATION, attribute_is("ghost", "a"), message="x"),
        ),
    )
    assert evaluate(odd, selection("f1"), PRODUCTS).state is State.VALID


def test_a_rule_that_cannot_be_computed_stops_and_says_why() -> None:
    odd = replace(
        MODEL, rules=(Rule("x", "Share", RuleKind.VALIDATION, formula("10 / hose", Comparison.MORE, D(3)), message=""),)
    )
    answer = evaluate(odd, selection("f1"), PRODUCTS)
    (problem,) = answer.problems
    assert (answer.state, problem.cause) == (State.INVALID, Cause.NOT_COMPUTED)
    assert "division by zero" in words(problem)
    assert evaluate(odd, choose(odd, selection("f1"), "hose", D(5)), PRODUCTS).state is State.VALID


def test_an_option_that_excludes_itself_is_blocked() -> None:
    odd = replace(MODEL, rules=(Rule("x", "Odd", RuleKind.EXCLUDES, chosen("lamp"), chosen("lamp")),))
    found = evaluate(odd, selection("f1"), PRODUCTS).result("lamp")
    assert found is not None
    assert found.standing is Standing.BLOCKED
    assert fixes(odd, selection("f1"), "lamp", PRODUCTS) == ()


def test_how_many_are_sold_may_matter() -> None:
    few = replace(
        MODEL,
        rules=(Rule("x", "Not one", RuleKind.VALIDATION, quantity(Comparison.LESS, D(5)), message="Five at least."),),
    )
    assert evaluate(few, selection("f1"), PRODUCTS, quantity=D(4)).state is State.INVALID
    assert evaluate(few, selection("f1"), PRODUCTS, quantity=D(5)).state is State.VALID


def test_no_order_of_clicks_or_rules_changes_anything() -> None:
    clicks = ["lamp", "b", "f2", "hose"]
    answers = set()
    for order in permutations(clicks):
        now = selection("f1")
        for key in order:
            now = choose(MODEL, now, key)
        answers.add(to_text(now))
    assert len(answers) == 1
    backwards = replace(MODEL, rules=MODEL.rules[::-1])
    for now in (selection("f1", "b"), selection("f2", "b", "lamp", "case"), start(MODEL, "PUMP")):
        assert evaluate(MODEL, now, PRODUCTS) == evaluate(backwards, now, PRODUCTS)
        assert fixes(MODEL, now, "a", PRODUCTS) == fixes(backwards, now, "a", PRODUCTS)


def test_selections_are_kept_as_text() -> None:
    now = override(choose(MODEL, selection("f2"), "hose", D("2.5")), "r5", "yes")
    assert from_text(Selection, to_text(now)) == now


def test_removing_and_clearing() -> None:
    now = remove(MODEL, selection("f2", "b"), "b")
    assert [choice.option for choice in now.chosen] == ["f2"]
    assert give(MODEL, now, "glass", "").value("glass") == ""
    assert apply(MODEL, now, []) == now
