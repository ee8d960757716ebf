"""Rules about our own source that no linter knows. Each names the file and line that breaks it, and why that matters.

What may import what is checked by import-linter; here are the calls and words that must not appear in certain places.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = {"", ".py", ".md", ".toml", ".txt", ".json", ".csv", ".qss", ".svg", ".ts", ".mako", ".xml", ".yml"}
NOT_OURS = {"build", "__pycache__", "node_modules"}


def sources(folder: Path = ROOT) -> Iterator[Path]:
    """Every text file of the project, without what is made or fetched. Hidden folders are skipped, but for .ci."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name == ".ci" or not (path.name.startswith(".") or path.name in NOT_OURS):
                yield from sources(path)
        elif path.suffix in TEXT and not (path.name.startswith(".") and path.name != ".gitignore"):
            yield path


# ---------------------------------------------------------------- what is looked for, on a parsed file


def called(node: ast.AST) -> str:
    """The dotted name of what a node calls: "date.today", "float"; empty if it is no call of a plain name."""
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else ""
    return ""


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def imports_any(*packages: str) -> Callable[[ast.AST], bool]:
    return lambda node: any(name.split(".")[0] in packages for name in imported(node))


def runs_text_as_code(node: ast.AST) -> bool:
    if called(node) in {"eval", "exec", "os.system", "os.popen", "yaml.load", "subprocess.getoutput"}:
        return True
    return isinstance(node, ast.keyword) and node.arg == "shell" and getattr(node.value, "value", None) is not False


def unpickles(node: ast.AST) -> bool:
    named = dotted(node) if isinstance(node, ast.Name | ast.Attribute) else ""
    return imports_any("pickle", "marshal", "shelve", "dill", "cloudpickle")(node) or named.endswith("PickleType")


def makes_float(node: ast.AST) -> bool:
    return called(node) == "float"


def asks_the_clock(node: ast.AST) -> bool:
    return called(node).endswith(("date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time"))


def makes_paragraph(node: ast.AST) -> bool:
    return called(node).split(".")[-1] == "Paragraph"


@dataclass(frozen=True)
class Rule:
    """Nothing in `where` (minus `but_not`, path prefixes both) may be what `found` says; `broken` shows it."""

    name: str
    why: str
    found: Callable[[ast.AST], bool]
    broken: str
    where: tuple[str, ...] = ("",)
    but_not: tuple[str, ...] = ()

    def holds_for(self, path: str) -> bool:
        return path.startswith(self.where) and not (self.but_not and path.startswith(self.but_not))

    def lines(self, tree: ast.AST) -> list[int]:
        nodes = (node for node in ast.walk(tree) if self.found(node))
        return [node.lineno for node in nodes if isinstance(node, ast.expr | ast.stmt | ast.keyword)]


RULES = [
    Rule(
        "no text is run as code",
        "text from a file or a person could become a program",
        runs_text_as_code,
        "subprocess.run(words, shell=True)",
    ),
    Rule("nothing is unpickled", "a pickled file can run anything when it is read", unpickles, "import pickle"),
    Rule(
        "no float in app",
        "money and quantities are exact; only drawing (app/outputs) measures in floats",
        makes_float,
        "price = float(text)",
        where=("app/",),
        but_not=("app/outputs/",),
    ),
    Rule(
        "app is told the date",
        "today and now come in as arguments, so that every rule can be tested on any day",
        asks_the_clock,
        "from datetime import date\ntoday = date.today()",
        where=("app/",),
        but_not=("app/cli.py", "app/store/"),
    ),
    Rule(
        "app knows no Qt",
        "everything true without a screen runs without Qt",
        imports_any("PySide6", "shiboken6", "PyQt6"),
        "def show():\n    from PySide6.QtWidgets import QLabel",
        where=("app/",),
    ),
    Rule(
        "ui writes no SQL",
        "screens ask app.<stage>.queries",
        imports_any("sqlalchemy", "sqlite3", "sqlcipher3"),
        "import sqlalchemy.orm",
        where=("ui/",),
    ),
]


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    """Every Python file of ours, parsed, by its path from the root."""
    files = [path for path in sources() if path.suffix == ".py"]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_holds(rule: Rule, trees: dict[str, ast.AST]) -> None:
    places = [f"{path}:{line}" for path, tree in trees.items() if rule.holds_for(path) for line in rule.lines(tree)]
    assert not places, f"{rule.name} ({rule.why}): {', '.join(places)}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_sees_what_breaks_it(rule: Rule) -> None:
    assert rule.lines(ast.parse(rule.broken))
    assert not rule.lines(ast.parse("total = box.exec(units=3)"))


def test_only_one_module_makes_paragraphs(trees: dict[str, ast.AST]) -> None:
    """A Paragraph reads its text as markup, so the text of a person must go through the one place that escapes it."""
    makers = [path for path, tree in trees.items() if any(makes_paragraph(node) for node in ast.walk(tree))]
    outside = [path for path in makers if not path.startswith("app/outputs/pdf/")]
    assert not outside, f"Paragraph is called outside app/outputs/pdf: {outside}"
    assert len(makers) <= 1, f"Paragraph is called in more than one module: {makers}"
    assert any(makes_paragraph(node) for node in ast.walk(ast.parse("platypus.Paragraph(name)")))


# ---------------------------------------------------------------- words in any file

WORDS = {
    "a path of one machine": (r"(?<![\w.})\]/~*-])/(?:work|root|home)/", "see /" + "work/x"),
    "the address of a package registry": (
        r"(?i)pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|(?:deb|archive)\.(?:debian|ubuntu)\.(?:org|com)",
        "https://py" + "pi.org",
    ),
}


@pytest.mark.parametrize("what", WORDS)
def test_no_file_names(what: str) -> None:
    pattern, example = WORDS[what]
    assert re.search(pattern, example)
    places = [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not places, f"{what} stands in {', '.join(places)}"


# ---------------------------------------------------------------- the pins


def test_requirements_are_those_of_pyproject() -> None:
    """requirements.txt is made from pyproject.toml; a pin changed in one only is forgotten in the other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        pin.lower().replace("_", "-") for pin in project["dependencies"] + project["optional-dependencies"]["dev"]
    }
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split()[0].lower().replace("_", "-") for line in lines if "==" in line}
    assert wanted <= pinned, f"make requirements.txt anew: {sorted(wanted - pinned)}"


def test_every_pin_has_a_hash() -> None:
    blocks = re.split(r"\n(?=\w)", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    without = [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
    assert not without
    assert len(blocks) > 40
