"""Why something does not fit, and what would make it fit, in the person's language."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.catalog.configure import Cause, Fix, Kind, Named, Reason
from ui import formats
from ui.widgets.condition_words import phrase_words, value_words


def reason_words(reason: Reason) -> str:
    """Why something is not as it should be; the owner's own message where there is one."""
    if reason.message:
        return reason.message
    if reason.cause in (Cause.REQUIRES, Cause.EXCLUDES) and reason.then is not None:
        words = _say("It needs: %1") if reason.cause is Cause.REQUIRES else _say("It does not go together: %1")
        return words.replace("%1", phrase_words(reason.then))
    if reason.cause in (Cause.VALIDATION, Cause.ALERT) and reason.when is not None:
        words = _say("It cannot be that %1") if reason.cause is Cause.VALIDATION else _say("Look at this: %1")
        return words.replace("%1", phrase_words(reason.when))
    words = _causes()[reason.cause].replace("%1", reason.name).replace("%4", reason.detail)
    return words.replace("%2", _with_unit(reason.limit, reason)).replace("%3", _with_unit(reason.found, reason))


def missing_words(reason: Reason) -> str:
    """What is still to choose, as short as possible: the name of a group or attribute."""
    return reason.name


def fix_words(fix: Fix, currency: str) -> str:
    """What a fix does and what it costs: "Remove Frame F1, add Frame F2 (+€40.00)"."""
    words = ", ".join(_change_words(named) for named in fix.changes)
    words = words[:1].upper() + words[1:]
    return f"{words} ({price_change(fix.price, currency)})" if fix.price else words


def price_change(price: Decimal, currency: str) -> str:
    """A change of price with its sign: "+€40.00"."""
    figures = formats.price_text(abs(price), currency)
    return f"{'+' if price > 0 else formats.MINUS}{figures}"


def _change_words(named: Named) -> str:
    value = value_words(named.value_name, named.unit) if named.value_name else ""
    if named.change.kind is Kind.ADD and value:
        return _say("add %2 × %1").replace("%1", named.name).replace("%2", value)
    words = {
        Kind.ADD: _say("add %1"),
        Kind.REMOVE: _say("remove %1"),
        Kind.QUANTITY: _say("take %2 × %1"),
        Kind.SET: _say("set %1 to %2"),
        Kind.CLEAR: _say("leave %1 empty"),
    }[named.change.kind]
    return words.replace("%1", named.name).replace("%2", value)


def _causes() -> dict[Cause, str]:
    return {
        Cause.REQUIRES: _say("%1: something that it needs is missing"),
        Cause.EXCLUDES: _say("%1: it does not go with what is chosen"),
        Cause.VALIDATION: _say("%1: it cannot be sold so"),
        Cause.ALERT: _say("%1: look at this"),
        Cause.TOO_FEW: _say("%1: choose at least %2"),
        Cause.TOO_MANY: _say("%1: choose at most %2"),
        Cause.NOT_FILLED: _say("%1: it is needed"),
        Cause.NO_SUCH_VALUE: _say("%1: %3 cannot be chosen any more"),
        Cause.NOT_A_NUMBER: _say("%1: “%3” is not a number"),
        Cause.BELOW: _say("%1: at least %2, not %3"),
        Cause.ABOVE: _say("%1: at most %2, not %3"),
        Cause.OFF_STEP: _say("%1: only in steps of %2"),
        Cause.GONE: _say("%1: it is not offered with this product any more"),
        Cause.NOT_SOLD: _say("%1: it is not sold now"),
        Cause.NOT_COMPUTED: _say("%1: it cannot be computed: %4"),
    }


def _with_unit(text: str, reason: Reason) -> str:
    return value_words(text, reason.unit) if text else ""


def _say(source: str) -> str:
    return QCoreApplication.translate("option_picker", source)
