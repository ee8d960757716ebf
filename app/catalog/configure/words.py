"""Reasons and fixes in English: messages, deal file, tests. Screens say the same in the seller's language."""

from __future__ import annotations

from app.catalog.configure.results import Cause, Fix, Kind, Named, Phrase, Reason

_SIGNS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
}


def reason(what: Reason) -> str:
    """Why something is not as it should be; the owner's own message where there is one."""
    if what.message:
        return what.message
    return _CAUSES[what.cause].format(
        name=what.name,
        limit=_with_unit(what.limit, what.unit),
        found=_with_unit(what.found, what.unit),
        when="" if what.when is None else phrase(what.when),
        then="" if what.then is None else phrase(what.then),
        detail=what.detail,
    )


_CAUSES = {
    Cause.REQUIRES: "{name}: where {when}, this is needed: {then}.",
    Cause.EXCLUDES: "{name}: where {when}, this cannot be: {then}.",
    Cause.VALIDATION: "{name}: it cannot be that {when}.",
    Cause.ALERT: "{name}: {when}.",
    Cause.TOO_FEW: "{name}: choose at least {limit}; {found} chosen.",
    Cause.TOO_MANY: "{name}: choose at most {limit}; {found} chosen.",
    Cause.NOT_FILLED: "{name}: it is needed.",
    Cause.NO_SUCH_VALUE: "{name}: {found} cannot be chosen.",
    Cause.NOT_A_NUMBER: "{name}: {found!r} is not a number such as 2.5.",
    Cause.BELOW: "{name}: at least {limit}; {found} is less.",
    Cause.ABOVE: "{name}: at most {limit}; {found} is more.",
    Cause.OFF_STEP: "{name}: only in steps of {limit}; {found} lies between them.",
    Cause.GONE: "{name}: it is not offered with this product any more.",
    Cause.NOT_SOLD: "{name}: it is not sold now.",
    Cause.NOT_COMPUTED: "{name}: it cannot be computed: {detail}",
}


def phrase(what: Phrase) -> str:
    """A condition in words."""
    if what.op in ("all", "any"):
        joined = (" and " if what.op == "all" else " or ").join(phrase(part) for part in what.parts)
        return f"({joined})" if len(what.parts) > 1 else joined or ("always" if what.op == "all" else "never")
    if what.op == "not":
        return f"not {phrase(what.parts[0])}" if what.parts else "never"
    if what.op == "chosen":
        return f"{what.name} is chosen"
    compared = " ".join(part for part in (_SIGNS.get(what.comparison, ""), _listed(what)) if part)
    subject = {"count": f"the number chosen of {what.name}", "quantity": f"the quantity of {what.name or 'the whole'}"}
    return f"{subject.get(what.op, what.name)} {compared}".strip()


def _listed(what: Phrase) -> str:
    if not what.comparison:
        return ""
    return " or ".join(_with_unit(value or "empty", what.unit) for value in what.values)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if text and unit else text


def fix(what: Fix, currency: str = "") -> str:
    """A fix in words: "remove Frame F1, add Frame F2 (+40.00 EUR)"."""
    text = ", ".join(_change(named) for named in what.changes)
    if not what.price:
        return text
    return f"{text} ({what.price:+.2f}{' ' + currency if currency else ''})"


def _change(what: Named) -> str:
    value = _with_unit(what.value_name, what.unit)
    return {
        Kind.ADD: f"add {value + ' x ' if value else ''}{what.name}",
        Kind.REMOVE: f"remove {what.name}",
        Kind.QUANTITY: f"take {value} x {what.name}",
        Kind.SET: f"set {what.name} to {value}",
        Kind.CLEAR: f"leave {what.name} empty",
    }[what.change.kind]
