"""What the engine answers: how each option stands, why, and what would make it choosable. Frozen values.

Nothing here is a finished sentence: a reason names its cause and what it is about, and the screen says it in the
seller's language. `app.catalog.configure.words` says it in English, for the deal file and for messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalog.model import Selection


class State(StrEnum):
    """How a configuration stands (vocabulary B1). Frozen is a quote's state, and a frozen one is never evaluated.

    incomplete  nothing contradicts a rule, but something that is needed is not chosen or filled in yet
    invalid     a rule or a limit is broken, or something that was chosen is not there any more
    valid       it can be sold
    """

    INCOMPLETE = "incomplete"
    INVALID = "invalid"
    VALID = "valid"


class Standing(StrEnum):
    """How an option stands with what is chosen now.

    free     not chosen, and could be
    chosen   chosen, and could be taken off
    forced   the rules ask for it: it cannot be taken off, or is missing
    blocked  not chosen, and choosing it would break a rule
    """

    FREE = "free"
    CHOSEN = "chosen"
    FORCED = "forced"
    BLOCKED = "blocked"


class Cause(StrEnum):
    """Why something is not as it should be."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    VALIDATION = "validation"
    ALERT = "alert"
    TOO_FEW = "too_few"
    """The group has fewer chosen than its minimum."""
    TOO_MANY = "too_many"
    NOT_FILLED = "not_filled"
    """A required attribute has no value."""
    NO_SUCH_VALUE = "no_such_value"
    """A choice has a value that its attribute does not have (any more)."""
    NOT_A_NUMBER = "not_a_number"
    BELOW = "below"
    """A measure, the length of a text or a quantity is below its limit."""
    ABOVE = "above"
    OFF_STEP = "off_step"
    """A measure that does not lie on its grid."""
    GONE = "gone"
    """What was chosen is not in the model any more."""
    NOT_SOLD = "not_sold"
    """The option's product is gone or not offered now."""
    NOT_COMPUTED = "not_computed"
    """The formula of a rule or of the price cannot be computed, such as a division by zero."""


INCOMPLETE_CAUSES = frozenset({Cause.TOO_FEW, Cause.NOT_FILLED})
"""Causes that more choosing will mend."""


class Kind(StrEnum):
    """What a change does to the selection."""

    ADD = "add"
    REMOVE = "remove"
    QUANTITY = "quantity"
    """Take another quantity of a chosen option."""
    SET = "set"
    """Give an attribute a value."""
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change: `key` is an option's or attribute's, `value` the quantity or the attribute's text ("" where none)."""

    kind: Kind
    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A change with the names that a person knows: `name` of the option or attribute, `value_name` of its value."""

    change: Change
    name: str
    value_name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Changes that belong together and end in a state with fewer problems; `apply` does them in one step.

    `price` is by how much one unit of the product becomes dearer (below zero: cheaper), in the product's currency; None
    where the price cannot be computed yet.
    """

    changes: tuple[Named, ...]
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A condition in names instead of keys, for words: see `app.catalog.model.Condition` for what `op` means.

    `name` is the option, group or attribute, `comparison` a sign, `values` what it is compared with.
    """

    op: str
    name: str = ""
    comparison: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    parts: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong, or would be.

    `key` and `name` are of the rule, group, attribute or option it is about; `message` is what the owner wrote for it
    (empty: say it from `when` and `then`). `limit` and `found` are the numbers or codes that do not fit; `detail` the
    position and message of a formula that cannot be computed.
    """

    cause: Cause
    key: str
    name: str
    message: str = ""
    when: Phrase | None = None
    then: Phrase | None = None
    limit: str = ""
    found: str = ""
    unit: str = ""
    detail: str = ""

    @property
    def stops(self) -> bool:
        """Whether it stops the sale; an alert only warns."""
        return self.cause is not Cause.ALERT


@dataclass(frozen=True, slots=True)
class Result:
    """How one option stands. `quantity` is of a chosen one, for one bundle; `reasons` say why it is forced or blocked.

    The fixes of a blocked option are searched when they are asked for: `configure.fixes`.
    """

    key: str
    name: str
    standing: Standing
    is_chosen: bool
    quantity: Decimal = Decimal(0)
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert that fires, and the seller's reason for going on, empty while she has given none."""

    reason: Reason
    override: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The whole answer: the state, every problem, every alert, and how each option stands, in the model's order.

    `selection` is what was evaluated, in the model's order, whatever order it was clicked in.
    """

    state: State
    selection: Selection
    problems: tuple[Reason, ...]
    alerts: tuple[Alert, ...]
    results: tuple[Result, ...]

    @property
    def may_be_sold(self) -> bool:
        """Valid, and every alert was overridden with a reason."""
        return self.state is State.VALID and all(alert.override.strip() for alert in self.alerts)

    def result(self, key: str) -> Result | None:
        """How an option stands."""
        return next((result for result in self.results if result.key == key), None)
