"""The constraint engine of the catalogue: what fits, why something does not, and what would make it fit. Pure.

The screens' way through it, all over values of `app.catalog.model`:

    selection = start(model, sku)                       the defaults
    selection = choose(model, selection, "frame_f2")    clicks: choose, remove, give (attributes), override (alerts)
    answer = evaluate(model, selection, products)       state, problems, alerts, and how every option stands
    ways = fixes(model, selection, "motor_b", products) what makes a blocked option choosable, or mends a problem
    selection = apply(model, selection, ways[0])        one click does it
    describe(model, product, selection, products)       price before options, printed pairs, description
    reopen(goods, selection)                            the same for a copy, with everything inside; what fits no more

`check` finds what is wrong in the formulas and texts of a model that is being written, `conflicts` what contradicts
itself in it. How it all works is written in docs/spec/configure.md.
"""

from app.catalog.configure.changes import apply, choose, give, override, remove, start
from app.catalog.configure.check import check
from app.catalog.configure.conflicts import Blame, Conflict, Conflicts, Goal, as_problem, conflicts
from app.catalog.configure.engine import evaluate
from app.catalog.configure.inside import Misfit, Place, Reopened, reopen
from app.catalog.configure.price import Described, base_price, describe
from app.catalog.configure.repair import fixes
from app.catalog.configure.results import (
    Alert,
    Cause,
    Change,
    Configuration,
    Fix,
    Kind,
    Named,
    Phrase,
    Reason,
    Result,
    Standing,
    State,
)

__all__ = [
    "Alert",
    "Blame",
    "Cause",
    "Change",
    "Configuration",
    "Conflict",
    "Conflicts",
    "Described",
    "Fix",
    "Goal",
    "Kind",
    "Misfit",
    "Named",
    "Phrase",
    "Place",
    "Reason",
    "Reopened",
    "Result",
    "Standing",
    "State",
    "apply",
    "as_problem",
    "base_price",
    "check",
    "choose",
    "conflicts",
    "describe",
    "evaluate",
    "fixes",
    "give",
    "override",
    "remove",
    "reopen",
    "start",
]
