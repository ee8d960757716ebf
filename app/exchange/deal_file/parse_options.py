"""The options of a line: what was chosen of a product, by the names or keys that the owner gave."""

from __future__ import annotations

from typing import Any

from app.exchange.deal_file.decode import Doubled
from app.exchange.deal_file.entry import Entry, one_text
from app.exchange.deal_file.faults import Number, Path, bad, wrong

_EXPECTED = 'an object of names and values such as {"frame": "steel"}'
_VALUE = "a text, a number, true or false, or a list of texts"


def parse_options(line: Entry) -> tuple[tuple[str, str], ...]:
    """Pairs of name and value in file order; of a list each element with the same name. Numbers keep their digits."""
    if "options" not in line:
        return ()
    options, path = line.values["options"], line.at("options")
    if isinstance(options, Doubled):
        raise bad((path, options.key), "the key stands twice in the same object; expected it once.")
    if type(options) is not dict:
        raise wrong(path, _EXPECTED, options)
    found: dict[str, list[str]] = {}
    for key, given in options.items():
        name = one_text(key, (path, key), "the name of an option")
        if name in found:
            raise bad((path, key), "the option stands twice; expected it once.")
        found[name] = _values(given, (path, key))
    return tuple((name, value) for name, values in found.items() for value in values)


def _values(given: Any, path: Path) -> list[str]:
    if type(given) is not list:
        return [_value(given, path)]
    if not given:
        raise bad(path, "expected at least one, found an empty list.")
    found = [_value(item, (path, index)) for index, item in enumerate(given)]
    for index, value in enumerate(found):
        if value in found[:index]:
            raise bad((path, index), f'"{value}" is named twice; expected it once.')
    return found


def _value(given: Any, path: Path) -> str:
    if type(given) is Number:
        return str(given)
    if type(given) is bool:
        return "true" if given else "false"
    if type(given) is not str:
        raise wrong(path, _VALUE, given)
    return one_text(given, path, "what was chosen")
