"""Texts with gaps."""

from __future__ import annotations

import pytest

from app.core.errors import RuleViolation
from app.core.template import LIMIT, check, fill, gaps

TEXTS = {"length": "1200", "colour": "red", "text": "", "wish": "A, , B  C", "sign": "{x}"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{length} mm, {colour}", "1200 mm, red"),
        ("Cable { length } mm", "Cable 1200 mm"),
        ("{{{length}}}", "{1200}"),
        ("{length} mm, {text}, {colour}", "1200 mm, red"),
        ("{text}, {colour}", "red"),
        ("{colour}, {text}", "red"),
        ("{colour}, {text}, {text}", "red"),
        ("{colour} {text} thing", "red thing"),
        ("{wish}!", "A, , B  C!"),
        ("{sign}", "{x}"),
        ("{text}", ""),
        ("", ""),
    ],
)
def test_filling(template: str, text: str) -> None:
    assert fill(template, TEXTS) == text


@pytest.mark.parametrize(
    ("template", "code"),
    [("{width}", "unknown_name"), ("{length", "bracket"), ("a } b", "bracket"), ("{}", "unknown_name")],
)
def test_what_is_wrong(template: str, code: str) -> None:
    assert [problem.code for problem in check(template, TEXTS)] == [code]
    with pytest.raises(RuleViolation):
        fill(template, TEXTS)


def test_too_long() -> None:
    assert [problem.code for problem in check("x" * (LIMIT + 1), ())] == ["too_long"]


def test_gaps() -> None:
    assert gaps("{a}, { b } {{c}}") == {"a", "b"}
